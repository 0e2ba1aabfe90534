/** The live blocks of a note, read from its text: for recording and testing, without building the site. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BlockOptions, parseOptions } from "./options.ts";
import { pageOf } from "./remark-run-blocks.ts";

export interface Block extends BlockOptions {
  readonly code: string;
  /** The line of the fence in the file. */
  readonly line: number;
}

export interface Page {
  readonly page: string;
  readonly path: string;
  readonly blocks: readonly Block[];
}

const folder = join(import.meta.dirname, "../content/docs");

/** Every page that has blocks. */
export function pages(): Page[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mdx"))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return { page: pageOf(`/docs/${name}`), path, blocks: blocksIn(readFileSync(path, "utf8")) };
    })
    .filter(({ blocks }) => blocks.length > 0);
}

function blocksIn(source: string): Block[] {
  return [...source.matchAll(/^```elixir +(run\b.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    ...parseOptions(match[1])!,
    code: match[2].replace(/\n$/, ""),
    line: source.slice(0, match.index).split("\n").length,
  }));
}
