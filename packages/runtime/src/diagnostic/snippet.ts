/**
 * Excerpts of source under a message, in the layout of Elixir's compiler: a gutter of line numbers, `│`, and a
 * mark below the place. Columns count characters as the lexer does. Colour is left to the terminal that shows it.
 */
const LEADING_LIMIT = 27;
const KEPT_INDENT = 22;
const TAB_WIDTH = 8;
/** A region of more lines than this shows its first and last line only. */
const WHOLE_REGION = 5;

export type Severity = "error" | "warning";

/** Where a message points: a line of a file, and a column and length in it where known. */
export interface Place {
  readonly file: string | null;
  readonly line: number;
  readonly column?: number | null;
  readonly length?: number;
  /** How the location reads, where it says more than file, line and column. */
  readonly text?: string;
}

/** A region between two delimiters, with what to say of each end. */
export interface Region {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly startNote: string;
  readonly endNote: string;
}

/** A message, the line that it is about (`null` when unknown), a mark under the place, and the location. */
export function renderMessage(
  severity: Severity,
  place: Place,
  message: string,
  sourceLine: string | null,
): string {
  const location = placeText(place);
  if (sourceLine === null) {
    if (place.file === null) return `${severity}: ${message}`;
    return `${severity}: ${message}\n└─ ${location}`;
  }
  const digits = String(place.line).length;
  const gutter = " ".repeat(Math.max(2, digits) + 1);
  const numberPad = digits === 1 ? " " : "";
  const padding = `\n${" ".repeat(digits + 2 + numberPad.length)}`;
  const [shown, trimmed] = shortenIndent(sourceLine);
  const column = place.column;
  const mark =
    column == null
      ? underline(shown, severity)
      : " ".repeat(Math.max(column - trimmed - 1, 0)) + markOf(severity).repeat(place.length ?? 1);
  return (
    ` ${gutter}${severity}: ${padLines(message, padding)}\n ${gutter}│\n` +
    ` ${numberPad}${place.line} │ ${shown}\n ${gutter}│ ${mark}\n ${gutter}│\n ${gutter}└─ ${location}`
  );
}

/** A message about a region: both delimiters marked, the lines between them shown when they are few. */
export function renderRegion(region: Region, message: string, lines: readonly string[]): string {
  const digits = String(region.endLine).length;
  const padding = " ".repeat(Math.max(2, digits) + 1);
  const body =
    region.line === region.endLine
      ? oneLine(region, lines[0] ?? "", digits, padding)
      : manyLines(region, lines, digits, padding);
  const text = message.replaceAll("\n", `\n ${padding}`);
  return (
    ` ${padding}error: ${text}\n ${padding}│\n${body}\n ${padding}│\n` +
    ` ${padding}└─ ${region.file}:${region.endLine}:${region.endColumn}`
  );
}

/** `file:line:column:`, leaving out what is unknown. */
export function locationPrefix(file: string | null, line: number | null, column: number | null): string {
  const parts = [file, line === null || line === 0 ? null : line];
  if (parts[1] !== null) parts.push(column === 0 ? null : column);
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? "" : `${known.join(":")}:`;
}

function oneLine(region: Region, text: string, digits: number, padding: string): string {
  const between = " ".repeat(Math.max(0, region.endColumn - region.column - 1));
  const start = " ".repeat(region.column - 1);
  return (
    `${numberPadding(region.endLine, digits)}${region.endLine} │ ${text}\n` +
    `${padding} │ ${start}│${between}${region.endNote}\n${padding} │ ${start}${region.startNote}`
  );
}

function manyLines(region: Region, lines: readonly string[], digits: number, padding: string): string {
  const { line, endLine } = region;
  const start = " ".repeat(region.column - 1) + region.startNote;
  const end = " ".repeat(Math.max(0, region.endColumn - 1)) + region.endNote;
  const numbered = (number: number, text: string) => `${numberPadding(number, digits)}${number} │ ${text}`;
  if (endLine - line >= WHOLE_REGION) {
    const last = lines[lines.length - 1];
    return (
      `${numbered(line, lines[0])}\n ${padding}│ ${start}\n ...\n` +
      `${numbered(endLine, last)}\n ${padding}│ ${end}`
    );
  }
  const shown: string[] = [];
  for (let number = line; number <= endLine && number - line < lines.length; number++) {
    const text = numbered(number, lines[number - line]);
    if (number === line) shown.push(`${text}\n${padding} │ ${start}`);
    else if (number === endLine) shown.push(`${text}\n${padding} │ ${end}`);
    else shown.push(text);
  }
  return shown.join("\n");
}

function numberPadding(line: number, digits: number): string {
  const own = String(line).length;
  return " ".repeat(own === 1 ? Math.max(2, digits) : digits - own + 1);
}

function placeText(place: Place): string {
  if (place.text !== undefined) return place.text;
  if (place.line === 0) return place.file ?? "";
  if (place.column == null) return `${place.file}:${place.line}`;
  return `${place.file}:${place.line}:${place.column}`;
}

function shortenIndent(line: string): [string, number] {
  const { rest, width } = indentOf(line);
  if (width < LEADING_LIMIT) return [line, 0];
  return [`...${" ".repeat(KEPT_INDENT - 3)}${rest}`, width - KEPT_INDENT];
}

function indentOf(line: string): { rest: string; width: number } {
  let at = 0;
  let width = 0;
  for (; at < line.length; at++) {
    if (line[at] === " ") width++;
    else if (line[at] === "\t") width += TAB_WIDTH;
    else break;
  }
  return { rest: line.slice(at), width };
}

function underline(line: string, severity: Severity): string {
  const { rest, width } = indentOf(line);
  return " ".repeat(width) + markOf(severity).repeat([...rest].length);
}

function markOf(severity: Severity): string {
  return severity === "error" ? "^" : "~";
}

// A blank line keeps no padding, so that nothing trails.
function padLines(message: string, padding: string): string {
  const lines = message.split("\n");
  let result = lines[0];
  for (let i = 1; i < lines.length; i++) result += lines[i] === "" ? "\n" : padding + lines[i];
  return result;
}
