defmodule :elixir_erl do
  @moduledoc "What object code of a module of Elixir tells of it, as `:beam_lib` finds it."

  @doc "`{:ok, map}` with the module, its file and its line."
  def debug_info(:elixir_v1, _module, {:elixir_v1, map, _typespecs}, _options), do: {:ok, map}
  def debug_info(_format, _module, :none, _options), do: {:error, :missing}
  def debug_info(_format, _module, _data, _options), do: {:error, :unknown_format}
end
