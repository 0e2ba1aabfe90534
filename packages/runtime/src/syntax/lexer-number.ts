/**
 * Numbers: integers in base 2, 8, 10 and 16 and floats, with `_` between digits.
 */
import { Float, integer } from "../term/number.ts";
import { isDigit } from "./lexer-identifier.ts";

export interface NumberLiteral {
  /** `null` when the digits make no number: a float too large, or an integer beyond the limit. */
  readonly value: number | bigint | Float | null;
  readonly text: string;
  readonly end: number;
}

/** Erlang's own limit for one integer is some 1.2 million decimal digits; converting more would take seconds. */
export const MAX_DIGITS = 1_000_000;

const BASES: Record<number, (code: number) => boolean> = {
  120: (code) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102),
  111: (code) => code >= 48 && code <= 55,
  98: (code) => code === 48 || code === 49,
};

/** The number at a digit: the longest text that makes one. */
export function scanNumber(source: string, at: number): NumberLiteral {
  if (source.charCodeAt(at) === 48) {
    const accepts = BASES[source.charCodeAt(at + 1)];
    if (accepts?.(source.charCodeAt(at + 2))) {
      const end = scanDigits(source, at + 2, accepts);
      const text = source.slice(at, end);
      return { value: toInteger(text), text, end };
    }
  }
  let end = scanDigits(source, at, isDigit);
  if (source.charCodeAt(end) !== 46 || !isDigit(source.charCodeAt(end + 1))) {
    const text = source.slice(at, end);
    return { value: toInteger(text), text, end };
  }
  end = scanDigits(source, end + 1, isDigit);
  for (;;) {
    // Like Elixir's scanner this takes any number of exponents, and then finds that they make no number.
    const exponent = source.charCodeAt(end) | 32;
    if (exponent !== 101) break;
    const sign = source.charCodeAt(end + 1);
    const digits = sign === 43 || sign === 45 ? end + 2 : end + 1;
    if (!isDigit(source.charCodeAt(digits))) break;
    end = scanDigits(source, digits, isDigit);
  }
  const text = source.slice(at, end);
  const value = Number(text.replaceAll("_", ""));
  return { value: Number.isFinite(value) ? new Float(value) : null, text, end };
}

function scanDigits(source: string, at: number, accepts: (code: number) => boolean): number {
  let end = at;
  for (;;) {
    const code = source.charCodeAt(end);
    if (accepts(code)) end++;
    else if (code === 95 && end > at && accepts(source.charCodeAt(end + 1))) end += 2;
    else return end;
  }
}

function toInteger(text: string): number | bigint | null {
  if (text.length > MAX_DIGITS) return null;
  const digits = text.includes("_") ? text.replaceAll("_", "") : text;
  if (digits.length <= 15) return Number(digits);
  return integer(BigInt(digits));
}
