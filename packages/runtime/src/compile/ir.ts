/**
 * The intermediate representation: a tree of blocks with join points.
 *
 * A block is a list of simple instructions and an end; every end leaves the block for good, so control only
 * falls through where a `join` says so. Simple expressions are JavaScript text with holes for variables: they
 * never suspend, and their variables are known, which is all that liveness needs. Only `call` and `try`
 * suspend, and each is followed by the rest of its block: what a resumed frame runs.
 *
 * Each variable is assigned at one place (or, for the parameters of a join, at each jump to it), so
 * blocks can be moved and copied without renaming.
 */
import type { Term } from "../term/term.ts";

export class Var {
  readonly name: string;
  /** What the program calls it, if it has a name there: for those who look at a suspended call. */
  source: string | null = null;
  /** Set when it is what a bitstring holds from a position on; see `match-context.ts`. */
  rest: { readonly of: Operand; readonly at: Operand } | null = null;
  constructor(name: string) {
    this.name = name;
  }
}

/** A constant: its JavaScript text, and the term if it is known. */
export class Lit {
  readonly js: string;
  readonly term: Term | undefined;
  constructor(js: string, term?: Term) {
    this.js = js;
    this.term = term;
  }
}

export type Operand = Var | Lit;

/** What running an expression can do besides giving a value. Only `PURE` ones may be dropped or moved. */
export const PURE = 0;
export const RAISES = 1;
export const EFFECT = 2;

export class Expr {
  readonly parts: readonly (string | Var)[];
  readonly effect: number;
  /** Set on a cons: its head and tail, for tail recursion modulo cons. */
  cons: { readonly head: Operand; readonly tail: Operand } | null = null;
  /** Set on a term made from a condition: the condition itself. */
  condition: Expr | null = null;
  constructor(parts: readonly (string | Var)[], effect: number) {
    this.parts = parts;
    this.effect = effect;
  }
}

export type Hole = string | number | Operand | Expr;

/** The text behind a hole, as far as it is known. */
function following(strings: readonly string[], holes: readonly Hole[], i: number): string {
  if (strings[i + 1] !== "") return strings[i + 1];
  const next = holes[i + 1];
  const first = next instanceof Expr ? next.parts[0] : "";
  return typeof first === "string" ? first : "";
}

function template(effect: number, strings: readonly string[], holes: readonly Hole[]): Expr {
  const parts: (string | Var)[] = [];
  let pending = strings[0];
  for (let i = 0; i < holes.length; i++) {
    const hole = holes[i];
    if (hole instanceof Var) {
      parts.push(pending, hole);
      pending = "";
    } else if (hole instanceof Expr) {
      effect = Math.max(effect, hole.effect);
      for (const part of hole.parts) {
        if (typeof part === "string") pending += part;
        else {
          parts.push(pending, part);
          pending = "";
        }
      }
    } else if (hole instanceof Lit) {
      // `1.size` is no JavaScript.
      const isObject = /^\d/.test(hole.js) && following(strings, holes, i).startsWith(".");
      pending += isObject ? `(${hole.js})` : hole.js;
    } else pending += hole;
    pending += strings[i + 1];
  }
  if (pending !== "") parts.push(pending);
  return new Expr(parts, effect);
}

/** A pure expression from a template. */
export function js(strings: TemplateStringsArray, ...holes: Hole[]): Expr {
  return template(PURE, strings, holes);
}

/** One that may throw a `Raised`. */
export function raising(strings: TemplateStringsArray, ...holes: Hole[]): Expr {
  return template(RAISES, strings, holes);
}

/** One that does something: a call, a mutation. */
export function effect(strings: TemplateStringsArray, ...holes: Hole[]): Expr {
  return template(EFFECT, strings, holes);
}

/** `before a, b, c after`. */
export function listed(before: string, items: readonly Hole[], after: string, kind = PURE): Expr {
  const strings = [before, ...items.slice(1).map(() => ", "), after];
  return items.length === 0 ? template(kind, [before + after], []) : template(kind, strings, items);
}

/** Where jumps go. */
export class Label {
  readonly name: string;
  /** Counted by `optimize.ts`. */
  uses = 0;
  /** What follows a jump here, once the join has been walked through. */
  rest: Block | null = null;
  constructor(name: string) {
    this.name = name;
  }
}

export interface Block {
  instrs: Instr[];
  end: End | null;
  /** Whether something from here on calls, loops or waits, once `check.ts` knows. */
  needsCheck?: boolean | undefined;
}

/** A call that may suspend. `self` holds the arguments when it calls its own unit. */
export interface Call {
  op: "call";
  v: Var;
  e: Expr;
  line: number;
  self: readonly Operand[] | null;
  /** Given by `liveness.ts`: locals that the rest needs, the number of the point where it goes on. */
  live: Var[];
  point: number;
}

export type Instr = { op: "let"; v: Var; e: Expr; line: number } | { op: "do"; e: Expr; line: number } | Call;

export interface Try {
  op: "try";
  v: Var;
  raised: Var;
  e: Expr;
  line: number;
  ok: Block;
  fail: Block;
  live: Var[];
  point: number;
}

/** The loop of a receive over the mailbox: `match` ends in `next` when the message does not match. */
export interface Receive {
  op: "receive";
  before: Var;
  cursor: Var;
  message: Var;
  next: Label;
  match: Block;
  /** What every message that matches contains: the receive may begin behind older messages. */
  pinned: Operand[];
  timeout: Operand | null;
  after: Block | null;
}

export interface Join {
  op: "join";
  label: Label;
  params: Var[];
  body: Block;
  rest: Block;
}

export type End =
  | { op: "return"; e: Expr; line: number }
  | { op: "tail"; e: Expr; line: number; self: readonly Operand[] | null }
  | { op: "if"; c: Expr; a: Block; b: Block }
  | { op: "switch"; on: Operand; cases: { keys: string[]; block: Block }[]; otherwise: Block }
  | Join
  | { op: "jump"; label: Label; args: readonly Operand[] }
  | Try
  | Receive;

export function block(): Block {
  return { instrs: [], end: null, needsCheck: undefined };
}

export function jump(label: Label, ...args: Operand[]): Block {
  return { instrs: [], end: { op: "jump", label, args } };
}

/** One JavaScript function to be. */
export interface Unit {
  /** Its JavaScript name. */
  readonly name: string;
  readonly params: readonly Var[];
  readonly body: Block;
  /** What a stack trace calls it. */
  readonly function: string;
  readonly arity: number;
  readonly line: number;
  /** A mere wrapper of a function that counts reductions itself. */
  readonly unchecked: boolean;
  /** Part of the function of that name, which alone calls it. */
  readonly lifted: boolean;
  /** Whether what it calls last is the last for the function of that name too. */
  readonly leaves: boolean;
  /** The lines of the clauses of a receive. */
  readonly clauses: readonly number[];
  /** Where it is not that of the module. */
  readonly file: string | undefined;
}
