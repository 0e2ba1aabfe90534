// biome-ignore-all lint/correctness/noVoidTypeReturn: returning a call says that it ends the value
/**
 * `:beamlet_json`: reading and escaping JSON text, under Elixir's JSON.
 *
 * The reader works on bytes, since its errors name byte offsets, with a stack of its own, so that nesting is not
 * limited by JavaScript's. It tells a sink what it reads: one sink builds terms, the other lists events for
 * decoders written in Elixir. As in OTP, text that merely ends too soon is told from text that is wrong, and a
 * word cut short counts as the former whatever its bytes.
 */
import { atom, FALSE, NIL, TRUE } from "../term/atom.ts";
import { type Bitstring, binary, text } from "../term/bitstring.ts";
import { error, tagged } from "../term/error.ts";
import { Cons, list } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import { Float, integer } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { type Tuple, Tuple2, Tuple3 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

interface Sink {
  literal(value: Term): void;
  integer(token: string): void;
  float(token: string): void;
  string(value: Bitstring): void;
  key(value: Bitstring): void;
  start(object: boolean): void;
  finish(object: boolean): void;
}

/** The error term that ends reading; thrown inside this module only. */
class Unreadable {
  readonly reason: Tuple;
  constructor(reason: Tuple) {
    this.reason = reason;
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** Calling the decoder costs more than so many characters. */
const SHORT = 32;

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) return decoder.decode(bytes.subarray(start, end));
  let result = "";
  for (let i = start; i < end; i++) result += String.fromCharCode(bytes[i]);
  return result;
}

class Reader {
  readonly bytes: Uint8Array;
  readonly sink: Sink;
  at = 0;

  constructor(bytes: Uint8Array, sink: Sink) {
    this.bytes = bytes;
    this.sink = sink;
  }

  /** Reads one value and the blanks after it; `at` is then where the rest starts. */
  read(): void {
    const open: boolean[] = [];
    do {
      this.#value(open);
      this.#afterValue(open);
    } while (open.length > 0);
    const end = this.at;
    this.#blanks();
    if (this.at < this.bytes.length) this.at = end;
  }

  /** Reads up to the end of a scalar or empty container, leaving the containers around it open. */
  #value(open: boolean[]): void {
    const { bytes, sink } = this;
    for (;;) {
      this.#blanks();
      const byte = bytes[this.at];
      switch (byte) {
        case 0x22:
          return sink.string(this.#string());
        case 0x74:
          return this.#word("true", TRUE);
        case 0x66:
          return this.#word("false", FALSE);
        case 0x6e:
          return this.#word("null", NIL);
        case 0x5b:
          sink.start(false);
          this.at++;
          this.#blanks();
          if (bytes[this.at] === 0x5d) {
            this.at++;
            return sink.finish(false);
          }
          open.push(false);
          break;
        case 0x7b:
          sink.start(true);
          this.at++;
          this.#blanks();
          if (bytes[this.at] === 0x7d) {
            this.at++;
            return sink.finish(true);
          }
          open.push(true);
          this.#key();
          break;
        default:
          if (byte === 0x2d || isDigit(byte)) return this.#number();
          throw this.#unexpected(this.at, 0);
      }
    }
  }

  /** Closes what ends here and stops before the next value of the innermost container. */
  #afterValue(open: boolean[]): void {
    while (open.length > 0) {
      const object = open[open.length - 1];
      this.#blanks();
      const byte = this.bytes[this.at];
      if (byte === 0x2c) {
        this.at++;
        if (object) this.#key();
        return;
      }
      if (byte !== (object ? 0x7d : 0x5d)) throw this.#unexpected(this.at, 0);
      this.at++;
      open.pop();
      this.sink.finish(object);
    }
  }

  #key(): void {
    this.#blanks();
    if (this.bytes[this.at] !== 0x22) throw this.#unexpected(this.at, 0);
    this.sink.key(this.#string());
    this.#blanks();
    if (this.bytes[this.at] !== 0x3a) throw this.#unexpected(this.at, 0);
    this.at++;
  }

  #blanks(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.at++;
    }
  }

  #word(word: string, value: Term): void {
    const start = this.at;
    for (let i = 1; i < word.length; i++) {
      if (this.bytes[start + i] !== word.charCodeAt(i)) throw this.#unexpected(start + 1, word.length - 1);
    }
    this.at = start + word.length;
    this.sink.literal(value);
  }

  #number(): void {
    const { bytes } = this;
    const start = this.at;
    let end = start;
    if (bytes[end] === 0x2d) end++;
    if (!isDigit(bytes[end])) throw this.#unexpected(end, 0);
    if (bytes[end] === 0x30) end++;
    else while (isDigit(bytes[end])) end++;
    let fraction = false;
    if (bytes[end] === 0x2e) {
      fraction = true;
      end++;
      if (!isDigit(bytes[end])) throw this.#unexpected(end, 0);
      while (isDigit(bytes[end])) end++;
    }
    const mantissa = end;
    let exponent = false;
    if (bytes[end] === 0x65 || bytes[end] === 0x45) {
      exponent = true;
      end++;
      if (bytes[end] === 0x2b || bytes[end] === 0x2d) end++;
      if (!isDigit(bytes[end])) throw this.#unexpected(end, 0);
      while (isDigit(bytes[end])) end++;
    }
    this.at = end;
    const token = asciiText(bytes, start, end);
    if (!fraction && !exponent) return this.sink.integer(token === "-0" ? "0" : token);
    // Erlang's floats have a fraction.
    const float = fraction
      ? token
      : `${token.slice(0, mantissa - start)}.0e${token.slice(mantissa - start + 1)}`;
    if (!Number.isFinite(Number(float))) {
      throw new Unreadable(new Tuple3(atom("unexpected_sequence"), start, text(float)));
    }
    this.sink.float(float);
  }

  #string(): Bitstring {
    const { bytes } = this;
    const start = this.at + 1;
    let at = start;
    let escaped = "";
    let piece = start;
    let isAscii = true;
    for (;;) {
      const byte = bytes[at];
      if (byte === 0x22) {
        this.at = at + 1;
        if (isAscii && piece === start) return text(asciiText(bytes, start, at));
        return text(escaped + decoder.decode(bytes.subarray(piece, at)));
      }
      if (byte === 0x5c) {
        escaped += decoder.decode(bytes.subarray(piece, at));
        const [char, size] = this.#escape(at);
        escaped += char;
        at += size;
        piece = at;
      } else if (byte === undefined) throw this.#end();
      else if (byte < 0x20) throw this.#wrong(at);
      else if (byte < 0x80) at++;
      else {
        isAscii = false;
        at = this.#character(at);
      }
    }
  }

  #escape(at: number): [string, number] {
    const byte = this.bytes[at + 1];
    if (byte === undefined) throw this.#end();
    if (byte !== 0x75) {
      const char = escapes[byte];
      if (char === undefined) throw this.#wrong(at + 1);
      return [char, 2];
    }
    if (at + 6 > this.bytes.length) throw this.#end();
    const high = this.#hex(at + 2);
    if (high < 0 || (high >= 0xdc00 && high <= 0xdfff)) throw this.#sequence(at, 6);
    if (high < 0xd800 || high > 0xdbff) return [String.fromCharCode(high), 6];
    if (at + 12 > this.bytes.length || this.bytes[at + 6] !== 0x5c || this.bytes[at + 7] !== 0x75) {
      throw this.#unexpected(at + 6, 5);
    }
    const low = this.#hex(at + 8);
    if (low < 0xdc00 || low > 0xdfff) throw this.#sequence(at, 12);
    return [String.fromCharCode(high, low), 12];
  }

  #hex(at: number): number {
    const digits = decoder.decode(this.bytes.subarray(at, at + 4));
    return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : -1;
  }

  /** The offset after the character of several bytes that starts here. */
  #character(at: number): number {
    const result = characterEnd(this.bytes, at);
    if (result >= 0) return result;
    throw ~result >= this.bytes.length ? this.#end() : this.#wrong(~result);
  }

  /** What does not go on as it must: too short if not even `needed` more bytes follow. */
  #unexpected(at: number, needed: number): Unreadable {
    return this.bytes.length <= at + needed ? this.#end() : this.#wrong(at);
  }

  #end(): Unreadable {
    return new Unreadable(new Tuple2(atom("unexpected_end"), this.bytes.length));
  }

  #wrong(at: number): Unreadable {
    return new Unreadable(new Tuple3(atom("invalid_byte"), at, this.bytes[at]));
  }

  #sequence(at: number, size: number): Unreadable {
    const sequence = binary(this.bytes.slice(at, at + size));
    return new Unreadable(new Tuple3(atom("unexpected_sequence"), at, sequence));
  }
}

