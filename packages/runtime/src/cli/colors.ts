/** Colours of what the compiler reports, for a terminal: the severity, and the mark under the place. */
import type { Diagnostic } from "../expand/host.ts";
import { renderDiagnostic } from "../vm/diagnostics.ts";

const COLORS = { error: "\x1b[31m", warning: "\x1b[33m" } as const;
const RESET = "\x1b[0m";

export function coloredDiagnostic(diagnostic: Diagnostic): string {
  const color = COLORS[diagnostic.severity === "error" ? "error" : "warning"];
  const paint = (text: string) => `${color}${text}${RESET}`;
  return renderDiagnostic(diagnostic)
    .replace(/^( *)(error|warning):/, (_, indent, word) => `${indent}${paint(`${word}:`)}`)
    .replace(/^( *│ )( *(?:\^+|~+))$/m, (_, gutter, mark) => gutter + paint(mark));
}
