/** Checksums of `:erlang` and `:zlib`: CRC-32 and Adler-32, each continuing from an earlier value. */

const CRC_TABLE = new Uint32Array(256);
for (let i = 0; i < 256; i++) {
  let c = i;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  CRC_TABLE[i] = c;
}

export function crc32(bytes: Uint8Array, start = 0): number {
  let c = ~start;
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return ~c >>> 0;
}

export function adler32(bytes: Uint8Array, start = 1): number {
  let a = start & 0xffff;
  let b = start >>> 16;
  for (let i = 0; i < bytes.length; i++) {
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

/** The Adler-32 of two pieces of bytes, from theirs and the length of the second. */
export function adler32Combined(first: number, second: number, length: number): number {
  const modulus = 65521;
  const rest = length % modulus;
  const a = ((first & 0xffff) + (second & 0xffff) + modulus - 1) % modulus;
  const b =
    ((first >>> 16) + (second >>> 16) + ((((first & 0xffff) + modulus - 1) * rest) % modulus)) % modulus;
  return b * 65536 + a;
}

/** The CRC-32 of two pieces of bytes, from theirs and the length of the second: zeros for that length move the first on. */
export function crc32Combined(first: number, second: number, length: number): number {
  let c = first;
  for (let i = 0; i < length; i++) c = CRC_TABLE[c & 0xff] ^ (c >>> 8);
  return (c ^ second) >>> 0;
}
