/** The promises of `@behaviour` and `@impl`, checked when a module is complete. What is amiss is a warning. */
import { call, type Task } from "../../process/task.ts";
import { keywordGet, line as lineOf } from "../../syntax/quoted.ts";
import { Atom, atom, FALSE, TRUE } from "../../term/atom.ts";
import { strictEquals } from "../../term/compare.ts";
import type { Term } from "../../term/term.ts";
import { namesAndArities } from "../env.ts";
import { inspectAtom, type Place } from "../errors.ts";
import type { Definition, DefinitionKind } from "../host.ts";
import type { Impl, OpenModule } from "./open-module.ts";

interface Callback {
  readonly kind: "def" | "defmacro";
  readonly behaviour: Atom;
  readonly optional: boolean;
}

const CONTEXT = atom("context");
const INFO = atom("behaviour_info");

/** What is amiss, and where. */
export interface Finding {
  readonly line: number;
  readonly message: string;
  readonly file: string;
}

export function* checkBehaviours(
  at: Place,
  open: OpenModule,
  definitions: readonly Definition[],
): Task<Finding[]> {
  const findings: Finding[] = [];
  const behaviours = open.accumulated("behaviour").filter((value): value is Atom => value instanceof Atom);
  const { host } = at;
  const module = inspectAtom(open.module);
  const report = (line: number, message: string, file = open.file): void => {
    findings.push({ line, message, file });
  };
  const callbacks = new Map<string, Callback[]>();
  for (const behaviour of behaviours) {
    const shown = inspectAtom(behaviour);
    if (!(yield* host.ensureLoaded(behaviour))) {
      report(open.line, `@behaviour ${shown} does not exist (in module ${module})`);
      continue;
    }
    const info = host.code(behaviour, INFO, 1);
    if (info === null) {
      report(open.line, `module ${shown} is not a behaviour (in module ${module})`);
      continue;
    }
    const optional = namesAndArities(yield* call(info, atom("optional_callbacks")));
    for (const [name, arity] of namesAndArities(yield* call(info, atom("callbacks")))) {
      const isMacro = name.name.startsWith("MACRO-");
      const key = isMacro ? `${name.name.slice("MACRO-".length)}/${arity - 1}` : `${name.name}/${arity}`;
      const kind = isMacro ? "defmacro" : "def";
      const known = callbacks.get(key);
      if (known !== undefined) {
        const conflict = known[0].behaviour;
        report(
          open.line,
          conflict === behaviour
            ? `the behaviour ${shown} has been declared twice (conflict in ${described(kind, key)} in module ${module})`
            : `conflicting behaviours found. Callback ${described(kind, key)} is defined by both ` +
                `${inspectAtom(conflict)} and ${shown} (in module ${module})`,
        );
      }
      const isOptional = optional.some(([other, of]) => other === name && of === arity);
      callbacks.set(key, [{ kind, behaviour, optional: isOptional }, ...(known ?? [])]);
    }
  }
  if (open.impls.length > 0) checkImpls(open, behaviours, callbacks, definitions, report);
  for (const [key, found] of [...callbacks].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const { kind, behaviour, optional } of found) {
      // Also one that is private and not needed.
      const definition = open.definitions.get(key);
      const isProtocol = host.code(behaviour, atom("__protocol__"), 1) !== null;
      const required = `${described(kind, key)} required by ${isProtocol ? "protocol" : "behaviour"} ${inspectAtom(behaviour)}`;
      if (definition === undefined) {
        if (!optional) report(open.line, `${required} is not implemented (in module ${module})`);
      } else if (definition.kind !== kind) {
        report(
          open.line,
          `${required} was implemented as "${definition.kind}" but should have been "${kind}" (in module ${module})`,
        );
      }
    }
  }
  return findings;
}

type Report = (line: number, message: string, file?: string) => void;

function described(kind: DefinitionKind, key: string): string {
  return `${kind === "def" || kind === "defp" ? "function" : "macro"} ${key}`;
}

/** Removes from `callbacks` what an `@impl` covers. */
function checkImpls(
  open: OpenModule,
  behaviours: readonly Atom[],
  callbacks: Map<string, Callback[]>,
  definitions: readonly Definition[],
  report: Report,
): void {
  const all = new Map(callbacks);
  const contexts = new Map<Atom, (Term | undefined)[]>();
  for (const impl of open.impls) {
    const keys = Array.from(
      { length: impl.defaults + 1 },
      (_, i) => `${impl.name.name}/${impl.arity - impl.defaults + i}`,
    );
    const problem = implProblem(impl, keys, behaviours, all);
    if (problem !== null) {
      report(impl.line, problem, impl.file);
      continue;
    }
    if (impl.value === FALSE) continue;
    for (const key of keys) {
      const found = all.get(key) ?? [];
      if (impl.value !== TRUE && !found.some(({ behaviour }) => behaviour === impl.value)) continue;
      for (const { behaviour } of found) {
        contexts.set(behaviour, [impl.context, ...(contexts.get(behaviour) ?? [])]);
      }
      callbacks.delete(key);
    }
  }
  for (const { name, arity, kind, meta } of definitions) {
    if (kind !== "def" && kind !== "defmacro") continue;
    const context = keywordGet(meta, CONTEXT);
    const missing = callbacks.get(`${name.name}/${arity}`)?.find(({ behaviour }) => {
      const known = contexts.get(behaviour);
      if (known === undefined) return context === undefined;
      return known.some((other) => other === context || (other && context && strictEquals(other, context)));
    });
    if (missing === undefined) continue;
    report(
      lineOf(meta),
      `module attribute @impl was not set for ${described(kind, `${name.name}/${arity}`)} callback (specified in ` +
        `${inspectAtom(missing.behaviour)}). This either means you forgot to add the "@impl true" annotation before ` +
        "the definition or that you are accidentally overriding this callback",
    );
  }
}

function implProblem(
  impl: Impl,
  keys: readonly string[],
  behaviours: readonly Atom[],
  callbacks: ReadonlyMap<string, readonly Callback[]>,
): string | null {
  const { kind, value } = impl;
  const what = described(kind, `${impl.name.name}/${impl.arity}`);
  if (kind === "defp" || kind === "defmacrop") {
    return `${what} is private, @impl attribute is always discarded for private functions/macros`;
  }
  const got = `got "@impl ${inspectAtom(value)}" for ${what}`;
  if (behaviours.length === 0) return `${got} but no behaviour was declared`;
  const found = keys.flatMap((key) => callbacks.get(key) ?? []);
  if (value === FALSE) {
    return found.length === 0
      ? null
      : `${got} but it is a callback specified in ${inspectAtom(found[0].behaviour)}`;
  }
  if (value === TRUE) {
    return found.length > 0
      ? null
      : `${got} but no behaviour specifies such callback${knownCallbacks(callbacks)}`;
  }
  if (found.some(({ behaviour }) => behaviour === value)) return null;
  if (!behaviours.includes(value)) return `${got} but this behaviour was not declared with @behaviour`;
  return `${got} but this behaviour does not specify such callback${knownCallbacks(callbacks)}`;
}

function knownCallbacks(callbacks: ReadonlyMap<string, readonly Callback[]>): string {
  if (callbacks.size === 0) {
    return ". There are no known callbacks, please specify the proper @behaviour and make sure it defines callbacks";
  }
  const sorted = [...callbacks].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.flatMap(([key, found]) =>
    found.map(
      ({ kind, behaviour }) =>
        `\n  * ${inspectAtom(behaviour)}.${key} (${kind === "def" ? "function" : "macro"})`,
    ),
  );
  return `. The known callbacks are:\n${lines.join("")}\n`;
}
