/** Tests in tables: each row is a source text and what Elixir 1.18 makes of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ParseOptions, parse, SyntaxDiagnostic } from "../../../packages/runtime/src/syntax/index.ts";
import { inspect } from "./inspect.ts";

type Row = readonly [source: string, expected: string];

/** Each text has this quoted form. */
export function quotes(rows: readonly Row[], options: ParseOptions = {}): void {
  for (const [source, expected] of rows) {
    test(title(source), () => assert.equal(inspect(parse(source, options)), expected));
  }
}

/** Each text fails with this exception and message. */
export function fails(rows: readonly Row[], options: ParseOptions = {}): void {
  for (const [source, expected] of rows) {
    test(title(source), () => assert.equal(failure(source, options), expected));
  }
}

/** Each text parses with these warnings. */
export function warns(rows: readonly Row[]): void {
  for (const [source, expected] of rows) {
    test(title(source), () => {
      const warnings: string[] = [];
      parse(source, {
        columns: true,
        onWarning: ({ line, column, message }) => {
          warnings.push(`${line}:${column === null ? "" : `${column}:`} ${message}`);
        },
      });
      assert.equal(warnings.join("\n"), expected);
    });
  }
}

/** The banner of the exception that parsing gives. */
export function failure(source: string, options: ParseOptions = {}): string {
  try {
    parse(source, options);
  } catch (error) {
    if (error instanceof SyntaxDiagnostic) return `** (${error.name}) ${error.message}`;
    throw error;
  }
  return "no error";
}

function title(source: string): string {
  const shown = JSON.stringify(source).slice(1, -1);
  return shown.length > 70 ? `${shown.slice(0, 70)}…` : shown;
}
