/**
 * Processes: messages, links, monitors, exits, servers. Only what must happen is shown: whoever waits, waits for a message that
 * is on its way, and nothing is said of the order of messages from two senders.
 */
import type { Rules } from "../rules.ts";

export const processes: Rules = {
  module: String.raw`
    $server; $worker`,
  server: String.raw`
    defmodule FuzzServer do use GenServer; def init({:stop, r}), do: {:stop, r}; def init(:ignore), do: :ignore; def init({:go, s}), do: {:ok, s, {:continue, :more}}; def init(s), do: {:ok, s}; def handle_continue(:more, s), do: {:noreply, {:continued, s}}; def handle_call(:get, _, s), do: {:reply, s, s}; def handle_call({:put, v}, _, s), do: {:reply, s, v}; def handle_call({:stop, r}, _, s), do: {:stop, r, :stopping, s}; def handle_call(:later, from, s), do: (send(self(), {:reply, from}); {:noreply, s}); def handle_call({:raise, m}, _, _), do: raise(m); def handle_call({:throw, v}, _, _), do: throw(v); def handle_call({:exit, r}, _, _), do: exit(r); def handle_call({:bad, v}, _, _), do: v; def handle_cast({:put, v}, _), do: {:noreply, v}; def handle_cast({:stop, r}, s), do: {:stop, r, s}; def handle_info({:reply, from}, s), do: (GenServer.reply(from, {:later, s}); {:noreply, s}); def handle_info(:timeout, s), do: {:noreply, {:timed_out, s}}; def handle_info({:EXIT, _, r}, s), do: {:noreply, {:exit, r, s}}; def handle_info(m, s), do: {:noreply, {m, s}}; def terminate(r, s), do: IO.puts("terminate #{inspect(Runner.bare(r))} #{inspect(s)}") end
    defmodule FuzzServer do use GenServer; def init({:stop, r}), do: {:stop, r}; def init(:ignore), do: :ignore; def init({:go, s}), do: {:ok, s}; def init(s), do: (Process.flag(:trap_exit, true); {:ok, s}); def handle_call(:get, {pid, _}, s), do: {:reply, {is_pid(pid), s}, s}; def handle_call({:put, v}, _, s), do: {:reply, :ok, [v | List.wrap(s)]}; def handle_call({:stop, r}, _, s), do: {:stop, r, s}; def handle_cast(m, s), do: {:noreply, {m, s}}; def terminate(r, _), do: IO.puts("terminated #{inspect(Runner.bare(r))}") end
    defmodule FuzzServer do use GenServer; def init(s), do: {:ok, s}; def handle_call(m, _, s) when m != :nope, do: {:reply, {m, s}, s, 0}; def handle_info(:timeout, s), do: {:noreply, [:timeout | List.wrap(s)]} end`,
  worker: String.raw`
    defmodule FuzzWorker do def loop(s) do receive do {:add, n} -> loop(s + n); {:get, from} -> (send(from, {:value, s}); loop(s)); {:stop, r} -> exit(r); :done -> s end end; def echo(parent) do receive do m -> send(parent, {:echo, m}); echo(parent) after 1000 -> :gone end end end`,
  // A message to an alias is dropped where it is still on its way when the alias ends, even from a process to itself.
  alone: String.raw`
    (send(self(), $msg); receive do $clauses after 0 -> :none end)
    (for m <- [$msg, $msg, $msg], do: send(self(), m); [(receive do $clauses after 0 -> :none end), (receive do x -> {:rest, x} after 0 -> :none end)])
    (send(self(), {:a, 1}); send(self(), {:b, 2}); send(self(), {:a, 3}); receive do {:b, x} -> {x, (receive do {:a, y} -> y end), (receive do {:a, z} -> z end)} end)
    (send(self(), :x); receive do :y -> :y after $short -> :timeout end)
    (ref = make_ref(); send(self(), :noise); send(self(), {ref, $val}); receive do {^ref, v} -> v end)
    (parent = self(); spawn(fn -> send(parent, {:done, $work}) end); receive do {:done, v} -> v after 2000 -> :none end)
    (parent = self(); pid = spawn(fn -> receive do {:go, v} -> send(parent, {:went, v}) end end); send(pid, {:go, $val}); receive do {:went, v} -> v end)
    ({_, ref} = spawn_monitor(fn -> $death end); receive do {:DOWN, ^ref, :process, _, reason} -> $reason end)
    ({_, ref} = spawn_monitor(fn -> $death end); receive do {:DOWN, ^ref, :process, _, reason} -> $reason end)
    (pid = spawn(fn -> receive do :stop -> :ok end end); ref = Process.monitor(pid); Process.exit(pid, $exit); receive do {:DOWN, ^ref, _, _, r} -> r after 100 -> {:alive, Process.alive?(pid)} end)
    (pid = spawn(fn -> Process.flag(:trap_exit, true); receive do {:EXIT, _, r} -> exit({:trapped, r}) end end); ref = Process.monitor(pid); Process.sleep(20); Process.exit(pid, $exit); receive do {:DOWN, ^ref, _, _, r} -> r after 100 -> :alive end)
    (Process.flag(:trap_exit, true); pid = spawn_link(fn -> $death end); receive do {:EXIT, ^pid, reason} -> $reason end)
    (Process.flag(:trap_exit, true); pid = spawn_link(fn -> receive do :never -> 1 end end); Process.exit(pid, $exit); receive do {:EXIT, ^pid, r} -> r after 100 -> :alive end)
    ({_, ref} = spawn_monitor(fn -> spawn_link(fn -> $death end); Process.sleep($long) end); receive do {:DOWN, ^ref, _, _, reason} -> $reason end)
    ({_, ref} = spawn_monitor(fn -> Process.flag(:trap_exit, true); spawn_link(fn -> $death end); receive do {:EXIT, _, reason} -> exit({:child, $reason}) end end); receive do {:DOWN, ^ref, _, _, r} -> r end)
    (pid = spawn(fn -> :ok end); ref0 = Process.monitor(pid); receive do {:DOWN, ^ref0, _, _, _} -> :ok end; ref = Process.monitor(pid); receive do {:DOWN, ^ref, _, _, r} -> {r, Process.alive?(pid), Process.info(pid)} end)
    (ref = Process.monitor(:no_such_name); receive do {:DOWN, ^ref, :process, {name, _}, r} -> {name, r} end)
    (pid = spawn(fn -> Process.sleep(:infinity) end); ref = Process.monitor(pid); d = Process.demonitor(ref, $flush); Process.exit(pid, :kill); receive do {:DOWN, ^ref, _, _, r} -> {d, r} after 20 -> {d, :none} end)
    (Process.put(:k, $val); {Process.get(:k), Process.put(:k, 2), Process.delete(:k), Process.get(:k, :gone)})
    (Process.register(self(), :fuzz_name); r = {Process.whereis(:fuzz_name) == self(), send(:fuzz_name, $msg) == $msg}; Process.unregister(:fuzz_name); {r, (receive do m -> m after 0 -> :none end)})
    Process.register(self(), $badname)
    Process.unregister(:fuzz_unknown)
    send(:fuzz_unknown, 1)
    send($notpid, :m)
    Process.$alive($notpid)
    Process.flag($flag, $val)
    (Process.flag(:trap_exit, true); Process.exit(self(), $exit); receive do {:EXIT, pid, r} -> {pid == self(), r} after 20 -> :none end)
    (t = Process.send_after(self(), $msg, $short); r = receive do m -> m after 1000 -> :late end; {r, Process.cancel_timer(t)})
    (t = Process.send_after(self(), :never, 60000); left = Process.cancel_timer(t); {left > 50000, left <= 60000, Process.read_timer(t)})
    (:timer.send_after(1, :tick); receive do m -> m after 1000 -> :late end)
    (parent = self(); pids = for i <- 1..3, do: spawn(fn -> send(parent, {i, i * i}) end); for i <- 1..length(pids), do: (receive do {^i, v} -> v end))
    (parent = self(); a = spawn(fn -> receive do {:ping, from, n} -> send(from, {:pong, n + 1}) end end); send(a, {:ping, self(), 1}); receive do {:pong, n} -> send(parent, n) end; receive do n -> n end)
    (pid = spawn(FuzzWorker, :loop, [$int]); send(pid, {:add, 2}); send(pid, {:add, $int}); send(pid, {:get, self()}); receive do {:value, v} -> v after 2000 -> :none end)
    (pid = spawn(FuzzWorker, :loop, [$int]); ref = Process.monitor(pid); send(pid, $workmsg); send(pid, :done); receive do {:DOWN, ^ref, _, _, reason} -> $reason end)
    (pid = spawn(FuzzWorker, :echo, [self()]); send(pid, $msg); send(pid, $msg); a = receive do {:echo, m} -> m after 2000 -> :none end; b = receive do {:echo, m} -> m after 2000 -> :none end; Process.exit(pid, :kill); {a, b})
    ({:ok, pid} = GenServer.start(FuzzServer, $init); r = GenServer.call(pid, $request); alive = Process.alive?(pid); {r, alive})
    ({:ok, pid} = GenServer.start(FuzzServer, $init); GenServer.cast(pid, {:put, $val}); r = GenServer.call(pid, :get); GenServer.stop(pid); r)
    ({:ok, pid} = GenServer.start(FuzzServer, 0); GenServer.call(pid, {:put, $val}); send(pid, $msg); GenServer.call(pid, :get))
    GenServer.start(FuzzServer, $init) |> elem(0)
    (Process.flag(:trap_exit, true); r = GenServer.start_link(FuzzServer, {:stop, $exit}); {r, (receive do {:EXIT, _, x} -> x after 20 -> :none end)})
    GenServer.start(FuzzServer, $init, name: $gname) |> then(fn {:ok, p} -> {is_pid(p), GenServer.call($gname, :get), GenServer.stop(p, :normal)}; other -> other end)
    ({:ok, pid} = GenServer.start(FuzzServer, 0); catch_exit(GenServer.call(pid, $request)) |> $exitshape)
    ({:ok, pid} = GenServer.start(FuzzServer, 0); ref = Process.monitor(pid); GenServer.cast(pid, {:stop, $exit}); receive do {:DOWN, ^ref, _, _, r} -> r after 50 -> :alive end)
    ({:ok, pid} = GenServer.start(FuzzServer, 0); GenServer.stop(pid, $exit))
    GenServer.call(:fuzz_unknown, :m)
    GenServer.cast(:fuzz_unknown, :m)
    GenServer.whereis(:fuzz_unknown)
    ({:ok, a} = Agent.start($agent); Agent.update(a, $afun); r = Agent.get(a, & &1); Agent.stop(a); r)
    ({:ok, a} = Agent.start(fn -> $int end); r = Agent.get_and_update(a, fn s -> {s, s + 1} end); {r, Agent.get(a, & &1), Agent.stop(a)})
    ({:ok, a} = Agent.start(fn -> %{} end); Agent.cast(a, &Map.put(&1, :k, $val)); Agent.get(a, Map, :get, [:k]))
    Task.async(fn -> $work end) |> Task.await()
    Enum.map(1..3, fn i -> Task.async(fn -> i * $int end) end) |> Task.await_many()
    (t = Task.async(fn -> $work end); Task.yield(t, 1000))
    (t = Task.async(fn -> Process.sleep(:infinity) end); {Task.yield(t, 5), Task.shutdown(t, $shutdown)})
    (Process.flag(:trap_exit, true); t = Task.async(fn -> $death end); Task.yield(t, 1000) |> case do {:exit, reason} -> $reason; other -> other end)
    Task.async_stream($enum, fn x -> {x, x} end, $async) |> Enum.to_list()
    Task.async_stream([1, 2], fn x -> if x == 2, do: Process.sleep(:infinity), else: x end, timeout: 30, on_timeout: :kill_task) |> Enum.to_list()
    Task.completed($val) |> Task.await()
    ({:ok, pid} = Task.start(fn -> $work end); is_pid(pid))
    ({:ok, s} = Supervisor.start_link([$child], strategy: :one_for_one); r = Supervisor.$count(s); Supervisor.stop(s); r)
    ({:ok, s} = Supervisor.start_link([{Agent, fn -> $int end}], strategy: :one_for_one); [{_, pid, _, _}] = Supervisor.which_children(s); Agent.update(pid, &(&1 + 1)); r = Agent.get(pid, & &1); ref = Process.monitor(pid); Process.exit(pid, :kill); receive do {:DOWN, ^ref, _, _, _} -> :ok end; Process.sleep(20); [{_, new, _, _}] = Supervisor.which_children(s); r2 = Agent.get(new, & &1); Supervisor.stop(s); {r, r2, new != pid})
    ({:ok, r} = Registry.start_link(keys: $keys, name: FuzzRegistry); a = Registry.register(FuzzRegistry, :k, $val); b = Registry.register(FuzzRegistry, :k, 2); v = {elem(a, 0), elem(b, 0), Registry.lookup(FuzzRegistry, :k) |> Enum.map(&elem(&1, 1)), Registry.count(FuzzRegistry), Registry.keys(FuzzRegistry, self())}; Supervisor.stop(r); v)
    (:global.register_name(:fuzz_g, self()); r = :global.whereis_name(:fuzz_g) == self(); :global.unregister_name(:fuzz_g); r)
    (ref = :erlang.monitor(:process, self()); {is_reference(ref), :erlang.demonitor(ref, [:info])})
    Process.info(self(), $item) |> is_tuple()
    (send(self(), 1); send(self(), 2); {Process.info(self(), :messages), Process.info(self(), :message_queue_len)})
    try do $death rescue e -> {:rescued, e} catch k, v -> {k, v} after send(self(), :after) end
    try do GenServer.call(:fuzz_unknown, 1, $short) catch :exit, r -> r end
    (ref = Process.monitor(spawn(fn -> exit($exit) end), alias: :explicit_unalias); receive do {:DOWN, ^ref, _, _, r} -> r end)
    (a = Process.alias(); send(a, :x); x = receive do m -> m after 10 -> :none end; Process.unalias(a); send(a, :y); {x, (receive do m -> m after 10 -> :none end)})
    (parent = self(); spawn(fn -> send(parent, {:callers, Process.get(:"\x24callers"), Process.get(:"\x24ancestors")}) end); receive do m -> m end)
    Task.async(fn -> {length(Process.get(:"\x24callers")), length(Process.get(:"\x24ancestors"))} end) |> Task.await()
    Task.Supervisor.start_link() |> then(fn {:ok, s} -> r = Task.Supervisor.async_nolink(s, fn -> $death end) |> Task.yield(1000) |> case do {:exit, reason} -> $reason; o -> o end; Supervisor.stop(s); r end)
    ({:ok, d} = DynamicSupervisor.start_link(strategy: :one_for_one); r = DynamicSupervisor.start_child(d, {Agent, fn -> $val end}); c = DynamicSupervisor.count_children(d); DynamicSupervisor.stop(d); {elem(r, 0), c})`,
  msg: ':a\n{:a, 1}\n{:b, [1]}\n1\n"text"\n%{k: 1}\nnil\n{:a, :b, :c}',
  clauses: String.raw`
    :a -> :got_a; {:a, x} -> {:x, x}
    {k, v} when is_atom(k) -> {v, k}; n when is_integer(n) -> n + 1
    x -> {:any, x}
    %{k: k} -> k; "te" <> rest -> rest
    x when x in [nil, 1] -> {:in, x}; {:a, _, c} -> c`,
  val: ':v\n1\n[1, 2]\n%{a: 1}\n"s"\nnil\n{:t, 1}',
  int: "0\n1\n5\n-3\n100",
  short: "0\n1\n5",
  long: "1000\n2000",
  work: String.raw`
    $val
    Enum.sum(1..100)
    self() |> is_pid()
    Process.get(:none, :default)
    Enum.map([3, 1, 2], & &1 * 2) |> Enum.sort()
    (send(self(), $msg); receive do m -> m end)`,
  death: String.raw`
    :ok
    exit($exit)
    exit($exit)
    raise("boom")
    raise(ArgumentError)
    throw($val)
    :erlang.error($val)
    1 = Runner.itself(2)
    Runner.itself(1) + Runner.itself(:a)
    hd(Runner.itself([]))
    Process.exit(self(), $exit)
    Map.fetch!(%{}, :k)
    apply(FuzzNope, :f, [1])
    case Runner.itself(3) do 1 -> 2 end
    exit({:shutdown, $val})
    Process.exit(self(), :kill)
    GenServer.call(:fuzz_unknown, :m)
    Task.await(Task.async(fn -> 1 end)) |> exit()`,
  reason: String.raw`
    (case reason do {r, [_ | _]} when is_list([]) -> {:error, r}; {{k, r}, [_ | _]} -> {k, r}; r -> r end)`,
  exit: ':normal\n:kill\n:shutdown\n:boom\n{:shutdown, 1}\n{:error, [1]}\n:killed\n"text"',
  flush: "[]\n[:flush]\n[:info]\n[:flush, :info]",
  badname: ':undefined\n:fuzz_other\n1\n"n"\nnil',
  notpid: ':fuzz_unknown\n1\nnil\n"p"\n{:fuzz_unknown, node()}\n[]',
  alive: "alive?\nmonitor\nlink\nunlink\ninfo",
  flag: ":trap_exit\n:priority\n:nope\n:min_heap_size\n:error_handler",
  workmsg: "{:stop, :normal}\n{:stop, :bad}\n{:add, :x}\n:ignored\n{:add, 1}",
  init: "0\n{:go, 1}\n:ignore\n{:stop, :bad}\n[1]\n{:stop, :normal}",
  request:
    ':get\n{:put, $val}\n{:stop, :normal}\n{:stop, :bad}\n:later\n{:raise, "r"}\n{:throw, {:reply, 1, 2}}\n{:throw, :t}\n{:exit, :gone}\n{:bad, :nonsense}\n:nope\n{:bad, {:reply, 1}}',
  exitshape: String.raw`
    then(fn {{%e{}, [_ | _]}, {m, f, [_, r, t]}} -> {e, m, f, r, t}; {r, {m, f, [_, q, t]}} when is_tuple(r) -> {elem(r, 0), m, f, q, t}; {r, {m, f, [_, q, t]}} -> {r, m, f, q, t} end)`,
  gname: ":fuzz_server\n{:global, :fuzz_global}\nFuzzName",
  agent: "fn -> $val end\nfn -> $int end\nfn -> [] end",
  afun: "&[&1]\n&{&1, 1}\nfn _ -> :new end",
  shutdown: ":brutal_kill\n10\n0",
  enum: "[1, 2, 3]\n1..4\n[]\n[:a, nil]\nMapSet.new([2, 1])",
  async:
    "[]\n[ordered: true]\n[max_concurrency: 1]\n[max_concurrency: 2, timeout: 1000]\n[zip_input_on_exit: true]",
  child:
    "{Agent, fn -> 1 end}\n{Task, fn -> Process.sleep(:infinity) end}\n{FuzzServer, 0}\n%{id: :x, start: {Agent, :start_link, [fn -> 2 end]}, restart: :temporary}",
  count: "count_children",
  keys: ":unique\n:duplicate",
  item: ":messages\n:links\n:dictionary\n:trap_exit\n:nope\n:status\n:registered_name\n:group_leader",
};
