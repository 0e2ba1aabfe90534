/**
 * Evaluates blocks of TypeScript in a session, on its scheduler: their processes and those of Elixir are of one system. The
 * text has been made a function's body by whoever sends it, its types gone; this file gives it what it asks for: the package,
 * the scope that the blocks share, and a console.
 *
 * Code outside of processes is an async function of the host. It holds up nobody, and cannot be ended: a
 * block that is stopped loses its processes, and what it would still report is not listened to.
 */
import { type CrashReport, reportText } from "../actor/crash.ts";
import { isAwaited } from "../actor/process.ts";
import { ActorSystem, makeDefault } from "../actor/system.ts";
import * as core from "../core.ts";
import type { Process } from "../process/process.ts";
import { waitingIn } from "../scheduler/scheduler.ts";
import { atom } from "../term/atom.ts";
import { elixirOn } from "./elixir-api.ts";
import { useMachine } from "./embedded.ts";
import { ElixirError, float, Tuple, tuple } from "./javascript.ts";
import type { Machine } from "./machine.ts";
import { printed, shown } from "./show-javascript.ts";

/** Where a block reports to. */
export interface BlockReporter {
  /** What its errors are located in. */
  readonly file: string;
  print(text: string): void;
  value(line: number, text: string): void;
}

/** An error as a block shows it. */
export interface BlockError {
  readonly line: number | null;
  readonly banner: string;
  readonly stacktrace: string;
}

/** The machine of the session is there before any block. */
const elixir = elixirOn(() => {
  throw new Error("the session has no machine");
});
const modules: Readonly<Record<string, object>> = {
  beamlet: { ...core, evaluate: elixir.evaluate, loadModule: elixir.loadModule },
  "beamlet/elixir": { ...elixir, atom, ElixirError, float, Tuple, tuple },
};

type Block = ($: object, console: object) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => Block;
/** The lines that `new Function` puts above the body. */
const HEADER_LINES = 2;

export class TypeScriptBlocks {
  readonly #machine: Machine;
  readonly #system: ActorSystem;
  readonly #scope: Record<string, unknown> = {};
  readonly #files = new Set<string>();

  constructor(machine: Machine, onCrash: (report: CrashReport) => void) {
    this.#machine = machine;
    this.#system = new ActorSystem({ onCrash, manual: true }, machine.scheduler);
    useMachine(machine, this.#system);
    makeDefault(this.#system);
  }

  /** Resolves when the block is through: with what it has thrown, if it has. */
  async evaluate(code: string, { file, print, value }: BlockReporter): Promise<BlockError | null> {
    this.#files.add(file);
    const write = (...items: unknown[]) => print(`${items.map(printed).join(" ")}\n`);
    const console = { log: write, info: write, debug: write, warn: write, error: write };
    const $ = {
      scope: this.#scope,
      import(name: string): object {
        if (Object.hasOwn(modules, name)) return modules[name];
        throw new Error(`a block can import ${Object.keys(modules).join(", ")}, and not ${name}`);
      },
      value(result: unknown, line: number) {
        if (result !== undefined) value(line, shown(result));
      },
    };
    const names = Object.keys(this.#scope);
    try {
      const block = new AsyncFunction("$", "console", ...names, `${code}\n//# sourceURL=${file}`);
      await (block as (...args: unknown[]) => Promise<void>)(
        $,
        console,
        ...names.map((name) => this.#scope[name]),
      );
      return null;
    } catch (thrown) {
      return this.explain(thrown);
    }
  }

  /** Whether code outside of processes waits for some of these processes, none of which waits for the host. */
  waitsFor(isOwn: (process: Process) => boolean): boolean {
    const waiting = waitingIn(this.#machine.scheduler).filter(({ process }) => isOwn(process));
    return waiting.every(({ on }) => on === "message") && waiting.some(({ process }) => isAwaited(process));
  }

  /** An error with the lines of the blocks that it passed through. */
  explain(thrown: unknown): BlockError {
    if (!(thrown instanceof Error)) return { line: null, banner: `thrown: ${shown(thrown)}`, stacktrace: "" };
    const frames: string[] = [];
    let line: number | null = null;
    for (const text of (thrown.stack ?? "").split("\n")) {
      const at = /([\w-]+):(\d+):\d+\)?$/.exec(text.trim());
      if (at === null || !this.#files.has(at[1])) continue;
      const inBlock = Number(at[2]) - HEADER_LINES;
      line ??= inBlock;
      const caller = /^(?:at )?(?:async )?([\w$.]+)(?: \(|@)/.exec(text.trim())?.[1];
      // What it was called on says nothing of a callback or a process.
      const name = caller?.split(".").at(-1);
      // The function that the block is itself has a name of the host's.
      const isNamed = name && name !== "eval" && name !== "anonymous";
      frames.push(`    ${at[1]}:${inBlock}${isNamed ? `: ${name}` : ""}`);
    }
    return { line, banner: `${thrown.name}: ${thrown.message}`, stacktrace: frames.join("\n") };
  }

  /** The report of a crash, its stack as in `explain`. */
  describe(report: CrashReport): { line: number | null; text: string } {
    const { reason } = report;
    if (!(reason instanceof Error)) return { line: null, text: reportText(report) };
    const { line, banner, stacktrace } = this.explain(reason);
    const bare = reportText({
      ...report,
      reason: Object.assign(new Error(), { message: banner, stack: "" }),
    });
    const [first, ...rest] = bare.split("\n");
    return { line, text: [first, banner, stacktrace, ...rest.slice(1)].filter(Boolean).join("\n") };
  }

  end(): void {
    this.#system.forget();
  }
}
