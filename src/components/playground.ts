/**
 * The element around the files of the playground. Each file is a block, of which one is shown at a time; running one runs
 * those before it first, as on every page. A link carries all of them.
 */
import type { Example } from "../notes/examples.ts";
import { currentSettings, resetPage } from "./page.ts";
import type { RunBlock } from "./run-block.ts";
import "./run-block.ts";
import { packed, unpacked } from "./share.ts";

const SIGN = "#play=";
const FILES = ["lib", "main", "test"] as const;

class Playground extends HTMLElement {
  #status!: HTMLElement;

  connectedCallback(): void {
    this.#status = this.querySelector(".play-status")!;
    for (const tab of this.#tabs) {
      tab.addEventListener("click", () => this.#show(tab.dataset.file!));
      tab.addEventListener("keydown", (event) => this.#move(event, tab));
    }
    this.querySelector(".share-all")!.addEventListener("click", () => void this.#share());
    this.querySelector(".to-node")!.addEventListener("click", () => void this.#toNode());
    this.querySelector(".example")!.addEventListener("change", ({ target }) => {
      const examples = JSON.parse(this.dataset.examples!) as Record<string, Example>;
      void this.#fill(examples[(target as HTMLSelectElement).value]);
    });
    for (const file of FILES) {
      this.#block(file).setAttribute("role", "tabpanel");
      this.#block(file).setAttribute("aria-labelledby", `tab-${file}`);
    }
    this.#show("main");
    void this.#restore();
  }

  get #tabs(): HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>("[role=tab]")];
  }

  #block(file: string): RunBlock {
    return this.querySelector<RunBlock>(`#block-${file}`)!;
  }

  #show(file: string): void {
    for (const tab of this.#tabs) {
      const isShown = tab.dataset.file === file;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      this.#block(tab.dataset.file!).hidden = !isShown;
    }
  }

  /** Tabs are moved through with the arrows. */
  #move(event: KeyboardEvent, tab: HTMLButtonElement): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const tabs = this.#tabs;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    this.#show(next.dataset.file!);
    next.focus();
  }

  /** What came with the link, or else what the reader left here, open for editing. */
  async #restore(): Promise<void> {
    const given = await unpacked(location.hash, SIGN);
    const isWhole = given !== null && FILES.every((file) => typeof given[file] === "string");
    for (const file of FILES) await this.#block(file).edit();
    if (!isWhole) return;
    this.#status.textContent =
      "This code came with the link: somebody else may have written it. It runs when you press Run.";
    const { clock, seed } = given;
    resetPage({
      clock: clock === "virtual" || clock === "fast" ? clock : "real",
      seed: Number.isSafeInteger(seed) ? (seed as number) : null,
    });
    await this.#fill(given as unknown as Example);
  }

  async #fill(code: Pick<Example, (typeof FILES)[number]>): Promise<void> {
    for (const file of FILES) await this.#block(file).replaceCode(code[file]);
  }

  /** Takes modules and script to the page that runs them in Node. */
  async #toNode(): Promise<void> {
    const code = `${this.#block("lib").code}\n\n${this.#block("main").code}\n`;
    location.href = `/run-in-node/#node=${await packed({ code })}`;
  }

  async #share(): Promise<void> {
    const code = Object.fromEntries(FILES.map((file) => [file, this.#block(file).code]));
    const link = `${location.origin}${location.pathname}${SIGN}${await packed({ ...code, ...currentSettings() })}`;
    try {
      await navigator.clipboard.writeText(link);
      this.#status.textContent = "the link is copied";
    } catch {
      this.#status.textContent = "the browser does not let the page copy";
    }
  }
}

customElements.define("play-ground", Playground);
