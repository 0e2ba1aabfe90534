/** Reads terms as the real `inspect` writes them: literals, parsed by our parser. */
import { parse } from "../../../packages/runtime/src/syntax/index.ts";
import { type Atom, atom } from "../../../packages/runtime/src/term/atom.ts";
import { Bitstring, binary, bitstring } from "../../../packages/runtime/src/term/bitstring.ts";
import { Cons, list, listToArray } from "../../../packages/runtime/src/term/list.ts";
import { mapFrom } from "../../../packages/runtime/src/term/map.ts";
import { Float } from "../../../packages/runtime/src/term/number.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { Tuple2, Tuple3, tupleOf } from "../../../packages/runtime/src/term/tuple.ts";

export function readTerm(source: string): Term {
  return literal(parse(source.replace(/#(Function|PID|Reference)<[^>]*>/g, ":opaque")));
}

function literal(ast: Term): Term {
  if (ast instanceof Cons) {
    const items: Term[] = [];
    let rest: Term = ast;
    for (; rest instanceof Cons; rest = rest.tail) {
      const item = rest.head;
      if (item instanceof Tuple3 && item.a === atom("|")) {
        const [head, tail] = listToArray(item.c) as Term[];
        return list([...items, literal(head)], literal(tail));
      }
      items.push(literal(item));
    }
    return list(items);
  }
  if (ast instanceof Tuple2) return new Tuple2(literal(ast.a), literal(ast.b));
  if (!(ast instanceof Tuple3)) return ast;
  const args = listToArray(ast.c) as Term[];
  switch ((ast.a as Atom).name) {
    case "{}":
      return tupleOf(args.map(literal));
    case "%{}":
      return mapFrom(args.map((pair) => [literal((pair as Tuple2).a), literal((pair as Tuple2).b)]));
    case "__aliases__":
      return atom(`Elixir.${args.map((part) => (part as Atom).name).join(".")}`);
    case "-": {
      const value = literal(args[0]);
      return value instanceof Float ? new Float(-value.value) : -(value as number);
    }
    case "<<>>":
      return bits(args);
    case "__block__":
      return literal(args[0]);
  }
  throw new TypeError(`no literal: ${(ast.a as Atom).name}`);
}

function bits(items: readonly Term[]): Term {
  const bytes: number[] = [];
  let length = 0;
  for (const item of items) {
    if (typeof item === "number") {
      bytes.push(item);
      length += 8;
    } else {
      const [value, size] = listToArray((item as Tuple3).c) as [number, Tuple3];
      const [count] = listToArray(size.c) as [number];
      bytes.push((value << (8 - count)) & 255);
      length += count;
    }
  }
  return length % 8 === 0 ? binary(Uint8Array.from(bytes)) : bitstring(Uint8Array.from(bytes), length);
}

export { Bitstring };
