/**
 * Exit reasons and errors, between JavaScript and Erlang.
 *
 * Inside, a reason is an Erlang term, so that links, monitors and Elixir processes understand it. A JavaScript value that
 * has no term (an error, above all) rides on one: Elixir sees `{:host_error, text}`, TypeScript gets the very value back.
 */
import { KILL, NORMAL } from "../process/outcome.ts";
import { Atom, atom } from "../term/atom.ts";
import { CLASS_ERROR, CLASS_EXIT, Raised } from "../term/error.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { bridge } from "./bridge.ts";
import { shortly } from "./show.ts";

/**
 * Why a process ends: `"normal"`, `"shutdown"`, `"kill"` and other words are Erlang's atoms; `{ shutdown: … }` is its
 * tuple; an `Error` is one that the process has not caught; other values are kept as they are.
 */
export type Reason = string | { readonly shutdown: unknown } | Error | unknown;

const SHUTDOWN = atom("shutdown");
const HOST_ERROR = atom("host_error");

/**
 * A term that stands for a JavaScript value, which TypeScript gets back in its place. Its text is for Elixir, and not there as long as no
 * Elixir is.
 */
export class HostReason extends Tuple2 {
  host: unknown;

  constructor(
    host: unknown,
    a: Term = HOST_ERROR,
    b: Term = bridge?.toTerm(described(host).toWellFormed()) ?? HOST_ERROR,
  ) {
    super(a, b);
    this.host = host;
  }
}

function described(value: unknown): string {
  return value instanceof Error ? (value.stack ?? value.message) : shortly(value);
}

/** The term of a reason. */
export function toReason(reason: Reason): Term {
  if (typeof reason === "string") return atom(reason);
  if (reason instanceof ExitError) return reason.term;
  if (typeof reason === "object" && reason !== null) {
    if (reason instanceof Atom || reason instanceof Tuple2) return reason;
    const term = bridge?.toReason(reason);
    if (term !== undefined) return term;
    if (Object.keys(reason).length === 1 && "shutdown" in reason) {
      const inner = reason.shutdown;
      return new Tuple2(SHUTDOWN, toReason(inner));
    }
  }
  return new HostReason(reason);
}

/** The reason of a term: the reverse of `toReason`. */
export function fromReason(term: unknown): Reason {
  if (term instanceof Atom) return term.name;
  if (term instanceof HostReason) return term.host;
  if (term instanceof Tuple2) {
    // What `System.endRaised` makes of an error: the reason and the stack trace.
    if (term.a instanceof HostReason) return term.a.host;
    if (term.a === SHUTDOWN) return { shutdown: fromReason(term.b) };
  }
  return bridge === null ? term : bridge.fromReason(term);
}

/** Whether a process that ends for this reason has done what it should: nobody reports it. */
export function isOrderly(term: unknown): boolean {
  return term === NORMAL || term === SHUTDOWN || (term instanceof Tuple2 && term.a === SHUTDOWN);
}

/**
 * An exit on its way up a process: thrown by `exit(reason)` and by calls that fail. A process that does not catch it ends
 * with its reason, and nothing is reported.
 */
export class ExitError extends Error {
  readonly reason: Reason;
  /** The reason as a term. @internal */
  readonly term: Term;

  constructor(reason: Reason, message = `exit: ${reasonText(reason)}`, term?: Term) {
    super(message, reason instanceof Error ? { cause: reason } : undefined);
    this.name = "ExitError";
    this.reason = reason;
    this.term = term ?? toReason(reason);
  }
}

export function reasonText(reason: Reason): string {
  if (typeof reason === "string") return reason;
  return reason instanceof Error ? `${reason.name}: ${reason.message}` : shortly(reason);
}

/** The reason with which a server ends that has thrown this: an exit's own, or the error with a stack trace, as OTP. */
export function crashReason(thrown: unknown): Term {
  if (thrown instanceof ExitError) return thrown.term;
  if (thrown instanceof Raised) return thrown.reason;
  return new Tuple2(new HostReason(thrown), EMPTY);
}

/** What a thrown JavaScript value does to a process. */
export function raisedFrom(thrown: unknown): Raised {
  if (thrown instanceof Raised) return thrown;
  if (thrown instanceof ExitError) return new Raised(CLASS_EXIT, thrown.term);
  return new Raised(CLASS_ERROR, new HostReason(thrown));
}

export { KILL, NORMAL, SHUTDOWN };
