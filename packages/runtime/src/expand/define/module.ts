/**
 * `defmodule`: the body is expanded and run, which collects definitions and attributes; callbacks have their say;
 * what was collected is checked, compiled and loaded.
 */
import { call, type Task } from "../../process/task.ts";
import { line as lineOf } from "../../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL, TRUE } from "../../term/atom.ts";
import { chardataText } from "../../term/chardata.ts";
import { compareTerms } from "../../term/compare.ts";
import { badarg, error, Raised } from "../../term/error.ts";
import { type Code, Fun } from "../../term/fun.ts";
import { EMPTY, list, listToArray } from "../../term/list.ts";
import { EMPTY_MAP, mapFrom, mapPut } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, tuple } from "../../term/tuple.ts";
import { dispatchRequire } from "../dispatch.ts";
import type { Env } from "../env.ts";
import {
  argumentError,
  compileError,
  exception,
  fileError,
  inspect,
  inspectAtom,
  moduleError,
  type Place,
  warn,
} from "../errors.ts";
import { newScope } from "../expand.ts";
import type { Definition, Host } from "../host.ts";
import { trace } from "../trace.ts";
import { persistedAttributes, warnUnusedAttributes } from "./attributes.ts";
import { checkImportConflicts, checkLocals } from "./check.ts";
import { checkCompileOptions, checkNamedFunctions } from "./check-attributes.ts";
import { checkOutside, warnAsErlang } from "./erlang-warnings.ts";
import { behaviourInfo, moduleInfo } from "./info.ts";
import { frozen } from "./locals.ts";
import { OpenModule, type StoredDefinition } from "./open-module.ts";
import { enterModule, leaveModule, openModule } from "./open-modules.ts";
import { storeNotOverridden } from "./overridable.ts";
import { relativePath } from "./paths.ts";
import { withPureLiterals } from "./pure-literals.ts";
import { lexically, tellEvent, tellTracers } from "./tracers.ts";
import { translateTypespecs } from "./typespecs.ts";
import { alone, compilerOption, completed } from "./verify.ts";

const LINE = atom("line");
const UNDEF = atom("undef");
const REQUIRED = atom("required");
const MODULE = atom("module");
const ON_LOAD = atom("on_load");
const CODE = atom("code");
const DELETE = atom("delete");
const WHICH = atom("which");
const AUTOLOAD = atom("autoload");
const DOCS = atom("docs");
const IGNORE_CONFLICT = atom("ignore_module_conflict");
const MODULEDOC = atom("moduledoc");

const RESERVED = ["True", "False", "Nil", "Any", "BitString", "PID", "Reference", "Elixir"].map(
  (n) => `Elixir.${n}`,
);

/** Mirrors `:elixir_module.compile/6`. */
export function compileModule(
  host: Host,
  meta: Term,
  module: Term,
  block: Term,
  vars: Term,
  outer: Env,
): Task<Term> {
  const inner = (env: Env) => define(host, meta, module, block, vars, env);
  const isLexical = outer.tracker === null || outer.inFunction;
  return alone(host, () => (isLexical ? lexically({ host, env: outer }, inner) : inner(outer)));
}

function* define(host: Host, meta: Term, module: Term, block: Term, vars: Term, outer: Env): Task<Term> {
  if (
    !(module instanceof Atom) ||
    module === NIL ||
    module === TRUE ||
    module === FALSE ||
    /[/\\]/.test(module.name)
  ) {
    throw argumentError(`invalid module name: ${yield* inspect({ host }, module)}`);
  }
  const bindings = (listToArray(vars) ?? []) as Tuple2[];
  const env = outer.with({
    module,
    function: NIL,
    versionedVars: mapFrom(bindings.map(({ a: pair }, i) => [pair, i])),
  });
  const line = lineOf(meta);
  const at: Place = { host, env };
  const place = list([new Tuple2(LINE, line)]);
  yield* checkAvailable(at, place, module);
  const open = new OpenModule(module, env.fileName, line, env.tracker);
  enterModule(open);
  try {
    if (env.tracers !== EMPTY) yield* tellTracers(at, "defmodule", []);
    const inputs = new Map(bindings.map(({ b: value }, i) => [i, value]));
    const { value, callbackEnv } = yield* runBody(host, open, block, inputs, env, line);
    const { definitions, binary } = yield* finish(at, open, place);
    if (env.tracers !== EMPTY) yield* tellEvent(at, tuple(atom("on_module"), binary, atom("none")));
    yield* collect(host, module, binary);
    if (open.accumulated("compile").some(isNotLoaded))
      yield* call(host.code(CODE, DELETE, 1) as Code, module);
    yield* host.announceModule(module, binary);
    yield* runOnLoad(host, open, definitions, env);
    yield* runCallbacks(host, open, "after_compile", [callbackEnv.toTerm(), binary], callbackEnv);
    warnUnusedAttributes(at, open);
    yield* completed(host, at, open, definitions);
    return tuple(MODULE, module, binary, value);
  } catch (thrown) {
    throw thrown instanceof Raised ? notAvailableYet(thrown, module) : thrown;
  } finally {
    leaveModule(open);
  }
}

