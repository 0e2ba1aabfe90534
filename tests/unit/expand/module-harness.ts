/**
 * Defining modules without a compiler: bodies may hold what `:elixir_bootstrap` offers and calls of natives, which are
 * carried out one by one. What would be compiled is kept.
 */

import { defineNatives } from "../../../packages/runtime/src/expand/define/natives.ts";
import type { Diagnostic, Host, ModuleDefinition } from "../../../packages/runtime/src/expand/host.ts";
import { newEnv, newScope } from "../../../packages/runtime/src/expand/index.ts";
import type { ExpanderModule } from "../../../packages/runtime/src/expand/native.ts";
import { natives, resetExpander } from "../../../packages/runtime/src/expand/natives.ts";
import type { Task } from "../../../packages/runtime/src/process/task.ts";
import { parse } from "../../../packages/runtime/src/syntax/index.ts";
import { metaGet } from "../../../packages/runtime/src/syntax/quoted.ts";
import * as T from "../../../packages/runtime/src/term/index.ts";
import { show } from "./harness.ts";

export class Definitions {
  readonly modules: ModuleDefinition[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #natives: Map<string, ExpanderModule>;
  readonly #host: Host;

  constructor() {
    resetExpander();
    const code: Host["code"] = (module, name, arity) => {
      const native = this.#natives.get(module.name);
      const found = native?.functions[`${name.name}/${arity}`];
      if (found !== undefined) return found;
      // The process dictionary, in which nothing is collected.
      return module.name === "erlang" && name.name === "get" ? () => T.UNDEFINED : null;
    };
    this.#host = {
      bootstrap: false,
      ensureLoaded: (module) => immediately(this.#natives.has(module.name)),
      awaitModule: (module) => immediately(this.#natives.has(module.name)),
      awaitStruct: (module) => immediately(this.#natives.has(module.name)),
      announceModule: () => immediately(undefined),
      awaitAll: () => immediately(undefined),
      code,
      exports: () => [],
      evaluate: (expanded, inputs) => this.#evaluate(expanded, inputs),
      compileLocals: () => {
        throw new Error("no macros are called here");
      },
      defineModule: (definition) => {
        this.modules.push(definition);
        return immediately<T.Term>(T.text("code"));
      },
      print: () => {},
      workingDirectory: () => null,
      diagnostic: (diagnostic) => void this.diagnostics.push(diagnostic),
    };
    this.#natives = new Map(
      [...natives(this.#host), ...defineNatives(this.#host)].map((native) => [native.module, native]),
    );
  }

  /** Defines the modules of the text; throws `Raised` as the definition does. */
  define(source: string): ModuleDefinition {
    const scope = newScope(this.#host, newEnv(), undefined, new Map());
    const form = parse(`import :elixir_bootstrap\n${source}`);
    finish(this.#evaluateAll(finish(scope.expand(form)), scope.constants as Map<number, T.Term>));
    return this.modules[this.modules.length - 1];
  }

  messages(source: string): string[] {
    try {
      this.define(source);
    } catch (error) {
      if (!(error instanceof T.Raised)) throw error;
    }
    return this.diagnostics.map(({ message }) => message);
  }

  *#evaluate(expanded: T.Term, inputs: ReadonlyMap<number, T.Term>) {
    return { value: yield* this.#evaluateAll(expanded, inputs), outputs: [] };
  }

  *#evaluateAll(form: T.Term, inputs: ReadonlyMap<number, T.Term>): Task {
    if (form instanceof T.Tuple2) {
      return T.tuple(yield* this.#evaluateAll(form.a, inputs), yield* this.#evaluateAll(form.b, inputs));
    }
    const items = T.listToArray(form);
    if (items !== null) return T.list(yield* this.#each(items, inputs));
    if (!(form instanceof T.Tuple3)) return form;
    const version = metaGet(form.b, T.atom("version"));
    if (form.c instanceof T.Atom) return inputs.get(version as number) as T.Term;
    const args = yield* this.#each(T.listToArray(form.c) ?? [], inputs);
    if (form.a === T.atom("__block__")) return args[args.length - 1];
    if (form.a === T.atom("{}")) return T.tupleOf(args);
    const [module, name] = T.listToArray((form.a as T.Tuple3).c) as T.Atom[];
    const native = this.#natives.get(module.name);
    const key = `${name.name}/${args.length}`;
    const task = native?.tasks?.[key];
    if (task !== undefined) return yield* task(...args);
    const found = native?.functions[key];
    if (found === undefined) throw new Error(`no native ${module.name}.${key}`);
    return found(...args);
  }

  *#each(forms: readonly T.Term[], inputs: ReadonlyMap<number, T.Term>): Task<T.Term[]> {
    const values: T.Term[] = [];
    for (const form of forms) values.push(yield* this.#evaluateAll(form, inputs));
    return values;
  }
}

/** Clauses of a definition as text: `def f(x@0) when guard = body`. */
export function clauses(module: ModuleDefinition, name: string, arity: number): string[] {
  const found = module.definitions.find(
    (definition) => definition.name.name === name && definition.arity === arity,
  );
  return (found?.clauses ?? []).map(({ args, guards, body }) => {
    const when = guards.map((guard) => ` when ${show(guard)}`).join("");
    return `${found?.kind} ${name}(${args.map(show).join(", ")})${when} = ${show(body)}`;
  });
}

function* immediately<Result>(result: Result): Task<Result> {
  return result;
}

function finish<Result>(task: Task<Result>): Result {
  const step = task.next();
  if (!step.done) throw new Error("suspended");
  return step.value;
}
