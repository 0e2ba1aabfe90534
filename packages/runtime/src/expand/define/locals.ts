/**
 * Calling what a module defines before it is compiled: its own macros, and its struct while it is still open.
 * The definition and every local function that it may reach are compiled apart; the code is kept until
 * one of them changes.
 */
import type { Task } from "../../process/task.ts";
import { BITS, IN, isCall, keywordGet, LEFT_ARROW, RESCUE, remoteCall } from "../../syntax/quoted.ts";
import { Atom, atom, NIL } from "../../term/atom.ts";
import type { Code } from "../../term/fun.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import type { Env } from "../env.ts";
import type { Clause, Definition, Host } from "../host.ts";
import { isSpecialForm } from "../imports.ts";
import type { OpenModule, StoredDefinition } from "./open-module.ts";

const SUPER = atom("super");
const CAPTURE = atom("&");
const SLASH = atom("/");
const DOT = atom(".");
const TRY = atom("try");
const ARROW = atom("->");
const FOR = atom("for");
const WITH = atom("with");
const WHEN = atom("when");
const STRUCT = atom("%");
const STRUCT_FUNCTION = atom("__struct__");
const TYPE = atom("::");
const MINUS = atom("-");
const SIZE = atom("size");
const MODULE = atom("elixir_module");

/** The code of a definition of an open module. */
export function* compileLocal(host: Host, open: OpenModule, wanted: StoredDefinition, env: Env): Task<Code> {
  const { module } = open;
  const key = `${wanted.name.name}/${wanted.arity}`;
  const known = open.compiledLocals.get(key);
  if (
    known !== undefined &&
    [...known.uses].every(([name, clauses]) => open.definitions.get(name)?.clauses === clauses)
  ) {
    return known.code;
  }
  if (wanted.kind === "defmacrop") open.usedPrivate.add(key);
  const uses = new Map<string, readonly Clause[] | undefined>();
  const definitions: Definition[] = [];
  const pending: { name: Atom; arity: number }[] = [wanted];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, arity } = next;
    const local = `${name.name}/${arity}`;
    if (uses.has(local)) continue;
    const found = open.definitions.get(local);
    uses.set(local, found?.clauses);
    if (found === undefined) {
      definitions.push(missing(module, name, arity));
      continue;
    }
    definitions.push(frozen(found));
    for (const clause of found.clauses) for (const local of localCalls(clause)) pending.push(local);
  }
  const isMacro = wanted.kind === "defmacro" || wanted.kind === "defmacrop";
  const code = isMacro
    ? yield* host.compileLocals(module, definitions, atom(`MACRO-${wanted.name.name}`), wanted.arity + 1, env)
    : yield* host.compileLocals(module, definitions, wanted.name, wanted.arity, env);
  open.compiledLocals.set(key, { uses, code });
  return code;
}

export function frozen(definition: StoredDefinition): Definition {
  const { name, arity, kind, meta, clauses } = definition;
  return { name, arity, kind, meta, clauses };
}

/** A function that is called but not defined yet: the call fails when it happens. */
function missing(module: Atom, name: Atom, arity: number): Definition {
  const args = Array.from({ length: arity }, (_, i) => {
    const meta = list([new Tuple2(atom("version"), i)]);
    return new Tuple3(atom(`x${i}`), meta, NIL);
  });
  const body = remoteCall(MODULE, "undefined_local", EMPTY, [module, name, arity]);
  return { name, arity, kind: "defp", meta: EMPTY, clauses: [{ meta: EMPTY, args, guards: [], body }] };
}

export interface LocalCall {
  readonly name: Atom;
  readonly arity: number;
  readonly meta: Term;
  /** A call of `super`, or of the full arity by a clause with defaults. */
  readonly isSuper: boolean;
}

/**
 * Local calls and captures in an expanded clause, a call after those in its arguments. What only looks like one, such as a
 * bitstring's specifiers, does no harm.
 */
export function localCalls(clause: Clause): LocalCall[] {
  const found: LocalCall[] = [];
  walk(clause.body, ({ a: name, b: meta, c: args }) => {
    if (!(name instanceof Atom)) return name instanceof Tuple3 && name.a === DOT ? [name.c, args] : null;
    const parts = listToArray(args);
    if (parts === null) return [];
    if (name === TYPE && parts.length === 2) return [parts[0], ...sizes(parts[1])];
    if (name === SUPER) {
      const target = superTarget(meta);
      if (target !== null) found.push({ name: target, arity: parts.length, meta, isSuper: true });
    } else if (name === CAPTURE) {
      const captured = localCapture(parts[0]);
      if (captured === null) return (listToArray((parts[0] as Tuple3).c) ?? []).slice(0, 1);
      found.push({ ...captured, isSuper: false });
      return [];
    } else if (name === ARROW) {
      return clauseParts(parts);
    } else if (name === FOR || name === WITH) {
      return parts.flatMap(generatorParts);
    } else if (name === DOT || !(isSpecialForm(name, parts.length) || NOT_CALLS.has(name.name))) {
      return [args, () => found.push({ name, arity: parts.length, meta, isSuper: false })];
    }
    return null;
  });
  return found;
}

