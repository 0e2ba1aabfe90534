/**
 * Tail recursion modulo cons: `[f(h) | map(t, f)]` at the end of a function becomes a loop. The function gets two parameters
 * more: the root of the list built so far and its last cell, both `null` before the first. Instead of waiting for
 * the tail it appends a cell whose tail the next round fills in; what would be returned goes there at the end.
 *
 * Nobody sees the list before it is complete, so the mutation cannot be observed. A tail call of another function stays one as long
 * as nothing has been built, so mutual recursion needs no more room than before.
 */

import { isRaise } from "./check.ts";
import {
  type Block,
  block,
  type Call,
  EFFECT,
  type End,
  type Expr,
  effect,
  type Instr,
  js,
  listed,
  type Operand,
  type Unit,
  Var,
} from "./ir.ts";
import { successors } from "./optimize.ts";

/** A block that ends in `[a, b | self(…)]`. */
interface Site {
  readonly block: Block;
  /** Where the recursive call stands. */
  readonly index: number;
  readonly args: readonly Operand[];
  /** Heads of the cells around it, the innermost first. */
  readonly heads: readonly Operand[];
}

/** The units to emit instead of this one, whose joins have been dissolved. */
export function moduloCons(unit: Unit, unique: (base: string) => string): Unit[] {
  const blocks = allBlocks(unit.body);
  const sites = blocks.map(siteOf).filter((site) => site !== null);
  if (sites.length === 0 || blocks.some(({ end }) => end?.op === "receive")) return [unit];
  const name = unique(`${unit.name.replace(/\$\d+$/, "")}_loop`);
  const root = new Var("root");
  const last = new Var("last");
  const transformed = new Set<Block>();
  sites.forEach((site, i) => {
    transformed.add(site.block);
    transformSite(site, root, last, i);
  });
  let count = 0;
  for (const b of blocks) if (!transformed.has(b)) transformEnd(b, root, last, () => ++count);
  const params = [...unit.params, root, last];
  const wrapper = block();
  wrapper.end = {
    op: "tail",
    e: listed(`${name}(`, [...unit.params, "null", "null"], ")", EFFECT),
    line: unit.line,
    self: null,
  };
  return [
    { ...unit, body: wrapper, unchecked: true },
    { ...unit, name, params },
  ];
}

function allBlocks(entry: Block): Block[] {
  const found: Block[] = [];
  const stack = [entry];
  const seen = new Set<End>();
  while (stack.length > 0) {
    const b = stack.pop() as Block;
    found.push(b);
    // Copied short ends are shared between blocks.
    if (b.end !== null && !seen.has(b.end)) {
      seen.add(b.end);
      stack.push(...successors(b.end));
    }
  }
  return found;
}

function siteOf(b: Block): Site | null {
  const { instrs, end } = b;
  if (end?.op !== "return") return null;
  let index = instrs.length - 1;
  while (index >= 0 && instrs[index].op === "let") index--;
  const call = instrs[index] as Instr | undefined;
  if (call?.op !== "call" || call.self === null) return null;
  const heads: Operand[] = [];
  let chain: Var = call.v;
  const follow = (e: Expr): boolean => {
    if (e.cons !== null && e.cons.tail === chain && e.cons.head !== chain) {
      heads.push(e.cons.head);
      return true;
    }
    return e.parts.length === 1 && e.parts[0] === chain;
  };
  for (let i = index + 1; i < instrs.length; i++) {
    const { v, e } = instrs[i] as Instr & { op: "let" };
    if (!follow(e)) return null;
    chain = v;
  }
  if (!follow(end.e) || heads.length === 0) return null;
  return { block: b, index, args: (call as Call).self as readonly Operand[], heads };
}

function transformSite({ block: b, index, args, heads }: Site, root: Var, last: Var, id: number): void {
  const { line } = b.instrs[index];
  b.instrs.length = index;
  const cells = heads.map((_, i) => new Var(`cell_${id}_${i}`));
  heads.forEach((head, i) => {
    const tail = i === 0 ? "EMPTY" : cells[i - 1];
    b.instrs.push({ op: "let", v: cells[i], e: effect`new Cons(${head}, ${tail})`, line });
  });
  const first = cells[cells.length - 1];
  const whole = new Var(`root_${id}`);
  const attach = effect`(${last} === null ? ${first} : (${last}.tail = ${first}, ${root}))`;
  b.instrs.push({ op: "let", v: whole, e: attach, line });
  b.end = { op: "tail", e: effect`undefined`, line, self: [...args, whole, cells[0]] };
}

/** What returned now returns the whole list; other ways to leave take the two parameters along. */
function transformEnd(b: Block, root: Var, last: Var, next: () => number): void {
  const { end } = b;
  if (end?.op === "return") {
    const v = new Var(`end_${next()}`);
    b.instrs.push({ op: "let", v, e: end.e, line: end.line });
    b.end = { ...end, e: complete(v, root, last) };
  } else if (end?.op === "tail" && end.self !== null) {
    b.end = { ...end, self: [...end.self, root, last] };
  } else if (end?.op === "tail" && !isRaise(end.e)) {
    const a = block();
    a.end = end;
    const v = new Var(`end_${next()}`);
    const other = block();
    other.instrs.push({ op: "call", v, e: end.e, line: end.line, self: null, live: [], point: 0 });
    other.end = { op: "return", e: complete(v, root, last), line: end.line };
    b.end = { op: "if", c: js`${last} === null`, a, b: other };
  }
}

function complete(v: Var, root: Var, last: Var): Expr {
  return effect`(${last} === null ? ${v} : (${last}.tail = ${v}, ${root}))`;
}
