/**
 * Terms as Erlang writes them: plainly, as `~w` does, and prettily, as `~p` does, which shows text as strings and
 * breaks lines. The pretty form lays out as Erlang's: what fits in the line and in 60 characters stays on
 * one line; of a longer list as many plain elements as fit share a line, and compound ones have their own.
 */
import {
  Atom,
  Bitstring,
  Cons,
  EMPTY,
  Float,
  Fun,
  funText,
  mapEntries,
  Pid,
  Port,
  pidText,
  portText,
  Reference,
  referenceText,
  shortFloat,
  type Term,
  TermMap,
  Tuple,
} from "../term/index.ts";

const RESERVED = new Set(
  (
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let maybe not of or orelse " +
    "receive rem try when xor"
  ).split(" "),
);

export function atomText(name: string, unicode = true): string {
  const plain = /^[a-z\xdf-\xf6\xf8-\xff][a-zA-Z0-9_@\xc0-\xd6\xd8-\xf6\xf8-\xff]*$/;
  if (plain.test(name) && !RESERVED.has(name)) return name;
  return quoted(name, "'", unicode);
}

const ESCAPES: Record<string, string> = {
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  "\v": "\\v",
  "\b": "\\b",
  "\f": "\\f",
  "\x1b": "\\e",
  "\x7f": "\\d",
  "\\": "\\\\",
};

function quoted(value: string, quote: string, unicode: boolean): string {
  let result = quote;
  for (const char of value) {
    const point = char.codePointAt(0) as number;
    if (char === quote) result += `\\${quote}`;
    else if (char in ESCAPES) result += ESCAPES[char];
    else if (point < 32 || (point > 126 && point < 160)) result += `\\${point.toString(8)}`;
    else if (point > 255 && !unicode) result += `\\x{${point.toString(16).toUpperCase()}}`;
    else result += char;
  }
  return result + quote;
}

export function stringText(value: string, unicode = true): string {
  return quoted(value, '"', unicode);
}

export interface WriteOptions {
  /** Characters beyond Latin-1 are shown as they are. */
  readonly unicode: boolean;
  /** Lists and binaries of text are shown as strings. */
  readonly strings: boolean;
}

const PLAIN: WriteOptions = { unicode: false, strings: false };

/** The characters of a list that can be printed, or `null`; the empty list is none. */
export function printableList(term: Term, unicode: boolean): string | null {
  let result = "";
  while (term instanceof Cons) {
    const { head } = term;
    if (typeof head !== "number" || !isPrintable(head, unicode)) return null;
    result += String.fromCodePoint(head);
    term = term.tail;
  }
  return term === EMPTY && result !== "" ? result : null;
}

export function isPrintable(point: number, unicode: boolean): boolean {
  if (point >= 32 && point <= 126) return true;
  if (point >= 8 && point <= 13) return true;
  if (point === 27) return true;
  if (point >= 160 && point <= 255) return true;
  if (!unicode || point < 256) return false;
  return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) && point !== 0xfffe && point !== 0xffff;
}

function printableBinary(bits: Bitstring, unicode: boolean): string | null {
  if (!bits.isBinary || bits.bitLength === 0) return null;
  const { bytes } = bits;
  if (bytes.every((byte) => isPrintable(byte, false))) return String.fromCharCode(...bytes);
  if (!unicode) return null;
  const value = bits.text;
  if (value === undefined) return null;
  for (const char of value) if (!isPrintable(char.codePointAt(0) as number, true)) return null;
  return value;
}

/** A term without parts, or one that is written as a whole; `null` for a container. */
function leafText(term: Term, options: WriteOptions): string | null {
  if (typeof term === "number" || typeof term === "bigint") return String(term);
  if (term instanceof Float) return shortFloat(term.value);
  if (term instanceof Atom) return atomText(term.name, options.unicode);
  if (term === EMPTY) return "[]";
  if (term instanceof Bitstring) return bitstringText(term, options);
  if (term instanceof Cons) {
    const value = options.strings ? printableList(term, options.unicode) : null;
    return value === null ? null : stringText(value, options.unicode);
  }
  if (term instanceof Pid) return pidText(term);
  if (term instanceof Reference) return referenceText(term);
  if (term instanceof Port) return portText(term);
  if (term instanceof Fun) return funText(term);
  return null;
}

function bitstringText(bits: Bitstring, options: WriteOptions): string {
  const value = options.strings ? printableBinary(bits, options.unicode) : null;
  if (value !== null) {
    const wide = options.unicode && [...value].some((char) => char.charCodeAt(0) > 255) ? "/utf8" : "";
    const isLatin1 = bits.byteLength === value.length;
    return `<<${stringText(value)}${isLatin1 ? "" : wide || "/utf8"}>>`;
  }
  const whole = bits.bitLength >>> 3;
  const parts = [...bits.bytes.subarray(0, whole)].map(String);
  const rest = bits.bitLength & 7;
  if (rest > 0) parts.push(`${bits.bytes[whole] >> (8 - rest)}:${rest}`);
  return `<<${parts.join(",")}>>`;
}

