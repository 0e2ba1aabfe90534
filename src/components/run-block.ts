/**
 * The element around a live block. Without JavaScript it is what the build made of it: code and recorded output. Running a
 * block first runs those above it that have not run in the page's shell.
 */
import type { FromWorker, Language } from "beamlet/protocol";
import type { BlockEditor } from "./block-editor.ts";
import { BlockOutput, blockNamed } from "./block-output.ts";
import * as edits from "./edits.ts";
import { Exercise } from "./exercise.ts";
import {
  currentSettings,
  leaveQueue,
  nextRun,
  outdateFrom,
  outdateSince,
  register,
  resetPage,
  runAbove,
  runWithAbove,
  session,
  shared,
  showState,
  startControls,
} from "./page.ts";
import type { Pictures } from "./pictures/index.ts";
import { linkTo } from "./share.ts";

type State = "idle" | "waiting" | "running" | "done";

/** Milliseconds that a block which only a stop can end gets when it runs for the sake of one below. */
const PASSING = 1000;

export class RunBlock extends HTMLElement {
  #code = "";
  /** The code as the note has it. */
  #original = "";
  #editor: BlockEditor | null = null;
  #edit!: HTMLButtonElement;
  #format!: HTMLButtonElement;
  #output!: BlockOutput;
  #status!: HTMLElement;
  #run!: HTMLButtonElement;
  #stop!: HTMLButtonElement;
  #explain!: HTMLButtonElement;
  /** The pictures of the last run, while they are open. */
  #pictures: Pictures | null = null;
  /** The code as it ran last: what the pictures talk about. */
  #ran = "";
  #state: State = "idle";
  #evaluation = "";
  /** How many evaluations there were on the page when it ran. */
  ranAt = 0;
  #exercise: Exercise | null = null;
  #failed = false;
  #buttons: HTMLButtonElement[] = [];
  /** How the last run ended: the time it took, or that it was stopped. */
  #ending = "";
  #alive = 0;
  /** Whether the block has run to its end in the current shell. */
  hasRun = false;
  /** The code came with the link of the page: it runs when the reader says so, never because another block does. */
  #isForeign = false;
  #isPassed = false;
  #restored: Promise<void> = Promise.resolve();

