/**
 * The element around a live block: its buttons, and the run that they are about. Without JavaScript it is what the build made of
 * it: code and recorded output. Running a block first runs those above it that have not run in the page's shell.
 */
import type { FromWorker, Language } from "beamlet/protocol";
import { isScript, programOf } from "../notes/play-files.ts";
import { BlockCode } from "./block-code.ts";
import { BlockOutput } from "./block-output.ts";
import { BlockPictures } from "./block-pictures.ts";
import { elapsed, statusOf } from "./block-status.ts";
import { copied } from "./clipboard.ts";
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
  unregister,
} from "./page.ts";
import { linkTo } from "./share.ts";

type State = "idle" | "waiting" | "running" | "done";

/** Milliseconds that a block which only a stop can end gets when it runs for the sake of one below. */
const PASSING = 1000;

export class RunBlock extends HTMLElement {
  #code!: BlockCode;
  #output!: BlockOutput;
  #pictures!: BlockPictures;
  #exercise: Exercise | null = null;
  #status!: HTMLElement;
  #run!: HTMLButtonElement;
  #stop!: HTMLButtonElement;
  #buttons: HTMLButtonElement[] = [];
  #state: State = "idle";
  #evaluation = "";
  /** The code as it ran last: what the pictures talk about. */
  #ran = "";
  /** How many evaluations there were on the page when it ran. */
  ranAt = 0;
  /** Whether the block has run to its end in the current shell. */
  hasRun = false;
  #failed = false;
  /** How the last run ended: the time it took, or that it was stopped. */
  #ending = "";
  #alive = 0;
  #isPassed = false;
  #ended: () => void = () => {};
  #restored: Promise<void> = Promise.resolve();

