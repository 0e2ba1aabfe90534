# Supervision trees to drive, and what carries out the commands of `model.test.ts` on them.
#
# Every node of a tree has a path, `[0, 1]`, from which its registered name is made. A table counts how often each has been
# started and keeps what watchers are told.
defmodule Model.Worker do
  use GenServer

  def start_link({path, _} = argument), do: GenServer.start_link(__MODULE__, argument, name: Model.name(path))

  @impl true
  def init({path, trap?}) do
    Process.flag(:trap_exit, trap?)
    Model.started(path)
    {:ok, []}
  end

  @impl true
  def handle_cast({:note, note}, notes), do: {:noreply, [note | notes]}
  def handle_cast({:stop, reason}, notes), do: {:stop, reason, notes}

  @impl true
  def handle_call(:notes, _from, notes), do: {:reply, Enum.reverse(notes), []}

  # Links of watchers.
  @impl true
  def handle_info({:EXIT, _, _}, notes), do: {:noreply, notes}
end

defmodule Model.Tree do
  use Supervisor

  def start_link({:supervisor, path, _, _, _, _} = node) do
    Supervisor.start_link(__MODULE__, node, name: Model.name(path))
  end

  @impl true
  def init({:supervisor, path, _restart, strategy, intensity, children}) do
    Process.put(:kind, :supervisor)
    Model.started(path)

    children
    |> Enum.with_index()
    |> Enum.map(fn {child, id} -> spec(child, id) end)
    |> Supervisor.init(strategy: strategy, max_restarts: intensity, max_seconds: 5)
  end

  defp spec({:worker, path, restart, trap?}, id) do
    %{id: id, start: {Model.Worker, :start_link, [{path, trap?}]}, restart: restart}
  end

  defp spec({:supervisor, _, restart, _, _, _} = node, id) do
    %{id: id, start: {__MODULE__, :start_link, [node]}, restart: restart, type: :supervisor}
  end
end

defmodule Model do
  def name(path), do: :"node_#{Enum.join(path, "_")}"

  def started(path) do
    :ets.update_counter(:model, {:starts, path}, 1, {{:starts, path}, 0})
    :ok
  end

  @doc "Runs the commands one after the other; for each its result and what can be seen once all is quiet."
  def run(tree, commands) do
    :ets.new(:model, [:named_table, :public, :ordered_set])
    # Restarts are counted by whole seconds.
    Process.sleep(1000 - rem(System.monotonic_time(:millisecond), 1000))
    {:ok, root} = Model.Tree.start_link(tree)
    Process.unlink(root)
    settle()
    first = {:ok, observed()}

    steps =
      for command <- commands do
        result = execute(command)
        settle()
        {result, observed()}
      end

    names = for name <- Process.registered(), String.starts_with?(Atom.to_string(name), "node_"), do: name
    stray = for name <- names, Process.whereis(name) not in below(root), do: name
    if Process.alive?(root), do: Supervisor.stop(root)
    settle()
    left = for name <- names, Process.whereis(name) != nil, do: name
    messages = :ets.match(:model, {{:told, :"$1", :_}, :"$2"})
    :ets.delete(:model)
    {[first | steps], messages, stray ++ left}
  end

  # Nothing else can happen before time passes.
  defp settle, do: Process.sleep(10)

  # Every process that a supervisor answers for.
  defp below(supervisor) do
    if Process.alive?(supervisor) do
      children = for {_, pid, kind, _} <- Supervisor.which_children(supervisor), is_pid(pid), do: {pid, kind}
      [supervisor | Enum.flat_map(children, fn {pid, kind} -> if kind == :supervisor, do: below(pid), else: [pid] end)]
    else
      []
    end
  end

  # Of each node that was ever started: how often, whether it lives, and the ids of its children with their state.
  defp observed do
    for [path, starts] <- :ets.match(:model, {{:starts, :"$1"}, :"$2"}) do
      case Process.whereis(name(path)) do
        nil -> {path, starts, false, []}
        pid -> {path, starts, true, children(pid)}
      end
    end
  end

  defp children(pid) do
    if Process.info(pid, :dictionary) |> elem(1) |> Keyword.get(:kind) == :supervisor do
      for {id, child, _, _} <- Supervisor.which_children(pid), do: {id, is_pid(child) and Process.alive?(child)}
    else
      []
    end
  end

  defp execute({:stop, path, reason}) do
    if reason == :kill,
      do: Process.exit(Process.whereis(name(path)), :kill),
      else: GenServer.cast(name(path), {:stop, reason})

    :ok
  end

  # Several ends at once, from as many processes.
  defp execute({:burst, paths}) do
    for path <- paths do
      spawn(fn -> with pid when is_pid(pid) <- Process.whereis(name(path)), do: Process.exit(pid, :kill) end)
    end

    :ok
  end

  defp execute({:wait, milliseconds}), do: Process.sleep(milliseconds)
  defp execute({:terminate, path, id}), do: plain(Supervisor.terminate_child(name(path), id))
  defp execute({:restart, path, id}), do: plain(Supervisor.restart_child(name(path), id))
  defp execute({:delete, path, id}), do: plain(Supervisor.delete_child(name(path), id))

  # A monitor and a link, from a process that tells the table of every message it gets.
  defp execute({:watch, path, watcher}) do
    driver = self()
    pid = Process.whereis(name(path))

    spawn(fn ->
      Process.flag(:trap_exit, true)
      Process.monitor(pid)
      Process.link(pid)
      send(driver, :watching)
      watch(watcher, 0)
    end)

    receive(do: (:watching -> :ok))
  end

  # Clients that send at the same time: the messages of each must arrive, and in order.
  defp execute({:talk, path, clients}) do
    for client <- 1..clients do
      spawn(fn -> for n <- 1..5, do: GenServer.cast(name(path), {:note, {client, n}}) end)
    end

    settle()
    notes = GenServer.call(name(path), :notes)
    if Enum.all?(1..clients, fn client -> for({^client, n} <- notes, do: n) == [1, 2, 3, 4, 5] end), do: :ok, else: notes
  end

  defp watch(watcher, n) do
    receive do
      {:DOWN, _, :process, _, reason} -> :ets.insert(:model, {{:told, watcher, n}, {:down, kind(reason)}})
      {:EXIT, _, reason} -> :ets.insert(:model, {{:told, watcher, n}, {:exit, kind(reason)}})
    end

    watch(watcher, n + 1)
  end

  defp kind({:shutdown, _}), do: :shutdown_term
  defp kind(reason), do: reason

  defp plain({:ok, _pid}), do: :ok
  defp plain({:error, reason}), do: reason
  defp plain(result), do: result
end
