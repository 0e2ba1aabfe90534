defmodule Code.Identifier do
  @moduledoc false

  # How names and texts are written in source code: what Inspect and Macro share.

  @doc "The associativity and precedence of a unary operator, or `:error`."
  def unary_op(op) when op in [:&, :...], do: {:non_associative, 90}
  def unary_op(op) when op in [:!, :^, :not, :+, :-, :"~~~"], do: {:non_associative, 300}
  def unary_op(:@), do: {:non_associative, 320}
  def unary_op(_), do: :error

  @binary_ops [
    {:left, 40, [:<-, :\\]},
    {:right, 50, [:when]},
    {:right, 60, [:"::"]},
    {:right, 70, [:|]},
    {:right, 100, [:=]},
    {:left, 120, [:||, :|||, :or]},
    {:left, 130, [:&&, :&&&, :and]},
    {:left, 140, [:==, :!=, :=~, :===, :!==]},
    {:left, 150, [:<, :<=, :>=, :>]},
    {:left, 160, [:|>, :<<<, :>>>, :<~, :~>, :<<~, :~>>, :<~>, :"<|>"]},
    {:left, 170, [:in]},
    {:left, 180, [:"^^^"]},
    {:right, 200, [:++, :--, :.., :<>, :+++, :---]},
    {:left, 210, [:+, :-]},
    {:left, 220, [:*, :/]},
    {:left, 230, [:**]},
    {:left, 310, [:.]}
  ]

  @doc "The associativity and precedence of a binary operator, or `:error`."
  for {associativity, precedence, operators} <- @binary_ops do
    def binary_op(op) when op in unquote(operators) do
      {unquote(associativity), unquote(precedence)}
    end
  end

  def binary_op(_), do: :error

  @doc """
  Classifies an atom by how it is written: `:alias`, `:identifier`, `:unquoted_operator`,
  `:quoted_operator` (quoted as an atom, not in a call), `:not_callable` (not quoted as an atom, but in a
  call) or `:other` (always quoted).
  """
  def classify(atom) when is_atom(atom), do: :beamlet_string.classify_atom(atom)

  @doc "The name of an atom as a `:literal`, a keyword `:key` or the function of a `:remote_call`."
  def inspect_atom(kind, atom, opts \\ [])
  def inspect_atom(kind, atom, []) when is_atom(atom), do: :beamlet_string.inspect_atom(kind, atom)

  def inspect_atom(kind, atom, opts) when is_atom(atom) do
    name = Atom.to_string(atom)

    case opts[:escape] do
      escape when is_function(escape, 2) ->
        case {kind, classify(atom)} do
          {:literal, :quoted_operator} -> IO.iodata_to_binary([?:, ?", escape.(name, ?"), ?"])
          {:literal, :other} -> IO.iodata_to_binary([?:, ?", escape.(name, ?"), ?"])
          {:key, :quoted_operator} -> IO.iodata_to_binary([?", escape.(name, ?"), ?", ?:])
          {:key, :other} -> IO.iodata_to_binary([?", escape.(name, ?"), ?", ?:])
          {:remote_call, :other} -> IO.iodata_to_binary([?", escape.(name, ?"), ?"])
          _ -> :beamlet_string.inspect_atom(kind, atom)
        end

      _ ->
        :beamlet_string.inspect_atom(kind, atom)
    end
  end

  @doc "The name and arity of the function in which a fun named `-name/arity-fun-index-` was made."
  def extract_anonymous_fun_parent(atom) when is_atom(atom) do
    with "-" <> rest <- Atom.to_string(atom),
         [last | reversed] when reversed != [] <- rest |> String.split("/") |> Enum.reverse(),
         [arity, _inner, _count, ""] <- String.split(last, "-") do
      {reversed |> Enum.reverse() |> Enum.join("/") |> String.to_atom(), arity}
    else
      _ -> :error
    end
  end

  @doc """
  Escapes a text for use between two of the given delimiter, at most `limit` characters of it.
  Returns the escaped text and what remains. `fun` may give the escape of a character of its own.
  """
  def escape(binary, delimiter, limit \\ :infinity)

  def escape(binary, delimiter, limit) when is_binary(binary) do
    :beamlet_string.escape(binary, delimiter, limit)
  end

  def escape(binary, delimiter, limit, fun) when is_binary(binary) and is_function(fun, 1) do
    escape_with(binary, delimiter, limit, fun, [])
  end

  defp escape_with(<<_, _::binary>> = rest, _delimiter, 0, _fun, acc), do: {flush(acc), rest}
  defp escape_with(<<>>, _delimiter, _limit, _fun, acc), do: {flush(acc), <<>>}

  defp escape_with(<<char, rest::binary>>, char, limit, fun, acc) do
    escape_with(rest, char, decrement(limit), fun, [<<?\\, char>> | acc])
  end

  defp escape_with(<<"\#{", rest::binary>>, delimiter, limit, fun, acc) do
    escape_with(rest, delimiter, decrement(limit), fun, ["\\\#{" | acc])
  end

  defp escape_with(<<char::utf8, rest::binary>>, delimiter, limit, fun, acc) do
    escaped = fun.(char) || :beamlet_string.escape_char(char)
    escape_with(rest, delimiter, decrement(limit), fun, [escaped | acc])
  end

  defp escape_with(<<byte, rest::binary>>, delimiter, limit, fun, acc) do
    hex = byte |> Integer.to_string(16) |> String.pad_leading(2, "0")
    escape_with(rest, delimiter, decrement(limit), fun, [["\\x", hex] | acc])
  end

  defp flush(acc), do: acc |> :lists.reverse() |> IO.iodata_to_binary()

  defp decrement(:infinity), do: :infinity
  defp decrement(count), do: count - 1
end
