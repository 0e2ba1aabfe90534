defmodule ExUnit.Diff.Document do
  @moduledoc false

  # One side of a difference, as a tree, and how it is shown:
  #
  #   {:value, term}                  as `inspect/1` shows it
  #   {:code, quoted}                 as `Macro.to_string/1` shows it
  #   {:list, trees}, {:tuple, trees} pairs of a list that are all `key: value` are shown so
  #   {:map, name, pairs}             `name` is a tree, or `nil`; a pair is a tuple of two
  #   {:infix, operator, left, right}
  #   {:text, delimiter, parts}       parts are `{differs?, text}`, escaped; the delimiter may be `nil`
  #   {:charlist, text}
  #   {:closure, fun, tree}           a function and what it closes over
  #   {:differs, tree}                has no equivalent on the other side

  alias Inspect.Algebra

  @infix [:<>, :++, :|, :when, :and, :or]

  @doc "The tree of a value. Maps are taken apart, so that they are broken into lines as others; lists and tuples are not."
  def value(%{} = map) do
    if plain?(map) do
      pairs = for {key, value} <- Map.to_list(map), do: {:tuple, [value(key), value(value)]}
      map(pairs, if(is_struct(map), do: map.__struct__))
    else
      {:value, map}
    end
  end

  def value(term), do: {:value, term}

  @doc "Whether a map, or a struct, is shown by its fields."
  def plain?(map), do: not is_struct(map) or Inspect.impl_for(map) in [Inspect.Any, Inspect.Map]

  @doc "The tree of a pattern, which is quoted."
  def pattern(list) when is_list(list), do: {:list, Enum.map(list, &pattern/1)}
  def pattern({left, right}), do: {:tuple, [pattern(left), pattern(right)]}
  def pattern({:{}, _, elements}), do: {:tuple, Enum.map(elements, &pattern/1)}
  def pattern({:%{}, _, pairs}), do: {:map, nil, Enum.map(pairs, &pattern/1)}
  def pattern({:%, _, [name, {:%{}, _, pairs}]}), do: {:map, name(name), Enum.map(pairs, &pattern/1)}
  def pattern({operator, _, [left, right]}) when operator in @infix, do: {:infix, operator, pattern(left), pattern(right)}
  def pattern({_, meta, args} = quoted) when is_list(meta) and (is_list(args) or is_atom(args)), do: {:code, quoted}
  def pattern(literal), do: {:value, literal}

  defp name(module) when is_atom(module), do: {:value, module}
  defp name(quoted), do: {:code, quoted}

  @doc "The tree of a map with these pairs; of a struct, the first of the pairs of `__struct__` has its name."
  def map(pairs, nil), do: {:map, nil, pairs}

  def map(pairs, _struct) do
    index = Enum.find_index(pairs, &match?({:tuple, [{:value, :__struct__}, _]}, unmarked(&1)))
    {pair, pairs} = List.pop_at(pairs, index)

    case pair do
      {:differs, {:tuple, [_, name]}} -> {:map, {:differs, name}, pairs}
      {:tuple, [_, name]} -> {:map, name, pairs}
    end
  end

  defp unmarked({:differs, tree}), do: tree
  defp unmarked(tree), do: tree

  @doc "The algebra document of a tree. `mark` is given the document of what differs."
  def to_algebra({:differs, tree}, mark), do: mark.(to_algebra(tree, & &1))
  def to_algebra({:value, term}, _mark), do: inspect(term)
  def to_algebra({:code, quoted}, _mark), do: Macro.to_string(quoted)

  def to_algebra({:list, trees}, mark) do
    keyword? = Enum.all?(trees, &keyword_pair?/1)
    container("[", trees, "]", if(keyword?, do: &keyword(&1, mark), else: &to_algebra(&1, mark)))
  end

  def to_algebra({:tuple, trees}, mark), do: container("{", trees, "}", &to_algebra(&1, mark))

  def to_algebra({:map, name, pairs}, mark) do
    open = if name, do: Algebra.concat(["%", map_name(name, mark), "{"]), else: "%{"
    keyword? = Enum.all?(pairs, &keyword_pair?/1)
    container(open, pairs, "}", if(keyword?, do: &keyword(&1, mark), else: &arrow(&1, mark)))
  end

  def to_algebra({:infix, operator, left, right}, mark) do
    Algebra.concat([to_algebra(left, mark), " #{operator} ", to_algebra(right, mark)])
  end

  def to_algebra({:text, nil, parts}, mark), do: Algebra.concat(parts(parts, mark))

  def to_algebra({:text, delimiter, parts}, mark) do
    delimiter = <<delimiter>>
    Algebra.concat([delimiter, Algebra.concat(parts(parts, mark)), delimiter])
  end

  def to_algebra({:charlist, text}, mark), do: Algebra.concat("~c", to_algebra(text, mark))

  def to_algebra({:closure, fun, tree}, mark) do
    "#Function<" <> name = inspect(fun)
    name = String.trim_trailing(name, ">")
    inner = Algebra.concat([Algebra.line(), name, Algebra.line(), to_algebra(tree, mark)])
    Algebra.concat(["#Function<", Algebra.nest(inner, 2), Algebra.line(), ">"])
  end

  defp parts(parts, mark) do
    for {differs?, text} <- parts, do: if(differs?, do: mark.(text), else: text)
  end

  defp map_name({:differs, name}, mark), do: mark.(map_name(name, mark))
  defp map_name({:value, module}, _mark), do: Macro.inspect_atom(:literal, module)
  defp map_name({:code, {:_, _, _}}, _mark), do: "_"
  defp map_name({:code, quoted}, _mark), do: Macro.to_string(quoted)

  defp keyword_pair?(tree) do
    with {:tuple, [key, _value]} <- unmarked(tree), {:value, key} <- unmarked(key), do: is_atom(key), else: (_ -> false)
  end

  defp keyword({:differs, pair}, mark), do: mark.(keyword(pair, & &1))
  defp keyword({:tuple, [key, value]}, mark), do: Algebra.concat([key(key, mark), " ", to_algebra(value, mark)])

  defp key({:differs, key}, mark), do: mark.(key(key, & &1))
  defp key({:value, key}, _mark), do: Macro.inspect_atom(:key, key)

  defp arrow({:differs, pair}, mark), do: mark.(arrow(pair, & &1))
  defp arrow({:tuple, [key, value]}, mark), do: Algebra.concat([to_algebra(key, mark), " => ", to_algebra(value, mark)])
  defp arrow(tree, mark), do: to_algebra(tree, mark)

  defp container(open, trees, close, show) do
    inner = trees |> Enum.map(show) |> Algebra.fold(&Algebra.glue(Algebra.concat(&1, ","), &2))

    open
    |> Algebra.glue("", inner)
    |> Algebra.nest(2)
    |> Algebra.glue("", close)
    |> Algebra.group()
  end
end
