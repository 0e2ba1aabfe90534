/** Which arguments of a failed builtin are said to be wrong, as Erlang says it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { erlErtsErrors } from "../../../packages/runtime/src/builtins/erl-erts-errors.ts";
import { S } from "../../../packages/runtime/src/process/stack.ts";
import { text } from "../../../packages/runtime/src/term/bitstring.ts";
import { makeReference } from "../../../packages/runtime/src/term/identifier.ts";
import { mapEntries, type TermMap } from "../../../packages/runtime/src/term/map.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { a, does, erl, fun, list, receive, run, self, spawn, tuple } from "./bodies.ts";

/** `"1: complaint; 2: complaint"` for the failing call; `"no error"` when it succeeds. */
function complaints(name: string, ...given: (Term | (() => Term))[]): string {
  let found = "no error";
  run(function* () {
    const args = given.map((arg) => (typeof arg === "function" ? arg() : arg));
    try {
      yield* erl(name, ...args);
    } catch (raised: any) {
      const entry = tuple(raised.call.module, raised.call.name, list(raised.call.args), list([]));
      const map = erlErtsErrors.functions["format_error/2"](raised.reason, list([entry])) as TermMap;
      found = mapEntries(map)
        .map(([n, complaint]) => `${n}: ${(complaint as any).text}`)
        .join("; ");
    }
  });
  return found;
}

const dead = () => spawn(does(() => 1));
const waiting = () => spawn(() => receive());
const named = () => {
  const p = waiting();
  S.system.register(a("named"), p);
  return p;
};
const wrong = text("wrong");

test("wrong arguments of process builtins", () => {
  for (const [expected, name, ...args] of [
    ["1: not a pid", "link", a("x")],
    ["1: not a pid", "exit", a("x"), 1],
    ["2: not a pid", "monitor", a("process"), wrong],
    ["1: invalid monitor type", "monitor", a("foo"), self],
    ["3: invalid option in list", "monitor", a("process"), self, list([a("x")])],
    ["3: not a list", "monitor", 1, self, a("x")],
    ["1: not a reference; 2: not a list", "demonitor", 1, a("x")],
    ["1: 'undefined' is not a valid name", "register", a("undefined"), self],
    ["1: not an atom; 2: not a pid or port", "register", 1, 1],
    ["2: this process or port already has a name", "register", a("other"), named],
    ["1: invalid destination", "send", wrong, 1],
    ["3: invalid option in list", "send", self, 1, list([a("x")])],
    ["1: not a fun", "spawn", a("x")],
    ["3: not a list", "spawn", a("m"), a("f"), a("x")],
    ["2: invalid spawn option", "spawn_opt", fun(does(() => 1)), list([a("x")])],
    ["4: not a list", "spawn_opt", a("m"), a("f"), list([]), a("x")],
    ["1: not an integer; 2: not a pid or an atom", "send_after", a("soon"), wrong, 1],
    ["1: out of range", "send_after", -1, self, 1],
    ["2: invalid option in list", "cancel_timer", makeReference, list([a("x")])],
    ["2: invalid item or item list", "process_info", self, a("x")],
    ["1: not a pid", "process_info", 1, a("x")],
    ["1: invalid process flag", "process_flag", a("x"), 1],
    ["2: invalid value for this process flag", "process_flag", a("trap_exit"), 1],
    ["1: the pid refers to the current process", "suspend_process", self],
    ["2: invalid time unit; 3: invalid time unit", "convert_time_unit", 1, a("x"), a("y")],
    ["1: not a textual representation of a pid", "list_to_pid", list([1])],
  ] as [string, string, ...any[]][]) {
    assert.equal(complaints(name, ...args), expected, `${name}/${args.length}`);
  }
  assert.equal(complaints("is_process_alive", dead), "no error");
});
