/**
 * Words: identifiers, aliases, keywords and reserved words, and what a name is followed by, which decides how it
 * is called.
 */
import { type Atom, atom } from "../term/atom.ts";
import { type Name, type NameError, scanName } from "./lexer-identifier.ts";
import { SigilLexer } from "./lexer-sigil.ts";
import { isBlank, isSpace } from "./lexer-string.ts";
import { Token, type TokenType } from "./token.ts";
import { skeleton } from "./unicode-security.ts";
import * as wording from "./wording.ts";

type WordKind = "terminator" | "literal" | "block" | "unary_op" | "and_op" | "or_op" | "when_op" | "in_op";

const WORDS: ReadonlyMap<string, WordKind> = new Map<string, WordKind>([
  ["fn", "terminator"],
  ["do", "terminator"],
  ["end", "terminator"],
  ["true", "literal"],
  ["false", "literal"],
  ["nil", "literal"],
  ["not", "unary_op"],
  ["and", "and_op"],
  ["or", "or_op"],
  ["when", "when_op"],
  ["in", "in_op"],
  ["after", "block"],
  ["else", "block"],
  ["catch", "block"],
  ["rescue", "block"],
]);

export abstract class WordLexer extends SigilLexer {
  protected word(): void {
    const line = this.line;
    const column = this.column();
    const afterDot = this.top()?.type === ".";
    const name = scanName(this.source, this.pos);
    if ("error" in name) this.nameError(name);
    const source = this.source;
    const next = source.charCodeAt(name.end);
    const colon = next === 58 && source.charCodeAt(name.end + 1) !== 58;
    if (!afterDot && name.ascii && !colon) {
      const word = WORDS.get(name.text);
      if (word !== undefined) {
        this.reservedWord(word, name, line, column);
        return;
      }
    }
    const value = this.nameAtom(name.text, line, column, name.ascii);
    if (next === 58 && isSpace(source.charCodeAt(name.end + 1))) {
      this.advance(name, 1);
      this.push(new Token("kw_identifier", line, column, value, null, name.text));
      return;
    }
    if (colon && name.end + 1 < source.length) {
      throw this.error(
        { line, column },
        "keyword argument must be followed by space after: ",
        `${name.text}:`,
      );
    }
    if (name.at) {
      throw this.error({ line, column }, wording.invalidCharacter(name.kind, "@"), name.text);
    }
    if (name.text === "__aliases__" || name.text === "__block__") {
      throw this.error({ line, column }, "reserved token: ", name.text);
    }
    if (name.kind === "alias") {
      if (!name.ascii || name.special) {
        const invalid = [...name.text].find((char) => char < "A" || char > "\x7f") as string;
        throw this.error({ line, column }, wording.invalidCharacter(wording.ALIAS_RULE, invalid), name.text);
      }
      this.advance(name, 0);
      this.push(new Token("alias", line, column, value, null, name.text));
    } else if (name.kind === "identifier") {
      this.ambiguousBang("identifier", name.text, name.end, line, column);
      this.advance(name, 0);
      this.push(new Token(this.callType(), line, column, value, null, name.text));
    } else this.unexpected(this.pos);
  }

  protected advance(name: Name, extra: number): void {
    this.base += name.end - this.pos - name.length;
    this.pos = name.end + extra;
  }

  protected nameError(error: NameError): never {
    const column = this.column();
    switch (error.error) {
      case "empty":
        return this.unexpected(this.pos);
      case "mixed": {
        const suggestion = suggest(error.text);
        const more =
          suggestion ?? "\nSee https://hexdocs.pm/elixir/unicode-syntax.html for more information.";
        const at = suggestion === null ? column : column + [...error.text].length - 1;
        const words = ["invalid mixed-script identifier found: ", error.suffix + more] as const;
        throw this.error({ line: this.line, column: at }, words, error.text);
      }
      case "unexpected": {
        const at = column + error.wrong.length - 1;
        const suggestion = suggest(error.wrong.join("")) ?? suggest(error.wrong[error.wrong.length - 1]);
        if (suggestion !== null)
          throw this.error({ line: this.line, column: at }, "unexpected token: ", suggestion);
        this.base = error.at - at;
        return this.unexpected(error.at);
      }
    }
  }

  protected ambiguousBang(
    kind: "atom" | "identifier",
    name: string,
    end: number,
    line: number,
    column: number,
  ): void {
    if (this.source.charCodeAt(end) !== 61 || !/[!?]$/.test(name)) return;
    this.warn(line, column, wording.ambiguousBang(kind, kind === "atom" ? `:${name}` : name));
  }

  protected reservedWord(kind: WordKind, name: Name, line: number, column: number): void {
    const word = name.text;
    this.pos = name.end;
    switch (kind) {
      case "terminator":
        if (word === "do") this.do(line, column);
        else this.bracketToken(new Token(word as TokenType, line, column));
        return;
      case "literal":
        this.push(new Token(word as TokenType, line, column));
        return;
      case "block":
        this.push(new Token("block_identifier", line, column, atom(word)));
        return;
      default: {
        let at = this.pos;
        while (isBlank(this.source.charCodeAt(at))) at++;
        if (this.source.charCodeAt(at) === 47) {
          this.push(new Token("identifier", line, column, atom(word)));
          return;
        }
        const top = this.top();
        if (kind === "in_op" && top?.type === "unary_op" && (top.value as Atom).name === "not") {
          this.tokens.pop();
          this.pushOverNewline(new Token("in_op", top.line, top.column, atom("not in")));
        } else if (kind === "unary_op")
          this.push(new Token(kind, line, column, atom(word), this.newlinesBefore()));
        else this.pushOverNewline(new Token(kind, line, column, atom(word), this.newlinesBefore()));
      }
    }
  }

  protected do(line: number, column: number): void {
    const top = this.top();
    if (top?.type === "identifier") top.type = "do_identifier";
    else if (top?.type === "fn") {
      throw this.error({ line, column }, wording.doAfterFn("unexpected reserved word: "), "do");
    } else if (top?.type === "," || top?.type === ";") {
      throw this.error({ line, column }, wording.invalidDo("unexpected reserved word: "), "do");
    }
    if (this.top()?.type === "eol") this.tokens.pop();
    this.bracketToken(new Token("do", line, column));
  }
}

/** How a name that is not allowed could be written instead, if there is a way. */
function suggest(wrong: string): string | null {
  for (const kind of ["compatible", "similar"] as const) {
    const form = kind === "compatible" ? wrong.normalize("NFKC") : skeleton(wrong);
    const name = scanName(form, 0);
    // As Elixir does, the compatible form is shown with what follows the name in it.
    if (!("error" in name)) return wording.simplerForm(kind, wrong, kind === "compatible" ? form : name.text);
  }
  return null;
}
