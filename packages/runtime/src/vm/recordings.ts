/**
 * The recorded runs of a session: one an evaluation, kept until the same block runs again or the session starts anew. What
 * happens while an evaluation is the last one belongs to it, whoever does it; what its own processes do later, too.
 *
 * A recording ends after so many events: from then on tracing is off and costs nothing. It is the beginning that is kept, as a picture
 * that begins in the middle could not say what lies in the mailboxes.
 */

import type { Process } from "../process/process.ts";
import type { TraceEvent } from "../process/trace.ts";
import { runnableIn } from "../scheduler/lane-queue.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { watch } from "../scheduler/watch.ts";
import { estimateProcesses } from "./heap-estimate.ts";
import type { FromWorker, RunCost } from "./protocol.ts";
import { TraceReader } from "./trace-reader.ts";
import { Recorder } from "./trace-recorder.ts";

/** A picture with more of them tells nobody anything. */
const MOST_EVENTS = 6000;
/** Milliseconds between two batches to the page. */
const BATCH_DELAY = 80;
/** Of runnable processes so many are named, in a look at what goes on now. */
const MOST_RUNNABLE = 60;

interface Recording {
  readonly id: string;
  readonly device: Process;
  readonly shell: Process;
  readonly began: number;
  readonly recorder: Recorder;
  readonly reader: TraceReader;
  /** Processes that had been started before, and the host's time. */
  readonly startedBefore: number;
  readonly hostBegan: number;
  cost: RunCost | null;
  isCostTold: boolean;
  told: number;
  isCut: boolean;
}

interface Evaluated {
  readonly id: string;
  readonly device: Process;
  readonly discard: boolean;
}

export interface RecordingsHost {
  readonly scheduler: Scheduler;
  post(message: FromWorker): void;
  /** Whether a file is a block of the page. */
  isProgram(file: string): boolean;
}

export class Recordings {
  readonly #host: RecordingsHost;
  readonly #recordings = new Map<string, Recording>();
  readonly #byDevice = new Map<Process, Recording>();
  /** Ids of those that somebody wants to be told of, also of ones that wait for their turn. */
  readonly #watched = new Set<string>();
  #last: Recording | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(host: RecordingsHost) {
    this.#host = host;
  }

  /** An evaluation begins; what `start` does is no part of it. */
  begin({ id, device, discard }: Evaluated, shell: Process, start: () => void): void {
    const { scheduler } = this.#host;
    watch(scheduler, { host: null });
    // The check of an exercise is none of its runs.
    if (discard) return start();
    this.#last = this.#make(id, device, shell);
    this.#byDevice.set(device, this.#last);
    start();
    watch(scheduler, { host: this.#sink });
  }

  #make(id: string, device: Process, shell: Process): Recording {
    const { scheduler, isProgram } = this.#host;
    const block = blockOf(id);
    for (const [old, recording] of this.#recordings) if (blockOf(old) === block) this.#forget(recording);
    const recording: Recording = {
      id,
      device,
      shell,
      began: scheduler.now(),
      recorder: new Recorder(() => scheduler.now()),
      reader: new TraceReader(isProgram),
      startedBefore: scheduler.started,
      hostBegan: performance.now(),
      cost: null,
      isCostTold: false,
      told: 0,
      isCut: false,
    };
    recording.recorder.begin(scheduler.processes.values());
    this.#recordings.set(id, recording);
    if (this.#watched.has(id)) this.#tellSoon(0);
    return recording;
  }

  /** The evaluation has come to its end; what it has started may live on. */
  finish(id: string): void {
    const recording = this.#recordings.get(id);
    if (recording === undefined) return;
    const started = this.#host.scheduler.started - recording.startedBefore;
    const milliseconds = performance.now() - recording.hostBegan;
    recording.cost = { started, milliseconds, alive: 0, bytes: 0 };
    if (this.#watched.has(id)) this.#tellSoon(0);
  }

  /** Its cost with what is alive now, which takes a walk over all of it. */
  #costOf({ cost, device, shell }: Recording): RunCost | null {
    if (cost === null) return null;
    const processes: Process[] = [];
    for (const p of this.#host.scheduler.processes.values())
      if (p.leader === device && p !== shell) processes.push(p);
    return { ...cost, alive: processes.length, bytes: estimateProcesses(processes) };
  }

  /** Tells the page what has happened, and from now on what happens. */
  watch(id: string, isWatched: boolean): void {
    if (isWatched) this.#watched.add(id);
    else this.#watched.delete(id);
    const recording = this.#recordings.get(id);
    if (recording === undefined || !isWatched) return;
    recording.told = 0;
    this.#tellSoon(0);
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    watch(this.#host.scheduler, { host: null });
    this.#recordings.clear();
    this.#watched.clear();
    this.#byDevice.clear();
    this.#last = null;
  }

  #forget(recording: Recording): void {
    this.#recordings.delete(recording.id);
    this.#watched.delete(recording.id);
    for (const [device, other] of this.#byDevice) if (other === recording) this.#byDevice.delete(device);
  }

  readonly #sink = (event: TraceEvent): void => {
    const last = this.#last as Recording;
    this.#add(last, event);
    const process = event.process as Process | null;
    const leader = process?.leader;
    if (leader !== undefined && leader !== last.device) {
      const other = this.#byDevice.get(leader as Process);
      if (other !== undefined && other !== last) this.#add(other, event);
    }
    if (last.isCut) watch(this.#host.scheduler, { host: null });
  };

  #add(recording: Recording, event: TraceEvent): void {
    if (recording.isCut) return;
    recording.recorder.add(event);
    // Not between a send and its delivery.
    if (recording.recorder.entries.length >= MOST_EVENTS && event.type !== "send") recording.isCut = true;
    if (this.#watched.has(recording.id)) this.#tellSoon(BATCH_DELAY);
  }

  #tellSoon(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      let goesOn = false;
      for (const recording of this.#recordings.values())
        if (this.#watched.has(recording.id) && this.#tell(recording)) goesOn = true;
      if (goesOn) this.#tellSoon(BATCH_DELAY);
    }, delay);
  }

  /** True when there will be more to tell that no event announces. */
  #tell(recording: Recording): boolean {
    const { scheduler, post } = this.#host;
    const { id, recorder, reader, told, began, shell, isCut } = recording;
    const raws = recorder.entries.slice(told);
    // Told again from the beginning, messages keep their numbers.
    const events = reader.read(raws);
    recording.told = recorder.entries.length;
    const cost = told === 0 || !recording.isCostTold ? this.#costOf(recording) : null;
    recording.isCostTold = cost !== null;
    post({ type: "trace", id, first: told === 0, began, shell: shell.id, events, isCut, cost });
    const runnable = runnableIn(scheduler.queue);
    const load = {
      time: scheduler.now(),
      slices: scheduler.slices,
      reductions: scheduler.totalReductions,
      processes: scheduler.processes.size,
      runnable: runnable.length,
      next: runnable.slice(0, MOST_RUNNABLE).map((p) => ({ pid: p.id, reductions: p.reductions })),
    };
    post({ type: "load-now", id, ...load });
    return runnable.length > 0;
  }
}

/** The block of an evaluation: its id up to the colon, behind which the page counts its runs. */
export function blockOf(id: string): string {
  return id.split(":")[0];
}
