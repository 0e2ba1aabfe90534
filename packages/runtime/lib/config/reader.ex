# Reads the files written with Config.
defmodule Config.Reader do
  @moduledoc """
  Reads configuration files, and is a `Config.Provider` that does so while a system starts.
  """

  @behaviour Config.Provider

  @impl true
  def init(opts) when is_list(opts) do
    {path, opts} = Keyword.pop!(opts, :path)
    Config.Provider.validate_config_path!(path)
    {path, opts}
  end

  def init(path), do: init(path: path)

  @impl true
  def load(config, {path, opts}) do
    merge(config, path |> Config.Provider.resolve_config_path!() |> read!([imports: :disabled] ++ opts))
  end

  @doc "Evaluates the text of a configuration file; `opts` are those of `read!/2`."
  @doc since: "1.11.0"
  def eval!(file, contents, opts \\ []) when is_binary(file) and is_binary(contents) and is_list(opts) do
    file |> Path.expand() |> Config.__eval__!(contents, opts) |> elem(0)
  end

  @doc "Reads a configuration file. The options are `:env`, `:target` and `:imports` (a list, or `:disabled`)."
  @doc since: "1.9.0"
  def read!(file, opts \\ []) when is_binary(file) and is_list(opts) do
    file = Path.expand(file)
    file |> Config.__eval__!(File.read!(file), opts) |> elem(0)
  end

  @doc "Like `read!/2`, with the paths of the files that were imported."
  @doc since: "1.9.0"
  def read_imports!(file, opts \\ []) when is_binary(file) and is_list(opts) do
    if opts[:imports] == :disabled, do: raise(ArgumentError, ":imports must be a list of paths")
    file = Path.expand(file)
    Config.__eval__!(file, fn -> File.read!(file) end, opts)
  end

  @doc """
  Merges two configurations, keyword lists in them deeply.

      iex> Config.Reader.merge([app: [k: [a: 1]]], app: [k: [b: 2]])
      [app: [k: [a: 1, b: 2]]]
  """
  @doc since: "1.9.0"
  def merge(config1, config2) when is_list(config1) and is_list(config2), do: Config.__merge__(config1, config2)
end
