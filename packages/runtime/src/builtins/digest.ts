/** Message digests on bytes: MD5, SHA-1 and SHA-2. Synchronous, as hosts in the browser offer only promises. */

/** Cuts padded input into blocks; lengths are in bits at the end, in 8 or 16 bytes. */
function padded(bytes: Uint8Array, block: number, littleEndian: boolean): DataView {
  const lengthBytes = block === 128 ? 16 : 8;
  const total = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const result = new Uint8Array(total);
  result.set(bytes);
  result[bytes.length] = 0x80;
  const view = new DataView(result.buffer);
  const bits = BigInt(bytes.length) * 8n;
  view.setBigUint64(total - 8, bits, littleEndian);
  return view;
}

const MD5_SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const MD5_SINES = Int32Array.from(
  { length: 64 },
  (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0,
);

function rotate(x: number, n: number): number {
  return (x << n) | (x >>> (32 - n));
}

export function md5(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, 64, true);
  let a0 = 0x67452301;
  let b0 = 0xefcdab89 | 0;
  let c0 = 0x98badcfe | 0;
  let d0 = 0x10325476;
  for (let at = 0; at < view.byteLength; at += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i++) {
      let f = c ^ (b | ~d);
      let g = (7 * i) & 15;
      if (i < 16) {
        f = (b & c) | (~b & d);
        g = i;
      } else if (i < 32) {
        f = (d & b) | (~d & c);
        g = (5 * i + 1) & 15;
      } else if (i < 48) {
        f = b ^ c ^ d;
        g = (3 * i + 5) & 15;
      }
      const sum = (a + f + MD5_SINES[i] + view.getInt32(at + g * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotate(sum, MD5_SHIFTS[(i >> 4) * 4 + (i & 3)])) | 0;
    }
    a0 = (a0 + a) | 0;
    b0 = (b0 + b) | 0;
    c0 = (c0 + c) | 0;
    d0 = (d0 + d) | 0;
  }
  return words([a0, b0, c0, d0], true);
}

function words(values: number[], littleEndian = false): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => {
    view.setInt32(i * 4, value, littleEndian);
  });
  return new Uint8Array(view.buffer);
}

export function sha1(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, 64, false);
  const h = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0].map((x) => x | 0);
  const w = new Int32Array(80);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 80; i++)
      w[i] = i < 16 ? view.getInt32(at + i * 4) : rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    let [a, b, c, d, e] = h;
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const k = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][Math.floor(i / 20)];
      const next = (rotate(a, 5) + f + e + k + w[i]) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = next;
    }
    [a, b, c, d, e].forEach((value, i) => {
      h[i] = (h[i] + value) | 0;
    });
  }
  return words(h);
}

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n);
  return found;
}

/** The first `bits` bits behind the point of the square or cube root. */
function rootFraction(n: bigint, root: 2n | 3n, bits: bigint): bigint {
  const scaled = n << (bits * root);
  let low = 0n;
  let high = 1n << (bits + 9n);
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** root <= scaled) low = middle;
    else high = middle;
  }
  return low & ((1n << bits) - 1n);
}

/** Fractions of the roots of the first primes, made when a digest first needs them. */
class Constants {
  readonly #primes = primes(80);
  readonly k512 = this.#primes.map((p) => rootFraction(p, 3n, 64n));
  readonly k256 = Int32Array.from(this.k512.slice(0, 64), (k) => Number(k >> 32n));
  readonly h512 = this.#primes.slice(0, 8).map((p) => rootFraction(p, 2n, 64n));
  readonly h256 = this.h512.map((h) => Number(h >> 32n) | 0);
  readonly h384 = this.#primes.slice(8, 16).map((p) => rootFraction(p, 2n, 64n));
  readonly h224 = this.h384.map((h) => Number(BigInt.asIntN(32, h)));
}

let known: Constants | null = null;

function constants(): Constants {
  known ??= new Constants();
  return known;
}

function sha2Short(bytes: Uint8Array, start: number[]): Uint8Array {
  const view = padded(bytes, 64, false);
  const h = start.slice();
  const w = new Int32Array(64);
  const { k256 } = constants();
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = rotate(x, 25) ^ rotate(x, 14) ^ (x >>> 3);
      const s1 = rotate(y, 15) ^ rotate(y, 13) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7);
      const t1 = (k + s1 + ((e & f) ^ (~e & g)) + k256[i] + w[i]) | 0;
      const s0 = rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      // No array in this loop: it would cost more than all the rest.
      k = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    for (const [i, value] of [a, b, c, d, e, f, g, k].entries()) h[i] = (h[i] + value) | 0;
  }
  return words(h);
}

function sha2Long(bytes: Uint8Array, start: bigint[]): Uint8Array {
  const view = padded(bytes, 128, false);
  const h = start.slice();
  const w = new BigUint64Array(80);
  const { k512 } = constants();
  const cut = (x: bigint) => BigInt.asUintN(64, x);
  const right = (x: bigint, n: bigint) => cut((x >> n) | (x << (64n - n)));
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 80; i++) {
      if (i < 16) {
        w[i] = view.getBigUint64(at + i * 8);
        continue;
      }
      const s0 = right(w[i - 15], 1n) ^ right(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
      const s1 = right(w[i - 2], 19n) ^ right(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 80; i++) {
      const s1 = right(e, 14n) ^ right(e, 18n) ^ right(e, 41n);
      const t1 = k + s1 + ((e & f) ^ (cut(~e) & g)) + k512[i] + w[i];
      const s0 = right(a, 28n) ^ right(a, 34n) ^ right(a, 39n);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      [k, g, f, e, d, c, b, a] = [g, f, e, cut(d + t1), c, b, a, cut(t1 + t2)];
    }
    [a, b, c, d, e, f, g, k].forEach((value, i) => {
      h[i] = cut(h[i] + value);
    });
  }
  const out = new DataView(new ArrayBuffer(64));
  h.forEach((value, i) => {
    out.setBigUint64(i * 8, value);
  });
  return new Uint8Array(out.buffer);
}

export interface Digest {
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  /** The size of a block in bytes, which HMAC needs. */
  readonly block: number;
}

/** By the names that `:crypto` gives them. */
export const DIGESTS: Record<string, Digest> = {
  md5: { hash: md5, block: 64 },
  sha: { hash: sha1, block: 64 },
  sha224: { hash: (bytes) => sha2Short(bytes, constants().h224).slice(0, 28), block: 64 },
  sha256: { hash: (bytes) => sha2Short(bytes, constants().h256), block: 64 },
  sha384: { hash: (bytes) => sha2Long(bytes, constants().h384).slice(0, 48), block: 128 },
  sha512: { hash: (bytes) => sha2Long(bytes, constants().h512), block: 128 },
};

export function hmac(digest: Digest, key: Uint8Array, data: Uint8Array): Uint8Array {
  const shortened = key.length > digest.block ? digest.hash(key) : key;
  const block = new Uint8Array(digest.block);
  block.set(shortened);
  const inner = new Uint8Array(digest.block + data.length);
  inner.set(block.map((byte) => byte ^ 0x36));
  inner.set(data, digest.block);
  const innerHash = digest.hash(inner);
  const outer = new Uint8Array(digest.block + innerHash.length);
  outer.set(block.map((byte) => byte ^ 0x5c));
  outer.set(innerHash, digest.block);
  return digest.hash(outer);
}
