/**
 * Arithmetic of `:erlang`. Compiled code inlines the case of two small integers and calls these functions
 * for the rest. A result beyond 2^53 becomes a BigInt; one beyond `MAX_BITS` is refused with `system_limit`,
 * as a host would hang or fail on it.
 */
import {
  compareTerms,
  errorIn,
  Float,
  integer,
  MAX_SAFE,
  MIN_SAFE,
  type Raised,
  type Term,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

/** Eight megabytes: far beyond any real number, and still computed within a second. */
const MAX_BITS = 2 ** 26;

type Integer = number | bigint;

function badarith(name: string, ...args: Term[]): Raised {
  return errorIn("badarith", "erlang", name, args);
}

/** Of a call that compiled code makes the error may keep its operands to itself (`compile/intrinsics.ts`). */
function refused(name: string, untold: boolean | undefined, ...args: Term[]): Raised {
  const raised = badarith(name, ...args);
  if (untold) raised.call = null;
  return raised;
}

function isInteger(term: Term): term is Integer {
  return typeof term === "number" || typeof term === "bigint";
}

/** The double of a number; NaN when the term is none or is too large for one. */
function toDouble(term: Term): number {
  if (typeof term === "number") return term;
  if (term instanceof Float) return term.value;
  if (typeof term !== "bigint") return Number.NaN;
  const value = Number(term);
  return Number.isFinite(value) ? value : Number.NaN;
}

function checked(value: number, name: string, a: Term, b: Term, untold?: boolean): Float {
  if (!Number.isFinite(value)) throw refused(name, untold, a, b);
  return new Float(value);
}

export function add(a: Term, b: Term, untold?: boolean): Term {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    return sum <= MAX_SAFE && sum >= MIN_SAFE ? sum : integer(BigInt(a) + BigInt(b));
  }
  if (isInteger(a) && isInteger(b)) return integer(BigInt(a) + BigInt(b));
  return checked(toDouble(a) + toDouble(b), "+", a, b, untold);
}

export function sub(a: Term, b: Term, untold?: boolean): Term {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    return difference <= MAX_SAFE && difference >= MIN_SAFE ? difference : integer(BigInt(a) - BigInt(b));
  }
  if (isInteger(a) && isInteger(b)) return integer(BigInt(a) - BigInt(b));
  return checked(toDouble(a) - toDouble(b), "-", a, b, untold);
}

export function mul(a: Term, b: Term, untold?: boolean): Term {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    // Adding zero turns -0 into the integer 0.
    if (product <= MAX_SAFE && product >= MIN_SAFE) return product + 0;
    const x = BigInt(a);
    return x * (a === b ? x : BigInt(b));
  }
  if (isInteger(a) && isInteger(b)) return integer(multiply(BigInt(a), BigInt(b), "*", a, b));
  return checked(toDouble(a) * toDouble(b), "*", a, b, untold);
}

function multiply(x: bigint, y: bigint, name: string, a: Term, b: Term): bigint {
  try {
    return x * y;
  } catch {
    throw errorIn("system_limit", "erlang", name, [a, b]);
  }
}

/** `a / b`, always a float. */
export function divide(a: Term, b: Term, untold?: boolean): Term {
  const divisor = toDouble(b);
  if (divisor === 0) throw refused("/", untold, a, b);
  return checked(toDouble(a) / divisor, "/", a, b, untold);
}

/** `div(a, b)`, rounded towards zero. */
export function div(a: Term, b: Term): Term {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return (a - (a % b)) / b + 0;
  if (!isInteger(a) || !isInteger(b) || b === 0) throw badarith("div", a, b);
  return integer(BigInt(a) / divisorOf(b));
}

/** `rem(a, b)`, with the sign of `a`. */
export function rem(a: Term, b: Term): Term {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return (a % b) + 0;
  if (!isInteger(a) || !isInteger(b) || b === 0) throw badarith("rem", a, b);
  const rest = BigInt(a) % divisorOf(b);
  return typeof b === "number" ? Number(rest) : integer(rest);
}

let divisor: Integer = 1;
let largeDivisor = 1n;

/** As programs divide by the same number again and again, the last one is kept: each of the host's large integers is made anew. */
function divisorOf(b: Integer): bigint {
  if (b !== divisor) {
    divisor = b;
    largeDivisor = BigInt(b);
  }
  return largeDivisor;
}

export function negate(a: Term): Term {
  if (typeof a === "number") return 0 - a;
  if (typeof a === "bigint") return integer(-a);
  if (a instanceof Float) return new Float(-a.value);
  throw badarith("-", a);
}

/** Unary `+`: its argument, if that is a number. */
export function plus(a: Term, untold?: boolean): Term {
  if (isInteger(a) || a instanceof Float) return a;
  throw refused("+", untold, a);
}

export function abs(a: Term): Term {
  if (typeof a === "number") return a < 0 ? -a : a;
  if (typeof a === "bigint") return a < 0n ? integer(-a) : a;
  // As the emulator does it, which leaves -0.0 alone.
  if (a instanceof Float) return a.value < 0 ? new Float(-a.value) : a;
  throw errorIn("badarg", "erlang", "abs", [a]);
}

