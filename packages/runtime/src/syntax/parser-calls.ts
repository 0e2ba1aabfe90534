import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import type { Callee, DoBlock } from "./builder.ts";
import { nameOf, type Parsing, type Shape, STARTS } from "./parser-cursor.ts";
import { KeywordParser } from "./parser-keywords.ts";
import type { Token } from "./token.ts";
import * as wording from "./wording.ts";

/** What parentheses may hold beside an expression, by where they stand. */
export type ParenPlace = "expression" | "clauseHead" | "firstArgument";

export abstract class CallParser extends KeywordParser {
  protected abstract operators(left: Term, least: number, block: boolean): Parsing<Term>;
  /** An operand that nothing after it is part of. */
  protected abstract primary(block: boolean, place: ParenPlace): Parsing<Term>;
  /** `do … end`, whose `do` comes next. */
  protected abstract doBlock(): Parsing<DoBlock>;

  // What may follow a complete operand: access, dot, call of a fun.
  protected *postfix(left: Term, block: boolean): Parsing<Term> {
    const builder = this.builder;
    while (this.shape === "matched") {
      const token = this.peek();
      if (token.type === ".") {
        this.at++;
        this.skipEol();
        left = yield* this.afterDot(left, token, block);
      } else if (token.type === "dot_call_op") {
        this.at++;
        if (this.peek().type !== "(") throw this.unexpected();
        left = yield* this.parensCall(builder.funCallee(token, left), block);
      } else if (token.type === "[" && this.accessible) {
        left = yield* this.bracket(left);
      } else if (token.type === "kw_identifier" && this.accessible) {
        if (nameOf(token) === "do") {
          throw builder.error(token, wording.invalidDo("unexpected keyword: "), "do:");
        }
        throw builder.error(token, "syntax error before: ", `'${nameOf(token)}:'`);
      } else break;
    }
    return left;
  }

  protected *afterDot(left: Term, dot: Token, block: boolean): Parsing<Term> {
    const builder = this.builder;
    const name = this.peek();
    switch (name.type) {
      case "alias": {
        this.at++;
        const segments = [name];
        while (this.peek().type === "." && this.peekAfter().type === "alias") {
          segments.push(this.peekAfter());
          this.at += 2;
        }
        const node = builder.dotAlias(dot, left, segments);
        this.set("matched", true, true);
        return node;
      }
      case "{": {
        const open = this.nextWithEol();
        if (this.peek().type === "}") {
          this.at++;
          this.set("matched", true, true);
          return builder.dotContainer(dot, left, [], []);
        }
        const items = yield* this.containerItems("}");
        const close = this.close("}");
        this.set("matched", true, true);
        return builder.dotContainer(dot, left, items, builder.pairMeta(open, close));
      }
      case "identifier":
      case "paren_identifier":
      case "bracket_identifier":
      case "do_identifier":
      case "op_identifier":
        this.at++;
        return yield* this.named(name, builder.dotCallee(dot, left, name), block, true);
      default:
        throw this.unexpected();
    }
  }

  /** A name and what it calls. In a struct's name nothing after it is an argument. */
  protected *named(token: Token, callee: Callee, block: boolean, calls: boolean): Parsing<Term> {
    const builder = this.builder;
    switch (token.type) {
      case "paren_identifier":
        return yield* this.parensCall(callee, block && calls);
      case "bracket_identifier": {
        const node = builder.identifier(callee);
        return yield* this.bracket(node);
      }
      case "do_identifier":
        if (block && calls && this.peek().type === "do") {
          const doBlock = yield* this.doBlock();
          this.set("unmatched", false, false);
          return builder.call(callee, [doBlock.sections], doBlock.meta);
        }
        break;
      case "op_identifier":
        return yield* this.noParensCall(callee, block);
      default:
        if (!(STARTS.has(this.peek().type) || this.isKeyword())) break;
        if (this.peek().type === "{" && (!calls || this.misnamed)) break;
        if (calls) return yield* this.noParensCall(callee, block);
        this.single = true;
        this.misnamed = true;
        yield* this.noStruct(yield* this.noParensCall(callee, false));
    }
    this.set("matched", false, true);
    return builder.identifier(callee);
  }

  // After what might have been a struct's name but is the beginning of another expression: the error is behind that.
  protected *noStruct(left: Term): Parsing<never> {
    this.single = true;
    this.misnamed = true;
    yield* this.operators(left, 0, false);
    throw this.unexpected();
  }

