/**
 * `rem(a * b + c, m)`, as hashes and generators of numbers compute it, seen as one: where the product is beyond 2^53 its remainder comes
 * from doubles (`productRemainder`), without a large integer of the host for each step.
 */
import { line } from "../syntax/quoted.ts";
import { Atom, atom } from "../term/atom.ts";
import { Cons, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import { values } from "./expression.ts";
import type { FunctionCompiler } from "./function.ts";
import { type Inline, intrinsic } from "./intrinsics.ts";
import { type Expr, js, Lit, type Operand, raising } from "./ir.ts";

const ERLANG = atom("erlang");
const TIMES = atom("*");
const PLUS = atom("+");

/** The scratch variable, in which a product is followed by its sum. */
const SCRATCH = new Lit("t");

/** The remainder of a product, or of one and a number that is at hand; `null` without having compiled anything when it is none. */
export function remainderOfProduct(f: FunctionCompiler, dividend: Term, divisor: Term): Expr | null {
  if (f.guardFail !== null || !isAtHand(divisor)) return null;
  const sum = argumentsOf(dividend, PLUS);
  const [product, addend] = sum ?? [dividend, 0];
  const factors = argumentsOf(product, TIMES);
  // The trace of an error shows the line of the operation.
  if (factors === null || !isAtHand(addend) || lineOf(product) !== lineOf(dividend)) return null;
  const operands = values(f, [...factors, addend, divisor]);
  const [a, b, c, m] = operands;
  const native = (name: string) => f.module.constants.native("erlang", name, 2);
  const times = js`${native("*")}(${a}, ${b})`;
  const whole = sum === null ? times : js`${native("+")}(${times}, ${c})`;
  const remainder = inlined("rem", SCRATCH, m);
  const added = sum === null ? js`true` : (inlined("+", SCRATCH, c).requires as Expr);
  return raising`(${inlined("*", a, b).requires as Expr} && ${added} && ${remainder.requires as Expr} ? ${remainder.value as Expr} : (t = $.productRemainder(${a}, ${b}, ${c}, ${m})) >= 0 ? t : ${native("rem")}(${whole}, ${m}))`;
}

function inlined(name: string, a: Operand, b: Operand): Inline {
  return intrinsic(name, [a, b])?.inline ?? { requires: js`false`, value: js`0` };
}

/** Whether to evaluate it has no effect, so that it does not matter when that is done. */
function isAtHand(ast: Term): boolean {
  return typeof ast === "number" || (ast instanceof Tuple3 && ast.a instanceof Atom && ast.c instanceof Atom);
}

/** The arguments of a call of the operator of `:erlang`. */
function argumentsOf(ast: Term, operator: Atom): Term[] | null {
  if (!(ast instanceof Tuple3) || !(ast.a instanceof Tuple3) || !(ast.a.c instanceof Cons)) return null;
  const target = ast.a.c;
  if (target.head !== ERLANG || !(target.tail instanceof Cons) || target.tail.head !== operator) return null;
  const args = listToArray(ast.c);
  return args?.length === 2 ? args : null;
}

function lineOf(ast: Term): number {
  return ast instanceof Tuple3 ? line(ast.b) : 0;
}
