# What is nested deep is compiled, whatever variables it reads, binds and hides.
repeat = fn text -> String.duplicate(text, 1_000) end
eval = fn code -> code |> Code.eval_string(y: 1) |> elem(0) end

IO.inspect(eval.("x = (z = y)" <> repeat.(" + y") <> "\n{x, z}"))
IO.inspect(eval.(repeat.("fn _a -> ") <> "y" <> repeat.(" end")) |> is_function(1))
IO.inspect(eval.("%{}" <> repeat.("[y]")))
IO.inspect(eval.(repeat.("(y && ") <> "y" <> repeat.(")")))

# expect: {1001, 1}
# expect: true
# expect: nil
# expect: 1
