/** `:math`. Arguments outside a function's domain and results beyond floats are `badarith`, as in Erlang. */
import { badarg, errorIn, Float, type Term } from "../term/index.ts";
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  cos,
  cosh,
  exp,
  log,
  log2,
  log10,
  sin,
  sinh,
  tan,
} from "./accurate-math.ts";
import { erf, erfc } from "./error-function.ts";
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

/** Of one argument: without arrays, as most are. */
function liftOne(name: string, compute: (value: number) => number) {
  return (x: Term): Term => {
    const value = x instanceof Float ? x.value : double(x);
    if (value === null) throw badarg("math", name, [x]);
    const result = compute(value);
    if (!Number.isFinite(result)) throw errorIn("badarith", "math", name, [x]);
    return new Float(result);
  };
}

/** JavaScript's gives an answer where C says that there is none. */
function power(base: number, exponent: number): number {
  if (base === 1 || exponent === 0) return 1;
  return base ** exponent;
}

const FUNCTIONS: Record<string, (value: number) => number> = {
  sqrt: Math.sqrt,
  exp,
  log: (x) => (x <= 0 ? Number.NaN : log(x)),
  log2: (x) => (x <= 0 ? Number.NaN : log2(x)),
  log10: (x) => (x <= 0 ? Number.NaN : log10(x)),
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh: Math.tanh,
  asinh,
  acosh,
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
      Object.entries(FUNCTIONS).map(([name, compute]) => [`${name}/1`, liftOne(name, compute)]),
    ),
    "pi/0": () => new Float(Math.PI),
    "tau/0": () => new Float(2 * Math.PI),
    "pow/2": lift("pow", power),
    "atan2/2": lift("atan2", atan2),
    "fmod/2": lift("fmod", (a, b) => a % b),
  },
};
