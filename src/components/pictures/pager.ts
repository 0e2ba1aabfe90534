/** Turns the pages of something long: which part is shown, of how many, and buttons to the parts before and after it. */
import { element } from "./view.ts";

export class Pager {
  readonly element = element("div", "pager");
  readonly #what: string;
  readonly #size: number;
  readonly #told = element("span", "");
  readonly #back = element("button", "step", "‹");
  readonly #forward = element("button", "step", "›");
  #first = 0;

  /** `turn` gets the first item of the page that is wanted. */
  constructor(what: string, size: number, turn: (first: number) => void) {
    this.#what = what;
    this.#size = size;
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", `Which ${what} are shown`);
    for (const [button, label, by] of [
      [this.#back, `Earlier ${what}`, -size],
      [this.#forward, `Later ${what}`, size],
    ] as const) {
      button.type = "button";
      button.setAttribute("aria-label", label);
      button.addEventListener("click", () => turn(this.#first + by));
    }
    this.#told.setAttribute("role", "status");
    this.element.append(this.#back, this.#told, this.#forward);
  }

  /** Says what is shown; the first item of the page, which is moved if there is none. */
  show(first: number, total: number): number {
    this.#first = Math.max(0, first < total ? first : 0);
    const last = Math.min(total, this.#first + this.#size);
    const number = (value: number) => value.toLocaleString("en");
    const text = `${this.#what} ${number(this.#first + 1)} to ${number(last)} of ${number(total)}`;
    // What does not change is not read out again.
    if (this.#told.textContent !== text) this.#told.textContent = text;
    this.#back.disabled = this.#first === 0;
    this.#forward.disabled = last >= total;
    this.element.hidden = total <= this.#size;
    return this.#first;
  }
}
