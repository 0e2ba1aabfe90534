/**
 * Terms as pieces of text: what `term-layout.ts` breaks into lines. A piece is made to a depth and, where characters are
 * limited, with a budget that its parts use up from left to right; what has not found room is dots, which know how to go
 * on. So the depth that just fills the limit is looked for by expanding dots rather than by writing the whole anew.
 */
import { Atom, Bitstring, Cons, EMPTY, iteratedEntries, type Term, TermMap, Tuple } from "../term/index.ts";
import { bytesText, isPrintable, leafText, stringText, type WriteOptions, writeTerm } from "./term-text.ts";

/** A term as it is written on one line; what has parts can be broken between them. */
export interface Piece {
  readonly line: string;
  readonly length: number;
  readonly kind: "leaf" | "list" | "tuple" | "tagged" | "map" | "pair" | "bits" | "dots";
  readonly parts: readonly Piece[];
  /** What follows the bar of an improper list, or dots. */
  readonly tail: Piece | null;
  /** How many characters of it are dots. */
  readonly dots: number;
  /** The same with other characters to use and more depth. */
  readonly more: ((chars: number, deeper: number) => Piece) | null;
  /** Of dots behind parts: the parts in their place. */
  readonly rest: ((chars: number, deeper: number) => Run) | null;
}

/** Parts of a container, one after the other. */
interface Run {
  readonly parts: readonly Piece[];
  readonly tail: Piece | null;
}

type More = Piece["more"];

const lengthOf = (text: string): number => [...text].length;

function leaf(line: string, kind: Piece["kind"] = "leaf", dots = 0, more: More = null): Piece {
  return { line, length: lengthOf(line), kind, parts: [], tail: null, dots, more, rest: null };
}

function dotsFor(rest: Piece["rest"]): Piece {
  return { ...leaf("...", "dots", 3), rest };
}

/** Fewer characters to use; without a limit there stays none. */
function less(chars: number, used: number): number {
  return chars < 0 ? chars : Math.max(0, chars - used);
}

/** Characters of a binary that a level of depth is worth. */
const CHARACTERS = 4;

/** The term to a depth, within so many characters; neither is limited when negative. */
export function pieceOf(term: Term, options: WriteOptions, depth: number, chars: number): Piece {
  if (depth === 0) return leaf("...");
  if (term instanceof Bitstring && term.bitLength > 0) return bitsPiece(term, options, depth, chars);
  if (term instanceof Cons) return listPiece(term, options, depth, chars);
  if (term instanceof Tuple && term.size > 0) return tuplePiece(term, options, depth, chars);
  if (term instanceof TermMap && term.size > 0) return mapPiece(term, options, depth, chars);
  return leaf(writeTerm(term, options));
}

function bitsPiece(bits: Bitstring, options: WriteOptions, depth: number, chars: number): Piece {
  const more: More = (left, deeper) => bitsPiece(bits, options, depth + deeper, left);
  if (depth === 1) return leaf("<<...>>", "leaf", 3, more);
  const text =
    options.strings && bits.isBinary ? stringPiece(bits, options, depth - 1, less(chars, 6)) : null;
  if (text !== null) return leaf(text.line, "leaf", text.isWhole ? 0 : 3, text.isWhole ? null : more);
  const { line, isWhole } = numbers(bytesText(bits), depth, less(chars, 4));
  return leaf(`<<${line}>>`, "bits", isWhole ? 0 : 3, isWhole ? null : more);
}

function numbers(parts: readonly string[], depth: number, chars: number): { line: string; isWhole: boolean } {
  const shown: string[] = [];
  for (const [i, part] of parts.entries()) {
    if (depth - i === 1 || chars === 0) return { line: [...shown, "..."].join(","), isWhole: false };
    shown.push(part);
    chars = less(chars, part.length + 1);
  }
  return { line: shown.join(","), isWhole: true };
}

