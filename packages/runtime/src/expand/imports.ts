/**
 * `import`: which functions and macros of a module it brings in, and the look-up of a name among them.
 * `only:` and `except:` narrow an import; a second import of a module replaces the first.
 */
import type { Task } from "../process/task.ts";
import { call } from "../process/task.ts";
import { keywordGet, metaGet } from "../syntax/quoted.ts";
import { Atom, atom, NIL } from "../term/atom.ts";
import { errorIn } from "../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { requireModule } from "./alias.ts";
import { openModule } from "./define/open-modules.ts";
import { type Env, type Imports, importSet, namesAndArities } from "./env.ts";
import { fileError, inspectAtom, source, warn } from "./errors.ts";
import type { Host } from "./host.ts";
import type { Scope } from "./scope.ts";

const ONLY = atom("only");
const EXCEPT = atom("except");
const IMPORTS = atom("imports");
const CONTEXT = atom("context");
const INFO = atom("__info__");
const FUNCTIONS = atom("functions");
const MACROS = atom("macros");

type Pair = readonly [Atom, number];

/** What `__info__(:functions)` or `__info__(:macros)` of a loaded module gives. */
export function* exportsOf(host: Host, module: Atom, what: "functions" | "macros"): Task<readonly Pair[]> {
  // An Erlang module may be partly native, which its `__info__/1` does not tell.
  const info = host.code(module, INFO, 1);
  if (info !== null && (what === "macros" || module.name.startsWith("Elixir.")))
    return namesAndArities(yield* call(info, what === "functions" ? FUNCTIONS : MACROS));
  if (what === "macros") return [];
  const internal = new Set(["__info__/1", "behaviour_info/1", "module_info/0", "module_info/1"]);
  return host.exports(module).filter(([name, arity]) => {
    return !internal.has(`${name.name}/${arity}`) && !name.name.startsWith("MACRO-");
  });
}

/** Imports the module; the text of what is wrong with the options otherwise. */
export function* importModule(
  at: Scope,
  meta: Term,
  module: Atom,
  options: Term,
  listed = (what: "functions" | "macros"): Task<readonly Pair[]> => exportsOf(at.host, module, what),
): Task<{ readonly env: Env; readonly added: boolean } | { readonly error: string }> {
  const { env } = at;
  const only = keywordGet(options, ONLY);
  const exceptOption = keywordGet(options, EXCEPT);
  let except: readonly Pair[] | null = null;
  if (exceptOption !== undefined) {
    if (!isArities(exceptOption)) {
      return {
        error:
          "invalid :except option for import, expected value to be a literal keyword list of function names " +
          `with arity as values, got: ${yield* source(at, exceptOption)}`,
      };
    }
    except = distinct(at, meta, "except", namesAndArities(exceptOption));
  }

  let functions: Imports = env.functions;
  let macros: Imports = env.macros;
  let added = false;
  const bring = (imports: Imports, pairs: readonly Pair[]): Imports => {
    const kept = pairs.filter(([name, arity]) => !conflictsWithSpecialForm(at, meta, module, name, arity));
    if (kept.length === 0) return imports.without(module);
    added = true;
    return imports.with(importSet(module, kept));
  };
  const all = (imports: Imports, available: readonly Pair[]): Imports => {
    const known = except === null ? undefined : imports.find(module);
    const candidates = known?.pairs ?? available.filter(([name]) => !name.name.startsWith("_"));
    return bring(imports, except === null ? candidates : minus(candidates, except));
  };

  const name = only instanceof Atom ? only.name : null;
  if (only === undefined) {
    functions = all(functions, yield* listed("functions"));
    macros = all(macros, yield* listed("macros"));
  } else if (name === "functions") {
    functions = all(functions, yield* listed("functions"));
    macros = macros.without(module);
  } else if (name === "macros") {
    functions = functions.without(module);
    macros = all(macros, yield* listed("macros"));
  } else if (name === "sigils") {
    if (at.host.code(module, INFO, 1) === null) throw errorIn("undef", module.name, "__info__", [FUNCTIONS]);
    functions = all(functions, (yield* listed("functions")).filter(isSigil));
    macros = all(macros, (yield* listed("macros")).filter(isSigil));
  } else if (isArities(only)) {
    if (except !== null) {
      return {
        error:
          ":only and :except can only be given together to import when :only is :functions, :macros, or :sigils",
      };
    }
    const wanted = distinct(at, meta, "only", namesAndArities(only));
    const listedFunctions = intersection(wanted, yield* listed("functions"));
    const listedMacros = intersection(wanted, yield* listed("macros"));
    functions = bring(functions, listedFunctions);
    macros = bring(macros, listedMacros);
    for (const [missing, arity] of minus(minus(wanted, listedFunctions), listedMacros)) {
      warn(
        at,
        meta,
        `cannot import ${inspectAtom(module)}.${missing.name}/${arity} because it is undefined or private`,
      );
    }
  } else {
    return {
      error:
        "invalid :only option for import, expected value to be an atom :functions, :macros, or a literal keyword " +
        `list of function names with arity as values, got: ${yield* source(at, only)}`,
    };
  }
  return { env: requireModule(env.with({ functions, macros }), module), added };
}

