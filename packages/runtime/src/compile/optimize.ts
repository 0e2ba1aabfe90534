/**
 * Between building and emission: joins that are jumped to once, or whose rest is short, are dissolved. Walks along
 * the chain of a function's blocks are loops, so long bodies cost no stack.
 */
import { type Block, type End, type Join, js, type Label, type Operand, type Var } from "./ir.ts";

/** The blocks that follow an end. */
export function successors(end: End): Block[] {
  switch (end.op) {
    case "if":
      return [end.a, end.b];
    case "switch":
      return [...end.cases.map(({ block }) => block), end.otherwise];
    case "join":
      return [end.body, end.rest];
    case "try":
      return [end.ok, end.fail];
    case "receive":
      return end.after === null ? [end.match] : [end.match, end.after];
    default:
      return [];
  }
}

/**
 * Visits each block that is not known after those that it leads to, the rest of a join before its body, which jumps there. A
 * loop: as many clauses as a program has follow each other.
 */
export function eachBackwards(
  entry: Block,
  isKnown: (block: Block) => boolean,
  visit: (block: Block) => void,
): void {
  const stack = [{ block: entry, ready: false }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { block, ready } = next;
    if (isKnown(block)) continue;
    if (ready) visit(block);
    else {
      stack.push({ block, ready: true });
      if (block.end?.op === "join") block.end.label.rest = block.end.rest;
      if (block.end !== null)
        for (const after of successors(block.end)) stack.push({ block: after, ready: false });
    }
  }
}

/** Whether the function calls itself in its tail, which is a loop. */
export function hasSelfTail(block: Block): boolean {
  const stack: Block[] = [block];
  while (stack.length > 0) {
    const { end } = stack.pop() as Block;
    if (end === null) continue;
    if (end.op === "tail" && end.self !== null) return true;
    stack.push(...successors(end));
  }
  return false;
}

/** Dissolves joins, from the innermost out. */
export function optimize(entry: Block): void {
  countUses(entry);
  const stack: Block[] = [entry];
  while (stack.length > 0) {
    const block = stack.pop() as Block;
    for (let again = true; again; ) {
      again = false;
      const { end } = block;
      if (end?.op === "jump") {
        const rest = inlined.get(end.label);
        if (rest !== undefined) {
          assign(block, rest.params, end.args);
          block.instrs = block.instrs.concat(rest.block.instrs);
          block.end = rest.block.end;
          again = true;
        }
      } else if (end?.op === "join" && (end.label.uses === 0 || end.label.uses === 1 || isShort(end.rest))) {
        if (end.label.uses > 0) inlined.set(end.label, { params: end.params, block: end.rest });
        block.instrs = block.instrs.concat(end.body.instrs);
        block.end = end.body.end;
        again = true;
      }
    }
    if (block.end !== null) stack.push(...successors(block.end));
  }
  inlined.clear();
}

const inlined = new Map<Label, { params: readonly Var[]; block: Block }>();

/** Whether the block may be copied. It has no instructions and no blocks below it that a later pass changes. */
function isShort({ instrs, end }: Block): boolean {
  if (end === null) return false;
  if (end.op === "jump") return instrs.length === 0;
  return (
    instrs.length === 0 &&
    (end.op === "return" || (end.op === "tail" && end.self === null && end.e.parts.length < 8))
  );
}

function assign(block: Block, params: readonly Var[], args: readonly Operand[]): void {
  params.forEach((v, i) => {
    if (args[i] !== undefined) block.instrs.push({ op: "let", v, e: js`${args[i]}`, line: 0 });
  });
}

function countUses(entry: Block): void {
  const joins: Join[] = [];
  const stack: Block[] = [entry];
  while (stack.length > 0) {
    const { end } = stack.pop() as Block;
    if (end === null) continue;
    if (end.op === "jump") end.label.uses++;
    else if (end.op === "join") joins.push(end);
    stack.push(...successors(end));
  }
  // A rest that is one jump will be copied to wherever its join is jumped to; inner joins come last in the list.
  for (let i = joins.length - 1; i >= 0; i--) {
    const { label, rest } = joins[i];
    if (rest.end?.op === "jump" && isShort(rest)) rest.end.label.uses += label.uses - 1;
  }
}
