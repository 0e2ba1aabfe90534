/**
 * Linked processes, in the order of linking. Most processes have one link, to who supervises them, and need no set.
 */
import { extraOf, type ProcessExtra } from "./extra.ts";
import type { Process } from "./process.ts";

export type Links = Process | Set<Process> | null;

export function linksOf(extra: ProcessExtra | null): Process[] {
  const links = extra?.links ?? null;
  return links instanceof Set ? [...links] : links === null ? [] : [links];
}

/** False when it is there already. */
export function addLink(p: Process, other: Process): boolean {
  const extra = extraOf(p);
  const { links } = extra;
  if (links === null) extra.links = other;
  else if (links instanceof Set) return links.size < links.add(other).size;
  else if (links === other) return false;
  else extra.links = new Set([links, other]);
  return true;
}

/** Whether it was there. */
export function removeLink(p: Process, other: Process): boolean {
  const links = p.extra?.links;
  if (links instanceof Set) return links.delete(other);
  if (links !== other) return false;
  (p.extra as ProcessExtra).links = null;
  return true;
}
