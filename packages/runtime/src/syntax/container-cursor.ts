/**
 * The quoted form of text that breaks off at a cursor: `__cursor__()` stands where the user is typing, what is open there
 * is closed, and the unfinished expression itself is dropped. Mirrors `Code.Fragment.container_cursor_to_quoted/2`.
 *
 * It works on tokens: from the cursor back to whatever the expression there is an operand, an argument or an item of.
 */
import { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
import { atom } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import { Builder } from "./builder.ts";
import type { SourceText } from "./errors.ts";
import { guardStack, originOf } from "./index.ts";
import { Lexer } from "./lexer.ts";
import type { ParseOptions } from "./options.ts";
import { Parser } from "./parser.ts";
import { Token, type TokenType } from "./token.ts";

const CLOSER: Partial<Record<TokenType, TokenType>> = {
  fn: "end",
  do: "end",
  "(": ")",
  "[": "]",
  "{": "}",
  "<<": ">>",
};
const CLOSERS = new Set(Object.values(CLOSER));

/** Before which tokens an expression may begin anew: the cursor is put behind them. */
const STOPS = new Set<TokenType>([
  ";",
  "eol",
  ",",
  "fn",
  "do",
  "(",
  "[",
  "{",
  "<<",
  "identifier",
  "block_identifier",
  "kw_identifier",
  "kw_identifier_safe",
  "kw_identifier_unsafe",
]);

/** What may follow the cursor once the rest of its expression is dropped. */
const CONTINUES = new Set<TokenType>(["}", "]", ")", ">>", "end", ",", ";", "eol", "stab_op"]);

const isOperator = (type: TokenType) => type.endsWith("_op") && type !== "dot_call_op";

class CursorLexer extends Lexer {
  /** Whether the cursor stands in an interpolation already: then nothing more is dropped. */
  placed = false;

  /** The tokens, and the brackets that are open at their end, innermost last. */
  read(): { tokens: Token[]; open: TokenType[]; line: number; column: number } {
    this.run(false);
    if (!this.placed) this.placeCursor();
    const open = this.openings.map(({ type }) => type);
    return { tokens: this.tokens, open, line: this.line, column: this.column() };
  }

  protected override run(inside: boolean): void {
    try {
      super.run(inside);
    } catch (error) {
      if (!(error instanceof SyntaxDiagnostic)) throw error;
      const rest = this.source.slice(this.pos);
      if (!/^(:|~[a-zA-Z]?$|0[xob]$)/.test(rest)) throw error;
      // It counts for nothing, in columns either.
      this.pos += rest.length;
      this.base += rest.length;
    }
  }

  protected override missingCloser(): never {
    return undefined as never;
  }

  protected override blanks(): void {
    super.blanks();
    // A name and a blank: the cursor is its first argument, two columns behind them.
    const top = this.top();
    if (this.pos < this.source.length || top?.type !== "identifier") return;
    top.type = "paren_identifier";
    this.bracketToken(new Token("(", this.line, this.column() + 1));
    this.base -= 2;
  }

  // A string that is not finished is one nevertheless.
  protected override endsInside(): boolean {
    return true;
  }

  protected override endOfInterpolation(): boolean {
    if (this.pos < this.source.length) return false;
    if (!this.placed) {
      this.placeCursor();
      this.placed = true;
    }
    this.tokens.push(
      ...closers(
        this.openings.map(({ type }) => type),
        this.line,
        this.column(),
      ),
    );
    return true;
  }

  private placeCursor(): void {
    const { tokens } = this;
    if (tokens.at(-1)?.type === "identifier") tokens.pop();
    const open: TokenType[] = [];
    for (let token = tokens.at(-1); token !== undefined; token = tokens.at(-1)) {
      const { type } = token;
      if (CLOSERS.has(type)) open.push(type);
      else if (open.length > 0) {
        if (CLOSER[type] === open.at(-1)) open.pop();
      } else if (STOPS.has(type) || isOperator(type)) break;
      tokens.pop();
    }
    const { line } = this;
    const column = this.column();
    tokens.push(
      new Token("paren_identifier", line, column, atom("__cursor__"), null, "__cursor__"),
      new Token("(", line, column + 10),
      new Token(")", line, column + 11),
    );
    this.base -= 12;
  }
}

function closers(open: readonly TokenType[], line: number, column: number): Token[] {
  return [...open].reverse().map((type) => {
    const token = new Token(CLOSER[type]!, line, column);
    column += CLOSER[type]!.length;
    return token;
  });
}

/**
 * The quoted form of a text that breaks off at a cursor, for which `__cursor__()` stands; `trailing` is what comes after it,
 * if that is known.
 */
export function parseAtCursor(source: string, trailing: string | null, options: ParseOptions): Term {
  const origin: SourceText = {
    source,
    file: options.file ?? "nofile",
    line: options.line ?? 1,
    column: options.column ?? 1,
  };
  return guardStack(originOf(source, options), () => {
    const lexer = new CursorLexer(origin, options);
    const { tokens, open, line, column } = lexer.read();
    const all =
      trailing === null
        ? closed(tokens, open, line, column, lexer.placed)
        : continued(tokens, open, line, column, trailing, options);
    return new Parser(new Builder(origin, options), all).parse();
  });
}

/** A `fn` whose clauses have not begun is dropped with the cursor's place before it. */
function closed(tokens: Token[], open: TokenType[], line: number, column: number, placed: boolean): Token[] {
  const fn = open.lastIndexOf("fn");
  if (!placed && fn >= 0 && lacksArrow(tokens.slice(0, -3), false)) {
    const cursor = tokens.slice(-3);
    const at = tokens.findLastIndex(({ type }) => type === "fn");
    return [...tokens.slice(0, at), ...cursor, ...closers(open.slice(0, fn), line, column)];
  }
  return [...tokens, ...closers(open, line, column)];
}

/** With the rest of the text, from which an arrow after the cursor is known. */
function continued(
  tokens: Token[],
  open: TokenType[],
  line: number,
  column: number,
  trailing: string,
  options: ParseOptions,
): Token[] {
  const block = open.findLastIndex((type) => type === "do" || type === "fn");
  const rest =
    block >= 0 && lacksArrow(tokens.slice(0, -3), true)
      ? trailingTokens(trailing, open.slice(block + 1), line, column, options)
      : null;
  if (rest === null) return [...tokens, ...closers(open, line, column)];
  const ends = closers(open.slice(0, block + 1), line, column);
  const ownLine = tokens.at(-4)?.type === "eol";
  let from = 0;
  if (!ownLine) while (rest[from]?.type === "eol") from++;
  return [...tokens, ...dropExpression([...rest.slice(from), ...ends])];
}

/** The tokens up to the `end` that closes the block around the cursor; `null` when there is none. */
function trailingTokens(
  source: string,
  open: readonly TokenType[],
  line: number,
  column: number,
  options: ParseOptions,
): Token[] | null {
  const lexer = new TrailingLexer(
    { source, file: options.file ?? "nofile", line, column },
    { ...options, line, column },
  );
  return lexer.read(open) ? lexer.before : null;
}

class TrailingLexer extends Lexer {
  before: Token[] = [];

  /** Whether there is an `end` without its `do`. */
  read(open: readonly TokenType[]): boolean {
    this.openings = open.map((type) => ({ type, line: this.line, column: this.column(), indentation: 0 }));
    try {
      this.run(false);
      return false;
    } catch (error) {
      if (!(error instanceof SyntaxDiagnostic)) throw error;
      this.before = this.tokens;
      return error.token === "end" && this.openings.length === 0;
    }
  }
}

function dropExpression(tokens: Token[]): Token[] {
  let depth = 0;
  const end = tokens.findIndex(({ type }) => {
    if (depth === 0 && CONTINUES.has(type)) return true;
    if (CLOSERS.has(type)) depth--;
    else if (type in CLOSER) depth++;
    return false;
  });
  return end < 0 ? [] : tokens.slice(end);
}

/** Whether the innermost clause that is open has no arrow before the cursor; with `anywhere`, whether there may be another. */
function lacksArrow(tokens: readonly Token[], anywhere: boolean): boolean {
  for (const { type } of [...tokens].reverse()) {
    if (type === "do" || type === "fn") return true;
    if (type === "stab_op") return anywhere;
  }
  return false;
}
