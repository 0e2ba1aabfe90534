/**
 * The element around the files of the playground. Each file is a block, of which one is shown at a time; running one runs the
 * modules before it first, as on every page. Files are made, renamed and removed; the last such change can be undone. A link
 * carries all of them.
 */
import { type Example, filesOf } from "../notes/examples.ts";
import {
  inOrder,
  isScript,
  type PlayFile,
  problemWith,
  problemWithCount,
  readFiles,
} from "../notes/play-files.ts";
import { copied } from "./clipboard.ts";
import { FileNameForm } from "./file-name-form.ts";
import { currentSettings, resetPage } from "./page.ts";
import { keepFiles, keptFiles } from "./play-store.ts";
import type { RunBlock } from "./run-block.ts";
import "./run-block.ts";
import { packed, unpacked } from "./share.ts";

const SIGN = "#play=";
const FOREIGN =
  "This code came with the link: somebody else may have written it. It runs when you press Run. Your own files are kept apart from it.";

class Playground extends HTMLElement {
  #status!: HTMLElement;
  #undo!: HTMLButtonElement;
  #list!: HTMLElement;
  #form!: FileNameForm;
  #shown = "main.exs";
  /** What the files become when the last loss of one is undone. */
  #back: ((files: PlayFile[]) => PlayFile[]) | null = null;
  /** While blocks come and go their changes are none of the reader's. */
  #isFilling = false;

  connectedCallback(): void {
    this.#status = this.querySelector(".play-status")!;
    this.#undo = this.querySelector(".undo")!;
    this.#list = this.querySelector("[role=tablist]")!;
    this.#form = new FileNameForm(this.querySelector("form")!);
    const on = (name: string, action: () => void) =>
      this.querySelector(`.${name}`)!.addEventListener("click", action);
    on("share-all", () => void this.#share());
    on("to-node", () => void this.#toNode());
    on("new-file", () => this.#askForNew());
    on("rename-file", () => this.#askForName());
    on("remove-file", () => void this.#remove());
    on("undo", () => void this.#goBack());
    this.querySelector(".example")!.addEventListener("change", ({ target }) => {
      const { value, selectedOptions } = target as HTMLSelectElement;
      const examples = JSON.parse(this.dataset.examples!) as Record<string, Example>;
      const before = this.#files;
      void this.#replace(filesOf(examples[value]), `This is “${selectedOptions[0].text}”.`, {
        back: () => before,
      });
    });
    this.#list.addEventListener("click", ({ target }) => {
      const tab = (target as Element).closest<HTMLElement>("[role=tab]");
      if (tab !== null) this.#show(tab.dataset.file!);
    });
    this.#list.addEventListener("keydown", (event) => this.#press(event));
    this.addEventListener("codechange", () => this.#keep());
    this.#show(this.#shown);
    void this.#restore();
  }

  get #blocks(): RunBlock[] {
    return [...this.querySelectorAll<RunBlock>("run-block")];
  }

  get #files(): PlayFile[] {
    return this.#blocks.map(({ dataset, code }) => ({ name: dataset.file!, code }));
  }

  #block(name: string): RunBlock | undefined {
    return this.#blocks.find(({ dataset }) => dataset.file === name);
  }

  // -- Tabs

