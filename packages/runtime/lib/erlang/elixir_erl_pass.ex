defmodule :elixir_erl_pass do
  @moduledoc "What compiled code calls where a module is asked for a field, and a map as if it were a module: both still work."

  @doc "Calls a function that is written as a field, `module.name`."
  def no_parens_remote(module, name) do
    message = fn ->
      "using map.field notation (without parentheses) to invoke function #{inspect(module)}.#{name}() is deprecated, " <>
        "you must add parentheses instead: remote.function()"
    end

    IO.warn_once(__MODULE__, message, 3)
    apply(module, name, [])
  end

  @doc "Returns the value of a field that is written as a call, `map.name()`."
  def parens_map_field(name, value) do
    message = fn ->
      "using module.function() notation (with parentheses) to fetch map field #{inspect(name)} is deprecated, " <>
        "you must remove the parentheses: map.field"
    end

    IO.warn_once(__MODULE__, message, 3)
    value
  end
end
