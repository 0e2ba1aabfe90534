/**
 * What is checked once everything that is compiled together is there: promises of behaviours, and calls of functions of
 * other modules that do not exist or are deprecated. The modules of a file, or of several that are compiled together, are
 * checked when all of it has run, as they may call each other in any order.
 */
import { S } from "../../process/stack.ts";
import { call, type Task } from "../../process/task.ts";
import { COLUMN, line as lineOf, metaGet } from "../../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { compareTerms } from "../../term/compare.ts";
import { list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple, Tuple2 } from "../../term/tuple.ts";
import { inspectAtom, type Place } from "../errors.ts";
import type { Definition, Diagnostic, Host } from "../host.ts";
import { trace } from "../trace.ts";
import { checkBehaviours } from "./behaviour.ts";
import { type RemoteCall, remoteCalls } from "./locals.ts";
import { fileOf, type OpenModule } from "./open-module.ts";
import { firstKey, moduleTerm, type Violation, violations } from "./violations.ts";

interface Complete {
  readonly at: Place;
  readonly open: OpenModule;
  readonly definitions: readonly Definition[];
}

/** By process: what it has completed and not checked. */
const pending = new WeakMap<object, Complete[]>();

const LINE = atom("line");
const GENERATED = atom("generated");
/** The clause itself defines the module that it calls. */
const RUNTIME_MODULE = atom("runtime_module");
const INFO = atom("__info__");
const DEPRECATED = atom("deprecated");
const LOOKUP = atom("Elixir.UndefinedFunctionError");
const EXCEPTION = atom("Elixir.Exception");
const MODULE_BODY = atom("__MODULE__");
const NO_WARN_UNDEFINED = atom("no_warn_undefined");
const ALL = atom("all");
/** Exported by every module. */
const ALWAYS = new Set(["module_info", "__info__"]);

/**
 * What is evaluated may be checked later: the key in the process dictionary with which whoever evaluates says so. Its value is
 * `{mode, modules}`, to which modules are added: in the mode `types` after everything else has been checked, in `all` before.
 */
const LATER = atom("elixir_checks");
const TYPES = atom("types");

/** `{compiler, file}` in a process that compiles one of several files. */
const COMPILER_INFO = atom("elixir_compiler_info");
/** By compiler: what the files have completed so far. The first that goes on when all are compiled checks everything. */
const ofAllFiles = new WeakMap<object, Complete[]>();

/** What is checked later, by what stands for it in the process dictionary. */
const postponed = new WeakMap<object, Complete>();

/** Runs what compiles a module: it is checked with the file or the evaluation that compiles it, in a process of its own not at all. */
export function* alone<T>(host: Host, compile: () => Task<T>): Task<T> {
  if (S.p === null) return yield* compile();
  const later = yield* dictionary(host, "get", LATER);
  if (later instanceof Tuple2) {
    const [result, complete] = yield* collecting(S.p, compile);
    const types = later.a === TYPES;
    if (types) yield* check(host, complete, false);
    const terms = complete.map((one) => {
      const term = moduleTerm(one);
      postponed.set(term, one);
      return term;
    });
    // The modules that are defined within it have been added meanwhile.
    const { b: inner } = (yield* dictionary(host, "get", LATER)) as Tuple2;
    yield* dictionary(host, "put", LATER, new Tuple2(later.a, list(terms, inner)));
    return result;
  }
  return yield* compile();
}

/** Runs what compiles a file; the modules that it completes are checked afterwards. */
export function* together<T>(host: Host, compile: () => Task<T>): Task<T> {
  if (S.p === null) return yield* compile();
  const later = yield* dictionary(host, "erase", LATER);
  let result: T;
  let complete: Complete[];
  try {
    [result, complete] = yield* collecting(S.p, compile);
  } finally {
    if (later instanceof Tuple2) yield* dictionary(host, "put", LATER, later);
  }
  const info = yield* dictionary(host, "get", COMPILER_INFO);
  if (!(info instanceof Tuple2) || info.b !== S.p) {
    yield* check(host, complete, true);
    return result;
  }
  // What a file compiles itself may need what it defines later.
  const outer = pending.get(S.p);
  if (outer !== undefined) {
    outer.push(...complete);
    return result;
  }
  const all = ofAllFiles.get(info.a as object) ?? [];
  ofAllFiles.set(info.a as object, all);
  all.push(...complete);
  yield* host.awaitAll();
  yield* check(host, all.splice(0), true);
  return result;
}

