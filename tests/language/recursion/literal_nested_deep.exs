# What binds a variable may stand far below, with or without a construct that has a scope of its own in between.
nest = fn inner -> String.duplicate("[", 5_000) <> inner <> String.duplicate("]", 5_000) end
depth = fn depth, x, n -> if is_list(x), do: depth.(depth, hd(x), n + 1), else: {x, n} end

{x, _} = Code.eval_string("x = #{nest.("y = 1")}\n{x, y}")
IO.inspect({depth.(depth, elem(x, 0), 0), elem(x, 1)})

inside = "case 2 do z -> #{nest.("w = z")}; w end"
{x, _} = Code.eval_string(nest.(inside))
IO.inspect(depth.(depth, x, 0))
# expect: {{1, 5000}, 1}
# expect: {2, 5000}
