/** A pattern's tree as an expression of the host, where `fits.ts` finds that both match alike. */
import { quote } from "./sets.ts";
import type { Node, Pattern } from "./tree.ts";

export interface HostExpression {
  readonly source: string;
  /** The host's number of each group: atomic groups are written as a lookahead and a reference, which take numbers too. */
  readonly groups: readonly number[];
}

export function hostExpression(pattern: Pattern): HostExpression {
  const groups = [0];
  let count = 0;
  const written = (node: Node): string => {
    switch (node.type) {
      case "set":
      case "unit":
      case "place":
        return node.type === "unit" ? atomic(() => node.source) : node.source;
      case "char":
        return node.other === null ? quote(node.char) : `[${quote(node.char)}${quote(node.other)}]`;
      case "sequence":
        return node.items.map(written).join("");
      case "choice":
        return `(?:${node.alternatives.map(written).join("|")})`;
      case "capture":
        groups[node.number] = ++count;
        return `(${written(node.body)})`;
      case "atomic":
        return atomic(() => written(node.body));
      case "look":
        return `(?${node.behind ? "<" : ""}${node.negative ? "!" : "="}${written(node.body)})`;
      case "repeat": {
        const { min, max, mode } = node;
        const range = `{${min},${max === Number.POSITIVE_INFINITY ? "" : max}}`;
        if (mode === "possessive") return atomic(() => `(?:${written(node.body)})${range}`);
        return `(?:${written(node.body)})${range}${mode === "lazy" ? "?" : ""}`;
      }
      default:
        throw new Error(`the host has no ${node.type}`);
    }
  };
  /** A lookahead does not go back into what it has matched. */
  const atomic = (body: () => string): string => {
    const number = ++count;
    return `(?=(${body()}))(?:\\${number})`;
  };
  const source = written(pattern.root);
  return { source, groups };
}
