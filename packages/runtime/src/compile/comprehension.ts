/**
 * `for`. Each generator is a function that loops over its list with an accumulator; the generators behind it, the filters
 * and the body are inside the loop. What is not a list goes through `Enum.reduce` with a fun that gives the same
 * function one element at a time, so nothing is compiled twice.
 *
 * A list is collected by appending: the accumulator is the last cell, whose tail nobody else has seen yet.
 */

import { isVariable, keywordGet } from "../syntax/quoted.ts";
import { atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Cons, EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import { isNoNumberOrBits } from "./bits-build.ts";
import { matchSegmentsFrom } from "./bits-match.ts";
import { readSegments } from "./bits-segment.ts";
import { readClauses, rowsOf } from "./branch.ts";
import { callFun, callRemote, deliver } from "./call.ts";
import { argsOf, createTuple, into, value } from "./expression.ts";
import { funName, openFun } from "./fun.ts";
import type { Dest, FunctionCompiler, Key } from "./function.ts";
import {
  EFFECT,
  type Expr,
  effect,
  js,
  type Label,
  Lit,
  listed,
  type Operand,
  raising,
  type Var,
} from "./ir.ts";
import { matchOne, matchRows, part } from "./match.ts";
import { generatorsOf } from "./mentions.ts";
import { Head, readPattern } from "./pattern.ts";
import { compileProtected } from "./try.ts";

const ENUM = atom("Elixir.Enum");
const ARROW = atom("<-");
const WHEN = atom("when");
const BITS = atom("<<>>");
const MAP = atom("%{}");
const DO = atom("do");
const INTO = atom("into");
const REDUCE = atom("reduce");
const UNIQ = atom("uniq");

/** Operands that the loops need besides the program's variables. */
const SEEN: Key = "for seen";
const COLLECT: Key = "for collect";

type Collect = "list" | "bits" | "fun" | "reduce";

interface Comprehension {
  readonly steps: readonly Term[];
  readonly body: Term;
  readonly collect: Collect;
  /** Whether Elixir maps a list with a fun of the body, instead of reducing it with one. */
  readonly maps: boolean;
  /** Whether that is the last that the function around it calls. */
  readonly leaves: boolean;
  readonly uniq: boolean;
  /** Whether Elixir makes a comprehension of Erlang's of it, which fails otherwise: one with generators of bits alone. */
  readonly isErlangs: boolean;
  /** Names of this comprehension's own operands, so that nested ones do not mix. */
  readonly seen: Key;
  readonly fun: Key;
}

/** Goes on with the next element; ends the block. */
type Next = (f: FunctionCompiler, acc: Operand) => void;

export function compileFor(f: FunctionCompiler, node: Tuple3, dest: Dest): void {
  const steps = argsOf(node);
  const options = steps.pop() as Term;
  const uniq = keywordGet(options, UNIQ) === atom("true");
  const into_ = keywordGet(options, INTO);
  const reduce = keywordGet(options, REDUCE);
  const id = f.fresh("for").name;
  const isMap = isEmptyMap(into_);
  const base = {
    steps,
    maps:
      (into_ === undefined || into_ === EMPTY || isMap) &&
      !uniq &&
      !(dest.kind === "effect" && dest.statement === node) &&
      isPlain(steps),
    leaves: false,
    body: keywordGet(options, DO) as Term,
    uniq,
    isErlangs:
      !uniq &&
      reduce === undefined &&
      (into_ === undefined || into_ === EMPTY || isEmptyBits(into_)) &&
      !steps.some((step) => step instanceof Tuple3 && step.a === ARROW),
    seen: `${SEEN} ${id}`,
    fun: `${COLLECT} ${id}`,
  };
  if (uniq) f.env.set(base.seen, f.let("seen", effect`$.newSeen()`));
  if (reduce !== undefined) {
    const acc = value(f, reduce);
    run(f, { ...base, maps: false, leaves: dest.kind === "tail", collect: "reduce" }, acc, (acc) =>
      f.finish(acc, dest),
    );
    return;
  }
  if (isEmptyBits(into_)) {
    const bits = f.let("bits", effect`$.newBits()`);
    run(f, { ...base, collect: "bits" }, bits, () => f.finish(effect`${bits}.result()`, dest));
    return;
  }
  const finish = finisher(f, into_);
  if (finish !== null) {
    const root = f.let("root", effect`new Cons(NIL, EMPTY)`);
    // The loops return the last cell; it is the root's own chain that counts.
    const leaves = dest.kind === "tail" && base.maps && !isMap;
    run(f, { ...base, leaves, collect: "list" }, root, () => f.finish(finish(js`${root}.tail`), dest));
    return;
  }
  compileInto(f, base, into_ as Term, dest);
}

/** How the list of results becomes the value, where no `Collectable` is asked. */
function finisher(f: FunctionCompiler, into_: Term | undefined): ((list: Expr) => Expr) | null {
  if (into_ === undefined || into_ === EMPTY) return (list) => effect`${list}`;
  return isEmptyMap(into_) ? (list) => raising`$.mapFromPairs(${f.operand(list)})` : null;
}

function isEmptyMap(into_: Term | undefined): boolean {
  return into_ instanceof Tuple3 && into_.c === EMPTY && into_.a === MAP;
}

/** `x <- items` and nothing else. */
function isPlain([step, ...others]: readonly Term[]): boolean {
  return others.length === 0 && step instanceof Tuple3 && step.a === ARROW && isVariable(argsOf(step)[0]);
}

/** `""` or `<<>>`. */
function isEmptyBits(into_: Term | undefined): boolean {
  if (into_ instanceof Bitstring) return into_.bitLength === 0;
  return into_ instanceof Tuple3 && into_.a === BITS && into_.c === EMPTY;
}

function compileInto(
  f: FunctionCompiler,
  base: Omit<Comprehension, "collect">,
  into_: Term,
  dest: Dest,
): void {
  const collectable = atom("Elixir.Collectable");
  const pair = f.operand(callRemote(f, collectable, atom("into"), [value(f, into_)], null) as Operand);
  const acc = f.let("acc", js`${pair}.a`);
  const fun = f.let("collect", js`${pair}.b`);
  f.env.set(base.fun, fun);
  const extra = base.uniq ? [base.fun, base.seen] : [base.fun];
  const { f: child, captured } = f.lift("for", [...base.steps, base.body], extra);
  const start = child.param("acc");
  run(child, { ...base, collect: "fun" }, start, (acc) => child.finish(acc, { kind: "tail" }));
  child.define();
  compileProtected(
    f,
    listed(`${child.name}(`, [...captured, acc], ")", EFFECT),
    (v) => callFun(f, fun, [v, f.literal(atom("done"))], dest),
    (raised) => {
      callFun(f, fun, [acc, f.literal(atom("halt"))], null);
      f.reraise(js`${raised}`);
    },
  );
}

function run(f: FunctionCompiler, c: Comprehension, acc: Operand, done: (acc: Operand) => void): void {
  compileStep(f, c, 0, acc, (_, result) => done(result));
}

function compileStep(f: FunctionCompiler, c: Comprehension, index: number, acc: Operand, next: Next): void {
  if (index === c.steps.length) {
    compileElement(f, c, acc, next);
    return;
  }
  const step = c.steps[index];
  if (step instanceof Tuple3 && step.a === ARROW) {
    const [head, source] = argsOf(step);
    const v = value(f, source);
    const collection =
      v instanceof Lit ? v : f.let("items", js`(${v} instanceof TermMap ? $.smallRange(${v}) : ${v})`);
    next(f, listGenerator(f, c, index, head, collection, acc));
    return;
  }
  const bits = bitGenerator(step);
  if (bits !== null) {
    const source = value(f, bits.source);
    next(f, bitLoop(f, c, index, bits.pattern, source, acc));
    return;
  }
  const yes = f.label("yes");
  const no = f.label("no");
  f.join(no, [], () => {
    f.join(yes, [], () => into(f, step, { kind: "test", yes, no }));
    compileStep(f, c, index + 1, acc, next);
  });
  next(f, acc);
}

/** Guards of a generator are filters like others: they may raise. Goes on in the current block if one holds. */
function compileFilter(f: FunctionCompiler, guard: Term, skip: Label): void {
  const yes = f.label("yes");
  f.join(yes, [], () => {
    let rest = guard;
    while (rest instanceof Tuple3 && rest.a === WHEN) {
      const [first, others] = argsOf(rest);
      const no = f.label("no");
      f.join(no, [], () => into(f, first, { kind: "test", yes, no }));
      rest = others;
    }
    into(f, rest, { kind: "test", yes, no: skip });
  });
}

/** Results of a comprehension of Erlang's are second segments. */
function addBits(f: FunctionCompiler, c: Comprehension, acc: Operand, v: Operand): Operand {
  if (!c.isErlangs) return f.let("bits", effect`$.pushBits(${acc}, ${v})`);
  if (isNoNumberOrBits(c.body)) return f.let("bits", raising`$.refuseBits([${v}])`);
  return f.let("bits", effect`$.pushSegment(${acc}, ${v})`);
}

function compileElement(f: FunctionCompiler, c: Comprehension, acc: Operand, next: Next): void {
  if (c.collect === "reduce") {
    const { line } = f;
    const result = f.joined("acc", (dest) => {
      const fail = f.label("none");
      const last = { ...dest, ...leaving(f, true) };
      f.join(fail, [], () => matchRows(f, [part(acc)], rowsOf(f, readClauses(c.body), last), fail));
      f.line = line;
      f.raise(js`$.tagged("case_clause", ${acc})`);
    });
    next(f, result);
    return;
  }
  const v = f.joined("v", (dest) => into(f, c.body, { ...dest, ...leaving(f, c.maps) }));
  const add = () => {
    if (c.collect === "list") next(f, f.let("last", effect`$.push(${acc}, ${v})`));
    else if (c.collect === "bits") next(f, addBits(f, c, acc, v));
    else {
      const item = f.let("item", createTuple([f.literal(atom("cont")), v]));
      next(f, callFun(f, f.lookup(c.fun, "into"), [acc, item], null) as Operand);
    }
  };
  if (!c.uniq) {
    add();
    return;
  }
  f.branch(effect`$.firstSeen(${f.lookup(c.seen, "uniq")}, ${v})`, add, () => next(f, acc));
}

/** A destination's mark that a call which gives the value ends a function of Elixir's; of evaluated code Erlang knows no functions. */
function leaving(f: FunctionCompiler, leaves: boolean): { leaves?: true } {
  return leaves && !f.module.interpreted ? { leaves } : {};
}

/** What a loop's function must be given besides the variables of the program. */
function extras(f: FunctionCompiler, c: Comprehension): Key[] {
  return [c.seen, c.fun].filter((key) => f.env.has(key));
}

function listGenerator(
  f: FunctionCompiler,
  c: Comprehension,
  index: number,
  head: Term,
  collection: Operand,
  acc: Operand,
): Var {
  const trees = [head, ...c.steps.slice(index + 1), c.body];
  const { f: loop, captured, keys: passedKeys } = f.lift("for", trees, extras(f, c));
  if (!f.module.interpreted) {
    let within = generatorsOf(trees).length;
    for (const tree of trees) within += f.module.mentions.funs(tree);
    loop.function = funName(f, within);
    loop.arity = (c.maps ? 1 : 2) + passedKeys.filter((key) => typeof key === "number").length;
    loop.lifted = false;
    loop.leaves = true;
  }
  const passed = loop.params.slice();
  const items = loop.param("items");
  const last = loop.param("acc");
  const advance: Next = (g, result) => {
    const args = [...passed, g.let("rest", js`${items}.tail`), result];
    g.tail(listed(`${loop.name}(`, args, ")", EFFECT), args);
  };
  const end = loop.label("end");
  loop.join(end, [], () => {
    loop.unless(js`${items} instanceof Cons`, end);
    const skip = loop.label("skip");
    loop.join(skip, [], () => {
      const guarded = head instanceof Tuple3 && head.a === WHEN;
      const [pattern, guard] = guarded ? argsOf(head) : [head, null];
      matchOne(loop, pattern, [], loop.let("x", js`${items}.head`), skip);
      if (guard !== null) compileFilter(loop, guard, skip);
      compileStep(loop, c, index + 1, last, advance);
    });
    advance(loop, last);
  });
  loop.branch(
    js`${items} === EMPTY`,
    () => loop.finish(last, { kind: "tail" }),
    () => {
      const { constants } = f.module;
      const fold = constants.atom(atom("-reduce/3-lists^foldl/2-0-"));
      const args = js`[${items}, ${last}, NIL]`;
      loop.raise(js`$.functionClause(${constants.atom(ENUM)}, ${fold}, ${args})`);
    },
  );
  loop.define();
  f.made.funs++;

  return f.joined("acc", (joined) => {
    const dest = { ...joined, ...leaving(f, c.leaves || index > 0) };
    f.branch(
      js`${collection} instanceof Cons || ${collection} === EMPTY`,
      () =>
        void deliver(f, "acc", listed(`${loop.name}(`, [...captured, collection, acc], ")", EFFECT), dest),
      () => {
        const { child, make } = openFun(f, 2, "each", trees, loop.function, extras(f, c));
        const item = child.param("x");
        const sum = child.param("acc");
        const args = passedKeys.map((key) => child.lookup(key, "a capture"));
        const one = child.let("one", js`new Cons(${item}, EMPTY)`);
        child.tail(listed(`${loop.name}(`, [...args, one, sum], ")", EFFECT));
        child.define(true);
        const fun = f.let("each", make());
        callRemote(f, ENUM, atom("reduce"), [collection, acc, fun], dest);
      },
    );
  });
}

/** `<<pattern <- source>>`. */
function bitGenerator(ast: Term): { pattern: Tuple3; source: Term } | null {
  if (!(ast instanceof Tuple3) || ast.a !== BITS || !(ast.c instanceof Cons)) return null;
  const items = argsOf(ast);
  const last = items[items.length - 1];
  if (!(last instanceof Tuple3) || last.a !== ARROW) return null;
  const [left, source] = argsOf(last);
  return { pattern: left as Tuple3, source };
}

function bitLoop(
  f: FunctionCompiler,
  c: Comprehension,
  index: number,
  pattern: Tuple3,
  source: Operand,
  acc: Operand,
): Var {
  const trees = [pattern, ...c.steps.slice(index + 1), c.body];
  const { f: loop, captured } = f.lift("for", trees, extras(f, c));
  f.made.funs++;
  const passed = loop.params.slice();
  const bits = loop.param("bits");
  const position = loop.param("position");
  const last = loop.param("acc");
  const end = loop.label("end");
  loop.join(end, [], () => {
    const head = new Head();
    const segments = readSegments(pattern).map((segment) => ({
      ...segment,
      pattern: readPattern(loop, segment.value, head),
    }));
    const { after, check } = matchSegmentsFrom(loop, bits, position, segments, head, end);
    const advance: Next = (g, result) => {
      const args = [...passed, bits, after, result];
      g.tail(listed(`${loop.name}(`, args, ")", EFFECT), args);
    };
    const skip = loop.label("skip");
    loop.join(skip, [], () => {
      check(skip);
      compileStep(loop, c, index + 1, last, advance);
    });
    advance(loop, last);
  });
  loop.finish(last, { kind: "tail" });
  loop.define();
  return f.joined("acc", (dest) =>
    f.branch(
      js`${source} instanceof Bitstring`,
      () =>
        void deliver(
          f,
          "acc",
          listed(`${loop.name}(`, [...captured, source, new Lit("0", 0), acc], ")", EFFECT),
          dest,
        ),
      () => f.raise(js`$.tagged("${c.isErlangs ? "bad_generator" : "badarg"}", ${source})`),
    ),
  );
}
