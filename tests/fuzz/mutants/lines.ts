/** Changes of whole lines. Programs are formatted: what belongs to a line is below it, further to the right. */
import type { Random } from "../random.ts";

type LineMutation = (random: Random, code: string) => string | null;

const indentation = (line: string) => line.length - line.trimStart().length;

/** One line leaves, comes twice or changes places with the next. */
const line: LineMutation = (random, code) => {
  const lines = code.split("\n");
  const i = random.below(lines.length);
  switch (random.below(3)) {
    case 0:
      lines.splice(i, 1);
      break;
    case 1:
      lines.splice(i, 0, lines[i]);
      break;
    default:
      if (i + 1 === lines.length) return null;
      [lines[i], lines[i + 1]] = [lines[i + 1], lines[i]];
  }
  return lines.join("\n");
};

/** The line at `start` with what is below it, and the `end` that closes it. */
function block(lines: readonly string[], start: number): string[] {
  let end = start + 1;
  while (
    end < lines.length &&
    (lines[end].trim() === "" || indentation(lines[end]) > indentation(lines[start]))
  )
    end++;
  if (/\bdo$/.test(lines[start]) && lines[end]?.trim() === "end") end++;
  return lines.slice(start, end);
}

const CLAUSE = /^\s*(?:.* -> ?|(?:def|defp|defmacro) .*)/;

/** A clause leaves, or changes places with the next of its kind. */
const clause: LineMutation = (random, code) => {
  const lines = code.split("\n");
  const starts = lines.flatMap((line, i) => (CLAUSE.test(line) && !/\bfn\b/.test(line) ? [i] : []));
  if (starts.length === 0) return null;
  const start = random.pick(starts);
  const first = block(lines, start);
  const next = start + first.length;
  const isPair = starts.includes(next) && indentation(lines[next]) === indentation(lines[start]);
  if (!isPair || random.chance(1, 2)) {
    lines.splice(start, first.length);
  } else {
    const second = block(lines, next);
    lines.splice(start, first.length + second.length, ...second, ...first);
  }
  return lines.join("\n");
};

/** `else`, `rescue`, `catch` or `after` goes with what is below it. */
const section: LineMutation = (random, code) => {
  const lines = code.split("\n");
  const starts = lines.flatMap((line, i) => (/^\s*(?:else|rescue|catch|after)$/.test(line) ? [i] : []));
  if (starts.length === 0) return null;
  const start = random.pick(starts);
  lines.splice(start, block(lines, start).length);
  return lines.join("\n");
};

const GUARD = / when [^\n]*?(?=,? do\b| ->)/g;

const guard: LineMutation = (random, code) => {
  const found = [...code.matchAll(GUARD)];
  if (found.length === 0) return null;
  const { index, 0: text } = random.pick(found);
  return code.slice(0, index) + code.slice(index + text.length);
};

export const LINE_MUTATIONS: readonly LineMutation[] = [line, line, clause, clause, section, guard];
