/**
 * Writes the reference of the TypeScript API as pages of the site, from the comments of the sources: one page for each entry
 * point and each namespace. Nothing happens when no source has changed since.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Application, type Reflection, ReflectionKind, type TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";

const root = resolve(import.meta.dirname, "../..");
const runtime = join(root, "packages/runtime");
const target = join(root, "src/content/docs/reference");
const out = join(import.meta.dirname, "dist/pages");
const stamp = join(import.meta.dirname, "dist/stamp");

/** The entry points in the order of the navigation, and the names that they are imported by. */
const entries = [
  { file: "src/index.ts", module: "beamlet" },
  { file: "src/elixir.ts", module: "beamlet/elixir" },
];

/** Pages made here begin with the name of the package; those written by hand do not. */
const isMade = (name: string) => name.startsWith("beamlet");

const digest = digestOf([join(runtime, "src"), import.meta.dirname]);
if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest && readdirSync(target).some(isMade))
  process.exit(0);

const started = performance.now();
rmSync(out, { recursive: true, force: true });

const options: TypeDocOptions & Partial<PluginOptions> = {
  entryPoints: entries.map(({ file }) => join(runtime, file)),
  tsconfig: join(import.meta.dirname, "tsconfig.json"),
  plugin: ["typedoc-plugin-markdown"],
  outputs: [{ name: "markdown", path: out }],
  outputFileStrategy: "modules",
  readme: "none",
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  skipErrorChecking: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  hidePageTitle: true,
  useCodeBlocks: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  logLevel: "Warn",
  validation: { notExported: false, invalidLink: true, notDocumented: false },
};
const app = await Application.bootstrapWithPlugins(options as TypeDocOptions);
const project = await app.convert();
if (project === undefined) throw new Error("the sources could not be read");
const { Class, Function: Callable, Interface, TypeAlias } = ReflectionKind;
const silent = project
  .getReflectionsByKind(Class | Callable | Interface | TypeAlias)
  .filter((reflection) => !reflection.hasComment() && !hasDocumentedSignature(reflection))
  .map((reflection) => reflection.getFullName());
if (silent.length > 0) throw new Error(`exported without a word about it: ${silent.join(", ")}`);
await app.generateOutputs(project);

function hasDocumentedSignature(reflection: Reflection): boolean {
  return (
    reflection.isDeclaration() && reflection.signatures?.some((signature) => signature.hasComment()) === true
  );
}

/** A page of TypeDoc and what becomes of it. */
interface Page {
  readonly path: string;
  readonly title: string;
  readonly slug: string;
}

const pages = readdirSync(out, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".md") && path !== "README.md")
  .map(pageOf)
  .sort((a, b) => (a.slug < b.slug ? -1 : 1));

mkdirSync(target, { recursive: true });
for (const name of readdirSync(target)) if (isMade(name)) rmSync(join(target, name));
for (const [order, { path, title, slug }] of pages.entries()) {
  const front = [
    `title: ${JSON.stringify(title)}`,
    `description: ${JSON.stringify(`Every export of ${title}, from the comments of its source.`)}`,
    `sidebar: { order: ${order + 10} }`,
    "tableOfContents: { maxHeadingLevel: 3 }",
    "editUrl: false",
  ];
  const text = linked(path, readFileSync(join(out, path), "utf8"));
  writeFileSync(join(target, `${slug}.md`), `---\n${front.join("\n")}\n---\n\n${text}`);
}
writeFileSync(stamp, digest);
console.log(`reference of ${pages.length} pages in ${((performance.now() - started) / 1000).toFixed(1)} s`);

/** `index/namespaces/GenServer.md` is the page of `beamlet`'s GenServer. */
function pageOf(path: string): Page {
  const [first] = path.replace(/\.md$/, "").split("/");
  const { module } = entries.find(({ file }) => basename(file, ".ts") === first)!;
  const inner = /namespaces\/(.+?)(?:\/README)?\.md$/.exec(path)?.[1].replaceAll("/namespaces/", ".");
  const title = inner === undefined ? module : `${module}: ${inner}`;
  return { path, title, slug: title.toLowerCase().replaceAll(/[^a-z]+/g, "-") };
}

/** Links between files become links between pages. */
function linked(path: string, text: string): string {
  return text.replace(/\]\(([^)#\s]+\.md)/g, (_link, to: string) => {
    const page = pages.find((other) => other.path === join(dirname(path), to));
    if (page === undefined) throw new Error(`${path} links to ${to}, which is no page`);
    return `](../${page.slug}/`;
  });
}

function digestOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort())
      if (name.endsWith(".ts") && !name.includes("node_modules"))
        hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  return hash.digest("hex");
}
