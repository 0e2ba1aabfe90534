/**
 * Expanding snippets without a machine: a host that knows a few modules, whose macros are TypeScript functions, and notes
 * what is reported. Expanded forms are shown as text, metadata reduced to versions.
 */

import { Imports, importSet } from "../../../packages/runtime/src/expand/env.ts";
import type { Diagnostic, Host } from "../../../packages/runtime/src/expand/host.ts";
import { type Env, newEnv, newScope } from "../../../packages/runtime/src/expand/index.ts";
import type { Task } from "../../../packages/runtime/src/process/task.ts";
import { parse } from "../../../packages/runtime/src/syntax/index.ts";
import { metaGet } from "../../../packages/runtime/src/syntax/quoted.ts";
import * as T from "../../../packages/runtime/src/term/index.ts";

export interface Module {
  readonly functions?: Record<string, number[]>;
  readonly macros?: Record<string, (caller: T.Term, ...args: T.Term[]) => T.Term>;
}

export const quoted = (source: string): T.Term => parse(source);

export class Expansion {
  readonly diagnostics: Diagnostic[] = [];
  readonly host: Host;

  constructor(modules: Record<string, Module> = {}) {
    this.host = {
      bootstrap: false,
      ensureLoaded: (module) => immediately(() => module.name in modules),
      awaitModule: (module) => immediately(() => module.name in modules),
      awaitStruct: (module) => immediately(() => module.name in modules),
      announceModule: () => immediately(() => undefined),
      awaitAll: () => immediately(() => undefined),
      code: (module, name, arity) => {
        const key = name.name.replace(/^MACRO-/, "");
        const macro = name.name.startsWith("MACRO-") ? modules[module.name]?.macros?.[key] : undefined;
        return macro !== undefined && macro.length === arity ? macro : null;
      },
      exports: (module) =>
        Object.entries(modules[module.name]?.functions ?? {}).flatMap(([name, arities]) =>
          arities.map((arity) => [T.atom(name), arity] as const),
        ),
      evaluate: () => immediately(() => unexpected("evaluate")),
      compileLocals: () => immediately(() => unexpected("compileLocals")),
      defineModule: () => immediately(() => unexpected("defineModule")),
      print: () => {},
      workingDirectory: () => null,
      diagnostic: (diagnostic) => void this.diagnostics.push(diagnostic),
    };
  }

  /** The expanded form; a reported error throws. */
  form(source: string | T.Term, env: Env = newEnv()): T.Term {
    const scope = newScope(this.host, env);
    return finish(scope.expand(typeof source === "string" ? quoted(source) : source));
  }

  shown(source: string, env?: Env): string {
    return show(this.form(source, env));
  }

  /** The first message reported by an expansion that fails. */
  error(source: string, env?: Env): string {
    try {
      this.form(source, env);
    } catch (error) {
      if (!(error instanceof T.Raised)) throw error;
      return this.diagnostics[0]?.message ?? "no message";
    }
    throw new Error(`expanded without an error: ${source}`);
  }

  warnings(source: string, env?: Env): string[] {
    this.form(source, env);
    return this.diagnostics.map(({ message }) => message);
  }
}

function* immediately<Result>(result: () => Result): Task<Result> {
  return result();
}

function unexpected(name: string): never {
  throw new Error(`the expansion of a snippet has no use for ${name}`);
}

function finish<Result>(task: Task<Result>): Result {
  const step = task.next();
  if (!step.done) throw new Error("suspended");
  return step.value;
}

/** An environment that imports these from `Kernel`. */
export function kernelEnv(functions: Record<string, number[]>): Env {
  const pairs = Object.entries(functions).flatMap(([name, arities]) =>
    arities.map((arity) => [T.atom(name), arity] as const),
  );
  return newEnv(new Imports([importSet(T.atom("Elixir.Kernel"), pairs)]));
}

/** Elixir-like text: `x@0` is version 0 of `x`, `foo(a)` a local call, `m.f(a)` a remote one. */
export function show(form: T.Term): string {
  if (form instanceof T.Atom) return atomText(form);
  if (form instanceof T.Float) return String(form.value);
  if (form instanceof T.Bitstring) return JSON.stringify(form.text);
  if (form instanceof T.Tuple2) return `{${show(form.a)}, ${show(form.b)}}`;
  if (form instanceof T.Tuple3) return node(form);
  const items = T.listToArray(form);
  if (items !== null) return `[${items.map(show).join(", ")}]`;
  return String(form);
}

function node({ a: name, b: meta, c: args }: T.Tuple3): string {
  if (name instanceof T.Atom && args instanceof T.Atom) {
    const version = metaGet(meta, T.atom("version"));
    return version === undefined ? name.name : `${name.name}@${version}`;
  }
  const shown = (T.listToArray(args) ?? []).map(show);
  if (name instanceof T.Atom) return `${name.name}(${shown.join(", ")})`;
  const dot = name as T.Tuple3;
  const [target, fun] = T.listToArray(dot.c) as T.Term[];
  return fun === undefined
    ? `${show(target)}.(${shown.join(", ")})`
    : `${show(target)}.${(fun as T.Atom).name}(${shown.join(", ")})`;
}

function atomText({ name }: T.Atom): string {
  if (name === "nil" || name === "true" || name === "false") return name;
  return name.startsWith("Elixir.") ? name.slice("Elixir.".length) : `:${name}`;
}
