/**
 * The tables of `:ets`. Unlike terms they change in place. An entry holds the objects of one key. Those of a hashed
 * table are found by the host's maps and chained as they came; Erlang's buckets are laid out over them when a
 * program asks for an order. Those of an ordered table are a sorted array, which is simple and fast up to some
 * hundred thousand keys.
 */
import type { Process } from "../process/process.ts";
import {
  Atom,
  compareTerms,
  hashTerm,
  makeReference,
  type Reference,
  strictEquals,
  type Term,
  type Tuple,
} from "../term/index.ts";
import { Buckets, MOST_UNSHRUNK } from "./ets-buckets.ts";

export type TableType = "set" | "ordered_set" | "bag" | "duplicate_bag";
export type Protection = "public" | "protected" | "private";

export class Entry {
  /** The last one that was given: in an ordered table, `1.0` may replace `1`. */
  key: Term;
  objects: Tuple[] = [];
  next: Entry | null = null;
  previous: Entry | null = null;
  removed = false;
  /** Of the key; below 0 until an order needs it. */
  hash = -1;
  /** What comes next in the bucket of a hashed table. */
  behind: Entry | null = null;

  constructor(key: Term) {
    this.key = key;
  }
}

export interface Store {
  find(key: Term): Entry | undefined;
  /** The entry of the key, made if it is not there. */
  ensure(key: Term): Entry;
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

class HashStore implements Store {
  private readonly identities = new Map<Term, Entry>();
  private readonly buckets = new Map<number, Entry[]>();
  private head: Entry | null = null;
  private tail: Entry | null = null;
  private laidOut: Buckets<Entry> | null = null;
  private count = 0;

  private get order(): Buckets<Entry> {
    this.laidOut ??= new Buckets(this.chained());
    return this.laidOut;
  }

  find(key: Term): Entry | undefined {
    if (isIdentity(key)) return this.identities.get(key);
    return this.buckets.get(hashTerm(key))?.find((entry) => strictEquals(entry.key, key));
  }

  ensure(key: Term): Entry {
    const found = this.find(key);
    if (found !== undefined) return found;
    const entry = new Entry(key);
    if (isIdentity(key)) this.identities.set(key, entry);
    else {
      const hash = hashTerm(key);
      const bucket = this.buckets.get(hash);
      if (bucket === undefined) this.buckets.set(hash, [entry]);
      else bucket.push(entry);
    }
    entry.previous = this.tail;
    if (this.tail === null) this.head = entry;
    else this.tail.next = entry;
    this.tail = entry;
    this.count++;
    this.laidOut?.add(entry);
    return entry;
  }

  remove(entry: Entry): void {
    if (entry.removed) return;
    entry.removed = true;
    // How a table shrinks depends on when each entry goes.
    if (this.count > MOST_UNSHRUNK) this.order.remove(entry);
    else this.laidOut?.remove(entry);
    this.count--;
    if (isIdentity(entry.key)) this.identities.delete(entry.key);
    else {
      const hash = hashTerm(entry.key);
      const bucket = this.buckets.get(hash) as Entry[];
      bucket.splice(bucket.indexOf(entry), 1);
      if (bucket.length === 0) this.buckets.delete(hash);
    }
    if (entry.previous === null) this.head = entry.next;
    else entry.previous.next = entry.next;
    if (entry.next === null) this.tail = entry.previous;
    else entry.next.previous = entry.previous;
  }

  clear(): void {
    this.identities.clear();
    this.buckets.clear();
    this.head = null;
    this.tail = null;
    this.laidOut = null;
    this.count = 0;
  }

  first(): Entry | null {
    return this.head === null ? null : this.order.first();
  }

  last(): Entry | null {
    return this.first();
  }

  after(key: Term): Entry | null | undefined {
    const entry = this.find(key);
    return entry && this.order.after(entry);
  }

  /** A hashed table has one order for both directions, as in Erlang. */
  before(key: Term): Entry | null | undefined {
    return this.after(key);
  }

  entries(): Entry[] {
    return this.head === null || this.head.next === null ? this.chained() : this.order.all().reverse();
  }

  slot(index: number): readonly Entry[] | null | undefined {
    const { order } = this;
    if (index < 0 || index > order.size) return undefined;
    return index === order.size ? null : order.at(index);
  }

  private chained(): Entry[] {
    const all: Entry[] = [];
    for (let entry = this.head; entry !== null; entry = entry.next) all.push(entry);
    return all;
  }
}

function isIdentity(key: Term): boolean {
  return typeof key === "number" || typeof key === "bigint" || key instanceof Atom;
}

class OrderedStore implements Store {
  private sorted: Entry[] = [];

