/**
 * `def` and its like: a clause is expanded and stored, default arguments become clauses of smaller arity, and what
 * contradicts an earlier clause of the same name is reported.
 */
import { call, type Task } from "../../process/task.ts";
import { ALIASES, DEFAULT, DO, keywordGet, line as lineOf, metaGet, WHEN } from "../../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../../term/atom.ts";
import { Bitstring, text } from "../../term/bitstring.ts";
import type { Code } from "../../term/fun.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import { EMPTY_MAP } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { CONTEXT_GUARD, CONTEXT_MATCH, type Env } from "../env.ts";
import { checkUnused, fileError, inFile, moduleError, type Place, source, warn } from "../errors.ts";
import { newScope } from "../expand.ts";
import type { Clause, DefinitionKind, Host } from "../host.ts";
import { linify } from "../hygiene.ts";
import { validateCycles } from "../patterns.ts";
import { NO_CYCLES, type Prematch, State } from "../scope.ts";
import { trace } from "../trace.ts";
import { compileDefinitionAttributes } from "./attributes.ts";
import type { ClauseCheck, OpenModule, StoredDefinition } from "./open-module.ts";
import { openModule } from "./open-modules.ts";
import { absolutePath, relativePath } from "./paths.ts";

const CONTEXT = atom("context");
const COLUMN = atom("column");
const GENERATED = atom("generated");
const KEEP = atom("keep");
const LINE = atom("line");
const ERLANG = atom("erlang");
const APPLY = atom("apply");
const FILE = atom("file");
const ORIGIN = atom("origin");
const TRY = atom("try");
const SUPER = atom("super");
const DEFAULT_KEY = atom("default");
const VERSION = atom("version");
const DEFAULT_CONTEXT = atom("elixir_def");

/** `call when guard when …` as the call and the guards. */
export function extractGuards(form: Term): { call: Term; guards: Term[] } {
  if (!(form instanceof Tuple3) || form.a !== WHEN) return { call: form, guards: [] };
  const [left, right] = listToArray(form.c) ?? [];
  return { call: left, guards: orGuards(right) };
}

export function orGuards(form: Term): Term[] {
  if (!(form instanceof Tuple3) || form.a !== WHEN) return [form];
  const [left, right] = listToArray(form.c) ?? [];
  return right === undefined ? [form] : [left, ...orGuards(right)];
}

/** Stores one `def`; the name and arity. `quoted`: its text had no unquote fragments. */
export function* storeDefinition(
  host: Host,
  kind: DefinitionKind,
  quoted: boolean,
  callForm: Term,
  bodyForm: Term,
  env: Env,
): Task<Term> {
  const { call: head, guards: guardForms } = extractGuards(callForm);
  const at: Place = { host, env };
  const named = head instanceof Tuple3 && head.a instanceof Atom ? head : null;
  const argForms = named === null ? null : named.c instanceof Atom ? [] : listToArray(named.c);
  if (named === null || argForms === null) {
    const meta = list([new Tuple2(LINE, env.line)]);
    throw fileError(at, meta, `invalid syntax in ${kind} ${yield* source(at, head)}`);
  }
  const open = openModule(env.module) as OpenModule;
  const name = named.a as Atom;
  const arity = argForms.length;
  const kept = metaGet(named.b, KEEP);
  const keep = kept instanceof Tuple2 ? kept : null;
  const place = <T extends Term>(form: T): Term => (keep === null ? form : linify(env.line, "keep", form));
  const args = argForms.map(place);
  const guards = guardForms.map(place);
  const body = place(bodyForm);

  const context = metaGet(named.b, CONTEXT);
  const location = takeLocation(open, keep);
  const entries: Term[] = [new Tuple2(LINE, env.line)];
  if (location !== null)
    entries.push(new Tuple2(FILE, new Tuple2(text(relativePath(host, location.file)), location.line)));
  for (const key of [GENERATED, COLUMN, CONTEXT]) {
    const value = metaGet(named.b, key);
    if (value !== undefined) entries.push(new Tuple2(key, value));
  }
  const meta = list(entries);
  const check: ClauseCheck = context !== undefined ? "none" : quoted ? "all" : "unused_only";
  const inner = env.with({
    file: location === null ? env.file : text(absolutePath(host, location.file)),
    function: new Tuple2(name, arity),
    versionedVars: EMPTY_MAP,
  });
  assertName({ host, env: inner }, meta, kind, named, args);

  const state = State.of(inner).with({ caller: kind === "defmacro" || kind === "defmacrop" });
  const unpacked = yield* unpackDefaults(host, kind, meta, name, args, inner, state);
  const bodies = clausesOf({ host, env: inner }, kind, meta, unpacked.args, guards, body);
  const clauses: Clause[] = [];
  for (const clause of bodies) clauses.push(yield* expandClause(host, inner, state, clause));

  const defaults = unpacked.clauses.length;
  checkPreviousDefaults({ host, env: inner }, open, meta, name, arity, kind, defaults);
  const file = env.fileName;
  store({ host, env }, open, check, kind, meta, name, arity, file, defaults, clauses);
  for (const clause of unpacked.clauses) {
    store({ host, env }, open, "none", kind, meta, name, clause.args.length, file, 0, [clause]);
  }
  yield* onDefinition(host, open, kind, name, args, guards, body, inner);
  return new Tuple2(name, arity);
}