/**
 * Visits all nodes of a form in the order of the text, however deep it is. `enter` says what to visit, or to do, instead of
 * visiting a node's own parts.
 */
export function walk(whole: Term, enter: (node: Tuple3) => readonly (Term | (() => void))[] | null): void {
  const stack: (Term | (() => void))[] = [whole];
  while (stack.length > 0) {
    const form = stack.pop() as Term | (() => void);
    if (typeof form === "function") form();
    else if (form instanceof Cons) stack.push(form.tail, form.head);
    else if (form instanceof Tuple2) stack.push(form.b, form.a);
    else if (form instanceof Tuple3) {
      const instead = enter(form);
      if (instead === null) stack.push(form.c, form.a);
      else for (let i = instead.length - 1; i >= 0; i--) stack.push(instead[i]);
    }
  }
}

export interface RemoteCall {
  readonly module: Atom;
  readonly name: Atom;
  readonly arity: number;
  readonly meta: Term;
  /** It is not called: errors of it are rescued. */
  readonly isRescued?: true;
}

/** Calls and captures of functions of named modules in an expanded clause; a struct is one of `__struct__/0`, rescued or made. */
export function remoteCalls(clause: Clause): RemoteCall[] {
  const found: RemoteCall[] = [];
  walk(list([...clause.args, clause.body]), ({ a: callee, b: meta, c: args }) => {
    if (callee === TRY) found.push(...rescued((args as Cons).head));
    if (callee === STRUCT) {
      const module = (args as Cons).head;
      if (module instanceof Atom) found.push({ module, name: STRUCT_FUNCTION, arity: 0, meta });
    } else if (callee === CAPTURE) {
      const [slash] = listToArray(args) ?? [];
      const [named, arity] = slash instanceof Tuple3 && slash.a === SLASH ? (listToArray(slash.c) ?? []) : [];
      if (named instanceof Tuple3 && named.a instanceof Tuple3 && typeof arity === "number") {
        const [module, name] = listToArray(named.a.c) ?? [];
        if (!(module instanceof Atom && name instanceof Atom)) return [module];
        found.push({ module, name, arity, meta: named.b });
        return [];
      }
    }
    if (callee instanceof Tuple3 && callee.a === DOT) {
      const [module, name] = listToArray(callee.c) ?? [];
      const arity = listToArray(args)?.length;
      if (module instanceof Atom && name instanceof Atom && arity !== undefined)
        found.push({ module, name, arity, meta });
    }
    return null;
  });
  return found;
}

const NOT_CALLS = new Set(["in"]);

/** The patterns, guards and body of a clause: `when` is a call everywhere else. */
function clauseParts([left, body]: readonly Term[]): Term[] {
  return [...(listToArray(left) ?? []).flatMap(guardedParts), body];
}

/** What a generator of `for` or `with` is made of, also of one over a bitstring: `<-` is a call everywhere else. */
function generatorParts(form: Term): Term[] {
  if (isCall(form, BITS, 1)) return generatorParts((form.c as Cons).head);
  if (!isCall(form, LEFT_ARROW, 2)) return [form];
  const [left, right] = listToArray(form.c) as Term[];
  return [...guardedParts(left), right];
}

function guardedParts(form: Term): Term[] {
  const parts = form instanceof Tuple3 && form.a === WHEN ? listToArray(form.c) : null;
  return parts === null ? [form] : parts.flatMap(guardedParts);
}

/** The modules whose errors a `try` rescues. */
function rescued(blocks: Term): RemoteCall[] {
  return (listToArray(keywordGet(blocks, RESCUE) ?? EMPTY) ?? []).flatMap((clause) => {
    const [left] = clause instanceof Tuple3 ? (listToArray(clause.c) ?? []) : [];
    const [head] = listToArray(left) ?? [];
    if (!(head instanceof Tuple3) || head.a !== IN) return [];
    const [, modules] = listToArray(head.c) as Term[];
    return (listToArray(modules) as Atom[]).map((module): RemoteCall => {
      return { module, name: STRUCT_FUNCTION, arity: 0, meta: head.b, isRescued: true };
    });
  });
}

/** Of a segment's specifiers only the size can hold calls. */
function sizes(spec: Term): Term[] {
  if (!(spec instanceof Tuple3)) return [];
  const parts = listToArray(spec.c) ?? [];
  if (spec.a === MINUS) return parts.flatMap(sizes);
  return spec.a === SIZE ? parts : [];
}

function superTarget(meta: Term): Atom | null {
  for (const entry of listToArray(meta) ?? []) {
    if (entry instanceof Tuple2 && entry.a === SUPER && entry.b instanceof Tuple2) return entry.b.b as Atom;
  }
  return null;
}

function localCapture(form: Term): { name: Atom; arity: number; meta: Term } | null {
  if (!(form instanceof Tuple3) || form.a !== SLASH) return null;
  const [named, arity] = listToArray(form.c) ?? [];
  if (!(named instanceof Tuple3) || !(named.a instanceof Atom) || typeof arity !== "number") return null;
  return { name: named.a, arity, meta: named.b };
}
