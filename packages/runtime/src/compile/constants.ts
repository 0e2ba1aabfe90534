/**
 * The constants of one module: every atom, literal term, export cell and native function that its code mentions,
 * each made once when the module is loaded.
 *
 * Composite terms are made bottom up. One that is large or nested deep gets a name of its own, so that the text stays
 * flat whatever the literal; equal constants share one name.
 */
import { Atom, FALSE, NIL, TRUE } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Fun } from "../term/fun.ts";
import { Pid } from "../term/identifier.ts";
import { Cons, EMPTY } from "../term/list.ts";
import { mapEntries, TermMap } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple } from "../term/tuple.ts";
import { Lit } from "./ir.ts";

/** Text longer than this is hoisted into a constant of its own. */
const MAX_INLINE = 400;

export class Constants {
  readonly #lines: string[] = [];
  readonly #names = new Map<string, string>();
  readonly #atoms = new Map<Atom, string>();
  readonly #taken = new Map<string, number>();

  /** The declarations, in an order in which each uses only earlier ones. */
  get text(): string {
    return this.#lines.join("\n");
  }

  /** A constant made by this JavaScript text, once for all equal texts. */
  hoist(base: string, js: string): string {
    let name = this.#names.get(js);
    if (name === undefined) {
      name = this.unique(base);
      this.#names.set(js, name);
      this.#lines.push(`const ${name} = ${js};`);
    }
    return name;
  }

  /** A JavaScript name that nothing else in the module has. */
  unique(base: string): string {
    const clean = identifier(base);
    const count = this.#taken.get(clean) ?? 0;
    this.#taken.set(clean, count + 1);
    return `${clean}$${count}`;
  }

  atom(value: Atom): string {
    if (value === TRUE) return "TRUE";
    if (value === FALSE) return "FALSE";
    if (value === NIL) return "NIL";
    let name = this.#atoms.get(value);
    if (name === undefined) {
      name = this.hoist(value.name, `$.atom(${JSON.stringify(value.name)})`);
      this.#atoms.set(value, name);
    }
    return name;
  }

  cell(module: Atom, name: Atom, arity: number): string {
    return this.hoist(name.name, `$.cell(${this.atom(module)}, ${this.atom(name)}, ${arity})`);
  }

  /** A native function of `:erlang` (or another module) called directly. */
  native(module: string, name: string, arity: number): string {
    return this.hoist(name, `$.native(${JSON.stringify(module)}, ${JSON.stringify(`${name}/${arity}`)})`);
  }

  literal(term: Term): Lit {
    return new Lit(this.#operand(term), term);
  }

  /** Text of a literal for use inside code: a name, unless it is a number. */
  #operand(term: Term): string {
    if (typeof term === "number") return term < 0 ? `(${term})` : String(term);
    if (typeof term === "bigint") return term < 0n ? `(${term}n)` : `${term}n`;
    const text = this.#text(term);
    return /^[\w$]+$/.test(text) ? text : this.hoist("k", text);
  }

  #nested(term: Term): string {
    const text = this.#text(term);
    return text.length > MAX_INLINE ? this.hoist("k", text) : text;
  }

  #text(term: Term): string {
    if (typeof term === "number" || typeof term === "bigint") return this.#operand(term);
    if (term instanceof Atom) return this.atom(term);
    if (term === EMPTY) return "EMPTY";
    if (term instanceof Float) return `new Float(${Object.is(term.value, -0) ? "-0" : term.value})`;
    if (term instanceof Bitstring) return bitstringText(term);
    if (term instanceof Cons) {
      const items: string[] = [];
      let rest: Term = term;
      for (; rest instanceof Cons; rest = rest.tail) items.push(this.#nested(rest.head));
      if (rest === EMPTY) return `$.list([${items.join(", ")}])`;
      return `$.list([${items.join(", ")}], ${this.#nested(rest)})`;
    }
    if (term instanceof Tuple) {
      const items = term.toArray().map((item) => this.#nested(item));
      return items.length === 0 ? "EMPTY_TUPLE" : tupleText(items);
    }
    if (term instanceof TermMap) {
      if (term.size === 0) return "EMPTY_MAP";
      const pairs = mapEntries(term).map(([key, value]) => `[${this.#nested(key)}, ${this.#nested(value)}]`);
      return `$.mapFrom([${pairs.join(", ")}])`;
    }
    if (term instanceof Fun && term.info.index < 0) {
      return `$.externalFun(${this.atom(term.info.module)}, ${this.atom(term.info.name)}, ${term.arity})`;
    }
    if (term instanceof Pid) {
      const { node, id, serial } = term;
      return `(S.system.processes.get(${id}) ?? new Pid(${node}, ${id}, ${serial}))`;
    }
    throw new TypeError(`a ${(term as object).constructor.name} cannot be a literal in compiled code`);
  }
}

export function tupleText(items: readonly string[]): string {
  return items.length <= 8
    ? `new Tuple${items.length}(${items.join(", ")})`
    : `new TupleN([${items.join(", ")}])`;
}

function bitstringText(term: Bitstring): string {
  if (term.isBinary) {
    const { text } = term;
    if (text !== undefined) return text === "" ? "EMPTY_BINARY" : `$.text(${JSON.stringify(text)})`;
    return `$.binary(Uint8Array.of(${term.bytes.join(",")}))`;
  }
  return `$.bitstring(Uint8Array.of(${term.bytes.join(",")}), ${term.bitLength})`;
}

/** A valid part of a JavaScript name that still tells what it is for. */
export function identifier(name: string): string {
  if (/^[A-Za-z_]\w{0,39}$/.test(name)) return name;
  const clean = name
    .replace(/^Elixir\./, "")
    .replace(/[^A-Za-z0-9_]/g, "_")
    .slice(0, 40);
  return /^[A-Za-z_]/.test(clean) ? clean : `_${clean}`;
}
