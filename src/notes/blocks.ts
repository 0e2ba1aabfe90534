/** The live blocks of a note, read from its text: for recording and testing, without building the site. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, blocksOf, type Fence, FenceError, type FenceLanguage, located } from "./fences.ts";
import { pageOf } from "./remark-run-blocks.ts";

export type { Block };

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
      return { page: pageOf(`/docs/${name}`), path, blocks: blocksIn(readFileSync(path, "utf8"), path) };
    })
    .filter(({ blocks }) => blocks.length > 0);
}

/** The blocks in the text of a note. */
export function blocksIn(source: string, path: string): Block[] {
  const fences: Fence[] = [...source.matchAll(/^```(elixir|ts)\b *(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] as FenceLanguage,
    meta: match[2],
    code: match[3].replace(/\n$/, ""),
    line: source.slice(0, match.index).split("\n").length,
  }));
  try {
    return blocksOf(fences);
  } catch (error) {
    throw error instanceof FenceError ? located(path, error) : error;
  }
}
