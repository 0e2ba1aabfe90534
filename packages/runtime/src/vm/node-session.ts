/** The library and the sessions of Node. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Definition } from "../expand/host.ts";
import { libraryAt, sourcePath } from "../platform/node/library.ts";
import { nodePlatform } from "../platform/node/platform.ts";
import { decoded, type Loader, libraryModule, type ModuleSource } from "./code-server.ts";
import { definitionsOf } from "./definition-terms.ts";
import { type OpenSession, openSessionOn } from "./open-session.ts";
import type { FromWorker, SessionOptions } from "./protocol.ts";

type Modules = Readonly<Record<string, ModuleSource>>;

const NONE: Modules = Object.create(null);

/** Whoever loads one of these will run tests. The checker of types is among what tests need, but alone takes less from files of its own. */
const FIRST_OF_TESTS = ["Elixir.Beamlet.TestSuite", "Elixir.ExUnit"];

let library: Loader | null = null;

/** The library that is installed beside the bundles; the first who asks says whether it is a command, of which Node keeps the compiled code. */
export function installedLibrary(isCommand = false): Loader {
  if (library === null) {
    const docs = process.env.BEAMLET_DOCS ?? join(import.meta.dirname, "docs");
    const texts = libraryAt(process.env.BEAMLET_LIBRARY ?? join(import.meta.dirname, "lib"), docs);
    const isOwn = process.env.BEAMLET_LIBRARY === undefined;
    const first = isOwn ? modulesOf("first") : NONE;
    let tests = NONE;
    library = {
      has: texts.has,
      names: texts.names,
      file: texts.fileOf,
      documentation: texts.documentation,
      load(name) {
        if (isCommand && isOwn && tests === NONE && FIRST_OF_TESTS.includes(name)) tests = modulesOf("test");
        return located(first[name] ?? tests[name] ?? libraryModule(name, texts.read(name)));
      },
    };
  }
  return library;
}

/** Says where the source of a module is. */
function located(module: ModuleSource): ModuleSource {
  return (runtime) => {
    const definition = module(runtime);
    const source = join(import.meta.dirname, "sources", sourcePath(definition.file as string));
    return Object.assign(definition, { source });
  };
}

/**
 * The same with what its modules were compiled from: a command shows it in reports of errors, and compiles it again with
 * breakpoints. Other programs go without, as pages do.
 */
export function libraryWithDefinitions(): Loader {
  return { ...installedLibrary(true), definitions: definitionsOfLibrary };
}

function definitionsOfLibrary(name: string): readonly Definition[] | null {
  const path = join(
    process.env.BEAMLET_DEFINITIONS ?? join(import.meta.dirname, "definitions"),
    `${name}.etf`,
  );
  return existsSync(path) ? definitionsOf(decoded(new Uint8Array(readFileSync(path)))) : null;
}

/** What every program needs, or every run of tests, comes in one file of functions, which Node keeps compiled from one start to the next. */
function modulesOf(pack: "first" | "test"): Modules {
  return createRequire(import.meta.url)(`./${pack}-modules.cjs`);
}

/**
 * Starts a shell: Elixir text given to it shares bindings, imports and processes, as in `iex`.
 *
 * One session at a time: a second one forgets the modules that the first has defined.
 */
export function openSession(options: SessionOptions, receive: (message: FromWorker) => void): OpenSession {
  return openSessionOn(
    {
      platform: nodePlatform(),
      loader: installedLibrary(),
      heapUsed: () => process.memoryUsage().heapUsed,
    },
    options,
    receive,
  );
}
