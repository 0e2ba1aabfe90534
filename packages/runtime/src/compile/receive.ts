/** `receive`: a function of its own that walks the mailbox from the save pointer on. */

import { keywordGet } from "../syntax/quoted.ts";
import { atom } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import type { Tuple3 } from "../term/tuple.ts";
import { readClauses } from "./branch.ts";
import { deliver } from "./call.ts";
import { argsOf, into, value } from "./expression.ts";
import { type Dest, type FunctionCompiler, TAIL } from "./function.ts";
import { block, EFFECT, effect, listed, type Operand } from "./ir.ts";
import { matchRows, part, row } from "./match.ts";

const DO = atom("do");
const AFTER = atom("after");

export function compileReceive(f: FunctionCompiler, node: Tuple3, dest: Dest): void {
  const [options] = argsOf(node);
  const clauses = readClauses(keywordGet(options, DO) as Term);
  const after = keywordGet(options, AFTER);
  const [timeoutClause] = after === undefined ? [] : readClauses(after);
  const timeout = timeoutClause === undefined ? null : value(f, timeoutClause.patterns[0]);
  const { f: child, captured } = f.lift("receive", [options]);
  const limit: Operand | null = timeout === null ? null : child.param("timeout");
  const before = child.fresh("before");
  const cursor = child.fresh("cursor");
  const message = child.fresh("message");
  const next = child.label("next");
  const match = block();
  const late = timeoutClause === undefined ? null : block();
  child.end({ op: "receive", before, cursor, message, next, match, timeout: limit, after: late });
  child.current = match;
  const rows = clauses.map(({ patterns, guards, body }) =>
    row(child, patterns, guards, () => {
      child.do(effect`consume(S.p, ${before}, ${cursor})`);
      into(child, body, TAIL);
    }),
  );
  matchRows(child, [part(message)], rows, next);
  if (late !== null) {
    child.current = late;
    into(child, timeoutClause.body, TAIL);
  }
  child.define();
  const args = timeout === null ? captured : [...captured, timeout];
  deliver(f, "message", listed(`${child.name}(`, args, ")", EFFECT), dest);
}