/** A call of the module that is being defined: it is there, and its functions are not yet. */
function notAvailableYet(raised: Raised, module: Atom): Raised {
  const { call, stacktrace, trace } = raised;
  if (raised.reason !== UNDEF || call?.module !== module) return raised;
  const reason = atom("function not available");
  const fields = { module, function: call.name, arity: call.args.length, reason, message: NIL };
  return Object.assign(exception("UndefinedFunctionError", fields, call), { stacktrace, trace });
}

function* checkAvailable(at: Place, meta: Term, module: Atom): Task<void> {
  const shown = inspectAtom(module);
  if (RESERVED.includes(module.name) || module.name === "Elixir") {
    throw fileError(at, meta, `module ${shown} is reserved and cannot be defined`);
  }
  const open = openModule(module);
  if (open !== undefined) {
    throw fileError(
      at,
      meta,
      `cannot define module ${shown} because it is currently being defined in ${relativePath(at.host, open.file)}:${open.line}`,
    );
  }
  if (
    !at.host.bootstrap &&
    (yield* at.host.ensureLoaded(module)) &&
    (yield* compilerOption(at.host, IGNORE_CONFLICT)) !== TRUE
  ) {
    const file = chardataText(yield* call<Term>(at.host.code(CODE, WHICH, 1) as Code, module));
    const where = file ? `loaded from ${relativePath(at.host, file)}` : "defined in memory";
    warn(at, meta, `redefining module ${shown} (current version ${where})`);
  }
}

/** Runs the body and what `@before_compile` adds to it. */
function* runBody(
  host: Host,
  open: OpenModule,
  block: Term,
  inputs: Map<number, Term>,
  env: Env,
  line: number,
): Task<{ value: Term; callbackEnv: Env }> {
  const constants = new Map<number, Term>();
  const scope = newScope(host, env, undefined, constants);
  const expanded = yield* scope.expand(block);
  checkOutside(scope, expanded);
  for (const [version, term] of constants) inputs.set(version, term);
  const { value } = yield* host.evaluate(expanded, inputs, [], scope.env, true);
  storeNotOverridden({ host, env }, open);
  const after = scope.env.with({ versionedVars: mapFrom([]), line });
  const callbackEnv = yield* runCallbacks(host, open, "before_compile", [after.toTerm()], after);
  storeNotOverridden({ host, env }, open);
  return { value, callbackEnv };
}

/** Calls each callback of an attribute: a macro's result is run in the module, a function is called. */
function* runCallbacks(
  host: Host,
  open: OpenModule,
  name: "before_compile" | "after_compile",
  args: readonly Term[],
  start: Env,
): Task<Env> {
  let env = start;
  for (const callback of open.accumulated(name)) {
    if (!(callback instanceof Tuple2)) throw error("function_clause");
    const module = callback.a as Atom;
    if (!(module instanceof Atom)) throw badarg("erlang", "apply", [module, callback.b, list(args)]);
    const meta = list([new Tuple2(LINE, open.line), new Tuple2(REQUIRED, TRUE)]);
    const constants = new Map<number, Term>();
    const scope = newScope(host, env.with({ versionedVars: mapFrom([]) }), undefined, constants);
    yield* host.awaitModule(module);
    let called = false;
    const expanded = yield* dispatchRequire(
      scope,
      meta,
      module,
      callback.b as Atom,
      args,
      function* (receiver, fun) {
        called = true;
        yield* apply(host, receiver as Atom, fun, args);
        return NIL;
      },
    );
    if (!called && !(expanded instanceof Atom))
      yield* host.evaluate(expanded, constants, [], scope.env, true);
    env = scope.env;
  }
  return env;
}

function* apply(host: Host, module: Atom, name: Atom, args: readonly Term[]): Task<Term> {
  const code = host.code(module, name, args.length);
  if (code !== null) return yield* call(code, ...args);
  const erlang = host.code(atom("erlang"), atom("apply"), 3);
  return yield* call(erlang as Function, module, name, list(args));
}

/** Calls the function of `@on_load`. */
function* runOnLoad(host: Host, open: OpenModule, definitions: Definition[], env: Env): Task<void> {
  const value = open.attributes.get(ON_LOAD)?.value;
  if (!(value instanceof Tuple2)) return;
  const { module } = open;
  const name = value.a as Atom;
  const code = host.code(module, name, 0) ?? (yield* host.compileLocals(module, definitions, name, 0, env));
  yield* host.ensureLoaded(ON_LOAD_MODULE);
  const fun = new Fun(() => code(), { module, name, arity: 0, index: 0 });
  yield* call(host.code(ON_LOAD_MODULE, atom("run"), 2) as Code, module, fun);
}

