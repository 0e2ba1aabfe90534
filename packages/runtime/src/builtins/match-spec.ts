/**
 * Match specifications: `[{pattern, guards, body}]`, compiled to closures over the variables `$1`, `$2`, ….
 * A guard that fails by an error counts as false; a body that does gives `'EXIT'`.
 */

import { S } from "../process/stack.ts";
import {
  Atom,
  atom,
  Cons,
  EMPTY,
  FALSE,
  list,
  listToArray,
  mapEntries,
  mapFrom,
  mapGet,
  Raised,
  strictEquals,
  type Term,
  TermMap,
  TRUE,
  Tuple,
  tupleOf,
} from "../term/index.ts";
import { erlangArithmetic } from "./erlang-arithmetic.ts";
import { erlangBinaries } from "./erlang-binaries.ts";
import { erlangLists } from "./erlang-lists.ts";
import { erlangTuples } from "./erlang-tuples.ts";
import { erlangTypes } from "./erlang-types.ts";
import { writeTerm } from "./term-text.ts";

const WILDCARD = atom("_");
const WHOLE = atom("$_");
const ALL_VARIABLES = atom("$$");
const CONST = atom("const");

/** The values of variables by number, and the whole object. */
interface Bindings {
  readonly values: (Term | undefined)[];
  readonly object: Term;
}

type Pattern = (term: Term, bindings: Bindings) => boolean;
type Expression = (bindings: Bindings) => Term;

/** The number of a variable such as `$12`, or `null`. */
function variable(term: Term): number | null {
  if (!(term instanceof Atom) || term.name[0] !== "$") return null;
  return /^\$\d{1,8}$/.test(term.name) ? Number(term.name.slice(1)) : null;
}

/** Whether a pattern matches itself only, so that it can be looked up: one of maps matches larger maps. */
export function isGround(term: Term): boolean {
  for (; term instanceof Cons; term = term.tail) if (!isGround(term.head)) return false;
  if (term === WILDCARD || variable(term) !== null) return false;
  if (term instanceof Tuple) return term.toArray().every(isGround);
  return !(term instanceof TermMap);
}

export function compilePattern(pattern: Term): Pattern {
  if (pattern === WILDCARD) return () => true;
  const number = variable(pattern);
  if (number !== null)
    return (term, { values }) => {
      const bound = values[number];
      if (bound !== undefined) return strictEquals(bound, term);
      values[number] = term;
      return true;
    };
  if (isGround(pattern)) return (term) => strictEquals(term, pattern);
  if (pattern instanceof Tuple) {
    const parts = pattern.toArray().map(compilePattern);
    return (term, bindings) => {
      if (!(term instanceof Tuple) || term.size !== parts.length) return false;
      for (let i = 0; i < parts.length; i++) if (!parts[i](term.at(i), bindings)) return false;
      return true;
    };
  }
  if (pattern instanceof Cons) {
    const head = compilePattern(pattern.head);
    const tail = compilePattern(pattern.tail);
    return (term, bindings) => term instanceof Cons && head(term.head, bindings) && tail(term.tail, bindings);
  }
  const entries = mapEntries(pattern as TermMap).map(([key, value]) => [key, compilePattern(value)] as const);
  return (term, bindings) =>
    term instanceof TermMap &&
    entries.every(([key, value]) => {
      const found = mapGet(term, key);
      return found !== undefined && value(found, bindings);
    });
}

/** What guards and bodies may call, by name and arity. */
export type Calls = ReadonlyMap<string, (...args: Term[]) => Term>;

const CALLS = new Map<string, (...args: Term[]) => Term>();
for (const native of [erlangArithmetic, erlangBinaries, erlangLists, erlangTuples, erlangTypes])
  for (const [key, code] of Object.entries(native.functions))
    CALLS.set(key, code as (...args: Term[]) => Term);
for (const key of ["++/2", "--/2", "setelement/3"]) CALLS.delete(key);
CALLS.set("self/0", () => S.p);
CALLS.set("node/0", () => S.system.node);

/** What a specification may use, and what is wrong with it so far. */
interface Context {
  readonly calls: Calls;
  /** The variables of the pattern. */
  readonly bound: ReadonlySet<number>;
  readonly problems: string[];
}

