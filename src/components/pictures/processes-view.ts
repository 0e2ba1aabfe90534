/** The tree of processes as a tab, with its turning points as small pictures below. */
import type { History } from "./history.ts";
import { toDom } from "./node.ts";
import { type Tree, treeOf, treeSteps } from "./tree-model.ts";
import { drawTree } from "./tree-picture.ts";
import { element, type View } from "./view.ts";
import { sentence } from "./wording.ts";

export class ProcessesView implements View {
  readonly name = "processes";
  readonly title = "Processes";
  readonly element = element("div", "tree-view");
  readonly #picture = element("div", "scrolled");
  #tree: Tree | null = null;
  #width = 0;

  constructor() {
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
    this.element.append(this.#picture, legend);
  }

  applies(): boolean {
    return true;
  }

  steps(history: History): readonly number[] {
    this.#tree = treeOf(history);
    return treeSteps(history, this.#tree);
  }

  draw(_history: History, width: number): void {
    this.#width = width;
  }

  show(index: number, until: number, history: History): void {
    if (this.#tree === null) return;
    const drawn = toDom(
      drawTree(this.#tree, history.at(until), history.entries[index], history, this.#width),
    );
    const { hidden } = this.#tree;
    const more = hidden + history.unnamed;
    this.#picture.replaceChildren(
      drawn,
      ...(more > 0
        ? [element("p", "omitted", `${more.toLocaleString("en")} more processes are not drawn.`)]
        : []),
    );
  }

  tell(index: number, history: History): string {
    return sentence(history.entries[index], history) ?? "";
  }
}
