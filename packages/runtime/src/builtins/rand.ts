/**
 * `:rand`: the generators of Erlang with the same sequences for the same seeds. Arithmetic is on BigInts, as
 * the generators work on 58 bits. A state is `{handler, state}`; the process's own is in its dictionary
 * under `rand_seed`. The handler is a map that names the algorithm.
 */
import { randomOf } from "../scheduler/random.ts";
import { currentScheduler } from "../scheduler/scheduler.ts";
import {
  Atom,
  atom,
  badarg,
  error,
  errorIn,
  Float,
  integer,
  listToArray,
  mapGet,
  type Raised,
  type Term,
  TermMap,
  Tuple,
  Tuple2,
  tuple,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";
import { erlangDictionary } from "./process-dict.ts";
import { drawExsss, drawnFloat, drawnInteger } from "./rand-exsss.ts";
import {
  ALGORITHMS,
  exspNext,
  Generator,
  handlerOf,
  isInteger,
  M58,
  M64,
  pairExport,
  pairImport,
  seeds58,
  seeds64,
  splitmix,
} from "./rand-generator.ts";
import { canJump, jump } from "./rand-jump.ts";

const SEED_KEY = atom("rand_seed");
const get = erlangDictionary.functions["get/1"] as (key: Term) => Term;
const put = erlangDictionary.functions["put/2"] as (key: Term, value: Term) => Term;

function nameOf(term: Term): string | null {
  const name = term === atom("default") ? "exsss" : term instanceof Atom ? term.name : null;
  return name !== null && Object.hasOwn(ALGORITHMS, name) ? name : null;
}

function seeded(algorithm: Term, seed: Term): Generator {
  const name = nameOf(algorithm);
  if (name === null) throw errorIn("function_clause", "rand", "mk_alg", [algorithm]);
  const { seed: seedWith, words } = ALGORITHMS[name];
  if (seed instanceof Tuple && seed.size === 3) {
    const parts = seed.toArray();
    if (!parts.every(isInteger))
      throw errorIn("badarith", "erlang", "band", [parts.find((part) => !isInteger(part)) as Term, 0]);
    const [a, b, c] = parts.map((part) => BigInt(part as number | bigint));
    return new Generator(name, seedWith(a, b, c));
  }
  if (isInteger(seed)) {
    const start = BigInt(seed) & M64;
    return new Generator(
      name,
      name.startsWith("exs1024") || name === "exs64" ? seeds64(words, start) : seeds58(words, start),
    );
  }
  const given = listToArray(seed);
  if (given === null) throw errorIn("function_clause", "rand", SEEDERS[name] ?? `${name}_seed`, [seed]);
  return new Generator(name, givenWords(given, words));
}

const SEEDERS: Record<string, string> = {
  exsp: "exsplus_seed",
  exro928ss: "exro928_seed",
  exs1024s: "exs1024_seed",
};

/** The words that a list gives; those that it lacks are zero, but not all may be. */
function givenWords(given: readonly Term[], count: number): bigint[] {
  if (given.length > count) throw error("too_many_seed_integers");
  const words = given.map((word) => {
    if (!isInteger(word)) throw error("non_integer_seed");
    return BigInt(word) & M58;
  });
  if (words.every((word) => word === 0n)) throw error("zero_seed");
  return [...words, ...new Array<bigint>(count - words.length).fill(0n)];
}

/** A seed from the system's randomness, so that runs can repeat. */
function freshSeed(): Term {
  const random = randomOf(currentScheduler());
  return tuple(random.next(), random.next(), random.next());
}

function restored(term: Term, args: Term[], name: string): Generator {
  const bad = (): Raised => errorIn("function_clause", "rand", name, args);
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
  return seeded(atom("default"), freshSeed());
}

/** Draws from the generator of the process. */
function own<Result>(draw: (generator: Generator) => Result): Result {
  const generator = current();
  const result = draw(generator);
  put(SEED_KEY, generator.term);
  return result;
}

const EXSSS = handlerOf("exsss");

/** A state of the default generator after a draw from it, which `drawnFloat` and `drawnInteger` then give; of others `null`. */
function drawnFrom(state: Term): Term | null {
  if (!(state instanceof Tuple2) || state.a !== EXSSS) return null;
  const next = drawExsss(state.b);
  return next === null ? null : new Tuple2(EXSSS, next);
}

function uniform(): Term {
  const next = drawnFrom(get(SEED_KEY));
  if (next === null) return own((generator) => new Float(generator.uniform()));
  put(SEED_KEY, next);
  return new Float(drawnFloat());
}

function uniformInteger(range: Term): Term {
  const next = drawnFrom(get(SEED_KEY));
  const value = next === null ? 0 : drawnInteger(range);
  if (value === 0) return own((generator) => drawInteger(generator, range));
  put(SEED_KEY, next as Term);
  return value;
}

function drawInteger(generator: Generator, range: Term): Term {
  if (!isInteger(range) || range < 1)
    throw errorIn("function_clause", "rand", "uniform_s", [range, generator.term]);
  return integer(generator.uniformInteger(BigInt(range)));
}

function bytes(generator: Generator, count: Term): Term {
  if (typeof count !== "number" || count < 0)
    throw errorIn("function_clause", "rand", "bytes_s", [count, generator.term]);
  return generator.bytes(count);
}

function seedProcess(algorithm: Term, seed: Term, args: Term[]): Term {
  // A state that was exported is an algorithm's argument of its own.
  const generator = algorithm instanceof Tuple ? restored(algorithm, args, "seed") : seeded(algorithm, seed);
  put(SEED_KEY, generator.term);
  return generator.term;
}

function jumped(generator: Generator): Term {
  if (!canJump(generator)) throw errorIn("not_implemented", "rand", "jump", [generator.term]);
  jump(generator);
  return generator.term;
}

function drawn(value: Term, generator: Generator): Term {
  return tuple(value, generator.term);
}

/** A number of the normal distribution, from one of the standard distribution. */
function spread(mean: Term, variance: Term, standard: number): Float {
  const deviation = Math.sqrt(float(variance) ?? raising(badarg("math", "sqrt", [variance])));
  if (Number.isNaN(deviation)) throw errorIn("badarith", "math", "sqrt", [variance]);
  return new Float((float(mean) ?? raising(error("badarith"))) + deviation * standard);
}

function float(value: Term): number | null {
  if (value instanceof Float) return value.value;
  return isInteger(value) ? Number(value) : null;
}

function raising(raised: Raised): never {
  throw raised;
}

/** `:rand.mwc59` and what goes with it: a generator without a state but its last number, for those who need speed. */
const mwc59: NativeModule["functions"] = {
  "mwc59/1": (x) => integer((big(x) & M32) * 0x7fa6502n + (big(x) >> 32n)),
  "mwc59_value/1": (x) => integer(scrambled(big(x), 4n, M59)),
  "mwc59_value32/1": (x) => integer((big(x) & M32) ^ ((big(x) << 8n) & M32)),
  "mwc59_float/1": (x) => new Float(Number(scrambled(big(x) & M53, 4n, M53)) * 2 ** -53),
  "mwc59_seed/1": (seed) => {
    if (!isInteger(seed) || seed < 0 || seed > M58)
      throw errorIn("function_clause", "rand", "mwc59_seed", [seed]);
    return integer(hash58(BigInt(seed)) + 1n);
  },
  "mwc59_seed/0": () => integer(hash58(BigInt(Math.floor(Math.random() * 2 ** 53))) + 1n),
  "exsp_next/1": (state) => {
    const words = pairImport(state);
    if (words === null) throw errorIn("function_clause", "rand", "exsp_next", [state]);
    const [value, next] = exspNext(words);
    return tuple(integer(value), pairExport(next));
  },
  "exsp_jump/1": (state) => {
    const words = pairImport(state);
    if (words === null) throw errorIn("function_clause", "rand", "exsp_jump", [state]);
    const generator = new Generator("exsp", words);
    jump(generator);
    return pairExport(generator.state);
  },
  "splitmix64_next/1": (x) => {
    const [value, state] = splitmix(big(x) & M64);
    return tuple(integer(value), integer(state));
  },
};

const M32 = (1n << 32n) - 1n;
const M53 = (1n << 53n) - 1n;
const M59 = (1n << 59n) - 1n;

function big(x: Term): bigint {
  if (!isInteger(x)) throw errorIn("badarith", "erlang", "band", [x, 0]);
  return BigInt(x);
}

function scrambled(x: bigint, shift: bigint, mask: bigint): bigint {
  const once = x ^ ((x << shift) & mask);
  return once ^ ((once << 27n) & mask);
}

/** The mixing steps of MurmurHash3, on 58 bits. */
function hash58(x: bigint): bigint {
  const once = ((x ^ (x >> 29n)) * 0x351afd7ed558ccdn) & M58;
  const twice = ((once ^ (once >> 29n)) * 0x0ceb9fe1a85ec53n) & M58;
  return twice ^ (twice >> 29n);
}

export const rand: NativeModule = {
  module: "rand",
  functions: {
    ...mwc59,
    "seed/1": (algorithm) => seedProcess(algorithm, freshSeed(), [algorithm]),
    "seed/2": (algorithm, seed) => seedProcess(algorithm, seed, [algorithm, seed]),
    "seed_s/1": (algorithm) =>
      algorithm instanceof Tuple
        ? restored(algorithm, [algorithm], "seed_s").term
        : seeded(algorithm, freshSeed()).term,
    "seed_s/2": (algorithm, seed) => seeded(algorithm, seed).term,
    "export_seed/0": () => {
      const stored = get(SEED_KEY);
      return stored instanceof Tuple ? restored(stored, [], "export_seed").exported : atom("undefined");
    },
    "export_seed_s/1": (state) => restored(state, [state], "export_seed_s").exported,
    "jump/0": () => own((generator) => jumped(generator)),
    "jump/1": (state) => jumped(restored(state, [state], "jump")),
    "uniform/0": uniform,
    "uniform/1": uniformInteger,
    "uniform_s/1": (state) => {
      const next = drawnFrom(state);
      if (next !== null) return tuple(new Float(drawnFloat()), next);
      const generator = restored(state, [state], "uniform_s");
      return drawn(new Float(generator.uniform()), generator);
    },
    "uniform_s/2": (range, state) => {
      const next = drawnFrom(state);
      const value = next === null ? 0 : drawnInteger(range);
      if (value > 0) return tuple(value, next as Term);
      const generator = restored(state, [range, state], "uniform_s");
      return drawn(drawInteger(generator, range), generator);
    },
    "uniform_real/0": () => own((generator) => new Float(generator.uniformReal())),
    "uniform_real_s/1": (state) => {
      const generator = restored(state, [state], "uniform_real_s");
      return drawn(new Float(generator.uniformReal()), generator);
    },
    "normal/0": () => own((generator) => new Float(generator.normal())),
    "normal/2": (mean, variance) => own((generator) => spread(mean, variance, generator.normal())),
    "normal_s/1": (state) => {
      const generator = restored(state, [state], "normal_s");
      return drawn(new Float(generator.normal()), generator);
    },
    "normal_s/3": (mean, variance, state) => {
      const generator = restored(state, [mean, variance, state], "normal_s");
      return drawn(spread(mean, variance, generator.normal()), generator);
    },
    "bytes/1": (count) => own((generator) => bytes(generator, count)),
    "bytes_s/2": (count, state) => {
      const generator = restored(state, [count, state], "bytes_s");
      return drawn(bytes(generator, count), generator);
    },
  },
};
