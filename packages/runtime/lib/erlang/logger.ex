# Erlang's logger: events pass the primary filters, then each handler's, in the process that logs.
#
# The configuration lies in three persistent terms, made when first asked for, so that a program that never logs
# loads nothing of Logger: `allow` looks at two of them, and only a message that is let through meets a handler.
defmodule :logger do
  @moduledoc false

  @primary {:logger, :primary}
  @handlers {:logger, :handlers}
  @levels {:logger, :module_levels}

  @level_names [:emergency, :alert, :critical, :error, :warning, :notice, :info, :debug]

  defguardp is_filter_result(result) when result == :log or result == :stop

  ## Logging

  for level <- @level_names do
    def unquote(level)(message), do: log(unquote(level), message)
    def unquote(level)(message, metadata), do: log(unquote(level), message, metadata)
    def unquote(level)(format, args, metadata), do: log(unquote(level), format, args, metadata)
  end

  def log(level, message), do: log(level, message, %{})

  def log(level, message, metadata) when is_map(metadata) do
    if allowed?(level), do: log_allowed(level, message, metadata), else: :ok
  end

  def log(level, format, args), do: log(level, format, args, %{})

  def log(level, format, args, metadata) do
    if allowed?(level), do: log_allowed(level, format, args, metadata), else: :ok
  end

  def macro_log(location, level, message), do: macro_log(location, level, message, %{})

  def macro_log(location, level, message, metadata) when is_map(metadata) do
    log_allowed(level, message, :maps.merge(location, metadata))
  end

  def macro_log(location, level, format, args), do: macro_log(location, level, format, args, %{})

  def macro_log(location, level, format, args, metadata) do
    log_allowed(level, format, args, :maps.merge(location, metadata))
  end

  def log_allowed(level, {fun, arg}, metadata) when is_function(fun, 1) do
    log_lazily(level, fun, arg, metadata)
  end

  def log_allowed(level, message, metadata), do: emit(level, message(message), metadata)

  def log_allowed(level, fun, args, metadata) when is_function(fun, 1) do
    log_lazily(level, fun, args, metadata)
  end

  def log_allowed(level, format, args, metadata), do: emit(level, {format, args}, metadata)

  defp log_lazily(level, fun, arg, metadata) do
    try do
      fun.(arg)
    catch
      kind, reason ->
        emit(level, {~c"LAZY_FUN CRASH: ~tp; Reason: ~tp", [{fun, arg}, {kind, reason}]}, metadata)
    else
      :ignore -> :ok
      {result, extra} when is_map(extra) -> lazy_result(level, result, :maps.merge(metadata, extra))
      result -> lazy_result(level, result, metadata)
    end
  end

  defp lazy_result(_level, :ignore, _metadata), do: :ok

  defp lazy_result(level, {format, args}, metadata) when is_list(args) do
    emit(level, {format, args}, metadata)
  end

  defp lazy_result(level, result, metadata), do: emit(level, message(result), metadata)

  defp message(text) when is_binary(text), do: {:string, text}
  defp message(report) when is_map(report), do: {:report, report}

  defp message(list) when is_list(list) do
    if report?(list), do: {:report, list}, else: {:string, list}
  end

  defp message(other), do: {~c"~tp", [other]}

  defp report?([{key, _} | rest]) when is_atom(key), do: rest == [] or report?(rest)
  defp report?(_other), do: false

  @doc false
  # Whether reports of SASL's domain get past the filters: making one costs.
  def sasl? do
    case :lists.keyfind(:logger_translator, 1, primary().filters) do
      {_, {_, %{sasl: false}}} -> false
      _ -> allowed?(:error) and handlers() != []
    end
  end

  defp emit(level, message, metadata) do
    case handlers() do
      [] ->
        :ok

      handlers ->
        primary = primary()
        event = %{level: level, msg: message, meta: complete(metadata, primary.metadata)}

        case filtered(primary.filters, event, primary.filter_default) do
          :stop -> :ok
          event -> hand_over(handlers, event)
        end
    end
  end

  defp complete(metadata, primary_metadata) do
    process_metadata =
      case get_process_metadata() do
        :undefined -> primary_metadata
        own -> :maps.merge(primary_metadata, own)
      end

    defaults = %{pid: self(), gl: :erlang.group_leader(), time: timestamp()}
    :maps.merge(defaults, :maps.merge(process_metadata, metadata))
  end

  defp hand_over([{id, handler} | rest], event) do
    if passes?(event.level, handler.level) do
      case filtered(handler.filters, event, handler.filter_default) do
        :stop -> :ok
        filtered -> call_handler(id, handler, filtered)
      end
    end

    hand_over(rest, event)
  end

  defp hand_over([], _event), do: :ok

  # A handler that fails is taken out, so that it fails once.
  defp call_handler(id, %{module: module} = handler, event) do
    try do
      module.log(event, handler)
      :ok
    catch
      kind, reason ->
        stacktrace = __STACKTRACE__
        remove_handler(id)

        log(:error, [
          {:logger, :removed_failing_handler},
          {:handler, {id, module}},
          {:log_event, event},
          {:config, handler},
          {:reason, {kind, reason, stacktrace}}
        ])

        :ok
    end
  end

  defp filtered([], event, :log), do: event
  defp filtered([], _event, :stop), do: :stop

  defp filtered(filters, event, default) do
    case apply_filters(filters, event, :ignore) do
      {:ignore, event} -> if default == :log, do: event, else: :stop
      {:log, event} -> event
      :stop -> :stop
    end
  end

  defp apply_filters([{id, {fun, argument}} | rest], event, verdict) do
    try do
      fun.(event, argument)
    catch
      _, _ ->
        remove_filter_everywhere(id)
        apply_filters(rest, event, verdict)
    else
      :stop -> :stop
      :ignore -> apply_filters(rest, event, verdict)
      %{level: _, msg: _, meta: _} = event -> apply_filters(rest, event, :log)
      _ -> apply_filters(rest, event, verdict)
    end
  end

  defp apply_filters([], event, verdict), do: {verdict, event}

  defp remove_filter_everywhere(id) do
    remove_primary_filter(id)
    for {handler, _} <- handlers(), do: remove_handler_filter(handler, id)
  end

  ## Crashes of plain processes, which the runtime tells

  @doc false
  def crash_logger do
    receive do
      {:crash, pid, leader, reason} ->
        :erlang.group_leader(leader, self())

        try do
          log(:error, ~c"Error in process ~p with exit value:~n~p~n", [pid, reason], %{
            pid: pid,
            gl: leader,
            error_logger: %{emulator: true, tag: :error}
          })
        catch
          _, _ -> :ok
        end

        crash_logger()

      {:flush, from, ref} ->
        :erlang.send(from, {ref, :ok})
        crash_logger()
    end
  end

  @doc false
  def await_crashes do
    case :erlang.whereis(:logger) do
      logger when is_pid(logger) and logger != self() ->
        ref = :erlang.monitor(:process, logger)
        :erlang.send(logger, {:flush, self(), ref})

        receive do
          {^ref, :ok} -> :erlang.demonitor(ref, [:flush])
          {:DOWN, ^ref, _, _, _} -> true
        end

        :ok

      _ ->
        :ok
    end
  end

  ## Levels

  def allow(level, module) do
    case module_levels() do
      %{^module => own} -> passes?(level, own)
      _ -> allowed?(level)
    end
  end

  def allow(level), do: allowed?(level)

  defp allowed?(level), do: passes?(level, primary().level)

  defp passes?(level, limit), do: rank(level) <= rank(limit)

  def compare_levels(same, same), do: :eq

  def compare_levels(left, right) do
    case {severity(left), severity(right)} do
      {left, right} when left < right -> :gt
      {left, right} when left > right -> :lt
      _ -> :eq
    end
  end

  for {level, severity} <- Enum.with_index(@level_names) do
    defp rank(unquote(level)), do: unquote(severity)
  end

  defp rank(:all), do: 10
  defp rank(:none), do: -1

  defp severity(level), do: if(level?(level), do: rank(level), else: :erlang.error({:badarg, level}))

  defp level?(level), do: level in @level_names or level == :all or level == :none

  defp module_levels, do: :persistent_term.get(@levels, %{})

  def set_module_level(module, level) when is_atom(module), do: set_module_level([module], level)

  def set_module_level(modules, level) do
    cond do
      not is_list(modules) or not :lists.all(&is_atom/1, modules) ->
        {:error, {:not_a_list_of_modules, modules}}

      not level?(level) ->
        {:error, {:invalid_level, level}}

      true ->
        levels = :lists.foldl(&:maps.put(&1, level, &2), module_levels(), modules)
        :persistent_term.put(@levels, levels)
        :ok
    end
  end

  def unset_module_level do
    :persistent_term.put(@levels, %{})
    :ok
  end

  def unset_module_level(module) when is_atom(module), do: unset_module_level([module])

  def unset_module_level(modules) do
    :persistent_term.put(@levels, :maps.without(modules, module_levels()))
    :ok
  end

  def get_module_level, do: :maps.to_list(module_levels())
  def get_module_level(module) when is_atom(module), do: get_module_level([module])
  def get_module_level(modules), do: :maps.to_list(:maps.with(modules, module_levels()))

  def set_application_level(app, level) do
    case :application.get_key(app, :modules) do
      {:ok, modules} -> set_module_level(modules, level)
      :undefined -> {:error, {:not_loaded, app}}
    end
  end

  def unset_application_level(app) do
    case :application.get_key(app, :modules) do
      {:ok, modules} -> unset_module_level(modules)
      :undefined -> {:error, {:not_loaded, app}}
    end
  end

  ## Primary configuration

  defp primary do
    case :persistent_term.get(@primary, :none) do
      :none -> default_primary()
      primary -> primary
    end
  end

  defp default_primary do
    translator = %{
      otp: :application.get_env(:logger, :handle_otp_reports, true),
      sasl: :application.get_env(:logger, :handle_sasl_reports, false),
      translators: :application.get_env(:logger, :translators, [{Logger.Translator, :translate}])
    }

    primary = %{
      level: :application.get_env(:logger, :level, :debug),
      metadata: :maps.from_list(:application.get_env(:logger, :metadata, [])),
      filter_default: :log,
      filters: [
        logger_translator: {&Logger.Utils.translator/2, translator},
        logger_process_level: {&Logger.Utils.process_level/2, []}
      ]
    }

    :persistent_term.put(@primary, primary)
    primary
  end

  def get_primary_config, do: primary()

  def set_primary_config(config) when is_map(config) do
    default = %{level: :notice, filter_default: :log, filters: [], metadata: %{}}
    change_primary(:maps.merge(default, config), :maps.to_list(config))
  end

  def set_primary_config(key, value), do: change_primary(primary(), [{key, value}])

  def update_primary_config(config), do: change_primary(primary(), :maps.to_list(config))

  defp change_primary(primary, [{key, value} | rest]) do
    case check(key, value) do
      :ok when key in [:level, :filters, :filter_default, :metadata] ->
        change_primary(%{primary | key => value}, rest)

      :ok ->
        {:error, {:invalid_primary_config, {key, value}}}

      error ->
        error
    end
  end

  defp change_primary(primary, []) do
    :persistent_term.put(@primary, primary)
    :ok
  end

  defp check(:level, level) do
    if level?(level), do: :ok, else: {:error, {:invalid_level, level}}
  end

  defp check(:filter_default, default) when not is_filter_result(default) do
    {:error, {:invalid_filter_default, default}}
  end

  defp check(:filters, filters) when not is_list(filters), do: {:error, {:invalid_filters, filters}}

  defp check(:metadata, metadata) when not is_map(metadata) do
    {:error, {:invalid_primary_metadata, metadata}}
  end

  defp check(:formatter, {module, _config}) when is_atom(module), do: :ok
  defp check(:formatter, formatter), do: {:error, {:invalid_formatter, formatter}}
  defp check(_key, _value), do: :ok

  def add_primary_filter(id, filter) do
    with {:ok, filters} <- with_filter(primary().filters, id, filter) do
      set_primary_config(:filters, filters)
    end
  end

  def remove_primary_filter(id) do
    with {:ok, filters} <- without_filter(primary().filters, id) do
      set_primary_config(:filters, filters)
    end
  end

  defp with_filter(filters, id, {fun, _argument} = filter) when is_function(fun, 2) do
    if :lists.keymember(id, 1, filters),
      do: {:error, {:already_exist, id}},
      else: {:ok, [{id, filter} | filters]}
  end

  defp with_filter(_filters, id, filter), do: {:error, {:invalid_filter, {id, filter}}}

  defp without_filter(filters, id) do
    if :lists.keymember(id, 1, filters),
      do: {:ok, :lists.keydelete(id, 1, filters)},
      else: {:error, {:not_found, id}}
  end

  ## Handlers

  defp handlers do
    case :persistent_term.get(@handlers, :none) do
      :none -> default_handlers()
      handlers -> handlers
    end
  end

  defp default_handlers do
    add_default_handler()
    :persistent_term.get(@handlers)
  end

  defp add_default_handler do
    # What the formatter's making logs has no handler yet.
    keep_handlers([])

    case :application.get_env(:logger, :default_handler, []) do
      false ->
        :ok

      options ->
        given = handler_map(options)
        module = :maps.get(:module, given, :logger_std_h)

        default = %{
          filters: [remote_gl: {&:logger_filters.remote_gl/2, :stop}],
          formatter: Logger.default_formatter()
        }

        add_handler(:default, module, :maps.merge(default, given))
    end
  end

  defp handler_map(options) do
    case :maps.from_list(options) do
      %{config: config} = map when is_list(config) -> %{map | config: :maps.from_list(config)}
      map -> map
    end
  end

  defp keep_handlers(handlers), do: :persistent_term.put(@handlers, handlers)

  def add_handler(id, module, config) when is_atom(id) and is_atom(module) and is_map(config) do
    default = %{
      level: :all,
      filters: [],
      filter_default: :log,
      formatter: {:logger_formatter, %{}},
      config: %{}
    }

    config = :maps.merge(default, :maps.merge(config, %{id: id, module: module}))

    cond do
      :lists.keymember(id, 1, handlers()) ->
        {:error, {:already_exist, id}}

      not match?({:module, _}, :code.ensure_loaded(module)) or
          not :erlang.function_exported(module, :log, 2) ->
        {:error, {:invalid_handler, {:function_not_exported, {module, :log, 2}}}}

      true ->
        with :ok <- check_all(config),
             {:ok, config} <- callback(module, :adding_handler, [config], {:ok, config}) do
          keep_handlers(:lists.append(handlers(), [{id, config}]))
          :ok
        else
          {:error, {:invalid_level, _}} = error -> error
          {:error, reason} -> {:error, {:handler_not_added, reason}}
        end
    end
  end

  def add_handler(id, module, config), do: {:error, {:invalid_config, {id, module, config}}}

  def add_handlers(app) when is_atom(app) do
    add_handlers(:application.get_env(app, :logger, []))
  end

  def add_handlers(specs) when is_list(specs) do
    Enum.find_value(specs, :ok, fn
      {:handler, id, module, config} ->
        case add_handler(id, module, config) do
          :ok -> nil
          error -> error
        end

      {:filters, default, filters} ->
        set_primary_config(:filter_default, default)
        for {id, filter} <- filters, do: add_primary_filter(id, filter)
        nil

      {:module_level, level, modules} ->
        set_module_level(modules, level)
        nil

      _other ->
        nil
    end)
  end

  defp callback(module, name, args, default) do
    if :erlang.function_exported(module, name, length(args)) do
      try do
        :erlang.apply(module, name, args)
      catch
        kind, reason -> {:error, {:callback_crashed, {kind, reason, __STACKTRACE__}}}
      end
    else
      default
    end
  end

  defp check_all(config) do
    Enum.find_value(config, :ok, fn {key, value} ->
      case check(key, value) do
        :ok -> nil
        error -> error
      end
    end)
  end

  def remove_handler(id) do
    case :lists.keytake(id, 1, handlers()) do
      {:value, {_, %{module: module} = config}, rest} ->
        keep_handlers(rest)
        callback(module, :removing_handler, [config], :ok)
        :ok

      false ->
        {:error, {:not_found, id}}
    end
  end

  def get_handler_ids, do: Enum.map(handlers(), &elem(&1, 0))
  def get_handler_config, do: Enum.map(handlers(), &elem(&1, 1))

  def get_handler_config(id) do
    case :lists.keyfind(id, 1, handlers()) do
      {_, config} -> {:ok, config}
      false -> {:error, {:not_found, id}}
    end
  end

  def set_handler_config(id, key, value), do: change_handler(id, %{key => value}, :set)

  def set_handler_config(id, config) do
    with {:ok, %{module: module}} <- get_handler_config(id) do
      default = %{
        id: id,
        module: module,
        level: :all,
        filters: [],
        filter_default: :log,
        formatter: {:logger_formatter, %{}}
      }

      replace_handler(id, :maps.merge(default, config), :set)
    end
  end

  def update_handler_config(id, key, value), do: change_handler(id, %{key => value}, :update)
  def update_handler_config(id, config), do: change_handler(id, config, :update)

  defp change_handler(id, changes, how) do
    with {:ok, config} <- get_handler_config(id) do
      replace_handler(id, :maps.merge(config, changes), how)
    end
  end

  defp replace_handler(id, new, how) do
    with {:ok, old} <- get_handler_config(id),
         :ok <- check_all(new),
         {:ok, new} <- callback(new.module, :changing_config, [how, old, new], {:ok, new}) do
      keep_handlers(:lists.keyreplace(id, 1, handlers(), {id, new}))
      :ok
    end
  end

  def add_handler_filter(id, filter_id, filter) do
    with {:ok, %{filters: filters}} <- get_handler_config(id),
         {:ok, filters} <- with_filter(filters, filter_id, filter) do
      update_handler_config(id, :filters, filters)
    end
  end

  def remove_handler_filter(id, filter_id) do
    with {:ok, %{filters: filters}} <- get_handler_config(id),
         {:ok, filters} <- without_filter(filters, filter_id) do
      update_handler_config(id, :filters, filters)
    end
  end

  def update_formatter_config(id, key, value), do: update_formatter_config(id, %{key => value})

  def update_formatter_config(id, changes) do
    with {:ok, %{formatter: {module, config}}} <- get_handler_config(id) do
      update_handler_config(id, :formatter, {module, :maps.merge(config, changes)})
    end
  end

  def get_config do
    %{primary: primary(), handlers: get_handler_config(), module_levels: get_module_level(), proxy: %{}}
  end

  ## Metadata of the process

  def get_process_metadata, do: :erlang.get(:"$logger_metadata$")

  def set_process_metadata(metadata) when is_map(metadata) do
    :erlang.put(:"$logger_metadata$", metadata)
    :ok
  end

  def set_process_metadata(metadata), do: :erlang.error(:badarg, [metadata])

  def update_process_metadata(metadata) do
    case get_process_metadata() do
      :undefined -> set_process_metadata(metadata)
      current -> set_process_metadata(:maps.merge(current, metadata))
    end
  end

  def unset_process_metadata do
    :erlang.erase(:"$logger_metadata$")
    :ok
  end

  ## Helpers

  def timestamp, do: :os.system_time(:microsecond)

  def format_report(%{label: label, report: report}) when is_list(report) do
    {format, args} = format_report(report)
    {:lists.append(~c"~tp\n", format), [label | args]}
  end

  def format_report(report) when is_map(report), do: format_report(:maps.to_list(report))

  def format_report(report) when is_list(report) do
    {lines, args} =
      :lists.foldr(
        fn
          {key, value}, {lines, args} -> {[~c"    ~tp: ~tp" | lines], [key, value | args]}
          other, {lines, args} -> {[~c"    ~tp" | lines], [other | args]}
        end,
        {[], []},
        report
      )

    {:lists.append(:lists.join(~c"~n", lines)), args}
  end

  def format_report(report), do: {~c"~tp", [report]}

  def format_otp_report(report), do: format_report(report)

  # As Logger configures it.
  @doc false
  def reconfigure do
    :persistent_term.erase(@primary)
    :persistent_term.erase(@levels)
    default_primary()
    add_default_handler()
  end

  # As Erlang has it without Logger.
  @doc false
  def unconfigure do
    keep_handlers([])
    :persistent_term.put(@primary, %{level: :notice, filter_default: :log, filters: [], metadata: %{}})
    add_handler(:default, :logger_std_h, %{})
  end
end
