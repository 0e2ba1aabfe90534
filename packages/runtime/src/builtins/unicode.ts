/** `:unicode`: text between encodings, and its normal forms. */
import {
  atom,
  Bitstring,
  badarg,
  binary,
  Cons,
  chardataText,
  charlist,
  EMPTY,
  EMPTY_BINARY,
  errorIn,
  isCodePoint,
  joinBits,
  list,
  sliceBytes,
  type Term,
  Tuple,
  text,
  tuple,
} from "../term/index.ts";
import { latin1Text } from "./erlang-text.ts";
import type { NativeModule } from "./native.ts";

type Encoding = "utf8" | "latin1" | "utf16be" | "utf16le" | "utf32be" | "utf32le";

function encodingOf(term: Term): Encoding | null {
  if (term === atom("unicode") || term === atom("utf8")) return "utf8";
  if (term === atom("latin1")) return "latin1";
  if (term === atom("utf16")) return "utf16be";
  if (term === atom("utf32")) return "utf32be";
  if (!(term instanceof Tuple) || term.size !== 2) return null;
  const little = term.at(1) === atom("little");
  if (!little && term.at(1) !== atom("big")) return null;
  if (term.at(0) === atom("utf16")) return little ? "utf16le" : "utf16be";
  if (term.at(0) === atom("utf32")) return little ? "utf32le" : "utf32be";
  return null;
}

/** How far bytes are valid: the text up to there, and whether the rest is only cut off. */
interface Decoded {
  readonly value: string;
  /** Bytes understood; all of them when the text is valid. */
  readonly used: number;
  readonly incomplete: boolean;
}

function decode(bytes: Uint8Array, encoding: Encoding): Decoded {
  if (encoding === "latin1") return { value: latin1Text(bytes), used: bytes.length, incomplete: false };
  if (encoding === "utf8") return decodeUtf8(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = encoding.endsWith("le");
  const unit: 2 | 4 = encoding.startsWith("utf16") ? 2 : 4;
  let value = "";
  let at = 0;
  while (at + unit <= bytes.length) {
    let point = unit === 2 ? view.getUint16(at, little) : view.getUint32(at, little);
    let size = unit;
    if (unit === 2 && point >= 0xd800 && point <= 0xdbff) {
      if (at + 4 > bytes.length) return { value, used: at, incomplete: canGoOn(bytes, at, unit, little) };
      const low = view.getUint16(at + 2, little);
      if (low < 0xdc00 || low > 0xdfff) return { value, used: at, incomplete: false };
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
      size = 4;
    }
    if (!isCodePoint(point)) return { value, used: at, incomplete: false };
    value += String.fromCodePoint(point);
    at += size;
  }
  return { value, used: at, incomplete: at < bytes.length && canGoOn(bytes, at, unit, little) };
}

/** Whether the bytes at the end, fewer than a character has, may be the first of one. */
function canGoOn(bytes: Uint8Array, at: number, unit: 2 | 4, little: boolean): boolean {
  const left = bytes.length - at;
  if (unit === 2) {
    const isLow = bytes[bytes.length - 1] >= 0xdc && bytes[bytes.length - 1] <= 0xdf;
    return little || (left === 1 ? !isLow : left === 2 || isLow);
  }
  if (little) return left < 3 || isCodePoint(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16));
  let least = 0;
  for (let i = 0; i < 4; i++) least = least * 256 + (i < left ? bytes[at + i] : 0);
  const most = least + 256 ** (4 - left) - 1;
  return least <= 0x10ffff && !(least >= 0xd800 && most <= 0xdfff);
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): Decoded {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at];
    if (first < 0x80) {
      at++;
      continue;
    }
    const size =
      first >= 0xc2 && first < 0xe0
        ? 2
        : first >= 0xe0 && first < 0xf0
          ? 3
          : first >= 0xf0 && first < 0xf5
            ? 4
            : 0;
    if (size === 0) break;
    const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    let i = 1;
    while (
      i < size &&
      at + i < bytes.length &&
      bytes[at + i] >= (i === 1 ? low : 0x80) &&
      bytes[at + i] <= (i === 1 ? high : 0xbf)
    )
      i++;
    if (i < size)
      return { value: decoder.decode(bytes.subarray(0, at)), used: at, incomplete: at + i === bytes.length };
    at += size;
  }
  return { value: decoder.decode(bytes.subarray(0, at)), used: at, incomplete: false };
}

