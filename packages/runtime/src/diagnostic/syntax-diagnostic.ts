/**
 * What is wrong with a text that does not parse, as data: which exception it becomes, where, and the pieces of
 * the wording. The virtual machine makes the exception struct of it; `message` words it as that exception does.
 */
import { atom } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import { locationPrefix, renderMessage, renderRegion } from "./snippet.ts";

export type SyntaxErrorName = "SyntaxError" | "TokenMissingError" | "MismatchedDelimiterError";

export interface SyntaxErrorFields {
  readonly name: SyntaxErrorName;
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly endLine?: number | null;
  readonly endColumn?: number | null;
  readonly openingDelimiter?: string | null;
  readonly closingDelimiter?: string | null;
  readonly expectedDelimiter?: string | null;
  readonly snippet: string | null;
  readonly description: string;
  /** The wording before the token, or what stands on both sides of it. */
  readonly error: string | readonly [string, string];
  /** The offending token as Elixir writes it; empty at the end of the text. */
  readonly token: string;
}

export class SyntaxDiagnostic extends Error {
  override readonly name: SyntaxErrorName;
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly openingDelimiter: string | null;
  readonly closingDelimiter: string | null;
  readonly expectedDelimiter: string | null;
  /** The source lines that the message shows, without the gutter. */
  readonly snippet: string | null;
  readonly description: string;
  readonly error: string | readonly [string, string];
  readonly token: string;

  constructor(fields: SyntaxErrorFields) {
    super();
    this.name = fields.name;
    this.file = fields.file;
    this.line = fields.line;
    this.column = fields.column;
    this.endLine = fields.endLine ?? null;
    this.endColumn = fields.endColumn ?? null;
    this.openingDelimiter = fields.openingDelimiter ?? null;
    this.closingDelimiter = fields.closingDelimiter ?? null;
    this.expectedDelimiter = fields.expectedDelimiter ?? null;
    this.snippet = fields.snippet;
    this.description = fields.description;
    this.error = fields.error;
    this.token = fields.token;
    this.message = renderSyntaxError(this);
  }

  /** `{meta, error, token}`, the reason that `Code.string_to_quoted/2` gives. */
  get reason(): Term {
    const { error } = this;
    const words = typeof error === "string" ? text(error) : tuple(text(error[0]), text(error[1]));
    return tuple(list(this.#meta()), words, text(this.token));
  }

  #meta(): Term[] {
    const entries: [string, Term | null][] = [];
    const delimiter = (name: string | null) => (name === null ? null : atom(name));
    const place: [string, Term | null][] = [
      ["line", this.line],
      ["column", this.column],
    ];
    const end: [string, Term | null][] = [
      ["end_line", this.endLine],
      ["end_column", this.endColumn],
    ];
    if (this.name === "MismatchedDelimiterError") {
      entries.push(...place, ...end, ["error_type", atom("mismatched_delimiter")]);
      entries.push(["opening_delimiter", delimiter(this.openingDelimiter)]);
      entries.push(["closing_delimiter", delimiter(this.closingDelimiter)]);
      entries.push(["expected_delimiter", delimiter(this.expectedDelimiter)]);
    } else {
      entries.push(["opening_delimiter", delimiter(this.openingDelimiter)]);
      entries.push(["expected_delimiter", delimiter(this.expectedDelimiter)]);
      entries.push(...place, ...end);
    }
    return entries.flatMap(([key, value]) => (value === null ? [] : [tuple(atom(key), value)]));
  }
}

/** The fields that a rendering reads: those of the exception structs, so that the library can call it too. */
export interface RenderedSyntaxError {
  readonly name: SyntaxErrorName;
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly expectedDelimiter: string | null;
  readonly snippet: string | null;
  readonly description: string;
}

/** The message of the exception, as `Exception.message/1` gives it. */
export function renderSyntaxError(error: RenderedSyntaxError): string {
  switch (error.name) {
    case "SyntaxError": {
      const heading = `invalid syntax found on ${locationPrefix(error.file, error.line, error.column)}\n`;
      if (error.snippet !== null && error.column !== null) return heading + excerpt(error, error.snippet);
      return `${heading}   ${excerpt(error, null).replaceAll("\n", "\n   ")}`;
    }
    case "MismatchedDelimiterError":
      return mismatched(error);
    case "TokenMissingError":
      return missing(error);
  }
}

function excerpt(error: RenderedSyntaxError, snippet: string | null): string {
  return renderMessage("error", error, error.description, snippet);
}

function mismatched(error: RenderedSyntaxError): string {
  const endLine = error.endLine ?? error.line;
  const endColumn = error.endColumn ?? 1;
  const body = renderRegion(
    {
      file: error.file,
      line: error.line,
      column: error.column ?? 1,
      endLine,
      endColumn,
      startNote: "└ unclosed delimiter",
      endNote: `└ mismatched closing delimiter (expected ${quoteDelimiter(error.expectedDelimiter)})`,
    },
    error.description,
    (error.snippet ?? "").split("\n"),
  );
  return `mismatched delimiter found on ${locationPrefix(error.file, endLine, endColumn)}\n${body}`;
}

function missing(error: RenderedSyntaxError): string {
  if (error.snippet === null || error.column === null || error.endLine === null) {
    const heading = `token missing on ${locationPrefix(error.file, error.line, error.column)}\n`;
    return heading + excerpt(error, error.snippet);
  }
  const lines = error.snippet.split("\n");
  let dropped = 0;
  while (lines.length > 1 && lines[lines.length - 1] === "") {
    lines.pop();
    dropped++;
  }
  const endLine = error.endLine - dropped;
  const last = lines[lines.length - 1];
  const length = ASCII.test(last) ? last.length : [...new Intl.Segmenter().segment(last)].length;
  const endColumn = length + 1;
  const body = renderRegion(
    {
      file: error.file,
      line: error.line,
      column: error.column,
      endLine,
      endColumn,
      startNote: "└ unclosed delimiter",
      endNote: `└ missing closing delimiter (expected ${quoteDelimiter(error.expectedDelimiter)})`,
    },
    error.description,
    lines,
  );
  return `token missing on ${locationPrefix(error.file, endLine, endColumn)}\n${body}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;

function quoteDelimiter(delimiter: string | null): string {
  if (delimiter === null) return '"nil"';
  return /["']/.test(delimiter) ? delimiter : `"${delimiter}"`;
}
