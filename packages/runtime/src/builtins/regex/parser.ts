/**
 * Reads a Perl-compatible pattern into its tree, with PCRE's errors and their positions. A pattern without the `unicode`
 * option is matched against bytes, each as the character of that number.
 */
import { ReferenceReader, WITHIN_ASSERTION } from "./references.ts";
import { type Flags, PatternError, type PatternOptions } from "./scanner.ts";
import { GRAPHEME, NEWLINES, typeSet, VERTICAL } from "./sets.ts";
import { readSettings } from "./settings.ts";
import { fixedLength } from "./shape.ts";
import type { Look, Mode, Node, Pattern, Test, Verb } from "./tree.ts";

export { PatternError, type PatternOptions };

/** As deep as PCRE lets groups nest. */
const MAX_DEPTH = 250;
const QUANTIFIER = /^(?:[*+?]|\{\d+(?:,\d*)?\})/;

export function parse(pattern: string, options: PatternOptions): Pattern {
  return new Parser(pattern, options).run();
}

class Parser extends ReferenceReader {
  private depth = 0;

  run(): Pattern {
    const { options } = this;
    const matchLimit = this.leadingSettings();
    const flags: Flags = {
      i: options.caseless,
      m: options.multiline,
      s: options.dotall,
      x: options.extended,
      U: options.ungreedy,
      J: options.duplicateNames,
    };
    const root = this.alternatives(flags, 0);
    if (this.at < this.source.length) this.fail("unmatched parentheses");
    this.bodies.set(0, root);
    for (const check of this.later.flat()) check();
    return {
      root,
      captures: this.captures,
      names: this.names,
      flags: options.caseless && this.nativeCase ? "iv" : "v",
      matchLimit,
    };
  }

  private leadingSettings(): number {
    const { length, matchLimit } = readSettings(this.source, this.options);
    this.at = length;
    return matchLimit;
  }

  /** Up to the end of the group; changes of flags hold until there, through alternatives. */
  private alternatives(flags: Flags, group: number): Node {
    if (++this.depth > MAX_DEPTH) this.fail("parentheses are too deeply nested");
    const own = { ...flags };
    const alternatives: Node[] = [];
    do alternatives.push(this.sequence(own, group));
    while (this.takes("|"));
    this.depth--;
    return alternatives.length === 1 ? alternatives[0] : { type: "choice", alternatives };
  }

  private takes(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private sequence(flags: Flags, group: number): Node {
    const items: Node[] = [];
    this.open.push({ group, items });
    let repeatable = false;
    for (;;) {
      if (flags.x) this.skipBlanks();
      const char = this.source[this.at];
      if (char === undefined || char === "|" || char === ")") break;
      const range = QUANTIFIER.exec(this.source.slice(this.at, this.at + 16));
      if (range !== null) {
        if (!repeatable) this.fail("nothing to repeat", this.at + range[0].length - 1);
        items.push(this.repeated(items.pop() as Node, range[0], flags));
        repeatable = false;
      } else repeatable = this.item(flags, items) ?? repeatable;
    }
    this.open.pop();
    // A choice within is not this group's own.
    return items.length === 1 && items[0].type !== "choice" ? items[0] : { type: "sequence", items };
  }

  private skipBlanks(): void {
    for (;;) {
      const char = this.source[this.at];
      if (char !== undefined && /[ \t\n\v\f\r]/.test(char)) this.at++;
      else if (char === "#") {
        const end = new RegExp(NEWLINES[this.options.newline].sequence, "g");
        end.lastIndex = this.at;
        this.at = end.exec(this.source) === null ? this.source.length : end.lastIndex;
      } else return;
    }
  }

  private repeated(body: Node, range: string, flags: Flags): Node {
    this.at += range.length;
    const numbers = /^\{(\d+)(,?)(\d*)\}$/.exec(range);
    const min = numbers === null ? (range === "+" ? 1 : 0) : Number(numbers[1]);
    const most = numbers === null ? (range === "?" ? "1" : "") : numbers[2] === "" ? numbers[1] : numbers[3];
    const max = most === "" ? Number.POSITIVE_INFINITY : Number(most);
    if (min > 65535 || (max > 65535 && most !== ""))
      this.fail("number too big in {} quantifier", this.at - 1);
    if (max < min) this.fail("numbers out of order in {} quantifier", this.at - 1);
    if (flags.x) this.skipBlanks();
    let mode: Mode = flags.U ? "lazy" : "greedy";
    if (this.takes("+")) mode = "possessive";
    else if (this.takes("?")) mode = flags.U ? "greedy" : "lazy";
    // An assertion is tried once, or perhaps not at all; what is defined is not matched here.
    if (body.type === "condition" && body.test.type === "define") return body;
    if (body.type === "look")
      return { type: "repeat", body, min: Math.min(min, 1), max: Math.min(max, 1), mode };
    return { type: "repeat", body, min, max, mode };
  }

  /** One item; whether a quantifier may follow, `null` for what is as if it were not there. */
  private item(flags: Flags, items: Node[]): boolean | null {
    const start = this.at;
    const newline = NEWLINES[this.options.newline];
    const char = this.next();
    switch (char) {
      case ".":
        items.push({ type: "set", source: flags.s ? "[^]" : `[^${newline.chars}]` });
        return true;
      case "^":
        items.push({
          type: "place",
          kind: "circumflex",
          source: flags.m ? `(?:^|(?<=${newline.sequence})(?!$))` : "^",
        });
        return false;
      case "$": {
        const source = flags.m
          ? `(?=${newline.sequence}|$)`
          : this.options.dollarEndOnly
            ? "$"
            : `(?=${newline.sequence}?$)`;
        items.push({ type: "place", kind: "dollar", source });
        return false;
      }
      case "[": {
        const posix = /^\[([:.=])[^\]\\]*\1\]/.exec(this.source.slice(start));
        if (posix !== null && posix[1] === ":" && /^\[:\^?[a-z]*:\]/.test(posix[0]))
          this.fail("POSIX named classes are supported only within a class", start);
        items.push({ type: "set", source: this.charClass(flags, start) });
        return true;
      }
      case "(":
        return this.group(flags, start, items);
      case "\\":
        return this.escape(flags, start, items);
    }
    items.push(this.literal(char, flags));
    return true;
  }

