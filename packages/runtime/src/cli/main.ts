/** The command `beamlet`: finds the command by its name and turns what it throws into a message and a status. */
import process from "node:process";
import { UsageError } from "./options.ts";

const usage = `Usage: beamlet COMMAND [OPTION]... [ARG]...

  beamlet run [-r FILE]... FILE [ARG]...   runs an Elixir script
  beamlet test [-r FILE]... FILE...        runs ExUnit tests; --only, --exclude, --include TAG, --trace, --max-failures N
  beamlet eval EXPRESSION                  prints the value of an expression
  beamlet eval --json -                    evaluates the standard input; prints a JSON object
  beamlet eval --jsonl                     answers a request of JSON a line, each in a fresh runtime

Options of all commands, given before the file or the expression:
  --virtual-time   time passes at once when every process waits
  --seed N         makes scheduling and random numbers repeat
  --budget N       reductions of a time slice
  --trace FILE     writes every event of the scheduler, as JSON lines

  beamlet --help, beamlet --version
`;

type Command = (words: readonly string[]) => Promise<number>;

/** Loaded when asked for: help and a wrong word need no runtime. */
const commands: Record<string, () => Promise<Command>> = {
  run: async () => (await import("./run.ts")).runScript,
  test: async () => (await import("./test.ts")).runTests,
  eval: async () => (await import("./eval.ts")).evaluate,
  repl: async () => (await import("./repl.ts")).runRepl,
};

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(usage);
    return name === undefined ? 1 : 0;
  }
  if (name === "--version" || name === "-v") {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const command = commands[name];
  if (command === undefined) {
    throw new UsageError(`there is no command "${name}"; there are ${Object.keys(commands).join(", ")}`);
  }
  if (rest.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  return (await command())(rest);
}

declare const VERSION: string;

try {
  process.exitCode = await main(process.argv.slice(2));
  // What a program has left running does not keep the command alive.
  process.exit();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`beamlet: ${error.message}\nbeamlet --help lists the commands and options\n`);
  process.exit(2);
}
