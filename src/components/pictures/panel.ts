/**
 * The pictures of a block's last run: tabs, and one slider for the moment that all of them show. The slider is a plain range, so
 * the arrow keys step, Home and End go to the ends, and screen readers read the step out.
 */
import type { FromWorker, TracePlace } from "beamlet/protocol";
import { CostView } from "./cost-view.ts";
import { readEntries } from "./entries.ts";
import { duration, History } from "./history.ts";
import { MessagesView } from "./messages-view.ts";
import { ProcessesView } from "./processes-view.ts";
import { ReceiveView } from "./receive-view.ts";
import { SchedulersView } from "./schedulers-view.ts";
import { fillTable } from "./table.ts";
import { TimeView } from "./time-view.ts";
import { element, type View } from "./view.ts";

/** What a panel needs of the block that it belongs to. */
export interface PictureHost {
  /** The name of the block: what the trace calls its text. */
  readonly block: string;
  readonly parent: HTMLElement;
  /** A line of a block's code as it ran. */
  lineOf(block: string, line: number): string;
  /** Marks a line of a block; the result takes the mark away. */
  mark(block: string, line: number): () => void;
  /** Asks for the trace of the last run, or takes that back. */
  watch(isWatched: boolean): void;
  /** Evaluates Elixir code beside the last run, as part of it. */
  evaluate(code: string): void;
}

const NOTHING_YET = "Nothing has happened yet.";

let panels = 0;

export class Pictures {
  readonly #host: PictureHost;
  readonly #element = element("section", "pictures not-content");
  readonly #tabs = element("div", "tabs");
  readonly #control = element("div", "control");
  readonly #slider = element("input", "moment");
  readonly #previous = element("button", "step", "‹");
  readonly #next = element("button", "step", "›");
  readonly #told = element("p", "told");
  readonly #body = element("div", "picture");
  readonly #table = element("details", "as-table");
  readonly #note = element("p", "omitted");
  readonly #views: readonly View[];
  readonly #resized: ResizeObserver;
  readonly #id = `pictures-${++panels}`;
  #view: View;
  #wanted: View;
  #history: History | null = null;
  /** The moment that is shown; the end unless the reader has moved it. */
  #index = -1;
  #atEnd = true;
  /** The reader has chosen a moment of this run. */
  #hasMoved = false;
  #steps: readonly number[] = [];
  #unmark: () => void = () => {};
  #unpoint: () => void = () => {};
  #width = 0;
  #drawing = 0;