  protected *parensCall(callee: Callee, block: boolean): Parsing<Term> {
    const builder = this.builder;
    let { args, meta } = yield* this.within(this.parensArguments());
    let doBlock: DoBlock | null = null;
    let node: Term;
    if (this.peek().type === "(") {
      const inner = builder.call(callee, args, meta);
      ({ args, meta } = yield* this.within(this.parensArguments()));
      if (block && this.peek().type === "do") doBlock = yield* this.doBlock();
      const all = doBlock === null ? args : [...args, doBlock.sections];
      node = new Tuple3(inner, list([...(doBlock?.meta ?? []), ...meta], inner.b), list(all));
    } else {
      if (block && this.peek().type === "do") doBlock = yield* this.doBlock();
      const all = doBlock === null ? args : [...args, doBlock.sections];
      node = builder.call(callee, all, doBlock === null ? meta : [...doBlock.meta, ...meta]);
    }
    if (doBlock !== null) this.set("unmatched", false, false);
    else this.set("matched", true, true);
    return node;
  }

  protected *parensArguments(): Parsing<{ args: Term[]; meta: Term[] }> {
    const builder = this.builder;
    const open = this.nextWithEol();
    const args: Term[] = [];
    if (this.peek().type === ")") {
      const close = this.next();
      return { args, meta: builder.pairMeta(open, close) };
    }
    for (;;) {
      if (this.isKeyword()) {
        args.push(yield* this.keywords(")", true));
        break;
      }
      const arg = yield* this.expression(0, true);
      if (this.is("noParens") && (args.length > 0 || !this.isClose(")"))) {
        // The closing parenthesis might have come on the next line.
        if (args.length === 0 && this.peek().type === "eol") {
          this.at++;
          throw this.unexpected();
        }
        this.checkFollow();
        throw builder.nodeError(arg, wording.NESTED_CALLS, "','");
      }
      args.push(arg);
      if (this.peek().type !== ",") break;
      this.at++;
    }
    const close = this.close(")");
    return { args, meta: builder.pairMeta(open, close) };
  }

  protected *noParensCall(callee: Callee, block: boolean): Parsing<Term> {
    const builder = this.builder;
    const args: Term[] = [];
    let shape: Shape = "matched";
    if (this.isKeyword()) args.push(yield* this.keywordArguments());
    else {
      args.push(yield* this.firstArgument());
      if (this.is("noParens")) shape = "noParens";
      else if (this.peek().type === "," && !this.single) {
        shape = "noParens";
        yield* this.moreArguments(args);
      }
    }
    if (block && this.peek().type === "do") {
      const doBlock = yield* this.doBlock();
      this.set("unmatched", false, false);
      return builder.call(callee, [...args, doBlock.sections], doBlock.meta);
    }
    this.set(shape, false, false);
    this.oneArgument = shape === "matched";
    return builder.call(callee, args);
  }

  protected *firstArgument(): Parsing<Term> {
    if (this.peek().type !== "(") return yield* this.expression(0, false);
    const operand = yield* this.primary(false, "firstArgument");
    return yield* this.operators(yield* this.postfix(operand, false), 0, false);
  }

  // Arguments from the first comma on, of a call without parentheses.
  protected *moreArguments(args: Term[]): Parsing<void> {
    while (this.peek().type === ",") {
      this.at++;
      if (this.isKeyword()) {
        args.push(yield* this.keywordArguments());
        return;
      }
      const arg = yield* this.expression(0, false);
      if (this.is("noParens")) {
        this.checkFollow();
        throw this.builder.nodeError(arg, wording.NESTED_CALLS, "','");
      }
      args.push(arg);
    }
  }

  protected *bracket(target: Term): Parsing<Term> {
    const builder = this.builder;
    if (this.peek().type !== "[") throw this.unexpected();
    const open = this.nextWithEol();
    let argument: Term;
    if (this.isKeyword()) argument = yield* this.keywords("]", false);
    else {
      argument = yield* this.item();
      const comma = this.peek();
      if (comma.type === ",") {
        this.at++;
        if (!this.isClose("]")) {
          yield* this.containerItems("]");
          this.close("]");
          throw builder.error(comma, wording.MANY_ACCESS_ARGUMENTS, "','");
        }
      }
    }
    const close = this.close("]");
    this.set("matched", true, true);
    return builder.access(target, argument, open, close);
  }
}
