/**
 * Operators and what else is made of punctuation: `.`, `&`, `%` and what `:` begins. Blanks after an operator, a
 * line end before it and `:` or `/` behind it decide what it is.
 */
import { atom } from "../term/atom.ts";
import { isDigit, scanName } from "./lexer-identifier.ts";
import { isBlank } from "./lexer-string.ts";
import { WordLexer } from "./lexer-word.ts";
import { isAtomSymbol, isCalledSymbol, matchSymbol, type Symbol } from "./operators.ts";
import { Token, type TokenType } from "./token.ts";
import * as wording from "./wording.ts";

export abstract class SymbolLexer extends WordLexer {
  // Reads the operator here if there is one of at least that length.
  protected operator(least: number): boolean {
    const symbol = matchSymbol(this.source, this.pos, anySymbol);
    if (symbol === null || symbol.text.length < least) return false;
    const { kind, text: name } = symbol;
    const { length } = name;
    const line = this.line;
    const column = this.column();
    if (kind === "assoc_op" || kind === "ternary_op") {
      this.pushOverNewline(new Token(kind, line, column, atom(name), this.newlinesBefore()));
      this.pos += length;
      return true;
    }
    if (this.keywordAfter(length)) {
      this.keyword(name, length);
      return true;
    }
    const last = name.charCodeAt(length - 1);
    if (
      last === this.source.charCodeAt(this.pos + length) &&
      length === 3 &&
      (kind === "and_op" || kind === "or_op" || kind === "xor_op" || kind === "concat_op")
    ) {
      this.warn(line, column, wording.sameCharacter(name));
    }
    this.pos += length;
    while (isBlank(this.source.charCodeAt(this.pos))) this.pos++;
    if (this.source.charCodeAt(this.pos) === 47) {
      this.push(new Token("identifier", line, column, atom(name)));
    } else if (kind === "unary_op" || kind === "dual_op" || kind === "at_op" || kind === "ellipsis_op") {
      this.push(new Token(kind, line, column, atom(name)));
    } else {
      const deprecated = wording.DEPRECATED_OPERATORS.get(name);
      if (deprecated !== undefined) this.warn(line, column, deprecated);
      this.pushOverNewline(new Token(kind, line, column, atom(name), this.newlinesBefore()));
    }
    return true;
  }

  protected ampersand(): void {
    const source = this.source;
    if (source.charCodeAt(this.pos + 1) === 38) {
      this.operator(0);
      return;
    }
    if (this.keywordAfter(1)) {
      this.keyword("&", 1);
      return;
    }
    let at = this.pos + 1;
    let type: TokenType = "capture_op";
    if (isDigit(source.charCodeAt(at))) type = "capture_int";
    else {
      while (isBlank(source.charCodeAt(at))) at++;
      if (source.charCodeAt(at) === 47) {
        at++;
        while (isBlank(source.charCodeAt(at))) at++;
        if (source.charCodeAt(at) !== 47) type = "identifier";
      }
    }
    this.push(new Token(type, this.line, this.column(), atom("&")));
    this.pos++;
  }

  protected percent(): void {
    const source = this.source;
    const next = source.charCodeAt(this.pos + 1);
    if (next === 58 && this.keywordAfter(1)) this.keyword("%", 1);
    else if (next === 123) {
      if (source.charCodeAt(this.pos + 2) === 125 && this.keywordAfter(3)) {
        this.keyword("%{}", 3);
        return;
      }
      const line = this.line;
      const column = this.column();
      this.push(new Token("%{}", line, column));
      this.pos += 2;
      this.bracketToken(new Token("{", line, column));
    } else if (next === 40 || next === 91) {
      throw this.error(this.here(), "expected %{ to define a map, got: ", `%${source[this.pos + 1]}`);
    } else {
      this.push(new Token("%", this.line, this.column()));
      this.pos++;
    }
  }

