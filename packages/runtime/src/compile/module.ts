/** Compiling a module: its functions to units, the units to JavaScript. */
import type { Definition } from "../expand/host.ts";
import { call, line as lineOf, metaGet } from "../syntax/quoted.ts";
import { type Atom, atom } from "../term/atom.ts";
import type { Bitstring } from "../term/bitstring.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { Constants } from "./constants.ts";
import { into } from "./expression.ts";
import { contextEntry, findContexts } from "./find-contexts.ts";
import { compileBody, variableName } from "./fun.ts";
import { CALLER, FunctionCompiler, TAIL } from "./function.ts";
import type { Var } from "./ir.ts";
import { row } from "./match.ts";
import { restOf } from "./match-context.ts";
import { ModuleCompiler } from "./module-compiler.ts";

export interface ModuleSource {
  readonly module: Atom;
  readonly file: string;
  readonly definitions: readonly Definition[];
  /** Goes through to the definition object, as JSON or, where they are terms, as constants. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Also gives out private functions: for macros that are called while their module is being defined. */
  readonly exportAll?: boolean;
  /** Whether the text keeps its lines: those of one that is minified tell nothing, so their table is left out. */
  readonly minified?: boolean;
}

/** The JavaScript name and arity under which a definition is compiled. */
export function compiledName({ kind, name, arity }: Pick<Definition, "kind" | "name" | "arity">): {
  name: string;
  arity: number;
} {
  const macro = kind === "defmacro" || kind === "defmacrop";
  return macro ? { name: `MACRO-${name.name}`, arity: arity + 1 } : { name: name.name, arity };
}

/** Gives the JavaScript name under which others know the function, if there are others. */
function defineFunction(compiler: ModuleCompiler, definition: Definition, exported: boolean): string {
  const { name, arity } = compiledName(definition);
  const key = `${name}/${arity}`;
  const f = new FunctionCompiler(compiler, compiler.local(key) as string, name, arity, key);
  f.line = lineOf(definition.meta);
  const other = metaGet(definition.meta, FILE);
  compiler.otherFile = other instanceof Tuple2 ? (other.a as Bitstring).text : undefined;
  if (name.startsWith("MACRO-")) f.env.set(CALLER, f.param("caller"));
  const patterns = definition.clauses[0]?.args ?? [];
  const params: Var[] = patterns.map((pattern) => f.param(variableName(pattern)));
  const contexts = compiler.contextsOf(key);
  for (const i of contexts) params[i] = restOf(f, params[i], f.param("at"));
  const rows = () =>
    definition.clauses.map(({ args, guards, body }) => ({
      ...row(f, args, alternatives(guards), () => into(f, body, TAIL)),
      isolated: true,
    }));
  compileBody(f, params, rows, { module: compiler.atom, name: atom(f.function) });
  f.define();
  compiler.catchUp();
  if (contexts.length === 0 || !exported) return f.name;
  const entry = compiler.constants.unique(f.name);
  compiler.addUnit(contextEntry(f, entry));
  return entry;
}

/** Several guards of one clause hold if any does, as with `when`. */
function alternatives(guards: readonly Term[]): Term[] {
  if (guards.length === 0) return [];
  return [guards.reduceRight((rest, guard) => call(WHEN, EMPTY, guard, rest))];
}

const WHEN = atom("when");
const FILE = atom("file");

/** The JavaScript text of a module: the body of a function of `$` that returns its definition. */
export function compileModule(source: ModuleSource): string {
  const { module, file, definitions, metadata = {}, exportAll = false, minified = false } = source;
  const compiler = new ModuleCompiler(module, file, { minified }, findContexts(definitions));
  for (const definition of definitions) {
    const { name, arity } = compiledName(definition);
    compiler.declare(`${name}/${arity}`);
  }
  const exported: string[] = [];
  for (const definition of definitions) {
    const { name, arity } = compiledName(definition);
    const isExported = exportAll || definition.kind === "def" || definition.kind === "defmacro";
    const local = defineFunction(compiler, definition, isExported);
    if (isExported) exported.push(`${JSON.stringify(`${name}/${arity}`)}: ${local}`);
  }
  const fields = Object.entries(metadata).map(
    ([key, value]) => `${JSON.stringify(key)}: ${metadataText(compiler.constants, value)}`,
  );
  const result = [
    `module: ${JSON.stringify(module.name)}`,
    `file: ${JSON.stringify(file)}`,
    `functions: { ${exported.join(", ")} }`,
    `funs: [${compiler.funs.join(", ")}]`,
    ...fields,
  ];
  return compiler.finish(`{ ${result.join(", ")} }`);
}

function metadataText(constants: Constants, value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => metadataText(constants, item)).join(", ")}]`;
  if (value === undefined) return "undefined";
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) !== Object.prototype) {
    return constants.literal(value as Term).js;
  }
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${metadataText(constants, item)}`,
    );
    return `{ ${fields.join(", ")} }`;
  }
  return typeof value === "bigint" ? `${value}n` : JSON.stringify(value);
}
