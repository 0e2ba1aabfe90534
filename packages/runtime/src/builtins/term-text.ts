/** Terms on one line as Erlang writes them: plainly, as `~w` does, or with text shown as strings, as `~p` does. */
import {
  Atom,
  Bitstring,
  Cons,
  EMPTY,
  Float,
  Fun,
  funText,
  iteratedEntries,
  Pid,
  Port,
  pidText,
  portText,
  Reference,
  referenceText,
  shortFloat,
  type Term,
  type TermMap,
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
    else if (point < 32 || (point > 126 && point < 160)) result += octal(point);
    else if (point > 255 && !unicode) result += `\\x{${point.toString(16).toUpperCase()}}`;
    else result += char;
  }
  return result + quote;
}

/** A function of a module is written by its names, as atoms. */
export function functionText(fun: Fun): string {
  const { module, name, arity, index } = fun.info;
  return index < 0 ? `fun ${atomText(module.name)}:${atomText(name.name)}/${arity}` : funText(fun);
}

/** A character that is not printed, by its number in three digits. */
export function octal(point: number): string {
  return `\\${point.toString(8).padStart(3, "0")}`;
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

/** A binary as text: as UTF-8 when asked for, then as Latin-1. */
export function binaryString(bits: Bitstring, unicode: boolean): string | null {
  if (!bits.isBinary || bits.bitLength === 0) return null;
  const { bytes } = bits;
  const value = unicode ? bits.text : undefined;
  if (value !== undefined && value.length < bytes.length && [...value].every(isPrintableChar))
    return `<<${stringText(value)}/utf8>>`;
  if (!bytes.every((byte) => isPrintable(byte, false))) return null;
  return `<<${stringText(String.fromCharCode(...bytes))}>>`;
}

/** As Erlang is started, strings are shown only when they are of Latin-1 characters. */
function isPrintableChar(char: string): boolean {
  return isPrintable(char.codePointAt(0) as number, false);
}

/** A term without parts, or one that is written as a whole; `null` for a container. */
export function leafText(term: Term, options: WriteOptions): string | null {
  if (typeof term === "number" || typeof term === "bigint") return String(term);
  if (term instanceof Float) return shortFloat(term.value);
  if (term instanceof Atom) return atomText(term.name, options.unicode);
  if (term === EMPTY) return "[]";
  if (term instanceof Bitstring) return bitstringText(term, options);
  if (term instanceof Cons) {
    const value = options.strings ? printableList(term, false) : null;
    return value === null ? null : stringText(value, options.unicode);
  }
  if (term instanceof Pid) return pidText(term);
  if (term instanceof Reference) return referenceText(term);
  if (term instanceof Port) return portText(term);
  if (term instanceof Fun) return functionText(term);
  return null;
}

function bitstringText(bits: Bitstring, options: WriteOptions): string {
  const value = options.strings ? binaryString(bits, options.unicode) : null;
  return value ?? `<<${bytesText(bits).join(",")}>>`;
}

/** The numbers of a bitstring. */
export function bytesText(bits: Bitstring): string[] {
  const whole = bits.bitLength >>> 3;
  const parts = [...bits.bytes.subarray(0, whole)].map(String);
  const rest = bits.bitLength & 7;
  if (rest > 0) parts.push(`${bits.bytes[whole] >> (8 - rest)}:${rest}`);
  return parts;
}

function limitedBits(bits: Bitstring, options: WriteOptions, depth: number): string {
  const shown = bitstringText(bits, options);
  if (!shown.startsWith("<<") || shown.startsWith('<<"')) return shown;
  const parts = shown.slice(2, -2).split(",");
  return parts.length < depth || bits.bitLength === 0
    ? shown
    : `<<${[...parts.slice(0, depth - 1), "..."].join(",")}>>`;
}

/** The term on one line. With a depth, what lies deeper is `...`. */
export function writeTerm(term: Term, options: WriteOptions = PLAIN, depth = -1): string {
  if (depth === 0) return "...";
  if (depth > 0 && term instanceof Bitstring) return limitedBits(term, options, depth);
  const leaf = leafText(term, options);
  if (leaf !== null) return leaf;
  if (term instanceof Cons) {
    const parts: string[] = [];
    let rest: Term = term;
    let left = depth;
    while (rest instanceof Cons) {
      if (left === 1) return parts.length === 0 ? "[...]" : `[${parts.join(",")}|...]`;
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
  if (depth === 1) return "#{}";
  const all = iteratedEntries(term as TermMap);
  const shown = depth > 0 ? all.slice(0, depth - 1) : all;
  const entries = shown.map(
    ([key, value]) => `${writeTerm(key, options, depth - 1)} => ${writeTerm(value, options, depth - 1)}`,
  );
  if (shown.length < all.length) entries.push("...");
  return `#{${entries.join(",")}}`;
}
