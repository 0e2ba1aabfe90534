/**
 * Elementary functions to the last digit. The C library that Erlang uses rounds nearly always to the nearest float, JavaScript's
 * engines often to the one beside it. So the work is done here with twice the digits: a value is the sum of two floats
 * whose digits do not overlap (Dekker 1971), which leaves the final rounding right but for the rarest of cases.
 */

/** A value as two floats, the second less than half a digit of the first. */
type Wide = readonly [number, number];

const SPLITTER = 134217729; // 2^27 + 1

function sum(a: number, b: number): Wide {
  const s = a + b;
  const v = s - a;
  return [s, a - (s - v) + (b - v)];
}

function product(a: number, b: number): Wide {
  const p = a * b;
  const x = SPLITTER * a;
  const aHigh = x - (x - a);
  const aLow = a - aHigh;
  const y = SPLITTER * b;
  const bHigh = y - (y - b);
  const bLow = b - bHigh;
  return [p, aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow];
}

function add(a: Wide, b: Wide): Wide {
  const [high, low] = sum(a[0], b[0]);
  const [low1, low2] = sum(a[1], b[1]);
  const [h, l] = sum(high, low + low1);
  return sum(h, l + low2);
}

function multiply(a: Wide, b: Wide): Wide {
  const [high, low] = product(a[0], b[0]);
  return sum(high, low + (a[0] * b[1] + a[1] * b[0]));
}

function divide(a: Wide, b: Wide): Wide {
  const first = a[0] / b[0];
  const rest = add(a, negate(multiply(b, [first, 0])));
  const second = rest[0] / b[0];
  const rest2 = add(rest, negate(multiply(b, [second, 0])));
  const [high, low] = sum(first, second);
  return sum(high, low + rest2[0] / b[0]);
}

const negate = ([high, low]: Wide): Wide => [-high, -low];
const wide = (x: number): Wide => [x, 0];

function squareRoot(a: Wide): Wide {
  if (a[0] <= 0) return [0, 0];
  const root = Math.sqrt(a[0]);
  const rest = add(a, negate(product(root, root)));
  return sum(root, rest[0] / (2 * root));
}

const LN2: Wide = [Math.LN2, 2.3190468138462996e-17];
const HALF_PI: readonly number[] = [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591833e-33];

/** `1/n!`. */
const INVERSE_FACTORIALS: Wide[] = [
  [1, 0],
  [1, 0],
];
for (let n = 2; n < 30; n++) INVERSE_FACTORIALS.push(divide(INVERSE_FACTORIALS[n - 1], wide(n)));

/** Terms below this do not change the rounding. */
const NEGLIGIBLE = 1e-26;

/** `1 + r + r²/2! + …` for a small `r`, without the 1. */
function exponentialSeries(r: Wide): Wide {
  let power: Wide = r;
  let total: Wide = r;
  for (let n = 2; n < INVERSE_FACTORIALS.length; n++) {
    power = multiply(power, r);
    const term = multiply(power, INVERSE_FACTORIALS[n]);
    total = add(total, term);
    if (Math.abs(term[0]) <= NEGLIGIBLE * Math.abs(total[0])) break;
  }
  return total;
}

/** `e^x` as a value from 0.7 to 1.5 and a power of two. */
function exponential(x: Wide): { value: Wide; shift: number } {
  const shift = Math.round(x[0] / LN2[0]);
  const reduced = add(x, negate(multiply(wide(shift), LN2)));
  return { value: add([1, 0], exponentialSeries(reduced)), shift };
}

/** By steps, as a single power of two may be beyond the floats while the result is not. */
function scaled(x: number, shift: number): number {
  const half = Math.trunc(shift / 2);
  return x * 2 ** half * 2 ** (shift - half);
}

export function exp(x: number): number {
  if (!(Math.abs(x) < 800)) return Math.exp(x);
  const { value, shift } = exponential(wide(x));
  // The smallest floats have fewer digits: there both parts are rounded together.
  return shift < -1021 ? Math.exp(x) : scaled(value[0], shift);
}

/** Newton's step from JavaScript's answer: `y + (x·e^-y − 1)`. */
function logarithm(x: number): Wide {
  const guess = Math.log(x);
  const { value, shift } = exponential(wide(-guess));
  const rest = add(multiply(scaledWide(wide(x), shift), value), [-1, 0]);
  const correction = add(rest, negate(divide(multiply(rest, rest), wide(2))));
  return add(wide(guess), correction);
}

function scaledWide([high, low]: Wide, shift: number): Wide {
  return [scaled(high, shift), scaled(low, shift)];
}

const isOrdinary = (x: number): boolean => x > 1e-290 && x < 1e290;

export const log = (x: number): number => (isOrdinary(x) ? logarithm(x)[0] : Math.log(x));
export const log2 = (x: number): number => (isOrdinary(x) ? divide(logarithm(x), LN2)[0] : Math.log2(x));

