/**
 * What stands between the two lines of dashes with which a note begins: one table of fields, from which they are checked and
 * explained. A wrong one stops the build with the file and the line, before Astro reads the notes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseFrontmatter } from "@astrojs/markdown-remark";
import { tags } from "./tags.ts";

interface Field {
  /** How it is written. */
  readonly form: string;
  /** What it is for, as CONTRIBUTING has it. */
  readonly meaning: string;
  readonly isRequired: boolean;
  /** What is wrong with a value, as the end of a sentence; `null` when nothing is. */
  problem(value: unknown): string | null;
}

export const noteFields: Readonly<Record<string, Field>> = {
  title: text("title: Message passing", "the name of the note, in the navigation too"),
  description: text(
    "description: What a mailbox is.",
    "one sentence: for search engines and the pages of tags",
  ),
  author: text("author: Luiz Cattani", "who wrote what the note follows"),
  tags: {
    form: "tags: [beam, process]",
    meaning: `what the note is about, of: ${tags.join(", ")}; a new one is added to \`src/notes/tags.ts\``,
    isRequired: true,
    problem(value) {
      if (!Array.isArray(value) || value.length === 0) return `is a list of tags, not ${shown(value)}`;
      const unknown = value.find((tag) => !(tags as readonly unknown[]).includes(tag));
      if (unknown !== undefined)
        return `has the unknown tag ${shown(unknown)}; there are: ${tags.join(", ")}`;
      const again = value.find((tag, index) => value.indexOf(tag) < index);
      return again === undefined ? null : `has the tag "${again}" twice`;
    },
  },
  sidebar: {
    form: "sidebar: { order: 3 }",
    meaning: "the place among the notes of its folder",
    isRequired: false,
    problem(value) {
      const order = (value as { order?: unknown } | null)?.order;
      return Number.isSafeInteger(order) ? null : `has a whole number as its order, not ${shown(order)}`;
    },
  },
};

function text(form: string, meaning: string): Field {
  return {
    form,
    meaning,
    isRequired: true,
    problem: (value) =>
      typeof value === "string" && value.trim() !== "" ? null : `is a text, not ${shown(value)}`,
  };
}

function shown(value: unknown): string {
  return value === undefined || value === null || value === "" ? "nothing" : JSON.stringify(value);
}

/** Everything that is wrong with the front matter of a note, each with its file and line. */
export function problemsIn(source: string, path: string): string[] {
  const at = (line: number, problem: string) => `${relative(process.cwd(), path)}:${line}: ${problem}`;
  if (!/^---\r?\n/.test(source))
    return [at(1, "a note begins with its front matter, between two lines of ---")];
  let given: Record<string, unknown>;
  try {
    given = parseFrontmatter(source).frontmatter;
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number } };
    return [at((mark?.line ?? 0) + 1, `the front matter is no YAML: ${reason ?? error}`)];
  }
  const lines = source.split(/\r?\n/);
  const lineOf = (name: string) => lines.findIndex((line) => line.startsWith(`${name}:`)) + 1;
  const unknown = Object.keys(given)
    .filter((name) => !(name in noteFields))
    .map((name) =>
      at(lineOf(name), `unknown field "${name}"; there are: ${Object.keys(noteFields).join(", ")}`),
    );
  const wrong = Object.entries(noteFields).flatMap(([name, { form, isRequired, problem }]) => {
    if (!(name in given)) return isRequired ? [at(1, `the note has no ${name}, such as "${form}"`)] : [];
    const what = problem(given[name]);
    return what === null ? [] : [at(lineOf(name), `${name} ${what}`)];
  });
  return [...unknown, ...wrong];
}

/** The part of an Astro integration that is used here. */
interface Integration {
  name: string;
  hooks: { "astro:config:setup": () => void };
}

/** Checks every note of a folder before the site is built; pages that end in `.md` are no notes. */
export function checkFrontMatter(folder: string): Integration {
  return {
    name: "front-matter",
    hooks: {
      "astro:config:setup": () => {
        const problems = readdirSync(folder, { recursive: true, encoding: "utf8" })
          .filter((name) => name.endsWith(".mdx"))
          .sort()
          .flatMap((name) => problemsIn(readFileSync(join(folder, name), "utf8"), join(folder, name)));
        if (problems.length > 0) throw new Error(problems.join("\n"));
      },
    },
  };
}
