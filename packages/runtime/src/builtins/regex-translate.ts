/**
 * Perl-compatible patterns as JavaScript's regular expressions (flag `v`). Groups get new numbers, since atomic
 * groups are written as a lookahead and a reference; `groups` maps the pattern's numbers to them. What cannot be said
 * in JavaScript (recursion, conditions, verbs) is refused by name. A pattern without the `unicode`
 * option is matched against bytes, each as the character of that number.
 */
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
  newline: "lf" | "cr" | "crlf" | "any" | "anycrlf";
}

export interface Translated {
  readonly source: string;
  readonly flags: string;
  /** The number of each group in the JavaScript expression; the first is the whole match. */
  readonly groups: readonly number[];
  /** Groups by name; more than one with `(?J)`. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** The group, empty, where `\K` lets the match start. */
  readonly keep: number | null;
}

export class PatternError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

const NEWLINES: Record<PatternOptions["newline"], { sequence: string; chars: string }> = {
  lf: { sequence: "\\n", chars: "\\n" },
  cr: { sequence: "\\r", chars: "\\r" },
  crlf: { sequence: "\\r\\n", chars: "\\n" },
  anycrlf: { sequence: "(?:\\r\\n|\\n|\\r)", chars: "\\n\\r" },
  any: { sequence: "(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])", chars: "\\n\\v\\f\\r\\x85\\u2028\\u2029" },
};

const HORIZONTAL = "\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000";
const VERTICAL = "\\n\\v\\f\\r\\x85\\u2028\\u2029";
const LATIN1_LETTERS = "\\xaa\\xb5\\xba\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\xff";

/** What a class such as `\w` holds: of Unicode with `ucp`, else of Latin-1, as OTP builds its tables. */
function typeSet(letter: string, ucp: boolean): string {
  switch (letter) {
    case "d":
      return ucp ? "\\p{Nd}" : "0-9";
    case "w":
      return ucp ? "\\p{L}\\p{N}_" : `a-zA-Z0-9_${LATIN1_LETTERS}`;
    case "s":
      return ucp ? `\\p{Z}${HORIZONTAL}${VERTICAL}` : "\\t\\n\\v\\f\\r ";
    case "h":
      return HORIZONTAL;
    default:
      return VERTICAL;
  }
}

const POSIX: Record<string, [plain: string, ucp: string]> = {
  alpha: [`a-zA-Z${LATIN1_LETTERS}`, "\\p{L}"],
  digit: ["0-9", "\\p{Nd}"],
  alnum: [`a-zA-Z0-9${LATIN1_LETTERS}`, "\\p{L}\\p{N}"],
  upper: ["A-Z\\xc0-\\xd6\\xd8-\\xde", "\\p{Lu}"],
  lower: ["a-z\\xaa\\xb5\\xba\\xdf-\\xf6\\xf8-\\xff", "\\p{Ll}"],
  space: ["\\t\\n\\v\\f\\r ", `\\p{Z}${HORIZONTAL}${VERTICAL}`],
  blank: ["\\t ", HORIZONTAL],
  punct: ["!-\\/:-@\\[-`\\{-~\\xa0-\\xa9\\xab-\\xb4\\xb6-\\xb9\\xbb-\\xbf\\xd7\\xf7", "\\p{P}$+<=>^`\\|~"],
  cntrl: ["\\x00-\\x1f\\x7f-\\x9f", "\\p{Cc}"],
  graph: ["!-~\\xa0-\\xff", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}"],
  print: [" -~\\xa0-\\xff", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Zs}"],
  xdigit: ["0-9a-fA-F", "0-9a-fA-F"],
  word: [`a-zA-Z0-9_${LATIN1_LETTERS}`, "\\p{L}\\p{N}_"],
  ascii: ["\\x00-\\x7f", "\\x00-\\x7f"],
};

const SPECIAL_PROPERTIES: Record<string, string> = {
  "L&": "\\p{Lu}\\p{Ll}\\p{Lt}",
  Any: "\\u{0}-\\u{10ffff}",
  Xan: "\\p{L}\\p{N}",
  Xwd: "\\p{L}\\p{N}_",
  Xsp: `\\p{Z}${VERTICAL}\\t`,
  Xps: `\\p{Z}${VERTICAL}\\t`,
  Xuc: "$@`\\xa0-\\u{d7ff}\\u{e000}-\\u{10ffff}",
};

