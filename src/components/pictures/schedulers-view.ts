/**
 * The scheduler as a tab: the machine at one moment (who runs, who is in the queue, who waits), and below it the slices. While the
 * program goes on beyond what is recorded, the machine is shown as it is now.
 */
import type { SchedulerLoad } from "beamlet/protocol";
import type { History } from "./history.ts";
import { toDom } from "./node.ts";
import { type Slices, slicesOf } from "./slices-model.ts";
import { drawSlices } from "./slices-picture.ts";
import { element, type View } from "./view.ts";
import { reductions } from "./wording.ts";

const MOST_CHIPS = 14;
const MOST_DOTS = 160;
/** A look is as good as now for so long, in milliseconds. */
const FRESH = 1000;

interface Machine {
  readonly running: string | null;
  readonly queue: readonly string[];
  readonly queueLength: number;
  readonly waiting: number;
}

export class SchedulersView implements View {
  readonly name = "schedulers";
  readonly title = "Schedulers";
  readonly element = element("div", "schedulers-view");
  readonly #machine = element("div", "machine");
  readonly #slices = element("div", "scrolled");
  readonly #live = element("p", "live");
  #model: Slices = { slices: [], ready: [], pids: new Map(), total: 0 };
  #width = 0;
  #steps: number[] = [];
  #atEnd = true;
  #loads: { load: SchedulerLoad; at: number }[] = [];

  constructor() {
    const legend = element(
      "p",
      "legend",
      element("span", "", sample("run"), "runs"),
      element("span", "", sample("cut"), "is preempted at the end of its slot"),
      element("span", "", sample("ready"), "is ready, in the run queue"),
      element(
        "span",
        "",
        "The wider, the more reductions; dashed: nobody could run for so long, or +slices that are left out",
      ),
    );
    this.element.append(this.#machine, this.#live, this.#slices, legend);
  }

  applies(history: History): boolean {
    return history.entries.some(({ type }) => type === "out");
  }

  steps(history: History): readonly number[] {
    this.#model = slicesOf(history);
    this.#steps = this.#model.slices.map(({ ends }) => ends);
    return this.#steps;
  }

  draw(_history: History, width: number): void {
    this.#width = width;
  }

  show(index: number, _until: number, history: History): void {
    const current = this.#steps.indexOf(index);
    this.#atEnd = current === this.#steps.length - 1;
    this.#slices.replaceChildren(toDom(drawSlices(this.#model, current, history, this.#width)));
    const slice = this.#model.slices[current];
    if (slice === undefined) return;
    // As it was when the slice began.
    const moment = history.at(slice.begins);
    const processes = [...moment.processes.values()];
    this.#draw({
      running: history.title(slice.pid),
      queue: [...moment.queue].slice(0, MOST_CHIPS).map((pid) => history.title(pid)),
      queueLength: moment.queue.size,
      waiting:
        processes.filter(({ state }) => state === "waiting" || state === "held").length + history.unnamed,
    });
  }

  tell(index: number, history: History): string {
    const slice = this.#model.slices[this.#steps.indexOf(index)];
    if (slice === undefined) return "";
    const who = history.title(slice.pid);
    const end = {
      preempted: "is then preempted",
      waiting: "then waits",
      held: "then waits for the runtime",
      exited: "has then ended",
    }[slice.state];
    const before =
      slice.omitted > 0
        ? `${slice.omitted.toLocaleString("en")} slices later, in which nothing but computing happened, `
        : "";
    const queue = slice.queue === 1 ? "1 other is ready" : `${slice.queue} others are ready`;
    return `${before}${who} runs for ${reductions(slice.reductions)} and ${end}; ${slice.queue === 0 ? "nobody else is ready" : queue}`;
  }

  load(load: SchedulerLoad, history: History): void {
    const now = performance.now();
    this.#loads = [...this.#loads.filter(({ at }) => now - at < FRESH), { load, at: now }];
    const first = this.#loads[0];
    const passed = now - first.at;
    const isBusy = load.runnable > 0;
    this.#live.hidden = !isBusy;
    if (!isBusy || !this.#atEnd || passed < 50) return;
    const rate = ((load.slices - first.load.slices) / passed) * 1000;
    const work = ((load.reductions - first.load.reductions) / passed) * 1000;
    this.#live.textContent = `Now: ${round(rate)} slices and ${round(work)} reductions a second; ${load.runnable === 1 ? "one process is" : `${load.runnable.toLocaleString("en")} processes are`} ready.`;
    const titles = load.next.slice(0, MOST_CHIPS + 1).map(({ pid }) => history.title(pid));
    this.#draw({
      running: titles[0] ?? null,
      queue: titles.slice(1),
      queueLength: Math.max(0, load.runnable - 1),
      waiting: Math.max(0, load.processes - load.runnable),
    });
  }

  #draw({ running, queue, queueLength, waiting }: Machine): void {
    const slot = element("span", running === null ? "chip slot empty" : "chip slot", running ?? "nobody");
    const chips = queue.map((title) => element("span", "chip", title));
    if (queueLength > queue.length)
      chips.push(element("span", "chip more", `+ ${(queueLength - queue.length).toLocaleString("en")}`));
    const dots = element("span", "dots", "○".repeat(Math.min(waiting, MOST_DOTS)));
    dots.setAttribute("aria-hidden", "true");
    const cores = navigator.hardwareConcurrency || 1;
    const others = element(
      "p",
      "others",
      cores > 1
        ? `This page runs one scheduler. The BEAM on this machine would run ${cores}, one a core, each with a queue like this one.`
        : "",
    );
    const box = (name: string, ...content: Node[]) =>
      element("div", "box", element("span", "box-name", name), ...content);
    this.#machine.replaceChildren(
      box(
        "One core of the processor",
        box(
          "One thread of one OS process: the worker of this page",
          box(
            "Scheduler 1",
            element("p", "line", element("span", "line-name", "runs"), slot),
            element(
              "p",
              "line",
              element("span", "line-name", "run queue"),
              ...(chips.length === 0 ? [element("span", "nobody", "empty")] : chips),
            ),
            element(
              "p",
              "line",
              element("span", "line-name", "waiting"),
              element("span", "count", waiting.toLocaleString("en")),
              dots,
            ),
          ),
        ),
      ),
      others,
    );
  }
}

function sample(kind: string): HTMLElement {
  const made = element("span", `sample ${kind}`);
  made.setAttribute("aria-hidden", "true");
  return made;
}

function round(value: number): string {
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return (Math.round(value / digits) * digits).toLocaleString("en");
}
