defmodule :timer do
  @moduledoc """
  Timers that send messages, call functions or end processes, once or again and again; and time spans.

  A timer for a message to a process is one of the scheduler's own. All others belong to a server that is started on first
  use. For messages `Process.send_after/4` is cheaper and has more options.
  """

  @server :timer_server

  @doc "Makes sure that the timer server runs."
  def start do
    server()
    :ok
  end

  # Messages

  @doc "Sends a message to the caller after `time` milliseconds."
  def send_after(time, message), do: send_after(time, self(), message)

  @doc "Sends a message to a process, a name or `{name, node}` after `time` milliseconds."
  def send_after(0, to, message) when is_pid(to) or is_atom(to) or tuple_size(to) == 2 do
    try do
      :erlang.send(to, message)
    catch
      :error, _ -> :ok
    end

    {:ok, {:instant, make_ref()}}
  end

  def send_after(time, to, message) when is_integer(time) and time >= 0 and is_pid(to) and node(to) == node() do
    {:ok, {:send_local, :erlang.send_after(time, to, message)}}
  end

  def send_after(time, to, message) when is_pid(to) or is_atom(to) or tuple_size(to) == 2,
    do: apply_after(time, :erlang, :send, [to, message])

  def send_after(_time, _to, _message), do: {:error, :badarg}

  @doc "Sends a message to the caller every `time` milliseconds."
  def send_interval(time, message), do: send_interval(time, self(), message)

  @doc "Sends a message to a process every `time` milliseconds, until the process ends."
  def send_interval(time, to, message)
      when is_integer(time) and time >= 0 and (is_pid(to) or is_atom(to) or tuple_size(to) == 2) do
    call({:interval, time, {:erlang, :send, [to, message]}, pid_of(to)})
  end

  def send_interval(_time, _to, _message), do: {:error, :badarg}

  # Calls

  @doc "Calls `module.function(args...)` in a new process after `time` milliseconds."
  def apply_after(0, module, function, args) when is_atom(module) and is_atom(function) and is_list(args) do
    :erlang.spawn(module, function, args)
    {:ok, {:instant, make_ref()}}
  end

  def apply_after(time, module, function, args)
      when is_integer(time) and time >= 0 and is_atom(module) and is_atom(function) and is_list(args) do
    call({:once, time, {module, function, args}})
  end

  def apply_after(_time, _module, _function, _args), do: {:error, :badarg}

  @doc "Calls `module.function(args...)` in a new process every `time` milliseconds, until the caller ends."
  def apply_interval(time, module, function, args)
      when is_integer(time) and time >= 0 and is_atom(module) and is_atom(function) and is_list(args) do
    call({:interval, time, {module, function, args}, self()})
  end

  def apply_interval(_time, _module, _function, _args), do: {:error, :badarg}

  @doc "Ends the caller after `time` milliseconds."
  def exit_after(time, reason), do: exit_after(time, self(), reason)

  @doc "Sends an exit signal to a process after `time` milliseconds."
  def exit_after(time, pid, reason), do: apply_after(time, :erlang, :exit, [pid, reason])

  @doc "Kills the caller after `time` milliseconds."
  def kill_after(time), do: kill_after(time, self())

  @doc "Kills a process after `time` milliseconds."
  def kill_after(time, pid), do: exit_after(time, pid, :kill)

  @doc "Cancels a timer of this module."
  def cancel({:instant, ref}) when is_reference(ref), do: {:ok, :cancel}

  def cancel({:send_local, ref}) when is_reference(ref) do
    :erlang.cancel_timer(ref)
    {:ok, :cancel}
  end

  def cancel({kind, ref}) when (kind == :once or kind == :interval) and is_reference(ref) do
    call({:cancel, ref})
  end

  def cancel(_), do: {:error, :badarg}

  # Time

  @doc "Waits for some milliseconds, or for ever."
  def sleep(time) do
    receive after: (time -> :ok)
  end

  @doc "Calls a fun and returns the microseconds it took, with its value."
  def tc(fun) do
    before = :erlang.monotonic_time()
    value = fun.()
    {elapsed(before), value}
  end

  @doc "Calls a fun, with arguments if there are any, and returns the time it took in microseconds or a unit, with its value."
  def tc(fun, unit) when is_atom(unit), do: tc(fun, [], unit)

  def tc(fun, args) do
    before = :erlang.monotonic_time()
    value = apply(fun, args)
    {elapsed(before), value}
  end

  @doc "Calls `module.function(args...)` and returns the microseconds it took, with its value; or a fun, with a unit."
  def tc(fun, args, unit) when is_function(fun) do
    before = :erlang.monotonic_time()
    value = apply(fun, args)
    {elapsed(before, unit), value}
  end

  def tc(module, function, args) do
    before = :erlang.monotonic_time()
    value = apply(module, function, args)
    {elapsed(before), value}
  end

  @doc "Calls `module.function(args...)` and returns the time it took in a unit, with its value."
  def tc(module, function, args, unit) do
    before = :erlang.monotonic_time()
    value = apply(module, function, args)
    {elapsed(before, unit), value}
  end

  defp elapsed(before, unit \\ :microsecond) do
    :erlang.convert_time_unit(:erlang.monotonic_time() - before, :native, unit)
  end

  @doc "The microseconds between two timestamps."
  def now_diff({later_mega, later_seconds, later_micro}, {mega, seconds, micro}) do
    ((later_mega - mega) * 1_000_000 + later_seconds - seconds) * 1_000_000 + later_micro - micro
  end

  @doc "Milliseconds in so many seconds."
  def seconds(seconds), do: 1000 * seconds

  @doc "Milliseconds in so many minutes."
  def minutes(minutes), do: 60_000 * minutes

  @doc "Milliseconds in so many hours."
  def hours(hours), do: 3_600_000 * hours

  @doc "Milliseconds in hours, minutes and seconds together."
  def hms(hours, minutes, seconds), do: hours(hours) + minutes(minutes) + seconds(seconds)

  # The server: a map from the reference of a timer to what it does, and from the monitor of a process to
  # the timers that end with it.

  defp call(request) do
    server = server()
    ref = :erlang.monitor(:process, server)
    :erlang.send(server, {:timer_request, self(), ref, :erlang.group_leader(), request})

    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, _, _, reason} ->
        exit(reason)
    end
  end

  defp server do
    case :erlang.whereis(@server) do
      :undefined -> start_server()
      pid -> pid
    end
  end

  defp start_server do
    pid =
      :erlang.spawn(fn ->
        case :erlang.whereis(:user) do
          :undefined -> :ok
          user -> :erlang.group_leader(user, self())
        end

        loop(%{})
      end)

    try do
      :erlang.register(@server, pid)
      pid
    catch
      :error, :badarg ->
        :erlang.exit(pid, :kill)
        :erlang.whereis(@server)
    end
  end

  defp loop(timers) do
    receive do
      {:timer_request, from, tag, leader, request} ->
        {reply, timers} = handle(request, leader, timers)
        :erlang.send(from, {tag, reply})
        loop(timers)

      {:timeout, running, ref} ->
        loop(fire(ref, running, timers))

      {:DOWN, monitor, :process, _, _} ->
        loop(drop_owned(monitor, timers))

      _ ->
        loop(timers)
    end
  end

  defp handle({:once, time, mfa}, leader, timers) do
    ref = make_ref()
    running = :erlang.start_timer(time, self(), ref)
    {{:ok, {:once, ref}}, Map.put(timers, ref, {running, nil, nil, leader, mfa})}
  end

  defp handle({:interval, time, mfa, owner}, leader, timers) do
    ref = make_ref()
    monitor = if is_pid(owner), do: :erlang.monitor(:process, owner)
    due = :erlang.monotonic_time(:millisecond) + time
    running = :erlang.start_timer(due, self(), ref, abs: true)
    {{:ok, {:interval, ref}}, Map.put(timers, ref, {running, {time, due}, monitor, leader, mfa})}
  end

  defp handle({:cancel, ref}, _leader, timers), do: {{:ok, :cancel}, drop(ref, timers)}

  # The next time of an interval is counted from when the last was due, so that it does not drift.
  defp fire(ref, running, timers) do
    case timers do
      %{^ref => {^running, nil, _, leader, mfa}} ->
        start_call(leader, mfa)
        Map.delete(timers, ref)

      %{^ref => {^running, {time, due}, monitor, leader, mfa}} ->
        start_call(leader, mfa)
        due = due + time
        running = :erlang.start_timer(due, self(), ref, abs: true)
        Map.put(timers, ref, {running, {time, due}, monitor, leader, mfa})

      _ ->
        timers
    end
  end

  defp start_call(_leader, {:erlang, function, args}) when function == :send or function == :exit do
    apply(:erlang, function, args)
  catch
    :error, _ -> :ok
  end

  defp start_call(leader, {module, function, args}) do
    :erlang.spawn(fn ->
      :erlang.group_leader(leader, self())
      apply(module, function, args)
    end)
  end

  defp drop(ref, timers) do
    case timers do
      %{^ref => {running, _, monitor, _, _}} ->
        :erlang.cancel_timer(running)
        if monitor, do: :erlang.demonitor(monitor, [:flush])
        Map.delete(timers, ref)

      _ ->
        timers
    end
  end

  defp drop_owned(monitor, timers) do
    refs = for {ref, {_, _, ^monitor, _, _}} <- Map.to_list(timers), do: ref
    Enum.reduce(refs, timers, &drop/2)
  end

  defp pid_of(name) when is_atom(name), do: :erlang.whereis(name)
  defp pid_of(other), do: other
end
