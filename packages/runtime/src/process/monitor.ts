/**
 * Monitors and aliases. Each is its own reference: `demonitor` and a send to an alias need no look-up.
 *
 * A monitor is in two lists, that of its owner and that of the watched process, linked through the
 * monitor itself: a GenServer call sets and removes one, so both must cost next to nothing.
 */
import { LOCAL_NODE, Reference } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import type { Process } from "./process.ts";

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

  *[Symbol.iterator](): Iterator<Monitor> {
    let monitor = this.first;
    while (monitor !== null) {
      const next = this.#side === "owned" ? monitor.ownedNext : monitor.heldNext;
      yield monitor;
      monitor = next;
    }
  }
}
