# Event managers: one process runs many handlers, each a module with a state of its own. A handler
# that fails is removed and the others go on.
#
# A handler is %{module, id, state, supervisor}; the newest is first, and events reach them in this
# order. A supervised handler's owner is linked, and told when the handler is removed.
defmodule :gen_event do
  @moduledoc false

  @callback init(term) :: term
  @callback handle_event(term, term) :: term
  @callback handle_call(term, term) :: term
  @callback handle_info(term, term) :: term
  @callback terminate(term, term) :: term
  @callback code_change(term, term, term) :: term
  @callback format_status(map) :: map
  @optional_callbacks handle_info: 2, terminate: 2, code_change: 3, format_status: 1

  ## Clients

  def start, do: :gen.start(:gen_event, :nolink, :no_callback, [], [])

  def start(options) when is_list(options),
    do: :gen.start(:gen_event, :nolink, :no_callback, [], options)

  def start(name) when is_tuple(name), do: start(name, [])
  def start(name, options), do: :gen.start(:gen_event, :nolink, name, :no_callback, [], options)

  def start_link, do: :gen.start(:gen_event, :link, :no_callback, [], [])

  def start_link(options) when is_list(options) do
    :gen.start(:gen_event, :link, :no_callback, [], options)
  end

  def start_link(name) when is_tuple(name), do: start_link(name, [])

  def start_link(name, options),
    do: :gen.start(:gen_event, :link, name, :no_callback, [], options)

  def start_monitor, do: :gen.start(:gen_event, :monitor, :no_callback, [], [])

  def start_monitor(options) when is_list(options),
    do: :gen.start(:gen_event, :monitor, :no_callback, [], options)

  def start_monitor(name) when is_tuple(name), do: start_monitor(name, [])
  def start_monitor(name, options), do: :gen.start(:gen_event, :monitor, name, :no_callback, [], options)

  def stop(manager), do: :gen.stop(manager)
  def stop(manager, reason, timeout), do: :gen.stop(manager, reason, timeout)

  def notify(manager, event), do: tell(manager, {:notify, event})
  def sync_notify(manager, event), do: ask(manager, {:sync_notify, event})
  def add_handler(manager, handler, args), do: ask(manager, {:add_handler, handler, args})

  def add_sup_handler(manager, handler, args) do
    ask(manager, {:add_sup_handler, handler, args, self()})
  end

  def delete_handler(manager, handler, args), do: ask(manager, {:delete_handler, handler, args})

  def swap_handler(manager, {handler1, args1}, {handler2, args2}) do
    ask(manager, {:swap_handler, handler1, args1, handler2, args2})
  end

  def swap_sup_handler(manager, {handler1, args1}, {handler2, args2}) do
    ask(manager, {:swap_sup_handler, handler1, args1, handler2, args2, self()})
  end

  def which_handlers(manager), do: ask(manager, :which_handlers)

  def call(manager, handler, query), do: call(manager, handler, query, 5000, [manager, handler, query])

  def call(manager, handler, query, timeout) do
    call(manager, handler, query, timeout, [manager, handler, query, timeout])
  end

  defp call(manager, handler, query, timeout, args) do
    try do
      :gen.call(manager, self(), {:call, handler, query}, timeout)
    catch
      :exit, reason -> exit({reason, {:gen_event, :call, args}})
    else
      {:ok, reply} -> reply
    end
  end

  def send_request(manager, handler, query) do
    :gen.send_request(manager, self(), {:call, handler, query})
  end

  def send_request(manager, handler, query, label, requests) do
    :gen.send_request(manager, self(), {:call, handler, query}, label, requests)
  end

  defdelegate reqids_new(), to: :gen
  defdelegate reqids_size(requests), to: :gen
  defdelegate reqids_add(request, label, requests), to: :gen
  defdelegate reqids_to_list(requests), to: :gen

  def wait_response(requests, timeout, delete?), do: response(:gen.wait_response(requests, timeout, delete?))
  def receive_response(requests, timeout, delete?), do: response(:gen.receive_response(requests, timeout, delete?))
  def check_response(message, requests, delete?), do: response(:gen.check_response(message, requests, delete?))
  def wait_response(ref, timeout), do: response(:gen.wait_response(ref, timeout))
  def receive_response(ref, timeout), do: response(:gen.receive_response(ref, timeout))
  def check_response(message, ref), do: response(:gen.check_response(message, ref))

  # The manager's own answers are none of the handler.
  defp response({:reply, {:error, _} = error}), do: error
  defp response({{:reply, {:error, _} = error}, label, requests}), do: {error, label, requests}
  defp response(other), do: other

  defp ask(manager, command) do
    {:ok, reply} = :gen.call(manager, self(), command, :infinity)
    reply
  end

  defp tell({:global, name}, message), do: quiet(fn -> :global.send(name, message) end)
  defp tell({:via, module, name}, message), do: quiet(fn -> module.send(name, message) end)

  defp tell(manager, message) do
    send(manager, message)
    :ok
  end

  defp quiet(fun) do
    fun.()
    :ok
  catch
    _, _ -> :ok
  end

  ## The manager

  def init_it(starter, parent, full_name, _module, _args, options) do
    :erlang.process_flag(:trap_exit, true)
    name = :gen.name(full_name)
    debug = :gen.debug_options(name, options)
    # For reports of handlers that fail.
    :erlang.put(:"$gen_event_name", name)
    :proc_lib.init_ack(starter, {:ok, self()})
    loop(parent, name, [], debug)
  end

  defp loop(parent, name, handlers, debug) do
    receive do
      {:system, from, request} ->
        :sys.handle_system_msg(request, from, parent, :gen_event, debug, [name, handlers])

      {:EXIT, ^parent, reason} ->
        stop_all(handlers, parent, reason)

      message ->
        debug = if debug == [], do: [], else: :sys.handle_debug(debug, &print_event/3, name, {:in, message})
        loop(parent, name, handle(message, handlers), debug)
    end
  end

  defp print_event(device, {:in, message}, name) do
    case message do
      {:notify, event} -> :io.format(device, ~c"*DBG* ~tp got event ~tp~n", [name, event])
      {_, _, {:call, handler, query}} -> :io.format(device, ~c"*DBG* ~tp(~tp) got call ~tp~n", [name, handler, query])
      _ -> :io.format(device, ~c"*DBG* ~tp got ~tp~n", [name, message])
    end
  end

  defp handle({:notify, event}, handlers), do: each(handlers, :handle_event, event)

  defp handle({_label, from, {:sync_notify, event}}, handlers) do
    handlers = each(handlers, :handle_event, event)
    :gen.reply(from, :ok)
    handlers
  end

  defp handle({_label, from, {:add_handler, handler, args}}, handlers) do
    answer(from, add(handler, args, nil, handlers))
  end

  defp handle({_label, from, {:add_sup_handler, handler, args, owner}}, handlers) do
    :erlang.link(owner)
    answer(from, add(handler, args, owner, handlers))
  end

  defp handle({_label, from, {:delete_handler, handler, args}}, handlers) do
    answer(from, delete(handler, args, :normal, handlers))
  end

  defp handle({_label, from, {:swap_handler, handler1, args1, handler2, args2}}, handlers) do
    old = find(handler1, handlers)
    owner = if old, do: old.owner
    answer(from, swap(old, args1, handler2, args2, owner, handlers))
  end

  defp handle(
         {_label, from, {:swap_sup_handler, handler1, args1, handler2, args2, owner}},
         handlers
       ) do
    :erlang.link(owner)
    answer(from, swap(find(handler1, handlers), args1, handler2, args2, owner, handlers))
  end

  defp handle({_label, from, :which_handlers}, handlers) do
    :gen.reply(from, Enum.map(handlers, &name/1))
    handlers
  end

  defp handle({_label, from, {:call, handler, query}}, handlers) do
    case find(handler, handlers) do
      nil -> answer(from, {{:error, :bad_module}, handlers})
      found -> answer(from, query(found, query, handlers))
    end
  end

  defp handle({:EXIT, pid, reason} = message, handlers) do
    {owned, others} = Enum.split_with(handlers, &(&1.owner == pid))
    for handler <- owned, do: end_handler(%{handler | owner: nil}, {:stop, reason}, reason)
    each(others, :handle_info, message)
  end

  defp handle(message, handlers), do: each(handlers, :handle_info, message)

  defp answer(from, {reply, handlers}) do
    :gen.reply(from, reply)
    handlers
  end

  ## Handlers

  defp name(%{module: module, id: false}), do: module
  defp name(%{module: module, id: id}), do: {module, id}

  defp find(name, handlers), do: Enum.find(handlers, &(name(&1) == name))

  # The same handler may be installed twice: `key` tells them apart.
  defp replace(%{key: key} = handler, handlers) do
    Enum.map(handlers, fn other -> if other.key == key, do: handler, else: other end)
  end

  defp remove(%{key: key}, handlers), do: Enum.reject(handlers, &(&1.key == key))

  defp add({module, id}, args, owner, handlers), do: add(module, id, args, owner, handlers)
  defp add(module, args, owner, handlers), do: add(module, false, args, owner, handlers)

  defp add(module, id, args, owner, handlers) do
    case run(fn -> module.init(args) end) do
      {:ok, state} ->
        {:ok, [%{key: make_ref(), module: module, id: id, state: state, owner: owner} | handlers]}

      {:ok, state, :hibernate} ->
        {:ok, [%{key: make_ref(), module: module, id: id, state: state, owner: owner} | handlers]}

      other ->
        {other, handlers}
    end
  end

  defp each(handlers, callback, event) do
    Enum.reduce(handlers, handlers, fn handler, handlers ->
      case run(fn -> notify_one(handler, callback, event) end) do
        {:ok, state} ->
          replace(%{handler | state: state}, handlers)

        {:ok, state, :hibernate} ->
          replace(%{handler | state: state}, handlers)

        {:swap_handler, args1, state, handler2, args2} ->
          handlers = replace(%{handler | state: state}, handlers)
          elem(swap(handler, args1, handler2, args2, handler.owner, handlers), 1)

        :remove_handler ->
          end_handler(handler, :remove_handler, :normal)
          remove(handler, handlers)

        other ->
          end_failed(handler, other, event)
          remove(handler, handlers)
      end
    end)
  end

  # A handler may leave out `handle_info`.
  defp notify_one(%{module: module, state: state}, :handle_info, message) do
    if :erlang.function_exported(module, :handle_info, 2),
      do: module.handle_info(message, state),
      else: {:ok, state}
  end

  defp notify_one(%{module: module, state: state}, :handle_event, event) do
    module.handle_event(event, state)
  end

  defp query(%{module: module, state: state} = handler, query, handlers) do
    case run(fn -> module.handle_call(query, state) end) do
      {:ok, reply, state} ->
        {reply, replace(%{handler | state: state}, handlers)}

      {:ok, reply, state, :hibernate} ->
        {reply, replace(%{handler | state: state}, handlers)}

      {:swap_handler, reply, args1, state, handler2, args2} ->
        handlers = replace(%{handler | state: state}, handlers)
        {_, handlers} = swap(handler, args1, handler2, args2, handler.owner, handlers)
        {reply, handlers}

      {:remove_handler, reply} ->
        end_handler(handler, :remove_handler, :normal)
        {reply, remove(handler, handlers)}

      {:EXIT, _} = failure ->
        end_failed(handler, failure, query)
        {{:error, failure}, remove(handler, handlers)}

      other ->
        end_failed(handler, other, query)
        {{:error, other}, remove(handler, handlers)}
    end
  end

  defp delete(name, args, reason, handlers) do
    case find(name, handlers) do
      nil -> {{:error, :module_not_found}, handlers}
      handler -> {end_handler(handler, args, reason), remove(handler, handlers)}
    end
  end

  # `old` is nil when there is none of that name.
  defp swap(old, args1, handler2, args2, owner, handlers) do
    {result, handlers} =
      case old do
        nil ->
          {:error, handlers}

        handler ->
          handler = Enum.find(handlers, &(&1.key == handler.key))
          result = end_handler(handler, args1, {:swapped, handler2, owner || false})
          {result, remove(handler, handlers)}
      end

    case add(handler2, {args2, result}, owner, handlers) do
      {:ok, handlers} -> {:ok, handlers}
      {other, handlers} -> {{:error, other}, handlers}
    end
  end

  defp end_failed(handler, failure, message) do
    end_handler(handler, {:error, failure}, failure)

    status = %{state: handler.state, message: message, reason: failure}
    status = :gen.format_status(handler.module, :terminate, status, [:erlang.get(), handler.state])

    :logger.error(
      %{
        label: {:gen_event, :terminate},
        handler: name(handler),
        name: :erlang.get(:"$gen_event_name"),
        last_message: status.message,
        state: :maps.get(:"$status", status, status.state),
        log: [],
        reason: status.reason
      },
      %{domain: [:otp], error_logger: %{tag: :error}}
    )
  end

  defp shown_state(%{EXIT: crashed}), do: crashed
  defp shown_state(%{:"$status" => state}), do: state
  defp shown_state(%{state: state}), do: state

  defp end_handler(%{module: module, state: state, owner: owner} = handler, args, reason) do
    result =
      if :erlang.function_exported(module, :terminate, 2),
        do: run(fn -> module.terminate(args, state) end),
        else: :ok

    # The link stays, as in OTP.
    if owner, do: send(owner, {:gen_event_EXIT, name(handler), reason})

    result
  end

  # Only the parent hears of the exit: who has supervised a handler has been told.
  defp stop_all(handlers, parent, reason) do
    for handler <- handlers do
      end_handler(handler, :stop, :shutdown)
      if is_pid(handler.owner) and handler.owner != parent, do: :erlang.unlink(handler.owner)
    end

    exit(reason)
  end

  defp run(callback) do
    try do
      callback.()
    catch
      :throw, value -> value
      :exit, reason -> {:EXIT, reason}
      :error, reason -> {:EXIT, {reason, __STACKTRACE__}}
    end
  end

  ## System messages

  def system_continue(parent, debug, [name, handlers]), do: loop(parent, name, handlers, debug)

  def system_terminate(reason, parent, _debug, [_name, handlers]), do: stop_all(handlers, parent, reason)

  def system_get_state([_name, handlers]) do
    {:ok, Enum.map(handlers, &{&1.module, &1.id, &1.state})}
  end

  def format_status(opt, [_dictionary, status, parent, debug, [name, handlers]]) do
    {records, log} =
      Enum.map_reduce(handlers, :sys.get_log(debug), fn handler, log ->
        status = :gen.format_status(handler.module, opt, %{state: handler.state, log: log}, [:erlang.get(), handler.state])
        {{:handler, handler.module, handler.id, shown_state(status), handler.owner || false}, status.log}
      end)

    [
      {:header, ~c"Status for event handler " ++ :gen.name_text(name)},
      {:data, [{~c"Status", status}, {~c"Logged Events", log}, {~c"Parent", parent}]},
      {:items, {~c"Installed handlers", records}}
    ]
  end

  # The handler whose state cannot be replaced keeps it.
  def system_replace_state(fun, [name, handlers]) do
    handlers =
      Enum.map(handlers, fn %{module: module, id: id, state: state} = handler ->
        case run(fn -> fun.({module, id, state}) end) do
          {^module, ^id, state} -> %{handler | state: state}
          _ -> handler
        end
      end)

    {:ok, elem(system_get_state([name, handlers]), 1), [name, handlers]}
  end

  def system_code_change([name, handlers], module, vsn, extra) do
    handlers =
      Enum.map(handlers, fn
        %{module: ^module, state: state} = handler ->
          {:ok, state} = module.code_change(vsn, state, extra)
          %{handler | state: state}

        handler ->
          handler
      end)

    {:ok, [name, handlers]}
  end
end
