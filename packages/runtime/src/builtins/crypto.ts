/** `:crypto`: hashes, HMAC and random bytes. Ciphers are in `crypto-ciphers.ts`, keys in `crypto-keys.ts`. The positions in errors are those of OTP's C code. */
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  binary,
  bool,
  errorIn,
  FALSE,
  integer,
  iodataToBinary,
  list,
  mapFrom,
  OK,
  type Raised,
  type Term,
  Tuple,
  Tuple2,
  tuple,
} from "../term/index.ts";
import { cipherNames, cmac } from "./crypto-ciphers.ts";
import { bytesOr, failure, hostCryptography, inCrypto } from "./crypto-host.ts";
import { curveNames } from "./crypto-keys.ts";
import { DIGESTS as COMMON, type Digest, hmac } from "./digest.ts";
import { SHA3 } from "./digest-sha3.ts";

function hostDigest(name: string, block: number): Digest {
  return { hash: (bytes) => hostCryptography().createHash(name).update(bytes).digest(), block };
}

const HOST_DIGESTS: Record<string, Digest> = {
  blake2b: hostDigest("blake2b512", 128),
  blake2s: hostDigest("blake2s256", 64),
  ripemd160: hostDigest("ripemd160", 64),
};

const DIGESTS: Record<string, Digest> = { ...HOST_DIGESTS, ...COMMON, ...SHA3 };

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

/** What makes the code of a message with this key. */
function macOf(type: Term, sub: Term, key: Term): (data: Uint8Array) => Uint8Array {
  const found = iodataToBinary(key);
  if (found === null) throw badarg("erlang", "iolist_to_binary", [key]);
  const keyBytes = found.bytes;
  if (type === atom("hmac")) {
    const digest = digestOf(sub);
    if (digest === undefined) throw failure("badarg", "mac", 263, "Bad digest algorithm for HMAC");
    return (data) => hmac(digest, keyBytes, data);
  }
  if (type === atom("cmac")) {
    const make = sub instanceof Atom ? cmac(sub.name, keyBytes) : null;
    if (make === null) throw failure("badarg", "mac", 313, "Unknown cipher");
    return make;
  }
  if (type === atom("poly1305")) {
    if (keyBytes.length !== 32) throw failure("badarg", "mac", 235, "Bad key length");
    return (data) => poly1305(keyBytes, data);
  }
  throw failure("badarg", "mac", 233, "Unknown mac algorithm");
}

