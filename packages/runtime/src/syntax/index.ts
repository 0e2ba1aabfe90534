/**
 * Elixir's syntax: source text to the quoted form, as `Code.string_to_quoted/2` gives it.
 */
import { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
import type { Term } from "../term/term.ts";
import { Builder } from "./builder.ts";
import { type SourceText, syntaxError } from "./errors.ts";
import { Lexer } from "./lexer.ts";
import type { ParseOptions } from "./options.ts";
import { Parser } from "./parser.ts";
import type { Token } from "./token.ts";
import { TOO_DEEP } from "./wording.ts";

export { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
export { type DeferredCall, DeferredEncoder, fill } from "./deferred.ts";
export { scanName } from "./lexer-identifier.ts";
export type { Comment, Encoded, ParseOptions, SyntaxWarning } from "./options.ts";
export { Interpolation, Token, type TokenType } from "./token.ts";

/** The quoted form of a text. Throws a `SyntaxDiagnostic` when it has none. */
export function parse(source: string, options: ParseOptions = {}): Term {
  const origin = originOf(source, options);
  return guardStack(origin, () => {
    const tokens = lex(origin, options);
    return new Parser(new Builder(origin, options), tokens).parse();
  });
}

/** The tokens of a text. Throws a `SyntaxDiagnostic` when they are not well formed. */
export function tokenize(source: string, options: ParseOptions = {}): Token[] {
  const origin = originOf(source, options);
  return guardStack(origin, () => lex(origin, options));
}

export function originOf(source: string, options: ParseOptions): SourceText {
  const column = (options.column ?? 1) + (options.indentation ?? 0);
  return { source, file: options.file ?? "nofile", line: options.line ?? 1, column };
}

function lex(origin: SourceText, options: ParseOptions): Token[] {
  const lexer = new Lexer(origin, options);
  const tokens = lexer.tokenize();
  const { onWarning, emitWarnings } = options;
  if (onWarning !== undefined && emitWarnings !== false) {
    for (const { line, column, message } of lexer.warnings) {
      onWarning({ file: origin.file, line, column, message });
    }
  }
  return tokens;
}

/** The limit on nesting suits the usual stack; a host with a smaller one still gets an error of ours. */
export function guardStack<T>(origin: SourceText, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SyntaxDiagnostic || !(error instanceof RangeError)) throw error;
    const place = { line: origin.line, column: origin.column };
    throw syntaxError(origin, place, TOO_DEEP, origin.file);
  }
}
