/**
 * Funs. A call is `f.code(f, x, …)`: the code finds what it captured on the fun itself, which is as fast as
 * a JavaScript closure and, as nothing is hidden in one, can be written down and read by another scheduler.
 */
import type { Atom } from "./atom.ts";
import type { Term } from "./term.ts";

/** What all funs made at one place of the source share. */
export interface FunInfo {
  readonly module: Atom;
  /** Of a local fun, `-fun/1-fun-0-` as Erlang names it; of an external one, the function's name. */
  readonly name: Atom;
  readonly arity: number;
  /** Which fun of its module, counted in source order; -1 for an external fun (`&Mod.fun/1`). */
  readonly index: number;
}

export type Code = (...args: any[]) => any;

export class Fun {
  readonly code: Code;
  readonly arity: number;
  readonly info: FunInfo;
  /** Captured values. With more than three, `c` is an array of the third and those after it. */
  readonly a: Term | undefined;
  readonly b: Term | undefined;
  readonly c: Term | readonly Term[] | undefined;

  constructor(code: Code, info: FunInfo, a?: Term, b?: Term, c?: Term | readonly Term[]) {
    this.code = code;
    this.arity = info.arity;
    this.info = info;
    this.a = a;
    this.b = b;
    this.c = c;
  }
}
