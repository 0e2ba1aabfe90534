/**
 * The package as npm would publish it: packed, installed without a network into an empty project, and used there, from
 * Node, from a type checker, and from browsers through two bundlers. What its README shows runs.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import * as esbuild from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { build as viteBuild } from "vite";
import { nodeBinary } from "../support/nodes.ts";
import { openBrowser } from "../support/site.ts";

const root = resolve(import.meta.dirname, "../..");
const source = join(root, "packages/runtime");
const folder = mkdtempSync(join(tmpdir(), "beamlet-package-"));
const project = join(folder, "project");
const installed = join(project, "node_modules/beamlet");
let tarball: string;

const PROCESSES = ["spawn", "send", "receive", "self"];
const SERVERS = [...PROCESSES, "call", "cast", "reply", "GenServer", "Supervisor"];
const OTP = [
  ...SERVERS,
  "DynamicSupervisor",
  "Task",
  "Agent",
  "Registry",
  "link",
  "monitor",
  "exit",
  "trapExit",
];

/** Gzipped and minified bytes of a program that imports so much, and no more. The goals are 6,000 for processes and 15,000 with OTP. */
const SIZES = [
  { what: "processes", names: PROCESSES, most: 8_890 },
  { what: "servers and supervisors", names: SERVERS, most: 14_880 },
  { what: "all of OTP", names: OTP, most: 17_180 },
  { what: "everything", names: null, most: 20_350 },
] as const;

before(() => {
  execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: source, stdio: "pipe" });
  tarball = join(folder, `beamlet-${manifest(source).version}.tgz`);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], {
    cwd: project,
    stdio: "pipe",
  });
});

after(() => rmSync(folder, { recursive: true }));

function manifest(path: string): { version: string; dependencies?: object; peerDependencies?: object } {
  return JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
}

function projectFile(name: string, text: string): string {
  const path = join(project, name);
  writeFileSync(path, text);
  return path;
}

/** The TypeScript of the README's blocks. */
function readmeBlocks(): string[] {
  const text = readFileSync(join(installed, "README.md"), "utf8");
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
}

const echo = `import { receive, self, send, spawn } from "beamlet";

declare function report(text: string): void;

const echo = spawn(function* () {
  const { from, text } = yield* receive<{ from: ReturnType<typeof self>; text: string }>();
  send(from, text.toUpperCase());
});
spawn(function* () {
  send(echo, { from: self(), text: "hello" });
  report(yield* receive<string>());
});
`;
/** The same without types. */
const plainEcho = esbuild.transformSync(echo, { loader: "ts" }).code;

test("it needs no other package", () => {
  const { dependencies, peerDependencies } = manifest(installed);
  assert.deepEqual([dependencies ?? {}, peerDependencies ?? {}], [{}, {}]);
});

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test("the types are right for those who import it", async () => {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  assert.ok(analysis.types);
  // An ESM package cannot be required by the CommonJS of old, and TypeScript's resolution of Node 10 knows no exports.
  const accepted = new Set(["CJSResolvesToESM", "NoResolution"]);
  const problems = analysis.problems.filter(
    (problem) =>
      !(
        accepted.has(problem.kind) &&
        "resolutionKind" in problem &&
        /node10|cjs/.test(problem.resolutionKind ?? "")
      ),
  );
  assert.deepEqual(problems, []);
});

for (const version of ["22.12.0", "24", "26"]) {
  test(`it runs on Node ${version}`, async (t) => {
    const node = await nodeBinary(version);
    if (node === null) return t.skip(`Node ${version} is not in the cache and could not be fetched`);
    const script = projectFile("echo.js", `${plainEcho}\nglobalThis.report = console.log;`);
    const run = (...args: string[]) => {
      const { stdout, stderr, status } = spawnSync(node, args, { cwd: project, encoding: "utf8" });
      return { stdout, stderr, status };
    };
    assert.deepEqual(run(script), { stdout: "HELLO\n", stderr: "", status: 0 });
    const command = join(installed, "bin/beamlet.js");
    assert.deepEqual(run(command, "eval", "Enum.sum(1..4)"), { stdout: "10\n", stderr: "", status: 0 });
  });
}

