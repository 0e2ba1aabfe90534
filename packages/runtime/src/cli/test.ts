/** `beamlet test`: loads test files and runs their ExUnit tests, with the options of `mix test` that make sense for files. */
import { type Atom, atom, TRUE } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import { makeMachine } from "./machine.ts";
import { parseArguments, UsageError, wholeNumber } from "./options.ts";
import { finishScript } from "./run.ts";

export async function runTests(words: readonly string[]): Promise<number> {
  const { options, flags, rest } = parseArguments(words, {
    "-r": true,
    "--only": true,
    "--include": true,
    "--exclude": true,
    "--trace": false,
    "--max-failures": true,
    "--timeout": true,
    "--color": false,
  });
  if (rest.length === 0) throw new UsageError("test needs the files of the tests: beamlet test FILE...");
  const valuesOf = (name: string) => flags.filter(([flag]) => flag === name).map(([, value]) => value);
  const configuration: Term[] = [];
  const set = (name: string, value: Term) => configuration.push(tuple(atom(name), value));

  const only = valuesOf("--only").map(filter);
  if (only.length > 0) set("exclude", list([...valuesOf("--exclude").map(filter), atom("test")]));
  else if (valuesOf("--exclude").length > 0) set("exclude", list(valuesOf("--exclude").map(filter)));
  const include = [...only, ...valuesOf("--include").map(filter)];
  if (include.length > 0) set("include", list(include));
  if (valuesOf("--trace").length > 0) set("trace", TRUE);
  if (options.seed !== undefined) set("seed", options.seed);
  for (const value of valuesOf("--max-failures")) set("max_failures", wholeNumber("--max-failures", value));
  for (const value of valuesOf("--timeout")) set("timeout", wholeNumber("--timeout", value));
  set("colors", list([tuple(atom("enabled"), atom(String(valuesOf("--color").length > 0)))]));

  const machine = makeMachine(options, { keepDocumentation: true });
  const args = [list(valuesOf("-r").map(text)), list(rest.map(text)), list(configuration)];
  return finishScript(machine, "Elixir.Beamlet.TestSuite", args);
}

/** `slow` is a tag, `os:linux` a tag with a value, as in `mix test`. */
function filter(value: string): Atom | Term {
  const colon = value.indexOf(":");
  return colon < 0 ? atom(value) : tuple(atom(value.slice(0, colon)), text(value.slice(colon + 1)));
}
