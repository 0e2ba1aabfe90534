/**
 * What all parts of the parser share: the place among the tokens, the sort of the expression parsed last, errors.
 *
 * Elixir's grammar sorts expressions by how they may be nested, which is what makes a call without parentheses
 * unambiguous. `shape` holds that sort:
 *
 * - `matched`: may stand anywhere;
 * - `unmatched`: ends in a do-block, so it is no argument of a call without parentheses;
 * - `noParens`: a call without parentheses whose arguments would swallow a comma that follows.
 *
 * An error is at the first token that no Elixir text could have there.
 */
import { Atom } from "../term/atom.ts";
import type { Builder } from "./builder.ts";
import { unexpectedToken } from "./errors.ts";
import { Token, type TokenType } from "./token.ts";
import * as wording from "./wording.ts";

export type Shape = "matched" | "unmatched" | "noParens";

/**
 * How deep expressions may nest. A level takes about a kilobyte of the heap while it is parsed; deeper text than this
 * is written only to do harm.
 */
export const MAX_DEPTH = 250_000;

/**
 * Parsing is recursive without a bound, and JavaScript's stack has one. So the methods that recurse are generators,
 * and one that is many levels deep yields what it needs parsed, to be run on a stack of its own.
 */
export type Parsing<Result> = Generator<Parsing<any>, Result, any>;

/** Levels of expressions parsed on one JavaScript stack; each takes up to a dozen frames. */
export const LEVELS_PER_STACK = 32;

/** Runs a parse to its end. An error ends all that wait for it, as none of them handles errors. */
export function runParsing<Result>(parsing: Parsing<Result>): Result {
  const waiting: Parsing<unknown>[] = [parsing];
  let value: unknown;
  while (waiting.length > 0) {
    const step = waiting[waiting.length - 1].next(value);
    value = step.done ? step.value : undefined;
    if (step.done) waiting.pop();
    else waiting.push(step.value);
  }
  return value as Result;
}

/** Tokens that begin an expression, and hence the first argument of a call without parentheses. */
export const STARTS = new Set<TokenType>([
  "identifier",
  "paren_identifier",
  "bracket_identifier",
  "do_identifier",
  "op_identifier",
  "alias",
  "atom",
  "atom_quoted",
  "atom_safe",
  "atom_unsafe",
  "bin_string",
  "list_string",
  "bin_heredoc",
  "list_heredoc",
  "sigil",
  "int",
  "flt",
  "char",
  "capture_int",
  "capture_op",
  "unary_op",
  "at_op",
  "ellipsis_op",
  "fn",
  "true",
  "false",
  "nil",
  "(",
  "[",
  "{",
  "<<",
  "%{}",
  "%",
]);

/** Tokens that begin an expression, but after a name continue one. */
const STARTS_OR_CONTINUES = new Set<TokenType>(["dual_op", "ternary_op", "range_op"]);

export abstract class ParserCursor {
  protected readonly builder: Builder;
  protected readonly tokens: readonly Token[];
  protected readonly end: Token;
  protected at = 0;
  protected depth: number;
  protected shape: Shape = "matched";
  /** Whether brackets after the expression parsed last access it. */
  protected accessible = false;
  /** Whether it may stand alone in a map: a name, an access or a prefix of one. */
  protected simple = false;
  /** Whether it is a call without parentheses of one argument. */
  protected oneArgument = false;
  /** Whether calls without parentheses take one argument only. */
  protected single = false;
  /** Whether what was to be a struct's name went on as an expression, in which no brace begins an argument. */
  protected misnamed = false;

  constructor(builder: Builder, tokens: readonly Token[], depth = 0) {
    this.builder = builder;
    this.tokens = tokens;
    const last = tokens[tokens.length - 1];
    this.end = new Token("$end", last?.line ?? 1, last?.column ?? 1);
    this.depth = depth;
  }

  protected peek(): Token {
    return this.tokens[this.at] ?? this.end;
  }

  protected peekAfter(): Token {
    return this.tokens[this.at + 1] ?? this.end;
  }

  protected next(): Token {
    return this.tokens[this.at++] ?? this.end;
  }

  protected unexpected(): Error {
    return unexpectedToken(this.builder.origin, this.peek());
  }

  // Errors about a whole expression come only after those about what follows it.
  protected checkFollow(): void {
    const { type } = this.peek();
    if (STARTS.has(type) || this.isKeyword()) throw this.unexpected();
  }

  protected expect(type: TokenType): Token {
    if (this.peek().type !== type) throw this.unexpected();
    return this.next();
  }

  // A closing bracket, maybe on its own line.
  protected close(type: TokenType): Token {
    if (this.peek().type === "eol") this.at++;
    return this.expect(type);
  }

  protected isClose(type: TokenType): boolean {
    const token = this.peek();
    return token.type === type || (token.type === "eol" && this.peekAfter().type === type);
  }

  // An operator or opening bracket, with the line breaks after it noted on it.
  protected nextWithEol(): Token {
    const token = this.next();
    const eol = this.peek();
    if (eol.type === "eol") {
      token.newlines = eol.newlines;
      this.at++;
    }
    return token;
  }

  protected skipEol(): void {
    if (this.peek().type === "eol") this.at++;
  }

  // `eol`, `;` or both: the end of an expression.
  protected skipEnds(): Token | null {
    const token = this.peek();
    if (token.type === ";") {
      this.at++;
      return token;
    }
    if (token.type !== "eol") return null;
    this.at++;
    if (this.peek().type === ";") this.at++;
    return token;
  }

  protected isKeyword(): boolean {
    const { type } = this.peek();
    return type === "kw_identifier" || type === "kw_identifier_safe" || type === "kw_identifier_unsafe";
  }

  protected startsExpression(): boolean {
    const { type } = this.peek();
    return STARTS.has(type) || STARTS_OR_CONTINUES.has(type);
  }

  protected enter(): void {
    if (++this.depth > MAX_DEPTH) throw this.builder.error(this.peek(), wording.TOO_DEEP, this.peek().type);
  }

  // What recurses without an expression in between.
  protected *deeper<Result>(parsing: Parsing<Result>): Parsing<Result> {
    this.enter();
    const result = this.depth % LEVELS_PER_STACK === 0 ? yield parsing : yield* parsing;
    this.depth--;
    return result as Result;
  }

  /** What stands between delimiters, where calls take as many arguments as they like. */
  protected within<Result>(parsing: Parsing<Result>): Parsing<Result> {
    return this.single ? this.withoutLimit(parsing) : parsing;
  }

  private *withoutLimit<Result>(parsing: Parsing<Result>): Parsing<Result> {
    this.single = false;
    const result: Result = yield* parsing;
    this.single = true;
    return result;
  }

  protected is(shape: Shape): boolean {
    return this.shape === shape;
  }

  protected set(shape: Shape, accessible: boolean, simple: boolean): void {
    this.shape = shape;
    this.accessible = accessible;
    this.simple = simple;
    this.oneArgument = false;
  }
}

export function nameOf(token: Token): string {
  const value = token.value;
  return value instanceof Atom ? value.name : "";
}
