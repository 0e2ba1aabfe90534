/**
 * Guards. An error in a guard makes it fail, whatever surrounds the expression that raised it; so what
 * can fail is compiled as control flow, and the rest becomes one JavaScript condition.
 */
import { Atom, atom, FALSE, TRUE } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import { conditionOf } from "./call.ts";
import { argsOf, logical, value } from "./expression.ts";
import type { FunctionCompiler } from "./function.ts";
import { type Block, block, type Expr, js, type Label } from "./ir.ts";

const WHEN = atom("when");
const NOT = atom("not");

/** Continues in the current block when one of the guards (joined by `when`) holds, else jumps. */
export function compileGuard(f: FunctionCompiler, guard: Term, fail: Label): void {
  if (guard instanceof Tuple3 && guard.a === WHEN) {
    const [first, others] = argsOf(guard);
    const ok = f.label("ok");
    const other = f.label("or");
    f.join(ok, [], () => {
      f.join(other, [], () => {
        compileGuard(f, first, other);
        f.jump(ok);
      });
      compileGuard(f, others, fail);
      f.jump(ok);
    });
    return;
  }
  const outer = f.guardFail;
  f.guardFail = fail;
  const whole = simpleCondition(f, guard);
  if (whole !== null) f.unless(whole, fail);
  else {
    const yes = f.label("ok");
    f.join(yes, [], () => testGuard(f, guard, yes, fail, fail));
  }
  f.guardFail = outer;
}

function testGuard(f: FunctionCompiler, ast: Term, yes: Label, no: Label, fail: Label): void {
  const whole = simpleCondition(f, ast);
  if (whole !== null) {
    f.choose(whole, yes, no);
    return;
  }
  const both = ast instanceof Tuple3 ? logical(ast) : null;
  if (both !== null) {
    const more = f.label("more");
    f.join(more, [], () => {
      if (both.and) testGuard(f, both.left, more, no, fail);
      else testGuard(f, both.left, yes, more, fail);
    });
    testGuard(f, both.right, yes, no, fail);
    return;
  }
  const inner = negation(ast);
  if (inner !== null) {
    testGuard(f, inner, no, yes, fail);
    return;
  }
  const condition = conditionOf(f, ast);
  if (condition !== null) {
    f.choose(condition, yes, no);
    return;
  }
  const v = value(f, ast);
  if (no === fail) f.choose(js`${v} === TRUE`, yes, no);
  else
    f.branch(
      js`${v} === TRUE`,
      () => f.jump(yes),
      () => f.choose(js`${v} === FALSE`, no, fail),
    );
}

function negation(ast: Term): Term | null {
  if (!(ast instanceof Tuple3) || !(ast.a instanceof Tuple3) || ast.c instanceof Atom) return null;
  return argsOf(ast.a)[1] === NOT ? argsOf(ast)[0] : null;
}

/** The guard as one condition that cannot fail; `null` when it takes more. */
function simpleCondition(f: FunctionCompiler, ast: Term): Expr | null {
  if (ast === TRUE) return js`true`;
  if (ast === FALSE) return js`false`;
  const both = ast instanceof Tuple3 ? logical(ast) : null;
  if (both !== null) {
    const left = simpleCondition(f, both.left);
    const right = left === null ? null : simpleCondition(f, both.right);
    if (right === null) return null;
    return both.and ? js`(${left as Expr} && ${right})` : js`(${left as Expr} || ${right})`;
  }
  const inner = negation(ast);
  if (inner !== null) {
    const c = simpleCondition(f, inner);
    return c === null ? null : js`!(${c})`;
  }
  return withoutCode(f, () => conditionOf(f, ast));
}

/** The result of compiling something if that needed no instructions; else nothing has happened. */
function withoutCode(f: FunctionCompiler, compile: () => Expr | null): Expr | null {
  const { current } = f;
  const probe: Block = block();
  f.current = probe;
  const result = compile();
  const clean = f.current === probe && probe.instrs.length === 0;
  f.current = current;
  return clean ? result : null;
}
