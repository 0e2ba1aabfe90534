/** Matching subjects of `:re`: text or bytes as the host's strings, and places in them as bytes. */

import type { Task } from "../process/task.ts";
import {
  atom,
  type Bitstring,
  EMPTY_BINARY,
  type Raised,
  sliceBytes,
  type Term,
  Tuple,
  text,
} from "../term/index.ts";
import { bytesText, type Compiled, type HostForms, programOf } from "./re-pattern.ts";
import { type Failure, type Range, search } from "./regex/search.ts";
import { NEWLINES } from "./regex/sets.ts";

export type { Range };

/** A subject as text that the expression runs on, and back from its places to bytes. */
export class Subject {
  readonly bits: Bitstring;
  readonly text: string;
  private readonly isDirect: boolean;
  /** The last place converted: matches come in order, so counting goes on from there. */
  private lastUnit = 0;
  private lastByte = 0;

  constructor(bits: Bitstring, unicode: boolean, fail: () => Raised) {
    this.bits = bits;
    if (unicode) {
      const known = bits.text;
      if (known === undefined) throw fail();
      this.text = known;
      this.isDirect = bits.isKnownAscii || bits.byteLength === known.length;
    } else {
      this.text = bytesText(bits);
      this.isDirect = true;
    }
  }

  /** What lies between two places, as a binary. */
  part(start: number, end: number): Bitstring {
    if (start === end) return EMPTY_BINARY;
    return this.isDirect ? sliceBytes(this.bits, start, end - start) : text(this.text.slice(start, end));
  }

  byteOf(unit: number): number {
    if (this.isDirect) return unit;
    let byte = this.lastByte;
    // Groups lie in front of the end of their match: a few steps back.
    for (let i = this.lastUnit; i > unit; i--) byte -= unitBytes(this.text.charCodeAt(i - 1));
    for (let i = this.lastUnit; i < unit; i++) byte += unitBytes(this.text.charCodeAt(i));
    this.lastUnit = unit;
    this.lastByte = byte;
    return byte;
  }

  /** The place at a byte, or -1 within a character. */
  unitOf(byte: number): number {
    if (this.isDirect) return byte;
    let unit = 0;
    let at = 0;
    for (; at < byte; unit++) at += unitBytes(this.text.charCodeAt(unit));
    return at > byte || isLowSurrogate(this.text.charCodeAt(unit)) ? -1 : unit;
  }
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Each half of a surrogate pair stands for two bytes. */
function unitBytes(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
}

/** Finds matches: by the host's expression where it matches as PCRE does, else by our own matcher. */
export class Matcher {
  private readonly compiled: Compiled;
  private readonly text: string;
  private readonly notEmpty: boolean;
  private readonly notEmptyAtStart: boolean;
  private readonly anchored: boolean;
  private readonly notBol: boolean;
  private readonly notEol: boolean;
  private readonly matchLimit: number;
  /** Why a search was given up, if one was. */
  failure: Failure | null = null;

  constructor(compiled: Compiled, subject: Subject, settings: readonly Term[]) {
    const has = (name: string): boolean => settings.includes(atom(name));
    this.compiled = compiled;
    this.text = subject.text;
    this.notEmpty = has("notempty");
    this.notEmptyAtStart = has("notempty_atstart");
    this.anchored = has("anchored") || compiled.options.anchored;
    this.notBol = has("notbol");
    this.notEol = has("noteol");
    this.matchLimit = limitOf(settings);
  }

  /** All groups of the first match from `from` on, or `null`. */
  *match(from: number, mustGoOn = false): Task<Range[] | null> {
    const { host } = this.compiled;
    const anchored = this.anchored || mustGoOn;
    const isPlain = !(this.notEmpty || this.notEmptyAtStart || this.notBol || this.notEol || mustGoOn);
    if (host !== null && isPlain) return hostMatch(host, this.text, from, anchored);
    const { notEmpty, notEmptyAtStart } = this;
    const found = yield* search(programOf(this.compiled), this.text, from, {
      anchored,
      notBol: this.notBol,
      notEol: this.notEol,
      refusesEmpty: (at) => notEmpty || ((notEmptyAtStart || mustGoOn) && at === from),
      last: this.compiled.options.firstLine ? this.endOfLine(from) : this.text.length,
      matchLimit: this.matchLimit,
    });
    if (typeof found !== "string") return found;
    this.failure = found;
    return null;
  }

  /** All matches. Where the search came upon an empty one, there may be another that is not. */
  *all(from: number): Task<Range[][]> {
    const found: Range[][] = [];
    for (let at = from; at <= this.text.length; ) {
      const ranges = yield* this.match(at);
      if (ranges === null) break;
      found.push(ranges);
      const [start, end] = ranges[0] as [number, number];
      if (start !== end) {
        at = end;
        continue;
      }
      const another = yield* this.match(at, true);
      if (another !== null) found.push(another);
      const [from, to] = another?.[0] ?? [start, start];
      at = to > from ? start + to - from : this.behind(start);
    }
    return found;
  }

  /** The place behind the next character, or line end of two. */
  private behind(at: number): number {
    const { newline } = this.compiled.options;
    if (newline !== "lf" && newline !== "cr" && this.text.startsWith("\r\n", at)) return at + 2;
    return at + ((this.text.codePointAt(at) as number) > 0xffff ? 2 : 1);
  }

  private endOfLine(from: number): number {
    const line = new RegExp(NEWLINES[this.compiled.options.newline].sequence, "g");
    line.lastIndex = from;
    return line.exec(this.text)?.index ?? this.text.length;
  }
}

function hostMatch(host: HostForms, text: string, from: number, anchored: boolean): Range[] | null {
  const { groups } = host.expression;
  const expression = groups.length === 1 ? host.plain(anchored) : host.indexed(anchored);
  expression.lastIndex = from;
  let found = expression.exec(text);
  // The host finds empty matches within a character of two units.
  while (found !== null && found[0] === "" && isWithin(text, found.index)) {
    if (anchored) return null;
    expression.lastIndex = found.index + 1;
    found = expression.exec(text);
  }
  if (found === null) return null;
  if (groups.length === 1) return [[found.index, found.index + found[0].length]];
  const { indices } = found as RegExpExecArray & { indices: (Range | undefined)[] };
  return groups.map((group) => indices[group] ?? null);
}

function isWithin(text: string, at: number): boolean {
  return isLowSurrogate(text.charCodeAt(at)) && (text.codePointAt(at - 1) as number) > 0xffff;
}

function limitOf(settings: readonly Term[]): number {
  for (const setting of settings) {
    if (!(setting instanceof Tuple) || setting.size !== 2) continue;
    const [name, value] = setting.toArray();
    if (name === atom("match_limit") && typeof value === "number") return value;
  }
  return Number.POSITIVE_INFINITY;
}
