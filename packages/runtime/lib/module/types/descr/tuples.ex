defmodule Module.Types.Descr.Tuples do
  @moduledoc false
  # Tuples: a union of `{:closed | :open, types of the elements, negations}`; an open one may have more elements, and a negation is
  # such a literal without negations.

  import Module.Types.Descr, except: [tuple: 1]
  alias Module.Types.Descr
  alias Module.Types.Descr.Pairs

  def new(tag, elements) do
    gradual? = Enum.any?(elements, &gradual?/1)
    elements = Enum.map(elements, fn type -> with %{dynamic: upper} <- type, do: upper end)
    type = %{tuple: [{tag, elements, []}]}
    if gradual?, do: dynamic(type), else: type
  end

  def intersection(left, right), do: Pairs.common(left, right, &both/2)

  # What two literals have in common, or `nil`.
  defp both({tag1, elements1} = left, {tag2, elements2} = right) do
    with true <- sizes_meet?(left, right),
         elements when elements != nil <- zip(elements1, elements2, []) do
      {if(tag1 == :open and tag2 == :open, do: :open, else: :closed), elements}
    else
      _ -> nil
    end
  end

  defp sizes_meet?({tag1, elements1}, {tag2, elements2}) do
    n = length(elements1)
    m = length(elements2)
    not ((tag1 == :closed and n < m) or (tag2 == :closed and n > m))
  end

  defp zip([], rest, done), do: Enum.reverse(done, rest)
  defp zip(rest, [], done), do: Enum.reverse(done, rest)

  defp zip([a | left], [b | right], done) do
    type = Descr.intersection(a, b)
    if Descr.empty?(type), do: nil, else: zip(left, right, [type | done])
  end

  def difference(left, right) do
    Enum.reduce(right, left, fn {tag2, elements2, negs2}, left ->
      Enum.reduce(left, [], fn {tag, elements, negs}, done ->
        meets? = both({tag, elements}, {tag2, elements2}) != nil
        first = {tag, elements, if(meets?, do: [{tag2, elements2} | negs], else: negs)}
        back = for neg <- negs2, {tag, elements} <- [both({tag, elements}, neg)], do: {tag, elements, negs}
        Enum.reverse(back, [first | done])
      end)
    end)
  end

  def empty?(tuples), do: Enum.all?(tuples, fn {tag, elements, negs} -> empty?(tag, elements, negs) end)

  defp empty?(_tag, elements, []), do: Enum.any?(elements, &Descr.empty?/1)
  defp empty?(_tag, _elements, [{:open, []} | _]), do: true
  defp empty?(:open, elements, [{:closed, _}]), do: Enum.any?(elements, &Descr.empty?/1)

  defp empty?(tag, elements, [{neg_tag, neg_elements} = neg | negs]) do
    if sizes_meet?({tag, elements}, neg) do
      elements_empty?([], tag, elements, neg_elements, negs) and
        sizes_empty?(tag, elements, neg_tag, length(neg_elements), negs)
    else
      empty?(tag, elements, negs)
    end
  end

  # Whether nothing is left where an element differs from that of the negation.
  defp elements_empty?(_before, _tag, _elements, [], _negs), do: true

  defp elements_empty?(before, tag, elements, [neg | neg_elements], negs) do
    {type, elements} = List.pop_at(elements, 0, :term)
    left = Descr.difference(type, neg)

    (Descr.empty?(left) or empty?(tag, Enum.reverse(before, [left | elements]), negs)) and
      elements_empty?([type | before], tag, elements, neg_elements, negs)
  end

  # Whether nothing is left among the tuples of other sizes than that of the negation.
  defp sizes_empty?(:closed, _elements, _neg_tag, _size, _negs), do: true

  defp sizes_empty?(:open, elements, neg_tag, size, negs) do
    Enum.all?(length(elements)..(size - 1)//1, &empty?(:closed, fill(elements, &1), negs)) and
      (neg_tag == :open or empty?(:open, fill(elements, size + 1), negs))
  end

  defp fill(elements, size), do: elements ++ List.duplicate(:term, max(size - length(elements), 0))

  ## Elements

  @doc "The type of an element by index from 0: a type, `:badindex` where there is none, `:badtuple` where it is no tuple."
  def fetch(_type, index) when index < 0, do: :badindex

  def fetch(type, index) do
    cond do
      not only_kind?(type, :tuple) ->
        :badtuple

      gradual?(type) ->
        {upper, static} = split(type)
        {_, upper} = element(upper, index)
        {_, static} = element(static, index)
        if Descr.empty?(upper), do: :badindex, else: union(dynamic(upper), static)

      true ->
        {optional?, type} = element(type, index)
        if optional? or Descr.empty?(type), do: :badindex, else: type
    end
  end

  defp element(:term, _index), do: {true, :term}

  defp element(%{tuple: tuples}, index) do
    tuples
    |> Enum.reduce(none(), fn {tag, elements, negs}, all ->
      case Enum.find(negs, &(&1 == {:open, []})) do
        nil when negs == [] -> union(Enum.at(elements, index, beyond(tag)), all)
        nil -> {tag, elements} |> pop(index) |> Pairs.exclude(Enum.map(negs, &pop(&1, index))) |> elem(0) |> union(all)
        _ -> all
      end
    end)
    |> pop_optional()
  end

  defp element(_type, _index), do: {false, none()}

  defp pop({tag, elements}, index) do
    {type, rest} = List.pop_at(elements, index, beyond(tag))
    {type, %{tuple: [{tag, rest, []}]}}
  end

  defp beyond(:open), do: if_set(:term)
  defp beyond(:closed), do: not_set()

  @doc "The tuple without an element."
  def delete_at(type, index) do
    change(type, index + 1, index, fn {tag, elements, _negs} -> {tag, List.delete_at(elements, index), []} end)
  end

  @doc "The tuple with one more element."
  def insert_at(type, index, %{dynamic: upper}) do
    with type when is_type(type) <- insert_at(type, index, upper), do: dynamic(type)
  end

  def insert_at(type, index, new) do
    change(type, index, index, fn {tag, elements, negs} ->
      {tag, List.insert_at(elements, index, new), for({tag, els} <- negs, do: {tag, List.insert_at(els, index, new)})}
    end)
  end

  defp change(_type, _size, index, _fun) when index < 0, do: :badindex

  defp change(type, size, index, fun) do
    {upper, static} = split(type)

    cond do
      not only_kind?(type, :tuple) ->
        :badtuple

      size > 0 and not at_least?(static, size) ->
        :badindex

      not gradual?(type) ->
        change_all(type, fun)

      true ->
        upper |> Descr.intersection(of_size(index)) |> change_all(fun) |> dynamic() |> union(change_all(static, fun))
    end
  end

  defp change_all(%{tuple: tuples} = type, fun), do: %{type | tuple: Enum.map(tuples, fun)}
  defp change_all(type, _fun), do: type

  defp at_least?(%{tuple: tuples}, size), do: Enum.all?(tuples, &subtype?(%{tuple: [&1]}, of_size(size)))
  defp at_least?(_type, _size), do: true

  defp of_size(size), do: open_tuple(List.duplicate(:term, size))

  ## Showing

  @doc "The same union without what is empty, as few literals as are easily found."
  def normalize(tuples) do
    {plain, with_negs} =
      for(
        {tag, elements, negs} <- tuples,
        not empty?(tag, elements, negs),
        do: {tag, elements, useful(negs, {tag, elements})}
      )
      |> Enum.split_with(fn {_, _, negs} -> negs == [] end)

    plain
    |> Enum.group_by(fn {tag, elements, _} -> {tag, length(elements)} end)
    |> Enum.flat_map(fn {_, tuples} -> Enum.reduce(tuples, [], &fuse/2) end)
    |> Kernel.++(with_negs)
  end

  defp useful(negs, literal), do: Enum.filter(negs, &sizes_meet?(literal, &1))

  # Two that differ in one element at most are one.
  defp fuse({tag, elements, []} = tuple, done) do
    near? = fn {_, others, []} -> elements |> Enum.zip(others) |> Enum.count(fn {a, b} -> a != b end) < 2 end

    case Enum.split_while(done, &(not near?.(&1))) do
      {_, []} ->
        [tuple | done]

      {before, [{_, others, []} | rest]} ->
        fused = Enum.zip_with(elements, others, fn a, b -> if a == b, do: a, else: union(a, b) end)
        before ++ [{tag, fused, []} | rest]
    end
  end
end
