import { isDigit, isLower, isUpper } from "./lexer-identifier.ts";
import { MAX_DIGITS, scanNumber } from "./lexer-number.ts";
import { unescapeCharacter } from "./lexer-string.ts";
import { SymbolLexer } from "./lexer-symbol.ts";
import { Token, type TokenType } from "./token.ts";
import * as wording from "./wording.ts";

export class Lexer extends SymbolLexer {
  /** All tokens of the text. */
  tokenize(): Token[] {
    if (!this.source.isWellFormed()) throw this.error(this.here(), "invalid encoding in source: ", "\\uFFFD");
    this.run(false);
    return this.tokens;
  }

  // Reads to the end of the text, or in an interpolation to the brace that closes it.
  protected run(inside: boolean): void {
    const source = this.source;
    while (this.pos < source.length) {
      const code = source.charCodeAt(this.pos);
      if (isLower(code) || isUpper(code) || code === 95) {
        this.word();
        continue;
      }
      switch (code) {
        case 32:
        case 9:
          this.blanks();
          break;
        case 10:
          this.newline(1);
          break;
        case 13:
          if (source.charCodeAt(this.pos + 1) === 10) this.newline(2);
          else this.unexpected(this.pos);
          break;
        case 35:
          this.comment();
          break;
        case 34:
        case 39:
          this.quote(code);
          break;
        case 40:
        case 91:
          this.open(source[this.pos] as TokenType, 1);
          break;
        case 123:
          if (source.charCodeAt(this.pos + 1) === 125 && this.keywordAfter(2)) this.keyword("{}", 2);
          else if (this.top()?.type === "%") throw this.error(this.here(), wording.SPACE_AFTER_PERCENT, "{");
          else this.open("{", 1);
          break;
        case 125:
          if (inside && this.openings.length === 0) return;
          this.close("}", 1);
          break;
        case 41:
        case 93:
          this.close(source[this.pos] as TokenType, 1);
          break;
        case 44:
          this.push(new Token(",", this.line, this.column(), null, 0));
          this.pos++;
          break;
        case 59:
          if (this.top()?.type === ";") this.unexpected(this.pos);
          this.push(new Token(";", this.line, this.column(), null, 0));
          this.pos++;
          break;
        case 58:
          this.colon();
          break;
        case 46:
          this.dot();
          break;
        case 60:
          if (this.column() === 1 && source.startsWith("<<<<<<<", this.pos)) this.mergeConflict();
          else if (source.startsWith("<<>>", this.pos) && this.keywordAfter(4)) this.keyword("<<>>", 4);
          else if (!this.operator(3)) {
            if (source.charCodeAt(this.pos + 1) === 60) this.open("<<", 2);
            else this.operator(0);
          }
          break;
        case 62:
          if (this.operator(3)) break;
          if (source.charCodeAt(this.pos + 1) === 62) this.close(">>", 2);
          else this.operator(0);
          break;
        case 37:
          this.percent();
          break;
        case 38:
          this.ampersand();
          break;
        case 126:
          if (this.startsSigil()) this.sigil();
          else if (!this.operator(0)) this.unexpected(this.pos);
          break;
        case 63:
          this.character();
          break;
        case 92:
          this.backslash();
          break;
        default:
          if (isDigit(code)) this.number();
          else if (code > 127) this.word();
          else if (!this.operator(0)) this.unexpected(this.pos);
      }
    }
    if (this.openings.length > 0 && this.options.checkTerminators !== false) this.missingCloser();
  }

  protected backslash(): void {
    const source = this.source;
    if (this.operator(0)) return;
    const length = source.startsWith("\\\n", this.pos) ? 2 : source.startsWith("\\\r\n", this.pos) ? 3 : 0;
    const atEnd = this.pos + Math.max(length, 1) === source.length;
    if (atEnd) throw this.error(this.here(), "invalid escape \\ at end of file", "");
    if (length === 0) this.unexpected(this.pos);
    this.nextLine(length);
  }

  protected mergeConflict(): void {
    const line = /^[^\r\n]*/.exec(this.source.slice(this.pos))?.[0] ?? "";
    throw this.error(this.here(), wording.MERGE_CONFLICT, line);
  }

  protected number(): void {
    const line = this.line;
    const column = this.column();
    const source = this.source;
    const { value, text: digits, end } = scanNumber(source, this.pos);
    if (value === null) {
      const words = digits.includes(".")
        ? "invalid float number "
        : `integer literal of more than ${MAX_DIGITS} digits: `;
      throw this.error({ line, column }, words, digits.length > 100 ? `${digits.slice(0, 100)}…` : digits);
    }
    const next = source.charCodeAt(end);
    if ((isLower(next) || isUpper(next) || next === 95) && !/^0[xbo]/.test(digits)) {
      throw this.error({ line, column }, wording.characterAfterNumber(source[end], digits), source[end]);
    }
    this.push(new Token(typeof value === "object" ? "flt" : "int", line, column, value, null, digits));
    this.pos = end;
  }

  protected character(): void {
    const source = this.source;
    const line = this.line;
    const column = this.column();
    const start = this.pos;
    const escaped = source.charCodeAt(start + 1) === 92 && start + 2 < source.length;
    const at = escaped ? start + 2 : start + 1;
    if (at >= source.length) this.unexpected(start);
    const code = source.codePointAt(at) as number;
    const char = String.fromCodePoint(code);
    const value = (escaped ? unescapeCharacter(char) : char).codePointAt(0) as number;
    const invisible = wording.INVISIBLE.get(value);
    if (!escaped && invisible !== undefined) this.warn(line, column, wording.invisibleCharacter("?", value));
    else if (escaped && value === code && code !== 92) {
      if (invisible !== undefined) this.warn(line, column, wording.invisibleCharacter("?\\", value));
      else if (isLower(code) || isUpper(code)) this.warn(line, column, wording.unknownEscape(char));
    }
    this.pos = at + char.length;
    this.base += char.length - 1;
    this.push(new Token("char", line, column, value, null, source.slice(start, this.pos)));
  }
}
