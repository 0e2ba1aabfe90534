/**
 * Terms as text without the library: for reports of the runtime itself, when `Inspect` may be what has failed. Programs
 * see `inspect/2`.
 */
import { Atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Fun } from "../term/fun.ts";
import { Pid, Reference } from "../term/identifier.ts";
import { Cons, EMPTY } from "../term/list.ts";
import { mapEntries, TermMap } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple } from "../term/tuple.ts";

/** Elixir's notation, cut at `depth` levels and thirty elements. */
export function show(term: Term, depth = 8): string {
  if (depth === 0) return "…";
  const inner = (item: Term) => show(item, depth - 1);
  if (term instanceof Atom) return showAtom(term);
  if (term instanceof Float) return Number.isInteger(term.value) ? term.value.toFixed(1) : String(term.value);
  if (term instanceof Bitstring) {
    return term.text === undefined
      ? `<<${[...term.bytes.slice(0, 30)].join(", ")}>>`
      : JSON.stringify(term.text);
  }
  if (term instanceof Tuple) return `{${cut(term.toArray().map(inner))}}`;
  if (term === EMPTY) return "[]";
  if (term instanceof Cons) {
    const items: string[] = [];
    let rest: Term = term;
    for (; rest instanceof Cons && items.length <= 30; rest = rest.tail) items.push(inner(rest.head));
    return `[${cut(items)}${rest === EMPTY || rest instanceof Cons ? "" : ` | ${inner(rest)}`}]`;
  }
  if (term instanceof TermMap) {
    return `%{${cut(mapEntries(term).map(([key, value]) => `${inner(key)} => ${inner(value)}`))}}`;
  }
  if (term instanceof Fun) return `&${showAtom(term.info.module)}.${term.info.name.name}/${term.arity}`;
  if (term instanceof Pid) return `#PID<0.${term.id}.0>`;
  if (term instanceof Reference) return `#Reference<${term.id}>`;
  return String(term);
}

function showAtom({ name }: Atom): string {
  if (/^Elixir\.[A-Z][\w.]*$/.test(name)) return name.slice(7);
  if (name === "true" || name === "false" || name === "nil") return name;
  return /^[a-z_]\w*[?!]?$/.test(name) ? `:${name}` : `:${JSON.stringify(name)}`;
}

function cut(items: string[]): string {
  return items.length > 30 ? [...items.slice(0, 30), "…"].join(", ") : items.join(", ");
}