  /** The index of the first entry whose key is not less. */
  private position(key: Term): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareTerms(this.sorted[middle].key, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  find(key: Term): Entry | undefined {
    const entry = this.sorted[this.position(key)];
    return entry !== undefined && compareTerms(entry.key, key) === 0 ? entry : undefined;
  }

  ensure(key: Term): Entry {
    const last = this.sorted[this.sorted.length - 1];
    if (last === undefined || compareTerms(last.key, key) < 0) {
      const entry = new Entry(key);
      this.sorted.push(entry);
      return entry;
    }
    const i = this.position(key);
    const found = this.sorted[i];
    if (compareTerms(found.key, key) === 0) return found;
    const entry = new Entry(key);
    this.sorted.splice(i, 0, entry);
    return entry;
  }

  remove(entry: Entry): void {
    const i = this.position(entry.key);
    if (this.sorted[i] === entry) this.sorted.splice(i, 1);
  }

  clear(): void {
    this.sorted = [];
  }

  first(): Entry | null {
    return this.sorted[0] ?? null;
  }

  last(): Entry | null {
    return this.sorted[this.sorted.length - 1] ?? null;
  }

  after(key: Term): Entry | null {
    const i = this.position(key);
    const at = this.sorted[i];
    return this.sorted[at !== undefined && compareTerms(at.key, key) === 0 ? i + 1 : i] ?? null;
  }

  before(key: Term): Entry | null {
    return this.sorted[this.position(key) - 1] ?? null;
  }

  entries(): Entry[] {
    return this.sorted.slice();
  }

  slot(index: number): Entry[] | null | undefined {
    const entry = this.sorted[index];
    if (entry !== undefined) return [entry];
    return index === this.sorted.length ? null : undefined;
  }
}

export class Table {
  readonly id: Reference = makeReference();
  name: Atom;
  readonly named: boolean;
  readonly type: TableType;
  readonly protection: Protection;
  readonly keyPosition: number;
  owner: Process;
  heir: { readonly process: Process; readonly data: Term } | null = null;
  /** Options that only `info/2` gives back. */
  readonly settings: ReadonlyMap<string, Term>;
  readonly store: Store;
  /** Who has asked that walks come upon every object. */
  readonly fixedBy = new Set<Process>();
  /** How many objects there are. */
  size = 0;

  constructor(
    name: Atom,
    options: { named: boolean; type: TableType; protection: Protection; keyPosition: number },
    owner: Process,
    settings: ReadonlyMap<string, Term>,
  ) {
    this.name = name;
    this.named = options.named;
    this.type = options.type;
    this.protection = options.protection;
    this.keyPosition = options.keyPosition;
    this.owner = owner;
    this.settings = settings;
    this.store = options.type === "ordered_set" ? new OrderedStore() : new HashStore();
  }

  /** What programs call the table. */
  get handle(): Term {
    return this.named ? this.name : this.id;
  }

  get isSet(): boolean {
    return this.type === "set" || this.type === "ordered_set";
  }

  keyOf(object: Tuple): Term {
    return object.at(this.keyPosition - 1);
  }

  insert(object: Tuple): void {
    const entry = this.store.ensure(this.keyOf(object));
    if (this.isSet) {
      if (entry.objects.length === 0) this.size++;
      entry.objects = [object];
      entry.key = this.keyOf(object);
      return;
    }
    if (this.type === "bag" && entry.objects.some((other) => strictEquals(other, object))) return;
    entry.objects.push(object);
    this.size++;
  }

  lookup(key: Term): Tuple[] {
    return this.store.find(key)?.objects ?? [];
  }

  delete(key: Term): Tuple[] {
    const entry = this.store.find(key);
    if (entry === undefined) return [];
    this.store.remove(entry);
    this.size -= entry.objects.length;
    return entry.objects;
  }

  deleteObjects(entry: Entry, gone: (object: Tuple) => boolean): number {
    const kept = entry.objects.filter((object) => !gone(object));
    const count = entry.objects.length - kept.length;
    entry.objects = kept;
    this.size -= count;
    if (kept.length === 0) this.store.remove(entry);
    return count;
  }

  clear(): void {
    this.store.clear();
    this.size = 0;
  }

  objects(): Tuple[] {
    return this.store.entries().flatMap((entry) => entry.objects);
  }
}
