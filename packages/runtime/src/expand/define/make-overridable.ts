/** `defoverridable`: of listed functions, or of all callbacks of a behaviour. */
import { call, type Task } from "../../process/task.ts";
import { Atom, atom, OK } from "../../term/atom.ts";
import { listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2 } from "../../term/tuple.ts";
import { namesAndArities, newEnv } from "../env.ts";
import { argumentError, inspect, inspectAtom } from "../errors.ts";
import type { Host } from "../host.ts";
import { requireWritable } from "./attributes.ts";
import { recordOverridable, takeDefinition } from "./overridable.ts";

export function* makeOverridable(host: Host, module: Term, what: Term): Task<Term> {
  const open = requireWritable(module, "make_overridable", 2);
  const env = newEnv().with({ module: open.module });
  let pairs: readonly Term[];
  if (what instanceof Atom)
    pairs = yield* callbacksOf(host, open.accumulated("behaviour"), open.module, what);
  else pairs = listToArray(what) ?? [];
  for (const pair of pairs) {
    if (!(pair instanceof Tuple2) || !(pair.a instanceof Atom) || !isArity(pair.b)) {
      throw argumentError(
        "each element in tuple list has to be a {function_name :: atom, arity :: 0..255} tuple, " +
          `got: ${yield* inspect({ host }, pair)}`,
      );
    }
    const { a: name, b: arity } = pair;
    if (what instanceof Atom && open.definition(name, arity) === undefined) continue;
    const taken = takeDefinition(open, name, arity);
    if (taken === null) {
      throw argumentError(
        `cannot make function ${name.name}/${arity} overridable because it was not defined`,
      );
    }
    recordOverridable({ host, env }, open, taken);
  }
  return OK;
}

function isArity(value: Term): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}

function* callbacksOf(host: Host, behaviours: readonly Term[], _module: Atom, behaviour: Atom): Task<Term[]> {
  const shown = inspectAtom(behaviour);
  if (!(yield* host.awaitModule(behaviour))) {
    throw argumentError(
      `cannot pass module ${shown} as argument to defoverridable/1 because it was not defined`,
    );
  }
  const info = host.code(behaviour, atom("behaviour_info"), 1);
  if (info === null) {
    throw argumentError(
      `cannot pass module ${shown} as argument to defoverridable/1 because it does not define any callbacks`,
    );
  }
  if (!behaviours.includes(behaviour)) {
    throw argumentError(
      `cannot pass module ${shown} as argument to defoverridable/1 because its corresponding behaviour is missing. ` +
        `Did you forget to add @behaviour ${shown}?`,
    );
  }
  const callbacks = namesAndArities(yield* call(info, atom("callbacks")));
  return callbacks.map(([name, arity]) =>
    name.name.startsWith("MACRO-")
      ? new Tuple2(atom(name.name.slice("MACRO-".length)), arity - 1)
      : new Tuple2(name, arity),
  );
}
