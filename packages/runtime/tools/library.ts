/**
 * The library in Elixir, compiled to JavaScript and minified: one file a module in `dist/lib`, its documentation in `dist/docs`, what
 * it was compiled from in `dist/definitions`, and its sources, which a shell opens, in `dist/sources`.
 * It takes most of a build, so it is done anew only when a text of the library has changed, or a source that compiles it.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { sourcePath } from "../src/platform/node/library.ts";

const root = resolve(import.meta.dirname, "..");
const builder = join(root, "src/vm/library-builder.ts");

export interface BuiltLibrary {
  /** The names of its modules, in order. */
  readonly names: readonly string[];
  readonly isNew: boolean;
  /** What did not compile. */
  readonly failures: readonly string[];
}

export async function compileLibrary(dist: string, force: boolean): Promise<BuiltLibrary> {
  const stamp = join(dist, "library.stamp");
  const index = join(dist, "lib", "index.json");
  const digest = await digestOfLibrary();
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === digest)
    return { names: JSON.parse(readFileSync(index, "utf8")), isNew: false, failures: [] };

  rmSync(stamp, { force: true });
  const { buildLibrary } = await import(builder);
  const { modules, documentation, definitions, failures } = await buildLibrary(join(root, "lib"));
  const names = [...modules.keys()].sort();
  const texts = await Promise.all(names.map((name) => minify(modules.get(name))));
  for (const folder of ["lib", "docs", "definitions", "sources"]) {
    rmSync(join(dist, folder), { recursive: true, force: true });
    mkdirSync(join(dist, folder), { recursive: true });
  }
  for (const [i, name] of names.entries()) writeFileSync(join(dist, "lib", `${name}.js`), texts[i]);
  for (const [name, bytes] of documentation) writeFileSync(join(dist, "docs", `${name}.etf`), bytes);
  for (const [name, bytes] of definitions) writeFileSync(join(dist, "definitions", `${name}.etf`), bytes);
  for (const name of librarySources()) cpSync(join(root, name), join(dist, "sources", sourcePath(name)));
  writeFileSync(index, JSON.stringify(names));
  writeFileSync(join(dist, "library.js"), indexModule(names));
  if (failures.length === 0) writeFileSync(stamp, digest);
  return { names, isNew: true, failures };
}

/** Of the texts, and of all that the compiler is made of. */
async function digestOfLibrary(): Promise<string> {
  const { metafile } = await esbuild.build({
    entryPoints: [builder],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    absWorkingDir: root,
  });
  const hash = createHash("sha256");
  for (const name of [...Object.keys(metafile.inputs), "tools/library.ts", ...librarySources()].sort())
    hash.update(`${name}\0`).update(readFileSync(join(root, name)));
  return hash.digest("hex");
}

/** From the root of the package. */
function librarySources(): string[] {
  return readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ex"))
    .map((name) => join("lib", name));
}

/** How bundlers find the modules: each becomes a file that is fetched when it is first needed. */
function indexModule(names: readonly string[]): string {
  const entries = names.map((name) => `${JSON.stringify(name)}:()=>import("./lib/${name}.js")`);
  return `export const library={__proto__:null,${entries.join(",\n")}};\n`;
}

/** A module of the host that exports the function of `$` whose body the text is, minified. */
async function minify(text: string): Promise<string> {
  const { code } = await esbuild.transform(`_=function($){${text}\n}`, {
    minify: true,
    charset: "utf8",
    target: "es2023",
  });
  return `export default(${code.trim().replace(/^_=/, "").replace(/;$/, "")})`;
}
