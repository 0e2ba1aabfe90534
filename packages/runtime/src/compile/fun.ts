/** `fn` and captures. The code of a fun is a function of the module; what it captures is on the fun. */
import { Atom, atom } from "../term/atom.ts";
import { listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import { readClauses, rowsOf } from "./branch.ts";
import { callLocal } from "./call.ts";
import { argsOf, value } from "./expression.ts";
import { FunctionCompiler, type Key, TAIL } from "./function.ts";
import { type Expr, js, Lit, listed, type Operand, raising } from "./ir.ts";
import { matchRows, part } from "./match.ts";
import { restHere } from "./match-context.ts";

/** Captured values that have a field of their own; see `term/fun.ts`. */
const FIELDS = 3;

/** Of interpreted code Erlang knows one fun for each arity, up to this one; its errors say no more. */
const ERL_EVAL = atom("erl_eval");
const MOST_INTERPRETED = 20;
const INTERPRETED = { module: ERL_EVAL, name: atom("-inside-an-interpreted-fun-") };

export function createFun(f: FunctionCompiler, node: Tuple3): Operand | Expr {
  const clauses = readClauses(node.c);
  const arity = clauses[0].patterns.length;
  const trace = funName(f, f.module.mentions.funs(node) - 1);
  const { child, make } = openFun(f, arity, "fn", [node], trace);
  const params = clauses[0].patterns.map((pattern) => child.param(variableName(pattern)));
  const refusing = f.module.interpreted ? INTERPRETED : { module: f.module.atom, name: atom(child.function) };
  compileBody(child, params, () => rowsOf(child, clauses, TAIL), refusing);
  child.define();
  f.made.funs++;
  return make();
}

export function variableName(pattern: Term): string {
  if (pattern instanceof Tuple3 && pattern.c instanceof Atom) return (pattern.a as Atom).name;
  return "x";
}

/** Matches the parameters; without a match, `function_clause` of the named function with the arguments. */
export function compileBody(
  f: FunctionCompiler,
  params: readonly Operand[],
  rows: () => ReturnType<typeof rowsOf>,
  { module, name }: { module: Atom; name: Atom },
): void {
  const { line } = f;
  const fail = f.label("none");
  f.join(fail, [], () => matchRows(f, params.map(part), rows(), fail));
  f.line = line;
  const constants = f.module.constants;
  const args = listed(
    "[",
    params.map((v) => restHere(f, v)),
    "]",
  );
  f.raise(js`$.functionClause(${constants.atom(module)}, ${constants.atom(name)}, ${args})`);
}

/** What a trace calls a fun, in which so many are made: Erlang counts those of each function, the inner ones first. */
export function funName(f: FunctionCompiler, within: number): string {
  const root = f.function.startsWith("-")
    ? f.function.slice(1).replace(/-fun-\d+-$/, "")
    : `${f.function}/${f.arity}`;
  return `-${root}-fun-${f.made.funs + within}-`;
}

/**
 * Begins the code of a fun made in `f` and captures what the trees mention; `make` gives the fun itself. The
 * parameters are still to be added to the child. A captured function has a `name`.
 */
export function openFun(
  f: FunctionCompiler,
  arity: number,
  kind: string,
  trees: readonly Term[],
  trace: string,
  extra: readonly Key[] = [],
  name: string | null = null,
): { child: FunctionCompiler; make: () => Expr } {
  const { module } = f;
  const index = module.nextFun();
  const code = module.constants.unique(kind);
  const keys = [...new Set([...f.captures(trees), ...extra])];
  const fields = keys.filter((key) => !(f.env.get(key) instanceof Lit));
  const variables = fields.filter((key) => typeof key === "number");
  const child = module.interpreted
    ? new FunctionCompiler(module, code, f.function, f.arity)
    : new FunctionCompiler(module, code, trace, arity + variables.length);
  child.made = f.made;
  child.line = f.line;
  child.depth = f.depth;
  const env = child.param("env");
  const captured: Operand[] = [];
  for (const key of keys) {
    const operand = f.env.get(key) as Operand;
    if (operand instanceof Lit) child.env.set(key, operand);
    else {
      const i = captured.length;
      captured.push(operand);
      const place =
        fields.length <= FIELDS || i < FIELDS - 1 ? js`${env}.${"abc"[i]}` : js`${env}.c[${i - FIELDS + 1}]`;
      child.env.set(key, child.let("c", place));
    }
  }
  const constants = module.constants;
  const interpreted = module.interpreted && arity <= MOST_INTERPRETED;
  const shown = interpreted
    ? { module: ERL_EVAL, name: `-expr/6-fun-${arity + 2}-`, index: 43 - arity }
    : { module: module.atom, name: name ?? trace, index };
  const info = constants.hoist(
    "info",
    `{ module: ${constants.atom(shown.module)}, name: ${constants.atom(atom(shown.name))}, arity: ${arity}, index: ${shown.index} }`,
  );
  module.addFun(code);
  const make = () => {
    if (captured.length === 0) return js`${constants.hoist("fun", `new Fun(${code}, ${info})`)}`;
    const few = captured.length <= FIELDS;
    const places: (Operand | Expr)[] = few
      ? captured
      : [...captured.slice(0, FIELDS - 1), listed("[", captured.slice(FIELDS - 1), "]")];
    return listed(`new Fun(${code}, ${info}, `, places, ")");
  };
  return { child, make };
}

/** `&Mod.name/arity`, `&name/arity`. */
export function captureFun(f: FunctionCompiler, node: Tuple3): Operand | Expr {
  const [slash] = argsOf(node);
  const [called, arity] = argsOf(slash as Tuple3) as [Tuple3, number];
  const { constants } = f.module;
  if (called.a instanceof Tuple3) {
    const [module, name] = listToArray(called.a.c) as Term[];
    if (module instanceof Atom) {
      const text = `$.externalFun(${constants.atom(module)}, ${constants.atom(name as Atom)}, ${arity})`;
      return new Lit(constants.hoist("fun", text));
    }
    return raising`$.externalFun(${value(f, module)}, ${constants.atom(name as Atom)}, ${arity})`;
  }
  const { child, make } = openFun(
    f,
    arity,
    `capture_${(called.a as Atom).name}`,
    [],
    funName(f, 0),
    [],
    (called.a as Atom).name,
  );
  const params = Array.from({ length: arity }, () => child.param("x"));
  callLocal(child, called.a as Atom, params, TAIL);
  child.define(true);
  return make();
}
