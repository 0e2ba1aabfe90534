/** Which tables of `:ets` a system has, and what becomes of them when their owners end. What a table is, is loaded with the first one. */
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Atom, atom, Reference, type Term, tuple } from "../term/index.ts";
import type { Table } from "./ets-table.ts";

/** The tables of one system. */
export class Tables {
  private readonly byId = new Map<number, Table>();
  private readonly byName = new Map<Atom, Table>();
  private readonly watched = new WeakSet<Process>();

  find(handle: Term): Table | undefined {
    if (handle instanceof Atom) return this.byName.get(handle);
    return handle instanceof Reference ? this.byId.get(handle.id) : undefined;
  }

  add(table: Table): void {
    this.byId.set(table.id.id, table);
    if (table.named) this.byName.set(table.name, table);
    this.watch(table.owner);
  }

  drop(table: Table): void {
    this.byId.delete(table.id.id);
    if (table.named) this.byName.delete(table.name);
  }

  rename(table: Table, name: Atom): void {
    if (table.named) {
      this.byName.delete(table.name);
      this.byName.set(name, table);
    }
    table.name = name;
  }

  all(): Table[] {
    return [...this.byId.values()];
  }

  give(table: Table, to: Process, data: Term): void {
    const from = table.owner;
    table.owner = to;
    this.watch(to);
    S.system.send(to, tuple(atom("ETS-TRANSFER"), table.handle, from, data));
  }

  /** Tables go with their owner, or to their heir. */
  private watch(owner: Process): void {
    if (this.watched.has(owner)) return;
    this.watched.add(owner);
    S.system.observe(owner, () => {
      for (const table of this.all()) {
        if (table.owner !== owner) continue;
        const { heir } = table;
        if (heir !== null && heir.process !== owner && S.system.find(heir.process) !== null)
          this.give(table, heir.process, heir.data);
        else this.drop(table);
      }
    });
  }
}

/** The tables of the running system. */
export function currentTables(): Tables {
  const { stores } = S.system;
  for (const store of stores) if (store instanceof Tables) return store;
  const tables = new Tables();
  stores.push(tables);
  return tables;
}
