/**
 * How many calls a slice may make before it is preempted. Within a slice calls use the JavaScript stack, so
 * the budget is what keeps it from overflowing: as deep as the host's stack has been measured to go, up
 * to the 4000 that Erlang uses, beyond which nothing is gained.
 */
/** The frames of a slice must fit into the buffer of `process/stack.ts`. */
export const MOST_REDUCTIONS = 4000;
const LEAST = 50;
/** Frames of compiled code with many locals are larger than the probe's, and builtins need room below. */
const SHARE = 0.4;

/** A frame of the size of a compiled function's with some twenty locals, before it is optimised. */
function descend(depth: number, a: number, b: number, c: number, d: number, e: number, f: number): number {
  const g = a + depth;
  const h = b + g;
  const i = c + h;
  const j = d + i;
  const k = e + j;
  const l = f + k;
  const m = g + l;
  deepest = depth;
  const result = descend(depth + 1, h, i, j, k, l, m);
  return result + a + b + c + d + e + f + g + h + i + j + k + l + m;
}

let deepest = 0;

export function probeStack(): number {
  deepest = 0;
  try {
    descend(0, 0, 0, 0, 0, 0, 0);
  } catch {
    // That it overflows is the measurement.
  }
  return deepest;
}

let measured = 0;

export function defaultBudget(): number {
  if (measured === 0) measured = Math.max(LEAST, Math.min(MOST_REDUCTIONS, Math.floor(probeStack() * SHARE)));
  return measured;
}
