/**
 * Expressions. `into` delivers the value of any expression to a destination; `value` gives it as an operand of
 * the block under construction. Constructs that branch are compiled by `into`, everything else by
 * `simple` or as a call. Arguments are evaluated from left to right before what they are for.
 */

import { keywordGet, line as lineOf } from "../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL, TRUE } from "../term/atom.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, tupleOf } from "../term/tuple.ts";
import { buildBits } from "./bits-build.ts";
import { compileCase, compileCond } from "./branch.ts";
import { anonymousCall, deliver, localCall, remoteCall, superCall } from "./call.ts";
import { compileFor } from "./comprehension.ts";
import { captureFun, createFun } from "./fun.ts";
import {
  CONSTANTS,
  type Dest,
  type FunctionCompiler,
  isEnd,
  TAIL,
  VERSION,
  variableKey,
} from "./function.ts";
import { EFFECT, type Expr, effect, js, listed, type Operand, Var } from "./ir.ts";
import { createMap, createStruct } from "./map.ts";
import { matchOrRaise } from "./match.ts";
import { restHere } from "./match-context.ts";
import { compileReceive } from "./receive.ts";
import { compileTry } from "./try.ts";
import { compileWith } from "./with.ts";

/** Levels of nested forms in one function: all take room on the compiler's stack, and on that of JavaScript's parser. */
export const MAX_DEPTH = 64;

/** Values that a function holds at once for one expression. */
export const MAX_HELD = 64;

/** Elements from which a list is made from an array rather than by nested constructors. */
const LONG_LIST = 8;

/** Forms that are asked whether they are constant for each of so many forms around them; deeper ones are remembered if they are not. */
const ASKED_DEPTH = 8;
const inconstant = new WeakSet<object>();

type Branching = (f: FunctionCompiler, node: Tuple3, dest: Dest) => void;

const branching = new Map<Atom, Branching>(
  Object.entries({
    case: compileCase,
    cond: compileCond,
    receive: compileReceive,
    try: compileTry,
    with: compileWith,
    for: compileFor,
  } satisfies Record<string, Branching>).map(([name, compile]) => [atom(name), compile]),
);

const BLOCK = atom("__block__");
const MATCH = atom("=");
const FN = atom("fn");
const CAPTURE = atom("&");
const TUPLE = atom("{}");
const MAP = atom("%{}");
const STRUCT = atom("%");
const BITS = atom("<<>>");
const BAR = atom("|");
const DOT = atom(".");
const SUPER = atom("super");
const ERLANG = atom("erlang");
const ANDALSO = atom("andalso");
const ORELSE = atom("orelse");

export function argsOf(node: Tuple3): Term[] {
  return listToArray(node.c) as Term[];
}

function isBranching(node: Tuple3): boolean {
  return (
    (node.a instanceof Atom && branching.has(node.a) && !(node.c instanceof Atom)) || logical(node) !== null
  );
}

/** `andalso` or `orelse`, which do not always evaluate both sides. */
export function logical(node: Tuple3): { left: Term; right: Term; and: boolean } | null {
  const { a } = node;
  if (!(a instanceof Tuple3) || a.a !== DOT) return null;
  const [module, name] = argsOf(a);
  if (module !== ERLANG || (name !== ANDALSO && name !== ORELSE)) return null;
  const [left, right] = argsOf(node);
  return { left, right, and: name === ANDALSO };
}

export function into(f: FunctionCompiler, ast: Term, dest: Dest): void {
  if (f.depth >= MAX_DEPTH && f.guardFail === null && isNested(ast)) {
    liftDeep(f, ast, dest);
    return;
  }
  const { isLast } = f;
  f.isLast &&= isEnd(dest);
  f.depth++;
  deliverTo(f, ast, dest);
  f.depth--;
  f.isLast = isLast;
}

