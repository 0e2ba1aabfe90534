/**
 * What a shell is between two evaluations, to go back to: its bindings and environment, the modules of the program, its
 * mailbox, dictionary, name, flag and tables. Terms never change, so a snapshot is as small as what it lists.
 *
 * Other processes are not part of it: what they hold by now they keep.
 */
import type { Table } from "../builtins/ets-table.ts";
import { currentTables } from "../builtins/ets-tables.ts";
import { dictionaryOf, eraseAll, putKey } from "../builtins/process-dict.ts";
import { appendMessage, Message, type Process, TRAP_EXIT } from "../process/process.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { Atom } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import { type ModulesSnapshot, restoreModules, snapshotModules } from "./code-server.ts";

export class ShellSnapshot {
  /** Bindings and environment, as the shell has reported them; `null` for those of a new one. */
  readonly state: Term | null;
  readonly #modules: ModulesSnapshot;
  readonly #mailbox: readonly Term[];
  readonly #dictionary: readonly [Term, Term][];
  readonly #name: Atom | null;
  readonly #trapsExits: boolean;
  readonly #tables: ReadonlySet<Table>;

  /** Taken while the shell evaluates nothing. */
  constructor(scheduler: Scheduler, shell: Process, state: Term | null) {
    this.state = state;
    this.#modules = snapshotModules();
    const mailbox: Term[] = [];
    for (let message = shell.head; message !== null; message = message.next) mailbox.push(message.term);
    this.#mailbox = mailbox;
    this.#dictionary = dictionaryOf(shell);
    this.#name = shell.extra?.name ?? null;
    this.#trapsExits = (shell.flags & TRAP_EXIT) !== 0;
    this.#tables = new Set(scheduler.enter(() => tablesOf(shell)));
  }

  /** Makes the shell what it was; `state` is given to it with the next evaluation. */
  restore(scheduler: Scheduler, shell: Process): void {
    restoreModules(this.#modules);
    shell.head = shell.last = shell.saved = shell.mark = null;
    shell.mailboxLength = 0;
    for (const term of this.#mailbox) appendMessage(shell, new Message(term));
    eraseAll(shell);
    for (const [key, value] of this.#dictionary) putKey(key, value, shell);
    shell.flags = this.#trapsExits ? shell.flags | TRAP_EXIT : shell.flags & ~TRAP_EXIT;
    scheduler.enter(() => {
      const name = shell.extra?.name ?? null;
      if (name !== null && name !== this.#name) scheduler.unregister(name);
      for (const table of tablesOf(shell)) if (!this.#tables.has(table)) currentTables().drop(table);
    });
  }
}

function tablesOf(owner: Process): Table[] {
  return currentTables()
    .all()
    .filter((table) => table.owner === owner);
}
