/** Where a match can start: what the search for one leaves out. */
import { setSource } from "./char-set.ts";
import { type Bodies, canBeEmpty } from "./shape.ts";
import type { Node } from "./tree.ts";

/** Whether a match starts only where the text does. */
export function startsAtStart(node: Node): boolean {
  switch (node.type) {
    case "place":
      return node.source === "^";
    case "sequence":
      return node.items.length > 0 && startsAtStart(node.items[0]);
    case "choice":
      return node.alternatives.every(startsAtStart);
    case "capture":
    case "atomic":
      return startsAtStart(node.body);
    default:
      return false;
  }
}

/** Texts of the sets that a match may start with; `null` when it may start with anything. */
export function firstSources(node: Node, bodies: Bodies): string[] | null {
  const source = setSource(node);
  if (source !== null) return [source];
  switch (node.type) {
    case "sequence": {
      const sources: string[] = [];
      for (const item of node.items) {
        if (item.type === "verb" || item.type === "keep" || item.type === "place" || item.type === "look") {
          if (item.type === "verb" && item.verb === "ACCEPT") return null;
          continue;
        }
        const found = firstSources(item, bodies);
        if (found === null) return null;
        sources.push(...found);
        if (!canBeEmpty(item, bodies)) return sources;
      }
      return null;
    }
    case "choice": {
      const found = node.alternatives.map((one) => firstSources(one, bodies));
      return found.includes(null) ? null : [...new Set((found as string[][]).flat())];
    }
    case "capture":
    case "atomic":
      return firstSources(node.body, bodies);
    case "repeat":
      return node.max === 0 ? [] : firstSources(node.body, bodies);
    default:
      return null;
  }
}

/** A character that every match holds, the last one that is easy to find. */
export function requiredChar(node: Node): string | null {
  switch (node.type) {
    case "char":
      return node.other === null ? node.char : null;
    case "sequence":
      return node.items.reduceRight<string | null>((found, item) => found ?? requiredChar(item), null);
    case "capture":
    case "atomic":
      return requiredChar(node.body);
    case "repeat":
      return node.min > 0 ? requiredChar(node.body) : null;
    default:
      return null;
  }
}
