/** The trace as it arrives from the worker, which runs code of anybody: whatever is not an entry is dropped. */
import type { TraceEntry } from "beamlet/protocol";

type Check = (value: unknown) => boolean;

const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (...words: string[]): Check =>
  (value) =>
    words.includes(value as string);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const shape =
  (fields: Record<string, Check>): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const place = shape({ file: text, line: number });
const optionalPlace: Check = (value) => value === undefined || place(value);
const frame = shape({
  function: text,
  place: orNull(place),
  bindings: listOf(shape({ name: text, text })),
});

/** The fields of each kind beyond time, pid and place. */
const kinds: Record<TraceEntry["type"], Record<string, Check>> = {
  known: {
    parent: number,
    code: orNull(text),
    name: orNull(text),
    label: orNull(text),
    state: oneOf("ready", "waiting", "held"),
    links: listOf(number),
    monitors: listOf(shape({ reference: number, other: number })),
    mailbox: listOf(shape({ message: number, text })),
  },
  unknown: { count: number },
  omitted: { slices: number, reductions: number },
  spawn: { parent: number, code: orNull(text) },
  exit: { reason: text, isCrash: flag },
  send: { to: number, target: text, message: number, text },
  deliver: { from: number, origin: oneOf("send", "timer", "exit", "down"), message: number, text },
  skip: { message: number },
  match: { message: number, clauses: listOf(number) },
  block: { until: orNull(number), on: oneOf("message", "device"), clauses: listOf(number) },
  wake: {},
  timeout: {},
  in: {},
  out: { reductions: number, state: oneOf("preempted", "waiting", "held", "exited"), frames: listOf(frame) },
  link: { other: number },
  unlink: { other: number },
  monitor: { other: number, reference: number },
  demonitor: { other: number, reference: number },
  signal: { from: number, reason: text },
  name: { name: orNull(text) },
  label: { label: text },
  hold: {},
  release: {},
  print: { text },
  value: { text, line: orNull(number) },
};

const common = shape({ time: number, pid: number, place: optionalPlace });

export function isEntry(value: unknown): value is TraceEntry {
  if (!common(value)) return false;
  const { type } = value as { type: unknown };
  return (
    typeof type === "string" && Object.hasOwn(kinds, type) && shape(kinds[type as TraceEntry["type"]])(value)
  );
}

export function readEntries(values: readonly unknown[]): TraceEntry[] {
  return values.filter(isEntry);
}