  connectedCallback(): void {
    if (this.#code !== "") return;
    this.#code = this.#original = this.querySelector(".code pre")!.textContent ?? "";
    this.#output = new BlockOutput(this.querySelector(".output")!);
    this.#status = this.querySelector(".status")!;
    this.#run = this.querySelector("button.run")!;
    this.#stop = this.querySelector("button.stop")!;
    this.#run.addEventListener("click", () => this.run());
    this.#stop.addEventListener("click", () => this.stop());
    this.#explain = this.querySelector("button.explain")!;
    this.#explain.addEventListener("click", () => void this.#togglePictures());
    this.#edit = this.querySelector("button.edit")!;
    this.#edit.addEventListener("click", () => void this.#openEditor(this.#code, true));
    this.#format = this.querySelector("button.format")!;
    this.#format.addEventListener("click", () => void this.#formatCode());
    this.querySelector("button.above")!.addEventListener("click", () => runAbove(this));
    this.querySelector("button.share")!.addEventListener("click", () => this.#share());
    this.querySelector("button.copy")!.addEventListener("click", () => this.#copy());
    this.querySelector("button.reset")!.addEventListener("click", () => void this.reset());
    this.#buttons = [...this.querySelectorAll<HTMLButtonElement>("button.press")];
    for (const button of this.#buttons)
      button.addEventListener("click", () => this.press(button.dataset.press!));
    if (this.dataset.check !== undefined)
      this.#exercise = new Exercise(this, this.dataset.check, (solution) => void this.replaceCode(solution));
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.run();
    });
    // Whoever points at a block is about to run it.
    for (const sign of ["pointerenter", "focusin"]) {
      this.addEventListener(sign, () => void session.start().catch(() => {}), { once: true });
    }
    register(this);
    this.#restored = this.#restore();
  }

  /** Runs the block, after the ones above it that have not run. */
  run(): void {
    if (this.#state === "running" || this.#state === "waiting") return;
    this.#isForeign = false;
    runWithAbove(this);
  }

  /** Whether a block below needs this one to run first. */
  get isToRun(): boolean {
    return (
      !this.hasRun &&
      !this.#isForeign &&
      this.#exercise === null &&
      this.#state !== "running" &&
      this.#state !== "waiting"
    );
  }

  /** Another block wants this one to have run: if only a stop can end it, it is stopped when it waits. */
  get #stopsByItself(): boolean {
    return this.#isPassed && this.dataset.interrupt !== undefined;
  }

  /** Its turn will come; `passing`: for the sake of others. */
  wait(passing: boolean): void {
    this.#isPassed = passing;
    this.#enter("waiting");
  }

  async stop(): Promise<void> {
    if (this.#state === "waiting") {
      leaveQueue(this);
      return this.#enter(this.hasRun ? "done" : "idle");
    }
    this.#status.textContent = "stopping…";
    const evaluation = this.#evaluation;
    const kept = await session.stop(evaluation);
    if (evaluation !== this.#evaluation) return;
    if (!kept) this.#evaluation = "";
    this.#ending = kept ? "stopped" : "stopped; the shell starts anew";
    this.#enter("done");
  }

  /** The shell is gone, and all that the block has done in it. */
  lost(): void {
    this.hasRun = false;
    if (this.#state !== "running") this.#evaluation = "";
    this.#alive = 0;
    if (this.#state === "running") this.#ended();
    else if (this.#state === "done") this.#enter("done");
  }

  /** Is as if it had never run: with the recorded output. */
  forget(): void {
    this.#evaluation = "";
    this.#ended();
    this.#clear();
  }

  #clear(): void {
    this.hasRun = false;
    this.#alive = 0;
    this.#output.restore();
    this.#closePictures();
    this.#exercise?.clear();
    delete this.dataset.stale;
    this.#enter("idle");
  }

  #ended: () => void = () => {};

  /** Runs now; resolves when it has ended, in whatever way. */
  async evaluate(): Promise<void> {
    this.#enter("running");
    this.#output.clear();
    delete this.dataset.stale;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ended = resolve;
    this.#exercise?.clear();
    this.#failed = false;
    const before = this.#evaluation;
    // The shell goes back to what it was before the last run: what has run since then is no longer in it.
    if (before !== "") outdateSince(this.ranAt);
    this.ranAt = nextRun();
    const id = `${this.dataset.block}:${this.ranAt}`;
    this.#evaluation = id;
    const seed =
      this.dataset.seed === undefined ? (currentSettings().seed ?? undefined) : Number(this.dataset.seed);
    const language = this.dataset.language as Language;
    const options = { language, seed, replaces: before === "" ? undefined : before };
    this.#ran = this.#code;
    try {
      const program = await this.#program();
      // It may have been stopped while it was compiled.
      if (program === null || this.#state !== "running") return;
      await session.evaluate(id, program, options, (message) => {
        if (id === this.#evaluation) this.#receive(message);
      });
      this.#pictures?.begin();
      if (this.dataset.picture !== undefined && this.#pictures === null) void this.#openPictures();
      const passing = this.#stopsByItself ? setTimeout(() => void this.stop(), PASSING) : undefined;
      await promise;
      clearTimeout(passing);
      if (id === this.#evaluation) await this.#exercise?.check(session, id, this.#failed);
    } catch (error) {
      if (id !== this.#evaluation) return;
      this.#output.error(
        `The runtime could not start: ${error instanceof Error ? error.message : error}`,
        "",
        null,
        this,
      );
      session.end();
      this.#enter("done");
    }
  }

  /** What is evaluated: the code, or what it is compiled to; `null` when it cannot be, which is shown. */
  async #program(): Promise<string | null> {
    if (this.dataset.language === "elixir") return this.#code;
    if (this.#code === this.#original) return this.dataset.program!;
    const { compileTypeScript, TypeScriptError } = await import("../notes/typescript-block.ts");
    try {
      return compileTypeScript(this.#code);
    } catch (error) {
      if (!(error instanceof TypeScriptError)) throw error;
      this.#output.error(`SyntaxError: ${error.message}`, "", error.line, this);
      this.#enter("done");
      return null;
    }
  }

  /** Evaluates what a button of the block stands for, beside the shell; what comes of it is added to what the block shows. */
  press(code: string): void {
    this.#output.add("pressed", code);
    session.act(this.#evaluation, code);
  }

  #receive(message: FromWorker): void {
    if (!["alive", "trace", "load-now"].includes(message.type)) this.#output.unstick();
    switch (message.type) {
      case "stuck":
        if (this.#state !== "running") return;
        if (this.#stopsByItself) return void this.stop();
        this.#status.textContent = "waits";
        return this.#output.stuck(message.waiting);
      case "alive":
        this.#alive = message.count;
        if (this.#state === "done") this.#enter("done");
        return;
      case "trace":
      case "load-now":
        return this.#pictures?.receive(message);
      case "done":
        this.hasRun = true;
        this.#ending = elapsed(message.elapsed);
        this.#enter("done");
        return this.#ended();
      default:
        return this.#show(message);
    }
  }

  #show(message: FromWorker): void {
    switch (message.type) {
      case "output":
        return this.#output.print(message.text);
      case "value":
        return this.#output.add("value", message.text);
      case "diagnostic":
        return this.#output.diagnostic(message.severity, message.text, message.line, this);
      case "error": {
        this.#failed = true;
        return this.#output.error(message.banner, message.stacktrace.trimEnd(), message.line, this);
      }
    }
  }

  // -- Pictures

  /** Shows what happened in the last run, or hides it; without a run, runs the block. */
  async #togglePictures(): Promise<void> {
    if (this.#pictures !== null) {
      // Whoever closes them does not want to see them with the next run.
      delete this.dataset.picture;
      return this.#closePictures();
    }
    (await this.#openPictures()).focus();
    if (this.#evaluation === "") this.run();
  }

  /** A line of the code that ran last. */
  lineRan(line: number): string {
    return this.#ran.split("\n")[line - 1] ?? "";
  }

  async #openPictures(): Promise<Pictures> {
    const { Pictures } = await import("./pictures/index.ts");
    if (this.#pictures !== null) return this.#pictures;
    this.#explain.setAttribute("aria-expanded", "true");
    const block = this.dataset.block!;
    this.#pictures = new Pictures(
      {
        block,
        parent: this,
        lineOf: (name, line) => blockNamed(name)?.lineRan(line) ?? "",
        mark: (name, line) => blockNamed(name)?.mark(line, "traced", "") ?? (() => {}),
        watch: (isWatched) => session.watch(this.#evaluation, isWatched),
        evaluate: (code) => this.press(code),
      },
      this.dataset.picture || "messages",
    );
    return this.#pictures;
  }

  #closePictures(): void {
    this.#pictures?.close();
    this.#pictures = null;
    this.#explain.setAttribute("aria-expanded", "false");
  }

  #enter(state: State): void {
    this.#state = state;
    this.dataset.state = state;
    this.#run.disabled = state === "running" || state === "waiting";
    this.#stop.disabled = !this.#run.disabled && this.#alive === 0;
    for (const button of this.#buttons) button.disabled = state !== "running" && this.#alive === 0;
    if (state === "idle") this.#status.textContent = "";
    else if (state === "waiting") this.#status.textContent = "waits for the blocks above";
    else if (state === "running") this.#status.textContent = "running…";
    else
      this.#status.textContent = [
        this.dataset.stale === undefined ? "" : "stale: what it rests on has changed",
        this.#ending,
        living(this.#alive),
      ]
        .filter(Boolean)
        .join(" · ");
    showState();
  }

  /** Brings back the code that came with the link, or that the reader left here. */
  async #restore(): Promise<void> {
    const block = this.dataset.block!;
    const given = await shared;
    if (given?.block === block) {
      this.#isForeign = true;
      this.#code = given.code;
      resetPage({ clock: given.clock, seed: given.seed });
      this.#note(
        "This code came with the link: somebody else may have written it. It runs when you press Run.",
      );
      await this.#openEditor(given.code, false);
      this.scrollIntoView({ block: "center" });
      return;
    }
    const edit = edits.kept(block);
    if (edit === null) return;
    this.#code = edit.code;
    if (edit.original !== this.#original)
      this.#note("The note has changed since you edited this block. Reset shows its code as it is now.");
    await this.#openEditor(edit.code, false);
  }

  #note(text: string): void {
    const note = document.createElement("p");
    note.className = "note not-content";
    note.textContent = text;
    this.querySelector(".code")!.after(note);
  }

  async #share(): Promise<void> {
    const link = await linkTo({ block: this.dataset.block!, code: this.#code, ...currentSettings() });
    await this.#toClipboard(link, "the link is copied");
  }

  async #copy(): Promise<void> {
    // A shell's prompts, should the code have been pasted with them, are no part of it.
    await this.#toClipboard(this.#code.replaceAll(/^(iex|\.\.\.)(\(\d+\))?> ?/gm, ""), "copied");
  }

  async #toClipboard(text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#status.textContent = done;
    } catch {
      this.#status.textContent = "the browser does not let the page copy";
    }
  }

  /** Marks a line of the code; the reason shows when one points at it. The result takes the mark away. */
  mark(line: number, severity: string, reason: string): () => void {
    if (this.#editor !== null) return this.#editor.mark(line, severity, reason);
    const element = this.querySelectorAll<HTMLElement>(".code .line")[line - 1];
    if (element === undefined) return () => {};
    element.classList.add(`line-${severity}`);
    element.title = reason;
    return () => {
      element.classList.remove(`line-${severity}`);
      element.removeAttribute("title");
    };
  }

  // -- Editing

  /** Ends what the block has started, and shows its code and its output as the note has them. */
  async reset(): Promise<void> {
    this.discardEdits();
    if (this.#state === "waiting" || this.#state === "running") await this.stop();
    else if (this.#evaluation !== "") await session.stop(this.#evaluation);
    outdateFrom(this);
    this.#clear();
  }

  /** Brings back the code of the note. */
  discardEdits(): void {
    this.querySelector(".bar ~ .note, .code ~ .note")?.remove();
    this.#isForeign = false;
    edits.forget(this.dataset.block!);
    if (this.#editor === null) return;
    this.#editor.close();
    this.#editor = null;
    this.querySelector<HTMLElement>(".code pre")!.hidden = false;
    this.#edit.hidden = false;
    this.#format.hidden = true;
    this.#change(this.#original);
    if (document.activeElement === document.body) this.#edit.focus();
  }

  async #formatCode(): Promise<void> {
    if (this.#state === "running" || this.#state === "waiting") return;
    this.#status.textContent = "formatting…";
    const { format } = await import("./format.ts");
    const result = await format(this.#code);
    if ("reason" in result) this.#status.textContent = `not formatted: ${result.reason.split("\n")[0]}`;
    else {
      this.#editor?.replace(result.code);
      this.#status.textContent = "formatted";
    }
  }

  /** The code as it is now. */
  get code(): string {
    return this.#code;
  }

  /** Opens the editor, without moving the focus there. */
  async edit(): Promise<void> {
    await this.#restored;
    await this.#openEditor(this.#code, false);
  }

  /** Puts another code into the editor. */
  async replaceCode(code: string): Promise<void> {
    await this.#openEditor(this.#code, false);
    this.#editor?.replace(code);
  }

  async #openEditor(code: string, focus: boolean): Promise<void> {
    const { BlockEditor } = await import("./block-editor.ts");
    if (this.#editor !== null) return;
    this.querySelector<HTMLElement>(".code pre")!.hidden = true;
    const label = `Code of the block ${this.dataset.block}`;
    const language = this.dataset.language as Language;
    this.#editor = new BlockEditor(this.querySelector(".code")!, code, language, label, {
      run: () => this.run(),
      change: (changed) => this.#change(changed),
    });
    this.#edit.hidden = true;
    this.#format.hidden = this.dataset.language !== "elixir";
    if (focus) this.#editor.focus();
  }

  /** The code is another one: it is kept for the next visit, and what has run with the old one, or after it, is stale. */
  #change(code: string): void {
    if (code === this.#code) return;
    this.#code = code;
    if (code === this.#original) edits.forget(this.dataset.block!);
    else edits.keep(this.dataset.block!, { code, original: this.#original });
    outdateFrom(this);
    showState();
  }

  /** What it shows no longer follows from the code above it. */
  outdate(): void {
    if (!this.hasRun) return;
    this.hasRun = false;
    this.dataset.stale = "";
    if (this.#state === "done") this.#enter("done");
  }
}

function elapsed(milliseconds: number): string {
  const shown =
    milliseconds < 1000
      ? `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`
      : `${(milliseconds / 1000).toFixed(1)} s`;
  return currentSettings().clock === "virtual" ? `${shown} of virtual time` : shown;
}

function living(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "1 process still lives" : `${count.toLocaleString("en")} processes still live`;
}

customElements.define("run-block", RunBlock);
startControls();
