/** `%{}` and `%Name{}`: keys checked, a struct's missing fields filled in with its defaults. */
import { call, type Task } from "../../process/task.ts";
import { BAR, MAP, PIN, STRUCT, TYPE } from "../../syntax/quoted.ts";
import { Atom, atom, NIL } from "../../term/atom.ts";
import { strictEquals } from "../../term/compare.ts";
import { Raised } from "../../term/error.ts";
import type { Code } from "../../term/fun.ts";
import { Cons, list, listToArray } from "../../term/list.ts";
import { mapEntries, mapGet, mapHas, TermMap } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { localDefinition, openModule } from "../define/open-modules.ts";
import { inStruct } from "../dispatch.ts";
import { listHas } from "../env.ts";
import { fileError, functionError, inFile, inspect, inspectAtom, source, warn } from "../errors.ts";
import { escaped } from "../quote.ts";
import type { Scope } from "../scope.ts";
import { trace } from "../trace.ts";

const STRUCT_KEY = atom("__struct__");
const INFO = atom("__info__");
const STRUCT_INFO = atom("struct");
const FIELD = atom("field");

export function* expandMap(scope: Scope, meta: Term, args: readonly Term[]): Task<Term> {
  const update = updateParts(args);
  if (update !== null) {
    if (scope.env.context !== NIL) {
      const shown = yield* source(scope, new Tuple3(MAP, meta, list(args)));
      throw fileError(
        inFile(scope),
        meta,
        `cannot use map/struct update syntax in ${scope.env.context.name}, got: ${shown}`,
      );
    }
    const pairs = listToArray(update.right) ?? [];
    const [map, ...expanded] = yield* scope.expandArgs([update.left, ...pairs]);
    yield* validatePairs(scope, meta, expanded, pairs);
    return new Tuple3(MAP, meta, list([new Tuple3(BAR, update.meta, list([map, list(expanded)]))]));
  }
  const expanded = yield* scope.expandArgs(args);
  yield* validatePairs(scope, meta, expanded, args);
  return new Tuple3(MAP, meta, list(expanded));
}

function updateParts(args: readonly Term[]): { meta: Term; left: Term; right: Term } | null {
  const [only] = args;
  if (args.length !== 1 || !(only instanceof Tuple3) || only.a !== BAR) return null;
  const [left, right] = listToArray(only.c) ?? [];
  return right === undefined ? null : { meta: only.b, left, right };
}

function* validatePairs(
  scope: Scope,
  meta: Term,
  expanded: readonly Term[],
  original: readonly Term[],
): Task<void> {
  const used: Term[] = [];
  const usedAtoms = new Set<Term>();
  for (const [i, entry] of expanded.entries()) {
    if (!(entry instanceof Tuple2)) {
      throw fileError(
        scope,
        meta,
        `expected key-value pairs in a map, got: ${yield* source(scope, original[i])}`,
      );
    }
    const key = entry.a;
    if (scope.env.inMatch) validateMatchKey(scope, meta, key);
    if (!isLiteral(key)) continue;
    const isSimple = key instanceof Atom || typeof key === "number";
    if (isSimple ? usedAtoms.has(key) : used.some((other) => strictEquals(other, key))) {
      const message = `key ${yield* source(scope, key)} will be overridden in map`;
      if (scope.env.inMatch) throw fileError(inFile(scope), meta, message);
      else warn(inFile(scope), meta, message);
    } else if (isSimple) usedAtoms.add(key);
    else used.push(key);
  }
}

function isLiteral(form: Term): boolean {
  if (form instanceof Tuple3) return false;
  if (form instanceof Tuple2) return isLiteral(form.a) && isLiteral(form.b);
  if (form instanceof Cons) return (listToArray(form) ?? []).every(isLiteral);
  return true;
}

