/**
 * Reading what refers to groups: names, references, calls. A group may come behind a reference to it, so what they stand for is found
 * once all groups are known.
 */
import { type Flags, PatternScanner } from "./scanner.ts";
import { type Bodies, canBeEmpty } from "./shape.ts";
import type { Node } from "./tree.ts";

/** In place of the number of a group. */
export const WITHIN_ASSERTION = -2;

export class ReferenceReader extends PatternScanner {
  protected captures = 0;
  protected readonly names = new Map<string, number[]>();
  protected readonly nameOf = new Map<number, string>();
  /** What is checked when all groups are known, in PCRE's order: what reads names, then calls, then references by number. */
  protected readonly later: (() => void)[][] = [[], [], []];
  protected readonly bodies: Bodies = new Map<number, Node>();
  /** The sequences that are being read, outermost first, each with the group that it is the start of, or -1. */
  protected readonly open: { readonly group: number; readonly items: Node[] }[] = [];

  /** A name and what closes it. */
  protected name(close: string, isNew = false): string {
    const word = this.options.unicode ? /^\w*/ : /^[\w\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\xff]*/;
    const [name] = word.exec(this.source.slice(this.at)) as RegExpExecArray;
    if (/^\d/.test(name)) this.fail("group name must start with a non-digit");
    this.at += name.length;
    if (!isNew && name === "") this.fail("subpattern name expected");
    if (this.source[this.at] !== close) this.fail("syntax error in subpattern name (missing terminator)");
    if (name.length > 32) this.fail("subpattern name is too long (maximum 32 characters)");
    this.at++;
    return name;
  }

  protected define(name: string, number: number, flags: Flags): void {
    const numbers = this.names.get(name);
    if ((this.nameOf.get(number) ?? name) !== name)
      this.fail("different names for subpatterns of the same number are not allowed", this.at - 1);
    this.nameOf.set(number, name);
    if (numbers === undefined) this.names.set(name, [number]);
    else if (numbers.includes(number)) return;
    else if (flags.J) numbers.push(number);
    else this.fail("two named subpatterns have the same name", this.at - 1);
  }

  protected existing(name: string | number, at: number): readonly number[] {
    const numbers = typeof name === "number" ? [name] : this.names.get(name);
    if (numbers === undefined || numbers.some((number) => number < 0 || number > this.captures))
      this.fail("reference to non-existent subpattern", at);
    return numbers;
  }

  protected reference(name: string | number, flags: Flags, at = this.at - 1): Node {
    const node = { type: "reference" as const, groups: [] as readonly number[], caseless: flags.i };
    this.later[typeof name === "number" ? 2 : 0].push(() => {
      node.groups = this.existing(name, at);
    });
    return node;
  }

  protected call(name: string | number): Node {
    const node = { type: "call" as const, group: 0 };
    const at = this.at - 1;
    const open = this.open.map(({ group, items }) => ({ group, items, count: items.length }));
    this.later[1].push(() => {
      [node.group] = this.existing(name, at);
      const from = open.findIndex(({ group }) => group === node.group);
      // PCRE finds no endless loop from within an assertion or a condition; the matcher does.
      if (from < 0 || open.some(({ group }) => group === WITHIN_ASSERTION)) return;
      const before = open.slice(from).flatMap(({ items, count }) => items.slice(0, count));
      if (before.every((item) => canBeEmpty(item, this.bodies)))
        this.fail("recursive call could loop indefinitely", at);
    });
    return node;
  }

  /** A number, counted from the groups so far when it has a sign. */
  protected relative(sign: string | undefined, digits: string | undefined): number {
    const number = Number(digits ?? 0);
    if (sign === "-" && number > this.captures)
      this.fail("reference to non-existent subpattern", this.at - 1);
    if (sign === "-") return this.captures + 1 - number;
    return sign === "+" ? this.captures + number : number;
  }
}
