/** The modules that are being defined, by name. */
import { EXITED } from "../../process/process.ts";
import { S } from "../../process/stack.ts";
import type { Atom } from "../../term/atom.ts";
import type { DefinitionKind } from "../host.ts";
import type { OpenModule, StoredDefinition } from "./open-module.ts";

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

/** The definition of the open module, if it is of one of the kinds. */
export function localDefinition(
  module: Atom,
  name: Atom,
  arity: number,
  kinds: readonly DefinitionKind[],
): StoredDefinition | null {
  const found = openModule(module)?.definition(name, arity);
  return found !== undefined && found.clauses.length > 0 && kinds.includes(found.kind) ? found : null;
}
