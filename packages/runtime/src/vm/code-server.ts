/**
 * The code server: which modules exist, and the export cells through which every remote call goes.
 *
 * A cell exists from the first mention of a function and is never replaced, so compiled code holds it as a
 * constant; loading, replacing and deleting a module only changes the `code` in its cells. A cell
 * whose module is not loaded yet holds code that loads it and calls again, so a program pays for no module
 * that it does not call, and a host that must fetch one only suspends the process. Nor are there cells for
 * functions that nobody mentions, as a library has thousands: what a module defines is looked up when its cell is made.
 */
import type { NativeModule } from "../builtins/native.ts";
import { valueOf } from "../builtins/process-dict.ts";
import { flagOf } from "../builtins/process-flag.ts";
import type { Definition } from "../expand/index.ts";
import { raise, S } from "../process/stack.ts";
import { call as callTask, runTask, type Task } from "../process/task.ts";
import { type Atom, atom, deferAtoms, type LoadedModule } from "../term/atom.ts";
import { type Bitstring, binary } from "../term/bitstring.ts";
import { CLASS_ERROR, Raised, withHost } from "../term/error.ts";
import type { Code } from "../term/fun.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import { type FoundCode, findObjectCode } from "./code-path.ts";
import { isErlangName, item, moduleInfo } from "./erlang-info.ts";
import { type InfoSource, infoFunctions } from "./module-info.ts";
import { codeIn, consolidatedTypes } from "./object-code.ts";

/** What the text of a compiled module returns. */
export interface ModuleDefinition {
  readonly module: string;
  /** By `name/arity`; macros as `MACRO-name/arity+1`. */
  readonly functions: Record<string, Code>;
  /** Exported names by `name/arity`; everything else in `functions` is private. */
  readonly [metadata: string]: unknown;
}

/** One function of one module, as its callers hold it. */
export class ExportCell {
  readonly module: Atom;
  readonly name: Atom;
  readonly arity: number;
  code: Code;
  /** Whether `code` is the function itself rather than the stand-in of a missing one. */
  defined: boolean;

  constructor(module: Atom, name: Atom, arity: number, code: Code | undefined) {
    this.module = module;
    this.name = name;
    this.arity = arity;
    this.defined = code !== undefined;
    this.code = code ?? missing(this);
  }

  define(code: Code | undefined): void {
    this.defined = code !== undefined;
    this.code = code ?? missing(this);
  }

  /** Natives export all they define; of a compiled module only what it lists. */
  get isExported(): boolean {
    return this.defined;
  }
}

/** Functions by `name/arity`: what a compiled module exports, or a native one. */
interface Exports {
  readonly functions: Readonly<Record<string, Code>>;
  readonly tasks?: Readonly<Record<string, (...args: any[]) => Task>>;
}

/** What is known of the module of one name. */
export class ModuleEntry implements LoadedModule {
  readonly name: Atom;
  /** The cells made so far, by name, then arity: a call through a module in a variable looks here each time. */
  readonly byName = new Map<Atom, (ExportCell | undefined)[]>();
  /** What defines the module; where several define a function the last counts. */
  #exports: Exports[] = [];
  /** Functions that a library module of Erlang has whatever defines it. */
  info: Exports["functions"] = {};
  definition: ModuleDefinition | null = null;
  /** What `Code.fetch_docs/1` answers; of a library module a pair with its typespecs, once it has been asked for. */
  documentation: Term | null = null;
  /** What `:code.get_object_code/1` answers, where it is kept as documentation is. */
  objectCode: Bitstring | null = null;
  /** The file that it was loaded from. */
  objectFile: string | null = null;
  /** What a module of the program was compiled from, for the report of a call that no clause matches. */
  source: readonly Definition[] | null = null;
  native = false;
  /** What is native of it, which stays when a program's definition goes. */
  readonly natives: Exports[] = [];
  /** Part of the library: survives `reset`. */
  library = false;

  constructor(name: Atom) {
    this.name = name;
  }

  get isLoaded(): boolean {
    return this.definition !== null || this.native;
  }

  /** Adds to what the module exports, or replaces it; cells that exist are told. */
  setExports(exports: readonly Exports[]): void {
    this.#exports = [...exports];
    for (const row of this.byName.values())
      for (const cell of row) cell?.define(this.codeOf(`${cell.name.name}/${cell.arity}`));
  }