/** Here the C library itself rounds less carefully: the logarithm of the digits, and the exponent apart. */
export function log10(x: number): number {
  if (!isOrdinary(x)) return Math.log10(x);
  const exponent = Math.floor(Math.log2(x));
  const fraction = x / 2 ** exponent;
  // The logarithm of the base 2 may have been rounded up to the next power.
  const shift = fraction < 1 ? exponent - 1 : fraction >= 2 ? exponent + 1 : exponent;
  const whole = shift < 0 ? shift + 1 : shift;
  const rest = whole * 3.694239077158931e-13 + Math.LOG10E * log(x / 2 ** whole);
  return rest + whole * 0.30102999566361177;
}

/** Beyond, more digits of π would be needed to find the place in the circle. */
const LARGEST_ANGLE = 1e6;

/** Sine and cosine of an angle. */
function circle(x: Wide): { sine: Wide; cosine: Wide } {
  const quarters = Math.round(x[0] / HALF_PI[0]);
  let reduced = x;
  for (const part of HALF_PI) reduced = add(reduced, negate(product(quarters, part)));
  const sine = series(reduced, 1);
  const cosine = series(reduced, 0);
  switch (((quarters % 4) + 4) % 4) {
    case 0:
      return { sine, cosine };
    case 1:
      return { sine: cosine, cosine: negate(sine) };
    case 2:
      return { sine: negate(sine), cosine: negate(cosine) };
    default:
      return { sine: negate(cosine), cosine: sine };
  }
}

/** The series of the sine (from `x`) or the cosine (from 1). */
function series(x: Wide, first: 0 | 1): Wide {
  const square = negate(multiply(x, x));
  let power: Wide = first === 1 ? x : [1, 0];
  let total = power;
  for (let n = first + 2; n < INVERSE_FACTORIALS.length; n += 2) {
    power = multiply(power, square);
    const term = multiply(power, INVERSE_FACTORIALS[n]);
    total = add(total, term);
    if (Math.abs(term[0]) <= NEGLIGIBLE * Math.abs(total[0])) break;
  }
  return total;
}

const isAngle = (x: number): boolean => Math.abs(x) < LARGEST_ANGLE && Math.abs(x) > 1e-150;

export const sin = (x: number): number => (isAngle(x) ? circle(wide(x)).sine[0] : Math.sin(x));
export const cos = (x: number): number => (isAngle(x) ? circle(wide(x)).cosine[0] : Math.cos(x));

export function tan(x: number): number {
  if (!isAngle(x)) return Math.tan(x);
  const { sine, cosine } = circle(wide(x));
  return divide(sine, cosine)[0];
}

/** The angle of a point: Newton's step from JavaScript's answer. */
function angle(y: Wide, x: Wide): number {
  const guess = Math.atan2(y[0], x[0]);
  const { sine, cosine } = circle(wide(guess));
  const across = add(multiply(y, cosine), negate(multiply(x, sine)));
  const along = add(multiply(x, cosine), multiply(y, sine));
  return guess + divide(across, along)[0];
}

const isPoint = (y: number, x: number): boolean =>
  [y, x].every((value) => Math.abs(value) > 1e-100 && Math.abs(value) < 1e100);

export const atan2 = (y: number, x: number): number =>
  isPoint(y, x) ? angle(wide(y), wide(x)) : Math.atan2(y, x);
export const atan = (x: number): number => atan2(x, 1);

/** The other side of the right triangle with hypotenuse 1. */
const side = (x: number): Wide => squareRoot(multiply(sum(1, -x), sum(1, x)));

const isInside = (x: number): boolean => Math.abs(x) < 1 && Math.abs(x) > 1e-100;

export const asin = (x: number): number => (isInside(x) ? angle(wide(x), side(x)) : Math.asin(x));
export const acos = (x: number): number => (isInside(x) ? angle(side(x), wide(x)) : Math.acos(x));

export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!(size < 700)) return Math.cosh(x);
  if (size < Math.LN2 / 2) {
    const t = Math.expm1(size);
    return 1 + (t * t) / (1 + t + (1 + t));
  }
  const t = exp(size);
  return size < 22 ? t / 2 + 0.5 / t : t / 2;
}

export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!(size < 700 && size > 2 ** -28)) return Math.sinh(x);
  const half = Math.sign(x) / 2;
  if (size >= 22) return half * exp(size);
  const t = Math.expm1(size);
  return size < 1 ? half * (2 * t - (t * t) / (t + 1)) : half * (t + t / (t + 1));
}

export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!(size > 2 && size < 2 ** 28)) return Math.asinh(x);
  return Math.sign(x) * log(2 * size + 1 / (Math.sqrt(x * x + 1) + size));
}

export function acosh(x: number): number {
  if (!(x > 2 && x < 2 ** 28)) return Math.acosh(x);
  return log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
}
