/** The instructions of the matcher, and a pattern made of them. */
import type { CharSet } from "./char-set.ts";

/** Operations, with their operands. */
export const Op = {
  /** code unit */
  CHAR: 0,
  /** set */
  SET: 1,
  /** expression: matches here, and is not gone back into */
  UNIT: 2,
  /** expression, kind: is true here */
  PLACE: 3,
  START: 4,
  /** address: goes on behind this, and there when that fails */
  SPLIT: 5,
  JUMP: 6,
  /** register: the place */
  HERE: 7,
  /** group: it matched from the place of its opening on */
  CLOSE: 8,
  /** register, value */
  SET_REGISTER: 9,
  /** counter, min, max, is lazy, exit */
  COUNT: 10,
  /** register of the iteration's start, counter or -1, min, exit: an iteration that matched nothing is the last */
  CHECK_EMPTY: 11,
  /** set, min, max */
  RUN_GREEDY: 12,
  RUN_LAZY: 13,
  RUN_POSSESSIVE: 14,
  /** register: the height of the stack */
  MARK: 15,
  /** register: drops the choices above the mark */
  CUT: 16,
  /** register: goes back to the place that it holds */
  BACK_TO: 17,
  /** register: undoes all above the mark */
  UNDO: 18,
  /** characters */
  BACK: 19,
  /** groups, is caseless */
  REFERENCE: 20,
  /** group, address */
  CALL: 21,
  /** group: the end of a call of it */
  RETURN: 22,
  /** groups, address if none is set */
  IF_SET: 23,
  /** groups, address if not within a call of one */
  IF_RECURSION: 24,
  FAIL: 25,
  COMMIT: 26,
  PRUNE: 27,
  SKIP: 28,
  /** name */
  SKIP_TO: 29,
  /** the choice of which the next alternative is tried, or -1 */
  THEN: 30,
  /** name */
  NAME: 31,
  /** address: the rest of an alternative, for THEN */
  SPLIT_THEN: 32,
  /** choice: the group starts here, for THEN */
  BEGIN_THEN: 33,
  /** what a verb of an assertion does not go beyond */
  BARRIER: 34,
  END: 35,
} as const;

export interface Program {
  readonly code: Int32Array;
  readonly sets: readonly CharSet[];
  readonly expressions: readonly RegExp[];
  readonly groupLists: readonly (readonly number[])[];
  readonly names: readonly string[];
  readonly captures: number;
  /** Registers: two for each group, one for where each group opened, `\K`, and those of loops and assertions. */
  readonly registers: number;
  readonly keep: number;
  readonly matchLimit: number;
  readonly isAnchored: boolean;
  /** Finds the next place where a match may start. */
  readonly first: RegExp | null;
  /** A character without which there is no match. */
  readonly required: string | null;
}
