import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { natives } from "../../../packages/runtime/src/builtins/index.ts";
import { writeTerm } from "../../../packages/runtime/src/builtins/term-text.ts";
import { decode, type Resolver } from "../../../packages/runtime/src/etf/index.ts";
import type { Host } from "../../../packages/runtime/src/expand/index.ts";
import * as t from "../../../packages/runtime/src/term/index.ts";
import { lateNatives } from "../../../packages/runtime/src/vm/late.ts";

const functions = new Map<string, (...args: t.Term[]) => unknown>();
for (const native of [...natives, ...lateNatives({} as Host)])
  for (const [key, code] of Object.entries(native.functions)) functions.set(`${native.module}:${key}`, code);

const resolver: Resolver = {
  externalFun: (module, name, arity) => new t.Fun(() => 0, { module, name, arity, index: -1 }),
  localFun: () => null,
  pid: (id, serial) => new t.Pid(0, id, serial),
};

/** Calls by function: arguments and what OTP 25 answered. */
const recorded = new Map<string, { args: t.Term[]; answer: t.Term }[]>();
for (const line of readFileSync(join(import.meta.dirname, "answers/otp25.txt"), "utf8")
  .trim()
  .split("\n")) {
  const { term } = decode(new Uint8Array(Buffer.from(line, "base64")), { resolver });
  const [module, name, args, answer] = (term as t.Tuple).toArray();
  const items = t.listToArray(args) as t.Term[];
  const key = `${(module as t.Atom).name}:${(name as t.Atom).name}/${items.length}`;
  if (!recorded.has(key)) recorded.set(key, []);
  recorded.get(key)?.push({ args: items, answer });
}

for (const [key, calls] of recorded)
  test(`${key} answers as on OTP 25`, () => {
    const code = functions.get(key);
    assert.ok(code, "it is native");
    for (const { args, answer } of calls) {
      let result: t.Term;
      try {
        result = t.tuple(t.OK, code(...args) as t.Term);
      } catch (error) {
        if (!(error instanceof t.Raised)) throw error;
        result = t.tuple(error.kind, error.reason);
      }
      const shown = args.map((arg) => writeTerm(arg)).join(", ");
      assert.ok(
        t.strictEquals(result, answer),
        `(${shown}): ${writeTerm(result)} instead of ${writeTerm(answer)}`,
      );
    }
  });
