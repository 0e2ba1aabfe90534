defmodule Module.Types.Descr.Pairs do
  @moduledoc false
  # A map or tuple of which some literals are excluded, seen as a pair: one of its parts, and the rest. To know the part, or the rest,
  # the excluded pairs are made disjoint in their first components and then taken away.

  import Module.Types.Descr

  @doc "What two unions of such literals have in common: `both` says it of two literals without what they exclude, `nil` if nothing."
  def common(left, right, both) do
    for {tag1, parts1, negs1} <- left, {tag2, parts2, negs2} <- right, reduce: [] do
      done ->
        with {tag, parts} <- both.({tag1, parts1}, {tag2, parts2}),
             literal = {tag, parts, negs1 ++ negs2},
             false <- literal in done do
          [literal | done]
        else
          _ -> done
        end
    end
  end

  @doc "What the part may be, and what the rest may be, when none of the pairs is."
  def exclude({part, rest}, pairs) do
    disjoint = disjoint(pairs)
    {exclude(disjoint, part, rest, & &1), exclude(disjoint, rest, part, fn {a, b} -> {b, a} end)}
  end

  defp exclude(pairs, type, other, order) do
    {held, left} =
      for pair <- pairs, reduce: {none(), type} do
        {held, left} ->
          {excluded, other_excluded} = order.(pair)
          both = intersection(type, excluded)

          cond do
            empty?(both) -> {held, left}
            empty?(difference(other, other_excluded)) -> {held, difference(left, excluded)}
            true -> {union(both, held), difference(left, excluded)}
          end
      end

    union(held, left)
  end

  defp disjoint(pairs), do: Enum.reduce(pairs, [], fn pair, done -> insert(done, pair, []) end)

  defp insert([], pair, done), do: [pair | done]

  defp insert([{first, second} = other | pairs], {new, rest} = pair, done) do
    both = intersection(new, first)

    if empty?(both) do
      insert(pairs, pair, [other | done])
    else
      only_new = difference(new, first)
      only_first = difference(first, new)
      parts = [{both, union(rest, second)}]
      parts = if empty?(only_first), do: parts, else: [{only_first, second} | parts]
      if empty?(only_new), do: parts ++ pairs ++ done, else: insert(pairs, {only_new, rest}, parts ++ done)
    end
  end
end
