/** Where code in a table may be broken: behind a sign that joins its words, so that a phone breaks none of the words themselves. */

interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
  data?: Record<string, unknown>;
}

const JOINT = /(?<=[._(,])(?=\S)/;

export function remarkTableCode() {
  return (tree: MarkdownNode) => visit(tree, false);
}

function visit(node: MarkdownNode, isInTable: boolean): void {
  if (node.type === "inlineCode" && isInTable) {
    const pieces = (node.value ?? "").split(JOINT);
    const children = pieces.flatMap((value, index) => [
      ...(index === 0 ? [] : [{ type: "element", tagName: "wbr", properties: {}, children: [] }]),
      { type: "text", value },
    ]);
    node.data = { ...node.data, hChildren: children };
  }
  for (const child of node.children ?? []) visit(child, isInTable || node.type === "table");
}
