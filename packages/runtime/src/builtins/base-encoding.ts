/**
 * `:beamlet_base`: digits of 4, 5 or 6 bits, on which Elixir's Base is built.
 *
 * The last group of a text tells how much of it is padding, so decoding takes everything before the last eight
 * characters as digits and reports the first that is none before any fault of the padding, as Elixir does.
 */
import { type Atom, atom, FALSE, TRUE } from "../term/atom.ts";
import { type Bitstring, binary, text } from "../term/bitstring.ts";
import { badarg, errorIn } from "../term/error.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

interface Alphabet {
  readonly digits: string;
  readonly bits: number;
  /** The value of each byte, -1 if it is no digit. */
  readonly values: Int8Array;
}

function alphabet(digits: string, bits: number, alsoAccept = ""): Alphabet {
  const values = new Int8Array(256).fill(-1);
  for (const accepted of [digits, alsoAccept]) {
    for (let i = 0; i < accepted.length; i++) values[accepted.charCodeAt(i)] = i;
  }
  return { digits, bits, values };
}

const hex = "0123456789ABCDEF";
const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base32hex = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** By name and case: `16_upper`, `32_lower`, `hex32_mixed`, `64`, `url64`. */
const alphabets: Record<string, Alphabet> = {
  "64": alphabet(`${letters}+/`, 6),
  url64: alphabet(`${letters}-_`, 6),
};
for (const [name, digits, bits] of [
  ["16", hex, 4],
  ["32", base32, 5],
  ["hex32", base32hex, 5],
] as const) {
  alphabets[`${name}_upper`] = alphabet(digits, bits);
  alphabets[`${name}_lower`] = alphabet(digits.toLowerCase(), bits);
  alphabets[`${name}_mixed`] = alphabet(digits, bits, digits.toLowerCase());
}

/** How many digits the last group of up to eight characters may have, by bits of a digit. */
const lastGroups: Record<number, readonly number[]> = {
  4: [2, 4, 6, 8],
  5: [2, 4, 5, 7, 8],
  6: [2, 3, 4, 6, 7, 8],
};

function encode(data: Bitstring, name: Atom, pad: Atom): Bitstring {
  const { digits, bits } = find("encode", data, name, pad);
  let result = "";
  let buffer = 0;
  let held = 0;
  for (const byte of data.bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    held += 8;
    while (held >= bits) {
      held -= bits;
      result += digits[(buffer >> held) & ((1 << bits) - 1)];
    }
  }
  if (held > 0) {
    if (pad !== TRUE && pad !== FALSE)
      throw errorIn("function_clause", "Elixir.Base", "maybe_pad", [data, pad, bits]);
    result += digits[(buffer << (bits - held)) & ((1 << bits) - 1)];
  }
  if (pad === TRUE) {
    const group = bits === 6 ? 4 : 8;
    result += "=".repeat((group - (result.length % group)) % group);
  }
  return text(result);
}

function decode(string: Bitstring, name: Atom, pad: Atom): Tuple2 | Atom {
  const { values, bits } = find("decode", string, name, pad);
  const input = string.bytes;
  const size = digitCount(input, bits, pad !== FALSE);
  const end = size < 0 ? lastGroup(input.length) : size;
  const output = new Uint8Array((end * bits) >> 3);
  let buffer = 0;
  let held = 0;
  let next = 0;
  for (let i = 0; i < end; i++) {
    const value = values[input[i]];
    if (value < 0) return new Tuple2(atom("bad"), input[i]);
    buffer = ((buffer << bits) | value) & 0xffff;
    held += bits;
    if (held >= 8) {
      held -= 8;
      output[next++] = (buffer >> held) & 0xff;
    }
  }
  return size < 0 ? atom("padding") : new Tuple2(atom("ok"), binary(output));
}

/** Where the last group of one to eight characters starts. */
function lastGroup(length: number): number {
  return length === 0 ? 0 : (Math.ceil(length / 8) - 1) * 8;
}

/** How many of the characters are digits, the rest being padding; -1 if the padding is wrong. */
function digitCount(input: Uint8Array, bits: number, padded: boolean): number {
  if (input.length === 0) return 0;
  const start = lastGroup(input.length);
  const size = input.length - start;
  let padding = 0;
  while (padding < size && input[input.length - 1 - padding] === 0x3d) padding++;
  const digits = size - padding;
  const group = bits === 6 ? 4 : 8;
  const allowed = lastGroups[bits];
  if (bits !== 4 && size % group === 0) {
    // The longest run of `=` that is a padding; what is before it counts as digits, even if it is another `=`.
    for (let count = digits; count <= size; count++) {
      if (allowed.includes(count) && size - count < group) return start + count;
    }
    return -1;
  }
  if (padded && bits !== 4) return -1;
  return allowed.includes(size) ? start + size : -1;
}

function find(operation: string, data: Bitstring, name: Atom, pad: Atom): Alphabet {
  const found = alphabets[name.name];
  if (found === undefined) throw badarg("beamlet_base", operation, [data, name, pad]);
  return found;
}

export const beamletBase: NativeModule = {
  module: "beamlet_base",
  functions: { "encode/3": encode, "decode/3": decode },
};
