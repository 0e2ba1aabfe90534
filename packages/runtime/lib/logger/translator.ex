defmodule Logger.Translator do
  @moduledoc """
  Puts the reports of OTP, above all those of crashes, into Elixir's words.

  A translator is a module and a function of four arguments, the level of the logger, that of the event, `:report` or
  `:format`, and the data. It returns `{:ok, chardata}`, `{:ok, chardata, metadata}`, `:skip` or `:none`.
  """

  @callback translate(Logger.level(), Logger.level(), :format | :report, term) ::
              {:ok, iodata, keyword} | {:ok, iodata} | :skip | :none

  # What a supervisor calls its contexts.
  @contexts %{
    start_error: "failed to start",
    child_terminated: "terminated",
    shutdown: "caused shutdown",
    shutdown_error: "shut down abnormally"
  }

  @crash_keys %{
    message_queue_len: "Message Queue Length",
    messages: "Messages",
    links: "Links",
    dictionary: "Dictionary",
    trap_exit: "Trapping Exits",
    status: "Status",
    heap_size: "Heap Size",
    stack_size: "Stack Size",
    reductions: "Reductions"
  }

  # Reasons by which servers replace `:undef` when they log it.
  @undefined [:"module could not be loaded", :"function not exported"]

  @doc "The translation of OTP's own events."
  def translate(min_level, level, kind, message)

  def translate(min_level, _level, :report, {:logger, %{label: label} = report}) do
    case label do
      {:gen_server, :terminate} -> gen_server(min_level, report)
      {:gen_event, :terminate} -> gen_event(min_level, report)
      {:gen_statem, :terminate} -> gen_statem(min_level, report)
      _ -> :skip
    end
  end

  def translate(min_level, _level, :report, {{:proc_lib, :crash}, data}), do: crash(min_level, data)
  def translate(min_level, :error, :report, {:crash_report, data}), do: crash(min_level, data)

  def translate(min_level, _level, :report, {{:supervisor, :progress}, data}) do
    progress(min_level, data)
  end

  def translate(min_level, _level, :report, {{:supervisor, _}, data}), do: supervisor(min_level, data)

  def translate(min_level, :error, :report, {{:error_logger, :error_report}, data}) do
    supervisor(min_level, data)
  end

  def translate(min_level, :error, :report, {:supervisor_report, data}) do
    supervisor(min_level, data)
  end

  def translate(min_level, :info, :report, {:progress, [{:supervisor, _} | _] = data}) do
    progress(min_level, data)
  end

  def translate(_min_level, _level, :report, {kind, [application: app, started_at: node]})
      when kind in [:progress, {:application_controller, :progress}] do
    {:ok, ["Application ", Atom.to_string(app), " started at " | inspect(node)]}
  end

  def translate(_min_level, _level, :report, {kind, [application: app, exited: reason, type: _]})
      when kind in [:std_info, {:application_controller, :exit}] do
    {:ok, ["Application ", Atom.to_string(app), " exited: " | Application.format_error(reason)]}
  end

  def translate(_min_level, :error, :report, {{Task.Supervisor, :terminating}, %{} = report}) do
    %{name: name, starter: starter, function: function, args: args, reason: reason} = report
    opts = Application.get_env(:logger, :translator_inspect_opts)
    {formatted, reason} = reason(reason)

    label =
      case report do
        %{process_label: label} when label != :undefined ->
          ["\nProcess Label: ", inspect(label, opts)]

        _ ->
          []
      end

    text =
      ["Task ", inspect(name), " started from ", inspect(starter), " terminating", formatted, label] ++
        ["\nFunction: ", inspect(function, opts), "\n    Args: ", inspect(args, opts)]

    {:ok, text, [crash_reason: reason] ++ registered_name(name)}
  end

  def translate(min_level, :error, :format, {~c"** Generic server " ++ _, args}) do
    [name, last, state, reason | client] = args
    opts = Application.fetch_env!(:logger, :translator_inspect_opts)
    {formatted, reason} = reason(reason)

    text =
      ["GenServer ", inspect(name), " terminating", formatted] ++
        ["\nLast message", old_from(client), ": ", inspect(last, opts)]

    text =
      if min_level == :debug,
        do: [text, "\nState: ", inspect(state, opts) | old_client(client)],
        else: text

    {:ok, text, [crash_reason: reason] ++ registered_name(name)}
  end

  def translate(_min_level, :error, :format, {~c"Error in process " ++ _, [pid | rest]}) do
    case rest do
      [node, {reason, stack}] when is_atom(node) ->
        plain_process([inspect(pid), " on node ", inspect(node)], reason, stack)

      [{reason, stack}] ->
        plain_process(inspect(pid), reason, stack)

      _ ->
        :none
    end
  end

  def translate(_min_level, :debug, :report, {:logger, [{:formatter_error, formatter} | data]}) do
    case data[:caught] do
      {:throw, {:error, good, bad}, stacktrace} ->
        message =
          "bad return value from Logger formatter #{inspect(formatter)}, " <>
            "got #{inspect(bad)} after #{inspect(good)}"

        {:ok, Exception.format(:error, RuntimeError.exception(message), stacktrace)}

      _ ->
        :none
    end
  end

  def translate(_min_level, _level, _kind, _data), do: :none

  defp plain_process(shown, reason, stack) do
    exception = Exception.normalize(:error, reason, stack)
    text = ["Process ", shown, " raised an exception" | error(:error, exception, stack)]
    {:ok, text, [crash_reason: {exception, stack}]}
  end

  ## Servers

  defp gen_server(min_level, report) do
    %{name: name, last_message: last, state: state, reason: reason, client_info: client} = report
    opts = Application.fetch_env!(:logger, :translator_inspect_opts)
    {formatted, reason} = reason(reason)

    text =
      ["GenServer ", inspect(name), " terminating", formatted, label(report, opts)] ++
        ["\nLast message", from(client), ": ", inspect(last, opts)]

    text =
      if min_level == :debug,
        do: [text, "\nState: ", inspect(state, opts) | client(client)],
        else: text

    {:ok, text, [crash_reason: reason] ++ registered_name(name)}
  end

  defp gen_event(min_level, report) do
    %{handler: handler, name: name, last_message: last, state: state, reason: reason} = report
    opts = Application.fetch_env!(:logger, :translator_inspect_opts)

    {formatted, reason} =
      case reason do
        {:EXIT, why} -> reason(why)
        _ -> reason(reason)
      end

    text =
      [":gen_event handler ", inspect(handler), " installed in ", inspect(name), " terminating"] ++
        [formatted, label(report, opts), "\nLast message: ", inspect(last, opts)]

    text = if min_level == :debug, do: [text, "\nState: ", inspect(state, opts)], else: text
    {:ok, text, [crash_reason: reason] ++ registered_name(name)}
  end

  defp gen_statem(min_level, report) do
    %{name: name, reason: {kind, reason, stack}, client_info: client} = report
    opts = Application.get_env(:logger, :translator_inspect_opts)
    {formatted, reason} = reason(exit_reason(kind, reason, stack))

    text =
      [":gen_statem ", inspect(name), " terminating", formatted, label(report, opts)] ++
        ["\nQueue: ", inspect(report.queue, opts), "\nPostponed: ", inspect(report.postponed, opts)]

    text =
      if min_level == :debug do
        mode = [inspect(report.callback_mode, opts), ", state_enter: ", to_string(report.state_enter)]
        [text, "\nState: ", inspect(report.state, opts), "\nCallback mode: ", mode | client(client)]
      else
        text
      end

    {:ok, text, [crash_reason: reason] ++ registered_name(name)}
  end

  defp label(%{process_label: label}, opts) when label != :undefined do
    ["\nProcess Label: ", inspect(label, opts)]
  end

  defp label(_report, _opts), do: []

  defp from({_, {name, _}}), do: [" (from ", inspect(name), ")"]
  defp from({pid, _}), do: [" (from ", inspect(pid), ")"]
  defp from(_), do: []

  defp client({pid, :dead}), do: ["\nClient ", inspect(pid), " is dead"]

  defp client({pid, :remote}) do
    ["\nClient ", inspect(pid), " is remote on node ", inspect(node(pid))]
  end

  defp client({_, {name, stack}}) do
    ["\nClient ", inspect(name), " is alive\n" | stacktrace(stack)]
  end

  defp client(_), do: []

  defp old_from([]), do: ""
  defp old_from([pid]), do: [" (from ", inspect(pid), ")"]
  defp old_from([pid, stack]) when is_list(stack), do: [" (from ", inspect(pid), ")"]

  defp old_from([pid, node]) when is_atom(node) do
    [" (from ", inspect(pid), " on ", inspect(node), ")"]
  end

  defp old_client([pid]), do: ["\nClient ", inspect(pid), " is dead"]

  defp old_client([pid, stack]) when is_list(stack) do
    ["\nClient ", inspect(pid), " is alive\n" | stacktrace(stack)]
  end

  defp old_client(_), do: []

  ## Supervisors

  defp progress(min_level, supervisor: name, started: [{:pid, pid} | child]) do
    {id, child} = Keyword.pop(child, :id, :none)
    of = if id == :none, do: ["Child of Supervisor "], else: ["Child ", inspect(id), " of Supervisor "]

    {:ok,
     of ++
       [supervisor_name(name), " started\nPid: ", inspect(pid)] ++
       child_info(min_level, child)}
  end

  defp progress(_min_level, _other), do: :none

  defp supervisor(min_level, supervisor: name, errorContext: context, reason: reason, offender: child) do
    exit = ["\n** (exit) ", offence(reason, context)]
    what = [supervisor_name(name), ?\s, Map.fetch!(@contexts, context)]
    of = [" of Supervisor " | what]

    case child do
      [{:pid, pid}, {:id, id} | child] ->
        pid = if is_pid(pid) and context != :shutdown, do: ["\nPid: ", inspect(pid)], else: []
        {:ok, ["Child ", inspect(id), of, exit, pid] ++ child_info(min_level, child)}

      [{:nb_children, count}, {:id, id} | child] ->
        number = ["\nNumber: ", Integer.to_string(count)]
        {:ok, ["Children ", inspect(id), of, exit, number] ++ child_info(min_level, child)}

      [{:pid, pid} | child] ->
        {:ok, ["Child of Supervisor ", what, exit, "\nPid: ", inspect(pid)] ++ child_info(min_level, child)}
    end
  end

  defp supervisor(_min_level, _other), do: :none

  defp offence({:EXIT, reason}, :start_error), do: Exception.format_exit(reason)
  defp offence(reason, _context), do: Exception.format_exit(reason)

  defp supervisor_name({scope, name}) when scope in [:local, :global], do: inspect(name)
  defp supervisor_name({:via, _, name}), do: inspect(name)
  defp supervisor_name({pid, module}), do: [inspect(pid), " (", inspect(module), ?)]
  defp supervisor_name(other), do: inspect(other)

  defp child_info(min_level, [{key, {module, function, args}} | rest]) when key in [:mfargs, :mfa] do
    ["\nStart Call: ", mfa(module, function, args) | child_rest(min_level, rest)]
  end

  defp child_info(min_level, [{:mod, module} | rest]) do
    ["\nStart Module: ", inspect(module) | child_rest(min_level, rest)]
  end

  defp child_info(_min_level, _child), do: []

  defp child_rest(:debug, rest) do
    for {key, value} <- rest do
      case key do
        :restart_type -> ["\nRestart: " | inspect(value)]
        :shutdown -> ["\nShutdown: " | inspect(value)]
        :child_type -> ["\nType: " | inspect(value)]
        :significant when value == true -> "\nSignificant: true"
        _ -> []
      end
    end
  end

  defp child_rest(_min_level, _rest), do: []

  defp mfa(module, function, :undefined) do
    [inspect(module), ?., Macro.inspect_atom(:remote_call, function) | "/?"]
  end

  defp mfa(module, function, args), do: Exception.format_mfa(module, function, args)

  ## Crashes of processes started by `:proc_lib`

  defp crash(min_level, [[{:initial_call, call} | crashed], linked]) do
    mfa =
      case call do
        {kind, module, _} when kind in [:supervisor, :supervisor_bridge] -> {module, :init, 1}
        {module, function, args} when is_list(args) -> {module, function, length(args)}
        other -> other
      end

    crash(min_level, crashed, [initial_call: mfa], linked)
  end

  defp crash(min_level, [crashed, linked]), do: crash(min_level, crashed, [], linked)

  defp crash(min_level, crashed, first, linked) do
    {pid, crashed} = Keyword.pop_first(crashed, :pid)
    {name, crashed} = Keyword.pop_first(crashed, :registered_name)
    {{kind, reason, stack}, crashed} = Keyword.pop_first(crashed, :error_info)
    dictionary = crashed[:dictionary]
    reason = Exception.normalize(kind, reason, stack)

    if Keyword.get(dictionary, :logger_enabled, true) do
      shown = if name == [], do: inspect(pid), else: [inspect(name), " (", inspect(pid), ?)]

      text =
        ["Process ", shown, " terminating", error(kind, reason, stack)] ++
          [crash_info(min_level, first ++ crashed, "\n"), neighbours(min_level, linked)]

      meta =
        [crash_reason: exit_reason(kind, reason, stack)] ++
          given(:callers, dictionary[:"$callers"]) ++ given(:ancestors, crashed[:ancestors]) ++ first

      own = Keyword.get(dictionary, :"$logger_metadata$", %{})
      {:ok, text, registered_name(name) ++ meta ++ Map.to_list(own)}
    else
      :skip
    end
  end

  defp given(_key, nil), do: []
  defp given(key, value), do: [{key, value}]

  defp crash_info(min_level, info, prefix), do: Enum.map(info, &crash_line(min_level, &1, prefix))

  defp crash_line(_, {:initial_call, false}, _prefix), do: []
  defp crash_line(_, {:initial_call, call}, prefix), do: [prefix, "Initial Call: ", call(call)]
  defp crash_line(_, {:current_function, []}, _prefix), do: []
  defp crash_line(_, {:current_function, call}, prefix), do: [prefix, "Current Call: ", call(call)]
  defp crash_line(_, {:ancestors, pids}, prefix), do: [prefix, "Ancestors: ", inspect(pids)]
  defp crash_line(_, {:process_label, :undefined}, _prefix), do: []
  defp crash_line(_, {:process_label, label}, prefix), do: [prefix, "Process Label: ", inspect(label)]

  defp crash_line(:debug, {:current_stacktrace, stack}, prefix) do
    lines = Enum.map(stack, &[prefix, "    " | Exception.format_stacktrace_entry(&1)])
    [prefix, "Current Stacktrace:" | lines]
  end

  defp crash_line(:debug, {key, value}, prefix) do
    [prefix, Map.fetch!(@crash_keys, key), ": ", inspect(value)]
  end

  defp crash_line(_, _, _prefix), do: []

  defp call({module, function, args}) when is_list(args), do: mfa(module, function, length(args))
  defp call({module, function, arity}), do: mfa(module, function, arity)

  defp neighbours(_min_level, []), do: []

  defp neighbours(min_level, linked) do
    [
      "\nNeighbours:"
      | for {:neighbour, [{:pid, pid}, {:registered_name, name} | info]} <- linked do
          shown = if name == [], do: inspect(pid), else: [inspect(name), " (", inspect(pid), ")"]
          ["\n    ", shown, crash_info(min_level, info, "\n        ")]
        end
    ]
  end

  ## Reasons

  # A reason with a stack trace is an error; all others are told as exits.
  defp reason({error, [_ | _] = stack} = reason) do
    try do
      stacktrace(stack)
    catch
      :error, _ -> {stop(reason), {reason, []}}
    else
      shown ->
        {banner, error} = normalized(error, stack)
        {[banner | shown], {error, stack}}
    end
  end

  defp reason(reason), do: {stop(reason), {reason, []}}

  defp stop(reason), do: ["\n** (stop) " | Exception.format_exit(reason)]

  defp normalized(undefined, [{module, function, args, _} | _] = stack)
       when undefined in @undefined and is_atom(module) and is_atom(function) do
    case if(is_list(args), do: length(args), else: args) do
      arity when is_integer(arity) ->
        opts = [module: module, function: function, arity: arity, reason: undefined]
        exception = UndefinedFunctionError.exception(opts)
        {[?\n | Exception.format_banner(:error, exception, stack)], exception}

      _ ->
        {stop(undefined), undefined}
    end
  end

  defp normalized(reason, stack) do
    exception = if is_exception(reason), do: reason, else: Exception.normalize(:error, reason, stack)

    case exception do
      %ErlangError{} when not is_exception(reason) -> {stop(reason), reason}
      _ -> {[?\n | Exception.format_banner(:error, exception, stack)], exception}
    end
  end

  defp exit_reason(:throw, value, stack), do: {{:nocatch, value}, stack}
  defp exit_reason(:exit, reason, []), do: reason
  defp exit_reason(_kind, reason, stack), do: {reason, stack}

  defp error(kind, reason, stack) do
    [?\n, Exception.format_banner(kind, reason, stack) | stacktrace(stack)]
  end

  defp stacktrace(stack) do
    for entry <- stack, do: ["\n    " | Exception.format_stacktrace_entry(entry)]
  end

  defp registered_name(name) when is_atom(name), do: [registered_name: name]
  defp registered_name(_name), do: []
end
