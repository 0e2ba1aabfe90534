# A macro that fails in a builtin has one entry, the one that says that it was being expanded.
try do
  Code.eval_string("""
  defmodule FailingBuiltin do
    defmacro sum(x), do: x + :one
    def call, do: sum(1)
  end
  """)
rescue
  ArithmeticError ->
    for {module, name, arity, info} <- Enum.take(__STACKTRACE__, 2), do: IO.inspect({module, name, arity, info[:file]})
end

# expect: {:erlang, :+, [1, :one], nil}
# expect: {FailingBuiltin, :sum, 1, ~c"expanding macro"}
