/**
 * What is done to the built site: every page gets a content security policy that allows its own scripts and no others, and the
 * service worker gets the list of files to keep for reading without a network.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the frame of a WebContainer comes from, on the one page that may ask for it. */
const CONTAINERS = "https://stackblitz.com https://*.webcontainer.io";

/** The part of an Astro integration that is used here. */
interface Integration {
  name: string;
  hooks: { "astro:build:done": (options: { dir: URL }) => void };
}

export function publish(): Integration {
  return {
    name: "publish",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const folder = fileURLToPath(dir);
        const files = readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).replaceAll("\\", "/"));
        for (const file of files.filter((name) => name.endsWith(".html") && !name.startsWith("beamlet/")))
          protect(join(folder, file));
        writeServiceWorker(folder, files);
      },
    },
  };
}

/** Puts the policy of a page into its head, before anything that it governs. */
function protect(path: string): void {
  const html = readFileSync(path, "utf8");
  writeFileSync(
    path,
    html.replace(
      /<head>(?:<meta charset="utf-8"\s*\/?>)?/,
      (head) =>
        `${head}<meta http-equiv="content-security-policy" content="${policyOf(html, path.includes("run-in-node") ? CONTAINERS : "")}">`,
    ),
  );
}

/** The policy of a page: scripts of this site, and the inline ones that it was built with, by their hashes. */
export function policyOf(html: string, frames = ""): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  return [
    "default-src 'self'",
    // The search is WebAssembly.
    `script-src 'self' 'wasm-unsafe-eval' ${[...new Set(hashes)].join(" ")}`.trim(),
    // Highlighted code has its colours in style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `frame-src 'self' ${frames}`.trim(),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/**
 * What no reader asks for: the worker itself, what is for tools, interfaces of the search that are not this site's, and the package,
 * which only a program needs that is to run in Node.
 */
const NOT_KEPT =
  /^sw\.js$|\.(map|xml|txt|tgz)$|^_headers$|^pagefind\/pagefind-(component-ui|modular-ui|ui|highlight)\./;

function writeServiceWorker(folder: string, files: readonly string[]): void {
  const kept = files.filter((name) => !NOT_KEPT.test(name)).sort();
  const version = createHash("sha256");
  for (const name of kept) version.update(name).update(readFileSync(join(folder, name)));
  const urls = kept.map((name) => `/${encodeURI(name).replace(/(^|\/)index\.html$/, "$1")}`);
  const path = join(folder, "sw.js");
  const text = readFileSync(path, "utf8")
    .replace("VERSION", version.digest("hex").slice(0, 16))
    .replace('"FILES"', JSON.stringify(urls.join(" ")));
  writeFileSync(path, text);
}
