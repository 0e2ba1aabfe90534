/**
 * From parsed pieces to nodes of the quoted form: metadata in the very order that Elixir gives it, literals
 * through the literal encoder, and the special cases of blocks and clauses.
 */
import { Atom, atom, NIL, TRUE } from "../term/atom.ts";
import { type Bitstring, text } from "../term/bitstring.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { type ErrorPlace, type SourceText, syntaxError, type Wording } from "./errors.ts";
import type { ParseOptions } from "./options.ts";
import * as q from "./quoted.ts";
import type { Token } from "./token.ts";
import * as wording from "./wording.ts";

/** What is called: a name with its metadata, or `{:., meta, [target, name]}` with those of the name. */
export interface Callee {
  readonly name: Term;
  readonly meta: Term;
  readonly dotted: boolean;
  /** Whether it was `name -x`, whose minus might have been meant as subtraction. */
  readonly ambiguous: boolean;
}

/** A `do … end` block: its metadata and the keyword list of its sections. */
export interface DoBlock {
  readonly meta: readonly Term[];
  readonly sections: Term;
}

const KERNEL = atom("Elixir.Kernel");
const LIST = atom("Elixir.List");
const ERLANG = atom("erlang");
const UTF8 = atom("utf8");
const BINARY_ATOM = atom("binary");
const TO_STRING = atom("to_string");
const TO_CHARLIST = atom("to_charlist");
const KEYWORD = atom("keyword");
const ATOM = atom("atom");
const SLASH = atom("/");
const FROM_INTERPOLATION = new Tuple2(q.FROM_INTERPOLATION, TRUE);
const FROM_BRACKETS = new Tuple2(q.FROM_BRACKETS, TRUE);
const NO_PARENS = new Tuple2(q.NO_PARENS, TRUE);
const AMBIGUOUS = new Tuple2(q.AMBIGUOUS_OP, NIL);

export class Builder {
  readonly origin: SourceText;
  readonly #options: ParseOptions;
  readonly #columns: boolean;
  readonly #metadata: boolean;

  constructor(origin: SourceText, options: ParseOptions) {
    this.origin = origin;
    this.#options = options;
    this.#columns = options.columns === true;
    this.#metadata = options.tokenMetadata === true;
  }

  error(place: ErrorPlace, words: Wording, token: string): Error {
    return syntaxError(this.origin, { line: place.line, column: place.column }, words, token);
  }

  /** An error at a node, whose column may not be known. */
  nodeError(node: Term, words: Wording, token: string): Error {
    const meta = q.metaOf(node);
    return this.error({ line: q.line(meta), column: q.column(meta) ?? null }, words, token);
  }

  warn(line: number, column: number | null, message: string): void {
    const { onWarning, emitWarnings } = this.#options;
    if (onWarning === undefined || emitWarnings === false) return;
    onWarning({ file: this.origin.file, line, column, message });
  }

  // Metadata

  meta(at: { readonly line: number; readonly column: number }): Term {
    const rest = this.#columns ? new Cons(new Tuple2(q.COLUMN, at.column), EMPTY) : EMPTY;
    return new Cons(new Tuple2(q.LINE, at.line), rest);
  }

