/** Makes the machine of a command from its options. */
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "../platform/platform.ts";
import { libraryAt } from "../platform/node/library.ts";
import { nodePlatform } from "../platform/node/platform.ts";
import { shuffled } from "../scheduler/policy.ts";
import { RandomSource } from "../scheduler/random.ts";
import type { TraceEvent } from "../process/trace.ts";
import { type Loader, moduleSource } from "../vm/code-server.ts";
import { Machine } from "../vm/machine.ts";
import { traceLine } from "../vm/trace-text.ts";
import type { CommonOptions } from "./options.ts";

let library: Loader | null = null;

/** The library beside the bundled command. */
function installedLibrary(): Loader {
  if (library === null) {
    const texts = libraryAt(process.env.BEAMLET_LIBRARY ?? join(import.meta.dirname, "lib"));
    library = { has: texts.has, load: (name) => moduleSource(name, texts.read(name)) };
  }
  return library;
}

export interface CommandMachine {
  readonly machine: Machine;
  close(): void;
}

export function makeMachine(options: CommonOptions, argv: readonly string[] = [], platform?: Platform): CommandMachine {
  const file = options.trace === undefined ? null : openSync(options.trace, "w");
  const machine = new Machine({
    platform: platform ?? nodePlatform(argv),
    loader: installedLibrary(),
    clock: options.clock,
    seed: options.seed,
    budget: options.budget,
    policy: options.seed === undefined ? undefined : shuffled(new RandomSource(options.seed)),
    trace: file === null ? undefined : (event: TraceEvent) => writeSync(file, `${traceLine(event)}\n`),
  });
  return {
    machine,
    close() {
      machine.end();
      if (file !== null) closeSync(file);
    },
  };
}
