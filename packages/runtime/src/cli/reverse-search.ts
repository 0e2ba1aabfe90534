/**
 * Searching the history backwards, as Ctrl-R starts it: what is typed is looked for in ever earlier lines. Only the state; the line editor
 * shows it.
 */

const CTRL_R = "\x12";
const CTRL_H = "\x08";
const DELETE = "\x7f";
const CTRL_C = "\x03";
const CTRL_G = "\x07";

/** What comes of a key: the search goes on, or its line is taken to be edited, taken to be run, or given up. */
export type SearchStep = "searching" | "edit" | "run" | "cancel";

export class ReverseSearch {
  readonly #history: readonly string[];
  #query = "";
  #at = 0;

  /** The lines, the latest first. */
  constructor(history: readonly string[]) {
    this.#history = history;
  }

  /** The line that is found; `null` when none has what is looked for. */
  get found(): string | null {
    return this.#query === "" ? "" : (this.#history[this.#at] ?? null);
  }

  /** What is shown in place of the prompt and the line. */
  get text(): string {
    const { found } = this;
    return `(${found === null ? "failing search" : "search"})\`${this.#query}': ${found ?? ""}`;
  }

  press(key: string): SearchStep {
    if (key === "\r" || key === "\n") return "run";
    if (key === CTRL_C || key === CTRL_G) return "cancel";
    if (key === CTRL_R) this.#look(this.#at + 1);
    else if (key === DELETE || key === CTRL_H) {
      this.#query = this.#query.slice(0, -1);
      this.#look(0);
    } else if (key < " ") return "edit";
    else {
      this.#query += key;
      this.#look(this.#at);
    }
    return "searching";
  }

  /** Goes on at the first line from there on that has it; one that is found stays when there is no other. */
  #look(from: number): void {
    const next = this.#history.findIndex((line, at) => at >= from && line.includes(this.#query));
    if (next >= 0) this.#at = next;
    else if (!this.#history[this.#at]?.includes(this.#query)) this.#at = this.#history.length;
  }
}
