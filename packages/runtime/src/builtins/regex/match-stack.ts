/** The stack of the matcher: entries of three numbers and a kind, in one array that grows. */
const FIRST_ENTRIES = 32;

export class MatchStack {
  entries = new Int32Array(FIRST_ENTRIES * 4);
  /** In entries. */
  height = 0;

  push(a: number, b: number, c: number, kind: number): void {
    const i = this.height++ * 4;
    if (i === this.entries.length) {
      const larger = new Int32Array(this.entries.length * 2);
      larger.set(this.entries);
      this.entries = larger;
    }
    const { entries } = this;
    entries[i] = a;
    entries[i + 1] = b;
    entries[i + 2] = c;
    entries[i + 3] = kind;
  }

  /** Leaves only entries of some kinds above a height. */
  cut(height: number, isKept: (kind: number) => boolean): void {
    const { entries } = this;
    let to = height * 4;
    for (let i = to; i < this.height * 4; i += 4) {
      if (!isKept(entries[i + 3])) continue;
      if (i !== to) entries.copyWithin(to, i, i + 4);
      to += 4;
    }
    this.height = to / 4;
  }
}
