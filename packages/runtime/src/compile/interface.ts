/**
 * The runtime interface `$` that compiled code gets, and how it is put together: what it needs of the code server is
 * given, the rest is here. `headerOf` makes the names that code uses most into constants of the module.
 */
import * as stack from "../process/stack.ts";
import type { Atom } from "../term/atom.ts";
import * as atoms from "../term/atom.ts";
import * as bitstrings from "../term/bitstring.ts";
import { compareTerms, looseEquals, strictEquals } from "../term/compare.ts";
import { CLASS_ERROR, CLASS_EXIT, CLASS_THROW, error, Raised, tagged } from "../term/error.ts";
import { type Code, Fun } from "../term/fun.ts";
import { Pid, Port, Reference } from "../term/identifier.ts";
import { Cons, EMPTY, list } from "../term/list.ts";
import { EMPTY_MAP, flatMap, mapFrom, mapGet, TermMap } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import * as tuples from "../term/tuple.ts";
import * as bits from "./bits-support.ts";
import * as support from "./support.ts";
import { registerPlaces } from "./trace.ts";

/** A function of a module, as callers hold it; see the code server. */
export interface ExportCell {
  readonly module: Atom;
  readonly name: Atom;
  readonly arity: number;
  code: Code;
}

/** What the code server gives. */
export interface CodeHost {
  cell(module: Atom, name: Atom, arity: number): ExportCell;
  /** The function `name/arity` of a native module, which must be plain (no task). */
  native(module: string, key: string): (...args: Term[]) => Term;
  /** Whether a receive has waited without leaving the host's stack; unless so it has to. */
  waited(waiting: typeof stack.U): boolean;
}

const { Tuple, Tuple0, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, Tuple8, TupleN, EMPTY_TUPLE } =
  tuples;

/** Names that the header declares. */
const named = {
  ...{ S: stack.S, U: stack.U, F: stack.F, saveCatch: stack.saveCatch, takeRaised: stack.takeRaised },
  ...{ save0: stack.save0, save1: stack.save1, save2: stack.save2, save3: stack.save3 },
  ...{ save4: stack.save4, save5: stack.save5, save6: stack.save6 },
  ...{ yield0: stack.yield0, yield1: stack.yield1, yield2: stack.yield2, yield3: stack.yield3 },
  ...{ yield4: stack.yield4, yieldN: stack.yieldN },
  ...{
    wait: stack.wait,
    wait0: stack.wait0,
    wait1: stack.wait1,
    wait2: stack.wait2,
    wait3: stack.wait3,
    wait4: stack.wait4,
  },
  ...{ receiveTimeout: stack.receiveTimeout, consume: stack.consume, receiveFrom: stack.receiveFrom },
  ...{ TRUE: atoms.TRUE, FALSE: atoms.FALSE, NIL: atoms.NIL, Atom: atoms.Atom },
  ...{
    EMPTY,
    EMPTY_MAP,
    EMPTY_TUPLE,
    EMPTY_BINARY: bitstrings.EMPTY_BINARY,
    Bitstring: bitstrings.Bitstring,
  },
  ...{ Cons, Float, Fun, Pid, Port, Reference, TermMap, Raised, CLASS_ERROR, CLASS_EXIT, CLASS_THROW },
  ...{ Tuple, Tuple0, Tuple1, Tuple2, Tuple3, Tuple4, Tuple5, Tuple6, Tuple7, Tuple8, TupleN },
  ...{ mapGet, flatMap, compareTerms, strictEquals, looseEquals },
};

const names = Object.keys(named).map((name) => ({ name, mention: new RegExp(`[^\\w$]${name}[^\\w$]`) }));

/** The first lines of a module's text, which declare these names. */
const header = (declared: readonly string[]) => `"use strict";\nconst { ${declared.join(", ")} } = $;`;

/** Declares all names: what a module does not mention costs it nothing but the text. */
export const HEADER = header(Object.keys(named));

/** Declares those of the names that the code mentions. */
export function headerOf(code: string): string {
  return header(names.filter(({ mention }) => mention.test(code)).map(({ name }) => name));
}

export function createRuntime(host: CodeHost) {
  return {
    ...named,
    ...support,
    ...support.dynamicCalls(host.cell),
    ...bits,
    join: bits.joinTwo,
    raise: stack.raise,
    atom: atoms.atom,
    text: bitstrings.text,
    binary: bitstrings.binary,
    bitstring: bitstrings.bitstring,
    list,
    mapFrom,
    error,
    tagged,
    cell: host.cell,
    native: host.native,
    waited: host.waited,
    places: registerPlaces,
  };
}

export type Runtime = ReturnType<typeof createRuntime>;
