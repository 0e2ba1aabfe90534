/**
 * Where an expansion stands: the lexical environment, which `alias`, `import` and `require` change, and the state of
 * variables. Both values are immutable, the scope that holds them moves along, so a construct that opens
 * a scope of its own keeps the old values and puts them back.
 *
 * `read` are the variables that may be read, `write` those assigned but not readable yet: in `f(x = 1, x)` the second
 * argument does not see the first one's `x`, what follows the call does.
 */
import type { Task } from "../process/task.ts";
import { metaGet } from "../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../term/atom.ts";
import { compareTerms } from "../term/compare.ts";
import { LOCAL_NODE, Reference } from "../term/identifier.ts";
import { list } from "../term/list.ts";
import { EMPTY_MAP, mapEntries, mapGet, mapPut, type TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import type { Env } from "./env.ts";
import type { Host } from "./host.ts";

/** `used`, or where an assigned variable that nobody has read yet stands. */
export interface Assigned {
  /** `{name, context or counter}`. */
  readonly pair: Tuple2;
  readonly used: boolean;
  readonly meta: Term;
  /** Whether it hides one of the same name. */
  readonly overridden: boolean;
}

/** Which variables of a pattern are defined through which others. `error`: in both directions, more than once. */
export interface Cycles {
  readonly graph: ReadonlyMap<string, ReadonlyMap<string, "error" | "ok">>;
  /** Groups of variables that another one sees as defined together. */
  readonly together: readonly ReadonlySet<string>[];
}

export const NO_CYCLES: Cycles = { graph: new Map(), together: [] };

/** While in a pattern: the variables before it, so that `^x` finds them. */
export interface Prematch {
  readonly read: TermMap;
  readonly cycles: Cycles;
  /** Versions from here on are the pattern's own. */
  readonly from: number;
  /** Inside `size(...)`: the variables at the start of the bitstring. */
  readonly bitsize: TermMap | null;
}

export interface StateFields {
  /** Whether `__CALLER__` is allowed. */
  readonly caller: boolean;
  /** Whether `__STACKTRACE__` is allowed. */
  readonly stacktrace: boolean;
  /** `pin` while expanding the argument of `^`. */
  readonly prematch: Prematch | "pin" | null;
  /** By version: the variables assigned in this scope. */
  readonly unused: Assignments;
  /** The version of the next variable. */
  readonly version: number;
  readonly read: TermMap;
  readonly write: TermMap | null;
  /** Modules defined inside functions. */
  readonly runtimeModules: readonly Atom[];
}

export class State implements StateFields {
  readonly caller: boolean;
  readonly stacktrace: boolean;
  readonly prematch: Prematch | "pin" | null;
  readonly unused: Assignments;
  readonly version: number;
  readonly read: TermMap;
  readonly write: TermMap | null;
  readonly runtimeModules: readonly Atom[];

  constructor(fields: StateFields) {
    this.caller = fields.caller;
    this.stacktrace = fields.stacktrace;
    this.prematch = fields.prematch;
    this.unused = fields.unused;
    this.version = fields.version;
    this.read = fields.read;
    this.write = fields.write;
    this.runtimeModules = fields.runtimeModules;
  }

  with(changes: Partial<StateFields>): State {
    return Object.assign(new State(this), changes);
  }

  /** The state at the start of an expansion in this environment. */
  static of(env: Env): State {
    const read = env.versionedVars;
    const prematch = env.inMatch ? { read, cycles: NO_CYCLES, from: read.size, bitsize: null } : null;
    return new State({
      caller: false,
      stacktrace: false,
      prematch,
      unused: NO_ASSIGNMENTS,
      version: nextVersion(read),
      read,
      write: null,
      runtimeModules: [],
    });
  }

  /** What can be read is again what could be before; assignments are kept apart. */
  resetRead(before: State): State {
    return this.read === before.read ? this : this.with({ read: before.read });
  }

  prepareWrite(): State {
    return this.with({ write: this.read });
  }

  /** After the arguments of a call: their assignments can be read now. */
  closeWrite(before: State): State {
    const written = this.write ?? this.read;
    return this.with({
      read: written,
      write: before.write === null ? null : mergeVars(before.write, written),
    });
  }

  resetUnused(): State {
    return this.with({ unused: NO_ASSIGNMENTS });
  }

  get inBitsize(): boolean {
    return this.prematch !== null && this.prematch !== "pin" && this.prematch.bitsize !== null;
  }
}

function nextVersion(read: TermMap): number {
  let next = read.size;
  for (const [, version] of mapEntries(read))
    if (typeof version === "number" && version >= next) next = version + 1;
  return next;
}

/** The variables of both, the later version of each. */
export function mergeVars(a: TermMap, b: TermMap): TermMap {
  if (a === b) return a;
  let merged = a;
  for (const [pair, version] of mapEntries(b)) {
    const known = mapGet(merged, pair);
    if (known === undefined || (known as number) < (version as number))
      merged = mapPut(merged, pair, version);
  }
  return merged;
}

/** What is assigned, by version. Persistent: every form that assigns makes a new one. */
export class Assignments {
  readonly #map: TermMap;

  constructor(map: TermMap = EMPTY_MAP) {
    this.#map = map;
  }

  get(version: number): Assigned | undefined {
    return mapGet(this.#map, version) as Assigned | undefined;
  }

  set(version: number, assigned: Assigned): Assignments {
    return new Assignments(mapPut(this.#map, version, assigned as unknown as Term));
  }

  [Symbol.iterator](): IterableIterator<[number, Assigned]> {
    return (mapEntries(this.#map) as unknown as [number, Assigned][]).values();
  }
}

const NO_ASSIGNMENTS = new Assignments();

/** A term inside a form, to be given to the running code as it is instead of being written out. */
export class Constant extends Reference {
  readonly value: Term;

  constructor(value: Term) {
    super(LOCAL_NODE, 0);
    this.value = value;
  }
}

/** Expands one form. What the forms need of the dispatcher above them, so that they do not import it. */
export type Expand = (form: Term, scope: Scope) => Task<Term>;

export class Scope {
  readonly host: Host;
  readonly #expand: Expand;
  /** Terms that the expanded form refers to as variables; `null` where it must be complete in itself. */
  readonly constants: Map<number, Term> | null;
  state: State;
  env: Env;
  /** How many forms around the current one are being expanded. */
  depth = 0;

  constructor(
    host: Host,
    expand: Expand,
    env: Env,
    state: State = State.of(env),
    constants: Map<number, Term> | null = null,
  ) {
    this.host = host;
    this.#expand = expand;
    this.env = env;
    this.state = state;
    this.constants = constants;
  }

  /** The variable that stands for a constant. */
  constant(value: Term): Term {
    const constants = this.constants as Map<number, Term>;
    const version = -1 - constants.size;
    constants.set(version, value);
    return new Tuple3(CONSTANT, list([new Tuple2(VERSION, version)]), CONSTANT);
  }

  expand(form: Term): Task<Term> {
    return this.#expand(form, this);
  }

  /** Arguments one after the other: in a pattern all see all variables, in a call none the others' assignments. */
  *expandArgs(args: readonly Term[]): Task<Term[]> {
    if (args.length === 1) return [yield* this.expand(args[0])];
    if (this.env.inMatch) return yield* this.expandEach(args);
    const before = this.state;
    this.state = before.prepareWrite();
    const expanded: Term[] = [];
    for (const arg of args) expanded.push(yield* this.expandArg(arg, before));
    this.state = this.state.closeWrite(before);
    return expanded;
  }

  *expandArg(arg: Term, before: State): Task<Term> {
    this.state = this.state.resetRead(before);
    return yield* this.expand(arg);
  }

  *expandEach(forms: readonly Term[]): Task<Term[]> {
    const expanded: Term[] = [];
    for (const form of forms) expanded.push(yield* this.expand(form));
    return expanded;
  }
}

const CONSTANT = atom("constant");
export const VERSION = atom("version");
const COUNTER = atom("counter");
const GENERATED = atom("generated");
const KEEP_UNUSED = atom("keep_unused");

export function shouldWarn(meta: Term): boolean {
  return metaGet(meta, GENERATED) !== TRUE;
}

/** What sets a variable apart: its name and its context, or the counter of the macro expansion it comes from. */
export function variablePair(variable: Tuple3): Tuple2 {
  return new Tuple2(variable.a, metaGet(variable.b, COUNTER) ?? variable.c);
}

export function markUnused(state: State, pair: Tuple2, meta: Term, version: number, overridden: boolean) {
  if (pair.b !== NIL || !shouldWarn(meta)) return state.unused;
  return state.unused.set(version, { pair, used: false, meta, overridden });
}

export function markUsed(state: State, pair: Tuple2, meta: Term, version: number) {
  if (!(pair.b instanceof Atom) || metaGet(meta, KEEP_UNUSED) !== undefined) return state.unused;
  if (state.unused.get(version)?.used) return state.unused;
  return state.unused.set(version, { pair, used: true, meta, overridden: false });
}

/** Unread assignments in the order of warnings, apart from names that start with an underscore. */
export function unreadVariables(unused: Iterable<readonly [number, Assigned]>): Assigned[] {
  return [...unused]
    .filter(([, assigned]) => !assigned.used && warnsUnused((assigned.pair.a as Atom).name))
    .sort(([v, a], [w, b]) => compareTerms(a.pair, b.pair) || v - w)
    .map(([, assigned]) => assigned);
}

/** Names with an underscore are meant to be unused, except those that look like `__COMPILER__`. */
function warnsUnused(name: string): boolean {
  return !name.startsWith("_") || /^_[_A-Z]*_$/.test(name);
}

export const NO_VARS = EMPTY_MAP;