/** Flags that groups may change. */
interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  x: boolean;
  U: boolean;
  J: boolean;
}

/** Text of the result, or a reference to a group by number or name, whose new number is known at the end. */
type Part = string | { readonly reference: number | string; readonly position: number };

export function translate(pattern: string, options: PatternOptions): Translated {
  return new Translator(pattern, options).run();
}

class Translator {
  private readonly source: string;
  private readonly options: PatternOptions;
  private at = 0;
  private readonly parts: Part[] = [];
  private readonly groups: number[] = [0];
  private groupCount = 0;
  private readonly names = new Map<string, number[]>();
  private keep: number | null = null;
  private readonly nativeCase: boolean;

  constructor(source: string, options: PatternOptions) {
    this.source = source;
    this.options = options;
    // Flags within the pattern that concern case make this write out both cases instead.
    this.nativeCase = !/\(\?[a-zA-Z]*-?[a-zA-Z]*i/.test(source);
  }

  run(): Translated {
    const { options } = this;
    this.leadingVerbs();
    const flags: Flags = {
      i: options.caseless,
      m: options.multiline,
      s: options.dotall,
      x: options.extended,
      U: options.ungreedy,
      J: options.duplicateNames,
    };
    this.alternatives(flags);
    if (this.at < this.source.length) throw new PatternError("unmatched parentheses", this.at);
    let source = this.parts.map((part) => (typeof part === "string" ? part : this.reference(part))).join("");
    if (options.firstLine) source = `(?<!${NEWLINES[options.newline].sequence}[^]*)(?:${source})`;
    const flagText = options.caseless && this.nativeCase ? "iv" : "v";
    return { source, flags: flagText, groups: this.groups, names: this.names, keep: this.keep };
  }

  /** `(*UTF8)`, `(*CRLF)` and their like at the very start. */
  private leadingVerbs(): void {
    const verbs: Record<string, () => void> = {
      UTF8: () => {
        this.options.unicode = true;
      },
      UTF: () => {
        this.options.unicode = true;
      },
      UCP: () => {
        this.options.ucp = true;
      },
    };
    for (const name of ["cr", "lf", "crlf", "anycrlf", "any"] as const)
      verbs[name.toUpperCase()] = () => {
        this.options.newline = name;
      };
    for (;;) {
      const found = /^\(\*([A-Z_0-9]+)\)/.exec(this.source.slice(this.at));
      if (found === null || !(found[1] in verbs)) return;
      verbs[found[1]]();
      this.at += found[0].length;
    }
  }

  private reference(part: { readonly reference: number | string; readonly position: number }): string {
    const { reference, position } = part;
    const numbers = typeof reference === "number" ? [reference] : this.names.get(reference);
    if (numbers === undefined || numbers.some((number) => number >= this.groups.length))
      throw new PatternError("reference to non-existent subpattern", position);
    return numbers.length === 1
      ? `(?:\\${this.groups[numbers[0]]})`
      : `(?:${numbers.map((number) => `\\${this.groups[number]}`).join("")})`;
  }

  private emit(part: Part): void {
    this.parts.push(part);
  }

  private fail(message: string, position = this.at): never {
    throw new PatternError(message, position);
  }

  /** Up to the end of the group; changes of flags hold until there, through alternatives. */
  private alternatives(flags: Flags): void {
    const own = { ...flags };
    for (;;) {
      this.sequence(own);
      if (this.source[this.at] !== "|") return;
      this.at++;
      this.emit("|");
    }
  }

  private sequence(flags: Flags): void {
    for (;;) {
      if (flags.x) this.skipBlanks();
      const char = this.source[this.at];
      if (char === undefined || char === "|" || char === ")") return;
      const start = this.parts.length;
      const groupsBefore = this.groupCount;
      if (this.atom(flags)) this.quantifier(flags, start, groupsBefore);
    }
  }

  private skipBlanks(): void {
    for (;;) {
      const char = this.source[this.at];
      if (char !== undefined && /\s/.test(char)) this.at++;
      else if (char === "#") {
        const end = this.source.indexOf("\n", this.at);
        this.at = end < 0 ? this.source.length : end + 1;
      } else return;
    }
  }

  /** One item; false when it is nothing that a quantifier may follow. */
  private atom(flags: Flags): boolean {
    const start = this.at;
    const char = this.next();
    switch (char) {
      case ".":
        this.emit(flags.s ? "[^]" : `[^${NEWLINES[this.options.newline].chars}]`);
        return true;
      case "^":
        this.emit(flags.m ? `(?:^|(?<=${NEWLINES[this.options.newline].sequence})(?!$))` : "^");
        return true;
      case "$":
        this.emit(this.endOfLine(flags));
        return true;
      case "[":
        this.charClass(flags, start);
        return true;
      case "(":
        return this.group(flags, start);
      case "*":
      case "+":
      case "?":
        return this.fail("nothing to repeat", start);
      case "\\":
        return this.escape(flags, start);
      default:
        if (char === "{" && /^\{\d+(,\d*)?\}/.test(this.source.slice(start)))
          this.fail("nothing to repeat", start);
        this.literal(char, flags);
        return true;
    }
  }

  private next(): string {
    const char = String.fromCodePoint(this.source.codePointAt(this.at) as number);
    this.at += char.length;
    return char;
  }

  private endOfLine(flags: Flags): string {
    const { sequence } = NEWLINES[this.options.newline];
    if (flags.m) return `(?=${sequence}|$)`;
    return this.options.dollarEndOnly ? "$" : `(?=${sequence}?$)`;
  }

  private literal(char: string, flags: Flags): void {
    const other = flags.i && !(this.nativeCase && this.options.caseless) ? this.otherCase(char) : null;
    this.emit(other === null ? quote(char) : `[${quote(char)}${quote(other)}]`);
  }

  private otherCase(char: string): string | null {
    const lower = char.toLowerCase();
    const other = lower === char ? char.toUpperCase() : lower;
    if (other === char || [...other].length !== 1) return null;
    return !this.options.unicode && other.charCodeAt(0) > 255 ? null : other;
  }

  private quantifier(flags: Flags, start: number, groupsBefore: number): void {
    if (flags.x) this.skipBlanks();
    const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.source.slice(this.at));
    if (found === null) return;
    const [range] = found;
    const numbers = /^\{(\d+),(\d+)\}$/.exec(range);
    this.at += range.length;
    if (numbers !== null && Number(numbers[1]) > Number(numbers[2]))
      this.fail("numbers out of order in {} quantifier", this.at - 1);
    let suffix = "";
    let possessive = false;
    if (this.source[this.at] === "+") {
      possessive = true;
      this.at++;
    } else if (this.source[this.at] === "?") {
      suffix = flags.U ? "" : "?";
      this.at++;
    } else if (flags.U) suffix = "?";
    const body = this.parts.splice(start);
    this.emit("(?:");
    this.parts.push(...body);
    this.emit(`)${range}${suffix}`);
    if (possessive) this.makeAtomic(start, groupsBefore);
    if (flags.x) this.skipBlanks();
    if (/^[*+?]/.test(this.source.slice(this.at))) this.fail("nothing to repeat");
  }

