/** Processes that crash, with what is logged of it: servers, agents, tasks, supervisors and processes of their own. */
import type { Rules } from "../rules.ts";

export const servers: Rules = {
  module: String.raw`
    $server¶$state
    $server¶$machine`,
  server: String.raw`
    defmodule FuzzServer do¶use GenServer¶def start(arg, opts \\ []), do: GenServer.start(__MODULE__, arg, opts)¶@impl true¶def init({:run, fun}), do: fun.()¶def init(state), do: {:ok, state}¶@impl true¶def handle_call({:run, fun}, _from, state), do: fun.(state)¶def handle_call(:get, _, state), do: {:reply, state, state}¶@impl true¶def handle_cast({:run, fun}, state), do: fun.(state)¶@impl true¶def handle_info({:run, fun}, state), do: fun.(state)¶@impl true¶def handle_continue(fun, state), do: fun.(state)¶end
    defmodule FuzzServer do¶use GenServer, restart: :temporary¶def start(arg, opts \\ []), do: GenServer.start(__MODULE__, arg, opts)¶def init({:run, fun}), do: (Process.flag(:trap_exit, true); fun.())¶def init(state), do: (Process.flag(:trap_exit, true); {:ok, state})¶def handle_call({:run, fun}, _from, state), do: fun.(state)¶def handle_cast({:run, fun}, state), do: fun.(state)¶def handle_continue(fun, state), do: fun.(state)¶def terminate(reason, state) do¶$terminate¶end¶end
    defmodule FuzzServer do¶use GenServer¶def start(arg, opts \\ []), do: GenServer.start(__MODULE__, arg, opts)¶def init({:run, fun}), do: fun.()¶def init(state), do: {:ok, state, $timeout}¶def handle_call({:run, fun}, _from, state), do: fun.(state)¶def handle_cast({:run, fun}, state), do: fun.(state)¶def handle_info(:timeout, state), do: {:stop, :timed, state}¶def handle_info({:run, fun}, state), do: fun.(state)¶def format_status(status), do: $status¶end`,
  status:
    "Map.new(status, fn {:state, s} -> {:state, {:hidden, s}}; other -> other end)\nstatus\n%{status | message: :hidden} |> Map.put(:state, 0)",
  timeout: "5000\n:hibernate\n:infinity",
  terminate: `IO.puts("terminate #{inspect(reason) =~ "stack"} #{inspect(state)}")\nraise "in terminate"\nstate\nexit(:from_terminate)`,
  state: String.raw`
    defmodule FuzzState do¶defstruct secret: 1, data: nil¶end
    defmodule FuzzState do¶@derive {Inspect, except: [:secret]}¶defstruct secret: 1, data: nil¶end`,
  machine: String.raw`
    defmodule FuzzState do¶defstruct [:data]¶defimpl Inspect do¶def inspect(_, _), do: "#FuzzState<>"¶end¶end`,
  alone: String.raw`
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); Runner.outcome(fn -> GenServer.call(pid, {:run, fn s -> $reply end}) end) end)
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); Runner.outcome(fn -> GenServer.call(pid, {:run, fn s -> $death; {:reply, 1, s} end}) end) end)
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); ref = Process.monitor(pid); GenServer.cast(pid, {:run, fn s -> $noreply end}); Runner.down(ref) end)
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); ref = Process.monitor(pid); send(pid, {:run, fn s -> $noreply end}); Runner.down(ref) end)
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); ref = Process.monitor(pid); send(pid, $val); Runner.down(ref) end)
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); ref = Process.monitor(pid); GenServer.cast(pid, $val); Runner.down(ref) end)
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); Runner.outcome(fn -> GenServer.call(pid, $val) end) end)
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); ref = Process.monitor(pid); Process.exit(pid, $reason); Runner.down(ref) end)
    Runner.logged(fn -> {:ok, pid} = FuzzServer.start($val$name); Runner.outcome(fn -> GenServer.stop(pid, $reason) end) end)
    Runner.logged(fn -> FuzzServer.start({:run, fn -> $init end}$name) |> then(fn {:ok, p} -> Runner.down(Process.monitor(p)) != :alive; other -> Runner.bare(other) end) end)
    Runner.logged(fn -> FuzzServer.start({:run, fn -> $death end}$name) |> Runner.bare() end)
    Runner.logged(fn -> FuzzServer.start({:run, fn -> {:ok, $val, {:continue, fn s -> $noreply end}} end}$name) |> then(fn {:ok, p} -> Runner.down(Process.monitor(p)) != :alive; other -> other end) end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); GenServer.start_link(FuzzServer, {:run, fn -> $init end}) |> Runner.bare() |> then(fn [:ok, _] -> :ok; other -> {other, (receive do {:EXIT, _, r} -> Runner.bare(r) after 50 -> :none end)} end) end)
    Runner.logged(fn -> spawn_monitor(fn -> $death end) |> elem(1) |> Runner.down() end)
    Runner.logged(fn -> {_, ref} = spawn_monitor(fn -> $death end); Runner.down(ref) end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); spawn_link(fn -> $death end); receive do {:EXIT, _, r} -> Runner.bare(r) end end)
    Runner.logged(fn -> {:ok, pid} = Task.start(fn -> $death end); Runner.down(Process.monitor(pid)) |> is_tuple() end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); t = Task.async(fn -> $death end); Runner.outcome(fn -> Task.await(t) end) end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); t = Task.async(fn -> $death end); Task.yield(t) |> Runner.bare() end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); Runner.outcome(fn -> Task.async_stream([1, 2], fn x -> x == 1 && $death; x end$stream) |> Enum.to_list() |> Runner.bare() end) end)
    Runner.logged(fn -> {:ok, s} = Task.Supervisor.start_link(); t = Task.Supervisor.async_nolink(s, fn -> $death end); Task.yield(t) |> Runner.bare() end)
    Runner.logged(fn -> {:ok, s} = Task.Supervisor.start_link(); {:ok, pid} = Task.Supervisor.start_child(s, fn -> Process.sleep(5); $death end); Runner.down(Process.monitor(pid)) end)
    Runner.logged(fn -> {:ok, a} = Agent.start(fn -> $val end$name); Runner.outcome(fn -> Agent.$agent(a, fn _ -> $death end) end) end)
    Runner.logged(fn -> {:ok, a} = Agent.start(fn -> $val end$name); ref = Process.monitor(a); Agent.cast(a, fn _ -> $death end); Runner.down(ref) end)
    Runner.logged(fn -> Agent.start(fn -> $death end) |> Runner.bare() end)
    Runner.logged(fn -> {:ok, a} = Agent.start(fn -> $val end$name); Runner.outcome(fn -> Agent.get_and_update(a, fn s -> $val end) end) end)
    Runner.logged(fn -> {:ok, a} = Agent.start(fn -> 1 end$name); Runner.outcome(fn -> Agent.get(a, fn _ -> Process.sleep(:infinity) end, 10) end) end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); {:ok, s} = Supervisor.start_link([$child], strategy: $strategy, max_restarts: $max) |> Runner.bare() |> List.to_tuple(); for {_, p, _, _} <- Supervisor.which_children(s), is_pid(p), do: (ref = Process.monitor(p); Process.exit(p, $kill); Runner.down(ref)); Process.sleep(20); r = if(Process.alive?(s), do: Supervisor.count_children(s), else: :gone); {r, (receive do {:EXIT, ^s, r} -> r after 0 -> :none end)} end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); Supervisor.start_link([$steady, $steady], strategy: $strategy) |> then(fn {:ok, s} -> Supervisor.stop(s, $reason); other -> Runner.bare(other) end) end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); Supervisor.start_link([%{id: :c, start: {FuzzServer, :start, [{:run, fn -> $init end}]}}], strategy: $strategy) |> Runner.bare() |> then(fn [:ok, _] -> :ok; o -> o end) end)
    Runner.logged(fn -> Process.flag(:trap_exit, true); {:ok, d} = DynamicSupervisor.start_link(max_restarts: $max); r = DynamicSupervisor.start_child(d, $child) |> Runner.bare(); Process.sleep(10); {hd(List.wrap(r)), Process.alive?(d)} end)
    Runner.logged(fn -> parent = self(); pid = spawn(fn -> Process.flag(:trap_exit, true); child = spawn_link(fn -> $death end); receive do {:EXIT, ^child, r} -> send(parent, {:died, Runner.bare(r)}) end end); receive do {:died, r} -> {is_pid(pid), r} after 500 -> :none end end)
    Runner.logged(fn -> a = spawn(fn -> receive do :go -> $death end end); b = spawn(fn -> Process.link(a); receive do :never -> 1 end end); ref = Process.monitor(b); Process.sleep(10); send(a, :go); Runner.down(ref) end)
    Runner.logged(fn -> require Logger; Logger.$level($message$meta); $val end)
    Runner.logged(fn -> require Logger; Logger.log($loglevel, $message); Logger.debug(fn -> $death; "lazy" end) end)`,
  name: ", []\n, []\n, name: :fuzz_server\n\n, name: {:global, :fuzz_global}",
  val: `1\n%{a: 1}\n[1, 2]\n:state\n%FuzzState{data: 2}\n"text"\nnil\n{:t, [a: 1]}\nEnum.to_list(1..60)`,
  reply: `{:reply, 1, s}\n{:stop, :normal, s}\n{:stop, :bad, 1, s}\n{:stop, {:shutdown, 1}, s}\n{:noreply, s, {:continue, fn s -> {:stop, :later, s} end}}\n:bad\n{:reply, 1}\n{:stop, %RuntimeError{message: "x"}, s}\n{:reply, s, s, :hibernate}\n{:reply, 1, s, {:continue, fn _ -> $death end}}\n{:stop, :shutdown, :bye, s}`,
  noreply: `{:stop, :normal, s}\n{:stop, :bad, s}\n{:stop, {:shutdown, :x}, s}\n$death\n$death\n:nonsense\n{:reply, 1, s}\n{:noreply, s, {:continue, fn s -> {:stop, :cont, s} end}}\n{:stop, :bad}\n{:stop, {:error, [1, 2]}, Map.new(1..40, &{&1, &1}) |> map_size()}\nfoo = s; {:stop, {:weird, foo}, foo}`,
  init: `{:stop, :bad}\n{:stop, :normal}\n{:stop, {:shutdown, 1}}\n:ignore\n:nonsense\n{:ok, 1, 0}\n{:error, :x}\n$death\n{:ok, 1, {:continue, fn s -> {:stop, :c, s} end}}`,
  death: `raise("boom")\nraise(ArgumentError, "arg")\nexit(:gone)\nexit(:normal)\nexit({:shutdown, 1})\nthrow(:ball)\n:erlang.error(:odd)\nRunner.itself(1) + Runner.itself(:a)\nhd(Runner.itself([]))\nMap.fetch!(Runner.itself(%{}), :k)\n1 = Runner.itself(2)\n(case Runner.itself(3) do 1 -> 2 end)\nRunner.itself(FuzzNope).f(1)\nRunner.itself(String).nope()\nString.to_integer("x")\nEnum.each([1, 2], fn x -> x == 2 && raise("in each") end)\nfor(x <- [1], do: raise("for #{x}"))\nProcess.exit(self(), :kill)\nGenServer.call(:fuzz_nobody, :hi)\nRunner.itself(nil).field\n(fn :a -> 1 end).(Runner.itself(:b))\nraise("multi\\nline")\nTask.await(Task.async(fn -> exit(:inner) end))\nexit(%{a: 1})\nthrow({:big, Enum.to_list(1..30)})\n(try do raise("first") rescue _ -> reraise("second", __STACKTRACE__) end)\nRunner.itself(fn x -> x end).(1, 2)\nraise(KeyError, key: :ab, term: %{abc: 1})\nApplication.fetch_env!(:fuzz, :k)\nexit({:error, "text"})\nraise(File.Error, reason: :enoent, action: "read", path: "p")`,
  reason: ":normal\n:shutdown\n{:shutdown, :x}\n:bad\n:kill\n{:error, :x}",
  kill: ":kill\n:shutdown\n:boom",
  agent: "get\nupdate\nget_and_update",
  stream: ", []\n, max_concurrency: 1\n, on_timeout: :kill_task",
  child: `{Task, fn -> :ok end}\n{Task, fn -> $death end}\n$steady\n$steady\n$steady\n$steady`,
  // Whether a task ends before the next child fails to start is nobody's business.
  steady: `{Task, fn -> Process.sleep(:infinity) end}\n{Agent, fn -> 1 end}\n{FuzzServer, 1}\n%{id: :a, start: {Agent, :start_link, [fn -> 1 end]}, restart: :transient}\n%{id: :b, start: {FuzzNope, :start_link, []}}\n%{id: :c, start: {Agent, :start_link, [fn -> $death end]}}\nSupervisor.child_spec({Agent, fn -> 2 end}, id: :d, restart: :temporary)\n%{id: :e, start: {Function, :identity, [:ignore]}}\n%{id: :f, start: {Function, :identity, [$val]}}`,
  strategy: ":one_for_one\n:one_for_all\n:rest_for_one",
  max: "3\n0\n1",
  level: "error\nwarning\ninfo\nnotice\ncritical",
  loglevel: ":error\n:info\n:warning",
  message: `"a message"\n["io", ?d, "ata"]\nfn -> "lazy" end\n"two\\nlines"\n[a: 1, b: "x"]\n%{report: [1, 2]}\n"é #{1 + 1}"`,
  meta: ", []\n, domain: [:fuzz]\n, crash_reason: {:x, []}",
};
