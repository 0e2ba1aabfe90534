/**
 * The page's side of its shell: a worker inside a sandboxed frame of an opaque origin, so that the code of a block
 * reaches no storage, no network and no page. Made when the first block runs, or when somebody is about to run one.
 *
 * Blocks run one after the other, as lines typed into a shell would. A worker that does not answer a stop or a reset within
 * the grace period is ended; the next run then starts anew.
 */
import type { EvaluationOptions, FromWorker, SessionOptions, ToWorker } from "beamlet/protocol";

export type Listener = (message: FromWorker) => void;

/** How long a worker may take to answer, in milliseconds. */
const GRACE = 1000;

export class Session {
  #frame: HTMLIFrameElement | null = null;
  #port: MessagePort | null = null;
  /** Whether it has started; false when it was ended before. */
  #ready: Promise<boolean> | null = null;
  #onEnd: () => void = () => {};
  /** Who waits for the worker to have started, or started anew: it answers in this order. */
  readonly #starts: (() => void)[] = [];
  readonly #listeners = new Map<string, Listener>();
  readonly #stopping = new Map<string, () => void>();
  /** Ids of evaluations that wait for the worker to start. */
  readonly #starting = new Set<string>();
  #options: SessionOptions;
  readonly #onLost: () => void;

  /** `onLost` is told when bindings, modules and processes are gone without a reset. */
  constructor(options: SessionOptions, onLost: () => void) {
    this.#options = options;
    this.#onLost = onLost;
  }

  /** Evaluates code under an id; the listener gets everything that is reported under it. */
  async evaluate(id: string, code: string, options: EvaluationOptions, listener: Listener): Promise<void> {
    this.#listeners.set(id, listener);
    this.#starting.add(id);
    try {
      await this.start();
      // It may have been stopped meanwhile: the worker must not hear of it after that.
      if (this.#starting.has(id)) this.#post({ type: "eval", id, code, ...options });
    } finally {
      this.#starting.delete(id);
    }
  }

  /** Evaluates code beside the shell, as part of an evaluation. */
  act(id: string, code: string): void {
    this.#post({ type: "act", id, code });
  }

  /** Asks for the trace of an evaluation, or takes that back. */
  watch(id: string, isWatched: boolean): void {
    if (id !== "") this.#post({ type: "watch", id, isWatched });
  }

  /** Ends an evaluation and what it has started. Resolves to false when the whole shell had to be ended. */
  async stop(id: string): Promise<boolean> {
    if (this.#starting.delete(id)) {
      this.#listeners.get(id)?.({ type: "done", id, elapsed: 0 });
      return true;
    }
    if (this.#port === null) {
      this.#lose();
      return false;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stopping.set(id, resolve);
    this.#post({ type: "stop", id });
    const answered = await inTime(promise);
    this.#stopping.delete(id);
    if (!answered) this.#lose();
    return answered;
  }

  /** Forgets all bindings, modules and processes. */
  async reset(options: SessionOptions = this.#options): Promise<void> {
    this.#options = options;
    this.#listeners.clear();
    if (this.#port === null) return this.end();
    const port = this.#port;
    this.#post({ type: "reset", options });
    if (!(await inTime(this.#started())) && this.#port === port) this.end();
  }

  end(): void {
    this.#frame?.remove();
    this.#port?.close();
    this.#frame = this.#port = this.#ready = null;
    this.#listeners.clear();
    this.#starts.length = 0;
    this.#onEnd();
  }

  #lose(): void {
    this.end();
    this.#onLost();
  }

  /** Boots the worker unless it runs; resolves when it can evaluate. One that is ended before that is booted again. */
  async start(): Promise<void> {
    void pauseServiceWorker();
    for (let isThere = false; !isThere; ) {
      this.#ready ??= this.#boot();
      isThere = await this.#ready;
    }
  }

  #boot(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#onEnd = () => resolve(false);
    const frame = document.createElement("iframe");
    this.#frame = frame;
    return Promise.race([promise, this.#bootIn(frame)]);
  }

  #started(): Promise<void> {
    return new Promise((resolve) => this.#starts.push(resolve));
  }

  async #bootIn(frame: HTMLIFrameElement): Promise<boolean> {
    const base = document.documentElement.dataset.runtime ?? "/beamlet/";
    // As a blob, which is handed on without being decoded or copied. Chromium's own, of a response that was preloaded, fails half of the times.
    const text = fetched(`${base}worker.js`)
      .then((response) => response.arrayBuffer())
      .then((bytes) => new Blob([bytes]));
    // Whether it came is looked at below.
    text.catch(() => {});
    const isKept = await isAnsweredByServiceWorker(`${base}frame.html`);
    if (this.#frame !== frame) return false;
    if (!isKept) frame.setAttribute("sandbox", "allow-scripts");
    frame.hidden = true;
    frame.title = "The runtime of the blocks";
    frame.src = `${base}frame.html`;
    const loaded = new Promise<void>((resolve, reject) => {
      frame.onload = () => resolve();
      frame.onerror = () => reject(new Error("the runtime could not be loaded"));
    });
    document.body.append(frame);
    const [worker] = await Promise.all([text, loaded]);
    if (this.#frame !== frame) return false;
    const channel = new MessageChannel();
    const port = channel.port1;
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data, base);
    // An opaque origin has no name: the frame is addressed as itself, with a port that nobody else holds.
    frame.contentWindow!.postMessage({ worker }, "*", [channel.port2]);
    this.#post({ type: "start", options: this.#options });
    await this.#started();
    return true;
  }

  #receive(message: FromWorker, base: string): void {
    switch (message.type) {
      case "ready":
        return this.#starts.shift()?.();
      case "load":
        return void this.#load(message.name, base + message.path);
      case "restarted":
        return this.#onLost();
      default:
        this.#listeners.get(message.id)?.(message);
        if (message.type === "done") this.#stopping.get(message.id)?.();
    }
  }

  async #load(name: string, url: string): Promise<void> {
    try {
      this.#post({ type: "module", name, source: await (await fetched(url)).text() });
    } catch (error) {
      this.#post({ type: "module", name, source: null, error: (error as Error).message });
    }
  }

  #post(message: ToWorker): void {
    this.#port?.postMessage(message);
  }
}

/** One that is still filling its cache waits a while: the reader's run comes first. */
async function pauseServiceWorker(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  registration?.installing?.postMessage("pause");
}

/** Without a network the service worker answers, whose frame is in a sandbox by itself (public/sw.js). */
async function isAnsweredByServiceWorker(url: string): Promise<boolean> {
  if (!navigator.serviceWorker?.controller) return false;
  return (await fetch(url)).headers.has("x-kept");
}

function inTime(promise: Promise<void>): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), GRACE)),
  ]);
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response;
}
