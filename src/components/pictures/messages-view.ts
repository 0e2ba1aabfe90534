/** The sequence diagram as a tab: rows lead to their moment, the future is pale. */
import type { TracePlace } from "beamlet/protocol";
import type { History } from "./history.ts";
import { toDom } from "./node.ts";
import { Pager } from "./pager.ts";
import { folded, LANES, stretch } from "./sequence-fold.ts";
import { type Row, type Sequence, sequenceOf } from "./sequence-model.ts";
import { drawSequence, rowTop } from "./sequence-picture.ts";
import { element, type View } from "./view.ts";
import { sentence } from "./wording.ts";

/** Rows that are drawn at a time: those around the current one. */
const ROWS = 200;

export class MessagesView implements View {
  readonly name = "messages";
  readonly title = "Messages";
  readonly element = element("div", "");
  readonly #picture = element("div", "sequence-view");
  readonly #lanes: Pager;
  readonly #before = element("p", "omitted");
  readonly #behind = element("p", "omitted");
  #whole: Sequence = { lanes: [], rows: [], stays: [] };
  #sequence = this.#whole;
  /** Rows by their entry. */
  #at = new Map<number, number>();
  #of: History | null = null;
  #length = -1;
  #firstLane = 0;
  #firstRow = -1;
  #width = 0;
  #now: Element | null = null;
  #band: Element | null = null;
  #rows: Element[] = [];

  /** `redraw` is for when other processes are to be seen. */
  constructor(redraw: () => void) {
    this.#lanes = new Pager("processes", LANES, (first) => {
      this.#firstLane = first;
      this.#length = -1;
      redraw();
    });
    this.element.append(this.#before, this.#picture, this.#behind, this.#lanes.element);
  }

  applies(): boolean {
    return true;
  }

  steps(history: History): readonly number[] {
    this.#model(history);
    return this.#sequence.rows.map(({ index }) => index);
  }

  draw(history: History, width: number): void {
    this.#model(history);
    this.#width = width;
    this.#firstRow = -1;
  }

  show(index: number, _until: number, history: History): void {
    const { rows } = this.#sequence;
    let current = rows.findIndex((row) => row.index > index) - 1;
    if (current === -2) current = rows.length - 1;
    this.#turnTo(current, history);
    const at = current - this.#firstRow;
    this.#rows.forEach((row, i) => {
      row.classList.toggle("later", i > at);
      row.classList.toggle("current", i === at);
    });
    this.#band?.setAttribute("y", String(rowTop(at)));
    const y = String(rowTop(at + 1));
    this.#now?.setAttribute("y1", y);
    this.#now?.setAttribute("y2", y);
    this.#now?.classList.toggle("last", current >= rows.length - 1);
    this.#scrollTo(this.#rows[at]);
  }

  tell(index: number, history: History): string {
    const at = this.#at.get(index);
    const row: Row | undefined = this.#sequence.rows[at ?? -1];
    const entry = history.entries[index];
    const sent = entry.type === "deliver" && entry.origin === "send" ? history.entries[index - 1] : entry;
    const text = sentence(sent?.type === "send" ? sent : entry, history) ?? "";
    if (row === undefined || at === undefined) return text;
    if (row.count > 1) return `${row.count.toLocaleString("en")} things in a row; the last: ${text}`;
    const isPassing = row.kind === "match" || row.kind === "look";
    const passed = isPassing ? this.#sequence.stays.filter(({ skipped }) => skipped.includes(at)) : [];
    if (passed.length === 0) return text;
    const count = passed.length === 1 ? "one message" : `${passed.length} messages`;
    return row.kind === "look"
      ? `${history.title(row.pid)} finds no match: it passes over ${count} and waits`
      : `${text}, passing over ${count}`;
  }

  /** Of a message that arrives, the line that has sent it. */
  placeOf(index: number): TracePlace | undefined {
    return this.#sequence.rows[this.#at.get(index) ?? -1]?.place ?? undefined;
  }

  #model(history: History): void {
    if (this.#of === history && this.#length === history.entries.length) return;
    if (this.#of !== history) this.#firstLane = 0;
    this.#of = history;
    this.#length = history.entries.length;
    this.#whole = sequenceOf(history);
    // The lane of the block is on every page.
    this.#firstLane = this.#lanes.show(this.#firstLane, this.#whole.lanes.length - 1);
    this.#sequence = folded(this.#whole, this.#firstLane, history);
    this.#at = new Map(this.#sequence.rows.map(({ index }, at) => [index, at]));
  }

  /** Draws the rows around one, unless it is in the middle of what is drawn. */
  #turnTo(row: number, history: History): void {
    const { rows } = this.#sequence;
    const isDrawn = this.#firstRow >= 0 && row >= this.#firstRow && row < this.#firstRow + ROWS;
    if (isDrawn) return;
    const first = Math.max(0, Math.min(row - ROWS / 2, rows.length - ROWS));
    this.#firstRow = first;
    const { head, body } = drawSequence(stretch(this.#sequence, first, ROWS), history, this.#width);
    const drawn = toDom(body);
    this.#picture.replaceChildren(toDom(head), drawn);
    this.#now = drawn.querySelector(".now");
    this.#band = drawn.querySelector(".band");
    this.#rows = [...drawn.querySelectorAll(".row")];
    tellMore(this.#before, first, "earlier");
    tellMore(this.#behind, rows.length - first - ROWS, "later");
  }

  /** Within the picture: the page itself stays where it is. */
  #scrollTo(row: Element | undefined): void {
    if (row === undefined) return;
    const box = row.querySelector(".hit")?.getBoundingClientRect();
    const view = this.#picture.getBoundingClientRect();
    if (box === undefined || view.height === 0) return;
    const above = box.top - view.top - 52;
    const below = box.bottom - view.bottom + 16;
    if (above < 0) this.#picture.scrollTop += above;
    else if (below > 0) this.#picture.scrollTop += below;
  }
}

function tellMore(note: HTMLElement, count: number, where: string): void {
  note.hidden = count <= 0;
  note.textContent = `${count.toLocaleString("en")} ${where} rows: move the slider there to see them.`;
}
