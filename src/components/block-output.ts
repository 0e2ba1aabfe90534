/**
 * What a block shows below its code: printed text, values, warnings and errors in the order in which they came, with the
 * lines of the code that they are about marked. Mentions of a line are links to it.
 */
import type { WaitingProcess } from "beamlet/protocol";
import type { RunBlock } from "./run-block.ts";

/** Beyond this many characters printed text is cut in the page. */
const MAX_SHOWN = 200_000;

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
    this.#shown = 0;
    for (const unmark of this.#unmark) unmark();
    this.#unmark = [];
  }

  /** Shows again what was recorded when the site was built. */
  restore(): void {
    this.clear();
    this.#element.replaceChildren(...this.#recorded);
    this.#element.dataset.recorded = "";
    this.#makeReachable();
  }

  /** The program goes on: what was said of its standstill no longer holds. */
  unstick(): void {
    this.#element.querySelector(".stuck")?.remove();
  }

  /** Printed text joins the text before it: a line may arrive in pieces. */
  print(text: string): void {
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
  error(text: string, line: number | null, block: RunBlock): void {
    this.add("error", ...this.#linked(text, "error", text.split("\n")[0]));
    if (line !== null) this.#mark(block, line, "error", text.split("\n")[0]);
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
    for (const { pid, isShell, messages, count } of waiting) {
      const item = document.createElement("li");
      const who = document.createElement("code");
      who.textContent = pid;
      item.append(
        isShell ? "this block, " : "",
        who,
        count === 0 ? ": its mailbox is empty" : ": no clause matches ",
      );
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
    for (const match of text.matchAll(/(?<=^\s*|└─ )([a-z][a-z0-9-]*):(\d+)(?=:)/gm)) {
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

  /** What scrolls can be scrolled with the keyboard. */
  #makeReachable(): void {
    if (this.#element.scrollHeight > this.#element.clientHeight) this.#element.tabIndex = 0;
  }
}

function blockNamed(name: string): RunBlock | null {
  return document.querySelector<RunBlock>(`run-block[data-block="${name}"]`);
}