/** Collects the variables of a pattern. */
function variablesOf(pattern: Term, found: Set<number>): Set<number> {
  const number = variable(pattern);
  if (number !== null) found.add(number);
  for (; pattern instanceof Cons; pattern = pattern.tail) variablesOf(pattern.head, found);
  if (pattern instanceof Tuple) for (const part of pattern.toArray()) variablesOf(part, found);
  if (pattern instanceof TermMap) for (const [, value] of mapEntries(pattern)) variablesOf(value, found);
  return found;
}

/** The expression of a guard or body; what is wrong with it becomes a problem. */
function compileExpression(term: Term, context: Context): Expression {
  if (term === WHOLE) return ({ object }) => object;
  if (term === ALL_VARIABLES) return ({ values }) => list(values.filter((value) => value !== undefined));
  const number = variable(term);
  if (number !== null) {
    if (!context.bound.has(number)) context.problems.push(`Variable $${number} is unbound.`);
    return ({ values }) => values[number] as Term;
  }
  if (term instanceof Cons) {
    const head = compileExpression(term.head, context);
    const tail = compileExpression(term.tail, context);
    return (bindings) => new Cons(head(bindings), tail(bindings));
  }
  if (term instanceof TermMap) {
    const entries = mapEntries(term).map(
      ([key, value]) => [compileExpression(key, context), compileExpression(value, context)] as const,
    );
    return (bindings) => mapFrom(entries.map(([key, value]) => [key(bindings), value(bindings)] as const));
  }
  if (!(term instanceof Tuple)) return () => term;
  return compileTuple(term, context);
}

function compileTuple(term: Tuple, context: Context): Expression {
  const wrong = (problem: string): Expression => {
    context.problems.push(problem);
    return () => term;
  };
  const compile = (part: Term) => compileExpression(part, context);
  const [first, ...rest] = term.toArray();
  if (term.size === 1 && first instanceof Tuple) {
    const parts = first.toArray().map(compile);
    return (bindings) => tupleOf(parts.map((part) => part(bindings)));
  }
  if (!(first instanceof Atom)) {
    const rule = "is neither a function call, nor a tuple (tuples are written {{ ... }}).";
    return wrong(`${writeTerm(term)} ${rule}`);
  }
  if (first === CONST) {
    if (rest.length === 1) return () => rest[0];
    return wrong(`Special form 'const' called with more than one argument in ${writeTerm(term)}.`);
  }
  const args = rest.map(compile);
  const known = (value: Term): boolean => {
    if (value !== TRUE && value !== FALSE) throw new Raised(atom("error"), atom("badarg"));
    return value === TRUE;
  };
  const isAnd = first.name === "andalso" || first.name === "and";
  if (isAnd || first.name === "orelse" || first.name === "or") {
    if (args.length === 0)
      return wrong(`Special form '${first.name}' called without arguments in ${writeTerm(term)}.`);
    if (isAnd) return (bindings) => (args.every((arg) => known(arg(bindings))) ? TRUE : FALSE);
    return (bindings) => (args.some((arg) => known(arg(bindings))) ? TRUE : FALSE);
  }
  const key = `${first.name}/${args.length}`;
  const call = context.calls.get(key);
  if (call !== undefined) return (bindings) => call(...args.map((arg) => arg(bindings)));
  return wrong(
    TRACE_ONLY.has(first.name)
      ? `Special form '${first.name}' used in wrong dialect.`
      : `Function ${key} does_not_exist.`,
  );
}

/** What only specifications of traces may call. */
const TRACE_ONLY = new Set(
  "message return_trace exception_trace silent enable_trace disable_trace caller trace".split(" "),
);

const EXIT = atom("EXIT");

interface Clause {
  readonly pattern: Term;
  readonly matches: Pattern;
  readonly guards: Expression[];
  readonly body: Expression[];
}

const NO_LIST = "Match expression is not a list.";

/** The expressions of a list, which must be one. */
function expressions(term: Term, context: Context): Expression[] {
  const found: Expression[] = [];
  const isCons = term instanceof Cons;
  for (; term instanceof Cons; term = term.tail) found.push(compileExpression(term.head, context));
  if (isCons && term !== EMPTY) context.problems.push("Match expression is not a proper list.");
  return found;
}

