/** `:rand.jump`: far ahead in the sequence, for generators of two words, as if 2^64 numbers had been drawn. */
import type { Generator } from "./rand-generator.ts";

/** The polynomial of the jump, one word after the other, lowest bit first. */
const POLYNOMIAL = [0x2f8ea6bc32c797n, 0x345d2a0f85f788cn];
const WORD = 58;

export function canJump(generator: Generator): boolean {
  return /^exs(ss|p|plus)$/.test(generator.name);
}

export function jump(generator: Generator): void {
  let [a, b] = [0n, 0n];
  for (const word of POLYNOMIAL)
    for (let bit = 0; bit < WORD; bit++) {
      const [x, y] = generator.state;
      if ((word >> BigInt(bit)) & 1n) [a, b] = [a ^ x, b ^ y];
      generator.next();
    }
  generator.state = [a, b];
}
