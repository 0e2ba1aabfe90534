import { Atom } from "../term/atom.ts";
import { BlankLexer } from "./lexer-blank.ts";
import { Token, type TokenType } from "./token.ts";
import * as wording from "./wording.ts";

/** An opening bracket, `do` or `fn` that waits for its end. */
interface Opening {
  readonly type: TokenType;
  readonly line: number;
  readonly column: number;
  /** Indentation of the line that it is on: by it a missing `end` is found. */
  readonly indentation: number;
}

const CLOSERS: Partial<Record<TokenType, TokenType>> = {
  fn: "end",
  do: "end",
  "(": ")",
  "[": "]",
  "{": "}",
  "<<": ">>",
};

export abstract class BracketLexer extends BlankLexer {
  protected openings: Opening[] = [];
  protected hints: Opening[] = [];

  protected open(type: TokenType, length: number): void {
    const token = new Token(type, this.line, this.column());
    this.pos += length;
    this.bracketToken(token);
  }

  protected close(type: TokenType, length: number): void {
    const token = new Token(type, this.line, this.column(), null, this.newlinesBefore());
    this.pos += length;
    this.bracketToken(token);
  }

  protected bracketToken(token: Token): void {
    const { type, line, column } = token;
    const openings = this.openings;
    const top = openings[openings.length - 1];
    switch (type) {
      case "(": {
        const before = this.top();
        if (before?.type === "alias" && before.value instanceof Atom)
          throw this.error(token, wording.parenAfterAlias(before.text), "(");
        openings.push({ type, line, column, indentation: this.indentation });
        break;
      }
      case "[":
      case "{":
      case "<<":
        openings.push({ type, line, column, indentation: this.indentation });
        break;
      case "do":
      case "fn":
        // A `do` indented no more than the one it is in hints that the latter lacks its `end`.
        if (top?.type === type && this.indentation <= top.indentation) this.hints.push(top);
        openings.push({ type, line, column, indentation: this.indentation });
        break;
      default:
        if (this.options.checkTerminators === false && (top === undefined || CLOSERS[top.type] !== type))
          break;
        if (top === undefined) throw this.strayCloser(token);
        if (CLOSERS[top.type] !== type) {
          const words = type === "end" ? "unexpected reserved word: " : "unexpected token: ";
          throw this.error(
            {
              line: top.line,
              column: top.column,
              endLine: line,
              endColumn: column,
              openingDelimiter: top.type,
              closingDelimiter: type,
              expectedDelimiter: CLOSERS[top.type],
            },
            words,
            type,
          );
        }
        openings.pop();
        // An `end` indented more than its `do` hints that another `do` is missing.
        if (top.type === "do" && this.indentation > top.indentation) {
          this.hints.push({ type: "end", line, column, indentation: this.indentation });
        }
    }
    this.push(token);
  }

  protected strayCloser(token: Token): Error {
    if (token.type !== "end") return this.error(token, "unexpected token: ", token.type);
    const hint = this.hints.findLast((entry) => entry.type === "end");
    const suffix = hint === undefined ? "" : wording.endWithoutDo(hint.line);
    return this.error(
      { line: token.line, column: token.column },
      ["unexpected reserved word: ", suffix],
      "end",
    );
  }

  protected missingCloser(): never {
    const opening = this.openings[this.openings.length - 1];
    const closer = CLOSERS[opening.type] as string;
    const hint = this.hints.findLast((entry) => entry.type === opening.type);
    const suffix = hint === undefined ? "" : wording.withoutCloser(hint.type, hint.line, closer);
    throw this.error(
      {
        line: opening.line,
        column: opening.column,
        endLine: this.line,
        endColumn: this.column(),
        openingDelimiter: opening.type,
        expectedDelimiter: closer,
      },
      `missing terminator: ${closer}${suffix}`,
      "",
    );
  }
}
