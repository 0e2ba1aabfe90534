/** What can be said of a part of a pattern without running it: whether it can match nothing, how long a match is. */
import type { Node } from "./tree.ts";

/** The first group of each number; the whole pattern is 0. */
export type Bodies = Map<number, Node>;

/** Whether it can match the empty text. `within` holds the groups being looked at: a call of one of them adds nothing. */
export function canBeEmpty(node: Node, bodies: Bodies, within: readonly number[] = []): boolean {
  const below = (child: Node): boolean => canBeEmpty(child, bodies, within);
  switch (node.type) {
    case "set":
    case "char":
    case "unit":
      return false;
    case "sequence":
      return node.items.every(below);
    case "choice":
      return node.alternatives.some(below);
    case "capture":
    case "atomic":
      return below(node.body);
    case "repeat":
      return node.min === 0 || below(node.body);
    case "condition":
      return node.test.type === "define" || below(node.yes) || below(node.no);
    case "call": {
      const body = bodies.get(node.group);
      if (body === undefined || within.includes(node.group)) return false;
      return canBeEmpty(body, bodies, [...within, node.group]);
    }
    default:
      return true;
  }
}

/** The number of characters of every match, or `null` when they differ. */
export function fixedLength(node: Node, bodies: Bodies, within: readonly number[] = []): number | null {
  const below = (child: Node): number | null => fixedLength(child, bodies, within);
  const same = (nodes: readonly Node[]): number | null => {
    const [first, ...others] = nodes.map(below);
    return others.every((other) => other === first) ? first : null;
  };
  switch (node.type) {
    case "set":
    case "char":
      return 1;
    case "unit":
    case "reference":
      return null;
    case "sequence": {
      const lengths = node.items.map(below);
      return lengths.includes(null) ? null : (lengths as number[]).reduce((sum, length) => sum + length, 0);
    }
    case "choice":
      return same(node.alternatives);
    case "capture":
    case "atomic":
      return below(node.body);
    case "repeat": {
      const length = below(node.body);
      return length === null || node.min !== node.max ? null : length * node.min;
    }
    case "condition":
      return node.test.type === "define" ? 0 : same([node.yes, node.no]);
    case "call": {
      const body = bodies.get(node.group);
      if (body === undefined || node.group === 0 || within.includes(node.group)) return null;
      return fixedLength(body, bodies, [...within, node.group]);
    }
    case "verb":
      return node.verb === "ACCEPT" ? null : 0;
    default:
      return 0;
  }
}
