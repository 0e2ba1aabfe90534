/**
 * The mapping between JavaScript values and Erlang terms, in both directions. What has a counterpart is converted; what has none
 * (funs, ports, improper lists, bitstrings that are no bytes) passes as it is, and is itself again when it comes back.
 */
import type { Bridge } from "../actor/bridge.ts";
import type { ChildCount, ChildInfo } from "../actor/children.ts";
import { HostReason } from "../actor/reason.ts";
import { shortly } from "../actor/show.ts";
import { EXITED, Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Atom, atom, ERROR, FALSE, NIL, OK, TRUE } from "../term/atom.ts";
import { Bitstring, binary, text } from "../term/bitstring.ts";
import { Fun } from "../term/fun.ts";
import { Pid, Port, Reference } from "../term/identifier.ts";
import { Cons, EMPTY, EmptyList, list, listToArray } from "../term/list.ts";
import { mapEntries, mapFrom, mapGet, TermMap } from "../term/map.ts";
import { Float, integer } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple as TermTuple, Tuple2, tuple as termTuple, tupleOf } from "../term/tuple.ts";

/** An Erlang tuple: an array of its own class, which does not change. Made by `tuple`. */
export class Tuple<Items extends readonly unknown[] = readonly unknown[]> extends Array<Items[number]> {
  /** Bundlers give the class another name, which consoles would show. */
  static override get name(): string {
    return "Tuple";
  }
  /** What `map` and its like return are arrays. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** The tuple of the items: `tuple(atom("ok"), 1)` is `{:ok, 1}`. It reads and destructures like an array. */
export function tuple<Items extends readonly unknown[]>(...items: Items): Tuple<Items> & Items {
  const result = new Tuple<Items>();
  for (const item of items) result.push(item);
  return Object.freeze(result) as unknown as Tuple<Items> & Items;
}

/** A number that is a float in Elixir though it is whole: `float(1)` is `1.0`. */
export function float(value: number): Float {
  return new Float(value);
}

/** An error that Elixir code has raised, thrown or exited with, where TypeScript code sees it. */
export class ElixirError extends Error {
  readonly kind: "error" | "throw" | "exit";
  /** The exception as an object with its fields, or the value thrown or exited with. */
  readonly value: unknown;
  readonly #term: Term;

  /** @internal */
  constructor(kind: ElixirError["kind"], term: Term, message: string, stacktrace = "") {
    super(message);
    this.name = "ElixirError";
    this.kind = kind;
    this.#term = term;
    this.value = fromTerm(term);
    if (stacktrace !== "")
      this.stack = `${this.name}: ${message}\n${stacktrace}\n${this.stack?.split("\n").slice(1).join("\n")}`;
  }

