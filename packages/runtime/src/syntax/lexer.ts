/**
 * The lexer: source text to tokens, all of it before parsing begins, so that its errors come first as in Elixir.
 *
 * It decides what the grammar cannot: whether a name is followed by `(`, `[`, `do` or a unary operator, whether a
 * line break ends an expression, and which brackets match. A column is the position minus `base`, which moves
 * at line breaks and wherever one visible character takes several units of the string.
 */
import { type Atom, atom, existingAtom } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { type ErrorPlace, type SourceText, syntaxError, type Wording } from "./errors.ts";
import { isDigit, isLower, isUpper, type Name, type NameError, scanName } from "./lexer-identifier.ts";
import { MAX_DIGITS, scanNumber } from "./lexer-number.ts";
import {
  EscapeError,
  findBidi,
  graphemeEnd,
  isBidi,
  isBlank,
  isSpace,
  type RawPart,
  stripMargin,
  unescape,
  unescapeCharacter,
} from "./lexer-string.ts";
import { isAtomSymbol, isCalledSymbol, matchSymbol, type Symbol } from "./operators.ts";
import type { ParseOptions } from "./options.ts";
import { COLUMN, LINE } from "./quoted.ts";
import { Interpolation, type Part, SigilToken, Token, type TokenType } from "./token.ts";
import { skeleton } from "./unicode-security.ts";
import * as wording from "./wording.ts";

/** An opening bracket, `do` or `fn` that waits for its end. */
interface Opening {
  readonly type: TokenType;
  readonly line: number;
  readonly column: number;
  /** Indentation of the line that it is on: by it a missing `end` is found. */
  readonly indentation: number;
}

/** What a string is inside of, for the error that it is not closed. */
interface Enclosure {
  readonly line: number;
  readonly column: number;
  readonly opening: string;
  readonly closing: string;
  /** " (for string starting at line 1)" and the like. */
  readonly note: string;
}

const CLOSERS: Partial<Record<TokenType, TokenType>> = {
  fn: "end",
  do: "end",
  "(": ")",
  "[": "]",
  "{": "}",
  "<<": ">>",
};

const SIGIL_CLOSERS: Record<string, string> = { "(": ")", "[": "]", "{": "}", "<": ">" };

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

/** Deeper nesting of interpolations than this is refused: each level is a level of the host's stack. */
const MAX_INTERPOLATIONS = 100;
/** Bytes in the name of an atom; Erlang's limit. */
const MAX_ATOM = 255;

interface PendingWarning {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export class Lexer {
  readonly #origin: SourceText;
  readonly #source: string;
  readonly #options: ParseOptions;
  readonly #startColumn: number;
  #pos = 0;
  #line: number;
  /** Column of a position `p` of this line is `p - base`. */
  #base: number;
  #tokens: Token[] = [];
  #openings: Opening[] = [];
  #hints: Opening[] = [];
  #indentation = 0;
  #interpolations = 0;
  readonly warnings: PendingWarning[] = [];

  constructor(origin: SourceText, options: ParseOptions) {
    this.#origin = origin;
    this.#source = origin.source;
    this.#options = options;
    this.#line = origin.line;
    this.#startColumn = origin.column;
    this.#base = -origin.column;
  }

