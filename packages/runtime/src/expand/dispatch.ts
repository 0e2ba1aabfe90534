/**
 * What a call calls: an imported function or macro, a macro of the module being defined, a function or macro of a
 * module, or something local. Macros are run here and their results expanded.
 */
import { call, type Task } from "../process/task.ts";
import { line as lineOf, metaGet } from "../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { type CodePlace, NO_LINE, Raised } from "../term/error.ts";
import type { Code } from "../term/fun.ts";
import { listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { localDefinition, openModule } from "./define/open-modules.ts";
import { type Env, KERNEL } from "./env.ts";
import { fileError, inspectAtom, warn } from "./errors.ts";
import { linifyWithCounter } from "./hygiene.ts";
import { ambiguous, findImport, isSpecialForm, recordImport } from "./imports.ts";
import { inline } from "./rewrite.ts";
import type { Scope } from "./scope.ts";
import { trace } from "./trace.ts";

const REQUIRED = atom("required");
const INFO = atom("__info__");
const DEPRECATED = atom("deprecated");
const USING = atom("__using__");
const TO_STRING = atom("to_string");
const STRING_CHARS = atom("Elixir.String.Chars");

/** What a name stands for at a place. */
export type Resolution =
  | { readonly kind: "macro"; readonly module: Atom; readonly code: Code }
  | { readonly kind: "function"; readonly module: Atom; readonly name: Atom }
  | { readonly kind: "local" }
  | { readonly kind: "error"; readonly message: string };

const LOCAL: Resolution = { kind: "local" };

let lastCounter = 0;

/** A number, or a module and a number, that no other expansion has. */
export function nextCounter(module: Atom): Term {
  const open = module === NIL ? undefined : openModule(module);
  return open === undefined ? --lastCounter : new Tuple2(module, ++open.counter);
}

/** Counters start anew: only between programs. */
export function resetCounters(): void {
  lastCounter = 0;
}

export function macroCode(scope: Scope, module: Atom, name: Atom, arity: number): Code | null {
  return scope.host.code(module, atom(`MACRO-${name.name}`), arity + 1);
}

/** Resolves a call without a module. `locals`: whether macros of the module being defined count. */
export function* resolveImport(
  scope: Scope,
  meta: Term,
  name: Atom,
  arity: number,
  locals: boolean,
  record: boolean,
): Task<Resolution> {
  const { env, host } = scope;
  const found = findImport(meta, name, arity, env);
  if (found?.kind === "ambiguous") return { kind: "error", message: ambiguous(name, arity, found.modules) };
  if (found?.kind === "quoted") {
    if (yield* loaded(scope, found.module)) {
      const code = macroCode(scope, found.module, name, arity);
      if (code !== null) return { kind: "macro", module: found.module, code };
    }
    if (record) env.tracker?.useImport(found.module, name, arity);
    return { kind: "function", module: found.module, name };
  }
  const local = locals ? localDefinition(env.module, name, arity, ["defmacro", "defmacrop"]) : null;
  if (local !== null) {
    if (found !== null && found.module !== env.module) {
      const other = `${inspectAtom(found.module)}.${name.name}/${arity}`;
      return {
        kind: "error",
        message:
          `call to local macro ${name.name}/${arity} conflicts with imported ${other}, ` +
          "please rename the local macro or remove the conflicting import",
      };
    }
    return {
      kind: "macro",
      module: env.module,
      code: yield* openModule(env.module)!.compileLocal(host, local, env),
    };
  }
  if (found === null) {
    const target = env.module === KERNEL ? inline(KERNEL, name, arity) : undefined;
    return target === undefined ? LOCAL : { kind: "function", ...target };
  }
  if (record) recordImport(env, found.module, name, arity);
  if (found.kind === "function") return { kind: "function", module: found.module, name };
  yield* loaded(scope, found.module);
  const code = macroCode(scope, found.module, name, arity);
  if (code === null)
    return { kind: "error", message: `could not load macros from module ${inspectAtom(found.module)}` };
  return { kind: "macro", module: found.module, code };
}

/** The macro of a module, if it has it and the module is required. */
export function* resolveRequire(
  scope: Scope,
  meta: Term,
  module: Atom,
  name: Atom,
  arity: number,
): Task<Code | null> {
  const { env } = scope;
  if (module === KERNEL && env.module === KERNEL) {
    // Kernel's macros name each other by their full names, for where they are used.
    const local = localDefinition(module, name, arity, ["defmacro"]);
    if (local !== null) return yield* openModule(module)!.compileLocal(scope.host, local, env);
  }
  const required = module === env.module || metaGet(meta, REQUIRED) === TRUE || env.isRequired(module);
  if (!required || !(yield* loaded(scope, module))) return null;
  return macroCode(scope, module, name, arity);
}

function loaded(scope: Scope, module: Atom): Task<boolean> {
  return scope.host.ensureLoaded(module);
}

/** Whether macros of the module itself may be meant: inside its functions, apart from the one being defined. */
export function allowsLocals(env: Env, name: Atom, arity: number): boolean {
  return env.function instanceof Tuple2 && (env.function.a !== name || env.function.b !== arity);
}

/** Expands a call without a module: a macro's result, or what the callbacks make of the function. */
export function* dispatchImport(
  scope: Scope,
  meta: Term,
  name: Atom,
  args: readonly Term[],
  remote: (module: Atom, name: Atom) => Task<Term>,
  local: () => Task<Term>,
): Task<Term> {
  const arity = args.length;
  const resolved = yield* resolveImport(scope, meta, name, arity, allowsLocals(scope.env, name, arity), true);
  if ("module" in resolved)
    yield* trace(scope, `imported_${resolved.kind}`, meta, resolved.module, name, arity);
  switch (resolved.kind) {
    case "macro":
      yield* checkDeprecated(scope, "macro", meta, resolved.module, name, arity);
      return yield* expandMacro(scope, meta, resolved.module, name, resolved.code, args);
    case "function": {
      const target = inline(resolved.module, resolved.name, arity);
      if (target !== undefined) return yield* remote(target.module, target.name);
      yield* checkDeprecated(scope, "function", meta, resolved.module, name, arity);
      return yield* remote(resolved.module, resolved.name);
    }
    case "local":
      return yield* local();
    case "error":
      throw fileError(scope, meta, resolved.message);
  }
}

/** Expands `receiver.name(args)` with an expanded receiver. */
export function* dispatchRequire(
  scope: Scope,
  meta: Term,
  receiver: Term,
  name: Atom,
  args: readonly Term[],
  remote: (receiver: Term, name: Atom) => Task<Term>,
): Task<Term> {
  if (!(receiver instanceof Atom)) return yield* remote(receiver, name);
  if (receiver === KERNEL && scope.env.module === KERNEL && name === TO_STRING && args.length === 1) {
    // Interpolation in Kernel itself, whose macro is not there yet.
    return yield* remote(STRING_CHARS, name);
  }
  const target = inline(receiver, name, args.length);
  const code = target ? null : yield* resolveRequire(scope, meta, receiver, name, args.length);
  yield* trace(scope, `remote_${code ? "macro" : "function"}`, meta, receiver, name, args.length);
  if (target !== undefined) return yield* remote(target.module, target.name);
  if (code !== null) {
    yield* checkDeprecated(scope, "macro", meta, receiver, name, args.length);
    return yield* expandMacro(scope, meta, receiver, name, code, args);
  }
  yield* checkDeprecated(scope, "function", meta, receiver, name, args.length);
  return yield* remote(receiver, name);
}

function* expandMacro(
  scope: Scope,
  meta: Term,
  module: Atom,
  name: Atom,
  code: Code,
  args: readonly Term[],
): Task<Term> {
  const quoted = yield* callMacro(scope, meta, module, name, code, args);
  try {
    return yield* scope.expand(quoted);
  } catch (thrown) {
    noteExpansion(thrown, scope, meta, module, name, args.length);
    throw thrown;
  }
}

/** The result of a macro, with the line of `place`, if it has one, and a counter of its own. */
export function* callMacro(
  scope: Scope,
  meta: Term,
  module: Atom,
  name: Atom,
  code: Code,
  args: readonly Term[],
  place = meta,
): Task<Term> {
  const caller = scope.env.toTerm(lineOf(meta), scope.state.read);
  let quoted: Term;
  try {
    quoted = yield* call(code, caller, ...args);
  } catch (thrown) {
    if (thrown instanceof Raised && thrown.call?.name.name === `MACRO-${name.name}`) thrown.call = null;
    noteExpansion(thrown, scope, meta, module, name, args.length);
    throw thrown;
  }
  return linifyWithCounter(place, module, nextCounter(scope.env.module), quoted);
}

/** An error on its way out of a macro, or of what that has returned, tells which one it was, and where it was called. */
function noteExpansion(
  thrown: unknown,
  scope: Scope,
  meta: Term,
  module: Atom,
  name: Atom,
  arity: number,
): void {
  if (!(thrown instanceof Raised)) return;
  const macro: CodePlace = { module, file: "expanding macro", name: name.name, arity };
  thrown.trace.push(macro, NO_LINE, placeOf(scope.env), lineOf(meta));
}

/** The error of `__struct__/1` as it is shown: with the struct and where it stands, not with what `defstruct` has generated. */
export function inStruct({ kind, reason }: Raised, scope: Scope, meta: Term, module: Atom): Raised {
  const raised = new Raised(kind, reason);
  const struct: CodePlace = { module, file: "expanding struct", name: "__struct__", arity: 1 };
  raised.trace.push(struct, NO_LINE, placeOf(scope.env), lineOf(meta));
  return raised;
}

/** The place of the caller, as `Macro.Env.stacktrace/1` gives it. */
function placeOf({ module, function: definition, fileName: file }: Env): CodePlace {
  if (module === NIL) return { module: atom("elixir_compiler"), file, name: "__FILE__", arity: 1 };
  if (!(definition instanceof Tuple2)) return { module, file, name: "__MODULE__", arity: 0 };
  return { module, file, name: (definition.a as Atom).name, arity: definition.b as number };
}

/** What `&name/arity` captures: a function of a module, a local one, or `null` when it must become a `fn`. */
export type Captured =
  | { readonly kind: "remote"; readonly module: Term; readonly name: Atom; readonly arity: number }
  | { readonly kind: "local"; readonly name: Atom; readonly arity: number };

export function* importedFunction(
  scope: Scope,
  meta: Term,
  name: Atom,
  arity: number,
): Task<Captured | null> {
  const { env } = scope;
  const found = findImport(meta, name, arity, env);
  switch (found?.kind) {
    case "ambiguous":
      throw fileError(scope, meta, ambiguous(name, arity, found.modules));
    case "macro":
      return null;
    case "function":
      recordImport(env, found.module, name, arity);
      return yield* remoteFunction(scope, "imported", meta, found.module, name, arity);
    case "quoted":
      return yield* requiredFunction(scope, meta, found.module, name, arity);
    default: {
      if (isSpecialForm(name, arity)) return null;
      const isOther = allowsLocals(env, name, arity);
      if (isOther && localDefinition(env.module, name, arity, ["defmacro", "defmacrop"]) !== null)
        return null;
      yield* trace(scope, "local_function", meta, name, arity);
      return { kind: "local", name, arity };
    }
  }
}

export function* requiredFunction(
  scope: Scope,
  meta: Term,
  module: Atom,
  name: Atom,
  arity: number,
): Task<Captured | null> {
  const isMacro =
    scope.env.isRequired(module) &&
    (yield* loaded(scope, module)) &&
    macroCode(scope, module, name, arity) !== null;
  return isMacro ? null : yield* remoteFunction(scope, "remote", meta, module, name, arity);
}

function* remoteFunction(
  scope: Scope,
  from: "imported" | "remote",
  meta: Term,
  module: Atom,
  name: Atom,
  arity: number,
): Task<Captured> {
  yield* trace(scope, `${from}_function`, meta, module, name, arity);
  yield* checkDeprecated(scope, "function", meta, module, name, arity);
  const target = inline(module, name, arity);
  return { kind: "remote", module: target?.module ?? module, name: target?.name ?? name, arity };
}

const UNCHECKED = new Set(["erlang", "elixir_def", "elixir_module", "Elixir.Kernel"]);

/** Calls in module bodies, and macros, run now: what they call must not be deprecated. */
export function* checkDeprecated(
  scope: Scope,
  kind: "function" | "macro",
  meta: Term,
  module: Atom,
  name: Atom,
  arity: number,
): Task<void> {
  const { env, host } = scope;
  if (host.bootstrap || UNCHECKED.has(module.name) || (env.inFunction && kind === "function")) return;
  if (
    module.name === "Elixir.Application" &&
    env.module !== NIL &&
    ["get_env", "fetch_env", "fetch_env!"].includes(name.name)
  ) {
    warn(
      scope,
      meta,
      `Application.${name.name}/${arity} is discouraged in the module body, use Application.compile_env/3 instead`,
    );
    return;
  }
  yield* host.ensureLoaded(module);
  const info = host.code(module, INFO, 1);
  if (info === null) return;
  const deprecations = yield* call(info, DEPRECATED);
  for (const entry of listToArray(deprecations) ?? []) {
    if (!(entry instanceof Tuple2) || !(entry.a instanceof Tuple2)) continue;
    if (entry.a.a !== name || entry.a.b !== arity || !(entry.b instanceof Bitstring)) continue;
    const what =
      name === USING && arity === 1
        ? `use ${inspectAtom(module)}`
        : `${inspectAtom(module)}.${name.name}/${arity}`;
    warn(scope, meta, `${what} is deprecated. ${entry.b.text}`);
  }
}
