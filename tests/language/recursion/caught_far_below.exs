# long
defmodule Far do
  def down(0, fun), do: fun.()
  def down(n, fun), do: 1 + down(n - 1, fun)

  def caught(fun) do
    down(20_000, fn ->
      try do
        down(20_000, fun)
      rescue
        e in ArgumentError -> String.length(e.message)
      end
    end)
  end
end

IO.inspect(Far.caught(fn -> 0 end))
# expect: 40000
IO.inspect(Far.caught(fn -> raise ArgumentError, "four" end))
# expect: 20004
IO.inspect(Enum.map(1..3, fn _ -> Far.caught(fn -> Far.caught(fn -> raise ArgumentError, "" end) end) end))
# expect: [60000, 60000, 60000]

pid = spawn(fn -> Far.down(20_000, fn -> receive do: (:stop -> 0) end) end)
Process.sleep(50)
{:current_stacktrace, calls} = Process.info(pid, :current_stacktrace)
IO.inspect(for {Far, name, arity, _} <- calls, uniq: true, do: {name, arity})
# expect: [down: 2]
