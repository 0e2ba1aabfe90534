defmodule Callers do
  def outer(x) do
    y = middle(x)
    y + 1
  end

  def middle(x) do
    inner(x)
  rescue
    _ -> places(__STACKTRACE__)
  end

  def inner(x), do: 1 + String.to_integer(x)

  def last(x), do: middle(x)

  defp places(stacktrace) do
    for {Callers, name, arity, [file: _, line: line]} <- stacktrace do
      IO.puts("#{name}/#{arity} #{line}")
    end

    0
  end
end

Callers.outer("a")
# expect: inner/1 13
# expect: middle/1 8
# expect: outer/1 3

# A function whose last call it is has left no trace.
1 + Callers.last(:a)
# expect: inner/1 13
# expect: middle/1 8
