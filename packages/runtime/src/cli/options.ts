/** The options that the commands share, read from the front of their arguments, or from among them. */

import { MOST_REDUCTIONS } from "../scheduler/budget.ts";

export class UsageError extends Error {}

/** `--help` among the options of a command. */
export class HelpWanted extends Error {}

export interface CommonOptions {
  readonly seed?: number;
  readonly clock: "real" | "virtual";
  readonly trace?: string;
  readonly budget?: number;
}

export interface Parsed {
  readonly options: CommonOptions;
  /** Flags of the command itself, in order; a flag that takes a value has it. */
  readonly flags: readonly (readonly [name: string, value: string])[];
  /** Everything from the first word that is no option on; where options may come between, the words that are none. */
  readonly rest: readonly string[];
}

/** Which flags a command has: `true` when the flag takes a value. */
export type Flags = Readonly<Record<string, boolean>>;

const common: Flags = {
  "--seed": true,
  "--virtual-time": false,
  "--trace": true,
  "--schedulers": true,
  "--budget": true,
};

/** `anywhere` tells that options may also follow words that are none; else those are a program's own. */
export function parseArguments(words: readonly string[], own: Flags, anywhere = false): Parsed {
  // A command may have a flag of a shared name for itself: `--trace` of the tests is ExUnit's.
  const known: Flags = { ...common, ...own };
  const given = new Map<string, string>();
  const flags: [string, string][] = [];
  const others: string[] = [];
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index];
    if (!word.startsWith("-") || word === "-") {
      if (!anywhere) break;
      others.push(word);
      continue;
    }
    if (word === "--") {
      index++;
      break;
    }
    const [name, inline] = split(word);
    if (name === "--help" || name === "-h") throw new HelpWanted();
    if (!(name in known)) {
      const all = [...Object.keys(known), "--help"];
      const meant = nearest(name, all);
      throw new UsageError(
        `unknown option ${name}; ${meant === undefined ? `there are ${all.join(", ")}` : `did you mean ${meant}?`}`,
      );
    }
    let value = inline ?? "";
    if (!known[name] && inline !== undefined) throw new UsageError(`${name} takes no value`);
    if (known[name] && inline === undefined) {
      value = words[++index];
      if (value === undefined) throw new UsageError(`${name} needs a value`);
    }
    if (name in own) flags.push([name, value]);
    else given.set(name, value);
  }
  const schedulers = given.get("--schedulers");
  if (schedulers !== undefined && wholeNumber("--schedulers", schedulers) !== 1) {
    throw new UsageError(
      "--schedulers: this version runs all processes on one scheduler; leave the option out, or give 1",
    );
  }
  return {
    options: {
      seed: given.has("--seed") ? wholeNumber("--seed", given.get("--seed")!) : undefined,
      clock: given.has("--virtual-time") ? "virtual" : "real",
      trace: given.get("--trace"),
      budget: given.has("--budget") ? budgetOf(given.get("--budget")!) : undefined,
    },
    flags,
    rest: [...others, ...words.slice(index)],
  };
}

/** The values of a flag that may be given several times. */
export function valuesOf(flags: Parsed["flags"], name: string): string[] {
  return flags.filter(([flag]) => flag === name).map(([, value]) => value);
}

function split(word: string): [string, string | undefined] {
  const equals = word.indexOf("=");
  return word.startsWith("--") && equals > 0
    ? [word.slice(0, equals), word.slice(equals + 1)]
    : [word, undefined];
}

function budgetOf(value: string): number {
  const budget = wholeNumber("--budget", value);
  if (budget < 1 || budget > MOST_REDUCTIONS)
    throw new UsageError(`--budget needs a number from 1 to ${MOST_REDUCTIONS}, not ${budget}`);
  return budget;
}

/** Of some words the one that this may have been meant to be. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [[distance, best]] = known
    .map((other) => [editsBetween(word, other), other] as const)
    .sort(([a], [b]) => a - b);
  return distance <= Math.max(1, word.length / 4) ? best : undefined;
}

/** How many characters to add, drop, replace or swap with their neighbour makes one word of another. */
function editsBetween(from: string, to: string): number {
  const rows = Array.from({ length: from.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= to.length; j++) rows[0][j] = j;
  for (let i = 1; i <= from.length; i++)
    for (let j = 1; j <= to.length; j++) {
      const differs = from[i - 1] === to[j - 1] ? 0 : 1;
      const swaps = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + differs,
        swaps ? rows[i - 2][j - 2] + 1 : Infinity,
      );
    }
  return rows[from.length][to.length];
}

export function wholeNumber(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0 || value.trim() === "") {
    throw new UsageError(`${name} needs a whole number, not ${JSON.stringify(value)}`);
  }
  return number;
}