/** Checks what has been left for later, newest first. */
export function* checkPostponed(host: Host, { a: mode, b: modules }: Tuple2): Task<void> {
  const complete = (listToArray(modules) ?? []).reverse().map((term) => postponed.get(term as object));
  const known = complete.filter((one) => one !== undefined);
  if (mode !== TYPES) return yield* check(host, known, true);
  for (const one of known) report(host, one.open, (yield* violations(host, [one]))[0].map(groupOf));
}

function* dictionary(host: Host, name: "get" | "put" | "erase", ...args: Term[]): Task<Term> {
  return yield* call<Term>(host.code(atom("erlang"), atom(name), args.length) as Function, ...args);
}

function* collecting<T>(process: object, compile: () => Task<T>): Task<[T, Complete[]]> {
  const outer = pending.get(process);
  const complete: Complete[] = [];
  pending.set(process, complete);
  try {
    return [yield* compile(), complete];
  } finally {
    if (outer === undefined) pending.delete(process);
    else pending.set(process, outer);
  }
}

function* check(host: Host, complete: readonly Complete[], types: boolean): Task<void> {
  const found = host.bootstrap || !types || complete.length === 0 ? [] : yield* violations(host, complete);
  for (const [index, one] of complete.entries()) yield* verify(host, one, found[index] ?? []);
}

/** Leaves a module to be checked, or, where nobody checks it, calls what is to be called afterwards. */
export function* completed(
  host: Host,
  at: Place,
  open: OpenModule,
  definitions: readonly Definition[],
): Task<void> {
  const complete = pending.get(S.p);
  if (complete === undefined) yield* afterVerify(host, at, open);
  else complete.push({ at, open, definitions });
}

function* verify(host: Host, complete: Complete, found: readonly Violation[]): Task<void> {
  const { at, open, definitions } = complete;
  if (!host.bootstrap) {
    const inside = { module: open.module, name: MODULE_BODY, arity: 0 };
    const broken = (yield* checkBehaviours(at, open, definitions)).map(({ message, file, line }) => ({
      message,
      places: [{ file, line, column: null, inside }],
    }));
    report(host, open, [...broken, ...(yield* checkRemoteCalls(host, complete)), ...found.map(groupOf)]);
  }
  yield* afterVerify(host, at, open);
}

function* afterVerify(host: Host, at: Place, open: OpenModule): Task<void> {
  for (const callback of open.accumulated("after_verify")) {
    if (!(callback instanceof Tuple2)) continue;
    const meta = list([new Tuple2(LINE, open.line)]);
    yield* trace(at, "remote_function", meta, callback.a, callback.b, 1);
    yield* host.ensureLoaded(callback.a as Atom);
    const apply = host.code(atom("erlang"), atom("apply"), 3) as Function;
    yield* call(apply, callback.a, callback.b, list([open.module]));
  }
}

type Where = Pick<Diagnostic, "file" | "line" | "column" | "inside"> & Partial<Pick<Violation, "rank">>;

/** A message and the places that it is about, in their order. */
interface Group extends Partial<Pick<Violation, "span" | "lead">> {
  readonly message: string;
  readonly places: readonly Where[];
}

function before(a: Where, b: Where): number {
  if (a.file !== b.file) return String(a.file) < String(b.file) ? -1 : 1;
  const lines =
    compareTerms(a.rank ?? LINE, b.rank ?? LINE) || a.line - b.line || (a.column ?? 0) - (b.column ?? 0);
  if (lines !== 0 || a.inside === null || b.inside === null) return lines;
  return compareTerms(a.inside.name, b.inside.name) || a.inside.arity - b.inside.arity;
}

const groupOf = (violation: Violation): Group => ({ ...violation, places: [violation] });

function report(host: Host, { file: source }: OpenModule, groups: Group[]): void {
  groups.sort((a, b) => before(a.places[0], b.places[0]) || (a.message < b.message ? -1 : 1));
  for (const { message, places, span = null, lead } of groups) {
    const [first, ...more] = places;
    host.diagnostic({ severity: "warning", message, span, lead, source, ...first, more });
  }
}