test("what the README shows runs", () => {
  const blocks = readmeBlocks();
  assert.ok(blocks.length > 0);
  for (const [index, block] of blocks.entries()) {
    const { code } = esbuild.transformSync(block, { loader: "ts" });
    const script = projectFile(`readme-${index}.js`, code);
    const { stderr, status } = spawnSync(process.execPath, [script], { cwd: project, encoding: "utf8" });
    assert.deepEqual({ stderr, status }, { stderr: "", status: 0 }, block);
  }
});

test("it is checked under strict, with the modules of Node and of bundlers", () => {
  projectFile("echo.ts", echo);
  const names = readmeBlocks().map((block, index) => {
    projectFile(`readme-${index}.ts`, block);
    return `readme-${index}.ts`;
  });
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  for (const [module, resolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    const options = ["--strict", "--noEmit", "--target", "es2023", "--lib", "es2024,dom", "--types", ""];
    const { stdout, status } = spawnSync(
      process.execPath,
      [tsc, ...options, "--module", module, "--moduleResolution", resolution, "echo.ts", ...names],
      { cwd: project, encoding: "utf8" },
    );
    assert.deepEqual({ stdout, status }, { stdout: "", status: 0 });
  }
});

test("functions of Elixir have the types that they are given, and without any they are called as they are", () => {
  projectFile(
    "elixir.ts",
    `import { type AsyncOperation, loadModule } from "beamlet";
import { elixirModule } from "beamlet/elixir";
const Text = elixirModule<{ upcase(text: string): AsyncOperation<string> }>("String");
export const shout: string = await Text.upcase("ada");
const Stack = await loadModule<{ push(item: number): AsyncOperation<void> }>("stack.ex");
await Stack.push(1);
// @ts-expect-error: it takes a number
await Stack.push("one");
export const sum: number = await elixirModule("Enum").sum([1, 2]);
`,
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = [
    "--strict",
    // Part of what `tsc --init` writes.
    "--noUncheckedIndexedAccess",
    "--exactOptionalPropertyTypes",
    "--noEmit",
    "--target",
    "es2023",
    "--lib",
    "es2024,dom",
    "--types",
    "",
    "--module",
  ];
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, "nodenext", "elixir.ts"], {
    cwd: project,
    encoding: "utf8",
  });
  assert.deepEqual({ stdout, status }, { stdout: "", status: 0 });
});

test("Vite and esbuild bundle it for a browser, which runs it", async () => {
  const page = `${plainEcho}\nglobalThis.report = (text) => (document.title = text);`;
  projectFile("page.js", page);
  const options = { bundle: true, minify: true, format: "esm", platform: "browser", write: false } as const;
  const byEsbuild = await esbuild.build({ ...options, entryPoints: [join(project, "page.js")] });
  const byVite = (await viteBuild({
    root: project,
    configFile: false,
    logLevel: "error",
    build: { write: false, rollupOptions: { input: join(project, "page.js") } },
  })) as { output: { code: string }[] };
  const browser = await openBrowser();
  try {
    for (const code of [byEsbuild.outputFiles[0].text, byVite.output[0].code]) {
      const tab = await browser.newPage();
      await tab.setContent("<!doctype html><title>waiting</title>");
      await tab.addScriptTag({ content: code, type: "module" });
      await tab.waitForFunction(() => document.title === "HELLO", null, { timeout: 60_000 });
      await tab.close();
    }
  } finally {
    await browser.close();
  }
});

const elixirPage = `import { call, evaluate, GenServer } from "beamlet";
import { elixirModule } from "beamlet/elixir";

async function program() {
  const list = await evaluate("Enum.map(list, & &1 * 2)", { bindings: { list: [1, 2, 3] } });
  await GenServer.start({ init: () => ({ state: 0 }), handleCall: (n) => ({ reply: n + 1 }) }, undefined, { name: "adder" });
  const answer = await evaluate("GenServer.call(:adder, 41)");
  return JSON.stringify([list, answer, await elixirModule("String").upcase("ada")]);
}
program().catch((error) => error.message).then((text) => (document.title = text));`;