/** The bytes of a text in an encoding, or how many of its characters can be encoded. */
function encode(value: string, encoding: Encoding): Bitstring | number {
  if (encoding === "utf8") return text(value);
  const points = [...value];
  if (encoding === "latin1") {
    const bad = points.findIndex((point) => point.charCodeAt(0) > 255);
    return bad < 0 ? binary(Uint8Array.from(points, (point) => point.charCodeAt(0))) : bad;
  }
  const little = encoding.endsWith("le");
  if (encoding.startsWith("utf16")) {
    const view = new DataView(new ArrayBuffer(value.length * 2));
    for (let i = 0; i < value.length; i++) view.setUint16(i * 2, value.charCodeAt(i), little);
    return binary(new Uint8Array(view.buffer));
  }
  const view = new DataView(new ArrayBuffer(points.length * 4));
  points.forEach((point, i) => {
    view.setUint32(i * 4, point.codePointAt(0) as number, little);
  });
  return binary(new Uint8Array(view.buffer));
}

interface Failure {
  readonly incomplete: boolean;
  readonly rest: Term;
  /** The first bytes of a character that the next binary of the list may complete. */
  readonly cutOff?: Bitstring;
}

/** Whether a term is chardata, whatever its numbers and bytes mean. */
function isChardata(data: Term): boolean {
  const stack = [data];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at instanceof Cons) {
      const { head, tail }: Cons = at;
      if (typeof head !== "number" && typeof head !== "bigint") stack.push(head);
      stack.push(tail);
    } else if (at !== EMPTY && !(at instanceof Bitstring && at.isBinary)) return false;
  }
  return true;
}

interface Read {
  readonly value: string;
  readonly failure: Failure | null;
}

/** As the emulator reads: what is no chardata is seen before what cannot be understood. */
function readWhole(data: Term, encoding: Encoding): Read | null {
  const result = read(data, encoding, true);
  return result?.failure && !isChardata(data) ? null : result;
}

/**
 * The text of chardata in an encoding, with what could not be understood, in lists as they were or flat; `null` when it is
 * no chardata.
 */
function read(data: Term, encoding: Encoding, nested = false): Read | null {
  let value = "";
  const pending: Term[] = [];
  let at: Term = data;
  const rest = (first: Term, tail: Term): Term => {
    let result = nested || tail !== EMPTY ? new Cons(first, tail) : first;
    while (pending.length > 0) result = within(result);
    return result;
  };
  const within = (inner: Term): Term => {
    const next = pending.pop() as Term;
    return nested || next !== EMPTY ? new Cons(inner, next) : inner;
  };
  /** What follows a character that is cut off. */
  const remainder = (tail: Term): Term => {
    let result = tail;
    while (pending.length > 0) result = result === EMPTY ? (pending.pop() as Term) : within(result);
    return result;
  };
  const bits = (item: Bitstring, tail: Term, inList: boolean): Failure | null => {
    const known = encoding === "utf8" ? item.text : undefined;
    if (known !== undefined) {
      value += known;
      return null;
    }
    const decoded = decode(item.bytes, encoding);
    value += decoded.value;
    if (decoded.used === item.byteLength) return null;
    const left = sliceBytes(item, decoded.used, item.byteLength - decoded.used);
    const nothingFollows = tail === EMPTY && pending.every((next) => next === EMPTY);
    const incomplete = decoded.incomplete && nothingFollows;
    const cutOff = decoded.incomplete ? left : undefined;
    if (incomplete || (!inList && pending.length === 0)) return { incomplete, rest: left as Term };
    if (cutOff !== undefined && tail instanceof Cons && tail.head instanceof Bitstring)
      return { incomplete, rest: left as Term, cutOff };
    if (nested && cutOff !== undefined) return { incomplete, rest: list([left, remainder(tail)]) };
    if (!inList) return { incomplete, rest: rest(left, pending.pop() as Term) };
    return { incomplete, rest: tail === EMPTY && pending.length === 0 ? list([left]) : rest(left, tail) };
  };
  for (;;) {
    if (at instanceof Cons) {
      const head: Term = at.head;
      if (typeof head === "number" || typeof head === "bigint") {
        const limit = encoding === "latin1" ? 255 : 0x10ffff;
        if (typeof head === "bigint" || !isCodePoint(head) || head > limit)
          return {
            value,
            failure: {
              incomplete: false,
              rest: nested ? rest(head, at.tail) : rest(list([head], at.tail), EMPTY),
            },
          };
        value += String.fromCodePoint(head);
      } else if (head instanceof Bitstring && head.isBinary) {
        const failure = bits(head, at.tail, true);
        const next: Term = at.tail;
        if (failure?.cutOff !== undefined && next instanceof Cons && next.head instanceof Bitstring) {
          // A character may go on in the next binary.
          at = new Cons(joinBits([failure.cutOff, next.head]), next.tail);
          continue;
        }
        if (failure !== null) return { value, failure };
      } else if (head instanceof Cons) {
        pending.push(at.tail);
        at = head;
        continue;
      } else if (head !== EMPTY) return null;
      at = at.tail;
      continue;
    }
    if (at instanceof Bitstring && at.isBinary) {
      const failure = bits(at, EMPTY, false);
      if (failure !== null) return { value, failure };
    } else if (at !== EMPTY) return null;
    const next = pending.pop();
    if (next === undefined) return { value, failure: null };
    at = next;
  }
}

