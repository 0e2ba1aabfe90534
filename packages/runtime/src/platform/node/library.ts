/** The compiled library on disk: one file a module beside the bundles, read when a program first calls it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ModuleTexts {
  has(name: string): boolean;
  names(): readonly string[];
  read(name: string): string;
  fileOf(name: string): string | null;
  /** A pair with the typespecs, in the external term format; `null` when there is none. */
  documentation(name: string): Uint8Array | null;
}

export function libraryAt(folder: string, docs: string): ModuleTexts {
  const names = new Set<string>(JSON.parse(readFileSync(join(folder, "index.json"), "utf8")));
  const fileOf = (name: string) => join(folder, `${name}.js`);
  return {
    has: (name) => names.has(name),
    names: () => [...names],
    read: (name) => readFileSync(fileOf(name), "utf8"),
    fileOf: (name) => (names.has(name) ? fileOf(name) : null),
    documentation(name) {
      const path = join(docs, `${name}.etf`);
      return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
    },
  };
}

/** Where a source of the library, such as `lib/iex/helpers.ex`, is below the folder of sources: in its application, as in Elixir's own tree. */
export function sourcePath(file: string): string {
  const application = /^lib\/(eex|ex_unit|iex|logger)\b/.exec(file)?.[1];
  return join(application ?? (file.startsWith("lib/erlang/") ? "stdlib" : "elixir"), file);
}