  /** All tokens of the text. */
  tokenize(): Token[] {
    if (!this.#source.isWellFormed())
      throw this.#error(this.#here(), "invalid encoding in source: ", "\\uFFFD");
    this.#run(false);
    return this.#tokens;
  }

  // Reads to the end of the text, or in an interpolation to the brace that closes it.
  #run(inside: boolean): void {
    const source = this.#source;
    while (this.#pos < source.length) {
      const code = source.charCodeAt(this.#pos);
      if (isLower(code) || isUpper(code) || code === 95) {
        this.#word();
        continue;
      }
      switch (code) {
        case 32:
        case 9:
          this.#blanks();
          break;
        case 10:
          this.#newline(1);
          break;
        case 13:
          if (source.charCodeAt(this.#pos + 1) === 10) this.#newline(2);
          else this.#unexpected(this.#pos);
          break;
        case 35:
          this.#comment();
          break;
        case 34:
        case 39:
          this.#quote(code);
          break;
        case 40:
        case 91:
          this.#open(source[this.#pos] as TokenType, 1);
          break;
        case 123:
          if (source.charCodeAt(this.#pos + 1) === 125 && this.#keywordAfter(2)) this.#keyword("{}", 2);
          else if (this.#top()?.type === "%")
            throw this.#error(this.#here(), wording.SPACE_AFTER_PERCENT, "{");
          else this.#open("{", 1);
          break;
        case 125:
          if (inside && this.#openings.length === 0) return;
          this.#close("}", 1);
          break;
        case 41:
        case 93:
          this.#close(source[this.#pos] as TokenType, 1);
          break;
        case 44:
          this.#push(new Token(",", this.#line, this.#column(), null, 0));
          this.#pos++;
          break;
        case 59:
          if (this.#top()?.type === ";") this.#unexpected(this.#pos);
          this.#push(new Token(";", this.#line, this.#column(), null, 0));
          this.#pos++;
          break;
        case 58:
          this.#colon();
          break;
        case 46:
          this.#dot();
          break;
        case 60:
          if (this.#column() === 1 && source.startsWith("<<<<<<<", this.#pos)) this.#mergeConflict();
          else if (source.startsWith("<<>>", this.#pos) && this.#keywordAfter(4)) this.#keyword("<<>>", 4);
          else if (!this.#operator(3)) {
            if (source.charCodeAt(this.#pos + 1) === 60) this.#open("<<", 2);
            else this.#operator(0);
          }
          break;
        case 62:
          if (this.#operator(3)) break;
          if (source.charCodeAt(this.#pos + 1) === 62) this.#close(">>", 2);
          else this.#operator(0);
          break;
        case 37:
          this.#percent();
          break;
        case 38:
          this.#ampersand();
          break;
        case 126:
          if (this.#startsSigil()) this.#sigil();
          else if (!this.#operator(0)) this.#unexpected(this.#pos);
          break;
        case 63:
          this.#character();
          break;
        case 92:
          this.#backslash();
          break;
        default:
          if (isDigit(code)) this.#number();
          else if (code > 127) this.#word();
          else if (!this.#operator(0)) this.#unexpected(this.#pos);
      }
    }
    if (this.#openings.length > 0) this.#missingCloser();
  }

  // Places

  #column(): number {
    return this.#pos - this.#base;
  }

  #here(): ErrorPlace {
    return { line: this.#line, column: this.#column() };
  }

  #error(place: ErrorPlace, words: Wording, token: string): Error {
    return syntaxError(this.#origin, place, words, token);
  }

  #warn(line: number, column: number, message: string): void {
    this.warnings.push({ line, column, message });
  }

  #top(): Token | undefined {
    return this.#tokens[this.#tokens.length - 1];
  }

  #push(token: Token): void {
    this.#tokens.push(token);
  }

  // A binary operator continues the line before it: the line break between them goes.
  #pushOverNewline(token: Token): void {
    const tokens = this.#tokens;
    if (tokens.length > 0 && tokens[tokens.length - 1].type === "eol") tokens[tokens.length - 1] = token;
    else tokens.push(token);
  }

  #newlinesBefore(): number | null {
    const top = this.#top();
    if (top === undefined || (top.type !== "eol" && top.type !== "," && top.type !== ";")) return null;
    return top.newlines === 0 ? null : top.newlines;
  }

  // Blanks, line ends, comments

  #blanks(): void {
    const source = this.#source;
    let at = this.#pos + 1;
    while (isBlank(source.charCodeAt(at))) at++;
    this.#pos = at;
    // `a -b` calls a with an argument; `a - b` and `a-b` subtract.
    const sign = source.charCodeAt(at);
    if (sign !== 43 && sign !== 45) return;
    const top = this.#top();
    if (top?.type !== "identifier") return;
    const next = source.charCodeAt(at + 1);
    if (Number.isNaN(next) || isSpace(next) || next === sign || next === 47 || next === 62) return;
    if (next === 58 && isSpace(source.charCodeAt(at + 2))) return;
    top.type = "op_identifier";
    this.#push(new Token("dual_op", this.#line, this.#column(), atom(source[at])));
    this.#pos++;
  }

  #newline(length: number): void {
    const top = this.#top();
    if (top !== undefined && (top.type === "eol" || top.type === "," || top.type === ";")) {
      top.newlines = (top.newlines ?? 0) + 1;
    } else this.#push(new Token("eol", this.#line, this.#column(), null, 1));
    this.#nextLine(length);
  }

  #nextLine(length: number): void {
    this.#pos += length;
    this.#line++;
    this.#base = this.#pos - this.#startColumn;
    while (isBlank(this.#source.charCodeAt(this.#pos))) this.#pos++;
    this.#indentation = this.#column() - 1;
  }

  #backslash(): void {
    const source = this.#source;
    if (this.#operator(0)) return;
    const length = source.startsWith("\\\n", this.#pos) ? 2 : source.startsWith("\\\r\n", this.#pos) ? 3 : 0;
    const atEnd = this.#pos + Math.max(length, 1) === source.length;
    if (atEnd) throw this.#error(this.#here(), "invalid escape \\ at end of file", "");
    if (length === 0) this.#unexpected(this.#pos);
    this.#nextLine(length);
  }

  #comment(): void {
    this.#skipComment();
    const top = this.#top();
    if (top?.type === "eol") top.newlines = 0;
  }

  #skipComment(): void {
    const source = this.#source;
    const start = this.#pos;
    let end = source.indexOf("\n", start);
    if (end < 0) end = source.length;
    else if (source.charCodeAt(end - 1) === 13) end--;
    const comment = source.slice(start, end);
    const bidi = findBidi(comment);
    if (bidi >= 0) {
      throw this.#error(
        this.#here(),
        "invalid bidirectional formatting character in comment: ",
        `\\u${wording.codePoint(comment.charCodeAt(bidi))}`,
      );
    }
    const { onComment } = this.#options;
    if (onComment !== undefined) {
      onComment({
        line: this.#line,
        column: this.#column(),
        text: comment,
        previousEolCount: this.#eolsBeforeComment(),
        nextEolCount: this.#eolsAfter(end),
      });
    }
    // Elixir counts the end of the line from where the comment starts.
    this.#base += end - start;
    this.#pos = end;
  }

  #eolsBeforeComment(): number {
    const top = this.#top();
    if (top === undefined) return 1;
    return this.#newlinesBefore() ?? 0;
  }

  #eolsAfter(at: number): number {
    let count = 0;
    for (let i = at; i < this.#source.length; i++) {
      const code = this.#source.charCodeAt(i);
      if (code === 10) count++;
      else if (!isBlank(code) && code !== 13) break;
    }
    return count;
  }

  #mergeConflict(): void {
    const line = /^[^\r\n]*/.exec(this.#source.slice(this.#pos))?.[0] ?? "";
    throw this.#error(this.#here(), wording.MERGE_CONFLICT, line);
  }

  #unexpected(at: number): never {
    const code = this.#source.codePointAt(at) as number;
    const column = at - this.#base;
    const name = wording.INVISIBLE.get(code);
    const char = name === undefined ? `"${String.fromCodePoint(code)}"` : name.name;
    const token = `${char} (column ${column}, code point U+${wording.codePoint(code)})`;
    throw this.#error({ line: this.#line, column }, "unexpected token: ", token);
  }

  // Names and reserved words

  #word(): void {
    const line = this.#line;
    const column = this.#column();
    const afterDot = this.#top()?.type === ".";
    const name = scanName(this.#source, this.#pos);
    if ("error" in name) this.#nameError(name);
    const source = this.#source;
    const next = source.charCodeAt(name.end);
    const colon = next === 58 && source.charCodeAt(name.end + 1) !== 58;
    if (!afterDot && name.ascii && !colon) {
      const word = WORDS.get(name.text);
      if (word !== undefined) {
        this.#reservedWord(word, name, line, column);
        return;
      }
    }
    const value = this.#nameAtom(name.text, line, column);
    if (next === 58 && isSpace(source.charCodeAt(name.end + 1))) {
      this.#advance(name, 1);
      this.#push(new Token("kw_identifier", line, column, value, null, name.text));
      return;
    }
    if (colon && name.end + 1 < source.length) {
      throw this.#error(
        { line, column },
        "keyword argument must be followed by space after: ",
        `${name.text}:`,
      );
    }
    if (name.at) {
      throw this.#error({ line, column }, wording.invalidCharacter(name.kind, "@"), name.text);
    }
    if (name.text === "__aliases__" || name.text === "__block__") {
      throw this.#error({ line, column }, "reserved token: ", name.text);
    }
    if (name.kind === "alias") {
      if (!name.ascii || name.special) {
        const invalid = [...name.text].find((char) => char < "A" || char > "\x7f") as string;
        throw this.#error({ line, column }, wording.invalidCharacter(wording.ALIAS_RULE, invalid), name.text);
      }
      this.#advance(name, 0);
      this.#push(new Token("alias", line, column, value, null, name.text));
    } else if (name.kind === "identifier") {
      this.#ambiguousBang("identifier", name.text, name.end, line, column);
      this.#advance(name, 0);
      this.#push(new Token(this.#callType(), line, column, value, null, name.text));
    } else this.#unexpected(this.#pos);
  }

  #advance(name: Name, extra: number): void {
    this.#base += name.end - this.#pos - name.length;
    this.#pos = name.end + extra;
  }

  // Which call a name begins is decided by the character right after it.
  #callType(): "paren_identifier" | "bracket_identifier" | "identifier" {
    const next = this.#source.charCodeAt(this.#pos);
    return next === 40 ? "paren_identifier" : next === 91 ? "bracket_identifier" : "identifier";
  }

  #nameAtom(name: string, line: number, column: number): Term {
    if (name.length > MAX_ATOM && [...name].length > MAX_ATOM) throw this.#atomTooLong(name, line, column);
    return this.#toAtom(name, line, column);
  }

  #atomTooLong(name: string, line: number, column: number): Error {
    return this.#error({ line, column }, "atom length must be less than system limit: ", name);
  }

  #toAtom(name: string, line: number, column: number): Term {
    const encoder = this.#options.staticAtomsEncoder;
    if (encoder !== undefined) {
      const answer = encoder(name, list([new Tuple2(LINE, line), new Tuple2(COLUMN, column)]));
      if ("ok" in answer) return answer.ok;
      throw this.#error({ line, column }, `${answer.error}: `, name);
    }
    if (!this.#options.existingAtomsOnly) return atom(name);
    const found = existingAtom(name);
    if (found === undefined) throw this.#error({ line, column }, "unsafe atom does not exist: ", name);
    return found;
  }

  #nameError(error: NameError): never {
    const column = this.#column();
    switch (error.error) {
      case "empty":
        return this.#unexpected(this.#pos);
      case "mixed": {
        const suggestion = suggest(error.text);
        const more =
          suggestion ?? "\nSee https://hexdocs.pm/elixir/unicode-syntax.html for more information.";
        const at = suggestion === null ? column : column + [...error.text].length - 1;
        const words = ["invalid mixed-script identifier found: ", error.suffix + more] as const;
        throw this.#error({ line: this.#line, column: at }, words, error.text);
      }
      case "unexpected": {
        const at = column + error.wrong.length - 1;
        const suggestion = suggest(error.wrong.join("")) ?? suggest(error.wrong[error.wrong.length - 1]);
        if (suggestion !== null)
          throw this.#error({ line: this.#line, column: at }, "unexpected token: ", suggestion);
        this.#base = error.at - at;
        return this.#unexpected(error.at);
      }
    }
  }

  #ambiguousBang(kind: "atom" | "identifier", name: string, end: number, line: number, column: number): void {
    if (this.#source.charCodeAt(end) !== 61 || !/[!?]$/.test(name)) return;
    this.#warn(line, column, wording.ambiguousBang(kind, kind === "atom" ? `:${name}` : name));
  }

  #reservedWord(kind: WordKind, name: Name, line: number, column: number): void {
    const word = name.text;
    this.#pos = name.end;
    switch (kind) {
      case "terminator":
        if (word === "do") this.#do(line, column);
        else this.#bracketToken(new Token(word as TokenType, line, column));
        return;
      case "literal":
        this.#push(new Token(word as TokenType, line, column));
        return;
      case "block":
        this.#push(new Token("block_identifier", line, column, atom(word)));
        return;
      default: {
        let at = this.#pos;
        while (isBlank(this.#source.charCodeAt(at))) at++;
        if (this.#source.charCodeAt(at) === 47) {
          this.#push(new Token("identifier", line, column, atom(word)));
          return;
        }
        const top = this.#top();
        if (kind === "in_op" && top?.type === "unary_op" && (top.value as Atom).name === "not") {
          this.#tokens.pop();
          this.#pushOverNewline(new Token("in_op", top.line, top.column, atom("not in")));
        } else if (kind === "unary_op")
          this.#push(new Token(kind, line, column, atom(word), this.#newlinesBefore()));
        else this.#pushOverNewline(new Token(kind, line, column, atom(word), this.#newlinesBefore()));
      }
    }
  }

  #do(line: number, column: number): void {
    const top = this.#top();
    if (top?.type === "identifier") top.type = "do_identifier";
    else if (top?.type === "fn") {
      throw this.#error({ line, column }, wording.doAfterFn("unexpected reserved word: "), "do");
    } else if (top?.type === "," || top?.type === ";") {
      throw this.#error({ line, column }, wording.invalidDo("unexpected reserved word: "), "do");
    }
    if (this.#top()?.type === "eol") this.#tokens.pop();
    this.#bracketToken(new Token("do", line, column));
  }

  // Brackets

  #open(type: TokenType, length: number): void {
    const token = new Token(type, this.#line, this.#column());
    this.#pos += length;
    this.#bracketToken(token);
  }

  #close(type: TokenType, length: number): void {
    const token = new Token(type, this.#line, this.#column(), null, this.#newlinesBefore());
    this.#pos += length;
    this.#bracketToken(token);
  }

  #bracketToken(token: Token): void {
    const { type, line, column } = token;
    const openings = this.#openings;
    const top = openings[openings.length - 1];
    switch (type) {
      case "(": {
        const before = this.#top();
        if (before?.type === "alias") throw this.#error(token, wording.parenAfterAlias(before.text), "(");
        openings.push({ type, line, column, indentation: this.#indentation });
        break;
      }
      case "[":
      case "{":
      case "<<":
        openings.push({ type, line, column, indentation: this.#indentation });
        break;
      case "do":
      case "fn":
        // A `do` indented no more than the one it is in hints that the latter lacks its `end`.
        if (top?.type === type && this.#indentation <= top.indentation) this.#hints.push(top);
        openings.push({ type, line, column, indentation: this.#indentation });
        break;
      default:
        if (top === undefined) throw this.#strayCloser(token);
        if (CLOSERS[top.type] !== type) {
          const words = type === "end" ? "unexpected reserved word: " : "unexpected token: ";
          throw this.#error(
            {
              line: top.line,
              column: top.column,
              endLine: line,
              endColumn: column,
              openingDelimiter: top.type,
              closingDelimiter: type,
              expectedDelimiter: CLOSERS[top.type],
            },
            words,
            type,
          );
        }
        openings.pop();
        // An `end` indented more than its `do` hints that another `do` is missing.
        if (top.type === "do" && this.#indentation > top.indentation) {
          this.#hints.push({ type: "end", line, column, indentation: this.#indentation });
        }
    }
    this.#push(token);
  }

  #strayCloser(token: Token): Error {
    if (token.type !== "end") return this.#error(token, "unexpected token: ", token.type);
    const hint = this.#hints.findLast((entry) => entry.type === "end");
    const suffix = hint === undefined ? "" : wording.endWithoutDo(hint.line);
    return this.#error(
      { line: token.line, column: token.column },
      ["unexpected reserved word: ", suffix],
      "end",
    );
  }

  #missingCloser(): never {
    const opening = this.#openings[this.#openings.length - 1];
    const closer = CLOSERS[opening.type] as string;
    const hint = this.#hints.findLast((entry) => entry.type === opening.type);
    const suffix = hint === undefined ? "" : wording.withoutCloser(hint.type, hint.line, closer);
    throw this.#error(
      {
        line: opening.line,
        column: opening.column,
        endLine: this.#line,
        endColumn: this.#column(),
        openingDelimiter: opening.type,
        expectedDelimiter: closer,
      },
      `missing terminator: ${closer}${suffix}`,
      "",
    );
  }

  // Operators

  #keywordAfter(length: number): boolean {
    const at = this.#pos + length;
    return this.#source.charCodeAt(at) === 58 && isSpace(this.#source.charCodeAt(at + 1));
  }

  #keyword(name: string, length: number): void {
    this.#push(new Token("kw_identifier", this.#line, this.#column(), atom(name)));
    this.#pos += length + 1;
  }

  // Reads the operator here if there is one of at least that length.
  #operator(least: number): boolean {
    const symbol = matchSymbol(this.#source, this.#pos, anySymbol);
    if (symbol === null || symbol.text.length < least) return false;
    const { kind, text: name } = symbol;
    const { length } = name;
    const line = this.#line;
    const column = this.#column();
    if (kind === "assoc_op" || kind === "ternary_op") {
      this.#pushOverNewline(new Token(kind, line, column, atom(name), this.#newlinesBefore()));
      this.#pos += length;
      return true;
    }
    if (this.#keywordAfter(length)) {
      this.#keyword(name, length);
      return true;
    }
    const last = name.charCodeAt(length - 1);
    if (
      last === this.#source.charCodeAt(this.#pos + length) &&
      length === 3 &&
      (kind === "and_op" || kind === "or_op" || kind === "xor_op" || kind === "concat_op")
    ) {
      this.#warn(line, column, wording.sameCharacter(name));
    }
    this.#pos += length;
    while (isBlank(this.#source.charCodeAt(this.#pos))) this.#pos++;
    if (this.#source.charCodeAt(this.#pos) === 47) {
      this.#push(new Token("identifier", line, column, atom(name)));
    } else if (kind === "unary_op" || kind === "dual_op" || kind === "at_op" || kind === "ellipsis_op") {
      this.#push(new Token(kind, line, column, atom(name)));
    } else {
      const deprecated = wording.DEPRECATED_OPERATORS.get(name);
      if (deprecated !== undefined) this.#warn(line, column, deprecated);
      this.#pushOverNewline(new Token(kind, line, column, atom(name), this.#newlinesBefore()));
    }
    return true;
  }

  #ampersand(): void {
    const source = this.#source;
    if (source.charCodeAt(this.#pos + 1) === 38) {
      this.#operator(0);
      return;
    }
    if (this.#keywordAfter(1)) {
      this.#keyword("&", 1);
      return;
    }
    let at = this.#pos + 1;
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
    this.#push(new Token(type, this.#line, this.#column(), atom("&")));
    this.#pos++;
  }

  #percent(): void {
    const source = this.#source;
    const next = source.charCodeAt(this.#pos + 1);
    if (next === 58 && this.#keywordAfter(1)) this.#keyword("%", 1);
    else if (next === 123) {
      if (source.charCodeAt(this.#pos + 2) === 125 && this.#keywordAfter(3)) {
        this.#keyword("%{}", 3);
        return;
      }
      const line = this.#line;
      const column = this.#column();
      this.#push(new Token("%{}", line, column));
      this.#pos += 2;
      this.#bracketToken(new Token("{", line, column));
    } else if (next === 40 || next === 91) {
      throw this.#error(this.#here(), "expected %{ to define a map, got: ", `%${source[this.#pos + 1]}`);
    } else {
      this.#push(new Token("%", this.#line, this.#column()));
      this.#pos++;
    }
  }

  #dot(): void {
    const source = this.#source;
    const line = this.#line;
    const column = this.#column();
    if (source.startsWith("..//", this.#pos)) {
      if (this.#keywordAfter(4)) {
        this.#keyword("..//", 4);
        return;
      }
      let at = this.#pos + 4;
      while (isBlank(source.charCodeAt(at))) at++;
      if (source.charCodeAt(at) !== 47) this.#unexpected(this.#pos);
      this.#push(new Token("identifier", line, column, atom("..//")));
      this.#pos = at;
      return;
    }
    if (source.charCodeAt(this.#pos + 1) === 46) {
      this.#operator(0);
      return;
    }
    if (this.#keywordAfter(1)) {
      this.#keyword(".", 1);
      return;
    }
    this.#pos++;
    this.#skipAfterDot();
    const code = source.charCodeAt(this.#pos);
    if (code === 40) {
      this.#pushOverNewline(new Token("dot_call_op", line, column, atom(".")));
      return;
    }
    const dot = new Token(".", line, column);
    if (code === 34 || code === 39) {
      this.#quotedCall(dot, source[this.#pos]);
      return;
    }
    const symbol = matchSymbol(source, this.#pos, isCalledSymbol);
    this.#pushOverNewline(dot);
    if (symbol !== null) {
      const at = this.#column();
      this.#pos += symbol.text.length;
      this.#push(new Token(this.#callType(), this.#line, at, atom(symbol.text)));
    }
  }

  // A dot may have its name on a later line, after comments.
  #skipAfterDot(): void {
    const source = this.#source;
    for (;;) {
      const code = source.charCodeAt(this.#pos);
      if (isBlank(code)) this.#pos++;
      else if (code === 35) {
        this.#skipComment();
        this.#base = this.#pos - this.#startColumn;
      } else if (code === 10 || (code === 13 && source.charCodeAt(this.#pos + 1) === 10)) {
        this.#pos += code === 10 ? 1 : 2;
        this.#line++;
        this.#base = this.#pos - this.#startColumn;
      } else return;
    }
  }

  #quotedCall(dot: Token, quote: string): void {
    const line = this.#line;
    const column = this.#column();
    this.#pos++;
    const note = ` (for function name starting at line ${line})`;
    const parts = this.#extract(quote.charCodeAt(0), true, {
      line,
      column,
      opening: quote,
      closing: quote,
      note,
    });
    const part = parts[0];
    if (parts.length > 1 || typeof part !== "string") {
      throw this.#error({ line, column }, wording.INTERPOLATED_CALL, quote);
    }
    if (isPlainName(part)) this.#warn(line, column, wording.quotedCall(part));
    const name = this.#unescapeParts([part], line, column)[0] as Bitstring;
    const value = this.#binaryAtom(name, line, column);
    this.#pushOverNewline(dot);
    this.#push(new Token(this.#callType(), line, column, value, null, "", quote));
  }

  // Atoms, numbers, characters

  #colon(): void {
    const source = this.#source;
    const line = this.#line;
    const column = this.#column();
    const at = this.#pos + 1;
    const special = SPECIAL_ATOMS.find((name) => source.startsWith(name, at));
    if (special !== undefined) {
      this.#push(new Token("atom", line, column, atom(special)));
      this.#pos = at + special.length;
      return;
    }
    const next = source.charCodeAt(at);
    if (next === 58) {
      if (source.charCodeAt(at + 1) === 58) {
        this.#warn(line, column, wording.COLONS_ATOM);
        this.#push(new Token("atom", line, column, atom("::")));
        this.#pos += 3;
      } else this.#operator(0);
      return;
    }
    if (next === 34 || next === 39) {
      this.#quotedAtom(source[at]);
      return;
    }
    const symbol = matchSymbol(source, at, isAtomSymbol);
    if (symbol !== null) {
      this.#push(new Token("atom", line, column, atom(symbol.text)));
      this.#pos = at + symbol.text.length;
      return;
    }
    if (next === 46) {
      this.#push(new Token("atom", line, column, atom(".")));
      this.#pos += 2;
      return;
    }
    const name = scanName(source, at);
    if ("error" in name) {
      if (name.error === "empty") this.#unexpected(this.#pos);
      // Elixir counts the columns of these errors from the colon.
      this.#base++;
      this.#pos = at;
      this.#nameError(name);
    }
    const value = this.#nameAtom(name.text, line, column);
    this.#ambiguousBang("atom", name.text, name.end, line, column);
    this.#base += name.end - at - name.length;
    this.#pos = name.end;
    this.#push(new Token("atom", line, column, value, null, name.text));
  }

  #quotedAtom(quote: string): void {
    const line = this.#line;
    const column = this.#column();
    this.#pos += 2;
    const note = ` (for atom starting at line ${line})`;
    const place = { line, column: column + 1, opening: quote, closing: quote, note };
    const parts = this.#extract(quote.charCodeAt(0), true, place);
    if (parts.length === 1 && isPlainName(parts[0])) {
      this.#warn(line, column, wording.quotedAtom(parts[0] as string));
    }
    this.#quotedName(this.#unescapeParts(parts, line, column), "atom", line, column, quote);
  }

  #quotedName(
    parts: Part[],
    kind: "atom" | "kw_identifier",
    line: number,
    column: number,
    quote: string,
  ): void {
    if (parts.length === 1 && parts[0] instanceof Bitstring) {
      const value = this.#binaryAtom(parts[0], line, column);
      const type = kind === "atom" ? "atom_quoted" : kind;
      this.#push(new Token(type, line, column, value, null, "", quote));
      return;
    }
    const type = `${kind}_${this.#options.existingAtomsOnly ? "safe" : "unsafe"}` as const;
    this.#push(new Token(type, line, column, parts, null, "", quote));
  }

  #binaryAtom(name: Bitstring, line: number, column: number): Term {
    const value = name.text;
    if (name.byteLength > MAX_ATOM) throw this.#atomTooLong(value ?? "", line, column);
    if (value === undefined) throw this.#error({ line, column }, "invalid encoding in atom: ", '"');
    return this.#toAtom(value, line, column);
  }

  #number(): void {
    const line = this.#line;
    const column = this.#column();
    const source = this.#source;
    const { value, text: digits, end } = scanNumber(source, this.#pos);
    if (value === null) {
      const words = digits.includes(".")
        ? "invalid float number "
        : `integer literal of more than ${MAX_DIGITS} digits: `;
      throw this.#error({ line, column }, words, digits.length > 100 ? `${digits.slice(0, 100)}…` : digits);
    }
    const next = source.charCodeAt(end);
    if ((isLower(next) || isUpper(next) || next === 95) && !/^0[xbo]/.test(digits)) {
      throw this.#error({ line, column }, wording.characterAfterNumber(source[end], digits), source[end]);
    }
    this.#push(new Token(typeof value === "object" ? "flt" : "int", line, column, value, null, digits));
    this.#pos = end;
  }

  #character(): void {
    const source = this.#source;
    const line = this.#line;
    const column = this.#column();
    const start = this.#pos;
    const escaped = source.charCodeAt(start + 1) === 92 && start + 2 < source.length;
    const at = escaped ? start + 2 : start + 1;
    if (at >= source.length) this.#unexpected(start);
    const code = source.codePointAt(at) as number;
    const char = String.fromCodePoint(code);
    const value = (escaped ? unescapeCharacter(char) : char).codePointAt(0) as number;
    const invisible = wording.INVISIBLE.get(value);
    if (!escaped && invisible !== undefined) this.#warn(line, column, wording.invisibleCharacter("?", value));
    else if (escaped && value === code && code !== 92) {
      if (invisible !== undefined) this.#warn(line, column, wording.invisibleCharacter("?\\", value));
      else if (isLower(code) || isUpper(code)) this.#warn(line, column, wording.unknownEscape(char));
    }
    this.#pos = at + char.length;
    this.#base += char.length - 1;
    this.#push(new Token("char", line, column, value, null, source.slice(start, this.#pos)));
  }

  // Strings, heredocs, sigils

  #quote(code: number): void {
    const source = this.#source;
    const quote = source[this.#pos];
    const line = this.#line;
    const column = this.#column();
    if (source.charCodeAt(this.#pos + 1) === code && source.charCodeAt(this.#pos + 2) === code) {
      if (code === 39) this.#warn(line, column, wording.SINGLE_QUOTED_HEREDOC);
      this.#pos += 3;
      const heredoc = this.#heredoc(code, true, line, column);
      const type = code === 34 ? "bin_heredoc" : "list_heredoc";
      const parts = this.#unescapeParts(heredoc.parts, line, column);
      this.#push(new Token(type, line, column, parts, null, "", "", heredoc.indentation));
      return;
    }
    this.#pos++;
    const note = ` (for string starting at line ${line})`;
    const parts = this.#extract(code, true, { line, column, opening: quote, closing: quote, note });
    if (this.#keywordAfter(0)) {
      this.#pos++;
      if (parts.length === 1 && isPlainName(parts[0])) {
        this.#warn(line, column, wording.quotedKeyword(parts[0] as string));
      } else if (code === 39) this.#warn(line, column, wording.SINGLE_QUOTED_KEYWORD);
      this.#quotedName(this.#unescapeParts(parts, line, column + 1), "kw_identifier", line, column, quote);
      return;
    }
    if (code === 39) this.#warn(line, column, wording.SINGLE_QUOTED_STRING);
    const type = code === 34 ? "bin_string" : "list_string";
    this.#push(new Token(type, line, column, this.#unescapeParts(parts, line, column + 1)));
  }

  #unescapeParts(parts: readonly RawPart[], line: number, column: number): Part[] {
    if (this.#options.unescape === false) return rawBinaries(parts);
    try {
      return parts.map((part) =>
        typeof part === "string" ? unescape(part, (message) => this.#warn(line, column, message)) : part,
      );
    } catch (error) {
      if (!(error instanceof EscapeError)) throw error;
      throw this.#error({ line, column }, `${error.message}. Syntax error after: `, error.token);
    }
  }

  // The parts of a heredoc whose opening quotes are read.
  #heredoc(
    quote: number,
    interpolate: boolean,
    line: number,
    column: number,
  ): { parts: RawPart[]; indentation: number } {
    const source = this.#source;
    const quotes = String.fromCharCode(quote).repeat(3);
    let at = this.#pos;
    while (isBlank(source.charCodeAt(at))) at++;
    if (source.startsWith("\r\n", at)) at++;
    if (source.charCodeAt(at) !== 10) {
      throw this.#error({ line, column: column + 3 }, wording.HEREDOC_START, quotes);
    }
    this.#pos = at;
    const note = ` (for heredoc starting at line ${line})`;
    const place = { line, column, opening: quotes, closing: quotes, note };
    const raw = this.#extract(quote, interpolate, place, true);
    const indentation = this.#column() - 4;
    const { parts, outdented } = stripMargin(raw, indentation, line);
    if (outdented !== null) this.#warn(outdented, column, wording.outdentedHeredoc(quotes));
    parts[0] = (parts[0] as string).slice(1);
    return { parts, indentation };
  }

  #startsSigil(): boolean {
    const next = this.#source.charCodeAt(this.#pos + 1);
    return isLower(next) || isUpper(next);
  }

  #sigil(): void {
    const source = this.#source;
    const line = this.#line;
    const column = this.#column();
    let at = this.#pos + 2;
    const lower = isLower(source.charCodeAt(at - 1));
    if (!lower) while (isUpper(source.charCodeAt(at)) || isDigit(source.charCodeAt(at))) at++;
    const name = source.slice(this.#pos + 1, at);
    if (isLower(source.charCodeAt(at))) {
      throw this.#error({ line, column }, wording.SIGIL_NAME, source.slice(this.#pos));
    }
    this.#pos = at;
    const contentColumn = this.#column();
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
      this.#pos += 3;
      ({ parts, indentation } = this.#heredoc(quote, lower, line, contentColumn));
      delimiter = char.repeat(3);
    } else if ("/<\"'[({|".includes(char)) {
      this.#pos++;
      const closing = SIGIL_CLOSERS[char] ?? char;
      const note = ` (for sigil ~${name[0]}${char} starting at line ${line})`;
      const place = { line, column: contentColumn, opening: char, closing, note };
      parts = this.#extract(closing.charCodeAt(0), lower, place);
    } else {
      throw this.#error(
        { line, column },
        "invalid sigil delimiter: ",
        wording.sigilDelimiter(char, contentColumn, wording.codePoint(char.codePointAt(0) as number)),
      );
    }
    const symbol = `sigil_${name}`;
    const value = name.length === 1 ? atom(symbol) : this.#nameAtom(symbol, line, column);
    const start = this.#pos;
    while (isModifier(source.charCodeAt(this.#pos))) this.#pos++;
    const modifiers = list([...source.slice(start, this.#pos)].map((modifier) => modifier.charCodeAt(0)));
    this.#push(
      new SigilToken(line, column, value, rawBinaries(parts), name, modifiers, delimiter, indentation),
    );
  }

  // What is between here and the closing quote, which is read too. Escapes stay, except that of the quote.
  #extract(last: number, interpolate: boolean, place: Enclosure, heredoc = false): RawPart[] {
    const source = this.#source;
    const parts: RawPart[] = [];
    let buffer = "";
    let start = this.#pos;
    const take = (end: number) => {
      if (end > start) buffer += source.slice(start, end);
    };
    for (;;) {
      const at = this.#pos;
      if (at >= source.length) {
        const closing = heredoc ? place.closing : String.fromCharCode(last);
        throw this.#unclosed(place, this.#line, this.#column(), `missing terminator: ${closing}`);
      }
      const code = source.charCodeAt(at);
      if (code === last && !heredoc) {
        take(at);
        this.#pos++;
        break;
      }
      if (code === 92) {
        const next = source.charCodeAt(at + 1);
        if (next === 10 || (next === 13 && source.charCodeAt(at + 2) === 10)) {
          this.#pos += next === 10 ? 1 : 2;
          continue;
        }
        if (!heredoc && next === last) {
          if (!interpolate)
            this.#warn(this.#line, this.#column(), wording.escapedSigilEnd(String.fromCharCode(last)));
          take(at);
          start = at + 1;
          this.#pos += 2;
        } else if (heredoc && source.startsWith(place.closing, at + 1)) {
          take(at);
          start = at + 1;
          this.#pos += 4;
        } else if (interpolate && next === 35 && source.charCodeAt(at + 2) === 123) this.#pos += 3;
        else {
          this.#pos++;
          if (this.#pos < source.length) this.#visibleCharacter();
        }
        continue;
      }
      if (code === 10) {
        this.#pos++;
        this.#line++;
        this.#base = this.#pos - (heredoc ? 1 : this.#startColumn);
        if (heredoc) {
          let end = this.#pos;
          while (isBlank(source.charCodeAt(end))) end++;
          if (source.startsWith(place.closing, end)) {
            take(this.#pos);
            this.#pos = end + 3;
            break;
          }
          this.#pos = end;
        }
        continue;
      }
      if (code === 35 && interpolate && source.charCodeAt(at + 1) === 123) {
        take(at);
        if (buffer !== "") parts.push(buffer);
        buffer = "";
        parts.push(this.#interpolation(place));
        start = this.#pos;
        continue;
      }
      if (code < 128 && !(source.charCodeAt(at + 1) > 255)) this.#pos++;
      else this.#visibleCharacter();
    }
    if (buffer !== "" || parts.length === 0) parts.push(buffer);
    return parts;
  }

  // One character as readers see it is one column, however long it is.
  #visibleCharacter(): void {
    const at = this.#pos;
    const code = this.#source.charCodeAt(at);
    if (code < 256 && this.#source.charCodeAt(at + 1) < 256) {
      this.#pos++;
      return;
    }
    if (isBidi(code)) {
      const escape = `\\u${wording.codePoint(code)}`;
      throw this.#error(this.#here(), wording.bidiInString(escape), escape);
    }
    this.#pos = graphemeEnd(this.#source, at);
    this.#base += this.#pos - at - 1;
  }

  // The error of a string without an end, which may as well be an interpolation without one.
  #unclosed(place: Enclosure, line: number, column: number, message: string): Error {
    return this.#error(
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

  #interpolation(place: Enclosure): Interpolation {
    const line = this.#line;
    const column = this.#column();
    if (++this.#interpolations > MAX_INTERPOLATIONS) {
      throw this.#error(this.#here(), `more than ${MAX_INTERPOLATIONS} interpolations in each other: `, "#{");
    }
    const tokens = this.#tokens;
    const openings = this.#openings;
    const hints = this.#hints;
    const indentation = this.#indentation;
    this.#tokens = [];
    this.#openings = [];
    this.#hints = hints.slice();
    this.#pos += 2;
    this.#run(true);
    if (this.#pos >= this.#source.length) {
      throw this.#unclosed(place, line, column, 'missing interpolation terminator: "}"');
    }
    const result = new Interpolation(line, column, this.#line, this.#column(), this.#tokens);
    this.#tokens = tokens;
    this.#openings = openings;
    this.#hints = hints;
    this.#indentation = indentation;
    this.#interpolations--;
    this.#pos++;
    return result;
  }
}

const SPECIAL_ATOMS = ["<<>>", "%{}", "%", "{}", "..//"];

const anySymbol = (_symbol: Symbol) => true;

function rawBinaries(parts: readonly RawPart[]): Part[] {
  return parts.map((part) => (typeof part === "string" ? text(part) : part));
}

/** How a name that is not allowed could be written instead, if there is a way. */
function suggest(wrong: string): string | null {
  for (const kind of ["compatible", "similar"] as const) {
    const name = scanName(kind === "compatible" ? wrong.normalize("NFKC") : skeleton(wrong), 0);
    if (!("error" in name)) return wording.simplerForm(kind, wrong, name.text);
  }
  return null;
}

/** Whether a quoted name would do without its quotes. */
function isPlainName(part: RawPart): boolean {
  if (typeof part !== "string" || part === "") return false;
  const name = scanName(part, 0);
  return (
    !("error" in name) && name.kind === "identifier" && name.ascii && !name.at && name.end === part.length
  );
}

function isModifier(code: number): boolean {
  return isLower(code) || isUpper(code) || isDigit(code);
}
