/**
 * Draws slices: above, the scheduler's lane, which is all of them in a row; below it a lane for each process, dark while it runs,
 * pale while it is ready, empty while it waits. A slice that was cut off has a pointed end.
 */
import { duration, type History } from "./history.ts";
import { fitted, h, type Node } from "./node.ts";
import type { Slice, Slices } from "./slices-model.ts";

const LANE = 24;
const BAR = 14;
const MOST_LANES = 10;
/** So many slices are looked at together, if there is room for them. */
const WINDOW = 90;
const ROOM_FOR_SLICE = 7;
const LEAST_WIDTH = 3;
const GAP = 40;
const QUEUE = 34;

/** The hues that tell processes apart in the scheduler's lane; what it says in words stands beside each lane. */
const HUES = 6;

export function drawSlices(model: Slices, current: number, history: History, width: number): Node {
  const { slices } = model;
  const names = width < 480 ? 96 : 150;
  const right = width - 14;
  const count = Math.max(10, Math.min(WINDOW, Math.floor((right - names) / ROOM_FOR_SLICE)));
  const first = Math.max(0, Math.min(current - Math.floor(count * 0.75), slices.length - count));
  const shown = slices.slice(first, first + count);
  const pids = [...new Set(shown.map(({ pid }) => pid))];
  const place = (pid: number) => model.pids.get(pid) ?? 0;
  const lanes = pids.toSorted((a, b) => place(a) - place(b)).slice(0, MOST_LANES);
  const hidden = pids.length - lanes.length;

  // Every slice is as wide as its work, the shortest a little wider so that they are seen; gaps are all alike.
  const work = shown.reduce((sum, { reductions }) => sum + reductions, 0);
  const isAfterGap = ({ idle, omitted }: Slice, i: number) => i > 0 && (idle > 0 || omitted > 0);
  const gaps = shown.filter(isAfterGap).length;
  const room = Math.max(60, right - names - gaps * GAP - shown.length * LEAST_WIDTH);
  const scale = work === 0 ? 0 : room / work;
  const spans: { slice: Slice; x: number; width: number }[] = [];
  let x = names;
  const marks: Node[] = [];
  const top = 30;
  const bottom = top + (lanes.length + 1) * LANE + 16;
  shown.forEach((slice, i) => {
    if (isAfterGap(slice, i)) {
      marks.push(
        h("line", { class: "idle", x1: x + GAP / 2, x2: x + GAP / 2, y1: top - 6, y2: bottom }),
        h(
          "text",
          { class: "time middle", x: x + GAP / 2, y: top - 12 },
          slice.omitted > 0 ? `+${slice.omitted.toLocaleString("en")}` : duration(slice.idle),
        ),
      );
      x += GAP;
    }
    const wide = LEAST_WIDTH + slice.reductions * scale;
    spans.push({ slice, x, width: wide });
    x += wide;
  });
  const xOf = (at: number): number => {
    const span = spans.findLast(({ slice }) => slice.at <= at) ?? spans[0];
    if (span === undefined) return names;
    const part = span.slice.reductions === 0 ? 1 : Math.min(1, (at - span.slice.at) / span.slice.reductions);
    return span.x + span.width * part;
  };
  const from = shown[0]?.at ?? 0;
  const to = (shown.at(-1)?.at ?? 0) + (shown.at(-1)?.reductions ?? 0);
  const ready = model.ready.filter((item) => item.to > from && item.from < to);
  const laneY = (row: number) => top + row * LANE + (row > 0 ? 12 : 0);

  const bar = ({ slice, x: left, width: wide }: (typeof spans)[number], row: number) =>
    h("path", {
      class: `slice hue-${place(slice.pid) % HUES} ${slice.state}${slice === slices[current] ? " current" : ""}`,
      "data-index": slice.ends,
      d: shape(left, laneY(row), Math.max(1.5, wide - 1), slice.state === "preempted"),
    });
  const highest = Math.max(1, ...shown.map(({ queue }) => queue));
  const base = bottom + QUEUE + 22;
  const height = (queue: number) => (queue / highest) * QUEUE;
  return h(
    "svg",
    { width, height: base + 8, viewBox: `0 0 ${width} ${base + 8}`, class: "slices", "aria-hidden": "true" },
    h("text", { class: "lane-title", x: 14, y: laneY(0) + 11 }, "Scheduler 1"),
    spans.map((span) => bar(span, 0)),
    lanes.map((pid, i) => [
      h(
        "text",
        { class: "lane-name", x: 14, y: laneY(i + 1) + 11 },
        fitted(history.title(pid), names - 20, 12),
      ),
      h("line", {
        class: "floor",
        x1: names,
        x2: right,
        y1: laneY(i + 1) + BAR + 2,
        y2: laneY(i + 1) + BAR + 2,
      }),
      ready
        .filter((item) => item.pid === pid)
        .map((item) =>
          h("rect", {
            class: `ready hue-${place(pid) % HUES}`,
            x: xOf(Math.max(from, item.from)),
            y: laneY(i + 1) + 4,
            width: Math.max(0, xOf(Math.min(to, item.to)) - xOf(Math.max(from, item.from))),
            height: BAR - 8,
          }),
        ),
      spans.filter(({ slice }) => slice.pid === pid).map((span) => bar(span, i + 1)),
    ]),
    hidden > 0 &&
      h("text", { class: "note", x: 14, y: bottom + 4 }, `and ${hidden.toLocaleString("en")} more`),
    marks,
    h("text", { class: "lane-name", x: 14, y: base - 8 }, "Run queue"),
    h("text", { class: "note", x: names - 8, y: base - QUEUE + 4, "text-anchor": "end" }, String(highest)),
    h("path", {
      class: "queue",
      // It falls to the ground where time or slices are left out.
      d: spans
        .map(({ slice, x: left, width: wide }, i) => {
          const top = base - height(slice.queue);
          const start = i === 0 || isAfterGap(slice, i) ? `${i === 0 ? "M" : "L"}${left} ${base} ` : "";
          const end =
            i + 1 === spans.length || isAfterGap(spans[i + 1].slice, i + 1) ? `L${left + wide} ${base}` : "";
          return `${start}L${left} ${top} L${left + wide} ${top} ${end}`;
        })
        .join(" "),
    }),
    h("line", { class: "floor", x1: names, x2: right, y1: base, y2: base }),
  );
}

/** A slice that was cut off points on. */
function shape(x: number, y: number, width: number, isCut: boolean): string {
  const tip = isCut ? Math.min(5, width / 2) : 0;
  return `M${x} ${y} h${width - tip} ${isCut ? `l${tip} ${BAR / 2} l${-tip} ${BAR / 2}` : `v${BAR}`} h${-(width - tip)} z`;
}