export function band(a: Term, b: Term): Term {
  if (isInt32(a) && isInt32(b)) return a & b;
  if (!isInteger(a) || !isInteger(b)) throw badarith("band", a, b);
  return integer(BigInt(a) & BigInt(b));
}

export function bor(a: Term, b: Term): Term {
  if (isInt32(a) && isInt32(b)) return a | b;
  if (!isInteger(a) || !isInteger(b)) throw badarith("bor", a, b);
  return integer(BigInt(a) | BigInt(b));
}

export function bxor(a: Term, b: Term): Term {
  if (isInt32(a) && isInt32(b)) return a ^ b;
  if (!isInteger(a) || !isInteger(b)) throw badarith("bxor", a, b);
  return integer(BigInt(a) ^ BigInt(b));
}

function isInt32(term: Term): term is number {
  return typeof term === "number" && (term | 0) === term;
}

export function bnot(a: Term): Term {
  if (typeof a === "number") return a === MAX_SAFE ? ~BigInt(a) : -a - 1;
  if (typeof a === "bigint") return integer(~a);
  throw badarith("bnot", a);
}

export function bsl(a: Term, b: Term): Term {
  if (!isInteger(a) || !isInteger(b)) throw badarith("bsl", a, b);
  return b < 0 ? shiftRight(a, -b) : shiftLeft(a, b, "bsl", a, b);
}

export function bsr(a: Term, b: Term): Term {
  if (!isInteger(a) || !isInteger(b)) throw badarith("bsr", a, b);
  return b < 0 ? shiftLeft(a, -b, "bsr", a, b) : shiftRight(a, b);
}

function shiftLeft(a: Integer, bits: Integer, name: string, x: Term, y: Term): Integer {
  if (a === 0) return 0;
  if (bits > MAX_BITS) throw errorIn("system_limit", "erlang", name, [x, y]);
  if (typeof a === "number" && bits < 53) {
    const shifted = a * 2 ** Number(bits);
    if (shifted <= MAX_SAFE && shifted >= MIN_SAFE) return shifted;
  }
  return integer(BigInt(a) << BigInt(bits));
}

function shiftRight(a: Integer, bits: Integer): Integer {
  if (typeof a === "number") return bits > 1000 ? (a < 0 ? -1 : 0) : Math.floor(a / 2 ** Number(bits));
  if (bits > 2 ** 31) return a < 0n ? -1 : 0;
  return integer(a >> BigInt(bits));
}

/** An integer to a non-negative integer power. Refuses results beyond the limit before computing them. */
export function integerPow(base: Integer, exponent: Integer): Integer {
  if (exponent === 0 || base === 1) return 1;
  if (base === 0) return 0;
  if (base === -1) return Number(BigInt(exponent) % 2n) === 0 ? 1 : -1;
  const quick = Number(base) ** Number(exponent);
  if (quick <= MAX_SAFE && quick >= MIN_SAFE) return quick;
  const bits = Math.log2(Math.abs(Number(base))) * Number(exponent);
  if (bits > MAX_BITS) throw errorIn("system_limit", "erlang", "*", [base, base]);
  return integer(BigInt(base) ** BigInt(exponent));
}

/** `float(a)`. */
export function toFloat(a: Term): Term {
  if (a instanceof Float) return a;
  const value = toDouble(a);
  if (Number.isNaN(value)) throw errorIn("badarg", "erlang", "float", [a]);
  return new Float(value);
}

function rounding(name: string, round: (value: number) => number): (a: Term) => Term {
  return (a) => {
    if (isInteger(a)) return a;
    if (!(a instanceof Float)) throw errorIn("badarg", "erlang", name, [a]);
    const value = round(a.value) + 0;
    return value <= MAX_SAFE && value >= MIN_SAFE ? value : BigInt(value);
  };
}

export const trunc = rounding("trunc", Math.trunc);
export const floor = rounding("floor", Math.floor);
export const ceil = rounding("ceil", Math.ceil);
/** Halves away from zero. */
export const round = rounding("round", (value) => {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
});

export function max(a: Term, b: Term): Term {
  return compareTerms(a, b) < 0 ? b : a;
}

export function min(a: Term, b: Term): Term {
  return compareTerms(a, b) > 0 ? b : a;
}

export const erlangArithmetic: NativeModule = {
  module: "erlang",
  functions: {
    "+/2": add,
    "-/2": sub,
    "*/2": mul,
    "//2": divide,
    "div/2": div,
    "rem/2": rem,
    "+/1": plus,
    "-/1": negate,
    "abs/1": abs,
    "band/2": band,
    "bor/2": bor,
    "bxor/2": bxor,
    "bnot/1": bnot,
    "bsl/2": bsl,
    "bsr/2": bsr,
    "float/1": toFloat,
    "trunc/1": trunc,
    "floor/1": floor,
    "ceil/1": ceil,
    "round/1": round,
    "max/2": max,
    "min/2": min,
  },
};
