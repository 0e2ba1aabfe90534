defmodule Set do
  @moduledoc "Structs that a module of functions with these names stands for, such as `MapSet`; deprecated."
  @moduledoc deprecated: "Use MapSet instead"

  @message "Use the MapSet module for working with sets"

  for {name, arity} <- [delete: 2, empty: 1, member?: 2, put: 2, size: 1, to_list: 1] do
    rest = Macro.generate_arguments(arity - 1, __MODULE__)

    @doc "What the function of this name gives in the module of the set."
    @deprecated @message
    def unquote(name)(set, unquote_splicing(rest)), do: target(set).unquote(name)(set, unquote_splicing(rest))
  end

  for name <- [:difference, :disjoint?, :equal?, :intersection, :subset?, :union] do
    @doc "What the function of this name gives in the module of the first set."
    @deprecated @message
    def unquote(name)(one, other) do
      target(other)
      target(one).unquote(name)(one, other)
    end
  end

  defp target(%module{}), do: module
  defp target(other), do: raise(ArgumentError, "unsupported set: #{inspect(other)}")
end