  #show(name: string): void {
    this.#shown = name;
    for (const tab of this.#list.querySelectorAll<HTMLElement>("[role=tab]")) {
      const isShown = tab.dataset.file === name;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      this.#block(tab.dataset.file!)!.hidden = !isShown;
    }
  }

  #focusTab(): void {
    this.#list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  /** Tabs are moved through with the arrows; F2 and Delete are what they are in a list of files. */
  #press(event: KeyboardEvent): void {
    const names = this.#files.map(({ name }) => name);
    const at = names.indexOf(this.#shown);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      this.#show(names.at(to % names.length)!);
      this.#focusTab();
    } else if (event.key === "F2") this.#askForName();
    else if (event.key === "Delete") void this.#remove().then(() => this.#focusTab());
    else return;
    event.preventDefault();
  }

  // -- Files

  #askForNew(): void {
    const tooMany = problemWithCount(this.#blocks.length);
    if (tooMany !== null) return this.#say(tooMany);
    this.#form.ask("Name of the new file", "Create", "new.ex", (name) => {
      const problem = this.#problem(name, null);
      if (problem === null)
        void this.#open([...this.#files, { name, code: "" }], name).then(() => this.#edit());
      return problem;
    });
  }

  #askForName(): void {
    const old = this.#shown;
    this.#form.ask(`New name of ${old}`, "Rename", old, (name) => {
      const problem = this.#problem(name, old);
      if (problem === null && name !== old) {
        const files = this.#files.map((file) => (file.name === old ? { ...file, name } : file));
        void this.#replace(files, `${old} is now ${name}.`, { shown: name }).then(() => this.#focusTab());
      } else if (problem === null) this.#focusTab();
      return problem;
    });
  }

  #problem(name: string, old: string | null): string | null {
    return problemWith(
      name,
      this.#files.flatMap((file) => (file.name === old ? [] : [file.name])),
    );
  }

  async #remove(): Promise<void> {
    const files = this.#files;
    if (files.length === 1) return this.#say("One file has to stay: rename it, or make another one first.");
    const at = files.findIndex(({ name }) => name === this.#shown);
    const removed = files[at];
    const back = (now: PlayFile[]) =>
      this.#problem(removed.name, null) === null ? now.toSpliced(at, 0, removed) : now;
    const shown = (files[at + 1] ?? files[at - 1]).name;
    await this.#replace(files.toSpliced(at, 1), `${removed.name} is removed.`, { shown, back });
  }

  /** Puts other files in place of all. */
  async #replace(
    files: readonly PlayFile[],
    said: string,
    { shown, back }: { shown?: string; back?: (files: PlayFile[]) => PlayFile[] },
  ): Promise<void> {
    // What has run may rest on a file that is gone.
    resetPage();
    await this.#open(files, shown);
    this.#say(said);
    this.#back = back ?? null;
    this.#undo.hidden = back === undefined;
  }

  async #goBack(): Promise<void> {
    if (this.#back === null) return;
    const files = this.#back(this.#files);
    const returned = files.find(({ name }) => this.#block(name) === undefined);
    await this.#replace(files, "Undone.", { shown: returned?.name });
    this.#focusTab();
  }

  /** Makes these the files: their blocks and tabs are made, kept or removed. */
  async #open(files: readonly PlayFile[], shown?: string): Promise<void> {
    this.#isFilling = true;
    delete this.dataset.filled;
    const ordered = inOrder(files);
    const old = new Map(this.#blocks.map((block) => [block.dataset.file!, block]));
    for (const [name, block] of old) if (!ordered.some((file) => file.name === name)) block.remove();
    const focused = document.activeElement;
    for (const { name, code } of ordered) {
      const block = old.get(name) ?? this.#made(name, code);
      block.hidden = name !== this.#shown;
      block.setAttribute("role", "tabpanel");
      block.setAttribute("aria-labelledby", `tab-${name}`);
      // Also moves one that is there: blocks stand in the order in which they run.
      this.append(block);
      await block.edit();
      if (block.code !== code) await block.replaceCode(code);
    }
    this.#list.replaceChildren(...ordered.map(({ name }) => tabOf(name)));
    const first = ordered.find(({ name }) => isScript(name)) ?? ordered[0];
    const isThere = (name: string | undefined) => ordered.some((file) => file.name === name);
    this.#show([shown, this.#shown].find(isThere) ?? first.name);
    if (focused instanceof HTMLElement && this.contains(focused)) focused.focus();
    this.#isFilling = false;
    this.dataset.filled = "";
    this.#keep();
  }

  #made(name: string, code: string): RunBlock {
    const template = this.querySelector<HTMLTemplateElement>("template")!;
    const block = (document.importNode(template.content, true).querySelector("run-block") as RunBlock)!;
    block.id = `block-${name}`;
    block.dataset.block = block.dataset.file = name;
    block.querySelector(".code code")!.textContent = code;
    return block;
  }

  #edit(): void {
    this.#block(this.#shown)?.querySelector<HTMLElement>(".cm-content")?.focus();
  }

  // -- What comes and goes

  /** What the reader left here, with this link or without one; or else what came with the link. */
  async #restore(): Promise<void> {
    const given = await unpacked(location.hash, SIGN);
    const foreign = given === null ? null : readFiles(given.files);
    if (given !== null && foreign !== null) {
      const { clock, seed } = given;
      resetPage({
        clock: clock === "virtual" || clock === "fast" ? clock : "real",
        seed: Number.isSafeInteger(seed) ? (seed as number) : null,
      });
    }
    const own = this.#blocks.map((block) => ({
      name: block.dataset.file!,
      code: block.querySelector(".code pre")?.textContent ?? "",
    }));
    await this.#open(keptFiles() ?? foreign ?? own, "main.exs");
    if (foreign !== null) this.#say(FOREIGN);
  }

  #keep(): void {
    if (!this.#isFilling) keepFiles(this.#files);
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }

  /** Takes modules and scripts to the page that runs them in Node. */
  async #toNode(): Promise<void> {
    const files = this.#files.filter(({ name }) => !/(^|_)test\.exs$/.test(name));
    const code = `${files.map((file) => file.code).join("\n\n")}\n`;
    location.href = `/run-in-node/#node=${await packed({ code })}`;
  }

  async #share(): Promise<void> {
    const data = await packed({ files: this.#files, ...currentSettings() });
    this.#say(await copied(`${location.origin}${location.pathname}${SIGN}${data}`, "the link is copied"));
  }
}

function tabOf(name: string): HTMLButtonElement {
  const tab = document.createElement("button");
  tab.type = "button";
  tab.id = `tab-${name}`;
  tab.dataset.file = name;
  tab.textContent = name;
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", `block-${name}`);
  return tab;
}

customElements.define("play-ground", Playground);
