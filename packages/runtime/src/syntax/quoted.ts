/**
 * The quoted form: building and reading Elixir's syntax tree, which is made of ordinary terms.
 *
 * A node is `{name, meta, args}`, a `Tuple3`: `meta` is a keyword list, `args` a list for a call and an atom
 * (the context) for a variable. Atoms, numbers, binaries, lists and pairs stand for themselves. Nothing here
 * checks more of a term's shape than its name says, as the expander reports malformed trees in its own words.
 */
import { Atom, atom, NIL } from "../term/atom.ts";
import { type Bitstring, text } from "../term/bitstring.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";

/** Names that the syntax itself gives meaning to. */
export const BLOCK = atom("__block__");
export const ALIASES = atom("__aliases__");
export const DO = atom("do");
export const AFTER = atom("after");
export const ELSE = atom("else");
export const RESCUE = atom("rescue");
export const CATCH = atom("catch");
export const FN = atom("fn");
export const DOT = atom(".");
export const ARROW = atom("->");
export const WHEN = atom("when");
export const MATCH = atom("=");
export const PIN = atom("^");
export const CAPTURE = atom("&");
export const AT = atom("@");
export const NOT = atom("not");
export const BANG = atom("!");
export const IN = atom("in");
export const TUPLE = atom("{}");
export const MAP = atom("%{}");
export const STRUCT = atom("%");
export const BITS = atom("<<>>");
export const BAR = atom("|");
export const TYPE = atom("::");
export const DEFAULT = atom("\\\\");
export const FAT_ARROW = atom("=>");
export const LEFT_ARROW = atom("<-");
export const RANGE = atom("..");
export const STEP_RANGE = atom("..//");
export const ELLIPSIS = atom("...");
export const UNQUOTE = atom("unquote");
export const UNQUOTE_SPLICING = atom("unquote_splicing");
export const ACCESS = atom("Elixir.Access");
export const GET = atom("get");

/** Keys of metadata. */
export const LINE = atom("line");
export const COLUMN = atom("column");
export const CLOSING = atom("closing");
export const END = atom("end");
export const END_OF_EXPRESSION = atom("end_of_expression");
export const NEWLINES = atom("newlines");
export const PARENS = atom("parens");
export const DELIMITER = atom("delimiter");
export const FORMAT = atom("format");
export const NO_PARENS = atom("no_parens");
export const FROM_BRACKETS = atom("from_brackets");
export const FROM_INTERPOLATION = atom("from_interpolation");
export const INDENTATION = atom("indentation");
export const LAST = atom("last");
export const ASSOC = atom("assoc");
export const TOKEN = atom("token");
export const AMBIGUOUS_OP = atom("ambiguous_op");

/** A node `{name, meta, args}`. The name is an atom, or a tree when what is called is computed. */
export type Node = Tuple3;

export function node(name: Term, meta: Term, args: Term | readonly Term[]): Tuple3 {
  return new Tuple3(name, meta, Array.isArray(args) ? list(args as readonly Term[]) : (args as Term));
}

/** A call of a name: `call("+", meta, a, b)`. */
export function call(name: string | Atom, meta: Term, ...args: Term[]): Tuple3 {
  return new Tuple3(typeof name === "string" ? atom(name) : name, meta, list(args));
}

/** `{{:., meta, [target, name]}, meta, args}`: a call of a function of a module or of an expression's value. */
export function remoteCall(target: Term, name: string | Atom, meta: Term, args: readonly Term[]): Tuple3 {
  const called = typeof name === "string" ? atom(name) : name;
  return new Tuple3(new Tuple3(DOT, meta, list([target, called])), meta, list(args));
}

/** A variable: `{name, meta, context}`. */
export function variable(name: string | Atom, meta: Term, context: Atom = NIL): Tuple3 {
  return new Tuple3(typeof name === "string" ? atom(name) : name, meta, context);
}

/** `{:__block__, meta, expressions}`. */
export function block(meta: Term, expressions: readonly Term[]): Tuple3 {
  return new Tuple3(BLOCK, meta, list(expressions));
}

/** `{:__aliases__, meta, [:A, :B]}` of the parts of a dotted name. */
export function aliases(meta: Term, parts: readonly Term[]): Tuple3 {
  return new Tuple3(ALIASES, meta, list(parts));
}

export function pair(key: Term, value: Term): Tuple2 {
  return new Tuple2(key, value);
}

