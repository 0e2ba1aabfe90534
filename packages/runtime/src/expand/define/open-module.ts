/**
 * A module that is being defined: its definitions, attributes and whatever else `defmodule` collects before it
 * compiles. Elixir keeps this in two ETS tables a module; here it is one object, found by the module's name
 * while the body runs (`open-modules.ts`).
 */
import { S } from "../../process/stack.ts";
import type { Task } from "../../process/task.ts";
import { metaGet } from "../../syntax/quoted.ts";
import { type Atom, atom } from "../../term/atom.ts";
import type { Bitstring } from "../../term/bitstring.ts";
import type { Code } from "../../term/fun.ts";
import { EMPTY } from "../../term/list.ts";
import type { TermMap } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2 } from "../../term/tuple.ts";
import type { Env, LexicalTracker } from "../env.ts";
import type { Clause, DefinitionKind, Documentation, Host } from "../host.ts";
import type { Scope } from "../scope.ts";
import { compileLocal } from "./locals.ts";
import { resolveSuper, type SuperTarget } from "./overridable.ts";

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

const FILE = atom("file");

/** The file that `@file` or `location: :keep` names, or else the one that it is written in. */
export function fileOf(definition: StoredDefinition): string {
  const named = metaGet(definition.meta, FILE);
  return named instanceof Tuple2 ? ((named.a as Bitstring).text as string) : definition.file;
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

  // What the expander asks of it, which only programs that define modules have loaded.

  /** The code of one of its definitions. */
  compileLocal(host: Host, wanted: StoredDefinition, env: Env): Task<Code> {
    return compileLocal(host, this, wanted, env);
  }

  /** What `super` calls in the function being defined. */
  resolveSuper(scope: Scope, meta: Term, arity: number): SuperTarget {
    return resolveSuper(this, scope, meta, arity);
  }
}
