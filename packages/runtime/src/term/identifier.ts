/**
 * Identifiers: pids, references, ports. Each names its node and scheduler, so that a term
 * keeps its meaning when it crosses to another.
 */
export const LOCAL_NODE = 0;

abstract class Identifier {
  /** So consoles and JSON show no whole process, and no lists of monitors. */
  toJSON(): string {
    return this.toString();
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** A process identifier. The process table's own records extend it: a local pid is its process. */
export class Pid extends Identifier {
  /** `LOCAL_NODE`, or the index of a remote node. */
  readonly node: number;
  readonly id: number;
  readonly serial: number;

  constructor(node: number, id: number, serial: number) {
    super();
    this.node = node;
    this.id = id;
    this.serial = serial;
  }

  /** As Elixir shows it. */
  override toString(): string {
    return `#PID<${this.node}.${this.id}.${this.serial}>`;
  }
}

/** A unique reference. Ordered by creation. */
export class Reference extends Identifier {
  readonly node: number;
  readonly id: number;

  constructor(node: number, id: number) {
    super();
    this.node = node;
    this.id = id;
  }

  override toString(): string {
    return `#Reference<${this.node}.0.0.${this.id}>`;
  }
}

export class Port {
  readonly node: number;
  readonly id: number;

  constructor(node: number, id: number) {
    this.node = node;
    this.id = id;
  }
}

let lastReference = 0;

/** The id for a reference of a class of its own, such as a monitor. */
export function nextReferenceId(): number {
  return ++lastReference;
}

/** A reference unlike any other. Mirrors `make_ref/0`. */
export function makeReference(): Reference {
  return new Reference(LOCAL_NODE, ++lastReference);
}

/** Starts the numbers again: only between programs, for runs that must repeat exactly. */
export function resetReferences(): void {
  lastReference = 0;
}
