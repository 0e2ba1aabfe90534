/**
 * The code of a block: as the note has it, as the reader has changed it, which is kept for the next visit, or as it came with
 * the link of the page. It is the page's static text until somebody edits it, and an editor from then on.
 */
import type { Language } from "beamlet/protocol";
import type { BlockEditor } from "./block-editor.ts";
import * as edits from "./edits.ts";
import type { Shared } from "./share.ts";

interface Uses {
  /** The reader asks from within the editor for a run. */
  run(): void;
  /** The text is another one. */
  changed(): void;
}

export class BlockCode {
  /** As the note has it. */
  readonly original: string;
  /** It came with the link of the page: it runs when the reader says so, never because another block does. */
  isForeign = false;
  #text: string;
  #editor: BlockEditor | null = null;
  readonly #block: HTMLElement;
  readonly #uses: Uses;
  readonly #static: HTMLElement;
  readonly #edit: HTMLButtonElement;
  readonly #format: HTMLButtonElement;

  constructor(block: HTMLElement, uses: Uses) {
    this.#block = block;
    this.#uses = uses;
    this.#static = block.querySelector<HTMLElement>(".code pre")!;
    this.original = this.#text = this.#static.textContent ?? "";
    this.#edit = block.querySelector("button.edit")!;
    this.#edit.addEventListener("click", () => void this.open().then(() => this.#editor?.focus()));
    this.#format = block.querySelector("button.format")!;
  }

  get text(): string {
    return this.#text;
  }

  get #name(): string {
    return this.#block.dataset.block!;
  }

  /** The files of a playground are kept together, by the playground. */
  get #isKept(): boolean {
    return this.#block.dataset.file === undefined;
  }

  /** Brings back what came with the link, or what the reader left here. */
  async restore(given: Shared | null): Promise<void> {
    if (given !== null) {
      this.isForeign = true;
      this.#text = given.code;
      this.#note(
        "This code came with the link: somebody else may have written it. It runs when you press Run.",
      );
      return this.open();
    }
    const edit = this.#isKept ? edits.kept(this.#name) : null;
    if (edit === null) return;
    this.#text = edit.code;
    if (edit.original !== this.original)
      this.#note("The note has changed since you edited this block. Reset shows its code as it is now.");
    await this.open();
  }

  /** Opens the editor, without moving the focus there. */
  async open(): Promise<void> {
    const { BlockEditor } = await import("./block-editor.ts");
    if (this.#editor !== null) return;
    this.#static.hidden = true;
    const label = `Code of the block ${this.#name}`;
    const language = this.#block.dataset.language as Language;
    this.#editor = new BlockEditor(this.#static.closest(".code")!, this.#text, language, label, {
      run: this.#uses.run,
      change: (changed) => this.#change(changed),
    });
    this.#edit.hidden = true;
    this.#format.hidden = language !== "elixir";
  }

  /** Puts another text into the editor; the reader can undo it. */
  async replace(text: string): Promise<void> {
    await this.open();
    this.#editor?.replace(text);
  }

  /** Brings back the text of the note. */
  discard(): void {
    this.#block.querySelector(".code ~ .note")?.remove();
    this.isForeign = false;
    if (this.#isKept) edits.forget(this.#name);
    if (this.#editor === null) return;
    this.#editor.close();
    this.#editor = null;
    this.#static.hidden = false;
    this.#edit.hidden = false;
    this.#format.hidden = true;
    this.#change(this.original);
    if (document.activeElement === document.body) this.#edit.focus();
  }

  /** Why it cannot be formatted; `null` when it is. */
  async format(): Promise<string | null> {
    const { format } = await import("./format.ts");
    const result = await format(this.#text);
    if ("reason" in result) return result.reason;
    this.#editor?.replace(result.code);
    return null;
  }

  /** Marks a line; the reason shows when one points at it. The result takes the mark away. */
  mark(line: number, severity: string, reason: string): () => void {
    if (this.#editor !== null) return this.#editor.mark(line, severity, reason);
    const element = this.#static.querySelectorAll<HTMLElement>(".line")[line - 1];
    if (element === undefined) return () => {};
    element.classList.add(`line-${severity}`);
    element.title = reason;
    return () => {
      element.classList.remove(`line-${severity}`);
      element.removeAttribute("title");
    };
  }

  #change(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    if (this.#isKept) edits.keep(this.#name, { code: text, original: this.original });
    this.#uses.changed();
  }

  #note(text: string): void {
    const note = document.createElement("p");
    note.className = "note not-content";
    note.textContent = text;
    this.#block.querySelector(".code")!.after(note);
  }
}
