/**
 * What the expander needs of the machine: it evaluates and compiles what has been expanded, with the compiler, and loads
 * it, with the code server.
 */
import { currentDirectory } from "../builtins/files.ts";
import { natives } from "../builtins/index.ts";
import type { NativeModule } from "../builtins/native.ts";
import { compileCell } from "../compile/index.ts";
import type { Env } from "../expand/env.ts";
import { exception } from "../expand/errors.ts";
import type { Definition, Diagnostic, Host } from "../expand/host.ts";
import { natives as expanderNatives, resetExpander } from "../expand/index.ts";
import { call, type Task } from "../process/task.ts";
import { type Atom, atom, NIL } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import type { Code } from "../term/fun.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import { application } from "./application-natives.ts";
import { codeNatives, onSyntaxWarning } from "./code-natives.ts";
import {
  awaitModule,
  compilerInfo,
  configureCodeServer,
  defineNative,
  ERROR_HANDLER,
  ensureLoaded,
  exportCell,
  instantiate,
  moduleEntry,
  moduleSource,
} from "./code-server.ts";
import { printDiagnostic, reportDiagnostic } from "./diagnostics.ts";
import { exposeNative, runtimeInterface } from "./interface.ts";
import { lateNatives } from "./late.ts";
import { inScriptModule } from "./script-module.ts";

export interface HostOptions {
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
  readonly bootstrap: boolean;
  readonly keepDocumentation: boolean;
  readonly onModule: (
    name: string,
    js: string,
    documentation: Term,
    definitions: readonly Definition[],
  ) => void;
}

let options: HostOptions;
let installed = false;

/** Makes the natives known, once, and says for which machine the expander works from now on. */
export function installHost(given: HostOptions): void {
  options = given;
  resetExpander();
  if (installed) return;
  installed = true;
  configureCodeServer({ runtime: runtimeInterface });
  for (const native of [
    ...natives,
    ...codeNatives,
    application,
    ...(expanderNatives(host) as NativeModule[]),
    ...lateNatives(host),
  ]) {
    exposeNative(native);
    defineNative(native);
  }
  onSyntaxWarning(({ file, line, column, message }) =>
    host.diagnostic({ severity: "warning", message, file, line, column, span: null, inside: null }),
  );
}

export function hostOptions(): HostOptions {
  return options;
}

/** The compiler recurses through expressions; the host's stack is what bounds their depth. */
export function compiling(file: string, compile: () => string): string {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw exception("CompileError", {
      description: text("expression nested too deeply"),
      file: text(file),
      line: 0,
    });
  }
}

let cells = 0;

/** The part of the host that only programs which define modules have: see `definer.ts`. */
export type Definer = Pick<Host, "compileLocals" | "defineModule">;

let definer: Definer;

export function useDefiner(given: Definer): void {
  definer = given;
}

export const host: Host = {
  get bootstrap() {
    return options.bootstrap;
  },

  *ensureLoaded(module: Atom): Task<boolean> {
    return (yield* ensureLoaded(module)) !== null;
  },

  awaitModule: (module) => awaitModule(module, "hard"),
  awaitStruct: (module) => awaitModule(module, "hard", "struct"),

  *announceModule(module: Atom, code: Term): Task<void> {
    const info = compilerInfo();
    if (info === null) return;
    const message = tuple(atom("available"), info.b, module, code);
    yield* call(exportCell(atom("erlang"), atom("send"), 2).code, info.a, message);
  },

  *awaitAll(): Task<void> {
    if (compilerInfo() !== null) yield* call(exportCell(ERROR_HANDLER, atom("await_all"), 0).code);
  },

  code(module: Atom, name: Atom, arity: number): Code | null {
    const cell = exportCell(module, name, arity);
    return cell.isExported ? cell.code : null;
  },

  exports(module: Atom) {
    return moduleEntry(module)
      .exported()
      .map(({ name, arity }) => [name, arity] as const);
  },

  *evaluate(
    expanded: Term,
    inputs: ReadonlyMap<number, Term>,
    outputs: readonly number[],
    env: Env,
    asFile: boolean,
  ) {
    function* inModule(module: Atom): Task<{ value: Term; outputs: Term[] }> {
      const js = compiling(env.fileName, () =>
        compileCell({
          expanded,
          module,
          compiled: asFile,
          file: env.fileName,
          name: env.module === NIL ? "__FILE__" : "__MODULE__",
          inputs: [...inputs.keys()],
          outputs,
        }),
      );
      const { cell } = instantiate(moduleSource(`cell-${++cells}`, js)) as unknown as { cell: Code };
      const [value, ...rest] = yield* call<Term[]>(cell, [...inputs.values()]);
      return { value, outputs: rest };
    }
    if (env.module !== NIL) return yield* inModule(env.module);
    return yield* asFile ? inScriptModule(env.fileName, inModule) : inModule(atom("elixir_eval"));
  },

  compileLocals: (...args) => definer.compileLocals(...args),
  defineModule: (...args) => definer.defineModule(...args),

  workingDirectory: currentDirectory,

  diagnostic(diagnostic: Diagnostic): void {
    reportDiagnostic(diagnostic, options.onDiagnostic);
  },

  print(diagnostic: Diagnostic): void {
    printDiagnostic(diagnostic, options.onDiagnostic);
  },
};
