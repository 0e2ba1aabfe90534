/**
 * Numbers. An integer is a JavaScript number while it is safe and a BigInt beyond:
 * one value has one representation, so `===` compares integers, except two BigInts of
 * different identity, which JavaScript compares by value as well. A float is boxed, so that
 * `1.0` and `1` differ in type.
 */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export const MAX_SAFE = Number.MAX_SAFE_INTEGER;
export const MIN_SAFE = Number.MIN_SAFE_INTEGER;

/** The canonical integer of a BigInt. */
export function integer(value: bigint): number | bigint {
  return value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value;
}