/** A binary as a string, or the beginning of it; `null` when it, or too little of it, can be shown as one. */
function stringPiece(bits: Bitstring, options: WriteOptions, depth: number, chars: number) {
  const { bytes } = bits;
  const deep = depth >= 0 ? Math.min(CHARACTERS * depth, bytes.length) : bytes.length;
  const most = chars >= 0 ? Math.min(chars, deep) : deep;
  if (most === 0) return null;
  const value = options.unicode ? bits.text : undefined;
  const shown =
    value === undefined
      ? String.fromCharCode(...bytes.subarray(0, most))
      : [...value.slice(0, 2 * most)].slice(0, most).join("");
  const all = [...shown];
  const bad = all.findIndex((char) => !isPrintable(char.codePointAt(0) as number, false));
  const good = bad < 0 ? all.length : bad;
  const text = all.slice(0, good).join("");
  const isWhole = text.length === (value ?? bytes).length;
  const isEnough = bad < 0 && value === undefined ? true : depth > 0 && good >= depth;
  if (!isWhole && !isEnough) return null;
  const size = value === undefined ? good : new TextEncoder().encode(text).length;
  const mark = size > text.length ? "/utf8" : "";
  return { line: `<<${stringText(text)}${mark}${isWhole ? "" : "..."}>>`, isWhole };
}

/** A flat list that can be shown as a string, or of one that is too long the beginning. */
function listText(term: Cons, options: WriteOptions, chars: number): string | null {
  if (chars < 0) return leafText(term, options);
  const most = less(chars, 2);
  let text = "";
  let count = 0;
  let rest: Term = term;
  for (; rest instanceof Cons && count < most; rest = rest.tail, count++) {
    if (typeof rest.head !== "number" || !isPrintable(rest.head, false)) return null;
    text += String.fromCodePoint(rest.head);
  }
  if (rest === EMPTY) return stringText(text, options.unicode);
  if (!(rest instanceof Cons) || (options.unicode && most === 0)) return null;
  return `${stringText(text, options.unicode)}...`;
}

function listPiece(term: Cons, options: WriteOptions, depth: number, chars: number): Piece {
  if (options.strings && depth !== 1) {
    const text = listText(term, options, chars);
    if (text !== null) return leaf(text);
  }
  const made = container("list", elements(term, options, depth, less(chars, 2)));
  if (made.dots === 0) return made;
  return { ...made, more: (left, deeper) => listPiece(term, options, depth + deeper, left) };
}

function elements(term: Term, options: WriteOptions, depth: number, chars: number): Run {
  const parts: Piece[] = [];
  for (let rest = term, deep = depth; rest !== EMPTY; deep--) {
    const from = rest;
    const at = deep;
    if (at === 1 || chars === 0)
      return { parts, tail: dotsFor((left, deeper) => elements(from, options, at + deeper, left)) };
    if (!(rest instanceof Cons)) return { parts, tail: pieceOf(rest, options, at - 1, chars) };
    const isLast = rest.tail === EMPTY;
    const room = isLast ? chars : less(chars, 1);
    const one = pieceOf(rest.head, options, at - 1, room);
    parts.push(one);
    chars = less(room, one.length);
    rest = rest.tail;
  }
  return { parts, tail: null };
}

/** Parts that are made one by one: each with less depth, and the characters that those before have left. */
function run(
  count: number,
  from: number,
  depth: number,
  chars: number,
  make: (index: number, depth: number, chars: number) => Piece,
): Run {
  const parts: Piece[] = [];
  for (let i = from; i < count; i++) {
    const at = depth - (i - from);
    if (at === 1 || chars === 0)
      return { parts, tail: dotsFor((left, deeper) => run(count, i, at + deeper, left, make)) };
    const room = i === count - 1 ? chars : less(chars, 1);
    const one = make(i, at, room);
    parts.push(one);
    chars = less(room, one.length);
  }
  return { parts, tail: null };
}

function tuplePiece(term: Tuple, options: WriteOptions, depth: number, chars: number): Piece {
  if (depth === 1)
    return leaf("{...}", "leaf", 3, (left, deeper) => tuplePiece(term, options, 1 + deeper, left));
  const items = term.toArray();
  const make = (i: number, at: number, left: number) => pieceOf(items[i], options, at - 1, left);
  const kind = items[0] instanceof Atom && items.length > 1 ? "tagged" : "tuple";
  return container(kind, run(items.length, 0, depth, less(chars, 2), make));
}

