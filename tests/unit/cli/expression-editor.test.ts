/** What the editor of expressions writes, where a terminal's cursor has to be where it believes it to be. */
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import type { ReadStream, WriteStream } from "node:tty";
import { ExpressionEditor } from "../../../packages/runtime/src/cli/expression-editor.ts";

test("a pasted line that takes two rows is redrawn from its first", () => {
  const output = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: true, columns: 20, rows: 10 });
  const input = { setRawMode: () => {} } as unknown as ReadStream;
  const editor = new ExpressionEditor(input, output as unknown as WriteStream, [], () => {});
  editor.begin("> ", ". ");
  editor.press("abcdefghijabcdefghijabcdefghij");
  output.read();
  editor.press("\x01");
  assert.equal(
    output.read(),
    "\x1b[1A\x1b[1G\x1b[0J> abcdefghijabcdefghijabcdefghij\x1b[3G\x1b[1A",
    "one row up, then everything again, then the cursor behind the prompt",
  );
  assert.equal(editor.text, "abcdefghijabcdefghijabcdefghij");
  editor.close();
});
