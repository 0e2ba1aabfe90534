# The body of `for` is a fun that `Enum` is given, and a stack trace says so; what calls last is in none.
defmodule Frames do
  def itself(x), do: x
  def mapped(list), do: for(x <- list, do: raise("#{x}"))
  def filtered(list), do: {for(x <- list, raise("#{x}"), do: x)}

  def nested(list, y) do
    result = for x <- list, _ <- [x], do: raise("#{x} #{y}")
    {result}
  end

  def reduced(list), do: {for(x <- list, reduce: [], do: (_ -> raise("#{x}")))}
  def left(list), do: {for(x <- list, do: fails(x))}
  def fails(x), do: {raise("#{x}")}
  def field(x), do: itself(x).field
  def fun(x), do: itself(x).(1)
  def undefined(x), do: itself(x).field()
end

shown = fn name, args ->
  try do
    apply(Frames, name, args)
  rescue
    error ->
      own = for {Frames, name, arity, info} <- __STACKTRACE__, do: "#{info[:line]} #{Exception.format_mfa(Frames, name, arity)}"
      IO.inspect([error.__struct__ | own], width: 120)
  end
end

shown.(:mapped, [[1]])
shown.(:filtered, [[1]])
shown.(:nested, [[1], 2])
shown.(:reduced, [[1]])
shown.(:left, [[1]])
shown.(:field, [nil])
shown.(:fun, [1])
shown.(:fun, [fn -> 1 end])
shown.(:undefined, [Nope])
# expect: [RuntimeError, "4 anonymous fn/1 in Frames.mapped/1"]
# expect: [RuntimeError, "5 anonymous fn/2 in Frames.filtered/1", "5 Frames.filtered/1"]
# expect: [RuntimeError, "8 anonymous fn/4 in Frames.nested/2", "8 Frames.nested/2"]
# expect: [RuntimeError, "12 anonymous fn/2 in Frames.reduced/1", "12 Frames.reduced/1"]
# expect: [RuntimeError, "14 Frames.fails/1", "13 Frames.left/1"]
# expect: [KeyError, "15 Frames.field/1"]
# expect: [BadFunctionError, "16 Frames.fun/1"]
# expect: [BadArityError, "16 Frames.fun/1"]
# expect: [UndefinedFunctionError]
