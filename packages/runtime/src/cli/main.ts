/** The command `beamlet`: finds the command by its name and turns what it throws into a message and a status. */
import { existsSync } from "node:fs";
import process from "node:process";
import { help, usage } from "./help.ts";
import { HelpWanted, nearest, UsageError } from "./options.ts";

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
    process.stdout.write(help[rest[0]] ?? usage);
    return name === undefined ? 1 : 0;
  }
  if (name === "--version" || name === "-v") {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const command = commands[name];
  if (command === undefined) {
    const known = Object.keys(commands);
    const meant = nearest(name, [...known, "--help", "--version"]);
    const hint = existsSync(name)
      ? `to run the file: beamlet run ${name}`
      : meant === undefined
        ? `there are ${known.join(", ")}`
        : `did you mean ${meant}?`;
    throw new UsageError(`there is no command "${name}"; ${hint}`);
  }
  try {
    return await (await command())(rest);
  } catch (error) {
    if (!(error instanceof HelpWanted)) throw error;
    process.stdout.write(help[name]);
    return 0;
  }
}

declare const VERSION: string;

try {
  process.exitCode = await main(process.argv.slice(2));
  // What a program has left running does not keep the command alive.
  process.exit();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`beamlet: ${error.message}\nbeamlet --help lists the commands and options\n`);
  // As Elixir and mix have it: 2 is for tests that fail.
  process.exit(1);
}
