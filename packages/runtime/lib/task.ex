# Processes that do one thing and answer once. The owner monitors the task with an alias, which is
# also the reply's tag: after a demonitor no reply can come.
defmodule Task do
  @moduledoc """
  Tasks: computations in processes of their own.

      iex> task = Task.async(fn -> 1 + 1 end)
      iex> Task.await(task)
      2
  """

  @enforce_keys [:mfa, :owner, :pid, :ref]
  defstruct [:mfa, :owner, :pid, :ref]

  @type t :: %__MODULE__{mfa: mfa, owner: pid, pid: pid | nil, ref: ref}
  @opaque ref :: reference
  @type async_stream_option ::
          {:max_concurrency, pos_integer}
          | {:ordered, boolean}
          | {:timeout, timeout}
          | {:on_timeout, :exit | :kill_task}
          | {:zip_input_on_exit, boolean}

  defguardp is_timeout(timeout)
            when timeout == :infinity or (is_integer(timeout) and timeout >= 0)

  @doc "Gives a specification to start a task under a supervisor."
  @spec child_spec(term) :: Supervisor.child_spec()
  def child_spec(arg), do: %{id: Task, start: {Task, :start_link, [arg]}, restart: :temporary}

  @doc false
  defmacro __using__(opts) do
    quote location: :keep, bind_quoted: [opts: opts] do
      unless Module.has_attribute?(__MODULE__, :doc) do
        @doc """
        Returns a specification to start this module under a supervisor.

        `arg` is passed as the argument to `Task.start_link/1` in the `:start` field
        of the spec. See `Supervisor`.
        """
      end

      def child_spec(arg) do
        default = %{
          id: __MODULE__,
          start: {__MODULE__, :start_link, [arg]},
          restart: :temporary
        }

        Supervisor.child_spec(default, unquote(Macro.escape(opts)))
      end

      defoverridable child_spec: 1
    end
  end

  ## Starting

  @doc "Starts a task linked to the caller that answers nobody."
  @spec start_link((-> any)) :: {:ok, pid}
  def start_link(fun) when is_function(fun, 0), do: start_link(:erlang, :apply, [fun, []])

  @doc "Starts a task linked to the caller that answers nobody."
  @spec start_link(module, atom, [term]) :: {:ok, pid}
  def start_link(module, function, args)
      when is_atom(module) and is_atom(function) and is_list(args) do
    Task.Supervised.start_link(
      Task.Supervised.owner(),
      Task.Supervised.callers(),
      {module, function, args}
    )
  end

  @doc "Starts a task without a link that answers nobody."
  @spec start((-> any)) :: {:ok, pid}
  def start(fun) when is_function(fun, 0), do: start(:erlang, :apply, [fun, []])

  @doc "Starts a task without a link that answers nobody."
  @spec start(module, atom, [term]) :: {:ok, pid}
  def start(module, function_name, args)
      when is_atom(module) and is_atom(function_name) and is_list(args) do
    Task.Supervised.start(
      Task.Supervised.owner(),
      Task.Supervised.callers(),
      {module, function_name, args}
    )
  end

  @doc "Starts a task linked to the caller, to be awaited."
  @spec async((-> any)) :: t
  def async(fun) when is_function(fun, 0), do: async(:erlang, :apply, [fun, []])

  @doc "Starts a task linked to the caller, to be awaited."
  @spec async(module, atom, [term]) :: t
  def async(module, function_name, args)
      when is_atom(module) and is_atom(function_name) and is_list(args) do
    {:ok, pid} = Task.Supervised.start_link(Task.Supervised.owner(), :nomonitor)
    Task.Supervised.assign(pid, {module, function_name, args})
  end

  @doc "Makes a task that is done already."
  @spec completed(any) :: t
  def completed(result) do
    ref = make_ref()
    send(self(), {ref, result})
    %Task{pid: nil, ref: ref, owner: self(), mfa: {Task, :completed, 1}}
  end

  @doc "Maps an enumerable lazily with a function, several elements at a time; see `async_stream/3`."
  @spec async_stream(Enumerable.t(), module, atom, [term], [async_stream_option]) ::
          Enumerable.t()
  def async_stream(enumerable, module, function_name, args, options \\ [])
      when is_atom(module) and is_atom(function_name) and is_list(args) do
    build_stream(enumerable, {module, function_name, args}, options)
  end

  @doc """
  Maps an enumerable lazily, several elements at a time, to `{:ok, result}` or `{:exit, reason}`.

  Options: `:max_concurrency`, `:ordered` (true), `:timeout` of one task (5000), `:on_timeout`
  (`:exit` or `:kill_task`), `:zip_input_on_exit` (false).
  """
  @spec async_stream(Enumerable.t(), (term -> term), [async_stream_option]) :: Enumerable.t()
  def async_stream(enumerable, fun, options \\ [])
      when is_function(fun, 1) and is_list(options) do
    build_stream(enumerable, fun, options)
  end

  defp build_stream(enumerable, fun, options) do
    options = Task.Supervised.validate_stream_options(options)

    fn acc, reducer ->
      owner = Task.Supervised.owner()

      spawn = fn ->
        {:ok, pid} = Task.Supervised.start_link(owner, :nomonitor)
        {:ok, :link, pid}
      end

      callers = Task.Supervised.callers()
      Task.Supervised.stream(enumerable, acc, reducer, callers, fun, options, spawn)
    end
  end

  ## Waiting

  @doc "Waits for the result; exits if the task dies or takes longer than `timeout` milliseconds."
  @spec await(t, timeout) :: term
  def await(%Task{ref: ref} = task, timeout \\ 5000) when is_timeout(timeout) do
    check_owner!(task)

    receive do
      {^ref, reply} ->
        demonitor(ref)
        reply

      {:DOWN, ^ref, _, process, reason} ->
        exit({reason(reason, process), {__MODULE__, :await, [task, timeout]}})
    after
      timeout ->
        demonitor(ref)
        exit({:timeout, {__MODULE__, :await, [task, timeout]}})
    end
  end

  @doc "Waits for all results; `timeout` is for all of them together."
  @spec await_many([t], timeout) :: [term]
  def await_many(tasks, timeout \\ 5000) when is_timeout(timeout) do
    awaited =
      Map.new(tasks, fn %Task{ref: ref} = task ->
        check_owner!(task)
        {ref, true}
      end)

    with_timer(timeout, fn timeout_ref ->
      replies = await_all(awaited, %{}, timeout_ref, [tasks, timeout])
      for %{ref: ref} <- tasks, do: Map.fetch!(replies, ref)
    end)
  end

  defp await_all(awaited, replies, _timeout_ref, _args) when map_size(awaited) == 0, do: replies

  defp await_all(awaited, replies, timeout_ref, args) do
    receive do
      ^timeout_ref ->
        demonitor_all(awaited)
        exit({:timeout, {__MODULE__, :await_many, args}})

      {:DOWN, ref, _, process, reason} when is_map_key(awaited, ref) ->
        demonitor_all(awaited)
        exit({reason(reason, process), {__MODULE__, :await_many, args}})

      {ref, reply} when is_map_key(awaited, ref) ->
        demonitor(ref)
        await_all(Map.delete(awaited, ref), Map.put(replies, ref, reply), timeout_ref, args)
    end
  end

  defp demonitor_all(awaited), do: Enum.each(Map.keys(awaited), &demonitor/1)

  defp with_timer(timeout, fun) do
    timeout_ref = make_ref()
    timer = if timeout != :infinity, do: Process.send_after(self(), timeout_ref, timeout)

    try do
      fun.(timeout_ref)
    after
      timer && Process.cancel_timer(timer)

      receive do
        ^timeout_ref -> :ok
      after
        0 -> :ok
      end
    end
  end

  @doc "Waits for the result: `{:ok, result}`, `{:exit, reason}`, or `nil` if it is not there in time."
  @spec yield(t, timeout) :: {:ok, term} | {:exit, term} | nil
  def yield(%Task{ref: ref} = task, timeout \\ 5000) when is_timeout(timeout) do
    check_owner!(task)

    receive do
      {^ref, reply} ->
        demonitor(ref)
        {:ok, reply}

      {:DOWN, ^ref, _, process, :noconnection} ->
        exit({reason(:noconnection, process), {__MODULE__, :yield, [task, timeout]}})

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, reason}
    after
      timeout -> nil
    end
  end

  @doc """
  Waits for several results and gives `{task, result}` pairs as of `yield/2`.

  Options: `:limit` (of results), `:timeout` (5000), `:on_timeout` (`:nothing`, `:ignore` or
  `:kill_task`).
  """
  @spec yield_many([t], timeout | keyword) :: [{t, {:ok, term} | {:exit, term} | nil}]
  def yield_many(tasks, opts \\ [])

  def yield_many(tasks, timeout) when is_timeout(timeout), do: yield_many(tasks, timeout: timeout)

  def yield_many(tasks, opts) when is_list(opts) do
    results =
      Map.new(tasks, fn %Task{ref: ref} = task ->
        check_owner!(task)
        {ref, nil}
      end)

    on_timeout = Keyword.get(opts, :on_timeout, :nothing)
    timeout = Keyword.get(opts, :timeout, 5_000)
    limit = Keyword.get(opts, :limit, map_size(results))

    {timed_out?, results} =
      with_timer(timeout, fn timeout_ref ->
        yield_some(limit, results, timeout_ref, [tasks, timeout])
      end)

    for task <- tasks do
      case Map.fetch!(results, task.ref) do
        nil when timed_out? and on_timeout == :kill_task -> {task, shutdown(task, :brutal_kill)}
        nil when timed_out? and on_timeout == :ignore -> {task, ignore(task)}
        result -> {task, result}
      end
    end
  end

  defp yield_some(0, results, _timeout_ref, _args), do: {false, results}

  defp yield_some(limit, results, timeout_ref, args) do
    receive do
      {ref, reply} when is_map_key(results, ref) ->
        demonitor(ref)
        yield_some(limit - 1, %{results | ref => {:ok, reply}}, timeout_ref, args)

      {:DOWN, ref, _, process, :noconnection} when is_map_key(results, ref) ->
        exit({reason(:noconnection, process), {__MODULE__, :yield_many, args}})

      {:DOWN, ref, _, _, reason} when is_map_key(results, ref) ->
        yield_some(limit - 1, %{results | ref => {:exit, reason}}, timeout_ref, args)

      ^timeout_ref ->
        {true, results}
    end
  end

  @doc "Gives up a task and unlinks it: gives the result if it is there, or `nil`."
  @spec ignore(t) :: {:ok, term} | {:exit, term} | nil
  def ignore(%Task{ref: ref, pid: pid} = task) do
    check_owner!(task)

    receive do
      {^ref, reply} ->
        pid && Process.unlink(pid)
        demonitor(ref)
        {:ok, reply}

      {:DOWN, ^ref, _, process, :noconnection} ->
        exit({reason(:noconnection, process), {__MODULE__, :ignore, [task]}})

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, reason}
    after
      0 ->
        pid && Process.unlink(pid)
        demonitor(ref)
        nil
    end
  end

  @doc "Unlinks and ends a task; gives the result if it came before, `{:exit, reason}` or `nil`."
  @spec shutdown(t, timeout | :brutal_kill) :: {:ok, term} | {:exit, term} | nil
  def shutdown(task, shutdown \\ 5000)
  def shutdown(%Task{pid: nil} = task, _shutdown), do: ignore(task)

  def shutdown(%Task{pid: pid} = task, :brutal_kill) do
    check_owner!(task)
    monitor = Process.monitor(pid)
    end_task(pid, :kill)
    ended(await_end(task, monitor, :killed, :infinity), task, :brutal_kill)
  end

  def shutdown(%Task{pid: pid} = task, timeout) when is_timeout(timeout) do
    check_owner!(task)
    monitor = Process.monitor(pid)
    end_task(pid, :shutdown)
    ended(await_end(task, monitor, :shutdown, timeout), task, timeout)
  end

  defp ended({:down, process, :noconnection}, task, how) do
    exit({reason(:noconnection, process), {__MODULE__, :shutdown, [task, how]}})
  end

  defp ended({:down, _process, reason}, _task, _how), do: {:exit, reason}
  defp ended(result, _task, _how), do: result

  # The task is unlinked before the signal, so another process ends it if the caller dies between.
  defp end_task(pid, reason) do
    caller = self()
    ref = make_ref()

    enforcer =
      spawn(fn ->
        monitor = Process.monitor(caller)

        receive do
          {:done, ^ref} -> :ok
          {:DOWN, ^monitor, _, _, _} -> Process.exit(pid, reason)
        end
      end)

    Process.unlink(pid)
    Process.exit(pid, reason)
    send(enforcer, {:done, ref})
    :ok
  end

  # `expected` is the reason that was asked for, and counts as no result.
  defp await_end(%Task{ref: ref, pid: pid} = task, monitor, expected, timeout) do
    receive do
      {:DOWN, ^monitor, _, _, ^expected} ->
        demonitor(ref)
        flush_reply(ref)

      {:DOWN, ^monitor, _, process, :noproc} ->
        down = flush_down(ref, process, expected)
        flush_reply(ref) || down

      {:DOWN, ^monitor, _, process, reason} ->
        demonitor(ref)
        flush_reply(ref) || {:down, process, reason}
    after
      timeout ->
        Process.exit(pid, :kill)
        await_end(task, monitor, expected, :infinity)
    end
  end

  defp flush_reply(ref) do
    receive do
      {^ref, reply} -> {:ok, reply}
    after
      0 -> nil
    end
  end

  # The task had died before; its own monitor knows why.
  defp flush_down(ref, process, expected) do
    receive do
      {:DOWN, ^ref, _, _, ^expected} -> nil
      {:DOWN, ^ref, _, _, reason} -> {:down, process, reason}
    after
      0 ->
        demonitor(ref)
        {:down, process, :noproc}
    end
  end

  @doc false
  @deprecated "Pattern match directly on the message instead"
  def find(tasks, {ref, reply}) when is_reference(ref) do
    Enum.find_value(tasks, fn
      %Task{ref: ^ref} = task ->
        demonitor(ref)
        {reply, task}

      %Task{} ->
        nil
    end)
  end

  def find(tasks, {:DOWN, ref, _, process, reason} = message) when is_reference(ref) do
    if Enum.any?(tasks, fn %Task{ref: task_ref} -> task_ref == ref end) do
      exit({reason(reason, process), {__MODULE__, :find, [tasks, message]}})
    end
  end

  def find(_tasks, _message), do: nil

  defp check_owner!(%Task{owner: owner} = task) do
    if owner != self() do
      raise ArgumentError,
            "task #{inspect(task)} must be queried from the owner but was queried from #{inspect(self())}"
    end
  end

  defp demonitor(ref) when is_reference(ref) do
    Process.demonitor(ref, [:flush])
    :ok
  end

  defp reason(:noconnection, pid) when is_pid(pid), do: {:nodedown, node(pid)}
  defp reason(:noconnection, {_name, node}), do: {:nodedown, node}
  defp reason(reason, _process), do: reason
end
