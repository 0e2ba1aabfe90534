# State machines as servers.
#
# An event is {type, content}. Those to handle before the next message wait in `queue`; those put
# off until the state changes in `postponed`, newest first. Timers are kept by their type, `:timeout`,
# `:state_timeout` or `{:timeout, name}`, as {reference, content}; a timeout of zero is queued at
# once, and that of the next event is superseded by any event that is queued before it. One `%{}` holds it all, since sys shows and replaces it as a whole.
defmodule :gen_statem do
  @moduledoc false

  @callback init(term) :: term
  @callback callback_mode() :: term
  @callback handle_event(term, term, term, term) :: term
  @callback terminate(term, term, term) :: term
  @callback code_change(term, term, term, term) :: term
  @callback format_status(term, list) :: term
  @callback format_status(map) :: map
  @optional_callbacks handle_event: 4,
                      terminate: 3,
                      code_change: 4,
                      format_status: 1,
                      format_status: 2

  ## Clients

  def start(module, args, options), do: :gen.start(:gen_statem, :nolink, module, args, options)

  def start(name, module, args, options) do
    :gen.start(:gen_statem, :nolink, name, module, args, options)
  end

  def start_link(module, args, options), do: :gen.start(:gen_statem, :link, module, args, options)

  def start_link(name, module, args, options) do
    :gen.start(:gen_statem, :link, name, module, args, options)
  end

  def start_monitor(module, args, options) do
    :gen.start(:gen_statem, :monitor, module, args, options)
  end

  def start_monitor(name, module, args, options) do
    :gen.start(:gen_statem, :monitor, name, module, args, options)
  end

  def stop(server), do: :gen.stop(server)
  def stop(server, reason, timeout), do: :gen.stop(server, reason, timeout)

  def call(server, request), do: call(server, request, :infinity)

  def call(server, request, timeout) do
    milliseconds =
      case timeout do
        {_kind, milliseconds} -> milliseconds
        milliseconds -> milliseconds
      end

    try do
      :gen.call(server, :"$gen_call", request, milliseconds)
    catch
      :exit, reason -> exit({reason, {:gen_statem, :call, [server, request, timeout]}})
    else
      {:ok, reply} -> reply
    end
  end

  def cast(server, message), do: :gen_server.cast(server, message)
  def send_request(server, request), do: :gen.send_request(server, :"$gen_call", request)

  def send_request(server, request, label, requests) do
    :gen.send_request(server, :"$gen_call", request, label, requests)
  end

  defdelegate reqids_new(), to: :gen
  defdelegate reqids_size(requests), to: :gen
  defdelegate reqids_add(request, label, requests), to: :gen
  defdelegate reqids_to_list(requests), to: :gen

  def wait_response(ref), do: :gen.wait_response(ref, :infinity)
  def wait_response(requests, timeout, delete?), do: :gen.wait_response(requests, timeout, delete?)
  def receive_response(requests, timeout, delete?), do: :gen.receive_response(requests, timeout, delete?)
  def check_response(message, requests, delete?), do: :gen.check_response(message, requests, delete?)
  def wait_response(ref, timeout), do: :gen.wait_response(ref, timeout)
  def receive_response(ref), do: :gen.receive_response(ref, :infinity)
  def receive_response(ref, timeout), do: :gen.receive_response(ref, timeout)
  def check_response(message, ref), do: :gen.check_response(message, ref)

  def reply({:reply, from, reply}), do: reply(from, reply)
  def reply(replies) when is_list(replies), do: Enum.each(replies, &reply/1)
  def reply(from, reply), do: :gen.reply(from, reply)

  ## Starting

  # Where the machine's own errors come from.
  @stack [{:gen_statem, :loop, 1, []}]

  # The event with which a machine enters its first state.
  @first {:internal, :init_state}

  def init_it(starter, parent, full_name, module, args, options) do
    case dispatch(fn -> module.init(args) end) do
      {:ok, {:ok, state, data}} ->
        enter(starter, parent, full_name, module, options, state, data, [])

      {:ok, {:ok, state, data, actions}} ->
        enter(starter, parent, full_name, module, options, state, data, actions)

      {:ok, :ignore} ->
        fail(starter, full_name, :ignore)
        exit(:normal)

      {:ok, {:stop, reason}} ->
        fail(starter, full_name, {:error, reason})
        exit(reason)

      {:ok, other} ->
        reason = {:bad_return_from_init, other}
        fail(starter, full_name, {:error, reason})
        log_end(:exit, reason, @stack, unready(full_name, module))
        exit(reason)

      {:EXIT, class, reason, stacktrace} ->
        fail(starter, full_name, {:error, exit_reason(class, reason, stacktrace)})
        log_end(class, reason, stacktrace, unready(full_name, module))
        :erlang.raise(class, reason, stacktrace)
    end
  end

  # As the report of a machine shows what it does not have yet.
  defp unready(full_name, module) do
    %{
      name: :gen.name(full_name),
      module: module,
      mode: :state_functions,
      enter?: false,
      modules: [module],
      state: :undefined,
      data: :undefined,
      event: nil,
      queue: [],
      postponed: [],
      timers: %{},
      debug: []
    }
  end

  defp fail(starter, full_name, result) do
    :gen.unregister_name(full_name)
    :proc_lib.init_ack(starter, result)
  end

  defp enter(starter, parent, full_name, module, options, state, data, actions) do
    :proc_lib.init_ack(starter, {:ok, self()})
    first(machine(parent, full_name, module, options, state, data), actions)
  end

  def enter_loop(module, options, state, data),
    do: enter_loop(module, options, state, data, self(), [])

  def enter_loop(module, options, state, data, actions) when is_list(actions) do
    enter_loop(module, options, state, data, self(), actions)
  end

  def enter_loop(module, options, state, data, name) do
    enter_loop(module, options, state, data, name, [])
  end

  def enter_loop(module, options, state, data, name, actions) do
    parent =
      case :erlang.get(:"$ancestors") do
        [parent | _] when is_pid(parent) -> parent
        [parent | _] -> :erlang.whereis(parent)
        _ -> self()
      end

    first(machine(parent, name, module, options, state, data), actions)
  end

  defp machine(parent, full_name, module, options, state, data) do
    name = :gen.name(full_name)
    {mode, enter?} = callback_mode!(full_name, module, state, data)

    %{
      parent: parent,
      name: name,
      module: module,
      mode: mode,
      enter?: enter?,
      modules: [module],
      state: state,
      data: data,
      event: nil,
      queue: [],
      postponed: [],
      timers: %{},
      hibernate: false,
      hibernate_after: :gen.hibernate_after(options),
      debug: :gen.debug_options(name, options)
    }
  end

  defp callback_mode!(full_name, module, state, data) do
    given = module.callback_mode()

    with nil <- mode(given) do
      reason = {:bad_return_from_callback_mode, given}
      machine = %{unready(full_name, module) | state: state, data: data, event: @first}
      log_end(:exit, reason, @stack, machine)
      exit(reason)
    end
  end

  defp callback_mode(module) do
    given = module.callback_mode()
    with nil <- mode(given), do: exit({:bad_return_from_callback_mode, given})
  end

  defp mode(given) do
    modes = List.wrap(given)
    mode = Enum.find(modes, &(&1 in [:state_functions, :handle_event_function]))
    if mode, do: {mode, :state_enter in modes}
  end

  # The start counts as entering the first state from itself.
  defp first(machine, actions) do
    transition(%{machine | event: @first}, @first, machine.state, machine.data, actions, :enter)
  end

  ## The loop

  defp loop(%{queue: [event | queue]} = machine), do: handle(event, %{machine | queue: queue})

  defp loop(%{hibernate: true} = machine) do
    :proc_lib.hibernate(:gen_statem, :wake, [%{machine | hibernate: false}])
  end

  defp loop(machine) do
    receive do
      message -> message(message, machine)
    after
      machine.hibernate_after -> :proc_lib.hibernate(:gen_statem, :wake, [machine])
    end
  end

  def wake(machine) do
    receive do
      message -> message(message, machine)
    end
  end

  defp message({:system, from, request}, machine) do
    :sys.handle_system_msg(request, from, machine.parent, :gen_statem, machine.debug, machine)
  end

  defp message({:EXIT, parent, reason}, %{parent: parent} = machine) do
    terminate(:exit, reason, [], machine)
  end

  defp message({:timeout, ref, type}, machine) do
    case machine.timers do
      %{^type => {^ref, content}} ->
        machine = %{machine | timers: Map.delete(machine.timers, type)}
        handle({type, content}, machine)

      _ ->
        handle({:info, {:timeout, ref, type}}, machine)
    end
  end

  defp message({:"$gen_call", from, request}, machine),
    do: handle({{:call, from}, request}, machine)

  defp message({:"$gen_cast", request}, machine), do: handle({:cast, request}, machine)
  defp message(other, machine), do: handle({:info, other}, machine)

  defp handle({type, content} = event, machine) do
    # Any event ends the wait for the next one.
    machine = if type == :timeout, do: machine, else: cancel(machine, :timeout)
    %{module: module, mode: mode, state: state, data: data} = machine
    debug = trace(machine.debug, machine.name, {:in, event, state})
    machine = %{machine | debug: debug, event: event}

    result =
      dispatch(fn ->
        if mode == :state_functions,
          do: apply(module, state, [type, content, data]),
          else: module.handle_event(type, content, state, data)
      end)

    case result do
      {:ok, {:next_state, ^state, data}} ->
        transition(machine, event, state, data, [], :keep)

      {:ok, {:next_state, ^state, data, actions}} ->
        transition(machine, event, state, data, actions, :keep)

      {:ok, {:next_state, next, data}} ->
        transition(machine, event, next, data, [], :enter)

      {:ok, {:next_state, next, data, actions}} ->
        transition(machine, event, next, data, actions, :enter)

      {:ok, result} ->
        same_state(result, event, machine)

      {:EXIT, class, reason, stacktrace} ->
        terminate(class, reason, stacktrace, machine)
    end
  end

  defp same_state(result, event, %{state: state, data: data} = machine) do
    case result do
      {:keep_state, data} ->
        transition(machine, event, state, data, [], :keep)

      {:keep_state, data, actions} ->
        transition(machine, event, state, data, actions, :keep)

      :keep_state_and_data ->
        transition(machine, event, state, data, [], :keep)

      {:keep_state_and_data, actions} ->
        transition(machine, event, state, data, actions, :keep)

      {:repeat_state, data} ->
        transition(machine, event, state, data, [], :enter)

      {:repeat_state, data, actions} ->
        transition(machine, event, state, data, actions, :enter)

      :repeat_state_and_data ->
        transition(machine, event, state, data, [], :enter)

      {:repeat_state_and_data, actions} ->
        transition(machine, event, state, data, actions, :enter)

      other ->
        stop(other, machine)
    end
  end

  defp stop(result, machine) do
    case result do
      :stop ->
        terminate(:exit, :normal, [], machine)

      {:stop, reason} ->
        terminate(:exit, reason, [], machine)

      {:stop, reason, data} ->
        terminate(:exit, reason, [], %{machine | data: data})

      {:stop_and_reply, reason, replies} ->
        reply_and_terminate(reason, replies, machine)

      {:stop_and_reply, reason, replies, data} ->
        reply_and_terminate(reason, replies, %{machine | data: data})

      other ->
        terminate(:error, {:bad_return_from_state_function, other}, @stack, machine)
    end
  end

  defp reply_and_terminate(reason, replies, machine) do
    try do
      terminate(:exit, reason, [], machine)
    after
      reply(List.wrap(replies))
    end
  end

  ## Transitions

  # What a callback asked for: events for the front of the queue, timers, whether to postpone.
  defp transition(machine, event, state, data, actions, enter) do
    changed? = state !== machine.state
    previous = machine.state
    wanted = %{events: [], timers: [], postpone: false, hibernate: false}

    case act(List.wrap(actions), wanted, %{machine | data: data}) do
      {:ok, wanted, machine} ->
        debug = trace(machine.debug, machine.name, {:consume, event, state})
        machine = %{machine | state: state, data: data, debug: debug}

        if enter == :enter and machine.enter?,
          do: entered(machine, previous, event, wanted, changed?),
          else: settle(machine, event, wanted, changed?)

      {:error, reason} ->
        terminate(:error, reason, @stack, machine)
    end
  end

  # The state's own call on entry may act, but neither change the state nor postpone.
  defp entered(
         %{module: module, mode: mode, state: state, data: data} = machine,
         previous,
         event,
         wanted,
         changed?
       ) do
    result =
      dispatch(fn ->
        if mode == :state_functions,
          do: apply(module, state, [:enter, previous, data]),
          else: module.handle_event(:enter, previous, state, data)
      end)

    case result do
      {:ok, {:next_state, ^state, data}} ->
        act_on_entry(machine, data, [], event, wanted, changed?)

      {:ok, {:next_state, ^state, data, actions}} ->
        act_on_entry(machine, data, actions, event, wanted, changed?)

      {:ok, {:keep_state, data}} ->
        act_on_entry(machine, data, [], event, wanted, changed?)

      {:ok, {:keep_state, data, actions}} ->
        act_on_entry(machine, data, actions, event, wanted, changed?)

      {:ok, :keep_state_and_data} ->
        act_on_entry(machine, data, [], event, wanted, changed?)

      {:ok, {:keep_state_and_data, actions}} ->
        act_on_entry(machine, data, actions, event, wanted, changed?)

      {:ok, other} ->
        stop(other, machine)

      {:EXIT, class, reason, stacktrace} ->
        terminate(class, reason, stacktrace, machine)
    end
  end

  defp act_on_entry(machine, data, actions, event, wanted, changed?) do
    case act(List.wrap(actions), wanted, %{machine | data: data}) do
      {:ok, wanted, machine} -> settle(machine, event, wanted, changed?)
      {:error, reason} -> terminate(:error, reason, @stack, machine)
    end
  end

  defp act([action | rest], wanted, machine) do
    case action do
      {:reply, from, reply} ->
        :gen.reply(from, reply)
        act(rest, wanted, machine)

      {:next_event, type, content} ->
        act(rest, %{wanted | events: [{type, content} | wanted.events]}, machine)

      :postpone ->
        act(rest, %{wanted | postpone: true}, machine)

      {:postpone, flag} ->
        act(rest, %{wanted | postpone: flag}, machine)

      :hibernate ->
        act(rest, %{wanted | hibernate: true}, machine)

      {:hibernate, flag} ->
        act(rest, %{wanted | hibernate: flag}, machine)

      {kind, module} when kind in [:change_callback_module, :push_callback_module] ->
        {mode, enter?} = callback_mode(module)
        below = if kind == :push_callback_module, do: machine.modules, else: tl(machine.modules)
        modules = [module | below]

        act(rest, wanted, %{
          machine
          | module: module,
            modules: modules,
            mode: mode,
            enter?: enter?
        })

      :pop_callback_module ->
        [_ | [module | _] = modules] = machine.modules
        {mode, enter?} = callback_mode(module)

        act(rest, wanted, %{
          machine
          | module: module,
            modules: modules,
            mode: mode,
            enter?: enter?
        })

      time when is_integer(time) or time == :infinity ->
        act(rest, set_timer(wanted, :timeout, time, time, []), machine)

      {:timeout, time, content} ->
        act(rest, set_timer(wanted, :timeout, time, content, []), machine)

      {:timeout, time, content, options} ->
        act(rest, set_timer(wanted, :timeout, time, content, options), machine)

      {:state_timeout, command} when command == :cancel ->
        act(rest, set_timer(wanted, :state_timeout, :infinity, nil, []), machine)

      {{:timeout, name}, :cancel} ->
        act(rest, set_timer(wanted, {:timeout, name}, :infinity, nil, []), machine)

      {type, :update, content} ->
        act(rest, %{wanted | timers: update_timer(wanted.timers, type, content, machine)}, machine)

      {:state_timeout, time, content} ->
        act(rest, set_timer(wanted, :state_timeout, time, content, []), machine)

      {:state_timeout, time, content, options} ->
        act(rest, set_timer(wanted, :state_timeout, time, content, options), machine)

      {{:timeout, name}, time, content} ->
        act(rest, set_timer(wanted, {:timeout, name}, time, content, []), machine)

      {{:timeout, name}, time, content, options} ->
        act(rest, set_timer(wanted, {:timeout, name}, time, content, options), machine)

      other ->
        {:error, {:bad_action_from_state_function, other}}
    end
  end

  defp act([], wanted, machine), do: {:ok, wanted, machine}

  # Of several timers of a type the last is meant.
  defp set_timer(wanted, type, time, content, options) do
    timers = :lists.keydelete(type, 1, wanted.timers)
    %{wanted | timers: timers ++ [{type, time, content, options}]}
  end

  # Another content for a timer of the same actions, for one that runs, or for one that fires at once.
  defp update_timer(timers, type, content, machine) do
    case :lists.keyfind(type, 1, timers) do
      {_, time, _, options} -> :lists.keyreplace(type, 1, timers, {type, time, content, options})
      false when is_map_key(machine.timers, type) -> timers ++ [{type, :update, content, []}]
      false -> timers ++ [{type, 0, content, []}]
    end
  end

  # Queue: what the actions inserted, then what the new state gets to see again, then the rest, then
  # timeouts of zero.
  defp settle(machine, event, wanted, changed?) do
    machine =
      if wanted.postpone, do: %{machine | postponed: [event | machine.postponed]}, else: machine

    machine =
      if changed? do
        queue = :lists.reverse(machine.postponed, machine.queue)
        cancel(%{machine | queue: queue, postponed: []}, :state_timeout)
      else
        machine
      end

    queue = :lists.reverse(wanted.events, machine.queue)
    machine = %{machine | queue: queue, hibernate: wanted.hibernate}
    {now, later} = Enum.split_with(wanted.timers, &match?({_, 0, _, []}, &1))
    machine = Enum.reduce(:lists.reverse(later), machine, &start_timer/2)
    loop(Enum.reduce(now, machine, &fire_timer/2))
  end

  defp start_timer({type, :infinity, _content, _options}, machine), do: cancel(machine, type)

  defp start_timer({type, :update, content, []}, machine) do
    {ref, _} = Map.fetch!(machine.timers, type)
    %{machine | timers: %{machine.timers | type => {ref, content}}}
  end

  defp start_timer({type, time, content, options}, machine) do
    machine = cancel(machine, type)
    ref = :erlang.start_timer(time, self(), type, options)
    %{machine | timers: Map.put(machine.timers, type, {ref, content})}
  end

  defp fire_timer({:timeout, 0, _content, []}, %{queue: [_ | _]} = machine), do: cancel(machine, :timeout)

  defp fire_timer({type, 0, content, []}, machine) do
    machine = cancel(machine, type)
    %{machine | queue: machine.queue ++ [{type, content}]}
  end

  defp cancel(machine, type) do
    case machine.timers do
      %{^type => {ref, _content}} ->
        # It may be in the mailbox already.
        if :erlang.cancel_timer(ref) == false do
          receive do
            {:timeout, ^ref, _} -> :ok
          after
            0 -> :ok
          end
        end

        %{machine | timers: Map.delete(machine.timers, type)}

      _ ->
        machine
    end
  end

  defp dispatch(callback) do
    try do
      {:ok, callback.()}
    catch
      :throw, value -> {:ok, value}
      class, reason -> {:EXIT, class, reason, __STACKTRACE__}
    end
  end

  ## Ending

  defp terminate(class, reason, stacktrace, %{module: module} = machine) do
    if :erlang.function_exported(module, :terminate, 3) do
      shown = exit_reason(class, reason, stacktrace)

      case dispatch(fn -> module.terminate(shown, machine.state, machine.data) end) do
        {:ok, _} ->
          :ok

        {:EXIT, class, reason, stacktrace} ->
          report(class, reason, stacktrace, machine)
          :erlang.raise(class, reason, stacktrace)
      end
    end

    report(class, reason, stacktrace, machine)

    if stacktrace == [], do: exit(reason), else: :erlang.raise(class, reason, stacktrace)
  end

  defp report(:exit, reason, _stacktrace, _machine) when reason == :normal or reason == :shutdown, do: :ok
  defp report(:exit, {:shutdown, _}, _stacktrace, _machine), do: :ok

  defp report(class, reason, stacktrace, machine), do: log_end(class, reason, stacktrace, machine)

  # Of a machine that does not run yet, an exit for any reason is reported.
  defp log_end(class, reason, stacktrace, machine) do
    %{name: name, module: module, event: event, mode: mode} = machine
    queue = if event == nil, do: machine.queue, else: [event | machine.queue]

    status =
      shown_status(module, %{
        state: machine.state,
        data: machine.data,
        reason: reason,
        queue: queue,
        postponed: machine.postponed,
        log: :sys.get_log(machine.debug)
      })

    :logger.error(
      %{
        label: {:gen_statem, :terminate},
        name: name,
        queue: status.queue,
        postponed: status.postponed,
        modules: machine.modules,
        callback_mode: mode,
        state_enter: machine.enter?,
        state: if(is_map_key(status, :shown), do: status.shown, else: {status.state, status.data}),
        timeouts: {map_size(machine.timers), :maps.to_list(machine.timers)},
        log: status.log,
        reason: {class, status.reason, stacktrace},
        client_info: client(event)
      },
      %{domain: [:otp], error_logger: %{tag: :error}}
    )
  end

  defp client({{:call, from}, _request}), do: :proc_lib.client_stacktrace(from)
  defp client(_event), do: :undefined

  # What the module wants to be seen of itself when it ends.
  defp shown_status(module, status) do
    try do
      cond do
        :erlang.function_exported(module, :format_status, 1) ->
          :maps.merge(status, module.format_status(status))

        :erlang.function_exported(module, :format_status, 2) ->
          args = [:erlang.get(), status.state, status.data]
          :maps.put(:shown, module.format_status(:terminate, args), status)

        true ->
          status
      end
    catch
      _, _ -> :maps.put(:shown, {status.state, "format_status failed"}, status)
    end
  end

  defp exit_reason(:error, reason, stacktrace), do: {reason, stacktrace}
  defp exit_reason(:exit, reason, _stacktrace), do: reason

  ## System messages

  def system_continue(_parent, debug, machine), do: loop(%{machine | debug: debug})

  def system_terminate(reason, _parent, _debug, machine) do
    terminate(:exit, reason, [], machine)
  end

  def system_get_state(%{state: state, data: data}), do: {:ok, {state, data}}

  def system_replace_state(fun, machine) do
    {state, data} = result = fun.({machine.state, machine.data})
    {:ok, result, %{machine | state: state, data: data}}
  end

  def system_code_change(%{module: module} = machine, _changed, vsn, extra) do
    case module.code_change(vsn, machine.state, machine.data, extra) do
      {:ok, state, data} -> {:ok, %{machine | state: state, data: data}}
      other -> other
    end
  end

  def format_status(_opt, [_dict, status, parent, _debug, machine]) do
    header = ~c"Status for state machine " ++ :gen.name_text(machine.name)

    [
      {:header, header},
      {:data,
       [
         {~c"Status", status},
         {~c"Parent", parent},
         {~c"Modules", machine.modules},
         {~c"Time-outs", {map_size(machine.timers), :maps.to_list(machine.timers)}},
         {~c"Logged Events", :sys.get_log(machine.debug)},
         {~c"Postponed", machine.postponed}
       ]}
      | shown_state(machine)
    ]
  end

  defp shown_state(%{module: module, state: state, data: data}) do
    cond do
      :erlang.function_exported(module, :format_status, 1) ->
        %{state: state, data: data} = module.format_status(%{state: state, data: data})
        [{:data, [{~c"State", {state, data}}]}]

      :erlang.function_exported(module, :format_status, 2) ->
        List.wrap(module.format_status(:normal, [:erlang.get(), state, data]))

      true ->
        [{:data, [{~c"State", {state, data}}]}]
    end
  end

  defp trace([], _name, _event), do: []
  defp trace(debug, name, event), do: :sys.handle_debug(debug, &print_event/3, name, event)

  defp print_event(device, event, name) do
    {format, args} =
      case event do
        {:in, event, state} -> {~c"*DBG* ~tp receive ~tp in state ~tp~n", [name, event, state]}
        {kind, event, state} -> {~c"*DBG* ~tp ~tp ~tp => ~tp~n", [name, kind, event, state]}
      end

    :io.format(device, format, args)
  end
end
