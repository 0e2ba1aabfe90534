/**
 * The code path: folders in which object code is looked for that is neither loaded nor in the library. Part of Erlang's `:code`.
 */
import { fileContent, isFolder } from "../builtins/files.ts";
import type { NativeModule } from "../builtins/native.ts";
import { type Atom, atom, bool, ERROR, TRUE } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { chardataText, charlist } from "../term/chardata.ts";
import { list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";

let folders: string[] = [];

export function resetCodePath(): void {
  folders = [];
}

export interface FoundCode {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The first file of object code of a module on the path. */
export function findObjectCode(module: string): FoundCode | null {
  for (const folder of folders) {
    const file = `${folder}/${module}.beam`;
    const bytes = fileContent(file);
    if (bytes !== null) return { file, bytes };
  }
  return null;
}

const BAD_DIRECTORY = tuple(ERROR, atom("bad_directory"));

function pathText(path: Term): string {
  if (path instanceof Bitstring) return path.text ?? "";
  return chardataText(path) ?? "";
}

function add(path: Term, where: "first" | "last"): Term {
  const folder = pathText(path);
  if (!isFolder(folder)) return BAD_DIRECTORY;
  const others = folders.filter((other) => other !== folder);
  folders = where === "first" ? [folder, ...others] : [...others, folder];
  return TRUE;
}

function addAll(paths: Term, where: "first" | "last"): Term {
  const all = listToArray(paths) ?? [];
  for (const path of where === "first" ? [...all].reverse() : all) add(path, where);
  return atom("ok");
}

function remove(path: Term): boolean {
  const folder = pathText(path);
  const before = folders.length;
  folders = folders.filter((other) => other !== folder);
  return folders.length < before;
}

export const codePath: NativeModule = {
  module: "code",
  functions: {
    "get_path/0": () => list(folders.map((folder) => charlist(folder))),
    "set_path/1": (paths: Term) => {
      folders = (listToArray(paths) ?? []).map(pathText);
      return TRUE;
    },
    "add_path/1": (path: Term) => add(path, "last"),
    "add_pathz/1": (path: Term) => add(path, "last"),
    "add_pathz/2": (path: Term) => add(path, "last"),
    "add_patha/1": (path: Term) => add(path, "first"),
    "add_patha/2": (path: Term) => add(path, "first"),
    "add_paths/1": (paths: Term) => addAll(paths, "last"),
    "add_pathsz/1": (paths: Term) => addAll(paths, "last"),
    "add_pathsz/2": (paths: Term) => addAll(paths, "last"),
    "add_pathsa/1": (paths: Term) => addAll(paths, "first"),
    "add_pathsa/2": (paths: Term) => addAll(paths, "first"),
    "del_path/1": (path: Term) => bool(remove(path)),
    "del_paths/1": (paths: Term) => {
      for (const path of listToArray(paths) ?? []) remove(path);
      return atom("ok");
    },
    "where_is_file/1": (name: Term) => {
      const found = folders
        .map((folder) => `${folder}/${pathText(name)}`)
        .find((file) => fileContent(file) !== null);
      return found === undefined ? atom("non_existing") : charlist(found);
    },
    "root_dir/0": () => charlist(ROOT),
    "lib_dir/0": () => charlist(`${ROOT}/lib`),
    "lib_dir/1": (application: Atom) => libraryFolder(application, ""),
    "lib_dir/2": (application: Atom, folder: Atom) => libraryFolder(application, `/${folder.name}`),
    "priv_dir/1": (application: Atom) => libraryFolder(application, "/priv"),
    "compiler_dir/0": () => charlist(`${ROOT}/lib/compiler`),
    "objfile_extension/0": () => charlist(".beam"),
    "rehash/0": () => atom("ok"),
  },
};

/** Where the applications of the library would be, were they installed as files. */
const ROOT = "/beamlet";
const APPLICATIONS = new Set(["kernel", "stdlib", "crypto", "elixir", "eex", "ex_unit", "logger", "iex"]);

function libraryFolder(application: Atom, below: string): Term {
  if (!APPLICATIONS.has(application.name)) return tuple(ERROR, atom("bad_name"));
  return charlist(`${ROOT}/lib/${application.name}${below}`);
}