/** The term on one line. With a depth, what lies deeper is `...`. */
export function writeTerm(term: Term, options: WriteOptions = PLAIN, depth = -1): string {
  if (depth === 0) return "...";
  const leaf = leafText(term, options);
  if (leaf !== null) return leaf;
  if (term instanceof Cons) {
    const parts: string[] = [];
    let rest: Term = term;
    let left = depth;
    while (rest instanceof Cons) {
      if (left === 1) return `[${parts.join(",")}|...]`;
      parts.push(writeTerm(rest.head, options, left - 1));
      rest = rest.tail;
      left--;
    }
    return `[${parts.join(",")}${rest === EMPTY ? "" : `|${writeTerm(rest, options, left - 1)}`}]`;
  }
  if (term instanceof Tuple) {
    const parts: string[] = [];
    const items = term.toArray();
    for (let i = 0; i < items.length; i++) {
      if (depth > 0 && depth - i === 1 && items.length > 1) {
        parts.push("...");
        break;
      }
      parts.push(writeTerm(items[i], options, depth < 0 ? -1 : depth - i - 1));
    }
    return `{${parts.join(",")}}`;
  }
  const entries = mapEntries(term as TermMap).map(
    ([key, value]) => `${writeTerm(key, options, depth - 1)} => ${writeTerm(value, options, depth - 1)}`,
  );
  return `#{${entries.join(",")}}`;
}

/** The most characters of a line without its indentation. */
const MAX_CHARS = 60;

/** The term laid out from a column on, in lines of a width. */
export function prettyTerm(term: Term, column: number, width: number, options: WriteOptions): string {
  return new Layout(width, options).term(term, column - 1, 0).text;
}

interface Piece {
  readonly text: string;
  /** The characters of its last line, from where the piece began. */
  readonly width: number;
}

class Layout {
  private readonly width: number;
  private readonly options: WriteOptions;

  constructor(width: number, options: WriteOptions) {
    this.width = width;
    this.options = options;
  }

  /** A term at a column, of whose line `used` characters are taken. */
  term(term: Term, column: number, used: number): Piece {
    const line = writeTerm(term, this.options);
    if (line.length < this.width - column && line.length + used <= MAX_CHARS) return { text: line, width: line.length };
    if (term instanceof Cons && leafText(term, this.options) === null) return this.list(term, column, used);
    if (term instanceof Tuple && term.size > 0) return this.tuple(term, column, used);
    if (term instanceof TermMap && term.size > 0) return this.map(term, column);
    return { text: line, width: line.length };
  }

  private list(term: Cons, column: number, used: number): Piece {
    const items: Term[] = [];
    let rest: Term = term;
    while (rest instanceof Cons) {
      items.push(rest.head);
      rest = rest.tail;
    }
    const body = this.elements(items, column + 1, used + 1);
    const tail = rest === EMPTY ? "" : `|\n${" ".repeat(column + 1)}${this.term(rest, column + 1, 1).text}`;
    return this.closed(`[${body}${tail}]`);
  }

  private tuple(term: Tuple, column: number, used: number): Piece {
    const [first, ...rest] = term.toArray();
    if (!(first instanceof Atom) || rest.length === 0)
      return this.closed(`{${this.elements([first, ...rest], column + 1, used + 1)}}`);
    const tag = writeTerm(first, this.options);
    const indent = column + tag.length + 2;
    return this.closed(`{${tag},${this.elements(rest, indent, used + tag.length + 2)}}`);
  }

  private map(term: TermMap, column: number): Piece {
    const separator = `,\n${" ".repeat(column + 2)}`;
    const entries = mapEntries(term).map(([key, value]) => {
      const name = `${writeTerm(key, this.options)} => `;
      const line = writeTerm(value, this.options);
      if (name.length + line.length < this.width - column - 2 && name.length + line.length <= MAX_CHARS)
        return name + line;
      const indent = column + 6;
      return `${name.trimEnd()}\n${" ".repeat(indent)}${this.term(value, indent, 0).text}`;
    });
    return this.closed(`#{${entries.join(separator)}}`);
  }

  /** Elements behind each other while they are plain and fit; each container on a line of its own. */
  private elements(items: readonly Term[], column: number, used: number): string {
    let result = "";
    let at = column;
    let inLine = used;
    let broken = false;
    items.forEach((item, i) => {
      const line = writeTerm(item, this.options);
      const plain = leafText(item, this.options) !== null;
      if (i > 0) {
        const fits = plain && !broken && line.length + 1 < this.width - at - 1 && inLine + line.length + 1 < MAX_CHARS;
        if (fits) {
          result += `,${line}`;
          at += line.length + 1;
          inLine += line.length + 1;
          return;
        }
        result += `,\n${" ".repeat(column)}`;
        at = column;
        inLine = 0;
      }
      const piece = this.term(item, column, inLine);
      result += piece.text;
      broken = !plain;
      at = column + piece.width;
      inLine += piece.width;
    });
    return result;
  }

  private closed(text: string): Piece {
    return { text, width: text.length - text.lastIndexOf("\n") - 1 };
  }
}
