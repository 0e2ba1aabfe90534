/**
 * What the expander needs of the machine around it, and what it hands over: definitions of modules,
 * expressions to evaluate, diagnostics. Implemented by `vm/`; the expander itself neither compiles nor loads.
 *
 * A variable of an expanded form is known by the `version` in its metadata alone, unique within one definition
 * or one evaluation.
 */
import type { Task } from "../process/task.ts";
import type { Atom } from "../term/atom.ts";
import type { Code } from "../term/fun.ts";
import type { Term } from "../term/term.ts";
import type { Env } from "./env.ts";

export type DefinitionKind = "def" | "defp" | "defmacro" | "defmacrop";

/** One clause, expanded: patterns, guards (any of which may hold), body. */
export interface Clause {
  readonly meta: Term;
  readonly args: readonly Term[];
  readonly guards: readonly Term[];
  readonly body: Term;
}

/**
 * A function or macro with all its clauses. A macro `name/arity` compiles to the function `MACRO-name` of one
 * parameter more, the first being the caller's `%Macro.Env{}`, which `__CALLER__` in its body stands for.
 */
export interface Definition {
  readonly name: Atom;
  readonly arity: number;
  readonly kind: DefinitionKind;
  readonly meta: Term;
  readonly clauses: readonly Clause[];
}

/** Documentation of a definition, as `Code.fetch_docs` gives it. */
export interface Documentation {
  readonly kind: "function" | "macro" | "type" | "callback" | "macrocallback";
  readonly name: Atom;
  readonly arity: number;
  readonly line: number;
  /** Of functions and macros: the quoted parameters of each clause, the last one first. */
  readonly signature: Term;
  /** A string, `false` when hidden, `nil` when none. */
  readonly doc: Term;
  readonly metadata: Term;
  /** Whether a macro has made it. */
  readonly generated?: boolean;
}

/** What a module tells of itself beside its functions. */
export interface ModuleInfo {
  /** The fields of its struct, where it has one. */
  readonly struct?: Term;
  readonly deprecated?: Term;
  /** Unless there is nothing but the version, which is not kept. */
  readonly attributes?: Term;
}

/**
 * A module whose body has run, ready to compile. `definitions` holds all its functions but `__info__/1` and `module_info/0,1`,
 * which the host makes of what it exports and of `info`.
 */
export interface ModuleDefinition {
  readonly module: Atom;
  readonly file: string;
  readonly line: number;
  readonly definitions: readonly Definition[];
  readonly info: ModuleInfo;
  /** Persisted attributes, in order. */
  readonly attributes: readonly (readonly [Atom, Term])[];
  /** The typespecs as attributes in Erlang's abstract format. */
  readonly typespecs: Term;
  /** Values of `@compile`. */
  readonly compileOptions: readonly Term[];
  /** A function to run when the module is loaded: `{name, arity}`. */
  readonly onLoad: Term | null;
  readonly moduledoc: Term;
  /** What is given beside it, as `since: "1.0.0"`, and the behaviours. */
  readonly moduledocMetadata: Term;
  readonly docs: readonly Documentation[];
  /** Whether the documentation is part of the object code. */
  readonly keepsDocs: boolean;
}

export interface Diagnostic {
  readonly severity: "warning" | "error";
  readonly message: string;
  readonly file: string | null;
  /** The file that is compiled, where it is not the one that is compiled just now. */
  readonly source?: string;
  /** 0 when unknown. */
  readonly line: number;
  readonly column: number | null;
  /** Line and column of the end, when known. */
  readonly span: readonly [number, number] | null;
  /** Where it is: `Mod.fun/1`, `Mod (module)`, or `null` outside modules. */
  readonly inside: { readonly module: Atom; readonly name: Atom; readonly arity: number } | null;
  /** The stack trace that a program has given; else it follows from the place. */
  readonly stacktrace?: Term;
  /** How the first entry of that stack trace reads, and all of them where there is no file. */
  readonly location?: string;
  readonly trail?: readonly string[];
  /** Other places of the same kind, which the message is shown once for. */
  readonly more?: readonly Pick<Diagnostic, "file" | "line" | "column" | "inside">[];
  /** What follows the message where the line of the source is shown below it. */
  readonly lead?: string;
  /** Whether the line of the source is wanted; it is unless this is `false`. */
  readonly snippet?: boolean;
}

export interface Host {
  /** True while the library itself is being built from nothing: `Kernel` may be missing, warnings are not wanted. */
  readonly bootstrap: boolean;

  /** Loads the module if need be; whether there is one. */
  ensureLoaded(module: Atom): Task<boolean>;

  /** Like `ensureLoaded`, but while several files are compiled together waits for one of them to define the module. */
  awaitModule(module: Atom): Task<boolean>;

  /** Like `awaitModule`, but also returns when a module that is not complete yet has defined its struct. */
  awaitStruct(module: Atom): Task<boolean>;

  /** Says that the module is defined to those who wait for it. */
  announceModule(module: Atom, objectCode: Term): Task<void>;

  /** Waits until everything that is compiled together is compiled. */
  awaitAll(): Task<void>;

  /** The code of an exported function of a loaded module, else `null`. */
  code(module: Atom, name: Atom, arity: number): Code | null;

  /** All exports of a loaded module, for those without `__info__/1`. */
  exports(module: Atom): readonly (readonly [Atom, number])[];

  /**
   * Runs an expanded expression in the current process. `inputs` are the variables it may read, by version;
   * the values of the versions in `outputs` are returned, in order. `asFile`: it is a file, which Elixir compiles; other
   * code it interprets.
   */
  evaluate(
    expanded: Term,
    inputs: ReadonlyMap<number, Term>,
    outputs: readonly number[],
    env: Env,
    asFile: boolean,
  ): Task<{ readonly value: Term; readonly outputs: readonly Term[] }>;

  /**
   * Compiles some definitions of a module that is still being defined, without loading them, and returns the code of
   * `name/arity` (`MACRO-name/arity+1` for a macro). Every local function that they call is among them.
   */
  compileLocals(
    module: Atom,
    definitions: readonly Definition[],
    name: Atom,
    arity: number,
    env: Env,
  ): Task<Code>;

  /** Compiles and loads the module. The result stands for its object code. */
  defineModule(definition: ModuleDefinition, env: Env): Task<Term>;

  /** The working directory, where the machine has files. */
  workingDirectory(): string | null;

  diagnostic(diagnostic: Diagnostic): void;

  /** Prints a diagnostic whether or not somebody collects them. */
  print(diagnostic: Diagnostic): void;
}
