defmodule Contexts do
  @before_compile Record
  import Bitwise
  def sum(<<b, rest::binary>>, acc), do: sum(rest, acc + b)
  def sum(<<>>, acc), do: acc

  def until(<<?,, rest::binary>>, seen), do: {seen, rest}
  def until(<<c, rest::binary>>, seen), do: until(rest, [c | seen])
  def until(other, seen), do: {seen, :end, other}

  def skip(<<c, rest::binary>> = all, n) when c in ~c" \t", do: if(n > 4, do: {:enough, all}, else: skip(rest, n + 1))
  def skip(all, n), do: {n, all}

  def words(<<c, rest::binary>>, word, words) when c in ~c" \n", do: spaces(rest, word, words)
  def words(<<c, rest::binary>>, word, words), do: words(rest, <<word::binary, c>>, words)
  def words("", word, words), do: [word | words]
  defp spaces(<<" ", rest::binary>>, word, words), do: spaces(rest, word, words)
  defp spaces(rest, word, words), do: words(rest, "", [word | words])

  def escape(<<?a, rest::binary>>, acc), do: escape(rest, [:a | acc])
  def escape(<<?b, ?c, rest::binary>>, acc), do: escape(rest, [:bc | acc])
  def escape(<<?b, rest::binary>>, acc), do: escape(rest, [:b | acc])
  def escape(<<c, rest::binary>>, acc) when c > ?x, do: escape(rest, [{:high, c} | acc])
  def escape(<<?d, n, part::binary-size(n), rest::binary>>, acc), do: escape(rest, [{:d, part} | acc])
  def escape(<<?e>>, acc), do: {:last_e, acc}
  def escape(<<-1, rest::binary>>, acc), do: escape(rest, [:never | acc])
  def escape(<<c, ?!, rest::binary>>, acc), do: escape(rest, [{c, :!} | acc])
  def escape(<<?f, c::utf8, rest::binary>>, acc), do: escape(rest, [{:f, c} | acc])
  def escape("gg", acc), do: {:gg, acc}
  def escape(<<c::signed, rest::binary>>, acc) when c < 0, do: escape(rest, [c | acc])
  def escape(<<>>, acc), do: :lists.reverse(acc)

  def bits(<<b::3, rest::bitstring>>, acc), do: bits(rest, [b | acc])
  def bits(rest, acc), do: {acc, rest}

  def in_case(bin, acc) do
    case bin do
      <<"ab", rest::binary>> -> in_case(rest, [:ab | acc])
      <<c::utf8, rest::binary>> when c < 200 -> in_case(rest, [c | acc])
      "" -> acc
    end
  end

  def both(left, right, acc) do
    case {left, right} do
      {<<a, left::binary>>, <<b, right::binary>>} -> both(left, right, [a - b | acc])
      {"", ""} -> acc
      {_, ""} -> {:left, left, acc}
    end
  end

  def any([x | rest], acc), do: any(rest, [x | acc])
  def any({:ok, bin}, acc), do: any(bin, acc)
  def any(<<x::16-little, rest::binary>>, acc), do: any(rest, [x | acc])
  def any(<<x, rest::binary>>, acc), do: any(rest, [x | acc])
  def any(:stop, acc), do: {:stop, acc}
  def any(empty, acc), do: {empty, acc}

  def list(<<c, rest::binary>>), do: [c | list(rest)]
  def list(""), do: []

  def nested(<<a, rest::binary>>) do
    <<b, more::binary>> = rest
    fun = fn -> {rest, more} end
    try do
      <<c, _::binary>> = more
      {a, b, c, fun.()}
    catch
      :error, {:badmatch, _} -> {a, b, byte_size(rest), more == "", fun.(), for(<<x <- rest>>, do: x)}
    end
  end

  def later(<<c, rest::binary>>, acc) do
    acc = [sum(rest, 0), c | acc]
    if c == ?3, do: {acc, rest}, else: later(rest, acc)
  end

  def t_sum, do: {sum("abc", 0), sum("", 1), sum(<<255, 0, 128>>, 0), sum("héé", 0), sum(String.duplicate("ab", 3000), 0)}
  def t_sum_clause, do: sum(<<1, 2, 3::4>>, 0)
  def t_sum_other, do: sum(:atom, 0)
  def t_until, do: for(x <- ["ab,cd", ",", "ab", "", :x, <<1, 2::4>>, "é,é"], do: until(x, []))
  def t_skip, do: for(x <- ["  x", "         y", "", "x", [1], " \t"], do: skip(x, 0))
  def t_words, do: words("one two  three\nfour ", "", [])
  def t_words_clause, do: words([], "", [])
  def t_escape, do: for(x <- ["abcb", "abz", "d2hia", "ae", "e!a", "fé", "bgg", <<"a", 200>>, "", "bh!", "zbcbdd\0a"], do: escape(x, []))
  def t_escape_clause_1, do: escape("ad9x", [])
  def t_escape_clause_2, do: escape(<<"aa", 1::4>>, [])
  def t_bits, do: for(x <- [<<1, 2, 3>>, <<5::3>>, "", <<1::1>>, :x], do: bits(x, []))
  def t_in_case, do: in_case("xabéab", [])
  def t_in_case_clause, do: in_case("abı", [])
  def t_both, do: {both("abc", "bca", []), both("abc", "a", [])}
  def t_both_clause, do: both("a", "abc", [])
  def t_any, do: for(x <- [[1, 2], {:ok, "abc"}, "abcd", :stop, "", {:ok, :stop}, [1 | "ab"], <<1, 2, 3::4>>], do: any(x, []))
  def t_list, do: {list("hello"), list(""), (&list/1).("a")}
  def t_nested, do: {nested("abcd"), nested("ab")}
  def t_nested_match, do: nested("a")
  def t_later, do: later("12345", [])
  def t_later_clause, do: later("12", [])
  def t_append, do: Enum.reduce(1..300, "", fn i, acc -> <<acc::binary, i>> end)

  def t_append_twice do
    start = Enum.reduce(1..100, <<200>>, fn i, acc -> <<acc::binary, i + 100>> end)
    one = <<start::binary, 1>>
    two = <<start::binary, 2, 3>>
    three = <<one::binary, 4>>
    four = one <> String.duplicate("x", 300)
    {:binary.part(one, 99, 2), :binary.part(two, 99, 4), :binary.part(three, 99, 4), byte_size(four), start == :binary.part(two, 0, 101), :binary.last(one), :binary.part(four, 99, 4)}
  end

  def t_numbers, do: {<<-1, 256, 300>>, <<-2::16, 70_000::16, 1::24-little, -3::32-little>>, <<5::3, 2::13>>, <<1 <<< 70::80>>}
end
