import { atom } from "../term/atom.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { nameOf, ParserCursor } from "./parser-cursor.ts";
import * as q from "./quoted.ts";
import { Interpolation, type Part, type Token, type TokenType } from "./token.ts";
import * as wording from "./wording.ts";

const CURSOR = atom("__cursor__");

export abstract class KeywordParser extends ParserCursor {
  /** An expression of operators that bind at least as tightly as `least`. */
  protected abstract expression(least: number, block: boolean): Term;
  /** What the tokens of an interpolation stand for. */
  protected abstract interpolated(tokens: readonly Token[]): Term;

  protected key(): Term {
    const builder = this.builder;
    const token = this.next();
    const parts = token.type === "kw_identifier" ? null : this.parts(token, false);
    this.skipEol();
    return builder.keywordKey(token, parts);
  }

  /** Keywords at the end of a call without parentheses. */
  protected keywordArguments(): Term {
    const builder = this.builder;
    const entries: Term[] = [];
    for (;;) {
      const at = this.peek();
      const key = this.key();
      const value = this.expression(0, false);
      if (this.is("noParens") && at.type === "kw_identifier" && key === at.value) {
        builder.warn(q.line(q.metaOf(value)), null, wording.nestedInKeyword(nameOf(at)));
      }
      entries.push(new Tuple2(key, value));
      const comma = this.peek();
      if (comma.type !== ",") break;
      this.at++;
      if (this.isKeyword()) continue;
      entries.push(this.afterKeywords(comma, wording.KEYWORD_NOT_LAST_IN_CALL));
      break;
    }
    this.set("matched", false, false);
    return list(entries);
  }

  /** Keywords in brackets or parentheses, up to what closes them. */
  protected keywords(close: TokenType, inCall: boolean): Term {
    const builder = this.builder;
    const entries: Term[] = [];
    for (;;) {
      const key = this.key();
      entries.push(new Tuple2(key, this.item()));
      const comma = this.peek();
      if (comma.type !== ",") break;
      this.at++;
      if (this.isClose(close)) {
        if (inCall) builder.warn(comma.line, comma.column, wording.TRAILING_COMMA);
        break;
      }
      if (this.isKeyword()) continue;
      const words = inCall ? wording.KEYWORD_NOT_LAST_IN_CALL : wording.KEYWORD_NOT_LAST_IN_DATA;
      entries.push(this.afterKeywords(comma, words));
      break;
    }
    return list(entries);
  }

  // Here a call without parentheses takes one argument, so that the comma after it is an error of its own. A cursor is
  // going to be a keyword.
  protected afterKeywords(comma: Token, words: string): Term {
    this.single = true;
    const expression = this.expression(0, false);
    if (this.shape !== "matched") throw this.unexpected();
    if (q.isCall(expression, CURSOR, 0)) {
      this.single = false;
      return expression;
    }
    throw this.builder.error(comma, words, "','");
  }

  protected item(): Term {
    const item = this.expression(0, true);
    if (this.is("noParens")) {
      this.checkFollow();
      throw this.builder.nodeError(item, wording.CALL_IN_CONTAINER, "','");
    }
    return item;
  }

  // Items with keywords as a last item of their own.
  protected containerItems(close: TokenType): Term[] {
    const items: Term[] = [this.item()];
    while (this.peek().type === ",") {
      this.at++;
      if (this.isClose(close)) break;
      if (this.isKeyword()) {
        items.push(this.keywords(close, false));
        break;
      }
      items.push(this.item());
    }
    return items;
  }

  // The parts of a string, interpolations parsed.
  protected parts(token: Token, charlist: boolean): Term {
    const parts = token.value as readonly Part[];
    return list(
      parts.map((part) => {
        if (!(part instanceof Interpolation)) return part;
        const form = this.interpolated(part.tokens);
        return this.builder.interpolation(
          part,
          { line: part.endLine, column: part.endColumn },
          form,
          charlist,
        );
      }),
    );
  }
}
