/**
 * How messages cross between TypeScript and Elixir processes. Without Elixir there is no bridge and messages are JavaScript
 * values; `vm/javascript.ts` installs one. So this layer does not carry the conversion, nor pay for it.
 */
import type { Process } from "../process/process.ts";
import type { Term } from "../term/term.ts";

/** What a supervisor answers: what was asked for, or why not. */
export type SupervisorAnswer = { readonly ok: unknown } | { readonly error: unknown };

export interface Bridge {
  /** The Erlang term of a JavaScript value. Terms stay what they are. */
  toTerm(value: unknown): Term;
  /** The JavaScript value of a term. Values that are no terms stay what they are. */
  fromTerm(term: unknown): unknown;
  /** The reason of an end, where it is more than the value of its term: an exception is an `Error`. */
  fromReason(term: unknown): unknown;
  /** The term of a reason that is a value of this bridge's own; `undefined` for others. */
  toReason(value: object): Term | undefined;
  /** The copy of a value that is of no class of JavaScript's own; `undefined` when it is no term. */
  copy(value: object, again: (inner: unknown) => unknown): unknown;
  /** The answer of a supervisor to a request of this type, as Elixir's `Supervisor` expects it. */
  supervisorAnswer(type: string, answer: SupervisorAnswer): Term;
}

export let bridge: Bridge | null = null;

export function useBridge(given: Bridge | null): void {
  bridge = given;
}

/** A flag of a process beyond those of `process/process.ts`: its body is TypeScript, and takes JavaScript values. */
export const TYPESCRIPT = 0x10000;
/** Code outside of processes waits for it. */
export const AWAITED = 0x20000;

/** The message as the receiver takes it. */
export function forReceiver(p: Process, message: unknown): Term {
  return (bridge === null || p.flags & TYPESCRIPT ? message : bridge.toTerm(message)) as Term;
}
