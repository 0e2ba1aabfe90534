/** The tables of `:ets`. Unlike terms they change in place. */
import type { Process } from "../process/process.ts";
import {
  type Atom,
  makeReference,
  type Reference,
  strictEquals,
  type Term,
  type Tuple,
} from "../term/index.ts";
import { HashedStore } from "./ets-hashed.ts";
import { OrderedStore } from "./ets-ordered.ts";
import { Entry, type Store } from "./ets-store.ts";

export type TableType = "set" | "ordered_set" | "bag" | "duplicate_bag";
export type Protection = "public" | "protected" | "private";

export class Table {
  readonly id: Reference = makeReference();
  name: Atom;
  readonly named: boolean;
  readonly type: TableType;
  /** Whether a key has one object. */
  readonly isSet: boolean;
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
    this.isSet = options.type === "set" || options.type === "ordered_set";
    this.protection = options.protection;
    this.keyPosition = options.keyPosition;
    this.owner = owner;
    this.settings = settings;
    this.store = options.type === "ordered_set" ? new OrderedStore() : new HashedStore();
  }

  /** What programs call the table. */
  get handle(): Term {
    return this.named ? this.name : this.id;
  }

  keyOf(object: Tuple): Term {
    return object.at(this.keyPosition - 1);
  }

  insert(object: Tuple): void {
    const key = this.keyOf(object);
    const entry = this.store.find(key);
    if (entry === undefined) this.store.add(new Entry(key, object));
    else if (this.isSet) {
      entry.object = object;
      entry.key = key;
      return;
    } else {
      if (this.type === "bag" && entry.objects.some((other) => strictEquals(other, object))) return;
      entry.more ??= [];
      entry.more.push(object);
    }
    this.size++;
  }

  lookup(key: Term): Tuple[] {
    return this.store.find(key)?.objects ?? [];
  }

  delete(key: Term): Tuple[] {
    const entry = this.store.find(key);
    if (entry === undefined) return [];
    const { objects } = entry;
    this.store.remove(entry);
    this.size -= objects.length;
    return objects;
  }

  deleteObjects(entry: Entry, gone: (object: Tuple) => boolean): number {
    const { objects } = entry;
    const kept = objects.filter((object) => !gone(object));
    if (kept.length === 0) this.store.remove(entry);
    else entry.objects = kept;
    this.size += kept.length - objects.length;
    return objects.length - kept.length;
  }

  clear(): void {
    this.store.clear();
    this.size = 0;
  }

  objects(): Tuple[] {
    return this.store.entries().flatMap((entry) => entry.objects);
  }
}
