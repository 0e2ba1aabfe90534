/**
 * The default generator, exsss, without arithmetic on BigInts: a word of 58 bits is two numbers, its upper 26 bits and its lower 32. The
 * state that a program may look at is made of BigInts as with the other generators, but a draw only makes one of its two words.
 */
import { Cons, integer, type Term } from "../term/index.ts";

const UPPER = 0x3ffffff;
const TWO_32 = 2 ** 32;
const words = new DataView(new ArrayBuffer(8));

/** The state that the next four fields are the words of: most draws follow on the last one. */
let known: Term | null = null;
let upper1 = 0;
let lower1 = 0;
let upper0 = 0;
let lower0 = 0;

/** What has been drawn. */
let upper = 0;
let lower = 0;

/** Puts a word into `words`; whether it is one. */
function split(word: Term): boolean {
  if (typeof word === "number") word = BigInt(word);
  if (typeof word !== "bigint" || BigInt.asUintN(58, word) !== word) return false;
  words.setBigUint64(0, word);
  return true;
}

/** A state is `[s1 | s0]`. */
function read(state: Term): boolean {
  if (state === known) return true;
  known = null;
  if (!(state instanceof Cons) || !split(state.head)) return false;
  upper1 = words.getUint32(0);
  lower1 = words.getUint32(4);
  if (!split(state.tail)) return false;
  upper0 = words.getUint32(0);
  lower0 = words.getUint32(4);
  return true;
}

/** Draws a number; gives the state after it, or `null` where the state is none. */
export function drawExsss(state: Term): Term | null {
  if (!read(state)) return null;
  // s0 * 5, rotated by 7, * 9.
  const five = lower0 * 5;
  const fiveUpper = (upper0 * 5 + Math.floor(five / TWO_32)) & UPPER;
  const fiveLower = five >>> 0;
  const turnedUpper = ((fiveUpper << 7) | (fiveLower >>> 25)) & UPPER;
  const turnedLower = ((fiveLower << 7) | (fiveUpper >>> 19)) >>> 0;
  const nine = turnedLower * 9;
  upper = (turnedUpper * 9 + Math.floor(nine / TWO_32)) & UPPER;
  lower = nine >>> 0;
  // x = s1 ^ s1 << 24; the new word is x ^ s0 ^ x >> 11 ^ s0 >> 41.
  const xUpper = (upper1 ^ ((upper1 << 24) | (lower1 >>> 8))) & UPPER;
  const xLower = lower1 ^ (lower1 << 24);
  upper1 = upper0;
  lower1 = lower0;
  lower0 = (xLower ^ lower1 ^ ((xLower >>> 11) | (xUpper << 21)) ^ (upper1 >>> 9)) >>> 0;
  upper0 = xUpper ^ upper1 ^ (xUpper >>> 11);
  words.setUint32(0, upper0);
  words.setUint32(4, lower0);
  known = new Cons((state as Cons).tail, integer(words.getBigUint64(0)));
  return known;
}

/** What has been drawn as a number of at least 0 and less than 1. */
export function drawnFloat(): number {
  return (upper * 2 ** 27 + (lower >>> 5)) * 2 ** -53;
}

/** What has been drawn as an integer from 1 to the range; 0 where the range is too large, or another draw might be needed. */
export function drawnInteger(range: Term): number {
  if (typeof range !== "number" || range < 1 || range > 2 ** 26 || upper === UPPER) return 0;
  return (((upper % range) * (TWO_32 % range) + lower) % range) + 1;
}
