/** `:crypto`: hashes, HMAC and random bytes. Ciphers and keys are left to the host's own library. */
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  binary,
  bool,
  FALSE,
  integer,
  iodataToBinary,
  list,
  OK,
  type Raised,
  type Term,
  tuple,
} from "../term/index.ts";
import { DIGESTS, type Digest, hmac } from "./digest.ts";
import type { NativeModule } from "./native.ts";

function bad(name: string, ...args: Term[]): Raised {
  return badarg("crypto", name, args);
}

function digestOf(type: Term): Digest | undefined {
  return type instanceof Atom && Object.hasOwn(DIGESTS, type.name) ? DIGESTS[type.name] : undefined;
}

function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  // The host refuses more than 65,536 at a time.
  for (let i = 0; i < count; i += 65536) globalThis.crypto.getRandomValues(bytes.subarray(i, i + 65536));
  return bytes;
}

/** An integer from `low` to below `high`, without bias: numbers beyond the last whole range are drawn again. */
function uniform(low: bigint, high: bigint): bigint {
  const range = high - low;
  const size = Math.ceil((range.toString(2).length + 8) / 8);
  const limit = (1n << BigInt(size * 8)) / range;
  for (;;) {
    let value = 0n;
    for (const byte of randomBytes(size)) value = (value << 8n) | BigInt(byte);
    if (value < limit * range) return low + (value % range);
  }
}

function mac(name: string, type: Term, sub: Term, key: Term, data: Term, length?: Term): Term {
  const args = length === undefined ? [type, sub, key, data] : [type, sub, key, data, length];
  const digest = digestOf(sub);
  const keyBytes = iodataToBinary(key);
  const dataBytes = iodataToBinary(data);
  if (type !== atom("hmac") || digest === undefined || keyBytes === null || dataBytes === null)
    throw badarg("crypto", name, args);
  const result = hmac(digest, keyBytes.bytes, dataBytes.bytes);
  return binary(typeof length === "number" ? result.slice(0, length) : result);
}

export const crypto: NativeModule = {
  module: "crypto",
  functions: {
    "hash/2": (type, data) => {
      const digest = digestOf(type);
      const found = iodataToBinary(data);
      if (digest === undefined || found === null) throw bad("hash", type, data);
      return binary(digest.hash(found.bytes));
    },
    // A context is what has been put in so far.
    "hash_init/1": (type) => {
      if (digestOf(type) === undefined) throw bad("hash_init", type);
      return tuple(type, list([]));
    },
    "hash_update/2": (context, data) => {
      const [type, before] = context.toArray();
      return tuple(type, list([before, data]));
    },
    "hash_final/1": (context) => {
      const [type, data] = context.toArray();
      return binary((digestOf(type) as Digest).hash((iodataToBinary(data) as Bitstring).bytes));
    },
    "mac/4": (type, sub, key, data) => mac("mac", type, sub, key, data),
    "macN/5": (type, sub, key, data, length) => mac("macN", type, sub, key, data, length),
    "strong_rand_bytes/1": (count) => {
      if (typeof count !== "number" || count < 0) throw bad("strong_rand_bytes", count);
      return binary(randomBytes(count));
    },
    "rand_uniform/2": (low, high) => {
      const valid = [low, high].every((x) => typeof x === "number" || typeof x === "bigint");
      if (!valid || low >= high) throw bad("rand_uniform", low, high);
      return integer(uniform(BigInt(low), BigInt(high)));
    },
    "exor/2": (a, b) => {
      const x = iodataToBinary(a)?.bytes;
      const y = iodataToBinary(b)?.bytes;
      if (x === undefined || y === undefined || x.length !== y.length) throw bad("exor", a, b);
      return binary(x.map((byte, i) => byte ^ y[i]));
    },
    "hash_equals/2": (a, b) => {
      if (!(a instanceof Bitstring) || !(b instanceof Bitstring) || a.byteLength !== b.byteLength)
        throw bad("hash_equals", a, b);
      return bool(a.bytes.reduce((difference, byte, i) => difference | (byte ^ b.bytes[i]), 0) === 0);
    },
    "supports/0": () => list([tuple(atom("hashs"), list(Object.keys(DIGESTS).map(atom)))]),
    "supports/1": (kind) => (kind === atom("hashs") ? list(Object.keys(DIGESTS).map(atom)) : list([])),
    "start/0": () => OK,
    "stop/0": () => OK,
    "info_fips/0": () => atom("not_supported"),
    "enable_fips_mode/1": () => FALSE,
  },
};
