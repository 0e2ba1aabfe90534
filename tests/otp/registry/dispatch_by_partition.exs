# Each partition that has entries is dispatched to by itself, in a process of its own where that is asked for.
{:ok, _} = Registry.start_link(keys: :duplicate, name: Many, partitions: 4)
test = self()

pids =
  for n <- 1..20 do
    spawn_link(fn ->
      Registry.register(Many, :topic, n)
      send(test, :registered)
      Process.sleep(:infinity)
    end)
  end

for _ <- pids, do: receive(do: (:registered -> :ok))
tell = fn entries -> send(test, {self(), Enum.map(entries, &elem(&1, 0))}) end

parts = fn opts ->
  :ok = Registry.dispatch(Many, :topic, tell, opts)
  used = pids |> Enum.map(&:erlang.phash2(&1, 4)) |> Enum.uniq() |> length()
  parts = for _ <- 1..used, do: receive(do: ({by, part} -> {by == test, part}))
  separate = Enum.all?(parts, fn {_, part} -> part |> Enum.map(&:erlang.phash2(&1, 4)) |> Enum.uniq() |> length() == 1 end)
  {separate, Enum.sort(Enum.flat_map(parts, &elem(&1, 1))) == Enum.sort(pids), Enum.any?(parts, &elem(&1, 0))}
end

IO.inspect(parts.([]))
# expect: {true, true, true}
IO.inspect(parts.(parallel: true))
# expect: {true, true, false}
