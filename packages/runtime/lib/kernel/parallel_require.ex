defmodule Kernel.ParallelRequire do
  @moduledoc false

  @doc "The modules of the files; a function given instead of options is called with each file."
  @deprecated "Use Kernel.ParallelCompiler.require/2 instead"
  def files(files, options \\ [])
  def files(files, each_file) when is_function(each_file, 1), do: modules(files, each_file: each_file)
  def files(files, options) when is_list(options), do: modules(files, options)

  defp modules(files, options) do
    case Kernel.ParallelCompiler.require(files, options) do
      {:ok, modules, _warnings} -> modules
      {:error, _errors, _warnings} -> exit({:shutdown, 1})
    end
  end
end
