/**
 * The generators of `:rand`: Xorshift and Xoroshiro of 58 bits with different scramblers, and Xorshift1024*. Arithmetic
 * is on BigInts, as the words are too wide for numbers. States are arrays of words, the one used next in front
 * where the algorithm has an order; `export` and `import` give them the shape that Erlang shows.
 */
import {
  atom,
  binary,
  Cons,
  EMPTY,
  Float,
  Fun,
  integer,
  list,
  listToArray,
  mapFrom,
  type Term,
  Tuple,
  tuple,
} from "../term/index.ts";
import { jump } from "./rand-jump.ts";
import { ziggurat } from "./ziggurat.ts";

export const M58 = (1n << 58n) - 1n;
export const M64 = (1n << 64n) - 1n;
const M56 = (1n << 56n) - 1n;
const M51 = (1n << 51n) - 1n;

type State = readonly bigint[];

interface Algorithm {
  /** Low bits that are not random enough for large ranges. */
  readonly weakBits: number;
  next(state: State): [bigint, State];
  seed(a: bigint, b: bigint, c: bigint): State;
  /** How many words a seed of one integer fills. */
  readonly words: number;
  export(state: State): Term;
  import(term: Term): State | null;
}

function rotate(x: bigint, n: bigint): bigint {
  return ((x << n) & M58) | (x >> (58n - n));
}

export function splitmix(x: bigint): [bigint, bigint] {
  const next = (x + 0x9e3779b97f4a7c15n) & M64;
  let z = ((next ^ (next >> 30n)) * 0xbf58476d1ce4e5b9n) & M64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & M64;
  return [z ^ (z >> 31n), next];
}

/** A word of 58 bits that is not zero, and the seed to go on with. */
function seed58(x: bigint): [bigint, bigint] {
  for (;;) {
    const [z, next] = splitmix(x);
    x = next;
    if ((z & M58) !== 0n) return [z & M58, x];
  }
}

export function seeds58(count: number, x: bigint): bigint[] {
  const words: bigint[] = [];
  for (let i = 0; i < count; i++) {
    const [z, next] = seed58(x);
    words.push(z);
    x = next;
  }
  return words;
}

export function seeds64(count: number, x: bigint): bigint[] {
  const words: bigint[] = [];
  while (words.length < count) {
    const [z, next] = splitmix(x);
    x = next;
    if (z !== 0n) words.push(z);
  }
  return words;
}

function starStar(s: bigint): bigint {
  const v = rotate((s + (s << 2n)) & M58, 7n);
  return (v + (v << 3n)) & M58;
}

function xorshift(s0: bigint, s1: bigint): bigint {
  const x = (s1 ^ (s1 << 24n)) & M58;
  return x ^ s0 ^ (x >> 11n) ^ (s0 >> 41n);
}

const PRIMES = [4294967197n, 4294967231n, 4294967279n];
const scaled = (value: bigint, i: number): bigint => (value * PRIMES[i] + 1n) & M58;

export const pairExport = ([a, b]: State): Term => new Cons(integer(a), integer(b));
export const pairImport = (term: Term): State | null =>
  term instanceof Cons && isInteger(term.head) && isInteger(term.tail)
    ? [BigInt(term.head), BigInt(term.tail)]
    : null;

export function isInteger(term: Term | undefined): term is number | bigint {
  return typeof term === "number" || typeof term === "bigint";
}

/** Xorshift116+, which programs may call by itself. */
export function exspNext([s1, s0]: State): [bigint, State] {
  const next = xorshift(s0, s1);
  return [(s0 + next) & M58, [s0, next]];
}

function exropState(s0: bigint, s1: bigint): State {
  const x = s1 ^ s0;
  return [rotate(s0, 24n) ^ x ^ ((x << 2n) & M58), rotate(x, 35n)];
}

const exsss: Algorithm = {
  weakBits: 0,
  words: 2,
  next: ([s1, s0]) => [starStar(s0), [s0, xorshift(s0, s1)]],
  seed: (a, b, c) => {
    const [, x1] = seed58(a & M64);
    const [s0, x2] = seed58((b & M64) ^ x1);
    const [s1] = seed58((c & M64) ^ x2);
    return [s0, s1];
  },
  export: pairExport,
  import: pairImport,
};

