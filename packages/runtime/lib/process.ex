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
  @typep priority_level :: :low | :normal | :high | :max
  @typep heap_size :: non_neg_integer | %{size: non_neg_integer, kill: boolean, error_logger: boolean}
  @type dest :: pid | port | (registered_name :: atom) | {registered_name :: atom, node}

  @longest_wait 0xFFFFFFFF

  @doc "Tells whether a process is alive."
  @spec alive?(pid()) :: boolean()
  defdelegate alive?(pid), to: :erlang, as: :is_process_alive

  @doc "Returns the process dictionary as a list of pairs."
  @spec get() :: [{term(), term()}]
  defdelegate get(), to: :erlang

  @doc "Returns a value of the process dictionary."
  @spec get(term(), default :: term()) :: term()
  def get(key, default \\ nil) do
    case :erlang.get(key) do
      :undefined -> default
      value -> value
    end
  end

  @doc "Lists the keys of the process dictionary."
  @spec get_keys() :: [term()]
  defdelegate get_keys(), to: :erlang

  @doc "Lists the keys of the process dictionary that have a value."
  @spec get_keys(term()) :: [term()]
  defdelegate get_keys(value), to: :erlang

  @doc "Puts a value into the process dictionary; returns the previous one."
  @spec put(term(), term()) :: term() | nil
  def put(key, value), do: or_nil(:erlang.put(key, value))

  @doc "Deletes a key of the process dictionary; returns its value."
  @spec delete(term()) :: term() | nil
  def delete(key), do: or_nil(:erlang.erase(key))

  @doc "Sends an exit signal to a process."
  @spec exit(pid(), term()) :: true
  defdelegate exit(pid, reason), to: :erlang

  @doc "Waits for a number of milliseconds, or for ever."
  @spec sleep(timeout()) :: :ok
  def sleep(timeout) when is_integer(timeout) and timeout > @longest_wait do
    receive after: (@longest_wait -> sleep(timeout - @longest_wait))
  end

  def sleep(timeout) when is_integer(timeout) and timeout >= 0 when timeout == :infinity do
    receive after: (timeout -> :ok)
  end

  @doc "Sends a message, with options."
  @spec send(dest, msg, [option]) :: :ok | :noconnect | :nosuspend
        when dest: dest(), msg: any(), option: :noconnect | :nosuspend
  defdelegate send(dest, msg, options), to: :erlang

  @doc "Sends a message after a number of milliseconds; returns the timer."
  @spec send_after(pid() | atom(), term(), non_neg_integer(), [option]) :: reference()
        when option: {:abs, boolean()}
  def send_after(dest, msg, time, opts \\ []),
    do: :erlang.send_after(time, dest, msg, opts)

  @doc "Cancels a timer; returns the milliseconds left, or `false`."
  @spec cancel_timer(reference(), options) :: non_neg_integer() | false | :ok
        when options: [async: boolean(), info: boolean()]
  defdelegate cancel_timer(timer_ref, options \\ []), to: :erlang

  @doc "Returns the milliseconds left of a timer, or `false`."
  @spec read_timer(reference()) :: non_neg_integer() | false
  defdelegate read_timer(timer_ref), to: :erlang

  @doc "Starts a process with options such as `:link`, `:monitor` and `:priority`."
  @spec spawn((-> any()), spawn_opts()) :: pid() | {pid(), reference()}
  defdelegate spawn(fun, opts), to: :erlang, as: :spawn_opt

  @doc "Starts a process that applies a function, with options."
  @spec spawn(module(), atom(), list(), spawn_opts()) :: pid() | {pid(), reference()}
  defdelegate spawn(mod, fun, args, opts), to: :erlang, as: :spawn_opt

  @doc "Monitors a process; its end is told by a `:DOWN` message."
  @spec monitor(pid() | {name, node()} | name) :: reference() when name: atom()
  def monitor(item), do: :erlang.monitor(:process, item)

  @doc "Monitors a process, with options such as `:alias`."
  @spec monitor(pid() | {name, node()} | name, [:erlang.monitor_option()]) :: reference()
        when name: atom()
  def monitor(item, options), do: :erlang.monitor(:process, item, options)

  @doc "Ends a monitor; with `:flush` its message is removed too."
  @spec demonitor(reference(), options :: [:flush | :info]) :: boolean()
  defdelegate demonitor(monitor_ref, options \\ []), to: :erlang

  @doc "Lists all processes."
  @spec list() :: [pid()]
  defdelegate list(), to: :erlang, as: :processes

  @doc "Links the calling process to another."
  @spec link(pid() | port()) :: true
  defdelegate link(pid_or_port), to: :erlang

  @doc "Removes a link."
  @spec unlink(pid() | port()) :: true
  defdelegate unlink(pid_or_port), to: :erlang

  @doc "Registers a process under a name."
  @spec register(pid() | port(), atom()) :: true
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
  @spec unregister(atom()) :: true
  defdelegate unregister(name), to: :erlang

  @doc "Returns the process registered under a name, or `nil`."
  @spec whereis(atom()) :: pid() | port() | nil
  def whereis(name), do: or_nil(:erlang.whereis(name))

  @doc "Lists the registered names."
  @spec registered() :: [atom()]
  defdelegate registered(), to: :erlang

  @doc "Returns the group leader, to which the process sends its output."
  @spec group_leader() :: pid()
  defdelegate group_leader(), to: :erlang

  @doc "Sets the group leader of a process."
  @spec group_leader(pid(), leader :: pid()) :: true
  def group_leader(pid, leader), do: :erlang.group_leader(leader, pid)

  @doc "Sets a flag of the calling process, such as `:trap_exit`; returns the previous value."
  @spec flag(:error_handler, module()) :: module()
  @spec flag(:max_heap_size, heap_size()) :: heap_size()
  @spec flag(:message_queue_data, :off_heap | :on_heap) :: :off_heap | :on_heap
  @spec flag(:min_bin_vheap_size, non_neg_integer()) :: non_neg_integer()
  @spec flag(:min_heap_size, non_neg_integer()) :: non_neg_integer()
  @spec flag(:priority, priority_level()) :: priority_level()
  @spec flag(:save_calls, 0..10000) :: 0..10000
  @spec flag(:sensitive, boolean()) :: boolean()
  @spec flag(:trap_exit, boolean()) :: boolean()
  defdelegate flag(flag, value), to: :erlang, as: :process_flag

  @doc "Sets a flag of another process."
  @spec flag(pid(), :save_calls, 0..10000) :: 0..10000
  defdelegate flag(pid, flag, value), to: :erlang, as: :process_flag

  @doc "Returns what is known of a process, or `nil` once it has ended."
  @spec info(pid()) :: keyword() | nil
  def info(pid), do: or_nil(:erlang.process_info(pid))

  @doc "Returns one or some items of `info/1`."
  @spec info(pid(), process_info_item()) :: process_info_result_item() | nil
  @spec info(pid(), [process_info_item()]) :: [process_info_result_item()] | nil
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
  @spec hibernate(module(), atom(), list()) :: no_return()
  defdelegate hibernate(mod, fun_name, args), to: :erlang

  @doc "Makes an alias of the calling process, an address that can be withdrawn."
  @spec alias() :: alias()
  defdelegate alias(), to: :erlang

  @doc "Makes an alias, with options such as `:reply`."
  @spec alias([alias_opt()]) :: alias()
  defdelegate alias(options), to: :erlang

  @doc "Withdraws an alias."
  @spec unalias(alias()) :: boolean()
  defdelegate unalias(alias), to: :erlang

  @doc "Gives the process a label, for people."
  @spec set_label(term()) :: :ok
  def set_label(label) do
    put(:"$process_label", label)
    :ok
  end

  defp or_nil(:undefined), do: nil
  defp or_nil(other), do: other
end
