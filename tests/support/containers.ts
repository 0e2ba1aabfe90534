/**
 * A stand-in for the service behind `@webcontainer/api`: a frame from the service's address that answers the real client in the
 * client's own protocol. Its container is a folder of this machine, in which its commands run.
 */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Frame } from "playwright-core";

const client = dirname(fileURLToPath(import.meta.resolve("@webcontainer/api")));

/** What a frame has to say to be let into a page that is isolated from other origins. */
const embeddable = {
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "cross-origin",
};

/** The service's side of the protocol: what the client calls, over the port that the page is given. */
const service = `import { Comlink } from "/comlink.js";

const listeners = new Map();
window.written = (id, text) => listeners.get(id)(new TextEncoder().encode(text));

const container = {
  fs: () => Comlink.proxy({}),
  previewScript: () => Comlink.proxy({}),
  runtimeInfo: () => ({ path: "/bin", cwd: "/home/project" }),
  loadFiles: (files) => window.mountFiles(new TextDecoder().decode(files)),
  run: ({ command, args }, stdout, stderr, output) => {
    const id = listeners.size;
    listeners.set(id, output);
    return Comlink.proxy({ onExit: window.runCommand(id, command, args), kill() {}, write() {}, resize() {} });
  },
};
const { port1, port2 } = new MessageChannel();
Comlink.expose({ build: (options) => (window.askedFor(options), Comlink.proxy(container)) }, port1);
parent.postMessage({ type: "init" }, "*", [port2]);
`;

export interface Containers {
  /** The addresses of the service that were asked for. */
  readonly asked: URL[];
  /** The options of each container that was built. */
  readonly built: { readonly host: string; readonly version: string }[];
}

/** A file or a folder as the client sends it: text as it is, bytes as Latin-1. */
type Entry =
  | { readonly d: Record<string, Entry> }
  | { readonly f: { readonly c: string; readonly b?: true } };

/** Answers for the service in every page of the context. */
export async function serveContainers(context: BrowserContext, folder: string): Promise<Containers> {
  const asked: URL[] = [];
  const built: Containers["built"] = [];
  await context.route("https://stackblitz.com/**", async (route) => {
    const url = new URL(route.request().url());
    asked.push(url);
    const script = (body: string | Buffer) =>
      route.fulfill({ contentType: "text/javascript", headers: embeddable, body });
    if (url.pathname === "/comlink.js") return script(readFileSync(join(client, "vendor/index.js")));
    if (url.pathname === "/service.js") return script(service);
    const body = '<!doctype html><title>The service</title><script type="module" src="/service.js"></script>';
    return route.fulfill({ contentType: "text/html", headers: embeddable, body });
  });
  await context.exposeFunction("askedFor", (options: Containers["built"][0]) => void built.push(options));
  await context.exposeFunction("mountFiles", (tree: string) => {
    const root = JSON.parse(tree) as { d: Record<string, Entry> };
    for (const [name, entry] of Object.entries(root.d)) {
      if (!("f" in entry)) throw new Error(`${name}: the project has no folders`);
      writeFileSync(join(folder, name), entry.f.c, entry.f.b ? "latin1" : "utf8");
    }
  });
  await context.exposeBinding("runCommand", ({ frame }, id: number, command: string, args: string[]) =>
    run(frame, id, command, args, folder),
  );
  return { asked, built };
}

/** Runs a command; what it writes goes to the frame as it comes. Its exit status. */
function run(frame: Frame, id: number, command: string, args: string[], cwd: string): Promise<number> {
  // What lives outside of the container, such as the registry, is not needed.
  const env = { ...process.env, npm_config_offline: "true" };
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let told: Promise<unknown> = Promise.resolve();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      told = told.then(() =>
        frame.evaluate(
          ([number, part]) =>
            (window as unknown as { written(id: number, text: string): void }).written(number, part),
          [id, text] as const,
        ),
      );
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => void told.then(() => resolve(status ?? 1), reject));
  });
}
