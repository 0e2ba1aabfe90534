/**
 * The lexical environment: what `%Macro.Env{}` shows. Immutable; `with` makes a changed copy.
 *
 * Most fields are kept as the terms that the struct holds, so that giving a macro its `__CALLER__` costs one map
 * over shared keys. Imports are looked up for every call, so they are indexed, and turned
 * into terms on demand.
 */
import { keywordGet } from "../syntax/quoted.ts";
import { Atom, atom, NIL } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { compareTerms } from "../term/compare.ts";
import { tagged } from "../term/error.ts";
import { Pid } from "../term/identifier.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { EMPTY_MAP, flatMap, mapFrom, mapGet, TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import type { Scope } from "./scope.ts";

export const KERNEL = atom("Elixir.Kernel");
const APPLICATION = atom("Elixir.Application");

/** Names and arities imported from one module. */
export class ImportSet {
  readonly module: Atom;
  readonly pairs: readonly (readonly [Atom, number])[];
  readonly #arities = new Map<Atom, number[]>();
  #term: Term | null = null;

  /** The pairs must be sorted and distinct; `importSet` sorts them. */
  constructor(module: Atom, pairs: readonly (readonly [Atom, number])[]) {
    this.module = module;
    this.pairs = pairs;
    for (const [name, arity] of pairs) {
      const arities = this.#arities.get(name);
      if (arities === undefined) this.#arities.set(name, [arity]);
      else arities.push(arity);
    }
  }

  has(name: Atom, arity: number): boolean {
    return this.#arities.get(name)?.includes(arity) ?? false;
  }

  arities(name: Atom): readonly number[] {
    return this.#arities.get(name) ?? [];
  }

  get term(): Term {
    this.#term ??= new Tuple2(this.module, list(this.pairs.map(([name, arity]) => new Tuple2(name, arity))));
    return this.#term;
  }
}

/** Imported functions or macros, the last import first. */
export class Imports {
  readonly sets: readonly ImportSet[];
  #term: Term | null = null;

  constructor(sets: readonly ImportSet[]) {
    this.sets = sets;
  }

  get term(): Term {
    if (this.#term === null) {
      this.#term = list(this.sets.map((set) => set.term));
      if (this.#term instanceof Cons) parsedImports.set(this.#term, this);
    }
    return this.#term;
  }

  find(module: Atom): ImportSet | undefined {
    return this.sets.find((set) => set.module === module);
  }

  without(module: Atom): Imports {
    return this.find(module) === undefined
      ? this
      : new Imports(this.sets.filter((set) => set.module !== module));
  }

  with(added: ImportSet): Imports {
    return new Imports([added, ...this.without(added.module).sets]);
  }
}

export const NO_IMPORTS = new Imports([]);

const parsedImports = new WeakMap<object, Imports>();

export function importSet(module: Atom, pairs: readonly (readonly [Atom, number])[]): ImportSet {
  const sorted = pairs.slice().sort((a, b) => compareTerms(a[0], b[0]) || a[1] - b[1]);
  return new ImportSet(
    module,
    sorted.filter(([name, arity], i) => i === 0 || sorted[i - 1][0] !== name || sorted[i - 1][1] !== arity),
  );
}

/** The pairs of a list `[{name, arity}]`; other elements are left out. */
export function namesAndArities(term: Term): (readonly [Atom, number])[] {
  const pairs: (readonly [Atom, number])[] = [];
  for (const item of listToArray(term) ?? []) {
    if (item instanceof Tuple2 && item.a instanceof Atom && typeof item.b === "number")
      pairs.push([item.a, item.b]);
  }
  return pairs;
}

function importsOf(term: Term): Imports {
  if (!(term instanceof Cons)) return NO_IMPORTS;
  let imports = parsedImports.get(term);
  if (imports === undefined) {
    const sets: ImportSet[] = [];
    for (const entry of listToArray(term) ?? []) {
      if (entry instanceof Tuple2 && entry.a instanceof Atom)
        sets.push(importSet(entry.a, namesAndArities(entry.b)));
    }
    imports = new Imports(sets);
    parsedImports.set(term, imports);
  }
  return imports;
}

/** Which aliases and imports a file or module defines and uses. Elixir has a process for it. */
export abstract class LexicalTracker extends Pid {
  /** Notes what `alias` has defined; the form that is left of it. */
  abstract addAlias(scope: Scope, meta: Term, module: Atom, name: Atom | null, options: Term): Term;
  /** The same of `import`. */
  abstract addImport(scope: Scope, meta: Term, module: Atom, options: Term): Term;
  abstract useAlias(name: Atom): void;
  abstract useImport(module: Atom, name: Atom, arity: number): void;
}

export interface EnvFields {
  readonly module: Atom;
  readonly file: Term;
  readonly line: number;
  /** `nil`, or `{name, arity}` of the definition being expanded. */
  readonly function: Term;
  /** `nil`, `match` or `guard`. */
  readonly context: Atom;
  /** `[{alias, module}]`. */
  readonly aliases: Term;
  /** A sorted list of modules. */
  readonly requires: Term;
  readonly functions: Imports;
  readonly macros: Imports;
  /** Aliases defined inside macros: `[{alias, {counter, module}}]`. */
  readonly macroAliases: Term;
  /** Modules defined in this context, innermost first. */
  readonly contextModules: Term;
  readonly versionedVars: TermMap;
  readonly tracker: LexicalTracker | null;
  readonly tracers: Term;
}

export const CONTEXT_MATCH = atom("match");
export const CONTEXT_GUARD = atom("guard");

const STRUCT_KEYS = [
  "__struct__",
  "aliases",
  "context",
  "context_modules",
  "file",
  "function",
  "functions",
  "lexical_tracker",
  "line",
  "macro_aliases",
  "macros",
  "module",
  "requires",
  "tracers",
  "versioned_vars",
].map(atom);
const MACRO_ENV = atom("Elixir.Macro.Env");

export class Env implements EnvFields {
  readonly module: Atom;
  readonly file: Term;
  readonly line: number;
  readonly function: Term;
  readonly context: Atom;
  readonly aliases: Term;
  readonly requires: Term;
  readonly functions: Imports;
  readonly macros: Imports;
  readonly macroAliases: Term;
  readonly contextModules: Term;
  readonly versionedVars: TermMap;
  readonly tracker: LexicalTracker | null;
  readonly tracers: Term;

