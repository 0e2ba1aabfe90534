import { text } from "../term/bitstring.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { type ErrorPlace, type SourceText, syntaxError, type Wording } from "./errors.ts";
import type { ParseOptions } from "./options.ts";
import * as q from "./quoted.ts";
import type { Token } from "./token.ts";

export abstract class MetaBuilder {
  readonly origin: SourceText;
  protected readonly options: ParseOptions;
  protected readonly columns: boolean;
  protected readonly metadata: boolean;
  #line = new Tuple2(q.LINE, 0);

  constructor(origin: SourceText, options: ParseOptions) {
    this.origin = origin;
    this.options = options;
    this.columns = options.columns === true;
    this.metadata = options.tokenMetadata === true;
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
    const { onWarning, emitWarnings } = this.options;
    if (onWarning === undefined || emitWarnings === false) return;
    onWarning({ file: this.origin.file, line, column, message });
  }

  meta(at: { readonly line: number; readonly column: number }): Term {
    const rest = this.columns ? new Cons(new Tuple2(q.COLUMN, at.column), EMPTY) : EMPTY;
    // What stands on one line shares what says so.
    if (this.#line.b !== at.line) this.#line = new Tuple2(q.LINE, at.line);
    return new Cons(this.#line, rest);
  }

  protected closing(close: Token): Tuple2 {
    return new Tuple2(q.CLOSING, this.meta(close));
  }

  /** `[newlines: n, closing: […]]` of a pair of brackets, when token metadata is asked for. */
  pairMeta(open: Token, close: Token): Term[] {
    if (!this.metadata) return NONE;
    const closing = this.closing(close);
    return open.newlines ? [new Tuple2(q.NEWLINES, open.newlines), closing] : [closing];
  }

  protected newlines(token: Token): Term[] {
    return this.metadata && token.newlines ? [new Tuple2(q.NEWLINES, token.newlines)] : NONE;
  }

  parensMeta(open: Token, close: Token): Term[] {
    if (!this.metadata) return NONE;
    const place = list([...(listToArray(this.meta(open)) as Term[]), this.closing(close)]);
    return [new Tuple2(q.PARENS, place)];
  }

  doMeta(open: Token, close: Token): Term[] {
    if (!this.metadata) return NONE;
    return [new Tuple2(q.DO, this.meta(open)), new Tuple2(q.END, this.meta(close))];
  }

  delimiterMeta(delimiter: string): Term[] {
    return this.metadata && delimiter !== "" ? [new Tuple2(q.DELIMITER, text(delimiter))] : NONE;
  }

  literal(value: Term, token: Token, extra: readonly Term[] = NONE): Term {
    const encoder = this.options.literalEncoder;
    if (encoder === undefined) return value;
    const answer = encoder(value, list(extra, this.meta(token)));
    if ("ok" in answer) return answer.ok;
    throw this.error(token, `${answer.error}: `, "literal");
  }
}

export const NONE: Term[] = [];
