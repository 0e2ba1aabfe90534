/**
 * Blanks, line ends and comments, which are more than nothing: a blank tells `a -b` from `a - b`, and a line end
 * may end an expression.
 */
import { atom } from "../term/atom.ts";
import { LexerCursor } from "./lexer-cursor.ts";
import { findBidi, isBlank, isSpace } from "./lexer-string.ts";
import { Token } from "./token.ts";
import * as wording from "./wording.ts";

export abstract class BlankLexer extends LexerCursor {
  protected blanks(): void {
    const source = this.source;
    let at = this.pos + 1;
    while (isBlank(source.charCodeAt(at))) at++;
    this.pos = at;
    // `a -b` calls a with an argument; `a - b` and `a-b` subtract.
    const sign = source.charCodeAt(at);
    if (sign !== 43 && sign !== 45) return;
    const top = this.top();
    if (top?.type !== "identifier") return;
    const next = source.charCodeAt(at + 1);
    if (Number.isNaN(next) || isSpace(next) || next === sign || next === 47 || next === 62) return;
    if (next === 58 && isSpace(source.charCodeAt(at + 2))) return;
    top.type = "op_identifier";
    this.push(new Token("dual_op", this.line, this.column(), atom(source[at])));
    this.pos++;
  }

  protected newline(length: number): void {
    const top = this.top();
    if (top !== undefined && (top.type === "eol" || top.type === "," || top.type === ";")) {
      top.newlines = (top.newlines ?? 0) + 1;
    } else this.push(new Token("eol", this.line, this.column(), null, 1));
    this.nextLine(length);
  }

  protected nextLine(length: number): void {
    this.pos += length;
    this.line++;
    this.base = this.pos - this.startColumn;
    while (isBlank(this.source.charCodeAt(this.pos))) this.pos++;
    this.indentation = this.column() - 1;
  }

  protected comment(): void {
    this.skipComment();
    const top = this.top();
    if (top?.type === "eol") top.newlines = 0;
  }

  protected skipComment(): void {
    const source = this.source;
    const start = this.pos;
    let end = source.indexOf("\n", start);
    if (end < 0) end = source.length;
    else if (source.charCodeAt(end - 1) === 13) end--;
    const comment = source.slice(start, end);
    const bidi = findBidi(comment);
    if (bidi >= 0) {
      throw this.error(
        this.here(),
        "invalid bidirectional formatting character in comment: ",
        `\\u${wording.codePoint(comment.charCodeAt(bidi))}`,
      );
    }
    const { onComment } = this.options;
    if (onComment !== undefined) {
      onComment({
        line: this.line,
        column: this.column(),
        text: comment,
        previousEolCount: this.eolsBeforeComment(),
        nextEolCount: this.eolsAfter(end),
      });
    }
    // Elixir counts the end of the line from where the comment starts.
    this.base += end - start;
    this.pos = end;
  }

  protected eolsBeforeComment(): number {
    const top = this.top();
    if (top === undefined) return 1;
    return this.newlinesBefore() ?? 0;
  }

  protected eolsAfter(at: number): number {
    let count = 0;
    for (let i = at; i < this.source.length; i++) {
      const code = this.source.charCodeAt(i);
      if (code === 10) count++;
      else if (!isBlank(code) && code !== 13) break;
    }
    return count;
  }
}
