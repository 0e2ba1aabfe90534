/**
 * Perl-compatible patterns as JavaScript's regular expressions (flag `v`). Groups get new numbers, since atomic
 * groups are written as a lookahead and a reference; `groups` maps the pattern's numbers to them. What cannot be said
 * in JavaScript (recursion, conditions, verbs) is refused by name. A pattern without the `unicode`
 * option is matched against bytes, each as the character of that number.
 */
import { type Flags, PatternError, type PatternOptions, PatternScanner } from "./regex-scanner.ts";
import { NEWLINES, quote, typeSet, VERTICAL } from "./regex-sets.ts";

export { PatternError, type PatternOptions };

export interface Translated {
  readonly source: string;
  readonly flags: string;
  /**
   * The numbers of each group in the JavaScript expression, of which at most one takes part in a match; the first is the whole
   * match. Alternatives of `(?|…|…)` count their groups from the same number on, so that one group stands in several places.
   */
  readonly groups: readonly (readonly number[])[];
  /** Groups by name; more than one with `(?J)`. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** The group, empty, where `\K` lets the match start. */
  readonly keep: number | null;
}

/** Text of the result, or a reference to a group by number or name, whose new number is known at the end. */
type Part = string | { readonly reference: number | string; readonly position: number };

export function translate(pattern: string, options: PatternOptions): Translated {
  return new Translator(pattern, options).run();
}

class Translator extends PatternScanner {
  private readonly parts: Part[] = [];
  private readonly groups: number[][] = [[0]];
  /** Of the pattern, and of what is written for it. */
  private captureCount = 0;
  private groupCount = 0;
  private readonly names = new Map<string, number[]>();
  private keep: number | null = null;

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
    // A group that took no part in the match is empty.
    return `(?:${numbers.flatMap((number) => this.groups[number].map((group) => `\\${group}`)).join("")})`;
  }

  private emit(part: Part): void {
    this.parts.push(part);
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
        this.emit(this.charClass(flags, start));
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

  private endOfLine(flags: Flags): string {
    const { sequence } = NEWLINES[this.options.newline];
    if (flags.m) return `(?=${sequence}|$)`;
    return this.options.dollarEndOnly ? "$" : `(?=${sequence}?$)`;
  }

  private literal(char: string, flags: Flags): void {
    const other = flags.i && !(this.nativeCase && this.options.caseless) ? this.otherCase(char) : null;
    this.emit(other === null ? quote(char) : `[${quote(char)}${quote(other)}]`);
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
    for (const group of this.groups)
      for (let i = 0; i < group.length; i++) if (group[i] > groupsBefore) group[i]++;
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
    const number = ++this.captureCount;
    this.groups[number] ??= [];
    this.groups[number].push(++this.groupCount);
    if (name !== null) {
      const numbers = this.names.get(name);
      if (numbers === undefined) this.names.set(name, [number]);
      else if (flags.J) numbers.push(number);
      else this.fail("two named subpatterns have the same name", this.at - 1);
    }
    this.body("(", flags);
  }

  /** Each alternative counts its groups from the same number on; what follows goes on after the highest. */
  private branchReset(flags: Flags): void {
    const before = this.captureCount;
    let most = before;
    const own = { ...flags };
    this.emit("(?:");
    for (;;) {
      this.captureCount = before;
      this.sequence(own);
      most = Math.max(most, this.captureCount);
      if (this.source[this.at] !== "|") break;
      this.at++;
      this.emit("|");
    }
    this.captureCount = most;
    this.close();
  }

  private body(open: string, flags: Flags): void {
    this.emit(open);
    this.alternatives(flags);
    this.close();
  }

  private close(): void {
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
      this.emit({ reference: number < 0 ? this.captureCount + 1 + number : number, position: this.at });
    }
    return true;
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
