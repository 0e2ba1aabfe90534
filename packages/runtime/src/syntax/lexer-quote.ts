import { Bitstring, text } from "../term/bitstring.ts";
import { BracketLexer } from "./lexer-bracket.ts";
import { scanName } from "./lexer-identifier.ts";
import { EscapeError, isBidi, isBlank, type RawPart, stripMargin, unescape } from "./lexer-string.ts";
import { Interpolation, type Part, Token } from "./token.ts";
import * as wording from "./wording.ts";

/** What a string is inside of, for the error that it is not closed. */
interface Enclosure {
  readonly line: number;
  readonly column: number;
  readonly opening: string;
  readonly closing: string;
  /** " (for string starting at line 1)" and the like. */
  readonly note: string;
}

/** Deeper nesting of interpolations than this is refused: each level is a level of the host's stack. */
const MAX_INTERPOLATIONS = 100;

export abstract class QuoteLexer extends BracketLexer {
  protected interpolations = 0;

  /** Reads tokens to the end of the text, or in an interpolation to the brace that closes it. */
  protected abstract run(inside: boolean): void;

  protected quote(code: number): void {
    const source = this.source;
    const quote = source[this.pos];
    const line = this.line;
    const column = this.column();
    if (source.charCodeAt(this.pos + 1) === code && source.charCodeAt(this.pos + 2) === code) {
      if (code === 39) this.warn(line, column, wording.SINGLE_QUOTED_HEREDOC);
      this.pos += 3;
      const heredoc = this.heredoc(code, true, line, column);
      const type = code === 34 ? "bin_heredoc" : "list_heredoc";
      const parts = this.unescapeParts(heredoc.parts, line, column);
      this.push(new Token(type, line, column, parts, null, "", "", heredoc.indentation));
      return;
    }
    this.pos++;
    const note = ` (for string starting at line ${line})`;
    const parts = this.extract(code, true, { line, column, opening: quote, closing: quote, note });
    if (this.keywordAfter(0)) {
      this.pos++;
      if (parts.length === 1 && isPlainName(parts[0])) {
        this.warn(line, column, wording.quotedKeyword(parts[0] as string));
      } else if (code === 39) this.warn(line, column, wording.SINGLE_QUOTED_KEYWORD);
      this.quotedName(this.unescapeParts(parts, line, column + 1), "kw_identifier", line, column, quote);
      return;
    }
    if (code === 39) this.warn(line, column, wording.SINGLE_QUOTED_STRING);
    const type = code === 34 ? "bin_string" : "list_string";
    this.push(new Token(type, line, column, this.unescapeParts(parts, line, column + 1)));
  }

  protected quotedAtom(quote: string): void {
    const line = this.line;
    const column = this.column();
    this.pos += 2;
    const note = ` (for atom starting at line ${line})`;
    const place = { line, column: column + 1, opening: quote, closing: quote, note };
    const parts = this.extract(quote.charCodeAt(0), true, place);
    if (parts.length === 1 && isPlainName(parts[0])) {
      this.warn(line, column, wording.quotedAtom(parts[0] as string));
    }
    this.quotedName(this.unescapeParts(parts, line, column), "atom", line, column, quote);
  }

  protected quotedCall(dot: Token, quote: string): void {
    const line = this.line;
    const column = this.column();
    this.pos++;
    const note = ` (for function name starting at line ${line})`;
    const parts = this.extract(quote.charCodeAt(0), true, {
      line,
      column,
      opening: quote,
      closing: quote,
      note,
    });
    const part = parts[0];
    if (parts.length > 1 || typeof part !== "string") {
      throw this.error({ line, column }, wording.INTERPOLATED_CALL, quote);
    }
    if (isPlainName(part)) this.warn(line, column, wording.quotedCall(part));
    const name = this.unescapeParts([part], line, column)[0] as Bitstring;
    const value = this.binaryAtom(name, line, column);
    this.pushOverNewline(dot);
    this.push(new Token(this.callType(), line, column, value, null, "", quote));
  }

  protected quotedName(
    parts: Part[],
    kind: "atom" | "kw_identifier",
    line: number,
    column: number,
    quote: string,
  ): void {
    if (parts.length === 1 && parts[0] instanceof Bitstring) {
      const value = this.binaryAtom(parts[0], line, column);
      const type = kind === "atom" ? "atom_quoted" : kind;
      this.push(new Token(type, line, column, value, null, "", quote));
      return;
    }
    const type = `${kind}_${this.options.existingAtomsOnly ? "safe" : "unsafe"}` as const;
    this.push(new Token(type, line, column, parts, null, "", quote));
  }

  protected unescapeParts(parts: readonly RawPart[], line: number, column: number): Part[] {
    if (this.options.unescape === false) return rawBinaries(parts);
    try {
      return parts.map((part) =>
        typeof part === "string" ? unescape(part, (message) => this.warn(line, column, message)) : part,
      );
    } catch (error) {
      if (!(error instanceof EscapeError)) throw error;
      throw this.error({ line, column }, `${error.message}. Syntax error after: `, error.token);
    }
  }

  // The parts of a heredoc whose opening quotes are read.
  protected heredoc(
    quote: number,
    interpolate: boolean,
    line: number,
    column: number,
  ): { parts: RawPart[]; indentation: number } {
    const source = this.source;
    const quotes = String.fromCharCode(quote).repeat(3);
    let at = this.pos;
    while (isBlank(source.charCodeAt(at))) at++;
    if (source.startsWith("\r\n", at)) at++;
    if (source.charCodeAt(at) !== 10) {
      throw this.error({ line, column: column + 3 }, wording.HEREDOC_START, quotes);
    }
    this.pos = at;
    const note = ` (for heredoc starting at line ${line})`;
    const place = { line, column, opening: quotes, closing: quotes, note };
    const raw = this.extract(quote, interpolate, place, true);
    const indentation = this.column() - 4;
    const { parts, outdented } = stripMargin(raw, indentation, line);
    if (outdented !== null) this.warn(outdented, column, wording.outdentedHeredoc(quotes));
    parts[0] = (parts[0] as string).slice(1);
    return { parts, indentation };
  }

