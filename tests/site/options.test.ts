/** The options of a fence: what is read, and what a wrong one is told, with its file and line. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { blocksIn } from "../../src/notes/blocks.ts";
import { blockOptions } from "../../src/notes/options.ts";

function blocks(...lines: string[]) {
  return blocksIn(lines.join("\n"), "src/content/docs/a.mdx");
}

const exercise = ['```elixir run exercise id="a"', "1", "```", "```elixir check", "assert x", "```"];

test("a block has its code, line and options", () => {
  assert.deepEqual(blocks("text", '```elixir run id="a" order="any" seed=7', "1 + 1", "2", "```"), [
    {
      id: "a",
      interrupt: false,
      order: "any",
      seed: 7,
      picture: null,
      language: "elixir",
      code: "1 + 1\n2",
      program: "1 + 1\n2",
      line: 2,
      buttons: [],
      exercise: null,
    },
  ]);
});

test("fences without run are left alone", () => {
  assert.deepEqual(blocks("```elixir", "1", "```", '```elixir title="x"', "1", "```"), []);
});

test("check, solution and buttons belong to the block above", () => {
  const [block] = blocks(
    `\`\`\`elixir run exercise id="a" button="One" press='send(:a, "x")'`,
    "1",
    "```",
    '```elixir button="Two"',
    "IO.puts(2)",
    "```",
    "```elixir check",
    "assert x",
    "```",
    "```elixir solution",
    "x = true",
    "```",
  );
  assert.deepEqual(block.exercise, {
    check: "import ExUnit.Assertions\nassert x",
    solution: "x = true",
  });
  assert.deepEqual(block.buttons, [
    { label: "One", press: 'send(:a, "x")' },
    { label: "Two", press: "IO.puts(2)" },
  ]);
});

describe("a wrong option is told with its place", () => {
  const mistakes: [what: string, lines: string[], message: string][] = [
    [
      "no id",
      ["```elixir run", "```"],
      '1: a block needs an id of small letters, digits and dashes, such as id="a-name"',
    ],
    [
      "a bad id",
      ["", '```elixir run id="A b"', "```"],
      '2: a block needs an id of small letters, digits and dashes, such as id="a-name"',
    ],
    ["a bad order", ['```elixir run id="a" order="none"', "```"], '1: order is "any" or "exact", not "none"'],
    ["a bad seed", ['```elixir run id="a" seed=x', "```"], '1: seed is a whole number, not "x"'],
    [
      "a value for a flag",
      ['```elixir run id="a" interrupt="yes"', "```"],
      '1: interrupt stands alone, without "=yes"',
    ],
    ["an option twice", ['```elixir run id="a" id="b"', "```"], '1: the option "id" is written twice'],
    [
      "an open quote",
      ['```elixir run id="a', "```"],
      '1: cannot read id="a in the options; they look like id="a-name"',
    ],
    [
      "a button without press",
      ['```elixir run id="a" button="x"', "```"],
      "1: button and press go together: what is written on it, and what it evaluates",
    ],
    [
      "an id twice",
      ['```elixir run id="a"', "```", '```elixir run id="a"', "```"],
      '3: the id "a" is used twice on this page, also in line 1',
    ],
    ["no solution", exercise, '1: the exercise "a" needs a fence ```elixir solution below it'],
    ["a check of nothing", ["```elixir check", "```"], "1: this check stands below no block that runs"],
    [
      "a check of no exercise",
      ['```elixir run id="a"', "```", "```elixir check", "```"],
      '3: this check stands below "a", which is no exercise',
    ],
    [
      "a check in another language",
      [...exercise.slice(0, 3), "```ts check", "assert(x)", "```"],
      '4: the check of "a" is in another language than the block',
    ],
    ["a second check", [...exercise, "```elixir check", "```"], '7: "a" has a second check'],
    [
      "an exercise without end",
      ['```elixir run exercise interrupt id="a"', "```"],
      "1: an exercise has to end, so that it can be checked: it cannot be interrupt as well",
    ],
  ];
  for (const [what, lines, message] of mistakes) {
    test(what, () => {
      assert.throws(() => blocks(...lines), { message: `src/content/docs/a.mdx:${message}` });
    });
  }

  test("an unknown one, with those that there are", () => {
    const forms = Object.values(blockOptions).map(({ form }) => form);
    assert.throws(() => blocks('```elixir run id="a" colour="red"', "```"), {
      message: `src/content/docs/a.mdx:1: unknown option "colour"; there are: ${forms.join(", ")}`,
    });
  });
});

test("CONTRIBUTING explains each option in the words of the table", () => {
  const text = readFileSync("CONTRIBUTING.md", "utf8");
  for (const { form, meaning } of Object.values(blockOptions)) {
    assert.ok(text.includes(`| \`${form}\` | ${meaning} |`), form);
  }
});