/** Keys in patterns are literals or pinned. */
function validateMatchKey(scope: Scope, meta: Term, form: Term): void {
  if (form instanceof Tuple2) {
    validateMatchKey(scope, meta, form.a);
    validateMatchKey(scope, meta, form.b);
  } else if (form instanceof Cons) {
    for (const item of listToArray(form) ?? []) validateMatchKey(scope, meta, item);
  } else if (form instanceof Tuple3) {
    const { a: name, c: args } = form;
    if (name instanceof Atom && args instanceof Atom) {
      throw fileError(
        scope,
        meta,
        `cannot use variable ${name.name} as map key inside a pattern. Map keys in patterns can only be literals ` +
          "(such as atoms, strings, tuples, and the like) or an existing variable matched with the pin operator " +
          "(such as ^some_var)",
      );
    }
    if (name === PIN || (name === MAP && args instanceof Cons)) return;
    if (name === TYPE) {
      validateMatchKey(scope, meta, (listToArray(args) ?? [])[0]);
      return;
    }
    validateMatchKey(scope, meta, name);
    validateMatchKey(scope, meta, args);
  }
}

export function* expandStruct(scope: Scope, meta: Term, left: Term, right: Term): Task<Term> {
  if (!(right instanceof Tuple3) || right.a !== MAP) {
    throw fileError(
      scope,
      meta,
      `expected struct to be followed by a map, got: ${yield* source(scope, right)}`,
    );
  }
  const map = new Tuple3(MAP, right.b, list(withoutStructKey(scope, meta, listToArray(right.c) ?? [])));
  const [name, expanded] = yield* scope.expandArgs([left, map]);
  if (!isStructName(scope, name)) {
    const shown = yield* source(scope, name);
    throw fileError(
      scope,
      meta,
      scope.env.inMatch
        ? `expected struct name in a match to be a compile time atom, alias or a variable, got: ${shown}`
        : `expected struct name to be a compile time atom or alias, got: ${shown}`,
    );
  }
  if (!(name instanceof Atom)) return new Tuple3(STRUCT, meta, list([name, expanded]));
  const args = listToArray((expanded as Tuple3).c) ?? [];
  const update = updateParts(args);
  const pairs = (update === null ? args : (listToArray(update.right) ?? [])).filter(
    (pair): pair is Tuple2 => pair instanceof Tuple2 && pair.a !== STRUCT_KEY,
  );
  yield* trace(scope, "struct_expansion", meta, name, list(pairs.map(({ a: key }) => key)));
  yield* assertAtomKeys(scope, meta, pairs);
  if (update !== null || scope.env.inMatch) {
    yield* checkFields(scope, meta, name, pairs);
    return new Tuple3(STRUCT, meta, list([name, expanded]));
  }
  const struct = yield* loadStruct(scope, meta, name, list(pairs));
  for (const { a: key } of pairs) if (!mapHas(struct, key)) yield* unknownKey(scope, meta, name, key);
  const given = new Set(pairs.map((pair) => pair.a));
  const defaults: Term[] = [];
  for (const [key, value] of mapEntries(struct)) {
    if (key === STRUCT_KEY || given.has(key)) continue;
    defaults.push(new Tuple2(key, yield* escaped(scope, value, "none", false)));
  }
  const complete = new Tuple3(MAP, (expanded as Tuple3).b, list([...defaults, ...pairs]));
  return new Tuple3(STRUCT, meta, list([name, complete]));
}

function withoutStructKey(scope: Scope, meta: Term, args: readonly Term[]): readonly Term[] {
  const update = updateParts(args);
  const clean = (pairs: readonly Term[]): readonly Term[] => {
    const i = pairs.findIndex((pair) => pair instanceof Tuple2 && pair.a === STRUCT_KEY);
    if (i < 0) return pairs;
    warn(inFile(scope), meta, "key :__struct__ is ignored when using structs");
    return pairs.filter((_, j) => j !== i);
  };
  if (update === null) return clean(args);
  return [new Tuple3(BAR, update.meta, list([update.left, list(clean(listToArray(update.right) ?? []))]))];
}

function isStructName(scope: Scope, form: Term): boolean {
  if (form instanceof Atom) return true;
  if (!scope.env.inMatch || !(form instanceof Tuple3)) return false;
  if (form.a instanceof Atom && form.c instanceof Atom) return true;
  const [pinned] = listToArray(form.c) ?? [];
  return form.a === PIN && pinned instanceof Tuple3 && pinned.c instanceof Atom;
}

function* assertAtomKeys(scope: Scope, meta: Term, pairs: readonly Tuple2[]): Task<void> {
  for (const { a: key } of pairs) {
    if (key instanceof Atom) continue;
    functionError(
      scope,
      meta,
      `invalid key ${yield* source(scope, key)} for struct, struct keys must be atoms, got: `,
    );
  }
}

