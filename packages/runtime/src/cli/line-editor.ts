/**
 * A line typed at a terminal, with history and completion. Keys go through here before Node's line editor sees them: it gets
 * them only while a line is asked for, so that what is typed ahead waits, unseen, for the next one; and Tab, Ctrl-C, Ctrl-G and
 * Ctrl-R are the shell's.
 */
import { createInterface, type Interface } from "node:readline";
import { PassThrough } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";
import { ReverseSearch } from "./reverse-search.ts";

export interface Completion {
  readonly insert: string;
  /** To choose from, when `insert` is not enough. */
  readonly candidates: readonly string[];
}

export interface LineEditorOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** Earlier lines, the latest first. */
  readonly history: readonly string[];
  onLine(line: string): void;
  complete(before: string): Promise<Completion | null>;
  /** Ctrl-C and Ctrl-G. Keys go to `readKey` while there is somebody who waits for one. */
  onInterrupt(key: "C" | "G"): void;
}

const CTRL_C = "\x03";
const CTRL_G = "\x07";
const CTRL_R = "\x12";
const TAB = "\t";
const HISTORY_SIZE = 1000;

/** The internals of Node's editor that cannot be had otherwise: rows above the cursor that it is going to redraw, lines of before. */
interface Internals {
  prevRows: number;
  readonly history: readonly string[];
}

export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #keys: PassThrough;
  readonly #editor: Interface;
  /** Typed and not yet given to the editor. */
  #ahead = "";
  #asking: ((line: string | null) => void) | null = null;
  #key: ((key: string) => void) | null = null;
  #search: ReverseSearch | null = null;
  #ended = false;

  constructor(options: LineEditorOptions) {
    this.#options = options;
    const { input, output, history } = options;
    this.#keys = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: (on: boolean) => input.setRawMode(on),
    });
    this.#editor = createInterface({
      input: this.#keys,
      output,
      terminal: true,
      history: [...history],
      historySize: HISTORY_SIZE,
      removeHistoryDuplicates: true,
      prompt: "",
    });
    this.#editor.on("line", (line) => this.#answer(`${line}\n`));
    this.#editor.on("close", () => {
      this.#ended = true;
      output.write("\r\n");
      this.#answer(null);
    });
    input.setRawMode(true);
    input.setEncoding("utf8");
    input.on("data", (chunk: string) => this.#typed(chunk));
    input.on("end", () => this.#editor.close());
  }

  /** The next line with its newline; `null` when the user has ended the input. */
  readLine(prompt: string): Promise<string | null> {
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#asking = resolve;
      // What is printed on the line already is part of the prompt.
      this.#editor.setPrompt(this.#column + prompt);
      if (this.#column !== "") this.#options.output.write("\r");
      this.#column = "";
      this.#editor.prompt();
      this.#feed();
    });
  }

  /** Text behind the last line break of what was printed. */
  #column = "";

  /** Prints; a line that is being typed is shown again below. */
  write(text: string): void {
    const { output } = this.#options;
    if (this.#asking === null) {
      const end = text.lastIndexOf("\n");
      this.#column = end < 0 ? this.#column + text : text.slice(end + 1);
      output.write(text.replaceAll("\n", "\r\n"));
      return;
    }
    this.#clear();
    output.write(text.replaceAll("\n", "\r\n"));
    if (!text.endsWith("\n")) output.write("\r\n");
    this.#redraw();
  }

  /** The next key that is pressed, which the editor does not see. */
  readKey(): Promise<string> {
    return new Promise((resolve) => {
      this.#key = resolve;
    });
  }

  /** Gives up the line that is being asked for. */
  cancel(): void {
    this.#editor.write(null, { ctrl: true, name: "e" });
    this.#editor.write(null, { ctrl: true, name: "u" });
    this.#asking = null;
    this.#ahead = "";
  }

  /** Shows the line again that is being typed, on a row of its own. */
  refresh(): void {
    if (this.#asking !== null) this.#redraw();
  }

  close(): void {
    this.#editor.removeAllListeners("close");
    this.#editor.close();
    this.#options.input.setRawMode(false);
    this.#options.input.pause();
  }

  #redraw(): void {
    this.#internals.prevRows = 0;
    this.#editor.prompt(true);
  }

  /** Takes the line that is being typed off the screen. */
  #clear(): void {
    const { rows } = this.#editor.getCursorPos();
    this.#options.output.write(`${rows > 0 ? `\x1b[${rows}A` : ""}\r\x1b[J`);
  }

  get #internals(): Internals {
    return this.#editor as unknown as Internals;
  }

  #answer(line: string | null): void {
    const asking = this.#asking;
    this.#asking = null;
    if (line !== null && line.trim() !== "") this.#options.onLine(line.trimEnd());
    asking?.(line);
  }

  #typed(chunk: string): void {
    if (this.#key !== null) {
      const take = this.#key;
      this.#key = null;
      take(chunk);
      return;
    }
    if (this.#search !== null) {
      this.#searchFor(this.#search, chunk);
      return;
    }
    if (chunk.startsWith(CTRL_R) && this.#asking !== null) {
      this.#search = new ReverseSearch(this.#internals.history);
      this.#clear();
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
      if (step !== "cancel" && search.found !== null) {
        this.#editor.write(null, { ctrl: true, name: "e" });
        this.#editor.write(null, { ctrl: true, name: "u" });
        this.#editor.write(search.found);
      }
      this.#redraw();
      const rest = keys.slice(index + 1).join("");
      const more = step === "run" ? `\r${rest}` : rest;
      if (more !== "") this.#typed(more);
      return;
    }
    output.write(`\r\x1b[J${search.text}`);
  }

  /** Gives the editor keys up to the end of a line. */
  #feed(): void {
    if (this.#asking === null || this.#ahead === "") return;
    // What is pasted may have tabs too, but does not end in one.
    if (/^[^\t\r\n]*\t$/.test(this.#ahead)) {
      const typed = this.#ahead.slice(0, -1);
      this.#ahead = "";
      if (typed !== "") this.#keys.write(typed);
      setImmediate(() => void this.#complete());
      return;
    }
    const end = this.#ahead.search(/[\r\n]/);
    let keys = end < 0 ? this.#ahead : this.#ahead.slice(0, end + 1);
    // What is pasted with a carriage return and a newline has one end of the line.
    this.#ahead = this.#ahead.slice(keys.length).replace(keys.endsWith("\r") ? /^\n/ : /^/, "");
    if (keys.length > 1) keys = keys.replaceAll(TAB, "  ");
    this.#keys.write(keys);
  }

  async #complete(): Promise<void> {
    const { line, cursor } = this.#editor;
    const found = await this.#options.complete(line.slice(0, cursor));
    if (found === null || this.#asking === null) return;
    if (found.insert !== "") this.#editor.write(found.insert);
    else if (found.candidates.length > 0) {
      const { output } = this.#options;
      // A terminal may not tell its width.
      const columns = output.columns || 80;
      const below = Math.max(0, Math.floor(line.length / columns) - this.#editor.getCursorPos().rows);
      const shown = inColumns(found.candidates, columns).replaceAll("\n", "\r\n");
      output.write(`${"\n".repeat(below)}\r\n${shown}`);
      this.#redraw();
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