  constructor(fields: EnvFields) {
    this.module = fields.module;
    this.file = fields.file;
    this.line = fields.line;
    this.function = fields.function;
    this.context = fields.context;
    this.aliases = fields.aliases;
    this.requires = fields.requires;
    this.functions = fields.functions;
    this.macros = fields.macros;
    this.macroAliases = fields.macroAliases;
    this.contextModules = fields.contextModules;
    this.versionedVars = fields.versionedVars;
    this.tracker = fields.tracker;
    this.tracers = fields.tracers;
  }

  with(changes: Partial<EnvFields>): Env {
    return Object.assign(new Env(this), changes);
  }

  inContext(context: Atom): Env {
    return this.context === context ? this : this.with({ context });
  }

  get fileName(): string {
    return this.file instanceof Bitstring ? (this.file.text ?? "nofile") : "nofile";
  }

  get inMatch(): boolean {
    return this.context === CONTEXT_MATCH;
  }

  get inGuard(): boolean {
    return this.context === CONTEXT_GUARD;
  }

  get inFunction(): boolean {
    return this.function !== NIL;
  }

  isRequired(module: Atom): boolean {
    return listHas(this.requires, module);
  }

  /** The `%Macro.Env{}` struct. */
  toTerm(line: number = this.line, vars: TermMap = this.versionedVars): TermMap {
    return flatMap(STRUCT_KEYS, [
      MACRO_ENV,
      this.aliases,
      this.context,
      this.contextModules,
      this.file,
      this.function,
      this.functions.term,
      this.tracker ?? NIL,
      line,
      this.macroAliases,
      this.macros.term,
      this.module,
      this.requires,
      this.tracers,
      vars,
    ]);
  }

  /** The struct's fields with the lists of imports as they are; keys not in the map have their defaults. */
  static fromTerm(map: Term): Env {
    if (!(map instanceof TermMap)) throw tagged("badmap", map);
    const get = (key: string, otherwise: Term): Term => mapGet(map, atom(key)) ?? otherwise;
    const module = get("module", NIL);
    const line = get("line", 0);
    const vars = get("versioned_vars", EMPTY_MAP);
    const tracker = get("lexical_tracker", NIL);
    const context = get("context", NIL);
    return new Env({
      module: module instanceof Atom ? module : NIL,
      file: get("file", text("nofile")),
      line: typeof line === "number" ? line : 0,
      function: get("function", NIL),
      context: context instanceof Atom ? context : NIL,
      aliases: get("aliases", EMPTY),
      requires: get("requires", EMPTY),
      functions: importsOf(get("functions", EMPTY)),
      macros: importsOf(get("macros", EMPTY)),
      macroAliases: get("macro_aliases", EMPTY),
      contextModules: get("context_modules", EMPTY),
      versionedVars: vars instanceof TermMap ? vars : EMPTY_MAP,
      tracker: tracker instanceof LexicalTracker ? tracker : null,
      tracers: get("tracers", EMPTY),
    });
  }
}

/** The environment of a new file: only `Kernel` imported, with what it exports. */
export function newEnv(functions: Imports = NO_IMPORTS, macros: Imports = NO_IMPORTS): Env {
  return new Env({
    module: NIL,
    file: text("nofile"),
    line: 1,
    function: NIL,
    context: NIL,
    aliases: EMPTY,
    requires: list([APPLICATION, KERNEL]),
    functions,
    macros,
    macroAliases: EMPTY,
    contextModules: EMPTY,
    versionedVars: EMPTY_MAP,
    tracker: null,
    tracers: EMPTY,
  });
}

/** Variables numbered in the order given. */
export function varsOf(pairs: readonly Term[]): TermMap {
  return mapFrom(pairs.map((pair, i) => [pair, i]));
}

export function listHas(terms: Term, wanted: Term): boolean {
  while (terms instanceof Cons) {
    if (terms.head === wanted) return true;
    terms = terms.tail;
  }
  return false;
}

/** Adds to a sorted list without duplicates. */
export function ordsetAdd(set: Term, item: Atom): Term {
  if (listHas(set, item)) return set;
  return list([...(listToArray(set) ?? []), item].sort(compareTerms));
}

/** The list with the entry of `key` replaced in place, or appended. Mirrors `:lists.keystore/4`. */
export function keyStore(entries: Term, key: Term, entry: Term): Term {
  const items = listToArray(entries) ?? [];
  const i = items.findIndex((item) => item instanceof Tuple2 && item.a === key);
  if (i < 0) items.push(entry);
  else items[i] = entry;
  return list(items);
}

/** Metadata with the key stored in place, or appended; `nil` leaves it as it is. */
export function metaStore(meta: Term, key: Atom, value: Term): Term {
  return value === NIL ? meta : keyStore(meta, key, tuple(key, value));
}

/** Metadata with the entry in front, unless it has one of its key. */
export function metaNew(meta: Term, entry: Tuple2): Term {
  return keywordGet(meta, entry.a as Atom) !== undefined ? meta : new Cons(entry, meta);
}

export function metaPrepend(meta: Term, key: Atom, value: Term): Term {
  return new Cons(new Tuple2(key, value), meta);
}