/** Where `@file` or `location: :keep` says that the definition is. */
function takeLocation(open: OpenModule, keep: Tuple2 | null): { file: string; line: Term } | null {
  const attribute = open.attributes.get(FILE);
  if (attribute !== undefined) {
    open.attributes.delete(FILE);
    const { value } = attribute;
    if (value instanceof Tuple2) return { file: (value.a as Bitstring).text as string, line: value.b };
    if (value instanceof Bitstring) return { file: value.text as string, line: 0 };
  }
  return keep === null ? null : { file: (keep.a as Bitstring).text as string, line: keep.b };
}

interface Unexpanded {
  readonly meta: Term;
  readonly args: readonly Term[];
  readonly guards: readonly Term[];
  readonly body: Term;
}

function clausesOf(
  at: Place,
  kind: DefinitionKind,
  meta: Term,
  args: readonly Term[],
  guards: readonly Term[],
  body: Term,
): Unexpanded[] {
  if (body === NIL && guards.length === 0) {
    for (const arg of args) {
      if (arg instanceof Tuple3 && arg.a instanceof Atom && arg.c instanceof Atom) continue;
      moduleError(at, meta, HEAD_ARGS);
    }
    return [];
  }
  const main = keywordGet(body, DO);
  if (main === undefined) throw fileError(at, meta, `missing :do option in "${kind}"`);
  if (body instanceof Cons && body.tail === EMPTY) return [{ meta, args, guards, body: main }];
  const origin = list([new Tuple2(ORIGIN, atom(kind))], meta);
  return [{ meta, args, guards, body: new Tuple3(TRY, origin, list([body])) }];
}

const HEAD_ARGS = `only variables and \\\\ are allowed as arguments in function head.

If you did not intend to define a function head, make sure your function definition has the proper syntax by wrapping the arguments in parentheses and using the do instruction accordingly:

    def add(a, b), do: a + b

    def add(a, b) do
      a + b
    end
`;

function* expandClause(
  host: Host,
  env: Env,
  state: State,
  { meta, args, guards, body }: Unexpanded,
): Task<Clause> {
  const { a: name } = env.function as Tuple2;
  const prematch: Prematch = { read: EMPTY_MAP, cycles: NO_CYCLES, from: 0, bitsize: null };
  const scope = newScope(host, env.inContext(CONTEXT_MATCH), state.with({ prematch }));
  const patterns = yield* scope.expandArgs(args);
  yield* validateCycles(
    scope,
    (scope.state.prematch as Prematch).cycles,
    meta,
    new Tuple3(name, meta, list(args)),
  );
  scope.state = scope.state.with({ prematch: null });
  scope.env = scope.env.inContext(CONTEXT_GUARD);
  const conditions: Term[] = [];
  for (const form of guards) conditions.push(yield* scope.expand(form));
  scope.env = scope.env.inContext(NIL);
  const expanded = yield* scope.expand(body);
  checkUnused(scope);
  return { meta, args: patterns, guards: conditions, body: expanded };
}

