/**
 * Floats as `~e`, `~f` and `~g` write them: Erlang takes 21 digits of a float, writes zeros for all that follow, and rounds by
 * the digit behind the last that is asked for.
 */
const DIGITS = 21;

/** Digits of a magnitude, and where the point is among them. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

function decimalOf(value: number): Decimal {
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(DIGITS - 1)
    .split("e");
  return { digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

/** So many digits; with a digit more when all of them were nines. */
function rounded(digits: string, count: number): string {
  if (digits.length <= count) return digits.padEnd(count, "0");
  const kept = BigInt(digits.slice(0, count)) + (digits[count] >= "5" ? 1n : 0n);
  return kept.toString().padStart(count, "0");
}

function sign(value: number): string {
  return value < 0 || Object.is(value, -0) ? "-" : "";
}

export function fixedFloat(value: number, decimals: number): string {
  const { digits, point } = decimalOf(value);
  const lead = point > 0 ? "" : "0".repeat(1 - point);
  const whole = Math.max(point, 1);
  const all = rounded(lead + digits, whole + decimals);
  return `${sign(value)}${all.slice(0, -decimals)}.${all.slice(-decimals)}`;
}

/** Here the precision counts the digit before the point too. */
export function exponentFloat(value: number, count: number): string {
  const { digits, point } = decimalOf(value);
  const all = rounded(digits, count);
  const exponent = value === 0 ? 0 : point - 1 + (all.length - count);
  return `${sign(value)}${all[0]}.${all.slice(1, count)}e${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

export function generalFloat(value: number, count: number): string {
  const magnitude = Math.abs(value);
  if (magnitude < 0.1 || magnitude >= 10000) return exponentFloat(value, count);
  const whole = magnitude < 1 ? 0 : Math.floor(Math.log10(magnitude)) + 1;
  return fixedFloat(value, Math.max(1, count - whole));
}
