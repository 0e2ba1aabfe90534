/** `with`: a chain of matches; the first value that does not match goes to `else`, or is the result. */

import { keywordGet } from "../syntax/quoted.ts";
import { atom } from "../term/atom.ts";
import { Cons } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { readClauses, rowsOf } from "./branch.ts";
import { argsOf, into, statement, value } from "./expression.ts";
import type { Dest, FunctionCompiler } from "./function.ts";
import { type Block, js } from "./ir.ts";
import { matchRows, part, row } from "./match.ts";

const ARROW = atom("<-");
const WHEN = atom("when");
const DO = atom("do");
const ELSE = atom("else");

export function compileWith(f: FunctionCompiler, node: Tuple3, dest: Dest): void {
  const args = argsOf(node);
  const options = isOptions(args[args.length - 1]) ? (args.pop() as Term) : atom("nil");
  const otherwise = keywordGet(options, ELSE);
  const { line } = f;
  const failed = f.label("else");
  const v = f.fresh("v");
  f.join(failed, [v], () => {
    for (const step of args) {
      if (step instanceof Tuple3 && step.a === ARROW) {
        const [head, right] = argsOf(step);
        matchOrJump(f, head, right, failed);
      } else statement(f, step);
    }
    into(f, keywordGet(options, DO) ?? atom("nil"), dest);
  });
  if (otherwise === undefined) {
    f.finish(v, dest);
    return;
  }
  const none = f.label("none");
  f.join(none, [], () => matchRows(f, [part(v)], rowsOf(f, readClauses(otherwise), dest), none));
  f.line = line;
  f.raise(js`$.tagged("else_clause", ${v})`);
}

function isOptions(ast: Term): boolean {
  return (
    ast instanceof Cons &&
    ast.head instanceof Tuple2 &&
    (ast.head.a === DO || keywordGet(ast, DO) !== undefined)
  );
}

function matchOrJump(
  f: FunctionCompiler,
  head: Term,
  right: Term,
  failed: ReturnType<FunctionCompiler["label"]>,
): void {
  const guarded = head instanceof Tuple3 && head.a === WHEN;
  const [pattern, guard] = guarded ? argsOf(head) : [head, null];
  const value_ = value(f, right);
  const fail = f.label("bad");
  let reached: Block = f.current;
  const rows = [row(f, [pattern], guard === null ? [] : [guard], () => (reached = f.current))];
  f.join(fail, [], () => matchRows(f, [part(value_)], rows, fail));
  f.jump(failed, value_);
  f.current = reached;
}
