/**
 * The parser: tokens to the quoted form, by recursive descent with one loop for binary operators. Here are
 * whole texts, operators and operands; the classes that it extends add calls, clauses and containers.
 */
import { atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import { BINARY, OPERATORS } from "./operators.ts";
import type { ParenPlace } from "./parser-calls.ts";
import { ContainerParser } from "./parser-containers.ts";
import { LEVELS_PER_STACK, nameOf, type Parsing, runParsing, type Shape } from "./parser-cursor.ts";
import * as q from "./quoted.ts";
import type { Part, SigilToken, Token, TokenType } from "./token.ts";
import * as wording from "./wording.ts";

const CAPTURE_OPERAND = OPERATORS.capture_op.precedence + 1;

/** Tokens that end any expression before them. */
const ENDS = new Set<TokenType>([
  ",",
  "eol",
  ";",
  ")",
  "]",
  "}",
  ">>",
  "end",
  "block_identifier",
  "stab_op",
  "assoc_op",
]);

export class Parser extends ContainerParser {
  /** All expressions of the text. */
  parse(): Term {
    return runParsing(this.expressions());
  }

  protected *expressions(): Parsing<Term> {
    const builder = this.builder;
    if (this.tokens.length === 0) return new Tuple3(q.BLOCK, EMPTY, EMPTY);
    const first = this.peek();
    const leading = this.skipEnds() !== null;
    if (this.at >= this.tokens.length) {
      return new Tuple3(q.BLOCK, leading ? builder.meta(first) : EMPTY, EMPTY);
    }
    const expressions: Term[] = [];
    for (;;) {
      expressions.push(yield* this.expression(0, true));
      const end = this.skipEnds();
      if (end === null) break;
      builder.annotate(expressions, end);
      if (this.at >= this.tokens.length) break;
    }
    if (this.at < this.tokens.length) throw this.unexpected();
    return builder.block(expressions);
  }

  /** An expression of operators that bind at least as tightly as `least`. */
  protected *expression(least: number, block: boolean): Parsing<Term> {
    const leaf = this.leaf();
    if (leaf !== null) return leaf;
    this.enter();
    const operation = this.operation(least, block);
    const result = this.depth % LEVELS_PER_STACK === 0 ? yield operation : yield* operation;
    this.depth--;
    return result;
  }

  protected *operation(least: number, block: boolean): Parsing<Term> {
    return yield* this.operators(yield* this.prefixed(block), least, block);
  }

  /** A literal, an alias or a variable that nothing follows but the end of the expression: most are just that. */
  protected leaf(): Term | null {
    const { builder, tokens, at } = this;
    if (at + 1 >= tokens.length || !ENDS.has(tokens[at + 1].type)) return null;
    const token = tokens[at];
    let node: Term;
    let accessible = true;
    switch (token.type) {
      case "identifier":
        node = builder.identifier(builder.callee(token));
        accessible = false;
        break;
      case "int":
      case "flt":
      case "char":
        node = builder.number(token);
        break;
      case "true":
      case "false":
      case "nil":
        node = builder.literal(atom(token.type), token);
        break;
      case "atom":
        node = builder.atomLiteral(token);
        break;
      case "alias":
        node = builder.alias(token);
        break;
      default:
        return null;
    }
    this.at = at + 1;
    this.set("matched", accessible, true);
    return node;
  }

  protected *operators(left: Term, least: number, block: boolean): Parsing<Term> {
    const builder = this.builder;
    while (this.shape !== "noParens") {
      const operator = this.peek();
      const info = BINARY.get(operator.type);
      if (info === undefined || info.precedence < least) break;
      this.nextWithEol();
      const shape: Shape = this.shape;
      let right: Term;
      if (operator.type === "when_op" && this.isKeyword()) {
        right = yield* this.keywordArguments();
        this.shape = "noParens";
      } else right = yield* this.expression(info.right, block);
      const rightShape = this.shape as Shape;
      if (operator.type === "arrow_op" && (this.oneArgument || rightShape === "noParens")) {
        this.warnPipe(operator, right);
      }
      if (shape === "unmatched" && rightShape === "noParens") {
        builder.warn(operator.line, null, wording.noParensAfterBlock(nameOf(operator)));
      }
      if (operator.type === "ternary_op" && (this.oneArgument || rightShape === "noParens"))
        this.checkFollow();
      left = builder.binary(left, operator, right);
      this.set(shape === "unmatched" ? "unmatched" : rightShape, false, false);
    }
    return left;
  }

  protected warnPipe(operator: Token, right: Term): void {
    const args = q.callArgs(right);
    if (args === null || args.length === 0 || q.metaOf(right) === EMPTY) return;
    this.builder.warn(operator.line, operator.column, wording.ambiguousPipe(nameOf(operator)));
  }

  protected *prefixed(block: boolean): Parsing<Term> {
    switch (this.peek().type) {
      case "unary_op":
      case "dual_op":
      case "ternary_op": {
        const operator = this.next();
        this.skipEol();
        return yield* this.prefix(operator, this.prefixed(block), block, true);
      }
      case "capture_op": {
        const operator = this.next();
        this.skipEol();
        return yield* this.prefix(operator, this.expression(CAPTURE_OPERAND, block), block, false);
      }
      case "ellipsis_op": {
        const operator = this.next();
        if (!this.startsExpression() || this.peek().type === "range_op") {
          this.set("matched", false, true);
          return yield* this.postfix(this.builder.nullary(operator), block);
        }
        return yield* this.prefix(operator, this.expression(CAPTURE_OPERAND, block), block, true);
      }
      case "at_op":
        return yield* this.postfix(yield* this.attribute(block), block);
      default:
        return yield* this.postfix(yield* this.primary(block, "expression"), block);
    }
  }

  protected *prefix(
    operator: Token,
    parsing: Parsing<Term>,
    block: boolean,
    keepsSimple: boolean,
  ): Parsing<Term> {
    let operand = yield* this.deeper(parsing);
    if (this.shape === "unmatched") operand = yield* this.swallow(operand, block);
    this.set(this.shape, false, keepsSimple && this.simple);
    return this.builder.unary(operator, operand);
  }

  // A prefix of an expression that ends in a do-block takes all operators that follow, as the grammar has it.
  protected *swallow(operand: Term, block: boolean): Parsing<Term> {
    return yield* this.operators(operand, 0, block);
  }

  // `@` binds tighter than the dot, so its operand is parsed without what follows.
  protected *attribute(block: boolean): Parsing<Term> {
    const builder = this.builder;
    const operator = this.next();
    this.skipEol();
    const { type } = this.peek();
    let operand: Term;
    let bracketed = false;
    if (type === "at_op") operand = yield* this.deeper(this.attribute(block));
    else if (OPERATORS[type as keyof typeof OPERATORS] !== undefined && type !== "range_op") {
      operand = yield* this.prefixed(block);
    } else if (type === "bracket_identifier") {
      operand = builder.identifier(builder.callee(this.next()));
      bracketed = true;
    } else {
      operand = yield* this.primary(block, "expression");
      bracketed = this.accessible && this.peek().type === "[";
    }
    if (this.shape === "unmatched") operand = yield* this.swallow(operand, block);
    const node = builder.unary(operator, operand);
    if (bracketed) return yield* this.bracket(node);
    this.set(this.shape, false, this.simple);
    return node;
  }

  protected *primary(block: boolean, place: ParenPlace): Parsing<Term> {
    const builder = this.builder;
    const token = this.peek();
    switch (token.type) {
      case "identifier":
      case "paren_identifier":
      case "bracket_identifier":
      case "do_identifier":
      case "op_identifier":
        this.at++;
        return yield* this.named(token, builder.callee(token), block, true);
      case "range_op": {
        this.at++;
        this.set("matched", false, true);
        return builder.nullary(token);
      }
      default: {
        const node = yield* this.within(this.accessibleOperand(token, place));
        this.set("matched", true, true);
        return node;
      }
    }
  }

  protected *accessibleOperand(token: Token, place: ParenPlace): Parsing<Term> {
    const builder = this.builder;
    switch (token.type) {
      case "(":
        return (yield* this.parens(place)) as Term;
      case "[":
        return yield* this.list();
      case "{":
        return yield* this.tupleOrBits("}");
      case "<<":
        return yield* this.tupleOrBits(">>");
      case "%{}":
        this.at++;
        this.skipEol();
        return yield* this.mapBody();
      case "%":
        return yield* this.struct();
      case "fn":
        return yield* this.fn();
      case "capture_int": {
        this.at++;
        return builder.unary(token, this.expect("int").value as Term);
      }
    }
    this.at++;
    switch (token.type) {
      case "int":
      case "flt":
      case "char":
        return builder.number(token);
      case "true":
      case "false":
      case "nil":
        return builder.literal(atom(token.type), token);
      case "atom":
        return builder.atomLiteral(token);
      case "atom_quoted":
        return builder.literal(token.value as Term, token, builder.delimiterMeta(token.delimiter));
      case "atom_safe":
      case "atom_unsafe":
        return builder.quotedAtom(
          token,
          yield* this.parts(token, false),
          builder.delimiterMeta(token.delimiter),
        );
      case "alias":
        return builder.alias(token);
      case "bin_string":
      case "bin_heredoc": {
        const parts = token.value as readonly Part[];
        if (parts.length === 1 && parts[0] instanceof Bitstring) {
          return builder.literal(parts[0], token, builder.stringExtra(token));
        }
        return builder.binaryString(token, yield* this.parts(token, false));
      }
      case "list_string":
      case "list_heredoc": {
        const parts = token.value as readonly Part[];
        if (parts.length === 1 && parts[0] instanceof Bitstring)
          return builder.charlistLiteral(token, parts[0]);
        return builder.charlist(token, yield* this.parts(token, true));
      }
      case "sigil": {
        const { symbol, modifiers } = token as SigilToken;
        return builder.sigil(token, symbol, yield* this.parts(token, false), modifiers);
      }
      default:
        this.at--;
        throw this.unexpected();
    }
  }

  protected *interpolated(tokens: readonly Token[]): Parsing<Term> {
    return yield* new Parser(this.builder, tokens, this.depth).expressions();
  }
}
