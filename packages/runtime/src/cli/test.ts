/** `beamlet test`: loads test files and runs their ExUnit tests, with the options of `mix test` that make sense for files. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { watch as watchFiles } from "node:fs/promises";
import { dirname, isAbsolute, join, relative } from "node:path";
import process from "node:process";
import { type Atom, atom, bool, TRUE } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import { libraryWithDefinitions } from "../vm/node-session.ts";
import { makeMachine } from "./machine.ts";
import { type Flags, parseArguments, UsageError, valuesOf, wholeNumber } from "./options.ts";
import { finishScript } from "./run.ts";

const OPTIONS: Flags = {
  "-r": true,
  "--only": true,
  "--include": true,
  "--exclude": true,
  "--trace": false,
  "--max-failures": true,
  "--timeout": true,
  "--color": false,
  "--no-color": false,
  "--watch": false,
};

export async function runTests(words: readonly string[]): Promise<number> {
  const { options, flags, rest } = parseArguments(words, OPTIONS, true);
  const given = (name: string) => flags.some(([flag]) => flag === name);
  if (given("--watch")) return watch(words.filter((word) => word !== "--watch"));
  const { helpers, files } = testFiles(rest.length > 0 ? rest : ["test"]);
  const of = (name: string) => valuesOf(flags, name);
  const configuration: Term[] = [];
  const set = (name: string, value: Term) => configuration.push(tuple(atom(name), value));

  const only = of("--only").map(filter);
  if (only.length > 0) set("exclude", list([...of("--exclude").map(filter), atom("test")]));
  else if (of("--exclude").length > 0) set("exclude", list(of("--exclude").map(filter)));
  const include = [...only, ...of("--include").map(filter)];
  if (include.length > 0) set("include", list(include));
  if (given("--trace")) set("trace", TRUE);
  if (options.seed !== undefined) set("seed", options.seed);
  for (const value of of("--max-failures")) set("max_failures", wholeNumber("--max-failures", value));
  for (const value of of("--timeout")) set("timeout", wholeNumber("--timeout", value));
  const colored = given("--color") || (process.stdout.isTTY === true && !given("--no-color"));
  set("colors", list([tuple(atom("enabled"), bool(colored))]));

  const machine = makeMachine(options, { keepDocumentation: true, loader: libraryWithDefinitions() });
  const required = [...of("-r"), ...helpers];
  const args = [list(required.map(text)), list(files.map(text)), list(configuration)];
  return finishScript(machine, "Elixir.Beamlet.TestSuite", args);
}

/** The test files among paths and below folders, and the helpers to load before them. A path may name lines: `file:12`. */
function testFiles(paths: readonly string[]): { helpers: Iterable<string>; files: string[] } {
  const helpers = new Set<string>();
  const files = paths.flatMap((path) => {
    const file = path.replace(/(?::\d+)+$/, "");
    if (!existsSync(file)) throw new UsageError(missing(path));
    const isFolder = statSync(file).isDirectory();
    const helper = helperOf(isFolder ? file : dirname(file));
    if (helper !== undefined) helpers.add(helper);
    if (!isFolder) return [path];
    const found = readdirSync(file, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("_test.exs"))
      .sort()
      .map((name) => join(file, name));
    if (found.length === 0) throw new UsageError(`there is no file *_test.exs in the folder ${path}`);
    return found;
  });
  return { helpers, files };
}

/** The helper of a folder, or of the nearest one above it, as far as the working directory. */
function helperOf(folder: string): string | undefined {
  const helper = join(folder, "test_helper.exs");
  if (existsSync(helper)) return helper;
  const inside = relative(".", folder);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside)
    ? undefined
    : helperOf(dirname(folder));
}

function missing(path: string): string {
  return path === "test"
    ? "test needs the files of the tests, as there is no folder test here: beamlet test FILE..."
    : `there is no file or folder ${path}`;
}

/** Runs the tests in a process of their own, again whenever a file below the working directory changes. */
async function watch(words: readonly string[]): Promise<number> {
  const run = () =>
    new Promise<void>((done) => {
      const child = spawn(process.execPath, [process.argv[1], "test", ...words], { stdio: "inherit" });
      child.on("exit", () => done());
    });
  await run();
  for await (const { filename } of watchFiles(".", { recursive: true })) {
    if (filename === null || !/\.exs?$/.test(filename)) continue;
    process.stdout.write(`\n${filename} has changed\n`);
    await run();
  }
  return 0;
}

/** `slow` is a tag, `os:linux` a tag with a value, as in `mix test`. */
function filter(value: string): Atom | Term {
  const colon = value.indexOf(":");
  return colon < 0 ? atom(value) : tuple(atom(value.slice(0, colon)), text(value.slice(colon + 1)));
}
