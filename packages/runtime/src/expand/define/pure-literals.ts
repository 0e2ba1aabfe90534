/** Calls that Elixir evaluates while it compiles them, where all arguments are literals: to Erlang's compiler they are their values. */
import { call, type Task } from "../../process/task.ts";
import { DOT } from "../../syntax/quoted.ts";
import { Atom } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { Raised } from "../../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import { Float } from "../../term/number.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import type { Definition, Host } from "../host.ts";
import { walk } from "./locals.ts";

const EVALUATED = new Set(
  (
    "Duration.new! MapSet.new String.length String.graphemes String.codepoints String.split Kernel.to_timeout URI.new URI.new! " +
    "URI.parse URI.encode_query URI.encode_www_form URI.decode Version.parse Version.parse! Version.parse_requirement " +
    "Version.parse_requirement!"
  )
    .split(" ")
    .map((name) => `Elixir.${name}`),
);

interface Evaluated {
  readonly module: Atom;
  readonly name: Atom;
  readonly args: readonly Term[];
}

/** The definitions with the values of such calls in place of them. */
export function* withPureLiterals(
  host: Host,
  definitions: readonly Definition[],
): Task<readonly Definition[]> {
  const values = new Map<Term, Term>();
  for (const { clauses } of definitions) {
    for (const [form, found] of clauses.flatMap(({ body }) => evaluatedIn(body))) {
      const value = yield* valueOf(host, found);
      if (value !== undefined) values.set(form, value);
    }
  }
  if (values.size === 0) return definitions;
  return definitions.map((definition) => ({
    ...definition,
    clauses: definition.clauses.map((clause) => ({ ...clause, body: replaced(clause.body, values) })),
  }));
}

function evaluatedIn(body: Term): [Term, Evaluated][] {
  const found: [Term, Evaluated][] = [];
  walk(body, (form) => {
    const [module, name] = form.a instanceof Tuple3 && form.a.a === DOT ? (listToArray(form.a.c) ?? []) : [];
    if (module instanceof Atom && name instanceof Atom && EVALUATED.has(`${module.name}.${name.name}`)) {
      const args = listToArray(form.c) ?? [];
      if (args.every(isBasic)) found.push([form, { module, name, args }]);
    }
    return null;
  });
  return found;
}

/** What depends on no protocol. */
function isBasic(form: Term): boolean {
  if (form instanceof Tuple2) return isBasic(form.a) && isBasic(form.b);
  if (form instanceof Cons) return listToArray(form)?.every(isBasic) ?? false;
  const literal =
    form === EMPTY || form instanceof Atom || form instanceof Float || form instanceof Bitstring;
  return literal || typeof form !== "object";
}

/** What fails is left to fail when it is called. */
function* valueOf(host: Host, { module, name, args }: Evaluated): Task<Term | undefined> {
  yield* host.ensureLoaded(module);
  const code = host.code(module, name, args.length);
  try {
    return code === null ? undefined : yield* call<Term>(code, ...args);
  } catch (thrown) {
    if (thrown instanceof Raised) return undefined;
    throw thrown;
  }
}

function replaced(form: Term, values: ReadonlyMap<Term, Term>): Term {
  const inner = (one: Term): Term => replaced(one, values);
  const value = values.get(form);
  if (value !== undefined) return value;
  if (form instanceof Tuple2) return new Tuple2(inner(form.a), inner(form.b));
  if (form instanceof Tuple3) return new Tuple3(inner(form.a), form.b, inner(form.c));
  const items = form instanceof Cons ? listToArray(form) : null;
  return items === null ? form : list(items.map(inner));
}