  addExports(exports: Exports): void {
    this.setExports([...this.#exports, exports]);
  }

  codeOf(key: string): Code | undefined {
    if (Object.hasOwn(this.info, key)) return this.info[key];
    for (let i = this.#exports.length - 1; i >= 0; i--) {
      const { functions, tasks } = this.#exports[i];
      if (Object.hasOwn(functions, key)) return functions[key];
      if (tasks !== undefined && Object.hasOwn(tasks, key)) {
        const task = tasks[key];
        return (...args: unknown[]) => {
          try {
            return runTask(task(...args));
          } catch (thrown) {
            // Whoever compiled code has called notes where only of an error that is not thrown.
            if (thrown instanceof Raised && thrown.host === null) return raise(thrown);
            throw thrown;
          }
        };
      }
    }
    return undefined;
  }

  /** The cells of all functions that the module exports. */
  exported(): ExportCell[] {
    const keys = new Set(Object.keys(this.info));
    for (const { functions, tasks } of this.#exports) {
      for (const key of Object.keys(functions)) keys.add(key);
      for (const key of Object.keys(tasks ?? {})) keys.add(key);
    }
    return [...keys].map((key) => cellOf(this.name, key)).filter((cell) => cell.isExported);
  }
}

/** Where modules come from that no program has defined: the library compiled ahead of time. */
export interface Loader {
  /** Whether the library has a module of this name; answers without loading it. */
  has(module: string): boolean;
  names(): readonly string[];
  /** A pair of the module's documentation and typespecs in the external term format, where the host has it. */
  documentation?(module: string): Uint8Array | null;
  /** The file of the module's code, where the host has files. */
  file?(module: string): string | null;
  /** What the module was compiled from, where the host keeps it and reports are to tell of it. */
  definitions?(module: string): readonly Definition[] | null;
  /** The code of the module, or a promise of it where it must be fetched; `null` when loading has defined it. */
  load(module: string): ModuleSource | null | Promise<ModuleSource | null>;
}

export type ModuleSource = (runtime: object) => ModuleDefinition;

const noLoader: Loader = {
  has: () => false,
  names: () => [],
  load: (module) => {
    throw new Error(`no library to load ${module} from`);
  },
};

let loader = noLoader;
let runtimeInterface: object = {};
let awaitHost: <T>(promise: Promise<T>) => Task<T> = () => {
  throw new Error("no host to wait for");
};
const entries = new Map<Atom, ModuleEntry>();

/** Says where the library is, what compiled code gets as `$`, and how a process waits for a promise. */
export function configureCodeServer(options: {
  loader?: Loader;
  runtime?: object;
  wait?: <T>(promise: Promise<T>) => Task<T>;
}): void {
  loader = options.loader ?? loader;
  unnamed = loader;
  runtimeInterface = options.runtime ?? runtimeInterface;
  awaitHost = options.wait ?? awaitHost;
}

export function moduleEntry(module: Atom): ModuleEntry {
  let entry = module.module as ModuleEntry | null;
  if (entry === null) {
    entry = new ModuleEntry(module);
    module.module = entry;
    entries.set(module, entry);
  }
  return entry;
}

/** The cell of a function, made on first mention. */
export function exportCell(module: Atom, name: Atom, arity: number): ExportCell {
  const entry = moduleEntry(module);
  let row = entry.byName.get(name);
  if (row === undefined) {
    row = [];
    entry.byName.set(name, row);
  }
  let found = row[arity];
  if (found === undefined) {
    found = new ExportCell(module, name, arity, entry.codeOf(`${name.name}/${arity}`));
    row[arity] = found;
  }
  return found;
}

/** The native modules whose names of functions have no atoms yet. */
let deferred: ModuleEntry[] = [];
/** The library whose modules have none: theirs exist before they are loaded, as OTP's applications list their modules. */
let unnamed: Loader | null = null;

deferAtoms(() => {
  const entries = deferred;
  deferred = [];
  for (const entry of entries) entry.exported();
  atom("");
  for (const name of unnamed?.names() ?? []) atom(name);
  unnamed = null;
});

/** Gives a native module's functions to their cells. */
export function defineNative(native: NativeModule): void {
  const entry = moduleEntry(atom(native.module));
  entry.native = true;
  entry.library = true;
  if (isErlangName(entry.name)) entry.info = erlangInfoOf(entry);
  entry.natives.push(native);
  entry.addExports(native);
  deferred.push(entry);
}

/** Erlang's modules tell what they export whoever has defined it, the part that is not loaded yet included. */
function erlangInfoOf(entry: ModuleEntry): Exports["functions"] {
  return {
    "module_info/0": () => runTask(erlangInfo(entry, moduleInfo)),
    "module_info/1": (key: Term) => runTask(erlangInfo(entry, (loaded) => item(loaded, key))),
  };
}

function* erlangInfo(entry: ModuleEntry, answer: (loaded: ModuleEntry) => Term): Task {
  yield* ensureLoaded(entry.name);
  return answer(entry);
}

/** Makes a module definition the current code of its module. Functions that it no longer has become missing. */
export function defineModule(definition: ModuleDefinition, library = false): ModuleEntry {
  const module = atom(definition.module);
  const entry = moduleEntry(module);
  entry.definition = definition;
  entry.objectFile = null;
  entry.library = library;
  entry.info =
    library && isErlangName(module) ? erlangInfoOf(entry) : infoFunctions(definition as InfoSource);
  if (entry.native && library) entry.addExports(definition);
  else entry.setExports([definition]);
  return entry;
}

/** Forgets a module's code: calls of it are undefined until it is defined or loaded again. */
export function deleteModule(module: Atom): boolean {
  const entry = moduleEntry(module);
  if (entry.definition === null) return false;
  entry.definition = null;
  entry.documentation = null;
  entry.objectCode = null;
  entry.objectFile = null;
  entry.library = entry.native;
  entry.info = entry.native ? erlangInfoOf(entry) : {};
  entry.setExports(entry.natives);
  return true;
}

/** Forgets what programs have defined; the library stays. */
export function resetModules(): void {
  for (const entry of entries.values()) if (!entry.library) deleteModule(entry.name);
}

/** What programs have defined, to go back to with `restoreModules`. */
export type ModulesSnapshot = ReadonlyMap<
  ModuleEntry,
  Pick<ModuleEntry, "definition" | "documentation" | "source">
>;

export function snapshotModules(): ModulesSnapshot {
  const kept = new Map();
  for (const entry of entries.values()) {
    const { definition, documentation, source, library } = entry;
    if (definition !== null && !library) kept.set(entry, { definition, documentation, source });
  }
  return kept;
}

/** Makes the program's modules those of the snapshot: later ones are forgotten, replaced ones come back. */
export function restoreModules(snapshot: ModulesSnapshot): void {
  for (const entry of entries.values())
    if (entry.definition !== null && !entry.library && !snapshot.has(entry)) deleteModule(entry.name);
  for (const [entry, { definition, documentation, source }] of snapshot) {
    if (entry.definition === definition) continue;
    defineModule(definition!);
    Object.assign(entry, { documentation, source });
  }
}

/** Whether the module is loaded or in the library. */
export function isAvailable(module: Atom): boolean {
  return moduleEntry(module).isLoaded || loader.has(module.name);
}

/** The loaded modules. Mirrors `:code.all_loaded/0`. */
export function loadedModules(): ModuleEntry[] {
  return [...entries.values()].filter((entry) => entry.isLoaded);
}

/** The documentation of a module, `null` when there is none. */
export function documentationOf(module: Atom, decode: (bytes: Uint8Array) => Term): Term | null {
  const entry = moduleEntry(module);
  if (entry.documentation === null && (entry.definition === null || entry.library)) {
    const bytes = loader.documentation?.(module.name) ?? null;
    if (bytes !== null) entry.documentation = decode(bytes);
  }
  return entry.documentation;
}

/** The file that the library has a module in, `null` where there is none. */
export function libraryFile(module: Atom): string | null {
  return loader.file?.(module.name) ?? null;
}

/** What a module was compiled from, `null` where that is not kept. */
export function sourceOf(module: Atom): readonly Definition[] | null {
  const entry = moduleEntry(module);
  if (entry.library) entry.source ??= loader.definitions?.(module.name) ?? null;
  return entry.source;
}

/** All modules that there are, loaded or not. */
export function availableModules(): { name: string; loaded: boolean }[] {
  const loaded = loadedModules().map(({ name }) => ({ name: name.name, loaded: true }));
  const seen = new Set(loaded.map(({ name }) => name));
  return [
    ...loaded,
    ...loader
      .names()
      .filter((name) => !seen.has(name))
      .map((name) => ({ name, loaded: false })),
  ];
}

/** Loads the module unless it is; `null` when there is none. */
export function* ensureLoaded(module: Atom): Task<ModuleEntry | null> {
  const entry = moduleEntry(module);
  if (entry.definition !== null) return entry;
  if (!loader.has(module.name)) {
    const found = entry.isLoaded ? null : findObjectCode(module.name);
    return found === null ? (entry.isLoaded ? entry : null) : loadObjectCode(module, found);
  }
  const source = loader.load(module.name);
  const factory = source instanceof Promise ? yield* awaitHost(source) : source;
  // Another process may have loaded it while this one waited.
  if (entry.definition === null && factory !== null) defineModule(factory(runtimeInterface), true);
  return entry.isLoaded ? entry : null;
}

/** A term in the external format. Only a host with files comes here, and such a host has all natives. */
export function decoded(bytes: Uint8Array): Term {
  return exportCell(atom("erlang"), atom("binary_to_term"), 1).code(binary(bytes)) as Term;
}

/** Makes object code the current code of its module; `null` when it is none of ours. */
export function loadObjectCode(module: Atom, { file, bytes }: FoundCode): ModuleEntry | null {
  const js = codeIn(bytes);
  if (js === null) return null;
  const entry = defineModule(instantiate(moduleSource(module.name, js)));
  entry.objectCode = binary(bytes);
  entry.objectFile = file;
  const types = consolidatedTypes(bytes);
  if (types !== null) {
    const key = tuple(atom("Elixir.Protocol"), module);
    exportCell(atom("persistent_term"), atom("put"), 2).code(key, decoded(types));
  }
  return entry;
}

/** The process flag `error_handler` of a process that compiles one of several files. */
export const ERROR_HANDLER = atom("Elixir.Kernel.ErrorHandler");
const COMPILER_INFO = atom("elixir_compiler_info");

/** `{compiler, file}`, the processes by which several files are compiled together; `null` elsewhere. */
export function compilerInfo(): Tuple2 | null {
  const found = valueOf(S.p, COMPILER_INFO);
  return found instanceof Tuple2 && flagOf(S.p, "error_handler") === ERROR_HANDLER ? found : null;
}

/** Loads the module; where several files are compiled together, waits for one of them to define it. */
export function* awaitModule(
  module: Atom,
  deadlock: "soft" | "hard" | "raise",
  kind: "module" | "struct" = "module",
): Task<boolean> {
  if ((yield* ensureLoaded(module)) !== null) return true;
  if (compilerInfo() === null) return false;
  const wait = exportCell(ERROR_HANDLER, atom("ensure_compiled"), 3).code;
  return (yield* callTask(wait, module, atom(kind), atom(deadlock))) === atom("found");
}

/** The `undef` of Erlang, with the call that failed. */
export function undefinedFunction(module: Atom, name: Atom, args: readonly Term[]): Raised {
  return withHost(new Raised(CLASS_ERROR, atom("undef"), null, { module, name, args }));
}

/** Makes a module from its code, without making it the current code of its name. */
export function instantiate(source: ModuleSource): ModuleDefinition {
  return source(runtimeInterface);
}

/** Turns the text of a compiled module into its factory. The name shows in the host's debugger. */
export function moduleSource(name: string, body: string): ModuleSource {
  return new Function("$", `${body}\n//# sourceURL=beamlet/${name}.js`) as ModuleSource;
}

/** The same of a module of the library, whose file exports it. */
export function libraryModule(name: string, text: string): ModuleSource {
  return moduleSource(name, `${text.replace("export default", "return")}($)`);
}

function missing(cell: ExportCell): Code {
  return (...args: Term[]) => {
    const entry = moduleEntry(cell.module);
    if (entry.definition === null && !entry.native && compilerInfo() !== null) {
      return runTask(loadAndCall(cell, args));
    }
    const isOnPath = entry.definition === null && !entry.native && findObjectCode(cell.module.name) !== null;
    if (entry.definition !== null || !(loader.has(cell.module.name) || isOnPath)) {
      throw undefinedFunction(cell.module, cell.name, args);
    }
    return runTask(loadAndCall(cell, args));
  };
}

function* loadAndCall(cell: ExportCell, args: Term[]): Task<Term> {
  yield* awaitModule(cell.module, "raise");
  if (!cell.defined) throw undefinedFunction(cell.module, cell.name, args);
  return yield* callTask(cell.code, ...args);
}

function cellOf(module: Atom, key: string): ExportCell {
  const slash = key.lastIndexOf("/");
  return exportCell(module, atom(key.slice(0, slash)), Number(key.slice(slash + 1)));
}
