/** Erlang's functions, called as programs call them, answer and fail as on OTP 25. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { decode } from "../../packages/runtime/src/etf/index.ts";
import { type Atom, Fun, listToArray, Pid, type Tuple } from "../../packages/runtime/src/term/index.ts";
import { TestSession } from "../support/session.ts";

/** Nobody looks into the arguments here but for how many they are. */
const resolver = {
  externalFun: (module: Atom, name: Atom, arity: number) =>
    new Fun(() => 0, { module, name, arity, index: -1 }),
  localFun: () => null,
  pid: (id: number, serial: number) => new Pid(0, id, serial),
};

/** By function the calls, each the text of a term in Erlang's external format: module, name, arguments and answer. */
const calls = new Map<string, string[]>();
for (const line of readFileSync(join(import.meta.dirname, "answers/otp25.txt"), "utf8")
  .trim()
  .split("\n")) {
  const { term } = decode(new Uint8Array(Buffer.from(line, "base64")), { resolver });
  const [module, name, args] = (term as Tuple).toArray() as [Atom, Atom, never];
  const key = `${module.name}:${name.name}/${listToArray(args)!.length}`;
  calls.set(key, [...(calls.get(key) ?? []), line]);
}

const session = new TestSession();
after(() => session.close());

for (const [key, lines] of calls)
  test(`${key} answers as on OTP 25`, async () => {
    const events = await session.run(
      key,
      `for line <- ~w(${lines.join(" ")}) do
  {module, name, args, answer} = :erlang.binary_to_term(Base.decode64!(line))

  result =
    try do
      {:ok, apply(module, name, args)}
    catch
      kind, reason -> {kind, reason}
    end

  # Of formatted text the characters were written down, not how they lie in lists.
  same? =
    case {module, result, answer} do
      {:io_lib, {:ok, text}, {:ok, expected}} when is_list(text) -> :lists.flatten(text) === :lists.flatten(expected)
      _ -> result === answer
    end

  unless same?, do: IO.inspect({args, result, answer}, limit: :infinity)
end`,
    );
    assert.equal(session.banner(key), null);
    assert.equal(session.printed(key), "", "arguments, answer, and OTP's");
    assert.equal(events.at(-1)?.type, "done");
  });
