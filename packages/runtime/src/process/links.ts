/**
 * Links: when a process ends, an exit signal runs along each, in the order of linking. Most processes have one link, to who supervises
 * them, and need no set. The system learns of this file with the first link: a program without links does without.
 */
import type { Pid } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";
import { extraOf, type ProcessExtra } from "./extra.ts";
import { NORMAL } from "./outcome.ts";
import { EXITED, type Process, TRAP_EXIT } from "./process.ts";
import { S } from "./stack.ts";
import { EXIT } from "./system.ts";

export type Links = Process | Set<Process> | null;

export function linksOf(extra: ProcessExtra | null): Process[] {
  const links = extra?.links ?? null;
  return links instanceof Set ? [...links] : links === null ? [] : [links];
}

/** False when it is there already. */
function addLink(p: Process, other: Process): boolean {
  const extra = extraOf(p);
  const { links } = extra;
  if (links === null) extra.links = other;
  else if (links instanceof Set) return links.size < links.add(other).size;
  else if (links === other) return false;
  else extra.links = new Set([links, other]);
  return true;
}

/** Whether it was there. */
function removeLink(p: Process, other: Process): boolean {
  const links = p.extra?.links;
  if (links instanceof Set) return links.delete(other);
  if (links !== other) return false;
  (p.extra as ProcessExtra).links = null;
  return true;
}

export function link(p: Process, other: Process): void {
  if (p === other || !addLink(p, other)) return;
  addLink(other, p);
  S.system.endLinks ??= endLinks;
  S.trace?.({ type: "link", process: p, other });
}

export function unlink(p: Process, other: Process): void {
  if (removeLink(p, other)) {
    removeLink(other, p);
    S.trace?.({ type: "unlink", process: p, other });
  }
}

function endLinks(p: Process, extra: ProcessExtra, reason: Term): void {
  for (const other of linksOf(extra)) {
    removeLink(other, p);
    linkSignal(p, other, reason);
  }
}

/** The exit signal that a link carries, where `kill` is a reason like others. */
export function linkSignal(from: Pid, p: Process, reason: Term): void {
  if (p.status === EXITED) return;
  S.trace?.({ type: "signal", process: p, from, reason });
  if (p.flags & TRAP_EXIT) S.system.deliver(p, new Tuple3(EXIT, from, reason));
  else if (reason !== NORMAL) S.system.die(p, reason);
}
