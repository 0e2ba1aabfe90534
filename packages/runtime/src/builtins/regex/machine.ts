/**
 * Runs the instructions of a pattern on a text, as PCRE would: it goes on as long as they match, and back to the last choice when
 * they do not. Choices, and what must be undone on the way back to them, lie on a stack of its own, so that neither a long text
 * nor a deep pattern uses that of the host. It counts its steps: PCRE's match limit ends a search that would take
 * for ever, and now and then it stops for the other processes to run.
 */

import { Op, type Program } from "./instructions.ts";
import { MatchStack } from "./match-stack.ts";
import { Reader, type Settings } from "./reader.ts";

/** How a try at one place of the text ended. */
export const Outcome = {
  PAUSED: 0,
  MATCHED: 1,
  FAILED: 2,
  /** (*COMMIT): not at any other place either. */
  COMMITTED: 3,
  /** (*SKIP): goes on at `skipTo`. */
  SKIPPED: 4,
  LIMIT: 5,
  LOOP: 6,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** Kinds of entries of the stack. */
const CHOICE = 0;
const UNDO = 1;
const GREEDY = 2;
const LAZY = 3;
const FRAME = 4;
const BARRIER = 5;
const COMMIT = 6;
const PRUNE = 7;
const SKIP = 8;
const SKIP_TO = 9;
const THEN = 10;
const NAME = 11;
const THEN_CHOICE = 12;
const THEN_BEGIN = 13;
/** Into one more iteration of a lazy repetition. */
const CHOICE_ITERATE = 14;

/** Steps between two pauses. */
const STEPS_PER_PAUSE = 50_000;

/** A call of a group that has not returned. */
interface Frame {
  readonly group: number;
  readonly returnTo: number;
  readonly at: number;
  readonly registers: Int32Array;
  readonly height: number;
}

export class Machine extends Reader {
  registers: Int32Array;
  /** Where the match ends, once there is one. */
  at = 0;
  skipTo = 0;
  private readonly offset: number;
  private readonly matchLimit: number;
  private readonly stack = new MatchStack();
  private frames: Frame[] = [];
  private pc = 0;
  private start = 0;
  private steps = 0;

  constructor(program: Program, text: string, offset: number, settings: Settings) {
    super(program, text, settings);
    this.matchLimit = Math.min(program.matchLimit, settings.matchLimit);
    this.offset = offset;
    this.registers = new Int32Array(program.registers);
  }

  begin(start: number): void {
    this.start = start;
    this.at = start;
    this.pc = 0;
    this.steps = 0;
    this.stack.height = 0;
    this.frames = [];
    this.registers.fill(-1);
  }

  /** Goes on with the try at the place where it began. */
  run(): Outcome {
    const { program, text, stack } = this;
    const { code } = program;
    const { length } = text;
    const pauseAt = Math.min(this.steps + STEPS_PER_PAUSE, this.matchLimit);
    let { pc, at, steps } = this;
    for (;;) {
      let goesOn = true;
      switch (code[pc]) {
        case Op.CHAR:
          if (at < length && text.charCodeAt(at) === code[pc + 1]) {
            at++;
            pc += 2;
          } else goesOn = false;
          break;
        case Op.SET: {
          const next = this.stepOver(code[pc + 1], at);
          if (next >= 0) {
            at = next;
            pc += 2;
          } else goesOn = false;
          break;
        }
        case Op.UNIT: {
          const expression = program.expressions[code[pc + 1]];
          expression.lastIndex = at;
          const found = at < length ? expression.exec(text) : null;
          if (found !== null) {
            at += found[0].length;
            pc += 2;
          } else goesOn = false;
          break;
        }
        case Op.PLACE:
          goesOn = this.isPlace(code[pc + 1], code[pc + 2], at);
          pc += 3;
          break;
        case Op.START:
          goesOn = at === this.offset;
          pc++;
          break;
        case Op.SPLIT:
          steps++;
          stack.push(code[pc + 1], at, 0, CHOICE);
          pc += 2;
          break;
        case Op.JUMP:
          pc = code[pc + 1];
          break;
        case Op.HERE:
          this.setRegister(code[pc + 1], at);
          pc += 2;
          break;
        case Op.CLOSE: {
          const group = code[pc + 1];
          this.setRegister(group * 2, this.registers[(program.captures + 1) * 2 + group]);
          this.setRegister(group * 2 + 1, at);
          pc += 2;
          break;
        }
        case Op.SET_REGISTER:
          this.setRegister(code[pc + 1], code[pc + 2]);
          pc += 3;
          break;
        case Op.COUNT: {
          const counter = code[pc + 1];
          const count = this.registers[counter];
          const max = code[pc + 3];
          if (max !== -1 && count >= max) pc = code[pc + 5];
          else if (count >= code[pc + 2] && code[pc + 4] === 1) {
            // Lazy: the exit first; the iteration is entered at the counting of it.
            steps++;
            stack.push(pc, at, count, CHOICE_ITERATE);
            pc = code[pc + 5];
          } else {
            steps++;
            if (count >= code[pc + 2]) stack.push(code[pc + 5], at, 0, CHOICE);
            this.setRegister(counter, count + 1);
            pc += 6;
          }
          break;
        }
        case Op.CHECK_EMPTY: {
          const counter = code[pc + 2];
          const isLast =
            this.registers[code[pc + 1]] === at && (counter < 0 || this.registers[counter] >= code[pc + 3]);
          pc = isLast ? code[pc + 4] : pc + 5;
          break;
        }
        case Op.RUN_GREEDY:
        case Op.RUN_POSSESSIVE: {
          const isGreedy = code[pc] === Op.RUN_GREEDY;
          const max = code[pc + 3];
          const least = this.runOver(code[pc + 1], at, code[pc + 2]);
          if (least < 0) {
            goesOn = false;
            break;
          }
          at = this.runUpTo(code[pc + 1], least, max === -1 ? -1 : max - code[pc + 2]);
          pc += 4;
          if (isGreedy && at > least) {
            steps++;
            stack.push(pc, at, least, GREEDY);
          }
          break;
        }
        case Op.RUN_LAZY: {
          const least = this.runOver(code[pc + 1], at, code[pc + 2]);
          if (least < 0) {
            goesOn = false;
            break;
          }
          const max = code[pc + 3];
          at = least;
          steps++;
          if (max !== code[pc + 2]) stack.push(pc, at, max === -1 ? -1 : max - code[pc + 2], LAZY);
          pc += 4;
          break;
        }
        case Op.MARK: {
          const register = code[pc + 1];
          stack.push(register, this.registers[register], 0, UNDO);
          this.registers[register] = stack.height;
          pc += 2;
          break;
        }
        case Op.CUT:
          stack.cut(this.registers[code[pc + 1]], keptByCut);
          pc += 2;
          break;
        case Op.BACK_TO:
          at = this.registers[code[pc + 1]];
          pc += 2;
          break;
        case Op.UNDO:
          this.unwind(this.registers[code[pc + 1]]);
          pc += 2;
          break;
        case Op.BACK: {
          let left = code[pc + 1];
          for (; left > 0 && at > 0; left--) at = this.before(at);
          goesOn = left === 0;
          pc += 2;
          break;
        }
        case Op.REFERENCE: {
          const next = this.refer(program.groupLists[code[pc + 1]], code[pc + 2] === 1, at);
          goesOn = next >= 0;
          at = next;
          pc += 3;
          break;
        }
        case Op.CALL: {
          const group = code[pc + 1];
          for (let i = this.frames.length - 1; i >= 0 && this.frames[i].at === at; i--)
            if (this.frames[i].group === group) return Outcome.LOOP;
          steps += 2;
          stack.push(0, 0, 0, FRAME);
          this.frames.push({
            group,
            returnTo: pc + 3,
            at,
            registers: this.registers.slice(),
            height: stack.height - 1,
          });
          pc = code[pc + 2];
          break;
        }
        case Op.RETURN: {
          const frame = this.frames.at(-1);
          if (frame?.group === code[pc + 1]) pc = this.leave(frame);
          else pc += 2;
          break;
        }
        case Op.IF_SET:
          pc = program.groupLists[code[pc + 1]].some((group) => this.registers[group * 2 + 1] >= 0)
            ? pc + 3
            : code[pc + 2];
          break;
        case Op.IF_RECURSION: {
          const groups = program.groupLists[code[pc + 1]];
          const frame = this.frames.at(-1);
          const isWithin = frame !== undefined && (groups.length === 0 || groups.includes(frame.group));
          pc = isWithin ? pc + 3 : code[pc + 2];
          break;
        }
        case Op.FAIL:
          goesOn = false;
          break;
        case Op.COMMIT:
          stack.push(0, 0, 0, COMMIT);
          pc++;
          break;
        case Op.PRUNE:
          stack.push(0, 0, 0, PRUNE);
          pc++;
          break;
        case Op.SKIP:
          stack.push(0, at, 0, SKIP);
          pc++;
          break;
        case Op.SKIP_TO:
          stack.push(code[pc + 1], 0, 0, SKIP_TO);
          pc += 2;
          break;
        case Op.THEN:
          stack.push(code[pc + 1], 0, 0, THEN);
          pc += 2;
          break;
        case Op.NAME:
          stack.push(code[pc + 1], at, 0, NAME);
          pc += 2;
          break;
        case Op.SPLIT_THEN:
          steps++;
          stack.push(code[pc + 2], at, code[pc + 1], THEN_CHOICE);
          pc += 3;
          break;
        case Op.BEGIN_THEN:
          stack.push(0, 0, code[pc + 1], THEN_BEGIN);
          pc += 2;
          break;
        case Op.BARRIER:
          stack.push(0, 0, 0, BARRIER);
          pc++;
          break;
        case Op.END: {
          const frame = this.frames.at(-1);
          if (frame?.group === 0) {
            pc = this.leave(frame);
            break;
          }
          const from = this.registers[program.keep];
          if (at === (from < 0 ? this.start : from) && this.settings.refusesEmpty(at)) {
            goesOn = false;
            break;
          }
          this.at = at;
          return Outcome.MATCHED;
        }
      }
      if (!goesOn) {
        steps++;
        const outcome = this.goBack();
        if (outcome !== Outcome.PAUSED) return outcome;
        ({ pc, at } = this);
      }
      if (steps >= pauseAt) {
        if (steps >= this.matchLimit) return Outcome.LIMIT;
        this.pc = pc;
        this.at = at;
        this.steps = steps;
        return Outcome.PAUSED;
      }
    }
  }

  /** Where the match starts. */
  get from(): number {
    const kept = this.registers[this.program.keep];
    return kept < 0 ? this.start : kept;
  }

  private setRegister(register: number, value: number): void {
    this.stack.push(register, this.registers[register], 0, UNDO);
    this.registers[register] = value;
  }

  // -- Going back

  /** To the last choice, which sets `pc` and `at`; `PAUSED` stands for having found one. */
  private goBack(): Outcome {
    const { stack } = this;
    while (stack.height > 0) {
      stack.height--;
      const { entries } = stack;
      const i = stack.height * 4;
      const a = entries[i];
      const b = entries[i + 1];
      const c = entries[i + 2];
      const kind = entries[i + 3];
      switch (kind) {
        case UNDO:
          this.registers[a] = b;
          continue;
        case CHOICE:
        case THEN_CHOICE:
          this.pc = a;
          this.at = b;
          return Outcome.PAUSED;
        case CHOICE_ITERATE:
          this.at = b;
          this.setRegister(this.program.code[a + 1], c + 1);
          this.pc = a + 6;
          return Outcome.PAUSED;
        case GREEDY:
          this.at = this.before(b);
          this.pc = a;
          if (this.at > c) stack.push(a, this.at, c, GREEDY);
          return Outcome.PAUSED;
        case LAZY: {
          const next = this.stepOver(this.program.code[a + 1], b);
          if (next < 0) continue;
          if (c !== 1) stack.push(a, next, c === -1 ? -1 : c - 1, LAZY);
          this.pc = a + 4;
          this.at = next;
          return Outcome.PAUSED;
        }
        case FRAME:
          this.frames.pop();
          continue;
        case COMMIT:
        case PRUNE:
        case SKIP:
        case SKIP_TO:
        case THEN: {
          const outcome = this.obey(kind, a, b);
          if (outcome !== Outcome.PAUSED) return outcome;
        }
      }
    }
    return Outcome.FAILED;
  }

  /** What a verb does when it is come back to; `PAUSED` goes on going back from where the stack is then. */
  private obey(kind: number, a: number, b: number): Outcome {
    const { stack } = this;
    if (kind === SKIP_TO) {
      const mark = this.marked(this.program.names[a]);
      // Without such a mark it does nothing.
      if (mark < 0) return Outcome.PAUSED;
      return this.obey(SKIP, a, mark);
    }
    if (kind === THEN && a >= 0) {
      const isOwn = (entry: number, choice: number): boolean =>
        (entry === THEN_CHOICE || entry === THEN_BEGIN) && choice === a;
      if (this.unwindTo(isOwn)) return Outcome.PAUSED;
    } else if (this.unwindTo((entry) => entry === BARRIER || entry === FRAME)) return Outcome.PAUSED;
    stack.height = 0;
    if (kind === COMMIT) return Outcome.COMMITTED;
    if (kind !== SKIP) return Outcome.FAILED;
    this.skipTo = b;
    return Outcome.SKIPPED;
  }

  private marked(name: string): number {
    const { entries, height } = this.stack;
    for (let i = (height - 1) * 4; i >= 0; i -= 4)
      if (entries[i + 3] === NAME && this.program.names[entries[i]] === name) return entries[i + 1];
    return -1;
  }

  /** Undoes what lies above such an entry; false when there is none. Barriers stop every search. */
  private unwindTo(isWanted: (kind: number, choice: number) => boolean): boolean {
    const { stack } = this;
    while (stack.height > 0) {
      const i = (stack.height - 1) * 4;
      const kind = stack.entries[i + 3];
      if (kind === BARRIER || kind === FRAME || isWanted(kind, stack.entries[i + 2])) return true;
      stack.height--;
      if (kind === UNDO) this.registers[stack.entries[i]] = stack.entries[i + 1];
    }
    return false;
  }

  private unwind(height: number): void {
    const { stack } = this;
    while (stack.height > height) {
      const i = --stack.height * 4;
      if (stack.entries[i + 3] === UNDO) this.registers[stack.entries[i]] = stack.entries[i + 1];
    }
  }

  /** A call leaves no choices behind, and all groups as they were. */
  private leave(frame: Frame): number {
    const kept = this.registers[this.program.keep];
    this.frames.pop();
    this.registers = frame.registers;
    this.stack.height = frame.height;
    this.setRegister(this.program.keep, kept);
    return frame.returnTo;
  }

  /** The place behind what the first group that is set has matched, or -1. */
  private refer(groups: readonly number[], caseless: boolean, at: number): number {
    const group = groups.find((one) => this.registers[one * 2 + 1] >= 0);
    if (group === undefined) return -1;
    const wanted = this.text.slice(this.registers[group * 2], this.registers[group * 2 + 1]);
    const there = this.text.slice(at, at + wanted.length);
    if (wanted === there) return at + wanted.length;
    return caseless && folded(wanted) === folded(there) ? at + wanted.length : -1;
  }
}

const keptByCut = (kind: number): boolean => kind === UNDO || kind === NAME;

function folded(text: string): string {
  return text.toUpperCase().toLowerCase();
}
