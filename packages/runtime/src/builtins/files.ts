/**
 * `:beamlet_file`: files by their paths, under Erlang's `:file`. A host without files, such as a browser, answers
 * `{:error, :enotsup}`: there is no such thing as a file there that a program might find.
 */
import { type Atom, atom, ERROR, OK, TRUE } from "../term/atom.ts";
import { type Bitstring, binary, text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

/** What is needed of a host; `platform/` states it in full. */
interface Files {
  readonly cwd: string;
  changeDirectory(path: string): void;
  read(path: string): Uint8Array;
  write(path: string, bytes: Uint8Array, append: boolean, exclusive?: boolean): void;
  line(path: string, line: number): string | null;
  list(path: string): string[];
  makeDirectory(path: string): void;
  removeDirectory(path: string): void;
  remove(path: string): void;
  rename(from: string, to: string): void;
  readLink(path: string): string;
  link(existing: string, path: string, symbolic: boolean): void;
  setMode(path: string, mode: number): void;
  setOwner(path: string, uid: number | null, gid: number | null): void;
  setTimes(path: string, accessed: number, modified: number): void;
  info(path: string, follow: boolean): Info;
}

interface Info {
  readonly type: string;
  readonly size: number;
  readonly mode: number;
  readonly links: number;
  readonly inode: number;
  readonly device: number;
  readonly uid: number;
  readonly gid: number;
  readonly accessed: number;
  readonly modified: number;
  readonly changed: number;
  readonly access: string;
}

let files: Files | null = null;

/** Says which files programs see from now on. */
export function useFiles(host: Files | null): void {
  files = host;
}

/** A path below the working directory as seen from there; any other as it is. */
export function relativeToWorkingDirectory(path: string): string {
  if (files === null || !path.startsWith("/")) return path;
  const below = `${files.cwd}/`;
  return path.startsWith(below) ? path.slice(below.length) : path;
}

/** The content of a file; `null` when it cannot be read. */
export function fileContent(path: string): Uint8Array | null {
  try {
    return files?.read(path) ?? null;
  } catch {
    return null;
  }
}

/** Whether there is a folder of this name. */
export function isFolder(path: string): boolean {
  try {
    return files?.info(path, true).type === "directory";
  } catch {
    return false;
  }
}

/** A line of a file, counted from 1, for messages that quote it; `null` when there is none. */
export function sourceLine(path: string, line: number): string | null {
  return path === "nofile" ? null : (files?.line(path, line) ?? null);
}

export function currentDirectory(): string | null {
  return files?.cwd ?? null;
}

function perform(operation: (files: Files) => Term): Term {
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
