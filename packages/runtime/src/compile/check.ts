/**
 * Where the reduction check goes. A path without calls needs none, so the check sinks below the tests that lead to
 * such paths. It may be passed only by what can be done twice, as the function is called again after it.
 */
import { type Block, EFFECT, type Expr } from "./ir.ts";
import { successors } from "./optimize.ts";

export function isRaise(e: Expr): boolean {
  const [first] = e.parts;
  return typeof first === "string" && first.startsWith("$.raise");
}

const memo = new WeakMap<Block, boolean>();

/** Whether something behind this point calls, loops or waits. */
export function needsCheck(block: Block): boolean {
  const known = memo.get(block);
  if (known !== undefined) return known;
  const { instrs, end } = block;
  let result = instrs.some(({ op }) => op === "call");
  if (end !== null && !result) {
    if (end.op === "tail") result = !isRaise(end.e);
    else if (end.op === "jump") result = labels.get(end.label) ?? false;
    else if (end.op === "try" || end.op === "receive") result = true;
    else if (end.op === "join") {
      const rest = needsCheck(end.rest);
      labels.set(end.label, rest);
      const body = needsCheck(end.body);
      result = body || rest;
    } else result = successors(end).some(needsCheck);
  }
  // All successors are asked, so that every label below is known.
  memo.set(block, result);
  return result;
}

const labels = new WeakMap<object, boolean>();

/** How many copies of the check sinking it makes; infinite when it saves nothing. */
export function checkSites(entry: Block): number {
  let free = false;
  const count = (block: Block, depth: number): number => {
    if (!needsCheck(block)) {
      free = true;
      return 0;
    }
    const { instrs, end } = block;
    if (
      depth > 8 ||
      instrs.some(({ op, ...rest }) => op === "call" || (rest as { e: Expr }).e.effect === EFFECT)
    )
      return 1;
    if (end === null) return 1;
    switch (end.op) {
      case "if":
        if (end.c.effect === EFFECT) return 1;
        return count(end.a, depth + 1) + count(end.b, depth + 1);
      case "switch":
        return successors(end).reduce((sum, next) => sum + count(next, depth + 1), 0);
      case "join":
        return count(end.body, depth + 1);
      default:
        return 1;
    }
  };
  const sites = count(entry, 0);
  return free ? sites : Number.POSITIVE_INFINITY;
}
