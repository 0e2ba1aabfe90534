/**
 * The element around a live block. Without JavaScript it is what the build made of it: code and recorded output. Running a
 * block first runs those above it that have not run in the page's shell.
 */
import type { FromWorker } from "beamlet/protocol";
import { Session } from "./session.ts";

/** Beyond this many characters a block's output is cut in the page. */
const MAX_SHOWN = 200_000;

let clock: "real" | "virtual" = "real";
const session = new Session({ clock });
const blocks: RunBlock[] = [];
/** Runs wait for each other, as lines typed into one shell. */
let queue: Promise<unknown> = Promise.resolve();

class RunBlock extends HTMLElement {
  #code = "";
  #output!: HTMLElement;
  #status!: HTMLElement;
  #run!: HTMLButtonElement;
  #stop!: HTMLButtonElement;
  #shown = 0;
  /** Whether the block has run to its end in the current shell. */
  hasRun = false;
  #running = false;
  #evaluation = "";

  connectedCallback(): void {
    if (this.#code !== "") return;
    this.#code = this.querySelector(".code pre")!.textContent ?? "";
    this.#output = this.querySelector(".output")!;
    this.#status = this.querySelector(".status")!;
    this.#run = this.querySelector("button.run")!;
    this.#stop = this.querySelector("button.stop")!;
    this.querySelector<HTMLElement>(".bar")!.hidden = false;
    this.#run.addEventListener("click", () => this.run());
    this.#stop.addEventListener("click", () => this.stop());
    this.querySelector("button.reset")!.addEventListener("click", () => resetPage());
    this.tabIndex = -1;
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.run();
      }
    });
    if (blocks.length === 0) this.before(pageControls());
    blocks.push(this);
    blocks.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  }

  /** Runs the block, after the ones above it that have not run. */
  run(): void {
    if (this.#running) return;
    const before = blocks.slice(0, blocks.indexOf(this)).filter((block) => !block.hasRun && !block.waitsForever);
    for (const block of [...before, this]) queue = queue.then(() => block.#evaluate());
  }

  get waitsForever(): boolean {
    return this.dataset.interrupt !== undefined;
  }

  async stop(): Promise<void> {
    if (!this.#evaluation) return;
    this.#status.textContent = "stopping…";
    const kept = await session.stop(this.#evaluation);
    this.#status.textContent = kept ? "stopped" : "stopped; the shell had to be started anew";
    if (!kept) for (const block of blocks) block.hasRun = false;
  }

  /** Shows the recorded output again. */
  forget(): void {
    this.hasRun = this.#running = false;
    this.#stop.disabled = true;
    this.#run.disabled = false;
    this.#status.textContent = "";
  }

  async #evaluate(): Promise<void> {
    this.#running = true;
    this.#run.disabled = true;
    this.#stop.disabled = false;
    this.#output.replaceChildren();
    delete this.#output.dataset.recorded;
    this.#shown = 0;
    this.querySelector(".line-error")?.classList.remove("line-error");
    this.#status.textContent = "running…";
    const id = (this.#evaluation = `${this.dataset.block}:${Date.now()}`);
    try {
      await new Promise<void>((resolve, reject) => {
        session
          .evaluate(id, this.#code, (message) => {
            this.#receive(message);
            if (message.type === "done") resolve();
          })
          .catch(reject);
      });
      this.hasRun = true;
    } catch (error) {
      this.#add("error", `The runtime could not start: ${error instanceof Error ? error.message : error}`);
      session.end();
    }
    this.#running = false;
    this.#run.disabled = false;
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case "output":
        return this.#append(message.text);
      case "value":
        return this.#add("value", message.text);
      case "diagnostic":
        this.#add(message.severity, message.text);
        if (message.line !== null) this.#markLine(message.line);
        return;
      case "error":
        this.#add("error", message.stacktrace ? `${message.banner}\n${message.stacktrace.trimEnd()}` : message.banner);
        if (message.line !== null) this.#markLine(message.line);
        return;
      case "done":
        this.#status.textContent = elapsed(message.elapsed);
        this.#stop.disabled = true;
        return;
      case "alive":
        // What the block has started may go on, and be stopped, after its own end.
        if (this.#running) return;
        this.#stop.disabled = message.count === 0;
        this.#status.dataset.alive = String(message.count);
        return;
    }
  }

  /** Output joins the text before it: a line may arrive in pieces. */
  #append(text: string): void {
    if (this.#shown > MAX_SHOWN) return;
    this.#shown += text.length;
    if (this.#shown > MAX_SHOWN) text = "\n… the rest of the output is not shown\n";
    const last = this.#output.lastElementChild;
    if (last?.className === "output") last.append(text);
    else this.#add("output", text);
  }

  #add(kind: string, text: string): void {
    const pre = document.createElement("pre");
    pre.className = kind;
    pre.textContent = text;
    this.#output.append(pre);
  }

  #markLine(line: number): void {
    this.querySelectorAll(".code .line")[line - 1]?.classList.add("line-error");
  }
}

function elapsed(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Forgets everything that has run on the page. */
export function resetPage(options: { clock: "real" | "virtual" } = { clock }): void {
  clock = options.clock;
  session.reset({ clock });
  queue = Promise.resolve();
  for (const block of blocks) block.forget();
}

/** Stands above the first block: the clock of the page. */
function pageControls(): HTMLElement {
  const controls = document.createElement("div");
  controls.className = "page-controls not-content";
  const label = document.createElement("label");
  const virtual = document.createElement("input");
  virtual.type = "checkbox";
  virtual.addEventListener("change", () => resetPage({ clock: virtual.checked ? "virtual" : "real" }));
  label.append(virtual, "Virtual time: when every process waits, the clock jumps");
  controls.append(label);
  return controls;
}

customElements.define("run-block", RunBlock);
