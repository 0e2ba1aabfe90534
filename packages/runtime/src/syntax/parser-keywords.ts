import { atom } from "../term/atom.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { nameOf, ParserCursor, type Parsing } from "./parser-cursor.ts";
import * as q from "./quoted.ts";
import { Interpolation, type Part, type Token, type TokenType } from "./token.ts";
import * as wording from "./wording.ts";

const CURSOR = atom("__cursor__");

export abstract class KeywordParser extends ParserCursor {
  /** An expression of operators that bind at least as tightly as `least`. */
  protected abstract expression(least: number, block: boolean): Parsing<Term>;
  /** What the tokens of an interpolation stand for. */
  protected abstract interpolated(tokens: readonly Token[]): Parsing<Term>;

  protected *key(): Parsing<Term> {
    const builder = this.builder;
    const token = this.next();
    const parts = yield* this.parts(token, false);
    this.skipEol();
    return builder.keywordKey(token, parts);
  }

  protected plainKey(): Term {
    const token = this.next();
    this.skipEol();
    return this.builder.keywordKey(token, null);
  }

  /** Keywords at the end of a call without parentheses. */
  protected *keywordArguments(): Parsing<Term> {
    const builder = this.builder;
    const entries: Term[] = [];
    for (;;) {
      const at = this.peek();
      const key = this.peek().type === "kw_identifier" ? this.plainKey() : yield* this.key();
      const value = yield* this.expression(0, false);
      if (this.is("noParens") && at.type === "kw_identifier" && key === at.value) {
        builder.warn(q.line(q.metaOf(value)), null, wording.nestedInKeyword(nameOf(at)));
      }
      entries.push(new Tuple2(key, value));
      const comma = this.peek();
      if (comma.type !== ",") break;
      this.at++;
      if (this.isKeyword()) continue;
      entries.push(yield* this.afterKeywords(comma, wording.KEYWORD_NOT_LAST_IN_CALL));
      break;
    }
    this.set("matched", false, false);
    return list(entries);
  }

  /** Keywords in brackets or parentheses, up to what closes them. */
  protected *keywords(close: TokenType, inCall: boolean): Parsing<Term> {
    const builder = this.builder;
    const entries: Term[] = [];
    for (;;) {
      const key = this.peek().type === "kw_identifier" ? this.plainKey() : yield* this.key();
      entries.push(new Tuple2(key, yield* this.item()));
      const comma = this.peek();
      if (comma.type !== ",") break;
      this.at++;
      if (this.isClose(close)) {
        if (inCall) builder.warn(comma.line, comma.column, wording.TRAILING_COMMA);
        break;
      }
      if (this.isKeyword()) continue;
      const words = inCall ? wording.KEYWORD_NOT_LAST_IN_CALL : wording.KEYWORD_NOT_LAST_IN_DATA;
      entries.push(yield* this.afterKeywords(comma, words));
      break;
    }
    return list(entries);
  }

  // Here a call without parentheses takes one argument, so that the comma after it is an error of its own. A cursor is
  // going to be a keyword.
  protected *afterKeywords(comma: Token, words: string): Parsing<Term> {
    this.single = true;
    const expression = yield* this.expression(0, false);
    if (this.shape !== "matched") throw this.unexpected();
    if (q.isCall(expression, CURSOR, 0)) {
      this.single = false;
      return expression;
    }
    throw this.builder.error(comma, words, "','");
  }

  protected *item(): Parsing<Term> {
    const item = yield* this.expression(0, true);
    if (this.is("noParens")) {
      this.checkFollow();
      throw this.builder.nodeError(item, wording.CALL_IN_CONTAINER, "','");
    }
    return item;
  }

  // Items with keywords as a last item of their own.
  protected *containerItems(close: TokenType): Parsing<Term[]> {
    const items: Term[] = [yield* this.item()];
    while (this.peek().type === ",") {
      this.at++;
      if (this.isClose(close)) break;
      if (this.isKeyword()) {
        items.push(yield* this.keywords(close, false));
        break;
      }
      items.push(yield* this.item());
    }
    return items;
  }

  // The parts of a string, interpolations parsed.
  protected *parts(token: Token, charlist: boolean): Parsing<Term> {
    const parts = token.value as readonly Part[];
    const items: Term[] = [];
    for (const part of parts) {
      if (part instanceof Interpolation) {
        const form = yield* this.deeper(this.interpolated(part.tokens));
        const end = { line: part.endLine, column: part.endColumn };
        items.push(this.builder.interpolation(part, end, form, charlist));
      } else items.push(part);
    }
    return list(items);
  }
}
