defmodule Process do
  @moduledoc """
  Working with processes: links, monitors, names, timers and the process dictionary.

  Starting a process with `spawn/1` and sending with `send/2` are in `Kernel`. For processes that are
  part of a system prefer `Task`, `Agent` and `GenServer`, which are built on what is here.
  """

  @type dest :: pid | port | registered_name :: atom | {registered_name :: atom, node}
  @type alias :: reference
  @type alias_opt :: :explicit_unalias | :reply
  @type spawn_opt :: :link | :monitor | {:monitor, [monitor_option]} | {:priority, :low | :normal | :high | :max} | {atom, term}
  @type spawn_opts :: [spawn_opt]
  @type monitor_option :: {:alias, :explicit_unalias | :demonitor | :reply_demonitor} | {:tag, term}

  @doc """
  Whether the process of a local pid is alive.
  """
  @spec alive?(pid) :: boolean
  def alive?(pid), do: :erlang.is_process_alive(pid)

  @doc """
  All key and value pairs of the process dictionary.
  """
  @spec get() :: [{term, term}]
  def get, do: :erlang.get()

  @doc """
  The value under `key` in the process dictionary, or `default`.

      iex> Process.put(:locale, "en")
      iex> Process.get(:locale)
      "en"
      iex> Process.get(:timezone, "Etc/UTC")
      "Etc/UTC"
  """
  @spec get(term, default :: term) :: term
  def get(key, default \\ nil) do
    case :erlang.get(key) do
      :undefined -> default
      value -> value
    end
  end

  @doc """
  The keys of the process dictionary.
  """
  @spec get_keys() :: [term]
  def get_keys, do: :erlang.get_keys()

  @doc """
  The keys of the process dictionary that hold `value`.
  """
  @spec get_keys(term) :: [term]
  def get_keys(value), do: :erlang.get_keys(value)

  @doc """
  Stores `value` under `key` in the process dictionary and returns what was there.
  """
  @spec put(term, term) :: term | nil
  def put(key, value), do: nillify(:erlang.put(key, value))

  @doc """
  Removes `key` from the process dictionary and returns its value.
  """
  @spec delete(term) :: term | nil
  def delete(key), do: nillify(:erlang.erase(key))

  @doc """
  Sends an exit signal. `:kill` cannot be trapped; `:normal` does nothing to another process
  unless it traps exits, when it gets a message.
  """
  @spec exit(pid, term) :: true
  def exit(pid, reason), do: :erlang.exit(pid, reason)

  @doc """
  Suspends the current process for some milliseconds, or for ever.

  Waiting for a message with `receive` and `after` is nearly always what is wanted instead.
  """
  @spec sleep(timeout) :: :ok
  def sleep(timeout)
      when (is_integer(timeout) and timeout >= 0)
      when timeout == :infinity do
    receive after: (timeout -> :ok)
  end

  @doc """
  Sends a message; the options are `:noconnect` and `:nosuspend`.
  """
  @spec send(dest, msg, [option]) :: :ok | :noconnect | :nosuspend
        when dest: dest, msg: any, option: :noconnect | :nosuspend
  def send(dest, msg, options), do: :erlang.send(dest, msg, options)

  @doc """
  Sends `msg` to `dest` after `time` milliseconds; returns a reference for `cancel_timer/2`.

  With `abs: true` the time is a value of `System.monotonic_time(:millisecond)`. A timer for a
  process is cancelled when the process ends.
  """
  @spec send_after(pid | atom, term, non_neg_integer, abs: boolean) :: reference
  def send_after(dest, msg, time, opts \\ []), do: :erlang.send_after(time, dest, msg, opts)

  @doc """
  Cancels a timer; returns the milliseconds that were left, or `false` if it had already fired.
  """
  @spec cancel_timer(reference, async: boolean, info: boolean) :: non_neg_integer | false | :ok
  def cancel_timer(timer_ref, options \\ []), do: :erlang.cancel_timer(timer_ref, options)

  @doc """
  The milliseconds left of a timer, or `false`.
  """
  @spec read_timer(reference) :: non_neg_integer | false
  def read_timer(timer_ref), do: :erlang.read_timer(timer_ref)

  @doc """
  Starts a process with options such as `:link`, `:monitor` and `priority: :high`.
  """
  @spec spawn((-> any), spawn_opts) :: pid | {pid, reference}
  def spawn(fun, opts), do: :erlang.spawn_opt(fun, opts)

  @doc """
  Starts a process that calls `mod.fun(args...)`, with options.
  """
  @spec spawn(module, atom, list, spawn_opts) :: pid | {pid, reference}
  def spawn(mod, fun, args, opts), do: :erlang.spawn_opt(mod, fun, args, opts)

  @doc """
  Watches a process: when it ends, `{:DOWN, reference, :process, object, reason}` arrives, at once
  if there is no such process.
  """
  @spec monitor(pid | {name, node} | name) :: reference when name: atom
  def monitor(item), do: :erlang.monitor(:process, item)

  @doc """
  Watches a process, with the options `:alias` and `:tag`.
  """
  @spec monitor(pid | {name, node} | name, [monitor_option]) :: reference when name: atom
  def monitor(item, options), do: :erlang.monitor(:process, item, options)

  @doc """
  Stops watching. With `:flush` a `:DOWN` message that has already arrived is removed too.
  """
  @spec demonitor(reference, options :: [:flush | :info]) :: boolean
  def demonitor(monitor_ref, options \\ []), do: :erlang.demonitor(monitor_ref, options)

  @doc """
  The pids of all living processes.
  """
  @spec list() :: [pid]
  def list, do: :erlang.processes()

  @doc """
  Links the current process with another: when one ends abnormally, so does the other.
  """
  @spec link(pid | port) :: true
  def link(pid_or_port), do: :erlang.link(pid_or_port)

  @doc """
  Removes the link between the current process and another.
  """
  @spec unlink(pid | port) :: true
  def unlink(pid_or_port), do: :erlang.unlink(pid_or_port)

  @doc """
  Gives a process a name, by which it can be sent to. A process has at most one.
  """
  @spec register(pid | port, atom) :: true
  def register(pid_or_port, name)
      when is_atom(name) and name not in [nil, false, true, :undefined] do
    :erlang.register(name, pid_or_port)
  catch
    :error, :badarg when node(pid_or_port) != node() ->
      message = "could not register #{inspect(pid_or_port)} because it belongs to another node"
      :erlang.error(ArgumentError.exception(message), [pid_or_port, name])

    :error, :badarg ->
      message =
        "could not register #{inspect(pid_or_port)} with name #{inspect(name)} because it is not alive, " <>
          "the name is already taken, or it has already been given another name"

      :erlang.error(ArgumentError.exception(message), [pid_or_port, name])
  end

  @doc """
  Takes a name away from its process.
  """
  @spec unregister(atom) :: true
  def unregister(name), do: :erlang.unregister(name)

  @doc """
  The process of a name, or `nil`.
  """
  @spec whereis(atom) :: pid | port | nil
  def whereis(name), do: nillify(:erlang.whereis(name))

  @doc """
  The process that does the input and output of the current one. Inherited by the processes it starts.
  """
  @spec group_leader() :: pid
  def group_leader, do: :erlang.group_leader()

  @doc """
  Makes `leader` the group leader of `pid`.
  """
  @spec group_leader(pid, leader :: pid) :: true
  def group_leader(pid, leader), do: :erlang.group_leader(leader, pid)

  @doc """
  The names that processes have.
  """
  @spec registered() :: [atom]
  def registered, do: :erlang.registered()

  @doc """
  Sets a flag of the current process, such as `:trap_exit` or `:priority`, and returns its old value.
  """
  @spec flag(atom, term) :: term
  def flag(flag, value), do: :erlang.process_flag(flag, value)

  @doc """
  Sets a flag of another process; the only one is `:save_calls`.
  """
  @spec flag(pid, :save_calls, 0..10000) :: 0..10000
  def flag(pid, flag, value), do: :erlang.process_flag(pid, flag, value)

  @doc """
  Much of what there is to know about a process, as a keyword list; `nil` when it is not alive.
  """
  @spec info(pid) :: keyword | nil
  def info(pid), do: nillify(:erlang.process_info(pid))

  @doc """
  One item about a process, or several in a list; `nil` when it is not alive.

      iex> Process.info(self(), :trap_exit)
      {:trap_exit, false}
  """
  @spec info(pid, atom | [atom]) :: {atom, term} | [{atom, term}] | nil
  def info(pid, spec)

  def info(pid, :registered_name) do
    case :erlang.process_info(pid, :registered_name) do
      :undefined -> nil
      [] -> {:registered_name, []}
      other -> other
    end
  end

  def info(pid, spec) when is_atom(spec) or is_tuple(spec) or is_list(spec) do
    nillify(:erlang.process_info(pid, spec))
  end

  @doc """
  Gives up the stack and sleeps until a message is there; then calls `mod.fun_name(args...)`.
  """
  @spec hibernate(module, atom, list) :: no_return
  def hibernate(mod, fun_name, args), do: :erlang.hibernate(mod, fun_name, args)

  @doc """
  Describes the current process, for lists and pictures of processes.
  """
  @doc since: "1.17.0"
  @spec set_label(term) :: :ok
  def set_label(label), do: :proc_lib.set_label(label)

  @doc """
  A reference to which others can send to reach the current process, until `unalias/1`.
  """
  @doc since: "1.15.0"
  @spec alias() :: alias
  def alias, do: :erlang.alias()

  @doc """
  An alias with options; with `:reply` it works for one message.
  """
  @doc since: "1.15.0"
  @spec alias([alias_opt]) :: alias
  def alias(options), do: :erlang.alias(options)

  @doc """
  Ends an alias of the current process; what is sent to it from now on is dropped.
  """
  @doc since: "1.15.0"
  @spec unalias(alias) :: boolean
  def unalias(alias), do: :erlang.unalias(alias)

  @compile {:inline, nillify: 1}
  defp nillify(:undefined), do: nil
  defp nillify(other), do: other
end
