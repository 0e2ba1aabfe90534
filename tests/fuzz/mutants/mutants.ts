/** Mutants of the conformance programs: each with one or two changes, and nothing in it that differs from run to run. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case } from "../../support/conformance.ts";
import { Random } from "../random.ts";
import { type Material, MUTATIONS } from "./mutations.ts";
import { expressions, textOf, tokens } from "./tokens.ts";

export type Mutant = Pick<Case, "id" | "code" | "unordered">;

const CASES = join(import.meta.dirname, "../../conformance/cases");

/** The conformance programs, of one area or of all. */
export function programs(area?: string): Case[] {
  const files = readdirSync(CASES).filter((file) => file.endsWith(".json"));
  return files
    .filter((file) => area === undefined || file === `${area}.json`)
    .flatMap((file): Case[] => JSON.parse(readFileSync(join(CASES, file), "utf8")));
}

/** The modules whose functions the programs call. */
export function modules(cases: readonly Case[]): string[] {
  const found = cases.flatMap(({ code }) => [...code.matchAll(/(?<![.\w])([A-Z][\w.]*|:[a-z]\w*)\.[a-z]/g)]);
  return [...new Set(["Kernel", ...found.map(([, name]) => name)])].sort();
}

/** Clocks, random numbers, the system, what all processes of it share, and what ends it. */
const NOT_COMPARABLE =
  /\bSystem\b|\bFile\b|\bPort\b|\bNode\b|\bCode\.(?!eval|string|quoted|format|fetch_docs|ensure)|IEx|:(?:os|init|code|inet|net_kernel|file|erl_ddll)\b|halt|make_ref|unique_integer|monotonic_time|_time_offset|timestamp|local_?time|now\b|utc_(?:now|today)|universal|:rand\.(?!seed)|random|shuffle|statistics|memory|system_|processes\b|Process\.list|garbage|cookie|nodes?\(|loaded|pre_loaded|registered|trace|crash_dump|get_until|:ets\.(?:all|i)\b|info\b|\bport|posix|cpu|set_config|put_env|tmp|cwd|all_env/;

export function mutants(
  count: number,
  seed: number,
  cases: readonly Case[],
  library: Material["library"],
): Mutant[] {
  const random = new Random(seed);
  const others = () => {
    const parts = tokens(random.pick(cases).code);
    return expressions(parts).map((span) => textOf(parts, span));
  };
  const originals = new Set(cases.map(({ code }) => code));
  const found = new Map<string, Mutant>();
  while (found.size < count) {
    const { id, code, unordered } = random.pick(cases);
    let mutant = code;
    for (let left = 1 + random.below(2); left > 0; left--)
      mutant = random.pick(MUTATIONS)(random, tokens(mutant), { library, others }) ?? mutant;
    if (originals.has(mutant) || (NOT_COMPARABLE.test(mutant) && !NOT_COMPARABLE.test(code))) continue;
    found.set(mutant, { id: `${id}#${found.size}`, code: mutant, unordered });
  }
  return [...found.values()];
}
