/**
 * What a picture is made of: plain nodes, so that it is computed and tested without a page. Text comes from programs and
 * is never read as markup.
 */
export interface Node {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly children: readonly (Node | string)[];
}

type Child = Node | string | null | false | readonly Child[];

const isAbsent = (value: unknown): value is null | undefined | false =>
  value === null || value === undefined || value === false;

export function h(tag: string, attributes: Node["attributes"] = {}, ...children: Child[]): Node {
  return { tag, attributes, children: flat(children) };
}

function flat(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((child) =>
    Array.isArray(child) ? flat(child) : isAbsent(child) ? [] : [child as Node | string],
  );
}

const SVG = "http://www.w3.org/2000/svg";
const svgTags = new Set([
  "svg",
  "g",
  "path",
  "line",
  "rect",
  "circle",
  "text",
  "tspan",
  "polygon",
  "title",
  "desc",
]);

/** Elements of a page. `title` is one of SVG here: pictures set no title of the page. */
export function toDom(node: Node): Element {
  const element = svgTags.has(node.tag)
    ? document.createElementNS(SVG, node.tag)
    : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) {
    if (!isAbsent(value)) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...node.children.map((child) => (typeof child === "string" ? child : toDom(child))));
  return element;
}

/** As text of HTML, for pictures that are drawn when the site is built. */
export function toHtml(node: Node): string {
  const attributes = Object.entries(node.attributes)
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => ` ${name}="${escaped(value === true ? "" : String(value))}"`)
    .join("");
  const children = node.children.map((child) => (typeof child === "string" ? escaped(child) : toHtml(child)));
  return `<${node.tag}${attributes}>${children.join("")}</${node.tag}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** All text of a node, in order. */
export function textOf(node: Node): string {
  return node.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

/** Width of a character of the code font in parts of its size: all are equal. */
const CODE_WIDTH = 0.602;

/** As much of a text as fits, in the code font of this size. */
export function fitted(text: string, width: number, size = 12): string {
  const line = text.replace(/\s+/g, " ").trim();
  const most = Math.max(2, Math.floor(width / (size * CODE_WIDTH)));
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

export function codeWidth(text: string, size = 12): number {
  return text.length * size * CODE_WIDTH;
}