  #closing(close: Token): Tuple2 {
    return new Tuple2(q.CLOSING, this.meta(close));
  }

  /** `[newlines: n, closing: […]]` of a pair of brackets, when token metadata is asked for. */
  pairMeta(open: Token, close: Token): Term[] {
    if (!this.#metadata) return NONE;
    const closing = this.#closing(close);
    return open.newlines ? [new Tuple2(q.NEWLINES, open.newlines), closing] : [closing];
  }

  #newlines(token: Token): Term[] {
    return this.#metadata && token.newlines ? [new Tuple2(q.NEWLINES, token.newlines)] : NONE;
  }

  parensMeta(open: Token, close: Token): Term[] {
    if (!this.#metadata) return NONE;
    const place = list([...(listToArray(this.meta(open)) as Term[]), this.#closing(close)]);
    return [new Tuple2(q.PARENS, place)];
  }

  doMeta(open: Token, close: Token): Term[] {
    if (!this.#metadata) return NONE;
    return [new Tuple2(q.DO, this.meta(open)), new Tuple2(q.END, this.meta(close))];
  }

  delimiterMeta(delimiter: string): Term[] {
    return this.#metadata && delimiter !== "" ? [new Tuple2(q.DELIMITER, text(delimiter))] : NONE;
  }

  // Literals

  literal(value: Term, token: Token, extra: readonly Term[] = NONE): Term {
    const encoder = this.#options.literalEncoder;
    if (encoder === undefined) return value;
    const answer = encoder(value, list(extra, this.meta(token)));
    if ("ok" in answer) return answer.ok;
    throw this.error(token, `${answer.error}: `, "literal");
  }

  number(token: Token): Term {
    const extra = this.#metadata ? [new Tuple2(q.TOKEN, text(token.text))] : NONE;
    return this.literal(token.value as Term, token, extra);
  }

  atomLiteral(token: Token): Term {
    const name = token.value instanceof Atom ? token.value.name : "";
    const bare = name === "true" || name === "false" || name === "nil";
    return this.literal(token.value as Term, token, bare ? [new Tuple2(q.FORMAT, ATOM)] : NONE);
  }

  keywordKey(token: Token, parts: Term | null): Term {
    const extra = [...this.delimiterMeta(token.delimiter), new Tuple2(q.FORMAT, KEYWORD)];
    if (parts === null) return this.literal(token.value as Term, token, extra);
    return this.quotedAtom(token, parts, extra);
  }

  /** An atom with interpolations: a call that makes it when it runs. */
  quotedAtom(token: Token, parts: Term, extra: readonly Term[]): Term {
    const meta = this.meta(token);
    const name = atom(token.type.endsWith("_safe") ? "binary_to_existing_atom" : "binary_to_atom");
    const dot = new Tuple3(q.DOT, meta, list([ERLANG, name]));
    const binary = new Tuple3(q.BITS, meta, parts);
    return new Tuple3(dot, this.#metadata ? list(extra, meta) : meta, list([binary, UTF8]));
  }

  // The metadata of a string that is not a mere literal, or of the literal.
  stringExtra(token: Token): Term[] {
    const quote = token.type.startsWith("bin") ? '"' : "'";
    if (token.indentation === null) return this.delimiterMeta(quote);
    if (!this.#metadata) return NONE;
    return [new Tuple2(q.DELIMITER, text(quote.repeat(3))), new Tuple2(q.INDENTATION, token.indentation)];
  }

  binaryString(token: Token, parts: Term): Term {
    return new Tuple3(q.BITS, list(this.stringExtra(token), this.meta(token)), parts);
  }

  charlist(token: Token, parts: Term): Term {
    const meta = this.meta(token);
    const dot = new Tuple3(q.DOT, meta, list([LIST, TO_CHARLIST]));
    return new Tuple3(dot, list(this.stringExtra(token), meta), list([parts]));
  }

  charlistLiteral(token: Token, value: Bitstring): Term {
    const string = value.text;
    if (string === undefined) throw this.error(token, "invalid encoding in charlist: ", "'");
    const codes: Term[] = [];
    for (const char of string) codes.push(char.codePointAt(0) as number);
    return this.literal(list(codes), token, this.stringExtra(token));
  }

  sigil(token: Token, symbol: Term, parts: Term, modifiers: Term): Term {
    const meta = this.meta(token);
    const inner =
      token.indentation === null ? meta : new Cons(new Tuple2(q.INDENTATION, token.indentation), meta);
    const outer = new Cons(new Tuple2(q.DELIMITER, text(token.delimiter)), meta);
    return new Tuple3(symbol, outer, list([new Tuple3(q.BITS, inner, parts), modifiers]));
  }

  interpolation(
    begin: { readonly line: number; readonly column: number },
    end: { readonly line: number; readonly column: number },
    form: Term,
    charlist: boolean,
  ): Term {
    const meta = this.meta(begin);
    const closing = this.#metadata ? [new Tuple2(q.CLOSING, this.meta(end))] : NONE;
    const dot = new Tuple3(q.DOT, meta, list([KERNEL, TO_STRING]));
    const call = new Tuple3(dot, list([FROM_INTERPOLATION, ...closing], meta), list([form]));
    return charlist ? call : new Tuple3(q.TYPE, meta, list([call, new Tuple3(BINARY_ATOM, meta, NIL)]));
  }

  // Calls

  callee(token: Token): Callee {
    return {
      name: token.value as Term,
      meta: this.meta(token),
      dotted: false,
      ambiguous: token.type === "op_identifier",
    };
  }

  dotCallee(dot: Token, target: Term, name: Token): Callee {
    const node = new Tuple3(q.DOT, this.meta(dot), list([target, name.value as Term]));
    const meta = list(this.delimiterMeta(name.delimiter), this.meta(name));
    return { name: node, meta, dotted: true, ambiguous: false };
  }

  /** What `target.(…)` calls. */
  funCallee(dot: Token, target: Term): Callee {
    const meta = this.meta(dot);
    return { name: new Tuple3(q.DOT, meta, list([target])), meta, dotted: true, ambiguous: false };
  }

  /** A name alone: a variable, or a call without arguments of what stands before the dot. */
  identifier(callee: Callee): Tuple3 {
    if (callee.dotted) return new Tuple3(callee.name, new Cons(NO_PARENS, callee.meta), EMPTY);
    return new Tuple3(callee.name, callee.meta, NIL);
  }

  call(callee: Callee, args: readonly Term[], extra: readonly Term[] = NONE): Tuple3 {
    const { meta } = callee;
    const own = callee.ambiguous && args.length === 1 ? new Cons(AMBIGUOUS, meta) : meta;
    return new Tuple3(callee.name, extra.length === 0 ? own : list(extra, own), list(args));
  }

  access(target: Term, argument: Term, open: Token, close: Token): Tuple3 {
    const meta = new Cons(FROM_BRACKETS, list(this.pairMeta(open, close), this.meta(open)));
    const dot = new Tuple3(q.DOT, meta, list([q.ACCESS, q.GET]));
    return new Tuple3(dot, meta, list([target, argument]));
  }

  // Operators

  binary(left: Term, operator: Token, right: Term): Term {
    const name = operator.value as Atom;
    switch (name.name) {
      case "//":
        if (left instanceof Tuple3 && left.a === q.RANGE) {
          const bounds = listToArray(left.c);
          if (bounds?.length === 2) return new Tuple3(q.STEP_RANGE, left.b, list([...bounds, right]));
        }
        throw this.error(operator, wording.MISPLACED_STEP, "'//'");
      case "in":
        if (left instanceof Tuple3 && (left.a === q.NOT || left.a === q.BANG) && q.listLength(left.c) === 1) {
          this.warn(operator.line, operator.column, wording.NOT_IN);
          const meta = this.meta(operator);
          const inner = new Tuple3(q.IN, meta, list([(left.c as Cons).head, right]));
          return new Tuple3(left.a, meta, list([inner]));
        }
        break;
      case "not in": {
        const meta = this.meta(operator);
        return new Tuple3(q.NOT, meta, list([new Tuple3(q.IN, meta, list([left, right]))]));
      }
    }
    const newlines = this.#newlines(operator);
    const meta = this.meta(operator);
    return new Tuple3(name, newlines.length === 0 ? meta : list(newlines, meta), list([left, right]));
  }

  unary(operator: Token, operand: Term): Term {
    const name = operator.value as Atom;
    if (name.name !== "//") return new Tuple3(name, this.meta(operator), new Cons(operand, EMPTY));
    const { line, column } = operator;
    const inner = new Tuple3(SLASH, this.meta(operator), NIL);
    return new Tuple3(SLASH, this.meta({ line, column: column + 1 }), list([inner, operand]));
  }

  nullary(operator: Token): Term {
    return new Tuple3(operator.value as Atom, this.meta(operator), EMPTY);
  }

  // Containers

  container(name: Term, open: Token, items: readonly Term[], close: Token): Tuple3 {
    return new Tuple3(name, list(this.pairMeta(open, close), this.meta(open)), list(items));
  }

  tuple(open: Token, items: readonly Term[], close: Token): Term {
    if (items.length !== 2) return this.container(q.TUPLE, open, items, close);
    return this.literal(new Tuple2(items[0], items[1]), open, this.pairMeta(open, close));
  }

  withAssoc(key: Term, arrow: Token): Term {
    if (!this.#metadata || !(key instanceof Tuple3)) return key;
    return new Tuple3(key.a, new Cons(new Tuple2(q.ASSOC, this.meta(arrow)), key.b), key.c);
  }

  // Aliases

  alias(token: Token): Term {
    const meta = this.meta(token);
    return new Tuple3(
      q.ALIASES,
      this.#metadata ? new Cons(new Tuple2(q.LAST, meta), meta) : meta,
      list([token.value as Term]),
    );
  }

  dotAlias(dot: Token, left: Term, segment: Token): Term {
    const last = new Tuple2(q.LAST, this.meta(segment));
    const value = segment.value as Term;
    if (left instanceof Tuple3 && left.a === q.ALIASES) {
      const meta = this.#metadata ? replaceEntry(left.b, last) : left.b;
      return new Tuple3(q.ALIASES, meta, list([...(listToArray(left.c) ?? []), value]));
    }
    if (left instanceof Atom) throw this.error(segment, wording.ATOM_BEFORE_ALIAS, "'.'");
    const meta = this.meta(dot);
    return new Tuple3(q.ALIASES, this.#metadata ? new Cons(last, meta) : meta, list([left, value]));
  }

  dotContainer(dot: Token, left: Term, items: readonly Term[], extra: readonly Term[]): Term {
    const meta = this.meta(dot);
    return new Tuple3(new Tuple3(q.DOT, meta, list([left, q.TUPLE])), list(extra, meta), list(items));
  }

  // Blocks and clauses

  /** Notes on the last expression where it ends. */
  annotate(expressions: Term[], end: Token): void {
    if (!this.#metadata) return;
    const index = expressions.length - 1;
    const last = expressions[index];
    if (!(last instanceof Tuple3)) return;
    if (last.a === q.ARROW) {
      const [head, body] = listToArray(last.c) ?? [];
      if (!(body instanceof Tuple3) || !isList(body.b)) return;
      expressions[index] = new Tuple3(last.a, last.b, list([head, this.#ended(body, end)]));
    } else if (isList(last.b)) expressions[index] = this.#ended(last, end);
  }

  #ended(expression: Tuple3, end: Token): Tuple3 {
    const meta = this.meta(end);
    const place = end.newlines === null ? meta : new Cons(new Tuple2(q.NEWLINES, end.newlines), meta);
    return new Tuple3(
      expression.a,
      new Cons(new Tuple2(q.END_OF_EXPRESSION, place), expression.b),
      expression.c,
    );
  }

  /** A sequence of expressions as one; `parens` are the parentheses around it, if any. */
  block(expressions: readonly Term[], parens: { open: Token; close: Token } | null = null): Term {
    if (expressions.length === 1) {
      const only = expressions[0];
      const splicing = only instanceof Tuple3 && only.a === q.UNQUOTE_SPLICING && q.listLength(only.c) === 1;
      if (!splicing) {
        if (parens === null || !this.#metadata || !(only instanceof Tuple3)) return only;
        return new Tuple3(only.a, list(this.parensMeta(parens.open, parens.close), only.b), only.c);
      }
    }
    return new Tuple3(q.BLOCK, parens === null ? EMPTY : this.#blockMeta(parens), list(expressions));
  }

  #blockMeta({ open, close }: { open: Token; close: Token }): Term {
    const meta = this.meta(open);
    return this.#metadata ? new Cons(this.#closing(close), meta) : meta;
  }

  /** `head -> body`. */
  clause(head: readonly Term[], arrow: Token, body: Term, extra: readonly Term[] = NONE): Tuple3 {
    const meta = list([...extra, ...this.#newlines(arrow)], this.meta(arrow));
    return new Tuple3(q.ARROW, meta, list([list(head), body]));
  }

  /** Whether the expressions are clauses; they must be all from the first, or none. */
  areClauses(expressions: readonly Term[]): boolean {
    if (expressions.length > 0 && isClause(expressions[0])) return true;
    const stray = expressions.find(isClause);
    if (stray !== undefined) throw this.nodeError(stray, wording.STAB_INVALID, "'->'");
    return false;
  }

  /** Clauses, each with the expressions that follow it as its body. */
  clauses(expressions: readonly Term[]): Term {
    const result: Term[] = [];
    for (let i = 0; i < expressions.length; ) {
      const { b: meta, c } = expressions[i] as Tuple3;
      const [head, first] = listToArray(c) as Term[];
      const body = [first];
      for (i++; i < expressions.length && !isClause(expressions[i]); i++) body.push(expressions[i]);
      result.push(new Tuple3(q.ARROW, meta, list([head, this.block(body)])));
    }
    return list(result);
  }

  fn(open: Token, expressions: readonly Term[], close: Token): Term {
    if (!this.areClauses(expressions)) throw this.error(open, wording.FN_WITHOUT_STAB, "'fn'");
    const closing = this.#metadata ? [this.#closing(close)] : NONE;
    const meta = list([...this.#newlines(open), ...closing], this.meta(open));
    return new Tuple3(q.FN, meta, this.clauses(expressions));
  }

  /** What parentheses around expressions or clauses stand for. */
  parenthesised(open: Token, expressions: readonly Term[], close: Token): Term {
    if (expressions.length === 1) {
      const only = expressions[0];
      const negation =
        only instanceof Tuple3 && (only.a === q.NOT || only.a === q.BANG) && q.listLength(only.c) === 1;
      // Kept apart, so that `(not a) in b` is not taken for `not a in b`.
      if (negation) return new Tuple3(q.BLOCK, EMPTY, list(expressions));
    }
    if (!this.areClauses(expressions)) return this.block(expressions, { open, close });
    return this.literal(this.clauses(expressions), open, this.pairMeta(open, close));
  }

  /** The body of a `do` section. */
  section(expressions: readonly Term[]): Term {
    return this.areClauses(expressions) ? this.clauses(expressions) : this.block(expressions);
  }

  /** The head of a clause: in `a, b when c` the guard takes all the arguments. */
  guarded(args: readonly Term[]): readonly Term[] {
    const last = args[args.length - 1];
    if (!(last instanceof Tuple3) || last.a !== q.WHEN) return args;
    const sides = listToArray(last.c);
    if (sides?.length !== 2) return args;
    return [new Tuple3(q.WHEN, last.b, list([...args.slice(0, -1), ...sides]))];
  }

  /** In a head, `(unquote_splicing(x))` is an argument, not a block. */
  unwrapSplice(args: readonly Term[]): readonly Term[] {
    const only = args[0];
    if (args.length !== 1 || !(only instanceof Tuple3) || only.a !== q.BLOCK) return args;
    const inner = listToArray(only.c);
    if (inner?.length !== 1 || !(inner[0] instanceof Tuple3) || inner[0].a !== q.UNQUOTE_SPLICING)
      return args;
    return inner;
  }

  /** The guard of a head in parentheses: `(a, b) when c`. */
  guard(operator: Token, args: readonly Term[]): Term {
    return new Tuple3(q.WHEN, this.meta(operator), list(args));
  }
}

const NONE: Term[] = [];

function isClause(term: Term): term is Tuple3 {
  return term instanceof Tuple3 && term.a === q.ARROW && q.listLength(term.c) === 2;
}

function isList(term: Term): boolean {
  return term instanceof Cons || term === EMPTY;
}

function replaceEntry(meta: Term, entry: Tuple2): Term {
  const entries = listToArray(meta) ?? [];
  const at = entries.findIndex((old) => old instanceof Tuple2 && old.a === entry.a);
  if (at < 0) entries.push(entry);
  else entries[at] = entry;
  return list(entries);
}
