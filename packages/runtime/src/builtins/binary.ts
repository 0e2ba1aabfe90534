/** `:binary`. */

import { apply, runTask, type Task } from "../process/task.ts";
import {
  atom,
  Bitstring,
  badarg,
  binary as binaryOf,
  Cons,
  EMPTY,
  EMPTY_BINARY,
  errorIn,
  Fun,
  integer,
  iodataToBinary,
  joinBits,
  list,
  listToArray,
  type Raised,
  sliceBytes,
  type Term,
  Tuple,
  text,
  tuple,
} from "../term/index.ts";
import { type Match, Searcher } from "./binary-search.ts";
import { partOf } from "./erlang-binaries.ts";
import type { NativeModule } from "./native.ts";

function bad(name: string, ...args: Term[]): Raised {
  return badarg("binary", name, args);
}

function isBinary(term: Term): term is Bitstring {
  return term instanceof Bitstring && term.isBinary;
}

const BM = atom("bm");
const AC = atom("ac");

/** The patterns of an argument: one binary, a list of them, or either compiled. `null` when it is none. */
function patternsOf(term: Term): Bitstring[] | null {
  if (term instanceof Tuple && term.size === 2 && (term.at(0) === BM || term.at(0) === AC)) term = term.at(1);
  const all = isBinary(term) ? [term] : listToArray(term);
  if (all === null || all.length === 0) return null;
  return all.every((item) => isBinary(item) && item.byteLength > 0) ? (all as Bitstring[]) : null;
}

/** Options of searching functions: `{scope, {Start, Length}}` and flags. */
class Options {
  from = 0;
  to: number;
  flags = new Set<Term>();
  insertAt: number[] = [];
  /** Whether the whole subject is searched. */
  whole = true;

  constructor(subject: Bitstring) {
    this.to = subject.byteLength;
  }

  /** False when an option is unknown or out of range. */
  read(options: Term, flags: readonly Term[], insertable: boolean): boolean {
    const settings = listToArray(options);
    if (settings === null) return false;
    for (const setting of settings) {
      if (flags.includes(setting)) {
        this.flags.add(setting);
        continue;
      }
      if (!(setting instanceof Tuple) || setting.size !== 2) return false;
      const value = setting.at(1);
      if (setting.at(0) === atom("scope")) {
        if (!(value instanceof Tuple) || value.size !== 2 || !this.scope(value.at(0), value.at(1)))
          return false;
      } else if (insertable && setting.at(0) === atom("insert_replaced")) {
        const places = typeof value === "number" ? [value] : listToArray(value);
        if (places === null || !places.every((place) => typeof place === "number" && place >= 0))
          return false;
        this.insertAt = (places as number[]).toSorted((a, b) => a - b);
      } else return false;
    }
    return true;
  }

  private scope(start: Term, length: Term): boolean {
    if (typeof start !== "number" || typeof length !== "number") return false;
    const from = length < 0 ? start + length : start;
    const to = length < 0 ? start : start + length;
    if (from < 0 || to > this.to) return false;
    this.from = from;
    this.to = to;
    this.whole = false;
    return true;
  }
}

const GLOBAL = atom("global");
const TRIM = atom("trim");
const TRIM_ALL = atom("trim_all");

function part(match: Match): Term {
  return tuple(match.start, match.length);
}

function prepare(
  name: string,
  args: Term[],
  flags: readonly Term[],
  insertable = false,
): [Bitstring, Bitstring[], Options] {
  const [subject, pattern] = args;
  const options = args[args.length - 1];
  if (!isBinary(subject)) throw badarg("binary", name, args);
  // Nothing is found in the empty binary, not even by a pattern that is none.
  const patterns = subject.bitLength === 0 ? [] : patternsOf(pattern);
  const settings = new Options(subject);
  const given = args.length > (insertable ? 3 : 2) ? options : EMPTY;
  if (patterns === null || !settings.read(given, flags, insertable)) throw badarg("binary", name, args);
  return [subject, patterns, settings];
}

function findAll(subject: Bitstring, patterns: Bitstring[], options: Options, all: boolean): Match[] {
  const searcher = new Searcher(patterns.map((pattern) => pattern.bytes));
  const bytes = subject.bytes;
  if (all) return searcher.all(bytes, options.from, options.to);
  const first = searcher.find(bytes, options.from, options.to);
  return first === null ? [] : [first];
}

function match(...args: Term[]): Term {
  const [subject, patterns, options] = prepare("match", args, []);
  const [first] = findAll(subject, patterns, options, false);
  return first === undefined ? atom("nomatch") : part(first);
}

function matches(...args: Term[]): Term {
  const [subject, patterns, options] = prepare("matches", args, []);
  return list(findAll(subject, patterns, options, true).map(part));
}