  private literal(char: string, flags: Flags): Node {
    const native = this.nativeCase && this.options.caseless;
    return { type: "char", char, other: flags.i && !native ? this.otherCase(char) : null };
  }

  // -- Groups

  private group(flags: Flags, start: number, items: Node[]): boolean | null {
    if (this.source[this.at] === "*" && /^\*[A-Z:]/.test(this.source.slice(this.at))) return this.verb(items);
    if (this.source[this.at] !== "?") {
      items.push(this.options.noAutoCapture ? this.body(flags) : this.capture(null, flags));
      return true;
    }
    this.at++;
    const rest = this.source.slice(this.at);
    const looks: [string, behind: boolean, negative: boolean][] = [
      ["=", false, false],
      ["!", false, true],
      ["<=", true, false],
      ["<!", true, true],
    ];
    for (const [open, behind, negative] of looks)
      if (this.takes(open)) {
        items.push(this.look(behind, negative, flags));
        return true;
      }
    if (this.takes(":")) items.push(this.body(flags));
    else if (this.takes(">")) items.push({ type: "atomic", body: this.body(flags) });
    else if (this.takes("|")) items.push(this.branchReset(flags));
    else if (this.takes("#")) {
      const end = this.source.indexOf(")", this.at);
      if (end < 0) this.fail("missing ) after comment", this.source.length);
      this.at = end + 1;
      return null;
    } else if (this.takes("P=")) items.push(this.reference(this.name(")"), flags));
    else if (this.takes("P>") || this.takes("&")) items.push(this.call(this.name(")")));
    else if (/^(?:P?<|')/.test(rest)) {
      this.at += rest.startsWith("P") ? 2 : 1;
      if (rest[0] === "<" && !/^<[\w\x80-\uffff]/.test(rest)) this.fail("unrecognized character after (?<");
      items.push(this.capture(this.name(rest.startsWith("'") ? "'" : ">", true), flags));
    } else if (rest.startsWith("P")) this.fail("unrecognized character after (?P", this.at + 1);
    else if (rest.startsWith("(")) items.push(this.condition(flags));
    else if (/^(?:R|[+-]?\d)/.test(rest) || rest.startsWith("+")) items.push(this.numberedCall());
    else if (rest.startsWith("C")) this.fail("callouts are not supported", start);
    else return this.inlineFlags(flags, items);
    return true;
  }

  private close(): void {
    if (!this.takes(")")) this.fail("missing )", this.source.length);
  }

  private body(flags: Flags): Node {
    const body = this.alternatives(flags, -1);
    this.close();
    return body;
  }

  private capture(name: string | null, flags: Flags): Node {
    const number = ++this.captures;
    if (name !== null) this.define(name, number, flags);
    const node: Node = { type: "capture", number, body: { type: "sequence", items: [] } };
    node.body = this.alternatives(flags, number);
    this.close();
    if (!this.bodies.has(number)) this.bodies.set(number, node.body);
    return node;
  }

  /** Each alternative counts its groups from the same number on; what follows goes on after the highest. */
  private branchReset(flags: Flags): Node {
    const before = this.captures;
    let most = before;
    const own = { ...flags };
    const alternatives: Node[] = [];
    do {
      this.captures = before;
      alternatives.push(this.sequence(own, -1));
      most = Math.max(most, this.captures);
    } while (this.takes("|"));
    this.captures = most;
    this.close();
    return { type: "choice", alternatives };
  }

  private look(behind: boolean, negative: boolean, flags: Flags): Look {
    const node: Look = { type: "look", behind, negative, body: this.alternatives(flags, WITHIN_ASSERTION) };
    const end = this.at;
    this.close();
    if (behind)
      this.later[0].push(() => {
        const alternatives = node.body.type === "choice" ? node.body.alternatives : [node.body];
        if (alternatives.some((one) => fixedLength(one, this.bodies) === null))
          this.fail("lookbehind assertion is not fixed length", end);
      });
    return node;
  }

  /** `(?i)` changes the flags of the rest of the group, `(?i:…)` those of a group of its own. */
  private inlineFlags(flags: Flags, items: Node[]): boolean {
    const found = /^([imsxUJX]*)(?:-([imsxUJX]*))?([:)])/.exec(this.source.slice(this.at));
    if (found === null) {
      const valid = /^[imsxUJX-]*/.exec(this.source.slice(this.at)) as RegExpExecArray;
      this.fail("unrecognized character after (? or (?-", this.at + valid[0].length);
    }
    this.at += found[0].length;
    const target = found[3] === ")" ? flags : { ...flags };
    for (const flag of found[1]) target[flag as keyof Flags] = true;
    for (const flag of found[2] ?? "") target[flag as keyof Flags] = false;
    if (found[3] === ")") return false;
    items.push(this.body(target));
    return true;
  }

