/** `:math`. Arguments outside a function's domain and results beyond floats are `badarith`, as in Erlang. */
import { badarg, errorIn, Float, type Term } from "../term/index.ts";
import type { NativeModule } from "./native.ts";

function double(term: Term): number | null {
  if (typeof term === "number") return term;
  if (term instanceof Float) return term.value;
  if (typeof term !== "bigint") return null;
  const value = Number(term);
  return Number.isFinite(value) ? value : Number.NaN;
}

function lift(name: string, compute: (...values: number[]) => number) {
  return (...args: Term[]): Term => {
    const values = args.map(double);
    if (values.includes(null)) throw badarg("math", name, args);
    const result = compute(...(values as number[]));
    if (!Number.isFinite(result)) throw errorIn("badarith", "math", name, args);
    return new Float(result);
  };
}

/** The error function by a series without cancellation, or from the other end where that is 1 nearly. */
function erf(x: number): number {
  if (x < 0) return -erf(-x);
  if (x > 3) return 1 - erfc(x);
  let term = x;
  let sum = x;
  for (let n = 1; term > 1e-18 * sum; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** `1 - erf(x)`, by a continued fraction where the difference would lose digits. */
function erfc(x: number): number {
  if (x < 1) return 1 - erf(x);
  let fraction = 0;
  for (let k = 400; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** JavaScript's gives an answer where C says that there is none. */
function power(base: number, exponent: number): number {
  if (base === 1 || exponent === 0) return 1;
  return base ** exponent;
}

const FUNCTIONS: Record<string, (...values: number[]) => number> = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: (x) => (x <= 0 ? Number.NaN : Math.log(x)),
  log2: (x) => (x <= 0 ? Number.NaN : Math.log2(x)),
  log10: (x) => (x <= 0 ? Number.NaN : Math.log10(x)),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  erf,
  erfc,
  floor: Math.floor,
  ceil: Math.ceil,
};

export const math: NativeModule = {
  module: "math",
  functions: {
    ...Object.fromEntries(
      Object.entries(FUNCTIONS).map(([name, compute]) => [`${name}/1`, lift(name, compute)]),
    ),
    "pi/0": () => new Float(Math.PI),
    "tau/0": () => new Float(2 * Math.PI),
    "pow/2": lift("pow", power),
    "atan2/2": lift("atan2", Math.atan2),
    "fmod/2": lift("fmod", (a, b) => a % b),
  },
};