/** `@compile {:autoload, false}` and its like in a list. */
function isNotLoaded(option: Term): boolean {
  if (option instanceof Tuple2) return option.a === AUTOLOAD && option.b === FALSE;
  return (listToArray(option) ?? []).some((item) => item instanceof Tuple2 && isNotLoaded(item));
}

const ON_LOAD_MODULE = atom("Elixir.Module.OnLoad");
const COLLECTED = atom("elixir_compiled_modules");

/** `Code.compile_string` and its like leave a list in the process dictionary for what is compiled. */
function* collect(host: Host, module: Atom, binary: Term): Task<void> {
  const erlang = atom("erlang");
  const collected = yield* call(host.code(erlang, atom("get"), 1) as Function, COLLECTED);
  if (collected instanceof Atom) return;
  const extended = list([new Tuple2(module, binary)], collected);
  yield* call(host.code(erlang, atom("put"), 2) as Function, COLLECTED, extended);
}

/** Checks what the module has become, compiles and loads it. */
function* finish(at: Place, open: OpenModule, meta: Term): Task<{ definitions: Definition[]; binary: Term }> {
  const stored = [...open.definitions.entries()].map(([, definition]) => definition);
  for (const { name, arity, kind, meta: definitionMeta, clauses } of stored) {
    if (clauses.length > 0) continue;
    moduleError(
      at,
      definitionMeta,
      `implementation not provided for predefined ${kind} ${name.name}/${arity}`,
    );
  }
  const onLoad = checkOnLoad(at, open, meta);
  if (onLoad instanceof Tuple2) yield* trace(at, "local_function", meta, onLoad.a, onLoad.b);
  checkImportConflicts(at, open);
  open.mode = "readonly";
  if (open.accumulated("derive").length > 0) {
    warn(
      at,
      meta,
      open.struct === null
        ? "warning: module attribute @derive was set but never used (it must come before defstruct)"
        : "warning: module attribute @derive was set after defstruct, all @derive calls must come before defstruct",
    );
  }
  checkNamedFunctions(at, open, meta);
  if (open.tainted) throw compileError(at.env);
  const reachable = checkLocals(at, open);
  checkCompileOptions(at, open, meta);
  if (open.tainted) throw compileError(at.env);
  const inOrder = (some: readonly StoredDefinition[]): Definition[] =>
    some.map(frozen).sort((a, b) => compareTerms(a.name, b.name) || a.arity - b.arity);
  const definitions = inOrder(reachable);
  const typespecs = yield* translateTypespecs(at, open);
  warnAsErlang(at, yield* withPureLiterals(at.host, definitions));
  const attributes = persistedAttributes(open);
  const moduledoc = open.attributes.get(MODULEDOC)?.value ?? NIL;
  const binary = yield* at.host.defineModule(
    {
      module: open.module,
      file: open.file,
      line: open.line,
      definitions: [...behaviourInfo(open), ...definitions],
      info: moduleInfo(open, attributes.length === 0 ? null : attributesTerm(attributes)),
      attributes,
      typespecs,
      compileOptions: open.accumulated("compile"),
      onLoad,
      moduledoc,
      moduledocMetadata: moduledocMetadata(open),
      docs: [...open.docs.values()],
      keepsDocs: at.host.bootstrap || (yield* compilerOption(at.host, DOCS)) !== FALSE,
    },
    at.env,
  );
  // What is checked afterwards is checked in functions that nothing reaches, too.
  return { definitions: reachable.length < stored.length ? inOrder(stored) : definitions, binary };
}

function moduledocMetadata(open: OpenModule): Term {
  const given = open.docMetadata.get(MODULEDOC) ?? EMPTY_MAP;
  const behaviours = open.accumulated("behaviour");
  return behaviours.length === 0 ? given : mapPut(given, atom("behaviours"), list(behaviours));
}

/** As `__info__(:attributes)` gives them: values in lists, `vsn` first as the Erlang compiler adds it. */
function attributesTerm(attributes: readonly (readonly [Atom, Term])[]): Term {
  const hasVersion = attributes.some(([key]) => key.name === "vsn");
  const entries = attributes.map(([key, value]) => {
    const isList = listToArray(value) !== null;
    return new Tuple2(key, isList ? value : list([value])) as Term;
  });
  return list(hasVersion ? entries : [UNVERSIONED, ...entries]);
}

const UNVERSIONED = new Tuple2(atom("vsn"), list([0]));

function checkOnLoad(at: Place, open: OpenModule, meta: Term): Term | null {
  const value = open.attributes.get(ON_LOAD)?.value;
  if (!(value instanceof Tuple2)) return null;
  const key = `${(value.a as Atom).name}/${value.b as number}`;
  const found = open.definitions.get(key);
  if (found === undefined) moduleError(at, meta, `undefined function ${key} given to @on_load`);
  else if (found.kind === "defmacro" || found.kind === "defmacrop") {
    moduleError(at, meta, `macro ${key} given to @on_load (only functions are supported)`);
  } else if (found.kind === "defp") open.usedPrivate.add(key);
  return value;
}
