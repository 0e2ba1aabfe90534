defmodule ExUnit.Diff.Lists do
  @moduledoc false

  # The difference of two lists. The left one may be improper, and in a match be written with `|` and `++`: it is taken
  # apart into its elements, its tail and a function that puts their trees together as they were written.

  alias ExUnit.Diff
  alias ExUnit.Diff.Document

  def diff(left, right, env) do
    {elements, tail, rebuild} = parts(left, env.context)
    {right, right_rest} = take(right, length(elements), [])
    {lefts, rights, equivalent?, env} = elements(elements, right, env)

    {rest, env} =
      case tail do
        :none when is_list(right_rest) -> {rest(right_rest), env}
        :none -> Diff.diff([], right_rest, env)
        {:tail, tail} -> Diff.diff(tail, right_rest, env)
      end

    left =
      case tail do
        {:tail, _} -> rebuild.(lefts, {:tail, rest.left})
        :none when right_rest == [] -> rebuild.(lefts, :none)
        :none -> rebuild.(lefts, :cut)
      end

    right = joined(rights ++ tail_of(rest.right))
    {%Diff{equivalent?: equivalent? and rest.equivalent?, left: left, right: right}, env}
  end

  defp rest([]), do: %Diff{left: {:list, []}, right: {:list, []}}
  defp rest(list), do: %Diff{equivalent?: false, left: {:list, []}, right: {:differs, {:value, list}}}

  ## The parts of the left side

  # `rebuild` takes the trees of the elements and `{:tail, tree}`, `:none`, or `:cut` when the other list goes on.
  defp parts({:++, _, [left, right]}, :match) do
    {lefts, :none, rebuild_left} = parts(left, :match)
    {rights, tail, rebuild_right} = parts(right, :match)
    size = length(lefts)

    rebuild = fn trees, tail ->
      {lefts, rights} = Enum.split(trees, size)
      {:infix, :++, rebuild_left.(lefts, :none), rebuild_right.(rights, tail)}
    end

    {lefts ++ rights, tail, rebuild}
  end

  defp parts(list, context) when is_list(list) do
    case front(list, context, []) do
      {elements, :none} ->
        {elements, :none, fn trees, _tail -> {:list, trees} end}

      {elements, {:tail, quoted}} ->
        {more, tail, rebuild} = parts(quoted, context)
        size = length(elements) - 1

        rebuild = fn trees, tail ->
          {front, [last | more]} = Enum.split(trees, size)
          rest = rebuild.(more, if(tail == :cut, do: :none, else: tail))
          rest = if tail == :cut, do: {:differs, rest}, else: rest
          {:list, front ++ [{:infix, :|, last, rest}]}
        end

        {elements ++ more, tail, rebuild}
    end
  end

  defp parts(tail, _context), do: {[], {:tail, tail}, fn [], {:tail, tree} -> tree end}

  defp front([{:|, _, [head, tail]}], :match, acc), do: {Enum.reverse([head | acc]), {:tail, tail}}
  defp front([head | tail], context, acc), do: front(tail, context, [head | acc])
  defp front([], _context, acc), do: {Enum.reverse(acc), :none}
  defp front(tail, _context, acc), do: {Enum.reverse(acc), {:tail, tail}}

  ## The parts of the right side

  defp take([head | tail], count, acc) when count > 0, do: take(tail, count - 1, [head | acc])
  defp take(rest, _count, acc), do: {Enum.reverse(acc), rest}

  # What follows the elements that were compared, as more elements or as an improper tail.
  defp tail_of({:differs, {:value, term}}), do: values(term, &{:differs, Document.value(&1)})
  defp tail_of({:value, term}), do: values(term, &Document.value/1)
  defp tail_of({:list, trees}), do: trees
  defp tail_of(tree), do: [{:tail, tree}]

  defp values([head | tail], tree), do: [tree.(head) | values(tail, tree)]
  defp values([], _tree), do: []
  defp values(tail, tree), do: [{:tail, tree.(tail)}]

  defp joined(trees) do
    case Enum.split(trees, -2) do
      {front, [last, {:tail, tail}]} -> {:list, front ++ [{:infix, :|, last, tail}]}
      {[], [{:tail, tail}]} -> tail
      _ -> {:list, trees}
    end
  end

  ## Elements

  defp elements(left, right, env) do
    {edits, env} = round(0, [{0, left, right, [], env}])
    align(edits, [], [], [], [], true, env)
  end

  # Myers' greedy algorithm, as in `List.myers_difference/2`. A path has an environment, as a match binds variables.
  defp round(n, paths) do
    case diagonals(-n, n, paths, []) do
      {:done, edits, env} -> {Enum.reverse(edits), env}
      paths -> round(n + 1, paths)
    end
  end

  defp diagonals(d, n, _paths, next) when d > n, do: Enum.reverse(next)

  defp diagonals(d, n, paths, next) do
    {path, paths} = extend(d, n, paths)

    case slide(path) do
      {_, [], [], edits, env} -> {:done, edits, env}
      path -> diagonals(d + 2, n, paths, [path | next])
    end
  end

  defp extend(0, 0, [path]), do: {path, []}
  defp extend(d, n, [path | _] = paths) when d == -n, do: {delete(path), paths}
  defp extend(n, n, [path]), do: {insert(path), []}

  defp extend(_d, _n, [path1, path2 | paths]) do
    if elem(path1, 0) > elem(path2, 0),
      do: {insert(path1), [path2 | paths]},
      else: {delete(path2), [path2 | paths]}
  end

  defp insert({y, left, [b | right], edits, env}), do: {y, left, right, [{:ins, b} | edits], env}
  defp insert(path), do: path

  defp delete({y, [a | left], right, edits, env}), do: {y + 1, left, right, [{:del, a} | edits], env}
  defp delete({y, [], right, edits, env}), do: {y + 1, [], right, edits, env}

  defp slide({y, [a | left], [b | right], edits, env} = path) do
    case Diff.diff(a, b, env) do
      {%{equivalent?: true} = diff, env} -> slide({y + 1, left, right, [{:eq, diff} | edits], env})
      _ -> path
    end
  end

  defp slide(path), do: path

  # Elements that were replaced are compared with those that replaced them.
  defp align([{:del, a} | edits], dels, inss, lefts, rights, equivalent?, env) do
    align(edits, [a | dels], inss, lefts, rights, equivalent?, env)
  end

  defp align([{:ins, b} | edits], dels, inss, lefts, rights, equivalent?, env) do
    align(edits, dels, [b | inss], lefts, rights, equivalent?, env)
  end

  defp align(edits, dels, inss, lefts, rights, equivalent?, env) do
    {lefts, rights, equivalent?, env} =
      replaced(Enum.reverse(dels), Enum.reverse(inss), lefts, rights, equivalent?, env)

    case edits do
      [{:eq, diff} | edits] -> align(edits, [], [], [diff.left | lefts], [diff.right | rights], equivalent?, env)
      [] -> {Enum.reverse(lefts), Enum.reverse(rights), equivalent?, env}
    end
  end

  defp replaced([a | dels], [b | inss], lefts, rights, equivalent?, env) do
    {diff, env} = Diff.diff(a, b, env)
    replaced(dels, inss, [diff.left | lefts], [diff.right | rights], equivalent? and diff.equivalent?, env)
  end

  defp replaced([], [], lefts, rights, equivalent?, env), do: {lefts, rights, equivalent?, env}

  defp replaced(dels, inss, lefts, rights, _equivalent?, env) do
    lefts = Enum.reduce(dels, lefts, &[{:differs, Diff.document(&1, env)} | &2])
    rights = Enum.reduce(inss, rights, &[{:differs, Document.value(&1)} | &2])
    {lefts, rights, false, env}
  end
end
