import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { LiteralBuilder } from "./builder-literals.ts";
import { NONE } from "./builder-meta.ts";
import * as q from "./quoted.ts";
import type { Token } from "./token.ts";
import * as wording from "./wording.ts";

export abstract class BlockBuilder extends LiteralBuilder {
  /** Notes on the last expression where it ends. */
  annotate(expressions: Term[], end: Token): void {
    if (!this.metadata) return;
    const index = expressions.length - 1;
    const last = expressions[index];
    if (!(last instanceof Tuple3)) return;
    if (last.a === q.ARROW) {
      const [head, body] = listToArray(last.c) ?? [];
      if (!(body instanceof Tuple3) || !isList(body.b)) return;
      expressions[index] = new Tuple3(last.a, last.b, list([head, this.ended(body, end)]));
    } else if (isList(last.b)) expressions[index] = this.ended(last, end);
  }

  protected ended(expression: Tuple3, end: Token): Tuple3 {
    const meta = this.meta(end);
    const place = end.newlines === null ? meta : new Cons(new Tuple2(q.NEWLINES, end.newlines), meta);
    return new Tuple3(
      expression.a,
      new Cons(new Tuple2(q.END_OF_EXPRESSION, place), expression.b),
      expression.c,
    );
  }

  /** A sequence of expressions as one; `parens` are the parentheses around it, if any. */
  block(expressions: readonly Term[], parens: { open: Token; close: Token } | null = null): Term {
    if (expressions.length === 1) {
      const only = expressions[0];
      const splicing = only instanceof Tuple3 && only.a === q.UNQUOTE_SPLICING && q.listLength(only.c) === 1;
      if (!splicing) {
        if (parens === null || !this.metadata || !(only instanceof Tuple3)) return only;
        return new Tuple3(only.a, list(this.parensMeta(parens.open, parens.close), only.b), only.c);
      }
    }
    return new Tuple3(q.BLOCK, parens === null ? EMPTY : this.blockMeta(parens), list(expressions));
  }

  protected blockMeta({ open, close }: { open: Token; close: Token }): Term {
    const meta = this.meta(open);
    return this.metadata ? new Cons(this.closing(close), meta) : meta;
  }

  /** `head -> body`. */
  clause(head: readonly Term[], arrow: Token, body: Term, extra: readonly Term[] = NONE): Tuple3 {
    const meta = list([...extra, ...this.newlines(arrow)], this.meta(arrow));
    return new Tuple3(q.ARROW, meta, list([list(head), body]));
  }

  /** Whether the expressions are clauses; they must be all from the first, or none. */
  areClauses(expressions: readonly Term[]): boolean {
    if (expressions.length > 0 && isClause(expressions[0])) return true;
    const stray = expressions.find(isClause);
    if (stray !== undefined) throw this.nodeError(stray, wording.STAB_INVALID, "'->'");
    return false;
  }

  /** Clauses, each with the expressions that follow it as its body. */
  clauses(expressions: readonly Term[]): Term {
    const result: Term[] = [];
    for (let i = 0; i < expressions.length; ) {
      const { b: meta, c } = expressions[i] as Tuple3;
      const [head, first] = listToArray(c) as Term[];
      const body = [first];
      for (i++; i < expressions.length && !isClause(expressions[i]); i++) body.push(expressions[i]);
      result.push(new Tuple3(q.ARROW, meta, list([head, this.block(body)])));
    }
    return list(result);
  }

  fn(open: Token, expressions: readonly Term[], close: Token): Term {
    if (!this.areClauses(expressions)) throw this.error(open, wording.FN_WITHOUT_STAB, "'fn'");
    const closing = this.metadata ? [this.closing(close)] : NONE;
    const meta = list([...this.newlines(open), ...closing], this.meta(open));
    return new Tuple3(q.FN, meta, this.clauses(expressions));
  }

  /** What parentheses around expressions or clauses stand for. */
  parenthesised(open: Token, expressions: readonly Term[], close: Token): Term {
    if (expressions.length === 1) {
      const only = expressions[0];
      const negation =
        only instanceof Tuple3 && (only.a === q.NOT || only.a === q.BANG) && q.listLength(only.c) === 1;
      // Kept apart, so that `(not a) in b` is not taken for `not a in b`.
      if (negation) return new Tuple3(q.BLOCK, EMPTY, list(expressions));
    }
    if (!this.areClauses(expressions)) return this.block(expressions, { open, close });
    return this.literal(this.clauses(expressions), open, this.pairMeta(open, close));
  }

  /** The body of a `do` section. */
  section(expressions: readonly Term[]): Term {
    return this.areClauses(expressions) ? this.clauses(expressions) : this.block(expressions);
  }

  /** The head of a clause: in `a, b when c` the guard takes all the arguments. */
  guarded(args: readonly Term[]): readonly Term[] {
    const last = args[args.length - 1];
    if (!(last instanceof Tuple3) || last.a !== q.WHEN) return args;
    const sides = listToArray(last.c);
    if (sides?.length !== 2) return args;
    return [new Tuple3(q.WHEN, last.b, list([...args.slice(0, -1), ...sides]))];
  }

  /** In a head, `(unquote_splicing(x))` is an argument, not a block. */
  unwrapSplice(args: readonly Term[]): readonly Term[] {
    const only = args[0];
    if (args.length !== 1 || !(only instanceof Tuple3) || only.a !== q.BLOCK) return args;
    const inner = listToArray(only.c);
    if (inner?.length !== 1 || !(inner[0] instanceof Tuple3) || inner[0].a !== q.UNQUOTE_SPLICING)
      return args;
    return inner;
  }

  /** The guard of a head in parentheses: `(a, b) when c`. */
  guard(operator: Token, args: readonly Term[]): Term {
    return new Tuple3(q.WHEN, this.meta(operator), list(args));
  }
}

function isClause(term: Term): term is Tuple3 {
  return term instanceof Tuple3 && term.a === q.ARROW && q.listLength(term.c) === 2;
}

function isList(term: Term): boolean {
  return term instanceof Cons || term === EMPTY;
}
