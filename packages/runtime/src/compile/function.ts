/**
 * Building one function: the block under construction, the variables in scope and the ways in which a
 * value can be delivered. The files beside this one add the constructs.
 *
 * Variables are known by their version, unique in a definition, so one table serves the whole function.
 */
import { Atom, atom, FALSE, NIL } from "../term/atom.ts";
import { Cons } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { type Tuple2, Tuple3 } from "../term/tuple.ts";
import { identifier } from "./constants.ts";
import {
  type Block,
  block,
  type End,
  Expr,
  effect,
  js,
  Label,
  Lit,
  type Operand,
  PURE,
  type Unit,
  Var,
} from "./ir.ts";
import type { ModuleCompiler } from "./module-compiler.ts";

/** Where the value of an expression goes. */
export type Dest =
  | { kind: "tail" }
  /** Jump with the value; `leaves` where a call that gives it is the last of a function in Erlang, which then is in no trace. */
  | { kind: "join"; label: Label; leaves?: true }
  /** Jump; nobody needs the value, which is that of the statement or of a part of it. */
  | { kind: "effect"; label: Label; statement: Term }
  /** Jump to `no` with `false` or `nil`, else to `yes`. */
  | { kind: "test"; yes: Label; no: Label };

export const TAIL: Dest = { kind: "tail" };

/** Whether nothing is left to do once the value is there. */
export function isEnd(dest: Dest | null): boolean {
  return dest?.kind === "tail" || (dest?.kind === "join" && dest.leaves === true);
}

/** A variable of the source (its version), or one of those that have no version. */
export type Key = number | string;

export const STACKTRACE = "__STACKTRACE__";
export const CALLER = "__CALLER__";
/** The array of all terms that are passed to code beside it: a variable each would be saved at each suspension. */
export const CONSTANTS = "constants";

export const VERSION = atom("version");

export class FunctionCompiler {
  readonly module: ModuleCompiler;
  /** The JavaScript name of the function, its parameters, and how a trace calls it: with a fun's arguments what it captured counts. */
  readonly name: string;
  readonly params: Var[] = [];
  function: string;
  arity: number;
  /** Whether it is a part of the function of that name, which calls it. */
  lifted: boolean;
  /** Whether what it calls last is the last for the function of that name too. */
  leaves: boolean;
  /** Local functions that are this unit: calls of it are loops. */
  readonly self: string | null;
  readonly env = new Map<Key, Operand>();
  readonly entry: Block = block();
  current: Block = this.entry;
  line = 0;
  /** Of the clauses, in a receive. */
  clauses: readonly number[] = [];
  /** Levels of forms around the one being compiled. */
  depth = 0;
  /** Whether what is being compiled is the last that this unit does. */
  isLast = true;
  /** How many funs have been made in the function that it is a part of. */
  made = { funs: 0 };
  /** In a guard: where it fails. Errors are silent there. */
  guardFail: Label | null = null;
  /** Parts of matched values loaded so far on this path; see `match.ts`. */
  readonly trail: { v: Operand | null }[] = [];
  #count = 0;

  constructor(
    module: ModuleCompiler,
    name: string,
    trace: string,
    arity: number,
    self: string | null = null,
  ) {
    this.module = module;
    this.name = name;
    this.function = trace;
    this.arity = arity;
    this.self = self;
    this.lifted = self === name;
    this.leaves = !this.lifted;
  }

  fresh(base = "v"): Var {
    return new Var(`${identifier(base)}_${++this.#count}`);
  }

  label(base: string): Label {
    return new Label(`${base}_${++this.#count}`);
  }

  param(base: string): Var {
    const v = this.fresh(base);
    this.params.push(v);
    return v;
  }

  literal(term: Term): Lit {
    return this.module.constants.literal(term);
  }

  let(base: string, e: Expr): Var {
    const v = this.fresh(base);
    this.current.instrs.push({ op: "let", v, e, line: this.line });
    return v;
  }

  do(e: Expr): void {
    this.current.instrs.push({ op: "do", e, line: this.line });
  }

  /** A call that may suspend. */
  call(base: string, e: Expr, self: readonly Operand[] | null = null, leaves = false): Var {
    const v = this.fresh(base);
    const line = leaves ? -this.line : this.line;
    this.current.instrs.push({ op: "call", v, e, line, self, live: [], point: 0 });
    return v;
  }

  /** Ends the current block. What is compiled until the next `enter` is unreachable. */
  end(end: End): void {
    this.current.end = end;
    this.current = block();
  }

  jump(label: Label, ...args: Operand[]): void {
    this.end({ op: "jump", label, args });
  }

  branch(c: Expr, yes: () => void, no: () => void): void {
    const a = block();
    const b = block();
    this.end({ op: "if", c, a, b });
    this.current = a;
    yes();
    this.current = b;
    no();
  }

  /** Continues in the current block if the condition holds, else jumps. */
  unless(c: Expr, label: Label): void {
    const a = block();
    const b = block();
    this.end({ op: "if", c, a, b });
    b.end = { op: "jump", label, args: [] };
    this.current = a;
  }

  /** `body` may jump to `label`; what is compiled after continues there. */
  join(label: Label, params: Var[], body: () => void): void {
    const inner = block();
    const rest = block();
    this.end({ op: "join", label, params, body: inner, rest });
    this.current = inner;
    body();
    this.current = rest;
  }

  /** Compiles something that delivers to a destination, and gives its value here. */
  joined(base: string, body: (dest: Dest) => void): Var {
    const label = this.label("k");
    const v = this.fresh(base);
    this.join(label, [v], () => body({ kind: "join", label }));
    return v;
  }

