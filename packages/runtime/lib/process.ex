# Processes: names, timers, links, monitors and what is known of them; thin over `:erlang`.
defmodule Process do
  @moduledoc """
  Functions on processes and on the process dictionary. See also `spawn/1`, `send/2` and `self/0`.
  """

  @type alias :: reference
  @type alias_opt :: :explicit_unalias | :reply
  @type process_info_item :: atom | {:dictionary, term}
  @type process_info_result_item :: {process_info_item, term}
  @type spawn_opts :: [spawn_opt]
  @type spawn_opt ::
          :link
          | :monitor
          | {:monitor, :erlang.monitor_option()}
          | {:priority, :low | :normal | :high}
          | {:fullsweep_after, non_neg_integer}
          | {:min_heap_size, non_neg_integer}
          | {:min_bin_vheap_size, non_neg_integer}
          | {:max_heap_size, heap_size}
          | {:message_queue_data, :off_heap | :on_heap}
  @typep heap_size :: non_neg_integer | %{size: non_neg_integer, kill: boolean, error_logger: boolean}
  @type dest :: pid | port | (registered_name :: atom) | {registered_name :: atom, node}

  @longest_wait 0xFFFFFFFF

  @doc "Tells whether a process is alive."
  defdelegate alive?(pid), to: :erlang, as: :is_process_alive

  @doc "Returns the process dictionary as a list of pairs."
  defdelegate get(), to: :erlang

  @doc "Returns a value of the process dictionary."
  def get(key, default \\ nil) do
    case :erlang.get(key) do
      :undefined -> default
      value -> value
    end
  end

  @doc "Lists the keys of the process dictionary."
  defdelegate get_keys(), to: :erlang

  @doc "Lists the keys of the process dictionary that have a value."
  defdelegate get_keys(value), to: :erlang

  @doc "Puts a value into the process dictionary; returns the previous one."
  def put(key, value), do: or_nil(:erlang.put(key, value))

  @doc "Deletes a key of the process dictionary; returns its value."
  def delete(key), do: or_nil(:erlang.erase(key))

  @doc "Sends an exit signal to a process."
  defdelegate exit(pid, reason), to: :erlang

  @doc "Waits for a number of milliseconds, or for ever."
  def sleep(timeout) when is_integer(timeout) and timeout > @longest_wait do
    receive after: (@longest_wait -> sleep(timeout - @longest_wait))
  end

  def sleep(timeout) when is_integer(timeout) and timeout >= 0 when timeout == :infinity do
    receive after: (timeout -> :ok)
  end

  @doc "Sends a message, with options."
  defdelegate send(dest, msg, options), to: :erlang

  @doc "Sends a message after a number of milliseconds; returns the timer."
  def send_after(dest, msg, time, opts \\ []),
    do: :erlang.send_after(time, dest, msg, opts)

  @doc "Cancels a timer; returns the milliseconds left, or `false`."
  defdelegate cancel_timer(timer_ref, options \\ []), to: :erlang

  @doc "Returns the milliseconds left of a timer, or `false`."
  defdelegate read_timer(timer_ref), to: :erlang

  @doc "Starts a process with options such as `:link`, `:monitor` and `:priority`."
  defdelegate spawn(fun, opts), to: :erlang, as: :spawn_opt

  @doc "Starts a process that applies a function, with options."
  defdelegate spawn(mod, fun, args, opts), to: :erlang, as: :spawn_opt

  @doc "Monitors a process; its end is told by a `:DOWN` message."
  def monitor(item), do: :erlang.monitor(:process, item)

  @doc "Monitors a process, with options such as `:alias`."
  def monitor(item, options), do: :erlang.monitor(:process, item, options)

  @doc "Ends a monitor; with `:flush` its message is removed too."
  defdelegate demonitor(monitor_ref, options \\ []), to: :erlang

  @doc "Lists all processes."
  defdelegate list(), to: :erlang, as: :processes

  @doc "Links the calling process to another."
  defdelegate link(pid_or_port), to: :erlang

  @doc "Removes a link."
  defdelegate unlink(pid_or_port), to: :erlang

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
  defdelegate unregister(name), to: :erlang

  @doc "Returns the process registered under a name, or `nil`."
  def whereis(name), do: or_nil(:erlang.whereis(name))

  @doc "Lists the registered names."
  defdelegate registered(), to: :erlang

  @doc "Returns the group leader, to which the process sends its output."
  defdelegate group_leader(), to: :erlang

  @doc "Sets the group leader of a process."
  def group_leader(pid, leader), do: :erlang.group_leader(leader, pid)

  @doc "Sets a flag of the calling process, such as `:trap_exit`; returns the previous value."
  defdelegate flag(flag, value), to: :erlang, as: :process_flag

  @doc "Sets a flag of another process."
  defdelegate flag(pid, flag, value), to: :erlang, as: :process_flag

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
  defdelegate hibernate(mod, fun_name, args), to: :erlang

  @doc "Makes an alias of the calling process, an address that can be withdrawn."
  defdelegate alias(), to: :erlang

  @doc "Makes an alias, with options such as `:reply`."
  defdelegate alias(options), to: :erlang

  @doc "Withdraws an alias."
  defdelegate unalias(alias), to: :erlang

  @doc "Gives the process a label, for people."
  def set_label(label) do
    put(:"$process_label", label)
    :ok
  end

  defp or_nil(:undefined), do: nil
  defp or_nil(other), do: other
end
