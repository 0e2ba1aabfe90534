# Owns a registry's tables and starts its partitions.
defmodule Registry.Supervisor do
  @moduledoc false

  use Supervisor

  def init({keys, registry, partitions, listeners, meta}) do
    ^registry = :ets.new(registry, [:set, :public, :named_table, read_concurrency: true])
    type = if keys == :unique, do: :set, else: :duplicate_bag
    key_ets = :ets.new(registry, [type, :public])
    # What Elixir keeps there of the keys alone; programs look it up.
    of_keys = {keys, partitions, if(partitions == 1, do: key_ets)}
    :ets.insert(registry, [{-1, {keys, partitions, key_ets, nil, listeners}}, {-2, of_keys} | meta])

    children =
      for i <- 0..(partitions - 1) do
        name = Module.concat(registry, "PIDPartition#{i}")
        pid_ets = :ets.new(name, [:duplicate_bag, :public])
        arg = {keys, registry, i, partitions, key_ets, pid_ets, listeners}
        %{id: name, start: {Registry.Partition, :start_link, [name, arg]}}
      end

    Supervisor.init(children, strategy: if(keys == :unique, do: :one_for_all, else: :one_for_one))
  end
end
