/** Sessions for Node: a shell that evaluates Elixir text, as the blocks of a page do. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { libraryAt } from "../platform/node/library.ts";
import { nodePlatform } from "../platform/node/platform.ts";
import { type Loader, type ModuleSource, moduleSource } from "./code-server.ts";
import type { EvaluationOptions, FromWorker, SessionOptions } from "./protocol.ts";
import { Session } from "./session.ts";

export interface OpenSession {
  /** Evaluates Elixir text after all that came before it, or TypeScript as a session takes it; its events carry the id. */
  evaluate(id: string, code: string, options?: EvaluationOptions): void;
  /** Evaluates code in a process of its own beside the shell, as part of an evaluation. */
  act(id: string, code: string): void;
  /** Ends an evaluation, and the processes that it has started. Bindings stay. */
  stop(id: string): void;
  /** Asks for the trace of an evaluation: what has happened, and what will until it is taken back. */
  watch(id: string, isWatched?: boolean): void;
  /** Resolves when no process can go on by itself. */
  settled(): Promise<void>;
  close(): void;
}

let library: Loader | null = null;

/** The library that is installed beside the bundles. */
export function installedLibrary(): Loader {
  if (library === null) {
    const docs = process.env.BEAMLET_DOCS ?? join(import.meta.dirname, "docs");
    const texts = libraryAt(process.env.BEAMLET_LIBRARY ?? join(import.meta.dirname, "lib"), docs);
    const pack = process.env.BEAMLET_LIBRARY === undefined ? firstModules() : {};
    library = {
      has: texts.has,
      names: texts.names,
      documentation: texts.documentation,
      load: (name) => pack[name] ?? moduleSource(name, texts.read(name)),
    };
  }
  return library;
}

/** What every program needs comes in one file of functions, which Node keeps compiled from one start to the next. */
function firstModules(): Readonly<Record<string, ModuleSource>> {
  return createRequire(import.meta.url)("./first-modules.cjs");
}

/**
 * Starts a shell: Elixir text given to it shares bindings, imports and processes, as in `iex`.
 *
 * One session at a time: a second one forgets the modules that the first has defined.
 */
export function openSession(options: SessionOptions, receive: (message: FromWorker) => void): OpenSession {
  const session = new Session({
    platform: nodePlatform(),
    loader: installedLibrary(),
    post: receive,
    loadTypeScript: () => import("./typescript-blocks.ts"),
    heapUsed: () => process.memoryUsage().heapUsed,
  });
  session.receive({ type: "start", options });
  return {
    evaluate: (id, code, options) => session.receive({ type: "eval", id, code, ...options }),
    act: (id, code) => session.receive({ type: "act", id, code }),
    stop: (id) => session.receive({ type: "stop", id }),
    watch: (id, isWatched = true) => session.receive({ type: "watch", id, isWatched }),
    settled: () => session.settled(),
    close: () => session.close(),
  };
}
