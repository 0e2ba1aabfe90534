defmodule Integer do
  @moduledoc "Functions on integers, which have no limit of size."

  import Bitwise

  @doc "Whether the integer is odd. Allowed in guards."
  defguard is_odd(integer) when is_integer(integer) and (integer &&& 1) == 1

  @doc "Whether the integer is even. Allowed in guards."
  defguard is_even(integer) when is_integer(integer) and (integer &&& 1) == 0

  @doc "`base` to the power of `exponent`, which must not be negative."
  @doc since: "1.12.0"
  @spec pow(integer(), non_neg_integer()) :: integer()
  def pow(base, exponent) when is_integer(base) and is_integer(exponent) do
    if exponent < 0, do: :erlang.error(:badarith, [base, exponent])
    base ** exponent
  end

  @doc "The remainder of `floor_div/2`: it has the sign of the divisor."
  @doc since: "1.4.0"
  @spec mod(integer(), neg_integer() | pos_integer()) :: integer()
  def mod(dividend, divisor) do
    case rem(dividend, divisor) do
      remainder when remainder * divisor < 0 -> remainder + divisor
      remainder -> remainder
    end
  end

  @doc "Division that rounds down, where `div/2` rounds towards zero."
  @doc since: "1.4.0"
  @spec floor_div(integer(), neg_integer() | pos_integer()) :: integer()
  def floor_div(dividend, divisor) do
    if dividend < 0 != divisor < 0 and rem(dividend, divisor) != 0,
      do: div(dividend, divisor) - 1,
      else: div(dividend, divisor)
  end

  @doc "The digits in a base, most significant first; those of a negative integer are negative."
  @spec digits(integer(), pos_integer()) :: [integer(), ...]
  def digits(integer, base \\ 10) when is_integer(integer) and is_integer(base) and base >= 2 do
    if integer == 0, do: [0], else: digits(integer, base, [])
  end

  defp digits(0, _base, acc), do: acc
  defp digits(integer, base, acc), do: digits(div(integer, base), base, [rem(integer, base) | acc])

  @doc "The integer of a list of digits."
  @spec undigits([integer()], pos_integer()) :: integer()
  def undigits(digits, base \\ 10) when is_list(digits) and is_integer(base) and base >= 2 do
    undigits(digits, base, 0)
  end

  defp undigits([], _base, acc), do: acc

  defp undigits([digit | rest], base, acc) when is_integer(digit) do
    if digit >= base, do: raise(ArgumentError, "invalid digit #{digit} in base #{base}")
    undigits(rest, base, acc * base + digit)
  end

  @doc """
  Reads an integer in a base at the start of a string: the integer and the rest of the string, or `:error`.

      iex> Integer.parse("34.5")
      {34, ".5"}
  """
  @spec parse(binary(), 2..36) :: {integer(), binary()} | :error
  def parse(binary, base \\ 10)

  def parse(_binary, base) when base not in 2..36 do
    raise ArgumentError, "invalid base #{inspect(base)}"
  end

  def parse(binary, base) when is_binary(binary) do
    signs =
      case binary do
        <<sign, _::binary>> when sign in [?+, ?-] -> 1
        _ -> 0
      end

    <<_::binary-size(signs), unsigned::binary>> = binary

    case digit_count(unsigned, base, 0) do
      0 ->
        :error

      count ->
        {digits, rest} = :erlang.split_binary(binary, count + signs)
        {:erlang.binary_to_integer(digits, base), rest}
    end
  end

  defp digit_count(<<char, rest::binary>>, base, count) do
    if digit_value(char) < base, do: digit_count(rest, base, count + 1), else: count
  end

  defp digit_count(_rest, _base, count), do: count

  defp digit_value(char) when char in ?0..?9, do: char - ?0
  defp digit_value(char) when char in ?a..?z, do: char - ?a + 10
  defp digit_value(char) when char in ?A..?Z, do: char - ?A + 10
  defp digit_value(_char), do: 36

  @doc "The integer as a string in a base, with upper case letters."
  @spec to_string(integer(), 2..36) :: String.t()
  def to_string(integer, base \\ 10), do: :erlang.integer_to_binary(integer, base)

  @doc "The integer as a charlist in a base."
  @spec to_charlist(integer(), 2..36) :: charlist()
  def to_charlist(integer, base \\ 10), do: :erlang.integer_to_list(integer, base)

  @doc "The greatest common divisor, never negative."
  @doc since: "1.5.0"
  @spec gcd(integer(), integer()) :: non_neg_integer()
  def gcd(integer1, integer2) when is_integer(integer1) and is_integer(integer2) do
    euclid(abs(integer1), abs(integer2))
  end

  defp euclid(a, 0), do: a
  defp euclid(a, b), do: euclid(b, rem(a, b))

  @doc "`{gcd, m, n}` such that `a * m + b * n` is the greatest common divisor."
  @doc since: "1.12.0"
  @spec extended_gcd(integer(), integer()) :: {non_neg_integer(), integer(), integer()}
  def extended_gcd(0, 0), do: {0, 0, 0}
  def extended_gcd(0, b), do: {b, 0, 1}
  def extended_gcd(a, 0), do: {a, 1, 0}

  def extended_gcd(a, b) when is_integer(a) and is_integer(b) do
    extended_euclid({a, 1, 0}, {b, 0, 1})
  end

  # Each triple {r, s, t} satisfies r = a * s + b * t.
  defp extended_euclid({r0, s0, t0}, {r1, s1, t1}) do
    quotient = div(r0, r1)

    case r0 - quotient * r1 do
      0 when r1 < 0 -> {-r1, -s1, -t1}
      0 -> {r1, s1, t1}
      r2 -> extended_euclid({r1, s1, t1}, {r2, s0 - quotient * s1, t0 - quotient * t1})
    end
  end

  @doc false
  @deprecated "Use Integer.to_charlist/1 instead"
  def to_char_list(integer), do: Integer.to_charlist(integer)

  @doc false
  @deprecated "Use Integer.to_charlist/2 instead"
  def to_char_list(integer, base), do: Integer.to_charlist(integer, base)
end
