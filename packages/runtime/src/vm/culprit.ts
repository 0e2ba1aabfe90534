/** Whose processes have exceeded a limit. */
import type { LimitExceeded } from "../process/limit.ts";
import type { Process } from "../process/process.ts";
import type { Evaluation } from "./evaluation.ts";

/** The evaluation that has most of what there is too much of. */
export function culpritOf(
  { limit }: LimitExceeded,
  processes: Iterable<Process>,
  evaluationOf: (process: Process) => Evaluation | null,
  current: Evaluation | null,
): Evaluation | null {
  if (limit === "memory" && current !== null) return current;
  const weights = new Map<Evaluation, number>();
  for (const process of processes) {
    const evaluation = evaluationOf(process);
    if (evaluation === null) continue;
    const weight = weights.get(evaluation) ?? 0;
    weights.set(evaluation, limit === "mailbox" ? Math.max(weight, process.mailboxLength) : weight + 1);
  }
  if (limit === "output")
    for (const evaluation of weights.keys()) weights.set(evaluation, evaluation.written);
  let culprit = current;
  let most = 0;
  for (const [evaluation, weight] of weights) if (weight > most) [culprit, most] = [evaluation, weight];
  return culprit;
}
