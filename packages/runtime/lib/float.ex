import Kernel, except: [round: 1]

defmodule Float do
  @moduledoc """
  Functions on floats: IEEE 754 numbers of double precision.

  Most decimal fractions are not floats: `0.1` is the float nearest to a tenth. Rounding in this module starts from the
  exact value of the float.
  """

  import Bitwise

  @type precision_range :: 0..15

  @doc "The largest finite float."
  @spec max_finite() :: float()
  def max_finite, do: 1.7976931348623157e308

  @doc "The smallest (most negative) finite float."
  @spec min_finite() :: float()
  def min_finite, do: -1.7976931348623157e308

  @doc "`base` to the power of `exponent`."
  @doc since: "1.12.0"
  @spec pow(float(), number()) :: float()
  def pow(base, exponent) when is_float(base) and is_number(exponent), do: :math.pow(base, exponent)

  @doc """
  Reads a float at the start of a string: the float and the rest of the string, or `:error`.

      iex> Float.parse("56.5xyz")
      {56.5, "xyz"}
  """
  @spec parse(binary()) :: {float(), binary()} | :error
  def parse(binary)

  def parse("-" <> unsigned) do
    case parse_unsigned(unsigned) do
      {number, rest} -> {-number, rest}
      :error -> :error
    end
  end

  def parse("+" <> unsigned), do: parse_unsigned(unsigned)
  def parse(unsigned), do: parse_unsigned(unsigned)

  defp parse_unsigned(<<digit, _::binary>> = binary) when digit in ?0..?9 do
    {whole, rest} = take_digits(binary)
    {fraction, rest} = take_fraction(rest)
    {exponent, rest} = take_exponent(rest)

    read(whole <> fraction <> exponent, exponent, rest)
  end

  defp parse_unsigned(binary) when is_binary(binary), do: :error

  defp read(text, "", rest), do: {:erlang.binary_to_float(text), rest}

  # An exponent may be beyond what a float can hold.
  defp read(text, _exponent, rest) do
    {:erlang.binary_to_float(text), rest}
  rescue
    ArgumentError -> :error
  end

  defp take_fraction(<<?., digit, _::binary>> = binary) when digit in ?0..?9 do
    <<?., rest::binary>> = binary
    {digits, rest} = take_digits(rest)
    {"." <> digits, rest}
  end

  defp take_fraction(rest), do: {".0", rest}

  defp take_exponent(<<e, digit, _::binary>> = binary) when e in [?e, ?E] and digit in ?0..?9 do
    <<_, rest::binary>> = binary
    {digits, rest} = take_digits(rest)
    {"e" <> digits, rest}
  end

  defp take_exponent(<<e, sign, digit, _::binary>> = binary)
       when e in [?e, ?E] and sign in [?+, ?-] and digit in ?0..?9 do
    <<_, _, rest::binary>> = binary
    {digits, rest} = take_digits(rest)
    {<<?e, sign, digits::binary>>, rest}
  end

  defp take_exponent(rest), do: {"", rest}

  defp take_digits(binary), do: :erlang.split_binary(binary, digit_count(binary, 0))

  defp digit_count(<<digit, rest::binary>>, count) when digit in ?0..?9 do
    digit_count(rest, count + 1)
  end

  defp digit_count(_rest, count), do: count

  @doc "The largest float of at most `precision` decimals that is not larger."
  @spec floor(float(), precision_range()) :: float()
  def floor(number, precision \\ 0)
  def floor(number, 0) when is_float(number), do: :math.floor(number)
  def floor(number, precision) when is_float(number), do: to_precision(number, precision, :floor)

  @doc "The smallest float of at most `precision` decimals that is not smaller."
  @spec ceil(float(), precision_range()) :: float()
  def ceil(number, precision \\ 0)
  def ceil(number, 0) when is_float(number), do: :math.ceil(number)
  def ceil(number, precision) when is_float(number), do: to_precision(number, precision, :ceil)

  @doc """
  Rounds to `precision` decimals, halves away from zero.

      iex> Float.round(5.5675, 3)
      5.567
  """
  @spec round(float(), precision_range()) :: float()
  def round(float, precision \\ 0)
  def round(float, 0) when float == 0.0, do: float

  def round(float, 0) when is_float(float) do
    case float |> :erlang.round() |> :erlang.float() do
      zero when zero == 0.0 and float < 0.0 -> -0.0
      rounded -> rounded
    end
  end

  def round(float, precision) when is_float(float), do: to_precision(float, precision, :half_up)

  defp to_precision(float, precision, mode) when precision in 0..15 do
    if float == 0.0 do
      float
    else
      {numerator, denominator} = ratio(abs(float))
      power = 10 ** precision
      scaled = numerator * power
      quotient = div(scaled, denominator)

      case scaled - quotient * denominator do
        # The float has no more decimals than that.
        0 ->
          float

        remainder ->
          up? =
            case mode do
              :floor -> float < 0.0
              :ceil -> float > 0.0
              :half_up -> remainder * 2 >= denominator
            end

          magnitude = decimal(if(up?, do: quotient + 1, else: quotient), power, precision)
          if float < 0.0, do: -magnitude, else: magnitude
      end
    end
  end

  defp to_precision(_float, precision, _mode) do
    raise ArgumentError, "precision #{precision} is out of valid range of 0..15"
  end

  # Beyond 53 bits the division would round twice, which reading the decimal does not.
  defp decimal(scaled, power, _precision) when scaled < 9_007_199_254_740_992, do: scaled / power

  defp decimal(scaled, power, precision) do
    whole = Integer.to_string(div(scaled, power))
    fraction = scaled |> rem(power) |> Integer.to_string() |> String.pad_leading(precision, "0")
    :erlang.binary_to_float(whole <> "." <> fraction)
  end

  @doc """
  The integers whose quotient is exactly the float; the denominator is positive.

      iex> Float.ratio(1.75)
      {7, 4}
  """
  @doc since: "1.4.0"
  @spec ratio(float()) :: {integer(), pos_integer()}
  def ratio(float) when is_float(float) and float == 0.0, do: {0, 1}

  def ratio(float) when is_float(float) do
    <<sign::1, exponent::11, mantissa::52>> = <<float::float>>
    # Subnormal numbers have no implicit leading bit and the least exponent.
    significand = if exponent == 0, do: mantissa, else: mantissa + (1 <<< 52)
    {significand, power} = reduce(significand, max(exponent, 1) - 1075)
    significand = if sign == 1, do: -significand, else: significand

    if power > 0,
      do: {significand <<< power, 1},
      else: {significand, 1 <<< -power}
  end

  defp reduce(significand, power) when (significand &&& 1) == 0 do
    reduce(significand >>> 1, power + 1)
  end

  defp reduce(significand, power), do: {significand, power}

  @doc "The shortest charlist that reads back as the float."
  @spec to_charlist(float()) :: charlist()
  def to_charlist(float), do: :erlang.float_to_list(float, [:short])

  @doc "The shortest string that reads back as the float."
  @spec to_string(float()) :: String.t()
  def to_string(float), do: :erlang.float_to_binary(float, [:short])

  @doc false
  @deprecated "Use Float.to_charlist/1 instead"
  def to_char_list(float), do: Float.to_charlist(float)

  @doc false
  @deprecated "Use :erlang.float_to_list/2 instead"
  def to_char_list(float, options), do: :erlang.float_to_list(float, expand_compact(options))

  @doc false
  @deprecated "Use :erlang.float_to_binary/2 instead"
  def to_string(float, options), do: :erlang.float_to_binary(float, expand_compact(options))

  defp expand_compact([{:compact, false} | rest]), do: expand_compact(rest)
  defp expand_compact([{:compact, true} | rest]), do: [:compact | expand_compact(rest)]
  defp expand_compact([option | rest]), do: [option | expand_compact(rest)]
  defp expand_compact([]), do: []
end
