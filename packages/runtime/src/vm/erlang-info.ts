/**
 * `module_info/0,1` of Erlang's modules. Part of them may be native and part compiled from Elixir, which knows its own
 * part alone; so the answer is made of what the module exports at the time. Unlike Elixir's they have no `__info__/1`.
 */

import { type Atom, atom, FALSE } from "../term/atom.ts";
import { binary } from "../term/bitstring.ts";
import { compareTerms } from "../term/compare.ts";
import { errorIn } from "../term/error.ts";
import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import type { ModuleEntry } from "./code-server.ts";
import { compileInfo } from "./module-info.ts";

export const isErlangName = (module: Atom): boolean => !module.name.startsWith("Elixir.");

/** All items, for `module_info/0`. */
export function moduleInfo(entry: ModuleEntry): Term {
  return list(
    ["module", "exports", "attributes", "compile", "md5"].map((key) =>
      tuple(atom(key), item(entry, atom(key))),
    ),
  );
}

/** One item, for `module_info/1`. */
export function item(entry: ModuleEntry, key: Term): Term {
  switch ((key as Atom).name) {
    case "module":
      return entry.name;
    case "exports":
    case "functions": {
      return list(
        entry
          .exported()
          .map(({ name, arity }) => tuple(name, arity))
          .sort(compareTerms),
      );
    }
    case "compile":
      return compileInfo((entry.definition ?? {}) as object);
    case "attributes":
    case "nifs":
      return EMPTY;
    case "md5":
      return binary(new Uint8Array(16));
    case "native":
      return FALSE;
    default:
      throw errorIn("badarg", "erlang", "get_module_info", [entry.name, key]);
  }
}
