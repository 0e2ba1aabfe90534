/** Telling tracers: `trace(event, env)` of each, in order. */
import { call, type Task } from "../../process/task.ts";
import { Atom, atom, NIL } from "../../term/atom.ts";
import type { Code } from "../../term/fun.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { tuple } from "../../term/tuple.ts";
import { concat, expandAlias } from "../alias.ts";
import type { Env } from "../env.ts";
import type { Place } from "../errors.ts";
import type { Host } from "../host.ts";
import { Tracker } from "./lexical-tracker.ts";
import { warnUnusedLexical } from "./unused-lexical.ts";

/** Of an alias: a reference to it, or one that another event tells of. */
const ALIAS_EVENTS = new Set(["alias_reference", ""]);
const TRACE = atom("trace");
const CODE = atom("Elixir.Code");
const GET_OPTION = atom("get_compiler_option");
const TRACERS = atom("tracers");
/** Keeps what is referred to, for those who ask: it traces once it is loaded. */
const LEXICAL = atom("Elixir.Kernel.LexicalTracker");

/** What tells a tracer of an event `{event, ...parts}`. */
export function* tellTracers(at: Place, event: string, parts: readonly Term[]): Task<void> {
  const [meta, module, ...rest] = parts;
  // The segments of an alias come with it: what its first one stands for is told before.
  if (rest.length === 1 && rest[0] instanceof Cons && ALIAS_EVENTS.has(event)) {
    const name = concat([rest[0].head]);
    const found = expandAlias(meta, [rest[0].head], at.env);
    if (found instanceof Atom) yield* tellEvent(at, tuple(atom("alias_expansion"), meta, name, found));
    if (event !== "") yield* tellEvent(at, tuple(atom(event), meta, module));
  } else if (event === "imported_macro" && module === at.env.module) {
    yield* tellEvent(at, tuple(atom("local_macro"), meta, ...rest));
  } else yield* tellEvent(at, parts.length === 0 ? atom(event) : tuple(atom(event), ...parts));
  // What is imported is required too.
  if (event === "import") yield* tellEvent(at, tuple(atom("require"), ...parts));
}

export function* tellEvent({ host, env }: Place, event: Term): Task<void> {
  const seen = env.toTerm();
  for (const tracer of (listToArray(env.tracers) ?? []) as Atom[]) {
    yield* host.ensureLoaded(tracer);
    const code = host.code(tracer, TRACE, 2);
    yield* code !== null
      ? call(code, event, seen)
      : call(host.code(atom("erlang"), atom("apply"), 3) as Code, tracer, TRACE, list([event, seen]));
  }
}

/** The tracers of a file: those of the compiler's option. */
export function* fileTracers(host: Host): Task<Term> {
  const code = (yield* host.ensureLoaded(CODE)) ? host.code(CODE, GET_OPTION, 1) : null;
  return code === null ? EMPTY : yield* call<Term>(code, TRACERS);
}

/** Runs what has a lexical scope of its own, a file or a module outside of one: what it defines and does not use is told. */
export function* lexically<T>(at: Place, run: (env: Env) => Task<T>): Task<T> {
  const { host } = at;
  const tracker = new Tracker();
  const tracers = host.code(LEXICAL, TRACE, 2) === null ? at.env.tracers : list([LEXICAL], at.env.tracers);
  const env = at.env.with({ tracker, tracers });
  const place: Place = { host, env };
  if (tracers !== EMPTY) yield* tellTracers(place, "start", []);
  try {
    const result = yield* run(env);
    warnUnusedLexical({ host, env: env.with({ module: NIL, function: NIL, tracker: null }) }, tracker);
    return result;
  } finally {
    if (tracers !== EMPTY) yield* tellTracers(place, "stop", []);
    tracker.alive = false;
  }
}
