/**
 * Whether the host's expressions match a pattern as PCRE does, and in reasonable time. They do not when a capture survives an
 * iteration of a repetition that does not set it again, when an iteration matches nothing, or when the pattern holds what
 * only PCRE has. They would try for ever when a repetition can match the same text in several ways: that is so
 * when some character may be followed by two places of the pattern which accept the same character (its Glushkov automaton is
 * ambiguous). The check errs on the side of our own matcher, which has a limit.
 */
import { CharSet, setSource } from "./char-set.ts";
import { canBeEmpty } from "./shape.ts";
import { contains, type Node, type Pattern } from "./tree.ts";

const FOREIGN = new Set(["start", "keep", "reference", "call", "condition", "verb"]);
/** From so many iterations on, ways to match multiply as in an endless repetition. */
const MANY = 4;
const MOST_PLACES = 400;
/** So many repetitions in a row that share characters take time of this power of the subject's length. */
const MOST_SHARING = 2;
const MOST_CHOICES = 8;

export function fitsHost({ root, flags }: Pattern): boolean {
  const numbers = new Set<number>();
  const foreign = contains(root, (node) => {
    if (node.type === "capture") {
      if (numbers.has(node.number)) return true;
      numbers.add(node.number);
    }
    return FOREIGN.has(node.type) || (node.type === "look" && node.behind && captures(node));
  });
  return !foreign && !contains(root, keepsCaptures) && new Ways(flags).areFew(root);
}

function captures(node: Node): boolean {
  return contains(node, ({ type }) => type === "capture");
}

const NO_BODIES = new Map<number, Node>();

function keepsCaptures(node: Node): boolean {
  if (node.type !== "repeat" || node.max === 0) return node.type === "repeat" && captures(node);
  if (node.min < node.max && canBeEmpty(node.body, NO_BODIES)) return true;
  return node.max > 1 && !setsAll(node.body);
}

/** Whether every match of the node sets all groups in it. */
function setsAll(node: Node): boolean {
  switch (node.type) {
    case "sequence":
      return node.items.every(setsAll);
    case "capture":
    case "atomic":
      return setsAll(node.body);
    case "repeat":
      return node.min > 0 ? setsAll(node.body) : !captures(node);
    default:
      return !captures(node);
  }
}

/** A character of the pattern, and those that may come next. */
interface Place {
  readonly set: CharSet;
  readonly next: Place[];
  isShared: boolean;
}

interface Part {
  readonly isEmpty: boolean;
  readonly first: readonly Place[];
  readonly last: readonly Place[];
}

class Ways {
  private readonly flags: string;
  private readonly places: Place[] = [];
  private readonly loops: { readonly from: number; readonly to: number; readonly isNested: boolean }[] = [];

  constructor(flags: string) {
    this.flags = flags;
  }

  areFew(root: Node): boolean {
    try {
      this.part(root, 0);
    } catch (error) {
      if (error instanceof TooMany) return !contains(root, nests);
      throw error;
    }
    for (const place of this.places) place.isShared = shared(place.next);
    const within = ({ from, to }: { from: number; to: number }): boolean =>
      this.places.slice(from, to).some((place) => place.isShared);
    const ambiguous = this.loops.filter(within);
    if (ambiguous.some(({ isNested }) => isNested)) return false;
    return (
      ambiguous.length <= MOST_SHARING && this.places.filter((one) => one.isShared).length <= MOST_CHOICES
    );
  }

  private place(source: string): Part {
    if (this.places.length >= MOST_PLACES) throw new TooMany();
    const place = { set: CharSet.of(source, this.flags), next: [], isShared: false };
    this.places.push(place);
    return { isEmpty: false, first: [place], last: [place] };
  }

  private part(node: Node, depth: number): Part {
    const source = setSource(node);
    if (source !== null) return this.place(source);
    switch (node.type) {
      case "unit":
        return this.place("[^]");
      case "sequence":
        return node.items.reduce<Part>((before, item) => join(before, this.part(item, depth)), NOTHING);
      case "choice": {
        const parts = node.alternatives.map((one) => this.part(one, depth));
        return {
          isEmpty: parts.some((one) => one.isEmpty),
          first: parts.flatMap((one) => one.first),
          last: parts.flatMap((one) => one.last),
        };
      }
      case "capture":
      case "atomic":
        return this.part(node.body, depth);
      case "look":
        this.part(node.body, depth);
        return NOTHING;
      case "repeat":
        return this.repeated(node, depth);
      default:
        return NOTHING;
    }
  }

  private repeated(node: Node & { type: "repeat" }, depth: number): Part {
    const { min, max, body } = node;
    if (min === max && max < MANY) {
      let result = NOTHING;
      for (let i = 0; i < max; i++) result = join(result, this.part(body, depth));
      return result;
    }
    const from = this.places.length;
    const part = this.part(body, max >= MANY ? depth + 1 : depth);
    if (max >= MANY) {
      connect(part.last, part.first);
      const isSingle = setSource(body) !== null;
      this.loops.push({ from, to: this.places.length, isNested: depth > 0 || !isSingle });
    } else if (max > 1) connect(part.last, part.first);
    return min === 0 ? { ...part, isEmpty: true } : part;
  }
}

class TooMany extends Error {}

/** What is too long to be looked at in full is taken for ambiguous where repetitions nest. */
function nests(node: Node): boolean {
  return (
    node.type === "repeat" &&
    node.max >= MANY &&
    contains(node.body, ({ type }) => type === "repeat" || type === "choice")
  );
}

const NOTHING: Part = { isEmpty: true, first: [], last: [] };

function join(left: Part, right: Part): Part {
  connect(left.last, right.first);
  return {
    isEmpty: left.isEmpty && right.isEmpty,
    first: left.isEmpty ? [...left.first, ...right.first] : left.first,
    last: right.isEmpty ? [...left.last, ...right.last] : right.last,
  };
}

function connect(last: readonly Place[], first: readonly Place[]): void {
  for (const place of last) place.next.push(...first);
}

/** Whether two of the places accept the same character; one that is reached in two ways is two. */
function shared(places: readonly Place[]): boolean {
  if (places.length > MOST_PLACES) return true;
  return places.some((place, i) =>
    places.slice(i + 1).some((other) => place === other || place.set.overlaps(other.set)),
  );
}
