/**
 * What a block shows below its code: printed text, values, warnings and errors in the order in which they came, with the
 * lines of the code that they are about marked. Mentions of a line are links to it.
 */
import type { WaitingProcess } from "beamlet/protocol";
import type { RunBlock } from "./run-block.ts";

/** Beyond this many characters printed text is cut in the page. */
const MAX_SHOWN = 200_000;

/** A stack trace of so many lines is shown whole. */
const SHORT_TRACE = 4;

type Severity = "warning" | "error";

export class BlockOutput {
  readonly #element: HTMLElement;
  readonly #recorded: readonly Node[];
  #shown = 0;
  /** What takes the marks away again. */
  #unmark: (() => void)[] = [];

  constructor(element: HTMLElement) {
    this.#element = element;
    this.#recorded = [...element.childNodes];
    this.#makeReachable();
  }

  clear(): void {
    this.#element.replaceChildren();
    delete this.#element.dataset.recorded;
    this.#element.removeAttribute("tabindex");
    delete this.#element.dataset.whole;
    this.#element.parentElement?.querySelector(":scope > .whole")?.remove();
    this.#shown = 0;
    for (const unmark of this.#unmark) unmark();
    this.#unmark = [];
  }

  /** A run begins: what comes takes the place of what is there, and what is below stays where it is meanwhile. */
  begin(): void {
    this.#element.style.minHeight = `${this.#element.offsetHeight}px`;
    this.clear();
  }

  /** The run is over: the output is as high as what it shows. */
  end(): void {
    this.#element.style.minHeight = "";
  }

  /** Shows again what was recorded when the site was built. */
  restore(): void {
    this.clear();
    this.end();
    this.#element.replaceChildren(...this.#recorded);
    this.#element.dataset.recorded = "";
    this.#makeReachable();
  }

  /** The program goes on: what was said of its standstill, if there was something, no longer holds. */
  unstick(): boolean {
    const box = this.#element.querySelector(".stuck");
    box?.remove();
    return box !== null;
  }

  /** Printed text joins the text before it: a line may arrive in pieces. */
  print(text: string): void {
    text = visible(text);
    if (this.#shown > MAX_SHOWN) return;
    this.#shown += text.length;
    if (this.#shown > MAX_SHOWN)
      text = `${text.slice(0, MAX_SHOWN - this.#shown)}\n… the rest of the output is not shown\n`;
    const last = this.#element.lastElementChild;
    if (last?.className === "output") {
      last.append(text);
      this.#scroll();
    } else this.add("output", text);
  }

  add(kind: string, ...content: (string | Node)[]): void {
    const pre = document.createElement("pre");
    pre.className = kind;
    pre.append(...content);
    this.#element.append(pre);
    this.#scroll();
  }

  diagnostic(severity: Severity, text: string, line: number | null, block: RunBlock): void {
    this.add(severity, ...this.#linked(text, severity, text.replace(/\s*└─.*/s, "")));
    if (line !== null) this.#mark(block, line, severity, text);
  }

  /** An error that has ended the block, or something in it: banner, then the stack trace. */
  error(banner: string, trace: string, line: number | null, block: RunBlock): void {
    const reason = banner.split("\n")[0];
    const shown = [...this.#linked(banner, "error", reason)];
    if (trace !== "") shown.push("\n", ...this.#folded(trace, reason));
    this.add("error", ...shown);
    if (line !== null) this.#mark(block, line, "error", reason);
  }

  /** A long stack trace without the calls inside the library, until somebody asks for them. */
  *#folded(trace: string, reason: string): Generator<string | Node> {
    const lines = trace.split("\n");
    const isOwn = (line: string) => blockNamed(/^\s*([\w.-]+):\d+:/.exec(line)?.[1] ?? "") !== null;
    const hidden: HTMLElement[] = [];
    for (const [index, line] of lines.entries()) {
      const text = index === 0 ? line : `\n${line}`;
      if (lines.length <= SHORT_TRACE || isOwn(line)) {
        yield* this.#linked(text, "error", reason);
        continue;
      }
      const span = document.createElement("span");
      span.hidden = true;
      span.append(text);
      hidden.push(span);
      yield span;
    }
    if (hidden.length === 0) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "unfold";
    // The text is the style sheet's, so that it is no part of what one selects and copies.
    button.dataset.label = `${hidden.length} more ${hidden.length === 1 ? "line" : "lines"} of the stack trace`;
    button.setAttribute("aria-label", `Show ${button.dataset.label}`);
    button.addEventListener("click", () => {
      for (const span of hidden) span.hidden = false;
      button.remove();
    });
    yield button;
  }

  /** A line of a block, as a link to it. */
  #lineOf({ file, line }: { file: string; line: number }): (string | Node)[] {
    const block = blockNamed(file);
    const link = document.createElement("a");
    link.href = `#${block?.id ?? ""}`;
    link.textContent = `line ${line}`;
    return block === null || block.contains(this.#element) ? [link] : [link, ` of ${file}`];
  }

  /** Explains why nothing happens: every process waits. */
  stuck(waiting: readonly WaitingProcess[]): void {
    this.unstick();
    const box = document.createElement("div");
    box.className = "stuck";
    const text = document.createElement("p");
    text.textContent =
      "Every process waits for a message, and nobody is left to send one. Stop ends the block.";
    const list = document.createElement("ul");
    for (const { pid, name, isShell, place, messages, count } of waiting) {
      const item = document.createElement("li");
      const who = document.createElement("code");
      who.textContent = name === null ? pid : `${pid} ${name}`;
      item.append(isShell ? "this block, " : "", who);
      if (place !== null) item.append(isShell ? ", waits in " : " waits in ", ...this.#lineOf(place));
      item.append(count === 0 ? ": its mailbox is empty" : ": no clause matches ");
      messages.forEach((message, index) => {
        const shown = document.createElement("code");
        shown.textContent = message;
        item.append(index === 0 ? "" : ", ", shown);
      });
      if (count > messages.length) item.append(` and ${count - messages.length} more`);
      list.append(item);
    }
    box.append(text, list);
    this.#element.append(box);
    this.#scroll();
  }

  /** Makes `block-id:12` a link to that line, and marks the line. */
  *#linked(text: string, severity: Severity, reason: string): Generator<string | Node> {
    let end = 0;
    for (const match of text.matchAll(/(?<=^\s*|└─ )([\w.-]+):(\d+)(?=:)/gm)) {
      const block = blockNamed(match[1]);
      if (block === null) continue;
      yield text.slice(end, match.index);
      const link = document.createElement("a");
      link.href = `#${block.id}`;
      link.textContent = match[0];
      yield link;
      end = match.index + match[0].length;
      this.#mark(block, Number(match[2]), severity, reason);
    }
    yield text.slice(end);
  }

  #mark(block: RunBlock, line: number, severity: Severity, reason: string): void {
    this.#unmark.push(block.mark(line, severity, reason));
  }

  /** Follows the newest line. */
  #scroll(): void {
    this.#makeReachable();
    this.#element.scrollTop = this.#element.scrollHeight;
  }

  /** What scrolls can be scrolled with the keyboard, and shown whole. */
  #makeReachable(): void {
    if (this.#element.scrollHeight <= this.#element.clientHeight || this.#element.tabIndex === 0) return;
    this.#element.tabIndex = 0;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "whole";
    button.textContent = "Show the whole output";
    button.addEventListener("click", () => {
      this.#element.dataset.whole = "";
      button.remove();
      this.#element.focus();
    });
    this.#element.after(button);
  }
}

/** Control characters as symbols of them, colours of a terminal left out: whatever is printed can be looked at. */
function visible(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
      .replace(/\u001b\[[\d;]*m/g, "")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: likewise
      .replace(/[\u0000-\u0008\u000b-\u001f]/g, (control) =>
        String.fromCharCode(0x2400 + control.charCodeAt(0)),
      )
      .replaceAll("\u007f", "␡")
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, "�")
  );
}

export function blockNamed(name: string): RunBlock | null {
  return document.querySelector<RunBlock>(`run-block[data-block="${CSS.escape(name)}"]`);
}
