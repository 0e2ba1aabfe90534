/**
 * Sequences of expressions and of clauses (`head -> body`): do-blocks, `fn`, and parentheses.
 */
import { NIL } from "../term/atom.ts";
import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import type { DoBlock } from "./builder.ts";
import { CallParser, type ParenPlace } from "./parser-calls.ts";
import type { Parsing } from "./parser-cursor.ts";
import * as q from "./quoted.ts";
import type { Token, TokenType } from "./token.ts";
import * as wording from "./wording.ts";

/** Arguments in parentheses before `->`, as in `fn (a, b) -> …`. */
export class HeadParens {
  readonly open: Token;
  readonly args: readonly Term[];
  readonly close: Token;

  constructor(open: Token, args: readonly Term[], close: Token) {
    this.open = open;
    this.args = args;
    this.close = close;
  }
}

/** Arguments that only `->` can follow. */
export class HeadArgs {
  readonly args: readonly Term[];

  constructor(args: readonly Term[]) {
    this.args = args;
  }
}

export abstract class ClauseParser extends CallParser {
  /** `do … end`, whose `do` comes next. */
  protected *doBlock(): Parsing<DoBlock> {
    const builder = this.builder;
    const open = this.next();
    this.skipEnds();
    const sections: Term[] = [new Tuple2(builder.literal(q.DO, open), yield* this.section())];
    for (;;) {
      const token = this.peek();
      if (token.type === "end") break;
      if (token.type !== "block_identifier") throw this.unexpected();
      this.at++;
      this.skipEnds();
      sections.push(new Tuple2(builder.literal(token.value as Term, token), yield* this.section()));
    }
    const close = this.next();
    return { meta: builder.doMeta(open, close), sections: list(sections) };
  }

  protected *section(): Parsing<Term> {
    const builder = this.builder;
    const { type } = this.peek();
    if (type === "end" || type === "block_identifier") return new Tuple3(q.BLOCK, EMPTY, EMPTY);
    return builder.section(yield* this.clauses("end"));
  }

  protected *fn(): Parsing<Term> {
    const builder = this.builder;
    const open = this.next();
    const eol = this.skipEnds();
    if (eol !== null) open.newlines = eol.newlines;
    const expressions = yield* this.clauses("end");
    const close = this.expect("end");
    return builder.fn(open, expressions, close);
  }

  /** Expressions and clauses up to, not including, what closes them. */
  protected *clauses(close: TokenType): Parsing<Term[]> {
    const expressions: Term[] = [];
    for (;;) {
      const clause = yield* this.clause();
      if (clause instanceof HeadArgs) throw this.unexpected();
      expressions.push(clause);
      if (!this.endClause(expressions, close)) return expressions;
    }
  }

  // Goes past the end of an expression; false when the enclosing construct ends there.
  protected endClause(expressions: Term[], close: TokenType): boolean {
    const end = this.skipEnds();
    if (end === null) {
      const { type } = this.peek();
      if (type === close || (close === "end" && type === "block_identifier")) return false;
      throw this.unexpected();
    }
    this.builder.annotate(expressions, end);
    const { type } = this.peek();
    return !(type === close || (close === "end" && type === "block_identifier"));
  }

  /** A clause or an expression; or arguments that make sense only before `->`, which does not follow. */
  protected *clause(): Parsing<Term | HeadArgs> {
    const builder = this.builder;
    let args: readonly Term[];
    if (this.peek().type === "stab_op") return yield* this.clauseBody([], []);
    if (this.isKeyword()) args = [yield* this.keywordArguments()];
    else {
      let first: Term;
      if (this.peek().type === "(") {
        const parens = yield* this.deeper(this.parens("clauseHead"));
        if (parens instanceof HeadParens) return yield* this.parensClause(parens);
        this.set("matched", true, true);
        first = yield* this.operators(yield* this.postfix(parens, true), 0, true);
      } else first = yield* this.expression(0, true);
      const { type } = this.peek();
      if (type === "," && this.shape === "matched") {
        const many = [first];
        yield* this.moreArguments(many);
        args = many;
      } else if (type === "stab_op" && this.shape !== "unmatched") args = [first];
      else return first;
    }
    if (this.peek().type !== "stab_op") return new HeadArgs(args);
    return yield* this.clauseBody(builder.guarded(builder.unwrapSplice(args)), []);
  }

  protected *parensClause({ open, args, close }: HeadParens): Parsing<Term> {
    const builder = this.builder;
    const meta = builder.parensMeta(open, close);
    const operator = this.peek();
    const inner = builder.unwrapSplice(args);
    if (operator.type !== "when_op") return yield* this.clauseBody(inner, meta);
    this.at++;
    const guard = yield* this.expression(0, true);
    return yield* this.clauseBody([builder.guard(operator, [...inner, guard])], meta);
  }

  protected *clauseBody(head: readonly Term[], meta: readonly Term[]): Parsing<Term> {
    const builder = this.builder;
    if (this.peek().type !== "stab_op") throw this.unexpected();
    const arrow = this.nextWithEol();
    // The body is missing before anything that begins no expression, also where that is an error.
    if (!this.startsExpression()) {
      builder.warn(arrow.line, arrow.column, wording.EMPTY_STAB);
      return builder.clause(head, arrow, builder.literal(NIL, arrow), meta);
    }
    return builder.clause(head, arrow, yield* this.expression(0, true), meta);
  }

  /** What is in parentheses: expressions, clauses, nothing, or the arguments of a head. */
  protected *parens(place: ParenPlace): Parsing<Term | HeadParens> {
    const builder = this.builder;
    const open = this.nextWithEol();
    const result = yield* this.parensContent(place, open);
    if (result !== null) return result;
    const close = this.next();
    const { type } = this.peek();
    if (place === "clauseHead" && (type === "stab_op" || type === "when_op"))
      return new HeadParens(open, [], close);
    builder.warn(open.line, open.column, wording.EMPTY_PARENS);
    return new Tuple3(q.BLOCK, list(builder.parensMeta(open, close)), EMPTY);
  }

  // The content and the closing parenthesis; or `null` before the latter when there is nothing.
  protected *parensContent(place: ParenPlace, open: Token): Parsing<Term | HeadParens | null> {
    const builder = this.builder;
    if (this.peek().type === ")") return null;
    const separated = this.peek().type === ";";
    if (separated) {
      this.at++;
      if (this.isClose(")")) return builder.parenthesised(open, [], this.close(")"));
    }
    const expressions: Term[] = [];
    for (;;) {
      const clause = yield* this.clause();
      if (clause instanceof HeadArgs) {
        if (place === "expression" || expressions.length > 0 || separated) throw this.unexpected();
        const close = this.close(")");
        if (place === "firstArgument") throw builder.error(open, wording.PARENS_AFTER_SPACE, "'('");
        const { type } = this.peek();
        if (type !== "stab_op" && type !== "when_op") throw this.unexpected();
        return new HeadParens(open, clause.args, close);
      }
      expressions.push(clause);
      if (!this.endClause(expressions, ")")) break;
    }
    return builder.parenthesised(open, expressions, this.next());
  }
}
