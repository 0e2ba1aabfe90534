/** The quoted form as Elixir's `inspect` writes it, in one line and with charlists as lists. */
import { Atom } from "../../../packages/runtime/src/term/atom.ts";
import { Bitstring } from "../../../packages/runtime/src/term/bitstring.ts";
import { Cons, EMPTY } from "../../../packages/runtime/src/term/list.ts";
import { Float } from "../../../packages/runtime/src/term/number.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { Tuple, Tuple2 } from "../../../packages/runtime/src/term/tuple.ts";

const PLAIN =
  /^(?:[\p{L}_][\p{L}\p{N}_@]*[?!]?|\+|-|\*|\/|\*\*|=|==|!=|===|!==|=~|<|>|<=|>=|!|\^|&|&&|&&&|\|\||\|\|\||\||\|>|<>|\+\+|--|\.\.|\.\.\.|\.\.\/\/|<-|->|\\\\|@|<<>>|%\{\}|%|\{\}|\.|~>>|<<~|<~>|<<<|>>>)$/u;
const KEY = /^[\p{L}_][\p{L}\p{N}_@]*[?!]?$|^(?:\+|-|<<>>|%\{\}|\.\.\/\/|\.\.)$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNPRINTABLE = /[\0-\x06\x0e-\x1a\x1c-\x1f]/;
const ESCAPES: Record<string, string> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\x7f": "\\d",
  "\x1b": "\\e",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};

export function inspect(term: Term): string {
  if (typeof term === "number" || typeof term === "bigint") return String(term);
  if (term instanceof Float) return floatText(term.value);
  if (term instanceof Atom) return atomText(term.name);
  if (term instanceof Bitstring) {
    const { text } = term;
    return text === undefined || UNPRINTABLE.test(text) ? `<<${[...term.bytes].join(", ")}>>` : quote(text);
  }
  if (term instanceof Tuple) return `{${term.toArray().map(inspect).join(", ")}}`;
  if (term === EMPTY) return "[]";
  if (term instanceof Cons) return listText(term);
  throw new TypeError(`cannot inspect ${String(term)}`);
}

function listText(list: Cons): string {
  const items: Term[] = [];
  for (let rest: Term = list; rest instanceof Cons; rest = rest.tail) items.push(rest.head);
  const keyword = items.every((item) => item instanceof Tuple2 && item.a instanceof Atom);
  const texts = items.map((item) => {
    if (!keyword || !(item instanceof Tuple2)) return inspect(item);
    const { name } = item.a as Atom;
    return `${KEY.test(name) ? name.replace(/^Elixir\./, "") : quote(name)}: ${inspect(item.b)}`;
  });
  return `[${texts.join(", ")}]`;
}

function atomText(name: string): string {
  if (name === "true" || name === "false" || name === "nil") return name;
  if (name.startsWith("Elixir.")) return name.slice("Elixir.".length);
  return PLAIN.test(name) ? `:${name}` : `:${quote(name)}`;
}

function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  return `"${text.replace(/[\0-\x1f"\\\x7f]/g, (char) => ESCAPES[char]).replaceAll("#{", "\\#{")}"`;
}

function floatText(value: number): string {
  const text = String(value).replace("e+", "e");
  if (/^-?\d+$/.test(text)) return text.length > 15 ? exponent(value) : `${text}.0`;
  return text;
}

function exponent(value: number): string {
  const [digits, power] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}e${power.replace("+", "")}`;
}
