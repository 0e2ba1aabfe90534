# Processes that know their ancestors and tell their starter when they are ready.
#
# `init_ack` is what the starter waits for; a process that dies before it fails the start.
import Kernel, except: [spawn: 1, spawn: 3, spawn_link: 1, spawn_link: 3]

defmodule :proc_lib do
  @moduledoc false

  ## Spawning

  def spawn(fun) when is_function(fun, 0), do: spawn(:erlang, :apply, [fun, []])

  def spawn(module, fun, args) when is_atom(module) and is_atom(fun) and is_list(args),
    do: spawn_opt(module, fun, args, [])

  def spawn(_node, fun), do: spawn(fun)
  def spawn(_node, module, fun, args), do: spawn(module, fun, args)

  def spawn_link(fun) when is_function(fun, 0), do: spawn_link(:erlang, :apply, [fun, []])

  def spawn_link(module, fun, args) when is_atom(module) and is_atom(fun) and is_list(args),
    do: spawn_opt(module, fun, args, [:link])

  def spawn_link(_node, fun), do: spawn_link(fun)
  def spawn_link(_node, module, fun, args), do: spawn_link(module, fun, args)

  def spawn_opt(_node, fun, opts), do: spawn_opt(fun, opts)
  def spawn_opt(_node, module, fun, args, opts), do: spawn_opt(module, fun, args, opts)

  def spawn_opt(fun, opts) when is_function(fun, 0) do
    spawn_opt(:erlang, :apply, [fun, []], opts)
  end

  def spawn_opt(module, fun, args, opts) when is_atom(module) and is_atom(fun) and is_list(args) do
    :erlang.spawn_opt(:proc_lib, :init_p, [own_name(), ancestors(), module, fun, args], opts)
  end

  # Nobody asks where these come from, and a stack trace takes long to make.
  defguardp is_quiet(reason)
            when reason == :normal or reason == :shutdown or
                   (is_tuple(reason) and tuple_size(reason) == 2 and elem(reason, 0) == :shutdown)

  def init_p(parent, ancestors, module, fun, args) do
    :erlang.put(:"$ancestors", [parent | ancestors])
    :erlang.put(:"$initial_call", initial_call_of(module, fun, args))
    init_p_do_apply(module, fun, args)
  end

  defp init_p_do_apply(module, fun, args) do
    try do
      apply(module, fun, args)
    catch
      :exit, reason when is_quiet(reason) -> exit(reason)
      class, reason -> exit_p(class, reason, __STACKTRACE__)
    end
  end

  # An error has been caught here: for the runtime, which logs those of plain processes, it is an exit.
  defp exit_p(class, reason, stacktrace) do
    exit_reason =
      case class do
        :exit -> reason
        :error -> {reason, stacktrace}
        :throw -> {{:nocatch, reason}, stacktrace}
      end

    unless is_quiet(exit_reason), do: crash_report(class, reason, stacktrace)
    :erlang.raise(:exit, exit_reason, stacktrace)
  end

  # Reports of this domain are shown only where they are asked for.
  defp crash_report(class, reason, stacktrace) do
    if :logger.sasl?() do
      :logger.error(
        %{
          label: {:proc_lib, :crash},
          report: [own_report(class, reason, stacktrace), linked_report()]
        },
        %{domain: [:otp, :sasl], error_logger: %{tag: :error_report, type: :crash_report}}
      )
    end
  end

  defp own_report(class, reason, stacktrace) do
    [
      initial_call: initial_call(dictionary: :erlang.get()),
      pid: self(),
      registered_name: registered_name(self()),
      error_info: {class, reason, stacktrace},
      ancestors: ancestors(),
      message_queue_len: info(self(), :message_queue_len),
      messages: info(self(), :messages),
      links: info(self(), :links),
      dictionary: cleaned(:erlang.get()),
      trap_exit: info(self(), :trap_exit),
      status: :running,
      heap_size: info(self(), :heap_size),
      stack_size: info(self(), :stack_size),
      reductions: info(self(), :reductions)
    ]
  end

  defp cleaned(dictionary) do
    :lists.filter(fn {key, _} -> key != :"$ancestors" and key != :"$initial_call" end, dictionary)
  end

  defp registered_name(pid) do
    case :erlang.process_info(pid, :registered_name) do
      {_, name} -> name
      _ -> []
    end
  end

  defp info(pid, item) do
    case :erlang.process_info(pid, item) do
      {_, value} -> value
      _ -> :undefined
    end
  end

  # Processes that are going to die of the same reason.
  defp linked_report do
    for pid <- info(self(), :links),
        is_pid(pid),
        pid not in ancestors(),
        info(pid, :trap_exit) == false do
      {:neighbour,
       [
         pid: pid,
         registered_name: registered_name(pid),
         initial_call: initial_call(pid),
         current_function: info(pid, :current_function),
         ancestors: :proplists.get_value(:"$ancestors", info(pid, :dictionary), []),
         message_queue_len: info(pid, :message_queue_len),
         links: info(pid, :links),
         trap_exit: false,
         status: info(pid, :status),
         heap_size: info(pid, :heap_size),
         stack_size: info(pid, :stack_size),
         reductions: info(pid, :reductions),
         current_stacktrace: info(pid, :current_stacktrace)
       ]}
    end
  end

  @doc false
  def client_stacktrace({pid, _tag}), do: client_stacktrace(pid)

  def client_stacktrace(pid) when is_pid(pid) do
    case :erlang.process_info(pid, [:current_stacktrace, :registered_name]) do
      :undefined -> {pid, :dead}
      [{_, stacktrace}, {_, []}] -> {pid, {pid, stacktrace}}
      [{_, stacktrace}, {_, name}] -> {pid, {name, stacktrace}}
    end
  end

  def client_stacktrace(_other), do: :undefined

  defp initial_call_of(:erlang, :apply, [fun, []]) when is_function(fun) do
    {:module, module} = :erlang.fun_info(fun, :module)
    {:name, name} = :erlang.fun_info(fun, :name)
    {module, name, 0}
  end

  defp initial_call_of(module, fun, args), do: {module, fun, length(args)}

  # For processes whose first function says little about what they run.
  def set_initial_call(mfa), do: :erlang.put(:"$initial_call", mfa)

  defp own_name do
    case :erlang.process_info(self(), :registered_name) do
      {:registered_name, name} -> name
      _ -> self()
    end
  end

  defp ancestors do
    case :erlang.get(:"$ancestors") do
      ancestors when is_list(ancestors) -> ancestors
      _ -> []
    end
  end

  ## Starting in step

  def start(module, fun, args), do: start(module, fun, args, :infinity)
  def start(module, fun, args, timeout), do: start(module, fun, args, timeout, [])

  def start(module, fun, args, timeout, opts) do
    if :lists.member(:monitor, opts), do: :erlang.error(:badarg)
    {pid, ref} = spawn_opt(module, fun, args, [:monitor | opts])

    receive do
      {:ack, ^pid, result} ->
        :erlang.demonitor(ref, [:flush])
        result

      {:DOWN, ^ref, :process, ^pid, reason} ->
        {:error, reason}
    after
      timeout ->
        :erlang.demonitor(ref, [:flush])
        kill(pid)
    end
  end

  def start_link(module, fun, args), do: start_link(module, fun, args, :infinity)
  def start_link(module, fun, args, timeout), do: start_link(module, fun, args, timeout, [])

  def start_link(module, fun, args, timeout, opts) do
    pid = spawn_opt(module, fun, args, [:link | opts])

    receive do
      {:ack, ^pid, result} -> result
      {:EXIT, ^pid, reason} -> {:error, reason}
    after
      timeout ->
        :erlang.unlink(pid)
        kill(pid)
    end
  end

  def start_monitor(module, fun, args), do: start_monitor(module, fun, args, :infinity)
  def start_monitor(module, fun, args, timeout), do: start_monitor(module, fun, args, timeout, [])

  def start_monitor(module, fun, args, timeout, opts) do
    {pid, ref} = spawn_opt(module, fun, args, [:monitor | opts])

    receive do
      {:ack, ^pid, result} -> {result, ref}
      {:DOWN, ^ref, :process, ^pid, reason} = down -> {{:error, reason}, down_again(ref, down)}
    after
      timeout -> {kill(pid), ref}
    end
  end

  # Whoever started it waits for the message too.
  defp down_again(ref, down) do
    send(self(), down)
    ref
  end

  defp kill(pid) do
    ref = :erlang.monitor(:process, pid)
    :erlang.exit(pid, :kill)

    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    end

    receive do
      {:ack, ^pid, _} -> :ok
    after
      0 -> :ok
    end

    {:error, :timeout}
  end

  def init_ack(result) do
    [parent | _] = :erlang.get(:"$ancestors")
    init_ack(parent, result)
  end

  def init_ack(parent, result) do
    send(parent, {:ack, self(), result})
    :ok
  end

  ## The rest of a life

  def hibernate(module, fun, args),
    do: :erlang.hibernate(:proc_lib, :wake_up, [module, fun, args])

  def wake_up(module, fun, args) do
    try do
      apply(module, fun, args)
    catch
      :exit, reason when is_quiet(reason) -> exit(reason)
      class, reason -> exit_p(class, reason, __STACKTRACE__)
    end
  end

  def stop(process), do: stop(process, :normal, :infinity)

  def stop(process, reason, timeout) do
    ref = :erlang.monitor(:process, process)
    until = if timeout != :infinity, do: :erlang.monotonic_time(:millisecond) + timeout

    try do
      :sys.terminate(process, reason, timeout)
    catch
      :exit, failure ->
        :erlang.demonitor(ref, [:flush])
        exit(stop_failure(failure))
    end

    receive do
      {:DOWN, ^ref, _, _, ^reason} -> :ok
      {:DOWN, ^ref, _, _, other} -> exit(other)
    after
      if(until, do: max(until - :erlang.monotonic_time(:millisecond), 0), else: :infinity) ->
        :erlang.demonitor(ref, [:flush])
        exit(:timeout)
    end
  end

  defp stop_failure({reason, {:sys, :terminate, _}}) when reason == :noproc or reason == :timeout, do: reason
  defp stop_failure(failure), do: failure

  # The function that a process was started with, its arguments as so many atoms; `false` when not by this module.
  def initial_call(process) do
    case raw_initial_call(process) do
      {module, fun, arity} -> {module, fun, Enum.map(:lists.seq(1, arity), &argument/1)}
      false -> false
    end
  end

  defp argument(n), do: :erlang.list_to_atom(~c"Argument__" ++ :erlang.integer_to_list(n))

  def translate_initial_call(process) do
    case raw_initial_call(process) do
      false -> {:proc_lib, :init_p, 5}
      mfa -> mfa
    end
  end

  defp raw_initial_call(pid) when is_pid(pid) do
    case :erlang.process_info(pid, :dictionary) do
      {:dictionary, dict} -> call_in(dict)
      _ -> false
    end
  end

  defp raw_initial_call({_, _, _} = process), do: raw_initial_call(:erlang.list_to_pid(~c"<" ++ pid_text(process) ++ ~c">"))

  # What `process_info` tells of a process.
  defp raw_initial_call(info) when is_list(info), do: call_in(:proplists.get_value(:dictionary, info, []))

  defp call_in(dict) do
    case :lists.keyfind(:"$initial_call", 1, dict) do
      {_, mfa} -> mfa
      false -> false
    end
  end

  defp pid_text({a, b, c}), do: :lists.join(~c".", Enum.map([a, b, c], &:erlang.integer_to_list/1)) |> :lists.append()
end
