/** Numbers that processes share: `:atomics` and `:counters`. */
import {
  atom,
  badarg,
  errorIn,
  FALSE,
  Float,
  integer,
  listToArray,
  makeReference,
  mapFrom,
  OK,
  type Raised,
  Reference,
  type Term,
  TRUE,
  Tuple,
  Tuple2,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

const ATOMICS = atom("atomics");
const WRITE_CONCURRENCY = atom("write_concurrency");

/** An array of 64-bit integers; a reference to the program. */
class Cells extends Reference {
  readonly values: BigInt64Array;
  readonly signed: boolean;

  constructor(size: number, signed: boolean) {
    const { node, id } = makeReference();
    super(node, id);
    this.values = new BigInt64Array(size);
    this.signed = signed;
  }

  get(index: number): Term {
    const value = this.values[index];
    return integer(this.signed ? value : BigInt.asUintN(64, value));
  }
}

/** What a counter is to the program: `{:atomics, reference}`, or how it was asked for in place of `atomics`. */
function held(module: string, of: Term): Term {
  if (module === "atomics") return of;
  return of instanceof Tuple2 && (of.a === ATOMICS || of.a === WRITE_CONCURRENCY) ? of.b : FALSE;
}

function cells(module: string, name: string, args: Term[]): { of: Cells; index: number } {
  const index = args[1];
  const of = held(module, args[0]);
  if (!(of instanceof Cells) || typeof index !== "number" || index < 1 || index > of.values.length)
    throw badarg(module, name, args);
  return { of, index: index - 1 };
}

function bigint(module: string, name: string, of: Cells, value: Term, args: Term[]): bigint {
  if (typeof value !== "number" && typeof value !== "bigint") {
    // To subtract is to add the negative.
    if (name === "sub" && !(value instanceof Float)) throw errorIn("badarith", module, name, args);
    throw badarg(module, name, args);
  }
  const big = BigInt(value);
  const isDifference = name.startsWith("add") || name.startsWith("sub");
  const [asSigned, asUnsigned] = [BigInt.asIntN(64, big) === big, BigInt.asUintN(64, big) === big];
  const fits = isDifference ? asSigned || asUnsigned : of.signed ? asSigned : asUnsigned;
  if (!fits) throw badarg(module, name, args);
  return big;
}

function change(module: string, name: string, apply: (of: Cells, index: number, by: bigint) => Term) {
  return (...args: Term[]): Term => {
    const { of, index } = cells(module, name, args);
    return apply(of, index, bigint(module, name, of, args[2], args));
  };
}

function create(module: string, size: Term, options: Term): Term {
  const settings = listToArray(options);
  const fail = (): Raised => badarg(module, "new", [size, options]);
  const isHuge = typeof size === "bigint" && size > 0n;
  if ((typeof size !== "number" && !isHuge) || (size as number) < 1 || settings === null) throw fail();
  let signed = true;
  let kind = ATOMICS;
  for (const setting of settings) {
    if (
      module === "counters" &&
      settings.length === 1 &&
      (setting === ATOMICS || setting === WRITE_CONCURRENCY)
    ) {
      kind = setting;
      continue;
    }
    const [key, value] = setting instanceof Tuple ? setting.toArray() : [];
    if (key !== atom("signed") || (value !== TRUE && value !== FALSE)) throw fail();
    signed = value === TRUE;
  }
  if (typeof size !== "number" || size > 2 ** 27)
    throw errorIn("system_limit", module, "new", [size, options]);
  const made = new Cells(size, signed);
  return module === "counters" ? new Tuple2(kind, made) : made;
}

function add(of: Cells, index: number, by: bigint): Term {
  of.values[index] += by;
  return OK;
}

function subtract(of: Cells, index: number, by: bigint): Term {
  of.values[index] -= by;
  return OK;
}

function put(of: Cells, index: number, value: bigint): Term {
  of.values[index] = value;
  return OK;
}

function read(module: string) {
  return (...args: Term[]): Term => {
    const { of, index } = cells(module, "get", args);
    return of.get(index);
  };
}

function info(module: string) {
  return (given: Term): Term => {
    const of = held(module, given);
    if (!(of instanceof Cells)) throw badarg(module, "info", [given]);
    const facts: [string, Term][] = [
      ["size", of.values.length],
      ["memory", of.values.length * 8 + 40],
    ];
    if (of === given || (given as Tuple2).a === ATOMICS) {
      facts.push(["max", integer(of.signed ? 2n ** 63n - 1n : 2n ** 64n - 1n)]);
      facts.push(["min", of.signed ? -(2n ** 63n) : 0]);
    }
    return mapFrom(facts.map(([key, value]) => [atom(key), value] as const));
  };
}

export const atomics: NativeModule = {
  module: "atomics",
  functions: {
    "new/2": (size, options) => create("atomics", size, options),
    "put/3": change("atomics", "put", put),
    "get/2": read("atomics"),
    "add/3": change("atomics", "add", add),
    "sub/3": change("atomics", "sub", subtract),
    "add_get/3": change("atomics", "add_get", (of, index, by) => {
      add(of, index, by);
      return of.get(index);
    }),
    "sub_get/3": change("atomics", "sub_get", (of, index, by) => {
      subtract(of, index, by);
      return of.get(index);
    }),
    "exchange/3": change("atomics", "exchange", (of, index, value) => {
      const old = of.get(index);
      put(of, index, value);
      return old;
    }),
    "compare_exchange/4": (...args) => {
      const { of, index } = cells("atomics", "compare_exchange", args);
      const expected = bigint("atomics", "compare_exchange", of, args[2], args);
      const desired = bigint("atomics", "compare_exchange", of, args[3], args);
      if (of.values[index] !== BigInt.asIntN(64, expected)) return of.get(index);
      put(of, index, desired);
      return OK;
    },
    "info/1": info("atomics"),
  },
};

export const counters: NativeModule = {
  module: "counters",
  functions: {
    "new/2": (size, options) => create("counters", size, options),
    "get/2": read("counters"),
    "put/3": change("counters", "put", put),
    "add/3": change("counters", "add", add),
    "sub/3": change("counters", "sub", subtract),
    "info/1": info("counters"),
  },
};
