/**
 * `:beamlet_string`: what the modules String, Inspect and Code.Identifier need of Unicode and of the host's strings.
 *
 * A binary that is not UTF-8 is read so that each invalid byte 0xNN becomes the lone surrogate U+DCNN, which
 * no valid text holds, and written back from it. So each function is written once, on JavaScript strings, and treats
 * invalid bytes as characters of their own, as Elixir does.
 */
import { type Atom, atom, bool, NIL, TRUE } from "../term/atom.ts";
import { Bitstring, binary, byteBinary, EMPTY_BINARY, text } from "../term/bitstring.ts";
import { badarg } from "../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { clusterCount, clusterEnd, clusterStart, clusters } from "./graphemes.ts";
import { type CaseMode, capitalize, downcase, upcase } from "./letter-case.ts";
import type { NativeModule } from "./native.ts";
import { type AtomPlace, classifyName, escapePoint, escapeText, writeAtom } from "./source-text.ts";

/** The characters of a binary; invalid bytes as lone surrogates. */
export function read(string: Bitstring): string {
  return string.text ?? decodeLossless(string.bytes);
}

/** The binary of characters that came from `source`. */
/** The same of what `limit` characters may take at most. */
function readStart(string: Bitstring, limit: number): string {
  return string.text ?? decodeLossless(string.bytes.subarray(0, 4 * limit));
}

function write(characters: string, source: Bitstring): Bitstring {
  if (characters === "") return EMPTY_BINARY;
  return source.text === undefined && !isWellFormed(characters)
    ? binary(encodeLossless(characters))
    : text(characters);
}

