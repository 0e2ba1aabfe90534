/**
 * Searching bytes for patterns, as `:binary` does: from the left, and of several patterns that match at one
 * place the longest. Matches do not overlap.
 */
export interface Match {
  readonly start: number;
  readonly length: number;
}

export class Searcher {
  /** Patterns by their first byte, longest first. */
  private readonly byFirst: (Uint8Array[] | undefined)[] = new Array(256);
  private readonly single: Uint8Array | null;

  constructor(patterns: readonly Uint8Array[]) {
    this.single = patterns.length === 1 ? patterns[0] : null;
    for (const pattern of patterns) (this.byFirst[pattern[0]] ??= []).push(pattern);
    for (const group of this.byFirst) group?.sort((a, b) => b.length - a.length);
  }

  /** The first match within the bounds, or `null`. */
  find(bytes: Uint8Array, from: number, to: number): Match | null {
    if (this.single !== null && this.single.length === 1) {
      const at = bytes.indexOf(this.single[0], from);
      return at < 0 || at >= to ? null : { start: at, length: 1 };
    }
    for (let i = from; i < to; i++) {
      if (this.single !== null) {
        // The host finds a byte many times faster than a loop does.
        i = bytes.indexOf(this.single[0], i);
        if (i < 0) return null;
      }
      const group = this.byFirst[bytes[i]];
      if (group === undefined) continue;
      for (const pattern of group)
        if (i + pattern.length <= to && matchesAt(bytes, i, pattern))
          return { start: i, length: pattern.length };
    }
    return null;
  }

  all(bytes: Uint8Array, from: number, to: number): Match[] {
    const found: Match[] = [];
    for (;;) {
      const match = this.find(bytes, from, to);
      if (match === null) return found;
      found.push(match);
      from = match.start + match.length;
    }
  }
}

function matchesAt(bytes: Uint8Array, at: number, pattern: Uint8Array): boolean {
  for (let i = 1; i < pattern.length; i++) if (bytes[at + i] !== pattern[i]) return false;
  return true;
}
