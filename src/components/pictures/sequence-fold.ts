/**
 * A sequence diagram that can be looked at, of a run of any size: some processes have a lane, the others share one, in which what
 * happens in a row is one row; and of the rows, a stretch. Nothing is left out: what is folded is counted, and can be turned to.
 */
import type { History } from "./history.ts";
import type { Lane, Row, Sequence, Stay } from "./sequence-model.ts";

/** The lane of all processes that have none of their own. */
export const OTHERS = -1;
/** Lanes that are turned like pages; beside them stands that of the block. More are not legible. */
export const LANES = 10;
/** More messages beside a lane than that would hide the next one. */
const MOST_COLUMNS = 8;

/** `first` counts the processes before the page, that of the block aside. */
export function folded(sequence: Sequence, first: number, history: History): Sequence {
  const { lanes, rows, stays } = sequence;
  const [block, ...rest] = lanes;
  const own = rest.length <= LANES + 1 ? lanes : [block, ...rest.slice(first, first + LANES)];
  const shown = new Set(own.map(({ pid }) => pid));
  const kept: Row[] = [];
  /** Where a row of the whole sequence is now. */
  const place = new Int32Array(rows.length);
  rows.forEach((row, i) => {
    if (shown.has(row.pid) && (row.from === 0 || shown.has(row.from) || row.kind === "lost")) kept.push(row);
    else {
      const next = shared(row, shown, history);
      const last = kept.at(-1);
      if (last !== undefined && isAlike(last, next)) kept[kept.length - 1] = joined(last, next);
      else kept.push(next);
    }
    place[i] = kept.length - 1;
  });
  const at = (row: number) => (row < 0 ? -1 : place[row]);
  const until = (row: number | null) => (row === null ? null : at(row));
  const drawn: Lane[] = own.map((lane) => ({
    ...lane,
    from: at(lane.from),
    to: until(lane.to),
    waits: lane.waits.map(({ from, to }) => ({ from: at(from), to: until(to) })),
  }));
  const count = lanes.length - own.length;
  if (count > 0) {
    const title = `${count.toLocaleString("en")} others`;
    drawn.push({ pid: OTHERS, title, from: -1, to: null, isCrash: false, waits: [] });
  }
  const bars = stays
    .filter(({ pid, column }) => shown.has(pid) && column < MOST_COLUMNS)
    .map((stay) => ({ ...stay, from: at(stay.from), to: until(stay.to), skipped: stay.skipped.map(at) }));
  return { lanes: drawn, rows: kept, stays: bars };
}

/** The row of a process without a lane. */
function shared(row: Row, shown: ReadonlySet<number>, history: History): Row {
  const pid = shown.has(row.pid) ? row.pid : OTHERS;
  const from = row.from === 0 || shown.has(row.from) ? row.from : OTHERS;
  if (pid !== OTHERS) return { ...row, from, text: `${history.title(row.from)}: ${row.text}` };
  const title = history.title(row.pid);
  if (from !== OTHERS && from !== 0) return { ...row, pid, text: `${title}: ${row.text}` };
  return { ...row, kind: "others", pid, from: 0, text: `${title} ${verbs[row.kind]} ${row.text}` };
}

const verbs: Readonly<Record<Row["kind"], string>> = {
  spawn: "is started",
  send: "gets",
  lost: "sends nobody",
  told: "is told",
  match: "takes",
  look: "finds no match",
  timeout: "waits no more:",
  exit: "ends:",
  print: "prints",
  signal: "gets an exit signal:",
  others: "",
};

/** What comes from one lane to the shared one, and what happens within that, is one row until something else happens. */
function isAlike(last: Row, next: Row): boolean {
  return last.pid === OTHERS && next.pid === OTHERS && last.kind === next.kind && last.from === next.from;
}

function joined(last: Row, next: Row): Row {
  const count = last.count + 1;
  const many = count.toLocaleString("en");
  const text = {
    spawn: `starts ${many}`,
    send: `${many} messages`,
    told: `${many} messages`,
    signal: `${many} exit signals`,
    others: `${many} things happen to them`,
  }[next.kind as string];
  return { ...next, count, text: text ?? `${many} times` };
}

/** Some rows of a sequence as one of their own, which begins and ends in the middle. */
export function stretch(sequence: Sequence, first: number, count: number): Sequence {
  const { lanes, rows, stays } = sequence;
  const last = Math.min(rows.length, first + count);
  const isWhole = last === rows.length;
  const from = (row: number) => Math.max(-1, row - first);
  const to = (row: number | null) => (row === null || row >= last ? null : Math.max(0, row - first));
  const isIn = (begin: number, end: number | null) => begin < last && (end === null || end >= first);
  return {
    rows: rows.slice(first, last),
    lanes: lanes.map((lane) => ({
      ...lane,
      from: from(lane.from),
      to: lane.to !== null && lane.to < first ? -1 : to(lane.to),
      waits: lane.waits
        .filter((wait) => isIn(wait.from, wait.to))
        .map((wait) => ({ from: Math.max(0, wait.from - first), to: to(wait.to) })),
    })),
    stays: stays.filter((stay) => isIn(stay.from, stay.to)).map((stay) => moved(stay)),
  };

  function moved(stay: Stay): Stay {
    const isTaken = stay.isTaken && (isWhole || (stay.to !== null && stay.to < last));
    const skipped = stay.skipped.filter((row) => row >= first && row < last).map((row) => row - first);
    return { ...stay, from: from(stay.from), to: to(stay.to), isTaken, skipped };
  }
}
