/** `beamlet run`: runs an Elixir script as `elixir FILE` does, with its exit statuses and its report of an error. */
import { Bitstring, text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Tuple } from "../term/tuple.ts";
import { makeMachine } from "./machine.ts";
import { parseArguments, UsageError } from "./options.ts";

export async function runScript(words: readonly string[]): Promise<number> {
  const { options, flags, rest } = parseArguments(words, { "-r": true });
  const [file, ...argv] = rest;
  if (file === undefined) throw new UsageError("run needs the file of a script: beamlet run FILE");
  const { machine, close } = makeMachine(options);
  try {
    const required = flags.map(([, name]) => text(name));
    const outcome = await machine.call("Elixir.Beamlet.Script", "run", [list(required), text(file), list(argv.map(text))]);
    if (machine.scheduler.haltStatus !== null) return Number(machine.scheduler.haltStatus);
    if (outcome.kind !== "returned") {
      machine.platform.write("stderr", `${await machine.explain(outcome)}\n`);
      return 1;
    }
    const [status, report] = (outcome.value as Tuple).toArray();
    if (report instanceof Bitstring && report.byteLength > 0) machine.platform.write("stderr", `${report.text}\n`);
    return Number(status);
  } finally {
    close();
  }
}
