/** The front matter of a note: what a wrong one is told, with its file and line. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { checkFrontMatter, noteFields, problemsIn } from "../../src/notes/front-matter.ts";
import { tags } from "../../src/notes/tags.ts";

const right = {
  title: "Message passing",
  description: "What a mailbox is.",
  author: "Luiz Cattani",
  tags: "[beam, process]",
  sidebar: "{ order: 3 }",
};

/** A note whose front matter is right but for these fields; `null` leaves one out. */
function note(changes: Record<string, string | null> = {}): string {
  const fields = Object.entries({ ...right, ...changes }).filter(([, value]) => value !== null);
  return `---\n${fields.map(([name, value]) => `${name}: ${value}\n`).join("")}---\n\nText: with a colon.\n`;
}

const problems = (source: string) => problemsIn(source, "src/content/docs/a.mdx");

test("a right one is told nothing, with and without a place", () => {
  assert.deepEqual(problems(note()), []);
  assert.deepEqual(problems(note({ sidebar: null })), []);
});

describe("a wrong one is told with its place", () => {
  const mistakes: [what: string, source: string, problem: string][] = [
    ["no title", note({ title: null }), '1: the note has no title, such as "title: Message passing"'],
    [
      "no description",
      note({ description: null }),
      '1: the note has no description, such as "description: What a mailbox is."',
    ],
    ["no author", note({ author: null }), '1: the note has no author, such as "author: Luiz Cattani"'],
    ["no tags", note({ tags: null }), '1: the note has no tags, such as "tags: [beam, process]"'],
    ["an empty title", note({ title: "" }), "2: title is a text, not nothing"],
    ["a number as a description", note({ description: "42" }), "3: description is a text, not 42"],
    ["a list of authors", note({ author: "[Ada, Joe]" }), '4: author is a text, not ["Ada","Joe"]'],
    ["one tag without brackets", note({ tags: "beam" }), '5: tags is a list of tags, not "beam"'],
    ["no tag in the brackets", note({ tags: "[]" }), "5: tags is a list of tags, not []"],
    [
      "an unknown tag",
      note({ tags: "[beam, elixer]" }),
      `5: tags has the unknown tag "elixer"; there are: ${tags.join(", ")}`,
    ],
    ["a tag twice", note({ tags: "[beam, beam]" }), '5: tags has the tag "beam" twice'],
    [
      "a place that is no number",
      note({ sidebar: "{ order: first }" }),
      '6: sidebar has a whole number as its order, not "first"',
    ],
    ["no place", note({ sidebar: "3" }), "6: sidebar has a whole number as its order, not nothing"],
    [
      "an unknown field",
      note({ autor: "Ada" }),
      `7: unknown field "autor"; there are: ${Object.keys(noteFields).join(", ")}`,
    ],
    ["nothing at all", "Text.\n", "1: a note begins with its front matter, between two lines of ---"],
  ];
  for (const [what, source, problem] of mistakes)
    test(what, () => assert.deepEqual(problems(source), [`src/content/docs/a.mdx:${problem}`]));

  test("what is no YAML", () => {
    const [problem, ...others] = problems(note({ author: '"Ada' }));
    assert.match(problem, /^src\/content\/docs\/a\.mdx:[4-7]: the front matter is no YAML: \w/);
    assert.deepEqual(others, []);
  });

  test("several at once are all told", () => {
    assert.equal(problems(note({ title: null, author: "7", tags: "[]" })).length, 3);
  });
});

test("the build stops at a wrong one, in whatever folder, and names all; pages of the reference are no notes", () => {
  const folder = mkdtempSync(join(tmpdir(), "front-matter-"));
  const { hooks } = checkFrontMatter(folder);
  try {
    mkdirSync(join(folder, "below"));
    writeFileSync(join(folder, "fine.mdx"), note());
    writeFileSync(join(folder, "reference.md"), "Text.\n");
    hooks["astro:config:setup"]();
    for (const name of ["below/one.mdx", "two.mdx"]) writeFileSync(join(folder, name), note({ title: null }));
    const line = (name: string) =>
      `${relative(process.cwd(), join(folder, name))}:1: the note has no title, such as "title: Message passing"`;
    assert.throws(hooks["astro:config:setup"], { message: `${line("below/one.mdx")}\n${line("two.mdx")}` });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("CONTRIBUTING explains each field in the words of the table", () => {
  const text = readFileSync("CONTRIBUTING.md", "utf8");
  for (const { form, meaning } of Object.values(noteFields))
    assert.ok(text.includes(`| \`${form}\` | ${meaning} |`), form);
});

test("the site is not built without the check", () => {
  const config = readFileSync(join(import.meta.dirname, "../../astro.config.mjs"), "utf8");
  assert.match(config, /integrations: \[\s*checkFrontMatter\("src\/content\/docs"\),/);
});
