/** Elixir for TypeScript code: evaluating text, loading modules, calling functions, in the caller's own process. */
import type { AsyncOperation } from "../actor/operation.ts";
import { operation } from "../actor/process.ts";
import { shortly } from "../actor/show.ts";
import { nodePlatform } from "../platform/node/platform.ts";
import { atom } from "../term/atom.ts";
import { Fun } from "../term/fun.ts";
import { callFun, callFunction, embed, evaluateText, inElixir } from "./embedded.ts";
import type { Tuple } from "./javascript.ts";
import { installedLibrary } from "./node-session.ts";

/** Elixir comes into the system of processes with the first use of it. */
function start(): void {
  embed({ platform: nodePlatform(), loader: installedLibrary() });
}

export interface EvaluateOptions {
  /** Values for the variables of the text. */
  readonly bindings?: Readonly<Record<string, unknown>>;
  /** Names the text in stack traces. */
  readonly file?: string;
}

/** The functions of a module: each call is an operation, to `yield*` or to `await`. */
export interface ElixirModule {
  readonly [name: string]: (...args: any[]) => AsyncOperation<any>;
}

/**
 * The value of Elixir text, evaluated in the process that asks. Errors of Elixir are thrown as `ElixirError`. Mirrors
 * `Code.eval_string/3`.
 *
 * @example
 * await evaluate("Enum.map(list, & &1 * 2)", { bindings: { list: [1, 2, 3] } }); // [2, 4, 6]
 */
export function evaluate<Result = any>(
  source: string,
  { bindings = {}, file = "nofile" }: EvaluateOptions = {},
): AsyncOperation<Result> {
  return operation(function* () {
    start();
    return (yield* inElixir(() => evaluateText(source, bindings, file))) as Result;
  });
}

/**
 * A module of Elixir, or of Erlang when the name is in lower case, loaded when it is first called.
 *
 * @example
 * const Enum = elixirModule("Enum");
 * await Enum.sum([1, 2, 3]); // 6
 */
export function elixirModule(name: string): ElixirModule {
  const module = atom(/^[A-Z]/.test(name) ? `Elixir.${name}` : name);
  const functions = new Map<string, (...args: unknown[]) => AsyncOperation<unknown>>();
  return new Proxy({} as ElixirModule, {
    get(_target, key) {
      // A module is no promise, whoever asks.
      if (typeof key !== "string" || key === "then") return undefined;
      let called = functions.get(key);
      if (called === undefined) {
        called = (...args) =>
          operation(function* () {
            start();
            return yield* inElixir(() => callFunction(module, key, args));
          });
        functions.set(key, called);
      }
      return called;
    },
  });
}

/**
 * Compiles the file of a module, and gives its functions; of several modules in the file, those of the last. Mirrors `Code.compile_file/1`.
 *
 * @example
 * const Greeter = await loadModule(new URL("./greeter.ex", import.meta.url));
 * await Greeter.hello("Ada");
 */
export function loadModule(file: string | URL): AsyncOperation<ElixirModule> {
  const path = typeof file === "string" ? file : decodeURIComponent(file.pathname);
  return operation(function* () {
    start();
    const Code = atom("Elixir.Code");
    const modules = (yield* inElixir(() => callFunction(Code, "compile_file", [path]))) as Tuple<
      [{ name: string }, unknown]
    >[];
    const last = modules.at(-1);
    if (last === undefined) throw new Error(`${path} defines no module`);
    return elixirModule((last[0] as { name: string }).name.replace(/^Elixir\./, ""));
  });
}

/** Calls a function that Elixir has given, such as `evaluate("&(&1 + 1)")`. */
export function callElixir<Result = any>(fun: unknown, ...args: unknown[]): AsyncOperation<Result> {
  if (!(fun instanceof Fun))
    throw new TypeError(`callElixir takes a function of Elixir, not ${shortly(fun)}`);
  return operation(function* () {
    start();
    return (yield* inElixir(() => callFun(fun, args))) as Result;
  });
}