/** The pieces between matches. Text is split as text, since a valid pattern only matches whole characters. */
function pieces(subject: Bitstring, patterns: Bitstring[], options: Options, all: boolean): Bitstring[] {
  const whole = subject.knownText;
  if (whole !== null && options.whole && patterns.length === 1 && patterns[0].text !== undefined) {
    const separator = patterns[0].text;
    if (all) return whole.split(separator).map((piece) => (piece === "" ? EMPTY_BINARY : text(piece)));
    const at = whole.indexOf(separator);
    return at < 0 ? [subject] : [text(whole.slice(0, at)), text(whole.slice(at + separator.length))];
  }
  const result: Bitstring[] = [];
  let from = 0;
  for (const { start, length } of findAll(subject, patterns, options, all)) {
    result.push(sliceBytes(subject, from, start - from));
    from = start + length;
  }
  result.push(sliceBytes(subject, from, subject.byteLength - from));
  return result;
}

function split(...args: Term[]): Term {
  const [subject, patterns, options] = prepare("split", args, [GLOBAL, TRIM, TRIM_ALL]);
  let result = pieces(subject, patterns, options, options.flags.has(GLOBAL));
  const empty = (piece: Bitstring) => piece.bitLength === 0;
  if (options.flags.has(TRIM_ALL)) result = result.filter((piece) => !empty(piece));
  else if (options.flags.has(TRIM))
    while (result.length > 0 && empty(result[result.length - 1])) result.pop();
  return list(result);
}

function replace(...args: Term[]): Term {
  const [subject, patterns, options] = prepare("replace", args, [GLOBAL], true);
  const replacement = args[2];
  const all = options.flags.has(GLOBAL);
  if (isBinary(replacement) && options.insertAt.length === 0) {
    const parts = pieces(subject, patterns, options, all);
    if (parts.length === 1) return subject;
    return joinBits(parts.flatMap((piece, i) => (i === 0 ? [piece] : [replacement, piece])));
  }
  if (isBinary(replacement)) {
    const length = replacement.byteLength;
    if (options.insertAt.some((place) => place > length)) throw bad("replace", ...args);
  } else if (!(replacement instanceof Fun) || replacement.arity !== 1) throw bad("replace", ...args);
  const found = findAll(subject, patterns, options, all);
  return runTask(replaceMatches(subject, found, replacement, options.insertAt, args)) as Term;
}

function* replaceMatches(
  subject: Bitstring,
  found: Match[],
  replacement: Bitstring | Fun,
  insertAt: number[],
  args: Term[],
): Task {
  const parts: Bitstring[] = [];
  let from = 0;
  for (const { start, length } of found) {
    parts.push(sliceBytes(subject, from, start - from));
    const matched = sliceBytes(subject, start, length);
    if (replacement instanceof Fun) {
      const value: Term = yield* apply(replacement, [matched]);
      if (!isBinary(value)) throw bad("replace", ...args);
      parts.push(value);
    } else {
      let at = 0;
      for (const place of insertAt) {
        parts.push(sliceBytes(replacement, at, place - at), matched);
        at = place;
      }
      parts.push(sliceBytes(replacement, at, replacement.byteLength - at));
    }
    from = start + length;
  }
  parts.push(sliceBytes(subject, from, subject.byteLength - from));
  return joinBits(parts);
}

function copy(of: Term, count: Term = 1): Term {
  // Erlang looks at nothing that it need not copy.
  if (count === 0 && of instanceof Bitstring) return EMPTY_BINARY;
  if (!isBinary(of) || typeof count !== "number" || count < 0)
    throw badarg("binary", "copy", count === 1 ? [of] : [of, count]);
  if (count === 1) return of;
  if (of.byteLength * count > 2 ** 29) throw errorIn("system_limit", "binary", "copy", [of, count]);
  if (of.knownText !== null) return text(of.knownText.repeat(count));
  const unit = of.bytes;
  const result = new Uint8Array(unit.length * count);
  for (let i = 0; i < count; i++) result.set(unit, i * unit.length);
  return binaryOf(result);
}

function binToList(of: Term, start?: Term, length?: Term): Term {
  const args = [of, start, length].filter((arg) => arg !== undefined);
  if (!isBinary(of)) throw badarg("binary", "bin_to_list", args);
  let range: Bitstring | null = of;
  if (start instanceof Tuple && start.size === 2) range = partOf(of, start.at(0), start.at(1));
  else if (length !== undefined) range = partOf(of, start as Term, length);
  else if (start !== undefined) range = null;
  if (range === null) throw badarg("binary", "bin_to_list", args);
  let result: Term = EMPTY;
  const bytes = range.bytes;
  for (let i = bytes.length - 1; i >= 0; i--) result = new Cons(bytes[i], result);
  return result;
}

function common(name: string, fromEnd: boolean) {
  return (of: Term): Term => {
    const all = listToArray(of);
    if (all === null || all.length === 0 || !all.every(isBinary)) throw bad(name, of);
    const arrays = (all as Bitstring[]).map((item) => item.bytes);
    const shortest = Math.min(...arrays.map((bytes) => bytes.length));
    const at = (bytes: Uint8Array, i: number) => bytes[fromEnd ? bytes.length - 1 - i : i];
    let count = 0;
    while (count < shortest && arrays.every((bytes) => at(bytes, count) === at(arrays[0], count))) count++;
    return count;
  };
}

