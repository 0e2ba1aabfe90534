/**
 * The worker of a page: a session behind a port. Library modules, and the natives that few programs need, are asked of the
 * page, which can fetch them; the worker cannot.
 */
import type { NativeModule } from "../builtins/native.ts";
import type { Platform } from "../platform/platform.ts";
import { defineNative, type Loader, type ModuleSource, moduleSource } from "./code-server.ts";
import { exposeNative } from "./interface.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { Session } from "./session.ts";
import { SHARED } from "./shared.ts";

/** The names of the library's modules, put in when the bundle is made. */
declare const LIBRARY_INDEX: readonly string[];
/** The modules that come with the bundle. */
declare const LIBRARY_PACK: Readonly<Record<string, ModuleSource>>;
/** The modules that have natives in the second file. */
declare const LATE_MODULES: readonly string[];

interface Scope {
  addEventListener(type: "message", listener: (event: MessageEvent) => void, options: { once: true }): void;
}

(globalThis as unknown as Scope).addEventListener("message", ({ ports: [port] }) => connect(port), {
  once: true,
});

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
  const late = new Set(LATE_MODULES);
  let natives: Promise<void> | null = null;

  async function loadNatives(): Promise<void> {
    const { lateNatives } = await loadShared<{ lateNatives: readonly NativeModule[] }>("natives");
    for (const native of lateNatives) {
      exposeNative(native);
      defineNative(native);
    }
    late.clear();
  }

  function loadModule(name: string): ModuleSource | null | Promise<ModuleSource> {
    if (!names.has(name)) return null;
    if (Object.hasOwn(LIBRARY_PACK, name)) return LIBRARY_PACK[name];
    return ask(name, `lib/${encodeURIComponent(name)}.js`).then((text) => moduleSource(name, text));
  }

  const loader: Loader = {
    has: (name) => names.has(name) || late.has(name),
    names: () => LIBRARY_INDEX,
    load(name) {
      if (!late.has(name)) return loadModule(name);
      natives ??= loadNatives();
      return natives.then(() => loadModule(name));
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

  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type !== "module") return session.receive(data);
    const waiting = asked.get(data.name);
    asked.delete(data.name);
    if (data.source === null) waiting?.reject(new Error(`${data.name} could not be loaded: ${data.error}`));
    else waiting?.resolve(data.source);
  };
}