  /** Wraps what has been written since `start`: a lookahead does not go back into what it matched. */
  private makeAtomic(start: number, groupsBefore: number): void {
    // The new group opens before those inside it, whose numbers move up by one.
    for (let i = 1; i < this.groups.length; i++) if (this.groups[i] > groupsBefore) this.groups[i]++;
    if (this.keep !== null && this.keep > groupsBefore) this.keep++;
    this.groupCount++;
    const body = this.parts
      .splice(start)
      .map((part) => (typeof part === "string" ? shifted(part, groupsBefore) : part));
    this.emit("(?=(");
    this.parts.push(...body);
    this.emit(`))${marker(groupsBefore + 1)}`);
  }

  private group(flags: Flags, start: number): boolean {
    if (this.source[this.at] === "*") this.fail("backtracking verbs are not supported", start);
    if (this.source[this.at] !== "?") {
      if (this.options.noAutoCapture) this.body("(?:", flags);
      else this.capture(null, flags);
      return true;
    }
    this.at++;
    const rest = this.source.slice(this.at);
    const named = /^(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(rest);
    if (named !== null) {
      this.at += named[0].length;
      this.capture(named[1] ?? named[2], flags);
      return true;
    }
    for (const [open, emitted] of [
      [":", "(?:"],
      ["=", "(?="],
      ["!", "(?!"],
      ["<=", "(?<="],
      ["<!", "(?<!"],
    ]) {
      if (!rest.startsWith(open)) continue;
      this.at += open.length;
      this.body(emitted, flags);
      return true;
    }
    if (rest.startsWith(">")) {
      this.at++;
      const from = this.parts.length;
      const before = this.groupCount;
      this.body("(?:", flags);
      this.makeAtomic(from, before);
      return true;
    }
    if (rest.startsWith("#")) {
      const end = this.source.indexOf(")", this.at);
      if (end < 0) this.fail("missing ) after comment", this.source.length);
      this.at = end + 1;
      return false;
    }
    if (rest.startsWith("|")) {
      this.at++;
      this.branchReset(flags);
      return true;
    }
    const reference = /^P=(\w+)\)/.exec(rest);
    if (reference !== null) {
      this.at += reference[0].length;
      this.emit({ reference: reference[1], position: this.at - 1 });
      return true;
    }
    if (/^(?:R|[+-]?\d+|&|P>)/.test(rest)) this.fail("recursion is not supported", start);
    if (rest.startsWith("(")) this.fail("conditional groups are not supported", start);
    if (rest.startsWith("C")) this.fail("callouts are not supported", start);
    return this.inlineFlags(flags);
  }

