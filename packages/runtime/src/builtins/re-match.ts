/** Matching subjects of `:re`: text or bytes as the host's strings, and places in them as bytes. */
import {
  atom,
  type Bitstring,
  EMPTY_BINARY,
  type Raised,
  sliceBytes,
  type Term,
  text,
} from "../term/index.ts";
import { bytesText, type Compiled } from "./re-pattern.ts";

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

  unitOf(byte: number): number {
    if (this.isDirect) return byte;
    let unit = 0;
    for (let at = 0; at < byte; unit++) at += unitBytes(this.text.charCodeAt(unit));
    return unit;
  }
}

/** Each half of a surrogate pair stands for two bytes. */
function unitBytes(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
}

/** Where a group matched, in units of the subject's text; `null` when it took no part. */
export type Range = readonly [start: number, end: number] | null;

export class Matcher {
  readonly compiled: Compiled;
  readonly subject: Subject;
  private readonly notEmpty: boolean;
  private readonly notEmptyAtStart: boolean;
  private readonly anchored: boolean;

  constructor(compiled: Compiled, subject: Subject, settings: readonly Term[]) {
    this.compiled = compiled;
    this.subject = subject;
    this.notEmpty = settings.includes(atom("notempty"));
    this.notEmptyAtStart = settings.includes(atom("notempty_atstart"));
    this.anchored = settings.includes(atom("anchored"));
  }

  /** All groups of the first match from `from` on, or `null`. */
  match(from: number): Range[] | null {
    const { translated } = this.compiled;
    const simple = translated.groups.length === 1 && translated.keep === null;
    const expression = simple ? this.expression() : this.indexedExpression();
    for (let at = from; ; at++) {
      expression.lastIndex = at;
      const found = expression.exec(this.subject.text);
      if (found === null) return null;
      const start = found.index;
      const end = start + found[0].length;
      const empty = start === end;
      if (empty && (this.notEmpty || (this.notEmptyAtStart && start === from))) {
        if (this.anchored || start >= this.subject.text.length) return null;
        at = start;
        continue;
      }
      if (simple) return [[start, end]];
      const { indices } = found as RegExpExecArray & { indices: (Range | undefined)[] };
      const ranges = translated.groups.map(
        (group) => indices[group.find((number) => indices[number]) ?? group[0]] ?? null,
      );
      if (translated.keep !== null) {
        const kept = indices[translated.keep];
        if (kept) ranges[0] = [kept[0], end];
      }
      return ranges;
    }
  }

  /** All matches; behind an empty one the search goes on at the next character. */
  all(from: number): Range[][] {
    const found: Range[][] = [];
    const { text } = this.subject;
    for (let at = from; at <= text.length; ) {
      const ranges = this.match(at);
      if (ranges === null) break;
      found.push(ranges);
      const [start, end] = ranges[0] as [number, number];
      at = end;
      if (start === end) at += (text.codePointAt(end) as number) > 0xffff ? 2 : 1;
    }
    return found;
  }

  private expression(): RegExp {
    return this.anchored ? this.compiled.anchored : this.compiled.search;
  }

  private indexedExpression(): RegExp {
    const { compiled } = this;
    const { source, flags } = compiled.translated;
    const sticky = this.anchored || compiled.options.anchored;
    if (sticky) return new RegExp(source, `dy${flags}`);
    compiled.indexed ??= new RegExp(source, `dg${flags}`);
    return compiled.indexed;
  }
}
