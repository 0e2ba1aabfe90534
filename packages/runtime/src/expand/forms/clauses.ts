/** The constructs made of `->` clauses: `case`, `cond`, `receive`, `try`, and the `else` of `with`. */
import type { Task } from "../../process/task.ts";
import {
  AFTER,
  ARROW,
  BLOCK,
  CATCH,
  DO,
  ELSE,
  keywordGet,
  metaGet,
  RESCUE,
  WHEN,
} from "../../syntax/quoted.ts";
import { Atom, atom } from "../../term/atom.ts";
import { tagged } from "../../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import { mapGet } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { fileError, inFile, source, warn, warnUnread } from "../errors.ts";
import { expandOnce } from "../once.ts";
import { guardedHead, head, match } from "../patterns.ts";
import { returnsBoolean } from "../rewrite.ts";
import { type Assigned, type Scope, type State, unreadVariables } from "../scope.ts";

const ORIGIN = atom("origin");
const THROW = atom("throw");
const IN = atom("in");
const UNDERSCORE = atom("_");
const ALIASES = atom("__aliases__");

/** Expands the patterns of a clause. */
export type Head = (scope: Scope, meta: Term, patterns: Term) => Task<Term>;

/** One `->` clause. Its variables stay in the scope: the caller ends it. */
export function* clause(scope: Scope, meta: Term, kind: string, expandHead: Head, form: Term): Task<Term> {
  if (form instanceof Tuple3 && form.a === ARROW) {
    const [left, right] = listToArray(form.c) ?? [];
    if (right !== undefined) {
      const expanded = yield* expandHead(scope, form.b, left);
      return new Tuple3(ARROW, form.b, list([expanded, yield* scope.expand(right)]));
    }
  }
  throw fileError(scope, meta, `expected -> clauses ${kind}`);
}

/**
 * Ends an inner scope: warns of its unread variables, keeps for the outer one which of its own variables were used, and
 * restores what can be read.
 */
export function leaveScope(scope: Scope, outer: State): void {
  const inner = scope.state;
  let { unused } = outer;
  const unread = new Map<number, Assigned>();
  for (const [version, assigned] of inner.unused) {
    if (!assigned.used) unread.set(version, assigned);
    else {
      const current = mapGet(outer.read, assigned.pair);
      if (typeof current === "number" && version <= current && !outer.unused.get(version)?.used) {
        unused = unused.set(version, assigned);
      }
    }
  }
  // Only those of a whole function are underlined whole.
  for (const one of unreadVariables(unread)) warnUnread(scope, one, one.meta);
  scope.state = inner.with({ unused, read: outer.read, write: outer.write });
}

/** A body with variables of its own. */
export function* inScope(scope: Scope, body: () => Task<Term>): Task<Term> {
  const { state, env } = scope;
  scope.state = state.resetUnused();
  const result = yield* body();
  leaveScope(scope, state);
  scope.env = env;
  return result;
}

function originOf(meta: Term, otherwise: string): string {
  const origin = metaGet(meta, ORIGIN);
  return origin instanceof Atom ? origin.name : otherwise;
}

function* clauses(
  scope: Scope,
  meta: Term,
  kind: string,
  expandHead: Head,
  key: Atom,
  value: Term,
): Task<Term> {
  const where = `for :${key.name} in "${originOf(meta, kind)}"`;
  const items = value instanceof Cons ? listToArray(value) : null;
  if (items === null) throw fileError(scope, meta, `expected -> clauses ${where}`);
  const expanded: Term[] = [];
  for (const item of items) {
    expanded.push(yield* inScope(scope, () => clause(scope, meta, where, expandHead, item)));
  }
  return new Tuple2(key, list(expanded));
}

/** One pattern, with a guard or without. */
function oneHead(kind: string, key: Atom): Head {
  return function* (scope, meta, patterns) {
    const parts = listToArray(patterns) ?? [];
    if (parts.length !== 1 || guardedArity(parts[0]) > 1) {
      throw fileError(scope, meta, `expected one argument for :${key.name} clauses (->) in "${kind}"`);
    }
    return yield* head(scope, meta, parts);
  };
}

function guardedArity(form: Term): number {
  return form instanceof Tuple3 && form.a === WHEN ? (listToArray(form.c)?.length ?? 0) - 1 : 1;
}

/** One expression instead of a pattern. */
function oneExpression(meta: Term, kind: string, key: Atom): Head {
  return function* (scope, _meta, patterns) {
    const parts = listToArray(patterns) ?? [];
    if (parts.length !== 1) {
      throw fileError(scope, meta, `expected one argument for :${key.name} clauses (->) in "${kind}"`);
    }
    return list(yield* scope.expandArgs(parts));
  };
}

