defmodule ExUnit.Diff do
  @moduledoc false

  # The two sides of a failed assertion with their differences marked. A side is a tree: `{:same, doc}`, `{:diff, doc}`,
  # `{:group, open, [tree], close}`, `{:join, [tree]}`; `to_algebra/2` makes a document of it and lets a function mark the
  # documents that differ.

  alias Inspect.Algebra

  defstruct [:equivalent?, :left, :right]

  @doc "Compares the sides: `{diff, %{hints: hints}}`, or `nil` for a pattern of a kind that is shown as it is."
  def compute(left, right, context) when context in [:==, :===] do
    hints = if equivalent_strings?(left, right), do: [:equivalent_but_different_strings], else: []
    {values(left, right, context), %{hints: hints}}
  end

  def compute(left, right, {:match, pins}) do
    pins = Map.new(pins)
    {pattern(left, right, pins), %{hints: []}}
  catch
    :unsupported -> nil
  end

  defp equivalent_strings?(left, right) do
    is_binary(left) and is_binary(right) and left != right and String.equivalent?(left, right)
  end

  ## Documents

  def to_algebra({:same, doc}, _mark), do: doc
  def to_algebra({:diff, doc}, mark), do: mark.(doc)
  def to_algebra({:join, trees}, mark), do: trees |> Enum.map(&to_algebra(&1, mark)) |> Algebra.concat()

  def to_algebra({:group, open, [], close}, _mark), do: Algebra.concat(open, close)

  def to_algebra({:group, open, trees, close}, mark) do
    inner =
      trees
      |> Enum.map(&to_algebra(&1, mark))
      |> Algebra.fold(fn doc, acc -> Algebra.glue(Algebra.concat(doc, ","), acc) end)

    open
    |> Algebra.glue("", inner)
    |> Algebra.nest(2)
    |> Algebra.glue("", close)
    |> Algebra.group()
  end

  defp doc(term), do: Algebra.to_doc(term, %Inspect.Opts{})

  defp different(left, right) do
    %__MODULE__{equivalent?: false, left: {:diff, doc(left)}, right: {:diff, doc(right)}}
  end

  ## Values

  defp values(left, right, context) do
    cond do
      left === right or (context == :== and left == right) ->
        %__MODULE__{equivalent?: true, left: {:same, doc(left)}, right: {:same, doc(right)}}

      is_binary(left) and is_binary(right) ->
        strings(left, right)

      is_list(left) and is_list(right) and proper?(left) and proper?(right) ->
        lists(left, right, context)

      is_tuple(left) and is_tuple(right) ->
        sequence(Tuple.to_list(left), Tuple.to_list(right), "{", "}", context)

      is_map(left) and is_map(right) and Map.get(left, :__struct__) == Map.get(right, :__struct__) ->
        maps(left, right, context)

      true ->
        different(left, right)
    end
  end

  defp proper?([]), do: true
  defp proper?([_ | tail]), do: proper?(tail)
  defp proper?(_), do: false

  # Strings that have little in common read better as wholes.
  defp strings(left, right) do
    if String.printable?(left) and String.printable?(right) and
         (String.bag_distance(left, right) > 0.4 or String.starts_with?(left, right) or
            String.starts_with?(right, left)) do
      edits = String.myers_difference(left, right)

      %__MODULE__{
        equivalent?: false,
        left: {:join, quoted(for({kind, text} <- edits, kind != :ins, do: part(kind, text)))},
        right: {:join, quoted(for({kind, text} <- edits, kind != :del, do: part(kind, text)))}
      }
    else
      different(left, right)
    end
  end

  defp quoted(parts), do: [{:same, "\""}] ++ parts ++ [{:same, "\""}]

  defp part(:eq, text), do: {:same, escaped(text)}
  defp part(_edit, text), do: {:diff, escaped(text)}

  defp escaped(text), do: text |> Code.Identifier.escape(?") |> elem(0) |> Algebra.string()

  defp lists(left, right, context) do
    if Keyword.keyword?(left) and Keyword.keyword?(right) and left != [] and right != [],
      do: keywords(left, right, context),
      else: sequence(left, right, "[", "]", context)
  end

  defp keywords(left, right, context) do
    pairs(left, right, context, &List.keytake/3, "[", "]")
  end

  defp sequence(left, right, open, close, context) do
    edits = List.myers_difference(left, right)
    {left, right} = align(edits, context, [], [])

    %__MODULE__{
      equivalent?: false,
      left: {:group, open, left, close},
      right: {:group, open, right, close}
    }
  end

  # Elements that were replaced are compared with those that replaced them.
  defp align([], _context, left, right), do: {Enum.reverse(left), Enum.reverse(right)}

  defp align([{:eq, elements} | edits], context, left, right) do
    same = for element <- Enum.reverse(elements), do: {:same, doc(element)}
    align(edits, context, same ++ left, same ++ right)
  end

  defp align([{:del, deleted}, {:ins, inserted} | edits], context, left, right) do
    count = min(length(deleted), length(inserted))
    {deleted, only_left} = Enum.split(deleted, count)
    {inserted, only_right} = Enum.split(inserted, count)
    diffs = for {old, new} <- Enum.zip(deleted, inserted), do: values(old, new, context)
    left = marked(only_left) ++ Enum.reverse(Enum.map(diffs, & &1.left)) ++ left
    right = marked(only_right) ++ Enum.reverse(Enum.map(diffs, & &1.right)) ++ right
    align(edits, context, left, right)
  end

  defp align([{:del, elements} | edits], context, left, right) do
    align(edits, context, marked(elements) ++ left, right)
  end

  defp align([{:ins, elements} | edits], context, left, right) do
    align(edits, context, left, marked(elements) ++ right)
  end

  defp marked(elements), do: for(element <- Enum.reverse(elements), do: {:diff, doc(element)})

  defp maps(left, right, context) do
    name =
      case left do
        %module{} -> inspect(module)
        _ -> ""
      end

    left = left |> Map.delete(:__struct__) |> Enum.sort()
    right = right |> Map.delete(:__struct__) |> Enum.sort()
    pairs(left, right, context, &List.keytake/3, "%" <> name <> "{", "}")
  end

  defp pairs(left, right, context, take, open, close) do
    keyword? = Keyword.keyword?(left) and Keyword.keyword?(right)

    {lefts, {rights, added}} =
      Enum.map_reduce(left, {[], right}, fn {key, value}, {rights, rest} ->
        case take.(rest, key, 0) do
          {{_key, other}, rest} ->
            diff = values(value, other, context)
            {pair(key, diff.left, keyword?), {[pair(key, diff.right, keyword?) | rights], rest}}

          nil ->
            {{:diff, pair_doc(key, value, keyword?)}, {rights, rest}}
        end
      end)

    added = for {key, value} <- added, do: {:diff, pair_doc(key, value, keyword?)}

    %__MODULE__{
      equivalent?: false,
      left: {:group, open, lefts, close},
      right: {:group, open, Enum.reverse(rights) ++ added, close}
    }
  end

  defp pair(key, tree, keyword?), do: {:join, [{:same, key_doc(key, keyword?)}, tree]}
  defp pair_doc(key, value, keyword?), do: Algebra.concat(key_doc(key, keyword?), doc(value))
  defp key_doc(key, true), do: Macro.inspect_atom(:key, key) <> " "
  defp key_doc(key, false), do: Algebra.concat(doc(key), " => ")

  ## Patterns: quoted on the left, values on the right

  defp pattern({name, _meta, context}, right, _pins) when is_atom(name) and is_atom(context) do
    %__MODULE__{equivalent?: true, left: {:same, Atom.to_string(name)}, right: {:same, doc(right)}}
  end

  defp pattern({:^, _, [{name, meta, context}]} = pin, right, pins) do
    id = {name, meta[:counter] || context}
    {_id, value} = Enum.find(pins, fn {known, _value} -> known == id end) || throw(:unsupported)
    pinned(pin, value, right)
  end

  defp pattern({:{}, _, elements}, right, pins), do: tuple(elements, right, pins)
  defp pattern({left1, left2}, right, pins), do: tuple([left1, left2], right, pins)

  defp pattern({:%{}, _, pairs}, %{} = right, pins) do
    literal_keys? = Enum.all?(pairs, fn pair -> match?({key, _} when not is_tuple(key), pair) end)
    if not literal_keys?, do: throw(:unsupported)
    keyword? = Keyword.keyword?(pairs) and Enum.all?(Map.keys(right), &is_atom/1)

    diffs =
      for {key, value} <- pairs do
        case right do
          %{^key => other} ->
            diff = pattern(value, other, pins)

            %{
              key: key,
              equivalent?: diff.equivalent?,
              left: pair(key, diff.left, keyword?),
              right: pair(key, diff.right, keyword?)
            }

          %{} ->
            code = Algebra.concat(key_doc(key, keyword?), Macro.to_string(value))
            %{key: key, equivalent?: false, left: {:diff, code}, right: nil}
        end
      end

    keys = Enum.map(diffs, & &1.key)

    rest =
      for {key, value} <- Enum.sort(Map.drop(right, [:__struct__ | keys])) do
        {:same, pair_doc(key, value, keyword?)}
      end

    %__MODULE__{
      equivalent?: Enum.all?(diffs, & &1.equivalent?),
      left: {:group, "%{", Enum.map(diffs, & &1.left), "}"},
      right: {:group, "%{", for(%{right: tree} <- diffs, tree != nil, do: tree) ++ rest, "}"}
    }
  end

  defp pattern({_, _, _}, _right, _pins), do: throw(:unsupported)

  defp pattern(left, right, pins) when is_list(left) and is_list(right) do
    if proper?(right) and length(left) == length(right) and not cons?(left),
      do: elements(left, right, pins, "[", "]"),
      else: throw(:unsupported)
  end

  defp pattern(left, right, _pins) when is_list(left) do
    code = Macro.to_string(left)
    %__MODULE__{equivalent?: false, left: {:diff, code}, right: {:diff, doc(right)}}
  end

  defp pattern(left, right, _pins), do: values(left, right, :===)

  defp cons?(left), do: match?([{:|, _, _}], Enum.take(left, -1))

  defp pinned(pin, value, right) do
    code = Macro.to_string(pin)

    if value === right,
      do: %__MODULE__{equivalent?: true, left: {:same, code}, right: {:same, doc(right)}},
      else: %__MODULE__{equivalent?: false, left: {:diff, code}, right: {:diff, doc(right)}}
  end

  defp tuple(elements, right, pins) when is_tuple(right) and tuple_size(right) == length(elements) do
    elements(elements, Tuple.to_list(right), pins, "{", "}")
  end

  defp tuple(elements, right, _pins) do
    code = Macro.to_string({:{}, [], elements})
    %__MODULE__{equivalent?: false, left: {:diff, code}, right: {:diff, doc(right)}}
  end

  defp elements(left, right, pins, open, close) do
    diffs = for {left, right} <- Enum.zip(left, right), do: pattern(left, right, pins)

    %__MODULE__{
      equivalent?: Enum.all?(diffs, & &1.equivalent?),
      left: {:group, open, Enum.map(diffs, & &1.left), close},
      right: {:group, open, Enum.map(diffs, & &1.right), close}
    }
  end
end
