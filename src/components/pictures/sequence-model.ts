/**
 * What a sequence diagram of a run shows: a lane a process, a row for each thing that happens, and each message's stay in a
 * mailbox, from the row in which it arrives to the one in which it is taken.
 */
import type { TracePlace } from "beamlet/protocol";
import { type History, messageText } from "./history.ts";

export interface Row {
  readonly kind:
    | "spawn"
    | "send"
    | "lost"
    | "told"
    | "match"
    | "look"
    | "timeout"
    | "exit"
    | "print"
    | "signal"
    /** Something that processes do which have no lane of their own. */
    | "others";
  /** The entry after which it is so. */
  readonly index: number;
  readonly time: number;
  /** Whose lane it is on. */
  readonly pid: number;
  /** The other end of an arrow: who starts another, sends, or has ended; 0 for none. */
  readonly from: number;
  readonly text: string;
  readonly place: TracePlace | null;
  readonly isCrash: boolean;
  /** Things like this that are drawn as one; the entry is that of the last. */
  readonly count: number;
}

export interface Stay {
  readonly message: number;
  readonly pid: number;
  readonly text: string;
  /** The row in which it arrives; -1 when it was there before. */
  readonly from: number;
  /** The row in which it leaves, or its process ends; `null` when it is there at the end. */
  to: number | null;
  isTaken: boolean;
  /** Rows in which a receive passes it over. */
  readonly skipped: number[];
  /** Its column among those that are in the mailbox at the same time. */
  readonly column: number;
}

export interface Lane {
  readonly pid: number;
  readonly title: string;
  readonly from: number;
  to: number | null;
  isCrash: boolean;
  /** Between which rows it waits; without an end it still does. */
  readonly waits: { readonly from: number; to: number | null }[];
}

export interface Sequence {
  readonly lanes: readonly Lane[];
  readonly rows: readonly Row[];
  readonly stays: readonly Stay[];
}

/** The messages of a process, each in a column of its own while it is in the mailbox. */
interface Columns {
  readonly present: Set<Stay>;
  readonly free: number[];
  used: number;
}

export function sequenceOf(history: History): Sequence {
  const lanes = new Map<number, Lane>();
  const rows: Row[] = [];
  const stays: Stay[] = [];
  const present = new Map<number, Stay>();
  const columns = new Map<number, Columns>();

  const lane = (pid: number): Lane | null => {
    if (pid === 0) return null;
    const known = lanes.get(pid);
    if (known !== undefined) return known;
    const isNew = history.processes.get(pid)?.wasKnown === false;
    const made = { pid, title: "", from: isNew ? rows.length : -1, to: null, isCrash: false, waits: [] };
    lanes.set(pid, made);
    return made;
  };

  const add = (row: Omit<Row, "time" | "place" | "isCrash" | "count"> & { isCrash?: boolean }): boolean => {
    const { pid, index } = row;
    // Who starts or sends comes first.
    if (row.from !== 0 && row.kind !== "told") lane(row.from);
    if (lane(pid) === null) return false;
    const { time, place } = history.entries[index];
    rows.push({ isCrash: false, count: 1, ...row, time, place: place ?? null });
    return true;
  };

  const arrive = (pid: number, message: number, text: string, from: number): void => {
    const taken = columns.get(pid) ?? { present: new Set(), free: [], used: 0 };
    columns.set(pid, taken);
    const column = taken.free.pop() ?? taken.used++;
    const stay: Stay = { message, pid, text, from, to: null, isTaken: false, skipped: [], column };
    taken.present.add(stay);
    present.set(message, stay);
    stays.push(stay);
  };

  const leave = (stay: Stay, isTaken: boolean): void => {
    stay.to = rows.length - 1;
    stay.isTaken = isTaken;
    const taken = columns.get(stay.pid) as Columns;
    taken.present.delete(stay);
    taken.free.push(stay.column);
    present.delete(stay.message);
  };

  const goOn = (pid: number): void => {
    const waits = lanes.get(pid)?.waits;
    const last = waits?.at(-1);
    if (last !== undefined) last.to ??= Math.max(0, rows.length - 1);
  };

  lane(history.shell);
  let looked: number[] = [];
  history.entries.forEach((entry, index) => {
    const { pid } = entry;
    switch (entry.type) {
      case "known":
        for (const { message, text } of entry.mailbox) arrive(pid, message, text, -1);
        return;
      case "spawn":
        add({ kind: "spawn", index, pid, from: entry.parent, text: entry.code ?? "" });
        return;
      case "send":
        if (entry.message === 0)
          add({ kind: "lost", index, pid, from: entry.to, text: messageText(entry.text) });
        return;
      case "deliver": {
        const { from, origin, message, text } = entry;
        const sent = origin === "send" ? history.entries[index - 1] : undefined;
        const row = { index: index, pid, from, text: messageText(text) };
        const kind = origin === "send" || origin === "timer" ? "send" : "told";
        if (add({ kind, ...row })) {
          const place = sent?.place;
          if (place !== undefined) rows[rows.length - 1] = { ...(rows.at(-1) as Row), place };
          arrive(pid, message, text, rows.length - 1);
        }
        return;
      }
      case "skip":
        looked.push(entry.message);
        return;
      case "match": {
        const stay = present.get(entry.message);
        if (stay !== undefined && add({ kind: "match", index, pid, from: 0, text: messageText(stay.text) })) {
          for (const message of looked) present.get(message)?.skipped.push(rows.length - 1);
          leave(stay, true);
          goOn(pid);
        }
        looked = [];
        return;
      }
      case "block":
        if (looked.length > 0 && add({ kind: "look", index, pid, from: 0, text: "" })) {
          for (const message of looked) present.get(message)?.skipped.push(rows.length - 1);
        }
        looked = [];
        if (entry.on === "message")
          lanes.get(pid)?.waits.push({ from: Math.max(0, rows.length - 1), to: null });
        return;
      case "timeout":
        looked = [];
        if (add({ kind: "timeout", index, pid, from: 0, text: "the time is over" })) goOn(pid);
        return;
      case "exit": {
        // One that has never said a word is not worth a lane.
        if (!lanes.has(pid) && history.processes.get(pid)?.wasKnown !== false) return;
        goOn(pid);
        if (!add({ kind: "exit", index, pid, from: 0, text: entry.reason, isCrash: entry.isCrash })) return;
        const ended = lanes.get(pid) as Lane;
        ended.to = rows.length - 1;
        ended.isCrash = entry.isCrash;
        for (const stay of [...(columns.get(pid)?.present ?? [])]) leave(stay, false);
        return;
      }
      case "signal": {
        // One that is trapped is told as the message that it becomes.
        const next = history.entries[index + 1];
        if (next?.type === "deliver" && next.origin === "exit" && next.pid === pid) return;
        if (lanes.has(pid)) add({ kind: "signal", index, pid, from: entry.from, text: entry.reason });
        return;
      }
      case "print":
        add({ kind: "print", index, pid, from: 0, text: entry.text.trimEnd() });
        return;
    }
  });
  return {
    lanes: [...lanes.values()].map((lane) => ({ ...lane, title: history.title(lane.pid) })),
    rows,
    stays,
  };
}
