/**
 * The picture of a recorded run, for readers without JavaScript: drawn from its trace by what draws the live ones, as it is at the
 * end of the run, and told in words below.
 */
import type { FromWorker } from "beamlet/protocol";
import { readEntries } from "../components/pictures/entries.ts";
import { History } from "../components/pictures/history.ts";
import { h, type Node, toHtml } from "../components/pictures/node.ts";
import { folded, stretch } from "../components/pictures/sequence-fold.ts";
import { sequenceOf } from "../components/pictures/sequence-model.ts";
import { drawSequence } from "../components/pictures/sequence-picture.ts";
import { slicesOf } from "../components/pictures/slices-model.ts";
import { drawSlices } from "../components/pictures/slices-picture.ts";
import { treeOf, treeSteps } from "../components/pictures/tree-model.ts";
import { drawTree } from "../components/pictures/tree-picture.ts";
import { sentence } from "../components/pictures/wording.ts";
import type { Picture } from "./options.ts";

/** As wide as the text of a note. */
const WIDTH = 640;
/** Sentences for one picture; a reader of a long run has seen enough then. */
const MOST_SENTENCES = 60;
/** Rows of a sequence diagram that does not move. */
const MOST_ROWS = 300;

type Trace = Extract<FromWorker, { type: "trace" }>;

/** HTML of the picture, or `null` where it is not to be had from a trace alone. */
export function recordedPicture(kind: Picture, batches: readonly Trace[], code: string): string | null {
  const [first] = batches;
  if (kind === "cost" || first === undefined) return null;
  const lines = code.split("\n");
  const history = new History(first.shell, first.began, (line) => lines[line - 1] ?? "");
  for (const { events } of batches) history.add(readEntries(events));
  const { nodes, steps } = drawn(kind, history);
  const told = steps
    .map((index) => sentence(history.entries[index], history))
    .filter((text): text is string => Boolean(text));
  const words = h(
    "ol",
    {},
    told.slice(0, MOST_SENTENCES).map((text) => h("li", {}, text)),
  );
  return [...nodes, h("details", { class: "as-table" }, h("summary", {}, "The same in words"), words)]
    .map(toHtml)
    .join("");
}

function drawn(kind: Picture, history: History): { nodes: Node[]; steps: readonly number[] } {
  const last = history.entries.length - 1;
  switch (kind) {
    case "processes": {
      const tree = treeOf(history);
      const node = drawTree(tree, history.at(last), history.entries[last], history, WIDTH);
      return { nodes: [scrolled("tree-view", node)], steps: [...treeSteps(history, tree).keys()] };
    }
    case "schedulers": {
      const model = slicesOf(history);
      const node = drawSlices(model, model.slices.length - 1, history, WIDTH);
      return {
        nodes: [scrolled("schedulers-view", node)],
        steps: model.slices.map(({ ends }) => ends),
      };
    }
    default: {
      const sequence = stretch(folded(sequenceOf(history), 0, history), 0, MOST_ROWS);
      const { head, body } = drawSequence(sequence, history, WIDTH);
      return {
        nodes: [scrolled("sequence-view", head, body)],
        steps: sequence.rows.map(({ index }) => index),
      };
    }
  }
}

/** Pictures that are wider than a phone scroll, also by the keyboard. */
function scrolled(view: string, ...nodes: Node[]): Node {
  return h("div", { class: view }, h("div", { class: "scrolled", tabindex: 0 }, ...nodes));
}
