defmodule Module.Types.Descr.Lists do
  @moduledoc false
  # Non-empty lists: a union of `{type of the elements, type of the last tail, negations}`, a negation being a pair of the two types.
  # The last tail of a proper list is the empty list.

  import Module.Types.Descr
  alias Module.Types.Descr

  def new(head, last, rest) do
    {head_gradual?, head} = upper(head)
    {last_gradual?, last} = upper(last)
    type = Map.put(rest, :list, [literal(head, last)])
    if head_gradual? or last_gradual?, do: dynamic(type), else: type
  end

  defp upper(%{dynamic: upper}), do: {true, upper}
  defp upper(type), do: {false, type}

  defp literal(_head, :term), do: {:term, :term, []}

  # A tail that is a list brings its own elements and tail.
  defp literal(head, last) do
    {lists, last} = Map.pop(last, :list, [])

    {head, last} =
      Enum.reduce(lists, {head, last}, fn {h, l, _}, {head, last} -> {union(h, head), union(l, last)} end)

    {head, last, []}
  end

  def intersection(left, right) do
    for {head1, last1, negs1} <- left, {head2, last2, negs2} <- right, reduce: [] do
      done ->
        head = Descr.intersection(head1, head2)
        last = Descr.intersection(last1, last2)
        if Descr.empty?(head) or Descr.empty?(last), do: done, else: [{head, last, negs1 ++ negs2} | done]
    end
  end

  def difference(left, right) do
    Enum.reduce(right, left, fn excluded, left -> Enum.flat_map(left, &exclude(&1, excluded)) end)
  end

  defp exclude({head, last, negs}, {head2, last2, negs2}) do
    last = no_list(last)
    last2 = no_list(last2)

    back =
      for {neg_head, neg_last} <- negs2, reduce: [] do
        back ->
          neg_head = Descr.intersection(head, neg_head)
          neg_last = Descr.intersection(last, neg_last)
          if Descr.empty?(neg_head) or Descr.empty?(neg_last), do: back, else: [{neg_head, neg_last, negs} | back]
      end

    cond do
      Descr.empty?(Descr.intersection(head, head2)) -> [{head, last, negs}]
      Descr.empty?(Descr.intersection(last, last2)) -> [{head, last, negs}]
      not subtype?(head, head2) -> [{head, last, [{head2, last2} | negs]} | back]
      subtype?(last, last2) -> back
      true -> [{head, Descr.difference(last, last2), negs} | back]
    end
  end

  def empty?(lists), do: Enum.all?(lists, fn {head, last, negs} -> empty?(head, no_list(last), negs) end)

  defp empty?(head, last, negs) do
    Descr.empty?(head) or Descr.empty?(last) or
      Enum.reduce_while(negs, last, fn {neg_head, neg_last}, last ->
        if subtype?(head, neg_head) and subtype?(last, neg_last),
          do: {:halt, :empty},
          else: {:cont, Descr.difference(last, neg_last)}
      end) == :empty
  end

  # The last tail is never a list again.
  defp no_list(type), do: type |> unfold() |> Map.delete(:list)

  @doc "The type of the first element of what is a non-empty list, or `nil`."
  def head(type) do
    part(type, fn
      :term -> :term
      %{list: lists} -> Enum.reduce(lists, none(), fn {head, _, _}, all -> union(head, all) end)
      _ -> none()
    end)
  end

  @doc "The type of what follows the first element, or `nil`."
  def tail(type) do
    part(type, fn
      :term -> :term
      %{list: lists} -> Enum.reduce(lists, %{list: lists, bits: 2}, fn {_, last, _}, all -> union(last, all) end)
      type -> if bits_type?(type, empty_list()), do: empty_list(), else: none()
    end)
  end

  defp part(:term, _get), do: nil

  defp part(type, get) do
    {upper, static} = split(type)
    value = get.(upper)

    cond do
      not Descr.empty?(Map.delete(static, :list)) or Descr.empty?(value) -> nil
      gradual?(type) -> union(dynamic(value), get.(static))
      true -> value
    end
  end

  ## Showing

  @doc "The same union without what is empty or is held by another literal."
  def normalize(lists) do
    Enum.reduce(lists, [], fn {head, last, negs} = literal, done ->
      covered? = Enum.any?(negs, fn {neg_head, neg_last} -> subtype?(head, neg_head) and subtype?(last, neg_last) end)
      if Descr.empty?(head) or Descr.empty?(last) or covered?, do: done, else: fuse(done, literal)
    end)
  end

  defp fuse([], literal), do: [literal]

  defp fuse([{head1, last1, negs1} = first | rest], {head, last, negs} = literal) do
    cond do
      subtype?(head, head1) and subtype?(last, last1) -> [{head1, last1, negs1 ++ negs} | rest]
      subtype?(head1, head) and subtype?(last1, last) -> [{head, last, negs1 ++ negs} | rest]
      equal?(head1, head) -> [{head1, union(last1, last), negs1 ++ negs} | rest]
      true -> [first | fuse(rest, literal)]
    end
  end
end
