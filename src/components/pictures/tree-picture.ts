/** Draws the tree of processes at one moment: who lives, how they are linked, and the signal that is on its way. */
import type { TraceEntry } from "beamlet/protocol";
import { type History, type Moment, messageText, type ProcessAt, pidText } from "./history.ts";
import { fitted, h, type Node } from "./node.ts";
import { type Group, occupant, type Slot, type Tree } from "./tree-model.ts";

const ROW = 64;
const BOX = 40;
const MOST_BOX = 190;
const MARGIN = 14;
const GAP = 34;
const NARROW = 480;

export function drawTree(
  tree: Tree,
  moment: Moment,
  step: TraceEntry | undefined,
  history: History,
  width: number,
): Node {
  const gap = width < NARROW ? 22 : GAP;
  const around = 2 * MARGIN + 26;
  const box = Math.max(84, Math.min(MOST_BOX, (width - around - (tree.depth - 1) * gap) / tree.depth));
  const wide = Math.max(width, around + tree.depth * box + (tree.depth - 1) * gap);
  const high = tree.rows * ROW + 10;
  const x = (slot: Slot) => MARGIN + slot.depth * (box + gap);
  const y = (slot: Slot) => slot.row * ROW + ROW / 2 + 4;
  const { slotOf } = tree;
  const shown = tree.slots.flatMap((slot) => {
    const pid = occupant(slot, moment);
    return pid === null ? [] : [{ slot, process: moment.processes.get(pid) as ProcessAt }];
  });
  const occupants = new Map(shown.map(({ slot, process }) => [slot, process.pid]));
  const isShown = (pid: number) => {
    const slot = slotOf.get(pid);
    return slot !== undefined && (slot.group === null ? occupants.get(slot) === pid : occupants.has(slot));
  };
  const edges: Node[] = [];
  for (const { slot, process } of shown) {
    const { parent } = slot;
    if (parent === null || !isShown(process.parent)) continue;
    const kind = process.links.has(process.parent) ? "link" : "started";
    const [x1, y1, x2, y2] = [x(parent) + box, y(parent), x(slot), y(slot)];
    const middle = (x1 + x2) / 2;
    edges.push(
      h("path", {
        class: `edge ${kind}${process.state === "ended" ? " ended" : ""}`,
        d: `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
      }),
    );
  }
  // Links and monitors beside those of the tree: straight to the next column, around the right side within one.
  const arc = (a: Slot, b: Slot, kind: string): Node => {
    const [ya, yb] = [y(a) + 9, y(b) + (a.depth === b.depth ? -9 : 9)];
    const sign = Math.sign(b.depth - a.depth);
    const start = sign < 0 ? x(a) : x(a) + box;
    const end = sign > 0 ? x(b) : x(b) + box;
    const bend = sign === 0 ? end + 12 + Math.min(24, Math.abs(a.row - b.row) * 8) : (start + end) / 2;
    const back = sign > 0 ? -1 : 1;
    return h(
      "g",
      {},
      h("path", {
        class: `edge ${kind}`,
        d: `M${start} ${ya} C${bend} ${ya} ${bend} ${yb} ${end + back * 3} ${yb}`,
      }),
      kind === "monitor" &&
        h("polygon", {
          class: "watcher",
          points: `${end},${yb} ${end + back * 8},${yb - 4} ${end + back * 8},${yb + 4}`,
        }),
    );
  };
  // Several to the same group are drawn as one.
  const joined = new Set<string>();
  const join = (a: Slot, b: Slot, kind: string) => {
    const name = `${kind} ${a.pids[0]} ${b.pids[0]}`;
    if (!joined.has(name)) edges.push(arc(a, b, kind));
    joined.add(name);
  };
  for (const { slot, process } of shown) {
    if (process.state === "ended" || slot.group !== null) continue;
    for (const other of process.links) {
      const to = slotOf.get(other);
      if (to === undefined || to === slot || !isShown(other)) continue;
      const isParent = to === slot.parent || to.parent === slot;
      if ((process.pid < other || to.group !== null) && !isParent) join(slot, to, "link");
    }
    for (const [reference, other] of process.monitors) {
      const to = slotOf.get(other);
      if (to === undefined || to === slot || tree.fleeting.has(reference) || !isShown(other)) continue;
      if (moment.processes.get(other)?.state !== "ended") join(slot, to, "monitor");
    }
  }
  return h(
    "svg",
    { width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, class: "tree", "aria-hidden": "true" },
    h("g", {}, edges),
    shown.map(({ slot, process }) =>
      slot.group === null
        ? drawBox(slot, process, history, step, x(slot), y(slot) - BOX / 2, box)
        : drawGroup(slot, slot.group, moment, step, x(slot), y(slot) - BOX / 2, box),
    ),
    signal(step, slotOf, (slot) => [x(slot), y(slot)], box),
  );
}

function drawBox(
  slot: Slot,
  process: ProcessAt,
  history: History,
  step: TraceEntry | undefined,
  x: number,
  y: number,
  box: number,
): Node {
  const { pid, state, mailbox, isCrash } = process;
  const before = slot.pids.indexOf(pid);
  const isNow = step?.pid === pid;
  const title = history.title(pid);
  const status =
    state === "ended"
      ? `${isCrash ? "crashed" : "ended"}: ${process.reason}`
      : [stateText[state], mailbox.size > 0 ? `${mailbox.size} in mailbox` : ""].filter(Boolean).join(" · ");
  const above =
    before > 0 ? `${pidText(pid)} · start no. ${before + 1}` : title === pidText(pid) ? "" : pidText(pid);
  const crossed = state === "ended" ? " ended" : "";
  return h(
    "g",
    { class: `process ${state}${isCrash ? " crash" : ""}${crossed}${isNow ? " current" : ""}` },
    h("rect", { x, y, width: box, height: BOX, rx: 7 }),
    h("text", { class: "lane-title", x: x + 9, y: y + 16 }, fitted(title, box - 18, 13)),
    h("text", { class: "note", x: x + 9, y: y + 32 }, fitted(status, box - 14, 10.4)),
    above !== "" &&
      box > 130 &&
      !(isNow && (step.type === "signal" || step.type === "deliver")) &&
      h("text", { class: "lane-pid above", x: x + 9, y: y - 5 }, fitted(above, box, 10)),
  );
}

/** Many at once: how many there are at the moment, and what most of them do. */
function drawGroup(
  { pids }: Slot,
  { code }: Group,
  moment: Moment,
  step: TraceEntry | undefined,
  x: number,
  y: number,
  box: number,
): Node {
  const counts = new Map<string, number>();
  let count = 0;
  for (const pid of pids) {
    const process = moment.processes.get(pid);
    if (process === undefined) continue;
    count++;
    const kind = process.state === "ended" && process.isCrash ? "crashed" : groupText[process.state];
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const number = (value: number) => value.toLocaleString("en");
  const states = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, many]) => `${number(many)} ${kind}`)
    .join(" · ");
  const isNow = step !== undefined && pids.includes(step.pid);
  const title = `${number(count)} more${code === null ? "" : ` ${code}`}`;
  return h(
    "g",
    { class: `process group${counts.has("crashed") ? " crash" : ""}${isNow ? " current" : ""}` },
    [6, 3, 0].map((by) => h("rect", { x: x + by, y: y + by, width: box - 6, height: BOX - 6, rx: 7 })),
    h("text", { class: "lane-title", x: x + 9, y: y + 14 }, fitted(title, box - 22, 13)),
    h("text", { class: "note", x: x + 9, y: y + 28 }, fitted(states, box - 18, 10.4)),
  );
}

const groupText = { ready: "ready", running: "runs", waiting: "wait", held: "wait", ended: "ended" };

const stateText = { ready: "ready", running: "runs", waiting: "waits", held: "waits", ended: "ended" };

/** The exit signal, or the message made of one, that has just arrived. */
function signal(
  entry: TraceEntry | undefined,
  slotOf: ReadonlyMap<number, Slot>,
  at: (slot: Slot) => [number, number],
  box: number,
): Node | null {
  if (entry === undefined) return null;
  const isTold = entry.type === "deliver" && (entry.origin === "exit" || entry.origin === "down");
  if (entry.type !== "signal" && !isTold) return null;
  const from = slotOf.get(entry.from);
  const to = slotOf.get(entry.pid);
  if (from === undefined || to === undefined || from === to) return null;
  const isDown = to.depth > from.depth;
  const [fx, fy] = at(from);
  const [tx, ty] = at(to);
  const [x1, x2] = isDown ? [fx + box, tx] : to.depth < from.depth ? [fx, tx + box] : [fx + box, tx + box];
  const bend = to.depth === from.depth ? x1 + 30 : (x1 + x2) / 2;
  const sign = x2 > bend ? 1 : -1;
  const text = entry.type === "signal" ? `exit ${entry.reason}` : messageText(entry.text);
  return h(
    "g",
    { class: "signal" },
    h("path", { d: `M${x1} ${fy} C${bend} ${fy} ${bend} ${ty} ${x2 - sign * 7} ${ty}` }),
    h("polygon", { points: `${x2},${ty} ${x2 - sign * 9},${ty - 5} ${x2 - sign * 9},${ty + 5}` }),
    h("text", { class: "code signal-text", x: tx + 9, y: ty - BOX / 2 - 5 }, fitted(text, box + 20, 11)),
  );
}
