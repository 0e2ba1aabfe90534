/** The part of a block that checks what the reader has written, says what is missing, and gives a solution away. */
import type { Language } from "beamlet/protocol";
import { reasonIn } from "../notes/exercise.ts";
import type { Session } from "./session.ts";

/** Milliseconds after which a check that has not ended is ended. */
const PATIENCE = 20_000;

export class Exercise {
  readonly #check: string;
  readonly #language: Language;
  readonly #verdict: HTMLElement;

  constructor(block: HTMLElement, check: string, take: (solution: string) => void) {
    this.#check = check;
    this.#language = block.dataset.language as Language;
    this.#verdict = block.querySelector(".verdict")!;
    const button = block.querySelector<HTMLButtonElement>("button.take")!;
    button.addEventListener("click", () => take(block.querySelector(".solution pre")!.textContent ?? ""));
  }

  clear(): void {
    this.#verdict.hidden = true;
  }

  /** Checks what the evaluation has left in the shell, and shows the verdict. */
  async check(session: Session, evaluation: string, hasFailed: boolean): Promise<void> {
    if (hasFailed) return this.#show("The code ends in an error.");
    const id = `check:${evaluation}`;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    let reason: string | null = null;
    const timer = setTimeout(() => resolve("The check takes too long."), PATIENCE);
    await session.evaluate(id, this.#check, { language: this.#language, discard: true }, (message) => {
      reason ??= reasonIn(message);
      if (message.type === "done" || message.type === "stuck") resolve(reason);
    });
    const verdict = await promise;
    clearTimeout(timer);
    void session.stop(id);
    this.#show(verdict);
  }

  #show(reason: string | null): void {
    this.#verdict.dataset.passed = String(reason === null);
    const heading = document.createElement("strong");
    heading.textContent = reason === null ? "Solved." : "Not yet.";
    this.#verdict.replaceChildren(heading);
    if (reason !== null) {
      const text = document.createElement("pre");
      text.textContent = reason;
      this.#verdict.append(text);
    }
    this.#verdict.hidden = false;
  }
}
