/** SHA-3 on bytes: the sponge of Keccak, whose state is 25 lanes of 64 bits. Hosts in the browser have none. */
import type { Digest } from "./digest.ts";

const LANES = 25;
const ROUNDS = 24;

/** Where lanes move to in a round, and by how many bits they turn: the walk that the standard defines. */
const WALK: readonly (readonly [lane: number, turn: bigint])[] = (() => {
  const steps: [number, bigint][] = [];
  let [x, y] = [1, 0];
  for (let t = 0; t < ROUNDS; t++) {
    [x, y] = [y, (2 * x + 3 * y) % 5];
    steps.push([x + 5 * y, BigInt((((t + 1) * (t + 2)) / 2) % 64)]);
  }
  return steps;
})();

/** A constant a round, from a shift register of eight bits. */
const CONSTANTS: readonly bigint[] = (() => {
  let register = 1;
  return Array.from({ length: ROUNDS }, () => {
    let constant = 0n;
    for (let i = 0; i < 7; i++) {
      if (register & 1) constant |= 1n << BigInt(2 ** i - 1);
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
    return constant;
  });
})();

function turned(lane: bigint, by: bigint): bigint {
  return BigInt.asUintN(64, (lane << by) | (lane >> (64n - by)));
}

function permute(a: BigUint64Array): void {
  const column = new BigUint64Array(5);
  const row = new BigUint64Array(5);
  for (const constant of CONSTANTS) {
    for (let x = 0; x < 5; x++) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (let x = 0; x < 5; x++) {
      const mix = column[(x + 4) % 5] ^ turned(column[(x + 1) % 5], 1n);
      for (let y = 0; y < LANES; y += 5) a[x + y] ^= mix;
    }
    let moved = a[1];
    for (const [lane, turn] of WALK) {
      const next = a[lane];
      a[lane] = turned(moved, turn);
      moved = next;
    }
    for (let y = 0; y < LANES; y += 5) {
      for (let x = 0; x < 5; x++) row[x] = a[y + x];
      for (let x = 0; x < 5; x++) a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
    a[0] ^= constant;
  }
}

/** Takes in blocks of the rate; the digest is never longer than one. */
function sha3(bytes: Uint8Array, size: number): Uint8Array {
  const rate = blockOf(size);
  const input = new Uint8Array((Math.floor(bytes.length / rate) + 1) * rate);
  input.set(bytes);
  input[bytes.length] = 0x06;
  input[input.length - 1] |= 0x80;
  const view = new DataView(input.buffer);
  const state = new BigUint64Array(LANES);
  for (let at = 0; at < input.length; at += rate) {
    for (let i = 0; i < rate / 8; i++) state[i] ^= view.getBigUint64(at + i * 8, true);
    permute(state);
  }
  const output = new DataView(new ArrayBuffer(LANES * 8));
  state.forEach((lane, i) => {
    output.setBigUint64(i * 8, lane, true);
  });
  return new Uint8Array(output.buffer, 0, size);
}

function blockOf(size: number): number {
  return LANES * 8 - 2 * size;
}

function digest(size: number): Digest {
  return { hash: (bytes) => sha3(bytes, size), block: blockOf(size) };
}

/** By the names that `:crypto` gives them. */
export const SHA3: Record<string, Digest> = {
  sha3_224: digest(28),
  sha3_256: digest(32),
  sha3_384: digest(48),
  sha3_512: digest(64),
};
