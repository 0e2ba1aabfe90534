/**
 * Values that Erlang's compiler knows expressions and variables to have: literals, what is matched with them, and calls of builtins
 * that do nothing but give a value. The variables of one clause have different versions, so that a value once known stays right.
 */
import {
  BAR,
  BITS,
  BLOCK,
  CAPTURE,
  DO,
  DOT,
  isCall,
  isVariable,
  keywordGet,
  MAP,
  MATCH,
  metaGet,
  STRUCT,
  TUPLE,
  WHEN,
} from "../../syntax/quoted.ts";
import { Atom, atom, FALSE, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { strictEquals } from "../../term/compare.ts";
import { Raised } from "../../term/error.ts";
import { Fun } from "../../term/fun.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import { mapFrom, TermMap } from "../../term/map.ts";
import { Float } from "../../term/number.ts";
import type { Term } from "../../term/term.ts";
import { Tuple, Tuple2, Tuple3, tuple } from "../../term/tuple.ts";
import { VERSION } from "../scope.ts";

/** Forms nested deeper are not looked at. */
const DEPTH = 50;

const CASE = atom("case");
const COND = atom("cond");
const WITH = atom("with");
const ORELSE = atom("orelse");
const ANDALSO = atom("andalso");
const SLASH = atom("/");

/** The value of a call with known arguments, if it is known as well. */
type Fold = (module: Atom, name: Atom, args: readonly Term[]) => Term | undefined;

export class Constants {
  readonly #known = new Map<Term, Term>();
  /** The tuples that variables are bound to, of which not every part is known. */
  readonly #made = new Map<Term, Term>();
  readonly #fold: Fold;

  constructor(fold: Fold) {
    this.#fold = fold;
  }

  /** Learns from a pattern that is matched with an expression. */
  bind(pattern: Term, form: Term, depth = 0): void {
    if (depth > DEPTH) return;
    const whole = this.value(form);
    if (whole !== undefined) return this.#match(pattern, whole, depth);
    if (isVariable(pattern) && this.#shapeOf(form)?.kind === "tuple") {
      this.#made.set(metaGet(pattern.b, VERSION) as Term, form);
      return;
    }
    if (pattern instanceof Tuple2 && form instanceof Tuple2) {
      this.bind(pattern.a, form.a, depth + 1);
      this.bind(pattern.b, form.b, depth + 1);
    } else if (
      pattern instanceof Tuple3 &&
      form instanceof Tuple3 &&
      pattern.a === TUPLE &&
      form.a === TUPLE
    ) {
      const forms = listToArray(form.c) ?? [];
      for (const [i, part] of (listToArray(pattern.c) ?? []).entries())
        if (i < forms.length) this.bind(part, forms[i], depth + 1);
    }
  }

  #match(pattern: Term, value: Term, depth: number): void {
    if (depth > DEPTH) return;
    if (pattern instanceof Tuple2 && value instanceof Tuple2) {
      this.#match(pattern.a, value.a, depth + 1);
      this.#match(pattern.b, value.b, depth + 1);
    } else if (pattern instanceof Cons && value instanceof Cons) {
      const [head, tail] = partsOfCons(pattern);
      this.#match(head, value.head, depth + 1);
      this.#match(tail, value.tail, depth + 1);
    } else if (isVariable(pattern)) {
      const version = metaGet(pattern.b, VERSION);
      if (version !== undefined) this.#known.set(version, value);
    } else if (pattern instanceof Tuple3 && pattern.a === MATCH) {
      for (const side of listToArray(pattern.c) ?? []) this.#match(side, value, depth + 1);
    } else if (pattern instanceof Tuple3 && pattern.a === TUPLE && value instanceof Tuple) {
      const values = value.toArray();
      for (const [i, part] of (listToArray(pattern.c) ?? []).entries())
        if (i < values.length) this.#match(part, values[i], depth + 1);
    }
  }

  /** Whether a clause takes the value of an expression for sure, never for its pattern, or is refused by its guard. */
  takes(
    pattern: Term,
    guard: Term,
    subject: Term,
    value = this.value(subject),
  ): "it" | "nothing" | "refused" | "perhaps" {
    if (value !== undefined && isOtherKind(pattern, value)) return "nothing";
    if (this.#differs(pattern, subject, 0, value)) return "nothing";
    const holds = this.value(guard);
    if (holds !== undefined && holds !== TRUE) return "refused";
    const any = pattern instanceof Tuple3 && pattern.c instanceof Atom;
    const known = value !== undefined && (any || this.value(pattern, false) !== undefined);
    return holds === TRUE && known ? "it" : "perhaps";
  }

  /** Whether a pattern takes all that an expression of a known shape makes. */
  fits(pattern: Term, form: Term, seen = new Set<Term>()): boolean {
    if (isVariable(pattern)) {
      const version = metaGet(pattern.b, VERSION) as Term;
      const isFirst = !seen.has(version);
      if (version !== undefined) seen.add(version);
      return isFirst;
    }
    const [shape, made] = [shapeOf(pattern), this.#shapeOf(form)];
    if (shape === null || pattern instanceof Bitstring) return false;
    const value = this.value(form);
    if (shape.kind === "literal") return value !== undefined && strictEquals(pattern, value);
    const parts = made?.parts ?? partsOfValue(value);
    return (
      parts?.length === shape.parts.length && shape.parts.every((part, i) => this.fits(part, parts[i], seen))
    );
  }

  /** Whether literal parts of a pattern, or its shape, differ from what an expression makes. */
  #differs(pattern: Term, form: Term, depth: number, value = this.value(form)): boolean {
    if (depth > DEPTH) return false;
    const literal = this.value(pattern, false);
    if (literal !== undefined && value !== undefined) return !strictEquals(literal, value);
    if (isCall(pattern, MATCH, 2))
      return (
        listToArray((pattern as Tuple3).c)?.some((side) => this.#differs(side, form, depth + 1, value)) ??
        false
      );
    const [shape, made] = [shapeOf(pattern), this.#shapeOf(form)];
    if (made !== null && made.parts.length > 0 && [MAP, STRUCT, BITS].some((one) => isCall(pattern, one)))
      return true;
    if (shape === null || made === null) return false;
    if (shape.kind !== made.kind || shape.parts.length !== made.parts.length) return true;
    return shape.parts.some((part, i) => this.#differs(part, made.parts[i], depth + 1));
  }

  /** Whether an expression makes a tuple, or is a variable that is bound to one. */
  isMade(form: Term): boolean {
    return this.#shapeOf(form)?.kind === "tuple";
  }

  #shapeOf(form: Term): Shape | null {
    if (isCall(form, MATCH, 2)) return this.#shapeOf((listToArray(form.c) as Term[])[1]);
    return shapeOf(isVariable(form) ? (this.#made.get(metaGet(form.b, VERSION) as Term) ?? form) : form);
  }

  /** The value of a form, if it is known; variables and calls may be left out of account. */
  value(form: Term, variables = true, depth = 0): Term | undefined {
    if (
      typeof form !== "object" ||
      form instanceof Atom ||
      form instanceof Float ||
      form instanceof Bitstring ||
      form instanceof TermMap ||
      form === EMPTY
    )
      return form;
    if (depth > DEPTH) return undefined;
    const values = (forms: readonly Term[]): Term[] | undefined => {
      const found = forms.map((one) => this.value(one, variables, depth + 1));
      return found.includes(undefined) ? undefined : (found as Term[]);
    };
    if (form instanceof Cons) {
      const items = listToArray(form) ?? [];
      const last = items.at(-1);
      const improper = last instanceof Tuple3 && last.a === BAR ? (listToArray(last.c) as Term[]) : null;
      const found = values(improper === null ? items : [...items.slice(0, -1), ...improper]);
      const tail = improper === null ? EMPTY : found?.pop();
      return found === undefined || tail === undefined ? undefined : list(found, tail);
    }
    if (form instanceof Tuple2) {
      const found = values([form.a, form.b]);
      return found && tuple(...found);
    }
    if (!(form instanceof Tuple3)) return undefined;
    if (form.c instanceof Atom)
      return variables ? this.#known.get(metaGet(form.b, VERSION) as Term) : undefined;
    const args = listToArray(form.c);
    if (args === null) return undefined;
    if (form.a === MATCH && !variables) return undefined;
    if (form.a === MATCH || form.a === BLOCK || form.a === STRUCT)
      return this.value(args.at(-1) as Term, variables, depth + 1);
    if (form.a === TUPLE) {
      const found = values(args);
      return found && tuple(...found);
    }
    if (form.a === MAP) {
      const found = values(args) as Tuple2[] | undefined;
      return found?.every((pair) => pair instanceof Tuple2)
        ? mapFrom(found.map((pair) => [pair.a, pair.b] as const))
        : undefined;
    }
    // What follows is found as late as what variables are.
    if (!variables) return undefined;
    if (form.a === CAPTURE) return externalFun(args[0]);
    if (form.a === CASE) return this.#ofCase(args, depth);
    if (!(form.a instanceof Tuple3) || form.a.a !== DOT) return undefined;
    const [module, name] = listToArray(form.a.c) ?? [];
    if (!(module instanceof Atom && name instanceof Atom)) return undefined;
    if (name === ORELSE || name === ANDALSO) {
      const left = this.value(args[0], true, depth + 1);
      if (left !== TRUE && left !== FALSE) return undefined;
      return (left === TRUE) === (name === ORELSE) ? left : this.value(args[1], true, depth + 1);
    }
    const found = values(args);
    return found ? this.#fold(module, name, found) : lengthOf(module, name, args);
  }

  /** The value of the clause that is taken for sure, or that of the only one. */
  #ofCase([subject, blocks]: readonly Term[], depth: number): Term | undefined {
    const clauses = clausesOf(blocks);
    const value = this.value(subject, true, depth + 1);
    if (clauses.length !== 1 && value === undefined) return undefined;
    for (const clause of clauses) {
      const { pattern, guard, body } = readClause(clause);
      if (value !== undefined) this.#match(pattern, value, depth + 1);
      if (clauses.length === 1) return this.value(body, true, depth + 1);
      const takes = this.takes(pattern, guard, subject, value);
      if (takes === "it") return this.value(body, true, depth + 1);
      if (takes === "perhaps") return undefined;
    }
    return undefined;
  }

  /** The forms of which one has the value of a form, as far as its clauses are seen. */
  results(form: Term, depth = 0): readonly Term[] {
    const parts = form instanceof Tuple3 ? listToArray(form.c) : null;
    if (!(form instanceof Tuple3) || parts === null || depth > DEPTH) return [form];
    const inside = (forms: readonly Term[]) => forms.flatMap((one) => this.results(one, depth + 1));
    if (form.a === BLOCK) return inside(parts.slice(-1));
    if (form.a === COND) return inside(clausesOf(parts[0]).map((clause) => readClause(clause).body));
    if (form.a === WITH) return inside([keywordGet(parts.at(-1) as Term, DO) as Term]);
    if (form.a !== CASE) return isBoth(form) ? inside(parts.slice(1)) : [form];
    const clauses = clausesOf(parts[1]).map(readClause);
    const tried = clauses.filter(({ pattern, guard }) => this.takes(pattern, guard, parts[0]) !== "nothing");
    return inside((clauses.length === 1 ? clauses : tried).map(({ body }) => body));
  }
}

/** `and` or `or`. */
function isBoth({ a: called }: Tuple3): boolean {
  const [module, name] = (called instanceof Tuple3 && called.a === DOT && listToArray(called.c)) || [];
  return module instanceof Atom && module.name === "erlang" && (name === ANDALSO || name === ORELSE);
}

export function clausesOf(blocks: Term): readonly Term[] {
  return listToArray(keywordGet(blocks, DO) ?? EMPTY) ?? [];
}

/** A clause of `case`. */
export function readClause(clause: Term): { pattern: Term; guard: Term; body: Term } {
  const [left, body] = listToArray((clause as Tuple3).c) as Term[];
  const [head] = listToArray(left) as Term[];
  const [pattern, guard] = isCall(head, WHEN, 2) ? (listToArray((head as Tuple3).c) as Term[]) : [head, TRUE];
  return { pattern, guard, body };
}

interface Shape {
  readonly kind: "tuple" | "list" | "literal";
  readonly parts: readonly Term[];
}

/** What data a form makes, or a pattern takes, and of which parts; `null` where that is not seen. */
function shapeOf(form: Term): Shape | null {
  if (form instanceof Tuple2) return { kind: "tuple", parts: [form.a, form.b] };
  if (isCall(form, TUPLE)) return { kind: "tuple", parts: listToArray((form as Tuple3).c) ?? [] };
  if (form instanceof Cons) return { kind: "list", parts: partsOfCons(form) };
  return form instanceof Tuple3 ? null : { kind: "literal", parts: [] };
}

function partsOfValue(value: Term | undefined): readonly Term[] | undefined {
  if (value instanceof Cons) return [value.head, value.tail];
  return value instanceof Tuple ? value.toArray() : undefined;
}

/** Whether a value is no tuple, list or map, or a tuple of another size, where a pattern asks for one. */
function isOtherKind(pattern: Term, value: Term): boolean {
  if (pattern instanceof Cons) return !(value instanceof Cons);
  if (pattern instanceof Tuple2) return !(value instanceof Tuple) || value.size !== 2;
  const parts = pattern instanceof Tuple3 ? listToArray(pattern.c) : null;
  if (!(pattern instanceof Tuple3) || parts === null) return false;
  if (pattern.a === MATCH) return parts.some((part) => isOtherKind(part, value));
  if (pattern.a === TUPLE) return !(value instanceof Tuple) || value.size !== parts.length;
  return (pattern.a === MAP || pattern.a === STRUCT) && !(value instanceof TermMap);
}

/** `&Mod.fun/1`: a fun of which nobody here asks what it does. */
function externalFun(form: Term): Term | undefined {
  if (!(form instanceof Tuple3) || form.a !== SLASH) return undefined;
  const [call, arity] = listToArray(form.c) ?? [];
  if (!(call instanceof Tuple3) || !(call.a instanceof Tuple3) || call.a.a !== DOT) return undefined;
  const [module, name] = listToArray(call.a.c) ?? [];
  if (!(module instanceof Atom && name instanceof Atom && typeof arity === "number")) return undefined;
  return new Fun(() => undefined, { module, name, arity, index: -1 });
}

/** The length of a list whose elements alone are unknown. */
function lengthOf(module: Atom, name: Atom, [list]: readonly Term[]): number | undefined {
  if (module.name !== "erlang" || name.name !== "length") return undefined;
  let length = 0;
  while (list instanceof Cons) {
    length++;
    [, list] = partsOfCons(list);
  }
  return list === EMPTY ? length : undefined;
}

/** The first element of a list's form, and the form of the rest. */
function partsOfCons({ head, tail }: Cons): [Term, Term] {
  return head instanceof Tuple3 && head.a === BAR ? (listToArray(head.c) as [Term, Term]) : [head, tail];
}

/** The result of a builtin that answers at once; the reason where it fails. */
export function answer(
  code: (...args: Term[]) => Term,
  args: readonly Term[],
): { value: Term } | { reason: Term } {
  try {
    return { value: code(...args) };
  } catch (raised) {
    if (raised instanceof Raised) return { reason: raised.reason };
    throw raised;
  }
}
