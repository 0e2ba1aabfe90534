/**
 * Monitors and aliases. Each is its own reference: `demonitor` and a send to an alias need no look-up.
 *
 * A monitor is in two lists, that of its owner and that of the watched process, linked through the
 * monitor itself, from the youngest on: a GenServer call sets and removes one, so both must cost next to nothing.
 */
import { atom } from "../term/atom.ts";
import { LOCAL_NODE, nextReferenceId, Reference } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { Tuple5 } from "../term/tuple.ts";
import { extraOf, type ProcessExtra } from "./extra.ts";
import { NOPROC } from "./outcome.ts";
import { EXITED, type Process } from "./process.ts";
import { markMailbox } from "./receive.ts";
import { S } from "./stack.ts";

export const DOWN = atom("DOWN");
const PROCESS = atom("process");

/** When an alias stops being one. */
export type AliasMode = "none" | "explicit_unalias" | "demonitor" | "reply_demonitor" | "reply";

export class Alias extends Reference {
  /** Who receives what is sent to the reference; `null` once inactive. */
  owner: Process | null;
  mode: AliasMode;

  constructor(id: number, owner: Process | null, mode: AliasMode) {
    super(LOCAL_NODE, id);
    this.owner = owner;
    this.mode = mode;
  }

  /** Takes what is sent to the reference. */
  accept(message: Term): void {
    const { owner } = this;
    if (owner === null) return;
    if (this.mode === "reply") unalias(this);
    else if (this.mode === "reply_demonitor") demonitor(this as unknown as Monitor);
    S.system.deliver(owner, message);
  }
}

export class Monitor extends Alias {
  /** Who gets the `DOWN` message. */
  readonly watcher: Process;
  /** The watched process; `null` when the monitor is over. */
  target: Process | null = null;
  /** What `DOWN` names: the pid, or `{name, node}`. */
  readonly object: Term;
  /** The first element of the message: `:DOWN` unless the `tag` option says otherwise. */
  readonly tag: Term;
  // Its neighbours among the monitors of its watcher, and among those on its target.
  ownedOlder: Monitor | null = null;
  ownedYounger: Monitor | null = null;
  heldOlder: Monitor | null = null;
  heldYounger: Monitor | null = null;

  constructor(id: number, watcher: Process, object: Term, tag: Term, mode: AliasMode) {
    super(id, mode === "none" ? null : watcher, mode);
    this.watcher = watcher;
    this.object = object;
    this.tag = tag;
  }
}

/** Puts a monitor into both lists. */
function insert(monitor: Monitor, target: Process): void {
  monitor.target = target;
  const watching = extraOf(monitor.watcher);
  const owned = watching.monitors;
  if (owned !== null) {
    monitor.ownedOlder = owned;
    owned.ownedYounger = monitor;
  }
  watching.monitors = monitor;
  const watched = extraOf(target);
  const held = watched.monitoredBy;
  if (held !== null) {
    monitor.heldOlder = held;
    held.heldYounger = monitor;
  }
  watched.monitoredBy = monitor;
}

function removeOwned(monitor: Monitor): void {
  const { ownedOlder: older, ownedYounger: younger } = monitor;
  if (younger !== null) {
    younger.ownedOlder = older;
    monitor.ownedYounger = null;
  } else (monitor.watcher.extra as ProcessExtra).monitors = older;
  if (older !== null) {
    older.ownedYounger = younger;
    monitor.ownedOlder = null;
  }
}

function removeHeld(monitor: Monitor, target: Process): void {
  const { heldOlder: older, heldYounger: younger } = monitor;
  if (younger !== null) {
    younger.heldOlder = older;
    monitor.heldYounger = null;
  } else (target.extra as ProcessExtra).monitoredBy = older;
  if (older !== null) {
    older.heldYounger = younger;
    monitor.heldOlder = null;
  }
}

/** The monitors that a process holds, in order of monitoring. */
export function monitorsOf(extra: ProcessExtra | null): Monitor[] {
  const found: Monitor[] = [];
  for (let each = extra?.monitors; each; each = each.ownedOlder) found.push(each);
  return found.reverse();
}

/** Those held on it, in order of monitoring, which is the order of the `DOWN` messages. */
export function monitorsOn(extra: ProcessExtra | null): Monitor[] {
  const found: Monitor[] = [];
  for (let each = extra?.monitoredBy; each; each = each.heldOlder) found.push(each);
  return found.reverse();
}

/** A process has ended: so have its monitors, and those on it tell why. */
export function endMonitors(extra: ProcessExtra, reason: Term): void {
  for (let monitor = extra.monitors; monitor !== null; monitor = monitor.ownedOlder) {
    removeHeld(monitor, monitor.target as Process);
    monitor.target = null;
    monitor.owner = null;
  }
  for (const monitor of monitorsOn(extra)) {
    removeOwned(monitor);
    monitor.target = null;
    aliasOutlives(monitor);
    const { watcher, tag, object } = monitor;
    S.system.deliver(watcher, new Tuple5(tag, monitor, PROCESS, object, reason));
  }
}

/** Lives on: see `System.lasting`. */
let _lasting: Monitor | null = null;

/** Watches a process; with `target` null its `DOWN` comes at once, for the reason given. */
export function monitor(
  watcher: Process,
  target: Process | null,
  object: Term,
  tag: Term = DOWN,
  mode: AliasMode = "none",
  absent: Term = NOPROC,
): Monitor {
  _lasting ??= new Monitor(0, null as unknown as Process, NOPROC, DOWN, "none");
  const monitor = new Monitor(nextReferenceId(), watcher, object, tag, mode);
  markMailbox(watcher, monitor);
  S.trace?.({ type: "monitor", process: watcher, other: object, reference: monitor });
  if (target === null || target.status === EXITED) {
    aliasOutlives(monitor);
    S.system.deliver(watcher, new Tuple5(tag, monitor, PROCESS, object, absent));
    return monitor;
  }
  // A process that watches itself gets a reference and never a message.
  if (target === watcher) {
    if (mode !== "none") keepAlias(monitor);
  } else {
    insert(monitor, target);
    S.system.endMonitors ??= endMonitors;
  }
  return monitor;
}

/** A monitor is over: its alias ends with it, or becomes one like others. */
function aliasOutlives(monitor: Monitor): void {
  if (monitor.owner === null) return;
  if (monitor.mode === "explicit_unalias") keepAlias(monitor);
  else unalias(monitor);
}

/** Ends a monitor; true when it was still to fire. */
export function demonitor(monitor: Monitor): boolean {
  const { target } = monitor;
  if (target === null) {
    if (monitor.mode !== "explicit_unalias") unalias(monitor);
    return false;
  }
  monitor.target = null;
  removeOwned(monitor);
  removeHeld(monitor, target);
  aliasOutlives(monitor);
  S.trace?.({ type: "demonitor", process: monitor.watcher, other: monitor.object, reference: monitor });
  return true;
}

export function alias(owner: Process, mode: AliasMode): Alias {
  const alias = new Alias(nextReferenceId(), owner, mode);
  markMailbox(owner, alias);
  keepAlias(alias);
  return alias;
}

function keepAlias(alias: Alias): void {
  const extra = extraOf(alias.owner as Process);
  extra.aliases ??= new Set();
  extra.aliases.add(alias);
}

/** Deactivates an alias; false when it was not active. */
export function unalias(alias: Alias): boolean {
  const { owner } = alias;
  if (owner === null) return false;
  alias.owner = null;
  owner.extra?.aliases?.delete(alias);
  return true;
}
