import assert from "node:assert/strict";
import { test } from "node:test";
import { withSession } from "../../support/session.ts";

test(
  "a module lists what is public, sorted",
  withSession(async (session) => {
    const code = `
      defmodule M do
        @deprecated "use a"
        defstruct [:x]
        def b, do: p()
        def a, do: 1
        defp p, do: 2
        defmacro m(x), do: x
      end
      IO.inspect(M.__info__(:functions))
      IO.inspect(M.__info__(:macros))
      IO.inspect(M.__info__(:struct))
      IO.inspect(M.module_info(:exports))
      IO.inspect(Keyword.keys(M.module_info()))
      IO.inspect(M.module_info(:attributes))`;
    await session.run("a", code);
    assert.deepEqual(
      session
        .printed("a")
        .trim()
        .split(/\n(?![ \]])/),
      [
        "[__struct__: 0, __struct__: 1, a: 0, b: 0]",
        "[m: 1]",
        "[%{default: nil, field: :x}]",
        '[\n  "MACRO-m": 2,\n  __info__: 1,\n  __struct__: 0,\n  __struct__: 1,\n  a: 0,\n  b: 0,\n  module_info: 0,\n  module_info: 1\n]',
        "[:module, :exports, :attributes, :compile, :md5]",
        "[vsn: [0]]",
      ],
    );
  }),
);
