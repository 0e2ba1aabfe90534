/**
 * Nodes of calls, operators, containers and aliases; the classes that it extends add literals and blocks.
 */
import { Atom, atom, NIL, TRUE } from "../term/atom.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { BlockBuilder } from "./builder-blocks.ts";
import { NONE } from "./builder-meta.ts";
import * as q from "./quoted.ts";
import type { Token } from "./token.ts";
import * as wording from "./wording.ts";

/** What is called: a name with its metadata, or `{:., meta, [target, name]}` with those of the name. */
export interface Callee {
  readonly name: Term;
  readonly meta: Term;
  readonly dotted: boolean;
  /** Whether it was `name -x`, whose minus might have been meant as subtraction. */
  readonly ambiguous: boolean;
}

/** A `do … end` block: its metadata and the keyword list of its sections. */
export interface DoBlock {
  readonly meta: readonly Term[];
  readonly sections: Term;
}

const SLASH = atom("/");
const FROM_BRACKETS = new Tuple2(q.FROM_BRACKETS, TRUE);
const NO_PARENS = new Tuple2(q.NO_PARENS, TRUE);
const AMBIGUOUS = new Tuple2(q.AMBIGUOUS_OP, NIL);

export class Builder extends BlockBuilder {
  callee(token: Token): Callee {
    return {
      name: token.value as Term,
      meta: this.meta(token),
      dotted: false,
      ambiguous: token.type === "op_identifier",
    };
  }

  dotCallee(dot: Token, target: Term, name: Token): Callee {
    const node = new Tuple3(q.DOT, this.meta(dot), list([target, name.value as Term]));
    const meta = list(this.delimiterMeta(name.delimiter), this.meta(name));
    return { name: node, meta, dotted: true, ambiguous: false };
  }

  /** What `target.(…)` calls. */
  funCallee(dot: Token, target: Term): Callee {
    const meta = this.meta(dot);
    return { name: new Tuple3(q.DOT, meta, list([target])), meta, dotted: true, ambiguous: false };
  }

  /** A name alone: a variable, or a call without arguments of what stands before the dot. */
  identifier(callee: Callee): Tuple3 {
    if (callee.dotted) return new Tuple3(callee.name, new Cons(NO_PARENS, callee.meta), EMPTY);
    return new Tuple3(callee.name, callee.meta, NIL);
  }

  call(callee: Callee, args: readonly Term[], extra: readonly Term[] = NONE): Tuple3 {
    const { meta } = callee;
    const own = callee.ambiguous && args.length === 1 ? new Cons(AMBIGUOUS, meta) : meta;
    return new Tuple3(callee.name, extra.length === 0 ? own : list(extra, own), list(args));
  }

  access(target: Term, argument: Term, open: Token, close: Token): Tuple3 {
    const meta = new Cons(FROM_BRACKETS, list(this.pairMeta(open, close), this.meta(open)));
    const dot = new Tuple3(q.DOT, meta, list([q.ACCESS, q.GET]));
    return new Tuple3(dot, meta, list([target, argument]));
  }

  binary(left: Term, operator: Token, right: Term): Term {
    const name = operator.value as Atom;
    switch (name.name) {
      case "//":
        if (left instanceof Tuple3 && left.a === q.RANGE) {
          const bounds = listToArray(left.c);
          if (bounds?.length === 2) return new Tuple3(q.STEP_RANGE, left.b, list([...bounds, right]));
        }
        throw this.error(operator, wording.MISPLACED_STEP, "'//'");
      case "in":
        if (left instanceof Tuple3 && (left.a === q.NOT || left.a === q.BANG) && q.listLength(left.c) === 1) {
          this.warn(operator.line, operator.column, wording.NOT_IN);
          const meta = this.meta(operator);
          const inner = new Tuple3(q.IN, meta, list([(left.c as Cons).head, right]));
          return new Tuple3(left.a, meta, list([inner]));
        }
        break;
      case "not in": {
        const meta = this.meta(operator);
        return new Tuple3(q.NOT, meta, list([new Tuple3(q.IN, meta, list([left, right]))]));
      }
    }
    const newlines = this.newlines(operator);
    const meta = this.meta(operator);
    return new Tuple3(name, newlines.length === 0 ? meta : list(newlines, meta), list([left, right]));
  }

  unary(operator: Token, operand: Term): Term {
    const name = operator.value as Atom;
    if (name.name !== "//") return new Tuple3(name, this.meta(operator), new Cons(operand, EMPTY));
    const { line, column } = operator;
    const inner = new Tuple3(SLASH, this.meta(operator), NIL);
    return new Tuple3(SLASH, this.meta({ line, column: column + 1 }), list([inner, operand]));
  }

  nullary(operator: Token): Term {
    return new Tuple3(operator.value as Atom, this.meta(operator), EMPTY);
  }

  container(name: Term, open: Token, items: readonly Term[], close: Token): Tuple3 {
    return new Tuple3(name, list(this.pairMeta(open, close), this.meta(open)), list(items));
  }

  tuple(open: Token, items: readonly Term[], close: Token): Term {
    if (items.length !== 2) return this.container(q.TUPLE, open, items, close);
    return this.literal(new Tuple2(items[0], items[1]), open, this.pairMeta(open, close));
  }

  withAssoc(key: Term, arrow: Token): Term {
    if (!this.metadata || !(key instanceof Tuple3)) return key;
    return new Tuple3(key.a, new Cons(new Tuple2(q.ASSOC, this.meta(arrow)), key.b), key.c);
  }

  alias(token: Token): Term {
    const meta = this.meta(token);
    return new Tuple3(
      q.ALIASES,
      this.metadata ? new Cons(new Tuple2(q.LAST, meta), meta) : meta,
      list([token.value as Term]),
    );
  }

  /** `left.A.B`: all segments at once, as names of thousands of them must not cost their square. */
  dotAlias(dot: Token, left: Term, segments: readonly Token[]): Term {
    const last = new Tuple2(q.LAST, this.meta(segments[segments.length - 1]));
    const values = segments.map((segment) => segment.value as Term);
    if (left instanceof Tuple3 && left.a === q.ALIASES) {
      const meta = this.metadata ? replaceEntry(left.b, last) : left.b;
      return new Tuple3(q.ALIASES, meta, list([...(listToArray(left.c) ?? []), ...values]));
    }
    if (left instanceof Atom) throw this.error(segments[0], wording.ATOM_BEFORE_ALIAS, "'.'");
    const meta = this.meta(dot);
    return new Tuple3(q.ALIASES, this.metadata ? new Cons(last, meta) : meta, list([left, ...values]));
  }

  dotContainer(dot: Token, left: Term, items: readonly Term[], extra: readonly Term[]): Term {
    const meta = this.meta(dot);
    return new Tuple3(new Tuple3(q.DOT, meta, list([left, q.TUPLE])), list(extra, meta), list(items));
  }
}

function replaceEntry(meta: Term, entry: Tuple2): Term {
  const entries = listToArray(meta) ?? [];
  const at = entries.findIndex((old) => old instanceof Tuple2 && old.a === entry.a);
  if (at < 0) entries.push(entry);
  else entries[at] = entry;
  return list(entries);
}
