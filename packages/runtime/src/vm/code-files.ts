/**
 * The part of Erlang's `:code` that few programs call: where modules come from, and the folders of the code path.
 */
import { fileContent, isFolder } from "../builtins/files.ts";
import type { NativeModule } from "../builtins/native.ts";
import type { Task } from "../process/task.ts";
import { Atom, atom, bool, ERROR, FALSE, NIL, TRUE } from "../term/atom.ts";
import { Bitstring, binary } from "../term/bitstring.ts";
import { chardataText, charlist } from "../term/chardata.ts";
import { badarg } from "../term/error.ts";
import { list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import { loadedOrNot } from "./code-natives.ts";
import { codeFolders, findObjectCode, setCodeFolders } from "./code-path.ts";
import {
  availableModules,
  decoded,
  defineModule,
  deleteModule,
  documentationOf,
  instantiate,
  isAvailable,
  libraryFile,
  libraryModule,
  loadedModules,
  loadObjectCode,
  type ModuleEntry,
  moduleEntry,
} from "./code-server.ts";
import { isErlangName } from "./erlang-info.ts";

const MODULE = atom("module");
const BAD_DIRECTORY = tuple(ERROR, atom("bad_directory"));

/** The file of a module: empty when a program has defined it; that of a library module where the host has files. */
function fileOf(entry: ModuleEntry): Term {
  const { name, objectFile, definition, library } = entry;
  const named = definition === null || library ? `${name.name}.beam` : "";
  return charlist(objectFile ?? ownFile(entry) ?? named);
}

/** The library's file of a module, unless a program has defined one of that name. */
function ownFile({ name, definition, library }: ModuleEntry): string | null {
  return definition === null || library ? libraryFile(name) : null;
}

const STICKY = tuple(ERROR, atom("sticky_directory"));

function load(module: Atom, file: string, bytes: Uint8Array): Term {
  if (isSticky(module)) return STICKY;
  if (file !== libraryFile(module))
    return loadObjectCode(module, { file, bytes }) === null
      ? tuple(ERROR, atom("badfile"))
      : tuple(MODULE, module);
  defineModule(instantiate(libraryModule(module.name, new TextDecoder().decode(bytes))), true);
  return tuple(MODULE, module);
}

/** As those of Erlang's own applications are on the BEAM. */
const isSticky = (module: Atom) => isErlangName(module) && moduleEntry(module).library;

function pathText(path: Term): string {
  if (path instanceof Bitstring) return path.text ?? "";
  return chardataText(path) ?? "";
}

function add(path: Term, where: "first" | "last"): Term {
  const folder = pathText(path);
  if (!isFolder(folder)) return BAD_DIRECTORY;
  const others = codeFolders().filter((other) => other !== folder);
  setCodeFolders(where === "first" ? [folder, ...others] : [...others, folder]);
  return TRUE;
}

function addAll(paths: Term, where: "first" | "last"): Term {
  const all = listToArray(paths) ?? [];
  for (const path of where === "first" ? [...all].reverse() : all) add(path, where);
  return atom("ok");
}

function remove(path: Term): boolean {
  const folder = pathText(path);
  const kept = codeFolders().filter((other) => other !== folder);
  const found = kept.length < codeFolders().length;
  setCodeFolders(kept);
  return found;
}

/** What `:code` tells of modules and their object code, and what finds it. */
export const codeFiles: NativeModule = {
  module: "code",
  functions: {
    "all_available/0": () =>
      list(
        availableModules().map(({ name, loaded }) =>
          tuple(charlist(name), atom(loaded ? "loaded" : "available"), bool(loaded)),
        ),
      ),
    "all_loaded/0": () => list(loadedModules().map((entry) => tuple(entry.name, fileOf(entry)))),
    "is_loaded/1": (module: Term) =>
      module instanceof Atom && moduleEntry(module).isLoaded
        ? tuple(atom("file"), fileOf(moduleEntry(module)))
        : FALSE,
    "delete/1": (module: Term) => bool(module instanceof Atom && deleteModule(module)),
    "purge/1": () => FALSE,
    "soft_purge/1": () => TRUE,
    "which/1": (module: Term) => {
      if (!(module instanceof Atom)) throw badarg("code", "which", [module]);
      const entry = moduleEntry(module);
      if (entry.isLoaded) return fileOf(entry);
      const file = findObjectCode(module.name)?.file;
      if (file !== undefined) return charlist(file);
      return isAvailable(module) ? fileOf(entry) : atom("non_existing");
    },
    "get_mode/0": () => atom("interactive"),
    "get_object_code/1": (module: Term) => {
      if (!(module instanceof Atom)) throw badarg("code", "get_object_code", [module]);
      const entry = moduleEntry(module);
      const { objectCode, objectFile } = entry;
      const own = ownFile(entry);
      const bytes = own === null ? null : fileContent(own);
      if (own !== null && bytes !== null) return tuple(module, binary(bytes), charlist(own));
      const found = objectFile === null ? findObjectCode(module.name) : null;
      if (found !== null) return tuple(module, binary(found.bytes), charlist(found.file));
      return objectCode === null ? ERROR : tuple(module, objectCode, charlist(objectFile ?? ""));
    },
    "load_binary/3": (module: Term, file: Term, code: Term) => {
      if (!(module instanceof Atom && code instanceof Bitstring))
        throw badarg("code", "load_binary", [module, file, code]);
      const name = file instanceof Bitstring ? file.text : chardataText(file);
      return load(module, name ?? "", code.bytes);
    },
    "get_path/0": () => list(codeFolders().map((folder) => charlist(folder))),
    "set_path/1": (paths: Term) => {
      setCodeFolders((listToArray(paths) ?? []).map(pathText));
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
      const found = codeFolders()
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
  tasks: {
    *"load_file/1"(module: Term): Task {
      if (!(module instanceof Atom)) throw badarg("code", "load_file", [module]);
      if (isSticky(module)) return STICKY;
      const entry = moduleEntry(module);
      const file = entry.objectFile ?? ownFile(entry) ?? findObjectCode(module.name)?.file ?? null;
      const bytes = file === null ? null : fileContent(file);
      return file !== null && bytes !== null ? load(module, file, bytes) : yield* loadedOrNot(module);
    },
  },
};

/** The forms that the typespecs of a library module were translated to; `nil` for other modules. */
export const libraryTypespecs: NativeModule = {
  module: "beamlet_code",
  functions: {
    "library_typespecs/1": (module: Atom) => {
      const found = documentationOf(module, decoded);
      return found instanceof Tuple2 ? found.b : NIL;
    },
  },
};

/** Where the applications of the library would be, were they installed as files. */
const ROOT = "/beamlet";
const APPLICATIONS = new Set(["kernel", "stdlib", "crypto", "elixir", "eex", "ex_unit", "logger", "iex"]);

function libraryFolder(application: Atom, below: string): Term {
  if (!APPLICATIONS.has(application.name)) return tuple(ERROR, atom("bad_name"));
  return charlist(`${ROOT}/lib/${application.name}${below}`);
}
