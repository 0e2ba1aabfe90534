/**
 * What is typed at a terminal, with history and completion. Keys go through here before the editor sees them: it gets
 * them only while something is asked for, so that what is typed ahead waits, unseen, for the next prompt; and Enter, Tab, Ctrl-C, Ctrl-G and
 * Ctrl-R are the shell's.
 */
import type { ReadStream, WriteStream } from "node:tty";
import { ExpressionEditor } from "./expression-editor.ts";
import { ReverseSearch } from "./reverse-search.ts";

export interface Completion {
  readonly insert: string;
  /** To choose from, when `insert` is not enough. */
  readonly candidates: readonly string[];
}

export interface LineEditorOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** Earlier expressions, the latest first. */
  readonly history: readonly string[];
  onExpression(text: string): void;
  complete(before: string): Promise<Completion | null>;
  /** Ctrl-C and Ctrl-G. Keys go to `readKey` while there is somebody who waits for one. */
  onInterrupt(key: "C" | "G"): void;
}

/** How an expression of several lines is read. */
export interface Continuation {
  /** The prompt of every line but the first. */
  readonly prompt: string;
  /** Whether the expression goes on behind these lines. */
  isOpen(text: string): Promise<boolean>;
}

const CTRL_C = "\x03";
const CTRL_G = "\x07";
const CTRL_R = "\x12";
const TAB = "\t";
/** Enter, the codes of one other key, or text, of which tabs are part when it is pasted. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are such characters
const KEY = /^(?:\r\n?|\n|\x1b\x1b?(?:\[[0-9;?]*[ -/]*[@-~]|O[@-~]|[^\x1b])?|[^\x00-\x08\x0a-\x1f\x7f]+|.)/s;

export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #editor: ExpressionEditor;
  /** Typed and not yet given to the editor. */
  #ahead = "";
  #asking: ((text: string | null) => void) | null = null;
  #continuation: Continuation | null = null;
  /** Whether Enter has been pressed, and what follows is not known yet. */
  #deciding = false;
  #key: ((key: string) => void) | null = null;
  /** Whether the last key was one of `readKey`. */
  #isKeyTaken = false;
  #search: ReverseSearch | null = null;
  #ended = false;

  constructor(options: LineEditorOptions) {
    this.#options = options;
    const { input, output, history } = options;
    this.#editor = new ExpressionEditor(input, output, history, () => {
      this.#ended = true;
      output.write("\r\n");
      this.#answer(null);
    });
    input.setRawMode(true);
    input.setEncoding("utf8");
    input.on("data", (chunk: string) => this.#typed(chunk));
    input.on("end", () => this.#editor.end());
  }

  /** The next line, or the lines of an expression, with the last newline; `null` when the user has ended the input. */
  readLine(prompt: string, continuation: Continuation | null = null): Promise<string | null> {
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#asking = resolve;
      this.#continuation = continuation;
      if (this.#column !== "") this.#options.output.write("\r");
      // What is printed on the line already is part of the prompt.
      this.#editor.begin(this.#column + prompt, continuation?.prompt ?? "");
      this.#column = "";
      this.#feed();
    });
  }

  /** Text behind the last line break of what was printed. */
  #column = "";

  /** Prints; what is being typed is shown again below. */
  write(text: string): void {
    const { output } = this.#options;
    if (this.#asking === null) {
      const end = text.lastIndexOf("\n");
      this.#column = end < 0 ? this.#column + text : text.slice(end + 1);
      output.write(text.replaceAll("\n", "\r\n"));
      return;
    }
    this.#editor.clear();
    output.write(text.replaceAll("\n", "\r\n"));
    if (!text.endsWith("\n")) output.write("\r\n");
    this.#editor.draw();
  }

  /** The next key that is pressed, which the editor does not see. */
  readKey(): Promise<string> {
    return new Promise((resolve) => {
      this.#key = resolve;
    });
  }

  /** Puts the cursor behind what is being typed. */
  leave(): void {
    if (this.#asking !== null) this.#editor.leave();
  }

  /** Shows again what is being typed, on a row of its own. */
  refresh(): void {
    if (this.#asking !== null) this.#editor.draw();
  }

  close(): void {
    this.#editor.close();
    this.#options.input.setRawMode(false);
    this.#options.input.pause();
  }

  #answer(text: string | null): void {
    const asking = this.#asking;
    this.#asking = null;
    if (text !== null && text.trim() !== "") this.#options.onExpression(text.trimEnd());
    asking?.(text);
  }

  #typed(typed: string): void {
    // A menu takes a key at once; those who know that of Erlang press Enter too.
    const chunk = this.#isKeyTaken ? typed.replace(/^[\r\n]/, "") : typed;
    this.#isKeyTaken = false;
    if (chunk === "") return;
    if (this.#key !== null) {
      const take = this.#key;
      this.#key = null;
      const key = chunk.replace(/(?<=.)[\r\n]+$/, "");
      this.#isKeyTaken = key === chunk;
      take(key);
      return;
    }
    if (this.#search !== null) {
      this.#searchFor(this.#search, chunk);
      return;
    }
    if (chunk.startsWith(CTRL_R) && this.#asking !== null) {
      this.#search = new ReverseSearch(this.#editor.history);
      this.#editor.clear();
      this.#searchFor(this.#search, chunk.slice(CTRL_R.length));
      return;
    }
    if (chunk === CTRL_C || chunk === CTRL_G) {
      this.#options.onInterrupt(chunk === CTRL_C ? "C" : "G");
      return;
    }
    this.#ahead += chunk;
    this.#feed();
  }

  /** Keys while a search goes on; what comes behind the one that ends it is typed as usual. */
  #searchFor(search: ReverseSearch, chunk: string): void {
    const { output } = this.#options;
    // The keys that move the cursor come as several characters.
    const keys = chunk.startsWith("\x1b") ? [chunk] : [...chunk];
    for (const [index, key] of keys.entries()) {
      const step = search.press(key);
      if (step === "searching") continue;
      this.#search = null;
      output.write("\r\x1b[J");
      this.#editor.draw();
      if (step !== "cancel" && search.found !== null) this.#editor.replace(search.found);
      const rest = keys.slice(index + 1).join("");
      const more = step === "run" ? `\r${rest}` : rest;
      if (more !== "") this.#typed(more);
      return;
    }
    // On one row, which is written over with the next key.
    const row = search.text.replaceAll("\n", " ").slice(0, (output.columns || Infinity) - 1);
    output.write(`\r\x1b[J${row}`);
  }

  /** Gives the editor keys up to the end of what is asked for. */
  #feed(): void {
    while (this.#asking !== null && !this.#deciding && this.#ahead !== "") {
      // What is pasted may have tabs too, but does not end in one.
      const tab = /^([^\t\r\n]*)\t(\t*)$/.exec(this.#ahead);
      if (tab !== null) {
        this.#ahead = tab[2];
        if (tab[1] !== "") this.#editor.press(tab[1]);
        void this.#complete();
        return;
      }
      const [key] = KEY.exec(this.#ahead)!;
      this.#ahead = this.#ahead.slice(key.length);
      if (/^[\r\n]/.test(key)) void this.#enter();
      else this.#editor.press(key.replaceAll(TAB, "  "));
    }
  }

  async #enter(): Promise<void> {
    this.#deciding = true;
    const goesOn = (await this.#continuation?.isOpen(this.#editor.text)) ?? false;
    this.#deciding = false;
    if (goesOn) {
      this.#editor.addLine();
      this.#feed();
    } else {
      this.#editor.finish();
      this.#answer(`${this.#editor.text}\n`);
    }
  }

  async #complete(): Promise<void> {
    this.#deciding = true;
    const found = await this.#options.complete(this.#editor.beforeCursor);
    this.#deciding = false;
    if (found !== null && this.#asking !== null) this.#show(found);
    this.#feed();
  }

  #show(found: Completion): void {
    if (found.insert !== "") this.#editor.insert(found.insert);
    else if (found.candidates.length > 0) {
      const { output } = this.#options;
      this.#editor.leave();
      // A terminal may not tell its width.
      output.write(inColumns(found.candidates, output.columns || 80).replaceAll("\n", "\r\n"));
      this.#editor.draw();
    }
  }
}

/** Candidates in columns, row by row. */
export function inColumns(words: readonly string[], columns: number): string {
  const width = Math.max(...words.map((word) => word.length)) + 4;
  const perRow = Math.max(1, Math.floor(columns / width));
  let result = "";
  for (let at = 0; at < words.length; at += perRow) {
    const row = words.slice(at, at + perRow);
    result += `${row.map((word, index) => (index === row.length - 1 ? word : word.padEnd(width))).join("")}\n`;
  }
  return result;
}
