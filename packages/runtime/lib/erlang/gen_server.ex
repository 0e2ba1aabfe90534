# The server loop: receive, call back, reply, and again with the new state.
#
# Callbacks are called under a `try` that ends before the loop goes on, so the loop runs in constant
# space. `wait` is how the next message is awaited: for ever, for so many milliseconds, in
# hibernation, or after a `{:continue, term}`.
defmodule :gen_server do
  @moduledoc false

  ## Clients

  def start(module, args, options), do: :gen.start(:gen_server, :nolink, module, args, options)

  def start(name, module, args, options) do
    :gen.start(:gen_server, :nolink, name, module, args, options)
  end

  def start_link(module, args, options), do: :gen.start(:gen_server, :link, module, args, options)

  def start_link(name, module, args, options) do
    :gen.start(:gen_server, :link, name, module, args, options)
  end

  def start_monitor(module, args, options) do
    :gen.start(:gen_server, :monitor, module, args, options)
  end

  def start_monitor(name, module, args, options) do
    :gen.start(:gen_server, :monitor, name, module, args, options)
  end

  def stop(server), do: :gen.stop(server)
  def stop(server, reason, timeout), do: :gen.stop(server, reason, timeout)

  def call(server, request), do: call(server, request, [server, request], 5000)
  def call(server, request, timeout), do: call(server, request, [server, request, timeout], timeout)

  defp call(server, request, args, timeout) do
    try do
      :gen.call(server, :"$gen_call", request, timeout)
    catch
      :exit, reason -> exit({reason, {:gen_server, :call, args}})
    else
      {:ok, reply} -> reply
    end
  end

  def cast({:global, name}, request), do: quiet(fn -> :global.send(name, {:"$gen_cast", request}) end)

  def cast({:via, module, name}, request) do
    quiet(fn -> module.send(name, {:"$gen_cast", request}) end)
  end

  def cast(server, request), do: quiet(fn -> send(server, {:"$gen_cast", request}) end)

  def abcast(name, request), do: abcast([node() | :erlang.nodes()], name, request)

  def abcast(nodes, name, request) do
    Enum.each(nodes, fn node -> cast({name, node}, request) end)
    :abcast
  end

  defp quiet(fun) do
    try do
      fun.()
      :ok
    catch
      _, _ -> :ok
    end
  end

  def reply(from, reply), do: :gen.reply(from, reply)

  def multi_call(name, request), do: multi_call([node() | :erlang.nodes()], name, request)
  def multi_call(nodes, name, request), do: multi_call(nodes, name, request, :infinity)

  def multi_call(nodes, name, request, timeout) do
    requests = Enum.map(nodes, fn node -> {node, request_to({name, node}, request)} end)
    gather(requests, timeout, [], [])
  end

  defp request_to({name, node}, request) when node == node(), do: send_request(name, request)
  defp request_to(_server, _request), do: :unreachable

  defp gather([{node, :unreachable} | rest], timeout, replies, bad) do
    gather(rest, timeout, replies, [node | bad])
  end

  defp gather([{node, ref} | rest], timeout, replies, bad) do
    case :gen.receive_response(ref, timeout) do
      {:reply, reply} -> gather(rest, timeout, [{node, reply} | replies], bad)
      _ -> gather(rest, timeout, replies, [node | bad])
    end
  end

  defp gather([], _timeout, replies, bad), do: {:lists.reverse(replies), :lists.reverse(bad)}

  def send_request(server, request), do: :gen.send_request(server, :"$gen_call", request)
  def wait_response(ref, timeout), do: :gen.wait_response(ref, timeout)
  def receive_response(ref), do: :gen.receive_response(ref, :infinity)
  def receive_response(ref, timeout), do: :gen.receive_response(ref, timeout)
  def check_response(message, ref), do: :gen.check_response(message, ref)

  ## Starting

  def init_it(starter, parent, full_name, module, args, options) do
    name = :gen.name(full_name)
    debug = :gen.debug_options(name, options)
    hibernate_after = :gen.hibernate_after(options)

    case dispatch(fn -> module.init(args) end) do
      {:ok, {:ok, state}} ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(parent, name, state, module, :infinity, hibernate_after, debug)

      {:ok, {:ok, state, wait}} ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(parent, name, state, module, wait, hibernate_after, debug)

      {:ok, {:stop, reason}} ->
        fail(starter, full_name, {:error, reason})
        exit(reason)

      {:ok, :ignore} ->
        fail(starter, full_name, :ignore)
        exit(:normal)

      {:ok, {:error, reason}} ->
        fail(starter, full_name, {:error, reason})
        exit(:normal)

      {:ok, other} ->
        reason = {:bad_return_value, other}
        fail(starter, full_name, {:error, reason})
        exit(reason)

      {:EXIT, class, reason, stacktrace} ->
        fail(starter, full_name, {:error, exit_reason(class, reason, stacktrace)})
        :erlang.raise(class, reason, stacktrace)
    end
  end

  # The name is free again before the starter hears of it.
  defp fail(starter, full_name, result) do
    :gen.unregister_name(full_name)
    :proc_lib.init_ack(starter, result)
  end

  def enter_loop(module, options, state), do: enter_loop(module, options, state, self(), :infinity)

  def enter_loop(module, options, state, {scope, _} = name) when scope in [:local, :global] do
    enter_loop(module, options, state, name, :infinity)
  end

  def enter_loop(module, options, state, {:via, _, _} = name) do
    enter_loop(module, options, state, name, :infinity)
  end

  def enter_loop(module, options, state, wait), do: enter_loop(module, options, state, self(), wait)

  def enter_loop(module, options, state, full_name, wait) do
    parent =
      case :erlang.get(:"$ancestors") do
        [parent | _] when is_pid(parent) -> parent
        [parent | _] -> :erlang.whereis(parent)
        _ -> self()
      end

    name = :gen.name(full_name)
    debug = :gen.debug_options(name, options)
    loop(parent, name, state, module, wait, :gen.hibernate_after(options), debug)
  end

  ## The loop

  defp loop(parent, name, state, module, :infinity, :infinity, debug) do
    receive do
      message -> decode(message, parent, name, state, module, :infinity, :infinity, debug, false)
    end
  end

  defp loop(parent, name, state, module, :infinity, hibernate_after, debug) do
    receive do
      message ->
        decode(message, parent, name, state, module, :infinity, hibernate_after, debug, false)
    after
      hibernate_after -> loop(parent, name, state, module, :hibernate, hibernate_after, debug)
    end
  end

  defp loop(parent, name, state, module, :hibernate, hibernate_after, debug) do
    :proc_lib.hibernate(:gen_server, :wake, [parent, name, state, module, hibernate_after, debug])
  end

  defp loop(parent, name, state, module, {:continue, term} = event, hibernate_after, debug) do
    result = dispatch(fn -> module.handle_continue(term, state) end)
    debug = trace(debug, name, event)
    handle(result, parent, name, event, state, module, hibernate_after, debug)
  end

  defp loop(parent, name, state, module, timeout, hibernate_after, debug) do
    message =
      receive do
        message -> message
      after
        timeout -> :timeout
      end

    decode(message, parent, name, state, module, timeout, hibernate_after, debug, false)
  end

  def wake(parent, name, state, module, hibernate_after, debug) do
    receive do
      message ->
        decode(message, parent, name, state, module, :hibernate, hibernate_after, debug, true)
    end
  end

  defp decode({:system, from, request}, parent, name, state, module, wait, after_, debug, hib) do
    misc = [name, state, module, wait, after_]
    :sys.handle_system_msg(request, from, parent, :gen_server, debug, misc, hib)
  end

  defp decode({:EXIT, parent, reason}, parent, name, state, module, _wait, _after, debug, _hib) do
    terminate(:exit, reason, [], name, {:EXIT, parent, reason}, module, state, debug)
  end

  defp decode(message, parent, name, state, module, _wait, hibernate_after, debug, _hib) do
    debug = trace(debug, name, {:in, message})
    handle_message(message, parent, name, state, module, hibernate_after, debug)
  end

  defp handle_message({:"$gen_call", from, request} = message, parent, name, state, module, hibernate_after, debug) do
    case dispatch(fn -> module.handle_call(request, from, state) end) do
      {:ok, {:reply, reply, state}} ->
        debug = answer(from, reply, name, state, debug)
        loop(parent, name, state, module, :infinity, hibernate_after, debug)

      {:ok, {:reply, reply, state, wait}} ->
        debug = answer(from, reply, name, state, debug)
        loop(parent, name, state, module, wait, hibernate_after, debug)

      {:ok, {:stop, reason, reply, state}} ->
        try do
          terminate(:exit, reason, [], name, message, module, state, debug)
        after
          :gen.reply(from, reply)
        end

      other ->
        handle(other, parent, name, message, state, module, hibernate_after, debug)
    end
  end

  defp handle_message({:"$gen_cast", request} = message, parent, name, state, module, hibernate_after, debug) do
    result = dispatch(fn -> module.handle_cast(request, state) end)
    handle(result, parent, name, message, state, module, hibernate_after, debug)
  end

  defp handle_message(message, parent, name, state, module, hibernate_after, debug) do
    result =
      case dispatch(fn -> module.handle_info(message, state) end) do
        {:EXIT, :error, :undef, _} = undefined ->
          # A module may leave `handle_info` out.
          if :erlang.function_exported(module, :handle_info, 2),
            do: undefined,
            else: {:ok, {:noreply, state}}

        result ->
          result
      end

    handle(result, parent, name, message, state, module, hibernate_after, debug)
  end

  defp handle(result, parent, name, message, state, module, hibernate_after, debug) do
    case result do
      {:ok, {:noreply, state}} ->
        debug = trace(debug, name, {:noreply, state})
        loop(parent, name, state, module, :infinity, hibernate_after, debug)

      {:ok, {:noreply, state, wait}} ->
        debug = trace(debug, name, {:noreply, state})
        loop(parent, name, state, module, wait, hibernate_after, debug)

      {:ok, {:stop, reason, state}} ->
        terminate(:exit, reason, [], name, message, module, state, debug)

      {:EXIT, class, reason, stacktrace} ->
        terminate(class, reason, stacktrace, name, message, module, state, debug)

      {:ok, other} ->
        terminate(:exit, {:bad_return_value, other}, [], name, message, module, state, debug)
    end
  end

  # What a callback throws counts as what it returns.
  defp dispatch(callback) do
    try do
      {:ok, callback.()}
    catch
      :throw, value -> {:ok, value}
      class, reason -> {:EXIT, class, reason, __STACKTRACE__}
    end
  end

  defp answer(from, reply, name, state, debug) do
    :gen.reply(from, reply)
    trace(debug, name, {:out, reply, from, state})
  end

  ## Ending

  defp terminate(class, reason, stacktrace, name, message, module, state, _debug) do
    exit_reason = exit_reason(class, reason, stacktrace)

    if :erlang.function_exported(module, :terminate, 2) do
      case dispatch(fn -> module.terminate(exit_reason, state) end) do
        {:ok, _} ->
          :ok

        {:EXIT, class, reason, stacktrace} ->
          report(exit_reason(class, reason, stacktrace), name, message, state)
          :erlang.raise(class, reason, stacktrace)
      end
    end

    report(exit_reason, name, message, state)

    if stacktrace == [], do: exit(reason), else: :erlang.raise(class, reason, stacktrace)
  end

  defp exit_reason(:error, reason, stacktrace), do: {reason, stacktrace}
  defp exit_reason(:exit, reason, _stacktrace), do: reason

  defp report(:normal, _name, _message, _state), do: :ok
  defp report(:shutdown, _name, _message, _state), do: :ok
  defp report({:shutdown, _}, _name, _message, _state), do: :ok

  defp report(reason, name, message, state) do
    :logger.error(
      %{
        label: {:gen_server, :terminate},
        name: name,
        last_message: message,
        state: state,
        reason: reason
      },
      %{domain: [:otp], error_logger: %{tag: :error}}
    )
  end

  ## System messages

  def system_continue(parent, debug, [name, state, module, wait, hibernate_after]) do
    loop(parent, name, state, module, wait, hibernate_after, debug)
  end

  def system_terminate(reason, _parent, debug, [name, state, module, _wait, _hibernate_after]) do
    terminate(:exit, reason, [], name, [], module, state, debug)
  end

  def system_code_change([name, state, module, wait, hibernate_after], _module, vsn, extra) do
    case dispatch(fn -> module.code_change(vsn, state, extra) end) do
      {:ok, {:ok, state}} -> {:ok, [name, state, module, wait, hibernate_after]}
      {:ok, other} -> other
      {:EXIT, _, reason, _} -> reason
    end
  end

  def system_get_state([_name, state | _]), do: {:ok, state}

  def system_replace_state(fun, [name, state | rest]) do
    state = fun.(state)
    {:ok, state, [name, state | rest]}
  end

  def format_status(_opt, [_dict, status, parent, _debug, [name, state, module | _]]) do
    data = [{~c"Status", status}, {~c"Parent", parent}, {~c"Logged events", []}]
    state = format_state(module, state)
    header = ~c"Status for generic server " ++ :erlang.binary_to_list(inspect(name))
    [{:header, header}, {:data, data} | state]
  end

  defp format_state(module, state) do
    cond do
      :erlang.function_exported(module, :format_status, 1) ->
        %{state: shown} = module.format_status(%{state: state})
        [data: [{~c"State", shown}]]

      :erlang.function_exported(module, :format_status, 2) ->
        case module.format_status(:normal, [:erlang.get(), state]) do
          list when is_list(list) -> list
          other -> [other]
        end

      true ->
        [data: [{~c"State", state}]]
    end
  end

  defp trace([], _name, _event), do: []
  defp trace(debug, name, event), do: :sys.handle_debug(debug, &print_event/3, name, event)

  defp print_event(device, event, name) do
    {format, args} =
      case event do
        {:in, {:"$gen_call", {from, _tag}, request}} ->
          {~c"*DBG* ~tp got call ~tp from ~tp~n", [name, request, from]}

        {:in, {:"$gen_cast", request}} ->
          {~c"*DBG* ~tp got cast ~tp~n", [name, request]}

        {:in, message} ->
          {~c"*DBG* ~tp got ~tp~n", [name, message]}

        {:out, reply, {to, _tag}, state} ->
          {~c"*DBG* ~tp sent ~tp to ~tp, new state ~tp~n", [name, reply, to, state]}

        {:noreply, state} ->
          {~c"*DBG* ~tp new state ~tp~n", [name, state]}

        other ->
          {~c"*DBG* ~tp dbg  ~tp~n", [name, other]}
      end

    :io.format(device, format, args)
  end
end
