/** A virtual system for one test: `inSystem(body)` runs a process to its end and gives back its result. */
import assert from "node:assert/strict";
import {
  type ActorSystem,
  type Body,
  type CrashReport,
  createSystem,
  run,
  type SystemOptions,
} from "../../packages/runtime/src/index.ts";

/** The result of the body, which must come to its end. Crash reports go to `crashes`. */
export async function inSystem<Result>(
  body: () => Body<Result>,
  options: SystemOptions & { crashes?: CrashReport[] } = {},
): Promise<Result> {
  using system = quiet(options);
  const result = system.enter(() => run(body));
  let settled = false;
  result.then(
    () => (settled = true),
    () => (settled = true),
  );
  const state = system.settle();
  await new Promise(setImmediate);
  if (state === "idle") assert.ok(settled, "every process waits for a message that nobody will send");
  return await result;
}

/** A system in virtual time whose crash reports are kept and not printed. */
export function quiet({
  crashes = [],
  ...options
}: SystemOptions & { crashes?: CrashReport[] } = {}): ActorSystem {
  return createSystem({ clock: "virtual", seed: 1, onCrash: (report) => crashes.push(report), ...options });
}
