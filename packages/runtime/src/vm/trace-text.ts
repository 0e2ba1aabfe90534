/** The trace as lines of JSON, one an entry: what `--trace` writes. */
import type { TraceEvent, TraceSink } from "../process/trace.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { TraceReader } from "./trace-reader.ts";
import { Recorder } from "./trace-recorder.ts";

/** So many events are turned into text at a time. */
const BATCH = 500;

export interface TraceFile {
  readonly sink: TraceSink;
  /** Writes what is left. */
  close(): void;
}

/** Writes the trace of a scheduler; `isProgram` tells files whose lines are named. */
export function traceLines(
  scheduler: Scheduler,
  write: (lines: string) => void,
  isProgram: (file: string) => boolean,
): TraceFile {
  const recorder = new Recorder(() => scheduler.now());
  const reader = new TraceReader(isProgram);
  const flush = () => {
    const entries = reader.read(recorder.entries.splice(0));
    if (entries.length > 0) write(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  };
  return {
    sink(event: TraceEvent) {
      recorder.add(event);
      if (recorder.entries.length >= BATCH && event.type !== "send") flush();
    },
    close: flush,
  };
}
