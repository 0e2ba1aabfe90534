/**
 * What each `receive` of the program did, in the six steps of its algorithm: which message it took up, which pattern it tried on it,
 * with what result. The trace tells which messages were passed over and which clause took one; the rest follows from the rule that
 * patterns are tried from top to bottom.
 */
import type { TracePlace } from "beamlet/protocol";
import type { History, Waiting } from "./history.ts";
import { replay } from "./history.ts";

export interface ReceiveStep {
  /** Of the six, from 1. */
  readonly rule: 1 | 2 | 3 | 4 | 5 | 6;
  /** The entry that it leads to, and how many steps that one has before. */
  readonly index: number;
  readonly part: number;
  readonly pid: number;
  readonly mailbox: readonly Waiting[];
  /** The message that is looked at, as a place in the mailbox; -1 for none. */
  readonly at: number;
  /** Lines of the clauses, and which one is tried: -1 for none, or for all of them. */
  readonly clauses: readonly TracePlace[];
  readonly clause: number;
  readonly result: "none" | "fails" | "matches";
}

const MOST_STEPS = 300;

export function receiveSteps(history: History): ReceiveStep[] {
  const steps: ReceiveStep[] = [];
  /** Messages that the running receive of a process has passed over since it was last told. */
  const passed = new Map<number, { message: number; mailbox: readonly Waiting[] }[]>();
  let part = 0;
  replay(history.entries, (entry, index, before) => {
    if (steps.length > MOST_STEPS) return;
    const { pid } = entry;
    const mailbox = () => (before.processes.get(pid)?.mailbox ?? []).map((item) => ({ ...item }));
    if (entry.type === "skip") {
      const looked = passed.get(pid) ?? [];
      passed.set(pid, looked);
      looked.push({ message: entry.message, mailbox: mailbox() });
      return;
    }
    if (entry.type !== "match" && entry.type !== "block" && entry.type !== "timeout") return;
    const looked = passed.get(pid) ?? [];
    passed.delete(pid);
    const lines = entry.type === "timeout" ? [] : entry.clauses;
    if (entry.type !== "timeout" && lines.length === 0) return;
    if (entry.type === "timeout" && entry.place === undefined) return;
    const { place } = entry;
    if (place === undefined) return;
    const clauses = lines.map((line) => ({ file: place.file, line }));
    part = 0;
    const add = (step: Pick<ReceiveStep, "rule" | "mailbox" | "at" | "clause" | "result">) =>
      steps.push({ index, part: part++, pid, clauses, ...step });
    const distinct = new Set(lines).size === lines.length;
    const tries = (box: readonly Waiting[], at: number, matching: number) => {
      const last = matching < 0 ? lines.length - 1 : matching;
      if (!distinct) {
        add({ rule: 2, mailbox: box, at, clause: -1, result: matching < 0 ? "fails" : "matches" });
        return;
      }
      for (let i = 0; i <= last; i++)
        add({ rule: 2, mailbox: box, at, clause: i, result: i === matching ? "matches" : "fails" });
    };
    for (const { message, mailbox: box } of looked) {
      const at = box.findIndex((item) => item.message === message);
      add({ rule: 1, mailbox: box, at, clause: -1, result: "none" });
      tries(box, at, -1);
      add({
        rule: 4,
        mailbox: box.map((item, i) => (i === at ? { ...item, isSkipped: true } : item)),
        at,
        clause: -1,
        result: "fails",
      });
    }
    const box = mailbox();
    if (entry.type === "match") {
      const at = box.findIndex((item) => item.message === entry.message);
      const matching = distinct ? lines.indexOf(place.line) : 0;
      add({ rule: 1, mailbox: box, at, clause: -1, result: "none" });
      tries(box, at, matching);
      add({ rule: 3, mailbox: box, at, clause: matching, result: "matches" });
    } else if (entry.type === "block") add({ rule: 5, mailbox: box, at: -1, clause: -1, result: "none" });
    else add({ rule: 6, mailbox: box, at: -1, clause: -1, result: "none" });
  });
  return steps.slice(0, MOST_STEPS);
}