  connectedCallback(): void {
    if (this.#code !== undefined) return register(this);
    const button = (name: string) => this.querySelector<HTMLButtonElement>(`button.${name}`)!;
    this.#code = new BlockCode(this, { run: () => this.run(), changed: () => this.#changed() });
    this.#output = new BlockOutput(this.querySelector(".output")!);
    this.#status = this.querySelector(".status")!;
    this.#run = button("run");
    this.#stop = button("stop");
    this.#pictures = new BlockPictures(this, button("explain"), {
      watch: (isWatched) => session.watch(this.#evaluation, isWatched),
      evaluate: (code) => this.press(code),
    });
    this.#run.addEventListener("click", () => this.run());
    this.#stop.addEventListener("click", () => this.stop());
    button("explain").addEventListener("click", () => void this.#explain());
    button("format").addEventListener("click", () => void this.#format());
    button("above").addEventListener("click", () => runAbove(this));
    button("share").addEventListener("click", () => void this.#share());
    button("copy").addEventListener("click", () => void this.#copy());
    button("reset").addEventListener("click", () => void this.reset());
    this.#buttons = [...this.querySelectorAll<HTMLButtonElement>("button.press")];
    for (const press of this.#buttons)
      press.addEventListener("click", () => this.press(press.dataset.press!));
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

  disconnectedCallback(): void {
    unregister(this);
  }

  /** Brings back the code that came with the link, or that the reader left here. */
  async #restore(): Promise<void> {
    const given = await shared;
    if (given === null || given.block !== this.dataset.block) return this.#code.restore(null);
    resetPage({ clock: given.clock, seed: given.seed });
    await this.#code.restore(given);
    this.scrollIntoView({ block: "center" });
  }

  // -- Running

  /** Runs the block, after the ones above it that have not run. */
  run(): void {
    if (this.#isBusy) return;
    this.#code.isForeign = false;
    runWithAbove(this);
  }

  get #isBusy(): boolean {
    return this.#state === "running" || this.#state === "waiting";
  }

  /** Whether a block below needs this one to run first: an exercise or a script is there for its own sake. */
  get isToRun(): boolean {
    const isAlone = this.#exercise !== null || isScript(this.dataset.file ?? "");
    return !this.hasRun && !this.#code.isForeign && !isAlone && !this.#isBusy;
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
    this.#say("stopping…");
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

  /** Ends what the block has started, and shows its code and its output as the note has them. */
  async reset(): Promise<void> {
    this.discardEdits();
    if (this.#isBusy) await this.stop();
    else if (this.#evaluation !== "") await session.stop(this.#evaluation);
    outdateFrom(this);
    this.#clear();
  }

  #clear(): void {
    this.hasRun = false;
    this.#alive = 0;
    this.#output.restore();
    this.#pictures.close();
    this.#exercise?.clear();
    delete this.dataset.stale;
    this.#enter("idle");
  }

  /** What it shows no longer follows from the code above it. */
  outdate(): void {
    if (!this.hasRun) return;
    this.hasRun = false;
    this.dataset.stale = "";
    if (this.#state === "done") this.#enter("done");
  }

  /** Runs now; resolves when it has ended, in whatever way. */
  async evaluate(): Promise<void> {
    this.#enter("running");
    this.#output.begin();
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
    this.#ran = this.code;
    try {
      const program = await this.#program();
      // It may have been stopped while it was compiled.
      if (program === null || this.#state !== "running") return;
      await session.evaluate(id, program, options, (message) => {
        if (id === this.#evaluation) this.#receive(message);
      });
      this.#pictures.begin();
      const passing = this.#stopsByItself ? setTimeout(() => void this.stop(), PASSING) : undefined;
      await promise;
      clearTimeout(passing);
      if (id === this.#evaluation) await this.#exercise?.check(session, id, this.#failed);
    } catch (error) {
      if (id !== this.#evaluation) return;
      const reason = error instanceof Error ? error.message : error;
      this.#output.error(`The runtime could not start: ${reason}`, "", null, this);
      session.end();
      this.#enter("done");
    }
  }

  /** What is evaluated: the code, or what it is compiled to; `null` when it cannot be, which is shown. */
  async #program(): Promise<string | null> {
    if (this.dataset.language === "elixir") return programOf(this.dataset.file ?? "", this.code);
    if (this.code === this.#code.original) return this.dataset.program!;
    const { compileTypeScript, TypeScriptError } = await import("../notes/typescript-block.ts");
    try {
      return compileTypeScript(this.code);
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
    const goesOn = !["alive", "trace", "load-now"].includes(message.type);
    if (goesOn && this.#output.unstick()) this.#say("running…");
    switch (message.type) {
      case "stuck":
        if (this.#state !== "running") return;
        if (this.#stopsByItself) return void this.stop();
        this.#say("waits");
        return this.#output.stuck(message.waiting);
      case "alive":
        this.#alive = message.count;
        if (this.#state === "done") this.#enter("done");
        return;
      case "trace":
      case "load-now":
        return this.#pictures.receive(message);
      case "done":
        this.hasRun = true;
        this.#ending = elapsed(message.elapsed, currentSettings().clock);
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

  #enter(state: State): void {
    this.#state = state;
    this.dataset.state = state;
    if (state === "done") this.#output.end();
    this.#run.disabled = this.#isBusy;
    this.#stop.disabled = !this.#isBusy && this.#alive === 0;
    for (const button of this.#buttons) button.disabled = state !== "running" && this.#alive === 0;
    if (state === "idle") this.#say("");
    else if (state === "waiting") this.#say("waits for the blocks above");
    else if (state === "running") this.#say("running…");
    else {
      const isStale = this.dataset.stale !== undefined;
      this.#say(statusOf({ isStale, ending: this.#ending, alive: this.#alive }));
    }
    showState();
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }

  // -- What happened

  /** Shows what happened in the last run, or hides it; without a run, runs the block. */
  async #explain(): Promise<void> {
    if ((await this.#pictures.toggle()) && this.#evaluation === "") this.run();
  }

  /** A line of the code that ran last. */
  lineRan(line: number): string {
    return this.#ran.split("\n")[line - 1] ?? "";
  }

  /** Marks a line of the code; the reason shows when one points at it. The result takes the mark away. */
  mark(line: number, severity: string, reason: string): () => void {
    return this.#code.mark(line, severity, reason);
  }

  // -- The code

  /** The code as it is now. */
  get code(): string {
    return this.#code.text;
  }

  /** Opens the editor, without moving the focus there. */
  async edit(): Promise<void> {
    await this.#restored;
    await this.#code.open();
  }

  /** Puts another code into the editor. */
  replaceCode(code: string): Promise<void> {
    return this.#code.replace(code);
  }

  /** Brings back the code of the note. */
  discardEdits(): void {
    this.#code.discard();
  }

  /** The code is another one: what has run with the old one, or after it, is stale. */
  #changed(): void {
    this.dispatchEvent(new Event("codechange", { bubbles: true }));
    outdateFrom(this);
    showState();
  }

  async #format(): Promise<void> {
    if (this.#isBusy) return;
    this.#say("formatting…");
    const reason = await this.#code.format();
    this.#say(reason === null ? "formatted" : `not formatted: ${reason.split("\n")[0]}`);
  }

  async #share(): Promise<void> {
    const link = await linkTo({ block: this.dataset.block!, code: this.code, ...currentSettings() });
    this.#say(await copied(link, "the link is copied"));
  }

  async #copy(): Promise<void> {
    // A shell's prompts, should the code have been pasted with them, are no part of it.
    this.#say(await copied(this.code.replaceAll(/^(iex|\.\.\.)(\(\d+\))?> ?/gm, ""), "copied"));
  }
}

customElements.define("run-block", RunBlock);
startControls();
