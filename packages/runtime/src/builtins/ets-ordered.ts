/**
 * The entries of an ordered table: sorted arrays, each of whose keys are less than those of the next, so that a table may be as
 * large as memory allows.
 */
import { compareTerms, type Term } from "../term/index.ts";
import type { Entry, Store } from "./ets-store.ts";

/** Longer ones are halved. */
const LONGEST = 512;

export class OrderedStore implements Store {
  /** None is empty, but for the only one of an empty table. */
  private blocks: Entry[][] = [[]];
  /** Where the last search ended: the first entry whose key is not less; behind the last block's entries if there is none. */
  private block = 0;
  private index = 0;

  /** Goes to the first entry whose key is not less, which is returned. */
  private seek(key: Term): Entry | undefined {
    const { blocks } = this;
    let low = 0;
    let high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const block = blocks[middle];
      if (compareTerms(block[block.length - 1].key, key) < 0) low = middle + 1;
      else high = middle;
    }
    const block = blocks[low];
    this.block = low;
    low = 0;
    high = block.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareTerms(block[middle].key, key) < 0) low = middle + 1;
      else high = middle;
    }
    this.index = low;
    return block[low];
  }

  find(key: Term): Entry | undefined {
    const entry = this.seek(key);
    return entry !== undefined && compareTerms(entry.key, key) === 0 ? entry : undefined;
  }

  add(entry: Entry): void {
    const { blocks } = this;
    const last = blocks[blocks.length - 1];
    const isGreatest = last.length === 0 || compareTerms(last[last.length - 1].key, entry.key) < 0;
    if (!isGreatest) {
      this.seek(entry.key);
      const block = blocks[this.block];
      block.splice(this.index, 0, entry);
      if (block.length > LONGEST) blocks.splice(this.block + 1, 0, block.splice(LONGEST >> 1));
    } else if (last.length < LONGEST) last.push(entry);
    else blocks.push([entry]);
  }

  remove(entry: Entry): void {
    if (this.seek(entry.key) !== entry) return;
    const { blocks } = this;
    const block = blocks[this.block];
    block.splice(this.index, 1);
    if (block.length === 0 && blocks.length > 1) blocks.splice(this.block, 1);
  }

  clear(): void {
    this.blocks = [[]];
  }

  first(): Entry | null {
    return this.blocks[0][0] ?? null;
  }

  last(): Entry | null {
    return this.blocks[this.blocks.length - 1].at(-1) ?? null;
  }

  after(key: Term): Entry | null {
    const at = this.seek(key);
    if (at === undefined || compareTerms(at.key, key) !== 0) return at ?? null;
    return this.blocks[this.block][this.index + 1] ?? this.blocks[this.block + 1]?.[0] ?? null;
  }

  before(key: Term): Entry | null {
    this.seek(key);
    return this.blocks[this.block][this.index - 1] ?? this.blocks[this.block - 1]?.at(-1) ?? null;
  }

  entries(): Entry[] {
    return this.blocks.flat();
  }

  slot(index: number): Entry[] | null | undefined {
    if (index < 0) return undefined;
    for (const block of this.blocks) {
      if (index < block.length) return [block[index]];
      index -= block.length;
    }
    return index === 0 ? null : undefined;
  }
}
