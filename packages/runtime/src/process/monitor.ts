/**
 * Monitors and aliases. Each is its own reference: `demonitor` and a send to an alias need no look-up.
 *
 * A monitor is in two lists, that of its owner and that of the watched process, linked through the
 * monitor itself: a GenServer call sets and removes one, so both must cost next to nothing.
 */
import { atom } from "../term/atom.ts";
import { LOCAL_NODE, nextReferenceId, Reference } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { Tuple5 } from "../term/tuple.ts";
import { extraOf } from "./extra.ts";
import { NOPROC } from "./outcome.ts";
import { EXITED, type Process } from "./process.ts";
import { markMailbox } from "./receive.ts";
import { S } from "./stack.ts";

const DOWN = atom("DOWN");
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
  ownedNext: Monitor | null = null;
  ownedPrevious: Monitor | null = null;
  heldNext: Monitor | null = null;
  heldPrevious: Monitor | null = null;

  constructor(id: number, watcher: Process, object: Term, tag: Term, mode: AliasMode) {
    super(id, mode === "none" ? null : watcher, mode);
    this.watcher = watcher;
    this.object = object;
    this.tag = tag;
  }
}

/** In order of monitoring, which is the order of the `DOWN` messages. */
export class MonitorList {
  first: Monitor | null = null;
  last: Monitor | null = null;
  readonly #side: "owned" | "held";

  constructor(side: "owned" | "held") {
    this.#side = side;
  }

  add(monitor: Monitor): void {
    const last = this.last;
    if (last === null) this.first = monitor;
    else if (this.#side === "owned") last.ownedNext = monitor;
    else last.heldNext = monitor;
    if (this.#side === "owned") monitor.ownedPrevious = last;
    else monitor.heldPrevious = last;
    this.last = monitor;
  }

  remove(monitor: Monitor): void {
    if (this.#side === "owned") {
      const { ownedNext: next, ownedPrevious: previous } = monitor;
      if (previous === null) this.first = next;
      else previous.ownedNext = next;
      if (next === null) this.last = previous;
      else next.ownedPrevious = previous;
      monitor.ownedNext = null;
      monitor.ownedPrevious = null;
    } else {
      const { heldNext: next, heldPrevious: previous } = monitor;
      if (previous === null) this.first = next;
      else previous.heldNext = next;
      if (next === null) this.last = previous;
      else next.heldPrevious = previous;
      monitor.heldNext = null;
      monitor.heldPrevious = null;
    }
  }

  /** The process whose list this is has ended. */
  ended(reason: Term): void {
    for (const monitor of this) {
      const { watcher } = monitor;
      if (this.#side === "owned") {
        (monitor.target as Process).extra?.monitoredBy?.remove(monitor);
        monitor.target = null;
        monitor.owner = null;
      } else {
        watcher.extra?.monitors?.remove(monitor);
        monitor.target = null;
        aliasOutlives(monitor);
        S.system.deliver(watcher, new Tuple5(monitor.tag, monitor, PROCESS, monitor.object, reason));
      }
    }
  }

  *[Symbol.iterator](): Iterator<Monitor> {
    let monitor = this.first;
    while (monitor !== null) {
      const next = this.#side === "owned" ? monitor.ownedNext : monitor.heldNext;
      yield monitor;
      monitor = next;
    }
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
  if (S.trace !== null) {
    S.trace({ type: "monitor", process: watcher, other: object, reference: monitor });
  }
  if (target === null || target.status === EXITED) {
    aliasOutlives(monitor);
    S.system.deliver(watcher, new Tuple5(tag, monitor, PROCESS, object, absent));
    return monitor;
  }
  // A process that watches itself gets a reference and never a message.
  if (target === watcher) {
    if (mode !== "none") keepAlias(monitor);
  } else {
    monitor.target = target;
    (extraOf(watcher).monitors ??= new MonitorList("owned")).add(monitor);
    (extraOf(target).monitoredBy ??= new MonitorList("held")).add(monitor);
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
  monitor.watcher.extra?.monitors?.remove(monitor);
  target.extra?.monitoredBy?.remove(monitor);
  aliasOutlives(monitor);
  if (S.trace !== null) {
    S.trace({ type: "demonitor", process: monitor.watcher, other: monitor.object, reference: monitor });
  }
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
