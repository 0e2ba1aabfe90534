/**
 * What each `receive` of the program did, in the six steps of its algorithm: which message it took up, which pattern it tried on it,
 * with what result. The trace tells which messages were passed over and which clause took one; the rest follows from the rule that
 * patterns are tried from top to bottom.
 */
import type { TracePlace } from "beamlet/protocol";
import { type History, type Moment, replay } from "./history.ts";

export interface ReceiveStep {
  /** Of the six, from 1. */
  readonly rule: 1 | 2 | 3 | 4 | 5 | 6;
  /** The entry that it leads to, and how many steps that one has before. */
  readonly index: number;
  readonly part: number;
  readonly pid: number;
  /** Messages in the mailbox. They are those just before the entry, of which the last ones may have come later than this step. */
  readonly length: number;
  /** The message that is looked at, 0 for none, and its place in the mailbox, -1 for none. */
  readonly message: number;
  readonly at: number;
  /** Lines of the clauses, and which one is tried: -1 for none, or for all of them. */
  readonly clauses: readonly TracePlace[];
  readonly clause: number;
  readonly result: "none" | "fails" | "matches";
}

export function receiveSteps(history: History): ReceiveStep[] {
  const steps: ReceiveStep[] = [];
  /** Messages that the running receive of a process has passed over since it was last told, and how many there were then. */
  const passed = new Map<number, { message: number; length: number }[]>();
  replay(history.entries, (entry, index, before) => {
    const { pid } = entry;
    if (entry.type === "skip") {
      const looked = passed.get(pid) ?? [];
      passed.set(pid, looked);
      looked.push({ message: entry.message, length: before.processes.get(pid)?.mailbox.size ?? 0 });
      return;
    }
    if (entry.type !== "match" && entry.type !== "block" && entry.type !== "timeout") return;
    const looked = passed.get(pid) ?? [];
    passed.delete(pid);
    const lines = entry.type === "timeout" ? [] : entry.clauses;
    if (entry.type !== "timeout" && lines.length === 0) return;
    const { place } = entry;
    if (place === undefined) return;
    const clauses = lines.map((line) => ({ file: place.file, line }));
    const wanted = looked.map(({ message }) => message);
    if (entry.type === "match") wanted.push(entry.message);
    const places = placesIn(before, pid, wanted);
    let part = 0;
    const add = (step: Pick<ReceiveStep, "rule" | "length" | "message" | "clause" | "result">) =>
      steps.push({ index, part: part++, pid, clauses, at: places.get(step.message) ?? -1, ...step });
    const distinct = new Set(lines).size === lines.length;
    const tries = (length: number, message: number, matching: number) => {
      const last = matching < 0 ? lines.length - 1 : matching;
      if (!distinct) {
        add({ rule: 2, length, message, clause: -1, result: matching < 0 ? "fails" : "matches" });
        return;
      }
      for (let i = 0; i <= last; i++)
        add({ rule: 2, length, message, clause: i, result: i === matching ? "matches" : "fails" });
    };
    for (const { message, length } of looked) {
      add({ rule: 1, length, message, clause: -1, result: "none" });
      tries(length, message, -1);
      add({ rule: 4, length, message, clause: -1, result: "fails" });
    }
    const length = before.processes.get(pid)?.mailbox.size ?? 0;
    if (entry.type === "match") {
      const { message } = entry;
      const matching = distinct ? lines.indexOf(place.line) : 0;
      add({ rule: 1, length, message, clause: -1, result: "none" });
      tries(length, message, matching);
      add({ rule: 3, length, message, clause: matching, result: "matches" });
    } else if (entry.type === "block") add({ rule: 5, length, message: 0, clause: -1, result: "none" });
    else add({ rule: 6, length, message: 0, clause: -1, result: "none" });
  });
  return steps;
}

/** Where some messages lie in a mailbox, of which no more is looked through than needed. */
function placesIn(moment: Moment, pid: number, messages: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  const wanted = new Set(messages);
  let at = 0;
  for (const message of moment.processes.get(pid)?.mailbox.keys() ?? []) {
    if (places.size === wanted.size) break;
    if (wanted.has(message)) places.set(message, at);
    at++;
  }
  return places;
}

/** A receive looks at messages from the first to the last: it has left those before the one that it is at. */
export function isLeft({ rule, at }: ReceiveStep, place: number): boolean {
  return at < 0 ? true : rule === 4 ? place <= at : place < at;
}
