/** A session of the built package, with its events collected: what a page would be shown. */
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { FromWorker, OpenSession, SessionOptions } from "../../packages/runtime/src/elixir.ts";

const dist = process.env.BEAMLET_DIST ?? resolve(import.meta.dirname, "../../packages/runtime/dist");
const { openSession } = await import(pathToFileURL(join(dist, "elixir.js")).href);

export class TestSession {
  readonly events: FromWorker[] = [];
  readonly session: OpenSession;
  #heard: () => void = () => {};

  constructor(options: Partial<SessionOptions> = {}) {
    this.session = openSession({ clock: "virtual", ...options }, (event: FromWorker) => {
      this.events.push(event);
      this.#heard();
    });
  }

  /** Evaluates to the end; the events of this evaluation. */
  async run(id: string, code: string): Promise<FromWorker[]> {
    this.session.evaluate(id, code);
    await this.until((event) => event.type === "done" && event.id === id);
    return this.of(id);
  }

  /** Waits for an event, past or to come. */
  async until(wanted: (event: FromWorker) => boolean): Promise<FromWorker> {
    for (;;) {
      const found = this.events.find(wanted);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  of(id: string): FromWorker[] {
    return this.events.filter((event) => "id" in event && event.id === id);
  }

  printed(id: string): string {
    return this.of(id)
      .map((event) => (event.type === "output" ? event.text : ""))
      .join("");
  }

  values(id: string): string[] {
    return this.of(id).flatMap((event) => (event.type === "value" ? [event.text] : []));
  }

  banner(id: string): string | null {
    const error = this.of(id).find((event) => event.type === "error");
    return error?.type === "error" ? error.banner : null;
  }

  close(): void {
    this.session.close();
  }
}

/** Runs a test body with a session of its own. */
export function withSession(
  body: (session: TestSession) => Promise<void>,
  options: Partial<SessionOptions> = {},
): () => Promise<void> {
  return async () => {
    const session = new TestSession(options);
    try {
      await body(session);
    } finally {
      session.close();
    }
  };
}
