defmodule Module.Types.Print do
  @moduledoc false
  # Types as text: as a quoted form, which the formatter lays out in lines of 98 columns.

  import Module.Types.Descr
  alias Module.Types.Descr.{Lists, Maps, Tuples}

  @columns 98

  @doc "The text of a type. `collapse_structs: true` leaves out the fields of structs of which nothing is known."
  def to_string(type, opts \\ []), do: type |> to_quoted(opts) |> layout()

  def layout(quoted), do: quoted |> Code.Formatter.to_algebra() |> format()

  def format(doc), do: doc |> Inspect.Algebra.format(@columns) |> IO.iodata_to_binary()

  def to_quoted(type, opts \\ []) do
    if term_type?(type) do
      {:term, [], []}
    else
      {dynamic, type} = Map.pop(type, :dynamic)
      {lists, type} = lists_to_quoted(type, opts)
      parts = Enum.flat_map(type, fn {kind, part} -> part(kind, part, opts) end)

      case dynamic_to_quoted(dynamic, opts) ++ Enum.sort(lists ++ parts) do
        [] -> {:none, [], []}
        union -> any_of(union)
      end
    end
  end

  defp any_of(union), do: Enum.reduce(union, &{:or, [], [&2, &1]})

  defp dynamic_to_quoted(nil, _opts), do: []

  # What is of one undivided kind is of that kind, however little is known.
  defp dynamic_to_quoted(%{bits: bits} = type, opts) when map_size(type) == 1 do
    case part(:bits, bits, opts) do
      [single] -> [single]
      _ -> [{:dynamic, [], [to_quoted(type, opts)]}]
    end
  end

  defp dynamic_to_quoted(type, opts) do
    case to_quoted(type, opts) do
      {:term, _, _} -> [{:dynamic, [], []}]
      {:none, _, _} = none -> [none]
      quoted -> [{:dynamic, [], [quoted]}]
    end
  end

  # Empty and non-empty lists together are lists.
  defp lists_to_quoted(%{list: lists, bits: bits} = type, opts) do
    if bits_type?(%{bits: bits}, empty_list()) do
      rest = type |> Map.delete(:list) |> difference(empty_list())

      case lists(lists, :list, opts) do
        [] -> {[{:empty_list, [], []}], rest}
        quoted -> {quoted, rest}
      end
    else
      {[], type}
    end
  end

  defp lists_to_quoted(type, _opts), do: {[], type}

  defp part(:bits, bits, _opts) do
    for {kind, _} <- kinds(), bits_type?(%{bits: bits}, apply(Module.Types.Descr, kind, [])), do: {kind, [], []}
  end

  defp part(:atom, {:only, set}, _opts) do
    {booleans, others} = set |> Map.keys() |> Enum.split_with(&is_boolean/1)

    if length(booleans) == 2,
      do: [{:boolean, [], []} | Enum.map(others, &literal/1)],
      else: set |> Map.keys() |> Enum.map(&literal/1)
  end

  defp part(:atom, {:except, none}, _opts) when none == %{}, do: [{:atom, [], []}]

  defp part(:atom, {:except, set}, opts),
    do: [{:and, [], [{:atom, [], []}, {:not, [], part(:atom, {:only, set}, opts)}]}]

  defp part(:list, lists, opts), do: lists(lists, :non_empty_list, opts)

  defp part(:tuple, tuples, opts) do
    for {tag, elements, negs} <- Tuples.normalize(tuples) do
      excluding(tuple_literal({tag, elements}, opts), Enum.map(negs, &tuple_literal(&1, opts)))
    end
  end

  defp part(:map, maps, opts) do
    for {tag, fields, negs} <- Maps.normalize(maps) do
      excluding(map_literal({tag, fields}, opts), Enum.map(negs, &map_literal(&1, opts)))
    end
  end

  defp part(:optional, 1, _opts), do: []

  defp excluding(quoted, []), do: quoted
  defp excluding(quoted, negs), do: {:and, [], [quoted, {:not, [], [any_of(negs)]}]}

  defp lists(lists, name, opts) do
    lists
    |> Lists.normalize()
    |> Enum.map(fn {head, last, negs} ->
      literal = fn {head, last} ->
        last = if subtype?(last, empty_list()), do: [], else: [to_quoted(last, opts)]
        {name, [], [to_quoted(head, opts) | last]}
      end

      excluding(literal.({head, last}), Enum.map(negs, literal))
    end)
    |> Enum.reverse()
  end

  defp tuple_literal({:closed, elements}, opts), do: {:{}, [], Enum.map(elements, &to_quoted(&1, opts))}

  defp tuple_literal({:open, elements}, opts),
    do: {:{}, [], Enum.map(elements, &to_quoted(&1, opts)) ++ [{:..., [], nil}]}

  defp map_literal({:closed, none}, _opts) when none == %{}, do: {:empty_map, [], []}

  defp map_literal({:closed, %{__struct__: struct} = fields}, opts) do
    case atom_fetch(struct) do
      {:finite, [name]} ->
        fields = Map.delete(fields, :__struct__)
        fields = if opts[:collapse_structs], do: collapse(name, fields), else: fields
        {:%, [], [literal(name), {:%{}, [], fields(:closed, fields, opts)}]}

      _ ->
        {:%{}, [], fields(:closed, fields, opts)}
    end
  end

  defp map_literal({:closed, fields}, opts), do: {:%{}, [], fields(:closed, fields, opts)}
  defp map_literal({:open, fields}, opts), do: {:%{}, [], [{:..., [], nil} | fields(:open, fields, opts)]}

  defp collapse(name, fields) do
    with true <- Code.ensure_loaded?(name) and function_exported?(name, :__info__, 1),
         [_ | _] = info <- name.__info__(:struct),
         true <- Enum.all?(info, &is_map_key(fields, &1.field)) do
      known = for %{field: field} <- info, term_type?(Map.fetch!(fields, field)), do: field
      Map.drop(fields, known)
    else
      _ -> fields
    end
  end

  defp fields(tag, fields, opts) do
    sorted = fields |> Map.to_list() |> Enum.sort()
    keyword? = Keyword.keyword?(sorted) and not Enum.any?(sorted, fn {key, _} -> alias?(key) end)

    for {key, type} <- sorted, not (tag == :open and match?(%{optional: 1}, type) and term_type?(type)) do
      key = if keyword?, do: {:__block__, [format: :keyword], [key]}, else: literal(key)
      {optional?, type} = pop_optional(type)

      cond do
        not optional? -> {key, to_quoted(type, opts)}
        empty?(type) -> {key, {:not_set, [], []}}
        true -> {key, {:if_set, [], [to_quoted(type, opts)]}}
      end
    end
  end

  defp literal(atom) do
    if alias?(atom),
      do: {:__aliases__, [], atom |> Module.split() |> Enum.map(&String.to_atom/1)},
      else: {:__block__, [], [atom]}
  end

  defp alias?(atom), do: Macro.classify_atom(atom) == :alias
end
