/** All grammars that make programs. */
import { Grammar } from "./grammar.ts";
import { Random } from "./random.ts";
import { RegexGrammar } from "./regex-grammar.ts";
import { RuleGrammar } from "./rules.ts";
import { TOPICS } from "./topics/index.ts";

/** So many programs of one grammar, or of all in turn. */
export function programs(count: number, seed: number, name?: string): string[] {
  const random = new Random(seed);
  const grammars = new Map<string, { program(): string }>([
    ["language", new Grammar(random)],
    ["regex", new RegexGrammar(random)],
  ]);
  for (const [topic, rules] of Object.entries(TOPICS)) grammars.set(topic, new RuleGrammar(random, rules));
  const names = name === undefined ? [...grammars.keys()] : [name];
  const chosen = names.map((one) => {
    const grammar = grammars.get(one);
    if (grammar === undefined) throw new Error(`there is no grammar ${one}: ${[...grammars.keys()]}`);
    return grammar;
  });
  return Array.from({ length: count }, (_, i) => chosen[i % chosen.length].program());
}
