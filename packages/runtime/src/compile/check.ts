/**
 * Where the reduction check goes. A path without calls needs none, so the check sinks below the tests that lead to
 * such paths. It may be passed only by what can be done twice, as the function is called again after it.
 */
import { type Block, EFFECT, type Expr } from "./ir.ts";
import { eachBackwards, successors } from "./optimize.ts";

export function isRaise(e: Expr): boolean {
  const [first] = e.parts;
  return typeof first === "string" && first.startsWith("$.raise");
}

/** Whether something behind this point calls, loops or waits. */
export function needsCheck(block: Block): boolean {
  if (block.needsCheck === undefined) {
    eachBackwards(
      block,
      (next) => next.needsCheck !== undefined,
      (next) => {
        next.needsCheck = needsItself(next);
      },
    );
  }
  return block.needsCheck === true;
}

/** The same, when it is known of all blocks that follow. */
function needsItself({ instrs, end }: Block): boolean {
  if (instrs.some(({ op }) => op === "call")) return true;
  if (end === null) return false;
  switch (end.op) {
    case "tail":
      return !isRaise(end.e);
    case "jump":
      return end.label.rest?.needsCheck === true;
    case "try":
    case "receive":
      return true;
    default:
      return successors(end).some((next) => next.needsCheck);
  }
}

/** How many copies of the check sinking it makes; infinite when it saves nothing. */
export function checkSites(entry: Block): number {
  let free = false;
  const count = (block: Block, depth: number): number => {
    if (!needsCheck(block)) {
      free = true;
      return 0;
    }
    const { instrs, end } = block;
    if (depth > 8 || instrs.some(({ op, e }) => op === "call" || e.effect === EFFECT)) return 1;
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
