/**
 * Builds the package: the library in Elixir to JavaScript (one file a module), then the bundles for Node and for the
 * browser's worker. The library is compiled by the very sources that are bundled, so it is compiled anew when either has
 * changed, and only then (`library.ts`).
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { compileLibrary } from "./library.ts";
import { pureConstants, withPureNamespaces } from "./tree-shaking.ts";
import { bundleWorker } from "./worker-bundle.ts";

const root = resolve(import.meta.dirname, "..");
/** `BEAMLET_DIST` builds elsewhere, so that two people can work in one checkout. */
const dist = process.env.BEAMLET_DIST ?? join(root, "dist");
const force = process.argv.includes("--force");

/** A digest of every file below the folders, names included. */
function digestOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).sort()) {
      if (/\.(ts|ex|html)$/.test(name))
        hash.update(`${name}\0`).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.digest("hex");
}

const stamp = join(dist, "stamp");
const digest = digestOf(["src", "lib", "tools", "browser"]);
if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) process.exit(0);

const started = performance.now();
rmSync(stamp, { force: true });
mkdirSync(dist, { recursive: true });

const { names, isNew, failures } = await compileLibrary(dist, force);
if (failures.length > 0) {
  console.error(failures.join("\n"));
  // While working on one part of the library, `--lenient` builds the rest.
  if (!process.argv.includes("--lenient")) process.exit(1);
}
rmSync(join(dist, "browser"), { recursive: true, force: true });
mkdirSync(join(dist, "browser"), { recursive: true });

/** Fields are assigned in the constructor and not defined before: objects are made in half the time, by less code. */
const tsconfigRaw = { compilerOptions: { useDefineForClassFields: false } };

/** An expression for the names of the library's modules: shorter than the list, most of which is prefixes. */
function index(names: readonly string[]): string {
  const elixir = names.filter((name) => name.startsWith("Elixir.")).map((name) => name.slice(7));
  const erlang = names.filter((name) => !name.startsWith("Elixir."));
  return `"${elixir.join(" ")}".split(" ").map(n=>"Elixir."+n).concat("${erlang.join(" ")}".split(" "))`;
}

/** What the main entry loads late is named in `package.json`, where browsers get another file than Node. */
const lazily: esbuild.Plugin = {
  name: "lazily",
  setup(build) {
    build.onResolve({ filter: /^\.\/elixir\.ts$/ }, ({ importer, kind }) =>
      kind === "dynamic-import" && importer.endsWith("lazy-elixir.ts")
        ? { path: "#elixir", external: true }
        : undefined,
    );
    build.onResolve({ filter: /\/library-index\.ts$/ }, () => ({ path: "./library.js", external: true }));
  },
};

const common = {
  tsconfigRaw,
  bundle: true,
  format: "esm",
  target: "es2023",
  sourcemap: true,
  legalComments: "none",
  outdir: dist,
  logLevel: "warning",
  define: { VERSION: JSON.stringify(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version) },
} as const satisfies esbuild.BuildOptions;

const [{ outputFiles }] = await Promise.all([
  esbuild.build({
    ...common,
    write: false,
    plugins: [pureConstants, lazily],
    entryPoints: {
      index: join(root, "src/index.ts"),
      elixir: join(root, "src/elixir.ts"),
      "elixir-browser": join(root, "src/elixir-browser.ts"),
      cli: join(root, "src/cli/main.ts"),
    },
    platform: "node",
    splitting: true,
    chunkNames: "chunk-[hash]",
  }),
  bundleWorker(join(dist, "browser"), {
    tsconfigRaw,
    target: common.target,
    legalComments: "none",
    logLevel: "warning",
    banner: { js: `"use strict";var LIBRARY_INDEX=${index(names)};` },
    // Behind the rest, where Brotli makes less of it.
    footer: { js: `var LIBRARY_PACK=${pack(namesFor("blocks"), "lazy")};` },
  }),
]);
const forCommands = namesFor("commands");
const forTests = namesFor("tests").filter((name) => !forCommands.includes(name));
writeFileSync(join(dist, "first-modules.cjs"), ascii(`module.exports=${pack(forCommands, "eager")};\n`));
writeFileSync(join(dist, "test-modules.cjs"), ascii(`module.exports=${pack(forTests, "eager")};\n`));

// Chunks of earlier builds have other names.
const written = new Set([...outputFiles.map(({ path }) => path), join(dist, "library.js")]);
for (const name of readdirSync(dist))
  if (/\.js(\.map)?$/.test(name) && !written.has(join(dist, name))) rmSync(join(dist, name));
for (const { path, text } of outputFiles)
  writeFileSync(path, path.endsWith(".js") ? ascii(withPureNamespaces(text)) : text);

writeFileSync(
  join(dist, "browser", "frame.html"),
  frame(readFileSync(join(root, "browser/frame.html"), "utf8")),
);
if (failures.length === 0) writeFileSync(stamp, digest);
console.log(
  `${isNew ? `built ${names.length} modules and` : "built"} the bundles in ${((performance.now() - started) / 1000).toFixed(1)} s`,
);

/** The modules that a host's programs need first. */
function namesFor(host: "blocks" | "commands" | "tests"): string[] {
  const tool = join(root, "tools/first-modules.ts");
  return JSON.parse(execFileSync(process.execPath, [tool, join(dist, "lib"), host], { encoding: "utf8" }));
}

/**
 * Modules as functions in one file: one request, and no text to compile at run time. Functions in parentheses are compiled with the
 * file, which is for the better where the host keeps compiled code, as Node does, and for the worse where it does not. All of the
 * worker is strict, so none of its modules has to say so.
 */
function pack(names: readonly string[], compilation: "eager" | "lazy"): string {
  const texts = names.map((name) => {
    const text = readFileSync(join(dist, "lib", `${name}.js`), "utf8").replace("export default", "");
    const lazy = () =>
      text
        .trim()
        .replace(/^\(|\)$/g, "")
        .replace('"use strict";', "");
    return `${JSON.stringify(name)}:${compilation === "eager" ? text : lazy()}`;
  });
  return `{__proto__:null,${texts.join(",\n")}}`;
}

/**
 * The same code in ASCII, which Node reads several times faster, as it is not decoded, and keeps in half the memory. What esbuild has left
 * stands in comments, patterns and templates, where an escape says the same.
 */
function ascii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Without the comments of its one inline script, which is allowed by its hash. */
function frame(text: string): string {
  const html = text.replace(/^ *\/\/.*\n/gm, "");
  const script = /<script>([\s\S]*)<\/script>/.exec(html)![1];
  const hash = createHash("sha256").update(script).digest("base64");
  return html.replace("SCRIPT_HASH", `sha256-${hash}`);
}
