# Processes: names, timers, links, monitors and what is known of them; thin over `:erlang`.
defmodule Process do
  @moduledoc """
  Functions on processes and on the process dictionary. See also `spawn/1`, `send/2` and `self/0`.
  """

  @type dest :: pid | port | (registered_name :: atom) | {registered_name :: atom, node}

  @longest_wait 0xFFFFFFFF

  @doc "Tells whether a process is alive."
  def alive?(pid), do: :erlang.is_process_alive(pid)

  @doc "Returns the process dictionary as a list of pairs."
  def get, do: :erlang.get()

  @doc "Returns a value of the process dictionary."
  def get(key, default \\ nil) do
    case :erlang.get(key) do
      :undefined -> default
      value -> value
    end
  end

  @doc "Lists the keys of the process dictionary."
  def get_keys, do: :erlang.get_keys()

  @doc "Lists the keys of the process dictionary that have a value."
  def get_keys(value), do: :erlang.get_keys(value)

  @doc "Puts a value into the process dictionary; returns the previous one."
  def put(key, value), do: or_nil(:erlang.put(key, value))

  @doc "Deletes a key of the process dictionary; returns its value."
  def delete(key), do: or_nil(:erlang.erase(key))

  @doc "Sends an exit signal to a process."
  def exit(pid, reason), do: :erlang.exit(pid, reason)

  @doc "Waits for a number of milliseconds, or for ever."
  def sleep(timeout) when is_integer(timeout) and timeout > @longest_wait do
    receive after: (@longest_wait -> sleep(timeout - @longest_wait))
  end

  def sleep(timeout) when is_integer(timeout) and timeout >= 0 when timeout == :infinity do
    receive after: (timeout -> :ok)
  end

  @doc "Sends a message, with options."
  def send(dest, message, options), do: :erlang.send(dest, message, options)

  @doc "Sends a message after a number of milliseconds; returns the timer."
  def send_after(dest, message, time, opts \\ []),
    do: :erlang.send_after(time, dest, message, opts)

  @doc "Cancels a timer; returns the milliseconds left, or `false`."
  def cancel_timer(timer_ref, options \\ []), do: :erlang.cancel_timer(timer_ref, options)

  @doc "Returns the milliseconds left of a timer, or `false`."
  def read_timer(timer_ref), do: :erlang.read_timer(timer_ref)

  @doc "Starts a process with options such as `:link`, `:monitor` and `:priority`."
  def spawn(fun, opts), do: :erlang.spawn_opt(fun, opts)

  @doc "Starts a process that applies a function, with options."
  def spawn(module, fun, args, opts), do: :erlang.spawn_opt(module, fun, args, opts)

  @doc "Monitors a process; its end is told by a `:DOWN` message."
  def monitor(item), do: :erlang.monitor(:process, item)

  @doc "Monitors a process, with options such as `:alias`."
  def monitor(item, options), do: :erlang.monitor(:process, item, options)

  @doc "Ends a monitor; with `:flush` its message is removed too."
  def demonitor(monitor_ref, options \\ []), do: :erlang.demonitor(monitor_ref, options)

  @doc "Lists all processes."
  def list, do: :erlang.processes()

  @doc "Links the calling process to another."
  def link(pid_or_port), do: :erlang.link(pid_or_port)

  @doc "Removes a link."
  def unlink(pid_or_port), do: :erlang.unlink(pid_or_port)

  @doc "Registers a process under a name."
  def register(pid_or_port, name)
      when is_atom(name) and name not in [nil, false, true, :undefined] do
    try do
      :erlang.register(name, pid_or_port)
    catch
      :error, :badarg ->
        raise ArgumentError,
              "could not register #{inspect(pid_or_port)} with " <>
                "name #{inspect(name)} because it is not alive, the name is already " <>
                "taken, or it has already been given another name"
    end
  end

  @doc "Frees a name."
  def unregister(name), do: :erlang.unregister(name)

  @doc "Returns the process registered under a name, or `nil`."
  def whereis(name), do: or_nil(:erlang.whereis(name))

  @doc "Lists the registered names."
  def registered, do: :erlang.registered()

  @doc "Returns the group leader, to which the process sends its output."
  def group_leader, do: :erlang.group_leader()

  @doc "Sets the group leader of a process."
  def group_leader(pid, leader), do: :erlang.group_leader(leader, pid)

  @doc "Sets a flag of the calling process, such as `:trap_exit`; returns the previous value."
  def flag(flag, value), do: :erlang.process_flag(flag, value)

  @doc "Sets a flag of another process."
  def flag(pid, flag, value), do: :erlang.process_flag(pid, flag, value)

  @doc "Returns what is known of a process, or `nil` once it has ended."
  def info(pid), do: or_nil(:erlang.process_info(pid))

  @doc "Returns one or some items of `info/1`."
  def info(pid, spec)

  def info(pid, :registered_name) do
    case :erlang.process_info(pid, :registered_name) do
      :undefined -> nil
      [] -> {:registered_name, []}
      other -> other
    end
  end

  def info(pid, spec), do: or_nil(:erlang.process_info(pid, spec))

  @doc "Drops the stack and waits for a message, then calls the function."
  def hibernate(module, fun, args), do: :erlang.hibernate(module, fun, args)

  @doc "Makes an alias of the calling process, an address that can be withdrawn."
  def alias, do: :erlang.alias()

  @doc "Makes an alias, with options such as `:reply`."
  def alias(options), do: :erlang.alias(options)

  @doc "Withdraws an alias."
  def unalias(alias), do: :erlang.unalias(alias)

  @doc "Gives the process a label, for people."
  def set_label(label) do
    put(:"$process_label", label)
    :ok
  end

  defp or_nil(:undefined), do: nil
  defp or_nil(other), do: other
end