function isLittle(endianness: Term | undefined): boolean | null {
  if (endianness === undefined || endianness === atom("big")) return false;
  return endianness === atom("little") ? true : null;
}

function encodeUnsigned(value: Term, endianness?: Term): Term {
  const args = endianness === undefined ? [value] : [value, endianness];
  const little = isLittle(endianness);
  if ((typeof value !== "number" && typeof value !== "bigint") || value < 0 || little === null)
    throw badarg("binary", "encode_unsigned", args);
  let digits = value.toString(16);
  if (digits.length % 2 === 1) digits = `0${digits}`;
  const bytes = fromHex(digits);
  return binaryOf(little ? bytes.reverse() : bytes);
}

function decodeUnsigned(of: Term, endianness?: Term): Term {
  const args = endianness === undefined ? [of] : [of, endianness];
  const little = isLittle(endianness);
  if (!isBinary(of) || little === null) throw badarg("binary", "decode_unsigned", args);
  const bytes = little ? of.bytes.slice().reverse() : of.bytes;
  return bytes.length === 0 ? 0 : integer(BigInt(`0x${hex(bytes)}`));
}

function hex(bytes: Uint8Array): string {
  let result = "";
  for (const byte of bytes) result += byte.toString(16).padStart(2, "0");
  return result;
}

function decodeHex(of: Term): Term {
  if (!isBinary(of) || of.byteLength % 2 === 1) throw bad("decode_hex", of);
  const { bytes } = of;
  const decoded = new Uint8Array(bytes.length / 2);
  for (let i = 0; i < decoded.length; i++) {
    const value = 16 * hexDigit(bytes[2 * i]) + hexDigit(bytes[2 * i + 1]);
    if (Number.isNaN(value)) throw bad("unhex", sliceBytes(of, 2 * i, 2));
    decoded[i] = value;
  }
  return binaryOf(decoded);
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
}

function fromHex(digits: string): Uint8Array {
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

function at(name: string, index: (bytes: Uint8Array, position: Term) => number) {
  return (of: Term, position: Term = 0): Term => {
    const args = name === "at" ? [of, position] : [of];
    const found =
      isBinary(of) && typeof position === "number" ? of.bytes[index(of.bytes, position)] : undefined;
    if (found === undefined) throw badarg("binary", name, args);
    return found;
  };
}

export const binary: NativeModule = {
  module: "binary",
  functions: {
    "match/2": match,
    "match/3": match,
    "matches/2": matches,
    "matches/3": matches,
    "split/2": split,
    "split/3": split,
    "replace/3": replace,
    "replace/4": replace,
    "part/3": (of, start, length) => {
      const found = isBinary(of) ? partOf(of, start, length) : null;
      if (found === null) throw bad("part", of, start, length);
      return found;
    },
    "part/2": (of, range) => {
      const found =
        isBinary(of) && range instanceof Tuple && range.size === 2
          ? partOf(of, range.at(0), range.at(1))
          : null;
      if (found === null) throw bad("part", of, range);
      return found;
    },
    "at/2": at("at", (_, position) => position as number),
    "first/1": at("first", () => 0),
    "last/1": at("last", (bytes) => bytes.length - 1),
    "copy/1": (of) => copy(of),
    "copy/2": copy,
    "bin_to_list/1": binToList,
    "bin_to_list/2": binToList,
    "bin_to_list/3": binToList,
    "list_to_bin/1": (of) => {
      const result = of instanceof Bitstring ? null : iodataToBinary(of);
      if (result === null) throw bad("list_to_bin", of);
      return result;
    },
    "longest_common_prefix/1": common("longest_common_prefix", false),
    "longest_common_suffix/1": common("longest_common_suffix", true),
    "compile_pattern/1": (pattern) => {
      if (patternsOf(pattern) === null) throw bad("compile_pattern", pattern);
      return tuple(isBinary(pattern) ? BM : AC, pattern);
    },
    "encode_unsigned/1": encodeUnsigned,
    "encode_unsigned/2": encodeUnsigned,
    "decode_unsigned/1": decodeUnsigned,
    "decode_unsigned/2": decodeUnsigned,
    "referenced_byte_size/1": (of) => {
      if (!isBinary(of)) throw bad("referenced_byte_size", of);
      return of.byteLength;
    },
    "encode_hex/1": (of) => {
      if (!isBinary(of)) throw bad("encode_hex", of);
      return text(hex(of.bytes).toUpperCase());
    },
    "encode_hex/2": (of, letterCase) => {
      if (!isBinary(of)) throw bad("encode_hex", of, letterCase);
      const digits = hex(of.bytes);
      return text(letterCase === atom("lowercase") ? digits : digits.toUpperCase());
    },
    "decode_hex/1": decodeHex,
  },
};
