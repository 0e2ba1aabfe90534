/**
 * `:rand.jump`: far ahead in the sequence, as if 2^64 numbers had been drawn of generators of two words, and 2^512 of those of
 * sixteen.
 */
import type { Generator } from "./rand-generator.ts";

/**
 * For each generator x to the power of as many draws, modulo the characteristic polynomial of its step: a bit a coefficient, that
 * of the constant lowest. The state after the jump is the sum of the states at the powers that are there.
 */
const POLYNOMIALS: Record<string, bigint> = {
  exsp: 0xd174a83e17de2302f8ea6bc32c797n,
  exrop: 0x9863200f83fcd4a11293241fcb12an,
  exro928ss:
    0xb10773cbe19f5fc1a1504acd83f240c6007e76cebcb3b7c4cc049c536e62a33cc2323831b45a3a8a3cef3cc0f02f778573cf0f0a0657e19f00d4b3584ddd98ee4be41e015ac26d5d20f9b49fa81b0090567fd9f0b83fe51a1eb3be1910a1de1d7d6813d2ba05381fdfd1490244085302f77130can,
  exs1024:
    0x284600e3f30e38c3b99181f2d8f685ca047f7684e9fc949d0b5fc64563b3e2a87910c41d10a1e6a5691548c86c1bd5405ee975283d71c93bc4cb815590989b13aac17d8efa43cab83659132bb12fea70dc2d9891fe68c0222ffeeb0a48316f404489affce4f31a1e5b34a39f070b5837a3c65b8776f9685584242f96eca9c41dn,
};
for (const name of ["exsss", "exsplus"]) POLYNOMIALS[name] = POLYNOMIALS.exsp;
POLYNOMIALS.exs1024s = POLYNOMIALS.exs1024;

export function canJump(generator: Generator): boolean {
  return generator.name in POLYNOMIALS;
}

export function jump(generator: Generator): void {
  let sum = generator.state.map(() => 0n);
  for (let rest = POLYNOMIALS[generator.name]; rest > 0n; rest >>= 1n) {
    const { state } = generator;
    if (rest & 1n) sum = sum.map((word, i) => word ^ state[i]);
    generator.next();
  }
  generator.state = sum;
}
