/** A file of nothing but modules is no code to compile: each is defined at once, as Elixir does. Nothing is a variable in their names. */
import { call, type Task } from "../../process/task.ts";
import { BLOCK, DO, isCall, line as lineOf } from "../../syntax/quoted.ts";
import { atom } from "../../term/atom.ts";
import type { Code } from "../../term/fun.ts";
import { EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, type Tuple3 } from "../../term/tuple.ts";
import type { Env } from "../env.ts";
import type { Host } from "../host.ts";
import { compileModule } from "./module.ts";

const DEFMODULE = atom("defmodule");
const MACRO = atom("Elixir.Macro");

/** The definitions of modules that a form is made of; `null` if there is anything else in it. */
export function onlyModules(form: Term): Tuple3[] | null {
  if (isCall(form, BLOCK)) {
    const parts = (listToArray(form.c) as Term[]).map(onlyModules);
    return parts.includes(null) ? null : (parts as Tuple3[][]).flat();
  }
  if (!isCall(form, DEFMODULE, 2)) return null;
  const [, options] = listToArray(form.c) as Term[];
  const [block, ...others] = listToArray(options) ?? [];
  return block instanceof Tuple2 && block.a === DO && others.length === 0 ? [form] : null;
}

export function* defineAll(host: Host, modules: readonly Tuple3[], env: Env): Task<Term> {
  yield* host.ensureLoaded(MACRO);
  let result: Term = EMPTY;
  for (const { b: meta, c } of modules) {
    const [name, options] = listToArray(c) as Term[];
    const at = env.with({ line: lineOf(meta) });
    const module = yield* call<Term>(host.code(MACRO, atom("expand"), 2) as Code, name, at.toTerm());
    const block = ((listToArray(options) as Term[])[0] as Tuple2).b;
    const inside = at.with({ contextModules: list([module]) });
    result = yield* compileModule(host, meta, module, block, EMPTY, inside);
  }
  return result;
}
