# Of a function that calls itself again and again from one place a stack trace has one entry, whether the error was raised
# by compiled code, came from a builtin, or passed frames that a process had saved.
defmodule Repeated do
  def raised(0), do: raise("end")
  def raised(n), do: 1 + raised(n - 1)

  def slept(0) do
    Process.sleep(1)
    raise "end"
  end

  def slept(n), do: 1 + slept(n - 1)

  def sum([head | tail]), do: head + sum(tail)
  def sum([]), do: 0

  def even(0), do: raise("end")
  def even(n), do: 1 + odd(n - 1)
  def odd(n), do: 1 + even(n - 1)

  def lines(fun, argument) do
    try do
      apply(Repeated, fun, [argument])
    rescue
      _ ->
        for({Repeated, name, _, info} <- __STACKTRACE__, name != :lines, do: {name, info[:line]})
        |> IO.inspect()
    end
  end
end

# expect: [raised: 4, raised: 5]
Repeated.lines(:raised, 3)
# expect: [raised: 4, raised: 5]
Repeated.lines(:raised, 100)
# expect: [slept: 9, slept: 12]
Repeated.lines(:slept, 50)
# expect: [sum: 14, sum: 14]
Repeated.lines(:sum, [1, 2, :a])
# expect: [even: 17, odd: 19, even: 18, odd: 19, even: 18]
Repeated.lines(:even, 4)
