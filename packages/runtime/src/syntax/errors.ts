/**
 * From a place, a wording and a token to the diagnostic that Elixir gives: which exception it is, how the token
 * is written, and which source lines it shows.
 */
import { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
import { Atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { listToArray } from "../term/list.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Interpolation, type SigilToken, type Token } from "./token.ts";

/** Erlang breaks the term that it prints where it would be longer. */
const LINE_WIDTH = 80;

/** The text being parsed, and where it starts. */
export interface SourceText {
  readonly source: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where an error is. The end and the delimiters are those of a region that is not closed, or not rightly. */
export interface ErrorPlace {
  readonly line: number;
  readonly column: number | null;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly openingDelimiter?: string;
  readonly closingDelimiter?: string;
  readonly expectedDelimiter?: string;
}

/** The words of an error: what comes before the token, or on both sides of it. */
export type Wording = string | readonly [string, string];

export const BEFORE = "syntax error before: ";

/** Words that Erlang's scanner quotes when it writes an atom, and those that Elixir reserves. */
const ERLANG_RESERVED = new Set(
  (
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let maybe not of or orelse " +
    "receive rem try when xor"
  ).split(" "),
);
ERLANG_RESERVED.delete("maybe");
const RESERVED = /^(?:'(not|and|or|when|after|catch|end)'|(fn|else|rescue|true|false|nil|in))$/;

export function syntaxError(
  text: SourceText,
  place: ErrorPlace,
  error: Wording,
  token: string,
  shown: string = token,
): SyntaxDiagnostic {
  const build = (name: SyntaxDiagnostic["name"], description: string) =>
    new SyntaxDiagnostic({
      name,
      file: text.file,
      line: place.line,
      column: place.column,
      endLine: place.endLine,
      endColumn: place.endColumn,
      openingDelimiter: place.openingDelimiter,
      closingDelimiter: place.closingDelimiter,
      expectedDelimiter: place.expectedDelimiter,
      snippet: cutSnippet(text, place),
      description,
      error,
      token,
    });
  if (typeof error !== "string") return build("SyntaxError", error[0] + token + error[1]);
  if (token === "") {
    return build("TokenMissingError", error === BEFORE ? "syntax error: expression is incomplete" : error);
  }
  if (error === BEFORE) {
    if (token === "eol") {
      return build(
        "SyntaxError",
        "unexpectedly reached end of line. The current expression is invalid or incomplete",
      );
    }
    const reserved = RESERVED.exec(token);
    if (reserved !== null) {
      const word = reserved[1] ?? reserved[2];
      return build(
        "SyntaxError",
        `${BEFORE}${word}. "${word}" is a reserved word in Elixir and therefore its usage is limited. ` +
          "For instance, it can't be used as a variable or be defined nor invoked as a regular function",
      );
    }
  }
  const name = place.closingDelimiter === undefined ? "SyntaxError" : "MismatchedDelimiterError";
  return build(name, error + shown);
}

/** The error for a token that cannot continue what came before it. */
export function unexpectedToken(text: SourceText, token: Token): SyntaxDiagnostic {
  const place = { line: token.line, column: token.column };
  return syntaxError(text, place, BEFORE, tokenText(token), shownToken(token));
}

/** A token as the message shows it; where that differs, `reason` has it as Erlang prints the token. */
function shownToken(token: Token): string {
  switch (token.type) {
    case "char":
      return `?${charText(token.value as number)}`;
    case "bin_string":
    case "list_string":
    case "atom_safe":
    case "atom_unsafe":
    case "kw_identifier_safe":
    case "kw_identifier_unsafe": {
      const first = firstText(token);
      return first === null ? '"' : `"${asReadBack(first)}"`;
    }
    case "sigil": {
      const name = token.text === "" ? "" : `~${token.text} `;
      return `sigil ${name}starting with content '${asReadBack(firstText(token) ?? "")}'`;
    }
    default:
      return tokenText(token);
  }
}

// Elixir reads the printed token back byte by byte, so that Latin-1 letters come out encoded twice.
function asReadBack(text: string): string {
  if (!LATIN.test(text) || !PRINTABLE.test(text)) return text;
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function firstText(token: Token): string | null {
  const first = (token.value as readonly unknown[])[0];
  return first instanceof Bitstring ? (first.text ?? null) : null;
}

function tokenText(token: Token): string {
  const { type, value } = token;
  const parts = () => `[${(value as readonly unknown[]).map(partText).join(",")}]`;
  switch (type) {
    case "$end":
      return "";
    case "int":
    case "flt":
      return `"${token.text}"`;
    case "char":
      return `$${charText(value as number)}`;
    case "bin_string":
    case "list_string":
    case "atom_safe":
    case "atom_unsafe":
    case "kw_identifier_safe":
    case "kw_identifier_unsafe":
      return parts();
    case "bin_heredoc":
    case "list_heredoc": {
      const fields = [
        `{${type},{${token.line},${token.column},nil}`,
        String(token.indentation),
        `${parts()}}`,
      ];
      const line = fields.join(",");
      return line.length < LINE_WIDTH ? line : fields.join(`,\n${" ".repeat(type.length + 2)}`);
    }
    case "sigil": {
      const { line, column, indentation, delimiter, text, modifiers } = token as SigilToken;
      const end = `${indentation ?? "nil"},<<"${delimiter.replaceAll('"', '\\"')}">>}`;
      return `{sigil,{${line},${column},nil},${erlangAtom(`sigil_${text}`)},${parts()},${erlangString(modifiers)},${end}`;
    }
    default:
      if (value instanceof Atom) return erlangAtom(value.name);
      if (value instanceof Bitstring) return erlangBinary(value);
      if (typeof value === "number" || typeof value === "bigint") return String(value);
      if (value instanceof Float) return String(value.value);
      return erlangAtom(type);
  }
}

/** An atom as Erlang writes it: quoted unless it starts small and is made of letters, digits, `_` and `@`. */
export function erlangAtom(name: string): string {
  if (/^[a-zß-öø-ÿ][0-9A-Z_a-z@À-ÖØ-öø-ÿ]*$/.test(name) && !ERLANG_RESERVED.has(name)) return name;
  return `'${escapeErlang(name, "'")}'`;
}

const CHAR_ESCAPES: Record<number, string> = {
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
  27: "\\e",
  127: "\\d",
};

function charText(code: number): string {
  if (code === 32) return "\\s";
  return code === 92 ? "\\\\" : controlText(code);
}

function controlText(code: number): string {
  const escape = CHAR_ESCAPES[code];
  if (escape !== undefined) return escape;
  return code < 32 ? `\\${code.toString(8).padStart(3, "0")}` : String.fromCodePoint(code);
}

function escapeErlang(text: string, quote: string): string {
  let result = "";
  for (const char of text) {
    if (char === quote || char === "\\") result += `\\${char}`;
    else result += controlText(char.codePointAt(0) as number);
  }
  return result;
}

function partText(part: unknown): string {
  if (part instanceof Interpolation) {
    return `{{${part.line},${part.column},nil},{${part.endLine},${part.endColumn},nil},[...]}`;
  }
  return part instanceof Bitstring ? erlangBinary(part) : String(part);
}

function erlangString(codes: Term): string {
  const text = (listToArray(codes) ?? []).map((code) => String.fromCharCode(code as number)).join("");
  return text === "" ? "[]" : `"${text}"`;
}

// Erlang prints a binary as text when all characters are printable Latin-1, and as bytes otherwise.
function erlangBinary(value: Bitstring): string {
  const text = value.text;
  if (text === "") return "<<>>";
  if (text === undefined || !PRINTABLE.test(text)) return `<<${Array.from(value.bytes).join(",")}>>`;
  return `<<"${escapeErlang(text, '"')}"${LATIN.test(text) ? "/utf8" : ""}>>`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: Erlang counts the escape character as printable
const PRINTABLE = /^[\x20-\x7e\xa0-\xff\n\t\r\v\b\f\x1b]*$/;
const LATIN = /[\xa0-\xff]/;

function cutSnippet(text: SourceText, place: ErrorPlace): string | null {
  if (place.column === null) return null;
  const indent = " ".repeat(text.column - 1);
  const span = place.endLine === undefined ? 1 : place.endLine - place.line + 1;
  const lines = linesFrom(text.source, place.line - text.line, span);
  const snippet = lines.map((line) => indent + line).join("\n");
  return place.endLine === undefined && /^[\t-\r ]*$/.test(snippet) ? null : snippet;
}

/** Some lines of a text, found without splitting all of it. */
function linesFrom(source: string, skipped: number, count: number): string[] {
  let at = 0;
  for (let i = 0; i < skipped; i++) {
    const end = source.indexOf("\n", at);
    if (end < 0) return [""];
    at = end + 1;
  }
  const lines: string[] = [];
  while (lines.length < count) {
    const end = source.indexOf("\n", at);
    if (end < 0) {
      lines.push(source.slice(at));
      break;
    }
    lines.push(source.slice(at, end));
    at = end + 1;
  }
  return lines;
}
