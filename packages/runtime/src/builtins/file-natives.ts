/**
 * `:beamlet_file`: files by their paths, under Erlang's `:file`. A host without files, such as a browser, answers
 * `{:error, :enotsup}`: there is no such thing as a file there that a program might find.
 */
import { type Atom, atom, ERROR, OK, TRUE } from "../term/atom.ts";
import { type Bitstring, binary, text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import { type Files, hostFiles } from "./files.ts";
import type { NativeModule } from "./native.ts";

function perform(operation: (files: Files) => Term): Term {
  const files = hostFiles();
  if (files === null) return new Tuple2(ERROR, atom("enotsup"));
  try {
    return operation(files);
  } catch (thrown) {
    const code = (thrown as { code?: unknown }).code;
    if (typeof code !== "string") throw thrown;
    return new Tuple2(ERROR, atom(code.startsWith("ERR_") ? "badarg" : code.toLowerCase()));
  }
}

function done(operation: (files: Files) => void): Term {
  return perform((host) => {
    operation(host);
    return OK;
  });
}

function ok(value: Term): Term {
  return new Tuple2(OK, value);
}

function pathOf(path: Bitstring): string {
  return path.text ?? String.fromCharCode(...path.bytes);
}

export const beamletFile: NativeModule = {
  module: "beamlet_file",
  functions: {
    "get_cwd/0": () => perform((host) => ok(text(host.cwd))),
    "set_cwd/1": (path: Bitstring) => done((host) => host.changeDirectory(pathOf(path))),
    "read_file/1": (path: Bitstring) => perform((host) => ok(binary(host.read(pathOf(path))))),
    "write_file/4": (path: Bitstring, data: Bitstring, append: Atom, exclusive: Atom) =>
      done((host) => host.write(pathOf(path), data.bytes, append === TRUE, exclusive === TRUE)),
    "list_dir/1": (path: Bitstring) => perform((host) => ok(list(host.list(pathOf(path)).map(text)))),
    "make_dir/1": (path: Bitstring) => done((host) => host.makeDirectory(pathOf(path))),
    "del_dir/1": (path: Bitstring) => done((host) => host.removeDirectory(pathOf(path))),
    "delete/1": (path: Bitstring) => done((host) => host.remove(pathOf(path))),
    "rename/2": (from: Bitstring, to: Bitstring) => done((host) => host.rename(pathOf(from), pathOf(to))),
    "read_link/1": (path: Bitstring) => perform((host) => ok(text(host.readLink(pathOf(path))))),
    "make_symlink/2": (existing: Bitstring, path: Bitstring) =>
      done((host) => host.link(pathOf(existing), pathOf(path), true)),
    "make_link/2": (existing: Bitstring, path: Bitstring) =>
      done((host) => host.link(pathOf(existing), pathOf(path), false)),
    "change_mode/2": (path: Bitstring, mode: number) => done((host) => host.setMode(pathOf(path), mode)),
    "change_owner/3": (path: Bitstring, uid: Term, gid: Term) =>
      done((host) =>
        host.setOwner(
          pathOf(path),
          typeof uid === "number" ? uid : null,
          typeof gid === "number" ? gid : null,
        ),
      ),
    "change_time/3": (path: Bitstring, accessed: number, modified: number) =>
      done((host) => host.setTimes(pathOf(path), accessed, modified)),
    /** `{:file_info, …}` as Erlang's record, with times in seconds since 1970. */
    "read_info/2": (path: Bitstring, follow: Atom) =>
      perform((host) => {
        const info = host.info(pathOf(path), follow === TRUE);
        return ok(
          tuple(
            atom("file_info"),
            info.size,
            atom(info.type),
            atom(info.access),
            info.accessed,
            info.modified,
            info.changed,
            info.mode,
            info.links,
            info.device,
            0,
            info.inode,
            info.uid,
            info.gid,
          ),
        );
      }),
  },
};
