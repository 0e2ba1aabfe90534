/**
 * Sigils: a name, a delimiter of one's choice, and modifiers. Those in lower case interpolate; escapes stay.
 */
import { atom } from "../term/atom.ts";
import { list } from "../term/list.ts";
import { isDigit, isLower, isUpper } from "./lexer-identifier.ts";
import { QuoteLexer, rawBinaries } from "./lexer-quote.ts";
import type { RawPart } from "./lexer-string.ts";
import { SigilToken } from "./token.ts";
import * as wording from "./wording.ts";

const SIGIL_CLOSERS: Record<string, string> = { "(": ")", "[": "]", "{": "}", "<": ">" };

export abstract class SigilLexer extends QuoteLexer {
  protected startsSigil(): boolean {
    const next = this.source.charCodeAt(this.pos + 1);
    return isLower(next) || isUpper(next);
  }

  protected sigil(): void {
    const source = this.source;
    const line = this.line;
    const column = this.column();
    let at = this.pos + 2;
    const lower = isLower(source.charCodeAt(at - 1));
    if (!lower) while (isUpper(source.charCodeAt(at)) || isDigit(source.charCodeAt(at))) at++;
    const name = source.slice(this.pos + 1, at);
    if (isLower(source.charCodeAt(at))) {
      throw this.error({ line, column }, wording.SIGIL_NAME, source.slice(this.pos));
    }
    this.pos = at;
    const contentColumn = this.column();
    const quote = source.charCodeAt(at);
    if (Number.isNaN(quote)) return;
    const char = String.fromCodePoint(source.codePointAt(at) as number);
    let parts: RawPart[];
    let delimiter = char;
    let indentation: number | null = null;
    if (
      (quote === 34 || quote === 39) &&
      source.charCodeAt(at + 1) === quote &&
      source.charCodeAt(at + 2) === quote
    ) {
      this.pos += 3;
      ({ parts, indentation } = this.heredoc(quote, lower, line, contentColumn));
      delimiter = char.repeat(3);
    } else if ("/<\"'[({|".includes(char)) {
      this.pos++;
      const closing = SIGIL_CLOSERS[char] ?? char;
      const note = ` (for sigil ~${name[0]}${char} starting at line ${line})`;
      const place = { line, column: contentColumn, opening: char, closing, note };
      parts = this.extract(closing.charCodeAt(0), lower, place);
    } else {
      throw this.error(
        { line, column },
        "invalid sigil delimiter: ",
        wording.sigilDelimiter(char, contentColumn, wording.codePoint(char.codePointAt(0) as number)),
      );
    }
    const symbol = `sigil_${name}`;
    const value = name.length === 1 ? atom(symbol) : this.nameAtom(symbol, line, column);
    const start = this.pos;
    while (isModifier(source.charCodeAt(this.pos))) this.pos++;
    const modifiers = list([...source.slice(start, this.pos)].map((modifier) => modifier.charCodeAt(0)));
    this.push(
      new SigilToken(line, column, value, rawBinaries(parts), name, modifiers, delimiter, indentation),
    );
  }
}

function isModifier(code: number): boolean {
  return isLower(code) || isUpper(code) || isDigit(code);
}
