/**
 * Compiling a module: its functions to units, the units to JavaScript, and around them the constants and the
 * definition that the text returns. Function declarations are hoisted, so constants may mention functions.
 */
import type { Definition } from "../expand/host.ts";
import { call, line as lineOf, metaGet } from "../syntax/quoted.ts";
import { type Atom, atom } from "../term/atom.ts";
import type { Bitstring } from "../term/bitstring.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import { Constants } from "./constants.ts";
import { emitUnit, namesOf } from "./emit.ts";
import { into } from "./expression.ts";
import { compileBody, variableName } from "./fun.ts";
import { CALLER, FunctionCompiler, TAIL } from "./function.ts";
import { HEADER, headerOf } from "./interface.ts";
import type { Unit, Var } from "./ir.ts";
import { row } from "./match.ts";
import { contextEntry, findContexts, restOf } from "./match-context.ts";
import { Mentions } from "./mentions.ts";
import { moduloCons } from "./modulo-cons.ts";
import { optimize } from "./optimize.ts";

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

export interface CodeOptions {
  readonly interpreted?: boolean;
  readonly temporary?: boolean;
  readonly minified?: boolean;
}

export class ModuleCompiler {
  readonly atom: Atom;
  readonly file: string;
  /** Whether Elixir would interpret this code; some errors differ. */
  readonly interpreted: boolean;
  /** Whether it runs once. */
  readonly temporary: boolean;
  /** Whether the lines of the text will be lost. */
  readonly minified: boolean;
  /** The file that `@file` gives the definition at hand. */
  otherFile: string | undefined;
  readonly constants = new Constants();
  readonly mentions = new Mentions();
  readonly #locals = new Map<string, string>();
  readonly #contexts: ReadonlyMap<string, readonly number[]>;
  readonly #units: Unit[] = [];
  readonly #funs: string[] = [];
  readonly #later: (() => void)[] = [];

  constructor(
    module: Atom,
    file: string,
    { interpreted = false, temporary = false, minified = false }: CodeOptions = {},
    definitions: readonly Definition[] = [],
  ) {
    this.#contexts = findContexts(definitions);
    this.atom = module;
    this.file = file;
    this.interpreted = interpreted;
    this.temporary = temporary;
    this.minified = minified;
  }

  /** The JavaScript name of a function of the module. */
  local(key: string): string | undefined {
    return this.#locals.get(key);
  }

  /** The parameters of a local function that are a binary and a position; see `match-context.ts`. */
  contextsOf(key: string): readonly number[] {
    return this.#contexts.get(key) ?? [];
  }

  declare(key: string): string {
    const name = this.constants.unique(key.replace("/", "_"));
    this.#locals.set(key, name);
    return name;
  }

  addUnit(unit: Unit): void {
    optimize(unit.body);
    this.#units.push(...moduloCons(unit, (base) => this.constants.unique(base)));
  }

  /** Puts off compiling something until the function at hand is finished. */
  later(compile: () => void): void {
    this.#later.push(compile);
  }

  /** Compiles what has been put off. */
  catchUp(): void {
    for (let next = this.#later.pop(); next !== undefined; next = this.#later.pop()) next();
  }

  nextFun(): number {
    return this.#funs.length;
  }

  addFun(code: string): void {
    this.#funs.push(code);
  }

  /** Gives the JavaScript name under which others know the function, if there are others. */
  defineFunction(definition: Definition, exported: boolean): string {
    const { name, arity } = compiledName(definition);
    const key = `${name}/${arity}`;
    const f = new FunctionCompiler(this, this.local(key) as string, name, arity, key);
    f.line = lineOf(definition.meta);
    const other = metaGet(definition.meta, FILE);
    this.otherFile = other instanceof Tuple2 ? (other.a as Bitstring).text : undefined;
    if (name.startsWith("MACRO-")) f.env.set(CALLER, f.param("caller"));
    const patterns = definition.clauses[0]?.args ?? [];
    const params: Var[] = patterns.map((pattern) => f.param(variableName(pattern)));
    const contexts = this.contextsOf(key);
    for (const i of contexts) params[i] = restOf(f, params[i], f.param("at"));
    const rows = () =>
      definition.clauses.map(({ args, guards, body }) => ({
        ...row(f, args, alternatives(guards), () => into(f, body, TAIL)),
        isolated: true,
      }));
    compileBody(f, params, rows, { module: this.atom, name: atom(f.function) });
    f.define();
    this.catchUp();
    if (contexts.length === 0 || !exported) return f.name;
    const entry = this.constants.unique(f.name);
    this.addUnit(contextEntry(f, entry));
    return entry;
  }

  /** The whole text. `result` is the JavaScript of what it returns. */
  finish(result: string): string {
    const emitted = this.#units.map((unit) => ({ unit, ...emitUnit(unit) }));
    const module = this.constants.atom(this.atom);
    const constants = this.constants.text;
    const declared = this.minified
      ? headerOf([constants, ...emitted.map(({ text }) => text), result].join("\n"))
      : HEADER;
    const head = `${declared}\n${constants}`;
    const texts: string[] = [];
    const rows: string[] = [];
    let start = head.split("\n").length + 1;
    for (const { unit, text, lines, locals, runs } of emitted) {
      texts.push(text);
      const resume = lines.length === 0 ? "null" : `${unit.name}$r`;
      const row: (string | number | boolean)[] = [
        unit.name,
        resume,
        JSON.stringify(unit.function),
        unit.arity,
        // The first line, then the distance of each from the one before, which compresses better.
        `[${lines.map((line, i) => (i === 0 ? line : line - lines[i - 1])).join(",")}]`,
        unit.lifted,
      ];
      if (!this.minified)
        row.push(
          start,
          `[${runs.join(",")}]`,
          JSON.stringify({
            params: namesOf(unit.params),
            locals,
            clauses: unit.clauses,
            file: unit.file,
          }),
        );
      rows.push(`[${row.join(", ")}]`);
      start += text.split("\n").length;
    }
    const places = `$.places(${module}, ${JSON.stringify(this.file)}, () => [\n${rows.join(",\n")}\n], ${this.temporary});`;
    return [head, ...texts, places, `return ${result};`].join("\n");
  }

  get funs(): readonly string[] {
    return this.#funs;
  }
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
  const compiler = new ModuleCompiler(module, file, { minified }, definitions);
  for (const definition of definitions) {
    const { name, arity } = compiledName(definition);
    compiler.declare(`${name}/${arity}`);
  }
  const exported: string[] = [];
  for (const definition of definitions) {
    const { name, arity } = compiledName(definition);
    const isExported = exportAll || definition.kind === "def" || definition.kind === "defmacro";
    const local = compiler.defineFunction(definition, isExported);
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