  private verb(items: Node[]): boolean {
    const found = /^\*([A-Z]*)(:([^)]*))?\)/.exec(this.source.slice(this.at));
    const spoken = found?.[1] === "" ? "MARK" : found?.[1] === "F" ? "FAIL" : found?.[1];
    const end = found === null ? this.source.length : this.at + found[0].length - 1;
    if (spoken === undefined || !/^(ACCEPT|COMMIT|FAIL|MARK|PRUNE|SKIP|THEN)$/.test(spoken))
      this.fail("(*VERB) not recognized or malformed", end);
    const name = found?.[3] || null;
    if (spoken === "MARK" && name === null) this.fail("(*MARK) must have an argument", end);
    if (name !== null && /^(ACCEPT|COMMIT|FAIL)$/.test(spoken))
      this.fail("an argument is not allowed for (*ACCEPT), (*FAIL), or (*COMMIT)", end);
    this.at = end + 1;
    items.push({ type: "verb", verb: spoken as Verb, name });
    return false;
  }

  // -- References, calls and conditions

  private numberedCall(): Node {
    const found = /^(?:R|([+-]?)(\d*))/.exec(this.source.slice(this.at)) as RegExpExecArray;
    this.at += found[0].length;
    if (found[1] === "+" && found[2] === "") this.fail("digit expected after (?+");
    if (!this.takes(")")) this.fail("(?R or (?[+-]digits must be followed by )");
    return this.call(this.relative(found[1], found[2]));
  }

  private condition(flags: Flags): Node {
    this.at++;
    const test = this.test(flags);
    const body = this.alternatives(flags, WITHIN_ASSERTION);
    const end = this.at;
    this.close();
    const branches = body.type === "choice" ? body.alternatives : [body];
    const none: Node = { type: "sequence", items: [] };
    if (test.type === "define" && branches.length > 1)
      this.fail("DEFINE group contains more than one branch", end);
    if (branches.length > 2) this.fail("conditional group contains more than two branches", end);
    return { type: "condition", test, yes: branches[0], no: branches[1] ?? none };
  }

  private test(flags: Flags): Test {
    const rest = this.source.slice(this.at);
    const assertion = /^\?(<?)([=!])/.exec(rest);
    if (assertion !== null) {
      this.at += assertion[0].length;
      return this.look(assertion[1] !== "", assertion[2] === "!", flags);
    }
    if (rest.startsWith("?")) this.fail("assertion expected after (?( or (?(?C)", this.at + 1);
    const found = /^(?:(R?)([+-]?)(\d+)|(R)(?:&(\w+))?|<(\w+)>|'(\w+)'|(\w+))\)/.exec(rest);
    if (found === null) this.fail("malformed number or name after (?(", this.source.length);
    this.at += found[0].length;
    const at = this.at;
    const [, recursed, sign, digits, whole, recursedName] = found;
    const name = found[6] ?? found[7] ?? found[8];
    if (name === "DEFINE" && !this.names.has(name)) return { type: "define" };
    if (whole !== undefined && recursedName === undefined) return { type: "recursion", groups: [] };
    if (digits !== undefined && recursed === "" && Number(digits) === 0)
      this.fail("invalid condition (?(0)", at);
    const type = recursed === "R" || whole !== undefined ? "recursion" : "set";
    const test = { type, groups: [] as readonly number[] } as const;
    const before = sign === "-" && Number(digits) > this.captures;
    const wanted = before ? -1 : digits !== undefined ? this.relative(sign, digits) : (recursedName ?? name);
    this.later[0].push(() => {
      // `(?(R1)…)` may name a group that does not exist.
      (test as { groups: readonly number[] }).groups =
        type === "recursion" && typeof wanted === "number" ? [wanted] : this.existing(wanted, at);
    });
    return test;
  }

  // -- Escapes

  private escape(flags: Flags, start: number, items: Node[]): boolean | null {
    if (this.at >= this.source.length) this.fail("\\ at end of pattern", this.source.length);
    const char = this.source[this.at];
    const { ucp, newline, unicode } = this.options;
    const rest = this.source.slice(this.at);
    const place = (source: string): boolean => {
      this.at++;
      items.push({ type: "place", kind: "other", source });
      return false;
    };
    const item = (node: Node, length = 1): boolean => {
      this.at += length;
      items.push(node);
      return true;
    };
    if (/[dwshv]/.test(char)) return item({ type: "set", source: `[${typeSet(char, ucp)}]` });
    if (/[DWSHV]/.test(char)) return item({ type: "set", source: `[^${typeSet(char.toLowerCase(), ucp)}]` });
    switch (char) {
      case "N":
        if (/^N\{(?!\d+(,\d*)?\})/.test(rest))
          this.fail("PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u", this.at);
        return item({ type: "set", source: `[^${NEWLINES[newline].chars}]` });
      case "C":
        if (unicode) this.fail("\\C is not supported", start);
        return item({ type: "set", source: "[^]" });
      case "R":
        return item({
          type: "unit",
          source: this.options.bsrAnyCrlf ? "\\r\\n|\\n|\\r" : `\\r\\n|[${VERTICAL}]`,
        });
      case "X":
        return item({ type: "unit", source: GRAPHEME });
      case "A":
        return place("^");
      case "z":
        return place("$");
      case "Z":
        return place(`(?=${NEWLINES[newline].sequence}?$)`);
      case "b":
      case "B": {
        const word = `[${typeSet("w", ucp)}]`;
        const boundary = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
        return place(char === "b" ? boundary : `(?!${boundary})`);
      }
      case "G":
        item({ type: "start" });
        return false;
      case "K":
        item({ type: "keep" });
        return false;
      case "Q": {
        const end = this.source.indexOf("\\E", this.at);
        const text = this.source.slice(this.at + 1, end < 0 ? undefined : end);
        this.at = end < 0 ? this.source.length : end + 2;
        for (const one of text) items.push(this.literal(one, flags));
        return text === "" ? null : true;
      }
      case "E":
        this.at++;
        return null;
      case "p":
      case "P":
        return item({ type: "set", source: `[${this.property()}]` }, 0);
      case "k":
        return this.namedReference(rest, flags, items);
      case "g":
        return this.groupReference(rest, flags, items);
    }
    const back = /^[1-9]\d*/.exec(rest);
    if (back !== null && (Number(back[0]) < 8 || Number(back[0]) <= this.captures)) {
      this.at += back[0].length;
      items.push(this.reference(Number(back[0]), flags, this.source.length));
    } else items.push(this.literal(String.fromCodePoint(this.escapedPoint(false)), flags));
    return true;
  }

  private namedReference(rest: string, flags: Flags, items: Node[]): boolean {
    const close = { "<": ">", "'": "'", "{": "}" }[rest[1]];
    if (close === undefined)
      this.fail("\\k is not followed by a braced, angle-bracketed, or quoted name", this.at);
    this.at += 2;
    items.push(this.reference(this.name(close), flags));
    return true;
  }

  private groupReference(rest: string, flags: Flags, items: Node[]): boolean {
    const call = /^g(?:<([+-]?)(\d+)>|'([+-]?)(\d+)')/.exec(rest);
    if (call !== null) {
      this.at += call[0].length;
      items.push(this.call(this.relative(call[1] ?? call[3], call[2] ?? call[4])));
      return true;
    }
    if (/^g[<']/.test(rest)) {
      this.at += 2;
      items.push(this.call(this.name(rest[1] === "<" ? ">" : "'")));
      return true;
    }
    const found = /^g(?:(-?)(\d+)|\{(-?)(\d+)\})/.exec(rest);
    if (found !== null) {
      this.at += found[0].length;
      const number = this.relative(found[1] ?? found[3], found[2] ?? found[4]);
      if (Number(found[2] ?? found[4]) === 0) this.fail("a numbered reference must not be zero", this.at - 1);
      items.push(this.reference(number, flags, this.source.length));
      return true;
    }
    if (!rest.startsWith("g{")) this.fail("a numbered reference must not be zero", this.at);
    this.at += 2;
    items.push(this.reference(this.name("}"), flags));
    return true;
  }
}
