defmodule Dict do
  @moduledoc "Maps, keyword lists and structs that a module of functions with these names stands for; deprecated."
  @moduledoc deprecated: "Use Map or Keyword modules instead"

  @message "Use the Map module for working with maps or the Keyword module for working with keyword lists"

  for {name, arity} <- [
        delete: 2,
        drop: 2,
        empty: 1,
        fetch: 2,
        fetch!: 2,
        get: 3,
        get_and_update: 3,
        get_lazy: 3,
        has_key?: 2,
        keys: 1,
        pop: 3,
        pop_lazy: 3,
        put: 3,
        put_new: 3,
        put_new_lazy: 3,
        split: 2,
        take: 2,
        to_list: 1,
        update: 4,
        update!: 3,
        values: 1
      ] do
    rest = Macro.generate_arguments(arity - 1, __MODULE__)

    @doc "What the function of this name gives in the module of the dict."
    @deprecated @message
    def unquote(name)(dict, unquote_splicing(rest)), do: target(dict).unquote(name)(dict, unquote_splicing(rest))
  end

  @doc "What `get/3` gives, `nil` by default."
  @deprecated @message
  def get(dict, key), do: target(dict).get(dict, key, nil)

  @doc "What `pop/3` gives, `nil` by default."
  @deprecated @message
  def pop(dict, key), do: target(dict).pop(dict, key, nil)

  @doc "How many pairs there are."
  @deprecated @message
  def size(dict) do
    case target(dict) do
      Map -> map_size(dict)
      Keyword -> length(dict)
      module -> module.size(dict)
    end
  end

  @doc "Whether both have the same pairs, whatever holds them."
  @deprecated @message
  def equal?(one, other) do
    case {target(one), target(other)} do
      {module, module} -> module.equal?(one, other)
      {first, second} -> Enum.sort(first.to_list(one)) == Enum.sort(second.to_list(other))
    end
  end

  @doc "The first dict with the pairs of the second."
  @deprecated @message
  def merge(one, other) do
    case {target(one), target(other)} do
      {module, module} -> module.merge(one, other)
      {first, second} -> update_all(first, one, second.to_list(other), fn _key, _old, new -> new end)
    end
  end

  @doc "As `merge/2`; a function decides about the value of a key of both."
  @deprecated @message
  def merge(one, other, decide) do
    case {target(one), target(other)} do
      {module, module} -> module.merge(one, other, decide)
      {first, second} -> update_all(first, one, second.to_list(other), decide)
    end
  end

  defp update_all(module, dict, pairs, decide) do
    Enum.reduce(pairs, dict, fn {key, value}, dict ->
      module.update(dict, key, value, &decide.(key, &1, value))
    end)
  end

  defp target(%module{}), do: module
  defp target(%{}), do: Map
  defp target(list) when is_list(list), do: Keyword
  defp target(other), do: raise(ArgumentError, "unsupported dict: #{inspect(other)}")
end
