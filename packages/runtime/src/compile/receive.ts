/** `receive`: a function of its own that walks the mailbox from the save pointer on. */

import { keywordGet } from "../syntax/quoted.ts";
import { atom } from "../term/atom.ts";
import { Cons } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { type Clause, readClauses } from "./branch.ts";
import { deliver } from "./call.ts";
import { argsOf, into, value } from "./expression.ts";
import { type Dest, type FunctionCompiler, type Key, TAIL, variableKey } from "./function.ts";
import { block, EFFECT, effect, listed, type Operand } from "./ir.ts";
import { matchRows, part, row } from "./match.ts";

const DO = atom("do");
const AFTER = atom("after");
const PIN = atom("^");
/** As many as `receiveFrom` takes. */
const MOST_PINNED = 3;

export function compileReceive(f: FunctionCompiler, node: Tuple3, dest: Dest): void {
  const [options] = argsOf(node);
  const start = f.line;
  const clauses = readClauses(keywordGet(options, DO) as Term);
  const after = keywordGet(options, AFTER);
  const [timeoutClause] = after === undefined ? [] : readClauses(after);
  const timeout = timeoutClause === undefined ? null : value(f, timeoutClause.patterns[0]);
  const { f: child, captured } = f.lift("receive", [options], [], dest);
  const limit: Operand | null = timeout === null ? null : child.param("timeout");
  const before = child.fresh("before");
  const cursor = child.fresh("cursor");
  const message = child.fresh("message");
  const next = child.label("next");
  const match = block();
  const late = timeoutClause === undefined ? null : block();
  const pinned = pinnedByAll(clauses)
    .map((key) => child.env.get(key) as Operand)
    .slice(0, MOST_PINNED);
  child.end({ op: "receive", before, cursor, message, next, match, pinned, timeout: limit, after: late });
  child.current = match;
  child.clauses = clauses.map(({ line }) => line);
  const rows = clauses.map(({ patterns, guards, body, line }) =>
    row(child, patterns, guards, () => {
      // So that a trace can tell which clause took the message.
      if (line > 0) child.line = line;
      child.do(effect`consume(S.p, ${before}, ${cursor})`);
      into(child, body, TAIL);
    }),
  );
  matchRows(child, [part(message)], rows, next);
  if (late !== null) {
    child.current = late;
    into(child, timeoutClause.body, TAIL);
  }
  // Waiting is said to be in the line of `receive`.
  child.line = start;
  child.define();
  const args = timeout === null ? captured : [...captured, timeout];
  deliver(f, "message", listed(`${child.name}(`, args, ")", EFFECT), dest);
}

/** The variables that are pinned somewhere in the patterns of every clause. */
function pinnedByAll(clauses: readonly Clause[]): Key[] {
  if (clauses.length === 0) return [];
  const [first, ...others] = clauses.map(({ patterns }) => pinnedIn(patterns[0]));
  return [...first].filter((key) => others.every((keys) => keys.has(key)));
}

function pinnedIn(pattern: Term): Set<Key> {
  const keys = new Set<Key>();
  const stack: Term[] = [pattern];
  while (stack.length > 0) {
    const term = stack.pop() as Term;
    if (term instanceof Cons) stack.push(term.head, term.tail);
    else if (term instanceof Tuple2) stack.push(term.a, term.b);
    else if (term instanceof Tuple3 && term.a === PIN) {
      const [variable] = argsOf(term);
      const key = variable instanceof Tuple3 ? variableKey(variable) : null;
      if (key !== null) keys.add(key);
    } else if (term instanceof Tuple3 && variableKey(term) === null) stack.push(term.c);
  }
  return keys;
}
