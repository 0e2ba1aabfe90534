/** The special form `quote`: its options, then `expand/quote.ts`, whose result is expanded in turn. */
import type { Task } from "../../process/task.ts";
import { BLOCK, DO, keywordGet, MATCH, remoteCall, TUPLE } from "../../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { error } from "../../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { argumentError, fileError, inspect, source } from "../errors.ts";
import { QUOTE_MODULE, quote } from "../quote.ts";
import type { Scope } from "../scope.ts";
import { expandOptions } from "./options.ts";

const QUOTE = atom("quote");
const CONTEXT = atom("context");
const LOCATION = atom("location");
const LINE = atom("line");
const FILE = atom("file");
const UNQUOTE = atom("unquote");
const BIND_QUOTED = atom("bind_quoted");
const GENERATED = atom("generated");
const KEEP = atom("keep");
const ELIXIR = atom("Elixir");
const ALLOWED = [CONTEXT, LOCATION, LINE, FILE, UNQUOTE, BIND_QUOTED, GENERATED];

export function* expandQuote(scope: Scope, meta: Term, args: readonly Term[]): Task<Term> {
  const [options, block] = args.length === 1 ? splitBlock(scope, meta, args[0]) : args;
  const isList = (form: Term): boolean => form instanceof Cons || form === EMPTY;
  if (!isList(block)) throw fileError(scope, meta, 'invalid arguments for "quote"');
  const body = keywordGet(block, DO);
  if (body === undefined) throw fileError(scope, meta, 'missing :do option in "quote"');
  const given = yield* expandOptions(scope, meta, QUOTE, ALLOWED, options);
  const { env } = scope;

  const location = keywordGet(given, LOCATION);
  const keep = location === KEEP;
  if (!keep && location !== undefined) throw error("function_clause");
  const bindings = yield* bindQuoted(scope, meta, given);
  const prelude: Term[] = [];
  const checked = (key: Atom, value: Term, isValid: boolean): Term => {
    if (isValid) return value;
    const variable = new Tuple3(key, meta, QUOTE_MODULE);
    const call = remoteCall(QUOTE_MODULE, "validate_runtime", meta, [key, value]);
    prelude.unshift(new Tuple3(MATCH, meta, list([variable, call])));
    return variable;
  };
  const line = keep ? TRUE : (keywordGet(given, LINE) ?? FALSE);
  const file = keep ? env.file : (keywordGet(given, FILE) ?? NIL);
  const context = keywordGet(given, CONTEXT) ?? (env.module === NIL ? ELIXIR : env.module);
  const lineForm = checked(LINE, line, line === TRUE || line === FALSE || typeof line === "number");
  const fileForm = checked(FILE, file, file === NIL || file instanceof Bitstring);
  const contextForm = checked(CONTEXT, context, context instanceof Atom && context !== NIL);
  const unquote = keywordGet(given, UNQUOTE) ?? (bindings === null ? TRUE : FALSE);
  const generated = keywordGet(given, GENERATED) ?? FALSE;
  yield* assertBoolean(scope, UNQUOTE, unquote);
  yield* assertBoolean(scope, GENERATED, generated);

  const expandedPrelude = listToArray(yield* scope.expand(list(prelude))) as Term[];
  const expandedContext = yield* scope.expand(contextForm);
  const quoted = quote(body, {
    op: "add_context",
    line: lineForm,
    file: fileForm,
    context: contextForm,
    hygiene: { host: scope.host, env: scope.env },
    unquote: unquote === TRUE,
    generated: generated === TRUE,
    validate: true,
  });
  let result = yield* scope.expand(quoted);
  if (bindings !== null && bindings.length > 0) {
    const built = (parts: readonly Term[]): Term => new Tuple3(TUPLE, EMPTY, list(parts));
    const assignments = bindings.map(({ a: name, b: value }) =>
      built([MATCH, EMPTY, list([built([name, meta, expandedContext]), value])]),
    );
    result = built([BLOCK, EMPTY, list([...assignments, result])]);
  }
  if (expandedPrelude.length === 0) return result;
  return new Tuple3(BLOCK, EMPTY, list([...expandedPrelude, result]));
}

/** `quote opts do … end` arrives as one keyword list when its options are in one with the block. */
function splitBlock(scope: Scope, meta: Term, form: Term): [Term, Term] {
  const entries = listToArray(form);
  if (entries === null) throw fileError(scope, meta, 'invalid arguments for "quote"');
  const at = entries.findIndex((entry) => entry instanceof Tuple2 && entry.a === DO);
  if (at < 0) throw fileError(scope, meta, 'missing :do option in "quote"');
  return [list(entries.filter((_, i) => i !== at)), list([entries[at]])];
}

function* bindQuoted(scope: Scope, meta: Term, options: Term): Task<Tuple2[] | null> {
  const given = keywordGet(options, BIND_QUOTED);
  if (given === undefined) return null;
  const entries = listToArray(given);
  const pairs = entries?.filter(
    (entry): entry is Tuple2 => entry instanceof Tuple2 && entry.a instanceof Atom,
  );
  if (pairs !== undefined && pairs.length === entries?.length) return pairs;
  throw fileError(
    scope,
    meta,
    `invalid :bind_quoted for quote, expected a keyword list of variable names, got: ${yield* source(scope, given)}`,
  );
}

function* assertBoolean(scope: Scope, key: Atom, value: Term): Task<void> {
  if (value === TRUE || value === FALSE) return;
  throw argumentError(
    `invalid runtime value for option :${key.name} in quote, got: ${yield* inspect(scope, value)}`,
  );
}
