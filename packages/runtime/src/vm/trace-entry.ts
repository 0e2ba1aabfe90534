/**
 * The trace as data: what `--trace` writes, one a line, and what a page draws its pictures from. Processes are numbers (the
 * middle one of `#PID<0.7.0>`; 0 is nobody: the host or a timer), terms are short inspected text.
 */

/** A line of the program: for a page `file` is the block that has it. */
export interface TracePlace {
  readonly file: string;
  readonly line: number;
}

/** A variable of a suspended call. */
export interface TraceBinding {
  readonly name: string;
  readonly text: string;
}

/** A call that waits for another one to return, or for a message. */
export interface TraceFrame {
  readonly function: string;
  readonly place: TracePlace | null;
  readonly bindings: readonly TraceBinding[];
}

export interface TraceMessage {
  /** Unique in the trace. */
  readonly message: number;
  readonly text: string;
}

interface Common {
  /** Milliseconds of the clock of the run. */
  readonly time: number;
  readonly pid: number;
  /** Where the program said so, if that is known. */
  readonly place?: TracePlace;
}

export type TraceEntry = Common &
  (
    | {
        /** A process that was there when the trace began. */
        readonly type: "known";
        readonly parent: number;
        readonly code: string | null;
        readonly name: string | null;
        readonly label: string | null;
        readonly state: "ready" | "waiting" | "held";
        readonly links: readonly number[];
        readonly monitors: readonly { readonly reference: number; readonly other: number }[];
        readonly mailbox: readonly TraceMessage[];
      }
    /** Of all that were there when the trace began so many are not told. */
    | { readonly type: "unknown"; readonly count: number }
    /** Between the slices before and after this there were so many more, in which nothing but computing happened. */
    | { readonly type: "omitted"; readonly slices: number; readonly reductions: number }
    /** `code` is the function that it was started with, `null` for an anonymous one. */
    | { readonly type: "spawn"; readonly parent: number; readonly code: string | null }
    | { readonly type: "exit"; readonly reason: string; readonly isCrash: boolean }
    /** `message` is 0 when it reached nobody, `to` 0 when that is not even a process. */
    | {
        readonly type: "send";
        readonly to: number;
        readonly target: string;
        readonly message: number;
        readonly text: string;
      }
    /** A message is in the mailbox. `origin` says what it is: sent, or made by the runtime. */
    | {
        readonly type: "deliver";
        readonly from: number;
        readonly origin: "send" | "timer" | "exit" | "down";
        readonly message: number;
        readonly text: string;
      }
    /** A receive tried its patterns on the message and left it where it is. */
    | { readonly type: "skip"; readonly message: number }
    | { readonly type: "match"; readonly message: number; readonly clauses: readonly number[] }
    /**
     * Nothing matched; `until` is the time of the `after`. `clauses` are the lines of the receive's clauses, without
     * `after`, where the program's own text has it.
     */
    | {
        readonly type: "block";
        readonly until: number | null;
        readonly on: "message" | "device";
        readonly clauses: readonly number[];
      }
    | { readonly type: "wake" }
    | { readonly type: "timeout" }
    /** A slice begins, and ends after so many reductions. */
    | { readonly type: "in" }
    | {
        readonly type: "out";
        readonly reductions: number;
        readonly state: "preempted" | "waiting" | "held" | "exited";
        /** The suspended calls of the program, innermost first. */
        readonly frames: readonly TraceFrame[];
      }
    | { readonly type: "link" | "unlink"; readonly other: number }
    | { readonly type: "monitor" | "demonitor"; readonly other: number; readonly reference: number }
    /** An exit signal arrives. */
    | { readonly type: "signal"; readonly from: number; readonly reason: string }
    | { readonly type: "name"; readonly name: string | null }
    | { readonly type: "label"; readonly label: string }
    | { readonly type: "hold" | "release" }
    | { readonly type: "print"; readonly text: string }
    /** The expression of the block that begins at this line has this value. */
    | { readonly type: "value"; readonly text: string; readonly line: number | null }
  );