/** `f(a, b \\ 1)` is `f(a, b)` and a clause `f(a)` that calls it. */
function* unpackDefaults(
  host: Host,
  kind: DefinitionKind,
  meta: Term,
  name: Atom,
  args: readonly Term[],
  env: Env,
  state: State,
): Task<{ args: Term[]; clauses: Clause[] }> {
  if (!args.some(isDefault)) return { args: [...args], clauses: [] };
  const scope = newScope(host, env.inContext(NIL), state);
  const parts: { pattern: Term; value: Term | null; meta: Term }[] = [];
  for (const arg of args) {
    if (isDefault(arg)) {
      const [pattern, value] = listToArray(arg.c) as Term[];
      parts.push({ pattern, value: yield* scope.expand(value), meta: arg.b });
    } else parts.push({ pattern: arg, value: null, meta: EMPTY });
  }
  const offset = scope.state.version;
  const clauses: Clause[] = [];
  for (const [i, part] of parts.entries()) {
    if (part.value === null) continue;
    // Before this argument all are given, after it only those without a default.
    let counter = offset;
    const params: Term[] = [];
    const passed: Term[] = [];
    for (const [j, other] of parts.entries()) {
      if (j >= i && other.value !== null) passed.push(other.value);
      else {
        const variable = defaultVariable(counter++);
        params.push(variable);
        passed.push(variable);
      }
    }
    const superMeta = list(
      [new Tuple2(SUPER, new Tuple2(atom(kind), name)), new Tuple2(DEFAULT_KEY, TRUE)],
      part.meta,
    );
    clauses.unshift({ meta, args: params, guards: [], body: new Tuple3(SUPER, superMeta, list(passed)) });
  }
  return { args: parts.map((part) => part.pattern), clauses: clauses.reverse() };
}

function isDefault(arg: Term): arg is Tuple3 {
  return arg instanceof Tuple3 && arg.a === DEFAULT && listToArray(arg.c)?.length === 2;
}

function defaultVariable(version: number): Term {
  const meta = list([new Tuple2(GENERATED, TRUE), new Tuple2(VERSION, version)]);
  return new Tuple3(atom(`x${version}`), meta, DEFAULT_CONTEXT);
}

function store(
  at: Place,
  open: OpenModule,
  check: ClauseCheck,
  kind: DefinitionKind,
  meta: Term,
  name: Atom,
  arity: number,
  file: string,
  defaults: number,
  clauses: readonly Clause[],
): void {
  const key = `${name.name}/${arity}`;
  if (defaults > 0) {
    const known = open.defaults.get(name);
    if (known === undefined) open.defaults.set(name, [{ arity, defaults }]);
    else known.push({ arity, defaults });
  }
  const stored = open.definitions.get(key);
  const hasBody = clauses.length > 0;
  if (stored === undefined) {
    open.definitions.set(key, {
      name,
      arity,
      kind,
      meta,
      file,
      check,
      maxDefaults: defaults,
      hasBody,
      defaults,
      clauses,
    });
  } else {
    if (stored.kind !== kind) {
      throw fileError(
        inFile(at),
        meta,
        `${kind} ${key} already defined as ${stored.kind} in ${relativePath(at.host, stored.file)}:${lineOf(stored.meta)}`,
      );
    }
    checkDefaults(at, meta, kind, name, arity, defaults, hasBody, stored);
    // Where clauses are made by a program, it is not for the writer to put them together.
    if (check === "all" && stored.check === "all")
      checkOrder(at, open, meta, kind, name, arity, stored, clauses);
    stored.check = check;
    stored.maxDefaults = Math.max(defaults, stored.maxDefaults);
    stored.hasBody = hasBody;
    stored.defaults = defaults;
    stored.clauses = [...stored.clauses, ...clauses];
  }
  if (check === "all") open.lastDefinition = key;
}

function checkOrder(
  at: Place,
  open: OpenModule,
  meta: Term,
  kind: DefinitionKind,
  name: Atom,
  arity: number,
  stored: StoredDefinition,
  clauses: readonly Clause[],
): void {
  const last = open.lastDefinition;
  const key = `${name.name}/${arity}`;
  if (last === null || (last === key && clauses.length > 0)) return;
  if (last === key) {
    warn(
      inFile(at),
      meta,
      `function head for ${kind} ${key} must come at the top of its direct implementation. Instead of:

    def add(a, b), do: a + b
    def add(a, b)

one should write:

    def add(a, b)
    def add(a, b), do: a + b
`,
    );
    return;
  }
  const previous = `"${kind} ${key}" was previously defined (${relativePath(at.host, stored.file)}:${lineOf(stored.meta)})`;
  const sameName = last.slice(0, last.lastIndexOf("/")) === name.name;
  warn(
    inFile(at),
    meta,
    sameName
      ? `clauses with the same name should be grouped together, ${previous}`
      : `clauses with the same name and arity (number of arguments) should be grouped together, ${previous}`,
  );
}

