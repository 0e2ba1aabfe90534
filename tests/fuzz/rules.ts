/**
 * Programs made from rules: a rule has one alternative a line, in which `$name` stands for an alternative of the rule
 * `name`, and ¶ for the end of a line. The program shows the values of some calls, each with its own error, so that one
 * that fails hides nothing. Where a rule nests too deep, its alternatives without other rules are taken, or its first.
 */
import type { Random } from "./random.ts";

export type Rules = Readonly<Record<string, string>>;

/** Levels that rules may nest. */
const DEPTH = 6;

export class RuleGrammar {
  readonly #random: Random;
  readonly #rules: Map<string, readonly string[]>;

  /** A rule `call` is what is shown, a rule `alone` in a process of its own; a rule `module`, if there is one, is defined before. */
  constructor(random: Random, rules: Rules) {
    this.#random = random;
    this.#rules = new Map(
      Object.entries(rules).map(([name, text]) => [
        name,
        text
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== ""),
      ]),
    );
  }

  program(): string {
    const module = this.#rules.has("module") ? this.#expand("$module\n", DEPTH) : "";
    const [show, rule] = this.#rules.has("alone") ? ["alone", "$alone"] : ["show", "$call"];
    const calls = this.#random.times(3, 6, () => `Runner.${show}(fn -> ${this.#expand(rule, DEPTH)} end)\n`);
    return `${module}# main\n${calls.join("")}`;
  }

  #expand(text: string, depth: number): string {
    return text.replace(/¶|\$([a-z]\w*)/g, (_, name: string | undefined) =>
      name === undefined ? "\n" : this.#expand(this.#alternative(name, depth), depth - 1),
    );
  }

  #alternative(name: string, depth: number): string {
    const all = this.#rules.get(name);
    if (all === undefined) throw new Error(`there is no rule $${name}`);
    if (depth > 0) return this.#random.pick(all);
    const plain = all.filter((line) => !line.includes("$"));
    return plain.length > 0 ? this.#random.pick(plain) : all[0];
  }
}
