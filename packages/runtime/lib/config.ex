# Configuration files. What a file sets is kept in the process dictionary while it is evaluated, so that the macros and
# functions work at any depth of it; Config.Reader opens and closes that scope.
defmodule Config do
  @moduledoc """
  Functions for configuration files such as `config/config.exs`.

      import Config
      config :my_app, key: :value
  """

  @opts_key {__MODULE__, :opts}
  @config_key {__MODULE__, :config}
  @imports_key {__MODULE__, :imports}

  @doc """
  Sets the given options of an application, merged deeply with what it has.

      config :logger, level: :warning, backends: [:console]
  """
  def config(root_key, opts) when is_atom(root_key) and is_list(opts) do
    unless Keyword.keyword?(opts) do
      raise ArgumentError, "config/2 expected a keyword list, got: #{inspect(opts)}"
    end

    put_config([{root_key, opts}])
  end

  @doc """
  Sets one key of an application, merged deeply when both values are keyword lists.

      config :ecto, Repo, log_level: :warning
  """
  def config(root_key, key, opts) when is_atom(root_key) and is_atom(key) do
    put_config([{root_key, [{key, opts}]}])
  end

  @doc "The options an application has so far, or `nil`."
  @doc since: "1.18.0"
  def read_config(root_key) when is_atom(root_key), do: get_config()[root_key]

  @doc "The environment this configuration is evaluated for, such as `:dev`."
  @doc since: "1.11.0"
  defmacro config_env, do: quote(do: Config.__env__!())

  @doc false
  def __env__!, do: option!(0, :env)

  @doc "The target this configuration is evaluated for, such as `:host`."
  @doc since: "1.11.0"
  defmacro config_target, do: quote(do: Config.__target__!())

  @doc false
  def __target__!, do: option!(1, :target)

  @doc """
  Evaluates another configuration file, whose path is relative to this one's folder.

      import_config "\#{config_env()}.exs"
  """
  defmacro import_config(file) do
    quote do
      Config.__import__!(Path.expand(unquote(file), __DIR__))
      :ok
    end
  end

  @doc false
  @spec __import__!(Path.t()) :: {term, Code.binding()}
  def __import__!(file) when is_binary(file), do: import!(file, fn -> File.read!(file) end)

  @doc false
  def __eval__!(file, content, opts \\ []) when is_binary(file) and is_list(opts) do
    imports = Keyword.get(opts, :imports, [])

    unless imports == :disabled or is_list(imports) do
      raise ArgumentError, ":imports must be a list of paths"
    end

    scope = [{@opts_key, {opts[:env], opts[:target]}}, {@config_key, []}, {@imports_key, imports}]
    outer = for {key, value} <- scope, do: {key, Process.put(key, value)}

    try do
      {result, _binding} = evaluate!(file, content, imports)

      config =
        case Keyword.keyword?(result) do
          true -> __merge__(get_config(), validate!(result, file))
          false -> get_config()
        end

      {config, Process.get(@imports_key)}
    after
      for {key, value} <- outer do
        if value == nil, do: Process.delete(key), else: Process.put(key, value)
      end
    end
  end

  @doc false
  def __merge__(left, right) do
    Keyword.merge(left, right, fn _app, old, new -> Keyword.merge(old, new, &deep_merge/3) end)
  end

  defp deep_merge(_key, old, new) do
    if Keyword.keyword?(old) and Keyword.keyword?(new) do
      Keyword.merge(old, new, &deep_merge/3)
    else
      new
    end
  end

  defp import!(file, read) do
    imports = Process.get(@imports_key) || raise_outside!()

    case imports do
      :disabled ->
        raise "import_config/1 is not enabled for this configuration file. " <>
                "Some configuration files do not allow importing other files " <>
                "as they are often copied to external systems"

      _ ->
        evaluate!(file, read, imports)
    end
  end

  defp evaluate!(file, content, imports) do
    if is_list(imports) do
      if file in imports do
        raise ArgumentError,
              "attempting to load configuration #{Path.relative_to_cwd(file)} recursively"
      end

      Process.put(@imports_key, [file | imports])
    end

    text = if is_function(content, 0), do: content.(), else: content
    Code.eval_string(text, [], file: file)
  end

  defp validate!(config, file) do
    Enum.each(config, fn {app, value} ->
      unless Keyword.keyword?(value) do
        raise ArgumentError,
              "expected config for app #{inspect(app)} in #{Path.relative_to_cwd(file)} " <>
                "to return keyword list, got: #{inspect(value)}"
      end
    end)

    config
  end

  defp option!(position, name) do
    elem(Process.get(@opts_key) || raise_outside!(), position) ||
      raise "no #{inspect(name)} key was given to this configuration file"
  end

  defp get_config, do: Process.get(@config_key) || raise_outside!()

  defp put_config(value) do
    Process.put(@config_key, __merge__(get_config(), value))
    :ok
  end

  defp raise_outside! do
    raise "could not set configuration via Config. " <>
            "This usually means you are trying to execute a configuration file " <>
            "directly, instead of reading it with Config.Reader"
  end
end
