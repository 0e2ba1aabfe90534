/**
 * Turns the fences of a note that are marked `run` into live blocks: each becomes a `RunBlock` component with its code,
 * its options and its recorded output. All other fences are left to Starlight.
 */
import { basename, relative } from "node:path";
import { OptionError, parseOptions } from "./options.ts";
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
    const seen = new Set<string>();
    let found = false;
    const page = pageOf(path);

    const visit = (parent: MarkdownNode) => {
      parent.children?.forEach((node, index) => {
        if (node.type !== "code" || node.lang !== "elixir") return visit(node);
        try {
          const options = parseOptions(node.meta);
          if (options === null) return;
          if (seen.has(options.id))
            throw new OptionError(`the id "${options.id}" is used twice on this page`);
          seen.add(options.id);
          found = true;
          const recorded = recordingOf(page, options.id, node.value ?? "");
          parent.children![index] = component("RunBlock", {
            code: node.value ?? "",
            page,
            ...options,
            recorded,
          });
        } catch (error) {
          if (!(error instanceof OptionError)) throw error;
          throw new Error(
            `${relative(process.cwd(), path)}:${node.position?.start.line ?? 1}: ${error.message}`,
          );
        }
      });
    };
    visit(tree);
    if (found) tree.children!.unshift(importOf("RunBlock", "/src/components/RunBlock.astro"));
  };
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
