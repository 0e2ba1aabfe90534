# Processes that know their ancestors and tell their starter when they are ready.
#
# `init_ack` is what the starter waits for; a process that dies before it fails the start.
import Kernel, except: [spawn: 1, spawn: 3, spawn_link: 1, spawn_link: 3]

defmodule :proc_lib do
  @moduledoc false

  ## Spawning

  def spawn(fun) when is_function(fun, 0), do: spawn(:erlang, :apply, [fun, []])
  def spawn(module, fun, args), do: spawn_opt(module, fun, args, [])

  def spawn(_node, fun), do: spawn(fun)

  def spawn_link(fun) when is_function(fun, 0), do: spawn_link(:erlang, :apply, [fun, []])
  def spawn_link(module, fun, args), do: spawn_opt(module, fun, args, [:link])

  def spawn_opt(fun, opts) when is_function(fun, 0) do
    spawn_opt(:erlang, :apply, [fun, []], opts)
  end

  def spawn_opt(module, fun, args, opts) do
    :erlang.spawn_opt(:proc_lib, :init_p, [own_name(), ancestors(), module, fun, args], opts)
  end

  def init_p(parent, ancestors, module, fun, args) do
    :erlang.put(:"$ancestors", [parent | ancestors])
    :erlang.put(:"$initial_call", initial_call_of(module, fun, args))
    apply(module, fun, args)
  end

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

  def hibernate(module, fun, args), do: :erlang.hibernate(:proc_lib, :wake_up, [module, fun, args])
  def wake_up(module, fun, args), do: apply(module, fun, args)

  def stop(process), do: stop(process, :normal, :infinity)

  def stop(process, reason, timeout) do
    {pid, ref} = :erlang.spawn_monitor(fn -> terminate(process, reason) end)

    receive do
      {:DOWN, ^ref, _, _, ^reason} ->
        :ok

      {:DOWN, ^ref, _, _, {:noproc, {:sys, :terminate, _}}} ->
        exit(:noproc)

      {:DOWN, ^ref, _, _, other} ->
        exit(other)
    after
      timeout ->
        :erlang.exit(pid, :kill)

        receive do
          {:DOWN, ^ref, _, _, _} -> exit(:timeout)
        end
    end
  end

  defp terminate(process, reason) do
    ref = :erlang.monitor(:process, process)
    :ok = :sys.terminate(process, reason, :infinity)

    receive do
      {:DOWN, ^ref, _, _, exit_reason} -> exit(exit_reason)
    end
  end

  def initial_call(pid_or_dict) do
    case translate_initial_call(pid_or_dict) do
      {module, fun, arity} -> {module, fun, :lists.duplicate(arity, :Argument__1)}
      false -> false
    end
  end

  def translate_initial_call(pid) when is_pid(pid) do
    case :erlang.process_info(pid, :dictionary) do
      {:dictionary, dict} -> translate_initial_call(dict)
      _ -> {:proc_lib, :init_p, 5}
    end
  end

  def translate_initial_call(dict) when is_list(dict) do
    case :lists.keyfind(:"$initial_call", 1, dict) do
      {_, mfa} -> mfa
      false -> {:proc_lib, :init_p, 5}
    end
  end
end
