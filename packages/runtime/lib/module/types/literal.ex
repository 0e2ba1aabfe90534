defmodule Module.Types.Literal do
  @moduledoc false
  # Maps and structs as they are written. `type_of` gives the type of a part: those of expressions and of guards differ.

  import Module.Types.Descr

  @doc "The type of `%{key => value}`. With keys that are not known the map is open."
  def map(pairs, state, type_of) do
    build(pairs, state, type_of, fn rest, _asserted, pairs ->
      if rest == none(), do: closed_map(pairs), else: open_map(pairs)
    end)
  end

  @doc """
  Calls `make` for each choice of keys that the pairs allow, and unites what it returns. It is given the type of the values of keys that
  are not known (none if all are), the keys that must have been there before those, and the pairs of known keys.
  """
  def build(pairs, state, type_of, make) do
    start = %{gradual?: false, rest: none(), single: [], multiple: [], asserted: [], state: state}
    built = Enum.reduce(pairs, start, &add(&1, &2, type_of))
    asserted = Enum.uniq(built.asserted)

    type =
      for chosen <- choices(Enum.reverse(built.multiple)) do
        make.(built.rest, asserted, Enum.reverse(built.single, chosen))
      end
      |> Enum.reduce(&union/2)

    {if(built.gradual?, do: dynamic(type), else: type), built.state}
  end

  defp add({key, value}, built, type_of) do
    {key_gradual?, keys, state} = keys(key, built.state, type_of)
    {type, state} = type_of.(value, state)
    built = %{built | state: state, gradual?: built.gradual? or key_gradual? or gradual?(type)}

    case keys do
      :unknown ->
        known = for({key, type} <- built.single, do: {[key], type}) ++ built.multiple
        rest = Enum.reduce(known, union(built.rest, type), fn {_, type}, rest -> union(rest, type) end)
        %{built | rest: rest, single: [], multiple: [], asserted: Enum.flat_map(known, &elem(&1, 0)) ++ built.asserted}

      [key] when built.multiple == [] ->
        %{built | single: [{key, type} | built.single]}

      keys ->
        %{built | multiple: [{keys, type} | built.multiple]}
    end
  end

  defp keys(key, state, _type_of) when is_atom(key), do: {false, [key], state}

  defp keys(key, state, type_of) do
    {type, state} = type_of.(key, state)

    case atom_fetch(type) do
      {:finite, keys} -> {gradual?(type), keys, state}
      _ -> {gradual?(type), :unknown, state}
    end
  end

  defp choices([]), do: [[]]
  defp choices([{keys, type} | rest]), do: for(key <- keys, others <- choices(rest), do: [{key, type} | others])

  @doc "The type of `%Name{key: value}`."
  def struct(name, pairs, state, type_of) do
    {fields, state} =
      Enum.map_reduce(pairs, state, fn {key, value}, state ->
        {type, state} = type_of.(value, state)
        {{key, type}, state}
      end)

    {struct_type(name, fields), state}
  end

  @doc "The type of a struct of which some fields are known."
  def struct_type(name, fields \\ []) do
    case struct_keys(name) do
      nil -> dynamic(open_map([__struct__: atom([name])] ++ fields))
      keys -> closed_map([__struct__: atom([name])] ++ Enum.map(keys, &{&1, term()}) ++ fields)
    end
  end

  @doc "The fields of a struct beside its name, or `nil` when there is no such struct."
  def struct_keys(name) do
    with true <- Code.ensure_loaded?(name) and function_exported?(name, :__info__, 1),
         [_ | _] = info <- name.__info__(:struct) do
      for %{field: field} <- info, do: field
    else
      [] -> []
      _ -> nil
    end
  end
end
