/**
 * Checks of arguments, to tell which ones of a failed builtin are wrong, and how. Each area of builtins has a
 * table of explanations by `name/arity`, collected in `erl-erts-errors.ts`.
 */
import { Atom } from "../term/atom.ts";
import { Fun } from "../term/fun.ts";
import { Pid, Port, Reference } from "../term/identifier.ts";
import { Cons, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";

/** What is wrong with each argument; `null` with those that are right. */
export type Explanation = (args: readonly Term[], reason: string) => readonly (string | null)[];
export type Explanations = Readonly<Record<string, Explanation>>;

export type Check = (term: Term) => string | null;

export const anything: Check = () => null;
export const pid: Check = (term) => (term instanceof Pid ? null : "not a pid");
export const reference: Check = (term) => (term instanceof Reference ? null : "not a reference");
export const atomic: Check = (term) => (term instanceof Atom ? null : "not an atom");
export const fun: Check = (term) => (term instanceof Fun ? null : "not a fun");
export const port: Check = (term) => (term instanceof Port ? null : "not a port");
export const integral: Check = (term) =>
  typeof term === "number" || typeof term === "bigint" ? null : "not an integer";
export const properList: Check = (term) => {
  if (listToArray(term) !== null) return null;
  return term instanceof Cons ? "not a proper list" : "not a list";
};

/** A list whose items were found wrong by the builtin itself: nothing else was. */
export const options =
  (complaint: string): Check =>
  (term) =>
    listToArray(term) === null ? "not a list" : complaint;

/** Checks each argument on its own. */
export function each(...checks: Check[]): Explanation {
  return (args) => args.map((arg, i) => checks[i](arg));
}

/** As `each`, but complains of the last argument only when the others are right. */
export function lastIfOthersAreRight(...checks: Check[]): Explanation {
  return (args) => {
    const last = args.length - 1;
    const results = args.map((arg, i) => (i < last ? checks[i](arg) : null));
    return results.some((result) => result !== null)
      ? results
      : [...results.slice(0, last), checks[last](args[last])];
  };
}
