/**
 * The programs of `programs/`, compiled from what the real expander made of them, give what the real Elixir gave: with
 * ordinary slices, and when every call is preempted.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compileModule } from "../../../packages/runtime/src/compile/module.ts";
import type { Clause, Definition } from "../../../packages/runtime/src/expand/host.ts";
import type { Atom } from "../../../packages/runtime/src/term/atom.ts";
import { strictEquals } from "../../../packages/runtime/src/term/compare.ts";
import { listToArray } from "../../../packages/runtime/src/term/list.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { type Tuple, Tuple2 } from "../../../packages/runtime/src/term/tuple.ts";
import { show } from "../../../packages/runtime/src/vm/show.ts";
import { readTerm } from "./read.ts";
import { type Loaded, load, run } from "./runtime.ts";

const folder = join(import.meta.dirname, "programs");

/** As text, with what the recording could not write down left out. */
function comparable(term: Term): string {
  return show(term).replace(/(?:&[^ ,}\]]*|\bfn)\/\d+|#(PID|Reference)<[^>]*>/g, ":opaque");
}

function items(term: Term): Term[] {
  return listToArray(term) as Term[];
}

function fields(term: Term): Term[] {
  return (term as Tuple).toArray();
}

function readDefinition(term: Term): Definition {
  const [key, kind, meta, clauses] = fields(term);
  const [name, arity] = fields(key) as [Atom, number];
  return {
    name,
    arity,
    kind: (kind as Atom).name as Definition["kind"],
    meta,
    clauses: items(clauses).map((clause): Clause => {
      const [clauseMeta, args, guards, body] = fields(clause);
      return { meta: clauseMeta, args: items(args), guards: items(guards), body };
    }),
  };
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".txt"))) {
  for (const line of readFileSync(join(folder, file), "utf8").trim().split("\n")) {
    const [module, definitions, outcomes] = fields(readTerm(line)) as [Atom, Term, Term];
    let loaded: Loaded | null = null;
    test(`${file}: compiles`, () => {
      const source = compileModule({ module, file, definitions: items(definitions).map(readDefinition) });
      if (process.env.SHOW) console.log(source);
      loaded = load(source);
    });
    for (const outcome of items(outcomes)) {
      const [name, expected] = fields(outcome) as [Atom, Tuple2];
      for (const budget of [4000, 1, 7]) {
        test(`${file}: ${name.name} with ${budget} reductions`, async () => {
          const result = await run((loaded as Loaded).functions[`${name.name}/0`], [], budget);
          const actual =
            result.kind === "returned"
              ? result.value
              : result.kind === "raised"
                ? new Tuple2(result.raised.kind, result.raised.reason)
                : result.reason;
          const wanted = (expected.a as Atom).name === "value" ? expected.b : expected;
          if (!strictEquals(actual, wanted)) assert.equal(comparable(actual), show(wanted));
        });
      }
    }
  }
}
