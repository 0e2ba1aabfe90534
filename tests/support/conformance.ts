/**
 * The contract of the conformance cases: what is masked and cut before a recorded outcome and ours are
 * compared. `tests/conformance/cases/README.md` states it in words.
 */
export interface Outcome {
  readonly stdout: string;
  readonly value: string | null;
  readonly error: string | null;
}

export interface Case extends Outcome {
  readonly id: string;
  readonly area: string;
  readonly code: string;
  readonly unordered: boolean;
}

const masks: readonly [RegExp, string][] = [
  [/#PID<\d+\.\d+\.\d+>/g, "#PID<...>"],
  [/#Reference<[\d.]+>/g, "#Reference<...>"],
  [/#Port<[\d.]+>/g, "#Port<...>"],
  [/#Function<(?:"(?:[^"\\]|\\.)*"|[^>"])*>/g, "#Function<...>"],
];

function masked(text: string): string {
  return masks.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** Leaves of an error its banner: no excerpt of the source, no stack trace. */
function cut(error: string): string {
  const lines = error.split("\n");
  const excerpt = lines.findIndex((line) => /^\s*\d*\s*│/.test(line));
  const kept = (excerpt < 0 ? lines : lines.slice(0, excerpt)).filter(
    (line) => !/^\s{4,}(\([^()]*\) )?[^\s:]+:\d+: /.test(line),
  );
  return kept.join("\n").trimEnd();
}

function sortLines(text: string): string {
  return text.split("\n").sort().join("\n");
}

function agree(recorded: string | null, actual: string | null): boolean {
  if (recorded === null || actual === null) return recorded === actual;
  if (!/(#(PID|Reference|Port|Function)<\.\.\.>)/.test(recorded)) return recorded === actual;
  return recorded.replace(/\s/g, "") === actual.replace(/\s/g, "");
}

/** What differs, as `field: expected … got …` lines; empty when the case passes. */
export function differences(expected: Case, actual: Outcome): string[] {
  const normal = (outcome: Outcome) => ({
    stdout: expected.unordered ? sortLines(masked(outcome.stdout)) : masked(outcome.stdout),
    value: outcome.value === null ? null : masked(outcome.value),
    error: outcome.error === null ? null : cut(masked(outcome.error)),
  });
  const [want, got] = [normal(expected), normal(actual)];
  return (["stdout", "value", "error"] as const)
    .filter((field) => !agree(want[field], got[field]))
    .map(
      (field) =>
        `${field}:\n  expected ${JSON.stringify(want[field])}\n  got      ${JSON.stringify(got[field])}`,
    );
}