  /** @internal */
  toTerm(): Term {
    return this.#term;
  }
}

const STRUCT = atom("__struct__");
const EXCEPTION = atom("__exception__");
const MESSAGE = atom("message");
const RUNTIME_ERROR = atom("Elixir.RuntimeError");
const MAP_SET = atom("Elixir.MapSet");
const DATE_TIME = atom("Elixir.DateTime");
const ISO = atom("Elixir.Calendar.ISO");
const MAP = atom("map");

function isTerm(value: object): boolean {
  return (
    value instanceof Atom ||
    value instanceof Pid ||
    value instanceof Reference ||
    value instanceof Bitstring ||
    value instanceof TermTuple ||
    value instanceof Cons ||
    value instanceof EmptyList ||
    value instanceof TermMap ||
    value instanceof Fun ||
    value instanceof Float ||
    value instanceof Port
  );
}

/** The term of a JavaScript value; terms stay what they are. Throws a `TypeError` that names what has none. */
export function toTerm(value: unknown): Term {
  try {
    return termOf(value);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    // The host's own.
    throw new TypeError(`${shortly(value)} has no counterpart in Elixir: it holds itself, or is too deep`);
  }
}

function termOf(value: unknown): Term {
  switch (typeof value) {
    case "number":
      if (Number.isSafeInteger(value)) return value + 0;
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no counterpart in Elixir`);
      return new Float(value);
    case "string":
      return text(value.toWellFormed());
    case "boolean":
      return value ? TRUE : FALSE;
    case "bigint":
      return integer(value);
    case "undefined":
      return NIL;
    case "object":
      return value === null ? NIL : objectTerm(value);
    default:
      throw new TypeError(`${shortly(value)} has no counterpart in Elixir`);
  }
}

function objectTerm(value: object): Term {
  if (value instanceof Process) return ownProcess(value);
  if (isTerm(value)) return value as Term;
  if (value instanceof Tuple) return tupleOf([...value].map(termOf));
  if (Array.isArray(value)) return list(Array.from(value, termOf));
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null)
    return mapFrom(Object.entries(value).map(([key, field]) => [atom(key), termOf(field)]));
  if (value instanceof Map) return mapFrom([...value].map(([key, field]) => [termOf(key), termOf(field)]));
  if (value instanceof Set) {
    const members = mapFrom([...value].map((member) => [termOf(member), EMPTY]));
    return struct(MAP_SET, { map: members });
  }
  if (value instanceof Date) return dateTerm(value);
  // To slice a buffer of Node's would share it.
  if (value instanceof Uint8Array) return binary(new Uint8Array(value));
  if (value instanceof ArrayBuffer) return binary(new Uint8Array(value.slice(0)));
  if (value instanceof ElixirError) return value.toTerm();
  if (value instanceof Error)
    return struct(RUNTIME_ERROR, { __exception__: true, message: `${value.name}: ${value.message}` });
  throw new TypeError(`${shortly(value)} has no counterpart in Elixir`);
}

/** To send to a process is to make it ready in the system that runs. */
function ownProcess(p: Process): Process {
  if (S.system && p.status !== EXITED && S.system.processes.get(p.id) !== p)
    throw new Error(`${p} is of another system`);
  return p;
}

function struct(name: Atom, fields: Record<string, unknown>): TermMap {
  return mapFrom([
    [STRUCT, name],
    ...Object.entries(fields).map(([key, field]): [Term, Term] => [atom(key), termOf(field)]),
  ]);
}

function dateTerm(date: Date): Term {
  return struct(DATE_TIME, {
    calendar: ISO,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: termTuple(date.getUTCMilliseconds() * 1000, 3),
    time_zone: "Etc/UTC",
    zone_abbr: "UTC",
    utc_offset: 0,
    std_offset: 0,
  });
}

/** The JavaScript value of a term; what is no term stays what it is. */
export function fromTerm(term: unknown): unknown {
  if (typeof term !== "object" || term === null) return term;
  if (term instanceof Atom) return term === TRUE ? true : term === FALSE ? false : term === NIL ? null : term;
  if (term instanceof Bitstring) return term.isBinary ? (term.text ?? term.bytes.slice()) : term;
  if (term instanceof HostReason) return term.host;
  if (term instanceof TermTuple) return tuple(...term.toArray().map(fromTerm));
  if (term === EMPTY) return [];
  if (term instanceof Cons) return listToArray(term)?.map(fromTerm) ?? term;
  if (term instanceof TermMap) return fromMap(term);
  if (term instanceof Float) return term.value;
  return term;
}

function fromMap(map: TermMap): unknown {
  const entries = mapEntries(map);
  if (!entries.every(([key]) => key instanceof Atom))
    return new Map(entries.map(([key, value]) => [fromTerm(key), fromTerm(value)]));
  const name = mapGet(map, STRUCT);
  if (name === MAP_SET && mapGet(map, MAP) instanceof TermMap)
    return new Set(mapEntries(mapGet(map, MAP) as TermMap).map(([member]) => fromTerm(member)));
  if (name === DATE_TIME) {
    const date = fromDateTime(map);
    if (date !== null) return date;
  }
  return Object.fromEntries(entries.map(([key, value]) => [(key as Atom).name, fromTerm(value)]));
}

/** The moment of a `DateTime`; `null` for one that `Date` cannot say. */
function fromDateTime(map: TermMap): Date | null {
  const field = (name: string) => mapGet(map, atom(name)) as number;
  const fraction = mapGet(map, atom("microsecond"));
  if (mapGet(map, atom("calendar")) !== ISO || !(fraction instanceof Tuple2)) return null;
  const date = new Date(0);
  date.setUTCFullYear(field("year"), field("month") - 1, field("day"));
  date.setUTCHours(
    field("hour"),
    field("minute"),
    field("second"),
    Math.floor((fraction.a as number) / 1000),
  );
  return new Date(date.getTime() - (field("utc_offset") + field("std_offset")) * 1000);
}

/** Whether a term is an exception. */
export function isException(term: unknown): term is TermMap {
  return term instanceof TermMap && mapGet(term, EXCEPTION) === TRUE;
}

/** What an exception says of itself, as far as that is written in it. */
export function messageOf(exception: TermMap): string {
  const name = (mapGet(exception, STRUCT) as Atom).name.replace(/^Elixir\./, "");
  const message = mapGet(exception, MESSAGE);
  return message instanceof Bitstring ? `(${name}) ${message.text}` : `(${name})`;
}

/** For the layer of TypeScript processes. */
export const bridge: Bridge = {
  toTerm,
  fromTerm,
  fromReason(term) {
    if (isException(term)) return new ElixirError("error", term, messageOf(term));
    if (term instanceof Tuple2 && isException(term.a))
      return new ElixirError("error", term.a, messageOf(term.a));
    return fromTerm(term);
  },
  toReason(value) {
    if (value instanceof ElixirError || value instanceof Tuple) return toTerm(value);
    return undefined;
  },
  copy(value, again) {
    if (isTerm(value)) return value;
    if (!(value instanceof Tuple)) return undefined;
    const copies = [...value].map(again);
    return copies.every((item, i) => item === value[i]) ? value : tuple(...copies);
  },
  supervisorAnswer(type, answer) {
    if ("error" in answer) return termTuple(ERROR, atom(String(answer.error)));
    const { ok } = answer;
    if (type === "which_children") return list((ok as ChildInfo[]).map(childTerm));
    if (type === "count_children")
      return list(Object.entries(ok as ChildCount).map(([key, count]) => termTuple(atom(key), count)));
    return ok === null ? OK : termTuple(OK, ok as Term);
  },
};

function childTerm({ id, pid, type }: ChildInfo): Term {
  const shown = typeof pid === "string" ? atom(pid) : ((pid as Term | null) ?? atom("undefined"));
  return termTuple(toTerm(id), shown, atom(type), EMPTY);
}
