/**
 * Edits an expression of one or more lines at a terminal. Node's line editor has the line with the cursor, and so all keys that
 * move and change within a line; the lines above and below it are kept, and drawn, here.
 *
 * Invariant: between two keys the terminal's cursor stands where Node's editor believes it to be in its own line, with the lines
 * shown above that on the `#rowsAbove` rows before it. An expression that is taller than the screen shows the part that fits.
 */
import { createInterface, type Interface } from "node:readline";
import { PassThrough } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";

/** What Node's editor holds and its types call constant: rows above the cursor that it is going to redraw, the line, the cursor in it. */
interface Internals {
  prevRows: number;
  line: string;
  cursor: number;
}

/** The most expressions that Up leads back to. */
const HISTORY_SIZE = 1000;

export class ExpressionEditor {
  readonly #output: WriteStream;
  readonly #keys: PassThrough;
  readonly #editor: Interface;
  /** Earlier expressions, the latest first. */
  readonly history: string[];
  /** Which of them is shown; -1 for what is being typed, which is kept meanwhile. */
  #recalled = -1;
  #draft = "";
  #prompt = "";
  #continuation = "";
  #above: string[] = [];
  #below: string[] = [];
  #rowsAbove = 0;

  constructor(input: ReadStream, output: WriteStream, history: readonly string[], onEnd: () => void) {
    this.#output = output;
    this.history = [...history];
    this.#keys = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: (on: boolean) => input.setRawMode(on),
    });
    this.#editor = createInterface({
      input: this.#keys,
      output,
      terminal: true,
      historySize: 0,
      prompt: "",
    });
    this.#editor.on("close", onEnd);
    output.on("resize", () => this.#resized());
  }

  /** Begins an expression: the prompts of its first line, and of those that follow. */
  begin(prompt: string, continuation: string): void {
    this.#prompt = prompt;
    this.#continuation = continuation;
    this.#recalled = -1;
    this.#rowsAbove = 0;
    this.#set("");
    this.draw();
  }

  /** All lines. */
  get text(): string {
    return [...this.#above, this.#editor.line, ...this.#below].join("\n");
  }

  /** The line with the cursor, up to there. */
  get beforeCursor(): string {
    return this.#editor.line.slice(0, this.#editor.cursor);
  }

  /** Shows another text, with the cursor at its end. */
  replace(text: string): void {
    this.clear();
    this.#set(text);
    this.draw();
  }

  /** Writes at the cursor. */
  insert(text: string): void {
    this.#editor.write(text);
    this.#drawBelow();
  }

  /** Opens a line behind the last one. */
  addLine(): void {
    this.#change(() => {
      this.#above.push(this.#editor.line, ...this.#below);
      this.#below = [];
      this.#place("", 0);
    });
  }

  /** Text, or one key that is not Enter. */
  press(key: string): void {
    if (this.#pressed(key)) return;
    // Of several characters that come as keys, Node's editor does not count the rows.
    if (key.length > 1 && !key.startsWith("\x1b")) this.#editor.write(key);
    // Handled at once, where a write to the stream would be later.
    else this.#keys.emit("data", Buffer.from(key));
    this.#drawBelow();
  }

  /** Puts the cursor on a row of its own behind the expression. */
  leave(): void {
    const { rows } = this.#editor.getCursorPos();
    const down = this.#rowsOf(this.#lines.length - this.#below.length - 1) - 1 - rows + this.#rowsBelow();
    this.#output.write(`${down > 0 ? `\x1b[${down}B` : ""}\r\n`);
  }

  /** What has been typed is over, and part of the history from now on. */
  finish(): void {
    this.leave();
    const { text } = this;
    if (text.trim() !== "") {
      const before = this.history.indexOf(text);
      if (before >= 0) this.history.splice(before, 1);
      this.history.unshift(text);
      this.history.length = Math.min(this.history.length, HISTORY_SIZE);
    }
  }

  /** Takes the expression off the screen. */
  clear(): void {
    const up = this.#editor.getCursorPos().rows + this.#rowsAbove;
    this.#output.write(`${up > 0 ? `\x1b[${up}A` : ""}\r\x1b[J`);
  }

  /** Shows the expression, beginning on the cursor's row. */
  draw(): void {
    const at = this.#above.length;
    const [first] = this.#window();
    this.#output.write(this.#shown(first, at));
    this.#rowsAbove = this.#rowsOf(first, at);
    this.#editor.setPrompt(this.#promptOf(at));
    this.#internals.prevRows = 0;
    this.#editor.prompt(true);
    this.#drawBelow();
  }

  close(): void {
    this.#editor.removeAllListeners("close");
    this.#editor.close();
  }

  /** Ends the input, as Ctrl-D does. */
  end(): void {
    this.#editor.close();
  }

  // -- Keys

  /** What concerns other lines than the one with the cursor; `false` for the rest. */
  #pressed(key: string): boolean {
    const { line, cursor } = this.#editor;
    const isFirst = this.#above.length === 0;
    const isLast = this.#below.length === 0;
    switch (KEYS[key]) {
      case "break":
        this.#change(() => {
          this.#above.push(line.slice(0, cursor));
          this.#place(line.slice(cursor), 0);
        });
        return true;
      case "up":
        if (isFirst) this.#recall(this.#recalled + 1);
        else this.#move(-1, cursor);
        return true;
      case "down":
        if (isLast) this.#recall(this.#recalled - 1);
        else this.#move(1, cursor);
        return true;
      case "left":
        if (cursor > 0 || isFirst) return false;
        this.#move(-1, Infinity);
        return true;
      case "right":
        if (cursor < line.length || isLast) return false;
        this.#move(1, 0);
        return true;
      case "backspace":
        if (cursor > 0 || isFirst) return false;
        this.#change(() => {
          const before = this.#above.pop()!;
          this.#place(before + line, before.length);
        });
        return true;
      case "end of input":
      case "delete":
        if (cursor < line.length || (isFirst && isLast)) return false;
        if (!isLast) this.#change(() => this.#place(line + this.#below.shift()!, cursor));
        return true;
      case "clear screen":
        this.#output.write("\x1b[H\x1b[2J");
        this.draw();
        return true;
      default:
        return false;
    }
  }

  #move(by: 1 | -1, cursor: number): void {
    this.#change(() => {
      if (by < 0) this.#below.unshift(this.#editor.line);
      else this.#above.push(this.#editor.line);
      const line = by < 0 ? this.#above.pop()! : this.#below.shift()!;
      this.#place(line, Math.min(cursor, line.length));
    });
  }

  #recall(index: number): void {
    if (index < -1 || index >= this.history.length) return;
    if (this.#recalled < 0) this.#draft = this.text;
    this.#recalled = index;
    this.replace(index < 0 ? this.#draft : this.history[index]);
  }

  #set(text: string): void {
    this.#above = text.split("\n");
    this.#below = [];
    const line = this.#above.pop()!;
    this.#place(line, line.length);
  }

  #place(line: string, cursor: number): void {
    Object.assign(this.#internals, { line, cursor });
  }

  #change(action: () => void): void {
    this.clear();
    action();
    this.draw();
  }

  get #internals(): Internals {
    return this.#editor as unknown as Internals;
  }

  // -- Drawing

  get #lines(): string[] {
    return [...this.#above, this.#editor.line, ...this.#below];
  }

  #promptOf(index: number): string {
    return index === 0 ? this.#prompt : this.#continuation;
  }

  /** The rows that lines take, from the first of them to before the last. */
  #rowsOf(from: number, to = from + 1): number {
    return this.#lines
      .slice(from, to)
      .reduce((rows, line, index) => rows + this.#extent(from + index, line).rows + 1, 0);
  }

  /** Where the cursor is behind a line, as Node's editor counts: it knows how wide characters are. */
  #extent(index: number, line: string): { rows: number; cols: number } {
    const { line: own, cursor } = this.#editor;
    const prompt = this.#editor.getPrompt();
    this.#place(line, line.length);
    this.#editor.setPrompt(this.#promptOf(index));
    const extent = this.#editor.getCursorPos();
    this.#editor.setPrompt(prompt);
    this.#place(own, cursor);
    return extent;
  }

  /** The first line that is shown and the one behind the last: as many around the cursor as fit, those above it first. */
  #window(): [first: number, end: number] {
    const at = this.#above.length;
    let left = (this.#output.rows || Infinity) - this.#rowsOf(at);
    let first = at;
    let end = at + 1;
    for (; first > 0; first--) {
      left -= this.#rowsOf(first - 1);
      if (left < 0) return [first, end];
    }
    for (; end < this.#lines.length; end++) {
      left -= this.#rowsOf(end);
      if (left < 0) break;
    }
    return [first, end];
  }

  #shown(from: number, to: number): string {
    return this.#lines
      .slice(from, to)
      .map((line, index) => {
        // A row that is full to its end does not end by itself.
        const filler = this.#extent(from + index, line).cols === 0 ? " " : "";
        return `${this.#promptOf(from + index)}${line}${filler}\r\n`;
      })
      .join("");
  }

  #rowsBelow(): number {
    return this.#rowsOf(this.#above.length + 1, this.#window()[1]);
  }

  /** Node's editor takes what is below its line off the screen. */
  #drawBelow(): void {
    if (this.#below.length === 0) return;
    const at = this.#above.length;
    const { rows, cols } = this.#editor.getCursorPos();
    const down = this.#rowsOf(at) - 1 - rows;
    const up = down + this.#rowsBelow();
    const below = this.#shown(at + 1, this.#window()[1]);
    if (below === "") return;
    const back = `\r${up > 0 ? `\x1b[${up}A` : ""}${cols > 0 ? `\x1b[${cols}C` : ""}`;
    const text = below.slice(0, -"\r\n".length);
    this.#output.write(`${down > 0 ? `\x1b[${down}B` : ""}\r\n\x1b[J${text}${back}`);
  }

  /** Node's editor has drawn its line again; the rows of the others are others now. */
  #resized(): void {
    if (this.#above.length + this.#below.length === 0) return;
    this.#rowsAbove = this.#rowsOf(this.#window()[0], this.#above.length);
    this.clear();
    this.draw();
  }
}

/** Keys that may concern more than a line, as terminals send them. */
const KEYS: Partial<Record<string, string>> = {
  "\x1b\r": "break",
  "\x1b\n": "break",
  "\x1b[A": "up",
  "\x1bOA": "up",
  "\x10": "up",
  "\x1b[B": "down",
  "\x1bOB": "down",
  "\x0e": "down",
  "\x1b[D": "left",
  "\x1bOD": "left",
  "\x02": "left",
  "\x1b[C": "right",
  "\x1bOC": "right",
  "\x06": "right",
  "\x7f": "backspace",
  "\x08": "backspace",
  "\x1b[3~": "delete",
  "\x04": "end of input",
  "\x0c": "clear screen",
};