  // What is between here and the closing quote, which is read too. Escapes stay, except that of the quote.
  protected extract(last: number, interpolate: boolean, place: Enclosure, heredoc = false): RawPart[] {
    const source = this.source;
    const parts: RawPart[] = [];
    let buffer = "";
    let start = this.pos;
    const take = (end: number) => {
      if (end > start) buffer += source.slice(start, end);
    };
    for (;;) {
      const at = this.pos;
      if (at >= source.length) {
        if (this.endsInside()) {
          take(at);
          break;
        }
        const closing = heredoc ? place.closing : String.fromCharCode(last);
        throw this.unclosed(place, this.line, this.column(), `missing terminator: ${closing}`);
      }
      const code = source.charCodeAt(at);
      if (code === last && !heredoc) {
        take(at);
        this.pos++;
        break;
      }
      if (code === 92) {
        const next = source.charCodeAt(at + 1);
        if (next === 10 || (next === 13 && source.charCodeAt(at + 2) === 10)) {
          this.pos += next === 10 ? 1 : 2;
          continue;
        }
        if (!heredoc && next === last) {
          if (!interpolate)
            this.warn(this.line, this.column(), wording.escapedSigilEnd(String.fromCharCode(last)));
          take(at);
          start = at + 1;
          this.pos += 2;
        } else if (heredoc && source.startsWith(place.closing, at + 1)) {
          take(at);
          start = at + 1;
          this.pos += 4;
        } else if (interpolate && next === 35 && source.charCodeAt(at + 2) === 123) this.pos += 3;
        else {
          this.pos++;
          if (this.pos < source.length) this.visibleCharacter();
        }
        continue;
      }
      if (code === 10) {
        this.pos++;
        this.line++;
        this.base = this.pos - (heredoc ? 1 : this.startColumn);
        if (heredoc) {
          let end = this.pos;
          while (isBlank(source.charCodeAt(end))) end++;
          if (source.startsWith(place.closing, end)) {
            take(this.pos);
            this.pos = end + 3;
            break;
          }
          this.pos = end;
        }
        continue;
      }
      if (code === 35 && interpolate && source.charCodeAt(at + 1) === 123) {
        take(at);
        if (buffer !== "") parts.push(buffer);
        buffer = "";
        parts.push(this.interpolation(place));
        start = this.pos;
        continue;
      }
      if (code < 128 && !(source.charCodeAt(at + 1) > 255)) this.pos++;
      else this.visibleCharacter();
    }
    if (buffer !== "" || parts.length === 0) parts.push(buffer);
    return parts;
  }

  // One character as readers see it is one column, however long it is.
  protected visibleCharacter(): void {
    const at = this.pos;
    const code = this.source.charCodeAt(at);
    if (code < 256 && this.source.charCodeAt(at + 1) < 256) {
      this.pos++;
      return;
    }
    if (isBidi(code)) {
      const escape = `\\u${wording.codePoint(code)}`;
      throw this.error(this.here(), wording.bidiInString(escape), escape);
    }
    this.pos = this.graphemes.end(at);
    this.base += this.pos - at - 1;
  }

  // The error of a string without an end, which may as well be an interpolation without one.
  protected unclosed(place: Enclosure, line: number, column: number, message: string): Error {
    return this.error(
      {
        line: place.line,
        column: place.column,
        endLine: line,
        endColumn: column,
        openingDelimiter: place.opening,
        expectedDelimiter: place.closing,
      },
      message + place.note,
      "",
    );
  }

  protected interpolation(place: Enclosure): Interpolation {
    const line = this.line;
    const column = this.column();
    if (++this.interpolations > MAX_INTERPOLATIONS) {
      throw this.error(this.here(), `more than ${MAX_INTERPOLATIONS} interpolations in each other: `, "#{");
    }
    const tokens = this.tokens;
    const openings = this.openings;
    const hints = this.hints;
    const indentation = this.indentation;
    this.tokens = [];
    this.openings = [];
    this.hints = hints.slice();
    this.pos += 2;
    this.run(true);
    const ended = this.endOfInterpolation();
    if (!ended && this.pos >= this.source.length) {
      throw this.unclosed(place, line, column, 'missing interpolation terminator: "}"');
    }
    const result = new Interpolation(line, column, this.line, this.column(), this.tokens);
    this.tokens = tokens;
    this.openings = openings;
    this.hints = hints;
    this.indentation = indentation;
    this.interpolations--;
    if (!ended) this.pos++;
    return result;
  }

  /** Whether the text may end inside of a string: only where it breaks off at a cursor. */
  protected endsInside(): boolean {
    return false;
  }

  /** Whether the end of the text is the end of an interpolation, whose tokens are complete then. */
  protected endOfInterpolation(): boolean {
    return false;
  }
}

export function rawBinaries(parts: readonly RawPart[]): Part[] {
  return parts.map((part) => (typeof part === "string" ? text(part) : part));
}

/** Whether a quoted name would do without its quotes. */
function isPlainName(part: RawPart): boolean {
  if (typeof part !== "string" || part === "") return false;
  const name = scanName(part, 0);
  return (
    !("error" in name) && name.kind === "identifier" && name.ascii && !name.at && name.end === part.length
  );
}
