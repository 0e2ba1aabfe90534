/**
 * Runs the blocks of a page in Node, in virtual time, one after the other in one shell: what a reader sees who runs all, and
 * presses each button once.
 */
import { type EvaluationOptions, type FromWorker, type OpenSession, openSession } from "beamlet/elixir";
import type { Block, Page } from "./blocks.ts";
import { reasonIn } from "./exercise.ts";
import type { Picture } from "./options.ts";
import { recordedPicture } from "./recorded-picture.ts";
import type { Recording, Shown } from "./recording.ts";
import { compileTypeScript } from "./typescript-block.ts";

/** Virtual time and this seed make a recording repeat. */
const SEED = 1;

export async function runPage({ blocks }: Page, seed = SEED): Promise<Record<string, Recording>> {
  const recordings: Record<string, Recording> = {};
  const shell = new PageShell(seed);
  for (const block of blocks) {
    if (block.exercise !== null) continue;
    const shown = await shell.run(block);
    const picture = block.picture === null ? null : await shell.picture(block.picture, block);
    recordings[block.id] = { code: block.code, shown, ...(picture === null ? {} : { picture }) };
  }
  shell.close();
  return recordings;
}

/** What the check of an exercise says to the code that it starts with, and to its solution; `null`: solved. */
export interface Attempt {
  readonly start: string | null;
  readonly solution: string | null;
}

/** Tries every exercise of a page, each after the blocks above it. */
export async function tryExercises({ blocks }: Page): Promise<Record<string, Attempt>> {
  const attempts: Record<string, Attempt> = {};
  const shell = new PageShell();
  for (const block of blocks) {
    const { id, language, program, exercise } = block;
    if (exercise === null) {
      await shell.run(block);
      continue;
    }
    const { check } = exercise;
    const solving = language === "elixir" ? exercise.solution : compileTypeScript(exercise.solution);
    const start = await shell.attempt(`${id}:1`, program, check, { language });
    const solution = await shell.attempt(`${id}:2`, solving, check, { language, replaces: `${id}:1` });
    attempts[id] = { start, solution };
  }
  shell.close();
  return attempts;
}

class PageShell {
  readonly #session: OpenSession;
  readonly #shown = new Map<string, Shown[]>();
  #messages: FromWorker[] = [];
  #traces: Extract<FromWorker, { type: "trace" }>[] = [];
  #onTrace: () => void = () => {};

  constructor(seed = SEED) {
    this.#session = openSession({ clock: "virtual", seed }, (message) => this.#receive(message));
  }

  /** Runs a block to its end; what it shows may still grow while later blocks run. */
  async run({ id, language, program, interrupt, seed, buttons }: Block): Promise<Shown[]> {
    const shown: Shown[] = [];
    this.#shown.set(id, shown);
    const ended = await this.#evaluate(id, program, { language, seed: seed ?? undefined });
    if (!ended && !interrupt)
      throw new Error(
        `the block "${id}" never ends; if it shall wait until it is stopped, mark it interrupt`,
      );
    for (const { press } of buttons) {
      shown.push({ kind: "pressed", text: press });
      this.#session.act(id, press);
      await this.#session.settled();
    }
    if (!ended) {
      this.#session.stop(id);
      await this.#session.settled();
      shown.push({ kind: "stopped" });
    }
    return shown;
  }

  /** The picture of a run that has ended. */
  async picture(kind: Picture, { id, code }: Block): Promise<string | null> {
    this.#traces = [];
    const told = new Promise<void>((resolve) => {
      this.#onTrace = resolve;
    });
    this.#session.watch(id);
    await told;
    this.#session.watch(id, false);
    return recordedPicture(kind, this.#traces, code);
  }

  /** Runs code and its check; why it does not pass. */
  async attempt(id: string, code: string, check: string, options: EvaluationOptions): Promise<string | null> {
    const ended = await this.#evaluate(id, code, options);
    if (!ended) this.#session.stop(id);
    await this.#session.settled();
    const error = this.#messages.find((message) => message.type === "error" && message.id === id);
    if (!ended || error !== undefined) return "the code ends in an error, or never";
    this.#messages = [];
    const checkId = `check:${id}`;
    if (!(await this.#evaluate(checkId, check, { language: options.language, discard: true })))
      this.#session.stop(checkId);
    await this.#session.settled();
    const ofCheck = this.#messages.filter((message) => "id" in message && message.id === checkId);
    return ofCheck.map(reasonIn).find((reason) => reason !== null) ?? null;
  }

  close(): void {
    this.#session.close();
  }

  /** Whether it has ended by itself. */
  async #evaluate(id: string, code: string, options: EvaluationOptions): Promise<boolean> {
    this.#messages = [];
    this.#session.evaluate(id, code, options);
    await this.#session.settled();
    return this.#messages.some((message) => message.type === "done" && message.id === id);
  }

  #receive(message: FromWorker): void {
    if (message.type === "trace") {
      this.#traces.push(message);
      return this.#onTrace();
    }
    this.#messages.push(message);
    const shown = "id" in message ? this.#shown.get(message.id) : undefined;
    if (shown === undefined) return;
    switch (message.type) {
      case "output": {
        const last = shown.at(-1);
        if (last?.kind === "output")
          shown[shown.length - 1] = { kind: "output", text: last.text + message.text };
        else shown.push({ kind: "output", text: message.text });
        return;
      }
      case "value":
        shown.push({ kind: "value", text: message.text });
        return;
      case "diagnostic":
        shown.push({ kind: message.severity, text: message.text });
        return;
      case "error":
        shown.push({
          kind: "error",
          text: [message.banner, message.stacktrace.trimEnd()].filter(Boolean).join("\n"),
        });
        return;
    }
  }
}
