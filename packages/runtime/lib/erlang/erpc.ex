defmodule :erpc do
  @moduledoc """
  Erlang's `:erpc`: calls on a node. The only node is this one; on any other, calls fail as they do when there is no connection.
  """

  defguardp is_timeout(time) when time == :infinity or (is_integer(time) and time >= 0 and time <= 4_294_967_295)

  @doc "Calls a function of no parameters on a node."
  def call(node, fun), do: call(node, fun, :infinity)

  def call(node, fun, timeout) when is_function(fun, 0), do: call(node, :erlang, :apply, [fun, []], timeout)
  def call(_node, _fun, _timeout), do: bad_argument()

  @doc "Calls a function on a node; what it raises is raised here."
  def call(node, module, name, args), do: call(node, module, name, args, :infinity)

  def call(node, module, name, args, timeout)
      when is_atom(node) and is_atom(module) and is_atom(name) and is_list(args) and is_timeout(timeout) do
    request = send_request(node, module, name, args)
    receive_response(request, timeout)
  end

  def call(_node, _module, _name, _args, _timeout), do: bad_argument()

  @doc "Calls a function on a node and does not wait."
  def cast(node, fun) when is_atom(node) and is_function(fun, 0), do: cast(node, :erlang, :apply, [fun, []])
  def cast(_node, _fun), do: bad_argument()

  def cast(node, module, name, args) when is_atom(node) and is_atom(module) and is_atom(name) and is_list(args) do
    if node == node(), do: spawn(module, name, args)
    :ok
  end

  def cast(_node, _module, _name, _args), do: bad_argument()

  @doc "Casts to several nodes."
  def multicast(nodes, fun) when is_list(nodes), do: Enum.each(nodes, &cast(&1, fun))
  def multicast(nodes, module, name, args) when is_list(nodes), do: Enum.each(nodes, &cast(&1, module, name, args))

  @doc "Calls on several nodes: for each `{:ok, result}`, or `{class, reason}` of what was raised."
  def multicall(nodes, fun), do: multicall(nodes, fun, :infinity)
  def multicall(nodes, fun, timeout) when is_function(fun, 0), do: multicall(nodes, :erlang, :apply, [fun, []], timeout)
  def multicall(nodes, module, name, args), do: multicall(nodes, module, name, args, :infinity)

  def multicall(nodes, module, name, args, timeout)
      when is_list(nodes) and is_atom(module) and is_atom(name) and is_list(args) and is_timeout(timeout) do
    requests = for node <- nodes, do: send_request(node, module, name, args)

    for request <- requests do
      try do
        {:ok, receive_response(request, timeout)}
      catch
        class, reason -> {class, reason}
      end
    end
  end

  def multicall(_nodes, _module, _name, _args, _timeout), do: bad_argument()

  ## Requests: the process that does the work exits with what has come of it

  @doc "Begins a call; its answer is fetched by `receive_response/1` and its like."
  def send_request(node, fun) when is_function(fun, 0), do: send_request(node, :erlang, :apply, [fun, []])
  def send_request(_node, _fun), do: bad_argument()

  def send_request(node, module, name, args)
      when is_atom(node) and is_atom(module) and is_atom(name) and is_list(args) do
    result = make_ref()

    if node == node() do
      {_pid, monitor} = spawn_monitor(fn -> exit({result, outcome(module, name, args)}) end)
      {result, monitor}
    else
      monitor = make_ref()
      send(self(), {:DOWN, monitor, :process, {:nobody, node}, :noconnection})
      {result, monitor}
    end
  end

  def send_request(_node, _module, _name, _args), do: bad_argument()

  @doc "Begins a call and adds it to a collection of requests under a label."
  def send_request(node, fun, label, requests), do: send_request(node, :erlang, :apply, [fun, []], label, requests)

  def send_request(node, module, name, args, label, requests) when is_map(requests),
    do: reqids_add(send_request(node, module, name, args), label, requests)

  defp outcome(module, name, args) do
    {:return, apply(module, name, args)}
  catch
    :throw, thrown -> {:throw, thrown}
    :exit, reason -> {:exit, {:exception, reason}}
    :error, reason -> {:error, {:exception, reason, Enum.take_while(__STACKTRACE__, &(elem(&1, 0) != :erpc))}}
  end

  @doc "Waits for the answer of a call."
  def receive_response(request), do: receive_response(request, :infinity)

  def receive_response({result, monitor}, timeout) do
    receive do
      {:DOWN, ^monitor, :process, _, reason} -> finish(result, reason)
    after
      wait_time(timeout) ->
        Process.demonitor(monitor, [:flush])
        :erlang.error({:erpc, :timeout})
    end
  end

  def receive_response(_request, _timeout), do: bad_argument()

  @doc "Waits for the answer of a call: `{:response, result}` or `:no_response`."
  def wait_response(request), do: wait_response(request, 0)

  def wait_response({result, monitor}, timeout) do
    receive do
      {:DOWN, ^monitor, :process, _, reason} -> {:response, finish(result, reason)}
    after
      wait_time(timeout) -> :no_response
    end
  end

  @doc "Whether a message is the answer of a call: `{:response, result}` or `:no_response`."
  def check_response({:DOWN, monitor, :process, _, reason}, {result, monitor}), do: {:response, finish(result, reason)}
  def check_response(_message, {_, _}), do: :no_response
  def check_response(_message, _request), do: bad_argument()

  @doc "Waits for the first answer of the requests in a collection."
  def receive_response(requests, timeout, delete), do: respond(requests, timeout, delete, :timeout)

  def wait_response(requests, timeout, delete), do: respond(requests, timeout, delete, :no_response)

  defp respond(requests, _timeout, _delete, _otherwise) when requests == %{}, do: :no_request

  defp respond(requests, timeout, delete, otherwise) do
    receive do
      {:DOWN, monitor, :process, _, reason} when is_map_key(requests, monitor) ->
        {result, label} = Map.fetch!(requests, monitor)
        rest = if delete, do: Map.delete(requests, monitor), else: requests
        {{:response, finish(result, reason)}, label, rest}
    after
      wait_time(timeout) -> if otherwise == :timeout, do: :erlang.error({:erpc, :timeout}), else: :no_response
    end
  end

  @doc "Whether a message answers a request of a collection."
  def check_response({:DOWN, monitor, :process, _, reason}, requests, delete) when is_map_key(requests, monitor) do
    {result, label} = Map.fetch!(requests, monitor)
    {{:response, finish(result, reason)}, label, if(delete, do: Map.delete(requests, monitor), else: requests)}
  end

  def check_response(_message, requests, _delete) when requests == %{}, do: :no_request
  def check_response(_message, _requests, _delete), do: :no_response

  defp finish(result, {result, {:return, value}}), do: value
  defp finish(result, {result, {class, reason}}), do: :erlang.raise(class, reason, [])
  defp finish(_result, :noconnection), do: :erlang.error({:erpc, :noconnection})
  defp finish(_result, reason), do: exit({:signal, reason})

  defp wait_time({:abs, time}), do: max(time - System.monotonic_time(:millisecond), 0)
  defp wait_time(time), do: time

  @doc "An empty collection of requests."
  def reqids_new, do: %{}

  @doc "How many requests a collection has."
  def reqids_size(requests) when is_map(requests), do: map_size(requests)
  def reqids_size(_), do: bad_argument()

  @doc "Adds a request under a label."
  def reqids_add({result, monitor}, label, requests) when not is_map_key(requests, monitor),
    do: Map.put(requests, monitor, {result, label})

  def reqids_add(_, _, _), do: bad_argument()

  @doc "The requests of a collection with their labels."
  def reqids_to_list(requests) when is_map(requests),
    do: for({monitor, {result, label}} <- requests, do: {{result, monitor}, label})

  def reqids_to_list(_), do: bad_argument()

  defp bad_argument, do: :erlang.error({:erpc, :badarg})
end