function* unknownKey(scope: Scope, meta: Term, name: Atom, key: Term): Task<void> {
  functionError(scope, meta, `unknown key ${yield* source(scope, key)} for struct ${inspectAtom(name)}`);
}

/** Whether what is being defined here counts for the struct, rather than what is loaded. */
function inContext(scope: Scope, name: Atom): boolean {
  return scope.env.module === name || listHas(scope.env.contextModules, name);
}

function* isOpen(scope: Scope, name: Atom): Task<boolean> {
  if (openModule(name) === undefined) return false;
  return inContext(scope, name) || !(yield* scope.host.ensureLoaded(name));
}

function* checkFields(scope: Scope, meta: Term, name: Atom, pairs: readonly Tuple2[]): Task<void> {
  const fields = yield* structInfo(scope, name);
  if (fields === null) throw undefinedStruct(scope, meta, name);
  for (const { a: key } of pairs) if (!fields.has(key)) yield* unknownKey(scope, meta, name, key);
}

function* structInfo(scope: Scope, name: Atom): Task<Set<Term> | null> {
  let info: Term = NIL;
  if (yield* isOpen(scope, name)) {
    info = openModule(name)?.struct ?? NIL;
    if (info === NIL && scope.env.module === name) return null;
  }
  if (info === NIL) {
    const code = (yield* scope.host.awaitStruct(name)) ? scope.host.code(name, INFO, 1) : null;
    info = code === null ? (openModule(name)?.struct ?? NIL) : yield* call(code, STRUCT_INFO);
  }
  if (info === NIL) return null;
  return new Set(
    (listToArray(info) ?? []).map((field) => (field as TermMap) && (mapGet(field as TermMap, FIELD) as Term)),
  );
}

/** Calls `__struct__/1` with the expanded pairs, which makes sure of enforced keys. */
function* loadStruct(scope: Scope, meta: Term, name: Atom, pairs: Term): Task<TermMap> {
  const code = yield* structCode(scope, name);
  if (code === null) throw undefinedStruct(scope, meta, name);
  let struct: Term;
  try {
    struct = yield* call(code, pairs);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    if (error.reason === atom("undef")) throw undefinedStruct(scope, meta, name);
    throw inStruct(error, scope, meta, name);
  }
  if (struct instanceof TermMap) {
    const tag = mapGet(struct, STRUCT_KEY);
    if (tag === name) return struct;
    if (tag instanceof Atom) {
      throw fileError(
        scope,
        meta,
        `expected struct name returned by ${inspectAtom(name)}.__struct__/1 to be ${inspectAtom(name)}, ` +
          `got: ${inspectAtom(tag)}`,
      );
    }
  }
  throw fileError(
    scope,
    meta,
    `expected ${inspectAtom(name)}.__struct__/1 to return a map with a :__struct__ key that holds the name of ` +
      `the struct (atom), got: ${yield* inspect(scope, struct)}`,
  );
}

function* structCode(scope: Scope, name: Atom): Task<Code | null> {
  const local = yield* localStruct(scope, name);
  if (local !== null || (scope.env.module === name && openModule(name) !== undefined)) return local;
  if (!(yield* scope.host.awaitStruct(name))) return null;
  return scope.host.code(name, STRUCT_KEY, 1) ?? (yield* localStruct(scope, name));
}

/** The struct of a module that is still being defined. */
function* localStruct(scope: Scope, name: Atom): Task<Code | null> {
  if (!(yield* isOpen(scope, name))) return null;
  const local = localDefinition(name, STRUCT_KEY, 1, ["def"]);
  return local === null ? null : yield* openModule(name)!.compileLocal(scope.host, local, scope.env);
}

function undefinedStruct(scope: Scope, meta: Term, name: Atom): Raised {
  if (inContext(scope, name) && !scope.env.inFunction) {
    return fileError(
      scope,
      meta,
      `cannot access struct ${inspectAtom(name)}, the struct was not yet defined or the struct is being accessed ` +
        "in the same context that defines it",
    );
  }
  const shown = inspectAtom(name);
  return fileError(
    scope,
    meta,
    `${shown}.__struct__/1 is undefined, cannot expand struct ${shown}. Make sure the struct name is correct. ` +
      "If the struct name exists and is correct but it still cannot be found, you likely have cyclic module usage in your code",
  );
}
