/** A set of characters, asked one at a time: a table for Latin-1, the host's expression beyond. */
import { quote } from "./sets.ts";
import type { Node } from "./tree.ts";

const LATIN1 = 256;
const known = new Map<string, CharSet>();
const KNOWN_SIZE = 1000;

export class CharSet {
  readonly latin1 = new Uint8Array(LATIN1);
  private readonly expression: RegExp;
  private readonly beyond = new Map<number, boolean>();
  /** Whether a character beyond Latin-1 may be in it. */
  readonly hasBeyond: boolean;

  private constructor(source: string, flags: string) {
    this.expression = new RegExp(`^${source}$`, flags);
    for (let code = 0; code < LATIN1; code++)
      this.latin1[code] = this.expression.test(String.fromCharCode(code)) ? 1 : 0;
    this.hasBeyond = /\^|\\p|\\P|\\u\{[0-9a-f]{3,}|\\u[0-9a-f]{4}/.test(source) || flags.includes("i");
  }

  static of(source: string, flags: string): CharSet {
    const key = flags + source;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= KNOWN_SIZE) known.clear();
    const made = new CharSet(source, flags);
    known.set(key, made);
    return made;
  }

  has(code: number): boolean {
    if (code < LATIN1) return this.latin1[code] === 1;
    let answer = this.beyond.get(code);
    if (answer === undefined) {
      answer = this.expression.test(String.fromCodePoint(code));
      this.beyond.set(code, answer);
    }
    return answer;
  }

  overlaps(other: CharSet): boolean {
    if (this.hasBeyond && other.hasBeyond) return true;
    return this.latin1.some((bit, code) => bit === 1 && other.latin1[code] === 1);
  }
}

/** The text for `[…]` of a node that matches one character, else `null`. */
export function setSource(node: Node): string | null {
  if (node.type === "set") return node.source;
  if (node.type !== "char") return null;
  return `[${quote(node.char)}${node.other === null ? "" : quote(node.other)}]`;
}
