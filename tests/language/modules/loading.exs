# What runs when a module is loaded, and a module that is not loaded.
defmodule OnLoad do
  @on_load :ready
  defp ready, do: IO.puts("loaded by #{inspect(__MODULE__)}") |> then(fn :ok -> :ok end)
end

# expect: loaded by OnLoad

defmodule NotLoaded do
  @compile {:autoload, false}
  def f, do: 1
end

IO.inspect({Code.loaded?(OnLoad), Code.loaded?(NotLoaded)})
# expect: {true, false}

IO.inspect({:code.which(OnLoad), :code.is_loaded(OnLoad), :code.which(NotLoaded)})
# expect: {[], {:file, []}, :non_existing}

try do
  defmodule Told do
    @on_definition NoSuchModule
    def f, do: 1
  end
rescue
  error in UndefinedFunctionError -> IO.inspect({error.module, error.function, error.arity})
end

# expect: {NoSuchModule, :__on_definition__, 6}
