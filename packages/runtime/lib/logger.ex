# Macros that ask first whether an event is logged at all, and only then make its message. All else is `:logger`.
defmodule Logger do
  @moduledoc ~S"""
  Logs messages of a level, with metadata, to the handlers of `:logger`.

      require Logger
      Logger.info("started", port: 4000)
      Logger.debug(fn -> "a message that is costly to make: #{inspect(self())}" end)

  Levels, from the most to the least severe: emergency, alert, critical, error, warning, notice, info, debug. Messages are
  chardata, keyword lists or maps (reports), or functions that return one of these.
  """

  @type level ::
          :emergency | :alert | :critical | :error | :warning | :warn | :notice | :info | :debug
  @type report :: map | keyword
  @type message :: :unicode.chardata() | String.Chars.t() | report
  @type metadata :: keyword

  @levels [:error, :info, :debug, :emergency, :alert, :critical, :warning, :notice]
  @process_level :logger_level

  ## Configuration

  @doc "All levels."
  @doc since: "1.16.0"
  @spec levels() :: [level, ...]
  def levels, do: @levels

  @doc "The level below which nothing is logged."
  @spec level() :: level | :all | :none
  def level, do: :logger.get_primary_config().level

  @doc "Compares two levels: `:lt`, `:eq` or `:gt`."
  @spec compare_levels(level, level) :: :lt | :eq | :gt
  def compare_levels(left, right), do: :logger.compare_levels(known(left), known(right))

  defp known(:warn) do
    IO.warn("the log level :warn is deprecated, use :warning instead")
    :warning
  end

  defp known(level), do: level

  @doc "The formatter that the configuration asks for, with some options overridden."
  @doc since: "1.15.0"
  @spec default_formatter(keyword()) :: {module(), :logger.formatter_config()}
  def default_formatter(overrides \\ []) when is_list(overrides) do
    Application.get_env(:logger, :default_formatter, [])
    |> Keyword.merge(overrides)
    |> Logger.Formatter.new()
  end

  @configurable [
    :always_evaluate_messages,
    :compile_time_application,
    :compile_time_purge_level,
    :compile_time_purge_matching,
    :discard_threshold,
    :sync_threshold,
    :truncate,
    :utc_log,
    :translator_inspect_opts
  ]

  @backend_options [:sync_threshold, :discard_threshold, :truncate, :utc_log]

  @doc "Configures the logger: `:level`, `:truncate`, `:utc_log` and the other settings of the application `:logger`."
  @spec configure(keyword) :: :ok
  def configure(options) do
    for {key, value} <- options do
      cond do
        key == :level -> :logger.set_primary_config(:level, known(value))
        key in @configurable -> Application.put_env(:logger, key, value)
        true -> :ok
      end
    end

    case Keyword.take(options, @backend_options) do
      [] -> :ok
      for_backends -> Logger.Backends.Internal.configure(for_backends)
    end
  end

  @doc "Waits until all handlers have written what was logged."
  @spec flush() :: :ok
  def flush do
    :logger.await_crashes()

    for %{id: id, module: module} <- :logger.get_handler_config(),
        function_exported?(module, :filesync, 1) do
      try do
        module.filesync(id)
      catch
        _, _ -> :ok
      end
    end

    :ok
  end

  @doc "Sets the level of modules, whatever the level of all."
  @doc since: "1.11.0"
  @spec put_module_level(module() | [module()], level() | :all | :none) :: :ok | {:error, term()}
  defdelegate put_module_level(mod, level), to: :logger, as: :set_module_level

  @doc "The levels that modules have of their own."
  @doc since: "1.11.0"
  @spec get_module_level(module() | [module()]) :: [{module(), level() | :all | :none}]
  defdelegate get_module_level(mod), to: :logger

  @doc "Takes the levels of modules back."
  @doc since: "1.11.0"
  @spec delete_module_level(module() | [module()]) :: :ok
  defdelegate delete_module_level(module), to: :logger, as: :unset_module_level

  @doc "Takes the levels of all modules back."
  @doc since: "1.11.0"
  @spec delete_all_module_levels() :: :ok
  defdelegate delete_all_module_levels(), to: :logger, as: :unset_module_level

  @doc "Sets the level of the modules of an application."
  @doc since: "1.13.0"
  @spec put_application_level(atom(), level() | :all | :none) :: :ok | {:error, :not_loaded}
  defdelegate put_application_level(appname, level), to: :logger, as: :set_application_level

  @doc "Takes the level of the modules of an application back."
  @doc since: "1.13.0"
  @spec delete_application_level(application) :: :ok | {:error, {:not_loaded, application}}
        when application: atom()
  defdelegate delete_application_level(appname), to: :logger, as: :unset_application_level

  @doc "Sets the level of the calling process, which counts beside the level of all."
  @doc since: "1.15.0"
  @spec put_process_level(pid, level | :all | :none) :: :ok
  def put_process_level(pid, level) when pid == self() do
    Process.put(@process_level, known(level))
    :ok
  end

  @doc "The level of the calling process, or `nil`."
  @doc since: "1.15.0"
  @spec get_process_level(pid) :: level | :all | :none | nil
  def get_process_level(pid) when pid == self(), do: Process.get(@process_level)

  @doc "Takes the level of the calling process back."
  @doc since: "1.15.0"
  @spec delete_process_level(pid) :: :ok
  def delete_process_level(pid) when pid == self() do
    Process.delete(@process_level)
    :ok
  end

  @doc "Lets the calling process log again."
  @doc deprecated: "Use Logger.delete_process_level(pid) instead"
  @spec enable(pid()) :: :ok
  def enable(pid) when pid == self(), do: delete_process_level(pid)

  @doc "Makes the calling process log nothing."
  @doc deprecated: "Use Logger.put_process_level(pid, :none) instead"
  @spec disable(pid()) :: :ok
  def disable(pid) when pid == self(), do: put_process_level(pid, :none)

  @doc "Whether the calling process logs."
  @doc deprecated: "Use Logger.get_process_level(pid) instead"
  @spec enabled?(pid()) :: boolean()
  def enabled?(pid) when pid == self(), do: get_process_level(pid) != :none

  @doc "Adds the handlers configured for an application."
  @doc since: "1.15.0"
  @spec add_handlers(atom()) :: :ok | {:error, term()}
  def add_handlers(app) when is_atom(app), do: :logger.add_handlers(app)

  @doc "Adds a backend: a `:gen_event` handler."
  @doc deprecated: "Use LoggerBackends.add/2 from :logger_backends dependency"
  def add_backend(backend, opts \\ []), do: Logger.Backends.Internal.add(backend, opts)

  @doc "Removes a backend."
  @doc deprecated: "Use LoggerBackends.remove/2 from :logger_backends dependency"
  def remove_backend(backend, opts \\ []), do: Logger.Backends.Internal.remove(backend, opts)

  @doc "Configures a backend."
  @doc deprecated: "Use LoggerBackends.configure/2 from :logger_backends dependency"
  def configure_backend(:console, options) when is_list(options) do
    options = Keyword.merge(Application.get_env(:logger, :console, []), options)
    Application.put_env(:logger, :console, options)
    {handler, formatter} = Keyword.split(options, [:level])
    config = Map.new([formatter: Logger.Formatter.new(formatter)] ++ handler)
    :logger.update_handler_config(:default, config)
  end

  def configure_backend(backend, options), do: Logger.Backends.Internal.configure(backend, options)

  @doc "Adds a translator, which is asked before the others."
  @spec add_translator({module, atom}) :: :ok
  def add_translator({module, function} = translator) when is_atom(module) and is_atom(function) do
    change_translators(&[translator | List.delete(&1, translator)])
  end

  @doc "Removes a translator."
  @spec remove_translator({module, atom}) :: :ok
  def remove_translator({module, function} = translator) when is_atom(module) and is_atom(function) do
    change_translators(&List.delete(&1, translator))
  end

  defp change_translators(change) do
    translators = change.(Application.fetch_env!(:logger, :translators))
    Application.put_env(:logger, :translators, translators)

    with %{filters: filters} <- :logger.get_primary_config(),
         {{_, {fun, config}}, filters} <- List.keytake(filters, :logger_translator, 0) do
      config = %{config | translators: translators}
      :logger.set_primary_config(:filters, filters ++ [logger_translator: {fun, config}])
    end

    :ok
  end

  ## Metadata of the process

  @doc "Adds metadata to all that the calling process logs; `nil` removes a key."
  @spec metadata(metadata) :: :ok
  def metadata(keyword) do
    case :logger.get_process_metadata() do
      :undefined ->
        reset_metadata(keyword)

      metadata ->
        keyword
        |> Enum.reduce(metadata, fn
          {key, nil}, metadata -> Map.delete(metadata, key)
          {key, value}, metadata -> Map.put(metadata, key, value)
        end)
        |> :logger.set_process_metadata()
    end
  end

  @doc "The metadata of the calling process."
  @spec metadata() :: metadata
  def metadata do
    case :logger.get_process_metadata() do
      :undefined -> []
      metadata -> Map.to_list(metadata)
    end
  end

  @doc "Makes these the metadata of the calling process."
  @spec reset_metadata(metadata) :: :ok
  def reset_metadata(keyword \\ []) do
    :logger.set_process_metadata(for {key, value} <- keyword, value != nil, into: %{}, do: {key, value})
  end

  ## Logging

  for level <- @levels do
    article = if level in [:info, :error, :alert, :emergency], do: "an", else: "a"

    @doc "Logs #{article} #{level} message."
    defmacro unquote(level)(message_or_fun, metadata \\ []) do
      log_at(unquote(level), message_or_fun, metadata, __CALLER__)
    end
  end

  @deprecated "Use Logger.warning/2 instead"
  defmacro warn(message_or_fun, metadata \\ []) do
    log_at(:warning, message_or_fun, metadata, __CALLER__)
  end

  @doc "Logs a message of a level that may be computed."
  defmacro log(level, message_or_fun, metadata \\ []) do
    macro_log(level, message_or_fun, metadata, __CALLER__)
  end

  defp log_at(level, data, metadata, caller) do
    least = Application.get_env(:logger, :compile_time_purge_level)

    if least do
      IO.warn(
        ":compile_time_purge_level option for the :logger application is deprecated, " <>
          "use :compile_time_purge_matching instead",
        Macro.Env.stacktrace(caller)
      )
    end

    if compare_levels(level, least || :debug) == :lt,
      do: no_log(data, metadata),
      else: macro_log(level, data, metadata, caller)
  end

  defp macro_log(level, data, metadata, caller) do
    {application, file} = application_and_file(caller)

    location =
      case caller do
        %{module: module, function: {function, arity}, line: line} ->
          %{mfa: {module, function, arity}, file: file, line: line}

        _ ->
          %{}
      end

    {known, quoted} =
      if Keyword.keyword?(metadata) do
        metadata = Keyword.merge(application, metadata)
        {Map.merge(location, Map.new(metadata)), quoted_map(metadata)}
      else
        {%{}, quote(do: Enum.into(unquote(metadata), unquote(quoted_map(application))))}
      end

    location = Macro.escape(location)

    cond do
      purged?(if(is_atom(level), do: level, else: :error), known) ->
        no_log(data, quoted)

      Application.get_env(:logger, :always_evaluate_messages, false) ->
        quote do
          data = Logger.__evaluate_log__(unquote(data))
          metadata = unquote(quoted)

          case Logger.__should_log__(unquote(level), __MODULE__) do
            nil -> :ok
            level -> Logger.__do_log__(level, data, unquote(location), metadata)
          end
        end

      true ->
        quote do
          case Logger.__should_log__(unquote(level), __MODULE__) do
            nil -> :ok
            level -> Logger.__do_log__(level, unquote(data), unquote(location), unquote(quoted))
          end
        end
    end
  end

  defp quoted_map(metadata) do
    pairs =
      for {key, value} <- metadata, not (key == :mfa and value == nil) do
        {key, if(key == :mfa, do: Macro.escape(value), else: value)}
      end

    {:%{}, [], pairs}
  end

  defp application_and_file(%{file: file}) do
    case Application.get_env(:logger, :compile_time_application) do
      nil -> {[], String.to_charlist(file)}
      app -> {[application: app], file |> Path.relative_to_cwd() |> String.to_charlist()}
    end
  end

  defp purged?(level, metadata) do
    matching = Application.get_env(:logger, :compile_time_purge_matching, [])

    if not (is_list(matching) and Enum.all?(matching, &Keyword.keyword?/1)) do
      raise "expected :compile_time_purge_matching to be a list of keyword lists, " <>
              "got: #{inspect(matching)}"
    end

    Enum.any?(matching, fn filter -> Enum.all?(filter, &purges?(&1, level, metadata)) end)
  end

  defp purges?({:level_lower_than, least}, level, _), do: compare_levels(level, least) == :lt
  defp purges?({:module, module}, _, metadata), do: match?(%{mfa: {^module, _, _}}, metadata)

  defp purges?({:function, name}, _, metadata) do
    case metadata do
      %{mfa: {_, function, arity}} -> "#{function}/#{arity}" == name
      _ -> false
    end
  end

  defp purges?({key, value}, _, metadata), do: Map.fetch(metadata, key) == {:ok, value}

  # A function keeps its variables used.
  defp no_log(data, metadata) do
    if Application.get_env(:logger, :always_evaluate_messages, false) do
      quote do
        Logger.__evaluate_log__(unquote(data))
        unquote(metadata)
        :ok
      end
    else
      quote do
        _ = fn -> {unquote(data), unquote(metadata)} end
        :ok
      end
    end
  end

  @doc "Logs as a function: its arguments are always evaluated, functions only when they are logged."
  @spec bare_log(level, message | (-> message | {message, keyword}), keyword) :: :ok
  def bare_log(level, message_or_fun, metadata \\ []) do
    level = known(level)
    if :logger.allow(level), do: __do_log__(level, message_or_fun, %{}, Map.new(metadata))
    :ok
  end

  @doc false
  def __should_log__(level, module) do
    level = known(level)
    if :logger.allow(level, module), do: level
  end

  @doc false
  def __evaluate_log__(fun) when is_function(fun, 0), do: fun.()
  def __evaluate_log__(data), do: data

  @doc false
  def __do_log__(level, fun, location, metadata) when is_function(fun, 0) do
    case fun.() do
      {message, more} -> __do_log__(level, message, location, Enum.into(more, metadata))
      message -> __do_log__(level, message, location, metadata)
    end
  end

  def __do_log__(level, message, location, metadata) when level in @levels and is_map(metadata) do
    metadata =
      case metadata do
        %{domain: domain} when is_list(domain) -> %{metadata | domain: [:elixir | domain]}
        _ -> Map.put(metadata, :domain, [:elixir])
      end

    if is_binary(message) or is_list(message) or is_map(message) do
      :logger.macro_log(location, level, message, metadata)
    else
      IO.warn(
        "passing #{inspect(message)} to Logger is deprecated, expected a map, a keyword list, " <>
          "a string, a list of strings, or a zero-arity anonymous function"
      )

      :logger.macro_log(location, level, to_string(message), metadata)
    end
  end
end
