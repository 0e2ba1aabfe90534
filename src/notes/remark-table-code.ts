/** Where code in a table may be broken: behind a sign that joins its words, so that a phone breaks none of the words themselves. */

interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
  data?: Record<string, unknown>;
}

/** Words of so many characters are left whole, in so many columns: more is wider than a phone. */
const WHOLE = 14;
const FEW_COLUMNS = 3;
const JOINT = /(?<=[._(,])(?=[^\s.])/;

export function remarkTableCode() {
  return (tree: MarkdownNode) => visit(tree, 0);
}

/** `columns`: of the table around the node; 0 without one. */
function visit(node: MarkdownNode, columns: number): void {
  if (node.type === "inlineCode" && columns > 0) {
    const pieces = (node.value ?? "").split(JOINT);
    const children = pieces.flatMap((value, index) => [
      ...(index === 0 ? [] : [{ type: "element", tagName: "wbr", properties: {}, children: [] }]),
      { type: "text", value },
    ]);
    const words = pieces.flatMap((piece) => piece.split(/[\s-]/));
    const isWhole = columns <= FEW_COLUMNS && words.every(({ length }) => length <= WHOLE);
    const hProperties = isWhole ? { className: ["whole-words"] } : {};
    node.data = { ...node.data, hChildren: children, hProperties };
  }
  const within = node.type === "table" ? (node.children?.[0].children?.length ?? 0) : columns;
  for (const child of node.children ?? []) visit(child, within);
}
