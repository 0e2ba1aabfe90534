/**
 * Terms laid out in lines, as `~p` and `~P` of Erlang do. What fits in the line stays on it; of a longer list as many plain
 * elements as fit share a line, and compound ones have their own. Behind the tag of a tuple all that follows is
 * indented by as much as the tag takes, or, where this leaves too little room, by four columns, or by one.
 */
import type { Term } from "../term/index.ts";
import { limitedPiece, type Piece, pieceOf } from "./term-pieces.ts";
import type { WriteOptions } from "./term-text.ts";

/** Indentation behind tags: as much as the tag takes. */
const AS_TAG = -1;
const INDENTS = [AS_TAG, 4];
const LEAST_INDENT = 1;
/** The indentation of a value below its key. */
const VALUE_INDENT = 4;
const LEAST_LINE = 8;

class TooNarrow extends Error {}

/** The term laid out from a column on, in lines of a width. With a depth, what lies deeper is `...`, or what is beyond so many characters. */
export function prettyTerm(
  term: Term,
  column: number,
  width: number,
  options: WriteOptions,
  depth = -1,
  chars = -1,
): string {
  if (chars === 0) return "...";
  const piece = chars < 0 ? pieceOf(term, options, depth, chars) : limitedPiece(term, options, depth, chars);
  if (width === 0 || piece.length < width - column) return piece.line;
  const indent = INDENTS.find((one) => fits(piece, column, width, one)) ?? LEAST_INDENT;
  return new Layout(width, piece.length, indent).write(piece, column, 0, 0);
}

function fits(piece: Piece, column: number, width: number, indent: number): boolean {
  try {
    new Layout(width, piece.length, indent, true).write(piece, column, 0, 0);
    return true;
  } catch (error) {
    if (error instanceof TooNarrow) return false;
    throw error;
  }
}

/** Whether it may share a line with others. */
function isPlain({ kind, parts }: Piece): boolean {
  return kind === "leaf" || (kind === "pair" && parts.every(isPlain));
}

class Layout {
  private readonly width: number;
  /** The most characters of a line besides its indentation. */
  private readonly most: number;
  private readonly indent: number;
  /** Only to see whether tags leave enough room. */
  private readonly isTrial: boolean;

  constructor(width: number, most: number, indent: number, isTrial = false) {
    this.width = width;
    this.most = most;
    this.indent = indent;
    this.isTrial = isTrial;
  }

  /** `closing` is how many brackets follow, `used` what the line holds already. */
  write(of: Piece, column: number, closing: number, used: number): string {
    if (this.hasRoom(of.length, column, closing, used)) return of.line;
    switch (of.kind) {
      case "list":
        return `[${this.list(of.parts, of.tail, column + 1, closing, "|", used + 1)}]`;
      case "tuple":
        return `{${this.list(of.parts, of.tail, column + 1, closing, ",", used + 1)}}`;
      case "tagged":
        return `{${this.tagged(of, column, closing, used + 1)}}`;
      case "map":
        return `#{${this.list(of.parts, of.tail, column + 2, closing, ",", used + (this.isTrial ? 2 : 1))}}`;
      case "bits":
        return this.bits(of.line, column + 2, closing, used);
      default:
        return of.line;
    }
  }

  /** The numbers of a binary; lines hold at least so many characters. */
  private bits(line: string, column: number, closing: number, used: number): string {
    const most = Math.max(LEAST_LINE, Math.min(this.width - column, this.most - 4 - used) - closing);
    const newline = `\n${" ".repeat(column - 1)}`;
    let left = most;
    return line.replace(/[\d.:]+(,|(?=>>))/g, (part: string) => {
      const isFitting = part.length <= left;
      left = (isFitting ? left : most) - part.length;
      return isFitting ? part : newline + part;
    });
  }

  private hasRoom(length: number, column: number, closing: number, used: number): boolean {
    return length < this.width - column - closing && length + used + closing <= this.most;
  }

  private tagged(
    { parts: [tag, ...rest], tail }: Piece,
    column: number,
    closing: number,
    used: number,
  ): string {
    const own = tag.length + 2;
    const isLess = this.indent > 0 && own > this.indent;
    const inner = column + (isLess ? this.indent : own);
    if (this.isTrial && this.most + inner > this.width && inner > Math.trunc(this.width / 2))
      throw new TooNarrow();
    return isLess
      ? tag.line + this.rest(rest, tail, inner, column + own, closing, ",", used + tag.length)
      : `${tag.line},${this.list(rest, tail, inner, closing, ",", used + tag.length + 1)}`;
  }

  private list(
    parts: readonly Piece[],
    tail: Piece | null,
    column: number,
    closing: number,
    bar: string,
    used: number,
  ): string {
    if (parts.length === 0) return tail === null ? "" : tail.line;
    const [text, length] = this.element(parts[0], column, after(parts, 0, closing), used);
    return text + this.rest(parts.slice(1), tail, column, column + length, closing, bar, used + length);
  }

  private rest(
    parts: readonly Piece[],
    tail: Piece | null,
    start: number,
    column: number,
    closing: number,
    bar: string,
    used: number,
  ): string {
    const newline = `\n${" ".repeat(start - 1)}`;
    let result = "";
    parts.forEach((part, i) => {
      const last = after(parts, i, closing);
      const length = part.length + 1;
      const behind = last === 0 ? 1 : last;
      if (isPlain(part) && length < this.width - column - behind && used + length + behind <= this.most) {
        result += `,${part.line}`;
        column += length;
        used += length;
        return;
      }
      const [text, taken] = this.element(part, start, last, 0);
      result += `,${newline}${text}`;
      column = start + taken;
      used = taken;
    });
    if (tail === null) return result;
    if (tail.kind === "dots") return `${result}${bar}...`;
    if (isPlain(tail) && this.hasRoom(tail.length + 1, column, closing + 1, used))
      return `${result}${bar}${tail.line}`;
    return `${result}${bar}${newline}${this.write(tail, this.isTrial ? column : start, closing + 1, 0)}`;
  }

  /** What is not plain takes all of the line. */
  private element(of: Piece, column: number, closing: number, used: number): [text: string, length: number] {
    if (of.kind === "pair")
      return [this.pair(of, column, closing, used), this.pairLength(of, column, closing, used)];
    if (isPlain(of) && this.hasRoom(of.length, column, closing, used)) return [of.line, of.length];
    return [this.write(of, column, closing, used), this.width];
  }

  private pair(of: Piece, column: number, closing: number, used: number): string {
    if (this.hasRoom(of.length, column, closing, used)) return of.line;
    const [key, value] = of.parts;
    const inner = column + (this.indent > 0 ? this.indent : VALUE_INDENT);
    const name = this.write(key, column, closing, used);
    return `${name} =>\n${" ".repeat(inner - 1)}${this.write(value, inner, closing, 0)}`;
  }

  private pairLength(of: Piece, column: number, closing: number, used: number): number {
    return isPlain(of) && this.hasRoom(of.length, column, closing, used) ? of.length : this.width;
  }
}

/** How many brackets follow a part: none behind one that others follow. */
function after(parts: readonly Piece[], i: number, closing: number): number {
  return i < parts.length - 1 ? 0 : closing + 1;
}
