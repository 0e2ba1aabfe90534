/** Segments of binary patterns that no bits match: numbers that do not fit into their size, as Erlang's compiler tells of them. */
import { BITS, isCall, LEFT_ARROW, metaGet, TYPE } from "../../syntax/quoted.ts";
import { Atom, atom, TRUE } from "../../term/atom.ts";
import { Cons, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple3 } from "../../term/tuple.ts";
import { walk } from "./locals.ts";
import type { Finding } from "./unreachable.ts";

const GENERATED = atom("generated");

/** The first such segment in the patterns of one clause. */
export function unfitSegment(patterns: readonly Term[]): Finding[] {
  const found: Finding[] = [];
  walk(list([...patterns]), (node) => {
    if (node.a !== BITS) return null;
    const why = (listToArray(node.c) ?? []).map(unfit).find((one) => one !== null);
    if (why !== undefined && metaGet(node.b, GENERATED) !== TRUE)
      found.push({ meta: node.b, message: `this clause cannot match because ${why}` });
    return [];
  });
  return found.slice(0, 1);
}

function unfit(form: Term): string | null {
  const segment = isCall(form, LEFT_ARROW) && form.c instanceof Cons ? form.c.head : form;
  if (!(segment instanceof Tuple3) || segment.a !== TYPE) return null;
  const [literal, spec] = listToArray(segment.c) as Term[];
  const { names, size } = readSpec(spec);
  if (names.has("float")) return null;
  if (typeof size === "number" && size < 0) return `'${size}' is not a valid size for a binary segment`;
  if (typeof literal !== "number" && typeof literal !== "bigint") return null;
  const value = BigInt(literal);
  if (names.has("utf8") || names.has("utf16") || names.has("utf32"))
    return value < 0n || value > 0x10ffffn ? `the value ${value} is not a valid Unicode code point` : null;
  if (typeof size !== "number") return null;
  const signed = names.has("signed");
  if (!signed && value < 0n)
    return `the negative value ${value} will never match the value of an 'unsigned' binary segment`;
  const fits = signed ? BigInt.asIntN(size, value) : BigInt.asUintN(size, value);
  if (fits === value) return null;
  return `the value ${value} will not fit in ${signed ? "a 'signed'" : "an 'unsigned'"} binary segment of size ${size}`;
}

/** The specifiers by name, and the size in bits where that is known. */
function readSpec(spec: Term): { names: Set<string>; size: number | null } {
  const names = new Set<string>();
  let [size, unit]: [Term, Term] = [8, 1];
  const stack: Term[] = [spec];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    if (!(one instanceof Tuple3 && one.a instanceof Atom)) continue;
    const args = one.c instanceof Cons ? (listToArray(one.c) ?? []) : [];
    if (one.a.name === "-") stack.push(...args);
    else if (one.a.name === "size") size = args[0];
    else if (one.a.name === "unit") unit = args[0];
    else names.add(one.a.name);
  }
  return { names, size: typeof size === "number" && typeof unit === "number" ? size * unit : null };
}
