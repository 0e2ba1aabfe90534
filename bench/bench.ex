defmodule Bench do
  @moduledoc """
  The rows of the benchmark table. Each is a function of no arguments that returns something to check;
  `bench.erl` is the same in Erlang.
  """

  @rows [
    :fib, :tak, :mutual, :list_build, :list_body, :list_map, :list_reduce, :ring, :ping_pong,
    :gen_call, :spawn_many, :map_update, :raise_rescue, :binary_build, :enum_pipeline,
    :string_build, :map_build, :map_read, :sort, :sort_by, :ets, :mailbox, :deep, :byte_loop, :utf8_loop, :byte_words, :byte_append,
    :byte_for, :map_update_fun, :tuple_keys, :atom_keys, :products, :number_list
  ]

  def rows, do: @rows

  @doc """
  Runs a row `rounds` times after half a second to warm up, each in a process of its own, as a program would; prints the median time in
  microseconds and the result.
  """
  def measure(row, rounds) do
    expected = warm_up(row, System.monotonic_time(:millisecond) + 500)

    times =
      for _ <- 1..rounds do
        {time, ^expected} = run(row)
        time
      end

    median = times |> Enum.sort() |> Enum.at(div(rounds, 2))
    IO.puts("#{row} #{div(median, 1000)} #{inspect(expected)}")
  end

  defp warm_up(row, until) do
    {_, result} = run(row)
    if System.monotonic_time(:millisecond) < until, do: warm_up(row, until), else: result
  end

  defp run(row) do
    me = self()

    spawn(fn ->
      start = System.monotonic_time(:nanosecond)
      result = apply(__MODULE__, row, [])
      send(me, {:measured, System.monotonic_time(:nanosecond) - start, result})
    end)

    receive do
      {:measured, time, result} -> {time, result}
    end
  end

  def fib, do: fib(30)
  defp fib(n) when n < 2, do: n
  defp fib(n), do: fib(n - 1) + fib(n - 2)

  def tak, do: tak_times(60, 0)
  defp tak_times(0, result), do: result
  defp tak_times(n, _), do: tak_times(n - 1, tak(18, 12, 6))
  defp tak(x, y, z) when y >= x, do: z
  defp tak(x, y, z), do: tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))

  def mutual, do: even(10_000_000)
  defp even(0), do: true
  defp even(n), do: odd(n - 1)
  defp odd(0), do: false
  defp odd(n), do: even(n - 1)

  def list_build, do: length(build(1_000_000, []))
  defp build(0, acc), do: acc
  defp build(n, acc), do: build(n - 1, [n | acc])

  def list_body, do: hd(increment(build(1_000_000, [])))
  defp increment([x | rest]), do: [x + 1 | increment(rest)]
  defp increment([]), do: []

  def list_map, do: hd(Enum.map(build(1_000_000, []), &(&1 + 1)))

  def list_reduce, do: reduce(build(1_000_000, []), 0, fn x, acc -> x + acc end)
  defp reduce([x | rest], acc, fun), do: reduce(rest, fun.(x, acc), fun)
  defp reduce([], acc, _fun), do: acc

  # A thousand processes in a ring; a token goes around a hundred times.
  def ring do
    first = self()
    last = Enum.reduce(2..1000, first, fn _, next -> spawn(fn -> ring_node(next) end) end)
    send(last, {:token, 100_000})
    ring_node(last)
    :ok
  end

  defp ring_node(next) do
    receive do
      {:token, 0} -> send(next, :stop)
      {:token, n} -> send(next, {:token, n - 1}) && ring_node(next)
      :stop -> send(next, :stop)
    end
  end

  def ping_pong do
    pong = spawn(fn -> pong() end)
    ping(100_000, pong)
    send(pong, :stop)
  end

  defp ping(0, _pong), do: :ok

  defp ping(n, pong) do
    send(pong, {:ping, self()})

    receive do
      {:pong, ^pong} -> ping(n - 1, pong)
    end
  end

  defp pong do
    receive do
      {:ping, from} -> send(from, {:pong, self()}) && pong()
      :stop -> :ok
    end
  end

  def gen_call do
    {:ok, pid} = GenServer.start(Bench.Counter, 0)
    result = calls(50_000, pid)
    GenServer.stop(pid)
    result
  end

  defp calls(1, pid), do: GenServer.call(pid, :increment)

  defp calls(n, pid) do
    GenServer.call(pid, :increment)
    calls(n - 1, pid)
  end

  def spawn_many do
    pids = spawn_waiting(200_000, [])
    Enum.each(pids, &send(&1, :stop))
    length(pids)
  end

  defp spawn_waiting(0, pids), do: pids

  defp spawn_waiting(n, pids) do
    spawn_waiting(n - 1, [spawn(fn -> wait_for_stop() end) | pids])
  end

  defp wait_for_stop do
    receive do
      :stop -> :ok
    end
  end

  def map_update do
    map = Map.new(0..999, &{&1, &1})
    update(200_000, map, 0)
  end

  defp update(0, _map, sum), do: sum

  defp update(n, map, sum) do
    key = rem(n * 7919, 1000)
    sum = rem(sum + Map.fetch!(map, key), 1_000_003)
    update(n - 1, Map.put(map, key, n), sum)
  end

  def raise_rescue, do: raising(50_000, 0)

  defp raising(0, caught), do: caught

  defp raising(n, caught) do
    one =
      try do
        deep(3)
      rescue
        ArgumentError -> 1
      end

    raising(n - 1, caught + one)
  end

  defp deep(0), do: raise(ArgumentError)
  defp deep(n), do: deep(n - 1) + 1

  def binary_build, do: byte_size(binary(200_000, ""))
  defp binary(0, acc), do: acc
  defp binary(n, acc), do: binary(n - 1, acc <> "ab")

  def enum_pipeline do
    1..100_000
    |> Enum.map(&(&1 * 3))
    |> Enum.filter(&(rem(&1, 2) == 0))
    |> Enum.reduce(0, &(&1 + &2))
  end

  def string_build, do: byte_size(interpolated(50_000, []))
  defp interpolated(0, acc), do: IO.iodata_to_binary(acc)
  defp interpolated(n, acc), do: interpolated(n - 1, [acc, "line #{n}\n"])

  # Keys in no order: the multiples of a generator of the residues of a prime.
  defp scattered(n), do: scattered(n, 1, [])
  defp scattered(0, _, acc), do: acc
  defp scattered(n, x, acc), do: scattered(n - 1, rem(x * 48_271, 2_147_483_647), [x | acc])

  def map_build, do: map_size(:maps.from_list(Enum.map(scattered(50_000), &{&1, &1})))

  def map_read do
    keys = scattered(10_000)
    map = Map.new(keys, &{&1, 1})
    Enum.reduce(1..5, 0, fn _, sum -> Enum.reduce(keys, sum, &(Map.fetch!(map, &1) + &2)) end)
  end

  def sort, do: hd(Enum.sort(scattered(100_000)))
  def sort_by, do: hd(Enum.sort_by(scattered(50_000), &(-&1)))

  def ets do
    table = :ets.new(:bench, [:set])
    keys = scattered(20_000)
    Enum.each(keys, &:ets.insert(table, {&1, &1}))
    sum = Enum.reduce(keys, 0, fn key, sum -> sum + :ets.lookup_element(table, key, 2) end)
    :ets.delete(table)
    rem(sum, 1_000_003)
  end

  # A receive of a reference made after the mailbox has filled, then the mailbox in order.
  def mailbox do
    Enum.each(1..200_000, &send(self(), {:message, &1}))
    Enum.each(1..1000, fn _ -> answered(make_ref()) end)
    drain(200_000)
  end

  defp answered(reference) do
    send(self(), {:answer, reference})

    receive do
      {:answer, ^reference} -> :ok
    end
  end

  defp drain(0), do: :ok

  defp drain(n) do
    receive do
      {:message, _} -> drain(n - 1)
    end
  end

  def deep, do: sum_to(1_000_000)
  defp sum_to(0), do: 0
  defp sum_to(n), do: n + sum_to(n - 1)

  # Binaries taken apart byte by byte, character by character, into words; one built byte by byte.
  def byte_loop, do: bytes(String.duplicate("a line of text\n", 20_000), 0)
  defp bytes(<<b, rest::binary>>, sum), do: bytes(rest, sum + b)
  defp bytes(<<>>, sum), do: sum

  def utf8_loop, do: characters(String.duplicate("a liné öf text\n", 20_000), 0)
  defp characters(<<c::utf8, rest::binary>>, sum), do: characters(rest, sum + c)
  defp characters(<<>>, sum), do: sum

  def byte_words, do: length(words(String.duplicate("a line of text\n", 20_000), "", []))
  defp words(<<?\s, rest::binary>>, word, words), do: words(rest, "", [word | words])
  defp words(<<?\n, rest::binary>>, word, words), do: words(rest, "", [word | words])
  defp words(<<c, rest::binary>>, word, words), do: words(rest, <<word::binary, c>>, words)
  defp words(<<>>, word, words), do: [word | words]

  def byte_append, do: byte_size(append(200_000, <<>>))
  defp append(0, acc), do: acc
  defp append(n, acc), do: append(n - 1, <<acc::binary, rem(n, 256)>>)

  def byte_for do
    bin = String.duplicate("a line of text\n", 20_000)
    length(for <<b <- bin>>, do: b + 1)
  end

  # Words counted.
  def map_update_fun do
    keys = Enum.map(scattered(50_000), &rem(&1, 500))
    counts = Enum.reduce(keys, %{}, fn key, counts -> Map.update(counts, key, 1, &(&1 + 1)) end)
    Map.fetch!(counts, 7)
  end

  # A grid whose cells are read and written by their coordinates.
  def tuple_keys do
    grid = for x <- 1..100, y <- 1..100, into: %{}, do: {{x, y}, x * y}
    neighbours(grid, 100, 100, 0)
  end

  defp neighbours(_grid, 0, _y, sum), do: sum
  defp neighbours(grid, x, 0, sum), do: neighbours(grid, x - 1, 100, sum)

  defp neighbours(grid, x, y, sum) do
    %{{^x, ^y} => here} = grid
    right = Map.get(grid, {x + 1, y}, 0)
    below = Map.get(grid, {x, y + 1}, 0)
    neighbours(Map.put(grid, {x, y}, here + 1), x, y - 1, rem(sum + here + right + below, 1_000_003))
  end

  # Small maps from pairs in no order.
  def atom_keys, do: atom_maps(20_000, 0)
  defp atom_maps(0, sum), do: sum

  defp atom_maps(n, sum) do
    map = :maps.from_list(name: n, age: 1, city: 2, country: 3, email: 4, active: true)
    atom_maps(n - 1, rem(sum + Map.fetch!(map, :name), 1_000_003))
  end

  # Products beyond what a double holds.
  def products, do: squares(100_000, 123_456_789)
  defp squares(0, x), do: x
  defp squares(n, x), do: squares(n - 1, rem(x * x + n, 1_000_000_007))

  def number_list, do: number_lists(25, 0)
  defp number_lists(0, sum), do: sum
  defp number_lists(n, sum), do: number_lists(n - 1, sum + length(build(40_000, [])))
end

defmodule Bench.Counter do
  @moduledoc false
  use GenServer

  @impl true
  def init(count), do: {:ok, count}

  @impl true
  def handle_call(:increment, _from, count), do: {:reply, count + 1, count + 1}
end
