/**
 * Runs the blocks of a page in Node, in virtual time, one after the other in one shell: what a reader sees who runs all, and
 * presses each button once.
 */
import { type FromWorker, openSession } from "beamlet/elixir";
import type { Page } from "./blocks.ts";
import type { Recording, Shown } from "./recording.ts";

/** Virtual time and this seed make a recording repeat. */
const SEED = 1;

export async function runPage({ blocks }: Page): Promise<Record<string, Recording>> {
  const recordings: Record<string, { code: string; shown: Shown[] }> = {};
  let done = false;
  const receive = (message: FromWorker) => {
    // What a process prints is shown by the block that has started it, also when that was an earlier one.
    const recording = "id" in message ? recordings[blockOf(message.id)] : undefined;
    if (recording === undefined) return;
    const { shown } = recording;
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
      case "done":
        done = true;
        return;
    }
  };
  const session = openSession({ clock: "virtual", seed: SEED }, receive);
  for (const { id, code, interrupt, seed, press } of blocks) {
    const shown: Shown[] = [];
    recordings[id] = { code, shown };
    done = false;
    session.evaluate(id, code, seed ?? undefined);
    await session.settled();
    if (!done) {
      if (!interrupt)
        throw new Error(
          `the block "${id}" never ends; if it shall wait until it is stopped, mark it interrupt`,
        );
      session.stop(id);
      await session.settled();
      shown.push({ kind: "stopped" });
    }
    if (press !== null) {
      shown.push({ kind: "pressed", text: press });
      session.evaluate(`${id}:press`, press);
      await session.settled();
    }
  }
  session.close();
  return recordings;
}

function blockOf(evaluation: string): string {
  return evaluation.split(":")[0];
}
