/** `:base64`. */
import {
  Bitstring,
  badarg,
  binary,
  Cons,
  charlist,
  EMPTY,
  errorIn,
  iodataToBinary,
  type Term,
  text,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

function encoded(bytes: Uint8Array): string {
  let result = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    result += ALPHABET[word >> 18] + ALPHABET[(word >> 12) & 63];
    result += i + 1 < bytes.length ? ALPHABET[(word >> 6) & 63] : "=";
    result += i + 2 < bytes.length ? ALPHABET[word & 63] : "=";
  }
  return result;
}

/** The bytes; white space is skipped, and with `lenient` whatever else is no digit. */
function decoded(digits: Uint8Array, lenient: boolean): Uint8Array | null {
  const values: number[] = [];
  let padding = 0;
  for (const digit of digits) {
    if (digit === 32 || digit === 9 || digit === 10 || digit === 13) continue;
    if (digit === 61) {
      padding++;
      continue;
    }
    const value = digit < 128 ? VALUES[digit] : -1;
    if (value < 0 || padding > 0) {
      if (lenient) continue;
      return null;
    }
    values.push(value);
  }
  if (values.length % 4 === 1 || (values.length + padding) % 4 !== 0) return null;
  const bytes = new Uint8Array(Math.floor((values.length * 3) / 4));
  for (let i = 0, at = 0; i < values.length; i += 4) {
    const word =
      (values[i] << 18) | (values[i + 1] << 12) | ((values[i + 2] ?? 0) << 6) | (values[i + 3] ?? 0);
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = word >> shift;
  }
  return bytes;
}

function encode(name: string, make: (value: string) => Term) {
  return taking(name, (data) => {
    const found = iodataToBinary(data);
    if (found === null) throw badarg("base64", name, [data]);
    return make(encoded(found.bytes));
  });
}

function decode(name: string, lenient: boolean, make: (bytes: Uint8Array) => Term) {
  return taking(name, (data) => {
    const found = iodataToBinary(data);
    const bytes = found === null ? null : decoded(found.bytes, lenient);
    if (bytes === null) throw badarg("base64", name, [data]);
    return make(bytes);
  });
}

/** Binaries and lists are what these take. */
function taking(name: string, convert: (data: Term) => Term) {
  return (data: Term): Term => {
    if (data instanceof Bitstring || data instanceof Cons || data === EMPTY) return convert(data);
    throw errorIn("function_clause", "base64", name, [data]);
  };
}

const toList = (bytes: Uint8Array): Term => charlist(String.fromCharCode(...bytes));

export const base64: NativeModule = {
  module: "base64",
  functions: {
    "encode/1": encode("encode", text),
    "encode_to_string/1": encode("encode_to_string", charlist),
    "decode/1": decode("decode", false, binary),
    "mime_decode/1": decode("mime_decode", true, binary),
    "decode_to_string/1": decode("decode_to_string", false, toList),
    "mime_decode_to_string/1": decode("mime_decode_to_string", true, toList),
  },
};