/** The options of a construct, checked for shape and repetition. */
function options(
  scope: Scope,
  meta: Term,
  kind: string,
  form: Term,
  missing: string,
  once: readonly Atom[],
): Tuple2[] {
  if (form === EMPTY) throw fileError(scope, meta, `missing ${missing} option in "${kind}"`);
  const entries = listToArray(form);
  if (entries === null) throw fileError(scope, meta, `invalid arguments for "${kind}"`);
  const pairs = entries.filter((entry) => entry instanceof Tuple2);
  if (pairs.length !== entries.length) throw fileError(scope, meta, `invalid arguments for "${kind}"`);
  for (const key of once) {
    if (pairs.filter((pair) => pair.a === key).length > 1) {
      throw fileError(scope, meta, `duplicate :${key.name} clauses given for "${kind}"`);
    }
  }
  return pairs;
}

function* unexpected(scope: Scope, meta: Term, kind: string, key: Term): Task<never> {
  throw fileError(scope, meta, `unexpected option ${yield* source(scope, key)} in "${kind}"`);
}

const CASE = atom("case");
const OPTIMIZE_BOOLEAN = atom("optimize_boolean");

export function* expandCase(scope: Scope, meta: Term, subject: Term, form: Term): Task<Term> {
  const expanded = yield* scope.expand(subject);
  const optimized =
    metaGet(meta, OPTIMIZE_BOOLEAN) !== undefined && returnsBoolean(expanded) ? booleanClauses(form) : form;
  const { env } = scope;
  const entries: Term[] = [];
  for (const entry of options(scope, meta, "case", optimized, ":do", [DO])) {
    if (entry.a !== DO) yield* unexpected(scope, meta, "case", entry.a);
    entries.push(yield* clauses(scope, meta, "case", oneHead("case", DO), DO, entry.b));
  }
  scope.env = env;
  return new Tuple3(CASE, meta, list([expanded, list(entries)]));
}

/** `if` and its like ask for `false` or `nil` in a guard; of a boolean only `false` is left to ask for. */
function booleanClauses(form: Term): Term {
  const [first, second] = listToArray(keywordGet(form, DO) ?? EMPTY) ?? [];
  if (!(first instanceof Tuple3) || !(second instanceof Tuple3)) return form;
  const [[firstHead], [secondHead]] = [first, second].map(
    (c) => listToArray((listToArray(c.c) ?? [])[0] ?? EMPTY) ?? [],
  );
  const [firstBody, secondBody] = [first, second].map((c) => (listToArray(c.c) ?? [])[1]);
  const isFalsy = firstHead instanceof Tuple3 && firstHead.a === WHEN;
  const isRest = secondHead instanceof Tuple3 && secondHead.a === UNDERSCORE;
  const isLiteral = firstHead === atom("false") && secondHead === atom("true");
  if (!((isFalsy && isRest) || isLiteral)) return form;
  const arrow = (meta: Term, value: string, body: Term): Term =>
    new Tuple3(ARROW, meta, list([list([atom(value)]), body]));
  return list([
    new Tuple2(DO, list([arrow(first.b, "false", firstBody), arrow(second.b, "true", secondBody)])),
  ]);
}

const COND = atom("cond");

export function* expandCond(scope: Scope, meta: Term, form: Term): Task<Term> {
  const { env } = scope;
  const last = (listToArray(keywordGet(form, DO) ?? EMPTY) ?? []).at(-1);
  if (last instanceof Tuple3 && last.a === ARROW) {
    const [condition, ...others] = listToArray((listToArray(last.c) ?? [])[0] ?? EMPTY) ?? [];
    if (
      others.length === 0 &&
      condition instanceof Tuple3 &&
      condition.a === UNDERSCORE &&
      condition.c instanceof Atom
    ) {
      throw fileError(
        scope,
        last.b,
        'invalid use of _ inside "cond". If you want the last clause to always match, you probably meant to use: true ->',
      );
    }
  }
  const entries: Term[] = [];
  for (const entry of options(scope, meta, "cond", form, ":do", [DO])) {
    if (entry.a !== DO) yield* unexpected(scope, meta, "cond", entry.a);
    entries.push(yield* clauses(scope, meta, "cond", oneExpression(meta, "cond", DO), DO, entry.b));
  }
  scope.env = env;
  return new Tuple3(COND, meta, list([list(entries)]));
}

const RECEIVE = atom("receive");

