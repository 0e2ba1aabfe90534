/**
 * Which aliases and imports a file or module defines and uses, and what it refers to. What is unused is told of those whose
 * code has run: outside of functions, `if false do import … end` tells nothing.
 */
import { DOT, keywordGet, metaGet } from "../../syntax/quoted.ts";
import { type Atom, atom, TRUE } from "../../term/atom.ts";
import { Fun } from "../../term/fun.ts";
import { LOCAL_NODE, makeReference } from "../../term/identifier.ts";
import { EMPTY, list } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple3 } from "../../term/tuple.ts";
import { LexicalTracker, namesAndArities } from "../env.ts";
import type { Scope } from "../scope.ts";

const WARN = atom("warn");
const ONLY = atom("only");
const CONTEXT = atom("context");
const INFO = { module: atom("Elixir.Kernel.LexicalTracker"), name: atom("warn"), arity: 0, index: 0 };

type Pair = readonly [Atom, number];

export class Tracker extends LexicalTracker {
  /** Whether what it belongs to is still being compiled. */
  alive = true;
  /** By alias: where it is defined; removed when used. */
  readonly aliases = new Map<Atom, Term>();
  readonly usedAliases = new Set<Atom>();
  /** By module: where it is imported, what was listed in `only:`, and whether its code has run. */
  readonly imports = new Map<Atom, { meta: Term; only: readonly Pair[]; warn: boolean }>();
  readonly usedImports = new Map<Atom, Set<string>>();
  /** What a tracer has noted: modules needed to compile or to run, those whose exports count, configuration read. */
  readonly references = new Map<Atom, "compile" | "runtime">();
  readonly exports = new Set<Atom>();
  readonly compileEnv: Term[] = [];

  constructor() {
    super(LOCAL_NODE, makeReference().id, 1);
  }

  addAlias(scope: Scope, meta: Term, module: Atom, name: Atom | null, options: Term): Term {
    if (name === null || !warnsUnused(meta, options)) return module;
    return whenRun(scope, meta, module, () => this.warnAlias(name, meta));
  }

  warnAlias(name: Atom, meta: Term): void {
    if (!this.usedAliases.has(name)) this.aliases.set(name, meta);
  }

  addImport(scope: Scope, meta: Term, module: Atom, options: Term): Term {
    if (!warnsUnused(meta, options)) return module;
    const only = keywordGet(options, ONLY);
    const added = { meta, only: only === undefined ? [] : namesAndArities(only), warn: false };
    this.imports.set(module, added);
    this.usedImports.delete(module);
    return whenRun(scope, meta, module, () => {
      added.warn = true;
    });
  }

  useAlias(name: Atom): void {
    this.usedAliases.add(name);
    this.aliases.delete(name);
  }

  useImport(module: Atom, name: Atom, arity: number): void {
    const used = this.usedImports.get(module);
    if (used === undefined) this.usedImports.set(module, new Set([`${name.name}/${arity}`]));
    else used.add(`${name.name}/${arity}`);
  }

  /** The modules that are imported, each with what of it is unused: all, or some of what `only:` has named. */
  *unusedImports(): Generator<{ module: Atom; meta: Term; all: boolean; unused: readonly Pair[] }> {
    for (const [module, { meta, only, warn }] of this.imports) {
      if (!warn) continue;
      const used = this.usedImports.get(module);
      const unused = only.filter(([name, arity]) => !used?.has(`${name.name}/${arity}`));
      yield { module, meta, all: used === undefined, unused };
    }
  }
}

/** Whether an unused alias or import is worth a warning: not when a macro has made it, unless it asks to. */
function warnsUnused(meta: Term, options: Term): boolean {
  const asked = keywordGet(options, WARN);
  return asked === undefined ? metaGet(meta, CONTEXT) === undefined : asked === TRUE;
}

/** The form that is the module and does this when it runs; in a function it is done at once. */
function whenRun(scope: Scope, meta: Term, module: Atom, act: () => void): Term {
  if (scope.env.inFunction || scope.constants === null) {
    act();
    return module;
  }
  const fun = new Fun(() => {
    act();
    return module;
  }, INFO);
  return new Tuple3(new Tuple3(DOT, meta, list([scope.constant(fun)])), meta, EMPTY);
}
