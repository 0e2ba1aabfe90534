defmodule :rpc do
  @moduledoc "Erlang's `:rpc`: calls on a node, with results that are never raised. See `:erpc`."

  @doc "Calls a function on a node: its value, or `{:badrpc, reason}`."
  def call(node, module, name, args), do: call(node, module, name, args, :infinity)

  def call(node, module, name, args, timeout) do
    :erpc.call(node, module, name, args, timeout)
  catch
    class, reason -> bad(class, reason)
  end

  @doc "Like `call/4`; requests of a node run one at a time."
  def block_call(node, module, name, args), do: call(node, module, name, args)
  def block_call(node, module, name, args, timeout), do: call(node, module, name, args, timeout)

  # What was thrown counts as a value.
  defp bad(:throw, thrown), do: thrown
  defp bad(:exit, {:exception, reason}), do: {:badrpc, {:EXIT, reason}}
  defp bad(:exit, {:signal, reason}), do: {:badrpc, {:EXIT, reason}}
  defp bad(:exit, reason), do: exit(reason)
  defp bad(:error, {:exception, reason, stacktrace}), do: {:badrpc, {:EXIT, {reason, stacktrace}}}
  defp bad(:error, {:erpc, :noconnection}), do: {:badrpc, :nodedown}
  defp bad(:error, {:erpc, :badarg}), do: :erlang.error(:badarg)
  defp bad(:error, {:erpc, reason}), do: {:badrpc, reason}
  defp bad(:error, reason), do: :erlang.error(reason)

  @doc "Calls a function on a node and does not wait."
  def cast(node, module, name, args) do
    :erpc.cast(node, module, name, args)
    true
  catch
    :error, {:erpc, :badarg} -> :erlang.error(:badarg)
  end

  @doc "Calls on several nodes: `{results, nodes that failed}`."
  def multicall(module, name, args), do: multicall([node() | Node.list()], module, name, args, :infinity)

  def multicall(nodes, module, name, args) when is_list(nodes), do: multicall(nodes, module, name, args, :infinity)
  def multicall(module, name, args, timeout), do: multicall([node() | Node.list()], module, name, args, timeout)

  def multicall(nodes, module, name, args, timeout) do
    answers = for node <- nodes, do: {node, call(node, module, name, args, timeout)}
    {failed, answered} = Enum.split_with(answers, &match?({_, {:badrpc, :nodedown}}, &1))
    {Enum.map(answered, &elem(&1, 1)), Enum.map(failed, &elem(&1, 0))}
  end

  @doc "Calls on this node and all others, without waiting."
  def eval_everywhere(module, name, args), do: eval_everywhere([node() | Node.list()], module, name, args)

  def eval_everywhere(nodes, module, name, args) do
    Enum.each(nodes, &cast(&1, module, name, args))
    :abcast
  end

  @doc "Sends a message to a name on this node and all others."
  def abcast(name, message), do: abcast([node() | Node.list()], name, message)

  def abcast(nodes, name, message) do
    for node <- nodes, node == node(), pid = Process.whereis(name), do: send(pid, message)
    :abcast
  end

  @doc "Sends a message to a name on each node: `{good nodes, bad nodes}`."
  def sbcast(name, message), do: sbcast([node() | Node.list()], name, message)

  def sbcast(nodes, name, message) do
    abcast(nodes, name, message)
    Enum.split_with(nodes, &(&1 == node() and Process.whereis(name) != nil))
  end

  @doc "Begins a call; `yield/1` waits for its result."
  def async_call(node, module, name, args) do
    owner = self()
    key = spawn(fn -> send(owner, {self(), {:promise_reply, call(node, module, name, args)}}) end)
    key
  end

  @doc "Waits for the result of an asynchronous call."
  def yield(key) do
    {:value, result} = nb_yield(key, :infinity)
    result
  end

  @doc "The result of an asynchronous call if there is one: `{:value, result}` or `:timeout`."
  def nb_yield(key), do: nb_yield(key, 0)

  def nb_yield(key, timeout) do
    receive do
      {^key, {:promise_reply, result}} -> {:value, result}
    after
      timeout -> :timeout
    end
  end

  @doc "Calls functions `{module, name, args}` side by side and gives their values in order."
  def parallel_eval(calls) do
    keys = for {module, name, args} <- calls, do: async_call(node(), module, name, args)
    Enum.map(keys, &yield/1)
  end

  @doc "Maps a list with `module.name(element, …args)`, side by side."
  def pmap({module, name}, args, list) do
    results = parallel_eval(for element <- list, do: {module, name, [element | args]})
    if Enum.any?(results, &match?({:badrpc, _}, &1)), do: exit(:badrpc), else: results
  end

  @doc "What `:erlang.process_info/1` says, of a process on any node."
  def pinfo(pid), do: :erlang.process_info(pid)
  def pinfo(pid, item), do: :erlang.process_info(pid, item)

  @doc "Calls the servers of a name on this node and all others."
  def multi_server_call(name, request), do: multi_server_call([node() | Node.list()], name, request)

  def multi_server_call(nodes, name, request) do
    {good, bad} = Enum.split_with(nodes, &(&1 == node() and Process.whereis(name) != nil))
    {for(node <- good, do: server_call(node, name, name, request)), bad}
  end

  @doc "Sends a request to a server and waits for the answer that it tags with its name."
  def server_call(node, name, reply_wrapper, request) do
    case node == node() && Process.whereis(name) do
      pid when is_pid(pid) ->
        ref = Process.monitor(pid)
        send(pid, {self(), request})

        receive do
          {^reply_wrapper, _node, reply} ->
            Process.demonitor(ref, [:flush])
            reply

          {:DOWN, ^ref, :process, _, _} ->
            {:error, :nodedown}
        end

      _ ->
        {:error, :nodedown}
    end
  end
end
