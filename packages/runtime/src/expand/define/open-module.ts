/**
 * The modules that are being defined: their definitions, attributes and whatever else `defmodule` collects before it
 * compiles. Elixir keeps this in two ETS tables a module; here it is one object, found by the module's name
 * while the body runs.
 */
import { EXITED } from "../../process/process.ts";
import { S } from "../../process/stack.ts";
import { type Atom, atom } from "../../term/atom.ts";
import type { Code } from "../../term/fun.ts";
import { EMPTY } from "../../term/list.ts";
import type { TermMap } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import type { Env, LexicalTracker } from "../env.ts";
import type { Clause, Definition, DefinitionKind, Documentation } from "../host.ts";

/** Which warnings about the order of clauses a definition gets. */
export type ClauseCheck = "all" | "none" | "unused_only";

/** A definition while clauses may still be added. */
export interface StoredDefinition {
  readonly name: Atom;
  readonly arity: number;
  kind: DefinitionKind;
  meta: Term;
  file: string;
  check: ClauseCheck;
  /** The most default arguments that any of its heads declares. */
  maxDefaults: number;
  /** Whether the last `def` had a body, and how many defaults. */
  hasBody: boolean;
  defaults: number;
  /** Replaced, never changed, when a clause is added. */
  clauses: readonly Clause[];
}

export interface Overridable {
  readonly count: number;
  readonly definition: StoredDefinition;
  overridden: boolean;
}

/** One value, or a list that grows. `line` is where it was set while nobody has read it. */
export interface Attribute {
  value: Term;
  accumulated: Term[] | null;
  /** An integer: unread since then; `used`; `unset`: registered without a value. */
  state: number | "used" | "unset" | "nil";
}

export interface Impl {
  readonly name: Atom;
  readonly arity: number;
  readonly context: Term | undefined;
  readonly defaults: number;
  readonly kind: DefinitionKind;
  readonly line: number;
  readonly file: string;
  readonly value: Atom;
}

/** Code made of these definitions; `undefined` stands for one that was missing. */
export interface CompiledLocal {
  readonly uses: ReadonlyMap<string, readonly Clause[] | undefined>;
  readonly code: Code;
}

export interface Typespec {
  readonly kind: string;
  readonly expression: Term;
  readonly line: number;
  readonly env: Env;
}

export const ACCUMULATED = [
  "after_compile",
  "after_verify",
  "before_compile",
  "behaviour",
  "compile",
  "derive",
  "dialyzer",
  "external_resource",
  "on_definition",
  "type",
  "opaque",
  "typep",
  "spec",
  "callback",
  "macrocallback",
  "optional_callbacks",
] as const;

const PERSISTED = ["behaviour", "dialyzer", "external_resource", "on_load", "vsn", "nifs"];

export class OpenModule {
  readonly module: Atom;
  readonly file: string;
  readonly line: number;
  /** Set by an error that was reported without ending the expansion. */
  tainted = false;
  mode: "all" | "readonly" = "all";
  readonly tracker: LexicalTracker | null;
  /** Who runs the body: a module whose process has ended halfway is not being defined any more. */
  owner = S.p;

  /** By `name/arity`, in order of first definition. */
  readonly definitions = new Map<string, StoredDefinition>();
  lastDefinition: string | null = null;
  /** Arities and numbers of defaults of definitions with defaults, by name. */
  readonly defaults = new Map<Atom, { arity: number; defaults: number }[]>();
  readonly overridables = new Map<string, Overridable>();
  /** Private definitions that something outside function bodies uses. */
  readonly usedPrivate = new Set<string>();
  /** Functions of imports that function bodies use, by `name/arity`: where from. */
  readonly usedImports = new Map<string, Atom>();

  readonly attributes = new Map<Atom, Attribute>();
  readonly persisted: Atom[] = PERSISTED.map(atom);
  readonly warnAttributes: Atom[] = [];
  readonly docMetadata = new Map<Atom, TermMap>();
  readonly docs = new Map<string, Documentation & { context: Term | undefined }>();
  readonly deprecated: { name: Atom; arity: number; reason: Term }[] = [];
  readonly impls: Impl[] = [];
  readonly typespecs: Typespec[] = [];
  struct: Term | null = null;

  readonly cache = new Map<unknown, Term>();
  readonly envs: Env[] = [];
  counter = 0;
  /** Local macros compiled so far, by `name/arity`, with the clauses they were made from (see `locals.ts`). */
  readonly compiledLocals = new Map<string, CompiledLocal>();

  constructor(module: Atom, file: string, line: number, tracker: LexicalTracker | null) {
    this.module = module;
    this.file = file;
    this.line = line;
    this.tracker = tracker;
    this.attributes.set(atom("moduledoc"), { value: atom("nil"), accumulated: null, state: "nil" });
    for (const name of ACCUMULATED) {
      this.attributes.set(atom(name), { value: EMPTY, accumulated: [], state: "used" });
    }
  }

  definition(name: Atom, arity: number): StoredDefinition | undefined {
    return this.definitions.get(`${name.name}/${arity}`);
  }

  accumulated(name: string): readonly Term[] {
    return this.attributes.get(atom(name))?.accumulated ?? [];
  }
}

const open = new Map<Atom, OpenModule>();

export function openModule(module: Atom): OpenModule | undefined {
  const found = open.get(module);
  if (found === undefined || found.owner === null || found.owner.status !== EXITED) return found;
  open.delete(module);
  return undefined;
}

/** The modules that the current process is defining, innermost first. */
export function modulesBeingDefined(): Atom[] {
  return [...open.values()]
    .filter(({ owner }) => owner === S.p)
    .map(({ module }) => module)
    .reverse();
}

export function enterModule(module: OpenModule): void {
  open.set(module.module, module);
}

export function leaveModule(module: OpenModule): void {
  if (open.get(module.module) === module) open.delete(module.module);
}

/** Forgets modules whose definition was cut short, as when the machine starts anew. */
export function resetOpenModules(): void {
  open.clear();
}

export function frozen(definition: StoredDefinition): Definition {
  const { name, arity, kind, meta, clauses } = definition;
  return { name, arity, kind, meta, clauses };
}
