/**
 * The parser: tokens to the quoted form, by recursive descent with one loop for binary operators.
 *
 * Elixir's grammar sorts expressions by how they may be nested, which is what makes a call without parentheses
 * unambiguous. `shape` holds the sort of the expression parsed last:
 *
 * - `matched`: may stand anywhere;
 * - `unmatched`: ends in a do-block, so it is no argument of a call without parentheses;
 * - `noParens`: a call without parentheses whose arguments would swallow a comma that follows.
 *
 * `block` tells whether a `do` that follows belongs to the expression; in the arguments of a call without
 * parentheses it belongs to that call. An error is at the first token that no Elixir text could have there.
 */
import { Atom, atom, NIL } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import type { Builder, Callee, DoBlock } from "./builder.ts";
import { unexpectedToken } from "./errors.ts";
import { BINARY, OPERATORS } from "./operators.ts";
import * as q from "./quoted.ts";
import { Interpolation, type Part, type SigilToken, Token, type TokenType } from "./token.ts";
import * as wording from "./wording.ts";

type Shape = "matched" | "unmatched" | "noParens";

/** What parentheses may hold beside an expression, by where they stand. */
type ParenPlace = "expression" | "clauseHead" | "firstArgument";

/** Arguments in parentheses before `->`, as in `fn (a, b) -> …`. */
class HeadParens {
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
class HeadArgs {
  readonly args: readonly Term[];

  constructor(args: readonly Term[]) {
    this.args = args;
  }
}

/**
 * Levels of nesting that are parsed. Deeper text would exhaust the stack, here or in a later stage;
 * code that people or generators write stays below a hundred.
 */
export const MAX_DEPTH = 1000;

const CAPTURE_OPERAND = OPERATORS.capture_op.precedence + 1;
const ABOVE_PIPE = OPERATORS.pipe_op.precedence + 1;
const PIPE = OPERATORS.pipe_op.precedence;

/** Tokens that begin an expression, and hence the first argument of a call without parentheses. */
const STARTS = new Set<TokenType>([
  "identifier",
  "paren_identifier",
  "bracket_identifier",
  "do_identifier",
  "op_identifier",
  "alias",
  "atom",
  "atom_quoted",
  "atom_safe",
  "atom_unsafe",
  "bin_string",
  "list_string",
  "bin_heredoc",
  "list_heredoc",
  "sigil",
  "int",
  "flt",
  "char",
  "capture_int",
  "capture_op",
  "unary_op",
  "at_op",
  "ellipsis_op",
  "fn",
  "true",
  "false",
  "nil",
  "(",
  "[",
  "{",
  "<<",
  "%{}",
  "%",
]);

/** Tokens that begin an expression, but after a name continue one. */
const STARTS_OR_CONTINUES = new Set<TokenType>(["dual_op", "ternary_op", "range_op"]);

export class Parser {
  readonly #builder: Builder;
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #at = 0;
  #depth: number;
  #shape: Shape = "matched";
  /** Whether brackets after the expression parsed last access it. */
  #accessible = false;
  /** Whether it may stand alone in a map: a name, an access or a prefix of one. */
  #simple = false;
  /** Whether it is a call without parentheses of one argument. */
  #oneArgument = false;
  /** Whether calls without parentheses take one argument only. */
  #single = false;

  constructor(builder: Builder, tokens: readonly Token[], depth = 0) {
    this.#builder = builder;
    this.#tokens = tokens;
    const last = tokens[tokens.length - 1];
    this.#end = new Token("$end", last?.line ?? 1, last?.column ?? 1);
    this.#depth = depth;
  }

  /** All expressions of the text. */
  parse(): Term {
    const builder = this.#builder;
    if (this.#tokens.length === 0) return new Tuple3(q.BLOCK, EMPTY, EMPTY);
    const first = this.#peek();
    const leading = this.#skipEnds() !== null;
    if (this.#at >= this.#tokens.length) {
      return new Tuple3(q.BLOCK, leading ? builder.meta(first) : EMPTY, EMPTY);
    }
    const expressions: Term[] = [];
    for (;;) {
      expressions.push(this.#expression(0, true));
      const end = this.#skipEnds();
      if (end === null) break;
      builder.annotate(expressions, end);
      if (this.#at >= this.#tokens.length) break;
    }
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return builder.block(expressions);
  }

  // Tokens

  #peek(): Token {
    return this.#tokens[this.#at] ?? this.#end;
  }

  #peekAfter(): Token {
    return this.#tokens[this.#at + 1] ?? this.#end;
  }

  #next(): Token {
    return this.#tokens[this.#at++] ?? this.#end;
  }

