/**
 * What processes do, as one stream of typed events: pictures, the stepper and assertions read it alone.
 * Nobody watching costs one comparison per operation. Events name the processes themselves; a sink that
 * keeps or sends them on takes from them what it needs.
 */
import type { Atom } from "../term/atom.ts";
import type { Pid, Reference } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import type { Message, Process } from "./process.ts";

export type TraceEvent =
  | { readonly type: "spawn"; readonly process: Process; readonly parent: Process | null }
  | { readonly type: "exit"; readonly process: Process; readonly reason: Term }
  /** `process` is `null` for a timer and for the host. The `deliver` that follows at once is of this message; without one, nobody is there. */
  | { readonly type: "send"; readonly process: Process | null; readonly to: Term; readonly message: Term }
  /** The entry of a mailbox is the message's identity until it is taken out. */
  | { readonly type: "deliver"; readonly process: Process; readonly message: Message }
  /** A receive looked at the message and left it where it is. */
  | { readonly type: "skip"; readonly process: Process; readonly message: Message }
  | { readonly type: "match"; readonly process: Process; readonly message: Message }
  /** No message matched; `until` is the deadline of its `after`. */
  | { readonly type: "block"; readonly process: Process; readonly until: number | null }
  /** The time of an `after` has come while its process was waiting: it is ready to run. */
  | { readonly type: "wake"; readonly process: Process }
  /** The receive goes on with its `after`. */
  | { readonly type: "timeout"; readonly process: Process }
  | { readonly type: "in"; readonly process: Process }
  | {
      readonly type: "out";
      readonly process: Process;
      readonly reductions: number;
      /** The status in which the slice has left it: see `process.ts`. */
      readonly status: number;
    }
  | { readonly type: "link" | "unlink"; readonly process: Process; readonly other: Pid }
  | {
      readonly type: "monitor" | "demonitor";
      readonly process: Process;
      readonly other: Term;
      readonly reference: Reference;
    }
  | { readonly type: "signal"; readonly process: Process; readonly from: Pid; readonly reason: Term }
  | { readonly type: "register" | "unregister"; readonly process: Pid; readonly name: Atom }
  | { readonly type: "label"; readonly process: Process; readonly label: Term }
  | { readonly type: "hold" | "release"; readonly process: Process };

export type TraceSink = (event: TraceEvent) => void;