/** Files in memory, and which were asked for. */
async function serve(files: ReadonlyMap<string, string>, entry: string, policy = "") {
  const asked: string[] = [];
  const server = createServer(({ url }, response) => {
    const path = decodeURIComponent(url!.slice(1));
    asked.push(path);
    const text =
      path === "" ? `<!doctype html><script type="module" src="/${entry}"></script>` : files.get(path);
    response.statusCode = text === undefined ? 404 : 200;
    response.setHeader("content-type", path.endsWith(".js") ? "text/javascript" : "text/html");
    if (policy !== "") response.setHeader("content-security-policy", policy);
    response.end(text);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test("Elixir runs in a browser, which fetches of the library what it needs", async (t) => {
  projectFile("elixir-page.js", elixirPage);
  const input = join(project, "elixir-page.js");
  const byEsbuild = await esbuild.build({
    entryPoints: [input],
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    write: false,
    outdir: project,
  });
  const esbuildFiles = new Map(byEsbuild.outputFiles.map(({ path, text }) => [basename(path), text]));
  const byVite = (await viteBuild({
    root: project,
    configFile: false,
    logLevel: "error",
    build: { write: false, rollupOptions: { input } },
  })) as { output: { fileName: string; code?: string; isEntry?: boolean }[] };
  const viteFiles = new Map(byVite.output.map(({ fileName, code = "" }) => [fileName, code]));
  const viteEntry = byVite.output.find(({ isEntry }) => isEntry)!.fileName;
  const browser = await openBrowser();
  const titleOf = async (files: ReadonlyMap<string, string>, entry: string, policy?: string) => {
    const { server, asked, origin } = await serve(files, entry, policy);
    const tab = await browser.newPage();
    await tab.goto(origin);
    await tab.waitForFunction(() => document.title !== "", null, { timeout: 60_000 });
    const title = await tab.title();
    await tab.close();
    server.close();
    server.closeAllConnections();
    return { title, asked };
  };
  try {
    for (const [files, entry] of [
      [esbuildFiles, "elixir-page.js"],
      [viteFiles, viteEntry],
    ] as const) {
      const { title, asked } = await titleOf(files, entry);
      assert.equal(title, '[[2,4,6],42,"ADA"]');
      t.diagnostic(`${asked.length} of ${files.size} files`);
      assert.ok(asked.length < files.size / 2, `${asked.length} of ${files.size} files`);
    }
    const { title } = await titleOf(esbuildFiles, "elixir-page.js", "script-src 'self'");
    assert.match(title, /'unsafe-eval'/);
  } finally {
    await browser.close();
  }
});

test("entry points in one bundle share the core, for browsers and for Node", async () => {
  const contents = `import { spawn } from "beamlet";
import { evaluate } from "beamlet/elixir";
import * as protocol from "beamlet/protocol";
console.log(spawn, evaluate, protocol);`;
  for (const platform of ["browser", "node"] as const) {
    const { outputFiles } = await esbuild.build({
      stdin: { contents, resolveDir: project },
      bundle: true,
      format: "esm",
      platform,
      write: false,
      external: ["*/library.js"],
    });
    const copies = outputFiles[0].text.match(/a scheduler cannot run inside a process/g);
    assert.equal(copies?.length, 1, platform);
  }
});

for (const { what, names, most } of SIZES) {
  test(`${what} in less than ${most} bytes, minified and gzipped`, async (t) => {
    const list = names === null ? "* as all" : `{ ${names.join(", ")} }`;
    const use = names === null ? "all" : names.join(", ");
    const contents = `import ${list} from "beamlet"; console.log(${use});`;
    const { outputFiles } = await esbuild.build({
      stdin: { contents, resolveDir: project },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      // Loaded by what asks for it.
      external: ["#elixir"],
    });
    const { length } = gzipSync(outputFiles[0].contents, { level: 9 });
    t.diagnostic(`${length} bytes`);
    assert.ok(length < most, `${length} bytes`);
  });
}