  constructor(host: PictureHost, first: string) {
    this.#host = host;
    this.#views = this.#makeViews();
    this.#wanted = this.#views.find(({ name }) => name === first) ?? this.#views[1];
    this.#view = this.#wanted;
    this.#build();
    host.parent.append(this.#element);
    this.#resized = new ResizeObserver(() => {
      const width = Math.floor(this.#body.clientWidth);
      if (width === this.#width || width === 0) return;
      this.#width = width;
      this.#draw();
    });
    this.#resized.observe(this.#body);
    const code = host.parent.querySelector(".code");
    code?.addEventListener("pointerover", (event) => this.#pointAtCode(event.target as Element));
    code?.addEventListener("pointerleave", () => this.#pointAtCode(null));
    host.watch(true);
  }

  /** A new run has begun: what is shown is of the one before. */
  begin(): void {
    this.#history = null;
    this.#atEnd = true;
    this.#hasMoved = false;
    delete this.#element.dataset.run;
    this.#unmark();
    this.#host.watch(true);
  }

  receive(message: FromWorker): void {
    if (message.type === "load-now") {
      if (this.#history !== null) this.#view.load?.(message, this.#history);
      return;
    }
    if (message.type !== "trace") return;
    if (message.first || this.#history === null) {
      this.#history = new History(message.shell, message.began, (line) =>
        this.#host.lineOf(this.#host.block, line),
      );
    }
    this.#history.add(readEntries(message.events));
    this.#history.isCut = message.isCut;
    if (message.cost !== null) this.#history.cost = message.cost;
    if (message.events.length > 0 || message.first || message.cost !== null) this.#draw();
  }

  close(): void {
    this.#host.watch(false);
    this.#resized.disconnect();
    cancelAnimationFrame(this.#drawing);
    this.#unmark();
    this.#unpoint();
    this.#element.remove();
  }

  focus(): void {
    this.#tabs.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
  }

  // -- Its parts

  #build(): void {
    this.#element.setAttribute("aria-label", `What happened in the block ${this.#host.block}`);
    this.#tabs.setAttribute("role", "tablist");
    this.#tabs.setAttribute("aria-label", "Pictures of the run");
    for (const view of this.#views) {
      const tab = element("button", "", view.title);
      tab.type = "button";
      tab.id = `${this.#id}-${view.name}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", `${this.#id}-panel`);
      tab.addEventListener("click", () => this.#select(view));
      this.#tabs.append(tab);
    }
    this.#tabs.addEventListener("keydown", (event) => this.#moveTab(event));
    this.#body.id = `${this.#id}-panel`;
    this.#body.setAttribute("role", "tabpanel");
    this.#slider.type = "range";
    this.#slider.min = "0";
    this.#slider.setAttribute("aria-label", "Moment of the run");
    this.#slider.addEventListener("input", () => this.#stepTo(Number(this.#slider.value)));
    for (const [button, label, by] of [
      [this.#previous, "Step back", -1],
      [this.#next, "Step forward", 1],
    ] as const) {
      button.type = "button";
      button.setAttribute("aria-label", label);
      button.addEventListener("click", () => this.#stepTo(Number(this.#slider.value) + by));
    }
    this.#control.append(this.#previous, this.#slider, this.#next);
    this.#table.append(element("summary", "", "The same as a table"));
    this.#table.addEventListener("toggle", () => this.#fillTable());
    this.#body.addEventListener("click", (event) => this.#goToRow(event.target as Element));
    this.#body.addEventListener("pointerover", (event) => this.#pointAtRow(event.target as Element));
    this.#body.addEventListener("pointerleave", () => this.#unpoint());
    this.#element.append(this.#tabs, this.#control, this.#told, this.#body, this.#note, this.#table);
    this.#element.dataset.empty = "";
    this.#told.textContent = NOTHING_YET;
    this.#showTabs();
  }

  #showTabs(): void {
    this.#views.forEach((view, i) => {
      const tab = this.#tabs.children[i] as HTMLButtonElement;
      const isSelected = view === this.#view;
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      tab.hidden = this.#history !== null && !view.applies(this.#history);
    });
    this.#body.setAttribute("aria-labelledby", `${this.#id}-${this.#view.name}`);
    if (this.#view.element.parentElement !== this.#body) this.#body.replaceChildren(this.#view.element);
  }

  /** The one that was asked for as soon as the run has something for it; until then one that it has. */
  #chooseView(history: History): void {
    if (this.#wanted.applies(history)) this.#view = this.#wanted;
    else if (!this.#view.applies(history))
      this.#view = this.#views.find((view) => view.applies(history)) as View;
  }

  #select(view: View): void {
    this.#wanted = view;
    this.#view = view;
    this.#showTabs();
    this.#redraw();
  }

  #moveTab(event: KeyboardEvent): void {
    const shown = this.#views.filter((_, i) => !(this.#tabs.children[i] as HTMLElement).hidden);
    const at = shown.indexOf(this.#view);
    const to =
      event.key === "ArrowRight"
        ? at + 1
        : event.key === "ArrowLeft"
          ? at - 1
          : event.key === "Home"
            ? 0
            : event.key === "End"
              ? shown.length - 1
              : null;
    if (to === null) return;
    event.preventDefault();
    this.#select(shown[(to + shown.length) % shown.length]);
    this.focus();
  }

  // -- What they show

  /** With the next frame: batches may come faster. */
  #draw(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => this.#redraw());
  }

  #redraw(): void {
    const history = this.#history;
    if (history === null || this.#width === 0) return;
    delete this.#element.dataset.empty;
    this.#chooseView(history);
    this.#showTabs();
    this.#steps = this.#view.steps(history);
    this.#view.draw(history, this.#width);
    const last = Math.max(0, this.#steps.length - 1);
    this.#slider.max = String(last);
    this.#control.hidden = last === 0;
    const isAtBegin = this.#view.startsAtBegin && !this.#hasMoved;
    const near = Math.max(
      0,
      this.#steps.findLastIndex((index) => index <= this.#index),
    );
    this.#showStep(isAtBegin ? 0 : this.#atEnd ? last : near);
    this.#note.textContent = history.isCut
      ? `Only the beginning is recorded: the first ${history.entries.length.toLocaleString("en")} events of the run, which took ${duration(history.sinceBegin(history.entries.at(-1)?.time ?? 0))}. What came after them is in no picture.${startedInAll(history)}`
      : "";
    this.#note.hidden = !history.isCut || this.#view.isWhole === true;
    this.#fillTable();
    // From then on nothing comes but what processes do that live on.
    this.#element.dataset.run = history.cost === null ? "goes-on" : "ended";
  }

  #stepTo(step: number): void {
    const last = this.#steps.length - 1;
    if (step < 0 || step > last) return;
    this.#atEnd = step === last;
    this.#hasMoved = true;
    this.#showStep(step);
    const index = this.#steps[step];
    const place = this.#view.placeOf?.(index) ?? this.#history?.entries[Math.floor(index)]?.place;
    this.#markLine(place ?? null);
  }

  #showStep(step: number): void {
    const history = this.#history;
    if (history === null) return;
    this.#slider.value = String(step);
    this.#previous.disabled = step <= 0;
    this.#next.disabled = step >= this.#steps.length - 1;
    const index = this.#steps[step];
    // At the end everything that has happened is shown, also what is no step.
    this.#index = index ?? history.entries.length - 1;
    // The cost of a run is known when it has ended.
    const nothing = history.cost === null ? NOTHING_YET : "Nothing that this picture shows happened.";
    const text = index === undefined ? nothing : this.#view.tell(index, history);
    this.#slider.setAttribute("aria-valuetext", `${step + 1} of ${this.#steps.length}: ${text}`);
    const time =
      index === undefined ? "" : duration(history.sinceBegin(history.entries[Math.floor(index)].time));
    this.#told.replaceChildren(
      element("span", "when", index === undefined ? "" : `${step + 1} / ${this.#steps.length} · ${time}`),
      text,
    );
    const next = this.#steps[step + 1];
    const until = next === undefined ? history.entries.length - 1 : Math.floor(next) - 1;
    this.#view.show(this.#index, Math.max(Math.floor(this.#index), until), history);
  }

  #fillTable(): void {
    if (this.#history !== null && this.#table.open)
      fillTable(this.#table, this.#steps, this.#view, this.#history);
  }

  // -- The code beside it

  #goToRow(target: Element): void {
    const index = Number(target.closest("[data-index]")?.getAttribute("data-index") ?? -1);
    const step = this.#steps.indexOf(index);
    if (step >= 0) this.#stepTo(step);
  }

  #pointAtRow(target: Element): void {
    const row = target.closest("[data-line]");
    this.#unpoint();
    if (row === null) return;
    const file = row.getAttribute("data-file") ?? "";
    this.#unpoint = this.#host.mark(file, Number(row.getAttribute("data-line")));
  }

  #markLine(place: TracePlace | null): void {
    this.#unmark();
    this.#unmark = place === null ? () => {} : this.#host.mark(place.file, place.line);
  }

  /** Shows what the line of code under the pointer did. */
  #pointAtCode(target: Element | null): void {
    const line = target?.closest(".line, .cm-line") ?? null;
    const lines =
      line === null
        ? []
        : [...(line.parentElement as Element).children].filter((item) => item.matches(".line, .cm-line"));
    const number = line === null ? 0 : lines.indexOf(line) + 1;
    for (const row of this.#body.querySelectorAll("[data-line]")) {
      const isOfLine =
        row.getAttribute("data-line") === String(number) &&
        row.getAttribute("data-file") === this.#host.block;
      row.classList.toggle("pointed", isOfLine);
    }
  }

  #makeViews(): View[] {
    const host = this.#host;
    return [
      new ReceiveView(
        ({ file, line }) => host.lineOf(file, line),
        (code) => {
          // What comes of it is at the end.
          this.#hasMoved = this.#atEnd = true;
          host.evaluate(code);
        },
      ),
      new MessagesView(() => this.#redraw()),
      new ProcessesView(() => this.#redraw()),
      new SchedulersView(),
      new TimeView(),
      new CostView(),
    ];
  }
}

/** Processes are counted to the end of a run, also where it is no longer recorded. */
function startedInAll({ cost }: History): string {
  if (cost === null || cost.started === 0) return "";
  const number = (count: number) => count.toLocaleString("en");
  return ` In all the run has started ${number(cost.started)} processes, of which ${number(cost.alive)} were alive at its end.`;
}
