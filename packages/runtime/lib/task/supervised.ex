# The processes behind tasks, and the concurrent stream.
#
# A stream's tasks are spawned by a process of their own, the monitor, so that their messages and
# exits reach the stream's owner only as the monitor tells them, tagged with its reference.
defmodule Task.Supervised do
  @moduledoc false

  # How long a supervised task waits for its owner to say what to do.
  @ref_timeout 5000

  def owner do
    name =
      case Process.info(self(), :registered_name) do
        {:registered_name, name} when is_atom(name) -> name
        _ -> self()
      end

    {node(), name, self()}
  end

  def callers do
    case :erlang.get(:"$callers") do
      [_ | _] = callers -> [self() | callers]
      _ -> [self()]
    end
  end

  def start(owner, callers, mfa) do
    {:ok, spawn(__MODULE__, :noreply, [owner, ancestors(), callers, mfa])}
  end

  def start_link(owner, callers, mfa) do
    {:ok, spawn_link(__MODULE__, :noreply, [owner, ancestors(), callers, mfa])}
  end

  def start_link(owner, monitor) do
    {:ok, spawn_link(__MODULE__, :reply, [owner, ancestors(), monitor])}
  end

  # Tells a waiting task what to do and makes the caller its owner.
  def assign(pid, {module, fun, args} = mfa) do
    owner = self()
    ref = :erlang.monitor(:process, pid, alias: :demonitor)
    send(pid, {owner, ref, ref, callers(), mfa})
    %Task{pid: pid, ref: ref, owner: owner, mfa: {module, fun, length(args)}}
  end

  def reply({_, _, owner_pid} = owner, ancestors, monitor) do
    Process.put(:"$ancestors", ancestors)

    case monitor do
      :monitor -> reply(owner, owner_pid, Process.monitor(owner_pid), @ref_timeout)
      :nomonitor -> reply(owner, owner_pid, nil, :infinity)
    end
  end

  defp reply(owner, owner_pid, monitor, timeout) do
    receive do
      {^owner_pid, ref, reply_to, callers, mfa} ->
        Process.put(:"$initial_call", initial_call(mfa))
        Process.put(:"$callers", callers)
        if monitor, do: Process.demonitor(monitor, [:flush])
        send(reply_to, {ref, invoke_mfa(owner, mfa)})

      {:DOWN, ^monitor, _, _, reason} ->
        exit({:shutdown, reason})
    after
      timeout -> exit(:timeout)
    end
  end

  def noreply(owner, ancestors, callers, mfa) do
    Process.put(:"$initial_call", initial_call(mfa))
    Process.put(:"$ancestors", ancestors)
    Process.put(:"$callers", callers)
    invoke_mfa(owner, mfa)
  end

  defp ancestors do
    case :erlang.get(:"$ancestors") do
      ancestors when is_list(ancestors) -> [self() | ancestors]
      _ -> [self()]
    end
  end

  defp initial_call({:erlang, :apply, [fun, []]}) when is_function(fun, 0) do
    {:module, module} = Function.info(fun, :module)
    {:name, name} = Function.info(fun, :name)
    {module, name, 0}
  end

  defp initial_call({module, fun, args}), do: {module, fun, length(args)}

  # A crash is logged here and ends the task with an exit, so that nobody logs it again.
  defp invoke_mfa(owner, {module, fun, args} = mfa) do
    try do
      apply(module, fun, args)
    catch
      :exit, reason
      when reason == :normal or reason == :shutdown or
             (tuple_size(reason) == 2 and elem(reason, 0) == :shutdown) ->
        :erlang.raise(:exit, reason, __STACKTRACE__)

      kind, reason ->
        log(owner, mfa, kind, reason, stacktrace_or_own(__STACKTRACE__))
        :erlang.raise(:exit, exit_reason(kind, reason, __STACKTRACE__), __STACKTRACE__)
    end
  end

  # Of what a builtin raised at once there is no trace: it was called from here.
  defp stacktrace_or_own([]) do
    [{Task.Supervised, :invoke_mfa, 2, [file: ~c"lib/task/supervised.ex", line: 101]}]
  end

  defp stacktrace_or_own(stacktrace), do: stacktrace

  defp exit_reason(:error, reason, stacktrace), do: {reason, stacktrace}
  defp exit_reason(:exit, reason, _stacktrace), do: reason
  defp exit_reason(:throw, value, stacktrace), do: {{:nocatch, value}, stacktrace}

  defp log({_, starter, _}, mfa, kind, reason, stacktrace) do
    {fun, args} = running(mfa)
    reason = if kind == :throw, do: {:nocatch, reason}, else: reason

    :logger.error(
      %{
        label: {Task.Supervisor, :terminating},
        report: %{
          name: self(),
          starter: starter,
          function: fun,
          args: args,
          reason: {reason, stacktrace},
          process_label: Process.get(:"$process_label", :undefined)
        }
      },
      %{
        domain: [:otp, :elixir],
        error_logger: %{tag: :error_msg},
        report_cb: &__MODULE__.format_report/1,
        callers: Process.get(:"$callers")
      }
    )
  end

  defp running({:erlang, :apply, [fun, []]}), do: {fun, []}

  defp running({module, fun, args}), do: {Function.capture(module, fun, length(args)), args}

  @doc false
  def format_report(%{label: {Task.Supervisor, :terminating}, report: report}) do
    format =
      ~c"** Started from ~p~n** When function  == ~p~n" ++
        ~c"**      arguments == ~p~n** Reason for termination == ~n** ~p~n"

    args = [report.starter, report.function, report.args, with_stacktrace(report.reason)]

    case report.process_label do
      :undefined ->
        {~c"** Task ~p terminating~n" ++ format, [report.name | args]}

      label ->
        {~c"** Task ~p terminating~n** Process Label == ~p~n" ++ format,
         [report.name, label | args]}
    end
  end

  defp with_stacktrace({reason, []}), do: reason
  defp with_stacktrace(reason), do: reason

  ## Streams

  def validate_stream_options(options) do
    max_concurrency = Keyword.get_lazy(options, :max_concurrency, &System.schedulers_online/0)
    on_timeout = Keyword.get(options, :on_timeout, :exit)
    timeout = Keyword.get(options, :timeout, 5000)

    unless is_integer(max_concurrency) and max_concurrency > 0 do
      raise ArgumentError, ":max_concurrency must be an integer greater than zero"
    end

    unless on_timeout in [:exit, :kill_task] do
      raise ArgumentError, ":on_timeout must be either :exit or :kill_task"
    end

    unless (is_integer(timeout) and timeout >= 0) or timeout == :infinity do
      raise ArgumentError, ":timeout must be either a positive integer or :infinity"
    end

    %{
      max_concurrency: max_concurrency,
      on_timeout: on_timeout,
      timeout: timeout,
      ordered: Keyword.get(options, :ordered, true),
      zip_input_on_exit: Keyword.get(options, :zip_input_on_exit, false)
    }
  end

  def stream(enumerable, acc, reducer, callers, mfa, options, spawn) when is_map(options) do
    source = &Enumerable.reduce(enumerable, &1, fn x, given -> {:suspend, [x | given]} end)
    parent = self()
    {:trap_exit, trap_exit?} = Process.info(self(), :trap_exit)

    {monitor_pid, monitor_ref} =
      Process.spawn(
        fn -> monitor(parent, spawn, trap_exit?, options.timeout) end,
        [:link, :monitor]
      )

    send(monitor_pid, {parent, monitor_ref})

    config =
      Map.merge(options, %{
        reducer: reducer,
        monitor_pid: monitor_pid,
        monitor_ref: monitor_ref,
        callers: callers,
        mfa: mfa
      })

    state = %{free: options.max_concurrency, spawned: 0, delivered: 0, tasks: %{}, source: source}
    run_stream(acc, state, config)
  end

  # `tasks` maps the position of an element to its running task or to its result.
  defp run_stream({:halt, acc}, state, config) do
    close(config)
    halt_source(state)
    {:halted, acc}
  end

  defp run_stream({:suspend, acc}, state, config) do
    {:suspended, acc, &run_stream(&1, state, config)}
  end

  defp run_stream({:cont, acc}, %{spawned: n, delivered: n, source: :done}, config) do
    close(config)
    {:done, acc}
  end

  defp run_stream({:cont, acc}, %{free: free, source: source} = state, config)
       when free == 0 or source == :done do
    await_task(acc, state, config)
  end

  defp run_stream({:cont, acc}, %{source: source} = state, config) do
    result =
      try do
        source.({:cont, []})
      catch
        kind, reason ->
          close(config)
          :erlang.raise(kind, reason, __STACKTRACE__)
      end

    case result do
      {:suspended, [x], source} ->
        run_stream({:cont, acc}, spawn_task(x, %{state | source: source}, config), config)

      {_, [x]} ->
        run_stream({:cont, acc}, spawn_task(x, %{state | source: :done}, config), config)

      {_, []} ->
        run_stream({:cont, acc}, %{state | source: :done}, config)
    end
  end

  defp await_task(acc, %{tasks: tasks} = state, %{monitor_ref: monitor_ref} = config) do
    receive do
      {{^monitor_ref, position}, reply} ->
        # Its place is free only when it is down.
        run_stream(
          {:cont, acc},
          %{state | tasks: Map.put(tasks, position, {:ok, reply})},
          config
        )

      {kind, {^monitor_ref, position}, reason} when kind in [:down, :timed_out] ->
        result =
          case Map.fetch!(tasks, position) do
            {:ok, _} = ok -> ok
            {:running, x} -> failed(kind, x, reason, config)
          end

        state = %{state | free: state.free + 1}

        if config.ordered do
          tasks = Map.put(tasks, position, {:done, result})
          deliver({:cont, acc}, %{state | tasks: tasks}, config)
        else
          next = reduce(result, acc, state, config)
          tasks = Map.delete(tasks, position)
          run_stream(next, %{state | tasks: tasks, delivered: state.delivered + 1}, config)
        end

      {:DOWN, ^monitor_ref, _, _, reason} ->
        clean_inbox(config)
        exit({reason, {__MODULE__, :stream, [config.timeout]}})
    end
  end

  defp failed(:timed_out, _x, _reason, %{on_timeout: :exit} = config) do
    clean_inbox(config)
    exit({:timeout, {__MODULE__, :stream, [config.timeout]}})
  end

  defp failed(kind, x, reason, config) do
    reason = if kind == :timed_out, do: :timeout, else: reason
    if config.zip_input_on_exit, do: {:exit, {x, reason}}, else: {:exit, reason}
  end

  # Delivers, in order, what is done.
  defp deliver({:suspend, acc}, state, config) do
    {:suspended, acc, &deliver(&1, state, config)}
  end

  defp deliver({:halt, acc}, state, config), do: run_stream({:halt, acc}, state, config)

  defp deliver({:cont, acc}, %{delivered: delivered, tasks: tasks} = state, config) do
    case tasks do
      %{^delivered => {:done, result}} ->
        next = reduce(result, acc, state, config)
        tasks = Map.delete(tasks, delivered)
        deliver(next, %{state | tasks: tasks, delivered: delivered + 1}, config)

      _ ->
        run_stream({:cont, acc}, state, config)
    end
  end

  defp reduce(result, acc, state, config) do
    try do
      config.reducer.(result, acc)
    catch
      kind, reason ->
        halt_source(state)
        close(config)
        :erlang.raise(kind, reason, __STACKTRACE__)
    end
  end

  defp halt_source(%{source: :done}), do: :ok
  defp halt_source(%{source: source}), do: source.({:halt, []})

  defp spawn_task(x, %{spawned: position} = state, config) do
    %{monitor_pid: monitor_pid, monitor_ref: monitor_ref} = config
    send(monitor_pid, {:spawn, position})

    receive do
      {:spawned, {^monitor_ref, ^position}, pid} ->
        mfa = with_argument(config.mfa, x)
        send(pid, {self(), {monitor_ref, position}, self(), config.callers, mfa})
        kept = if config.zip_input_on_exit, do: x
        tasks = Map.put(state.tasks, position, {:running, kept})
        %{state | free: state.free - 1, spawned: position + 1, tasks: tasks}

      {:max_children, ^monitor_ref} ->
        close(config)

        raise """
        reached the maximum number of tasks for this task supervisor. The maximum number \
        of tasks that are allowed to run at the same time under this supervisor can be \
        configured with the :max_children option passed to Task.Supervisor.start_link/1. When \
        using async_stream or async_stream_nolink, make sure to configure :max_concurrency to \
        be lower or equal to :max_children and pay attention to whether other tasks are also \
        spawned under the same task supervisor.\
        """

      {:DOWN, ^monitor_ref, _, ^monitor_pid, reason} ->
        clean_inbox(config)
        exit({reason, {__MODULE__, :stream, [config.timeout]}})
    end
  end

  defp with_argument({module, fun, args}, x), do: {module, fun, [x | args]}
  defp with_argument(fun, x), do: {:erlang, :apply, [fun, [x]]}

  defp close(%{monitor_pid: monitor_pid, monitor_ref: monitor_ref} = config) do
    send(monitor_pid, {:stop, monitor_ref})

    receive do
      {:DOWN, ^monitor_ref, _, _, :normal} ->
        clean_inbox(config)

      {:DOWN, ^monitor_ref, _, _, reason} ->
        clean_inbox(config)
        exit({reason, {__MODULE__, :stream, [config.timeout]}})
    end
  end

  defp clean_inbox(%{monitor_pid: monitor_pid, monitor_ref: monitor_ref}) do
    receive do
      {:EXIT, ^monitor_pid, _} -> :ok
    after
      0 -> :ok
    end

    clean_messages(monitor_ref)
  end

  defp clean_messages(monitor_ref) do
    receive do
      {{^monitor_ref, _}, _} ->
        clean_messages(monitor_ref)

      {kind, {^monitor_ref, _}, _} when kind in [:down, :timed_out] ->
        clean_messages(monitor_ref)
    after
      0 -> :ok
    end
  end

  ## The monitor of a stream

  defp monitor(parent, spawn, trap_exit?, timeout) do
    Process.flag(:trap_exit, trap_exit?)
    parent_ref = Process.monitor(parent)

    receive do
      {^parent, monitor_ref} ->
        monitor_loop(%{}, %{
          parent: parent,
          parent_ref: parent_ref,
          spawn: spawn,
          monitor_ref: monitor_ref,
          timeout: timeout
        })

      {:DOWN, ^parent_ref, _, _, reason} ->
        exit(reason)
    end
  end

  defp monitor_loop(running, %{parent: parent, monitor_ref: monitor_ref} = config) do
    receive do
      {:spawn, position} ->
        case config.spawn.() do
          {:ok, type, pid} ->
            ref = Process.monitor(pid)
            timer = start_timer(config.timeout, {:timeout, {monitor_ref, ref}})
            send(parent, {:spawned, {monitor_ref, position}, pid})
            task = %{position: position, type: type, pid: pid, timer: timer, timed_out: false}
            monitor_loop(Map.put(running, ref, task), config)

          {:error, :max_children} ->
            send(parent, {:max_children, monitor_ref})
            monitor_idle(running, config)
        end

      {:DOWN, ref, _, _, reason} when is_map_key(running, ref) ->
        {task, running} = Map.pop(running, ref)
        task.timer && Process.cancel_timer(task.timer)
        kind = if task.timed_out, do: :timed_out, else: :down
        send(parent, {kind, {monitor_ref, task.position}, reason})
        monitor_loop(running, config)

      {:timeout, {^monitor_ref, ref}} ->
        case running do
          %{^ref => %{timed_out: false} = task} ->
            Process.unlink(task.pid)
            Process.exit(task.pid, :kill)
            monitor_loop(%{running | ref => %{task | timed_out: true}}, config)

          _ ->
            monitor_loop(running, config)
        end

      {:EXIT, _, _} ->
        monitor_loop(running, config)

      other ->
        stop_if_asked(other, running, config)
        monitor_loop(running, config)
    end
  end

  defp monitor_idle(running, config) do
    receive do
      message ->
        stop_if_asked(message, running, config)
        monitor_idle(running, config)
    end
  end

  defp start_timer(:infinity, _message), do: nil
  defp start_timer(timeout, message), do: Process.send_after(self(), message, timeout)

  defp stop_if_asked({:stop, ref}, running, %{monitor_ref: ref}) do
    Process.flag(:trap_exit, true)
    for {_ref, %{pid: pid}} <- running, do: Process.exit(pid, :kill)

    for {ref, _task} <- running do
      receive do
        {:DOWN, ^ref, _, _, _} -> :ok
      end
    end

    exit(:normal)
  end

  defp stop_if_asked({:DOWN, ref, _, _, reason}, running, %{parent_ref: ref}) do
    for {_ref, %{type: :link, pid: pid}} <- running, do: Process.exit(pid, reason)
    exit(reason)
  end

  defp stop_if_asked(_other, _running, _config), do: :ok
end
