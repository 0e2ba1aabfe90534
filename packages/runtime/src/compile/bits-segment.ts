/** Segments of `<<>>`, read from the specification that the expander has normalised. */
import { Atom, atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import { argsOf } from "./expression.ts";

export type SegmentType = "integer" | "float" | "binary" | "bitstring" | "utf8" | "utf16" | "utf32";

export interface Segment {
  readonly value: Term;
  readonly type: SegmentType;
  /** The size expression; `null` stands for the type's own size, or the rest of the bitstring. */
  readonly size: Term | null;
  readonly unit: number;
  readonly signed: boolean;
  readonly little: boolean;
}

const TYPE = atom("::");
const types = new Set<string>(["integer", "float", "binary", "bitstring", "utf8", "utf16", "utf32"]);
const aliases: Record<string, SegmentType> = { bytes: "binary", bits: "bitstring" };

export function readSegments(node: Tuple3): Segment[] {
  return argsOf(node).map(readSegment);
}

function readSegment(ast: Term): Segment {
  const typed = ast instanceof Tuple3 && ast.a === TYPE;
  const [value, spec] = typed ? argsOf(ast) : [ast, null];
  let type: SegmentType | null = null;
  let size: Term | null = null;
  let unit: number | null = null;
  let signed = false;
  let little = false;
  const read = (part: Term): void => {
    if (typeof part === "number") {
      size = part;
      return;
    }
    const { a, c } = part as Tuple3;
    const { name } = a as Atom;
    const args = c instanceof Atom ? [] : argsOf(part as Tuple3);
    if (name === "-" || name === "*") args.forEach(read);
    else if (name === "size") size = args[0];
    else if (name === "unit") unit = args[0] as number;
    else if (name === "signed") signed = true;
    // Hosts of ours are little-endian, as the machines are that Elixir mostly runs on.
    else if (name === "little" || name === "native") little = true;
    else if (types.has(name)) type = name as SegmentType;
    else if (name in aliases) type = aliases[name];
  };
  if (spec !== null) read(spec);
  const found: SegmentType =
    type ?? (value instanceof Bitstring ? "binary" : value instanceof Float ? "float" : "integer");
  return { value, type: found, size, unit: unit ?? (found === "binary" ? 8 : 1), signed, little };
}
