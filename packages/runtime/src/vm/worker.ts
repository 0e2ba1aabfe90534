/**
 * The worker of a page: a session behind a port. Library modules are asked of the page, which can fetch them; the worker
 * cannot.
 */
import type { Platform } from "../platform/platform.ts";
import { type Loader, type ModuleSource, moduleSource } from "./code-server.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { Session } from "./session.ts";

/** The names of the library's modules, put in when the bundle is made. */
declare const LIBRARY_INDEX: readonly string[];
/** The modules that come with the bundle. */
declare const LIBRARY_PACK: Readonly<Record<string, ModuleSource>>;

interface Scope {
  addEventListener(type: "message", listener: (event: MessageEvent) => void, options: { once: true }): void;
}

(globalThis as unknown as Scope).addEventListener("message", ({ ports: [port] }) => connect(port), {
  once: true,
});

function connect(port: MessagePort): void {
  const post = (message: FromWorker) => port.postMessage(message);
  const names = new Set(LIBRARY_INDEX);
  const asked = new Map<string, PromiseWithResolvers<ModuleSource>>();

  const loader: Loader = {
    has: (name) => names.has(name),
    names: () => LIBRARY_INDEX,
    load(name) {
      if (Object.hasOwn(LIBRARY_PACK, name)) return LIBRARY_PACK[name];
      let request = asked.get(name);
      if (request === undefined) {
        request = Promise.withResolvers<ModuleSource>();
        asked.set(name, request);
        post({ type: "load", name });
      }
      return request.promise;
    },
  };
  const platform: Platform = { kind: "browser", write: () => {}, argv: [], env: {} };
  const session = new Session({ platform, loader, post });

  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type !== "module") return session.receive(data);
    const waiting = asked.get(data.name);
    asked.delete(data.name);
    if (data.source === null) waiting?.reject(new Error(`${data.name} could not be loaded: ${data.error}`));
    else waiting?.resolve(moduleSource(data.name, data.source));
  };
}
