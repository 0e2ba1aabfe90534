/** The tree of processes as a tab; groups of many are opened by buttons below it. */
import type { History } from "./history.ts";
import { toDom } from "./node.ts";
import { type Slot, type Tree, treeOf, treeSteps } from "./tree-model.ts";
import { drawTree } from "./tree-picture.ts";
import { element, type View } from "./view.ts";
import { sentence } from "./wording.ts";

/** So many of a group are drawn one by one with each press of its button. */
const MORE = 10;

export class ProcessesView implements View {
  readonly name = "processes";
  readonly title = "Processes";
  readonly element = element("div", "tree-view");
  readonly #picture = element("div", "scrolled");
  readonly #groups = element("div", "groups");
  readonly #note = element("p", "omitted");
  readonly #redraw: () => void;
  readonly #opened = new Map<string, number>();
  #tree: Tree | null = null;
  #of: History | null = null;
  #length = -1;
  #steps: ReadonlyMap<number, number> = new Map();
  #width = 0;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
    const legend = element("p", "legend");
    for (const [kind, text] of [
      ["link", "linked"],
      ["started", "started, not linked"],
      ["monitor", "monitors"],
    ]) {
      const sample = element("span", `sample ${kind}`);
      sample.setAttribute("aria-hidden", "true");
      legend.append(element("span", "", sample, text));
    }
    this.element.append(this.#picture, this.#groups, this.#note, legend);
  }

  applies(): boolean {
    return true;
  }

  steps(history: History): readonly number[] {
    if (this.#of === history && this.#length === history.entries.length) return [...this.#steps.keys()];
    if (this.#of !== history) this.#opened.clear();
    this.#of = history;
    this.#length = history.entries.length;
    this.#tree = treeOf(history, this.#opened);
    this.#steps = treeSteps(history, this.#tree);
    return [...this.#steps.keys()];
  }

  draw(history: History, width: number): void {
    this.#width = width;
    this.#note.hidden = history.unnamed === 0;
    this.#note.textContent = `${history.unnamed.toLocaleString("en")} more processes lived before this run.`;
    const groups = (this.#tree?.slots ?? []).filter(({ group }) => group !== null);
    this.#groups.replaceChildren(...groups.map((slot) => this.#opener(slot, history)));
    if (this.#opened.size > 0) this.#groups.append(this.#button("Draw fewer", () => this.#opened.clear()));
  }

  show(index: number, until: number, history: History): void {
    if (this.#tree === null) return;
    const step = history.entries[index];
    this.#picture.replaceChildren(toDom(drawTree(this.#tree, history.at(until), step, history, this.#width)));
  }

  tell(index: number, history: History): string {
    const text = sentence(history.entries[index], history) ?? "";
    const count = this.#steps.get(index) ?? 1;
    return count === 1 ? text : `${count.toLocaleString("en")} things in a row; the last: ${text}`;
  }

  #opener({ group, parent }: Slot, history: History): HTMLElement {
    const { key, count, code } = group!;
    const of = [code, parent === null ? "" : `started by ${history.title(parent.pids[0])}`]
      .filter(Boolean)
      .join(", ");
    const more = Math.min(MORE, count);
    return this.#button(`Draw ${more} more of ${count.toLocaleString("en")}: ${of}`, () =>
      this.#opened.set(key, (this.#opened.get(key) ?? 0) + MORE),
    );
  }

  #button(text: string, action: () => void): HTMLElement {
    const button = element("button", "", text);
    button.type = "button";
    button.addEventListener("click", () => {
      action();
      this.#length = -1;
      this.#redraw();
      this.#groups.querySelector("button")?.focus();
    });
    return button;
  }
}