  /** `(?i)` changes the flags of the rest of the group, `(?i:…)` those of a group of its own. */
  private inlineFlags(flags: Flags): boolean {
    const found = /^([imsxUJ]*)(?:-([imsxUJ]*))?([:)])/.exec(this.source.slice(this.at));
    if (found === null) {
      const valid = /^[imsxUJ-]*/.exec(this.source.slice(this.at)) as RegExpExecArray;
      this.fail("unrecognized character after (? or (?-", this.at + valid[0].length);
    }
    this.at += found[0].length;
    const target = found[3] === ")" ? flags : { ...flags };
    for (const flag of found[1]) target[flag as keyof Flags] = true;
    for (const flag of found[2] ?? "") target[flag as keyof Flags] = false;
    if (found[3] === ")") return false;
    this.body("(?:", target);
    return true;
  }

  private capture(name: string | null, flags: Flags): void {
    const number = this.groups.length;
    this.groups.push(++this.groupCount);
    if (name !== null) {
      const numbers = this.names.get(name);
      if (numbers === undefined) this.names.set(name, [number]);
      else if (flags.J) numbers.push(number);
      else this.fail("two named subpatterns have the same name", this.at - 1);
    }
    this.body("(", flags);
  }

  private branchReset(_flags: Flags): void {
    this.fail("branch reset groups are not supported");
  }

  private body(open: string, flags: Flags): void {
    this.emit(open);
    this.alternatives(flags);
    if (this.source[this.at] !== ")") this.fail("missing )", this.source.length);
    this.at++;
    this.emit(")");
  }

  private escape(flags: Flags, start: number): boolean {
    if (this.at >= this.source.length) this.fail("\\ at end of pattern", this.source.length);
    const char = this.source[this.at];
    const { ucp } = this.options;
    const rest = this.source.slice(this.at);
    if (/[dwshv]/.test(char)) return this.escaped(`[${typeSet(char, ucp)}]`);
    if (/[DWSHV]/.test(char)) return this.escaped(`[^${typeSet(char.toLowerCase(), ucp)}]`);
    switch (char) {
      case "N":
        return this.escaped(`[^${NEWLINES[this.options.newline].chars}]`);
      case "R":
        return this.escaped(`(?:\\r\\n|(?!\\r\\n)[${VERTICAL}])`);
      case "X":
        return this.escaped("(?:\\r\\n|\\P{M}\\p{M}*|\\p{M}+)");
      case "A":
      case "G":
        this.escaped("^");
        return true;
      case "z":
        return this.escaped("$");
      case "Z":
        return this.escaped(`(?=${NEWLINES[this.options.newline].sequence}?$)`);
      case "b":
      case "B": {
        const word = `[${typeSet("w", ucp)}]`;
        const boundary = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
        return this.escaped(char === "b" ? boundary : `(?!${boundary})`);
      }
      case "K":
        this.at++;
        this.keep = ++this.groupCount;
        this.emit("()");
        return false;
      case "C":
        return this.fail("\\C is not supported", start);
      case "Q": {
        const end = this.source.indexOf("\\E", this.at);
        const text = this.source.slice(this.at + 1, end < 0 ? undefined : end);
        this.at = end < 0 ? this.source.length : end + 2;
        const chars = [...text];
        for (const literal of chars.slice(0, -1)) this.literal(literal, flags);
        if (chars.length > 0) {
          this.literal(chars[chars.length - 1], flags);
          // Only the last character is repeated.
          const last = this.parts.pop() as Part;
          const from = this.parts.length;
          this.parts.push(last);
          this.quantifier(flags, from, this.groupCount);
        }
        return false;
      }
      case "E":
        this.at++;
        return false;
      case "p":
      case "P":
        return this.escaped(`[${this.property()}]`, 0);
      case "k": {
        const found = /^k(?:<(\w+)>|'(\w+)'|\{(\w+)\})/.exec(rest);
        if (found === null)
          this.fail("\\k is not followed by a braced, angle-bracketed, or quoted name", start + 1);
        this.at += found[0].length;
        this.emit({ reference: found[1] ?? found[2] ?? found[3], position: this.at });
        return true;
      }
      case "g":
        return this.groupReference(rest, start);
    }
    const back = /^[1-9]\d*/.exec(rest);
    if (back !== null && (Number(back[0]) < 10 || Number(back[0]) < this.groups.length)) {
      this.at += back[0].length;
      this.emit({ reference: Number(back[0]), position: this.at });
      return true;
    }
    this.literal(String.fromCodePoint(this.escapedPoint(false)), flags);
    return true;
  }

  private escaped(emitted: string, length = 1): true {
    this.at += length;
    this.emit(emitted);
    return true;
  }

  private groupReference(rest: string, start: number): boolean {
    const found = /^g(?:(\d+)|\{(-?\d+)\}|\{(\w+)\})/.exec(rest);
    if (found === null) {
      if (/^g[<']/.test(rest)) this.fail("recursion is not supported", start);
      this.fail("a numbered reference must not be zero", start + 2);
    }
    this.at += found[0].length;
    if (found[3] !== undefined) this.emit({ reference: found[3], position: this.at });
    else {
      const number = Number(found[1] ?? found[2]);
      this.emit({ reference: number < 0 ? this.groups.length + number : number, position: this.at });
    }
    return true;
  }

  /** The set of `\p{…}`, without brackets; stands at the `p`. */
  private property(): string {
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
  private escapedPoint(inClass: boolean): number {
    const rest = this.source.slice(this.at);
    const forms: [RegExp, (found: RegExpExecArray) => number][] = [
      [/^x\{([0-9a-fA-F]+)\}/, (found) => Number.parseInt(found[1], 16)],
      [/^x([0-9a-fA-F]{0,2})/, (found) => Number.parseInt(found[1] || "0", 16)],
      [/^o\{([0-7]+)\}/, (found) => Number.parseInt(found[1], 8)],
      [/^c([\x20-\x7e])/, (found) => found[1].toUpperCase().charCodeAt(0) ^ 64],
      [/^[0-7]{1,3}/, (found) => Number.parseInt(found[0], 8)],
      [/^[aefnrt]/, (found) => ({ a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 })[found[0]] as number],
    ];
    for (const [form, read] of forms) {
      const found = form.exec(rest);
      if (found === null) continue;
      this.at += found[0].length;
      const point = read(found);
      if (point > (this.options.unicode ? 0x10ffff : 255))
        this.fail("character value in \\x{} or \\o{} is too large", this.at - 1);
      return point;
    }
    if (inClass && rest[0] === "b") {
      this.at++;
      return 8;
    }
    if (/^[A-Za-z0-9]/.test(rest) && !/^[89]/.test(rest)) {
      if (/^[LlNUu]/.test(rest))
        this.fail("PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u", this.at + 1);
    }
    return this.next().codePointAt(0) as number;
  }

  private charClass(flags: Flags, start: number): void {
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
    this.emit(`[${negated ? "^" : ""}${items.join("")}]`);
  }

  /** The next character of a class, or `null` when it was a set, which is then among the items. */
  private classItem(items: string[]): number | null {
    const { ucp } = this.options;
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

  private classRange(low: number, high: number, flags: Flags): string {
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

/** References that atomic groups make, written with a mark so that later ones can move them. */
function marker(group: number): string {
  return `(?:\\${group})`;
}

function shifted(part: string, above: number): string {
  return part.replace(/^(\)\))?\(\?:\\(\d+)\)$/, (whole, close, number) =>
    Number(number) > above ? `${close ?? ""}(?:\\${Number(number) + 1})` : whole,
  );
}

/** A character that stands for itself. */
function quote(char: string): string {
  return /^[A-Za-z0-9_ ]$/.test(char) ? char : `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}
