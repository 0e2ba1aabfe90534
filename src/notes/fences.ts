/**
 * From the fences of a page, in their order, to its blocks: `check`, `solution` and `button` fences belong to the block
 * above them and are not shown as code of the page.
 */
import { relative } from "node:path";
import type { Language } from "beamlet/protocol";
import { assertions } from "./exercise.ts";
import { type BlockOptions, kindOf, labelOf, OptionError, parseOptions } from "./options.ts";
import { compileTypeScript, TypeScriptError } from "./typescript-block.ts";

/** The languages of blocks, by what is written behind the fence. */
export const languages = { elixir: "elixir", ts: "typescript" } as const satisfies Record<string, Language>;

export type FenceLanguage = keyof typeof languages;

export interface Fence {
  readonly language: FenceLanguage;
  readonly meta: string | null;
  readonly code: string;
  /** Where it begins in its file. */
  readonly line: number;
}

export interface Button {
  readonly label: string;
  /** Elixir code, evaluated beside the block with the bindings of the page. */
  readonly press: string;
}

export interface Block extends Omit<BlockOptions, "exercise" | "button" | "press"> {
  readonly language: Language;
  readonly code: string;
  /** What is evaluated: the code itself, or what TypeScript is compiled to. */
  readonly program: string;
  readonly line: number;
  readonly buttons: readonly Button[];
  readonly exercise: Exercise | null;
}

export interface Exercise {
  /** What is evaluated after the reader's code, in the same shell, and then discarded: solved is what makes it raise nothing. */
  readonly check: string;
  readonly solution: string;
}

/** What is wrong with a fence, and where. */
export class FenceError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** The error as the build shows it, with its file and line in front. */
export function located(path: string, { line, message }: FenceError): Error {
  return new Error(`${relative(process.cwd(), path)}:${line}: ${message}`);
}

/** The blocks that the fences of a page make. */
export function blocksOf(fences: readonly Fence[]): Block[] {
  const blocks: Block[] = [];
  for (let index = 0; index < fences.length; ) {
    const first = fences[index++];
    const kind = kindOf(first.meta);
    if (kind === null) continue;
    if (kind !== "run") throw new FenceError(first.line, `this ${kind} stands below no block that runs`);
    const attached: Fence[] = [];
    while (index < fences.length && !["run", null].includes(kindOf(fences[index].meta)))
      attached.push(fences[index++]);
    const block = blockOf(first, attached);
    const twin = blocks.find(({ id }) => id === block.id);
    if (twin !== undefined)
      throw new FenceError(
        first.line,
        `the id "${block.id}" is used twice on this page, also in line ${twin.line}`,
      );
    blocks.push(block);
  }
  return blocks;
}

function blockOf(fence: Fence, attached: readonly Fence[]): Block {
  const { meta, code, line } = fence;
  const language = languages[fence.language];
  const { exercise, button, press, ...options } = at(line, () => parseOptions(meta!));
  const program = programOf(language, code, line);
  const buttons: Button[] = button === null ? [] : [{ label: button, press: press! }];
  const parts: { check?: Fence; solution?: Fence } = {};
  for (const fence of attached) {
    const kind = kindOf(fence.meta) as "check" | "solution" | "button";
    if (kind === "button") {
      buttons.push({ label: at(fence.line, () => labelOf(fence.meta!)), press: fence.code });
      continue;
    }
    if (!exercise)
      throw new FenceError(fence.line, `this ${kind} stands below "${options.id}", which is no exercise`);
    if (fence.meta!.trim() !== kind) throw new FenceError(fence.line, `a ${kind} has no options`);
    if (parts[kind] !== undefined) throw new FenceError(fence.line, `"${options.id}" has a second ${kind}`);
    if (languages[fence.language] !== language)
      throw new FenceError(
        fence.line,
        `the ${kind} of "${options.id}" is in another language than the block`,
      );
    parts[kind] = fence;
  }
  const block = { ...options, language, code, program, line, buttons };
  if (!exercise) return { ...block, exercise: null };
  const { check, solution } = parts;
  if (check === undefined || solution === undefined) {
    const missing = check === undefined ? "check" : "solution";
    const form = `\`\`\`${fence.language} ${missing}`;
    throw new FenceError(line, `the exercise "${options.id}" needs a fence ${form} below it`);
  }
  const checked = assertions[language] + programOf(language, check.code, check.line, false);
  return { ...block, exercise: { check: checked, solution: solution.code } };
}

function programOf(language: Language, code: string, line: number, isShared = true): string {
  if (language === "elixir") return code;
  try {
    return compileTypeScript(code, isShared);
  } catch (error) {
    if (error instanceof TypeScriptError) throw new FenceError(line + (error.line ?? 0), error.message);
    throw error;
  }
}

function at<Result>(line: number, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof OptionError) throw new FenceError(line, error.message);
    throw error;
  }
}
