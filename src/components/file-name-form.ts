/** The form that asks for the name of a file, says what is wrong with it, and gives the focus back to where it was. */
export class FileNameForm {
  readonly #form: HTMLFormElement;
  readonly #label: HTMLElement;
  readonly #name: HTMLInputElement;
  readonly #submit: HTMLButtonElement;
  readonly #problem: HTMLElement;
  #from: HTMLElement | null = null;
  #take: (name: string) => string | null = () => null;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#label = form.querySelector(".name-label")!;
    this.#name = form.querySelector("input")!;
    this.#submit = form.querySelector("button.name-submit")!;
    this.#problem = form.querySelector(".name-problem")!;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#tell(this.#take(this.#name.value.trim()));
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
    form.querySelector("button.name-cancel")!.addEventListener("click", () => this.#close());
  }

  /** `take` gets the name, and says what is wrong with it, or `null` when it has taken it. */
  ask(label: string, action: string, name: string, take: (name: string) => string | null): void {
    this.#from = document.activeElement as HTMLElement | null;
    this.#label.textContent = label;
    this.#submit.textContent = action;
    this.#name.value = name;
    this.#take = (given) => {
      const problem = take(given);
      if (problem === null) this.#form.hidden = true;
      return problem;
    };
    this.#form.hidden = false;
    this.#tell(null);
    this.#name.focus();
    // The part that one wants to change: what is before the dot.
    this.#name.setSelectionRange(0, Math.max(0, name.lastIndexOf(".")));
  }

  #tell(problem: string | null): void {
    this.#problem.textContent = problem ?? "";
    this.#name.setAttribute("aria-invalid", String(problem !== null));
    if (problem !== null) this.#name.focus();
  }

  #close(): void {
    this.#form.hidden = true;
    this.#from?.focus();
  }
}
