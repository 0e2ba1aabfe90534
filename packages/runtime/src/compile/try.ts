/**
 * `try`. Its body is a function of its own, so that the frame of the caller can catch: what follows the
 * body, with a value or with an error, is part of the caller. `after` is a function too, as it runs on both ways.
 */

import { keywordGet } from "../syntax/quoted.ts";
import { Atom, atom } from "../term/atom.ts";
import { Cons, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { type Clause, readClauses, rowsOf } from "./branch.ts";
import { argsOf, into } from "./expression.ts";
import { type Dest, type FunctionCompiler, isStacktrace, STACKTRACE, TAIL } from "./function.ts";
import { block, EFFECT, type Expr, effect, js, listed, type Var } from "./ir.ts";
import { matchOne, matchRows, part, type Row, row } from "./match.ts";

const DO = atom("do");
const RESCUE = atom("rescue");
const CATCH = atom("catch");
const ELSE = atom("else");
const AFTER = atom("after");
const IN = atom("in");
const EXCEPTION = atom("Elixir.Exception");
const NORMALIZE = atom("normalize");
const ERLANG_ERROR = atom("Elixir.ErlangError");
const ERROR = atom("error");
const STRUCT_KEY = atom("__struct__");
const THROW = atom("throw");

export function compileTry(f: FunctionCompiler, node: Tuple3, dest: Dest): void {
  const [options] = argsOf(node);
  const after = keywordGet(options, AFTER);
  if (after === undefined) {
    compileCatch(f, options, dest);
    return;
  }
  const body = lifted(f, "try", [options], (child) => compileCatch(child, options, TAIL));
  const cleanUp = lifted(f, "after", [after], (child) => into(child, after, TAIL));
  compileProtected(
    f,
    body,
    (v) => {
      f.call("after", cleanUp);
      f.finish(v, dest);
    },
    (raised) => {
      f.call("after", cleanUp);
      f.reraise(js`${raised}`);
    },
  );
}

/** A call of a new function made of something in this one's scope. */
export function lifted(
  f: FunctionCompiler,
  base: string,
  trees: readonly Term[],
  compile: (child: FunctionCompiler) => void,
): Expr {
  const { f: child, captured } = f.lift(base, trees);
  compile(child);
  child.define();
  return listed(`${child.name}(`, captured, ")", EFFECT);
}

/** What is protected makes no tail calls: an error in the last one too has passed the function that catches it. */
function protectedBody(f: FunctionCompiler, body: Term): void {
  f.finish(
    f.joined("v", (dest) => into(f, body, dest)),
    TAIL,
  );
}

/** Calls the body and goes on with its value or with the `Raised` that ended it. */
export function compileProtected(
  f: FunctionCompiler,
  body: Expr,
  ok: (v: Var) => void,
  fail: (raised: Var) => void,
): void {
  const v = f.fresh("v");
  const raised = f.fresh("raised");
  const okBlock = block();
  const failBlock = block();
  f.end({ op: "try", v, raised, e: body, line: f.line, ok: okBlock, fail: failBlock, live: [], point: 0 });
  f.current = okBlock;
  ok(v);
  f.current = failBlock;
  fail(raised);
}

function compileCatch(f: FunctionCompiler, options: Term, dest: Dest): void {
  const body = keywordGet(options, DO) as Term;
  const rescue = readClauses(keywordGet(options, RESCUE) ?? atom("nil"));
  const catches = readClauses(keywordGet(options, CATCH) ?? atom("nil"));
  const otherwise = keywordGet(options, ELSE);
  if (rescue.length === 0 && catches.length === 0 && otherwise === undefined) {
    protectedBody(f, body);
    return;
  }
  const { line } = f;
  compileProtected(
    f,
    lifted(f, "try", [body], (child) => protectedBody(child, body)),
    (v) => {
      if (otherwise === undefined) {
        f.finish(v, dest);
        return;
      }
      const fail = f.label("none");
      f.join(fail, [], () => matchRows(f, [part(v)], rowsOf(f, readClauses(otherwise), dest), fail));
      f.line = line;
      f.raise(js`$.tagged("try_clause", ${v})`);
    },
    (raised) => {
      const other = f.label("other");
      f.join(other, [], () => {
        // Before the exception is made, which may suspend.
        if (rescue.length > 0) traced(f, raised, rescue, () => compileRescue(f, raised, rescue, dest));
        compileCatches(f, raised, catches, dest, other);
      });
      f.line = line;
      f.reraise(js`${raised}`);
    },
  );
}

/** Compiles clauses that have the stack trace if they mention it. */
function traced(f: FunctionCompiler, raised: Var, clauses: readonly Clause[], compile: () => void): void {
  const outer = f.env.get(STACKTRACE);
  if (mentionsStacktrace(clauses)) f.env.set(STACKTRACE, f.let("stack", js`$.stacktrace(${raised})`));
  compile();
  if (outer !== undefined) f.env.set(STACKTRACE, outer);
}

/** Goes on in the current block when no clause of `rescue` matches. */
function compileRescue(f: FunctionCompiler, raised: Var, clauses: readonly Clause[], dest: Dest): void {
  const none = f.label("none");
  f.join(none, [], () => {
    f.unless(js`${raised}.kind === CLASS_ERROR`, none);
    const { constants } = f.module;
    const normalize = constants.cell(EXCEPTION, NORMALIZE, 3);
    const reason = f.let("reason", js`${raised}.reason`);
    const error = constants.atom(ERROR);
    const exception = f.call(
      "exception",
      effect`($.isException(${reason}) ? ${reason} : ${normalize}.code(${error}, ${reason}, $.innermost(${raised})))`,
    );
    let name: Var | null = null;
    for (const { patterns, body } of clauses) {
      const next = f.label("next");
      const { pattern, names } = readRescue(patterns[0]);
      f.join(next, [], () => {
        if (names !== null) {
          const here = (name ??= f.let("name", js`mapGet(${exception}, ${constants.atom(STRUCT_KEY)})`));
          const tests = names.map((module) => {
            const test = js`${here} === ${constants.atom(module)}`;
            // `ErlangError` stands for every error that was no exception to begin with.
            return module === ERLANG_ERROR ? js`${test} || ${exception} !== ${reason}` : test;
          });
          f.unless(tests.length === 0 ? js`false` : tests.reduce((a, b) => js`${a} || ${b}`), next);
        }
        matchOne(f, pattern, [], exception, next);
        into(f, body, dest);
      });
    }
    f.jump(none);
  });
}

/** `x`, `x in [Names]`, `_ in [Names]`. */
function readRescue(ast: Term): { pattern: Term; names: Atom[] | null } {
  if (ast instanceof Tuple3 && ast.a === IN && ast.c instanceof Cons) {
    const [pattern, names] = argsOf(ast);
    if (names instanceof Cons) return { pattern, names: listToArray(names) as Atom[] };
    if (!(names instanceof Tuple3)) return { pattern, names: [names as Atom] };
    return { pattern, names: null };
  }
  return { pattern: ast, names: null };
}

function compileCatches(
  f: FunctionCompiler,
  raised: Var,
  clauses: readonly Clause[],
  dest: Dest,
  other: ReturnType<FunctionCompiler["label"]>,
): void {
  if (clauses.length === 0) {
    f.jump(other);
    return;
  }
  const kind = f.let("kind", js`${raised}.kind`);
  const reason = f.let("reason", js`${raised}.reason`);
  const rows: Row[] = clauses.map((clause) => {
    const { patterns, guards, body } = clause;
    return row(f, patterns.length === 1 ? [THROW, patterns[0]] : patterns, guards, () =>
      traced(f, raised, [clause], () => into(f, body, dest)),
    );
  });
  matchRows(f, [part(kind), part(reason)], rows, other);
}

function mentionsStacktrace(clauses: readonly Clause[]): boolean {
  const search = (ast: Term): boolean => {
    if (ast instanceof Cons) {
      for (let rest: Term = ast; rest instanceof Cons; rest = rest.tail) if (search(rest.head)) return true;
      return false;
    }
    if (ast instanceof Tuple3) {
      if (ast.c instanceof Atom) return isStacktrace(ast);
      return search(ast.a) || search(ast.c);
    }
    return ast instanceof Tuple2 && (search(ast.a) || search(ast.b));
  };
  return clauses.some(({ body }) => search(body));
}
