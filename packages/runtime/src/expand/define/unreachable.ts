/**
 * Clauses that an earlier one leaves nothing to: of functions, `fn`, `case`, `receive` and the `else` of `with` and `try`. As Erlang's compiler does,
 * it looks at patterns alone: a clause with a guard leaves something to those behind it.
 */
import {
  BAR,
  BITS,
  BLOCK,
  call,
  DO,
  ELSE,
  FN,
  isCall,
  isVariable,
  keywordGet,
  line as lineOf,
  MAP,
  MATCH,
  metaGet,
  STRUCT,
  TUPLE,
  TYPE,
  WHEN,
} from "../../syntax/quoted.ts";
import { Atom, atom, FALSE, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { strictEquals } from "../../term/compare.ts";
import { Cons, EMPTY, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import type { Definition } from "../host.ts";
import { returnsBoolean } from "../rewrite.ts";
import { VERSION } from "../scope.ts";
import { walk } from "./locals.ts";

const CASE = atom("case");
const RECEIVE = atom("receive");
const WITH = atom("with");
const TRY = atom("try");
const GENERATED = atom("generated");

/** What data is made with. */
const DATA = new Set<Term>([TUPLE, MAP, BITS, STRUCT, BLOCK]);

interface Patterns {
  readonly meta: Term;
  readonly args: readonly Term[];
  readonly guards: readonly Term[];
}

/** A warning and where it belongs. */
export interface Finding {
  readonly meta: Term;
  readonly message: string;
  /** Told before all others, the last one of the last function first. */
  readonly early?: true;
}

/** Clauses in the line of the module, as those of `@before_compile`, count as generated. */
export function unreachableClauses({ name, arity, clauses }: Definition, moduleLine: Term): Finding[] {
  const written = clauses.filter(({ meta }) => lineOf(meta) !== moduleLine);
  const found = unreachable(written, `${name.name}/${arity}`);
  for (const { body } of clauses) {
    walk(body, (node) => {
      const branches = branchesOf(node);
      if (branches !== null) found.push(...unreachable(branches, null));
      return null;
    });
  }
  return found;
}

/** The clauses of a definition that are ever tried. */
export function reachableClauses({ clauses }: Definition): Definition["clauses"] {
  const never = new Set<Patterns>();
  if (clauses.length > 1) unreachable(clauses, null, never);
  return clauses.filter((clause) => !never.has(clause));
}

/** The clauses of a form that are ever tried. */
export function reachableBranches(arrows: readonly Term[]): readonly Term[] {
  const never = new Set<Patterns>();
  const branches = arrows.map(branch);
  unreachable(branches, null, never);
  return arrows.filter((_, i) => !never.has(branches[i]));
}

/** The clauses of a `case` of data that is made for it, where one takes all that is left: those behind it are not compiled. */
export function shadowed(arrows: readonly Term[], covering: number): Finding[] {
  const branches = arrows.map(branch);
  const behind = covering < 0 ? [] : branches.slice(covering + 1);
  return [
    ...unreachable(branches.slice(0, branches.length - behind.length), null),
    ...behind
      .filter(({ meta }) => metaGet(meta, GENERATED) !== TRUE)
      .map((clause) => finding(clause, branches[covering], null)),
  ];
}

function unreachable(
  clauses: readonly Patterns[],
  name: string | null,
  never = new Set<Patterns>(),
): Finding[] {
  const found: Finding[] = [];
  const told = new Set<Patterns>();
  // By what the first pattern begins with, so that thousands of clauses are not compared with each other.
  const byKey = new Map<string, Patterns[]>();
  for (const clause of clauses) {
    const key = keyOf(clause.args[0]);
    const general = byKey.get(GENERAL) ?? [];
    if (metaGet(clause.meta, GENERATED) === TRUE || general.length > MOST_COMPARED) continue;
    const candidates = key === GENERAL ? general : [...general, ...(byKey.get(key) ?? [])];
    const fits = (one: Patterns): boolean => leavesNothingTo(one, clause);
    // Behind a clause that takes everything Erlang's compiler looks no further.
    const earlier = general.find((one) => one.args.every(takesAll) && fits(one)) ?? candidates.find(fits);
    if (earlier !== undefined) {
      never.add(clause);
      // Of clauses that take some data alone the first that follows is told.
      if (earlier.args.every(takesAll) || !told.has(earlier)) found.push(finding(clause, earlier, name));
      told.add(earlier);
    } else if (clause.guards.every((guard) => guard === TRUE)) {
      const alike = byKey.get(key);
      if (alike === undefined) byKey.set(key, [clause]);
      else if (alike.length <= MOST_COMPARED) alike.push(clause);
    }
  }
  return found;
}

const GENERAL = "";
const MOST_COMPARED = 100;

/** What a pattern begins with, the same for all that could include each other; `GENERAL` where that cannot be told. */
function keyOf(pattern: Term): string {
  if (pattern instanceof Atom) return `a${pattern.name}`;
  if (typeof pattern === "number") return `n${pattern}`;
  if (pattern instanceof Bitstring) return `b${pattern.text}`;
  const inner =
    pattern instanceof Tuple2 ? pattern.a : isCall(pattern, TUPLE) ? parts(pattern)[0] : undefined;
  const key = inner === undefined ? GENERAL : keyOf(inner);
  return key === GENERAL ? GENERAL : `${pattern instanceof Tuple2 ? 2 : 3}${key}`;
}

function finding({ meta }: Patterns, earlier: Patterns, name: string | null): Finding {
  // Where nothing at all is left, the function is named.
  const named = name !== null && earlier.args.every(takesAll) ? ` for ${name}` : "";
  const line = lineOf(earlier.meta);
  return {
    meta,
    message: `this clause${named} cannot match because a previous clause at line ${line} always matches`,
  };
}

function takesAll(pattern: Term): boolean {
  return isVariable(pattern) || (isCall(pattern, MATCH, 2) && parts(pattern).every(takesAll));
}

function leavesNothingTo(earlier: Patterns, later: Patterns): boolean {
  const seen = new Set<Term>();
  return earlier.args.every((arg, i) => includes(arg, later.args[i], seen));
}

/** Whether one pattern matches all that another does, as far as can be seen. */
function includes(pattern: Term, other: Term, seen: Set<Term>): boolean {
  if (isVariable(pattern)) {
    const version = metaGet(pattern.b, VERSION);
    const isFirst = version === undefined || !seen.has(version);
    if (version !== undefined) seen.add(version);
    return isFirst;
  }
  if (isCall(pattern, MATCH, 2)) return parts(pattern).every((side) => includes(side, other, seen));
  if (isCall(other, MATCH, 2)) return parts(other).some((side) => includes(pattern, side, seen));
  if (pattern instanceof Tuple2 && other instanceof Tuple2)
    return includes(pattern.a, other.a, seen) && includes(pattern.b, other.b, seen);
  if (pattern instanceof Cons && other instanceof Cons) return includesList(pattern, other, seen);
  if (!(pattern instanceof Tuple3)) return !(other instanceof Tuple3) && strictEquals(pattern, other);
  if (!(other instanceof Tuple3) || pattern.a !== other.a || !(other.c instanceof Cons)) return false;
  if (pattern.a === TYPE) {
    const [[value, type], [otherValue, otherType]] = [parts(pattern), parts(other)];
    return strictEquals(withoutMeta(type), withoutMeta(otherType)) && includes(value, otherValue, seen);
  }
  const composed = pattern.a === TUPLE || pattern.a === BITS;
  if (!composed && pattern.a !== MAP && pattern.a !== STRUCT) return false;
  const [mine, others] = [parts(pattern), parts(other)];
  return mine.length === others.length && mine.every((part, i) => includes(part, others[i], seen));
}

function includesList(pattern: Cons, other: Cons, seen: Set<Term>): boolean {
  const [items, rest] = listParts(pattern);
  const [others, otherRest] = listParts(other);
  if (items.length > others.length || !items.every((item, i) => includes(item, others[i], seen)))
    return false;
  if (rest !== null && others.length > items.length) return isVariable(rest) && includes(rest, EMPTY, seen);
  if (rest !== null) return includes(rest, otherRest ?? EMPTY, seen);
  return others.length === items.length && otherRest === null;
}

/** The elements of a list pattern and, behind `|`, its rest. */
export function listParts(pattern: Cons): [items: Term[], rest: Term | null] {
  const items = listToArray(pattern) ?? [];
  const last = items.at(-1);
  if (last === undefined || !isCall(last, BAR, 2)) return [items, null];
  const [head, rest] = parts(last as Tuple3);
  return [[...items.slice(0, -1), head], rest];
}

function parts(node: Tuple3): Term[] {
  return listToArray(node.c) ?? [];
}

function withoutMeta(form: Term): Term {
  if (!(form instanceof Tuple3)) return form;
  const args = listToArray(form.c);
  return call(form.a as Atom, EMPTY, ...(args === null ? [form.c] : args.map(withoutMeta)));
}

/** Whether what a `case` looks at is made on the spot: of that Erlang's compiler knows more than patterns tell. */
export function isMadeData(subject: Term): boolean {
  return !(subject instanceof Tuple3) || (subject.a instanceof Atom && DATA.has(subject.a));
}

/**
 * The clauses of a `case` of a boolean that leave something to each other, of which nothing is told then; all of them where one has
 * a guard, or takes everything before both have theirs.
 */
export function ofBooleans(subject: Term, arrows: readonly Term[]): readonly Term[] {
  if (!returnsBoolean(subject)) return arrows;
  const kept = new Map<Term, Term>();
  for (const arrow of arrows) {
    const {
      args: [pattern],
      guards,
    } = branch(arrow);
    if (guards.length > 0 || isVariable(pattern) || isCall(pattern, MATCH)) return arrows;
    if ((pattern === TRUE || pattern === FALSE) && !kept.has(pattern)) kept.set(pattern, arrow);
    if (kept.size === 2) break;
  }
  return [...kept.values()];
}

/** The clauses of a form that has some. */
function branchesOf({ a: form, c }: Tuple3): Patterns[] | null {
  const args = c instanceof Cons ? (listToArray(c) ?? []) : [];
  if (form === FN) return args.map(branch);
  if (form === CASE) {
    const clauses = keywordGet(args[1] ?? EMPTY, DO) ?? EMPTY;
    const arrows = listToArray(clauses) ?? [];
    return isMadeData(args[0]) || ofBooleans(args[0], arrows) !== arrows ? null : branchList(clauses);
  }
  if (form === RECEIVE) return branchList(keywordGet(args[0] ?? EMPTY, DO));
  if (form === WITH || form === TRY) return branchList(keywordGet(args.at(-1) ?? EMPTY, ELSE));
  return null;
}

function branchList(branches: Term | undefined): Patterns[] | null {
  const all = branches === undefined ? null : listToArray(branches);
  return all?.every((one) => one instanceof Tuple3) ? all.map(branch) : null;
}

function branch(arrow: Term): Patterns {
  const { b: meta, c } = arrow as Tuple3;
  const args = listToArray((c as Cons).head) ?? [];
  if (args.length !== 1 || !isCall(args[0], WHEN)) return { meta, args, guards: [] };
  const inner = parts(args[0] as Tuple3);
  return { meta, args: inner.slice(0, -1), guards: inner.slice(-1) };
}
