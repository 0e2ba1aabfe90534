/**
 * The entries of a hashed table, found by the host's maps. Erlang's buckets are laid out over them when a program asks for an
 * order.
 */
import { Atom, hashTerm, strictEquals, type Term } from "../term/index.ts";
import { Buckets, MOST_UNSHRUNK } from "./ets-buckets.ts";
import type { Entry, Store } from "./ets-store.ts";

/** The host's maps tell such keys apart as Erlang does. */
function isIdentity(key: Term): boolean {
  return typeof key === "number" || typeof key === "bigint" || key instanceof Atom;
}

export class HashedStore implements Store {
  private readonly identities = new Map<Term, Entry>();
  /** All other keys by their hashes: the first of the entries that share one. */
  private readonly hashes = new Map<number, Entry>();
  private laidOut: Buckets<Entry> | null = null;
  private count = 0;
  private lastSerial = 0;

  private get order(): Buckets<Entry> {
    this.laidOut ??= new Buckets(this.asTheyCame());
    return this.laidOut;
  }

  find(key: Term): Entry | undefined {
    if (isIdentity(key)) return this.identities.get(key);
    let entry = this.hashes.get(hashTerm(key));
    while (entry !== undefined && !strictEquals(entry.key, key)) entry = entry.twin ?? undefined;
    return entry;
  }

  add(entry: Entry): void {
    const { key } = entry;
    if (isIdentity(key)) this.identities.set(key, entry);
    else {
      const hash = hashTerm(key);
      entry.twin = this.hashes.get(hash) ?? null;
      this.hashes.set(hash, entry);
    }
    entry.serial = ++this.lastSerial;
    this.count++;
    this.laidOut?.add(entry);
  }

  remove(entry: Entry): void {
    // How a table shrinks depends on when each entry goes.
    if (this.count > MOST_UNSHRUNK) this.order.remove(entry);
    else this.laidOut?.remove(entry);
    this.count--;
    if (isIdentity(entry.key)) this.identities.delete(entry.key);
    else this.forget(entry, hashTerm(entry.key));
  }

  private forget(entry: Entry, hash: number): void {
    let before = this.hashes.get(hash) as Entry;
    if (before !== entry) {
      while (before.twin !== entry) before = before.twin as Entry;
      before.twin = entry.twin;
    } else if (entry.twin === null) this.hashes.delete(hash);
    else this.hashes.set(hash, entry.twin);
  }

  clear(): void {
    this.identities.clear();
    this.hashes.clear();
    this.laidOut = null;
    this.count = 0;
  }

  first(): Entry | null {
    return this.count === 0 ? null : this.order.first();
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
    return this.count < 2 ? this.asTheyCame() : this.order.all().reverse();
  }

  slot(index: number): readonly Entry[] | null | undefined {
    const { order } = this;
    if (index < 0 || index > order.size) return undefined;
    return index === order.size ? null : order.at(index);
  }

  private asTheyCame(): Entry[] {
    const all = [...this.identities.values()];
    if (this.hashes.size === 0) return all;
    for (let entry of this.hashes.values())
      for (; ; entry = entry.twin) {
        all.push(entry);
        if (entry.twin === null) break;
      }
    return all.sort((a, b) => a.serial - b.serial);
  }
}
