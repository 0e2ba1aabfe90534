/**
 * Systems of processes: supervisors and what becomes of their children, registries, pools of tasks. What several processes do at once is
 * written in no certain order: each program asks one after the other. Whether who starts a server that stops sees the answer or its
 * exit is not certain either: it traps exits.
 */
import type { Rules } from "../rules.ts";

export const systems: Rules = {
  module: String.raw`
    defmodule FuzzCounter do¶use GenServer$restart¶def start_link(opts), do: GenServer.start_link(__MODULE__, opts[:start] || 0, Keyword.take(opts, [:name]))¶def child(id, opts \\ []), do: Supervisor.child_spec({__MODULE__, opts}, id: id)¶@impl true¶def init(:stop), do: {:stop, :no_start}¶def init(:ignore), do: :ignore¶def init(n), do: {:ok, n$after}¶@impl true¶def handle_continue(:more, n), do: {:noreply, n + 1000}¶@impl true¶def handle_call(:get, _, n), do: {:reply, n, n}¶def handle_call({:add, m}, _, n), do: {:reply, n + m, n + m}¶def handle_call(:crash, _, n), do: {:stop, :crashed, {:was, n}, n}¶@impl true¶def handle_cast({:add, m}, n), do: {:noreply, n + m}¶@impl true¶def handle_info(:tick, n), do: {:noreply, n + 1}¶def handle_info({:stop, r}, n), do: {:stop, r, n}¶end¶defmodule FuzzTree do¶def ids(sup), do: sup |> Supervisor.which_children() |> Enum.map(fn {id, pid, type, mods} -> {id, (if is_pid(pid), do: :pid, else: pid), type, mods} end)¶def pid(sup, id), do: Enum.find_value(Supervisor.which_children(sup), fn {i, p, _, _} -> i == id && p end)¶def kill(sup, id, reason \\ :kill) do¶pid = pid(sup, id)¶ref = Process.monitor(pid)¶Process.exit(pid, reason)¶receive do: ({:DOWN, ^ref, _, _, _} -> :ok)¶settled(sup, 50)¶end¶def settled(_, 0), do: :ok¶def settled(sup, n) do¶if Process.alive?(sup), do: (try do Supervisor.which_children(sup) catch :exit, _ -> :gone end)¶Process.sleep(1)¶settled(sup, n - 10)¶end¶def changed(sup, f) do¶before = Map.new(Supervisor.which_children(sup), fn {id, pid, _, _} -> {id, pid} end)¶f.()¶for {id, pid, _, _} <- Enum.sort(Supervisor.which_children(sup)), do: {id, cond do not is_pid(pid) -> pid; before[id] == pid -> :same; true -> :new end}¶end¶end`,
  restart: "\n, restart: :temporary\n, restart: :transient\n, id: :counter\n, shutdown: 10",
  after: "\n\n\n, {:continue, :more}",
  alone: String.raw`
    ({:ok, s} = Supervisor.start_link([$child, $child2, $child3], strategy: $strategy, max_restarts: $max); r = [FuzzTree.ids(s), Supervisor.count_children(s)]; Supervisor.stop(s); r)
    ({:ok, s} = Supervisor.start_link([$child, $child2, $child3], strategy: $strategy); r = FuzzTree.changed(s, fn -> FuzzTree.kill(s, $id, $reason) end); Supervisor.stop(s); r)
    ({:ok, s} = Supervisor.start_link([$child, $child2, $child3], strategy: $strategy); r = FuzzTree.changed(s, fn -> Supervisor.terminate_child(s, $id) end); c = Supervisor.count_children(s); a = Supervisor.restart_child(s, $id) |> $started; Supervisor.stop(s); {r, c, a})
    ({:ok, s} = Supervisor.start_link([$child, $child2], strategy: $strategy); a = Supervisor.start_child(s, $child) |> $started; b = Supervisor.start_child(s, $child3) |> $started; c = Supervisor.delete_child(s, $id); t = Supervisor.terminate_child(s, $id); d = Supervisor.delete_child(s, $id); r = FuzzTree.ids(s); Supervisor.stop(s); {a, b, c, t, d, r})
    (Process.flag(:trap_exit, true); Supervisor.start_link([$child, $bad], strategy: $strategy) |> Runner.bare() |> $started)
    (Process.flag(:trap_exit, true); {:ok, s} = Supervisor.start_link([$child, $child2], strategy: $strategy, max_restarts: 0); Process.unlink(s); ref = Process.monitor(s); Process.exit(FuzzTree.pid(s, $id), $reason); receive do {:DOWN, ^ref, _, _, r} -> r after 100 -> FuzzTree.ids(s) end)
    ({:ok, s} = Supervisor.start_link([$child, $child2], strategy: :one_for_one); p = FuzzTree.pid(s, $id); r = GenServer.call(p, $call) |> Runner.bare(); GenServer.cast(p, {:add, $int}); send(p, :tick); q = GenServer.call(p, :get); Supervisor.stop(s); {r, q})
    ({:ok, s} = Supervisor.start_link([$child], strategy: :one_for_one); p = FuzzTree.pid(s, :a); ref = Process.monitor(p); send(p, {:stop, $stop}); receive do {:DOWN, ^ref, _, _, r} -> :ok end; Process.sleep(20); r = FuzzTree.ids(s); Supervisor.stop(s); r)
    ({:ok, d} = DynamicSupervisor.start_link(strategy: :one_for_one$dynamic); r = for spec <- [$child, $child, $bad], do: DynamicSupervisor.start_child(d, spec) |> Runner.bare() |> $started; c = DynamicSupervisor.count_children(d); DynamicSupervisor.stop(d); {r, c})
    ({:ok, d} = DynamicSupervisor.start_link(strategy: :one_for_one); {:ok, p} = DynamicSupervisor.start_child(d, $child); a = DynamicSupervisor.terminate_child(d, p); b = DynamicSupervisor.terminate_child(d, p); r = {a, b, DynamicSupervisor.which_children(d), Process.alive?(p)}; DynamicSupervisor.stop(d); r)
    ({:ok, d} = DynamicSupervisor.start_link(strategy: :one_for_one); {:ok, p} = DynamicSupervisor.start_child(d, $child); ref = Process.monitor(p); Process.exit(p, $reason); receive do {:DOWN, ^ref, _, _, _} -> :ok after 50 -> :alive end; Process.sleep(10); r = for {id, pid, t, m} <- DynamicSupervisor.which_children(d), do: {id, pid == p, t, m}; DynamicSupervisor.stop(d); r)
    ({:ok, s} = PartitionSupervisor.start_link(child_spec: {FuzzCounter, []}, name: FuzzPartitions, partitions: $nat2); r = for k <- [0, 1, 2, 7], do: (GenServer.call({:via, PartitionSupervisor, {FuzzPartitions, k}}, {:add, k})); n = PartitionSupervisor.partitions(FuzzPartitions); c = PartitionSupervisor.count_children(FuzzPartitions); Supervisor.stop(s); {r, n, c})
    ({:ok, r} = Registry.start_link(keys: $keys, name: FuzzRegistry); a = for {k, v} <- [$pairs], do: Registry.register(FuzzRegistry, k, v) |> elem(0); l = $lookup; Supervisor.stop(r); {a, l})
    ({:ok, r} = Registry.start_link(keys: :unique, name: FuzzRegistry); via = {:via, Registry, {FuzzRegistry, $key}}; {:ok, p} = FuzzCounter.start_link(name: via, start: $nat); a = FuzzCounter.start_link(name: via, start: 1) |> $started; b = GenServer.call(via, $add); w = GenServer.whereis(via) == p; GenServer.stop(via); c = Registry.lookup(FuzzRegistry, $key) |> length(); Supervisor.stop(r); {a, b, w, c})
    ({:ok, r} = Registry.start_link(keys: :duplicate, name: FuzzRegistry); me = self(); for v <- [$val, $val], do: Registry.register(FuzzRegistry, :topic, v); d = Registry.dispatch(FuzzRegistry, :topic, fn entries -> for {pid, v} <- entries, do: send(pid, {:got, v, pid == me}) end); m = for _ <- 1..2, do: (receive do {:got, v, own} -> {v, own} after 50 -> :none end); u = Registry.unregister(FuzzRegistry, :topic); c = Registry.count(FuzzRegistry); Supervisor.stop(r); {d, m, u, c})
    ({:ok, r} = Registry.start_link(keys: :unique, name: FuzzRegistry); {:ok, _} = Registry.register(FuzzRegistry, $key, $int); u = Registry.update_value(FuzzRegistry, $key, fn v -> {v, v} end); v = Registry.values(FuzzRegistry, $key, self()); n = Registry.update_value(FuzzRegistry, :nope, & &1); m = {Registry.put_meta(FuzzRegistry, :m, $val), Registry.meta(FuzzRegistry, :m), Registry.delete_meta(FuzzRegistry, :m), Registry.meta(FuzzRegistry, :m)}; Supervisor.stop(r); {u, v, n, m})
    ({:ok, s} = Task.Supervisor.start_link(); r = Task.Supervisor.async_stream_nolink(s, [$int, $int, $int], fn x -> if x == $int, do: exit($stop), else: x * 2 end, ordered: $bool) |> Enum.map(&Runner.bare/1) |> Enum.sort(); Supervisor.stop(s); r)
    ({:ok, s} = Task.Supervisor.start_link(); tasks = for x <- [$int, $int], do: Task.Supervisor.async_nolink(s, fn -> if x < 0, do: exit({:neg, x}), else: x end); r = Task.yield_many(tasks, timeout: 500) |> Enum.map(fn {_, r} -> Runner.bare(r) end); c = Task.Supervisor.children(s); Supervisor.stop(s); {r, c})
    (tasks = [Task.async(fn -> $int end), Task.async(fn -> Process.sleep(:infinity) end)]; Task.yield_many(tasks, 30) |> Enum.map(fn {t, r} -> r || Task.shutdown(t, :brutal_kill) end))
    ({:ok, a} = Agent.start_link(fn -> $state end); for k <- [:a, :b, :a], do: Agent.update(a, fn s -> Map.update(s, k, 1, fn v -> {k, v} end) end); r = Agent.get(a, & &1); Agent.stop(a); r)
    ({:ok, s} = Supervisor.start_link([{Registry, keys: :unique, name: FuzzRegistry}, {DynamicSupervisor, name: FuzzDynamic, strategy: :one_for_one}], strategy: $strategy); starts = for n <- [:x, :y, :x], do: DynamicSupervisor.start_child(FuzzDynamic, {FuzzCounter, name: {:via, Registry, {FuzzRegistry, n}}, start: $nat}) |> $started; v = for n <- [:x, :y], do: GenServer.call({:via, Registry, {FuzzRegistry, n}}, {:add, $int}); c = {Registry.count(FuzzRegistry), DynamicSupervisor.count_children(FuzzDynamic)}; Supervisor.stop(s); {starts, v, c, Process.whereis(FuzzDynamic)})
    (Process.flag(:trap_exit, true); me = self(); pids = for n <- 1..3, do: spawn_link(fn -> receive do {:go, r} -> send(me, {:bye, n}); exit(r) end end); for p <- pids, do: send(p, {:go, $stop}); for p <- pids, do: (receive do {:EXIT, ^p, r} -> r after 100 -> :none end))
    (me = self(); relay = fn next -> receive do {:token, n, log} -> send(next, {:token, n + 1, [n | log]}) end end; last = spawn(fn -> relay.(me) end); first = Enum.reduce(1..$nat2, last, fn _, next -> spawn(fn -> relay.(next) end) end); send(first, {:token, 0, []}); receive do {:token, n, log} -> {n, log} after 500 -> :none end)
    (loop = fn loop, state -> receive do {:get, from} -> (send(from, {:state, state}); loop.(loop, state)); {:put, k, v} -> loop.(loop, Map.put(state, k, v)); :stop -> exit({:shutdown, state}) end end; {pid, ref} = spawn_monitor(fn -> loop.(loop, $state) end); send(pid, {:put, $val, $int}); send(pid, {:get, self()}); s = receive do {:state, s} -> s end; send(pid, :stop); receive do {:DOWN, ^ref, :process, ^pid, r} -> {s, r} end)
    (ref = make_ref(); for m <- [{:low, 1}, {:high, 2}, {ref, 3}, {:low, 4}], do: send(self(), m); first = receive do {:high, x} -> x after 0 -> :none end; second = receive do {^ref, x} -> x end; rest = Stream.repeatedly(fn -> receive do m -> m after 0 -> :done end end) |> Enum.take_while(&(&1 != :done)); {first, second, rest})
    Supervisor.child_spec($child, $override)
    Supervisor.child_spec($spec, $override)
    FuzzCounter.child_spec($val)
    Supervisor.init([$child, $child2], $initopts)
    (Process.flag(:trap_exit, true); Supervisor.start_link([$wrong], strategy: :one_for_one))
    (Process.flag(:trap_exit, true); Supervisor.start_link([$child, $child], strategy: :one_for_one) |> elem(0))
    DynamicSupervisor.start_child(FuzzNope, $child)
    Registry.lookup(FuzzNope, :a)
    Registry.start_link($regopts) |> elem(0)
    Task.async_stream($list, fn x -> x end, $streamopts) |> Enum.to_list()`,
  child:
    "FuzzCounter.child(:a)\nFuzzCounter.child(:a, start: $nat)\nFuzzCounter.child(:a, start: $nat)\n%{id: :a, start: {FuzzCounter, :start_link, [[start: $nat]]}}\nSupervisor.child_spec({FuzzCounter, start: 1}, id: :a, restart: :permanent)",
  child2:
    "FuzzCounter.child(:b)\nFuzzCounter.child(:b, start: 7)\n%{id: :b, start: {Agent, :start_link, [fn -> 0 end]}}\n%{id: :b, start: {FuzzCounter, :start_link, [[]]}, restart: :temporary}\n%{id: :b, start: {FuzzCounter, :start_link, [[]]}, restart: :transient, shutdown: :brutal_kill}",
  child3:
    "FuzzCounter.child(:c)\n%{id: :c, start: {FuzzCounter, :start_link, [[start: :ignore]]}}\n%{id: :c, start: {Task, :start_link, [fn -> Process.sleep(:infinity) end]}, type: :worker}\n%{id: :c, start: {Supervisor, :start_link, [[], [strategy: :one_for_one]]}, type: :supervisor}\n%{id: :c, start: {FuzzCounter, :start_link, [[]]}, modules: :dynamic}",
  bad: "FuzzCounter.child(:z, start: :stop)\nFuzzCounter.child(:z, start: :ignore)\n%{id: :z, start: {FuzzNope, :start_link, []}}\n%{id: :z, start: {FuzzCounter, :nope, [1]}}",
  wrong:
    "1\n{FuzzNope, 1}\nFuzzNope\n%{id: :a}\n%{start: {FuzzCounter, :start_link, [[]]}}\n{:a, :b, :c}\nString\n%{id: :a, start: :b}\n%{id: :a, start: {Agent, :start_link, 1}}",
  spec: "{Agent, fn -> 1 end}\n{Task, fn -> 1 end}\nFuzzCounter\n{FuzzCounter, $val}\n%{id: 1, start: {A, :b, []}}\n{Registry, keys: :unique, name: FuzzR}\n{DynamicSupervisor, []}\nTask.Supervisor",
  override:
    "[]\n[id: :other]\n[restart: :temporary, shutdown: 1]\n[nope: 1]\n[type: :supervisor]\n[start: {A, :b, []}]",
  initopts:
    "[strategy: $strategy]\n[strategy: :one_for_one, max_restarts: 1, max_seconds: 2]\n[]\n[strategy: :nope]",
  dynamic: "\n, max_children: 1\n, extra_arguments: []\n, max_children: 0",
  started:
    "then(fn {:ok, _} -> :started; [:ok, _] -> :started; {:error, {:already_started, _}} -> :already; [:error, r] -> {:error, r}; o -> o end)",
  strategy: ":one_for_one\n:one_for_all\n:rest_for_one",
  max: "0\n1\n3",
  id: ":a\n:b\n:a\n:b\n:c",
  reason: ":kill\n:shutdown\n:normal\n:boom",
  stop: ":normal\n:shutdown\n{:shutdown, 1}\n:boom",
  call: ":get\n{:add, $int}\n{:add, 2}",
  add: ":get\n{:add, $int}",
  keys: ":unique\n:duplicate",
  key: ':k\n:k\n"k"\n{1, 2}',
  pairs: "{:k, 1}, {:j, 2}\n{:k, 1}, {:k, 2}\n{:k, $val}, {:j, $val}, {:k, :last}\n{1, :a}, {1.0, :b}",
  lookup: String.raw`
    Registry.lookup(FuzzRegistry, :k) |> Enum.map(&elem(&1, 1))
    Registry.keys(FuzzRegistry, self()) |> Enum.sort()
    {Registry.count(FuzzRegistry), Registry.values(FuzzRegistry, :k, self())}
    Registry.match(FuzzRegistry, :k, :_) |> Enum.map(&elem(&1, 1))
    Registry.match(FuzzRegistry, :k, :"$1", [{:>, :"$1", 1}]) |> Enum.map(&elem(&1, 1))
    Registry.count_match(FuzzRegistry, :k, :_)
    Registry.select(FuzzRegistry, [{{:"$1", :_, :"$2"}, [], [{{:"$1", :"$2"}}]}]) |> Enum.sort()
    Registry.unregister_match(FuzzRegistry, :k, 1)
    (Registry.unregister(FuzzRegistry, :k); Registry.count(FuzzRegistry))
    Registry.count_select(FuzzRegistry, [{{:_, :_, :_}, [], [true]}])`,
  regopts:
    '[keys: :nope, name: FuzzR]\n[name: FuzzR]\n[keys: :unique]\n[keys: :unique, name: "x"]\n[keys: :unique, name: FuzzR, partitions: 0]\n1',
  streamopts:
    "[max_concurrency: 0]\n[timeout: :infinity]\n[ordered: false, max_concurrency: 1]\n[nope: 1]\n[]",
  list: "[1, 2, 3]\n[]\n1..3\n%{a: 1}",
  state: "%{}\n%{a: 1}\n%{b: [1]}",
  val: ':v\n1\n[1, 2]\n"s"\nnil\n{:t, 1}',
  int: "1\n2\n-3\n5",
  nat: "0\n1\n5\n10",
  nat2: "1\n2\n3",
  bool: "true\nfalse",
};