  protected dot(): void {
    const source = this.source;
    const line = this.line;
    const column = this.column();
    if (source.startsWith("..//", this.pos)) {
      if (this.keywordAfter(4)) {
        this.keyword("..//", 4);
        return;
      }
      let at = this.pos + 4;
      while (isBlank(source.charCodeAt(at))) at++;
      if (source.charCodeAt(at) !== 47) this.unexpected(this.pos);
      this.push(new Token("identifier", line, column, atom("..//")));
      this.pos = at;
      return;
    }
    if (source.charCodeAt(this.pos + 1) === 46) {
      this.operator(0);
      return;
    }
    if (this.keywordAfter(1)) {
      this.keyword(".", 1);
      return;
    }
    this.pos++;
    this.skipAfterDot();
    const code = source.charCodeAt(this.pos);
    if (code === 40) {
      this.pushOverNewline(new Token("dot_call_op", line, column, atom(".")));
      return;
    }
    const dot = new Token(".", line, column);
    if (code === 34 || code === 39) {
      this.quotedCall(dot, source[this.pos]);
      return;
    }
    const symbol = matchSymbol(source, this.pos, isCalledSymbol);
    this.pushOverNewline(dot);
    if (symbol !== null) {
      const at = this.column();
      this.pos += symbol.text.length;
      this.push(new Token(this.callType(), this.line, at, atom(symbol.text)));
    }
  }

  // A dot may have its name on a later line, after comments.
  protected skipAfterDot(): void {
    const source = this.source;
    for (;;) {
      const start = this.pos;
      while (isBlank(source.charCodeAt(this.pos))) this.pos++;
      const code = source.charCodeAt(this.pos);
      if (code === 35) {
        // Elixir takes it to stand right behind the dot.
        this.base += this.pos - start;
        this.skipComment();
        this.base = this.pos - this.startColumn;
      } else if (code === 10 || (code === 13 && source.charCodeAt(this.pos + 1) === 10)) {
        this.pos += code === 10 ? 1 : 2;
        this.line++;
        this.base = this.pos - this.startColumn;
      } else return;
    }
  }

  protected colon(): void {
    const source = this.source;
    const line = this.line;
    const column = this.column();
    const at = this.pos + 1;
    const special = SPECIAL_ATOMS.find((name) => source.startsWith(name, at));
    if (special !== undefined) {
      this.push(new Token("atom", line, column, atom(special)));
      this.pos = at + special.length;
      return;
    }
    const next = source.charCodeAt(at);
    if (next === 58) {
      if (source.charCodeAt(at + 1) === 58) {
        this.warn(line, column, wording.COLONS_ATOM);
        this.push(new Token("atom", line, column, atom("::")));
        this.pos += 3;
      } else this.operator(0);
      return;
    }
    if (next === 34 || next === 39) {
      this.quotedAtom(source[at]);
      return;
    }
    const symbol = matchSymbol(source, at, isAtomSymbol);
    if (symbol !== null) {
      this.push(new Token("atom", line, column, atom(symbol.text)));
      this.pos = at + symbol.text.length;
      return;
    }
    if (next === 46) {
      this.push(new Token("atom", line, column, atom(".")));
      this.pos += 2;
      return;
    }
    const name = scanName(source, at);
    if ("error" in name) {
      if (name.error === "empty") this.unexpected(this.pos);
      // Elixir counts the columns of these errors from the colon.
      this.base++;
      this.pos = at;
      this.nameError(name);
    }
    const value = this.nameAtom(name.text, line, column, name.ascii);
    this.ambiguousBang("atom", name.text, name.end, line, column);
    this.base += name.end - at - name.length;
    this.pos = name.end;
    this.push(new Token("atom", line, column, value, null, name.text));
  }
}

const SPECIAL_ATOMS = ["<<>>", "%{}", "%", "{}", "..//"];

const anySymbol = (_symbol: Symbol) => true;
