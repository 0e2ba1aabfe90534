/** What a table of `:ets` is made of: an entry holds the objects of one key, a store finds entries and knows their order. */
import type { Term, Tuple } from "../term/index.ts";

export class Entry {
  /** The last one that was given: in an ordered table, `1.0` may replace `1`. */
  key: Term;
  /** The only one in a set; in a bag the first. */
  object: Tuple;
  /** What came after the first. */
  more: Tuple[] | null = null;
  /** Of the key; below 0 until an order needs it. */
  hash = -1;
  /** What comes next in the bucket of a hashed table. */
  behind: Entry | null = null;
  /** Another one whose key the host's map cannot tell from this one's. */
  twin: Entry | null = null;
  /** Which entry of its table it was. */
  serial = 0;

  constructor(key: Term, object: Tuple) {
    this.key = key;
    this.object = object;
  }

  get objects(): Tuple[] {
    return this.more === null ? [this.object] : [this.object, ...this.more];
  }

  set objects([first, ...more]: Tuple[]) {
    this.object = first;
    this.more = more.length === 0 ? null : more;
  }
}

export interface Store {
  find(key: Term): Entry | undefined;
  /** Its key is not there yet. */
  add(entry: Entry): void;
  remove(entry: Entry): void;
  clear(): void;
  first(): Entry | null;
  last(): Entry | null;
  /** The entry behind the key, which an ordered table need not hold; `undefined` when a hashed one does not. */
  after(key: Term): Entry | null | undefined;
  before(key: Term): Entry | null | undefined;
  /** In the order in which a search gives them: that of the keys, or of the buckets from the last on. */
  entries(): Entry[];
  /** The entries of a bucket, or `null` behind the last one; an ordered table has one entry in each. */
  slot(index: number): readonly Entry[] | null | undefined;
}
