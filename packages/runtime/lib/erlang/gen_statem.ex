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
      due: [],
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
      # Timeouts of zero, which come when no other event is left.
      due: [],
      hibernate: false,
      hibernate_after: :gen.hibernate_after(options),
      debug: :gen.debug_options(name, options)
    }
  end

  defp callback_mode!(full_name, module, state, data) do
    with {:EXIT, class, reason, stacktrace} <- callback_mode(module) do
      log_end(class, reason, stacktrace, %{unready(full_name, module) | state: state, data: data, event: @first})
      :erlang.raise(class, reason, stacktrace)
    end
  end

  defp callback_mode(module) do
    with {:ok, given} <- dispatch(fn -> module.callback_mode() end) do
      modes = List.wrap(given)

      case Enum.find(modes, &(&1 in [:state_functions, :handle_event_function])) do
        nil -> {:EXIT, :exit, {:bad_return_from_callback_mode, given}, @stack}
        mode -> {mode, :state_enter in modes}
      end
    end
  end

  # The start counts as entering the first state from itself.
  defp first(%{module: module, state: state} = machine, actions) do
    debug = trace(machine.debug, machine.name, {:enter, module, state})
    transition(%{machine | event: @first, debug: debug}, @first, state, machine.data, actions, :enter)
  end

  ## The loop

  defp loop(%{queue: [event | queue]} = machine), do: handle(event, %{machine | queue: queue})

  defp loop(%{due: [event | due]} = machine), do: handle(event, %{machine | due: due})

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
        received({type, content}, machine)

      _ ->
        received({:info, {:timeout, ref, type}}, machine)
    end
  end

  defp message({:"$gen_call", from, request}, machine),
    do: received({{:call, from}, request}, machine)

  defp message({:"$gen_cast", request}, machine), do: received({:cast, request}, machine)
  defp message(other, machine), do: received({:info, other}, machine)

  defp received(event, machine), do: handle(event, traced_in(event, machine))

  defp traced_in(event, %{debug: debug, name: name, state: state} = machine) do
    %{machine | debug: trace(debug, name, {:in, event, state})}
  end

  defp handle({type, content} = event, machine) do
    # Any event ends the wait for the next one.
    machine = if type == :timeout, do: machine, else: cancel(machine, :timeout)
    %{module: module, mode: mode, state: state, data: data} = machine
    machine = %{machine | event: event}

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

  defp reply_and_terminate(reason, replies, machine) when is_list(replies) do
    case replies do
      [] -> terminate(:exit, reason, [], machine)
      [{:reply, from, reply} | rest] -> reply_and_terminate(reason, rest, answer(from, reply, machine))
      [other | _] -> terminate(:error, {:bad_reply_action_from_state_function, other}, @stack, machine)
    end
  end

  defp reply_and_terminate(reason, reply, machine), do: reply_and_terminate(reason, [reply], machine)

  defp answer(from, reply, machine) do
    :gen.reply(from, reply)
    %{machine | debug: trace(machine.debug, machine.name, {:out, reply, from})}
  end

  ## Transitions

  # What a callback asked for: events for the front of the queue, timers, whether to postpone.
  defp transition(machine, event, state, data, actions, enter) do
    changed? = state !== machine.state
    previous = machine.state
    wanted = %{events: [], timers: [], postpone: false, hibernate: false, entering: false, before: machine}

    case act(List.wrap(actions), wanted, %{machine | state: state, data: data}) do
      {:ok, wanted, machine} ->
        kind = if wanted.postpone, do: :postpone, else: :consume
        debug = trace(machine.debug, machine.name, {kind, event, previous, state})
        machine = %{machine | debug: debug}

        if enter == :enter and machine.enter?,
          do: entered(machine, previous, event, %{wanted | entering: true}, changed?),
          else: settle(machine, event, wanted, changed?)

      {:EXIT, class, reason, stacktrace} ->
        terminate(class, reason, stacktrace, %{machine | state: state, data: data})
    end
  end

  # The state's own call on entry may act, but neither change the state nor postpone or insert events.
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

      {:ok, {:repeat_state, data}} ->
        act_on_entry(machine, data, [], wanted, &entered(&1, previous, event, &2, changed?))

      {:ok, {:repeat_state, data, actions}} ->
        act_on_entry(machine, data, actions, wanted, &entered(&1, previous, event, &2, changed?))

      {:ok, result} when is_tuple(result) and elem(result, 0) == :next_state ->
        terminate(:error, {:bad_state_enter_return_from_state_function, result}, @stack, machine)

      {:ok, other} ->
        stop(other, machine)

      # What fails while it enters a state has not left the one before.
      {:EXIT, class, reason, stacktrace} ->
        terminate(class, reason, stacktrace, Map.merge(machine, Map.take(wanted.before, [:state, :data])))
    end
  end

  defp act_on_entry(machine, data, actions, event, wanted, changed?) do
    act_on_entry(machine, data, actions, wanted, &settle(&1, event, &2, changed?))
  end

  defp act_on_entry(machine, data, actions, wanted, next) do
    machine = %{machine | data: data}

    case act(List.wrap(actions), wanted, machine) do
      {:ok, wanted, machine} -> next.(machine, wanted)
      {:EXIT, class, reason, stacktrace} -> terminate(class, reason, stacktrace, machine)
    end
  end

  defguardp is_timer(type)
            when type == :timeout or type == :state_timeout or
                   (is_tuple(type) and tuple_size(type) == 2 and elem(type, 0) == :timeout)

  defguardp is_event(type)
            when is_timer(type) or type in [:cast, :info, :internal] or
                   (is_tuple(type) and tuple_size(type) == 2 and elem(type, 0) == :call and
                      is_tuple(elem(type, 1)) and tuple_size(elem(type, 1)) == 2 and is_pid(elem(elem(type, 1), 0)))

  defguardp is_duration(time) when time == :infinity or (is_integer(time) and time >= 0)

  @changes_of_module [:change_callback_module, :push_callback_module]

  defp act([action | rest], %{entering: entering} = wanted, machine) do
    case action do
      {:reply, {pid, _} = from, reply} when is_pid(pid) ->
        act(rest, wanted, answer(from, reply, machine))

      :postpone when not entering ->
        act(rest, %{wanted | postpone: true}, machine)

      {:postpone, flag} when flag == false or (flag == true and not entering) ->
        act(rest, %{wanted | postpone: flag}, machine)

      {:next_event, type, content} when not entering and is_event(type) ->
        act(rest, %{wanted | events: [{type, content} | wanted.events]}, machine)

      :hibernate ->
        act(rest, %{wanted | hibernate: true}, machine)

      {:hibernate, flag} when is_boolean(flag) ->
        act(rest, %{wanted | hibernate: flag}, machine)

      {kind, module} when kind in @changes_of_module and is_atom(module) and not entering ->
        below = if kind == :push_callback_module, do: machine.modules, else: tl(machine.modules)
        change_module(rest, wanted, machine, [module | below])

      :pop_callback_module when tl(machine.modules) != [] and not entering ->
        change_module(rest, wanted, machine, tl(machine.modules))

      time when is_duration(time) ->
        act(rest, set_timer(wanted, :timeout, time, time, []), machine)

      {type, :cancel} when is_timer(type) ->
        act(rest, set_timer(wanted, type, :infinity, nil, []), machine)

      {type, :update, content} when is_timer(type) ->
        act(rest, %{wanted | timers: update_timer(wanted.timers, type, content, machine)}, machine)

      {type, time, content} when is_timer(type) and is_duration(time) ->
        act(rest, set_timer(wanted, type, time, content, []), machine)

      {type, time, content, options} when is_timer(type) and (is_integer(time) or time == :infinity) ->
        options = List.wrap(options)

        case Enum.uniq(options) -- [{:abs, true}, {:abs, false}] do
          [] when time >= 0 or hd(options) == {:abs, true} ->
            act(rest, set_timer(wanted, type, time, content, options), machine)

          _ ->
            bad_action(action)
        end

      _ when entering and
               (action == :postpone or (is_tuple(action) and elem(action, 0) in [:next_event | @changes_of_module])) ->
        {:EXIT, :error, {:bad_state_enter_action_from_state_function, action}, @stack}

      _ ->
        bad_action(action)
    end
  end

  defp act([], wanted, machine), do: {:ok, wanted, machine}

  defp bad_action(action), do: {:EXIT, :error, {:bad_action_from_state_function, action}, @stack}

  defp change_module(rest, wanted, machine, [module | _] = modules) do
    with {mode, enter?} when is_boolean(enter?) <- callback_mode(module) do
      act(rest, wanted, %{machine | module: module, modules: modules, mode: mode, enter?: enter?})
    end
  end

  # Of several timers of a type the last is meant.
  defp set_timer(wanted, type, time, content, options) do
    timers = :lists.keydelete(type, 1, wanted.timers)
    %{wanted | timers: timers ++ [{type, time, content, options}]}
  end

  # Another content for a timer of the same actions, for one that runs, or for one that fires at once.
  defp update_timer(timers, type, content, machine) do
    case :lists.keyfind(type, 1, timers) do
      {_, time, _, options} -> :lists.keyreplace(type, 1, timers, {type, time, content, options})
      false -> timers ++ [{type, if(running?(type, machine), do: :update, else: 0), content, []}]
    end
  end

  defp running?(type, machine), do: is_map_key(machine.timers, type) or :lists.keymember(type, 1, machine.due)

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
    case machine.timers do
      %{^type => {ref, _}} -> %{machine | timers: %{machine.timers | type => {ref, content}}}
      # A change of the state has ended it.
      _ when not is_map_key(machine.timers, type) and machine.due == [] -> fire_timer({type, 0, content, []}, machine)
      _ -> %{machine | due: :lists.keyreplace(type, 1, machine.due, {type, content})}
    end
  end

  defp start_timer({type, time, content, options}, machine) do
    machine = cancel(machine, type)
    ref = :erlang.start_timer(time, self(), type, options)
    debug = trace(machine.debug, machine.name, {:start_timer, {type, time, content, options}, machine.state})
    %{machine | timers: Map.put(machine.timers, type, {ref, content}), debug: debug}
  end

  defp fire_timer({:timeout, 0, _content, []}, %{queue: [_ | _]} = machine), do: cancel(machine, :timeout)

  defp fire_timer({type, 0, content, []}, machine) do
    machine = cancel(machine, type)
    event = {type, content}
    debug = trace(machine.debug, machine.name, {:start_timer, {type, 0, content, []}, machine.state})
    traced_in(event, %{machine | due: machine.due ++ [event], debug: debug})
  end

  defp cancel(machine, type) do
    machine = if machine.due == [], do: machine, else: %{machine | due: :lists.keydelete(type, 1, machine.due)}

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
      case dispatch(fn -> module.terminate(reason, machine.state, machine.data) end) do
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

  # What is wanted is traced, what is not is logged.
  defp report(:exit, reason, _stacktrace, machine) when reason == :normal or reason == :shutdown,
    do: trace_end(reason, machine)

  defp report(:exit, {:shutdown, _} = reason, _stacktrace, machine), do: trace_end(reason, machine)
  defp report(class, reason, stacktrace, machine), do: log_end(class, reason, stacktrace, machine)

  defp trace_end(reason, machine), do: trace(machine.debug, machine.name, {:terminate, reason, machine.state})

  # Of a machine that does not run yet, an exit for any reason is reported.
  defp log_end(class, reason, stacktrace, machine) do
    %{name: name, module: module, event: event, mode: mode} = machine
    queue = if event == nil, do: machine.queue, else: [event | machine.queue]

    status = %{
      state: machine.state,
      data: machine.data,
      reason: reason,
      queue: queue,
      postponed: machine.postponed,
      log: :sys.get_log(machine.debug)
    }

    status = :gen.format_status(module, :terminate, status, [:erlang.get(), machine.state, machine.data])

    :logger.error(
      %{
        label: {:gen_statem, :terminate},
        name: name,
        queue: status.queue,
        postponed: status.postponed,
        modules: machine.modules,
        callback_mode: mode,
        state_enter: machine.enter?,
        state: :maps.get(:"$status", status, {status.state, status.data}),
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

  defp exit_reason(:error, reason, stacktrace), do: {reason, stacktrace}
  defp exit_reason(:exit, reason, _stacktrace), do: reason

  ## System messages

  def system_continue(_parent, debug, machine), do: loop(%{machine | debug: debug})

  def system_terminate(reason, _parent, _debug, machine) do
    terminate(:exit, reason, [], %{machine | event: nil})
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

  def format_status(opt, [dictionary, status, parent, debug, %{state: state, data: data} = machine]) do
    shown = %{
      state: state,
      data: data,
      postponed: machine.postponed,
      timeouts: for({kind, {_ref, content}} <- :lists.reverse(:maps.to_list(machine.timers)), do: {kind, content}),
      log: :sys.get_log(debug)
    }

    shown = :gen.format_status(machine.module, opt, shown, [dictionary, state, data])

    own =
      case shown do
        %{EXIT: crashed} -> [data: [{~c"State", {state, crashed}}]]
        %{:"$status" => own} -> List.wrap(own)
        _ -> [data: [{~c"State", {shown.state, shown.data}}]]
      end

    facts = [
      {~c"Status", status},
      {~c"Parent", parent},
      {~c"Modules", machine.modules},
      {~c"Time-outs", {map_size(machine.timers), shown.timeouts}},
      {~c"Logged Events", shown.log},
      {~c"Postponed", shown.postponed}
    ]

    [{:header, ~c"Status for state machine " ++ :gen.name_text(machine.name)}, {:data, facts} | own]
  end

  defp trace([], _name, _event), do: []
  defp trace(debug, name, event), do: :sys.handle_debug(debug, &print_event/3, name, event)

  defp print_event(device, event, name) do
    {format, args} = described(event)
    :io.format(device, ~c"*DBG* ~tp " ++ format ++ ~c"~n", [name | args])
  end

  defp described({:in, event, state}), do: {~c"receive ~ts in state ~tp", [event_text(event), state]}
  defp described({:out, reply, {to, _tag}}), do: {~c"send ~tp to ~tw", [reply, to]}
  defp described({kind, event, state, state}), do: {~c"~tw ~ts in state ~tp", [kind, event_text(event), state]}

  defp described({kind, event, state, next}) do
    {~c"~tw ~ts in state ~tp => ~tp", [kind, event_text(event), state, next]}
  end

  defp described({kind, what, state}), do: {~c"~tw ~tp in state ~tp", [kind, what, state]}

  defp event_text({{:call, {pid, _tag}}, request}), do: :io_lib.format(~c"call ~tp from ~tw", [request, pid])
  defp event_text({type, content}), do: :io_lib.format(~c"~tw ~tp", [type, content])
end
