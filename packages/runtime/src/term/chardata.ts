/**
 * Text and bytes in lists: charlists, iodata (bytes and binaries, nested) and chardata (code points and UTF-8
 * binaries, nested).
 */
import { BitsBuilder } from "./bits.ts";
import { Bitstring, EMPTY_BINARY } from "./bitstring.ts";
import { Cons, EMPTY, type List } from "./list.ts";
import type { Term } from "./term.ts";

/** The list of the code points of a text. */
export function charlist(value: string): List {
  let result: List = EMPTY;
  for (let i = value.length - 1; i >= 0; i--) {
    let unit = value.charCodeAt(i);
    if (unit >= 0xdc00 && unit <= 0xdfff && i > 0) unit = value.codePointAt(--i) as number;
    result = new Cons(unit, result);
  }
  return result;
}

/** The text of a flat list of code points, or `null`. */
export function charlistText(term: Term): string | null {
  let result = "";
  while (term instanceof Cons) {
    const point = term.head;
    if (typeof point !== "number" || !isCodePoint(point)) return null;
    result += String.fromCodePoint(point);
    term = term.tail;
  }
  return term === EMPTY ? result : null;
}

export function isCodePoint(value: number): boolean {
  return value >= 0 && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
}

/** Visits the leaves of nested lists from left to right; false as soon as `leaf` refuses one. */
export function eachLeaf(term: Term, leaf: (item: Term, isTail: boolean) => boolean): boolean {
  const rest: Term[] = [];
  for (;;) {
    if (term instanceof Cons) {
      const head = term.head;
      if (head instanceof Cons) {
        rest.push(term.tail);
        term = head;
        continue;
      }
      if (head !== EMPTY && !leaf(head, false)) return false;
      term = term.tail;
      continue;
    }
    if (term !== EMPTY && !leaf(term, true)) return false;
    const next = rest.pop();
    if (next === undefined) return true;
    term = next;
  }
}

/** The binary of iodata, or `null` when the term is none. */
export function iodataToBinary(term: Term): Bitstring | null {
  if (term instanceof Bitstring) return term.isBinary ? term : null;
  if (term === EMPTY) return EMPTY_BINARY;
  if (!(term instanceof Cons)) return null;
  const builder = new BitsBuilder();
  const valid = eachLeaf(term, (item, isTail) => {
    if (typeof item === "number") {
      if (isTail || item < 0 || item > 255) return false;
      builder.pushByte(item);
      return true;
    }
    if (!(item instanceof Bitstring) || !item.isBinary) return false;
    builder.push(item);
    return true;
  });
  return valid ? builder.result() : null;
}

/** The text of chardata, or `null` when something in it is no valid text. */
export function chardataText(term: Term): string | null {
  if (term instanceof Bitstring) return term.text ?? null;
  let result = "";
  const valid = eachLeaf(term, (item, isTail) => {
    if (typeof item === "number") {
      if (isTail || !isCodePoint(item)) return false;
      result += String.fromCodePoint(item);
      return true;
    }
    const known = item instanceof Bitstring ? item.text : undefined;
    if (known === undefined) return false;
    result += known;
    return true;
  });
  return valid ? result : null;
}