function deliverTo(f: FunctionCompiler, ast: Term, dest: Dest): void {
  if (!(ast instanceof Tuple3)) {
    f.finish(simple(f, ast), dest);
    return;
  }
  const { a: name, c: args } = ast;
  if (args instanceof Atom) {
    f.finish(variable(f, ast), dest);
    return;
  }
  if (name === BLOCK) {
    const statements = argsOf(ast);
    for (let i = 0; i < statements.length - 1; i++) statement(f, statements[i]);
    into(f, statements.length === 0 ? NIL : statements[statements.length - 1], dest);
    return;
  }
  setLine(f, ast);
  if (name instanceof Atom) {
    const compile = branching.get(name);
    if (compile !== undefined) {
      compile(f, ast, dest);
      return;
    }
  }
  const both = logical(ast);
  if (both !== null) {
    compileLogical(f, both, dest);
    return;
  }
  if (isCall(name)) compileCall(f, ast, dest);
  else f.finish(simple(f, ast), dest);
}

/** The value of an expression; variables that it binds are in scope afterwards. */
export function value(f: FunctionCompiler, ast: Term): Operand {
  const { line, isLast } = f;
  if (f.depth >= MAX_DEPTH && f.guardFail === null && isNested(ast)) return liftDeep(f, ast, null) as Operand;
  f.isLast = false;
  f.depth++;
  const result = valueOf(f, ast);
  f.depth--;
  f.isLast = isLast;
  // What follows belongs to the expression around this one.
  f.line = line;
  return result;
}

function valueOf(f: FunctionCompiler, ast: Term): Operand {
  if (!(ast instanceof Tuple3)) return f.operand(simple(f, ast));
  const { a: name, c: args } = ast;
  if (args instanceof Atom) return variable(f, ast);
  if (name === BLOCK) {
    const statements = argsOf(ast);
    for (let i = 0; i < statements.length - 1; i++) statement(f, statements[i]);
    return value(f, statements.length === 0 ? NIL : statements[statements.length - 1]);
  }
  if (isBranching(ast)) return f.joined("v", (dest) => into(f, ast, dest));
  setLine(f, ast);
  if (isCall(name)) return f.operand(compileCall(f, ast, null) as Operand | Expr);
  return f.operand(simple(f, ast));
}

/** An expression whose value nobody needs. */
export function statement(f: FunctionCompiler, ast: Term): void {
  if (ast instanceof Tuple3 && !(ast.c instanceof Atom) && isBranching(ast)) {
    const label = f.label("k");
    f.join(label, [], () => into(f, ast, { kind: "effect", label, statement: ast }));
  } else if (ast instanceof Tuple3) value(f, ast);
  else if (constantOf(ast) === undefined) simple(f, ast);
}

/** Whether compiling the form means compiling others. */
function isNested(ast: Term): boolean {
  return ast instanceof Cons || ast instanceof Tuple2 || (ast instanceof Tuple3 && ast.c instanceof Cons);
}

/**
 * A form nested too deep for this function: a function of its own, which is compiled once the stack is free again.
 * Variables that it binds for what follows are returned beside its value.
 */
function liftDeep(f: FunctionCompiler, ast: Term, dest: Dest | null): Operand | null {
  const { line } = f;
  const { f: inner, captured } = f.lift("deep", [ast], [], dest);
  const bound = f.boundBy(ast);
  f.module.later(() => {
    if (bound.length === 0) into(inner, ast, TAIL);
    else {
      const result = value(inner, ast);
      const all = [result, ...bound.map((key) => inner.lookup(key, "a bound variable"))];
      inner.finish(listed("[", all, "]"), TAIL);
    }
    inner.define();
  });
  const call = listed(`${inner.name}(`, captured, ")", EFFECT);
  let result: Operand | null;
  if (bound.length === 0) result = deliver(f, "deep", call, dest);
  else {
    const all = f.call("deep", call);
    for (const [i, key] of bound.entries()) f.env.set(key, f.let("x", js`${all}[${i + 1}]`));
    const first = js`${all}[0]`;
    result = dest === null ? f.operand(first) : null;
    if (dest !== null) f.finish(first, dest);
  }
  f.line = line;
  return result;
}

export function values(f: FunctionCompiler, asts: readonly Term[]): Operand[] {
  return asts.map((ast) => value(f, ast));
}

/**
 * The JavaScript array of the values. Many are gathered one by one, as each call that suspends saves all values that
 * are still to be used.
 */