export function* expandReceive(scope: Scope, meta: Term, form: Term): Task<Term> {
  const { env } = scope;
  const entries: Term[] = [];
  for (const entry of options(scope, meta, "receive", form, ":do/:after", [DO, AFTER])) {
    if (entry.a === DO) {
      const isEmpty = entry.b instanceof Tuple3 && entry.b.a === BLOCK && entry.b.c === EMPTY;
      entries.push(
        isEmpty ? entry : yield* clauses(scope, meta, "receive", oneHead("receive", DO), DO, entry.b),
      );
    } else if (entry.a === AFTER) {
      if (!(entry.b instanceof Cons) || entry.b.tail !== EMPTY) {
        throw fileError(scope, meta, 'expected a single -> clause for :after in "receive"');
      }
      entries.push(
        yield* clauses(scope, meta, "receive", oneExpression(meta, "receive", AFTER), AFTER, entry.b),
      );
    } else yield* unexpected(scope, meta, "receive", entry.a);
  }
  scope.env = env;
  return new Tuple3(RECEIVE, meta, list([list(entries)]));
}

const TRY = atom("try");

export function* expandTry(scope: Scope, meta: Term, form: Term): Task<Term> {
  const { env } = scope;
  const origin = originOf(meta, "try");
  const entries = options(scope, meta, "try", form, ":do", [DO, RESCUE, CATCH, ELSE, AFTER]);
  const keys = entries.map((entry) => entry.a);
  if (keys.length === 1 && keys[0] === DO) {
    throw fileError(scope, meta, 'missing :catch/:rescue/:after option in "try"');
  }
  if (keys.length === 2 && keys[0] === DO && keys[1] === ELSE) {
    warn(
      inFile(scope),
      meta,
      `"else" shouldn't be used as the only clause in "${origin}", use "case" instead`,
    );
  }
  if (keys.includes(CATCH) && keys.indexOf(RESCUE) > keys.indexOf(CATCH)) {
    warn(inFile(scope), meta, `"catch" should always come after "rescue" in ${origin}`);
  }
  const expanded: Term[] = [];
  for (const entry of entries) {
    switch (entry.a) {
      case DO:
      case AFTER:
        expanded.push(new Tuple2(entry.a, yield* inScope(scope, () => scope.expand(entry.b))));
        break;
      case ELSE:
        expanded.push(yield* clauses(scope, meta, "try", oneHead("try", ELSE), ELSE, entry.b));
        break;
      case CATCH:
        expanded.push(yield* withStacktrace(scope, meta, catchHead(origin), CATCH, entry.b));
        break;
      case RESCUE:
        expanded.push(yield* withStacktrace(scope, meta, rescueHead(origin), RESCUE, entry.b));
        break;
      default:
        yield* unexpected(scope, meta, "try", entry.a);
    }
  }
  scope.env = env;
  return new Tuple3(TRY, meta, list([list(expanded)]));
}

function* withStacktrace(scope: Scope, meta: Term, expandHead: Head, key: Atom, value: Term): Task<Term> {
  const { stacktrace } = scope.state;
  scope.state = scope.state.with({ stacktrace: true });
  const expanded = yield* clauses(scope, meta, "try", expandHead, key, value);
  scope.state = scope.state.with({ stacktrace });
  return expanded;
}

/** `value`, `kind, value`, each with a guard or without. */
function catchHead(origin: string): Head {
  return function* (scope, meta, patterns) {
    const parts = listToArray(patterns) ?? [];
    const [first] = parts;
    if (parts.length === 1 && first instanceof Tuple3 && first.a === WHEN) {
      const guarded = listToArray(first.c) ?? [];
      const condition = guarded.pop() as Term;
      if (guarded.length === 1)
        return yield* guardedHead(scope, meta, first.b, [THROW, ...guarded], condition);
      if (guarded.length === 2) return yield* guardedHead(scope, meta, first.b, guarded, condition);
    } else if (parts.length === 1) return yield* head(scope, meta, [THROW, ...parts]);
    else if (parts.length === 2) return yield* head(scope, meta, parts);
    throw fileError(scope, meta, `expected one or two args for :catch clauses (->) in "${origin}"`);
  };
}

function rescueHead(origin: string): Head {
  return function* (scope, meta, patterns) {
    const parts = listToArray(patterns) ?? [];
    if (parts.length !== 1) {
      throw fileError(scope, meta, `expected one argument for :rescue clauses (->) in "${origin}"`);
    }
    const expanded = yield* rescued(scope, parts[0]);
    if (expanded !== null) return list([expanded]);
    throw fileError(
      scope,
      meta,
      'invalid "rescue" clause. The clause should match on an alias, a variable or be in the "var in [alias]" ' +
        `format. Got: ${yield* source(scope, parts[0])}`,
    );
  };
}

