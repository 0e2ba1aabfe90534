/** The built site on a port of its own, and a browser to look at it with. */
import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";

const folder = resolve(import.meta.dirname, "../../dist");

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Bytes that are sent at once: a file comes in pieces, as over a network. */
const PIECE = 4096;

const SCRIPT = "/script-of-the-test.js";

export interface Site {
  readonly origin: string;
  close(): void;
}

/** `script` runs in each page before its own, as a file of the site. */
export async function serveSite(script?: string): Promise<Site> {
  if (!existsSync(join(folder, "index.html"))) throw new Error("the site is not built: npm run build");
  const server: Server = createServer(({ url, headers }, response) => {
    if (url === SCRIPT) {
      response.writeHead(200, { "content-type": types[".js"] }).end(script);
      return;
    }
    let path = join(folder, decodeURIComponent(new URL(url!, "http://localhost").pathname));
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
    if (!path.startsWith(folder) || !existsSync(path)) {
      response.writeHead(404).end("not found");
      return;
    }
    const type = types[extname(path)] ?? "application/octet-stream";
    if (script !== undefined && type === types[".html"]) {
      const content = readFileSync(path, "utf8");
      response.writeHead(200, { "content-type": type });
      response.end(content.replace("</title>", `</title><script src="${SCRIPT}"></script>`));
      return;
    }
    // As hosts of static files answer: piece by piece, and browsers keep a file and ask whether it is still the same.
    const { size, mtimeMs } = statSync(path);
    const etag = `W/"${mtimeMs}"`;
    const kept = { etag, "cache-control": "no-cache", vary: "origin" };
    if (headers["if-none-match"] === etag) {
      response.writeHead(304, kept).end();
      return;
    }
    response.writeHead(200, { ...kept, "content-type": type, "content-length": size });
    createReadStream(path, { highWaterMark: PIECE }).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    // Also to browsers that keep their connections.
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${port}`, close };
}

/** Opens the Chromium of the machine; says which package has it when there is none. */
export function openBrowser(): Promise<Browser> {
  const candidates = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].filter(Boolean);
  const executablePath = candidates.map((name) => which(name!)).find(Boolean);
  if (!executablePath) {
    throw new Error(
      "The browser tests need Chromium, and none is installed. On Debian or Ubuntu: apt-get install chromium. Elsewhere, put its path in CHROMIUM.",
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

function which(name: string): string | undefined {
  if (name.includes("/")) return existsSync(name) ? name : undefined;
  const { stdout, status } = spawnSync("which", [name], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
