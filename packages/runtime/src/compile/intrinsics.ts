/**
 * The one table of functions that compiled code does not call through an export cell: operators and guards of
 * `:erlang`. Each says how its common case is written in JavaScript and when that case holds; the rest
 * goes to the native function of the same name, which also raises the errors.
 *
 * `t` is a scratch variable that every emitted function may declare.
 */
import { Atom } from "../term/atom.ts";
import { EMPTY } from "../term/list.ts";
import { Float } from "../term/number.ts";
import { type Expr, js, Lit, type Operand } from "./ir.ts";

export interface Inline {
  /** Holds when `value` or `test` may be used; absent when they always may. */
  readonly requires?: Expr;
  /** Whether the function raises exactly when `requires` fails. */
  readonly exact?: boolean;
  /** The result as a term. */
  readonly value?: Expr;
  /** The result as a JavaScript condition. */
  readonly test?: Expr;
}

type Emit = (...args: Operand[]) => Inline;

/** The literal integer of an operand that compiles to a JavaScript number. */
function integerOf(x: Operand): number | null {
  return x instanceof Lit && typeof x.term === "number" ? x.term : null;
}

/** Text of the condition that all these operands are small integers; literals need no check. */
function numbers(...operands: Operand[]): Expr {
  let result: Expr | null = null;
  for (const x of operands) {
    if (integerOf(x) !== null) continue;
    const check = js`typeof ${x} === "number"`;
    result = result === null ? check : js`${result} && ${check}`;
  }
  return result ?? js`true`;
}

function literalNonInteger(x: Operand): boolean {
  return x instanceof Lit && typeof x.term !== "number";
}

const SMALL = "(t <= 9007199254740991 && t >= -9007199254740991)";

function additive(operator: string): Emit {
  return (a, b) => ({
    requires: js`${numbers(a, b)} && ((t = ${a} ${operator} ${b}) === (t | 0) || ${SMALL})`,
    value: js`t`,
  });
}

function multiply(a: Operand, b: Operand): Inline {
  // Adding zero turns -0 into the integer 0.
  return { requires: js`${numbers(a, b)} && ((t = ${a} * ${b}), ${SMALL})`, value: js`t + 0` };
}

function quotient(value: (a: Operand, b: Operand) => Expr): Emit {
  return (a, b) => {
    const divisor = integerOf(b);
    if (divisor === 0) return { requires: js`false`, value: js`0` };
    return {
      requires: divisor === null ? js`${numbers(a, b)} && ${b} !== 0` : numbers(a),
      value: value(a, b),
    };
  };
}

/** Bit operations of JavaScript are of 32 bits. */
function bitwise(operator: string): Emit {
  return (a, b) => ({
    requires: js`${numbers(a, b)} && ${a} === (${a} | 0) && ${b} === (${b} | 0)`,
    value: js`${a} ${operator} ${b}`,
  });
}

function shift(operator: ">>" | "<<"): Emit {
  return (a, b) => {
    const by = integerOf(b);
    const amount =
      by === null
        ? js`typeof ${b} === "number" && ${b} >= 0 && ${b} < 32`
        : by >= 0 && by < 32
          ? js`true`
          : js`false`;
    if (operator === ">>")
      return { requires: js`${numbers(a)} && ${a} === (${a} | 0) && ${amount}`, value: js`${a} >> ${b}` };
    // A left shift is a product while that is safe.
    if (by === null || by > 30 || by < 0) return { requires: js`false`, value: js`0` };
    return { requires: js`${numbers(a)} && ((t = ${a} * ${2 ** by}), ${SMALL})`, value: js`t` };
  };
}

function order(operator: string): Emit {
  return (a, b) => {
    if (literalNonInteger(a) || literalNonInteger(b))
      return { test: js`compareTerms(${a}, ${b}) ${operator} 0` };
    return { test: js`(${numbers(a, b)} ? ${a} ${operator} ${b} : compareTerms(${a}, ${b}) ${operator} 0)` };
  };
}