/** A variable, or `variable in modules`; a form that is neither is expanded until it is, or is not: `null`. */
function* rescued(scope: Scope, form: Term): Task<Term | null> {
  if (form instanceof Tuple3) {
    if (isVariable(form)) return yield* match(scope, form.b, form, scope.state, () => scope.expand(form));
    if (form.a === ALIASES && form.c instanceof Cons) return yield* rescued(scope, anyIn(scope, form));
    const [left, right] = listToArray(form.c) ?? [];
    if (form.a === IN && right !== undefined) {
      if (isVariable(left) && right instanceof Tuple3 && right.a === UNDERSCORE && right.c instanceof Atom) {
        return yield* match(scope, (left as Tuple3).b, left, scope.state, () => scope.expand(left));
      }
      const variable = yield* match(scope, form.b, left, scope.state, () => scope.expand(left));
      const modules = yield* scope.expand(right);
      if (!isVariable(variable)) return null;
      const listed = modules instanceof Atom ? [modules] : listToArray(modules);
      if (listed === null || !listed.every((module) => module instanceof Atom)) return null;
      return new Tuple3(IN, form.b, list([variable, list(listed)]));
    }
    const { form: next, expanded } = yield* expandOnce(scope, form);
    return expanded ? yield* rescued(scope, next) : null;
  }
  return yield* rescued(scope, anyIn(scope, form));
}

function anyIn(scope: Scope, modules: Term): Term {
  return new Tuple3(IN, EMPTY, list([new Tuple3(UNDERSCORE, EMPTY, scope.env.module), modules]));
}

function isVariable(form: Term): boolean {
  return form instanceof Tuple3 && form.a instanceof Atom && form.c instanceof Atom;
}

const WITH = atom("with");
const LEFT_ARROW = atom("<-");

export function* expandWith(scope: Scope, meta: Term, args: readonly Term[]): Task<Term> {
  const { state: outer, env } = scope;
  const { exprs, opts } = splitOptions(args);
  scope.state = outer.resetUnused();
  let canFail = false;
  const steps: Term[] = [];
  for (const form of exprs) {
    if (form instanceof Tuple3 && form.a === LEFT_ARROW && (listToArray(form.c)?.length ?? 0) === 2) {
      const [left, right] = listToArray(form.c) as Term[];
      const before = scope.state;
      const value = yield* scope.expand(right);
      scope.state = scope.state.resetRead(before);
      const [pattern] = listToArray(yield* head(scope, form.b, [left])) as Term[];
      if (!isVariable(pattern)) canFail = true;
      steps.push(new Tuple3(LEFT_ARROW, form.b, list([pattern, value])));
    } else steps.push(yield* scope.expand(form));
  }
  const body = keywordGet(list(opts), DO);
  if (body === undefined) throw fileError(scope, meta, 'missing :do option in "with"');
  const entries: Term[] = [new Tuple2(DO, yield* scope.expand(body))];
  leaveScope(scope, outer);
  scope.env = env;
  const otherwise = keywordGet(list(opts), ELSE);
  if (otherwise !== undefined) {
    if (!canFail) {
      warn(
        inFile(scope),
        meta,
        '"else" clauses will never match because all patterns in "with" will always match',
      );
    }
    entries.push(yield* clauses(scope, meta, "with", oneHead("with", ELSE), ELSE, otherwise));
  }
  const rest = [...opts];
  for (const key of [DO, ELSE]) {
    const i = rest.findIndex((entry) => entry instanceof Tuple2 && entry.a === key);
    if (i >= 0) rest.splice(i, 1);
  }
  const [other] = rest;
  if (other instanceof Tuple2) yield* unexpected(scope, meta, "with", other.a);
  // What is no option has no clause there in Elixir.
  if (other !== undefined) throw tagged("case_clause", list(rest));
  scope.env = env;
  return new Tuple3(WITH, meta, list([...steps, list(entries)]));
}

/** The trailing keyword lists of `for` and `with`: options, and the `do` block, which may be one of their own. */
export function splitOptions(args: readonly Term[]): { exprs: readonly Term[]; opts: readonly Term[] } {
  const asList = (form: Term | undefined): Term[] | null =>
    form === EMPTY || form instanceof Cons ? listToArray(form) : null;
  const outer = asList(args[args.length - 1]);
  if (outer === null) return { exprs: args, opts: [] };
  const inner = asList(args[args.length - 2]);
  return inner === null
    ? { exprs: args.slice(0, -1), opts: outer }
    : { exprs: args.slice(0, -2), opts: [...inner, ...outer] };
}