  #unexpected(): Error {
    return unexpectedToken(this.#builder.origin, this.#peek());
  }

  // Errors about a whole expression come only after those about what follows it.
  #checkFollow(): void {
    const { type } = this.#peek();
    if (STARTS.has(type) || this.#isKeyword()) throw this.#unexpected();
  }

  #expect(type: TokenType): Token {
    if (this.#peek().type !== type) throw this.#unexpected();
    return this.#next();
  }

  // A closing bracket, maybe on its own line.
  #close(type: TokenType): Token {
    if (this.#peek().type === "eol") this.#at++;
    return this.#expect(type);
  }

  #isClose(type: TokenType): boolean {
    const token = this.#peek();
    return token.type === type || (token.type === "eol" && this.#peekAfter().type === type);
  }

  // An operator or opening bracket, with the line breaks after it noted on it.
  #nextWithEol(): Token {
    const token = this.#next();
    const eol = this.#peek();
    if (eol.type === "eol") {
      token.newlines = eol.newlines;
      this.#at++;
    }
    return token;
  }

  #skipEol(): void {
    if (this.#peek().type === "eol") this.#at++;
  }

  // `eol`, `;` or both: the end of an expression.
  #skipEnds(): Token | null {
    const token = this.#peek();
    if (token.type === ";") {
      this.#at++;
      return token;
    }
    if (token.type !== "eol") return null;
    this.#at++;
    if (this.#peek().type === ";") this.#at++;
    return token;
  }

