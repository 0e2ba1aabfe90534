/**
 * The insides of strings: escapes, graphemes (columns count them), and the margins of heredocs.
 */
import { type Bitstring, binary, text } from "../term/bitstring.ts";
import type { Interpolation } from "./token.ts";

/** A raw piece of a string, escapes still in it. */
export type RawPart = string | Interpolation;

/** An escape that means nothing: the words of the error, and the token it is at. */
export class EscapeError {
  readonly message: string;
  readonly token: string;

  constructor(message: string, token: string) {
    this.message = message;
    this.token = token;
  }
}

const ESCAPES: Record<string, string> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  d: "\x7f",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  v: "\v",
};

/** The character that an escape of one character stands for: itself unless it has a meaning. */
export function unescapeCharacter(char: string): string {
  return ESCAPES[char] ?? char;
}

const DEPRECATED_HEX =
  "\\x{H*} inside strings/sigils/chars is deprecated, " +
  "please use \\xHH (byte) or \\uHHHH (code point) instead";
const DEPRECATED_SHORT_HEX = DEPRECATED_HEX.replace("\\x{H*}", "\\xH");

/** The binary of a string with its escapes replaced. `deprecated` hears of old ways to write them. */
export function unescape(raw: string, deprecated: (message: string) => void): Bitstring {
  let at = raw.indexOf("\\");
  if (at < 0) return text(raw);
  const result = new Builder();
  let start = 0;
  while (at >= 0) {
    result.text(raw, start, at);
    const next = raw[at + 1];
    if (next === "x") {
      const hex = /^(?:([\dA-Fa-f]{2})|([\dA-Fa-f])|\{([\dA-Fa-f]{1,6})\})/.exec(raw.slice(at + 2, at + 10));
      if (hex === null) {
        throw new EscapeError(
          "invalid hex escape character, expected \\xHH where H is a hexadecimal digit",
          "\\x",
        );
      }
      if (hex[1] !== undefined) result.byte(Number.parseInt(hex[1], 16));
      else {
        deprecated(hex[2] === undefined ? DEPRECATED_HEX : DEPRECATED_SHORT_HEX);
        result.codePoint(hex[2] ?? hex[3]);
      }
      start = at + 2 + hex[0].length;
    } else if (next === "u") {
      const hex = /^(?:([\dA-Fa-f]{4})|\{([\dA-Fa-f]{1,6})\})/.exec(raw.slice(at + 2, at + 10));
      if (hex === null) {
        throw new EscapeError(
          "invalid Unicode escape character, expected \\uHHHH or \\u{H*} where H is a hexadecimal digit",
          "\\u",
        );
      }
      result.codePoint(hex[1] ?? hex[2]);
      start = at + 2 + hex[0].length;
    } else if (next === "\n") start = at + 2;
    else if (next === "\r" && raw[at + 2] === "\n") start = at + 3;
    else if (next === undefined) {
      result.text("\\", 0, 1);
      start = at + 1;
    } else {
      const meaning = ESCAPES[next];
      if (meaning === undefined) {
        // The character stands for itself; searching goes on behind it, as it may be a backslash.
        const following = raw.indexOf("\\", at + 2);
        start = at + 1;
        at = following;
        continue;
      }
      result.text(meaning, 0, 1);
      start = at + 2;
    }
    at = raw.indexOf("\\", start);
  }
  result.text(raw, start, raw.length);
  return result.finish();
}

/** Text as long as all of it is text; from the first byte that is not, bytes. */
class Builder {
  #text = "";
  #chunks: Uint8Array[] | null = null;

  text(source: string, from: number, to: number): void {
    if (to > from) this.#text += source.slice(from, to);
  }

  byte(value: number): void {
    if (value < 0x80) this.#text += String.fromCharCode(value);
    else {
      this.#flush();
      this.#chunks?.push(Uint8Array.of(value));
    }
  }

  codePoint(hex: string): void {
    const code = Number.parseInt(hex, 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
      throw new EscapeError(`invalid or reserved Unicode code point \\u{${hex}}`, "\\u");
    }
    this.#text += String.fromCodePoint(code);
  }

