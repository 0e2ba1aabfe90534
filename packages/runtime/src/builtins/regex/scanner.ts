/**
 * Reading the parts of a pattern that stand for characters: escapes, properties, classes. The translator of
 * groups and repetitions builds on it.
 */
import { type Newline, POSIX, quote, SPECIAL_PROPERTIES, typeSet } from "./sets.ts";

export interface PatternOptions {
  unicode: boolean;
  ucp: boolean;
  caseless: boolean;
  multiline: boolean;
  dotall: boolean;
  extended: boolean;
  ungreedy: boolean;
  anchored: boolean;
  dollarEndOnly: boolean;
  noAutoCapture: boolean;
  firstLine: boolean;
  duplicateNames: boolean;
  /** `\R` matches CR, LF and CRLF only. */
  bsrAnyCrlf: boolean;
  newline: Newline;
}

export class PatternError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** Flags that groups may change. */
export interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  x: boolean;
  U: boolean;
  J: boolean;
}

export class PatternScanner {
  protected readonly source: string;
  protected readonly options: PatternOptions;
  protected at = 0;
  /** Whether the host's flag for ignoring case does what the pattern wants. */
  protected readonly nativeCase: boolean;

  constructor(source: string, options: PatternOptions) {
    this.source = source;
    this.options = options;
    // Flags within the pattern that concern case make this write out both cases instead.
    this.nativeCase = !/\(\?[a-zA-Z]*-?[a-zA-Z]*i/.test(source);
  }

  protected fail(message: string, position = this.at): never {
    throw new PatternError(message, position);
  }

  protected next(): string {
    const char = String.fromCodePoint(this.source.codePointAt(this.at) as number);
    this.at += char.length;
    return char;
  }

  protected otherCase(char: string): string | null {
    const lower = char.toLowerCase();
    const other = lower === char ? char.toUpperCase() : lower;
    if (other === char || [...other].length !== 1) return null;
    return !this.options.unicode && other.charCodeAt(0) > 255 ? null : other;
  }

  /** The set of `\p{…}`, without brackets; stands at the `p`. */
  protected property(): string {
    const found = /^([pP])(?:\{(\^?)([^}]*)\}|(.))/s.exec(this.source.slice(this.at));
    if (found === null) this.fail("malformed \\P or \\p sequence", this.source.length);
    this.at += found[0].length;
    const name = found[3] ?? found[4];
    const negated = (found[1] === "P") !== (found[2] === "^");
    const special = SPECIAL_PROPERTIES[name];
    if (special !== undefined) return negated ? `[^${special}]` : special;
    const category = /^[A-Z][a-z]?$/.test(name);
    const property = category ? name : `Script=${name}`;
    try {
      new RegExp(`\\p{${property}}`, "v");
    } catch {
      this.fail("unknown property name after \\P or \\p", this.at - 1);
    }
    return `\\${negated ? "P" : "p"}{${property}}`;
  }

  /** The code point of an escape that stands for a character; behind the backslash. */
  protected escapedPoint(inClass: boolean): number {
    const rest = this.source.slice(this.at);
    const forms: [RegExp, (found: RegExpExecArray) => number][] = [
      [/^x\{([0-9a-fA-F]+)\}/, (found) => Number.parseInt(found[1], 16)],
      [/^x([0-9a-fA-F]{0,2})/, (found) => Number.parseInt(found[1] || "0", 16)],
      [/^o\{([0-7]+)\}/, (found) => Number.parseInt(found[1], 8)],
      [/^c([\x20-\x7e])/, (found) => found[1].toUpperCase().charCodeAt(0) ^ 64],
      [/^[0-7]{1,3}/, (found) => Number.parseInt(found[0], 8)],
      [/^[aefnrt]/, (found) => ({ a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 })[found[0]] as number],
    ];
    if (inClass && rest[0] === "b") {
      this.at++;
      return 8;
    }
    this.checkEscape(rest);
    for (const [form, read] of forms) {
      const found = form.exec(rest);
      if (found === null) continue;
      this.at += found[0].length;
      const point = read(found);
      if (point > (this.options.unicode ? 0x10ffff : 255))
        this.fail("character value in \\x{} or \\o{} is too large", this.at - 1);
      return point;
    }
    return this.next().codePointAt(0) as number;
  }