function mapPiece(term: TermMap, options: WriteOptions, depth: number, chars: number): Piece {
  if (depth === 1)
    return leaf("#{...}", "leaf", 3, (left, deeper) => mapPiece(term, options, 1 + deeper, left));
  const all = iteratedEntries(term);
  const make = (i: number, _at: number, left: number) => {
    const key = pieceOf(all[i][0], options, depth - 1, left);
    return pair(key, pieceOf(all[i][1], options, depth - 1, less(left, key.length + 4)));
  };
  return container("map", run(all.length, 0, depth, less(chars, 3), make));
}

function pair(key: Piece, value: Piece): Piece {
  const made = leaf(`${key.line} => ${value.line}`, "pair", key.dots + value.dots);
  return { ...made, parts: [key, value] };
}

type Container = "list" | "tuple" | "tagged" | "map";

const BRACKETS = { list: ["[", "]"], tuple: ["{", "}"], tagged: ["{", "}"], map: ["#{", "}"] } as const;

function container(kind: Container, { parts, tail }: Run): Piece {
  const inner = parts.map(({ line }) => line).join(",");
  const bar = kind === "list" ? "|" : ",";
  const end = tail === null ? "" : parts.length === 0 ? tail.line : `${bar}${tail.line}`;
  const [open, close] = BRACKETS[kind];
  const dots = parts.reduce((sum, part) => sum + part.dots, tail?.dots ?? 0);
  return { ...leaf(`${open}${inner}${end}${close}`, kind, dots), parts, tail };
}

/** The piece with more depth, within so many characters. */
function expanded(of: Piece, chars: number, deeper: number): Piece {
  if (of.more !== null) return of.more(chars, deeper);
  if (of.dots === 0) return of;
  if (of.kind === "pair") {
    const key = expanded(of.parts[0], less(chars, 1), deeper);
    return pair(key, expanded(of.parts[1], less(chars, key.length + 4), deeper));
  }
  let left = less(chars, of.kind === "map" ? 3 : 2);
  const parts = of.parts.map((part, i) => {
    const room = i === of.parts.length - 1 && of.tail === null ? left : less(left, 1);
    const one = expanded(part, room, deeper);
    left = less(room, one.length);
    return one;
  });
  const rest = of.tail?.rest?.(left, deeper) ?? { parts: [], tail: of.tail };
  return container(of.kind as Container, { parts: [...parts, ...rest.parts], tail: rest.tail });
}

/** The piece of the depth that comes next to so many characters; they may become a few more. */
export function limitedPiece(term: Term, options: WriteOptions, depth: number, chars: number): Piece {
  let lower = pieceOf(term, options, depth === 0 ? 0 : 1, chars);
  if (lower.dots === 0 || lower.length > chars || depth === 1) return lower;
  let low = 1;
  for (let step = 4; ; step *= 2) {
    const high = depth < 0 ? low + step : Math.min(low + step, depth);
    const upper = expanded(lower, chars, high - low);
    if (upper.dots === 0 || upper.length === lower.length) return upper;
    if (upper.length > chars || (depth >= 0 && high >= depth)) return between(lower, upper, chars, low, high);
    lower = upper;
    low = high;
  }
}

/** Of `low` there is room for more, of `high` there is not. */
function between(lower: Piece, upper: Piece, chars: number, low: number, high: number): Piece {
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const made = expanded(lower, chars, middle - low);
    if (made.length > chars) {
      upper = made;
      high = middle;
    } else {
      lower = made;
      low = middle;
    }
  }
  return lower.length === chars ? lower : upper;
}

/** The term on one line, within so many characters. */
export function limitedTerm(term: Term, options: WriteOptions, depth: number, chars: number): string {
  if (chars < 0) return writeTerm(term, options, depth);
  return chars === 0 || depth === 0 ? "..." : limitedPiece(term, options, depth, chars).line;
}