  #isKeyword(): boolean {
    const { type } = this.#peek();
    return type === "kw_identifier" || type === "kw_identifier_safe" || type === "kw_identifier_unsafe";
  }

  #startsExpression(): boolean {
    const { type } = this.#peek();
    return STARTS.has(type) || STARTS_OR_CONTINUES.has(type);
  }

  #enter(): void {
    if (++this.#depth > MAX_DEPTH) {
      const token = this.#peek();
      throw this.#builder.error(
        token,
        `expression nested more than ${MAX_DEPTH} levels deep at: `,
        token.type,
      );
    }
  }

  #is(shape: Shape): boolean {
    return this.#shape === shape;
  }

  #set(shape: Shape, accessible: boolean, simple: boolean): void {
    this.#shape = shape;
    this.#accessible = accessible;
    this.#simple = simple;
    this.#oneArgument = false;
  }

  // Expressions

  /** An expression of operators that bind at least as tightly as `least`. */
  #expression(least: number, block: boolean): Term {
    return this.#operators(this.#prefixed(block), least, block);
  }

  #operators(left: Term, least: number, block: boolean): Term {
    const builder = this.#builder;
    while (this.#shape !== "noParens") {
      const operator = this.#peek();
      const info = BINARY.get(operator.type);
      if (info === undefined || info.precedence < least) break;
      this.#nextWithEol();
      const shape: Shape = this.#shape;
      this.#enter();
      let right: Term;
      if (operator.type === "when_op" && this.#isKeyword()) {
        right = this.#keywordArguments();
        this.#shape = "noParens";
      } else right = this.#expression(info.right, block);
      this.#depth--;
      const rightShape = this.#shape as Shape;
      if (operator.type === "arrow_op" && (this.#oneArgument || rightShape === "noParens")) {
        this.#warnPipe(operator, right);
      }
      if (shape === "unmatched" && rightShape === "noParens") {
        builder.warn(operator.line, null, wording.noParensAfterBlock(nameOf(operator)));
      }
      if (operator.type === "ternary_op" && (this.#oneArgument || rightShape === "noParens"))
        this.#checkFollow();
      left = builder.binary(left, operator, right);
      this.#set(shape === "unmatched" ? "unmatched" : rightShape, false, false);
    }
    return left;
  }

  #warnPipe(operator: Token, right: Term): void {
    const args = q.callArgs(right);
    if (args === null || args.length === 0 || q.metaOf(right) === EMPTY) return;
    this.#builder.warn(operator.line, operator.column, wording.ambiguousPipe(nameOf(operator)));
  }

  #prefixed(block: boolean): Term {
    switch (this.#peek().type) {
      case "unary_op":
      case "dual_op":
      case "ternary_op": {
        const operator = this.#next();
        this.#skipEol();
        return this.#prefix(operator, () => this.#prefixed(block), block, true);
      }
      case "capture_op": {
        const operator = this.#next();
        this.#skipEol();
        return this.#prefix(operator, () => this.#expression(CAPTURE_OPERAND, block), block, false);
      }
      case "ellipsis_op": {
        const operator = this.#next();
        if (!this.#startsExpression() || this.#peek().type === "range_op") {
          this.#set("matched", false, true);
          return this.#postfix(this.#builder.nullary(operator), block);
        }
        return this.#prefix(operator, () => this.#expression(CAPTURE_OPERAND, block), block, true);
      }
      case "at_op":
        return this.#postfix(this.#attribute(block), block);
      default:
        return this.#postfix(this.#primary(block, "expression"), block);
    }
  }

  #prefix(operator: Token, parse: () => Term, block: boolean, keepsSimple: boolean): Term {
    this.#enter();
    let operand = parse();
    operand = this.#swallow(operand, block);
    this.#depth--;
    this.#set(this.#shape, false, keepsSimple && this.#simple);
    return this.#builder.unary(operator, operand);
  }

  // A prefix of an expression that ends in a do-block takes all operators that follow, as the grammar has it.
  #swallow(operand: Term, block: boolean): Term {
    return this.#shape === "unmatched" ? this.#operators(operand, 0, block) : operand;
  }

  // `@` binds tighter than the dot, so its operand is parsed without what follows.
  #attribute(block: boolean): Term {
    const builder = this.#builder;
    const operator = this.#next();
    this.#skipEol();
    this.#enter();
    const { type } = this.#peek();
    let operand: Term;
    let bracketed = false;
    if (type === "at_op") operand = this.#attribute(block);
    else if (OPERATORS[type as keyof typeof OPERATORS] !== undefined && type !== "range_op") {
      operand = this.#prefixed(block);
    } else if (type === "bracket_identifier") {
      operand = builder.identifier(builder.callee(this.#next()));
      bracketed = true;
    } else {
      operand = this.#primary(block, "expression");
      bracketed = this.#accessible && this.#peek().type === "[";
    }
    operand = this.#swallow(operand, block);
    this.#depth--;
    const node = builder.unary(operator, operand);
    if (bracketed) return this.#bracket(node);
    this.#set(this.#shape, false, this.#simple);
    return node;
  }

  // What may follow a complete operand: access, dot, call of a fun.
  #postfix(left: Term, block: boolean): Term {
    const builder = this.#builder;
    while (this.#shape === "matched") {
      const token = this.#peek();
      if (token.type === ".") {
        this.#at++;
        this.#skipEol();
        left = this.#afterDot(left, token, block);
      } else if (token.type === "dot_call_op") {
        this.#at++;
        if (this.#peek().type !== "(") throw this.#unexpected();
        left = this.#parensCall(builder.funCallee(token, left), block);
      } else if (token.type === "[" && this.#accessible) {
        left = this.#bracket(left);
      } else if (token.type === "kw_identifier" && this.#accessible) {
        if (nameOf(token) === "do") {
          throw builder.error(token, wording.invalidDo("unexpected keyword: "), "do:");
        }
        throw builder.error(token, "syntax error before: ", `'${nameOf(token)}:'`);
      } else break;
    }
    return left;
  }

  #afterDot(left: Term, dot: Token, block: boolean): Term {
    const builder = this.#builder;
    const name = this.#peek();
    switch (name.type) {
      case "alias": {
        this.#at++;
        const node = builder.dotAlias(dot, left, name);
        this.#set("matched", true, true);
        return node;
      }
      case "{": {
        const open = this.#nextWithEol();
        if (this.#peek().type === "}") {
          this.#at++;
          this.#set("matched", true, true);
          return builder.dotContainer(dot, left, [], []);
        }
        const items = this.#containerItems("}");
        const close = this.#close("}");
        this.#set("matched", true, true);
        return builder.dotContainer(dot, left, items, builder.pairMeta(open, close));
      }
      case "identifier":
      case "paren_identifier":
      case "bracket_identifier":
      case "do_identifier":
      case "op_identifier":
        this.#at++;
        return this.#named(name, builder.dotCallee(dot, left, name), block, true);
      default:
        throw this.#unexpected();
    }
  }

  // Calls

  /** A name and what it calls. In a struct's name nothing after it is an argument. */
  #named(token: Token, callee: Callee, block: boolean, calls: boolean): Term {
    const builder = this.#builder;
    switch (token.type) {
      case "paren_identifier":
        return this.#parensCall(callee, block && calls);
      case "bracket_identifier": {
        const node = builder.identifier(callee);
        return this.#bracket(node);
      }
      case "do_identifier":
        if (block && calls && this.#peek().type === "do") {
          const doBlock = this.#doBlock();
          this.#set("unmatched", false, false);
          return builder.call(callee, [doBlock.sections], doBlock.meta);
        }
        break;
      case "op_identifier":
        return this.#noParensCall(callee, block);
      default:
        if (calls && (STARTS.has(this.#peek().type) || this.#isKeyword()))
          return this.#noParensCall(callee, block);
    }
    this.#set("matched", false, true);
    return builder.identifier(callee);
  }

  #parensCall(callee: Callee, block: boolean): Term {
    const builder = this.#builder;
    this.#enter();
    let { args, meta } = this.#parensArguments();
    let doBlock: DoBlock | null = null;
    let node: Term;
    if (this.#peek().type === "(") {
      const inner = builder.call(callee, args, meta);
      ({ args, meta } = this.#parensArguments());
      if (block && this.#peek().type === "do") doBlock = this.#doBlock();
      const all = doBlock === null ? args : [...args, doBlock.sections];
      node = new Tuple3(inner, list([...(doBlock?.meta ?? []), ...meta], inner.b), list(all));
    } else {
      if (block && this.#peek().type === "do") doBlock = this.#doBlock();
      const all = doBlock === null ? args : [...args, doBlock.sections];
      node = builder.call(callee, all, doBlock === null ? meta : [...doBlock.meta, ...meta]);
    }
    this.#depth--;
    if (doBlock !== null) this.#set("unmatched", false, false);
    else this.#set("matched", true, true);
    return node;
  }

  #parensArguments(): { args: Term[]; meta: Term[] } {
    const builder = this.#builder;
    const open = this.#nextWithEol();
    const args: Term[] = [];
    if (this.#peek().type === ")") {
      const close = this.#next();
      return { args, meta: builder.pairMeta(open, close) };
    }
    for (;;) {
      if (this.#isKeyword()) {
        args.push(this.#keywords(")", true));
        break;
      }
      const arg = this.#expression(0, true);
      if (this.#is("noParens") && (args.length > 0 || !this.#isClose(")"))) {
        this.#checkFollow();
        throw builder.nodeError(arg, wording.NESTED_CALLS, "','");
      }
      args.push(arg);
      if (this.#peek().type !== ",") break;
      this.#at++;
    }
    const close = this.#close(")");
    return { args, meta: builder.pairMeta(open, close) };
  }

  #noParensCall(callee: Callee, block: boolean): Term {
    const builder = this.#builder;
    this.#enter();
    const args: Term[] = [];
    let shape: Shape = "matched";
    if (this.#isKeyword()) args.push(this.#keywordArguments());
    else {
      args.push(this.#firstArgument());
      if (this.#is("noParens")) shape = "noParens";
      else if (this.#peek().type === "," && !this.#single) {
        shape = "noParens";
        this.#moreArguments(args);
      }
    }
    this.#depth--;
    if (block && this.#peek().type === "do") {
      const doBlock = this.#doBlock();
      this.#set("unmatched", false, false);
      return builder.call(callee, [...args, doBlock.sections], doBlock.meta);
    }
    this.#set(shape, false, false);
    this.#oneArgument = shape === "matched";
    return builder.call(callee, args);
  }

  #firstArgument(): Term {
    if (this.#peek().type !== "(") return this.#expression(0, false);
    const operand = this.#primary(false, "firstArgument");
    return this.#operators(this.#postfix(operand, false), 0, false);
  }

  // Arguments from the first comma on, of a call without parentheses.
  #moreArguments(args: Term[]): void {
    while (this.#peek().type === ",") {
      this.#at++;
      if (this.#isKeyword()) {
        args.push(this.#keywordArguments());
        return;
      }
      const arg = this.#expression(0, false);
      if (this.#is("noParens")) {
        this.#checkFollow();
        throw this.#builder.nodeError(arg, wording.NESTED_CALLS, "','");
      }
      args.push(arg);
    }
  }

  // Keywords

  #key(): Term {
    const builder = this.#builder;
    const token = this.#next();
    const parts = token.type === "kw_identifier" ? null : this.#parts(token, false);
    this.#skipEol();
    return builder.keywordKey(token, parts);
  }

  /** Keywords at the end of a call without parentheses. */
  #keywordArguments(): Term {
    const builder = this.#builder;
    const entries: Term[] = [];
    for (;;) {
      const at = this.#peek();
      const key = this.#key();
      const value = this.#expression(0, false);
      if (this.#is("noParens") && at.type === "kw_identifier" && key === at.value) {
        builder.warn(q.line(q.metaOf(value)), null, wording.nestedInKeyword(nameOf(at)));
      }
      entries.push(new Tuple2(key, value));
      const comma = this.#peek();
      if (comma.type !== ",") break;
      this.#at++;
      if (!this.#isKeyword()) this.#afterKeywords(comma, wording.KEYWORD_NOT_LAST_IN_CALL);
    }
    this.#set("matched", false, false);
    return list(entries);
  }

  /** Keywords in brackets or parentheses, up to what closes them. */
  #keywords(close: TokenType, inCall: boolean): Term {
    const builder = this.#builder;
    const entries: Term[] = [];
    for (;;) {
      const key = this.#key();
      entries.push(new Tuple2(key, this.#item()));
      const comma = this.#peek();
      if (comma.type !== ",") break;
      this.#at++;
      if (this.#isClose(close)) {
        if (inCall) builder.warn(comma.line, comma.column, wording.TRAILING_COMMA);
        break;
      }
      if (this.#isKeyword()) continue;
      this.#afterKeywords(
        comma,
        inCall ? wording.KEYWORD_NOT_LAST_IN_CALL : wording.KEYWORD_NOT_LAST_IN_DATA,
      );
    }
    return list(entries);
  }

  // Here a call without parentheses takes one argument, so that the comma after it is an error of its own.
  #afterKeywords(comma: Token, words: string): never {
    this.#single = true;
    this.#expression(0, false);
    if (this.#shape !== "matched") throw this.#unexpected();
    throw this.#builder.error(comma, words, "','");
  }

  // Brackets

  #item(): Term {
    const item = this.#expression(0, true);
    if (this.#is("noParens")) {
      this.#checkFollow();
      throw this.#builder.nodeError(item, wording.CALL_IN_CONTAINER, "','");
    }
    return item;
  }

  // Items with keywords as a last item of their own.
  #containerItems(close: TokenType): Term[] {
    const items: Term[] = [this.#item()];
    while (this.#peek().type === ",") {
      this.#at++;
      if (this.#isClose(close)) break;
      if (this.#isKeyword()) {
        items.push(this.#keywords(close, false));
        break;
      }
      items.push(this.#item());
    }
    return items;
  }

  #bracket(target: Term): Term {
    const builder = this.#builder;
    if (this.#peek().type !== "[") throw this.#unexpected();
    this.#enter();
    const open = this.#nextWithEol();
    let argument: Term;
    if (this.#isKeyword()) argument = this.#keywords("]", false);
    else {
      argument = this.#item();
      const comma = this.#peek();
      if (comma.type === ",") {
        this.#at++;
        if (!this.#isClose("]")) {
          this.#containerItems("]");
          this.#close("]");
          throw builder.error(comma, wording.MANY_ACCESS_ARGUMENTS, "','");
        }
      }
    }
    const close = this.#close("]");
    this.#depth--;
    this.#set("matched", true, true);
    return builder.access(target, argument, open, close);
  }

  #list(): Term {
    const builder = this.#builder;
    const open = this.#nextWithEol();
    const items: Term[] = [];
    let tail: Term = EMPTY;
    if (this.#peek().type !== "]") {
      for (;;) {
        if (this.#isKeyword()) {
          tail = this.#keywords("]", false);
          break;
        }
        items.push(this.#item());
        if (this.#peek().type !== ",") break;
        this.#at++;
        if (this.#isClose("]")) break;
      }
      return builder.literal(list(items, tail), open, builder.pairMeta(open, this.#close("]")));
    }
    return builder.literal(EMPTY, open, builder.pairMeta(open, this.#next()));
  }

  #tupleOrBits(closeType: "}" | ">>"): Term {
    const builder = this.#builder;
    const open = this.#nextWithEol();
    let items: Term[] = [];
    let close: Token;
    if (this.#peek().type === closeType) close = this.#next();
    else if (this.#isKeyword()) {
      this.#keywords(closeType, false);
      this.#expect(closeType);
      const kind = closeType === "}" ? "tuple" : "bitstring";
      throw builder.error(open, wording.keywordInContainer(kind), `'${open.type}'`);
    } else {
      items = this.#containerItems(closeType);
      close = this.#close(closeType);
    }
    return closeType === "}"
      ? builder.tuple(open, items, close)
      : builder.container(q.BITS, open, items, close);
  }

  // Maps

  #struct(): Term {
    const builder = this.#builder;
    const token = this.#next();
    const name = this.#structName();
    this.#skipEol();
    const map = this.#mapBody();
    return new Tuple3(q.STRUCT, builder.meta(token), list([name, map]));
  }

  #structName(): Term {
    const { type } = this.#peek();
    if (type === "at_op" || type === "unary_op" || type === "dual_op" || type === "ternary_op") {
      const operator = this.#next();
      this.#skipEol();
      return this.#builder.unary(operator, this.#structName());
    }
    if (type === "ellipsis_op") {
      const operator = this.#next();
      if (!this.#startsExpression() || this.#peek().type === "{") return this.#builder.nullary(operator);
      return this.#builder.unary(operator, this.#structName());
    }
    let name = this.#structBase();
    for (;;) {
      const dot = this.#peek();
      if (dot.type === "." && this.#shape === "matched") {
        this.#at++;
        this.#skipEol();
        const token = this.#peek();
        if (token.type === "identifier" || token.type === "do_identifier") {
          this.#at++;
          name = this.#named(token, this.#builder.dotCallee(dot, name, token), false, false);
        } else name = this.#afterDot(name, dot, false);
      } else if (dot.type === "[" && this.#accessible) name = this.#bracket(name);
      else if (dot.type === "dot_call_op") {
        this.#at++;
        if (this.#peek().type !== "(") throw this.#unexpected();
        name = this.#parensCall(this.#builder.funCallee(dot, name), false);
      } else return name;
    }
  }

  #structBase(): Term {
    const token = this.#peek();
    if (token.type !== "identifier" && token.type !== "do_identifier")
      return this.#primary(false, "expression");
    this.#at++;
    return this.#named(token, this.#builder.callee(token), false, false);
  }

  #mapBody(): Term {
    const builder = this.#builder;
    if (this.#peek().type !== "{") throw this.#unexpected();
    const open = this.#nextWithEol();
    if (this.#peek().type === "}") return builder.container(q.MAP, open, [], this.#next());
    const entries: Term[] = [];
    let tail: Term = EMPTY;
    let update: { pipe: Token; target: Term } | null = null;
    let first = true;
    for (;;) {
      if (this.#isKeyword()) {
        tail = this.#keywords("}", false);
        break;
      }
      if (first) {
        update = this.#updated();
        if (update !== null && this.#isKeyword()) {
          tail = this.#keywords("}", false);
          break;
        }
        // The target is parsed as far as an expression goes when there is no update.
      }
      entries.push(this.#assoc(first ? this.#pending : null));
      first = false;
      this.#pending = null;
      if (this.#peek().type !== ",") break;
      this.#at++;
      if (this.#isClose("}")) break;
    }
    const close = this.#close("}");
    const content = list(entries, tail);
    if (update === null) {
      return new Tuple3(q.MAP, list(builder.pairMeta(open, close), builder.meta(open)), content);
    }
    return builder.container(q.MAP, open, [builder.binary(update.target, update.pipe, content)], close);
  }

  /** The start of the first entry of a map, when it was parsed in search of an update. */
  #pending: { key: Term } | null = null;

  /**
   * `target |` at the start of a map. A pipe is an update when a keyword, `=>` or the end of the entry follows its
   * right side, and an operator like others otherwise; so the right side is parsed first.
   */
  #updated(): { pipe: Token; target: Term } | null {
    const builder = this.#builder;
    const left = this.#expression(ABOVE_PIPE, true);
    if (this.#peek().type !== "pipe_op" || this.#is("noParens")) {
      this.#pending = { key: this.#operators(left, 0, true) };
      return null;
    }
    const shape = this.#shape;
    const pipe = this.#nextWithEol();
    if (this.#isKeyword()) return { pipe, target: left };
    const right = this.#expression(PIPE, true);
    const next = this.#peek().type;
    if (BINARY.has(next) && this.#shape !== "noParens") {
      const joined = builder.binary(left, pipe, right);
      this.#set(shape === "unmatched" ? "unmatched" : this.#shape, false, false);
      this.#pending = { key: this.#operators(joined, 0, true) };
      return null;
    }
    this.#pending = { key: right };
    return { pipe, target: left };
  }

  #assoc(pending: { key: Term } | null): Term {
    const builder = this.#builder;
    const key = pending === null ? this.#expression(0, true) : pending.key;
    const arrow = this.#peek();
    if (arrow.type !== "assoc_op" || this.#is("noParens")) {
      if (!this.#simple || this.#shape !== "matched") throw this.#unexpected();
      return key;
    }
    this.#at++;
    this.#skipEol();
    const value = this.#expression(0, true);
    if (this.#is("noParens")) throw this.#unexpected();
    return new Tuple2(builder.withAssoc(key, arrow), value);
  }

  // Blocks

  /** `do … end`, whose `do` comes next. */
  #doBlock(): DoBlock {
    const builder = this.#builder;
    this.#enter();
    const open = this.#next();
    this.#skipEnds();
    const sections: Term[] = [new Tuple2(builder.literal(q.DO, open), this.#section())];
    for (;;) {
      const token = this.#peek();
      if (token.type === "end") break;
      if (token.type !== "block_identifier") throw this.#unexpected();
      this.#at++;
      this.#skipEnds();
      sections.push(new Tuple2(builder.literal(token.value as Term, token), this.#section()));
    }
    const close = this.#next();
    this.#depth--;
    return { meta: builder.doMeta(open, close), sections: list(sections) };
  }

  #section(): Term {
    const builder = this.#builder;
    const { type } = this.#peek();
    if (type === "end" || type === "block_identifier") return new Tuple3(q.BLOCK, EMPTY, EMPTY);
    return builder.section(this.#clauses("end"));
  }

  #fn(): Term {
    const builder = this.#builder;
    this.#enter();
    const open = this.#next();
    const eol = this.#skipEnds();
    if (eol !== null) open.newlines = eol.newlines;
    const expressions = this.#clauses("end");
    const close = this.#expect("end");
    this.#depth--;
    return builder.fn(open, expressions, close);
  }

  /** Expressions and clauses up to, not including, what closes them. */
  #clauses(close: TokenType): Term[] {
    const expressions: Term[] = [];
    for (;;) {
      const clause = this.#clause();
      if (clause instanceof HeadArgs) throw this.#unexpected();
      expressions.push(clause);
      if (!this.#endClause(expressions, close)) return expressions;
    }
  }

  // Goes past the end of an expression; false when the enclosing construct ends there.
  #endClause(expressions: Term[], close: TokenType): boolean {
    const end = this.#skipEnds();
    if (end === null) {
      const { type } = this.#peek();
      if (type === close || (close === "end" && type === "block_identifier")) return false;
      throw this.#unexpected();
    }
    this.#builder.annotate(expressions, end);
    const { type } = this.#peek();
    return !(type === close || (close === "end" && type === "block_identifier"));
  }

  /** A clause or an expression; or arguments that make sense only before `->`, which does not follow. */
  #clause(): Term | HeadArgs {
    const builder = this.#builder;
    let args: readonly Term[];
    if (this.#peek().type === "stab_op") return this.#clauseBody([], []);
    if (this.#isKeyword()) args = [this.#keywordArguments()];
    else {
      let first: Term;
      if (this.#peek().type === "(") {
        const parens = this.#parens("clauseHead");
        if (parens instanceof HeadParens) return this.#parensClause(parens);
        this.#set("matched", true, true);
        first = this.#operators(this.#postfix(parens, true), 0, true);
      } else first = this.#expression(0, true);
      const { type } = this.#peek();
      if (type === "," && this.#shape === "matched") {
        const many = [first];
        this.#moreArguments(many);
        args = many;
      } else if (type === "stab_op" && this.#shape !== "unmatched") args = [first];
      else return first;
    }
    if (this.#peek().type !== "stab_op") return new HeadArgs(args);
    return this.#clauseBody(builder.guarded(builder.unwrapSplice(args)), []);
  }

  #parensClause({ open, args, close }: HeadParens): Term {
    const builder = this.#builder;
    const meta = builder.parensMeta(open, close);
    const operator = this.#peek();
    const inner = builder.unwrapSplice(args);
    if (operator.type !== "when_op") return this.#clauseBody(inner, meta);
    this.#at++;
    const guard = this.#expression(0, true);
    return this.#clauseBody([builder.guard(operator, [...inner, guard])], meta);
  }

  #clauseBody(head: readonly Term[], meta: readonly Term[]): Term {
    const builder = this.#builder;
    if (this.#peek().type !== "stab_op") throw this.#unexpected();
    const arrow = this.#nextWithEol();
    const { type } = this.#peek();
    if (type === ";" || type === "end" || type === ")" || type === "block_identifier" || type === "eol") {
      builder.warn(arrow.line, arrow.column, wording.EMPTY_STAB);
      return builder.clause(head, arrow, builder.literal(NIL, arrow), meta);
    }
    return builder.clause(head, arrow, this.#expression(0, true), meta);
  }

  /** What is in parentheses: expressions, clauses, nothing, or the arguments of a head. */
  #parens(place: ParenPlace): Term | HeadParens {
    const builder = this.#builder;
    this.#enter();
    const open = this.#nextWithEol();
    const result = this.#parensContent(place, open);
    this.#depth--;
    if (result !== null) return result;
    const close = this.#next();
    const { type } = this.#peek();
    if (place === "clauseHead" && (type === "stab_op" || type === "when_op"))
      return new HeadParens(open, [], close);
    builder.warn(open.line, open.column, wording.EMPTY_PARENS);
    return new Tuple3(q.BLOCK, list(builder.parensMeta(open, close)), EMPTY);
  }

  // The content and the closing parenthesis; or `null` before the latter when there is nothing.
  #parensContent(place: ParenPlace, open: Token): Term | HeadParens | null {
    const builder = this.#builder;
    if (this.#peek().type === ")") return null;
    const separated = this.#peek().type === ";";
    if (separated) {
      this.#at++;
      if (this.#isClose(")")) return builder.parenthesised(open, [], this.#close(")"));
    }
    const expressions: Term[] = [];
    for (;;) {
      const clause = this.#clause();
      if (clause instanceof HeadArgs) {
        if (place === "expression" || expressions.length > 0 || separated) throw this.#unexpected();
        const close = this.#close(")");
        if (place === "firstArgument") throw builder.error(open, wording.PARENS_AFTER_SPACE, "'('");
        const { type } = this.#peek();
        if (type !== "stab_op" && type !== "when_op") throw this.#unexpected();
        return new HeadParens(open, clause.args, close);
      }
      expressions.push(clause);
      if (!this.#endClause(expressions, ")")) break;
    }
    return builder.parenthesised(open, expressions, this.#next());
  }

  // Operands

  #primary(block: boolean, place: ParenPlace): Term {
    const builder = this.#builder;
    const token = this.#peek();
    switch (token.type) {
      case "identifier":
      case "paren_identifier":
      case "bracket_identifier":
      case "do_identifier":
      case "op_identifier":
        this.#at++;
        return this.#named(token, builder.callee(token), block, true);
      case "range_op": {
        this.#at++;
        this.#set("matched", false, true);
        return builder.nullary(token);
      }
      default: {
        this.#enter();
        const node = this.#accessibleOperand(token, place);
        this.#depth--;
        this.#set("matched", true, true);
        return node;
      }
    }
  }

  #accessibleOperand(token: Token, place: ParenPlace): Term {
    const builder = this.#builder;
    switch (token.type) {
      case "(":
        return this.#parens(place) as Term;
      case "[":
        return this.#list();
      case "{":
        return this.#tupleOrBits("}");
      case "<<":
        return this.#tupleOrBits(">>");
      case "%{}":
        this.#at++;
        this.#skipEol();
        return this.#mapBody();
      case "%":
        return this.#struct();
      case "fn":
        return this.#fn();
      case "capture_int": {
        this.#at++;
        return builder.unary(token, this.#expect("int").value as Term);
      }
    }
    this.#at++;
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
        return builder.quotedAtom(token, this.#parts(token, false), builder.delimiterMeta(token.delimiter));
      case "alias":
        return builder.alias(token);
      case "bin_string":
      case "bin_heredoc": {
        const parts = token.value as readonly Part[];
        if (parts.length === 1 && parts[0] instanceof Bitstring) {
          return builder.literal(parts[0], token, builder.stringExtra(token));
        }
        return builder.binaryString(token, this.#parts(token, false));
      }
      case "list_string":
      case "list_heredoc": {
        const parts = token.value as readonly Part[];
        if (parts.length === 1 && parts[0] instanceof Bitstring)
          return builder.charlistLiteral(token, parts[0]);
        return builder.charlist(token, this.#parts(token, true));
      }
      case "sigil": {
        const { symbol, modifiers } = token as SigilToken;
        return builder.sigil(token, symbol, this.#parts(token, false), modifiers);
      }
      default:
        this.#at--;
        throw this.#unexpected();
    }
  }

  // The parts of a string, interpolations parsed.
  #parts(token: Token, charlist: boolean): Term {
    const parts = token.value as readonly Part[];
    return list(
      parts.map((part) => {
        if (!(part instanceof Interpolation)) return part;
        const form = new Parser(this.#builder, part.tokens, this.#depth).parse();
        return this.#builder.interpolation(
          part,
          { line: part.endLine, column: part.endColumn },
          form,
          charlist,
        );
      }),
    );
  }
}

function nameOf(token: Token): string {
  const value = token.value;
  return value instanceof Atom ? value.name : "";
}