  finish(): Bitstring {
    if (this.#chunks === null) return text(this.#text);
    this.#flush();
    const chunks = this.#chunks;
    const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return binary(all);
  }

  #flush(): void {
    this.#chunks ??= [];
    if (this.#text !== "") this.#chunks.push(new TextEncoder().encode(this.#text));
    this.#text = "";
  }
}

let segmenter: Intl.Segmenter | null = null;
/** Longer clusters than this do not occur in text; a bound keeps a run of marks from costing its square. */
const LONGEST_CLUSTER = 64;
const WINDOW = 2048;

/** The characters, as readers see them, of a text read from start to end. */
export class Graphemes {
  readonly #source: string;
  /** Ends of the clusters of a window of the text, by their starts. */
  readonly #ends = new Map<number, number>();
  #windowEnd = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Where the character at a place ends. */
  end(at: number): number {
    const source = this.#source;
    const code = source.charCodeAt(at);
    const next = source.charCodeAt(at + 1);
    if (standsAlone(code) && (Number.isNaN(next) || standsAlone(next))) return at + 1;
    let end = this.#ends.get(at);
    if (end === undefined || (at + LONGEST_CLUSTER > this.#windowEnd && this.#windowEnd < source.length)) {
      this.#read(at);
      end = this.#ends.get(at);
    }
    return end ?? at + 1;
  }

  #read(from: number): void {
    segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
    this.#windowEnd = Math.min(from + WINDOW, this.#source.length);
    this.#ends.clear();
    for (const { segment, index } of segmenter.segment(this.#source.slice(from, this.#windowEnd))) {
      for (let at = 0; at < segment.length; ) {
        const length = Math.min(beforeConjunct(segment.slice(at)), LONGEST_CLUSTER);
        this.#ends.set(from + index + at, from + index + at + length);
        at += length;
      }
    }
  }
}

const INDIC_LETTER =
  /(?<!^)[\u0904-\u0939\u0958-\u0961\u0985-\u09b9\u0a93-\u0ab9\u0b05-\u0b39\u0c05-\u0c39\u0d05-\u0d3a]/;

// Newer Unicode joins consonants across a virama; Erlang/OTP 25 does not.
function beforeConjunct(cluster: string): number {
  const letter = cluster.length < 3 ? -1 : cluster.search(INDIC_LETTER);
  return letter < 0 ? cluster.length : letter;
}

/** Letters that never join with a neighbour of the same sort: Latin, Greek, Cyrillic, kana, Han, Hangul syllables. */
function standsAlone(code: number): boolean {
  return (
    (code < 0x300 && code !== 13 && code !== 0xad) ||
    (code >= 0x370 && code < 0x483) ||
    (code >= 0x48a && code < 0x591) ||
    (code >= 0x2010 && code < 0x2028) ||
    (code >= 0x2500 && code < 0x25a0) ||
    (code >= 0x3041 && code < 0x3097) ||
    (code >= 0x30a0 && code < 0xa000)
  );
}

const BIDI = /[\u202a-\u202e\u2066-\u2069]/;

/** Whether the character is one that reorders the text around it, as Trojan source does. */
export function isBidi(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/** The first reordering character of a text, or -1. */
export function findBidi(source: string): number {
  return source.search(BIDI);
}

/**
 * The parts of a heredoc without the margin that its closing delimiter sets, and the first line
 * that starts left of the margin. Each raw text starts a line exactly after a newline in it.
 */
export function stripMargin(
  parts: readonly RawPart[],
  margin: number,
  firstLine: number,
): { parts: RawPart[]; outdented: number | null } {
  let line = firstLine;
  let outdented: number | null = null;
  const stripped = parts.map((part) => {
    if (typeof part !== "string") {
      line = part.endLine;
      return part;
    }
    let result = "";
    let start = 0;
    for (;;) {
      const newline = part.indexOf("\n", start);
      if (newline < 0) return result + part.slice(start);
      result += part.slice(start, newline + 1);
      line++;
      start = newline + 1;
      let spaces = 0;
      while (spaces < margin && isBlank(part.charCodeAt(start))) {
        start++;
        spaces++;
      }
      const code = part.charCodeAt(start);
      const ends = Number.isNaN(code) || code === 10 || (code === 13 && part.charCodeAt(start + 1) === 10);
      if (spaces < margin && !ends) outdented ??= line;
    }
  });
  return { parts: stripped, outdented };
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
