# What loads configuration while a system starts, and the paths such providers take.
defmodule Config.Provider do
  @moduledoc """
  A behaviour for modules that load configuration from elsewhere: `c:init/1` checks the argument once, `c:load/2`
  answers the configuration changed.
  """

  @type config :: keyword
  @type state :: term
  @type config_path :: {:system, binary(), binary()} | binary()

  @doc "Prepares the state that `c:load/2` is given."
  @callback init(term) :: state

  @doc "Answers the configuration with what the provider adds."
  @callback load(config, state) :: config

  @doc "Raises unless the argument is a path for `resolve_config_path!/1`."
  @doc since: "1.9.0"
  def validate_config_path!({:system, name, path}) when is_binary(name) and is_binary(path), do: :ok

  def validate_config_path!(path) do
    if is_binary(path) and Path.type(path) != :relative do
      :ok
    else
      raise ArgumentError, """
      expected configuration path to be:

        * a binary representing an absolute path
        * a tuple {:system, system_var, path} where the config is the \
      concatenation of the `system_var` with the given `path`

      Got: #{inspect(path)}
      """
    end
  end

  @doc "The path itself; one of `{:system, variable, path}` starts with the variable's value."
  @doc since: "1.9.0"
  def resolve_config_path!(path) when is_binary(path), do: path
  def resolve_config_path!({:system, name, path}), do: System.fetch_env!(name) <> path

  defstruct [
    :providers,
    :config_path,
    extra_config: [],
    prune_runtime_sys_config_after_boot: false,
    reboot_system_after_config: false,
    validate_compile_env: false
  ]

  # Read before the configuration is complete, so a change of theirs comes too late without a restart.
  @started_first [:kernel, :stdlib]

  ## Boot: while a release starts, its configuration is read, changed by the providers, written and read again.

  @doc false
  def init(providers, config_path, opts \\ []) when is_list(providers) and is_list(opts) do
    validate_config_path!(config_path)
    providers = for {module, arg} <- providers, do: {module, module.init(arg)}
    provider = struct!(%__MODULE__{config_path: config_path, providers: providers}, opts)
    [elixir: [config_provider_init: provider]]
  end

  @doc false
  def boot(reboot \\ &reboot/0) do
    provider = Application.get_env(:elixir, :config_provider_init)

    case Application.fetch_env(:elixir, :config_provider_booted) do
      {:ok, {:booted, path}} ->
        if path, do: File.rm(path)
        check_compile_env(provider)
        :booted

      _ when is_struct(provider, __MODULE__) ->
        path = resolve_config_path!(provider.config_path)
        configure(provider, path, read(path), reboot)

      _ ->
        :skip
    end
  end

  defp configure(provider, path, original, reboot) do
    config = run(provider, Config.__merge__(original, provider.extra_config))

    if provider.reboot_system_after_config do
      booted = {:booted, if(provider.prune_runtime_sys_config_after_boot, do: path)}
      config |> Config.__merge__(elixir: [config_provider_booted: booted]) |> write(path)
      reboot.()
    else
      for app <- @started_first, config[app] != original[app] do
        abort("""
        Cannot configure #{inspect(app)} because :reboot_system_after_config has been set \
        to false and #{inspect(app)} has already been loaded, meaning any further \
        configuration won't have an effect.

        The configuration for #{inspect(app)} before config providers was:

        #{inspect(original[app])}

        The configuration for #{inspect(app)} after config providers was:

        #{inspect(config[app])}
        """)
      end

      Application.put_all_env(config, persistent: true)
      check_compile_env(provider)
      :ok
    end
  end

  defp run(provider, config) do
    Enum.reduce(provider.providers, config, fn {module, state}, config ->
      case load(module, config, state) do
        config when is_list(config) -> config
        other -> abort("Expected provider #{inspect(module)} to return a list, got: #{inspect(other)}")
      end
    end)
  end

  defp load(module, config, state) do
    module.load(config, state)
  catch
    kind, reason ->
      IO.puts(:stderr, "ERROR! Config provider #{inspect(module)} failed with:")
      IO.puts(:stderr, Exception.format(kind, reason, __STACKTRACE__))
      :erlang.raise(kind, reason, __STACKTRACE__)
  end

  defp read(path) do
    case :file.consult(path) do
      {:ok, [config]} -> config
      {:error, reason} -> abort("Could not read runtime configuration due to reason: #{inspect(reason)}" <> hint(path))
    end
  end

  defp write(config, path) do
    text = :io_lib.format("%% coding: utf-8~n~tw.~n", [config])

    with {:error, reason} <- File.write(path, IO.chardata_to_string(text)) do
      abort("Could not write runtime configuration due to reason: #{inspect(reason)}" <> hint(path))
    end
  end

  defp hint(path) do
    ". Please make sure #{inspect(path)} is writable and accessible or choose a different path"
  end

  defp abort(message) do
    IO.puts("ERROR! " <> message)
    :erlang.raise(:error, "aborting boot", [{__MODULE__, :boot, 2, []}])
  end

  defp reboot do
    case Application.get_env(:elixir, :config_provider_reboot_mode) do
      mode when mode in [:embedded, :interactive] -> :init.restart(mode: mode)
      _ -> :init.restart()
    end

    Process.sleep(:infinity)
  end

  ## What code was compiled with, and what is configured now

  @doc false
  def valid_compile_env?(compile_env) do
    Enum.all?(compile_env, fn {app, [key | path], compiled} -> runtime(app, key, path) == {:ok, compiled} end)
  end

  defp check_compile_env(%__MODULE__{validate_compile_env: [_ | _] = compile_env}) do
    with {:error, message} <- validate_compile_env(compile_env), do: abort(message)
  end

  defp check_compile_env(_provider), do: :ok

  @doc false
  def validate_compile_env(compile_env, ensure_loaded? \\ true) do
    Enum.find_value(compile_env, :ok, fn {app, [key | path], compiled} ->
      loaded? = if ensure_loaded?, do: Application.ensure_loaded(app) == :ok, else: Application.spec(app, :vsn) != nil
      if loaded?, do: difference(app, key, path, compiled)
    end)
  end

  defp difference(app, key, path, compiled) do
    case runtime(app, key, path) do
      {:ok, ^compiled} -> nil
      {:ok, value} -> {:error, changed(app, key, path, compiled, value)}
      {:raised, exception, stacktrace} -> {:error, unreadable(app, key, path, compiled, exception, stacktrace)}
    end
  end

  defp runtime(app, key, path) do
    {:ok, at(Application.fetch_env(app, key), path)}
  rescue
    exception -> {:raised, exception, __STACKTRACE__}
  end

  defp at({:ok, value}, [key | path]), do: at(Access.fetch(value, key), path)
  defp at(found, _path), do: found

  defp changed(app, key, path, compiled, value) do
    """
    the application #{inspect(app)} has a different value set #{place(key, path)} \
    during runtime compared to compile time. Since this application environment entry was \
    marked as compile time, this difference can lead to different behavior than expected:

      * Compile time value #{was(compiled)}
      * Runtime value #{was(value)}

    #{tips(app)}
    """
  end

  defp unreadable(app, key, path, compiled, exception, stacktrace) do
    """
    application #{inspect(app)} failed reading its compile environment #{place(key, path)}:

    #{Exception.format(:error, exception, stacktrace)}

    Expected it to match the compile time value of #{was(compiled)}.

    #{tips(app)}
    """
  end

  defp place(key, []), do: "for key #{inspect(key)}"
  defp place(key, path), do: "for path #{inspect(path)} inside key #{inspect(key)}"

  defp was({:ok, value}), do: "was set to: #{inspect(value)}"
  defp was(:error), do: "was not set"

  defp tips(app) do
    """
    To fix this error, you might:

      * Make the runtime value match the compile time one

      * Recompile your project. If the misconfigured application is a dependency, \
    you may need to run "mix deps.clean #{app} --build"

      * Alternatively, you can disable this check. If you are using releases, you can \
    set :validate_compile_env to false in your release configuration. If you are \
    using Mix to start your system, you can pass the --no-validate-compile-env flag
    """
  end
end