const exsp: Algorithm = {
  weakBits: 1,
  words: 2,
  next: exspNext,
  seed: (a, b, c) => {
    const [, r1] = exspNext([scaled(a, 0), scaled(b, 1)]);
    return exspNext([scaled(c, 2), r1[1]])[1];
  },
  export: pairExport,
  import: pairImport,
};

const exrop: Algorithm = {
  weakBits: 1,
  words: 2,
  next: ([s0, s1]) => [(s0 + s1) & M58, exropState(s0, s1)],
  seed: (a, b, c) => exropState(scaled(c, 2), exropState(scaled(a, 0), scaled(b, 1))[1]),
  export: pairExport,
  import: pairImport,
};

/** Sixteen words, the next one first; Erlang keeps them in two lists. */
const exro928ss: Algorithm = {
  weakBits: 0,
  words: 16,
  next: ([s15, s0, ...rest]) => {
    const q = s15 ^ s0;
    return [starStar(s0), [rotate(q, 45n), ...rest, rotate(s0, 44n) ^ q ^ ((q << 9n) & M58)]];
  },
  seed: (a, b, c) => {
    const [s0, x0] = seed58(a & M64);
    const [s1, x1] = seed58((b & M64) ^ x0);
    const [s2, x2] = seed58((c & M64) ^ x1);
    return [s0, s1, s2, ...seeds58(13, x2)];
  },
  export: (state) => tuple(list(state.map(integer)), EMPTY),
  import: (term) => {
    const front = term instanceof Tuple && term.size === 2 ? listToArray(term.at(0)) : null;
    const back = front === null ? null : listToArray((term as Tuple).at(1));
    if (front === null || back === null) return null;
    return [...front, ...back.reverse()].map((word) => BigInt(word as number | bigint));
  },
};

/** Xorshift1024* as Erlang has it: the words in two lists, the first of the front being the current one. */
const exs1024s: Algorithm = {
  weakBits: 3,
  words: 16,
  next: ([s0, s1, ...rest]) => {
    let x = s1 ^ ((s1 << 31n) & M64);
    x ^= x >> 11n;
    const next = x ^ s0 ^ (s0 >> 30n);
    return [(next * 1181783497276652981n) & M64, [next, ...rest, s0]];
  },
  seed: (a, b, c) => {
    const word = (value: bigint, prime: bigint) => (((value & 0x1fffffn) + 1n) * prime) & 0x1fffffn;
    let r = (word(a, 2097131n) << 43n) | (word(b, 2097133n) << 22n) | (word(c, 2097143n) << 1n) | 1n;
    const words: bigint[] = [];
    for (let i = 0; i < 16; i++) {
      r ^= r >> 12n;
      r ^= (r << 25n) & M64;
      r ^= r >> 27n;
      words.unshift((r * 2685821657736338717n) & M64);
    }
    return words;
  },
  export: (state) => tuple(list(state.map(integer)), EMPTY),
  import: exro928ss.import,
};

function exs64Next(state: bigint): [bigint, bigint] {
  let r = state ^ (state >> 12n);
  r ^= (r << 25n) & M64;
  r ^= r >> 27n;
  return [(r * 2685821657736338717n) & M64, r];
}

/** Xorshift64*: one word. */
const exs64: Algorithm = {
  weakBits: 3,
  words: 1,
  next: ([r]) => {
    const [value, next] = exs64Next(r);
    return [value, [next]];
  },
  seed: (...parts) => {
    const values = parts.map((part, i) => exs64Next(((part & 0xffffffffn) * PRIMES[i] + 1n) & M64)[0]);
    return [((values[0] * values[1] * values[2]) % (M64 - 1n)) + 1n];
  },
  export: ([r]) => integer(r),
  import: (term) => (isInteger(term) ? [BigInt(term)] : null),
};

