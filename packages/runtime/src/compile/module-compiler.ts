/**
 * What the functions of one text have in common: the units that they become, and around them the constants and the
 * definition that the text returns. Function declarations are hoisted, so constants may mention functions.
 */
import type { Atom } from "../term/atom.ts";
import { Constants } from "./constants.ts";
import { type Emitted, emitUnit, namesOf } from "./emit.ts";
import { HEADER, headerOf } from "./interface.ts";
import type { Unit } from "./ir.ts";
import { Mentions } from "./mentions.ts";
import { moduloCons } from "./modulo-cons.ts";
import { optimize } from "./optimize.ts";

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
  /** The units, emitted at once: what they were emitted from is large. */
  readonly #emitted: { readonly unit: Omit<Unit, "body">; readonly emitted: Emitted }[] = [];
  readonly #funs: string[] = [];
  readonly #later: (() => void)[] = [];

  constructor(
    module: Atom,
    file: string,
    { interpreted = false, temporary = false, minified = false }: CodeOptions = {},
    contexts: ReadonlyMap<string, readonly number[]> = new Map(),
  ) {
    this.#contexts = contexts;
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
    for (const { body, ...rest } of moduloCons(unit, (base) => this.constants.unique(base)))
      this.#emitted.push({ unit: rest, emitted: emitUnit({ body, ...rest }) });
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

  /** The whole text. `result` is the JavaScript of what it returns. */
  finish(result: string): string {
    const module = this.constants.atom(this.atom);
    const constants = this.constants.text;
    const declared = this.minified
      ? headerOf([constants, ...this.#emitted.map(({ emitted }) => emitted.text), result].join("\n"))
      : HEADER;
    const head = `${declared}\n${constants}`;
    const texts: string[] = [];
    const rows: string[] = [];
    let start = head.split("\n").length + 1;
    for (const { unit, emitted } of this.#emitted) {
      const { text, height, lines, locals, runs } = emitted;
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
      start += height;
    }
    const places = `$.places(${module}, ${JSON.stringify(this.file)}, () => [\n${rows.join(",\n")}\n], ${this.temporary});`;
    return [head, ...texts, places, `return ${result};`].join("\n");
  }

  get funs(): readonly string[] {
    return this.#funs;
  }
}
