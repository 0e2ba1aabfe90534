defmodule :erl_scan do
  @moduledoc "Erlang's `:erl_scan`: the text of Erlang as tokens. Locations are lines."

  @reserved ~w(after begin case try cond catch andalso orelse end fun if let of receive when
    bnot not div rem band and bor bxor bsl bsr or xor maybe)a
  # Longest first.
  @symbols [~c"...", ~c"=:=", ~c"=/=", ~c"<<", ~c">>", ~c"<-", ~c"<=", ~c"->", ~c"--", ~c"++", ~c"==", ~c"/=",
            ~c"=<", ~c">=", ~c"=>", ~c":=", ~c"::", ~c"||", ~c"..", ~c":", ~c";", ~c",", ~c"(", ~c")", ~c"[", ~c"]",
            ~c"{", ~c"}", ~c"|", ~c"=", ~c"+", ~c"-", ~c"*", ~c"/", ~c"<", ~c">", ~c"!", ~c"?", ~c"#", ~c"."]

  @doc "Whether an atom is a reserved word."
  def reserved_word(:maybe), do: false
  def reserved_word(word), do: :lists.member(word, @reserved)

  @doc "The tokens of a text that starts on line 1."
  def string(chars), do: string(chars, 1)

  @doc "The tokens of a text that starts on a line: `{:ok, tokens, line}` or `{:error, info, line}`."
  def string(chars, line), do: string(chars, line, [])

  @doc "As `string/2`; options are accepted and change nothing."
  def string(chars, line, _options), do: scan(chars, line, [])

  @doc "Reads to the end of a form, piece by piece, as `:io.scan_erl_form/2` does: `{:more, continuation}` or `{:done, result, rest}`."
  def tokens([], chars, line), do: tokens({[], line}, chars, line)
  def tokens({[], line}, :eof, _line), do: {:done, {:eof, line}, :eof}
  def tokens({read, line}, :eof, _line), do: {:done, string(read, line), :eof}

  def tokens({read, line}, chars, _line) do
    {form, rest} = form(read ++ chars, [])

    case {rest, string(form, line)} do
      {:none, _} -> {:more, {form, line}}
      {rest, result} -> {:done, result, rest}
    end
  end

  # Up to a dot that a blank follows; `:none` when there is none.
  defp form([?., blank | rest], read) when blank <= ?\s, do: {:lists.reverse(read, [?., blank]), rest}
  defp form([char | rest], read), do: form(rest, [char | read])
  defp form([], read), do: {:lists.reverse(read), :none}

  @doc "The kind of a token."
  def category(token), do: :erlang.element(1, token)

  @doc "The line of a token."
  def line(token), do: :erlang.element(2, token)

  @doc "The location of a token."
  def location(token), do: :erlang.element(2, token)

  @doc "What a token stands for: the value of a literal, else its kind."
  def symbol({_, _, value}), do: value
  def symbol({kind, _}), do: kind

  @doc "The words for an error."
  def format_error({:illegal, what}), do: ~c"illegal " ++ :erlang.atom_to_list(what)
  def format_error({:string, ?', start}), do: ~c"unterminated atom starting with " ++ :io_lib.write_string(start)
  def format_error({:string, _, start}), do: ~c"unterminated string starting with " ++ :io_lib.write_string(start)
  def format_error(other), do: :io_lib.write(other)

  defp scan([], line, tokens), do: {:ok, :lists.reverse(tokens), line}
  defp scan([?\n | rest], line, tokens), do: scan(rest, line + 1, tokens)
  defp scan([char | rest], line, tokens) when char <= ?\s, do: scan(rest, line, tokens)
  defp scan([?% | rest], line, tokens), do: scan(:lists.dropwhile(&(&1 != ?\n), rest), line, tokens)
  defp scan([?.], line, tokens), do: scan([], line, [{:dot, line} | tokens])
  defp scan([?., ?\n | rest], line, tokens), do: scan(rest, line + 1, [{:dot, line} | tokens])
  defp scan([?., next | rest], line, tokens) when next <= ?\s, do: scan(rest, line, [{:dot, line} | tokens])
  defp scan([?., ?% | rest], line, tokens), do: scan([?% | rest], line, [{:dot, line} | tokens])
  defp scan([digit | _] = chars, line, tokens) when digit in ?0..?9, do: number(chars, line, tokens)

  defp scan([first | _] = chars, line, tokens) when first in ?a..?z or first in 0xDF..0xFF do
    {name, rest} = :lists.splitwith(&name_char/1, chars)
    name = :erlang.list_to_atom(name)
    token = if reserved_word(name), do: {name, line}, else: {:atom, line, name}
    scan(rest, line, [token | tokens])
  end

  defp scan([first | _] = chars, line, tokens) when first in ?A..?Z or first == ?_ or first in 0xC0..0xDE do
    {name, rest} = :lists.splitwith(&name_char/1, chars)
    scan(rest, line, [{:var, line, :erlang.list_to_atom(name)} | tokens])
  end

  defp scan([?' | rest], line, tokens), do: quoted(rest, ?', :atom, line, line, [], tokens)
  defp scan([?" | rest], line, tokens), do: quoted(rest, ?", :string, line, line, [], tokens)

  defp scan([?$, ?\\ | rest], line, tokens) do
    case escape(rest) do
      {char, rest} -> scan(rest, line, [{:char, line, char} | tokens])
      :error -> {:error, {line, :erl_scan, {:illegal, :character}}, line}
    end
  end

  defp scan([?$, char | rest], line, tokens), do: scan(rest, line, [{:char, line, char} | tokens])

  defp scan(chars, line, tokens) do
    case :lists.search(&:lists.prefix(&1, chars), @symbols) do
      {:value, symbol} ->
        scan(:lists.nthtail(:erlang.length(symbol), chars), line, [{:erlang.list_to_atom(symbol), line} | tokens])

      false ->
        {:error, {line, :erl_scan, {:illegal, :character}}, line}
    end
  end

  defp name_char(char) do
    char in ?a..?z or char in ?A..?Z or char in ?0..?9 or char in [?_, ?@] or
      (char in 0xC0..0xFF and char not in [0xD7, 0xF7])
  end

  defp digit(char), do: char in ?0..?9 or char == ?_

  defp number(chars, line, tokens) do
    case :lists.splitwith(&digit/1, chars) do
      {base, [?# | rest]} ->
        {digits, rest} = :lists.splitwith(&(digit(&1) or &1 in ?a..?z or &1 in ?A..?Z), rest)
        based(digits, integer(base), rest, line, tokens)

      {whole, [?., next | _] = rest} when next in ?0..?9 ->
        {fraction, rest} = :lists.splitwith(&digit/1, :erlang.tl(rest))
        {exponent, rest} = exponent(rest)
        text = plain(whole) ++ [?. | plain(fraction)] ++ exponent
        scan(rest, line, [{:float, line, :erlang.list_to_float(text)} | tokens])

      {whole, rest} ->
        scan(rest, line, [{:integer, line, integer(whole)} | tokens])
    end
  end

  defp based(digits, base, rest, line, tokens) do
    try do
      :erlang.list_to_integer(plain(digits), base)
    catch
      :error, _ -> {:error, {line, :erl_scan, {:illegal, :integer}}, line}
    else
      value -> scan(rest, line, [{:integer, line, value} | tokens])
    end
  end

  defp exponent([e, sign, digit | rest]) when e in [?e, ?E] and sign in [?+, ?-] and digit in ?0..?9 do
    {digits, rest} = :lists.splitwith(&digit/1, [digit | rest])
    {[?e, sign | plain(digits)], rest}
  end

  defp exponent([e, digit | rest]) when e in [?e, ?E] and digit in ?0..?9 do
    {digits, rest} = :lists.splitwith(&digit/1, [digit | rest])
    {[?e | plain(digits)], rest}
  end

  defp exponent(rest), do: {[], rest}

  defp plain(digits), do: :lists.filter(&(&1 != ?_), digits)
  defp integer(digits), do: :erlang.list_to_integer(plain(digits))

  defp quoted([quote | rest], quote, kind, start, line, chars, tokens) do
    chars = :lists.reverse(chars)
    value = if kind == :atom, do: :erlang.list_to_atom(chars), else: chars
    scan(rest, line, [{kind, start, value} | tokens])
  end

  defp quoted([?\\ | rest], quote, kind, start, line, chars, tokens) do
    case escape(rest) do
      {char, rest} -> quoted(rest, quote, kind, start, line, [char | chars], tokens)
      :error -> {:error, {line, :erl_scan, {:illegal, :character}}, line}
    end
  end

  defp quoted([?\n | rest], quote, kind, start, line, chars, tokens),
    do: quoted(rest, quote, kind, start, line + 1, [?\n | chars], tokens)

  defp quoted([char | rest], quote, kind, start, line, chars, tokens),
    do: quoted(rest, quote, kind, start, line, [char | chars], tokens)

  defp quoted([], quote, _kind, start, line, chars, _tokens),
    do: {:error, {start, :erl_scan, {:string, quote, :lists.reverse(:lists.sublist(chars, 16))}}, line}

  defp escape([?x, ?{ | rest]) do
    {digits, [?} | rest]} = :lists.splitwith(&(&1 != ?}), rest)
    {:erlang.list_to_integer(digits, 16), rest}
  end

  defp escape([?x, a, b | rest]), do: {:erlang.list_to_integer([a, b], 16), rest}
  defp escape([?^, char | rest]), do: {:erlang.band(char, 31), rest}

  defp escape([digit | _] = chars) when digit in ?0..?7 do
    {digits, _} = :lists.splitwith(&(&1 in ?0..?7), chars)
    digits = :lists.sublist(digits, 3)
    {:erlang.list_to_integer(digits, 8), :lists.nthtail(:erlang.length(digits), chars)}
  end

  defp escape([char | rest]) do
    found = :lists.keyfind(char, 1, [{?n, ?\n}, {?t, ?\t}, {?r, ?\r}, {?b, ?\b}, {?f, ?\f}, {?v, ?\v}, {?e, ?\e}, {?s, ?\s}, {?d, 127}])
    {if(found, do: :erlang.element(2, found), else: char), rest}
  end

  defp escape([]), do: :error
end
