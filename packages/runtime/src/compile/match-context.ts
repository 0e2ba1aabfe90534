/**
 * Loops over a binary without an object for each rest, as the BEAM does with its match contexts.
 *
 * In `f(<<b, rest::binary>>, acc)`, `rest` is a binary and the position from which it counts, and becomes a binary only where
 * one is asked for. A parameter that such a rest is passed for is a pair as well: the function itself takes the position as one
 * parameter more, behind the others, and what is exported under its name calls it with zero.
 *
 * What is no bitstring has the position zero, so that a test of the type needs no difference between the two.
 */
import type { FunctionCompiler } from "./function.ts";
import { js, Lit, type Operand, Var } from "./ir.ts";

export const START = new Lit("0", 0);

/** A variable that stands for what a binary holds from a position on. */
export function restOf(f: FunctionCompiler, of: Operand, at: Operand): Var {
  const v = f.let("rest", js`$.restOf(${of}, ${at})`);
  v.rest = { of, at };
  return v;
}

/** The same where it is used, so that what only passes the rest on makes no binary. */
export function restHere(f: FunctionCompiler, v: Operand): Operand {
  return v instanceof Var && v.rest !== null ? restOf(f, v.rest.of, v.rest.at) : v;
}

/** The arguments of a function whose parameters of these numbers are pairs. */
export function contextArguments(args: readonly Operand[], contexts: readonly number[]): Operand[] {
  const rests = args.map((arg) => (arg instanceof Var ? arg.rest : null));
  return [
    ...args.map((arg, i) => (contexts.includes(i) ? (rests[i]?.of ?? arg) : arg)),
    ...contexts.map((i) => rests[i]?.at ?? START),
  ];
}
