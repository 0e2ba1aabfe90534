/**
 * The part of Erlang's `:code` that few programs call: where modules come from, and the folders of the code path.
 */
import { fileContent, isFolder } from "../builtins/files.ts";
import type { NativeModule } from "../builtins/native.ts";
import type { Task } from "../process/task.ts";
import { Atom, atom, bool, ERROR, FALSE, NIL, TRUE } from "../term/atom.ts";
import { Bitstring, binary } from "../term/bitstring.ts";
import { chardataText, charlist } from "../term/chardata.ts";
import { errorIn } from "../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
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
  if (path instanceof Atom) return path.name;
  if (path instanceof Bitstring) return path.text ?? "";
  return chardataText(path) ?? "";
}

const noClause = (name: string, ...args: Term[]) => errorIn("function_clause", "code", name, args);

const ofModule = (name: string, action: (module: Atom) => Term) => (module: Term) => {
  if (!(module instanceof Atom)) throw noClause(name, module);
  return action(module);
};

const ofPath = (name: string, action: (path: Term) => Term) => (path: Term) => {
  if (!isList(path)) throw noClause(name, path);
  return action(path);
};

const ofName = (name: string, action: (of: Term) => Term) => (of: Term) => {
  if (!isName(of)) throw noClause(name, of);
  return action(of);
};

const isList = (term: Term) => term === EMPTY || term instanceof Cons;
const isName = (term: Term) => term instanceof Atom || isList(term);

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
    "is_loaded/1": ofModule("is_loaded", (module) =>
      moduleEntry(module).isLoaded ? tuple(atom("file"), fileOf(moduleEntry(module))) : FALSE,
    ),
    "delete/1": ofModule("delete", (module) => bool(deleteModule(module))),
    "purge/1": ofModule("purge", () => FALSE),
    "soft_purge/1": ofModule("soft_purge", () => TRUE),
    "which/1": ofModule("which", (module) => {
      const entry = moduleEntry(module);
      if (entry.isLoaded) return fileOf(entry);
      const file = findObjectCode(module.name)?.file;
      if (file !== undefined) return charlist(file);
      return isAvailable(module) ? fileOf(entry) : atom("non_existing");
    }),
    "get_mode/0": () => atom("interactive"),
    "get_object_code/1": ofModule("get_object_code", (module) => {
      const entry = moduleEntry(module);
      const { objectCode, objectFile } = entry;
      const own = ownFile(entry);
      const bytes = own === null ? null : fileContent(own);
      if (own !== null && bytes !== null) return tuple(module, binary(bytes), charlist(own));
      const found = objectFile === null ? findObjectCode(module.name) : null;
      if (found !== null) return tuple(module, binary(found.bytes), charlist(found.file));
      return objectCode === null ? ERROR : tuple(module, objectCode, charlist(objectFile ?? ""));
    }),
    "load_binary/3": (module: Term, file: Term, code: Term) => {
      if (!(module instanceof Atom && code instanceof Bitstring))
        throw noClause("load_binary", module, file, code);
      const name = file instanceof Bitstring ? file.text : chardataText(file);
      return load(module, name ?? "", code.bytes);
    },
    "get_path/0": () => list(codeFolders().map((folder) => charlist(folder))),
    "set_path/1": ofPath("set_path", (paths) => {
      setCodeFolders((listToArray(paths) ?? []).map(pathText));
      return TRUE;
    }),
    "add_path/1": ofPath("add_path", (path) => add(path, "last")),
    "add_pathz/1": ofPath("add_pathz", (path) => add(path, "last")),
    "add_pathz/2": ofPath("add_pathz", (path) => add(path, "last")),
    "add_patha/1": ofPath("add_patha", (path) => add(path, "first")),
    "add_patha/2": ofPath("add_patha", (path) => add(path, "first")),
    "add_paths/1": ofPath("add_paths", (paths) => addAll(paths, "last")),
    "add_pathsz/1": ofPath("add_pathsz", (paths) => addAll(paths, "last")),
    "add_pathsz/2": ofPath("add_pathsz", (paths) => addAll(paths, "last")),
    "add_pathsa/1": ofPath("add_pathsa", (paths) => addAll(paths, "first")),
    "add_pathsa/2": ofPath("add_pathsa", (paths) => addAll(paths, "first")),
    "del_path/1": ofName("del_path", (path) => bool(remove(path))),
    "del_paths/1": (paths: Term) => {
      for (const path of listToArray(paths) ?? []) remove(path);
      return atom("ok");
    },
    "where_is_file/1": ofPath("where_is_file", (name) => {
      const found = codeFolders()
        .map((folder) => `${folder}/${pathText(name)}`)
        .find((file) => fileContent(file) !== null);
      return found === undefined ? atom("non_existing") : charlist(found);
    }),
    "root_dir/0": () => charlist(ROOT),
    "lib_dir/0": () => charlist(`${ROOT}/lib`),
    "lib_dir/1": ofName("lib_dir", (application) => libraryFolder(application, "")),
    "lib_dir/2": (application: Term, folder: Term) => {
      if (!(isName(application) && folder instanceof Atom)) throw noClause("lib_dir", application, folder);
      return libraryFolder(application, `/${folder.name}`);
    },
    "priv_dir/1": ofName("priv_dir", (application) => libraryFolder(application, "/priv")),
    "compiler_dir/0": () => charlist(`${ROOT}/lib/compiler`),
    "objfile_extension/0": () => charlist(".beam"),
    "rehash/0": () => atom("ok"),
  },
  tasks: {
    *"load_file/1"(module: Term): Task {
      if (!(module instanceof Atom)) throw noClause("load_file", module);
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

function libraryFolder(application: Term, below: string): Term {
  const name = application instanceof Atom ? application.name : (chardataText(application) ?? "");
  return APPLICATIONS.has(name) ? charlist(`${ROOT}/lib/${name}${below}`) : tuple(ERROR, atom("bad_name"));
}
