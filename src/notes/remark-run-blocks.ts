/**
 * Turns the fences of a note that are marked `run` into live blocks: each becomes a `RunBlock` component with its code, its
 * options and its recorded output, and takes the fences that belong to it out of the text. All others are left to Starlight.
 */
import { basename } from "node:path";
import { blocksOf, FenceError, type FenceLanguage, languages, located } from "./fences.ts";
import { kindOf } from "./options.ts";
import { recordingOf } from "./recording.ts";

interface MarkdownNode {
  type: string;
  lang?: string | null;
  meta?: string | null;
  value?: string;
  children?: MarkdownNode[];
  position?: { start: { line: number } };
  [other: string]: unknown;
}

interface VirtualFile {
  path?: string;
  history: string[];
}

export function remarkRunBlocks() {
  return (tree: MarkdownNode, file: VirtualFile) => {
    const path = file.path ?? file.history[0] ?? "a note";
    const page = pageOf(path);
    const nodes = [...codeFences(tree)];
    const fences = nodes.map(({ lang, meta, value, position }) => ({
      language: lang as FenceLanguage,
      meta: meta ?? null,
      code: value ?? "",
      line: position?.start.line ?? 1,
    }));
    try {
      const blocks = new Map(blocksOf(fences).map((block) => [block.line, block]));
      replace(tree, (node) => {
        const index = nodes.indexOf(node);
        if (index < 0 || kindOf(node.meta) === null) return [node];
        const block = blocks.get(fences[index].line);
        if (block === undefined) return [];
        const recorded = block.exercise === null ? recordingOf(page, block.id, block.code) : null;
        return [component("RunBlock", { ...block, page, recorded })];
      });
      if (blocks.size === 0) return;
      // Above the first block, and outside of the tab that it may be in.
      const first = tree.children!.findIndex((node) => contains(node, "RunBlock"));
      tree.children!.splice(first, 0, component("PageControls", {}));
      for (const name of ["RunBlock", "PageControls"])
        tree.children!.unshift(importOf(name, `/src/components/${name}.astro`));
    } catch (error) {
      throw error instanceof FenceError ? located(path, error) : error;
    }
  };
}

function* codeFences(parent: MarkdownNode): Generator<MarkdownNode> {
  for (const node of parent.children ?? []) {
    if (node.type === "code" && node.lang && node.lang in languages) yield node;
    else yield* codeFences(node);
  }
}

/** Replaces nodes by others. */
function replace(parent: MarkdownNode, other: (node: MarkdownNode) => MarkdownNode[]): void {
  if (parent.children === undefined) return;
  parent.children = parent.children.flatMap((node) => {
    replace(node, other);
    return other(node);
  });
}

function contains(node: MarkdownNode, name: string): boolean {
  return node.name === name || (node.children ?? []).some((child) => contains(child, name));
}

/** The name under which a page's outputs are recorded: its path below the notes, without the ending. */
export function pageOf(path: string): string {
  const below = path.split(/[/\\]docs[/\\]/).at(-1) ?? basename(path);
  return below.replace(/\.mdx?$/, "").replaceAll("\\", "/");
}

/** `<Name {...properties} />`: as data in an expression, so that no text has to be escaped. */
function component(name: string, properties: object): MarkdownNode {
  const data = JSON.stringify(properties);
  return {
    type: "mdxJsxFlowElement",
    name,
    attributes: [
      { type: "mdxJsxExpressionAttribute", value: `...${data}`, data: { estree: spreadOf(properties) } },
    ],
    children: [],
  };
}

function importOf(name: string, source: string): MarkdownNode {
  return {
    type: "mdxjsEsm",
    value: `import ${name} from ${JSON.stringify(source)};`,
    data: {
      estree: program({
        type: "ImportDeclaration",
        specifiers: [{ type: "ImportDefaultSpecifier", local: { type: "Identifier", name } }],
        source: { type: "Literal", value: source, raw: JSON.stringify(source) },
        attributes: [],
      }),
    },
  };
}

function spreadOf(value: object) {
  return program({
    type: "ExpressionStatement",
    expression: {
      type: "ObjectExpression",
      properties: [{ type: "SpreadElement", argument: expressionOf(value) }],
    },
  });
}

function program(statement: object) {
  return { type: "Program", sourceType: "module", body: [statement], comments: [] };
}

function expressionOf(value: unknown): object {
  if (Array.isArray(value)) return { type: "ArrayExpression", elements: value.map(expressionOf) };
  if (value !== null && typeof value === "object") {
    return {
      type: "ObjectExpression",
      properties: Object.entries(value).map(([key, item]) => ({
        type: "Property",
        kind: "init",
        method: false,
        shorthand: false,
        computed: false,
        key: { type: "Literal", value: key, raw: JSON.stringify(key) },
        value: expressionOf(item),
      })),
    };
  }
  if (value === undefined) return { type: "Identifier", name: "undefined" };
  return { type: "Literal", value, raw: JSON.stringify(value) };
}
