/** Elixir for TypeScript code: evaluating text, loading modules, calling functions, in the caller's own process. */
import type { AsyncOperation } from "../actor/operation.ts";
import { checkOptions } from "../actor/options.ts";
import { operation } from "../actor/process.ts";
import { wait } from "../actor/receive.ts";
import { shortly, unexpected } from "../actor/show.ts";
import type { Platform } from "../platform/platform.ts";
import type { Task } from "../process/task.ts";
import { type Atom, atom } from "../term/atom.ts";
import { Fun } from "../term/fun.ts";
import type { Loader } from "./code-server.ts";
import { callFun, callFunction, embed, evaluateText, inElixir } from "./embedded.ts";
import type { Tuple } from "./javascript.ts";

/** What a host has: its devices and files, and where the library is. */
export interface ElixirHost {
  readonly platform: Platform;
  readonly loader: Loader;
}

/** What a text is evaluated with. */
export interface EvaluateOptions {
  /** Values for the variables of the text. */
  readonly bindings?: Readonly<Record<string, unknown>>;
  /** Names the text in stack traces. */
  readonly file?: string;
}

/**
 * The functions of a module: each call is an operation, to `yield*` or to `await`. Nothing is known of them: under
 * `noUncheckedIndexedAccess` none could be called, were they said to be functions.
 */
export interface ElixirModule {
  readonly [name: string]: any;
}

/** What TypeScript can ask of Elixir. */
export interface ElixirApi {
  /**
   * The value of Elixir text, evaluated in the process that asks. Errors of Elixir are thrown as `ElixirError`. Mirrors
   * `Code.eval_string/3`.
   *
   * @example
   * await evaluate("Enum.map(list, & &1 * 2)", { bindings: { list: [1, 2, 3] } }); // [2, 4, 6]
   */
  evaluate<Result = any>(source: string, options?: EvaluateOptions): AsyncOperation<Result>;
  /**
   * A module of Elixir, or of Erlang when the name is in lower case, loaded when it is first called. Its functions may be
   * given types; nothing checks that they are those of the module.
   *
   * @example
   * const Enum = elixirModule("Enum");
   * await Enum.sum([1, 2, 3]); // 6
   *
   * const Text = elixirModule<{ upcase(text: string): AsyncOperation<string> }>("String");
   * (await Text.upcase("ada")).length; // 3
   */
  elixirModule<Functions extends object = ElixirModule>(name: string): Functions;
  /**
   * Compiles the file of a module, and gives its functions; of several modules in the file, those of the last. Mirrors
   * `Code.compile_file/1`.
   *
   * @example
   * const Greeter = await loadModule(new URL("./greeter.ex", import.meta.url));
   * await Greeter.hello("Ada");
   */
  loadModule<Functions extends object = ElixirModule>(file: string | URL): AsyncOperation<Functions>;
  /** Calls a function that Elixir has given, such as `await evaluate("&(&1 + 1)")`. */
  callElixir<Result = any>(fun: unknown, ...args: unknown[]): AsyncOperation<Result>;
}

/**
 * Elixir on a host; it comes into the system of processes with its first use. `fetchText` gives the texts of files where the host has no
 * files of its own.
 */
export function elixirOn(
  host: () => ElixirHost,
  fetchText?: (file: string | URL) => Promise<string>,
): ElixirApi {
  function inSystem<Result>(start: () => Task): AsyncOperation<Result> {
    return operation(function* () {
      embed(host);
      return (yield* inElixir(start)) as Result;
    });
  }

  function elixirModule<Functions extends object = ElixirModule>(name: string): Functions {
    const module = atom(/^[A-Z]/.test(name) ? `Elixir.${name}` : name);
    return new Proxy({} as Functions, {
      get(_target, key) {
        // A module is no promise, whoever asks.
        if (typeof key !== "string" || key === "then") return undefined;
        return (...args: unknown[]) => inSystem(() => callFunction(module, key, args));
      },
    });
  }

  return {
    evaluate(source, options = {}) {
      checkOptions(options, "bindings, file");
      const { bindings = {}, file = "nofile" } = options;
      if (typeof source !== "string") throw unexpected("evaluate takes a text of Elixir", source);
      return inSystem(() => evaluateText(source, bindings, file));
    },
    elixirModule,
    loadModule(file) {
      if (typeof file !== "string" && !(file instanceof URL))
        throw unexpected("loadModule takes a path or a URL", file);
      const path = typeof file === "string" ? file : decodeURIComponent(file.pathname);
      return operation(function* () {
        const [name, args] =
          fetchText === undefined
            ? ["compile_file", [path]]
            : ["compile_string", [yield* wait(fetchText(file)), path]];
        const compiled = yield* inSystem<Tuple<[Atom, unknown]>[]>(() =>
          callFunction(atom("Elixir.Code"), name, args),
        );
        const last = compiled.at(-1);
        if (last === undefined) throw new Error(`${path} defines no module`);
        return elixirModule((last[0] as Atom).name.replace(/^Elixir\./, ""));
      });
    },
    callElixir(fun, ...args) {
      if (!(fun instanceof Fun))
        throw new TypeError(`callElixir takes a function of Elixir, not ${shortly(fun)}`);
      return inSystem(() => callFun(fun, args));
    },
  };
}
