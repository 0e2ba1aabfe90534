/**
 * Compiles the library ahead of time, with the runtime itself: every file of `lib/` is evaluated, and the text of each
 * module that it defines is kept. A file that needs a macro or a struct of another one has that file compiled first, so
 * the order is found, not written down; only `kernel.ex`, on which everything else depends, comes first by name.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compressed, encode } from "../etf/index.ts";
import { translateWaiting } from "../expand/define/typespecs.ts";
import { nodePlatform } from "../platform/node/platform.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import type { Loader } from "./code-server.ts";
import { definitionTerms } from "./definition-terms.ts";
import { evaluateFile } from "./evaluator.ts";
import { Machine } from "./machine.ts";

export interface Library {
  /** The JavaScript text of every module by its name. */
  readonly modules: ReadonlyMap<string, string>;
  /** The documentation of every module and what its typespecs say, a pair in the external term format. */
  readonly documentation: ReadonlyMap<string, Uint8Array>;
  /** The expanded definitions of Elixir's modules, in the external term format. */
  readonly definitions: ReadonlyMap<string, Uint8Array>;
  /** What did not compile, with the file in front. */
  readonly failures: readonly string[];
}

export async function buildLibrary(folder: string): Promise<Library> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ex"))
    .sort();
  const sources = new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  const owners = new Map<string, string>();
  for (const [file, source] of sources) for (const name of modulesIn(source)) owners.set(name, file);

  const modules = new Map<string, string>();
  const documentation = new Map<string, Term>();
  const definitions = new Map<string, Uint8Array>();
  const begun = new Map<string, Promise<void>>();
  const failures: string[] = [];

  const loader: Loader = {
    has(name) {
      const file = ownerOf(owners, name);
      return file !== undefined && !begun.has(file);
    },
    names: () => [...owners.keys()],
    async load(name) {
      await compile(ownerOf(owners, name)!);
      return null;
    },
  };
  const machine = new Machine({
    platform: nodePlatform(),
    loader,
    bootstrap: true,
    log: false,
    onModule: (name, js, docs, defined) => {
      modules.set(name, js);
      // Those of Erlang's are told of by nobody.
      if (name.startsWith("Elixir.")) definitions.set(name, compressed(encode(definitionTerms(defined))));
      documentation.set(name, docs);
    },
  });

  function compile(file: string): Promise<void> {
    let running = begun.get(file);
    if (running === undefined) {
      running = compileFile(file);
      begun.set(file, running);
    }
    return running;
  }

  async function compileFile(file: string): Promise<void> {
    const outcome = await machine.runTask(() => evaluateFile(sources.get(file)!, `lib/${file}`));
    if (outcome.kind !== "returned") failures.push(`lib/${file}: ${await machine.explain(outcome)}`);
  }

  await compile("kernel.ex");
  for (const file of files) await compile(file);
  const typespecs = new Map<string, Term>();
  const outcome = await machine.runTask(() =>
    translateWaiting((module, forms) => void typespecs.set(module.name, forms)),
  );
  if (outcome.kind !== "returned") failures.push(await machine.explain(outcome));
  machine.end();
  const encoded = [...documentation].map(([name, docs]): [string, Uint8Array] => {
    const pair = tuple(docs, typespecs.get(name) ?? EMPTY);
    return [name, compressed(encode(pair))];
  });
  return { modules, documentation: new Map(encoded), definitions, failures };
}

function ownerOf(owners: ReadonlyMap<string, string>, name: string): string | undefined {
  for (let prefix = name; prefix !== ""; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf(".")))) {
    const file = owners.get(prefix);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The modules that a file is seen to define, without running it: enough to know where to look. */
function* modulesIn(source: string): Generator<string> {
  for (const [, name] of source.matchAll(/^ *def(?:module|protocol|exception)\s+([\w.:]+)/gm)) {
    yield name.startsWith(":") ? name.slice(1) : `Elixir.${name}`;
  }
  for (const [, protocol, targets] of source.matchAll(
    /^ *defimpl\s+([\w.]+),\s*for:\s*(\[[^\]]*\]|[\w.]+)/gm,
  )) {
    for (const [target] of targets.matchAll(/[\w.]+/g)) yield `Elixir.${protocol}.${target}`;
  }
}
