defmodule Control do
  @before_compile Record
  def id(x), do: x
  def t_if, do: {if(id(1), do: :a), if(id(nil), do: :a), if(id(false), do: :a, else: :b), unless(id(nil), do: 1)}
  def t_bool do
    {id(true) and id(false), id(true) or :x, id(false) or :x, not id(true), id(nil) || 1, id(1) && 2, id(nil) && 2, !id(1), !id(nil)}
  end
  def t_badbool, do: (if id(1) and true, do: 1)
  def t_cond do
    for x <- [1, 5, 10] do
      cond do
        x < 3 and id(x) > 0 -> :low
        x < 7 or id(x) == 100 -> :mid
        true -> :high
      end
    end
  end
  def t_with do
    for x <- [{:ok, 1}, {:ok, -1}, :error, {:error, 5}] do
      with {:ok, n} when n > 0 <- id(x), m = n + 1, {:ok, k} <- id({:ok, m}) do
        {n, m, k}
      end
    end
  end
  def t_with_else do
    for x <- [{:ok, 1}, :error, {:error, 5}] do
      with {:ok, n} <- id(x) do
        n
      else
        :error -> :e
        {:error, n} when n > 1 -> {:e, n}
      end
    end
  end
  def t_try_rescue do
    try do
      raise ArgumentError, "x"
    rescue
      e in [RuntimeError] -> {:rt, e}
      e in ArgumentError -> {:arg, e}
    end
  end
  def t_try_rescue_erlang do
    for f <- [fn -> id(1) + id(:a) end, fn -> raise("boom") end, fn -> :erlang.error(:foo) end] do
      try do
        f.()
      rescue
        e in ArithmeticError -> {:arith, e}
        e in RuntimeError -> {:rt, e.message}
        e -> {:other, e}
      end
    end
  end
  def t_try_catch do
    for f <- [fn -> throw(:t) end, fn -> exit(:e) end, fn -> :erlang.error(:r) end, fn -> :fine end, fn -> throw({:x, 1}) end] do
      try do
        f.()
      catch
        {:x, n} -> {:pair, n}
        x when is_atom(x) -> {:thrown, x}
        :exit, r -> {:exit, r}
        kind, r -> {kind, r}
      else
        :fine -> :else
      end
    end
  end
  def t_try_else_clause do
    try do
      id(1)
    rescue
      _ -> 1
    else
      2 -> 3
    end
  end
  def t_try_after do
    p = self()
    r = try do
      send(p, :one)
      id(1)
    after
      send(p, :two)
    end
    a = receive do x -> x end
    b = receive do x -> x end
    {r, a, b}
  end
  def t_try_after_raise do
    p = self()
    r = try do
      try do
        throw(id(:out))
      after
        send(p, id(:cleaned))
      end
    catch
      x -> {:caught, x}
    end
    {r, receive do x -> x after 0 -> :none end}
  end
  def t_nested_try do
    try do
      try do
        :erlang.error(:inner)
      rescue
        e in RuntimeError -> e
      end
    catch
      :error, :inner -> :outer
    end
  end
  def t_reraise do
    try do
      try do
        raise "a"
      rescue
        e -> reraise e, __STACKTRACE__
      end
    rescue
      e -> e.message
    end
  end
  def t_handler_raises do
    try do
      try do
        throw(1)
      catch
        x -> throw(x + 1)
      end
    catch
      x -> x
    end
  end
  def t_throw, do: throw(:uncaught)
  def t_exit, do: exit({:shutdown, 1})
  def t_vars_around_try do
    a = id(1)
    b = try do
      c = a + id(2)
      d = try do throw(c) catch x -> x * 10 end
      d + a
    rescue
      _ -> 0
    end
    a + b
  end
  def t_receive_selective do
    send(self(), {:a, 1})
    send(self(), :b)
    send(self(), {:a, 2})
    x = receive do :b -> :got_b end
    y = receive do {:a, n} when n > 1 -> n end
    z = receive do {:a, n} -> id(n) + 1 end
    w = receive do _ -> 1 after 0 -> :empty end
    {x, y, z, w}
  end
  def t_receive_timeout do
    receive do
      :never -> 1
    after
      5 -> id(:late)
    end
  end
  def t_receive_sleep, do: (receive do after 1 -> :slept end)
  def t_receive_bad, do: (receive do after id(:bad) -> 1 end)
  def t_funs do
    a = id(1)
    b = id(2)
    c = id(3)
    d = id(4)
    f0 = fn -> a end
    f1 = fn x -> x + a + b end
    f3 = fn x, y -> {x, y, a, b, c} end
    f4 = fn x -> [x, a, b, c, d] end
    f5 = fn x -> fn y -> x + y + a + d end end
    {f0.(), f1.(10), f3.(1, 2), f4.(0), f5.(5).(6), (&id/1).(7), (&(&1 + &2)).(1, 2), (&:erlang.abs/1).(-3)}
  end
  def t_fun_clauses do
    f = fn
      0, _ -> :zero
      n, m when n > m -> :gt
      n, n -> :eq
      {a, _}, _ -> a
    end
    {f.(0, 1), f.(2, 1), f.({3, 1}, 9)}
  end
  def t_fun_clause_error, do: (fn :a -> 1 end).(id(:b))
  def t_badfun, do: id(1).(2)
  def t_badarity, do: (id(fn x -> x end)).(1, 2)
  def t_apply do
    m = id(:erlang)
    {apply(m, :abs, [-1]), apply(fn a, b -> a - b end, [5, 3]), m.abs(-9), apply(:erlang, id(:max), id([1, 2]))}
  end
  def t_order do
    p = self()
    t = {send(p, 1), send(p, 2), send(p, 3)}
    [a, b, c] = for _ <- 1..3, do: (receive do x -> x end)
    {t, a, b, c}
  end
  def count(0, acc), do: acc
  def count(n, acc), do: count(n - 1, acc + 1)
  def swap(0, a, b), do: {a, b}
  def swap(n, a, b), do: swap(n - 1, b, a)
  def even(0), do: true
  def even(n), do: odd(n - 1)
  def odd(0), do: false
  def odd(n), do: even(n - 1)
  def t_loops, do: {count(10_000, 0), swap(3, 1, 2), even(1001)}
  def sum([]), do: 0
  def sum([h | t]), do: h + sum(t)
  def map([], _), do: []
  def map([h | t], f), do: [f.(h) | map(t, f)]
  def filter([], _), do: []
  def filter([h | t], f) do
    if f.(h) do
      [h | filter(t, f)]
    else
      filter(t, f)
    end
  end
  def dup([]), do: []
  def dup([h | t]), do: [h, h | dup(t)]
  def build(0), do: []
  def build(n), do: [n | build(n - 1)]
  def improper([]), do: :end
  def improper([h | t]), do: [h | improper(t)]
  def interleave([], l), do: l
  def interleave([h | t], l), do: [h | other(t, l)]
  def other(a, b), do: interleave(b, a)
  def raising([0 | _]), do: throw(:zero)
  def raising([h | t]), do: [h | raising(t)]
  def t_lists do
    l = build(2000)
    {sum(l), sum(map(l, fn x -> x * 2 end)), filter(build(10), fn x -> rem(x, 2) == 0 end), dup([1, 2]), improper([1, 2]),
     interleave([1, 3, 5], [2, 4, 6, 8]), map([], &id/1), (try do raising([1, 2, 0, 4]) catch x -> x end)}
  end
  def t_lists_of_calls do
    l = build(20)
    {map(l, fn x -> fib(rem(x, 8)) end), filter(l, fn x -> rem(fib(rem(x, 8)), 2) == 0 end), map(l, fn x -> map(build(rem(x, 4)), fn y -> tak(y, x, 1) end) end)}
  end
  def deep(0), do: raise("deep")
  def deep(n), do: 1 + deep(n - 1)
  def t_deep, do: (try do deep(50_000) rescue e -> e.message end)
  def many(a, b, c, d, e, f, g, h) do
    x = id(a)
    y = id(b)
    z = id(c)
    [x, y, z, id(d), id(e), id(f), id(g), id(h), a, b, c, d, e, f, g, h]
  end
  def t_many_locals, do: many(1, 2, 3, 4, 5, 6, 7, 8)
  def fib(n) when n < 2, do: n
  def fib(n), do: fib(n - 1) + fib(n - 2)
  def tak(x, y, z) when y >= x, do: z
  def tak(x, y, z), do: tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
  def t_calls, do: {fib(12), tak(8, 4, 2)}
  def t_map_field do
    m = id(%{a: 1, b: %{c: 2}})
    {m.a, m.b.c, %{m | a: 5}, %{m | a: 1, b: 2}}
  end
  def t_badkey, do: id(%{a: 1}).zzz
  def t_badkey_update, do: %{id(%{a: 1}) | zzz: 1}
  def t_badmap, do: %{id(5) | zzz: 1}
  def t_maps do
    k = id(:k)
    {%{k => 1, :a => id(2), "s" => 3}, %{1 => 2, 1.0 => 3}, %{{k} => [k]}}
  end
  def t_block do
    x = (y = id(1); y + 1)
    {x, id(y = 5), y}
  end
end
