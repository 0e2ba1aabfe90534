defmodule Matching do
  @before_compile Record
  def id(x), do: x
  def f([]), do: :empty
  def f([x]), do: {:one, x}
  def f([x, x]), do: {:same, x}
  def f([a, b | t]) when a > b, do: {:desc, a, b, t}
  def f([_ | _] = l), do: {:list, length(l)}
  def f({}), do: :unit
  def f({:a, x}), do: {:a, x}
  def f({:b, x}), do: {:b, x}
  def f({x, x}), do: {:twice, x}
  def f({:c, {y, [z | _]}}), do: {:c, y, z}
  def f({_, _, _, _, _, _, _, _, n, 10}), do: {:ten, n}
  def f(%{k: v, z: 1}), do: {:k_z, v}
  def f(%{k: v}), do: {:k, v}
  def f(%{"s" => %{1 => v}}), do: {:s, v}
  def f(%{}), do: :map
  def f(1), do: :int_one
  def f(1.0), do: :float_one
  def f(0.0), do: :zero
  def f("abc"), do: :abc
  def f("ab" <> r), do: {:ab, r}
  def f(""), do: :empty_string
  def f(<<n, s::binary-size(n), r::binary>>), do: {:sized, n, s, r}
  def f(:x), do: 1
  def f(:y), do: 2
  def f(:z), do: 3
  def f(nil), do: 4
  def f(true), do: 5
  def f(-7), do: :minus_seven
  def f(123_456_789_012_345_678_901_234_567_890), do: :big
  def f(x) when is_atom(x) when is_float(x), do: {:atom_or_float, x}
  def f(x) when is_function(x, 2), do: :fun2
  def f([h | t] = all) when not is_list(t), do: {h, t, all}
  def t_f do
    for x <- [[], [1], [1, 1], [2, 1, 0], [1, 2], [1, 2, 3], {}, {:a, 1}, {:b, 2}, {3, 3}, {:c, {1, [2, 3]}},
      {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, %{k: 1, z: 1}, %{k: 1, z: 2}, %{k: 1}, %{"s" => %{1 => 2}}, %{"s" => 1}, 1, 1.0, 0.0, -0.0,
      "abc", "abd", "", <<2, 1, 2, 3>>, :x, :y, :z, nil, true, -7, 123_456_789_012_345_678_901_234_567_890, :foo, 3.5] do
      f(x)
    end
  end
  def t_clause_1, do: f({1, 2})
  def t_clause_2, do: f(<<9, 1>>)
  def t_clause_3, do: f(fn x -> x end)
  def t_fun2, do: f(fn _, _ -> 1 end)

  def t_match do
    {a, [b | c]} = id({1, [2, 3]})
    %{x: x, y: {y}} = id(%{x: 1, y: {2}, z: 3})
    {:ok, v} = w = id({:ok, 5})
    ^a = id(1)
    [^b, d] = id([2, 7])
    {a, b, c, x, y, v, w, d}
  end
  def t_badmatch, do: ({:ok, _} = id({:error, 1}))
  def t_badpin do
    a = id(1)
    ^a = id(2)
  end
  def t_case_clause, do: (case id(3) do 1 -> 1; 2 -> 2 end)
  def t_cond_clause, do: (cond do id(false) -> 1; id(nil) -> 2 end)
  def t_case do
    for x <- [1, 2, 3, :a, "b", {1, 2}, [1], 4.0, nil] do
      case x do
        n when n in [1, 2] -> {:small, n}
        n when is_integer(n) and n > 2 and rem(n, 2) == 1 -> {:odd, n}
        {a, b} when a < b -> a + b
        s when is_binary(s) and byte_size(s) == 1 -> s
        [h | _] when hd([h]) == 1 -> :h
        f when is_float(f) -> f * 2
        other -> other
      end
    end
  end
  def t_guard_failure do
    for x <- [:a, {1}, [1], %{a: 1}, "s", 0, 5] do
      case x do
        y when hd(y) == 1 -> :hd
        y when elem(y, 0) == 1 -> :elem
        y when map_size(y) == 1 and :erlang.map_get(:a, y) == 1 -> :map
        y when byte_size(y) == 1 or y == 0 -> :byte
        y when not (length(y) == 1) -> :length
        y when div(10, y) == 2 -> :div
        y when y -> :truthy
        _ -> :none
      end
    end
  end
  def t_guard_or_fails do
    for x <- [1, [1]] do
      case x do
        y when hd(y) == 1 or is_integer(y) -> :first
        y when hd(y) == 1 when is_integer(y) -> :second
      end
    end
  end
  def t_map_pin do
    k = id("key")
    %{^k => v} = id(%{"key" => 3})
    case id(%{"other" => 1}) do
      %{^k => _} -> :yes
      %{} -> v
    end
  end
  def t_struct do
    %m{} = u = id(%{__struct__: Foo, a: 1})
    case u do
      %{__struct__: Bar} -> :bar
      %{__struct__: ^m, a: a} -> {m, a}
    end
  end
  def t_many_literals do
    for x <- 0..11, do: number(x)
  end
  def number(0), do: :zero
  def number(1), do: :one
  def number(2), do: :two
  def number(3), do: :three
  def number(4), do: :four
  def number(5), do: :five
  def number(x) when x < 8, do: :some
  def number(8), do: :eight
  def number(9), do: :nine
  def number(10), do: :ten
  def number(_), do: :many
  def t_as do
    case id({:a, {:b, 1}}) do
      {:a, {:b, x} = y} = z -> {x, y, z}
    end
  end
  def t_double_as do
    case id({1, [2]}) do
      {_, [x]} = {y, _} -> {x, y}
    end
  end
  # Variables of one clause have the numbers of another's: a fun captures none of those.
  def clauses(%{a: a, b: b}) when a != b, do: {a, b}
  def clauses(%{a: a} = whole) do
    {c, _d} = {a, whole}
    c + 1
  end
  def clauses(list) when is_list(list) do
    for_each = fn {k, v}, {total, seen} when v > 0 -> {total + v, [k | seen]} end
    {total, _} = for_each.({:x, 1}, {2, []})
    total + length(list)
  end
  def t_clauses, do: {clauses(%{a: 1, b: 2}), clauses(%{a: 1, b: 1}), clauses([1])}
  def t_literal_subjects do
    with {:ok, x} <- 5, do: x
  end
  def t_field_guard do
    for m <- [%{id: 11}, %{}, :atom] do
      case m do
        m when m.id > 10 -> :big
        _ -> :other
      end
    end
  end
  def t_nested_case do
    x = id(3)
    y = case x do 1 -> (case id(2) do 2 -> :a; _ -> :b end); 3 -> (if x > id(2), do: :c, else: :d) end
    z = if y == :c and x == 3, do: id(:yes), else: id(:no)
    {x, y, z}
  end
end
