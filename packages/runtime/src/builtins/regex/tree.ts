/**
 * A Perl-compatible pattern as a tree. What stands for characters is already the host's text for them (`sets.ts`), so that
 * the host's own expressions (`host.ts`) and the matcher (`machine.ts`) read the same sets. Names are resolved to numbers once
 * the whole pattern is read, since a reference may come before its group.
 */
import type { Flags } from "./scanner.ts";

export type Mode = "greedy" | "lazy" | "possessive";

export interface Capture {
  readonly type: "capture";
  readonly number: number;
  body: Node;
}

export interface Repeat {
  readonly type: "repeat";
  body: Node;
  readonly min: number;
  readonly max: number;
  readonly mode: Mode;
}

export interface Look {
  readonly type: "look";
  readonly behind: boolean;
  readonly negative: boolean;
  body: Node;
}

/** What a conditional group asks: whether one of the groups is set, whether this is a recursion, an assertion. */
export type Test =
  | { readonly type: "set"; groups: readonly number[] }
  | { readonly type: "recursion"; groups: readonly number[] }
  | { readonly type: "define" }
  | Look;

export type Verb = "ACCEPT" | "COMMIT" | "FAIL" | "MARK" | "PRUNE" | "SKIP" | "THEN";

export type Node =
  /** One character of a set: text of the host for `[…]`. */
  | { readonly type: "set"; readonly source: string }
  /** One character; `other` is its other case where that matches too. */
  | { readonly type: "char"; readonly char: string; readonly other: string | null }
  /** What the host's expression finds here: nothing goes back into it. */
  | { readonly type: "unit"; readonly source: string }
  /** Places that the host's expression knows; `^` and `$` depend on how the matcher is called. */
  | { readonly type: "place"; readonly kind: "circumflex" | "dollar" | "other"; readonly source: string }
  /** `\G` */
  | { readonly type: "start" }
  /** So many characters back, at the start of an alternative that looks behind. */
  | { readonly type: "back"; readonly length: number }
  /** `\K` */
  | { readonly type: "keep" }
  | { readonly type: "sequence"; readonly items: Node[] }
  | { readonly type: "choice"; readonly alternatives: Node[] }
  | { readonly type: "atomic"; body: Node }
  | { readonly type: "reference"; groups: readonly number[]; readonly caseless: boolean }
  /** A call of a group; of the whole pattern as 0. */
  | { readonly type: "call"; group: number }
  | { readonly type: "condition"; readonly test: Test; yes: Node; no: Node }
  | { readonly type: "verb"; readonly verb: Verb; readonly name: string | null }
  | Capture
  | Repeat
  | Look;

export interface Pattern {
  readonly root: Node;
  readonly captures: number;
  /** Groups by name; more than one with `(?J)`. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** `iv` where the sets of the tree are to be read without regard to case. */
  readonly flags: "v" | "iv";
  readonly matchLimit: number;
}

export type { Flags };

/** The nodes directly below. */
export function children(node: Node): readonly Node[] {
  switch (node.type) {
    case "sequence":
      return node.items;
    case "choice":
      return node.alternatives;
    case "capture":
    case "repeat":
    case "look":
    case "atomic":
      return [node.body];
    case "condition":
      return node.test.type === "look" ? [node.test, node.yes, node.no] : [node.yes, node.no];
    default:
      return [];
  }
}

/** Whether the node, or one below it, is such a one. Patterns nest at most 250 deep. */
export function contains(node: Node, found: (node: Node) => boolean): boolean {
  return found(node) || children(node).some((child) => contains(child, found));
}
