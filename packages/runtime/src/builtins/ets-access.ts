/** Who may read and write a table of `:ets`: all, all but for writing, or its owner. */
import { S } from "../process/stack.ts";
import { atom, badarg, mapFrom, type Raised, type Term } from "../term/index.ts";
import type { Table } from "./ets-table.ts";
import { currentTables } from "./ets-tables.ts";

export function bad(name: string, args: Term[]): Raised {
  return badarg("ets", name, args);
}

/** With what Erlang notes beside the error, as the arguments do not tell it. */
export function badBecause(
  cause: "access" | "type" | "keypos" | "owner",
  name: string,
  args: Term[],
): Raised {
  const raised = bad(name, args);
  raised.info = mapFrom([
    [atom("cause"), atom(cause)],
    [atom("module"), atom("erl_erts_errors")],
  ]);
  return raised;
}

type Access = "read" | "write" | "any";

/** The table, if the running process may reach it so. */
export function reach(handle: Term, access: Access): Table | undefined {
  const table = currentTables().find(handle);
  return table !== undefined && mayAccess(table, access) ? table : undefined;
}

/** The table for reading or writing by the running process; what asks often, asks `reach` first, which makes no list of arguments. */
export function open(name: string, args: Term[], access: Access, handle = args[0]): Table {
  const table = currentTables().find(handle);
  if (table === undefined) throw bad(name, args);
  if (!mayAccess(table, access)) throw badBecause("access", name, args);
  return table;
}

function mayAccess(table: Table, access: Access): boolean {
  if (access === "any" || table.owner === S.p || table.protection === "public") return true;
  return access === "read" && table.protection === "protected";
}