function isBinaryAlone(data: Term | undefined): data is Cons {
  return data instanceof Cons && data.head instanceof Bitstring && data.tail === EMPTY;
}

function failed(failure: Failure, converted: Term): Term {
  return tuple(atom(failure.incomplete ? "incomplete" : "error"), converted, failure.rest);
}

function toBinary(
  data: Term,
  from: Term = atom("unicode"),
  to: Term = atom("unicode"),
  args: Term[] = [data],
): Term {
  const input = encodingOf(from);
  const output = encodingOf(to);
  const isUtf8 = input === "utf8" && output === "utf8";
  const result = input === null || output === null ? null : (isUtf8 ? readWhole : read)(data, input);
  if (result === null || output === null) throw badarg("unicode", "characters_to_binary", args);
  const left = result.failure?.rest;
  // A binary alone in a list is looked at without it.
  if (isUtf8 && isBinaryAlone(data) && isBinaryAlone(left))
    return tuple(atom("error"), text(result.value), left.head);
  if (data instanceof Bitstring && input === output && result.failure === null) return data;
  const encoded = encode(result.value, output);
  if (typeof encoded === "number") {
    const points = [...result.value];
    const unfit = text(points.slice(encoded).join(""));
    const front = encode(points.slice(0, encoded).join(""), output) as Bitstring;
    return tuple(atom("error"), front, data instanceof Bitstring ? unfit : list([unfit]));
  }
  return result.failure === null ? encoded : failed(result.failure, encoded);
}

function toList(data: Term, from: Term = atom("unicode"), args: Term[] = [data]): Term {
  const input = encodingOf(from);
  const result = input === null ? null : (input === "utf8" ? readWhole : read)(data, input);
  if (result === null) throw badarg("unicode", "characters_to_list", args);
  const points = charlist(result.value);
  return result.failure === null ? points : failed(result.failure, points);
}

function normalise(name: string, form: string, make: (value: string) => Term) {
  return (data: Term): Term => {
    const value =
      data instanceof Bitstring || data instanceof Cons || data === EMPTY ? chardataText(data) : null;
    if (value !== null) return make(value.normalize(form));
    const result = read(data, "utf8");
    if (result === null || result.failure === null) throw badarg("unicode", name, [data]);
    return tuple(atom("error"), make(result.value.normalize(form)), result.failure.rest);
  };
}

const NORMALISED: NativeModule["functions"] = {};
for (const form of ["nfc", "nfd", "nfkc", "nfkd"]) {
  const upper = form.toUpperCase();
  NORMALISED[`characters_to_${form}_binary/1`] = normalise(`characters_to_${form}_binary`, upper, text);
  NORMALISED[`characters_to_${form}_list/1`] = normalise(`characters_to_${form}_list`, upper, charlist);
}

const BOMS: readonly [number[], () => Term][] = [
  [[0xef, 0xbb, 0xbf], () => atom("utf8")],
  [[0x00, 0x00, 0xfe, 0xff], () => tuple(atom("utf32"), atom("big"))],
  [[0xff, 0xfe, 0x00, 0x00], () => tuple(atom("utf32"), atom("little"))],
  [[0xfe, 0xff], () => tuple(atom("utf16"), atom("big"))],
  [[0xff, 0xfe], () => tuple(atom("utf16"), atom("little"))],
];

export const unicode: NativeModule = {
  module: "unicode",
  functions: {
    "characters_to_binary/1": (data) => toBinary(data),
    "characters_to_binary/2": (data, from) => toBinary(data, from, atom("unicode"), [data, from]),
    "characters_to_binary/3": (data, from, to) => toBinary(data, from, to, [data, from, to]),
    "characters_to_list/1": (data) => toList(data),
    "characters_to_list/2": (data, from) => toList(data, from, [data, from]),
    ...NORMALISED,
    "bom_to_encoding/1": (data) => {
      if (!(data instanceof Bitstring))
        throw errorIn("function_clause", "unicode", "bom_to_encoding", [data]);
      const bytes = data.bytes;
      for (const [mark, encoding] of BOMS)
        if (mark.every((byte, i) => bytes[i] === byte)) return tuple(encoding(), mark.length);
      return tuple(atom("latin1"), 0);
    },
    "encoding_to_bom/1": (term) => {
      const encoding = encodingOf(term);
      if (encoding === null) throw errorIn("function_clause", "unicode", "encoding_to_bom", [term]);
      if (encoding === "latin1") return EMPTY_BINARY;
      const mark = encode("\ufeff", encoding);
      return mark as Bitstring;
    },
  },
};
