/**
 * Atoms: interned names. Two atoms are equal exactly when they are the same object.
 */

/** What a loaded module leaves on its atom, so that a call through a module name is one field away. */
export interface LoadedModule {
  readonly name: Atom;
}

/** A constant that stands for its own name. Two atoms of one name are the same object. */
export class Atom {
  readonly name: string;
  /** 0 until it is asked for: see `atomHash`. */
  hash = 0;
  /** The module of this name, owned by the code server (`vm/code-server.ts`). */
  module: LoadedModule | null = null;

  constructor(name: string) {
    this.name = name;
  }
}

const table = new Map<string, Atom>();

/** The atom of a name, made on first use. Mirrors `String.to_atom/1`. */
export function atom(name: string): Atom {
  let found = table.get(name);
  if (found === undefined) {
    found = new Atom(name);
    table.set(name, found);
  }
  return found;
}

/** Makes the atoms that count as existing although nothing has needed them yet, such as the names of natives. */
let makeDeferred: () => void = () => {};

export function deferAtoms(make: () => void): void {
  makeDeferred = make;
}

/** The atom of a name if some code has made it before. Mirrors `String.to_existing_atom/1`. */
export function existingAtom(name: string): Atom | undefined {
  if (!table.has(name)) makeDeferred();
  return table.get(name);
}

/** How many atoms exist. Mirrors `:erlang.system_info(:atom_count)`. */
export function atomCount(): number {
  makeDeferred();
  return table.size;
}

export const TRUE = atom("true");
export const FALSE = atom("false");
/** The atom `nil`; the empty list is `EMPTY`. */
export const NIL = atom("nil");
export const OK = atom("ok");
export const ERROR = atom("error");
export const UNDEFINED = atom("undefined");

export function bool(value: boolean): Atom {
  return value ? TRUE : FALSE;
}

/** Spreads over 32 bits; depends on the name alone, so that it is the same in every scheduler. */
export function atomHash(atom: Atom): number {
  if (atom.hash === 0) atom.hash = hashName(atom.name);
  return atom.hash;
}

function hashName(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
