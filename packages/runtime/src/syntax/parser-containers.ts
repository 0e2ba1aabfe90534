import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { BINARY, OPERATORS } from "./operators.ts";
import { ClauseParser } from "./parser-clauses.ts";
import type { Parsing } from "./parser-cursor.ts";
import * as q from "./quoted.ts";
import type { Token } from "./token.ts";
import * as wording from "./wording.ts";

const ABOVE_PIPE = OPERATORS.pipe_op.precedence + 1;
const PIPE = OPERATORS.pipe_op.precedence;

export abstract class ContainerParser extends ClauseParser {
  /** The start of the first entry of a map, when it was parsed in search of an update. */
  protected pending: { key: Term } | null = null;

  protected *list(): Parsing<Term> {
    const builder = this.builder;
    const open = this.nextWithEol();
    const items: Term[] = [];
    let tail: Term = EMPTY;
    if (this.peek().type !== "]") {
      for (;;) {
        if (this.isKeyword()) {
          tail = yield* this.keywords("]", false);
          break;
        }
        items.push(yield* this.item());
        if (this.peek().type !== ",") break;
        this.at++;
        if (this.isClose("]")) break;
      }
      return builder.literal(list(items, tail), open, builder.pairMeta(open, this.close("]")));
    }
    return builder.literal(EMPTY, open, builder.pairMeta(open, this.next()));
  }

  protected *tupleOrBits(closeType: "}" | ">>"): Parsing<Term> {
    const builder = this.builder;
    const open = this.nextWithEol();
    let items: Term[] = [];
    let close: Token;
    if (this.peek().type === closeType) close = this.next();
    else if (this.isKeyword()) {
      yield* this.keywords(closeType, false);
      this.expect(closeType);
      const kind = closeType === "}" ? "tuple" : "bitstring";
      throw builder.error(open, wording.keywordInContainer(kind), `'${open.type}'`);
    } else {
      items = yield* this.containerItems(closeType);
      close = this.close(closeType);
    }
    return closeType === "}"
      ? builder.tuple(open, items, close)
      : builder.container(q.BITS, open, items, close);
  }

  protected *struct(): Parsing<Term> {
    const builder = this.builder;
    const token = this.next();
    const name = yield* this.structName();
    if (BINARY.has(this.peek().type)) yield* this.noStruct(name);
    this.skipEol();
    const map = yield* this.mapBody();
    return new Tuple3(q.STRUCT, builder.meta(token), list([name, map]));
  }

  protected *structName(): Parsing<Term> {
    const { type } = this.peek();
    if (type === "at_op" || type === "unary_op" || type === "dual_op" || type === "ternary_op") {
      const operator = this.next();
      this.skipEol();
      return this.builder.unary(operator, yield* this.deeper(this.structName()));
    }
    if (type === "ellipsis_op") {
      const operator = this.next();
      if (!this.startsExpression() || this.peek().type === "{") return this.builder.nullary(operator);
      return this.builder.unary(operator, yield* this.deeper(this.structName()));
    }
    let name = yield* this.structBase();
    for (;;) {
      const dot = this.peek();
      if (dot.type === "." && this.shape === "matched") {
        this.at++;
        this.skipEol();
        const token = this.peek();
        if (token.type === "identifier" || token.type === "do_identifier") {
          this.at++;
          name = yield* this.named(token, this.builder.dotCallee(dot, name, token), false, false);
        } else name = yield* this.afterDot(name, dot, false);
      } else if (dot.type === "[" && this.accessible) name = yield* this.bracket(name);
      else if (dot.type === "dot_call_op") {
        this.at++;
        if (this.peek().type !== "(") throw this.unexpected();
        name = yield* this.parensCall(this.builder.funCallee(dot, name), false);
      } else return name;
    }
  }

  protected *structBase(): Parsing<Term> {
    const token = this.peek();
    if (token.type !== "identifier" && token.type !== "do_identifier")
      return yield* this.primary(false, "expression");
    this.at++;
    return yield* this.named(token, this.builder.callee(token), false, false);
  }

  protected *mapBody(): Parsing<Term> {
    const builder = this.builder;
    if (this.peek().type !== "{") throw this.unexpected();
    const open = this.nextWithEol();
    if (this.peek().type === "}") return builder.container(q.MAP, open, [], this.next());
    const entries: Term[] = [];
    let tail: Term = EMPTY;
    let update: { pipe: Token; target: Term } | null = null;
    let first = true;
    for (;;) {
      if (this.isKeyword()) {
        tail = yield* this.keywords("}", false);
        break;
      }
      if (first) {
        update = yield* this.updated();
        if (update !== null && this.isKeyword()) {
          tail = yield* this.keywords("}", false);
          break;
        }
        // The target is parsed as far as an expression goes when there is no update.
      }
      entries.push(yield* this.assoc(first ? this.pending : null));
      first = false;
      this.pending = null;
      if (this.peek().type !== ",") break;
      this.at++;
      if (this.isClose("}")) break;
    }
    const close = this.close("}");
    const content = list(entries, tail);
    if (update === null) {
      return new Tuple3(q.MAP, list(builder.pairMeta(open, close), builder.meta(open)), content);
    }
    return builder.container(q.MAP, open, [builder.binary(update.target, update.pipe, content)], close);
  }

  /**
   * `target |` at the start of a map. A pipe is an update when a keyword, `=>` or the end of the entry follows its
   * right side, and an operator like others otherwise; so the right side is parsed first.
   */
  protected *updated(): Parsing<{ pipe: Token; target: Term } | null> {
    const builder = this.builder;
    const left = yield* this.expression(ABOVE_PIPE, true);
    if (this.peek().type !== "pipe_op" || this.is("noParens")) {
      this.pending = { key: yield* this.operators(left, 0, true) };
      return null;
    }
    const shape = this.shape;
    const pipe = this.nextWithEol();
    if (this.isKeyword()) return { pipe, target: left };
    const right = yield* this.expression(PIPE, true);
    const next = this.peek().type;
    if (BINARY.has(next) && this.shape !== "noParens") {
      const joined = builder.binary(left, pipe, right);
      this.set(shape === "unmatched" ? "unmatched" : this.shape, false, false);
      this.pending = { key: yield* this.operators(joined, 0, true) };
      return null;
    }
    this.pending = { key: right };
    return { pipe, target: left };
  }

  protected *assoc(pending: { key: Term } | null): Parsing<Term> {
    const builder = this.builder;
    const key = pending === null ? yield* this.expression(0, true) : pending.key;
    const arrow = this.peek();
    if (arrow.type !== "assoc_op" || this.is("noParens")) {
      if (!this.simple || this.shape !== "matched") throw this.unexpected();
      return key;
    }
    this.at++;
    this.skipEol();
    const value = yield* this.expression(0, true);
    if (this.is("noParens")) throw this.unexpected();
    return new Tuple2(builder.withAssoc(key, arrow), value);
  }
}
