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
        * a {:system, system_var, path} tuple where the config is the \
      concatenation of the "system_var" with the given "path"

      Got: #{inspect(path)}
      """
    end
  end

  @doc "The path itself; one of `{:system, variable, path}` starts with the variable's value."
  @doc since: "1.9.0"
  def resolve_config_path!(path) when is_binary(path), do: path
  def resolve_config_path!({:system, name, path}), do: System.fetch_env!(name) <> path

  @doc false
  def valid_compile_env?(compile_env) do
    Enum.all?(compile_env, fn {app, [key | path], compiled} -> compiled == runtime(app, key, path) end)
  end

  defp runtime(app, key, path) do
    with {:ok, value} <- Application.fetch_env(app, key), do: at(value, path)
  end

  defp at(value, []), do: {:ok, value}

  defp at(value, [key | path]) do
    with {:ok, inner} <- Access.fetch(value, key), do: at(inner, path)
  end
end