export const ALGORITHMS: Record<string, Algorithm> = {
  exsss,
  exsp,
  exsplus: exsp,
  exrop,
  exro928ss,
  exs1024s,
  exs1024: exs1024s,
  exs64,
};
const BITS: Record<string, number> = { exs1024s: 64, exs1024: 64, exs64: 64 };
/** The oldest algorithms keep the ways of drawing that they have always had: all bits, with their small biases. */
const OLD = new Set(["exs64", "exsplus", "exs1024"]);

/** By algorithm the names of the functions that Erlang draws, jumps and draws floats with, and their places among the funs of `:rand`. */
const FUNS: Record<string, [next: [string, number], jump?: [string, number], uniform?: [string, number]]> = {
  exsss: [
    ["exsss_next", 0],
    ["exsplus_jump", 3],
    ["exsss_uniform", 1],
  ],
  exsp: [
    ["exsp_next", 5],
    ["exsplus_jump", 3],
    ["exsp_uniform", 7],
  ],
  exsplus: [
    ["exsp_next", 5],
    ["exsplus_jump", 3],
  ],
  exrop: [
    ["exrop_next", 14],
    ["exrop_jump", 17],
    ["exrop_uniform", 15],
  ],
  exro928ss: [
    ["exro928ss_next", 19],
    ["exro928_jump", 22],
    ["exro928ss_uniform", 20],
  ],
  exs1024s: [
    ["exs1024_next", 11],
    ["exs1024_jump", 12],
  ],
  exs1024: [
    ["exs1024_next", 11],
    ["exs1024_jump", 12],
  ],
  exs64: [["exs64_next", 9]],
};

const handlers = new Map<string, Term>();

/** The first element of an algorithm's states, the same term each time. */
export function handlerOf(name: string): Term {
  let handler = handlers.get(name);
  if (handler === undefined) {
    handler = mapFrom([[atom("type"), atom(name)], ...limits(name), ...funs(name)]);
    handlers.set(name, handler);
  }
  return handler;
}

/** The fun of the handlers that has this place in the module. */
export function handlerFun(index: number): Fun | null {
  for (const name in ALGORITHMS) {
    const found = funs(name).find(([, fun]) => (fun as Fun).info.index === index);
    if (found !== undefined) return found[1] as Fun;
  }
  return null;
}

function limits(name: string): [Term, Term][] {
  const bits = BITS[name] ?? 58;
  if (OLD.has(name)) return [[atom("max"), integer((1n << BigInt(bits)) - 1n)]];
  const { weakBits } = ALGORITHMS[name];
  const weak: [Term, Term][] = weakBits > 0 ? [[atom("weak_low_bits"), weakBits]] : [];
  return [[atom("bits"), bits], ...weak];
}

/** What draws from a state, as programs may call it: `next` takes the words, the others the whole state. */
function funs(name: string): [Term, Term][] {
  const { import: read, export: shown } = ALGORITHMS[name];
  const generator = (words: Term) => new Generator(name, read(words) as State);
  const held = (state: Term) => generator((state as Tuple).at(1));
  const [next, jumps, uniform] = FUNS[name];
  const found: [Term, Term][] = [];
  const add = (
    key: string,
    [of, index]: [string, number],
    arity: number,
    code: (...args: Term[]) => Term,
  ) => {
    const info = { module: atom("rand"), name: atom(of), arity, index };
    found.push([atom(key), new Fun((_fun, ...args) => code(...args), info)]);
  };
  add("next", next, 1, (words) => {
    const from = generator(words);
    return tuple(integer(from.next()), shown(from.state));
  });
  if (jumps !== undefined)
    add("jump", jumps, 1, (state) => {
      const from = held(state);
      jump(from);
      return from.term;
    });
  if (uniform !== undefined) {
    add("uniform", uniform, 1, (state) => {
      const from = held(state);
      return tuple(new Float(from.uniform()), from.term);
    });
    add("uniform_n", [uniform[0], uniform[1] + 1], 2, (range, state) => {
      const from = held(state);
      return tuple(integer(from.uniformInteger(BigInt(range as number))), from.term);
    });
  }
  return found;
}

