# The server loop: receive, call back, reply, and again with the new state.
#
# Callbacks are called under a `try` that ends before the loop goes on, so the loop runs in constant
# space. What the loop never changes is one tuple, {parent, name, module, hibernate_after}; `wait` is how the
# next message is awaited: for ever, for so many milliseconds, in hibernation, or after a `{:continue, term}`.
defmodule :gen_server do
  @moduledoc false

  @type from :: {client :: pid, tag :: reply_tag}
  @opaque reply_tag :: reference | nonempty_improper_list(:alias, reference)
  @opaque request_id :: reference
  @opaque request_id_collection :: %{optional(reference) => term}
  @type response_timeout :: timeout | {:abs, integer}
  @type server_name :: {:local, atom} | {:global, term} | {:via, module, term}
  @type server_ref :: pid | atom | {atom, node} | {:global, term} | {:via, module, term}
  @type enter_loop_opt :: {:hibernate_after, timeout} | {:debug, [term]}
  @type start_opt :: {:timeout, timeout} | {:spawn_opt, [term]} | enter_loop_opt
  @type start_ret :: {:ok, pid} | :ignore | {:error, term}
  @type start_mon_ret :: {:ok, {pid, reference}} | :ignore | {:error, term}
  @type format_status :: %{optional(:state | :message | :reason | :log) => term}
  @typep action :: timeout | :hibernate | {:continue, term}

  @callback init(args :: term) :: {:ok, state :: term} | {:ok, state :: term, action} | {:stop, reason :: term} | :ignore

  @callback handle_call(request :: term, from, state :: term) ::
              {:reply, reply :: term, new_state :: term}
              | {:reply, reply :: term, new_state :: term, action}
              | {:noreply, new_state :: term}
              | {:noreply, new_state :: term, action}
              | {:stop, reason :: term, reply :: term, new_state :: term}
              | {:stop, reason :: term, new_state :: term}

  @callback handle_cast(request :: term, state :: term) ::
              {:noreply, new_state :: term} | {:noreply, new_state :: term, action} | {:stop, reason :: term, new_state :: term}

  @callback handle_info(info :: :timeout | term, state :: term) ::
              {:noreply, new_state :: term} | {:noreply, new_state :: term, action} | {:stop, reason :: term, new_state :: term}

  @callback handle_continue(info :: term, state :: term) ::
              {:noreply, new_state :: term} | {:noreply, new_state :: term, action} | {:stop, reason :: term, new_state :: term}

  @callback terminate(reason :: term, state :: term) :: term
  @callback code_change(old_version :: term, state :: term, extra :: term) :: {:ok, new_state :: term} | {:error, reason :: term}
  @callback format_status(status :: format_status) :: format_status
  @callback format_status(:normal | :terminate, dictionary_and_state :: [term]) :: term

  @optional_callbacks handle_info: 2, handle_continue: 2, terminate: 2, code_change: 3, format_status: 1, format_status: 2

  # What may stand behind the state in what a callback returns.
  defguardp is_wait(wait)
            when wait == :infinity or wait == :hibernate or (is_integer(wait) and wait >= 0) or
                   (is_tuple(wait) and tuple_size(wait) == 2 and elem(wait, 0) == :continue)

  # Tags an error of a callback, apart from all that one may return.
  @raised :"$gen_server raised"

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

  def call(server, request, timeout),
    do: call(server, request, [server, request, timeout], timeout)

  defp call(server, request, args, timeout)
       when (is_pid(server) or is_atom(server) or is_tuple(server)) and
              (timeout == :infinity or (is_integer(timeout) and timeout >= 0)) do
    case :gen.do_call(server, :"$gen_call", request, timeout) do
      {:ok, reply} -> reply
      {:exit, reason} -> exit({reason, {:gen_server, :call, args}})
    end
  end

  defp call(server, request, args, timeout) do
    :gen.call(server, :"$gen_call", request, timeout)
  catch
    :error, reason -> exit({{reason, __STACKTRACE__}, {:gen_server, :call, args}})
  end

  def cast({:global, name}, request),
    do: quiet(fn -> :global.send(name, {:"$gen_cast", request}) end)

  def cast({:via, module, name}, request) do
    quiet(fn -> module.send(name, {:"$gen_cast", request}) end)
  end

  def cast({name, node} = server, request) when is_atom(name) and is_atom(node),
    do: quiet(fn -> send(server, {:"$gen_cast", request}) end)

  def cast(server, request) when is_atom(server) or is_pid(server),
    do: quiet(fn -> send(server, {:"$gen_cast", request}) end)

  def abcast(name, request), do: abcast([node() | :erlang.nodes()], name, request)

  def abcast(nodes, name, request) when is_list(nodes) and is_atom(name) do
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

  def multi_call(name, request) when is_atom(name), do: multi_call([node() | :erlang.nodes()], name, request)

  def multi_call(nodes, name, request) when is_list(nodes) and is_atom(name),
    do: multi_call(nodes, name, request, :infinity)

  def multi_call(nodes, name, request, timeout) when is_list(nodes) and is_atom(name) do
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

  def send_request(server, request, label, requests) do
    :gen.send_request(server, :"$gen_call", request, label, requests)
  end

  def reqids_new, do: :gen.reqids_new()
  def reqids_size(requests), do: checked(:reqids_size, [requests])
  def reqids_add(request, label, requests), do: checked(:reqids_add, [request, label, requests])
  def reqids_to_list(requests), do: checked(:reqids_to_list, [requests])

  def wait_response(ref), do: checked(:wait_response, [ref, :infinity])
  def wait_response(ref, timeout), do: checked(:wait_response, [ref, timeout])
  def wait_response(requests, timeout, delete?), do: checked(:wait_response, [requests, timeout, delete?])
  def receive_response(ref), do: checked(:receive_response, [ref, :infinity])
  def receive_response(ref, timeout), do: checked(:receive_response, [ref, timeout])
  def receive_response(requests, timeout, delete?), do: checked(:receive_response, [requests, timeout, delete?])
  def check_response(message, ref), do: checked(:check_response, [message, ref])
  def check_response(message, requests, delete?), do: checked(:check_response, [message, requests, delete?])

  defp checked(function, args) do
    apply(:gen, function, args)
  catch
    :error, _ -> :erlang.error(:badarg, args)
  end

  ## Starting

  def init_it(starter, parent, full_name, module, args, options) do
    name = :gen.name(full_name)
    debug = :gen.debug_options(name, options)
    server = {parent, name, module, :gen.hibernate_after(options)}

    case init_it(module, args) do
      {:ok, state} ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(server, state, debug)

      {:ok, state, wait} when is_wait(wait) ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(server, state, wait, debug)

      {:stop, reason} ->
        fail(starter, full_name, {:error, reason})
        exit(reason)

      :ignore ->
        fail(starter, full_name, :ignore)
        exit(:normal)

      {@raised, class, reason, stacktrace} ->
        fail(starter, full_name, {:error, exit_reason(class, reason, stacktrace)})
        :erlang.raise(class, reason, stacktrace)

      other ->
        reason = {:bad_return_value, other}
        fail(starter, full_name, {:error, reason})
        exit(reason)
    end
  end

  def init_it(module, args) do
    try do
      module.init(args)
    catch
      :throw, value -> value
      class, reason -> {@raised, class, reason, __STACKTRACE__}
    end
  end

  # The name is free again before the starter hears of it.
  defp fail(starter, full_name, result) do
    :gen.unregister_name(full_name)
    :proc_lib.init_ack(starter, result)
  end

  def enter_loop(module, options, state),
    do: enter_loop(module, options, state, self(), :infinity)

  def enter_loop(module, options, state, {scope, _} = name) when scope in [:local, :global] do
    enter_loop(module, options, state, name, :infinity)
  end

  def enter_loop(module, options, state, {:via, _, _} = name) do
    enter_loop(module, options, state, name, :infinity)
  end

  def enter_loop(module, options, state, wait),
    do: enter_loop(module, options, state, self(), wait)

  def enter_loop(module, options, state, full_name, wait) do
    parent =
      case :erlang.get(:"$ancestors") do
        [parent | _] when is_pid(parent) -> parent
        [parent | _] -> :erlang.whereis(parent)
        _ -> exit(:process_was_not_started_by_proc_lib)
      end

    registered!(full_name)
    name = :gen.name(full_name)
    debug = :gen.debug_options(name, options)
    loop({parent, name, module, :gen.hibernate_after(options)}, state, wait, debug)
  end

  # Whoever enters the loop under a name must have it.
  defp registered!({scope, _} = name) when scope in [:local, :global] do
    if :gen.where(name) == self(), do: :ok, else: exit(missing_name(scope))
  end

  defp registered!({:via, _, _} = name) do
    if :gen.where(name) == self(), do: :ok, else: exit({:process_not_registered_via, elem(name, 1)})
  end

  defp registered!(_pid), do: :ok

  defp missing_name(:local), do: :process_not_registered
  defp missing_name(:global), do: :process_not_registered_globally

  ## The loop

  defp loop({_, _, _, :infinity} = server, state, debug) do
    receive do
      {:"$gen_call", from, request} -> handle_call(from, request, server, state, debug)
      message -> handle_msg(message, server, state, :infinity, debug)
    end
  end

  defp loop({_, _, _, hibernate_after} = server, state, debug) do
    receive do
      message -> handle_msg(message, server, state, :infinity, debug)
    after
      hibernate_after -> loop(server, state, :hibernate, debug)
    end
  end

  defp loop(server, state, :infinity, debug), do: loop(server, state, debug)

  defp loop(server, state, :hibernate, debug) do
    :proc_lib.hibernate(:gen_server, :wake, [server, state, debug])
  end

  defp loop({_, name, module, _} = server, state, {:continue, term} = event, debug) do
    result = try_handle_continue(module, term, state)
    debug = trace(debug, name, event)
    handle_common_reply(result, event, server, state, debug)
  end

  defp loop(server, state, timeout, debug) do
    message =
      receive do
        message -> message
      after
        timeout -> :timeout
      end

    handle_msg(message, server, state, timeout, debug)
  end

  def wake(server, state, debug) do
    receive do
      message -> handle_msg(message, server, state, :hibernate, debug)
    end
  end

  defp handle_msg({:"$gen_call", from, request}, server, state, _wait, debug) do
    handle_call(from, request, server, state, debug)
  end

  defp handle_msg({:system, from, request}, server, state, wait, debug) do
    {parent, name, module, hibernate_after} = server
    misc = [name, state, module, wait, hibernate_after]
    :sys.handle_system_msg(request, from, parent, :gen_server, debug, misc, wait == :hibernate)
  end

  defp handle_msg(
         {:EXIT, parent, reason} = message,
         {parent, _, _, _} = server,
         state,
         _wait,
         debug
       ) do
    debug = trace(debug, elem(server, 1), {:in, message})
    terminate(:exit, reason, [], message, server, state, debug)
  end

  defp handle_msg(message, {_, name, module, _} = server, state, _wait, debug) do
    debug = trace(debug, name, {:in, message})

    result =
      case message do
        {:"$gen_cast", request} -> try_handle_cast(module, request, state)
        _ -> try_handle_info(module, message, state)
      end

    handle_common_reply(result, message, server, state, debug)
  end

  defp handle_call(from, request, {_, name, module, _} = server, state, debug) do
    debug = if debug == [], do: [], else: trace(debug, name, {:in, {:"$gen_call", from, request}})

    case try_handle_call(module, request, from, state) do
      {:reply, reply, state} ->
        :gen.reply(from, reply)
        loop(server, state, if(debug == [], do: [], else: replied(debug, name, reply, from, state)))

      {:reply, reply, state, wait} when is_wait(wait) ->
        :gen.reply(from, reply)
        loop(server, state, wait, replied(debug, name, reply, from, state))

      {:stop, reason, reply, state} ->
        try do
          terminate(:exit, reason, [], {:"$gen_call", from, request}, server, state, debug)
        after
          :gen.reply(from, reply)
        end

      other ->
        handle_common_reply(other, {:"$gen_call", from, request}, server, state, debug)
    end
  end

  defp handle_common_reply(result, message, {_, name, _, _} = server, state, debug) do
    case result do
      {:noreply, state} ->
        loop(server, state, trace(debug, name, {:noreply, state}))

      {:noreply, state, wait} when is_wait(wait) ->
        loop(server, state, wait, trace(debug, name, {:noreply, state}))

      {:stop, reason, state} ->
        terminate(:exit, reason, [], message, server, state, debug)

      {@raised, class, reason, stacktrace} ->
        terminate(class, reason, stacktrace, message, server, state, debug)

      other ->
        terminate(:exit, {:bad_return_value, other}, [], message, server, state, debug)
    end
  end

  ## Callbacks: what they throw counts as what they return

  defp try_handle_call(module, request, from, state) do
    try do
      module.handle_call(request, from, state)
    catch
      :throw, value -> value
      class, reason -> {@raised, class, reason, __STACKTRACE__}
    end
  end

  defp try_handle_cast(module, request, state) do
    try do
      module.handle_cast(request, state)
    catch
      :throw, value -> value
      class, reason -> {@raised, class, reason, __STACKTRACE__}
    end
  end

  # A module may leave `handle_info` out.
  defp try_handle_info(module, message, state) do
    try do
      module.handle_info(message, state)
    catch
      :throw, value ->
        value

      :error, :undef = reason ->
        if :erlang.function_exported(module, :handle_info, 2) do
          {@raised, :error, reason, __STACKTRACE__}
        else
          unhandled(module, message)
          {:noreply, state}
        end

      class, reason ->
        {@raised, class, reason, __STACKTRACE__}
    end
  end

  defp unhandled(module, message) do
    report = %{label: {:gen_server, :no_handle_info}, module: module, message: message}
    :logger.warning(report, %{domain: [:otp], error_logger: %{tag: :warning_msg}})
  end

  defp try_handle_continue(module, term, state) do
    try do
      module.handle_continue(term, state)
    catch
      :throw, value -> value
      class, reason -> {@raised, class, reason, __STACKTRACE__}
    end
  end

  defp try_terminate(module, reason, state) do
    if :erlang.function_exported(module, :terminate, 2) do
      try do
        module.terminate(reason, state)
        :ok
      catch
        :throw, _value -> :ok
        class, reason -> {@raised, class, reason, __STACKTRACE__}
      end
    else
      :ok
    end
  end

  defp replied([], _name, _reply, _from, _state), do: []

  defp replied(debug, name, reply, from, state),
    do: trace(debug, name, {:out, reply, from, state})

  ## Ending

  defp terminate(class, reason, stacktrace, message, server, state, debug) do
    {_, name, module, _} = server
    case try_terminate(module, exit_reason(class, reason, stacktrace), state) do
      :ok ->
        report(class, reason, stacktrace, name, message, module, state, debug)
        if stacktrace == [], do: exit(reason), else: :erlang.raise(class, reason, stacktrace)

      # Even for a good reason, that is no way to end.
      {@raised, class, reason, stacktrace} ->
        log_end(reason, stacktrace, name, message, module, state, debug)
        :erlang.raise(class, reason, stacktrace)
    end
  end

  defp exit_reason(:error, reason, stacktrace), do: {reason, stacktrace}
  defp exit_reason(_exit, reason, _stacktrace), do: reason

  defp report(:exit, reason, _, _, _, _, _, _) when reason == :normal or reason == :shutdown, do: :ok
  defp report(:exit, {:shutdown, _}, _, _, _, _, _, _), do: :ok

  defp report(_class, reason, stacktrace, name, message, module, state, debug) do
    log_end(reason, stacktrace, name, message, module, state, debug)
  end

  defp log_end(reason, stacktrace, name, message, module, state, debug) do
    # Where an exit was called is shown as for an error, though it is no part of the reason.
    reason = if stacktrace == [], do: reason, else: {reason, stacktrace}

    status = %{state: state, message: message, reason: reason, log: :sys.get_log(debug)}
    status = :gen.format_status(module, :terminate, status, [:erlang.get(), state])

    :logger.error(
      %{
        label: {:gen_server, :terminate},
        name: name,
        last_message: last_message(status.message),
        state: shown_state(status),
        log: status.log,
        reason: status.reason,
        client_info: client(message)
      },
      %{domain: [:otp], error_logger: %{tag: :error}}
    )
  end

  defp last_message({:"$gen_call", _from, request}), do: request
  defp last_message(message), do: message

  defp client({:"$gen_call", from, _request}), do: :proc_lib.client_stacktrace(from)
  defp client(_message), do: :undefined

  ## System messages

  def system_continue(parent, debug, [name, state, module, wait, hibernate_after]) do
    loop({parent, name, module, hibernate_after}, state, wait, debug)
  end

  def system_terminate(reason, parent, debug, [name, state, module, _wait, hibernate_after]) do
    terminate(:exit, reason, [], [], {parent, name, module, hibernate_after}, state, debug)
  end

  def system_code_change([name, state, module, wait, hibernate_after], _module, vsn, extra) do
    try do
      module.code_change(vsn, state, extra)
    catch
      :throw, {:ok, state} -> {:ok, [name, state, module, wait, hibernate_after]}
      :throw, value -> value
      class, reason -> {:EXIT, exit_reason(class, reason, __STACKTRACE__)}
    else
      {:ok, state} -> {:ok, [name, state, module, wait, hibernate_after]}
      other -> other
    end
  end

  def system_get_state([_name, state, :supervisor | _]), do: {:ok, Supervisor.Record.of_state(state)}
  def system_get_state([_name, state | _]), do: {:ok, state}

  def system_replace_state(fun, [name, state, :supervisor | rest]) do
    record = fun.(Supervisor.Record.of_state(state))
    {:ok, record, [name, Supervisor.Record.to_state(record), :supervisor | rest]}
  end

  def system_replace_state(fun, [name, state | rest]) do
    state = fun.(state)
    {:ok, state, [name, state | rest]}
  end

  def format_status(opt, [dictionary, status, parent, debug, [name, state, module | _]]) do
    shown = :gen.format_status(module, opt, %{state: state, log: :sys.get_log(debug)}, [dictionary, state])

    own =
      case shown do
        %{:"$status" => list} when is_list(list) -> list
        %{:"$status" => other} -> [other]
        _ -> [data: [{~c"State", shown_state(shown)}]]
      end

    data = [{~c"Status", status}, {~c"Parent", parent}, {~c"Logged events", shown.log}]
    [{:header, ~c"Status for generic server " ++ :gen.name_text(name)}, {:data, data} | own]
  end

  defp shown_state(%{EXIT: crashed}), do: crashed
  defp shown_state(%{:"$status" => state}), do: state
  defp shown_state(%{state: state}), do: state

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
