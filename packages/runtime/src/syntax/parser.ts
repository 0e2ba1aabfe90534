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
import { BRACKET_DEPTH, nameOf, type Shape } from "./parser-cursor.ts";
import * as q from "./quoted.ts";
import type { Part, SigilToken, Token } from "./token.ts";
import * as wording from "./wording.ts";

/** A prefix and its operand are more calls than an operator and its right side. */
const PREFIX_DEPTH = 3;
const CAPTURE_OPERAND = OPERATORS.capture_op.precedence + 1;

export class Parser extends ContainerParser {
  /** All expressions of the text. */
  parse(): Term {
    const builder = this.builder;
    if (this.tokens.length === 0) return new Tuple3(q.BLOCK, EMPTY, EMPTY);
    const first = this.peek();
    const leading = this.skipEnds() !== null;
    if (this.at >= this.tokens.length) {
      return new Tuple3(q.BLOCK, leading ? builder.meta(first) : EMPTY, EMPTY);
    }
    const expressions: Term[] = [];
    for (;;) {
      expressions.push(this.expression(0, true));
      const end = this.skipEnds();
      if (end === null) break;
      builder.annotate(expressions, end);
      if (this.at >= this.tokens.length) break;
    }
    if (this.at < this.tokens.length) throw this.unexpected();
    return builder.block(expressions);
  }

  /** An expression of operators that bind at least as tightly as `least`. */
  protected expression(least: number, block: boolean): Term {
    return this.operators(this.prefixed(block), least, block);
  }

  protected operators(left: Term, least: number, block: boolean): Term {
    const builder = this.builder;
    while (this.shape !== "noParens") {
      const operator = this.peek();
      const info = BINARY.get(operator.type);
      if (info === undefined || info.precedence < least) break;
      this.nextWithEol();
      const shape: Shape = this.shape;
      this.enter(1);
      let right: Term;
      if (operator.type === "when_op" && this.isKeyword()) {
        right = this.keywordArguments();
        this.shape = "noParens";
      } else right = this.expression(info.right, block);
      this.depth -= 1;
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

  protected prefixed(block: boolean): Term {
    switch (this.peek().type) {
      case "unary_op":
      case "dual_op":
      case "ternary_op": {
        const operator = this.next();
        this.skipEol();
        return this.prefix(operator, () => this.prefixed(block), block, true);
      }
      case "capture_op": {
        const operator = this.next();
        this.skipEol();
        return this.prefix(operator, () => this.expression(CAPTURE_OPERAND, block), block, false);
      }
      case "ellipsis_op": {
        const operator = this.next();
        if (!this.startsExpression() || this.peek().type === "range_op") {
          this.set("matched", false, true);
          return this.postfix(this.builder.nullary(operator), block);
        }
        return this.prefix(operator, () => this.expression(CAPTURE_OPERAND, block), block, true);
      }
      case "at_op":
        return this.postfix(this.attribute(block), block);
      default:
        return this.postfix(this.primary(block, "expression"), block);
    }
  }

  protected prefix(operator: Token, parse: () => Term, block: boolean, keepsSimple: boolean): Term {
    this.enter(PREFIX_DEPTH);
    let operand = parse();
    operand = this.swallow(operand, block);
    this.depth -= PREFIX_DEPTH;
    this.set(this.shape, false, keepsSimple && this.simple);
    return this.builder.unary(operator, operand);
  }

  // A prefix of an expression that ends in a do-block takes all operators that follow, as the grammar has it.
  protected swallow(operand: Term, block: boolean): Term {
    return this.shape === "unmatched" ? this.operators(operand, 0, block) : operand;
  }

  // `@` binds tighter than the dot, so its operand is parsed without what follows.
  protected attribute(block: boolean): Term {
    const builder = this.builder;
    const operator = this.next();
    this.skipEol();
    this.enter(1);
    const { type } = this.peek();
    let operand: Term;
    let bracketed = false;
    if (type === "at_op") operand = this.attribute(block);
    else if (OPERATORS[type as keyof typeof OPERATORS] !== undefined && type !== "range_op") {
      operand = this.prefixed(block);
    } else if (type === "bracket_identifier") {
      operand = builder.identifier(builder.callee(this.next()));
      bracketed = true;
    } else {
      operand = this.primary(block, "expression");
      bracketed = this.accessible && this.peek().type === "[";
    }
    operand = this.swallow(operand, block);
    this.depth -= 1;
    const node = builder.unary(operator, operand);
    if (bracketed) return this.bracket(node);
    this.set(this.shape, false, this.simple);
    return node;
  }

  protected primary(block: boolean, place: ParenPlace): Term {
    const builder = this.builder;
    const token = this.peek();
    switch (token.type) {
      case "identifier":
      case "paren_identifier":
      case "bracket_identifier":
      case "do_identifier":
      case "op_identifier":
        this.at++;
        return this.named(token, builder.callee(token), block, true);
      case "range_op": {
        this.at++;
        this.set("matched", false, true);
        return builder.nullary(token);
      }
      default: {
        this.enter(BRACKET_DEPTH);
        const node = this.accessibleOperand(token, place);
        this.depth -= BRACKET_DEPTH;
        this.set("matched", true, true);
        return node;
      }
    }
  }

  protected accessibleOperand(token: Token, place: ParenPlace): Term {
    const builder = this.builder;
    switch (token.type) {
      case "(":
        return this.parens(place) as Term;
      case "[":
        return this.list();
      case "{":
        return this.tupleOrBits("}");
      case "<<":
        return this.tupleOrBits(">>");
      case "%{}":
        this.at++;
        this.skipEol();
        return this.mapBody();
      case "%":
        return this.struct();
      case "fn":
        return this.fn();
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
        return builder.quotedAtom(token, this.parts(token, false), builder.delimiterMeta(token.delimiter));
      case "alias":
        return builder.alias(token);
      case "bin_string":
      case "bin_heredoc": {
        const parts = token.value as readonly Part[];
        if (parts.length === 1 && parts[0] instanceof Bitstring) {
          return builder.literal(parts[0], token, builder.stringExtra(token));
        }
        return builder.binaryString(token, this.parts(token, false));
      }
      case "list_string":
      case "list_heredoc": {
        const parts = token.value as readonly Part[];
        if (parts.length === 1 && parts[0] instanceof Bitstring)
          return builder.charlistLiteral(token, parts[0]);
        return builder.charlist(token, this.parts(token, true));
      }
      case "sigil": {
        const { symbol, modifiers } = token as SigilToken;
        return builder.sigil(token, symbol, this.parts(token, false), modifiers);
      }
      default:
        this.at--;
        throw this.unexpected();
    }
  }

  protected interpolated(tokens: readonly Token[]): Term {
    return new Parser(this.builder, tokens, this.depth).parse();
  }
}
