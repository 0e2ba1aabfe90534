/** Every process at one moment: what it is doing, at which line, what lies in its mailbox, what its variables are. */
import { duration, type History, messageText, type ProcessAt, pidText } from "./history.ts";
import { Pager } from "./pager.ts";
import { element, type View } from "./view.ts";
import { sentence } from "./wording.ts";

/** Cards of one page. */
const CARDS = 24;
const MOST_MESSAGES = 12;

const steps = new Set([
  "spawn",
  "exit",
  "deliver",
  "match",
  "block",
  "timeout",
  "print",
  "signal",
  "name",
  "skip",
  "value",
]);

export class TimeView implements View {
  readonly name = "time";
  readonly title = "Time";
  readonly element = element("div", "");
  readonly #cards = element("div", "time-view");
  readonly #note = element("p", "omitted");
  readonly #pager = new Pager("processes", CARDS, (first) => {
    this.#first = first;
    this.#again();
  });
  #first = 0;
  #again: () => void = () => {};

  constructor() {
    this.element.append(this.#cards, this.#pager.element, this.#note);
  }

  applies(): boolean {
    return true;
  }

  steps(history: History): readonly number[] {
    return history.entries.flatMap(({ type }, index) => (steps.has(type) ? [index] : []));
  }

  draw(): void {}

  show(index: number, until: number, history: History): void {
    this.#again = () => this.show(index, until, history);
    const moment = history.at(until);
    const acting = history.entries[index]?.pid ?? 0;
    // Those that act in this run; of the others only what has something to show.
    const told = [...moment.processes.values()].filter(
      ({ pid, mailbox }) => pid === history.shell || mailbox.size > 0 || history.acting.has(pid),
    );
    this.#first = this.#pager.show(this.#first, told.length);
    const shown = told.slice(this.#first, this.#first + CARDS);
    const one = told.find(({ pid }) => pid === acting);
    // Who acts is always to be seen.
    if (one !== undefined && !shown.includes(one)) shown.unshift(one);
    this.#cards.replaceChildren(
      ...shown.map((process) => card(process, process === one, moment.time, history)),
    );
    this.#note.hidden = history.unnamed === 0;
    this.#note.textContent = `${history.unnamed.toLocaleString("en")} more processes lived before this run.`;
  }

  tell(index: number, history: History): string {
    return sentence(history.entries[index], history) ?? "";
  }
}

function card(process: ProcessAt, isActing: boolean, time: number, history: History): HTMLElement {
  const { pid, state, mailbox, frames } = process;
  const made = element("div", `card ${state}${process.isCrash ? " crash" : ""}${isActing ? " acting" : ""}`);
  const title = history.title(pid);
  const head = element("p", "card-head", element("strong", "", title));
  if (title !== pidText(pid)) head.append(" ", element("code", "", pidText(pid)));
  made.append(head, element("p", "card-state", stateOf(process, time, history)));
  if (state === "ended") return made;
  const box = element("ol", "mailbox");
  box.setAttribute("aria-label", `Mailbox of ${title}`);
  for (const { text, isSkipped } of [...mailbox.values()].slice(0, MOST_MESSAGES)) {
    const item = element("li", isSkipped ? "skipped" : "", element("code", "", messageText(text)));
    if (isSkipped) item.append(element("span", "passed", "passed over"));
    box.append(item);
  }
  if (mailbox.size > MOST_MESSAGES)
    box.append(element("li", "more", `and ${(mailbox.size - MOST_MESSAGES).toLocaleString("en")} more`));
  if (mailbox.size > 0) made.append(box);
  else made.append(element("p", "nothing", "mailbox empty"));
  const bindings = frames.flatMap((frame) =>
    frame.bindings.map((binding) => ({ ...binding, in: frame.function })),
  );
  if (bindings.length > 0) {
    if (state === "running") made.append(element("p", "nothing", "variables when its slice began"));
    const list = element("dl", "bindings");
    for (const { name, text } of bindings)
      list.append(element("dt", "", element("code", "", name)), element("dd", "", element("code", "", text)));
    made.append(list);
  }
  return made;
}

function stateOf(process: ProcessAt, time: number, history: History): string {
  const at = process.place === null ? "" : lineText(process, history);
  if (process.pid === history.shell && process.state === "waiting" && process.frames.length === 0)
    return "has evaluated the block";
  switch (process.state) {
    case "ended":
      return `${process.isCrash ? "crashed" : "ended"}: ${process.reason}`;
    case "running":
      return `runs${at}`;
    case "ready":
      return "is ready, in the run queue";
    case "held":
      return "waits for the runtime";
    case "waiting":
      return process.until === null
        ? `waits for a message${at}`
        : `waits for a message${at}, ${duration(Math.max(0, process.until - time))} at most`;
  }
}

function lineText({ place, frames }: ProcessAt, _history: History): string {
  const name = frames[0]?.function;
  const where =
    name === undefined || name.startsWith("__FILE__") || name.startsWith("-") ? "" : ` in ${name}`;
  return `${where}, line ${place?.line}`;
}
