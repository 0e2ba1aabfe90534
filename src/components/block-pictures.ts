/** The pictures of a block's last run: closed until somebody asks for them, and loaded then. */
import type { FromWorker } from "beamlet/protocol";
import { blockNamed } from "./block-output.ts";
import type { Pictures } from "./pictures/index.ts";

interface Uses {
  /** Asks for the trace of the last run, or takes that back. */
  watch(isWatched: boolean): void;
  /** Evaluates Elixir code beside the last run. */
  evaluate(code: string): void;
}

export class BlockPictures {
  readonly #block: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #uses: Uses;
  #shown: Pictures | null = null;

  constructor(block: HTMLElement, button: HTMLButtonElement, uses: Uses) {
    this.#block = block;
    this.#button = button;
    this.#uses = uses;
  }

  /** Shows or hides them; true when they are now shown. */
  async toggle(): Promise<boolean> {
    if (this.#shown !== null) {
      // Whoever closes them does not want to see them with the next run.
      delete this.#block.dataset.picture;
      this.close();
      return false;
    }
    (await this.#open()).focus();
    return true;
  }

  /** A run has begun: a block may ask for its pictures. */
  begin(): void {
    this.#shown?.begin();
    if (this.#block.dataset.picture !== undefined && this.#shown === null) void this.#open();
  }

  receive(message: FromWorker): void {
    this.#shown?.receive(message);
  }

  close(): void {
    this.#shown?.close();
    this.#shown = null;
    this.#button.setAttribute("aria-expanded", "false");
  }

  async #open(): Promise<Pictures> {
    const { Pictures } = await import("./pictures/index.ts");
    if (this.#shown !== null) return this.#shown;
    this.#button.setAttribute("aria-expanded", "true");
    this.#shown = new Pictures(
      {
        ...this.#uses,
        block: this.#block.dataset.block!,
        parent: this.#block,
        lineOf: (name, line) => blockNamed(name)?.lineRan(line) ?? "",
        mark: (name, line) => blockNamed(name)?.mark(line, "traced", "") ?? (() => {}),
      },
      this.#block.dataset.picture || "messages",
    );
    return this.#shown;
  }
}
