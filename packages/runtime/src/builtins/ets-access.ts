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

/** The table for reading or writing by the running process. */
export function open(name: string, args: Term[], access: "read" | "write" | "any", handle = args[0]): Table {
  const table = currentTables().find(handle);
  if (table === undefined) throw bad(name, args);
  if (!mayAccess(table, access)) throw badBecause("access", name, args);
  return table;
}

function mayAccess(table: Table, access: "read" | "write" | "any"): boolean {
  if (access === "any" || table.owner === S.p || table.protection === "public") return true;
  return access === "read" && table.protection === "protected";
}