function conflictsWithSpecialForm(at: Scope, meta: Term, module: Atom, name: Atom, arity: number): boolean {
  if (!isSpecialForm(name, arity)) return false;
  warn(
    at,
    meta,
    `cannot import ${inspectAtom(module)}.${name.name}/${arity} because it conflicts with Elixir special forms, ` +
      "the import has been discarded",
  );
  return true;
}

function isArities(term: Term): boolean {
  const items = listToArray(term);
  return (
    items?.every((item) => item instanceof Tuple2 && item.a instanceof Atom && typeof item.b === "number") ??
    false
  );
}

function distinct(at: Scope, meta: Term, option: string, pairs: readonly Pair[]): Pair[] {
  const result: Pair[] = [];
  for (const pair of pairs) {
    if (includes(result, pair)) {
      warn(at, meta, `invalid :${option} option for import, ${pair[0].name}/${pair[1]} is duplicated`);
    } else result.push(pair);
  }
  return result;
}

function includes(pairs: readonly Pair[], [name, arity]: Pair): boolean {
  return pairs.some(([other, of]) => other === name && of === arity);
}

function minus(pairs: readonly Pair[], others: readonly Pair[]): Pair[] {
  return pairs.filter((pair) => !includes(others, pair));
}

function intersection(pairs: readonly Pair[], others: readonly Pair[]): Pair[] {
  return pairs.filter((pair) => includes(others, pair));
}

function isSigil([name, arity]: Pair): boolean {
  return arity === 2 && /^sigil_([a-z]|[A-Z][A-Z0-9]*)$/.test(name.name);
}

const SPECIAL_FORMS = new Set(
  (
    "&/1 ^/1 =/2 %/2 |/2 ./2 ::/2 alias/1 alias/2 require/1 require/2 import/1 import/2 __ENV__/0 __CALLER__/0 " +
    "__STACKTRACE__/0 __MODULE__/0 __DIR__/0 quote/1 quote/2 unquote/1 unquote_splicing/1 cond/1 case/2 try/1 receive/1"
  ).split(" "),
);
const VARIADIC_SPECIAL_FORMS = new Set(
  "__aliases__ __block__ __cursor__ -> <<>> {} %{} fn super for with".split(" "),
);

export function isSpecialForm(name: Atom, arity: number): boolean {
  return VARIADIC_SPECIAL_FORMS.has(name.name) || SPECIAL_FORMS.has(`${name.name}/${arity}`);
}

/** Where a name is imported from. `imports` in the metadata, which `quote` has put there, decides before the environment. */
export type Found =
  | { readonly kind: "function" | "macro" | "quoted"; readonly module: Atom }
  | { readonly kind: "ambiguous"; readonly modules: readonly Atom[] };

export function findImport(meta: Term, name: Atom, arity: number, env: Env): Found | null {
  const quoted = metaGet(meta, IMPORTS);
  if (quoted instanceof Cons && metaGet(meta, CONTEXT) !== undefined) {
    for (const entry of listToArray(quoted) ?? []) {
      if (entry instanceof Tuple2 && entry.a === arity) return { kind: "quoted", module: entry.b as Atom };
    }
  }
  const functions = modulesWith(env.functions, name, arity);
  const macros = modulesWith(env.macros, name, arity);
  if (functions.length + macros.length === 0) return null;
  if (functions.length + macros.length > 1) return { kind: "ambiguous", modules: [...functions, ...macros] };
  return functions.length === 1
    ? { kind: "function", module: functions[0] }
    : { kind: "macro", module: macros[0] };
}

function modulesWith(imports: Imports, name: Atom, arity: number): Atom[] {
  const modules: Atom[] = [];
  for (const set of imports.sets) if (set.has(name, arity)) modules.push(set.module);
  return modules;
}

/** What `quote` notes on a call: `[{arity, module}]` of all imports of the name; `EMPTY` when there are none. */
export function importsByName(at: { host: Host; env: Env }, meta: Term, name: Atom): Term {
  const found = new Map<number, Atom>();
  for (const imports of [at.env.functions, at.env.macros]) {
    for (const set of imports.sets) {
      for (const arity of set.arities(name)) {
        const other = found.get(arity);
        if (other !== undefined) throw fileError(at, meta, ambiguous(name, arity, [set.module, other]));
        found.set(arity, set.module);
      }
    }
  }
  if (found.size === 0) return EMPTY;
  for (const [arity, module] of found) at.env.tracker?.useImport(module, name, arity);
  return list([...found].sort((a, b) => a[0] - b[0]).map(([arity, module]) => new Tuple2(arity, module)));
}

export function ambiguous(name: Atom, arity: number, modules: readonly Atom[]): string {
  const [first, second] = modules.map(inspectAtom);
  return `function ${name.name}/${arity} imported from both ${first} and ${second}, call is ambiguous`;
}

/** Notes that a function body uses an import, which a definition of that name in the module would contradict. */
export function recordImport(env: Env, module: Atom, name: Atom, arity: number): void {
  env.tracker?.useImport(module, name, arity);
  if (env.function === NIL || env.module === module) return;
  openModule(env.module)?.usedImports.set(`${name.name}/${arity}`, module);
}
