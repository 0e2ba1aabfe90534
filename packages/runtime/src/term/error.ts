/**
 * What travels when a process raises, throws or exits: Erlang's class, reason and stack trace. Compiled
 * code passes it through the process registers (`process/stack.ts`); builtins throw it.
 * It is not a JavaScript `Error`, whose construction costs a stack walk.
 */
import { type Atom, atom } from "./atom.ts";
import type { Term } from "./term.ts";
import { tuple } from "./tuple.ts";

export const CLASS_ERROR = atom("error");
export const CLASS_EXIT = atom("exit");
export const CLASS_THROW = atom("throw");

/** The builtin call that failed: what `Exception.blame` and the message about arguments are made from. */
export interface FailedCall {
  readonly module: Atom;
  readonly name: Atom;
  readonly args: readonly Term[];
}

/** A place in Elixir code that stands in `Raised.trace` for TypeScript: where a macro was called. */
export interface CodePlace {
  readonly module: Atom;
  readonly file: string;
  readonly name: string;
  readonly arity: number;
}

/** The line of a place that has a file but no line. */
export const NO_LINE = -1;

export class Raised {
  readonly kind: Atom;
  readonly reason: Term;
  /** The stack trace as an Erlang list once it is known; until then the unwinding adds to `trace`. */
  stacktrace: Term | null;
  /** Innermost first: the failed builtin, then pairs of function (or `CodePlace`) and label (or line) that unwinding passed. */
  call: FailedCall | null;
  trace: unknown[];
  /**
   * Of an error that JavaScript's `throw` carries, past callers that cannot note where: the host's own stack, which is
   * only written out when somebody reads it.
   */
  host: { stack?: string } | null = null;
  /** What Erlang puts as `error_info` beside the innermost place: what the message of the error is made from. */
  info: Term | null = null;

  constructor(kind: Atom, reason: Term, stacktrace: Term | null = null, call: FailedCall | null = null) {
    this.kind = kind;
    this.reason = reason;
    this.stacktrace = stacktrace;
    this.call = call;
    this.trace = [];
  }
}

/** `badarg` from a builtin; the message names the arguments that are wrong, so give them all. */
export function badarg(module: string, name: string, args: readonly Term[]): Raised {
  return errorIn("badarg", module, name, args);
}

/** An error whose reason is an atom, from a builtin called with these arguments. */
export function errorIn(reason: string, module: string, name: string, args: readonly Term[]): Raised {
  return withHost(
    new Raised(CLASS_ERROR, atom(reason), null, { module: atom(module), name: atom(name), args }),
  );
}

/** Frames of the host's to be kept: some are of builtins, or of functions that Elixir has left by a tail call. */
const HOST_FRAMES = 24;

/** Notes where an error that is about to be thrown comes from. */
export function withHost(raised: Raised): Raised {
  raised.host = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = HOST_FRAMES;
  Error.captureStackTrace?.(raised.host);
  Error.stackTraceLimit = limit;
  return raised;
}

/** An error with any reason: `raiseError(tuple(atom("badmatch"), value))`. */
export function error(reason: Term | string): Raised {
  return new Raised(CLASS_ERROR, typeof reason === "string" ? atom(reason) : reason);
}

/** `{tag, value}` as the reason of an error, such as `{:badmatch, value}`. */
export function tagged(tag: string, value: Term): Raised {
  return new Raised(CLASS_ERROR, tuple(atom(tag), value));
}
