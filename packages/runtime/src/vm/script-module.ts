/** The module that the code of a file outside of modules is compiled into. It is there while the code runs, then its name is free again. */
import { relativeToWorkingDirectory } from "../builtins/files.ts";
import type { Task } from "../process/task.ts";
import { type Atom, atom } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { moduleEntry } from "./code-server.ts";

/** The numbers of the modules that are there. */
const taken = new Set<number>();

/** Runs code in the module of the lowest free number, which knows the file that it is compiled from. */
export function* inScriptModule<T>(file: string, run: (module: Atom) => Task<T>): Task<T> {
  let number = 0;
  while (taken.has(number)) number++;
  taken.add(number);
  const entry = moduleEntry(atom(`elixir_compiler_${number}`));
  entry.setExports([{ functions: { "__RELATIVE__/0": () => text(relativeToWorkingDirectory(file)) } }]);
  try {
    return yield* run(entry.name);
  } finally {
    entry.setExports([]);
    taken.delete(number);
  }
}
