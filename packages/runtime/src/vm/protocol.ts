/**
 * What the page and the worker that runs the blocks tell each other. One page has one shell; each
 * evaluation in it has an id, under which everything that it prints, also later, is reported.
 */

import type { ClockKind } from "../scheduler/clock.ts";
import type { TraceEntry } from "./trace-entry.ts";

export type * from "./trace-entry.ts";
export type { ClockKind };

export type Language = "elixir" | "typescript";

/** What a session is made of. */
export interface SessionOptions {
  /** `virtual`: time passes at once when all processes wait; `fast`: likewise, and computing takes real time. */
  readonly clock: ClockKind;
  /** Makes random numbers repeat. */
  readonly seed?: number;
  readonly limits?: Limits;
}

/** What ends a run that gets out of hand. `0` or absent: no limit. */
export interface Limits {
  /** Live processes. */
  readonly processes?: number;
  /** Characters printed by one evaluation. */
  readonly output?: number;
  /** Messages in one mailbox. */
  readonly mailbox?: number;
  /** Estimated bytes of the whole heap. */
  readonly memory?: number;
}

/** How one text is evaluated. */
export interface EvaluationOptions {
  /** Elixir unless given. TypeScript comes as the body of a function: see `vm/typescript-blocks.ts`. */
  readonly language?: Language;
  /** Makes the random numbers from here on repeat. */
  readonly seed?: number;
  /**
   * The evaluation that this one takes the place of: bindings, modules and the mailbox of the shell become what they were
   * before it, and the processes that it and all later ones have started are ended.
   */
  readonly replaces?: string;
  /** Leaves bindings, modules and the mailbox of the shell as they are before. */
  readonly discard?: boolean;
}

/** What the host of a session in a worker sends to it. */
export type ToWorker =
  | { readonly type: "start"; readonly options: SessionOptions }
  | ({
      readonly type: "eval";
      readonly id: string;
      readonly code: string;
    } & EvaluationOptions)
  /** Evaluates code in a process of its own, with the bindings of the shell, while an evaluation runs or after it. */
  | { readonly type: "act"; readonly id: string; readonly code: string }
  /** Ends an evaluation and the processes it has started; bindings and other evaluations stay. */
  | { readonly type: "stop"; readonly id: string }
  /** Ends all processes and forgets all bindings and modules. */
  | { readonly type: "reset"; readonly options: SessionOptions }
  /** Asks for the trace of an evaluation, past and, until it is taken back, to come. */
  | { readonly type: "watch"; readonly id: string; readonly isWatched: boolean }
  | { readonly type: "module"; readonly name: string; readonly source: string }
  | { readonly type: "module"; readonly name: string; readonly source: null; readonly error: string };

/** A process of the program that waits for a message. */
export interface WaitingProcess {
  readonly pid: string;
  /** Under which it is registered. */
  readonly name: string | null;
  /** The shell, which is what evaluates the block. */
  readonly isShell: boolean;
  /** The line of the program in which it waits; `null` where that is not known. */
  readonly place: { readonly file: string; readonly line: number } | null;
  /** The oldest messages that it has not taken out of its mailbox, and how many there are. */
  readonly messages: readonly string[];
  readonly count: number;
}

/** A look at the scheduler between two slices. */
export interface SchedulerLoad {
  readonly time: number;
  /** Slices and reductions since the start. */
  readonly slices: number;
  readonly reductions: number;
  /** Living processes. */
  readonly processes: number;
  /** Length of the run queue, and its first processes with the reductions that each has used. */
  readonly runnable: number;
  readonly next: readonly { readonly pid: number; readonly reductions: number }[];
}

/** What the processes that an evaluation has started have cost. */
export interface RunCost {
  readonly started: number;
  /** Of the host's time, from the begin of the evaluation to its end. */
  readonly milliseconds: number;
  readonly alive: number;
  /** What those hold that are alive, estimated. */
  readonly bytes: number;
}

/** What a session tells: output, values, errors, the end of an evaluation. */
export type FromWorker =
  /** A new shell can evaluate: the answer to `start` and `reset`. */
  | { readonly type: "ready" }
  | { readonly type: "output"; readonly id: string; readonly text: string }
  /** The value of the expression that starts at `line`, as `iex` prints it. */
  | { readonly type: "value"; readonly id: string; readonly line: number | null; readonly text: string }
  /** A warning or an error of the compiler, or one that was logged, such as the crash of a process. */
  | {
      readonly type: "diagnostic";
      readonly id: string;
      readonly severity: "warning" | "error";
      readonly line: number | null;
      readonly text: string;
    }
  | {
      readonly type: "error";
      readonly id: string;
      readonly line: number | null;
      readonly banner: string;
      readonly stacktrace: string;
    }
  /** The evaluation has taken the whole shell with it: bindings, modules and processes are gone. */
  | { readonly type: "restarted"; readonly id: string }
  /** The evaluation has ended, after this many milliseconds of the run's clock. */
  | { readonly type: "done"; readonly id: string; readonly elapsed: number }
  /** Every process waits, and no timer runs: the evaluation goes on only if it is stopped. */
  | { readonly type: "stuck"; readonly id: string; readonly waiting: readonly WaitingProcess[] }
  /** How many processes that the evaluation started are still alive. */
  | { readonly type: "alive"; readonly id: string; readonly count: number }
  /**
   * What happened in an evaluation that is watched, in batches; `first`: from the beginning. `isCut` says that the
   * run went on beyond what is recorded.
   */
  | {
      readonly type: "trace";
      readonly id: string;
      readonly first: boolean;
      /** When the evaluation began, on the clock of the run. */
      readonly began: number;
      /** The process that evaluates the block. */
      readonly shell: number;
      readonly events: readonly TraceEntry[];
      readonly isCut: boolean;
      /** Once it has ended. */
      readonly cost: RunCost | null;
    }
  /** What the scheduler is doing at the moment, with each batch and, beyond the recorded, several times a second. */
  | ({ readonly type: "load-now"; readonly id: string } & SchedulerLoad)
  /** Asks for a file of the runtime, to be answered with `module`. */
  | { readonly type: "load"; readonly name: string; readonly path: string };
