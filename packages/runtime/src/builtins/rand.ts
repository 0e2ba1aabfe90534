/**
 * `:rand`: the generators of Erlang with the same sequences for the same seeds. Arithmetic is on BigInts, as
 * the generators work on 58 bits. A state is `{handler, state}`; the process's own is in its dictionary
 * under `rand_seed`. The handler is a map that names the algorithm.
 */
import { currentScheduler } from "../scheduler/scheduler.ts";
import {
  Atom,
  atom,
  badarg,
  binary,
  Cons,
  EMPTY,
  errorIn,
  Float,
  integer,
  list,
  listToArray,
  mapFrom,
  mapGet,
  type Raised,
  type Term,
  TermMap,
  Tuple,
  tuple,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";
import { erlangDictionary } from "./process-dict.ts";

const M58 = (1n << 58n) - 1n;
const M64 = (1n << 64n) - 1n;

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

function splitmix(x: bigint): [bigint, bigint] {
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

function seeds58(count: number, x: bigint): bigint[] {
  const words: bigint[] = [];
  for (let i = 0; i < count; i++) {
    const [z, next] = seed58(x);
    words.push(z);
    x = next;
  }
  return words;
}

function seeds64(count: number, x: bigint): bigint[] {
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

const pairExport = ([a, b]: State): Term => new Cons(integer(a), integer(b));
const pairImport = (term: Term): State | null =>
  term instanceof Cons && isInteger(term.head) && isInteger(term.tail)
    ? [BigInt(term.head), BigInt(term.tail)]
    : null;

function isInteger(term: Term | undefined): term is number | bigint {
  return typeof term === "number" || typeof term === "bigint";
}

function exspNext([s1, s0]: State): [bigint, State] {
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

const ALGORITHMS: Record<string, Algorithm> = {
  exsss,
  exsp,
  exsplus: exsp,
  exrop,
  exro928ss,
  exs1024s,
  exs1024: exs1024s,
};
const BITS: Record<string, number> = { exs1024s: 64, exs1024: 64 };

class Generator {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly bits: number;
  state: State;

  constructor(name: string, state: State) {
    this.name = name;
    this.algorithm = ALGORITHMS[name];
    this.bits = BITS[name] ?? 58;
    this.state = state;
  }

  next(): bigint {
    const [value, state] = this.algorithm.next(this.state);
    this.state = state;
    return value;
  }

  uniform(): number {
    return Number(this.next() >> BigInt(this.bits - 53)) * 2 ** -53;
  }

  /** From 1 to the range, without bias. */
  uniformInteger(range: bigint): bigint {
    const full = 1n << BigInt(this.bits);
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
      for (let rest = needed; rest > 0n; rest >>= shift) {
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

  /** Box and Muller's polar method. */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
    }
  }

  get term(): Term {
    const handler = mapFrom([
      [atom("type"), atom(this.name)],
      [atom("bits"), this.bits],
    ]);
    return tuple(handler, this.algorithm.export(this.state));
  }

  get exported(): Term {
    return tuple(atom(this.name), this.algorithm.export(this.state));
  }
}

const SEED_KEY = atom("rand_seed");
const get = erlangDictionary.functions["get/1"] as (key: Term) => Term;
const put = erlangDictionary.functions["put/2"] as (key: Term, value: Term) => Term;

function nameOf(term: Term): string | null {
  const name = term === atom("default") ? "exsss" : term instanceof Atom ? term.name : null;
  return name !== null && Object.hasOwn(ALGORITHMS, name) ? name : null;
}

function seeded(algorithm: Term, seed: Term, args: Term[]): Generator {
  const name = nameOf(algorithm);
  if (name === null) throw errorIn("function_clause", "rand", "mk_alg", [algorithm]);
  const { seed: seedWith, words } = ALGORITHMS[name];
  if (seed instanceof Tuple && seed.size === 3) {
    const parts = seed.toArray();
    if (!parts.every(isInteger)) throw badarg("rand", "seed", args);
    const [a, b, c] = parts.map((part) => BigInt(part as number | bigint));
    return new Generator(name, seedWith(a, b, c));
  }
  if (isInteger(seed)) {
    const start = BigInt(seed) & M64;
    return new Generator(name, name.startsWith("exs1024") ? seeds64(words, start) : seeds58(words, start));
  }
  const given = listToArray(seed);
  if (given?.length !== words || !given.every(isInteger)) throw badarg("rand", "seed", args);
  return new Generator(
    name,
    given.map((word) => BigInt(word as number | bigint) & M58),
  );
}

/** A seed from the system's randomness, so that runs can repeat. */
function freshSeed(): Term {
  const { random } = currentScheduler();
  return tuple(random.next(), random.next(), random.next());
}

function restored(term: Term, args: Term[], name: string): Generator {
  const bad = (): Raised => badarg("rand", name, args);
  if (!(term instanceof Tuple) || term.size !== 2) throw bad();
  const handler = term.at(0);
  const type = handler instanceof TermMap ? mapGet(handler, atom("type")) : handler;
  const algorithm = type === undefined ? null : nameOf(type);
  const state = algorithm === null ? null : ALGORITHMS[algorithm].import(term.at(1));
  if (algorithm === null || state === null) throw bad();
  return new Generator(algorithm, state);
}

function current(): Generator {
  const stored = get(SEED_KEY);
  if (stored instanceof Tuple) return restored(stored, [], "uniform");
  return seeded(atom("default"), freshSeed(), []);
}

/** Draws from the generator of the process. */
function own<Result>(draw: (generator: Generator) => Result): Result {
  const generator = current();
  const result = draw(generator);
  put(SEED_KEY, generator.term);
  return result;
}

function drawInteger(generator: Generator, range: Term, name: string, args: Term[]): Term {
  if (!isInteger(range) || range < 1) throw errorIn("function_clause", "rand", name, args);
  return integer(generator.uniformInteger(BigInt(range)));
}

function bytes(generator: Generator, count: Term, name: string, args: Term[]): Term {
  if (typeof count !== "number" || count < 0) throw errorIn("function_clause", "rand", name, args);
  const result = new Uint8Array(count);
  const whole = Math.floor((generator.bits - generator.algorithm.weakBits) / 8);
  for (let at = 0; at < count; ) {
    const size = Math.min(whole, count - at);
    // The last part comes from lower bits than the others.
    const unused = count - at > whole ? generator.bits - whole * 8 : (whole - size) * 8;
    const value = generator.next() >> BigInt(unused);
    for (let i = 0; i < size; i++) result[at + i] = Number((value >> BigInt(8 * (size - 1 - i))) & 0xffn);
    at += size;
  }
  return binary(result);
}

function seedProcess(algorithm: Term, seed: Term, args: Term[]): Term {
  // A state that was exported is an algorithm's argument of its own.
  const generator =
    algorithm instanceof Tuple ? restored(algorithm, args, "seed") : seeded(algorithm, seed, args);
  put(SEED_KEY, generator.term);
  return generator.term;
}

function real(generator: Generator): number {
  const value = generator.uniform();
  return value === 0 ? 2 ** -54 : value;
}

function drawn(value: Term, generator: Generator): Term {
  return tuple(value, generator.term);
}

function variance(value: Term): number {
  return value instanceof Float ? value.value : Number(value);
}

export const rand: NativeModule = {
  module: "rand",
  functions: {
    "seed/1": (algorithm) => seedProcess(algorithm, freshSeed(), [algorithm]),
    "seed/2": (algorithm, seed) => seedProcess(algorithm, seed, [algorithm, seed]),
    "seed_s/1": (algorithm) =>
      algorithm instanceof Tuple
        ? restored(algorithm, [algorithm], "seed_s").term
        : seeded(algorithm, freshSeed(), [algorithm]).term,
    "seed_s/2": (algorithm, seed) => seeded(algorithm, seed, [algorithm, seed]).term,
    "export_seed/0": () => {
      const stored = get(SEED_KEY);
      return stored instanceof Tuple ? restored(stored, [], "export_seed").exported : atom("undefined");
    },
    "export_seed_s/1": (state) => restored(state, [state], "export_seed_s").exported,
    "uniform/0": () => own((generator) => new Float(generator.uniform())),
    "uniform/1": (range) => own((generator) => drawInteger(generator, range, "uniform", [range])),
    "uniform_s/1": (state) => {
      const generator = restored(state, [state], "uniform_s");
      return drawn(new Float(generator.uniform()), generator);
    },
    "uniform_s/2": (range, state) => {
      const generator = restored(state, [range, state], "uniform_s");
      return drawn(drawInteger(generator, range, "uniform_s", [range, state]), generator);
    },
    "uniform_real/0": () => own((generator) => new Float(real(generator))),
    "uniform_real_s/1": (state) => {
      const generator = restored(state, [state], "uniform_real_s");
      return drawn(new Float(real(generator)), generator);
    },
    "normal/0": () => own((generator) => new Float(generator.normal())),
    "normal/2": (mean, spread) =>
      own((generator) => new Float(variance(mean) + Math.sqrt(variance(spread)) * generator.normal())),
    "normal_s/1": (state) => {
      const generator = restored(state, [state], "normal_s");
      return drawn(new Float(generator.normal()), generator);
    },
    "normal_s/3": (mean, spread, state) => {
      const generator = restored(state, [mean, spread, state], "normal_s");
      return drawn(new Float(variance(mean) + Math.sqrt(variance(spread)) * generator.normal()), generator);
    },
    "bytes/1": (count) => own((generator) => bytes(generator, count, "bytes", [count])),
    "bytes_s/2": (count, state) => {
      const generator = restored(state, [count, state], "bytes_s");
      return drawn(bytes(generator, count, "bytes_s", [count, state]), generator);
    },
  },
};
