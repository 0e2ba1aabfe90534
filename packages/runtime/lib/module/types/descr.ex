defmodule Module.Types.Descr do
  @moduledoc false
  # Types as sets of values. A type is `:term`, which is every value, or a map with a part for each kind of value that it holds:
  #
  #   * `:bits` - the kinds that are not divided further, as a mask (`@kinds`)
  #   * `:atom` - `{:only, set}` or `{:except, set}`, where a set is a map with the atoms as keys
  #   * `:list`, `:map`, `:tuple` - a union of `{literal…, negations}`, in `Descr.Lists`, `Descr.Maps` and `Descr.Tuples`
  #   * `:optional` - `1` where a key of a map may be missing; it has no meaning elsewhere
  #   * `:dynamic` - what it may be at run time, where that is more than is known. It always holds the other parts
  #
  # An empty part is never there, except that a union of literals may turn out to be empty (`empty?/1`).

  import Bitwise
  alias Module.Types.Descr.{Lists, Maps, Tuples}

  @kinds [binary: 1, empty_list: 2, integer: 4, float: 8, pid: 16, port: 32, reference: 64, fun: 128]
  @every_atom {:except, %{}}
  @term %{
    bits: 255,
    atom: @every_atom,
    tuple: [{:open, [], []}],
    map: [{:open, %{}, []}],
    list: [{:term, :term, []}]
  }

  defguard is_type(type) when is_map(type) or type == :term
  defguardp is_gradual(type) when is_map_key(type, :dynamic)

  ## Making types

  for {kind, bit} <- @kinds do
    def unquote(kind)(), do: %{bits: unquote(bit)}
  end

  def kinds, do: @kinds
  def none, do: %{}
  def term, do: :term
  def dynamic, do: %{dynamic: :term}
  def dynamic(%{dynamic: upper}), do: %{dynamic: upper}
  def dynamic(type), do: %{dynamic: type}
  def number, do: %{bits: 12}
  def atom, do: %{atom: @every_atom}
  def atom(atoms), do: %{atom: {:only, Map.from_keys(atoms, [])}}
  def boolean, do: atom([true, false])
  def list(head, last \\ %{bits: 2}), do: Lists.new(head, last, %{bits: 2})
  def non_empty_list(head, last \\ %{bits: 2}), do: Lists.new(head, last, %{})
  def open_map(fields \\ []), do: Maps.new(:open, fields)
  def closed_map(fields), do: Maps.new(:closed, fields)
  def tuple(elements), do: Tuples.new(:closed, elements)
  def open_tuple(elements), do: Tuples.new(:open, elements)
  def not_set, do: %{optional: 1}
  def if_set(type), do: Map.put(unfold(type), :optional, 1)

  def unfold(:term), do: @term
  def unfold(type), do: type

  ## Optional keys

  @doc "Whether the key may be missing, and the type where it is not."
  def pop_optional(%{optional: 1} = type), do: {true, Map.delete(type, :optional)}
  def pop_optional(type), do: {false, type}

  defp without_optional(%{dynamic: %{optional: 1} = upper} = type) do
    case Map.delete(upper, :optional) do
      none when none == %{} -> Map.delete(type, :dynamic)
      upper -> %{type | dynamic: upper}
    end
  end

  defp without_optional(type), do: type |> pop_optional() |> elem(1)

  defp only_optional(%{dynamic: %{optional: 1}}), do: %{dynamic: %{optional: 1}}
  defp only_optional(%{optional: 1}), do: %{optional: 1}
  defp only_optional(_), do: %{}

  defp term_with(%{dynamic: %{optional: 1}}), do: Map.put(@term, :dynamic, %{optional: 1})
  defp term_with(%{optional: 1}), do: Map.put(@term, :optional, 1)
  defp term_with(_), do: :term

  ## Union

  def union(:term, other), do: term_with(other)
  def union(other, :term), do: term_with(other)
  def union(none, other) when none == %{}, do: other
  def union(other, none) when none == %{}, do: other
  def union(left, right), do: level(left, right, &merge(&1, &2, fn kind, a, b -> union(kind, a, b) end))

  defp union(:atom, {:only, a}, {:only, b}), do: {:only, Map.merge(a, b)}
  defp union(:atom, {:except, a}, {:except, b}), do: {:except, Map.take(a, Map.keys(b))}
  defp union(:atom, {:only, a}, {:except, b}), do: {:except, Map.drop(b, Map.keys(a))}
  defp union(:atom, except, only), do: union(:atom, only, except)
  defp union(:bits, a, b), do: a ||| b
  defp union(:optional, 1, 1), do: 1
  defp union(:map, a, b), do: Maps.union(a, b)
  defp union(:dynamic, :term, other), do: term_with(other)
  defp union(:dynamic, other, :term), do: term_with(other)
  defp union(:dynamic, a, b), do: merge(a, b, fn kind, a, b -> union(kind, a, b) end)
  defp union(_list_or_tuple, a, b), do: a ++ (b -- a)

  ## Intersection

  def intersection(:term, other), do: without_optional(other)
  def intersection(other, :term), do: without_optional(other)
  def intersection(%{dynamic: :term}, other), do: other |> without_optional() |> dynamic()
  def intersection(other, %{dynamic: :term}), do: other |> without_optional() |> dynamic()
  def intersection(left, right), do: level(left, right, &common/2)

  defp common(left, right) do
    both = Map.take(left, Map.keys(right))

    for {kind, a} <- both, part = common(kind, a, Map.fetch!(right, kind)), into: %{}, do: {kind, part}
  end

  # `nil` is the empty part.
  defp common(:atom, a, b), do: common_atoms(a, b)
  defp common(:bits, a, b), do: non_zero(a &&& b)
  defp common(:optional, 1, 1), do: 1
  defp common(:map, a, b), do: a |> Maps.intersection(b) |> non_empty()
  defp common(:list, a, b), do: a |> Lists.intersection(b) |> non_empty()
  defp common(:tuple, a, b), do: a |> Tuples.intersection(b) |> non_empty()
  defp common(:dynamic, :term, other), do: other |> static_without_optional() |> non_empty()
  defp common(:dynamic, other, :term), do: other |> static_without_optional() |> non_empty()
  defp common(:dynamic, a, b), do: a |> common(b) |> non_empty()

  defp static_without_optional(type), do: type |> pop_optional() |> elem(1)

  defp common_atoms({:only, a}, {:only, b}), do: only(Map.take(a, Map.keys(b)))
  defp common_atoms({:only, a}, {:except, b}), do: only(Map.drop(a, Map.keys(b)))
  defp common_atoms({:except, a}, {:except, b}), do: {:except, Map.merge(a, b)}
  defp common_atoms(except, only), do: common_atoms(only, except)

  defp only(set) when set == %{}, do: nil
  defp only(set), do: {:only, set}

  defp non_zero(0), do: nil
  defp non_zero(bits), do: bits

  defp non_empty([]), do: nil
  defp non_empty(none) when none == %{}, do: nil
  defp non_empty(part), do: part

  ## Difference

  def difference(left, :term), do: only_optional(left)

  def difference(left, right) do
    left = unfold(left)
    right = unfold(right)

    if is_gradual(left) or is_gradual(right) do
      {left_upper, left} = Map.pop(left, :dynamic, left)
      {right_upper, right} = Map.pop(right, :dynamic, right)
      upper = without(left_upper, right)
      if empty?(upper), do: none(), else: left |> without(right_upper) |> Map.put(:dynamic, upper)
    else
      without(left, right)
    end
  end

  defp without(left, :term), do: only_optional(left)

  defp without(left, right) do
    for {kind, a} <- unfold(left), part = without(kind, a, right), into: %{}, do: {kind, part}
  end

  defp without(kind, a, right) when is_map_key(right, kind) do
    b = Map.fetch!(right, kind)

    case kind do
      :atom -> common_atoms(a, complement(b))
      :bits -> non_zero(a &&& ~~~b)
      :optional -> nil
      :map -> a |> Maps.difference(b) |> non_empty()
      :list -> a |> Lists.difference(b) |> non_empty()
      :tuple -> a |> Tuples.difference(b) |> non_empty()
    end
  end

  defp without(_kind, a, _right), do: a

  defp complement({:only, set}), do: {:except, set}
  defp complement({:except, set}), do: {:only, set}

  ## Relations

  def empty?(:term), do: false

  def empty?(type) do
    case Map.get(type, :dynamic, type) do
      :term -> false
      upper -> Enum.all?(upper, fn {kind, part} -> empty_part?(kind, part) end)
    end
  end

  defp empty_part?(:map, part), do: Maps.empty?(part)
  defp empty_part?(:list, part), do: Lists.empty?(part)
  defp empty_part?(:tuple, part), do: Tuples.empty?(part)
  defp empty_part?(_kind, _part), do: false

  def subtype?(left, right) do
    left = unfold(left)
    right = unfold(right)

    case {left, right} do
      {%{dynamic: _}, %{dynamic: _}} -> included?(left, right)
      {%{dynamic: upper}, _} -> included?(upper, right)
      {_, %{dynamic: _}} -> included?(left, Map.delete(right, :dynamic))
      _ -> included?(left, right)
    end
  end

  defp included?(same, same), do: true
  defp included?(left, right), do: empty?(difference_of_all(left, right))

  # Part by part, the dynamic one too.
  defp difference_of_all(%{dynamic: a} = left, %{dynamic: b} = right) do
    rest = without(Map.delete(left, :dynamic), Map.delete(right, :dynamic))

    case without(a, b) do
      none when none == %{} -> rest
      upper -> Map.put(rest, :dynamic, upper)
    end
  end

  defp difference_of_all(left, right), do: without(left, right)

  def equal?(left, right), do: left == right or (subtype?(left, right) and subtype?(right, left))

  @doc "Whether no value is of both types."
  def disjoint?(:term, other), do: other |> without_optional() |> empty?()
  def disjoint?(other, :term), do: other |> without_optional() |> empty?()
  def disjoint?(%{dynamic: :term}, other), do: other |> without_optional() |> empty?()
  def disjoint?(other, %{dynamic: :term}), do: other |> without_optional() |> empty?()

  # What is only possible counts where it has parts, even if all their values turn out to be excluded.
  def disjoint?(left, right) do
    left
    |> level(right, &common/2)
    |> Enum.all?(fn {kind, part} -> kind != :dynamic and empty_part?(kind, part) end)
  end

  @doc """
  Whether a value of the first type may be given where the second is expected: what is known of it must fit, and where nothing is
  known something must be possible.
  """
  def compatible?(left, right) do
    {upper, static} = if left == :term, do: {:term, :term}, else: Map.pop(left, :dynamic, left)
    expected = with %{dynamic: upper} <- right, do: upper
    if empty?(static), do: not disjoint?(upper, expected), else: included?(static, expected)
  end

  def gradual?(type), do: match?(%{dynamic: _}, type)
  def only_gradual?(type), do: gradual?(type) and map_size(type) == 1

  def term_type?(:term), do: true
  def term_type?(type), do: included?(@term, Map.delete(type, :dynamic))

  @doc "Whether a value of the type may be of one of the undivided kinds."
  def bits_type?(:term, _bits), do: true
  def bits_type?(%{dynamic: :term}, _bits), do: true
  def bits_type?(%{dynamic: %{bits: some}}, %{bits: bits}) when (some &&& bits) != 0, do: true
  def bits_type?(%{bits: some}, %{bits: bits}) when (some &&& bits) != 0, do: true
  def bits_type?(_type, _bits), do: false

  ## What a value of a type can be used as

  @doc "Splits into what may be and what is known to be."
  def split(type), do: type |> unfold() |> Map.pop(:dynamic, unfold(type))

  @doc "Whether the type has the kind, and what is known of it has no other."
  def only_kind?(:term, _kind), do: false

  def only_kind?(type, kind) do
    {upper, static} = split(type)
    (upper == :term or is_map_key(upper, kind)) and empty?(Map.delete(static, kind))
  end

  def fun?(:term), do: false

  def fun?(type) do
    {upper, static} = split(type)
    bits_type?(upper, fun()) and empty?(difference(static, fun()))
  end

  @doc "The atoms that a value may be: `{:finite, atoms}`, `{:infinite, []}`, or `:error` where it may be none."
  def atom_fetch(type) do
    if only_kind?(type, :atom) do
      case split(type) do
        {%{atom: {:only, set}}, _} -> {:finite, Map.keys(set)}
        _ -> {:infinite, []}
      end
    else
      :error
    end
  end

  def atom_type?(:term, _atom), do: true

  def atom_type?(type, atom) do
    case Map.get(type, :dynamic, type) do
      :term -> true
      %{atom: {:only, set}} -> is_map_key(set, atom)
      %{atom: {:except, set}} -> not is_map_key(set, atom)
      _ -> false
    end
  end

  @doc "What a condition makes of a value: `:always_true`, `:always_false` or `:undefined`."
  def truthness(:term), do: :undefined

  def truthness(type) do
    case Map.get(type, :dynamic, type) do
      %{atom: {:only, set}} = upper when map_size(upper) == 1 ->
        case Enum.split_with(Map.keys(set), &(&1 in [nil, false])) do
          {_, []} -> :always_false
          {[], _} -> :always_true
          _ -> :undefined
        end

      %{atom: {:except, %{nil => _, false => _}}} ->
        :always_true

      %{atom: _} ->
        :undefined

      upper when upper == :term or upper == %{} ->
        :undefined

      _ ->
        :always_true
    end
  end

  ## Parts

  # A type of which all is known is, beside one of which more is possible, possible as a whole.
  defp level(left, right, combine) do
    left = unfold(left)
    right = unfold(right)

    cond do
      is_gradual(left) == is_gradual(right) -> combine.(left, right)
      is_gradual(left) -> combine.(left, Map.put(right, :dynamic, right))
      true -> combine.(Map.put(left, :dynamic, left), right)
    end
  end

  # The parts of the smaller type are combined first: it decides in which order a union is shown.
  defp merge(left, right, combine) when map_size(left) > map_size(right), do: Map.merge(right, left, combine)
  defp merge(left, right, combine), do: Map.merge(left, right, combine)
end