function isWellFormed(characters: string): boolean {
  return !/[\udc80-\udcff]/u.test(characters);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeLossless(bytes: Uint8Array): string {
  let result = "";
  let valid = 0;
  let index = 0;
  while (index < bytes.length) {
    const size = characterSize(bytes, index);
    if (size > 0) index += size;
    else {
      result += decoder.decode(bytes.subarray(valid, index)) + String.fromCharCode(0xdc00 + bytes[index]);
      valid = ++index;
    }
  }
  return result + decoder.decode(bytes.subarray(valid));
}

/** How many bytes the character at an index has; 0 if there is none. */
function characterSize(bytes: Uint8Array, index: number): number {
  const a = bytes[index];
  if (a < 0x80) return 1;
  const size = a >= 0xc2 && a <= 0xdf ? 2 : a >= 0xe0 && a <= 0xef ? 3 : a >= 0xf0 && a <= 0xf4 ? 4 : 0;
  if (size === 0 || index + size > bytes.length) return 0;
  for (let i = 1; i < size; i++) if ((bytes[index + i] & 0xc0) !== 0x80) return 0;
  const b = bytes[index + 1];
  if ((a === 0xe0 && b < 0xa0) || (a === 0xed && b > 0x9f)) return 0;
  if ((a === 0xf0 && b < 0x90) || (a === 0xf4 && b > 0x8f)) return 0;
  return size;
}

function encodeLossless(characters: string): Uint8Array {
  const parts: number[] = [];
  for (const piece of characters.split(/([\udc80-\udcff])/u)) {
    const unit = piece.charCodeAt(0);
    if (piece.length === 1 && unit >= 0xdc80 && unit <= 0xdcff) parts.push(unit - 0xdc00);
    else for (const byte of encoder.encode(piece)) parts.push(byte);
  }
  return Uint8Array.from(parts);
}

function parts(pieces: readonly string[], source: Bitstring): Term {
  let result: Term = EMPTY;
  for (let i = pieces.length - 1; i >= 0; i--) result = new Cons(part(pieces[i], source), result);
  return result;
}

/** A part of the characters of `source` as a binary. */
function part(characters: string, source: Bitstring): Bitstring {
  const size = characters.length;
  if (size === 1 && characters.charCodeAt(0) < 0x80) return byteBinary(characters.charCodeAt(0));
  if (!source.isKnownAscii) return write(characters, source);
  if (size * 8 === source.bitLength) return source;
  return size === 0 ? EMPTY_BINARY : new Bitstring(characters, null, size * 8);
}

/**
 * Strings in which searching finds what searching the bytes would: the texts, as UTF-8 is self-synchronising,
 * or one unit a byte. The function turns a piece of the first back into a binary.
 */
function searchable(subject: Bitstring, patterns: readonly Bitstring[]) {
  const whole = subject.text;
  const needles = patterns.map((pattern) => pattern.text);
  if (whole !== undefined && needles.every((needle) => needle !== undefined)) {
    return { whole, needles: needles as string[], piece: text };
  }
  return {
    whole: latin1(subject),
    needles: patterns.map(latin1),
    piece: (units: string) => binary(Uint8Array.from(units, (unit) => unit.charCodeAt(0))),
  };
}

function latin1(string: Bitstring): string {
  let result = "";
  for (const byte of string.bytes) result += String.fromCharCode(byte);
  return result;
}

/** The earliest match of any of the patterns from an index on, the longest of those; `null` if none. */
function nextMatch(whole: string, needles: readonly string[], from: number): [number, number] | null {
  let start = -1;
  let size = 0;
  for (const needle of needles) {
    const found = whole.indexOf(needle, from);
    if (found < 0) continue;
    if (start < 0 || found < start || (found === start && needle.length > size)) {
      start = found;
      size = needle.length;
    }
  }
  return start < 0 ? null : [start, size];
}

/** A pattern that is a binary or a list of binaries, none of them empty. */
function patternsOf(pattern: Term, failed: () => Error | object): Bitstring[] {
  const items = listToArray(pattern) ?? [pattern];
  for (const item of items) {
    const string = item as Bitstring;
    if (string?.isBinary !== true || string.bitLength === 0) throw failed();
  }
  return items as Bitstring[];
}

/** At most `count` pieces, empty ones left out if `trim`: `String.split/3`. */
function split(subject: Bitstring, pattern: Term, count: Term, trim: Term): Term {
  // Some are left to `:binary.split`, which does not look at the pattern where there is nothing to split.
  const isWhole = typeof count !== "number" || (count === 2 && trim !== TRUE);
  if (isWhole && subject.bitLength === 0) return list(trim === TRUE ? [] : [subject]);
  const patterns = patternsOf(pattern, () =>
    isWhole ? badarg("binary", "split", [subject, pattern]) : badarg("binary", "compile_pattern", [pattern]),
  );
  const { whole, needles, piece } = searchable(subject, patterns);
  const pieces: string[] = [];
  const most = typeof count === "number" ? count : Number.POSITIVE_INFINITY;
  let from = 0;
  let open = true;
  while (open && pieces.length < most - 1) {
    const match = nextMatch(whole, needles, from);
    const end = match === null ? whole.length : match[0];
    if (trim !== TRUE || end > from) pieces.push(whole.slice(from, end));
    if (match === null) open = false;
    else from = end + match[1];
  }
  if (open && (trim !== TRUE || from < whole.length)) pieces.push(whole.slice(from));
  return list(pieces.map(piece));
}

/** Invalid bytes stay where they are; the text between them is reversed. */
function reverse(characters: string): string {
  return characters
    .split(/([\udc80-\udcff])/u)
    .map((piece) => clusters(piece).reverse().join(""))
    .join("");
}

const blank = "[\\t-\\r \\x85\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000]";
const noBreakToo = blank.replace("\\x85", "\\x85\\xa0\\u2007\\u202f");
const leadingSpace = new RegExp(`^${noBreakToo}+`);
const blanks = new RegExp(`${blank}+`);
const isSpace = new RegExp(noBreakToo);

function trimmed(string: Bitstring, trim: (characters: string) => string): Bitstring {
  const characters = read(string);
  const rest = trim(characters);
  return rest.length === characters.length ? string : part(rest, string);
}

function trimLeading(characters: string): string {
  return characters.replace(leadingSpace, "");
}

function trimTrailing(characters: string): string {
  let end = characters.length;
  while (end > 0 && isSpace.test(characters[end - 1])) end--;
  return characters.slice(0, end);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the expression is about
const unprintable = /[^\x07-\x0d\x1b\x20-\x7f\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The first `limit` code points of a text. */
function firstPoints(characters: string, limit: number): string {
  if (characters.length <= limit) return characters;
  let index = 0;
  for (; limit > 0 && index < characters.length; limit--) {
    index += (characters.codePointAt(index) as number) > 0xffff ? 2 : 1;
  }
  return characters.slice(0, index);
}

function count(limit: Term): number {
  return typeof limit === "number" ? limit : Number.POSITIVE_INFINITY;
}

const written: Record<string, Map<Atom, Bitstring>> = {
  literal: new Map(),
  key: new Map(),
  remote_call: new Map(),
};

function inspectAtom(place: Atom, subject: Atom): Bitstring {
  const known = written[place.name];
  if (known === undefined) throw badarg("beamlet_string", "inspect_atom", [place, subject]);
  let found = known.get(subject);
  if (found === undefined) {
    found = text(writeAtom(place.name as AtomPlace, subject));
    known.set(subject, found);
  }
  return found;
}

const forms: Record<string, "NFC" | "NFD" | "NFKC" | "NFKD"> = {
  nfc: "NFC",
  nfd: "NFD",
  nfkc: "NFKC",
  nfkd: "NFKD",
};

/** Jaro similarity of two sequences of graphemes. */
function jaro(a: readonly string[], b: readonly string[]): number {
  const range = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const used = new Array<boolean>(b.length).fill(false);
  const matched: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length, i + range + 1);
    for (let j = Math.max(0, i - range); j < end; j++) {
      if (used[j] || a[i] !== b[j]) continue;
      used[j] = true;
      matched.push(a[i]);
      break;
    }
  }
  if (matched.length === 0) return 0;
  let transposed = 0;
  let next = 0;
  for (let j = 0; j < b.length; j++) if (used[j] && b[j] !== matched[next++]) transposed++;
  const common = matched.length;
  return (common / a.length + common / b.length + (common - transposed / 2) / common) / 3;
}

export const beamletString: NativeModule = {
  module: "beamlet_string",
  functions: {
    "classify_atom/1": (subject: Atom) => atom(classifyName(subject.name)),
    "inspect_atom/2": inspectAtom,
    "escape/3": (string: Bitstring, delimiter: Term, limit: Term) => {
      const stop = typeof delimiter === "number" ? delimiter : -1;
      const [escaped, rest] = escapeText(read(string), stop, count(limit));
      return new Tuple2(text(escaped), write(rest, string));
    },
    "escape_char/1": (point: number) => text(escapePoint(point)),
    "printable?/2": (string: Bitstring, limit: Term) =>
      bool(!unprintable.test(firstPoints(readStart(string, count(limit)), count(limit)))),
    "valid?/1": (string: Bitstring) => bool(string.text !== undefined),
    "replace_invalid/2": (string: Bitstring, replacement: Bitstring) => {
      if (string.text !== undefined) return string;
      return replaceInvalid(string.bytes, replacement.bytes);
    },

    "length/1": (string: Bitstring) => {
      // Only \r\n joins ASCII characters.
      if (string.isKnownAscii && !(string.text as string).includes("\r")) return string.byteLength;
      return clusterCount(read(string));
    },
    "graphemes/1": (string: Bitstring) => parts(clusters(read(string)), string),
    "codepoints/1": (string: Bitstring) => parts([...read(string)], string),
    "next_grapheme/1": (string: Bitstring) => {
      const characters = read(string);
      return characters === "" ? NIL : cut(string, characters, clusterEnd(characters, 0));
    },
    "next_codepoint/1": (string: Bitstring) => {
      const characters = read(string);
      if (characters === "") return NIL;
      return cut(string, characters, (characters.codePointAt(0) as number) > 0xffff ? 2 : 1);
    },
    "slice/3": (string: Bitstring, from: number | bigint, most: number | bigint) => {
      // Past the end is past the end, however far.
      const [start, size] = [Number(from), Number(most)];
      const characters = read(string);
      if (string.isKnownAscii && !characters.includes("\r")) {
        return part(characters.slice(start, start + size), string);
      }
      const rest = characters.slice(clusterStart(characters, start));
      return part(rest.slice(0, clusterStart(rest, size)), string);
    },
    "split_at/2": (string: Bitstring, position: number) => {
      const characters = read(string);
      return cut(string, characters, clusterStart(characters, position));
    },
    "last/1": (string: Bitstring) => {
      const all = clusters(read(string));
      return all.length === 0 ? NIL : write(all[all.length - 1], string);
    },
    "reverse/1": (string: Bitstring) => write(reverse(read(string)), string),

    "upcase/2": (string: Bitstring, mode: Atom) => write(upcase(read(string), mode.name as CaseMode), string),
    "downcase/2": (string: Bitstring, mode: Atom) =>
      write(downcase(read(string), mode.name as CaseMode), string),
    "capitalize/2": (string: Bitstring, mode: Atom) =>
      write(capitalize(read(string), mode.name as CaseMode), string),
    "normalize/2": (string: Bitstring, form: Atom) => write(read(string).normalize(forms[form.name]), string),

    "trim_leading/1": (string: Bitstring) => trimmed(string, trimLeading),
    "trim_trailing/1": (string: Bitstring) => trimmed(string, trimTrailing),
    "trim/1": (string: Bitstring) => trimmed(string, (characters) => trimTrailing(trimLeading(characters))),
    "split/1": (string: Bitstring) =>
      parts(
        read(string)
          .split(blanks)
          .filter((piece) => piece !== ""),
        string,
      ),
    "split/4": split,
    "contains?/2": (string: Bitstring, pattern: Term) => {
      const patterns = patternsOf(pattern, () => badarg("binary", "match", [string, pattern]));
      const { whole, needles } = searchable(string, patterns);
      return bool(needles.some((needle) => whole.includes(needle)));
    },
    "starts_with?/2": (string: Bitstring, prefix: Bitstring) => {
      const { whole, needles } = searchable(string, [prefix]);
      return bool(whole.startsWith(needles[0]));
    },
    "ends_with?/2": (string: Bitstring, suffix: Bitstring) => {
      const { whole, needles } = searchable(string, [suffix]);
      return bool(whole.endsWith(needles[0]));
    },
    "replace/4": (string: Bitstring, pattern: Term, replacement: Bitstring, global: Atom) => {
      if (string.bitLength === 0) return string;
      const patterns = patternsOf(pattern, () => badarg("binary", "matches", [string, pattern]));
      const { whole, needles, piece } = searchable(string, [...patterns, replacement]);
      const insert = needles.pop() as string;
      if (needles.length === 1) {
        return piece(
          global === TRUE ? whole.split(needles[0]).join(insert) : whole.replace(needles[0], () => insert),
        );
      }
      let result = "";
      let from = 0;
      for (let match = nextMatch(whole, needles, 0); match !== null; ) {
        result += whole.slice(from, match[0]) + insert;
        from = match[0] + match[1];
        match = global === TRUE ? nextMatch(whole, needles, from) : null;
      }
      return piece(result + whole.slice(from));
    },
    "jaro/2": (a: Bitstring, b: Bitstring) => new Float(jaro(clusters(read(a)), clusters(read(b)))),
    "to_charlist/1": (string: Bitstring) => {
      const points = string.text;
      if (points === undefined) return NIL;
      let result: Term = EMPTY;
      for (let i = points.length - 1; i >= 0; i--) {
        // The text is well-formed: in front of a low surrogate stands its high one.
        if ((points.charCodeAt(i) & 0xfc00) === 0xdc00) i--;
        result = new Cons(points.codePointAt(i) as number, result);
      }
      return result;
    },
  },
};

function cut(string: Bitstring, characters: string, index: number): Term {
  return new Tuple2(part(characters.slice(0, index), string), part(characters.slice(index), string));
}

/** Each longest invalid piece, a truncated character or a byte, becomes the replacement. */
function replaceInvalid(bytes: Uint8Array, replacement: Uint8Array): Bitstring {
  const result: number[] = [];
  for (let index = 0; index < bytes.length; ) {
    const size = characterSize(bytes, index);
    if (size > 0) for (let i = 0; i < size; i++) result.push(bytes[index + i]);
    else for (const byte of replacement) result.push(byte);
    index += size > 0 ? size : truncatedSize(bytes, index);
  }
  return binary(Uint8Array.from(result));
}

/** How many bytes at an index begin a character that is never finished; at least 1. */
function truncatedSize(bytes: Uint8Array, index: number): number {
  const a = bytes[index];
  const full = a >= 0xe0 && a <= 0xef ? 3 : a >= 0xf0 && a <= 0xf4 ? 4 : 2;
  if (full === 2) return 1;
  const b = bytes[index + 1];
  const low = a === 0xe0 ? 0xa0 : a === 0xf0 ? 0x90 : 0x80;
  const high = a === 0xed ? 0x9f : a === 0xf4 ? 0x8f : 0xbf;
  if (!(b >= low && b <= high)) return 1;
  const c = bytes[index + 2];
  return full === 4 && c >= 0x80 && c <= 0xbf ? 3 : 2;
}
