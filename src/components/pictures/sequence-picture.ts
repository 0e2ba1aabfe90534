/** Draws a sequence diagram. Time runs down; a message is an arrow, and then a bar beside its receiver until it is taken. */
import { duration, type History, pidText } from "./history.ts";
import { codeWidth, fitted, h, type Node } from "./node.ts";
import { OTHERS } from "./sequence-fold.ts";
import type { Lane, Row, Sequence, Stay } from "./sequence-model.ts";

const ROW = 28;
const HEAD = 46;
const GUTTER = 46;
const LEAST_GAP = 118;
const MOST_GAP = 260;
const BAR = 5;
const BAR_STEP = 11;
/** Milliseconds that must pass for the gutter to tell the time again. */
const TELLING = 0.95;

export interface Drawing {
  readonly head: Node;
  readonly body: Node;
}

class Plan {
  readonly gap: number;
  readonly width: number;
  readonly height: number;
  readonly #columns: Map<number, number>;

  constructor(sequence: Sequence, width: number) {
    const count = sequence.lanes.length;
    this.gap = Math.max(LEAST_GAP, Math.min(MOST_GAP, (width - GUTTER - 12) / count));
    this.width = Math.max(width, Math.ceil(GUTTER + count * this.gap + 12));
    this.height = sequence.rows.length * ROW + 14;
    this.#columns = new Map(sequence.lanes.map(({ pid }, i) => [pid, i]));
  }

