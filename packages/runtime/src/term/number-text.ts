/**
 * Numbers as text and back, as Erlang writes and reads them. Floats in the shortest form that reads back as
 * the same value, in exponent form, or with a number of decimals; integers in any base up to 36.
 */
import { Float, integer } from "./number.ts";

/**
 * The shortest text that reads back as the same float; of decimal and exponent form the shorter one, and
 * beyond 2^53 always the exponent form. Mirrors `float_to_binary(x, [short])`.
 */
export function shortFloat(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  // Where the decimal form is the shorter one at any rate, the host writes it too.
  const magnitude = Math.abs(value);
  if (magnitude >= 0.1 && magnitude < 2 ** 53) {
    if (!Number.isInteger(value)) return String(value);
    if (magnitude < 1000) return `${value}.0`;
  }
  const sign = value < 0 ? "-" : "";
  const [mantissa, exponentText] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const exponent = Number(exponentText);
  const scientific = `${digits[0]}.${digits.slice(1) || "0"}e${exponent}`;
  if (Math.abs(value) >= 2 ** 53) return sign + scientific;
  const decimal = plainDigits(digits, exponent);
  return sign + (decimal.length <= scientific.length ? decimal : scientific);
}

/** Digits with the point after `exponent + 1` of them. */
export function plainDigits(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${digits}${"0".repeat(exponent + 1 - digits.length)}.0`;
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** C's `%.*e`: at least two digits of exponent. */
export function scientificFloat(value: number, decimals: number): string {
  const text = exponential(Math.abs(value), Math.min(decimals, 100));
  const [mantissa, exponent] = text.split("e");
  const padding = decimals > 100 ? "0".repeat(decimals - 100) : "";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return `${sign}${mantissa}${padding}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

/** `toExponential` rounds exact halves away from zero, C to even. */
function exponential(value: number, decimals: number): string {
  const text = value.toExponential(decimals);
  if (decimals >= 100 || value === 0) return text;
  const exact = value.toExponential(100);
  const [digits] = exact.split("e");
  const dropped = digits.slice(decimals === 0 ? 2 : decimals + 2);
  if (!/^50*$/.test(dropped)) return text;
  const kept = decimals === 0 ? digits[0] : digits.slice(0, decimals + 2);
  return Number(kept[kept.length - 1]) % 2 === 0 ? `${kept}e${exact.split("e")[1]}` : text;
}

/** With so many decimals; halves round away from zero. Mirrors `float_to_binary(x, [{decimals, n}])`. */
export function decimalFloat(value: number, decimals: number, compact = false): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const magnitude = Math.abs(value);
  let text: string;
  const isExact = magnitude >= 2 ** 53 || decimals >= 18;
  if (isExact) text = fixed(magnitude, decimals);
  else if (decimals === 0) text = String(Math.floor(magnitude + 0.5));
  else {
    // The emulator's own arithmetic, rounding errors included.
    const scale = 10 ** decimals;
    let whole = Math.trunc(magnitude);
    let fraction = BigInt(Math.trunc((magnitude - whole) * scale + 0.5));
    if (fraction >= BigInt(scale)) {
      fraction -= BigInt(scale);
      whole++;
    }
    text = `${whole}.${fraction.toString().padStart(decimals, "0")}`;
  }
  // It drops the zeros of an integer as well, where it has not computed that itself.
  if (compact && (isExact || decimals > 0)) text = text.replace(/0+$/, "").replace(/\.$/, ".0");
  return sign + text;
}

/** C's `%.*f` of any size, from the exact binary value. */
function fixed(magnitude: number, decimals: number): string {
  let numerator = 0n;
  let shift = 0;
  let rest = magnitude;
  while (!Number.isInteger(rest)) {
    rest *= 2;
    shift++;
  }
  numerator = BigInt(rest);
  const scaled = numerator * 10n ** BigInt(decimals);
  const unit = 1n << BigInt(shift);
  let quotient = scaled / unit;
  const twice = (scaled % unit) * 2n;
  if (twice > unit || (twice === unit && quotient % 2n === 1n)) quotient++;
  const digits = quotient.toString().padStart(decimals + 1, "0");
  if (decimals === 0) return digits;
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const FLOAT = /^[+-]?\d+\.\d+(?:[eE][+-]?\d+)?$/;

/** The float of Erlang's notation, which demands digits on both sides of the point. */
export function parseFloatText(text: string): Float | null {
  if (!FLOAT.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? new Float(value) : null;
}

export function integerText(value: number | bigint, base = 10): string {
  return value.toString(base).toUpperCase();
}

/** The integer of optionally signed digits in a base. */
export function parseIntegerText(text: string, base = 10): number | bigint | null {
  const start = text[0] === "-" || text[0] === "+" ? 1 : 0;
  if (text.length === start) return null;
  for (let i = start; i < text.length; i++) if (digitValue(text.charCodeAt(i)) >= base) return null;
  const digits = start === 1 ? text.slice(1) : text;
  const value = digits.length <= 10 ? Number.parseInt(digits, base) : bigDigits(digits, base);
  if (text[0] !== "-") return value;
  return value === 0 ? 0 : -value;
}

function digitValue(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const lower = unit | 32;
  return lower >= 97 && lower <= 122 ? lower - 87 : 99;
}

function bigDigits(digits: string, base: number): number | bigint {
  if (base === 10) return integer(BigInt(digits));
  if (base === 16) return integer(BigInt(`0x${digits}`));
  if (base === 8) return integer(BigInt(`0o${digits}`));
  if (base === 2) return integer(BigInt(`0b${digits}`));
  // Halves, so that long numbers cost no more than their multiplications.
  const parse = (from: number, to: number): bigint => {
    if (to - from <= 10) return BigInt(Number.parseInt(digits.slice(from, to), base));
    const middle = (from + to) >> 1;
    return parse(from, middle) * BigInt(base) ** BigInt(to - middle) + parse(middle, to);
  };
  return integer(parse(0, digits.length));
}
