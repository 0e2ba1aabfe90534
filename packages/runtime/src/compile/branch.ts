/** `case` and `cond`. A `case` over a condition becomes a branch; one over a tuple literal makes no tuple. */

import { keywordGet, line as lineOf } from "../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL, TRUE } from "../term/atom.ts";
import { Cons, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { argsOf, createTuple, into, logical, statement, value, values } from "./expression.ts";
import { type Dest, type FunctionCompiler, variableKey } from "./function.ts";
import { isPredicate } from "./intrinsics.ts";
import { js, type Operand } from "./ir.ts";
import { matchRows, type Part, part, type Row, row } from "./match.ts";
import { restHere } from "./match-context.ts";

const DO = atom("do");
const WHEN = atom("when");
const CASE = atom("case");
const BLOCK = atom("__block__");
const TUPLE = atom("{}");
const ERLANG = atom("erlang");
const UNDERSCORE = atom("_");

/** Levels looked into to learn what kind of value a form has. */
const MAX_DEPTH = 32;

export interface Clause {
  readonly patterns: readonly Term[];
  readonly guards: readonly Term[];
  readonly body: Term;
  /** 0 when unknown. */
  readonly line: number;
}

/** The clauses `[{:->, meta, [head, body]}]`. */
export function readClauses(clauses: Term): Clause[] {
  if (!(clauses instanceof Cons)) return [];
  return (listToArray(clauses) as Tuple3[]).map((clause) => {
    const [head, body] = argsOf(clause);
    const patterns = listToArray(head) as Term[];
    const [only] = patterns;
    const line = lineOf(clause.b);
    if (patterns.length === 1 && only instanceof Tuple3 && only.a === WHEN) {
      const items = argsOf(only);
      return { patterns: items.slice(0, -1), guards: items.slice(-1), body, line };
    }
    return { patterns, guards: [], body, line };
  });
}

export function rowsOf(f: FunctionCompiler, clauses: readonly Clause[], dest: Dest): Row[] {
  return clauses.map(({ patterns, guards, body }) => row(f, patterns, guards, () => into(f, body, dest)));
}

export function compileCase(f: FunctionCompiler, node: Tuple3, dest: Dest): void {
  const [subject, options] = argsOf(node);
  const clauses = readClauses(keywordGet(options, DO) as Term);
  const { line } = f;
  if (isBoolean(subject) && branchOn(f, subject, clauses, dest)) return;
  if (isUnusedTruth(subject, clauses)) {
    branchTo(f, subject, clauses[1].body, clauses[0].body, dest);
    return;
  }
  const items = tupleItems(subject);
  let columns: Part[];
  let whole: () => Operand;
  let split = clauses;
  const inner = items === null ? null : splitClauses(clauses, items.length);
  if (items !== null && inner !== null) {
    const operands = values(f, items);
    columns = operands.map(part);
    whole = () => f.let("v", createTuple(operands.map((v) => restHere(f, v))));
    split = inner;
  } else {
    const v = value(f, subject);
    columns = [part(v)];
    whole = () => restHere(f, v);
  }
  f.line = line;
  const fail = f.label("none");
  f.join(fail, [], () => matchRows(f, columns, rowsOf(f, split, dest), fail));
  f.line = line;
  f.raise(js`$.tagged("case_clause", ${whole()})`);
}

/** The items of a tuple literal. */
function tupleItems(ast: Term): Term[] | null {
  if (ast instanceof Tuple2) return [ast.a, ast.b];
  return ast instanceof Tuple3 && ast.a === TUPLE && !(ast.c instanceof Atom) ? argsOf(ast) : null;
}

/** The clauses with their tuple pattern taken apart, if each has one. */
function splitClauses(clauses: readonly Clause[], size: number): Clause[] | null {
  const result: Clause[] = [];
  for (const clause of clauses) {
    const [pattern] = clause.patterns;
    const items = tupleItems(pattern);
    if (items?.length === size) result.push({ ...clause, patterns: items });
    else if (pattern instanceof Tuple3 && pattern.a === UNDERSCORE) {
      result.push({ ...clause, patterns: Array<Term>(size).fill(pattern) });
    } else return null;
  }
  return result;
}

/** Whether the expression gives `true` or `false`, whenever it gives anything. */
export function isBoolean(ast: Term, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  if (ast === TRUE || ast === FALSE) return true;
  if (!(ast instanceof Tuple3) || ast.c instanceof Atom) return false;
  const both = logical(ast);
  if (both !== null) return isBoolean(both.right, depth + 1);
  const args = argsOf(ast);
  if (ast.a === CASE) {
    return readClauses(keywordGet(args[1], DO) as Term).every(
      ({ body }) => isBoolean(body, depth + 1) || isError(body),
    );
  }
  if (ast.a === BLOCK) return args.length > 0 && isBoolean(args[args.length - 1], depth + 1);
  if (!(ast.a instanceof Tuple3)) return false;
  const [module, name] = argsOf(ast.a);
  return module === ERLANG && name instanceof Atom && isPredicate(name.name, args.length);
}

function isError(ast: Term): boolean {
  if (!(ast instanceof Tuple3) || !(ast.a instanceof Tuple3) || ast.c instanceof Atom) return false;
  const [module, name] = argsOf(ast.a);
  return module === ERLANG && name === atom("error");
}

/** A `case` over a boolean whose clause is known for both values; false, and nothing done, if it is not. */
function branchOn(f: FunctionCompiler, subject: Term, clauses: readonly Clause[], dest: Dest): boolean {
  const chosen = [TRUE, FALSE].map((v) => clauses.find((clause) => selects(clause, v)));
  const [yes, no] = chosen;
  if (yes === undefined || no === undefined) return false;
  // A clause before the chosen one that may or may not match decides at run time.
  for (const [i, v] of [TRUE, FALSE].entries()) {
    const index = clauses.indexOf(chosen[i] as Clause);
    if (clauses.slice(0, index).some((clause) => selects(clause, v) === null)) return false;
  }
  if (yes === no) {
    const [pattern] = yes.patterns;
    if (isNamed(pattern)) return false;
    statement(f, subject);
    into(f, yes.body, dest);
    return true;
  }
  bindVariable(f, yes, TRUE);
  bindVariable(f, no, FALSE);
  branchTo(f, subject, yes.body, no.body, dest);
  return true;
}

function branchTo(f: FunctionCompiler, subject: Term, yesBody: Term, noBody: Term, dest: Dest): void {
  const yes = f.label("yes");
  const no = f.label("no");
  f.join(no, [], () => {
    f.join(yes, [], () => into(f, subject, { kind: "test", yes, no }));
    into(f, yesBody, dest);
  });
  into(f, noBody, dest);
}

function isNamed(pattern: Term): boolean {
  return pattern instanceof Tuple3 && pattern.c instanceof Atom && pattern.a !== UNDERSCORE;
}

function bindVariable(f: FunctionCompiler, { patterns: [pattern] }: Clause, v: Atom): void {
  if (!isNamed(pattern)) return;
  f.env.set(variableKey(pattern as Tuple3) as number, f.literal(v));
}

/** Whether a clause matches a boolean; `null` when that is not known. */
function selects({ patterns: [pattern], guards }: Clause, v: Atom): boolean | null {
  if (pattern instanceof Atom) return guards.length === 0 ? pattern === v : pattern === v ? null : false;
  if (!(pattern instanceof Tuple3) || !(pattern.c instanceof Atom)) {
    return pattern instanceof Tuple3 && !(pattern.c instanceof Atom) ? null : false;
  }
  if (guards.length === 0) return true;
  const result = evaluate(guards[0], variableKey(pattern), v);
  return result === TRUE ? true : result === undefined ? null : false;
}

/** The value of a guard that only compares the variable with atoms. */
function evaluate(guard: Term, key: number | string | null, v: Atom): Atom | undefined {
  if (guard instanceof Atom) return guard;
  if (!(guard instanceof Tuple3)) return undefined;
  if (guard.c instanceof Atom) return variableKey(guard) === key ? v : undefined;
  const both = logical(guard);
  if (both !== null) {
    const left = evaluate(both.left, key, v);
    if (left === undefined) return undefined;
    return left === (both.and ? TRUE : FALSE) ? evaluate(both.right, key, v) : left;
  }
  if (!(guard.a instanceof Tuple3)) return undefined;
  const [module, name] = argsOf(guard.a);
  const [a, b] = argsOf(guard).map((item) => evaluate(item, key, v));
  if (module !== ERLANG || !(name instanceof Atom) || a === undefined || b === undefined) return undefined;
  if (name.name === "=:=" || name.name === "==") return a === b ? TRUE : FALSE;
  return undefined;
}

/** `case` as `if`, `&&` and `||` make it: falsy or not, and no clause looks at the value. */
function isUnusedTruth(subject: Term, clauses: readonly Clause[]): boolean {
  if (clauses.length !== 2 || !(subject instanceof Tuple3) || subject.a !== CASE) return false;
  const [falsy, other] = clauses;
  const [pattern] = falsy.patterns;
  const [any] = other.patterns;
  if (!isNamed(pattern) || falsy.guards.length !== 1 || other.guards.length !== 0) return false;
  if (!(any instanceof Tuple3) || !(any.c instanceof Atom)) return false;
  const key = variableKey(pattern as Tuple3);
  const [no, nil, yes] = [FALSE, NIL, TRUE].map((v) => evaluate(falsy.guards[0], key, v));
  if (no !== TRUE || nil !== TRUE || yes !== FALSE) return false;
  return !mentions(falsy.body, key) && !mentions(other.body, variableKey(any));
}

function mentions(ast: Term, key: number | string | null): boolean {
  const stack: Term[] = [ast];
  while (stack.length > 0) {
    const term = stack.pop() as Term;
    if (term instanceof Cons) stack.push(term.tail, term.head);
    else if (term instanceof Tuple2) stack.push(term.a, term.b);
    else if (term instanceof Tuple3) {
      if (term.c instanceof Atom) {
        if (variableKey(term) === key) return true;
      } else stack.push(term.a, term.c);
    }
  }
  return false;
}

export function compileCond(f: FunctionCompiler, node: Tuple3, dest: Dest): void {
  const [options] = argsOf(node);
  const { line } = f;
  for (const { patterns, body } of readClauses(keywordGet(options, DO) as Term)) {
    const yes = f.label("yes");
    const no = f.label("no");
    f.join(no, [], () => {
      f.join(yes, [], () => into(f, patterns[0], { kind: "test", yes, no }));
      into(f, body, dest);
    });
  }
  f.line = line;
  f.raise(js`$.error("cond_clause")`);
}