  x(pid: number): number {
    return GUTTER + (this.#columns.get(pid) ?? 0) * this.gap + 20;
  }

  has(pid: number): boolean {
    return this.#columns.has(pid);
  }

  y(row: number): number {
    return (row + 0.5) * ROW + 6;
  }
}

export function drawSequence(sequence: Sequence, history: History, width: number): Drawing {
  const plan = new Plan(sequence, width);
  const size = (height: number) => ({
    width: plan.width,
    height,
    viewBox: `0 0 ${plan.width} ${height}`,
    "aria-hidden": "true",
  });
  return {
    head: h(
      "svg",
      { ...size(HEAD), class: "sequence-head" },
      sequence.lanes.map((lane) => head(lane, plan)),
    ),
    body: h(
      "svg",
      { ...size(plan.height), class: "sequence" },
      h("rect", { class: "band", x: 0, y: -ROW, width: plan.width, height: ROW }),
      h(
        "g",
        { class: "lanes" },
        sequence.lanes.map((lane) => drawLane(lane, plan)),
      ),
      h(
        "g",
        { class: "stays" },
        sequence.stays.filter(({ pid }) => plan.has(pid)).map((stay) => drawStay(stay, plan)),
      ),
      h("g", { class: "times" }, times(sequence.rows, history, plan)),
      h(
        "g",
        { class: "rows" },
        sequence.rows.map((row, i) => drawRow(row, i, sequence, plan)),
      ),
      h("line", { class: "now", x1: 0, x2: plan.width, y1: 0, y2: 0 }),
    ),
  };
}

/** Where a row begins, and below which the future does. */
export function rowTop(row: number): number {
  return row * ROW + 6;
}

function head({ title, pid }: Lane, plan: Plan): Node {
  const x = plan.x(pid);
  const hasName = pid !== OTHERS && title !== pidText(pid);
  return h(
    "g",
    { class: "lane-head", "data-pid": pid },
    h("text", { x: x - 8, y: hasName ? 18 : 28, class: "lane-title" }, fitted(title, plan.gap - 14, 13)),
    hasName && h("text", { x: x - 8, y: 34, class: "lane-pid" }, fitted(pidText(pid), plan.gap - 14, 11)),
  );
}

function drawLane(lane: Lane, plan: Plan): Node {
  const x = plan.x(lane.pid);
  const top = lane.from < 0 ? 0 : plan.y(lane.from);
  const bottom = lane.to === null ? plan.height : lane.to < 0 ? 0 : plan.y(lane.to);
  return h(
    "g",
    { class: `lane${lane.isCrash ? " crash" : ""}${lane.pid === OTHERS ? " others" : ""}` },
    h("line", { class: "life", x1: x, x2: x, y1: top, y2: bottom }),
    lane.waits.map(({ from, to }) =>
      h("line", {
        class: "waits",
        x1: x,
        x2: x,
        y1: plan.y(from) + (from < lane.from ? 0 : 7),
        y2: to === null ? bottom : plan.y(to) - 5,
      }),
    ),
  );
}

function drawStay({ pid, from, to, column, message, isTaken, skipped }: Stay, plan: Plan): Node {
  const x = plan.x(pid) + 9 + column * BAR_STEP;
  const top = from < 0 ? 2 : plan.y(from);
  const bottom = to === null ? plan.height : plan.y(to);
  return h(
    "g",
    { class: `stay${isTaken ? "" : " left"}`, "data-message": message },
    h("rect", { x, y: top - 2, width: BAR, height: Math.max(BAR, bottom - top + 4), rx: 2.5 }),
    isTaken && h("line", { class: "taken", x1: x, x2: plan.x(pid), y1: bottom, y2: bottom }),
    skipped.map((row) => h("circle", { class: "skip", cx: x + BAR / 2, cy: plan.y(row), r: 4.5 })),
  );
}

function times(rows: readonly Row[], history: History, plan: Plan): Node[] {
  const labels: Node[] = [];
  let told = Number.NEGATIVE_INFINITY;
  rows.forEach(({ time }, i) => {
    if (time - told < TELLING) return;
    const jump = Number.isFinite(told) && time - told > 100;
    told = time;
    const since = history.sinceBegin(time);
    const text = duration(since < 1 ? 0 : since);
    labels.push(h("text", { class: "time", x: GUTTER - 8, y: plan.y(i) + 4 }, text));
    if (jump) {
      const y = plan.y(i) - ROW / 2;
      labels.push(h("path", { class: "jump", d: `M6 ${y} q4 -5 8 0 t8 0 t8 0` }));
    }
  });
  return labels;
}

function drawRow(row: Row, i: number, sequence: Sequence, plan: Plan): Node {
  const y = plan.y(i);
  const x = plan.x(row.pid);
  return h(
    "g",
    {
      class: `row ${row.kind}${row.isCrash ? " crash" : ""}`,
      "data-index": row.index,
      "data-file": row.place?.file,
      "data-line": row.place?.line,
    },
    h("rect", { class: "hit", x: 0, y: y - ROW / 2, width: plan.width, height: ROW }),
    content(row, i, x, y, sequence, plan),
  );
}

function content(row: Row, i: number, x: number, y: number, sequence: Sequence, plan: Plan): Node[] {
  const beside = x + 14 + barsAt(row.pid, i, sequence) * BAR_STEP;
  // Nothing else stands in a row, so that its text may pass over the lanes to the right.
  const room = plan.width - beside - 12;
  switch (row.kind) {
    case "spawn":
      return row.from !== 0 && plan.has(row.from)
        ? [
            ...arrow(plan.x(row.from), x - 7, y, row.count > 1 ? row.text : "starts", "spawn"),
            h("circle", { class: "born", cx: x, cy: y, r: 5 }),
          ]
        : [h("circle", { class: "born", cx: x, cy: y, r: 5 })];
    case "send":
    case "told":
    case "signal": {
      if (row.from === row.pid) return hook(x, y, row.text, beside - BAR_STEP, plan);
      if (row.from === 0 || !plan.has(row.from)) return [...clock(x, y), label(row.text, beside, y, room)];
      return arrow(plan.x(row.from), x, y, row.kind === "signal" ? `exit ${row.text}` : row.text, row.kind);
    }
    case "lost": {
      const end = row.from !== 0 && plan.has(row.from) ? plan.x(row.from) : x + plan.gap * 0.6;
      const short = end > x ? end - 8 : end + 8;
      return [...arrow(x, short, y, row.text, "lost"), cross(end, y)];
    }
    case "others":
      return [h("text", { class: "note", x: beside, y: y + 4 }, fitted(row.text, room, 11.5))];
    case "match":
      return [
        h("circle", { class: "take", cx: x, cy: y, r: 4.5 }),
        h("text", { class: "note", x: beside, y: y + 4 }, fitted(`takes ${row.text}`, room, 11.5)),
      ];
    case "look":
      return [h("text", { class: "note", x: beside, y: y + 4 }, fitted("no match", room, 11.5))];
    case "timeout":
      return [
        ...clock(x, y),
        h("text", { class: "note", x: beside + 8, y: y + 4 }, fitted("time is over", room - 8, 11.5)),
      ];
    case "exit":
      return row.isCrash
        ? [cross(x, y), h("text", { class: "note", x: beside, y: y + 4 }, fitted(row.text, room, 11.5))]
        : [
            h("line", { class: "end", x1: x - 7, x2: x + 7, y1: y, y2: y }),
            h(
              "text",
              { class: "note", x: beside, y: y + 4 },
              fitted(row.text === ":normal" ? "ends" : `ends ${row.text}`, room, 11.5),
            ),
          ];
    case "print": {
      const text = fitted(row.text, room - 16);
      return [
        h("rect", {
          class: "paper",
          x: beside - 2,
          y: y - 9,
          width: codeWidth(text) + 14,
          height: 19,
          rx: 3,
        }),
        h("text", { class: "code", x: beside + 5, y: y + 4.5 }, text),
      ];
    }
  }
}

/** How many bars stand beside the lane in this row, in columns. */
function barsAt(pid: number, row: number, { stays }: Sequence): number {
  let columns = 0;
  for (const stay of stays) {
    if (stay.pid === pid && stay.from <= row && (stay.to === null || stay.to >= row))
      columns = Math.max(columns, stay.column + 1);
  }
  return columns;
}

function arrow(from: number, to: number, y: number, text: string, kind: string): Node[] {
  const direction = to > from ? 1 : -1;
  const tip = to - direction * 2;
  const start = from + direction * 4;
  const room = Math.abs(to - from) - 26;
  const shown = kind === "spawn" ? text : fitted(text, room);
  return [
    h("line", { class: `arrow ${kind}`, x1: start, x2: tip - direction * 6, y1: y, y2: y }),
    h("polygon", {
      class: `tip ${kind}`,
      points: `${tip},${y} ${tip - direction * 8},${y - 4} ${tip - direction * 8},${y + 4}`,
    }),
    h(
      "text",
      {
        class: `${kind === "spawn" ? "note" : "code"}${direction < 0 ? " before" : ""}`,
        x: from + direction * 11,
        y: y - 5,
      },
      shown,
    ),
  ];
}

/** A message that a process sends to itself: out of the lane, into the mailbox beside it. */
function hook(x: number, y: number, text: string, bar: number, plan: Plan): Node[] {
  const out = bar + 22;
  return [
    h("path", { class: "arrow send", d: `M${x + 3} ${y - 9} H${out - 5} q9 0 9 4.5 t-9 4.5 H${bar + 12}` }),
    h("polygon", { class: "tip send", points: `${bar + 5},${y} ${bar + 13},${y - 4} ${bar + 13},${y + 4}` }),
    label(text, out + 12, y, plan.width - out - 24),
  ];
}

function label(text: string, x: number, y: number, room: number): Node {
  return h("text", { class: "code", x, y: y + 4 }, fitted(text, room));
}

function clock(x: number, y: number): Node[] {
  return [
    h("circle", { class: "clock", cx: x, cy: y, r: 6 }),
    h("path", { class: "hands", d: `M${x} ${y - 4} v4 h3` }),
  ];
}

function cross(x: number, y: number): Node {
  return h("path", { class: "cross", d: `M${x - 5} ${y - 5} l10 10 m0 -10 l-10 10` });
}