function* checkRemoteCalls(host: Host, { open }: Complete): Task<Group[]> {
  const ignored = yield* ignoredCalls(host, open);
  if (ignored === "all") return [];
  const found = new Map<string, Where[]>();
  const known = new Map<string, string | null>();
  for (const definition of open.definitions.values()) {
    const { name, arity } = definition;
    for (const clause of definition.clauses) {
      for (const remote of remoteCalls(clause)) {
        if (metaGet(remote.meta, GENERATED) === TRUE || metaGet(remote.meta, RUNTIME_MODULE) === TRUE)
          continue;
        const key = `${remote.module.name}.${remote.name.name}/${remote.arity} ${remote.isRescued}`;
        let message = known.get(key);
        if (message === undefined) known.set(key, (message = yield* complaint(host, remote, ignored)));
        if (message === null) continue;
        const column = metaGet(remote.meta, COLUMN);
        const where: Where = {
          file: fileOf(definition),
          line: lineOf(remote.meta),
          column: typeof column === "number" ? column : null,
          inside: { module: open.module, name, arity },
          rank: firstKey(remote.meta),
        };
        const places = found.get(message);
        if (places === undefined) found.set(message, [where]);
        else if (!places.some((place) => place.line === where.line && place.column === where.column))
          places.push(where);
      }
    }
  }
  return [...found].map(([message, places]) => ({ message, places: places.sort(before) }));
}

/** What `@compile {:no_warn_undefined, …}` and the option of that name leave out, as modules and `module.name/arity`. */
function* ignoredCalls(host: Host, open: OpenModule): Task<ReadonlySet<string> | "all"> {
  const ignored = new Set<string>();
  const add = (value: Term): void => {
    for (const item of listToArray(value) ?? [value]) {
      if (item instanceof Atom) ignored.add(item.name);
      else {
        const [module, name, arity] = item instanceof Tuple ? item.toArray() : [];
        ignored.add(`${(module as Atom)?.name}.${(name as Atom)?.name}/${arity}`);
      }
    }
  };
  for (const option of open.accumulated("compile")) {
    for (const item of listToArray(option) ?? [option])
      if (item instanceof Tuple2 && item.a === NO_WARN_UNDEFINED) add(item.b);
  }
  const option = yield* compilerOption(host, NO_WARN_UNDEFINED);
  if (option === ALL) return "all";
  if (option !== NIL) add(option);
  return ignored;
}

/** What `Code.put_compiler_option/2` has set. */
export function* compilerOption(host: Host, name: Atom): Task<Term> {
  const code = (yield* host.ensureLoaded(atom("Elixir.Code")))
    ? host.code(atom("Elixir.Code"), atom("get_compiler_option"), 1)
    : null;
  return code === null ? NIL : yield* call<Term>(code, name);
}

/** What is wrong with a call of a function of a module, or `null`. */
function* complaint(
  host: Host,
  { module, name, arity, isRescued }: RemoteCall,
  ignored: ReadonlySet<string>,
): Task<string | null> {
  if (ALWAYS.has(name.name) || module.name === "erlang") return null;
  const loaded = yield* host.ensureLoaded(module);
  if (loaded && host.code(module, name, arity) !== null) {
    return isRescued ? null : yield* deprecation(host, module, name, arity);
  }
  if (ignored.has(module.name) || ignored.has(`${module.name}.${name.name}/${arity}`)) return null;
  if (!(yield* host.ensureLoaded(LOOKUP)) || !(yield* host.ensureLoaded(EXCEPTION))) return null;
  const shown = isRescued
    ? `struct ${inspectAtom(module)}`
    : yield* worded(host, EXCEPTION, "format_mfa", module, name, arity);
  if (!loaded) {
    const hint = yield* worded(host, LOOKUP, "hint_for_missing_module", module, name, arity);
    return `${shown} is undefined (module ${inspectAtom(module)} is not available or is yet to be defined)${hint}`;
  }
  if (isRescued) return `${shown} is undefined (there is such module but it does not define a struct)`;
  const hint = yield* worded(host, LOOKUP, "hint_for_loaded_module", module, name, arity);
  return `${shown} is undefined or private${hint}`;
}

function* deprecation(host: Host, module: Atom, name: Atom, arity: number): Task<string | null> {
  const info = host.code(module, INFO, 1);
  if (info === null) return null;
  for (const entry of listToArray(yield* call<Term>(info, DEPRECATED)) ?? []) {
    if (!(entry instanceof Tuple2) || !(entry.a instanceof Tuple2) || !(entry.b instanceof Bitstring))
      continue;
    if (entry.a.a !== name || entry.a.b !== arity) continue;
    if (!(yield* host.ensureLoaded(EXCEPTION))) return null;
    const shown = yield* worded(host, EXCEPTION, "format_mfa", module, name, arity);
    return `${shown} is deprecated. ${entry.b.text}`;
  }
  return null;
}

function* worded(host: Host, by: Atom, fun: string, ...args: [Atom, Atom, number]): Task<string> {
  const code = host.code(by, atom(fun), 3);
  const result = code === null ? null : yield* call<Term>(code, ...args);
  return result instanceof Bitstring ? (result.text ?? "") : "";
}
