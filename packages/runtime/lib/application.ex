# Applications: their environment, and the language's own ones, which are always there.
defmodule Application do
  @moduledoc "Functions on applications: above all the values configured for them."

  @type app :: atom
  @type key :: atom
  @type value :: term

  @doc "Starts the application's supervisor."
  @callback start(start_type :: term, start_args :: term) :: {:ok, pid} | {:ok, pid, term} | {:error, term}

  @doc "Called before the application stops."
  @callback prep_stop(state :: term) :: term

  @doc "Called after the application has stopped."
  @callback stop(state :: term) :: term

  @doc "Called for each phase of a start."
  @callback start_phase(phase :: term, start_type :: term, phase_args :: term) :: :ok | {:error, term}

  @doc "Called after the configuration has changed."
  @callback config_change(keyword, keyword, [atom]) :: :ok

  @optional_callbacks start_phase: 3, prep_stop: 1, config_change: 3

  @doc false
  defmacro __using__(_) do
    quote location: :keep do
      @behaviour Application

      @doc false
      def stop(_state), do: :ok

      defoverridable Application
    end
  end

  @doc "Returns a configured value, or the default."
  def get_env(app, key, default \\ nil) when is_atom(app) do
    known_key(app, key)
    :application.get_env(app, key, default)
  end

  defp known_key(_app, key) when is_atom(key), do: :ok

  defp known_key(app, key) do
    message = fn -> "passing non-atom as application env key is deprecated, got: #{inspect(key)}" end
    IO.warn_once({Application, :key, app, key}, message, 2)
  end

  @doc "Fetches a configured value."
  def fetch_env(app, key) when is_atom(app) do
    known_key(app, key)

    case :application.get_env(app, key) do
      {:ok, value} -> {:ok, value}
      :undefined -> :error
    end
  end

  @doc "Returns a configured value, or raises."
  def fetch_env!(app, key) when is_atom(app) do
    case fetch_env(app, key) do
      {:ok, value} -> value
      :error -> raise ArgumentError, missing(app, key)
    end
  end

  defp missing(app, key) do
    reason =
      case :application.get_key(app, :vsn) do
        {:ok, _} -> "because configuration at #{inspect(key)} was not set"
        :undefined -> "because the application was not loaded nor configured"
      end

    "could not fetch application environment #{inspect(key)} for application #{inspect(app)} " <> reason
  end

  @doc "Returns all values configured for an application."
  def get_all_env(app) when is_atom(app), do: :application.get_all_env(app)

  @doc "Sets a configured value."
  def put_env(app, key, value, opts \\ []) when is_atom(app) do
    known_key(app, key)
    :application.set_env(app, key, value, opts)
  end

  @doc "Sets configured values of several applications."
  def put_all_env(config, opts \\ []) when is_list(config) and is_list(opts) do
    for {app, pairs} <- config, {key, value} <- pairs, do: put_env(app, key, value, opts)
    :ok
  end

  @doc "Deletes a configured value."
  def delete_env(app, key, opts \\ []) when is_atom(app) do
    known_key(app, key)
    :application.unset_env(app, key, opts)
  end

  @doc "Reads a configured value while the module is compiled."
  defmacro compile_env(app, key_or_path, default \\ nil) do
    if __CALLER__.function do
      raise "Application.compile_env/3 cannot be called inside functions, only in the module body"
    end

    {key_or_path, _modules} = Kernel.LexicalTracker.expand_literals(key_or_path, __CALLER__)

    quote do
      Application.compile_env(__ENV__, unquote(app), unquote(key_or_path), unquote(default))
    end
  end

  @doc "Reads a configured value while code is compiled, from a macro."
  def compile_env(%Macro.Env{} = env, app, key_or_path, default) do
    case traced_path(env, app, List.wrap(key_or_path)) do
      {:ok, value} -> value
      :error -> default
    end
  end

  @doc "Reads a configured value while the module is compiled, or raises."
  defmacro compile_env!(app, key_or_path) do
    if __CALLER__.function do
      raise "Application.compile_env!/2 cannot be called inside functions, only in the module body"
    end

    {key_or_path, _modules} = Kernel.LexicalTracker.expand_literals(key_or_path, __CALLER__)
    quote(do: Application.compile_env!(__ENV__, unquote(app), unquote(key_or_path)))
  end

  @doc "Reads a configured value while code is compiled, from a macro, or raises."
  def compile_env!(%Macro.Env{} = env, app, key_or_path) do
    case traced_path(env, app, List.wrap(key_or_path)) do
      {:ok, value} -> value
      :error -> raise ArgumentError, missing(app, key_or_path)
    end
  end

  defp traced_path(env, app, path) do
    found = fetch_path(app, path)
    :elixir_env.trace({:compile_env, app, path, found}, env)
    found
  end

  defp fetch_path(app, [key | keys]) do
    Enum.reduce_while(keys, fetch_env(app, key), fn
      key, {:ok, value} -> {:cont, Access.fetch(value, key)}
      _key, :error -> {:halt, :error}
    end)
  end

  @spec_keys [
    :description,
    :id,
    :vsn,
    :modules,
    :maxP,
    :maxT,
    :registered,
    :included_applications,
    :optional_applications,
    :applications,
    :mod,
    :start_phases
  ]

  @doc "Returns the specification of an application, without what is configured for it."
  def spec(app) when is_atom(app) do
    case :application.get_all_key(app) do
      {:ok, info} -> :lists.keydelete(:env, 1, info)
      :undefined -> nil
    end
  end

  @doc "Returns a part of the specification of an application."
  def spec(app, key) when is_atom(app) and key in @spec_keys do
    case :application.get_key(app, key) do
      {:ok, value} -> value
      :undefined -> nil
    end
  end

  @doc "Returns the application that a module belongs to."
  def get_application(module) when is_atom(module) do
    case :application.get_application(module) do
      {:ok, app} -> app
      :undefined -> nil
    end
  end

  @doc "Starts an application unless it runs."
  def ensure_started(app, type \\ :temporary) when is_atom(app),
    do: :application.ensure_started(app, type)

  @doc "Loads an application unless it is loaded."
  def ensure_loaded(app) when is_atom(app) do
    case :application.load(app) do
      {:error, {:already_loaded, ^app}} -> :ok
      result -> result
    end
  end

  @doc """
  Starts applications, and before them those that they depend on; gives the names of all that were started.

  Options are `:type` (`:temporary`, `:transient` or `:permanent`) and `:mode`, which changes nothing here.
  """
  def ensure_all_started(app_or_apps, type_or_opts \\ []) do
    type = if is_list(type_or_opts), do: Keyword.get(type_or_opts, :type, :temporary), else: type_or_opts
    :application.ensure_all_started(List.wrap(app_or_apps), type)
  end

  @doc "Starts an application."
  def start(app, type \\ :temporary) when is_atom(app), do: :application.start(app, type)

  @doc "Stops an application."
  def stop(app) when is_atom(app), do: :application.stop(app)

  @doc "Loads an application."
  def load(app) when is_atom(app), do: :application.load(app)

  @doc "Unloads an application that does not run; those of the language stay."
  def unload(app) when is_atom(app), do: :application.unload(app)

  @doc "The folder of an application."
  def app_dir(app) when is_atom(app) do
    case :code.lib_dir(app) do
      folder when is_list(folder) -> IO.chardata_to_string(folder)
      {:error, :bad_name} -> raise ArgumentError, "unknown application: #{inspect(app)}"
    end
  end

  @doc "A path in the folder of an application."
  def app_dir(app, path) when is_atom(app) and is_binary(path), do: Path.join(app_dir(app), path)
  def app_dir(app, path) when is_atom(app) and is_list(path), do: Path.join([app_dir(app) | path])

  @doc "Lists the applications that run."
  def started_applications(_timeout \\ 5000), do: :application.which_applications()

  @doc "Lists the applications that are loaded."
  def loaded_applications, do: :application.loaded_applications()

  @doc "Formats the reason for which an application could not be started, loaded or stopped."
  def format_error({:already_started, app}) when is_atom(app), do: "already started application #{app}"
  def format_error({:not_started, app}) when is_atom(app), do: "not started application #{app}"
  def format_error({:already_loaded, app}) when is_atom(app), do: "already loaded application #{app}"
  def format_error({:not_loaded, app}) when is_atom(app), do: "not loaded application #{app}"
  def format_error({:bad_application, app}), do: "bad application: #{inspect(app)}"

  def format_error({~c"no such file or directory", file}),
    do: "could not find application file: #{file}"

  def format_error({:bad_return, {{mod, :start, args}, return}}) do
    case return do
      {:EXIT, reason} -> failed_start(mod, args, reason)
      _ -> Exception.format_mfa(mod, :start, args) <> " returned a bad value: " <> inspect(return)
    end
  end

  def format_error({:invalid_restart_type, type}), do: "invalid application restart type: #{inspect(type)}"
  def format_error({:invalid_name, name}), do: "invalid application name: #{inspect(name)}"
  def format_error({:invalid_options, opts}), do: "invalid application options: #{inspect(opts)}"
  def format_error({:badstartspec, spec}), do: "bad application start specs: #{inspect(spec)}"

  def format_error({reason, {mod, :start, args}}) when is_atom(mod) and is_list(args) do
    Exception.format_mfa(mod, :start, args) <> " returned an error: " <> Exception.format_exit(reason)
  end

  def format_error(reason), do: Exception.format_exit(reason)

  defp failed_start(mod, args, reason), do: Exception.format_exit({reason, {mod, :start, args}})
end
