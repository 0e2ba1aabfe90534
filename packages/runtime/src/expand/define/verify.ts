/**
 * What is checked once everything that is compiled together is there: promises of behaviours, and calls of functions of
 * other modules that do not exist or are deprecated. One module alone is checked at its end, the modules of a file when
 * the whole file has run, as they may call each other in any order.
 */
import { S } from "../../process/stack.ts";
import { call, type Task } from "../../process/task.ts";
import { COLUMN, line as lineOf, metaGet } from "../../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2 } from "../../term/tuple.ts";
import { inspectAtom, type Place } from "../errors.ts";
import type { Definition, Diagnostic, Host } from "../host.ts";
import { trace } from "../trace.ts";
import { checkBehaviours } from "./behaviour.ts";
import { remoteCalls } from "./locals.ts";
import type { OpenModule } from "./open-module.ts";
import { type Violation, violations } from "./violations.ts";

interface Complete {
  readonly at: Place;
  readonly open: OpenModule;
  readonly definitions: readonly Definition[];
}

/** By process: what it has completed and not checked. */
const pending = new WeakMap<object, Complete[]>();

const GENERATED = atom("generated");
/** The clause itself defines the module that it calls. */
const RUNTIME_MODULE = atom("runtime_module");
const INFO = atom("__info__");
const DEPRECATED = atom("deprecated");
const LOOKUP = atom("Elixir.UndefinedFunctionError");
const EXCEPTION = atom("Elixir.Exception");
const NO_WARN_UNDEFINED = atom("no_warn_undefined");
const ALL = atom("all");
/** Exported by every module that may have them. */
const ALWAYS = new Set(["module_info", "__info__", "behaviour_info"]);

/** Runs what compiles a module: it is checked with the file that it is compiled in, or afterwards if there is none. */
export function* alone<T>(host: Host, compile: () => Task<T>): Task<T> {
  return S.p === null || pending.has(S.p) ? yield* compile() : yield* together(host, compile);
}

/** Runs what compiles a file; the modules that it completes are checked afterwards. */
export function* together<T>(host: Host, compile: () => Task<T>): Task<T> {
  const process: object | null = S.p;
  if (process === null) return yield* compile();
  const outer = pending.get(process);
  const complete: Complete[] = [];
  pending.set(process, complete);
  let result: T;
  try {
    result = yield* compile();
  } finally {
    if (outer === undefined) pending.delete(process);
    else pending.set(process, outer);
  }
  yield* host.awaitAll();
  const found = host.bootstrap || complete.length === 0 ? [] : yield* violations(host, complete);
  for (const [index, one] of complete.entries()) yield* verify(host, one, found[index] ?? []);
  return result;
}

/** Leaves a module to be checked. */
export function completed(at: Place, open: OpenModule, definitions: readonly Definition[]): void {
  pending.get(S.p)?.push({ at, open, definitions });
}

function* verify(host: Host, complete: Complete, found: readonly Violation[]): Task<void> {
  const { at, open, definitions } = complete;
  if (!host.bootstrap) {
    yield* checkBehaviours(at, open, definitions);
    report(host, [...(yield* checkRemoteCalls(host, complete)), ...found.map((violation) => ({ ...violation, places: [violation] }))]);
  }
  for (const callback of open.accumulated("after_verify")) {
    if (!(callback instanceof Tuple2)) continue;
    const meta = list([new Tuple2(atom("line"), open.line)]);
    yield* trace(at, "remote_function", meta, callback.a, callback.b, 1);
    yield* host.ensureLoaded(callback.a as Atom);
    const apply = host.code(atom("erlang"), atom("apply"), 3) as Function;
    yield* call(apply, callback.a, callback.b, list([open.module]));
  }
}

type Where = Pick<Diagnostic, "file" | "line" | "column" | "inside">;

/** A message and the places that it is about, in their order. */
interface Group extends Partial<Pick<Violation, "span" | "lead" | "rank">> {
  readonly message: string;
  readonly places: readonly Where[];
}

const before = (a: Where, b: Where) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0);

function report(host: Host, groups: Group[]): void {
  groups.sort((a, b) => (a.rank ?? 1) - (b.rank ?? 1) || before(a.places[0], b.places[0]));
  for (const { message, places, span = null, lead } of groups) {
    const [first, ...more] = places;
    host.diagnostic({ severity: "warning", message, span, lead, ...first, more });
  }
}

function* checkRemoteCalls(host: Host, { open }: Complete): Task<Group[]> {
  const ignored = yield* ignoredCalls(host, open);
  if (ignored === "all") return [];
  const found = new Map<string, Where[]>();
  for (const { name, arity, clauses, file } of open.definitions.values()) {
    for (const clause of clauses) {
      for (const remote of remoteCalls(clause)) {
        if (metaGet(remote.meta, GENERATED) === TRUE || metaGet(remote.meta, RUNTIME_MODULE) === TRUE)
          continue;
        const message = yield* complaint(host, remote.module, remote.name, remote.arity, ignored);
        if (message === null) continue;
        const column = metaGet(remote.meta, COLUMN);
        const where: Where = {
          file,
          line: lineOf(remote.meta),
          column: typeof column === "number" ? column : null,
          inside: { module: open.module, name, arity },
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
        const [module, name, arity] = "toArray" in (item as object) ? (item as Tuple2).toArray() : [];
        ignored.add(`${(module as Atom)?.name}.${(name as Atom)?.name}/${arity}`);
      }
    }
  };
  for (const option of open.accumulated("compile")) {
    for (const item of listToArray(option) ?? [option])
      if (item instanceof Tuple2 && item.a === NO_WARN_UNDEFINED) add(item.b);
  }
  const code = (yield* host.ensureLoaded(atom("Elixir.Code")))
    ? host.code(atom("Elixir.Code"), atom("get_compiler_option"), 1)
    : null;
  const option = code === null ? NIL : yield* call<Term>(code, NO_WARN_UNDEFINED);
  if (option === ALL) return "all";
  if (option !== NIL) add(option);
  return ignored;
}

/** What is wrong with a call of a function of a module, or `null`. */
function* complaint(
  host: Host,
  module: Atom,
  name: Atom,
  arity: number,
  ignored: ReadonlySet<string>,
): Task<string | null> {
  if (ALWAYS.has(name.name) || module.name === "erlang") return null;
  const loaded = yield* host.ensureLoaded(module);
  if (loaded && host.code(module, name, arity) !== null) {
    return yield* deprecation(host, module, name, arity);
  }
  if (ignored.has(module.name) || ignored.has(`${module.name}.${name.name}/${arity}`)) return null;
  if (!(yield* host.ensureLoaded(LOOKUP)) || !(yield* host.ensureLoaded(EXCEPTION))) return null;
  const shown = yield* worded(host, EXCEPTION, "format_mfa", module, name, arity);
  if (!loaded) {
    const hint = yield* worded(host, LOOKUP, "hint_for_missing_module", module, name, arity);
    return `${shown} is undefined (module ${inspectAtom(module)} is not available or is yet to be defined)${hint}`;
  }
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
