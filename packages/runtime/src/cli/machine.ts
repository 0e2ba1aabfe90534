/** Makes the machine of a command from its options. */
import { closeSync, openSync, writeSync } from "node:fs";
import process from "node:process";
import { nodePlatform } from "../platform/node/platform.ts";
import type { Platform } from "../platform/platform.ts";
import { shuffled } from "../scheduler/policy.ts";
import { RandomSource } from "../scheduler/random.ts";
import { atom, TRUE } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { chardataText } from "../term/chardata.ts";
import type { Term } from "../term/term.ts";
import { configure } from "../vm/application-natives.ts";
import { Machine, type MachineOptions } from "../vm/machine.ts";
import { libraryWithDefinitions } from "../vm/node-session.ts";
import { traceLines } from "../vm/trace-text.ts";
import { coloredDiagnostic } from "./colors.ts";
import { type CommonOptions, UsageError } from "./options.ts";

export interface CommandMachine {
  readonly machine: Machine;
  close(): void;
}

export function makeMachine(options: CommonOptions, more: Partial<MachineOptions> = {}): CommandMachine {
  const file = options.trace === undefined ? null : openTrace(options.trace);
  const platform = more.platform ?? nodePlatform();
  const machine = new Machine({
    platform,
    onDiagnostic: process.stderr.isTTY
      ? (diagnostic) => platform.write("stderr", `${coloredDiagnostic(diagnostic)}\n\n`)
      : undefined,
    loader: libraryWithDefinitions(),
    clock: options.clock,
    seed: options.seed,
    budget: options.budget,
    policy: options.seed === undefined ? undefined : shuffled(new RandomSource(options.seed)),
    ...more,
  });
  if (process.stdout.isTTY) configure(machine.scheduler, "elixir", "ansi_enabled", TRUE);
  // The devices of the system are there before the program.
  const trace =
    file === null
      ? null
      : traceLines(
          machine.scheduler,
          (lines) => writeSync(file, lines),
          (name) => !name.startsWith("lib/"),
        );
  machine.scheduler.trace = trace?.sink ?? null;
  return {
    machine,
    close() {
      machine.end();
      trace?.close();
      if (file !== null) closeSync(file);
    },
  };
}

function openTrace(path: string): number {
  try {
    return openSync(path, "w");
  } catch (error) {
    throw new UsageError(`--trace needs a file that can be written: ${(error as Error).message}`);
  }
}

/** What `:abort` gives in a shell: that of a process ended by SIGABRT. */
const ABORTED = 134;

/** The exit status of what was given to `System.halt/1`: a number, a slogan to be printed, or `:abort`. */
export function haltStatus(status: Term, platform: Platform): number {
  if (status === atom("abort")) return ABORTED;
  if (typeof status === "number") return status & 0xff;
  const slogan = status instanceof Bitstring ? status.text : chardataText(status);
  platform.write("stderr", `${slogan ?? ""}\n`);
  return 1;
}
