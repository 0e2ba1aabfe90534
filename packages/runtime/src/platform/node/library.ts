/** The compiled library on disk: one file a module beside the bundles, read when a program first calls it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ModuleTexts {
  has(name: string): boolean;
  names(): readonly string[];
  read(name: string): string;
  /** A pair with the typespecs, in the external term format; `null` when there is none. */
  documentation(name: string): Uint8Array | null;
}

export function libraryAt(folder: string, docs: string): ModuleTexts {
  const names = new Set<string>(JSON.parse(readFileSync(join(folder, "index.json"), "utf8")));
  return {
    has: (name) => names.has(name),
    names: () => [...names],
    read: (name) => readFileSync(join(folder, `${name}.js`), "utf8"),
    documentation(name) {
      const path = join(docs, `${name}.etf`);
      return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
    },
  };
}