function checkDefaults(
  at: Place,
  meta: Term,
  kind: DefinitionKind,
  name: Atom,
  arity: number,
  defaults: number,
  hasBody: boolean,
  stored: StoredDefinition,
): void {
  const examples = (first: string) => `Instead of:

    def foo(:first_clause, b \\\\ :default) do ... end
    def foo(:second_clause, ${first}) do ... end

one should write:

    def foo(a, b \\\\ :default)
    def foo(:first_clause, b) do ... end
    def foo(:second_clause, b) do ... end
`;
  const what = `${kind} ${name.name}/${arity}`;
  if (defaults > 0 && stored.maxDefaults > 0) {
    throw fileError(
      inFile(at),
      meta,
      `${what} defines defaults multiple times. Elixir allows defaults to be declared once per definition. ` +
        examples("b \\\\ :default"),
    );
  }
  if (defaults > 0 || (stored.defaults > 0 && hasBody && stored.hasBody)) {
    warn(
      inFile(at),
      meta,
      `${what} has multiple clauses and also declares default values. In such cases, the default values should be ` +
        `defined in a header. ${examples("b")}`,
    );
  }
}

function checkPreviousDefaults(
  at: Place,
  open: OpenModule,
  meta: Term,
  name: Atom,
  arity: number,
  kind: DefinitionKind,
  defaults: number,
): void {
  for (const other of open.defaults.get(name) ?? []) {
    if (other.arity === arity || other.defaults === 0) continue;
    const conflicts =
      (arity >= other.arity - other.defaults && arity < other.arity) ||
      (other.arity >= arity - defaults && other.arity < arity);
    if (!conflicts) continue;
    const what = `${kind} ${name.name}/${arity}`;
    throw fileError(
      at,
      meta,
      arity > other.arity
        ? `${what} defaults conflicts with ${name.name}/${other.arity}`
        : `${what} conflicts with defaults from ${name.name}/${other.arity}`,
    );
  }
}

function assertName(at: Place, meta: Term, kind: DefinitionKind, named: Tuple3, args: readonly Term[]): void {
  const { name } = named.a as Atom;
  if (named.a === ALIASES && args.length === 1 && args[0] instanceof Atom) {
    throw fileError(
      inFile(at),
      meta,
      `function names should start with lowercase characters or underscore, invalid name ${args[0].name}`,
    );
  }
  let message: string | null = null;
  if (name === "__info__" && args.length === 1) {
    message = `cannot define ${kind} __info__/1 as it is automatically defined by Elixir`;
  } else if (name === "module_info" && args.length < 2) {
    message = `cannot define ${kind} module_info/${args.length} as it is automatically defined by Erlang`;
  } else if (name === "is_record" && args.length === 2 && (kind === "def" || kind === "defp")) {
    message = `cannot define ${kind} is_record/2 due to compatibility with the Erlang compiler (it is a known limitation)`;
  }
  if (message !== null) throw fileError(inFile(at), meta, message);
}

/** Takes up `@doc`, `@impl`, `@deprecated`, then tells the callbacks of `@on_definition`. */
function* onDefinition(
  host: Host,
  open: OpenModule,
  kind: DefinitionKind,
  name: Atom,
  args: readonly Term[],
  guards: readonly Term[],
  body: Term,
  env: Env,
): Task<void> {
  compileDefinitionAttributes({ host, env }, open, kind, name, args, body);
  for (const callback of open.accumulated("on_definition")) {
    if (!(callback instanceof Tuple2)) continue;
    const module = callback.a as Atom;
    yield* trace({ host, env }, "remote_function", list([new Tuple2(LINE, env.line)]), module, callback.b, 6);
    const given = list([env.toTerm(), atom(kind), name, list(args), list(guards), body]);
    yield* call(host.code(ERLANG, APPLY, 3) as Code, module, callback.b, given);
  }
}
