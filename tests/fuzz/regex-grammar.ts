/** Patterns of PCRE with subjects, as programs that match them. */
import type { Random } from "./random.ts";

const ATOMS =
  "a b c ab . [ab] [^a] \\w \\d \\s \\W \\b ^ $ \\B \\A \\Z \\h \\v \\R \\N \\X [[:alpha:]] \n é".split(" ");
const QUANTIFIERS = "* + ? *? +? ?? *+ ++ ?+ {2} {1,2} {2,} {0,2}? {0} {1,3}+".split(" ");
const REFERENCES = "\\1 \\2 (?1) (?2) (?R) \\k<n> (?&n) \\g{1}".split(" ");
const VERBS = "(*FAIL) (*ACCEPT) (*COMMIT) (*PRUNE) (*SKIP) (*THEN) (*SKIP)(*FAIL)".split(" ");
const BEHIND = "a ab [ab] a|b a|bc \\w".split(" ");
const FLAGS = "(?i) (?s) (?m) (?U) \\K \\G".split(" ");
const CHARS = ["a", "b", "c", "aa", "ab", "A", "x", " ", "1", "\n", "é", "\r\n", "e\u0301", "👍"];
const OPTIONS = ["caseless", "multiline", "dotall", "ungreedy", "firstline", "dupnames"];

export class RegexGrammar {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  program(): string {
    const random = this.#random;
    // The groups behind it are there for references within.
    const pattern = `${this.#choice(3)}(a)?(?<n>b)?`;
    const subjects = random.times(3, 3, () => random.times(0, 8, () => random.pick(CHARS)).join(""));
    const compiling = OPTIONS.filter(() => random.chance(1, 12));
    if (random.chance(1, 3)) compiling.push("unicode", "ucp");
    const running = random.chance(1, 3) ? ["global"] : [];
    return `case :re.compile(${quoted(pattern)}, ${atoms(compiling)}) do
  {:ok, pattern} -> for subject <- [${subjects.map(quoted).join(", ")}], do: :re.run(subject, pattern, ${atoms(running)})
  error -> error
end`;
  }

  #choice(depth: number): string {
    const most = this.#random.pick([1, 1, 1, 2, 3]);
    return this.#random.times(1, most, () => this.#sequence(depth)).join("|");
  }

  #sequence(depth: number): string {
    const [least, most] = depth < 3 ? [0, 3] : [1, 4];
    return this.#random
      .times(
        least,
        most,
        () => this.#atom(depth) + (this.#random.chance(2, 5) ? this.#random.pick(QUANTIFIERS) : ""),
      )
      .join("");
  }

  #atom(depth: number): string {
    const random = this.#random;
    const within = (): string => this.#choice(depth - 1);
    const simple = (): string => random.pick(random.chance(1, 2) ? ["a", "b", "c"] : ATOMS);
    if (depth === 0) return simple();
    return random.pick<() => string>([
      simple,
      simple,
      simple,
      simple,
      () => `(${within()})`,
      () => `(${within()})`,
      () => `(?:${within()})`,
      () => `(?>${within()})`,
      () => `(?${random.pick(["=", "!"])}${within()})`,
      () => `(?<${random.pick(["=", "!"])}${random.pick(BEHIND)})`,
      () => random.pick(REFERENCES),
      () =>
        `(?(${random.pick(["1", "2", "<n>", "?=a", "?!b"])})${this.#sequence(depth - 1)}|${this.#sequence(depth - 1)})`,
      () => `(?|${within()}|${within()})`,
      () => random.pick(random.chance(1, 2) ? VERBS : FLAGS),
    ])();
  }
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("#{", "\\#{").replaceAll("\\u0301", "\u0301");
}

function atoms(names: readonly string[]): string {
  return `[${names.map((name) => `:${name}`).join(", ")}]`;
}