/** Where the character of several bytes ends; else the complement of the offset of the byte that is wrong or missing. */
function characterEnd(bytes: Uint8Array, at: number): number {
  const a = bytes[at];
  const size = a >= 0xc2 && a <= 0xdf ? 2 : a >= 0xe0 && a <= 0xef ? 3 : a >= 0xf0 && a <= 0xf4 ? 4 : 0;
  if (size === 0) return ~at;
  for (let i = 1; i < size; i++) {
    const byte = bytes[at + i];
    const low = i > 1 ? 0x80 : a === 0xe0 ? 0xa0 : a === 0xf0 ? 0x90 : 0x80;
    const high = i > 1 ? 0xbf : a === 0xed ? 0x9f : a === 0xf4 ? 0x8f : 0xbf;
    if (!(byte >= low && byte <= high)) return ~(at + i);
  }
  return at + size;
}

const escapes: Record<number, string> = {
  34: '"',
  92: "\\",
  47: "/",
  98: "\b",
  102: "\f",
  110: "\n",
  114: "\r",
  116: "\t",
};

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function toInteger(token: string): number | bigint {
  return token.length < 16 ? Number(token) : integer(BigInt(token));
}

/** Builds terms: arrays as lists, objects as maps, of which later keys win. */
class TermSink implements Sink {
  readonly #open: { items: Term[]; entries: [Term, Term][]; key: Term }[] = [];
  result: Term = NIL;

