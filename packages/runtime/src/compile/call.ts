/**
 * Calls: of local functions directly, of other modules through export cells, of funs, and of the functions of `:erlang`
 * that the compiler knows (`intrinsics.ts`) or that end in an error.
 */

import { keywordGet, MAP } from "../syntax/quoted.ts";
import { Atom, atom, NIL } from "../term/atom.ts";
import { Cons, EMPTY, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { MAX_DEPTH, value, values } from "./expression.ts";
import { booleanOf, CALLER, type Dest, type FunctionCompiler, isStacktrace } from "./function.ts";
import { type Inline, intrinsic, isIntrinsic, isPredicate, told } from "./intrinsics.ts";
import { EFFECT, Expr, effect, js, Lit, listed, type Operand, RAISES, raising } from "./ir.ts";
import { contextArguments } from "./match-context.ts";
import { remainderOfProduct } from "./remainder.ts";

const ERLANG = atom("erlang");
const STRING_CHARS = atom("Elixir.String.Chars");
const TO_STRING = atom("to_string");
const NO_PARENS = atom("no_parens");
/** The arguments of an error that are not told, as those of `raise/1`. */
const NONE = atom("none");
const ERROR_INFO = atom("error_info");
const EXCEPTION = atom("Elixir.Exception");

/** Delivers a call that may suspend, or returns its result if there is no destination. */
export function deliver(
  f: FunctionCompiler,
  base: string,
  call: Expr,
  dest: Dest | null,
  self: readonly Operand[] | null = null,
): Operand | null {
  if (dest === null) return f.call(base, call, self);
  if (dest.kind === "tail") f.tail(call, self);
  else f.finish(f.call(base, call, self, dest.kind === "join" && dest.leaves), dest);
  return null;
}

function give(f: FunctionCompiler, result: Operand | Expr, dest: Dest | null): Operand | Expr | null {
  if (dest === null) return result;
  f.finish(result, dest);
  return null;
}

export function localCall(f: FunctionCompiler, name: Atom, asts: readonly Term[], dest: Dest | null) {
  return callLocal(f, name, values(f, asts), dest);
}

export function callLocal(f: FunctionCompiler, name: Atom, args: readonly Operand[], dest: Dest | null) {
  const key = `${name.name}/${args.length}`;
  const code = f.module.local(key);
  if (code === undefined) {
    const cell = f.module.constants.cell(f.module.atom, name, args.length);
    return deliver(f, name.name, listed(`${cell}.code(`, args, ")", EFFECT), dest);
  }
  const all = contextArguments(args, f.module.contextsOf(key));
  return deliver(f, name.name, listed(`${code}(`, all, ")", EFFECT), dest, f.self === key ? all : null);
}

/** `super(…)`: the metadata says under which name the overridden definition lives on. */
export function superCall(f: FunctionCompiler, node: Tuple3, asts: readonly Term[], dest: Dest | null) {
  const { a: kind, b: name } = keywordGet(node.b, atom("super")) as Tuple2;
  const args = values(f, asts);
  if ((kind as Atom).name.startsWith("defmacro")) {
    return callLocal(
      f,
      atom(`MACRO-${(name as Atom).name}`),
      [f.lookup(CALLER, "__CALLER__"), ...args],
      dest,
    );
  }
  return callLocal(f, name as Atom, args, dest);
}

export function anonymousCall(f: FunctionCompiler, callee: Term, asts: readonly Term[], dest: Dest | null) {
  const fun = value(f, callee);
  return callFun(f, fun, values(f, asts), dest);
}

export function callFun(f: FunctionCompiler, fun: Operand, args: readonly Operand[], dest: Dest | null) {
  const call = listed(`.code(`, [fun, ...args], ")");
  const bad = listed("$.badFun(", [fun, ...args], ")");
  return deliver(
    f,
    "r",
    effect`(${fun} instanceof Fun && ${fun}.arity === ${args.length} ? ${fun}${call} : ${bad})`,
    dest,
  );
}

const FN = atom("fn");
const MAPS = atom("maps");
const PUT = atom("put");

export function remoteCall(
  f: FunctionCompiler,
  target: Term,
  name: Atom,
  asts: readonly Term[],
  meta: Term,
  dest: Dest | null,
): Operand | Expr | null {
  // `nil.field` is an access to a map that is not there.
  const isAccess = target === NIL && asts.length === 0 && keywordGet(meta, NO_PARENS) !== undefined;
  if (!(target instanceof Atom) || isAccess) {
    const module = value(f, target);
    const args = values(f, asts);
    if (args.length === 0) {
      const key = f.module.constants.atom(name);
      if (f.guardFail !== null) {
        // `map.field` in a guard.
        return give(f, erlangCallOf(f, "map_get", [f.literal(name), module]) as Expr, dest);
      }
      const dot =
        keywordGet(meta, NO_PARENS) === undefined
          ? effect`$.dot(${module}, ${key})`
          : effect`(${module} instanceof TermMap && (t = mapGet(${module}, ${key})) !== undefined ? t : $.field(${module}, ${key}))`;
      return deliver(f, name.name, dot, dest);
    }
    const cell = js`$.resolve(${module}, ${f.module.constants.atom(name)}, ${args.length})`;
    return deliver(f, name.name, effect`${cell}${listed(".code(", args, ")")}`, dest);
  }
  if (target === ERLANG) {
    const known = erlangCall(f, name, asts);
    if (known === "done") return dest === null ? f.literal(atom("nil")) : null;
    if (known instanceof Expr || known instanceof Lit) return give(f, known, dest);
    if (known !== null) return deliver(f, name.name, known.call, dest);
  }
  if (target === MAPS && name === PUT && asts.length === 3) {
    // What `Map.put/3` has become is compiled as an update, whose map comes first.
    const [map, key, item] = values(f, [asts[2], asts[0], asts[1]]);
    return callRemote(f, target, name, [key, item, map], dest);
  }
  const [first] = asts as readonly Tuple3[];
  if (f.module.interpreted && name.name === "fun2ms" && target.name === "ets" && first?.a === FN) {
    // Only a shell knows the source of a fun.
    return callRemote(f, atom("ms_transform"), name, [f.literal(first)], dest);
  }
  return callRemote(f, target, name, values(f, asts), dest);
}

export function callRemote(
  f: FunctionCompiler,
  module: Atom,
  name: Atom,
  args: readonly Operand[],
  dest: Dest | null,
): Operand | Expr | null {
  if (module === ERLANG) {
    const known = erlangCallOf(f, name.name, args);
    if (known !== null) return give(f, known, dest);
  }
  // Interpolation, mostly of what needs no protocol.
  if (module === STRING_CHARS && name === TO_STRING && args.length === 1)
    return deliver(f, name.name, effect`$.toText(${args[0]})`, dest);
  const cell = f.module.constants.cell(module, name, args.length);
  const call = listed(`${cell}.code(`, args, ")", EFFECT);
  return deliver(f, name.name, call, dest);
}

/** The options of the error that `raise` makes: its exception words it. */
function isRaise(options: Term): boolean {
  const info = keywordGet(options, ERROR_INFO);
  const entry = info instanceof Tuple3 && info.a === MAP && info.c instanceof Cons ? info.c.head : null;
  return entry instanceof Tuple2 && entry.b === EXCEPTION;
}

/** A function of `:erlang` that the compiler knows; `"done"` when it has ended the block. */
function erlangCall(
  f: FunctionCompiler,
  name: Atom,
  asts: readonly Term[],
): Expr | Lit | { call: Expr } | "done" | null {
  const key = `${name.name}/${asts.length}`;
  switch (key) {
    case "error/1":
      f.raise(js`new Raised(CLASS_ERROR, ${value(f, asts[0])})`);
      return "done";
    case "error/2":
    case "error/3": {
      if (asts[1] === NONE && isRaise(asts[2])) {
        f.raise(js`$.raised(${value(f, asts[0])})`);
        return "done";
      }
      const [reason, args, options = new Lit("null")] = values(f, asts);
      const { constants } = f.module;
      const name = constants.atom(atom(f.function));
      f.raise(js`$.errorOf(${reason}, ${args}, ${constants.atom(f.module.atom)}, ${name}, ${options})`);
      return "done";
    }
    case "throw/1":
      f.raise(js`new Raised(CLASS_THROW, ${value(f, asts[0])})`);
      return "done";
    case "exit/1":
      f.raise(js`new Raised(CLASS_EXIT, ${value(f, asts[0])})`);
      return "done";
    case "raise/3": {
      // Any other may be no stack trace: then the function returns.
      if (!isStacktrace(asts[2])) break;
      const [kind, reason, trace] = values(f, asts);
      f.reraise(js`$.reraised(${kind}, ${reason}, ${trace})`);
      return "done";
    }
    case "apply/2": {
      const [fun, args] = values(f, asts);
      return { call: effect`$.applyFun(${fun}, ${args})` };
    }
    case "apply/3": {
      const module = value(f, asts[0]);
      const function_ = value(f, asts[1]);
      const items = properItems(asts[2]);
      if (items !== null) {
        const args = values(f, items);
        return {
          call: effect`$.resolve(${module}, ${function_}, ${args.length})${listed(".code(", args, ")")}`,
        };
      }
      return { call: effect`$.applyRemote(${module}, ${function_}, ${value(f, asts[2])})` };
    }
    case "-/1":
    case "+/1":
      if (typeof asts[0] === "number" && asts[0] !== 0)
        return f.literal(name.name === "-" ? -asts[0] : asts[0]);
      break;
    case "rem/2": {
      const remainder = remainderOfProduct(f, asts[0], asts[1]);
      if (remainder !== null) return remainder;
      break;
    }
    case "not/1": {
      f.depth++;
      const inner = f.guardFail === null && f.depth < MAX_DEPTH ? conditionOf(f, asts[0]) : null;
      f.depth--;
      if (inner !== null) return booleanOf(js`!(${inner})`);
    }
  }
  if (!isIntrinsic(name.name, asts.length)) return null;
  return erlangCallOf(f, name.name, values(f, asts));
}

/** The items of a list written without `|`. */
function properItems(ast: Term): Term[] | null {
  if (!(ast instanceof Cons) && ast !== EMPTY) return null;
  const items = listToArray(ast);
  return items?.some((item) => item instanceof Tuple3 && item.a === atom("|")) ? null : items;
}

/** The condition of a call of a predicate, else `null` without having compiled anything. */
export function conditionOf(f: FunctionCompiler, ast: Term): Expr | null {
  if (!(ast instanceof Tuple3) || !(ast.a instanceof Tuple3) || ast.c instanceof Atom) return null;
  const target = ast.a.c;
  if (!(target instanceof Cons) || target.head !== ERLANG) return null;
  const [, name] = listToArray(target) as Term[];
  const args = listToArray(ast.c) as Term[];
  if (!(name instanceof Atom) || !isPredicate(name.name, args.length)) return null;
  const result = erlangCall(f, name, args);
  return result instanceof Expr ? (result.condition ?? js`${result} === TRUE`) : null;
}

/** A call of an intrinsic as an expression. In a guard, failing jumps to where the guard fails. */
function erlangCallOf(f: FunctionCompiler, name: string, args: readonly Operand[]): Expr | null {
  const found = intrinsic(name, args);
  if (found === null) return null;
  const { inline } = found;
  if (inline !== null && inline.requires === undefined) return resultOf(inline);
  const native = f.module.constants.native("erlang", name, args.length);
  if (f.guardFail !== null) {
    if (inline?.exact) {
      f.unless(inline.requires as Expr, f.guardFail);
      // The check has left the value in the scratch variable: keep it before something else does.
      const result = resultOf(inline);
      return result.condition === null ? js`${f.let("g", result)}` : result;
    }
    const attempt = listed(`$.attempt(${native}, `, args, ")");
    const v = f.let(
      "g",
      inline === null ? attempt : js`(${inline.requires as Expr} ? ${resultOf(inline)} : ${attempt})`,
    );
    f.unless(js`${v} !== undefined`, f.guardFail);
    return js`${v}`;
  }
  const shown = f.module.interpreted ? { args, untold: false } : told(name, args);
  const slow = listed(`${native}(`, shown.args, shown.untold ? ", true)" : ")", RAISES);
  if (inline === null) return slow;
  return raising`(${inline.requires as Expr} ? ${resultOf(inline)} : ${slow})`;
}

function resultOf(inline: Inline): Expr {
  return inline.test === undefined ? (inline.value as Expr) : booleanOf(inline.test);
}
