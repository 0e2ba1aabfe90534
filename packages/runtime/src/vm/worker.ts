/**
 * The worker of a page: a session behind a port. Library modules, and the natives that few programs need, are asked of the
 * page, which can fetch them; the worker cannot.
 */
import { exception } from "../expand/errors.ts";
import type { Platform } from "../platform/platform.ts";
import { text } from "../term/bitstring.ts";
import type { Raised } from "../term/error.ts";
import { defineNative, type Loader, libraryModule, type ModuleSource } from "./code-server.ts";
import { host } from "./host.ts";
import { exposeNative } from "./interface.ts";
import type * as LateNatives from "./late.ts";
import type { FromWorker, SessionOptions, ToWorker } from "./protocol.ts";
import { Session } from "./session.ts";
import { SHARED } from "./shared.ts";

/** The names of the library's modules, put in when the bundle is made. */
declare const LIBRARY_INDEX: readonly string[];
/** The modules that come with the bundle. */
declare const LIBRARY_PACK: Readonly<Record<string, ModuleSource>>;
/** The modules that have natives in another file, by the group that the file is named after. */
declare const LATE_MODULES: Readonly<Record<string, readonly string[]>>;

/** Milliseconds without a message after which a worker that has just been started warms up. */
const IDLE = 60;

interface Scope {
  addEventListener(type: "message", listener: (event: MessageEvent) => void, options: { once: true }): void;
}

(globalThis as unknown as Scope).addEventListener("message", ({ ports: [port] }) => connect(port), {
  once: true,
});

function notFetched(part: string, reason: string): Raised {
  const message = `a part of the runtime, ${part}, could not be fetched: ${reason}. Run again once it can be reached`;
  return exception("RuntimeError", { message: text(message) });
}

function connect(port: MessagePort): void {
  const post = (message: FromWorker) => port.postMessage(message);
  const asked = new Map<string, PromiseWithResolvers<string>>();

  function ask(name: string, path: string): Promise<string> {
    let request = asked.get(name);
    if (request === undefined) {
      request = Promise.withResolvers<string>();
      asked.set(name, request);
      post({ type: "load", name, path });
    }
    return request.promise;
  }

  const names = new Set(LIBRARY_INDEX);
  /** The groups that are still to be loaded. */
  const late = new Map(Object.entries(LATE_MODULES));
  const loading = new Map<string, Promise<void>>();

  async function loadNatives(group: string): Promise<void> {
    const { lateNatives } = await loadShared<typeof LateNatives>(`natives-${group}`);
    for (const native of lateNatives(host)) {
      exposeNative(native);
      defineNative(native);
    }
    late.delete(group);
  }

  function loadModule(name: string): ModuleSource | null | Promise<ModuleSource> {
    if (!names.has(name)) return null;
    if (Object.hasOwn(LIBRARY_PACK, name)) return LIBRARY_PACK[name];
    return ask(name, `lib/${encodeURIComponent(name)}.js`).then((text) => libraryModule(name, text));
  }

  function groupsOf(name: string): string[] {
    return [...late].filter(([, modules]) => modules.includes(name)).map(([group]) => group);
  }

  const loader: Loader = {
    has: (name) => names.has(name) || groupsOf(name).length > 0,
    names: () => LIBRARY_INDEX,
    load(name) {
      const groups = groupsOf(name);
      const module = loadModule(name);
      if (groups.length === 0) return module;
      for (const group of groups) {
        // One that failed is asked for again by the next call.
        if (!loading.has(group))
          loading.set(
            group,
            loadNatives(group).finally(() => loading.delete(group)),
          );
      }
      return Promise.all(groups.map((group) => loading.get(group))).then(() => module);
    },
  };
  /** A file that takes what it shares with this one from a table. */
  async function loadShared<Exports>(name: string): Promise<Exports> {
    const module = { exports: {} as Exports };
    new Function("SHARED", "module", await ask(name, `${name}.js`))(SHARED, module);
    return module.exports;
  }

  const platform: Platform = { kind: "browser", write: () => {}, argv: [], env: {} };
  const session = new Session({
    platform,
    loader,
    post,
    loadTypeScript: () => loadShared("typescript"),
  });

  /** What has come while the worker warmed up; `null` at other times. */
  let held: ToWorker[] | null = null;
  let warming: ReturnType<typeof setTimeout> | undefined;

  /**
   * The page starts a worker when a reader seems about to run something. Until then it evaluates an expression of its own,
   * in a session that leaves no trace, so that the first block finds its modules loaded.
   */
  function warmUp(options: SessionOptions): void {
    session.close();
    held = [];
    // Not before the trial has come to rest: its scheduler is running while it reports.
    const post = (message: FromWorker) => {
      if (message.type === "done") setTimeout(begin);
    };
    const trial = new Session({ platform, loader, post });
    const begin = () => {
      trial.close();
      session.restart(options);
      const messages = held ?? [];
      held = null;
      for (const message of messages) session.receive(message);
    };
    trial.receive({ type: "start", options });
    trial.receive({ type: "eval", id: "warm-up", code: "self()" });
  }

  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type !== "module") {
      clearTimeout(warming);
      if (held !== null) held.push(data);
      else session.receive(data);
      if (data.type === "start") warming = setTimeout(() => warmUp(data.options), IDLE);
      return;
    }
    const waiting = asked.get(data.name);
    asked.delete(data.name);
    if (data.source === null) waiting?.reject(notFetched(data.name, data.error));
    else waiting?.resolve(data.source);
  };
}