/** RFC 8439: a polynomial of the blocks, modulo a prime. */
function poly1305(key: Uint8Array, data: Uint8Array): Uint8Array {
  const little = (bytes: Uint8Array): bigint => unsigned(Uint8Array.from(bytes).reverse());
  const prime = (1n << 130n) - 5n;
  const factor = little(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  for (let at = 0; at < data.length; at += 16) {
    const block = data.subarray(at, at + 16);
    sum = ((sum + little(block) + (1n << BigInt(8 * block.length))) * factor) % prime;
  }
  sum += little(key.subarray(16, 32));
  return Uint8Array.from({ length: 16 }, (_, i) => Number((sum >> BigInt(8 * i)) & 255n));
}

function mac(type: Term, sub: Term, key: Term, data: Term): Uint8Array {
  const make = macOf(type, sub, key);
  return make(bytesOr(data, "mac", 175, "Bad text"));
}

function shortened(code: Uint8Array, length: Term): Term {
  if (typeof length !== "number" || length < 0 || length > code.length)
    throw badarg("binary", "part", [binary(code), 0, length]);
  return binary(code.slice(0, length));
}

const unsigned = (bytes: Uint8Array): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

function bigEndian(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array(0);
  const digits = value.toString(16);
  const padded = digits.length % 2 === 1 ? `0${digits}` : digits;
  return Uint8Array.from(padded.match(/../g) as string[], (pair) => Number.parseInt(pair, 16));
}

/** By squaring; the result is from 0 to below the modulus. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = ((base % modulus) + modulus) % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result % modulus;
}

/** RFC 8018: blocks of hashes of hashes, all combined. */
function derived(
  digest: Digest,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const result = new Uint8Array(length);
  for (let at = 0, block = 1; at < length; block++) {
    const numbered = new Uint8Array(salt.length + 4);
    numbered.set(salt);
    new DataView(numbered.buffer).setUint32(salt.length, block);
    let last = hmac(digest, password, numbered);
    const sum = Uint8Array.from(last);
    for (let i = 1; i < iterations; i++) {
      last = hmac(digest, password, last);
      for (let j = 0; j < sum.length; j++) sum[j] ^= last[j];
    }
    result.set(sum.subarray(0, length - at), at);
    at += sum.length;
  }
  return result;
}

/** OpenSSL's numbers of the algorithms. */
const HASH_NUMBERS: Readonly<Record<string, number>> = {
  md4: 257,
  md5: 4,
  ripemd160: 117,
  sha: 64,
  sha224: 675,
  sha256: 672,
  sha384: 673,
  sha512: 674,
  sha3_224: 1096,
  sha3_256: 1097,
  sha3_384: 1098,
  sha3_512: 1099,
};

const supported = (): Map<string, string[]> =>
  new Map([
    ["hashs", Object.keys(DIGESTS)],
    ["ciphers", cipherNames()],
    ["public_keys", ["rsa", "ecdsa", "ecdh", "eddsa", "eddh"]],
    ["macs", ["cmac", "hmac", "poly1305"]],
    ["curves", curveNames()],
    [
      "rsa_opts",
      [
        "rsa_pkcs1_pss_padding",
        "rsa_pss_saltlen",
        "rsa_pkcs1_oaep_padding",
        "rsa_pkcs1_padding",
        "rsa_no_padding",
      ],
    ],
  ]);

const supportedNames = (kind: string): Term => list((supported().get(kind) ?? []).map(atom));

/** What a context of a hash has been given, or the failure of the line that refuses what is none. */
function hashed(context: Term, line: number): { digest: Digest; bytes: Uint8Array } {
  const digest = context instanceof Tuple2 ? digestOf(context.a) : undefined;
  const data = digest === undefined ? null : iodataToBinary((context as Tuple2).b);
  if (digest === undefined || data === null) throw failure("badarg", "hash", line, "Bad state");
  return { digest, bytes: data.bytes };
}

/** The parts of a context of a message authentication code. */
function authenticated(context: Term, line: number): Term[] {
  const parts = context instanceof Tuple ? context.toArray() : [];
  const kinds = ["cmac", "hmac", "poly1305"];
  const isKnown = parts[0] instanceof Atom && kinds.includes(parts[0].name);
  if (parts.length !== 4 || !isKnown || iodataToBinary(parts[3]) === null)
    throw failure("badarg", "mac", line, "Bad ref");
  return parts;
}

export const crypto = inCrypto({
  "hash/2": (type, data) => {
    const found = iodataToBinary(data);
    if (found === null) throw badarg("erlang", "iolist_to_binary", [data]);
    const digest = digestOf(type);
    if (digest === undefined) throw failure("badarg", "hash", 108, "Bad digest type");
    return binary(digest.hash(found.bytes));
  },
  // A context is what has been put in so far.
  "hash_init/1": (type) => {
    if (digestOf(type) === undefined) throw failure("badarg", "hash", 142, "Bad digest type");
    return tuple(type, list([]));
  },
  "hash_update/2": (context, data) => {
    if (iodataToBinary(data) === null) throw badarg("erlang", "iolist_to_binary", [data]);
    hashed(context, 171);
    const { a: type, b: before } = context as Tuple2;
    return tuple(type, list([before, data]));
  },
  "hash_final/1": (context) => {
    const { digest, bytes } = hashed(context, 205);
    return binary(digest.hash(bytes));
  },
  "mac/3": (type, key, data) => binary(mac(type, atom("undefined"), key, data)),
  "mac/4": (type, sub, key, data) => binary(mac(type, sub, key, data)),
  "macN/4": (type, key, data, length) => shortened(mac(type, atom("undefined"), key, data), length),
  "macN/5": (type, sub, key, data, length) => shortened(mac(type, sub, key, data), length),
  // As with hashes, a context is what has been put in so far.
  "mac_init/2": (type, key) => {
    macOf(type, atom("undefined"), key);
    return tuple(type, atom("undefined"), key, list([]));
  },
  "mac_init/3": (type, sub, key) => {
    macOf(type, sub, key);
    return tuple(type, sub, key, list([]));
  },
  "mac_update/2": (context, data) => {
    if (iodataToBinary(data) === null) throw failure("badarg", "mac", 794, "Bad text");
    const [type, sub, key, before] = authenticated(context, 817);
    return tuple(type, sub, key, list([before, data]));
  },
  "mac_final/1": (context) => {
    const [type, sub, key, data] = authenticated(context, 847);
    return binary(mac(type, sub, key, data));
  },
  "mac_finalN/2": (context, length) => {
    const [type, sub, key, data] = authenticated(context, 847);
    return shortened(mac(type, sub, key, data), length);
  },
  "hash_info/1": (type) => {
    const digest = digestOf(type);
    if (digest === undefined) throw bad("hash_info", type);
    const size = digest.hash(new Uint8Array(0)).length;
    return mapFrom([
      [atom("block_size"), digest.block],
      [atom("size"), size],
      [atom("type"), HASH_NUMBERS[(type as Atom).name] ?? 0],
    ]);
  },
  "bytes_to_integer/1": (bytes) => {
    if (!(bytes instanceof Bitstring)) throw bad("bytes_to_integer", bytes);
    return integer(unsigned(bytes.bytes));
  },
  "mod_pow/3": (base, exponent, modulus) => {
    const numbers = [base, exponent, modulus].map((term) =>
      term instanceof Bitstring
        ? unsigned(term.bytes)
        : typeof term === "number" || typeof term === "bigint"
          ? BigInt(term)
          : null,
    );
    if (numbers.includes(null)) throw bad("mod_pow", base, exponent, modulus);
    const [b, e, m] = numbers as bigint[];
    if (m === 0n || e < 0n) return atom("error");
    return binary(bigEndian(power(b, e, m)));
  },
  "pbkdf2_hmac/5": (type, password, salt, iterations, length) => {
    const digest = digestOf(type);
    if (digest === undefined) throw failure("badarg", "pbkdf2_hmac", 34, "Bad digest type");
    const secret = bytesOr(password, "pbkdf2_hmac", 41, "Not binary");
    const salted = bytesOr(salt, "pbkdf2_hmac", 44, "Not binary");
    if (!(iterations > 0)) throw failure("badarg", "pbkdf2_hmac", 49, "Must be > 0");
    if (!(length > 0)) throw failure("badarg", "pbkdf2_hmac", 54, "Must be > 0");
    return binary(derived(digest, secret, salted, iterations, length));
  },
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
  "supports/0": () => list([...supported().keys()].map((kind) => tuple(atom(kind), supportedNames(kind)))),
  "supports/1": (kind) => {
    if (!(kind instanceof Atom) || !supported().has(kind.name))
      throw errorIn("function_clause", "crypto", "supports", [kind]);
    return supportedNames(kind.name);
  },
  "start/0": () => OK,
  "stop/0": () => OK,
  "info_fips/0": () => atom("not_supported"),
  "enable_fips_mode/1": () => FALSE,
});