  /** Delivers a value. */
  finish(value: Operand | Expr, dest: Dest): void {
    switch (dest.kind) {
      case "tail":
        this.end({ op: "return", e: value instanceof Expr ? value : js`${value}`, line: this.#lastLine() });
        return;
      case "join":
        this.jump(dest.label, this.operand(value));
        return;
      case "effect":
        if (value instanceof Expr && value.effect !== PURE) this.do(value);
        this.jump(dest.label);
        return;
      case "test":
        this.test(value, dest.yes, dest.no);
    }
  }

  /** Jumps to `yes` when the value is neither `false` nor `nil`. */
  test(value: Operand | Expr, yes: Label, no: Label): void {
    if (value instanceof Expr && value.condition !== null) {
      this.choose(value.condition, yes, no);
      return;
    }
    const v = this.operand(value);
    if (v instanceof Lit) this.jump(v.term === FALSE || v.term === NIL ? no : yes);
    else this.choose(js`${v} !== FALSE && ${v} !== NIL`, yes, no);
  }

  choose(c: Expr, yes: Label, no: Label): void {
    this.branch(
      c,
      () => this.jump(yes),
      () => this.jump(no),
    );
  }

  operand(value: Operand | Expr, base = "v"): Operand {
    if (!(value instanceof Expr)) return value;
    if (value.parts.length === 1 && value.parts[0] instanceof Var) return value.parts[0];
    return this.let(base, value);
  }

  /** Negative where OTP's evaluator has nothing left to do, and so no frames of its own. */
  #lastLine(): number {
    return this.module.interpreted && this.isLast && this.leaves ? -this.line : this.line;
  }

  /** Raises: `e` makes a `Raised`. The place goes to its trace. */
  raise(e: Expr): void {
    this.tail(effect`$.raiseAt(${this.name}, ${this.#lastLine()}, ${e})`);
  }

  /** Raises what has its own trace. */
  reraise(e: Expr): void {
    this.tail(effect`$.raise(${e})`);
  }

  tail(e: Expr, self: readonly Operand[] | null = null): void {
    this.end({ op: "tail", e, line: this.line, self });
  }

  lookup(key: Key, what: string): Operand {
    const found = this.env.get(key);
    if (found === undefined)
      throw new Error(`${this.function}/${this.arity} uses ${what} (${key}) before it is bound`);
    return found;
  }

  /**
   * A function lifted out of this one: a new unit whose parameters are the variables in scope that `trees`
   * mention (and those of `extra`), and the operands to call it with. Constants are not passed. `dest` is where its
   * value goes, unless something is left to do with it.
   */
  lift(base: string, trees: readonly Term[], extra: readonly Key[] = [], dest: Dest | null = null) {
    const name = this.module.constants.unique(`${this.name.replace(/\$.*/, "")}_${base}`);
    const f = new FunctionCompiler(this.module, name, this.function, this.arity, name);
    f.line = this.line;
    f.made = this.made;
    f.leaves = this.leaves && isEnd(dest);
    const captured: Operand[] = [];
    const keys: Key[] = [];
    for (const key of new Set([...this.captures(trees), ...extra])) {
      const operand = this.env.get(key) as Operand;
      if (operand instanceof Lit) f.env.set(key, operand);
      else {
        captured.push(operand);
        keys.push(key);
        f.env.set(key, f.param(baseName(operand)));
      }
    }
    return { f, captured, keys };
  }

  /** The variables in scope that the trees mention. */
  captures(trees: readonly Term[]): Set<Key> {
    const keys = new Set<Key>();
    if (this.env.size > 0) for (const tree of trees) this.module.mentions.collect(tree, this.env, keys);
    return keys;
  }

  /** The variables that a form, which becomes a function of its own, binds for what follows it, as far as they are new. */
  boundBy(form: Term): Key[] {
    return this.module.mentions.bound(form).filter((key) => !this.env.has(key));
  }

  /** Closes the function: it becomes part of the module. */
  define(unchecked = false): void {
    this.module.addUnit(this.unit(unchecked));
  }

  unit(unchecked = false): Unit {
    return {
      name: this.name,
      params: this.params,
      body: this.entry,
      function: this.function,
      arity: this.arity,
      line: this.line,
      unchecked,
      lifted: this.lifted,
      leaves: this.leaves,
      clauses: this.clauses,
      file: this.module.otherFile,
    };
  }
}

/** The name of a variable without its number. */
export function baseName(v: Operand): string {
  return v instanceof Var ? v.name.replace(/_\d+$/, "") : "v";
}

const STACKTRACE_ATOM = atom(STACKTRACE);
const CALLER_ATOM = atom(CALLER);
const UNDERSCORE = atom("_");

/** What a variable node stands for; `null` when the node is none. */
export function variableKey(node: Tuple3): Key | null {
  if (!(node.a instanceof Atom && node.c instanceof Atom)) return null;
  if (node.a === UNDERSCORE) return "_";
  for (let meta = node.b; meta instanceof Cons; meta = meta.tail) {
    const entry = meta.head as Tuple2;
    if (entry.a === VERSION && typeof entry.b === "number") return entry.b < 0 ? CONSTANTS : entry.b;
  }
  if (node.a === STACKTRACE_ATOM) return STACKTRACE;
  if (node.a === CALLER_ATOM) return CALLER;
  return `${node.a.name}|${node.c.name}`;
}

export function isStacktrace(ast: Term): boolean {
  return ast instanceof Tuple3 && variableKey(ast) === STACKTRACE;
}

/** A condition as a term. */
export function booleanOf(c: Expr): Expr {
  const e = js`(${c} ? TRUE : FALSE)`;
  e.condition = c;
  return e;
}
