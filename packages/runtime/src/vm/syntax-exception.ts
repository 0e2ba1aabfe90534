/** Syntax errors as the exception structs that Elixir raises. */
import type { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
import { atom, NIL, TRUE } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { mapFrom } from "../term/map.ts";
import type { Term } from "../term/term.ts";

const orNil = <T>(value: T | null, make: (value: T) => Term): Term => (value === null ? NIL : make(value));

export function syntaxException(diagnostic: SyntaxDiagnostic): Term {
  const fields: [string, Term][] = [
    ["__struct__", atom(`Elixir.${diagnostic.name}`)],
    ["__exception__", TRUE],
    ["file", text(diagnostic.file)],
    ["line", diagnostic.line],
    ["column", orNil(diagnostic.column, (column) => column)],
    ["snippet", orNil(diagnostic.snippet, text)],
    ["description", text(diagnostic.description)],
  ];
  if (diagnostic.name !== "SyntaxError") {
    fields.push(
      ["end_line", orNil(diagnostic.endLine, (line) => line)],
      ["end_column", orNil(diagnostic.endColumn, (column) => column)],
      ["opening_delimiter", orNil(diagnostic.openingDelimiter, atom)],
      ["expected_delimiter", orNil(diagnostic.expectedDelimiter, atom)],
    );
  }
  if (diagnostic.name === "MismatchedDelimiterError") {
    fields.push(["closing_delimiter", orNil(diagnostic.closingDelimiter, atom)]);
  }
  return mapFrom(fields.map(([key, value]) => [atom(key), value]));
}