/** A keyword list: `keyword([["do", body]])`. */
export function keyword(entries: readonly (readonly [string | Atom, Term])[], tail: Term = EMPTY): Term {
  return list(
    entries.map(([key, value]) => new Tuple2(typeof key === "string" ? atom(key) : key, value)),
    tail,
  );
}

/** Metadata of a line alone: `[line: n]`. */
export function lineMeta(line: number): Term {
  return new Cons(new Tuple2(LINE, line), EMPTY);
}

/** Whether the term is `{_, list, _}`, which every node is. */
export function isNode(term: Term): term is Tuple3 {
  return term instanceof Tuple3 && (term.b instanceof Cons || term.b === EMPTY);
}

/** Whether the term is a call: `{name, meta, args}` with a list of arguments, and with this name and arity if given. */
export function isCall(term: Term, name?: Atom, arity?: number): term is Tuple3 {
  if (!(term instanceof Tuple3)) return false;
  if (name !== undefined && term.a !== name) return false;
  if (!(term.c instanceof Cons) && term.c !== EMPTY) return false;
  return arity === undefined || listLength(term.c) === arity;
}

/** Whether the term is a variable: `{name, meta, context}` with atoms for name and context. */
export function isVariable(term: Term): term is Tuple3 {
  return term instanceof Tuple3 && term.a instanceof Atom && term.c instanceof Atom;
}

/** Arguments of a call as an array, or `null` of anything else. */
export function callArgs(term: Term): Term[] | null {
  return term instanceof Tuple3 ? listToArray(term.c) : null;
}

/** Length of a proper list; -1 of anything else. */
export function listLength(term: Term): number {
  let length = 0;
  while (term instanceof Cons) {
    length++;
    term = term.tail;
  }
  return term === EMPTY ? length : -1;
}

/** The value of a key of a keyword list, the first if there are several. */
export function keywordGet(keywords: Term, key: Atom): Term | undefined {
  while (keywords instanceof Cons) {
    const entry = keywords.head;
    if (entry instanceof Tuple2 && entry.a === key) return entry.b;
    keywords = keywords.tail;
  }
  return undefined;
}

export const metaGet = keywordGet;

export function metaHas(meta: Term, key: Atom): boolean {
  return keywordGet(meta, key) !== undefined;
}

/** Mirrors `Keyword.put/3`: the key comes first and its earlier entries go. */
export function metaPut(meta: Term, key: Atom, value: Term): Term {
  return new Cons(new Tuple2(key, value), metaHas(meta, key) ? metaDelete(meta, key) : meta);
}

/** Mirrors `Keyword.delete/2`. */
export function metaDelete(meta: Term, key: Atom): Term {
  const kept = (listToArray(meta) ?? []).filter((entry) => !(entry instanceof Tuple2 && entry.a === key));
  return list(kept);
}

/** The line of metadata; 0, which Elixir takes for "unknown", when it has none. */
export function line(meta: Term): number {
  const value = keywordGet(meta, LINE);
  return typeof value === "number" ? value : 0;
}

/** The column of metadata, if it has one. */
export function column(meta: Term): number | undefined {
  const value = keywordGet(meta, COLUMN);
  return typeof value === "number" ? value : undefined;
}

/** Metadata of a node; the empty list of a literal. */
export function metaOf(term: Term): Term {
  return isNode(term) ? term.b : EMPTY;
}

/** Whether the term is a list of pairs with atoms as keys. Mirrors `Keyword.keyword?/1`. */
export function isKeyword(term: Term): boolean {
  while (term instanceof Cons) {
    const entry = term.head;
    if (!(entry instanceof Tuple2) || !(entry.a instanceof Atom)) return false;
    term = term.tail;
  }
  return term === EMPTY;
}

/** A binary literal. */
export function string(value: string): Bitstring {
  return text(value);
}

/**
 * The tree with `visit` applied to every node after its children. Mirrors `Macro.postwalk/2`; depth is bounded
 * by the parser's own limit.
 */
export function postwalk(term: Term, visit: (term: Term) => Term): Term {
  if (term instanceof Tuple3) {
    return visit(new Tuple3(postwalk(term.a, visit), term.b, postwalk(term.c, visit)));
  }
  if (term instanceof Tuple2) return visit(new Tuple2(postwalk(term.a, visit), postwalk(term.b, visit)));
  if (term instanceof Cons) {
    const items: Term[] = [];
    let rest: Term = term;
    while (rest instanceof Cons) {
      items.push(postwalk(rest.head, visit));
      rest = rest.tail;
    }
    return visit(list(items, rest));
  }
  return visit(term);
}
