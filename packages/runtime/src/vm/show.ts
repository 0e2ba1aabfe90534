/**
 * Terms as text without the library: for reports of the runtime itself, when `Inspect` may be what has failed. Programs
 * see `inspect/2`.
 */
import { Atom, atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Fun } from "../term/fun.ts";
import { Pid, Reference } from "../term/identifier.ts";
import { Cons, EMPTY } from "../term/list.ts";
import { mapEntries, mapGet, TermMap } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple, Tuple2 } from "../term/tuple.ts";

/** Of a longer text only so much is shown. */
const MOST_TEXT = 500;
const STRUCT = atom("__struct__");

/** Elixir's notation, cut at `depth` levels and thirty elements. */
export function show(term: Term, depth = 8): string {
  if (depth === 0) return "…";
  const inner = (item: Term) => show(item, depth - 1);
  if (term instanceof Atom) return showAtom(term);
  if (term instanceof Float) return Number.isInteger(term.value) ? term.value.toFixed(1) : String(term.value);
  if (term instanceof Bitstring) {
    return term.text === undefined ? `<<${[...term.bytes.slice(0, 30)].join(", ")}>>` : showText(term.text);
  }
  if (term instanceof Tuple) return `{${cut(term.toArray().map(inner))}}`;
  if (term === EMPTY) return "[]";
  if (term instanceof Cons) {
    const elements: Term[] = [];
    let rest: Term = term;
    for (; rest instanceof Cons && elements.length <= 30; rest = rest.tail) elements.push(rest.head);
    const items = elements.every(isPair)
      ? elements.map((pair) => `${showKey(pair.a)}${inner(pair.b)}`)
      : elements.map(inner);
    return `[${cut(items)}${rest === EMPTY || rest instanceof Cons ? "" : ` | ${inner(rest)}`}]`;
  }
  if (term instanceof TermMap) return showMap(term, inner);
  if (term instanceof Fun) {
    const { module, name, index } = term.info;
    return `${index < 0 ? `&${showAtom(module)}.${name.name}` : "fn"}/${term.arity}`;
  }
  if (term instanceof Pid) return `#PID<0.${term.id}.0>`;
  if (term instanceof Reference) return `#Reference<${term.id}>`;
  return String(term);
}

function showMap(map: TermMap, inner: (item: Term) => string): string {
  const struct = mapGet(map, STRUCT);
  const entries = mapEntries(map).filter(([key]) => !(struct instanceof Atom && key === STRUCT));
  const items = entries.every(([key]) => key instanceof Atom)
    ? entries.map(([key, value]) => `${showKey(key as Atom)}${inner(value)}`)
    : entries.map(([key, value]) => `${inner(key)} => ${inner(value)}`);
  return `%${struct instanceof Atom ? showAtom(struct) : ""}{${cut(items)}}`;
}

/** An element of a keyword list. */
function isPair(term: Term): term is Tuple2 & { a: Atom } {
  return term instanceof Tuple2 && term.a instanceof Atom && !/^Elixir\./.test(term.a.name);
}

function showKey(key: Atom): string {
  return `${showAtom(key).replace(/^:/, "")}: `;
}

function showText(text: string): string {
  const cut = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
  return JSON.stringify(cut).replaceAll("#{", "\\#{");
}

function showAtom({ name }: Atom): string {
  if (/^Elixir\.[A-Z][\w.]*$/.test(name)) return name.slice(7);
  if (name === "true" || name === "false" || name === "nil") return name;
  return /^[A-Za-z_][\w@]*[?!]?$/.test(name) ? `:${name}` : `:${JSON.stringify(name)}`;
}

function cut(items: string[]): string {
  return items.length > 30 ? [...items.slice(0, 30), "…"].join(", ") : items.join(", ");
}
