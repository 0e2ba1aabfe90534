/** `beamlet run`: runs an Elixir script as `elixir FILE` does, with its exit statuses and its report of an error. */
import { statSync } from "node:fs";
import process from "node:process";
import { LimitExceeded } from "../process/limit.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import type { Tuple } from "../term/tuple.ts";
import { Stuck } from "../vm/machine.ts";
import { type CommandMachine, haltStatus, makeMachine } from "./machine.ts";
import { parseArguments, UsageError, valuesOf } from "./options.ts";

export async function runScript(words: readonly string[]): Promise<number> {
  const { options, flags, rest } = parseArguments(words, { "-r": true, "-e": true });
  const code = valuesOf(flags, "-e");
  const [file, argv] = code.length > 0 ? [null, rest] : [rest[0], rest.slice(1)];
  if (file === undefined) throw new UsageError("run needs the file of a script: beamlet run FILE");
  if (file !== null && file !== "-" && !isFile(file)) {
    process.stderr.write(`No file named ${file}\n`);
    return 1;
  }
  const script =
    file === null ? list(code.map(text)) : file === "-" ? list([text(await readAll())]) : text(file);
  return finishScript(makeMachine(options), "Elixir.Beamlet.Script", [
    list(valuesOf(flags, "-r").map(text)),
    script,
    list(argv.map(text)),
  ]);
}

/** Whether there is something to read: a device is as good as a file. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

async function readAll(): Promise<string> {
  let result = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) result += chunk;
  return result;
}

/** Calls `run` of a module that answers `{status, report}`, and reports; the exit status. */
export async function finishScript(
  { machine, close }: CommandMachine,
  module: string,
  args: Term[],
): Promise<number> {
  const complain = (report: string) => machine.platform.write("stderr", `${report}\n`);
  try {
    const outcome = await machine.call(module, "run", args);
    await machine.flushLog();
    if (outcome.kind !== "returned") {
      complain(await machine.explain(outcome));
      return 1;
    }
    const [status, report] = (outcome.value as Tuple).toArray();
    if (report instanceof Bitstring && report.byteLength > 0) complain(report.text ?? "");
    return Number(status);
  } catch (error) {
    const { haltStatus: halted } = machine.scheduler;
    if (halted !== null) return haltStatus(halted, machine.platform);
    if (!(error instanceof Stuck || error instanceof LimitExceeded)) throw error;
    complain(`beamlet: ${error.message}`);
    return 1;
  } finally {
    close();
  }
}
