/**
 * The page's side of its shell: a worker inside a sandboxed frame of an opaque origin, so that the code of a block
 * reaches no storage, no network and no page. Made when the first block runs.
 *
 * Blocks run one after the other, as lines typed into a shell would. A worker that does not answer a stop within the
 * grace period is ended; the next run then starts anew.
 */
import type { FromWorker, SessionOptions, ToWorker } from "beamlet/protocol";

export type Listener = (message: FromWorker) => void;

/** How long a worker may take to answer a stop, in milliseconds. */
const STOP_GRACE = 1000;

export class Session {
  #frame: HTMLIFrameElement | null = null;
  #port: MessagePort | null = null;
  #ready: Promise<void> | null = null;
  readonly #listeners = new Map<string, Listener>();
  #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Evaluates code under an id; the listener gets everything that is reported under it. */
  async evaluate(id: string, code: string, listener: Listener): Promise<void> {
    this.#listeners.set(id, listener);
    await this.start();
    this.#post({ type: "eval", id, code });
  }

  /** Ends an evaluation and what it has started. Resolves to false when the whole shell had to be ended. */
  stop(id: string): Promise<boolean> {
    const listener = this.#listeners.get(id);
    if (!this.#port || !listener) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.end();
        listener({ type: "done", id, elapsed: 0 });
        resolve(false);
      }, STOP_GRACE);
      this.#listeners.set(id, (message) => {
        listener(message);
        if (message.type !== "done") return;
        clearTimeout(timer);
        this.#listeners.set(id, listener);
        resolve(true);
      });
      this.#post({ type: "stop", id });
    });
  }

  /** Forgets all bindings, modules and processes. */
  reset(options: SessionOptions = this.#options): void {
    this.#options = options;
    this.#listeners.clear();
    if (this.#port) this.#post({ type: "reset", options });
  }

  end(): void {
    this.#frame?.remove();
    this.#port?.close();
    this.#frame = this.#port = this.#ready = null;
  }

  /** Boots the worker unless it runs; resolves when it can evaluate. */
  start(): Promise<void> {
    this.#ready ??= this.#boot();
    return this.#ready;
  }

  async #boot(): Promise<void> {
    const base = document.documentElement.dataset.runtime ?? "/beamlet/";
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.hidden = true;
    frame.title = "The runtime of the blocks";
    frame.src = `${base}frame.html`;
    this.#frame = frame;
    const loaded = new Promise<void>((resolve, reject) => {
      frame.onload = () => resolve();
      frame.onerror = () => reject(new Error("the runtime could not be loaded"));
    });
    document.body.append(frame);
    const [worker] = await Promise.all([textOf(`${base}worker.js`), loaded]);
    const channel = new MessageChannel();
    const port = channel.port1;
    this.#port = port;
    const ready = new Promise<void>((resolve) => {
      port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === "ready") resolve();
        else if (data.type === "load") void this.#load(base, data.name);
        else this.#listeners.get(data.id)?.(data);
      };
    });
    // An opaque origin has no name: the frame is addressed as itself, with a port that nobody else holds.
    frame.contentWindow!.postMessage({ worker }, "*", [channel.port2]);
    this.#post({ type: "start", options: this.#options });
    await ready;
  }

  async #load(base: string, name: string): Promise<void> {
    try {
      this.#post({ type: "module", name, source: await textOf(`${base}lib/${encodeURIComponent(name)}.js`) });
    } catch (error) {
      this.#post({ type: "module", name, source: null, error: String(error) });
    }
  }

  #post(message: ToWorker): void {
    this.#port?.postMessage(message);
  }
}

async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.text();
}
