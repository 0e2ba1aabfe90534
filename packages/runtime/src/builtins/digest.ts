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
      let f: number;
      let g: number;
      if (i < 16) [f, g] = [(b & c) | (~b & d), i];
      else if (i < 32) [f, g] = [(d & b) | (~d & c), (5 * i + 1) & 15];
      else if (i < 48) [f, g] = [b ^ c ^ d, (3 * i + 5) & 15];
      else [f, g] = [c ^ (b | ~d), (7 * i) & 15];
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

const PRIMES = primes(80);
const K256 = Int32Array.from(PRIMES.slice(0, 64), (p) => Number(BigInt.asIntN(32, rootFraction(p, 3n, 32n))));
const H256 = PRIMES.slice(0, 8).map((p) => Number(BigInt.asIntN(32, rootFraction(p, 2n, 32n))));
const H224 = PRIMES.slice(8, 16).map((p) => Number(BigInt.asIntN(32, rootFraction(p, 2n, 64n))));
const K512 = PRIMES.map((p) => rootFraction(p, 3n, 64n));
const H512 = PRIMES.slice(0, 8).map((p) => rootFraction(p, 2n, 64n));
const H384 = PRIMES.slice(8, 16).map((p) => rootFraction(p, 2n, 64n));

function sha2Short(bytes: Uint8Array, start: number[]): Uint8Array {
  const view = padded(bytes, 64, false);
  const h = start.slice();
  const w = new Int32Array(64);
  const right = (x: number, n: number) => (x >>> n) | (x << (32 - n));
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        w[i] = view.getInt32(at + i * 4);
        continue;
      }
      const s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, k] = h;
    for (let i = 0; i < 64; i++) {
      const s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25);
      const t1 = (k + s1 + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
      const s0 = right(a, 2) ^ right(a, 13) ^ right(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [k, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, k].forEach((value, i) => {
      h[i] = (h[i] + value) | 0;
    });
  }
  return words(h);
}

function sha2Long(bytes: Uint8Array, start: bigint[]): Uint8Array {
  const view = padded(bytes, 128, false);
  const h = start.slice();
  const w = new BigUint64Array(80);
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
      const t1 = k + s1 + ((e & f) ^ (cut(~e) & g)) + K512[i] + w[i];
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
  sha224: { hash: (bytes) => sha2Short(bytes, H224).slice(0, 28), block: 64 },
  sha256: { hash: (bytes) => sha2Short(bytes, H256), block: 64 },
  sha384: { hash: (bytes) => sha2Long(bytes, H384).slice(0, 48), block: 128 },
  sha512: { hash: (bytes) => sha2Long(bytes, H512), block: 128 },
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
