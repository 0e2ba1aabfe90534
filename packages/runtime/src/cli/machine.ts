/** Makes the machine of a command from its options. */
import { closeSync, openSync, writeSync } from "node:fs";
import { nodePlatform } from "../platform/node/platform.ts";
import { shuffled } from "../scheduler/policy.ts";
import { RandomSource } from "../scheduler/random.ts";
import { Machine, type MachineOptions } from "../vm/machine.ts";
import { installedLibrary } from "../vm/node-session.ts";
import { traceLines } from "../vm/trace-text.ts";
import type { CommonOptions } from "./options.ts";

export interface CommandMachine {
  readonly machine: Machine;
  close(): void;
}

export function makeMachine(options: CommonOptions, more: Partial<MachineOptions> = {}): CommandMachine {
  const file = options.trace === undefined ? null : openSync(options.trace, "w");
  const machine = new Machine({
    platform: nodePlatform(),
    loader: installedLibrary(),
    clock: options.clock,
    seed: options.seed,
    budget: options.budget,
    policy: options.seed === undefined ? undefined : shuffled(new RandomSource(options.seed)),
    ...more,
  });
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
