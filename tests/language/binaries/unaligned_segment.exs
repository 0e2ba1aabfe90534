{_, [error]} =
  Code.with_diagnostics(fn ->
    try do
      Code.eval_string(~S|<<"a", (<<1::3, 2::little-5, 1::1>>)::binary>>|)
    rescue
      CompileError -> :refused
    end
  end)

IO.puts(error.message)
# expect: expected <<1::integer-size(3), 2::integer-little-size(5), 1::integer-size(1)>> to be a binary but its number of bits is not divisible by 8
