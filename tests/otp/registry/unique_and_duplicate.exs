{:ok, _} = Registry.start_link(keys: :unique, name: Unique)
{:ok, _} = Registry.register(Unique, "key", :value)
IO.inspect(Registry.lookup(Unique, "key") == [{self(), :value}])
# expect: true
{:error, {:already_registered, owner}} = Registry.register(Unique, "key", :other)
IO.inspect(owner == self())
# expect: true
{:ok, _} = Registry.start_link(keys: :duplicate, name: Many)
for n <- 1..2, do: Registry.register(Many, :topic, n)
Registry.dispatch(Many, :topic, fn entries -> IO.inspect(Enum.sort(Enum.map(entries, &elem(&1, 1)))) end)
# expect: [1, 2]
