# The tables of a registry are laid out as Elixir's are, which tests of libraries look into: the keys, and for each
# partition its server and the keys by process.
{:ok, _} = Registry.start_link(keys: :unique, name: One)
{:ok, owner} = Registry.register(One, :key, :value)
[{-1, {:unique, 1, keys, {server, pids}, []}}] = :ets.lookup(One, -1)
IO.inspect({server == owner, :ets.lookup(keys, :key) == [{:key, {self(), :value}}], :ets.info(pids, :name)})
# expect: {true, true, One.PIDPartition0}

{:ok, _} = Registry.start_link(keys: :unique, name: Two, partitions: 2)
{:ok, owner} = Registry.register(Two, :key, :value)
[{-1, {:unique, 2, _, nil, []}}] = :ets.lookup(Two, -1)
here = :erlang.phash2(self(), 2)
[{^here, _, {server, pids}}] = :ets.lookup(Two, here)
[{_, _, {_, others}}] = :ets.lookup(Two, 1 - here)
IO.inspect({server == owner, :ets.info(pids, :size), :ets.info(others, :size)})
# expect: {true, 1, 0}