/** Whether `===` decides equality with this literal in both senses. */
function isIdentity(x: Operand): boolean {
  return x instanceof Lit && (x.term instanceof Atom || x.term === EMPTY);
}

export function strictTest(a: Operand, b: Operand): Expr {
  if (isIdentity(a) || isIdentity(b) || integerOf(a) !== null || integerOf(b) !== null)
    return js`${a} === ${b}`;
  if (a instanceof Lit) [a, b] = [b, a];
  return js`(${a} === ${b} || (typeof ${a} === "object" && strictEquals(${a}, ${b})))`;
}

export function looseTest(a: Operand, b: Operand): Expr {
  if (isIdentity(a) || isIdentity(b)) return js`${a} === ${b}`;
  if (integerOf(a) !== null) [a, b] = [b, a];
  if (integerOf(b) !== null)
    return js`(${a} === ${b} || (typeof ${a} === "object" && looseEquals(${a}, ${b})))`;
  return js`(${a} === ${b} || ((typeof ${a} !== "number" || typeof ${b} !== "number") && looseEquals(${a}, ${b})))`;
}

function negated(test: (a: Operand, b: Operand) => Expr): Emit {
  return (a, b) => ({ test: js`!${parenthesised(test(a, b))}` });
}

export function parenthesised(e: Expr): Expr {
  const [first] = e.parts;
  // What begins with `(-` begins with a negative literal.
  return typeof first === "string" && /^\((?!-)/.test(first) && e.parts.length === 1 ? e : js`(${e})`;
}

function instance(type: string): Emit {
  return (x) => ({ test: js`${x} instanceof ${type}` });
}

function field(type: string, name: string): Emit {
  return (x) => ({ requires: js`${x} instanceof ${type}`, exact: true, value: js`${x}.${name}` });
}

const inlines: Record<string, Emit> = {
  "+/2": additive("+"),
  "-/2": additive("-"),
  "*/2": multiply,
  "div/2": quotient((a, b) => js`Math.trunc(${a} / ${b}) + 0`),
  "rem/2": quotient((a, b) => js`(${a} % ${b}) + 0`),
  "-/1": (a) => ({ requires: js`${numbers(a)} && ${a} !== 0`, value: js`-${a}` }),
  "band/2": bitwise("&"),
  "bor/2": bitwise("|"),
  "bxor/2": bitwise("^"),
  "bsr/2": shift(">>"),
  "bsl/2": shift("<<"),

  "</2": order("<"),
  ">/2": order(">"),
  "=</2": order("<="),
  ">=/2": order(">="),
  "==/2": (a, b) => ({ test: looseTest(a, b) }),
  "/=/2": negated(looseTest),
  "=:=/2": (a, b) => ({ test: strictTest(a, b) }),
  "=/=/2": negated(strictTest),

  "is_atom/1": instance("Atom"),
  "is_binary/1": (x) => ({ test: js`(${x} instanceof Bitstring && ${x}.isBinary)` }),
  "is_bitstring/1": instance("Bitstring"),
  "is_boolean/1": (x) => ({ test: js`(${x} === TRUE || ${x} === FALSE)` }),
  "is_float/1": instance("Float"),
  "is_function/1": instance("Fun"),
  "is_integer/1": (x) => ({ test: js`(typeof ${x} === "number" || typeof ${x} === "bigint")` }),
  "is_list/1": (x) => ({ test: js`(${x} instanceof Cons || ${x} === EMPTY)` }),
  "is_map/1": instance("TermMap"),
  "is_number/1": (x) => ({
    test: js`(typeof ${x} === "number" || ${x} instanceof Float || typeof ${x} === "bigint")`,
  }),
  "is_pid/1": instance("Pid"),
  "is_port/1": instance("Port"),
  "is_reference/1": instance("Reference"),
  "is_tuple/1": instance("Tuple"),
  "is_function/2": (f, arity) =>
    (integerOf(arity) ?? -1) >= 0
      ? { test: js`(${f} instanceof Fun && ${f}.arity === ${arity})` }
      : { requires: js`false`, value: js`FALSE` },
  "is_map_key/2": (key, map) => ({
    requires: js`${map} instanceof TermMap`,
    exact: true,
    test: js`mapGet(${map}, ${key}) !== undefined`,
  }),
  "not/1": (x) => ({
    requires: js`(${x} === TRUE || ${x} === FALSE)`,
    exact: true,
    test: js`${x} === FALSE`,
  }),

  "hd/1": field("Cons", "head"),
  "tl/1": field("Cons", "tail"),
  "tuple_size/1": field("Tuple", "size"),
  "map_size/1": field("TermMap", "size"),
  "byte_size/1": field("Bitstring", "byteLength"),
  "bit_size/1": field("Bitstring", "bitLength"),
  "element/2": (index, of) => {
    const i = integerOf(index);
    if (i === null || i < 1) return { requires: js`false`, value: js`0` };
    return {
      requires: js`${of} instanceof Tuple && ${of}.size >= ${i}`,
      exact: true,
      value: js`${of}.at(${i - 1})`,
    };
  },
  "map_get/2": (key, map) => ({
    requires: js`${map} instanceof TermMap && (t = mapGet(${map}, ${key})) !== undefined`,
    exact: true,
    value: js`t`,
  }),
  "self/0": () => ({ value: js`S.p` }),
};

/** Natives of `:erlang` that never suspend, and that compiled code calls without the checks for it. */
const direct = new Set(
  (
    "//2 +/1 abs/1 bnot/1 float/1 trunc/1 floor/1 ceil/1 round/1 max/2 min/2 ++/2 --/2 length/1 setelement/3 " +
    "and/2 or/2 xor/2 is_record/2 is_record/3 binary_part/3 append_element/2 tuple_to_list/1 list_to_tuple/1 " +
    "atom_to_binary/1 integer_to_binary/1"
  ).split(" "),
);

export type Intrinsic = { readonly inline: Inline | null };

/** How to compile a call of `:erlang.name(args)`; `null` when it is an ordinary call. */
export function intrinsic(name: string, args: readonly Operand[]): Intrinsic | null {
  const key = `${name}/${args.length}`;
  const emit = inlines[key];
  if (emit === undefined) return direct.has(key) ? { inline: null } : null;
  const inline = emit(...args);
  // Arithmetic on literals that are no integers has no fast case.
  if (inline.requires !== undefined && args.some(literalNonInteger) && /^[-+*]|^div|^rem|^b/.test(name)) {
    return { inline: null };
  }
  return { inline };
}

/**
 * What errors of arithmetic tell, as on OTP: a literal stands on the right where the operands may change places, and nothing is told
 * where the machine has an instruction for floats, or for a small literal.
 */
export function told(name: string, args: readonly Operand[]): { args: readonly Operand[]; untold: boolean } {
  const [a, b] = args;
  if (b === undefined) return { args, untold: name === "+" };
  if (a instanceof Lit && !(b instanceof Lit) && /^([+*]|b[aox]\w+)$/.test(name)) return told(name, [b, a]);
  const isFloat = args.some((one) => one instanceof Lit && one.term instanceof Float);
  const literal = integerOf(b) ?? Number.NaN;
  const untold =
    name === "/" ||
    (name === "-" ? literal >= 0 : name === "+" && !Number.isNaN(literal)) ||
    (/^[-+*]$/.test(name) && isFloat);
  return { args, untold };
}

export function isIntrinsic(name: string, arity: number): boolean {
  const key = `${name}/${arity}`;
  return key in inlines || direct.has(key);
}

/** Names whose result is `true` or `false` whenever there is one. */
export function isPredicate(name: string, arity: number): boolean {
  if (name === "andalso" || name === "orelse") return false;
  return (
    (/^(is_|not$)/.test(name) || /^(<|>|=<|>=|==|\/=|=:=|=\/=)$/.test(name)) && `${name}/${arity}` in inlines
  );
}
