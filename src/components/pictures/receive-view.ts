/** The six steps of `receive`, one at a time, over the mailbox as it was. */
import type { TracePlace } from "beamlet/protocol";
import { type History, messageText, pidText } from "./history.ts";
import { isLeft, type ReceiveStep, receiveSteps } from "./receive-model.ts";
import { element, type View } from "./view.ts";

const rules = [
  "Take the first message of the mailbox, or the next one.",
  "Try the patterns on it, from top to bottom.",
  "One matches: remove the message and run that clause.",
  "None matches: leave the message where it is.",
  "At the end of the mailbox, wait for a new message.",
  "With after: when the time is over, run its code.",
];

/** So many messages of a long mailbox are shown around the one that is looked at. */
const MOST_SHOWN = 40;

export class ReceiveView implements View {
  readonly name = "receive";
  readonly title = "Receive";
  readonly element = element("div", "receive-view");
  readonly startsAtBegin = true;
  readonly #lineAt: (place: TracePlace) => string;
  readonly #rules = element("ol", "rules");
  readonly #stage = element("div", "stage");
  readonly #form = element("form", "to-mailbox");
  readonly #message = element("input", "message");
  #steps = new Map<number, ReceiveStep>();
  /** Whose mailbox is shown. */
  #pid = 0;

  /** `evaluate` takes Elixir code, to be evaluated beside the block. */
  constructor(lineAt: (place: TracePlace) => string, evaluate: (code: string) => void) {
    this.#lineAt = lineAt;
    const label = element("label", "", "Send it ", this.#message);
    const button = element("button", "", "Send");
    this.#message.value = "{:message, 1}";
    this.#message.spellcheck = false;
    this.#form.append(label, button);
    // Until a process is shown that could be sent something.
    this.#form.hidden = true;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const address = pidText(this.#pid).replace("#PID", "");
      evaluate(`send(:erlang.list_to_pid(~c"${address}"), ${this.#message.value})`);
    });
    this.#rules.append(...rules.map((rule) => element("li", "", rule)));
    this.element.append(this.#rules, element("div", "", this.#stage, this.#form));
  }

  applies(history: History): boolean {
    return history.entries.some((entry) => "clauses" in entry && entry.clauses.length > 0);
  }

  steps(history: History): readonly number[] {
    // A receive that looks at many messages has many steps; they stand between its entry and the next.
    const steps = receiveSteps(history);
    const counts = new Map<number, number>();
    for (const { index, part } of steps) counts.set(index, part + 1);
    this.#steps = new Map(
      steps.map((step) => [step.index + step.part / (counts.get(step.index) ?? 1), step]),
    );
    return [...this.#steps.keys()];
  }

  draw(): void {}

  #at(index: number): ReceiveStep | undefined {
    return this.#steps.get(index);
  }

  show(index: number, _until: number, history: History): void {
    const step = this.#at(index);
    [...this.#rules.children].forEach((item, i) => {
      if (step?.rule === i + 1) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    this.#stage.replaceChildren();
    // Only who waits even now can still take a message; but the form is not taken from under the hands of who writes in it.
    const waits =
      step !== undefined &&
      history.at(history.entries.length - 1).processes.get(step.pid)?.state === "waiting";
    this.#form.hidden = !waits && !this.#form.contains(document.activeElement);
    if (step === undefined) return;
    this.#pid = step.pid;
    const box = element("ol", "mailbox row");
    box.setAttribute("aria-label", `Mailbox of ${history.title(step.pid)}`);
    const mailbox = [
      ...(history
        .at(step.index - 1)
        .processes.get(step.pid)
        ?.mailbox.values() ?? []),
    ];
    const first = Math.max(0, Math.min(step.at - MOST_SHOWN / 2, step.length - MOST_SHOWN));
    const last = Math.min(step.length, first + MOST_SHOWN);
    if (first > 0) box.append(element("li", "more", `${first.toLocaleString("en")} before`));
    for (let i = first; i < last; i++) {
      const isSkipped = isLeft(step, i) && i !== step.at;
      const text = messageText(mailbox[i].text);
      const item = element("li", isSkipped ? "skipped" : "", element("code", "", text));
      if (i === step.at) item.classList.add(step.rule === 3 ? "taken" : "looked");
      if (isSkipped) item.append(element("span", "passed", "left"));
      box.append(item);
    }
    if (last < step.length)
      box.append(element("li", "more", `${(step.length - last).toLocaleString("en")} behind`));
    const name = element("p", "stage-name", `Mailbox of ${history.title(step.pid)}`);
    this.#stage.append(name, step.length === 0 ? element("p", "nothing", "empty") : box);
    if (step.clauses.length === 0) return;
    const clauses = element("ol", "clauses");
    clauses.setAttribute("aria-label", "Patterns");
    step.clauses.forEach((place, i) => {
      const [result, mark] = this.#result(step, i);
      const item = element(
        "li",
        result,
        element("span", "mark", mark),
        element("code", "", patternOf(this.#lineAt(place), place)),
      );
      item.dataset.file = place.file;
      item.dataset.line = String(place.line);
      clauses.append(item);
    });
    this.#stage.append(element("p", "stage-name", "Patterns"), clauses);
  }

  placeOf(index: number): TracePlace | undefined {
    const step = this.#at(index);
    return step?.clauses[step.clause];
  }

  #result(step: ReceiveStep, clause: number): [string, string] {
    if (step.rule === 4) return ["fails", "✗"];
    if (step.clause < 0)
      return step.rule === 2 ? [step.result, step.result === "fails" ? "✗" : "?"] : ["", " "];
    if (clause < step.clause) return ["fails", "✗"];
    if (clause > step.clause) return ["", " "];
    return step.result === "matches" ? ["matches", "✓"] : ["fails tried", "✗"];
  }

  tell(index: number, history: History): string {
    const step = this.#at(index);
    if (step === undefined) return "";
    const message = step.message === 0 ? "" : messageText(history.messageOf(step.message));
    const place = step.clauses[step.clause];
    const pattern = place === undefined ? "the patterns" : patternOf(this.#lineAt(place), place);
    const who = history.title(step.pid);
    switch (step.rule) {
      case 1:
        return `${who} takes up ${message}, message ${step.at + 1} of ${step.length}`;
      case 2:
        return `${pattern} ${step.result === "matches" ? "matches" : "does not match"} ${message}`;
      case 3:
        return `${message} leaves the mailbox, and the code of ${pattern} runs`;
      case 4:
        return `No pattern matches ${message}: it stays where it is`;
      case 5:
        return `${who} waits for a new message`;
      case 6:
        return `The time is over: ${who} runs the code of after`;
    }
  }
}

/** The head of a clause, from its line of code. */
function patternOf(line: string, place: TracePlace): string {
  const head = line
    .replace(/^\s*receive\s+do:?\s*\(?/, "")
    .split("->")[0]
    .trim();
  return head === "" ? `line ${place.line}` : head;
}