export function arrayOf(f: FunctionCompiler, asts: readonly Term[]): Expr {
  if (asts.length <= MAX_HELD || !asts.some(isNested)) return listed("[", values(f, asts), "]");
  const all = f.let("all", effect`[]`);
  for (const ast of asts) f.do(effect`${all}.push(${value(f, ast)})`);
  return js`${all}`;
}

function setLine(f: FunctionCompiler, node: Tuple3): void {
  const line = lineOf(node.b);
  if (line > 0) f.line = line;
}

function variable(f: FunctionCompiler, node: Tuple3): Operand {
  const key = variableKey(node) as string | number;
  const found = f.lookup(key, `the variable ${(node.a as Atom).name}`);
  if (key === CONSTANTS) return f.let("c", js`${found}[${-1 - (keywordGet(node.b, VERSION) as number)}]`);
  // Those of macros are none that a reader of the program knows.
  if (found instanceof Var && node.c === NIL) found.source ??= (node.a as Atom).name;
  return restHere(f, found);
}

const special = new Set([MATCH, FN, CAPTURE, TUPLE, MAP, STRUCT, BITS]);

function isCall(name: Term): boolean {
  return !(name instanceof Atom) || !special.has(name);
}

/** A call; with a destination it delivers the result there, else it returns it. */
function compileCall(f: FunctionCompiler, node: Tuple3, dest: Dest | null): Operand | Expr | null {
  const { a: callee } = node;
  const args = argsOf(node);
  if (callee instanceof Atom) {
    if (callee === SUPER) return superCall(f, node, args, dest);
    return localCall(f, callee, args, dest);
  }
  const [target, name] = argsOf(callee as Tuple3);
  if (name === undefined) return anonymousCall(f, target, args, dest);
  return remoteCall(f, target, name as Atom, args, node.b, dest);
}

/** A value made without calls. */
function simple(f: FunctionCompiler, ast: Term): Operand | Expr {
  const constant = constantOf(ast);
  if (constant !== undefined) return f.literal(constant);
  if (ast instanceof Cons) return createList(f, ast);
  if (ast instanceof Tuple2) return createTuple(values(f, [ast.a, ast.b]));
  const node = ast as Tuple3;
  switch (node.a) {
    case MATCH: {
      const [pattern, right] = argsOf(node);
      const v = value(f, right);
      matchOrRaise(f, pattern, v);
      return v;
    }
    case FN:
      return createFun(f, node);
    case CAPTURE:
      return captureFun(f, node);
    case TUPLE:
      return createTuple(values(f, argsOf(node)));
    case MAP:
      return createMap(f, node);
    case STRUCT:
      return createStruct(f, node);
    case BITS:
      return buildBits(f, node);
    default:
      throw new TypeError(`no such expression: ${String((node.a as Atom).name ?? node.a)}`);
  }
}

export function createTuple(items: readonly Operand[]): Expr {
  if (items.length <= 8) return listed(`new Tuple${items.length}(`, items, ")");
  return listed("new TupleN([", items, "])");
}

function createList(f: FunctionCompiler, ast: Cons): Operand | Expr {
  const elements = listToArray(ast) as Term[];
  const last = elements[elements.length - 1];
  const hasTail = last instanceof Tuple3 && last.a === BAR && !(last.c instanceof Atom);
  if (elements.length > MAX_HELD && !hasTail) return js`$.list(${arrayOf(f, elements)})`;
  const items: Operand[] = [];
  let tail: Operand | null = null;
  for (let rest: Term = ast; rest instanceof Cons; rest = rest.tail) {
    const item = rest.head;
    if (item instanceof Tuple3 && item.a === BAR && !(item.c instanceof Atom)) {
      const [head, last] = argsOf(item);
      items.push(value(f, head));
      tail = value(f, last);
    } else items.push(value(f, item));
  }
  if (tail === null) {
    if (items.length > LONG_LIST) return listed("$.list([", items, "])");
    let e = js`EMPTY`;
    for (let i = items.length - 1; i >= 0; i--) e = js`new Cons(${items[i]}, ${e})`;
    return e;
  }
  // One cell after the other, so that tail recursion modulo cons sees them.
  let e: Expr | null = null;
  for (let i = items.length - 1; i >= 0; i--) {
    if (e !== null) tail = f.let("l", e);
    e = js`new Cons(${items[i]}, ${tail})`;
    e.cons = { head: items[i], tail };
  }
  return e as Expr;
}