  #add(value: Term): void {
    const { length } = this.#open;
    if (length === 0) this.result = value;
    else {
      const container = this.#open[length - 1];
      if (container.key === NIL) container.items.push(value);
      else container.entries.push([container.key, value]);
    }
  }
  literal(value: Term): void {
    this.#add(value);
  }
  integer(token: string): void {
    this.#add(toInteger(token));
  }
  float(token: string): void {
    this.#add(new Float(Number(token)));
  }
  string(value: Bitstring): void {
    this.#add(value);
  }
  key(value: Bitstring): void {
    this.#open[this.#open.length - 1].key = value;
  }
  start(): void {
    this.#open.push({ items: [], entries: [], key: NIL });
  }
  finish(object: boolean): void {
    const { items, entries } = this.#open.pop() as { items: Term[]; entries: [Term, Term][] };
    // Of equal keys the first counts, as in Erlang.
    this.#add(object ? mapFrom(entries.reverse()) : list(items));
  }
}

/** Lists what was read, tokens of numbers as binaries. */
class EventSink implements Sink {
  readonly events: Term[] = [];

  literal(value: Term): void {
    this.events.push(new Tuple2(atom("literal"), value));
  }
  integer(token: string): void {
    this.events.push(new Tuple2(atom("integer"), text(token)));
  }
  float(token: string): void {
    this.events.push(new Tuple2(atom("float"), text(token)));
  }
  string(value: Bitstring): void {
    this.events.push(new Tuple2(atom("string"), value));
  }
  key(value: Bitstring): void {
    this.events.push(new Tuple2(atom("key"), value));
  }
  start(object: boolean): void {
    this.events.push(atom(object ? "object_start" : "array_start"));
  }
  finish(object: boolean): void {
    this.events.push(atom(object ? "object_finish" : "array_finish"));
  }
}

function read(source: Bitstring, sink: Sink, result: () => Term): Tuple {
  const reader = new Reader(source.bytes, sink);
  try {
    reader.read();
  } catch (thrown) {
    if (thrown instanceof Unreadable) return new Tuple2(atom("error"), thrown.reason);
    throw thrown;
  }
  return new Tuple3(atom("ok"), result(), binary(source.bytes.slice(reader.at)));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them
const escapable = /["\\\u0000-\u001f]/g;
const short: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const QUOTE = 0x22;

function escape(char: string): string {
  return short[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function textOf(string: Bitstring): string {
  const value = string.text;
  if (value === undefined) throw invalid(string.bytes);
  return value;
}

function quote(string: Bitstring): Bitstring {
  return text(`"${textOf(string).replace(escapable, escape)}"`);
}

/** The quoted string as Elixir builds it: before each character that is escaped stands all that is before it. */
function pieces(string: Bitstring): Term {
  const value = textOf(string);
  let pieces: Term = list([QUOTE]);
  let from = 0;
  for (const { 0: char, index } of value.matchAll(escapable)) {
    const escaped = text(escape(char));
    pieces = new Cons(pieces, index === from ? escaped : new Cons(text(value.slice(from, index)), escaped));
    from = index + 1;
  }
  if (from === 0) return list([QUOTE, string, QUOTE]);
  return list(from === value.length ? [pieces, QUOTE] : [pieces, text(value.slice(from)), QUOTE]);
}

/** The error for a binary that is no text. */
function invalid(bytes: Uint8Array) {
  let at = 0;
  for (;;) {
    const end = bytes[at] < 0x80 ? at + 1 : characterEnd(bytes, at);
    if (end < 0) {
      return ~end >= bytes.length ? error("unexpected_end") : tagged("invalid_byte", bytes[~end]);
    }
    at = end;
  }
}

export const beamletJson: NativeModule = {
  module: "beamlet_json",
  functions: {
    /** `{:ok, value, rest}` or `{:error, reason}`. */
    "decode/1": (source: Bitstring) => {
      const sink = new TermSink();
      return read(source, sink, () => sink.result);
    },
    /** `{:ok, events, rest}` or `{:error, reason}`. */
    "events/1": (source: Bitstring) => {
      const sink = new EventSink();
      return read(source, sink, () => list(sink.events));
    },
    "quote/1": quote,
    "pieces/1": pieces,
  },
};
