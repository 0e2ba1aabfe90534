/**
 * What all parts of the lexer share: the place in the text, the tokens so far, errors and warnings, and
 * how names become atoms. A column is the position minus `base`, which moves at line breaks and wherever one
 * visible character takes several units of the string.
 */
import { atom, existingAtom } from "../term/atom.ts";
import type { Bitstring } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { type ErrorPlace, type SourceText, syntaxError, type Wording } from "./errors.ts";
import { Graphemes, isSpace } from "./lexer-string.ts";
import type { ParseOptions } from "./options.ts";
import { COLUMN, LINE } from "./quoted.ts";
import { Token } from "./token.ts";
import * as wording from "./wording.ts";

/** Bytes in the name of an atom; Erlang's limit. */
const MAX_ATOM = 255;

export interface PendingWarning {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export abstract class LexerCursor {
  protected readonly origin: SourceText;
  protected readonly source: string;
  protected readonly options: ParseOptions;
  protected readonly startColumn: number;
  protected readonly graphemes: Graphemes;
  protected pos = 0;
  protected line: number;
  /** Column of a position `p` of this line is `p - base`. */
  protected base: number;
  protected tokens: Token[] = [];
  protected indentation = 0;
  readonly warnings: PendingWarning[] = [];

  constructor(origin: SourceText, options: ParseOptions) {
    this.origin = origin;
    this.source = origin.source;
    this.options = options;
    this.graphemes = new Graphemes(origin.source);
    this.line = origin.line;
    this.startColumn = origin.column;
    this.base = -origin.column;
  }

  protected column(): number {
    return this.pos - this.base;
  }

  protected here(): ErrorPlace {
    return { line: this.line, column: this.column() };
  }

  protected error(place: ErrorPlace, words: Wording, token: string): Error {
    return syntaxError(this.origin, place, words, token);
  }

  protected warn(line: number, column: number, message: string): void {
    this.warnings.push({ line, column, message });
  }

  protected top(): Token | undefined {
    return this.tokens[this.tokens.length - 1];
  }

  protected push(token: Token): void {
    this.tokens.push(token);
  }

  // A binary operator continues the line before it: the line break between them goes.
  protected pushOverNewline(token: Token): void {
    const tokens = this.tokens;
    if (tokens.length > 0 && tokens[tokens.length - 1].type === "eol") tokens[tokens.length - 1] = token;
    else tokens.push(token);
  }

  protected newlinesBefore(): number | null {
    const top = this.top();
    if (top === undefined || (top.type !== "eol" && top.type !== "," && top.type !== ";")) return null;
    return top.newlines === 0 ? null : top.newlines;
  }

  protected unexpected(at: number): never {
    const code = this.source.codePointAt(at) as number;
    const column = at - this.base;
    const name = wording.INVISIBLE.get(code);
    const char = name === undefined ? `"${String.fromCodePoint(code)}"` : name.name;
    const token = `${char} (column ${column}, code point U+${wording.codePoint(code)})`;
    throw this.error({ line: this.line, column }, "unexpected token: ", token);
  }

  protected keywordAfter(length: number): boolean {
    const at = this.pos + length;
    return this.source.charCodeAt(at) === 58 && isSpace(this.source.charCodeAt(at + 1));
  }

  protected keyword(name: string, length: number): void {
    this.push(new Token("kw_identifier", this.line, this.column(), atom(name)));
    this.pos += length + 1;
  }

  // Which call a name begins is decided by the character right after it.
  protected callType(): "paren_identifier" | "bracket_identifier" | "identifier" {
    const next = this.source.charCodeAt(this.pos);
    return next === 40 ? "paren_identifier" : next === 91 ? "bracket_identifier" : "identifier";
  }

  protected nameAtom(name: string, line: number, column: number, ascii = true): Term {
    if (!ascii) this.options.onUnicodeName?.();
    if (name.length > MAX_ATOM && [...name].length > MAX_ATOM) throw this.atomTooLong(name, line, column);
    return this.toAtom(name, line, column);
  }

  protected atomTooLong(name: string, line: number, column: number): Error {
    return this.error({ line, column }, "atom length must be less than system limit: ", name);
  }

  protected toAtom(name: string, line: number, column: number): Term {
    const encoder = this.options.staticAtomsEncoder;
    if (encoder !== undefined) {
      const answer = encoder(name, list([new Tuple2(LINE, line), new Tuple2(COLUMN, column)]));
      if ("ok" in answer) return answer.ok;
      throw this.error({ line, column }, `${answer.error}: `, name);
    }
    if (!this.options.existingAtomsOnly) return atom(name);
    const found = existingAtom(name);
    if (found === undefined) throw this.error({ line, column }, "unsafe atom does not exist: ", name);
    return found;
  }

  protected binaryAtom(name: Bitstring, line: number, column: number): Term {
    const value = name.text;
    if (name.byteLength > MAX_ATOM) throw this.atomTooLong(value ?? "", line, column);
    if (value === undefined) throw this.error({ line, column }, "invalid encoding in atom: ", '"');
    return this.toAtom(value, line, column);
  }
}
