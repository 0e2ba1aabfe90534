/**
 * Which variables each suspension must keep, and which instructions nobody needs. One walk backwards over the tree:
 * the variables that a jump needs are those of the join's rest, so rests are walked before bodies.
 */
import { type Block, type Call, type End, Expr, type Label, PURE, type Try, Var } from "./ir.ts";
import { successors } from "./optimize.ts";

type Live = Set<Var>;

export interface Points {
  /** What may suspend, in order of points; a `try` has two points. */
  readonly calls: (Call | Try)[];
  readonly count: number;
}

function use(live: Live, e: Expr | readonly unknown[]): void {
  for (const part of e instanceof Expr ? e.parts : e) if (part instanceof Var) live.add(part);
}

export function computeLiveness(entry: Block): Points {
  const before = new Map<Block, Live>();
  const atLabel = new Map<Label, Live>();
  const calls: (Call | Try)[] = [];
  // A block is visited twice: first to visit those it needs, then itself.
  const stack: { block: Block; ready: boolean }[] = [{ block: entry, ready: false }];
  while (stack.length > 0) {
    const item = stack.pop() as { block: Block; ready: boolean };
    const { block } = item;
    const end = block.end as End;
    if (!item.ready) {
      stack.push({ block, ready: true });
      if (end.op === "join") {
        // The rest first: the body's jumps ask for it.
        stack.push({ block: end.body, ready: false }, { block: end.rest, ready: false });
      } else if (end.op === "receive") {
        atLabel.set(end.next, new Set([end.cursor]));
        for (const next of successors(end)) stack.push({ block: next, ready: false });
      } else for (const next of successors(end)) stack.push({ block: next, ready: false });
      continue;
    }
    const live = liveAtEnd(end, before, atLabel, calls);
    walkBack(block, live, calls);
    before.set(block, live);
    const label = restOf.get(block);
    if (label !== undefined) {
      const needed = new Set(live);
      for (const v of label.params) needed.delete(v);
      atLabel.set(label.label, needed);
    }
  }
  let point = 0;
  calls.reverse();
  for (const call of calls) {
    call.point = ++point;
    if (call.op === "try") point++;
  }
  return { calls, count: point };
}

/** Blocks that are the rest of a join, so that finishing them tells what their label needs. */
const restOf = new WeakMap<Block, { label: Label; params: readonly Var[] }>();

export function registerRests(entry: Block): void {
  const stack: Block[] = [entry];
  while (stack.length > 0) {
    const { end } = stack.pop() as Block;
    if (end === null) continue;
    if (end.op === "join") restOf.set(end.rest, { label: end.label, params: end.params });
    stack.push(...successors(end));
  }
}

function liveAtEnd(
  end: End,
  before: Map<Block, Live>,
  atLabel: Map<Label, Live>,
  calls: (Call | Try)[],
): Live {
  const live: Live = new Set();
  const addAll = (other: Live | undefined) => {
    for (const v of other as Live) live.add(v);
  };
  switch (end.op) {
    case "return":
      use(live, end.e);
      break;
    case "tail":
      use(live, end.e);
      if (end.self !== null) use(live, end.self);
      break;
    case "jump":
      addAll(atLabel.get(end.label) ?? new Set());
      use(live, end.args);
      break;
    case "if":
      addAll(before.get(end.a));
      addAll(before.get(end.b));
      use(live, end.c);
      break;
    case "switch":
      for (const { block } of end.cases) addAll(before.get(block));
      addAll(before.get(end.otherwise));
      use(live, [end.on]);
      break;
    case "join":
      addAll(before.get(end.body));
      break;
    case "try": {
      addAll(before.get(end.ok));
      addAll(before.get(end.fail));
      live.delete(end.v);
      live.delete(end.raised);
      end.live = [...live];
      calls.push(end);
      use(live, end.e);
      break;
    }
    case "receive":
      addAll(before.get(end.match));
      if (end.after !== null) addAll(before.get(end.after));
      for (const v of [end.before, end.cursor, end.message]) live.delete(v);
      if (end.timeout !== null) use(live, [end.timeout]);
      use(live, end.pinned);
  }
  return live;
}

function walkBack(block: Block, live: Live, calls: (Call | Try)[]): void {
  const kept: Block["instrs"] = [];
  for (let i = block.instrs.length - 1; i >= 0; i--) {
    const instr = block.instrs[i];
    if (instr.op === "let") {
      if (instr.e.effect === PURE && !live.has(instr.v)) continue;
      live.delete(instr.v);
    } else if (instr.op === "call") {
      live.delete(instr.v);
      instr.live = [...live];
      calls.push(instr);
    } else if (instr.e.effect === PURE) continue;
    use(live, instr.e);
    kept.push(instr);
  }
  block.instrs = kept.reverse();
}
