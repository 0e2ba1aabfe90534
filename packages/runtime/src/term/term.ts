/** The type of every Erlang term. */
import type { Atom } from "./atom.ts";
import type { Bitstring } from "./bitstring.ts";
import type { Fun } from "./fun.ts";
import type { Pid, Port, Reference } from "./identifier.ts";
import type { Cons, EmptyList } from "./list.ts";
import type { TermMap } from "./map.ts";
import type { Float } from "./number.ts";
import type { Tuple } from "./tuple.ts";

export type Term =
  | number
  | bigint
  | Float
  | Atom
  | Bitstring
  | Tuple
  | Cons
  | EmptyList
  | TermMap
  | Fun
  | Pid
  | Reference
  | Port;
