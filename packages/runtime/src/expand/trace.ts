/** What tracers, the modules of the compiler option `tracers`, are told of what is expanded. */
import type { Task } from "../process/task.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import type { Place } from "./errors.ts";

type Tell = (at: Place, event: string, parts: readonly Term[]) => Task<void>;

let tell: Tell;

/** Programs that have tracers define modules, so what tells them comes with the natives for that. */
export function useTracers(told: Tell): void {
  tell = told;
}

export function* trace(at: Place, event: string, ...parts: Term[]): Task<void> {
  if (at.env.tracers !== EMPTY) yield* tell(at, event, parts);
}