export class MatchSpec {
  private readonly clauses: Clause[];

  private constructor(clauses: Clause[]) {
    this.clauses = clauses;
  }

  /** `null` when the term is no match specification of tables. */
  static compile(spec: Term): MatchSpec | null {
    return MatchSpec.#compile(spec, CALLS, 1, []);
  }

  /** A search may be for nothing: an empty list, which is no specification elsewhere. */
  static search(spec: Term): MatchSpec | null {
    return spec === EMPTY ? new MatchSpec([]) : MatchSpec.compile(spec);
  }

  /** What is wrong with a specification of tables, in Erlang's words. */
  static problems(spec: Term): readonly string[] {
    const problems: string[] = [];
    MatchSpec.#compile(spec, CALLS, 1, problems);
    return problems;
  }

  /** The same of what is traced: the object is a list, bodies may be empty and call what has an effect on the trace. */
  static ofTrace(spec: Term, actions: Calls): MatchSpec | null {
    const compiled = MatchSpec.#compile(spec, new Map([...CALLS, ...actions]), 0, []);
    const isHead = (head: Term) => head === WILDCARD || variable(head) !== null || listToArray(head) !== null;
    return compiled?.clauses.every(({ pattern }) => isHead(pattern)) ? compiled : null;
  }

  static #compile(spec: Term, calls: Calls, shortestBody: number, problems: string[]): MatchSpec | null {
    const items = listToArray(spec);
    const clauses: Clause[] = [];
    if (items === null || items.length === 0) problems.push("Match programs are not in a list.");
    else if (!items.every((item) => item instanceof Tuple && item.size === 3))
      problems.push("Match program part is not a tuple of arity 3.");
    else
      for (const item of items) {
        const [pattern, guards, body] = (item as Tuple).toArray();
        const context = { calls, bound: variablesOf(pattern, new Set()), problems };
        if (!(guards instanceof Cons) && guards !== EMPTY) problems.push(NO_LIST);
        clauses.push({
          pattern,
          matches: compilePattern(pattern),
          guards: expressions(guards, context),
          body: expressions(body, context),
        });
        if (!(body instanceof Cons) && shortestBody > 0)
          problems.push("Body clause does not return anything.");
        else if (!(body instanceof Cons) && body !== EMPTY) problems.push(NO_LIST);
      }
    return problems.length > 0 ? null : new MatchSpec(clauses);
  }

  /** A specification of one pattern that gives the object, or its variables as a list. */
  static ofPattern(pattern: Term, result: "object" | "variables"): MatchSpec {
    const context = { calls: CALLS, bound: new Set<number>(), problems: [] };
    const body = compileExpression(result === "object" ? WHOLE : ALL_VARIABLES, context);
    return new MatchSpec([{ pattern, matches: compilePattern(pattern), guards: [], body: [body] }]);
  }

  /** The keys of all objects that can match, when each pattern names one. */
  keys(position: number): Term[] | undefined {
    const keys: Term[] = [];
    for (const { pattern } of this.clauses) {
      if (!(pattern instanceof Tuple) || pattern.size < position) return undefined;
      const key = pattern.at(position - 1);
      if (!isGround(key)) return undefined;
      keys.push(key);
    }
    return keys;
  }

  /** The value of the first clause that matches the object, or `undefined`. */
  run(object: Term): Term | undefined {
    for (const { matches, guards, body } of this.clauses) {
      const bindings: Bindings = { values: [], object };
      if (!matches(object, bindings) || !guards.every((guard) => holds(guard, bindings))) continue;
      try {
        let value: Term = TRUE;
        for (const expression of body) value = expression(bindings);
        return value;
      } catch (error) {
        if (error instanceof Raised) return EXIT;
        throw error;
      }
    }
    return undefined;
  }
}

function holds(guard: Expression, bindings: Bindings): boolean {
  try {
    return guard(bindings) === TRUE;
  } catch (error) {
    if (error instanceof Raised) return false;
    throw error;
  }
}