/** The term of an expression that is nothing but literals, unless these are nested too deep. */
export function constantOf(ast: Term, depth = 0): Term | undefined {
  if (depth < ASKED_DEPTH) return constantIn(ast, depth);
  if (depth > MAX_DEPTH || inconstant.has(ast as object)) return undefined;
  const constant = constantIn(ast, depth);
  if (constant === undefined) inconstant.add(ast as object);
  return constant;
}

function constantIn(ast: Term, depth: number): Term | undefined {
  if (ast instanceof Cons) {
    const items: Term[] = [];
    let rest: Term = ast;
    for (; rest instanceof Cons; rest = rest.tail) {
      const item: Term = rest.head;
      if (item instanceof Tuple3 && item.a === BAR && rest.tail === EMPTY && !(item.c instanceof Atom)) {
        const [head, tail] = argsOf(item).map((part) => constantOf(part, depth + 1));
        if (head === undefined || tail === undefined) return undefined;
        items.push(head);
        return list(items, tail);
      }
      const constant = constantOf(item, depth + 1);
      if (constant === undefined) return undefined;
      items.push(constant);
    }
    return list(items, rest);
  }
  if (ast instanceof Tuple2) {
    const a = constantOf(ast.a, depth + 1);
    const b = a === undefined ? undefined : constantOf(ast.b, depth + 1);
    return b === undefined ? undefined : new Tuple2(a as Term, b);
  }
  if (!(ast instanceof Tuple3)) return ast;
  if (ast.c instanceof Atom) return undefined;
  if (ast.a === TUPLE) {
    const items = constantsOf(argsOf(ast), depth + 1);
    return items === undefined ? undefined : tupleOf(items);
  }
  if (ast.a === MAP) return constantMap(argsOf(ast), [], depth + 1);
  if (ast.a === STRUCT) {
    const [name, map] = argsOf(ast);
    if (!(name instanceof Atom)) return undefined;
    return constantMap(argsOf(map as Tuple3), [[atom("__struct__"), name]], depth + 1);
  }
  if (ast.a === BLOCK) {
    const statements = argsOf(ast);
    return statements.length === 1 ? constantOf(statements[0], depth + 1) : undefined;
  }
  return undefined;
}

function constantsOf(asts: readonly Term[], depth: number): Term[] | undefined {
  const result: Term[] = [];
  for (const ast of asts) {
    const constant = constantOf(ast, depth);
    if (constant === undefined) return undefined;
    result.push(constant);
  }
  return result;
}

function constantMap(pairs: readonly Term[], first: [Term, Term][], depth: number): Term | undefined {
  const entries = first;
  for (const pair of pairs) {
    if (!(pair instanceof Tuple2)) return undefined;
    const key = constantOf(pair.a, depth);
    const item = key === undefined ? undefined : constantOf(pair.b, depth);
    if (item === undefined) return undefined;
    entries.push([key as Term, item]);
  }
  return mapFrom(entries);
}

/** `andalso` and `orelse` in a body: a left side that is no boolean is an error. */
function compileLogical(
  f: FunctionCompiler,
  { left, right, and }: { left: Term; right: Term; and: boolean },
  dest: Dest,
): void {
  const v = value(f, left);
  const more = f.label("more");
  const bad = f.label("bad");
  f.join(bad, [], () => {
    f.join(more, [], () => {
      f.branch(
        js`${v} === ${and ? "TRUE" : "FALSE"}`,
        () => f.jump(more),
        () =>
          f.branch(
            js`${v} === ${and ? "FALSE" : "TRUE"}`,
            () => f.finish(f.literal(and ? FALSE : TRUE), dest),
            () => f.jump(bad),
          ),
      );
    });
    into(f, right, dest);
  });
  f.raise(js`$.tagged("badarg", ${v})`);
}
