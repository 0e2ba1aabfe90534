/** The way back of `rewrite.ts`: which function of Elixir a call of an Erlang function was written as. For what shows code. */
import { Atom, atom, NIL } from "../term/atom.ts";
import { compareTerms } from "../term/compare.ts";
import { list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../term/tuple.ts";
import type { ExpanderModule } from "./native.ts";
import { inline, inlined, reordered } from "./rewrite.ts";

interface Source {
  readonly module: Atom;
  readonly name: Atom;
  /** How the arguments of Erlang's function follow from those of Elixir's, as in `rewrite.ts`. */
  readonly args: readonly string[] | null;
}

let sources: Map<string, Source[]> | undefined;

/** By Erlang's function; where several are inlined as one, the first of the table. */
function sourcesOf(module: Atom, name: Atom, arity: number): readonly Source[] {
  sources ??= invert();
  return sources.get(`${module.name}:${name.name}/${arity}`) ?? [];
}

function invert(): Map<string, Source[]> {
  const inverse = new Map<string, Source[]>();
  const add = (from: string, to: string, args: readonly string[] | null) => {
    const [, module, name] = /^(Elixir\.[A-Z]\w*)\.(.+)\/\d$/.exec(from) as RegExpExecArray;
    const known = inverse.get(to);
    const source = { module: atom(module), name: atom(name), args };
    if (known === undefined) inverse.set(to, [source]);
    else if (args !== null) known.push(source);
  };
  for (const [from, { module, name }] of inlined)
    add(from, `${module.name}:${name.name}/${from.slice(-1)}`, null);
  for (const [from, { module, name, args }] of reordered)
    add(from, `${module.name}:${name.name}/${args.length}`, args);
  for (const [from, to] of [
    ["and", "andalso"],
    ["or", "orelse"],
  ])
    add(`Elixir.Kernel.${from}/2`, `erlang:${to}/2`, null);
  return inverse;
}

/** The argument that a part of a rule makes of this one: `undefined` where it makes none, `null` where it does not fit. */
function original(part: string, arg: Term): Term | undefined | null {
  if (/^\d$/.test(part)) return arg;
  if (!part.startsWith("+")) {
    const literal = part.startsWith("[") ? list([atom(part.slice(1, -1))]) : atom(part);
    return compareTerms(arg, literal) === 0 ? undefined : null;
  }
  if (typeof arg === "number") return arg - 1;
  if (!(arg instanceof Tuple3) || !(arg.a instanceof Tuple3)) return null;
  const called = listToArray(arg.a.c) ?? [];
  const [index, one] = listToArray(arg.c) ?? [];
  return called[0] === atom("erlang") && called[1] === atom("+") && one === 1 ? index : null;
}

function restored({ module, name, args: rule }: Source, args: readonly Term[]): Term | null {
  if (rule === null) return tuple(module, name, list([...args]), NIL);
  const originals: Term[] = [];
  const order: number[] = [];
  for (const [position, part] of rule.entries()) {
    const arg = original(part, args[position]);
    if (arg === null) return null;
    if (arg === undefined) continue;
    const index = Number(part.replace("+", ""));
    originals[index] = arg;
    order[index] = position;
  }
  return tuple(module, name, list(originals), list(order));
}

/** The module `:elixir_rewrite`. */
export function rewriteNatives(): ExpanderModule {
  return {
    module: "elixir_rewrite",
    functions: {
      /** `{module, name}` of Erlang, or `nil`. */
      "inline/3": (module: Atom, name: Atom, arity: number) => {
        const target = inline(module, name, arity);
        return target === undefined ? NIL : new Tuple2(target.module, target.name);
      },
      /** `{module, name, args, order}` of Elixir, or `nil`: `order` is that of the arguments among Erlang's, `nil` the same. */
      "erl_to_ex/3": (module: Term, name: Term, args: Term) => {
        const given = listToArray(args);
        if (!(module instanceof Atom) || !(name instanceof Atom) || given === null) return NIL;
        for (const source of sourcesOf(module, name, given.length)) {
          const found = restored(source, given);
          if (found !== null) return found;
        }
        return NIL;
      },
    },
  };
}
