f = fn x ->
  try do
    if x == :throw, do: throw(:thrown), else: x
  catch
    value -> {:caught, value}
  else
    :fine -> :was_fine
  after
    IO.puts("after #{x}")
  end
end

IO.inspect(f.(:fine))
# expect: after fine
# expect: :was_fine
IO.inspect(f.(:throw))
# expect: after throw
# expect: {:caught, :thrown}
f.(:other)
# expect: after other
# expect error: ** (TryClauseError) no try clause matching: :other