  private checkEscape(rest: string): void {
    if (/^[LlUu]/.test(rest)) this.fail("PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u", this.at);
    if (rest === "c") this.fail("\\c at end of pattern", this.source.length);
    if (/^c[^\0-\x7f]/.test(rest)) this.fail("\\c must be followed by an ASCII character", this.at + 1);
    if (/^o(?!\{)/.test(rest)) this.fail("missing opening brace after \\o", this.at);
    const braced = /^[xo]\{([^}]*)(\}?)/.exec(rest);
    if (braced === null) return;
    const digits = (rest[0] === "x" ? /^[0-9a-fA-F]*/ : /^[0-7]*/).exec(braced[1]) as RegExpExecArray;
    const kind = rest[0] === "x" ? "non-hex" : "non-octal";
    if (digits[0] !== braced[1] || braced[2] === "")
      this.fail(
        `${kind} character in \\${rest[0]}{} (closing brace missing?)`,
        this.at + 2 + digits[0].length,
      );
    if (digits[0] === "") this.fail("digits missing in \\x{} or \\o{}", this.at + 2);
  }

  protected charClass(flags: Flags, start: number): string {
    const negated = this.source[this.at] === "^";
    if (negated) this.at++;
    const items: string[] = [];
    let first = true;
    for (;;) {
      if (this.at >= this.source.length)
        this.fail("missing terminating ] for character class", this.source.length);
      if (this.source[this.at] === "]" && !first) break;
      first = false;
      const low = this.classItem(items);
      if (low === null) continue;
      if (
        this.source[this.at] !== "-" ||
        this.source[this.at + 1] === "]" ||
        this.at + 1 >= this.source.length
      ) {
        items.push(this.classRange(low, low, flags));
        continue;
      }
      const dash = this.at;
      this.at++;
      const before = items.length;
      const high = this.classItem(items);
      if (high === null) {
        // A type cannot end a range: all three are literal.
        const type = items.splice(before);
        items.push(this.classRange(low, low, flags), "\\-", ...type);
        continue;
      }
      if (high < low) this.fail("range out of order in character class", dash + 1);
      items.push(this.classRange(low, high, flags));
    }
    this.at++;
    if (items.length === 0) this.fail("missing terminating ] for character class", start);
    return `[${negated ? "^" : ""}${items.join("")}]`;
  }

  /** The next character of a class, or `null` when it was a set, which is then among the items. */
  protected classItem(items: string[]): number | null {
    const { ucp } = this.options;
    if (/^\[([.=])[^\]\\]*\1\]/.test(this.source.slice(this.at)))
      this.fail("POSIX collating elements are not supported");
    const posix = /^\[:(\^?)([a-z]*):\]/.exec(this.source.slice(this.at));
    if (posix !== null) {
      const set = POSIX[posix[2]];
      if (set === undefined) this.fail("unknown POSIX class name", this.at + 2);
      this.at += posix[0].length;
      const chars = set[ucp ? 1 : 0];
      items.push(posix[1] === "^" ? `[^${chars}]` : `[${chars}]`);
      return null;
    }
    if (this.source[this.at] !== "\\") return this.next().codePointAt(0) as number;
    this.at++;
    if (this.at >= this.source.length) this.fail("\\ at end of pattern", this.source.length);
    const char = this.source[this.at];
    if (char === "N") this.fail("\\N is not supported in a class");
    if (/[dwshv]/.test(char)) items.push(`[${typeSet(char, ucp)}]`);
    else if (/[DWSHV]/.test(char)) items.push(`[^${typeSet(char.toLowerCase(), ucp)}]`);
    else if (char === "p" || char === "P") {
      items.push(`[${this.property()}]`);
      return null;
    } else if (char === "Q") {
      const end = this.source.indexOf("\\E", this.at);
      for (const literal of this.source.slice(this.at + 1, end < 0 ? undefined : end))
        items.push(quote(literal));
      this.at = end < 0 ? this.source.length : end + 2;
      return null;
    } else if (char === "E") {
      this.at++;
      return null;
    } else return this.escapedPoint(true);
    this.at++;
    return null;
  }

  protected classRange(low: number, high: number, flags: Flags): string {
    const range = (a: number, b: number) =>
      a === b
        ? quote(String.fromCodePoint(a))
        : `${quote(String.fromCodePoint(a))}-${quote(String.fromCodePoint(b))}`;
    let result = range(low, high);
    if (!flags.i || (this.nativeCase && this.options.caseless)) return result;
    if (low === high) {
      const other = this.otherCase(String.fromCodePoint(low));
      return other === null ? result : result + quote(other);
    }
    for (const [from, to, shift] of [
      [97, 122, -32],
      [65, 90, 32],
      [0xe0, 0xfe, -32],
      [0xc0, 0xde, 32],
    ]) {
      const a = Math.max(low, from);
      const b = Math.min(high, to);
      if (a <= b) result += range(a + shift, b + shift);
    }
    return result;
  }
}
