/**
 * The hash by which Erlang's tables are laid out, and thus the order in which programs see their objects: of an atom that of its name,
 * else of all its parts.
 */
import { Atom, hashTerm, type Term } from "../term/index.ts";
import { hashAtom } from "./erlang-hash.ts";

export function hashKey(key: Term): number {
  return (key instanceof Atom ? hashAtom(key) : hashTerm(key)) >>> 0;
}
