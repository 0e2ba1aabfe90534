/**
 * Turns a block of TypeScript into the text of a function that the runtime's worker can call: types gone, imports taken
 * from what the runtime offers, what it declares kept for the blocks below, and its last expression reported as the value.
 * Every token stays on its line, so that errors point at the reader's own text.
 */
import { type Node, type Pattern, type Program, parse } from "acorn";
import { transform } from "sucrase";

export class TypeScriptError extends Error {
  readonly line: number | null;

  constructor(message: string, line: number | null) {
    super(message);
    this.line = line;
  }
}

/**
 * The body of an async function of `$`: `$.import(name)` gives a module, `$.scope` holds what the blocks of the page have
 * declared, `$.value(value, line)` reports. What is not shared sees that scope, and adds nothing to it.
 */
export function compileTypeScript(code: string, isShared = true): string {
  const stripped = withoutTypes(code);
  const { body } = parsed(stripped);
  const edits: Edit[] = [];
  const names = new Set<string>();
  for (const statement of body) {
    switch (statement.type) {
      case "ImportDeclaration":
        edits.push(replace(statement, imported(statement), stripped));
        break;
      case "ExportNamedDeclaration":
        if (!statement.declaration)
          throw new TypeScriptError("a block shares what it declares: export is not needed", null);
        edits.push({ start: statement.start, end: statement.declaration.start, text: "" });
        declared(statement.declaration, names);
        break;
      case "ExportDefaultDeclaration":
      case "ExportAllDeclaration":
        throw new TypeScriptError("a block shares what it declares: export is not needed", null);
      default:
        declared(statement, names);
    }
  }
  const last = body.at(-1);
  if (last?.type === "ExpressionStatement") {
    const { start, end } = last.expression;
    const line = stripped.slice(0, start).split("\n").length;
    edits.push({ start, end: start, text: `$.value((` }, { start: end, end, text: `),${line})` });
  }
  const text = edits
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), stripped);
  // A block of its own, so that it may declare again what an earlier block has declared.
  const sharing = isShared ? `;Object.assign($.scope,{${[...names].join()}})` : "";
  return `{${text}\n${sharing}}`;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function withoutTypes(code: string): string {
  try {
    return transform(code, {
      transforms: ["typescript"],
      disableESTransforms: true,
      keepUnusedImports: true,
    }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number } };
    throw new TypeScriptError(message.replace(/^Error transforming [^:]*: /, ""), loc?.line ?? null);
  }
}

function parsed(code: string): Program {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "module", allowAwaitOutsideFunction: true });
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number } };
    throw new TypeScriptError(message, loc?.line ?? null);
  }
}

/** Replaces a node, leaving the lines below where they are. */
function replace({ start, end }: Node, text: string, code: string): Edit {
  const lines = code.slice(start, end).split("\n").length - 1;
  return { start, end, text: text + "\n".repeat(lines) };
}

function imported(statement: Program["body"][number] & { type: "ImportDeclaration" }): string {
  const source = JSON.stringify(statement.source.value);
  const named: string[] = [];
  const statements: string[] = [];
  for (const specifier of statement.specifiers) {
    const local = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") statements.push(`const ${local}=$.import(${source});`);
    else if (specifier.type === "ImportDefaultSpecifier") named.push(`default:${local}`);
    else {
      const { imported } = specifier;
      const name = imported.type === "Identifier" ? imported.name : JSON.stringify(imported.value);
      named.push(`${name}:${local}`);
    }
  }
  if (named.length > 0) statements.push(`const {${named.join()}}=$.import(${source});`);
  return statements.join("") || `$.import(${source});`;
}

/** The names that a statement at the top of a block declares. */
function declared(statement: Program["body"][number], names: Set<string>): void {
  if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
    names.add(statement.id!.name);
  else if (statement.type === "VariableDeclaration")
    for (const { id } of statement.declarations) bound(id, names);
}

function bound(pattern: Pattern, names: Set<string>): void {
  switch (pattern.type) {
    case "Identifier":
      names.add(pattern.name);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties)
        bound(property.type === "RestElement" ? property.argument : property.value, names);
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element !== null) bound(element, names);
      return;
    case "RestElement":
      return bound(pattern.argument, names);
    case "AssignmentPattern":
      return bound(pattern.left, names);
  }
}
