/** Comprehensions. A `for` whose value nobody uses collects nothing: it has no `into`. */
import type { Task } from "../../process/task.ts";
import { ARROW, BITS, DO, LEFT_ARROW, listLength, WHEN } from "../../syntax/quoted.ts";
import { Atom, atom, bool, FALSE, TRUE } from "../../term/atom.ts";
import { errorIn } from "../../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { fileError, source, warn } from "../errors.ts";
import { head, match } from "../patterns.ts";
import type { Scope } from "../scope.ts";
import { expandBitstring } from "./bitstring.ts";
import { clause, inScope, leaveScope, splitOptions } from "./clauses.ts";
import { fnHead } from "./fn.ts";
import { validateOptions } from "./options.ts";

const FOR = atom("for");
const INTO = atom("into");
const UNIQ = atom("uniq");
const REDUCE = atom("reduce");
const ALLOWED = [DO, INTO, UNIQ, REDUCE];

const REDUCE_CLAUSES =
  "when using :reduce with comprehensions, the do block must be written using acc -> expr clauses, " +
  "where each clause expects the accumulator as a single argument";

export function* expandFor(scope: Scope, meta: Term, args: readonly Term[], returns: boolean): Task<Term> {
  const { state: outer, env } = scope;
  const { exprs, opts } = splitOptions(args);
  yield* validateOptions(scope, meta, FOR, ALLOWED, list(opts));
  const at = opts.findIndex((entry) => entry instanceof Tuple2 && entry.a === DO);
  if (at < 0) throw fileError(scope, meta, 'missing :do option in "for"');
  const body = (opts[at] as Tuple2).b;

  scope.state = outer.resetUnused();
  const options = listToArray(yield* scope.expand(list(opts.filter((_, i) => i !== at)))) as Tuple2[];
  const steps: Term[] = [];
  for (const form of exprs) steps.push(yield* expandStep(scope, form));
  if (!isGenerator(steps[0])) throw fileError(scope, meta, "for comprehensions must start with a generator");

  const final = yield* finalOptions(scope, meta, options, returns);
  const reduces = final.some((option) => option.a === REDUCE);
  const expanded = yield* expandBody(scope, meta, body, reduces);
  leaveScope(scope, outer);
  scope.env = env;
  return new Tuple3(FOR, meta, list([...steps, list([new Tuple2(DO, expanded), ...final])]));
}

function* expandStep(scope: Scope, form: Term): Task<Term> {
  if (form instanceof Tuple3 && form.a === LEFT_ARROW && listLength(form.c) === 2) {
    const [left, right] = listToArray(form.c) as Term[];
    const before = scope.state;
    const value = yield* scope.expand(right);
    scope.state = scope.state.resetRead(before);
    const [pattern] = listToArray(yield* head(scope, form.b, [left])) as Term[];
    return new Tuple3(LEFT_ARROW, form.b, list([pattern, value]));
  }
  if (form instanceof Tuple3 && form.a === BITS) {
    const segments = listToArray(form.c) ?? [];
    const last = segments[segments.length - 1];
    if (last instanceof Tuple3 && last.a === LEFT_ARROW && listLength(last.c) === 2) {
      const [left, right] = listToArray(last.c) as Term[];
      const before = scope.state;
      const value = yield* scope.expand(right);
      scope.state = scope.state.resetRead(before);
      const fields = [...segments.slice(0, -1), left];
      const pattern = yield* match(scope, form.b, list(fields), scope.state, () =>
        expandBitstring(scope, form.b, fields, true),
      );
      return new Tuple3(BITS, form.b, list([new Tuple3(LEFT_ARROW, last.b, list([pattern, value]))]));
    }
  }
  return yield* scope.expand(form);
}

function isGenerator(step: Term): boolean {
  if (!(step instanceof Tuple3)) return false;
  if (step.a === LEFT_ARROW) return true;
  const [only] = listToArray(step.c) ?? [];
  return step.a === BITS && only instanceof Tuple3 && only.a === LEFT_ARROW;
}

function* finalOptions(
  scope: Scope,
  meta: Term,
  options: readonly Tuple2[],
  returns: boolean,
): Task<Tuple2[]> {
  const has = (key: Atom): boolean => options.some((option) => option.a === key);
  for (const [i, option] of options.entries()) {
    // As where Elixir's own expansion has no clause for what is no option.
    if (!(option instanceof Tuple2)) {
      const settings = [FALSE, FALSE, FALSE, bool(returns), meta, scope.env.toTerm(), EMPTY];
      throw errorIn("function_clause", "elixir_expand", "validate_for_options", [
        list(options.slice(i)),
        ...settings,
      ]);
    }
    const { a: key, b: value } = option;
    if (key === UNIQ && !(value instanceof Atom && (value.name === "true" || value.name === "false"))) {
      throw fileError(
        scope,
        meta,
        `:uniq option for comprehensions only accepts a boolean, got: ${yield* source(scope, value)}`,
      );
    }
  }
  if (has(REDUCE) && (has(INTO) || has(UNIQ))) {
    throw fileError(scope, meta, "cannot use :reduce alongside :into/:uniq in comprehension");
  }
  if (has(INTO) || has(REDUCE)) return [...options];
  if (returns) return [...options, new Tuple2(INTO, EMPTY)];
  if (!options.some((option) => option.a === UNIQ && option.b === TRUE)) return [...options];
  warn(scope, meta, "the :uniq option has no effect since the result of the for comprehension is not used");
  return options.filter((option) => option.a !== UNIQ);
}

function* expandBody(scope: Scope, meta: Term, body: Term, reduces: boolean): Task<Term> {
  const first = body instanceof Cons ? body.head : null;
  const hasClauses = first instanceof Tuple3 && first.a === ARROW;
  if (!reduces) {
    if (!hasClauses) return yield* scope.expand(body);
    throw fileError(
      scope,
      meta,
      "the do block was written using acc -> expr clauses but the :reduce option was not given",
    );
  }
  if (!hasClauses) throw fileError(scope, meta, REDUCE_CLAUSES);
  const expanded: Term[] = [];
  for (const form of listToArray(body) ?? []) {
    const patterns =
      form instanceof Tuple3 ? (listToArray((listToArray(form.c) ?? [])[0] ?? EMPTY) ?? []) : [];
    const [pattern] = patterns;
    const isWide = pattern instanceof Tuple3 && pattern.a === WHEN && listLength(pattern.c) > 2;
    if (patterns.length !== 1 || isWide) throw fileError(scope, meta, REDUCE_CLAUSES);
    expanded.push(yield* inScope(scope, () => clause(scope, meta, 'in "fn"', fnHead, form)));
  }
  return list(expanded);
}