export class Generator {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly bits: number;
  readonly #isOld: boolean;
  state: State;

  constructor(name: string, state: State) {
    this.name = name;
    this.algorithm = ALGORITHMS[name];
    this.bits = BITS[name] ?? 58;
    this.#isOld = OLD.has(name);
    this.state = state;
  }

  next(): bigint {
    const [value, state] = this.algorithm.next(this.state);
    this.state = state;
    return value;
  }

  uniform(): number {
    if (this.#isOld) return Number(this.next()) * 2 ** -this.bits;
    return Number(this.next() >> BigInt(this.bits - 53)) * 2 ** -53;
  }

  /** Above 0.0, with 53 significant bits however small it is: as many draws of 56 bits as that takes. */
  uniformReal(): number {
    const draw = () => (this.#isOld ? this.next() & M56 : this.next() >> BigInt(this.bits - 56));
    let value = draw();
    let scale = -56;
    // No float is as small as twenty zeros in a row would make it.
    while (value < 1n << 52n && scale > -1064) {
      value = (value << 56n) | draw();
      scale -= 56;
    }
    const surplus = Math.max(0, value.toString(2).length - 53);
    return Number(value >> BigInt(surplus)) * 2 ** (scale + surplus);
  }

  /** From 1 to the range, without bias. */
  uniformInteger(range: bigint): bigint {
    const full = 1n << BigInt(this.bits);
    if (this.#isOld && range < full) return (this.next() % range) + 1n;
    if (this.#isOld) return BigInt(Math.floor(this.uniform() * Number(range))) + 1n;
    for (;;) {
      const value = this.next();
      if (range > full) return this.large(range, value);
      if (value < range) return value + 1n;
      const i = value % range;
      if (value - i <= full - range) return i + 1n;
    }
  }

  /** Ranges of more bits than one draw has. */
  private large(range: bigint, first: bigint): bigint {
    const shift = BigInt(this.bits - this.algorithm.weakBits);
    const mask = ~((1n << BigInt(this.algorithm.weakBits)) - 1n);
    const draw = (needed: bigint, start: bigint): [bigint, bigint] => {
      let value = start;
      let bits = BigInt(this.bits);
      for (let rest = needed; rest > 1n; rest >>= shift) {
        value = ((value & mask) << shift) | this.next();
        bits += shift;
      }
      return [value, bits];
    };
    if ((range & (range - 1n)) === 0n)
      return (draw(range >> BigInt(this.bits), first)[0] & (range - 1n)) + 1n;
    for (let start = first; ; start = this.next()) {
      const [value, bits] = draw(range >> BigInt(this.bits - 2), start);
      const i = value % range;
      if (value - i <= (1n << bits) - range) return i + 1n;
    }
  }

  /** Of the standard normal distribution. */
  normal(): number {
    const bits = BigInt(this.bits);
    const next = () => {
      const value = this.next();
      if (this.#isOld) return [((value >> 51n) & 1n) === 1n, Number(value & M51)] as const;
      // The sign is the bit below those of the draw.
      return [((value >> (bits - 52n)) & 1n) === 1n, Number(value >> (bits - 51n))] as const;
    };
    return ziggurat(next, () => this.uniform());
  }

  get term(): Term {
    return tuple(handlerOf(this.name), this.algorithm.export(this.state));
  }

  get exported(): Term {
    return tuple(atom(this.name), this.algorithm.export(this.state));
  }

  bytes(count: number): Term {
    const result = new Uint8Array(count);
    const bits = this.#isOld ? 58 : this.bits;
    const whole = Math.floor((bits - (this.#isOld ? 2 : this.algorithm.weakBits)) / 8);
    for (let at = 0; at < count; ) {
      const size = Math.min(whole, count - at);
      // The last part comes from lower bits than the others.
      const unused = count - at > whole ? bits - whole * 8 : (whole - size) * 8;
      const value = this.next() >> BigInt(unused);
      for (let i = 0; i < size; i++) result[at + i] = Number((value >> BigInt(8 * (size - 1 - i))) & 0xffn);
      at += size;
    }
    return binary(result);
  }
}
