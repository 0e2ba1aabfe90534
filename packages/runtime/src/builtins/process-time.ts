/**
 * `:erlang` and `:os`, the time. The native unit is the nanosecond; monotonic time starts near zero. In virtual
 * time all of it follows the clock of the scheduler.
 */
import { markMailbox } from "../process/receive.ts";
import { S } from "../process/stack.ts";
import { currentScheduler } from "../scheduler/scheduler.ts";
import { Atom, atom } from "../term/atom.ts";
import { badarg } from "../term/error.ts";
import { makeReference } from "../term/identifier.ts";
import { listToArray } from "../term/list.ts";
import { integer } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

const NANOSECONDS = 1_000_000_000n;

/** Parts of a second. */
const UNITS: Record<string, bigint> = {
  second: 1n,
  millisecond: 1000n,
  microsecond: 1_000_000n,
  nanosecond: NANOSECONDS,
  native: NANOSECONDS,
  perf_counter: NANOSECONDS,
  seconds: 1n,
  milli_seconds: 1000n,
  micro_seconds: 1_000_000n,
  nano_seconds: NANOSECONDS,
};

function unitOf(unit: Term): bigint | null {
  if (unit instanceof Atom) return Object.hasOwn(UNITS, unit.name) ? UNITS[unit.name] : null;
  return (typeof unit === "number" || typeof unit === "bigint") && unit > 0 ? BigInt(unit) : null;
}

function monotonic(): bigint {
  return BigInt(Math.floor(S.system.now() * 1e6));
}

function offset(): bigint {
  return BigInt(Math.floor(currentScheduler().clock.epoch)) * 1_000_000n;
}

const system = () => monotonic() + offset();

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

function inUnit(name: string, time: bigint, unit: Term, module = "erlang"): Term {
  const parts = unitOf(unit);
  if (parts === null) throw badarg(module, name, [unit]);
  return integer(floorDivide(time * parts, NANOSECONDS));
}

function timestamp(): Term {
  const microseconds = Number(system() / 1000n);
  const seconds = Math.floor(microseconds / 1e6);
  return new Tuple3(Math.floor(seconds / 1e6), seconds % 1e6, microseconds % 1e6);
}

const now = () => new Date(Number(system() / 1_000_000n));
const utcDate = (d: Date) => new Tuple3(d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate());
const utcTime = (d: Date) => new Tuple3(d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds());
const localDate = (d: Date) => new Tuple3(d.getFullYear(), d.getMonth() + 1, d.getDate());
const localTime = (d: Date) => new Tuple3(d.getHours(), d.getMinutes(), d.getSeconds());

/** `{{y, m, d}, {h, m, s}}` as numbers, or `null`. */
function fields(term: Term): number[] | null {
  if (!(term instanceof Tuple2)) return null;
  const { a, b } = term;
  if (!(a instanceof Tuple3) || !(b instanceof Tuple3)) return null;
  const numbers = [a.a, a.b, a.c, b.a, b.b, b.c];
  return numbers.every((n) => typeof n === "number") ? (numbers as number[]) : null;
}

/** A date of years before 100, which the constructor would take for 19xx. */
function utc([year, month, day, hour, minute, second]: number[]): Date {
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

function convert(time: Term, from: Term, to: Term): Term {
  const source = unitOf(from);
  const target = unitOf(to);
  if ((typeof time !== "number" && typeof time !== "bigint") || source === null || target === null) {
    throw badarg("erlang", "convert_time_unit", [time, from, to]);
  }
  return integer(floorDivide(BigInt(time) * target, source));
}

const POSITIVE = atom("positive");
const MONOTONIC = atom("monotonic");
function unique(modifiers: Term): Term {
  if (!listToArray(modifiers)?.every((item) => item === POSITIVE || item === MONOTONIC)) {
    throw badarg("erlang", "unique_integer", [modifiers]);
  }
  return ++S.system.lastUnique;
}

export const erlangTime: NativeModule = {
  module: "erlang",
  functions: {
    "make_ref/0": () => {
      const reference = makeReference();
      markMailbox(S.p, reference);
      return reference;
    },
    "unique_integer/0": () => ++S.system.lastUnique,
    "unique_integer/1": unique,
    "monotonic_time/0": () => integer(monotonic()),
    "monotonic_time/1": (unit) => inUnit("monotonic_time", monotonic(), unit),
    "system_time/0": () => integer(system()),
    "system_time/1": (unit) => inUnit("system_time", system(), unit),
    "time_offset/0": () => integer(offset()),
    "time_offset/1": (unit) => inUnit("time_offset", offset(), unit),
    "convert_time_unit/3": convert,
    "timestamp/0": timestamp,
    "now/0": timestamp,
    "universaltime/0": () => new Tuple2(utcDate(now()), utcTime(now())),
    "localtime/0": () => new Tuple2(localDate(now()), localTime(now())),
    "date/0": () => localDate(now()),
    "time/0": () => localTime(now()),
    "universaltime_to_localtime/1": (time) => {
      const parts = fields(time);
      if (parts === null) throw badarg("erlang", "universaltime_to_localtime", [time]);
      const date = utc(parts);
      return new Tuple2(localDate(date), localTime(date));
    },
    "localtime_to_universaltime/1": (time) => {
      const parts = fields(time);
      if (parts === null) throw badarg("erlang", "localtime_to_universaltime", [time]);
      const [year, month, day, hour, minute, second] = parts;
      const date = new Date(year, month - 1, day, hour, minute, second);
      return new Tuple2(utcDate(date), utcTime(date));
    },
  },
};

export const osTime: NativeModule = {
  module: "os",
  functions: {
    "system_time/0": () => integer(system()),
    "system_time/1": (unit) => inUnit("system_time", system(), unit, "os"),
    "timestamp/0": timestamp,
    "perf_counter/0": () => integer(monotonic()),
    "perf_counter/1": (unit) => inUnit("perf_counter", monotonic(), unit, "os"),
  },
};
