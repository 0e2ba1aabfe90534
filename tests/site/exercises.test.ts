import { describe, test } from "node:test";
import { pages } from "../../src/notes/blocks.ts";
import { block, run, useNotes } from "../support/page.ts";

const { open } = useNotes();

describe("exercises", () => {
  for (const { page: name, blocks } of pages()) {
    for (const { id } of blocks.filter(({ exercise }) => exercise !== null)) {
      test(`${name}: ${id} says what is missing, and takes its solution`, async () => {
        const page = await open(name);
        await run(page, id);
        await block(page, id).locator(".verdict").getByText("Not yet.").waitFor();
        await block(page, id).getByText("Show a solution").click();
        await block(page, id).getByRole("button", { name: "Put it into the editor" }).click();
        await block(page, id).getByRole("textbox").press("Control+Enter");
        await block(page, id).locator(".verdict").getByText("Solved.").waitFor();
        await page.close();
      });
    }
  }
});
