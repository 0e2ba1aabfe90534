/** Reading the characters of a text: one of two units where the text is of Unicode. */
import type { Program } from "./instructions.ts";

export interface Settings {
  /** Whether the start of the text is none of a line, the end none of a line. */
  readonly notBol: boolean;
  readonly notEol: boolean;
  /** Whether an empty match at a place is none. */
  readonly refusesEmpty: (at: number) => boolean;
  readonly matchLimit: number;
}

export class Reader {
  protected readonly program: Program;
  protected readonly text: string;
  protected readonly settings: Settings;

  constructor(program: Program, text: string, settings: Settings) {
    this.settings = settings;
    this.program = program;
    this.text = text;
  }

  /** The place behind a character of the set, or -1. */
  protected stepOver(set: number, at: number): number {
    const { text } = this;
    if (at >= text.length) return -1;
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdbff) return this.program.sets[set].has(unit) ? at + 1 : -1;
    const code = text.codePointAt(at) as number;
    return this.program.sets[set].has(code) ? at + (code > 0xffff ? 2 : 1) : -1;
  }

  /** The place behind so many characters of the set, or -1. */
  protected runOver(set: number, from: number, count: number): number {
    let at = from;
    for (let i = 0; i < count && at >= 0; i++) at = this.stepOver(set, at);
    return at;
  }

  /** The place behind as many characters of the set as there are, up to a number of them, or any number for -1. */
  protected runUpTo(set: number, from: number, most: number): number {
    const { text } = this;
    const { latin1 } = this.program.sets[set];
    let at = from;
    for (let left = most; left !== 0; left--) {
      const unit = at < text.length ? text.charCodeAt(at) : -1;
      if (unit >= 0 && unit < 256) {
        if (latin1[unit] === 0) break;
        at++;
        continue;
      }
      const next = this.stepOver(set, at);
      if (next < 0) break;
      at = next;
    }
    return at;
  }

  protected before(at: number): number {
    const unit = this.text.charCodeAt(at - 1);
    return unit >= 0xdc00 && unit <= 0xdfff && at > 1 ? at - 2 : at - 1;
  }

  protected isPlace(expression: number, kind: number, at: number): boolean {
    if (kind === 0 && at === 0 && this.settings.notBol) return false;
    if (kind === 1 && this.settings.notEol && (at === this.text.length || this.isLastLine(expression)))
      return false;
    const host = this.program.expressions[expression];
    host.lastIndex = at;
    return host.test(this.text);
  }

  /** `$` without `multiline`. */
  private isLastLine(expression: number): boolean {
    return !this.program.expressions[expression].source.endsWith("|$)");
  }
}
