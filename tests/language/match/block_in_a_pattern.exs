# A pattern is one form: a block of several is refused where the code is compiled.
for code <- ["(x = 1; 2) = 2", "case [1] do [(1; 2)] -> 1 end", "defmodule Refused do def f((1; 2)), do: 1 end", "fn %{a: (1; 2)} -> 1 end"] do
  {error, diagnostics} =
    Code.with_diagnostics(fn ->
      try do
        Code.eval_string(code)
      rescue
        error -> error.__struct__
      end
    end)

  IO.inspect({error, Enum.map(diagnostics, & &1.message) |> Enum.uniq()})
end
# expect: {CompileError, ["invalid pattern in match, a block is not allowed in matches"]}
# expect: {CompileError, ["invalid pattern in match, a block is not allowed in matches"]}
# expect: {CompileError, ["invalid pattern in match, a block is not allowed in matches"]}
# expect: {CompileError, ["invalid pattern in match, a block is not allowed in matches"]}

# One form in a block is that form.
(
  y
) = 3

IO.inspect(y)
# expect: 3

{_, [warning]} = Code.with_diagnostics(fn -> Code.eval_string("case 1 do a..(b = 3) -> {a, b}; _ -> 1 end") end)
IO.inspect(warning.message |> String.split(",") |> hd())
# expect: "a..b = 3 inside match is deprecated"
