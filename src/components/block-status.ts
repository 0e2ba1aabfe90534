/** What a block says of a run that has ended, in words. */
import type { Clock } from "./share.ts";

interface Ended {
  /** What it shows no longer follows from the code above it. */
  readonly isStale: boolean;
  /** The time it took, or that it was stopped. */
  readonly ending: string;
  /** How many of the processes that it has started live on. */
  readonly alive: number;
}

export function statusOf({ isStale, ending, alive }: Ended): string {
  return [isStale ? "stale: what it rests on has changed" : "", ending, living(alive)]
    .filter(Boolean)
    .join(" · ");
}

export function elapsed(milliseconds: number, clock: Clock): string {
  const shown =
    milliseconds < 1000
      ? `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`
      : `${(milliseconds / 1000).toFixed(1)} s`;
  return clock === "virtual" ? `${shown} of virtual time` : shown;
}

function living(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "1 process still lives" : `${count.toLocaleString("en")} processes still live`;
}
