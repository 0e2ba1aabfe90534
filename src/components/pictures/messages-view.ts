/** The sequence diagram as a tab: rows lead to their moment, the future is pale. */
import type { TracePlace } from "beamlet/protocol";
import type { History } from "./history.ts";
import { toDom } from "./node.ts";
import { type Row, type Sequence, sequenceOf } from "./sequence-model.ts";
import { drawSequence, rowTop } from "./sequence-picture.ts";
import { element, type View } from "./view.ts";
import { sentence } from "./wording.ts";

export class MessagesView implements View {
  readonly name = "messages";
  readonly title = "Messages";
  readonly element = element("div", "sequence-view");
  #sequence: Sequence = { lanes: [], rows: [], stays: [], hiddenLanes: 0, hiddenRows: 0 };
  #of: History | null = null;
  #length = -1;
  #now: Element | null = null;
  #band: Element | null = null;
  #rows: Element[] = [];

  applies(): boolean {
    return true;
  }

  steps(history: History): readonly number[] {
    return this.#model(history).rows.map(({ index }) => index);
  }

  draw(history: History, width: number): void {
    const sequence = this.#model(history);
    const { head, body } = drawSequence(sequence, history, width);
    const drawn = toDom(body);
    this.element.replaceChildren(toDom(head), drawn, ...this.#hidden(sequence));
    this.#now = drawn.querySelector(".now");
    this.#band = drawn.querySelector(".band");
    this.#rows = [...drawn.querySelectorAll(".row")];
  }

  show(index: number): void {
    const rows = this.#sequence.rows;
    let current = rows.findIndex((row) => row.index > index) - 1;
    if (current === -2) current = rows.length - 1;
    this.#rows.forEach((row, i) => {
      row.classList.toggle("later", i > current);
      row.classList.toggle("current", i === current);
    });
    this.#band?.setAttribute("y", String(rowTop(current)));
    const y = String(rowTop(current + 1));
    this.#now?.setAttribute("y1", y);
    this.#now?.setAttribute("y2", y);
    this.#now?.classList.toggle("last", current >= rows.length - 1);
    this.#scrollTo(this.#rows[current]);
  }

  tell(index: number, history: History): string {
    const row = this.#sequence.rows.find((item) => item.index === index);
    const entry = history.entries[index];
    const sent = row?.kind === "send" ? history.entries[index - 1] : entry;
    const text = sentence(sent?.type === "send" ? sent : entry, history) ?? "";
    const passed = this.#sequence.stays.filter(
      ({ skipped }) => row !== undefined && skipped.includes(this.#indexOf(row)),
    );
    if (passed.length === 0) return text;
    const count = passed.length === 1 ? "one message" : `${passed.length} messages`;
    return row?.kind === "look"
      ? `${history.title(row.pid)} finds no match: it passes over ${count} and waits`
      : `${text}, passing over ${count}`;
  }

  /** Of a message that arrives, the line that has sent it. */
  placeOf(index: number): TracePlace | undefined {
    return this.#sequence.rows.find((row) => row.index === index)?.place ?? undefined;
  }

  #indexOf(row: Row): number {
    return this.#sequence.rows.indexOf(row);
  }

  #model(history: History): Sequence {
    if (this.#of !== history || this.#length !== history.entries.length) {
      this.#of = history;
      this.#length = history.entries.length;
      this.#sequence = sequenceOf(history);
    }
    return this.#sequence;
  }

  #hidden({ hiddenLanes, hiddenRows }: Sequence): HTMLElement[] {
    const notes: string[] = [];
    if (hiddenLanes > 0) notes.push(`${hiddenLanes.toLocaleString("en")} more processes are not drawn.`);
    if (hiddenRows > 0) notes.push(`${hiddenRows.toLocaleString("en")} more events are not drawn.`);
    return notes.length === 0 ? [] : [element("p", "omitted", notes.join(" "))];
  }

  /** Within the picture: the page itself stays where it is. */
  #scrollTo(row: Element | undefined): void {
    if (row === undefined) return;
    const box = row.querySelector(".hit")?.getBoundingClientRect();
    const view = this.element.getBoundingClientRect();
    if (box === undefined || view.height === 0) return;
    const above = box.top - view.top - 52;
    const below = box.bottom - view.bottom + 16;
    if (above < 0) this.element.scrollTop += above;
    else if (below > 0) this.element.scrollTop += below;
  }
}
