# Amounts of time in calendar units, each kept as it is: a month is no number of days.
defmodule Duration do
  @moduledoc "Durations: amounts of years, months, weeks, days, hours, minutes and seconds."

  @units [:year, :month, :week, :day, :hour, :minute, :second]

  @derive {Inspect, optional: [:year, :month, :week, :day, :hour, :minute, :second, :microsecond]}
  defstruct year: 0,
            month: 0,
            week: 0,
            day: 0,
            hour: 0,
            minute: 0,
            second: 0,
            microsecond: {0, 0}

  @type t :: %Duration{
          year: integer,
          month: integer,
          week: integer,
          day: integer,
          hour: integer,
          minute: integer,
          second: integer,
          microsecond: {integer, 0..6}
        }
  @type unit_pair ::
          {:year, integer}
          | {:month, integer}
          | {:week, integer}
          | {:day, integer}
          | {:hour, integer}
          | {:minute, integer}
          | {:second, integer}
          | {:microsecond, {integer, 0..6}}
  @type duration :: t | [unit_pair]

  @doc "Makes a duration of unit pairs."
  @spec new!(duration) :: t
  def new!(%Duration{} = duration), do: duration

  def new!(unit_pairs) do
    Enum.each(unit_pairs, &validate_unit!/1)
    struct!(Duration, unit_pairs)
  end

  defp validate_unit!({:microsecond, value}), do: check_microsecond!(value)

  defp validate_unit!({unit, value}) when unit in @units do
    check_integer!(unit, value)
  end

  defp validate_unit!({unit, _value}) do
    raise ArgumentError,
          "unknown unit #{inspect(unit)}. Expected :year, :month, :week, :day, :hour, :minute, :second, :microsecond"
  end

  @doc false
  def check_integer!(_unit, value) when is_integer(value), do: :ok

  def check_integer!(unit, value) do
    raise ArgumentError,
          "unsupported value #{inspect(value)} for #{inspect(unit)}. Expected an integer"
  end

  @doc false
  def check_microsecond!({value, precision}) when is_integer(value) and precision in 0..6, do: :ok

  def check_microsecond!(value) do
    raise ArgumentError,
          "unsupported value #{inspect(value)} for :microsecond. Expected a tuple {ms, precision} where precision is an integer from 0 to 6"
  end

  @doc "Adds two durations unit by unit."
  @spec add(t, t) :: t
  def add(%Duration{} = d1, %Duration{} = d2), do: combine(d1, d2, &+/2)

  @doc "Subtracts a duration unit by unit."
  @spec subtract(t, t) :: t
  def subtract(%Duration{} = d1, %Duration{} = d2), do: combine(d1, d2, &-/2)

  defp combine(%{microsecond: {micro1, p1}} = d1, %{microsecond: {micro2, p2}} = d2, fun) do
    Enum.reduce(@units, %{d1 | microsecond: {fun.(micro1, micro2), max(p1, p2)}}, fn unit, acc ->
      %{acc | unit => fun.(Map.fetch!(d1, unit), Map.fetch!(d2, unit))}
    end)
  end

  @doc "Multiplies all units by an integer."
  @spec multiply(t, integer) :: t
  def multiply(%Duration{microsecond: {micro, precision}} = duration, integer)
      when is_integer(integer) do
    Enum.reduce(@units, %{duration | microsecond: {micro * integer, precision}}, fn unit, acc ->
      %{acc | unit => Map.fetch!(duration, unit) * integer}
    end)
  end

  @doc "Negates all units."
  @spec negate(t) :: t
  def negate(%Duration{} = duration), do: multiply(duration, -1)

  @doc "Parses an ISO 8601 duration."
  @spec from_iso8601(String.t()) :: {:ok, t} | {:error, atom}
  def from_iso8601(string) when is_binary(string) do
    with {:ok, units} <- Calendar.ISO.parse_duration(string), do: {:ok, new!(units)}
  end

  @doc "Like `from_iso8601/1`, but raises `ArgumentError`."
  @spec from_iso8601!(String.t()) :: t
  def from_iso8601!(string) when is_binary(string) do
    case from_iso8601(string) do
      {:ok, duration} ->
        duration

      {:error, reason} ->
        raise ArgumentError, ~s/failed to parse duration "#{string}". reason: #{inspect(reason)}/
    end
  end

  @doc """
  Prints a duration for people.

  `:units` replaces the units' names, `:separator` the blank between them.

      iex> Duration.to_string(Duration.new!(hour: 1, second: 30))
      "1h 30s"
  """
  @spec to_string(t, keyword) :: String.t()
  def to_string(%Duration{} = duration, opts \\ []) do
    units = Keyword.get(opts, :units, [])
    names = [year: "a", month: "mo", week: "wk", day: "d", hour: "h", minute: "min"]

    parts =
      for {unit, name} <- names, (value = Map.fetch!(duration, unit)) != 0 do
        [Integer.to_string(value) | Keyword.get(units, unit, name)]
      end

    second = [seconds(duration) | Keyword.get(units, :second, "s")]
    timeless? = duration.second == 0 and elem(duration.microsecond, 0) == 0

    case if(timeless?, do: parts, else: parts ++ [second]) do
      [] ->
        "0" <> Keyword.get(units, :second, "s")

      parts ->
        parts |> Enum.intersperse(Keyword.get(opts, :separator, " ")) |> IO.iodata_to_binary()
    end
  end

  @doc "Prints a duration in ISO 8601."
  @spec to_iso8601(t) :: String.t()
  def to_iso8601(%Duration{} = duration) do
    date = components(duration, year: ?Y, month: ?M, week: ?W, day: ?D)

    second =
      if duration.second == 0 and elem(duration.microsecond, 0) == 0,
        do: [],
        else: [seconds(duration), ?S]

    case {date, components(duration, hour: ?H, minute: ?M) ++ second} do
      {[], []} -> "PT0S"
      {date, []} -> IO.iodata_to_binary([?P | date])
      {date, time} -> IO.iodata_to_binary([?P, date, ?T | time])
    end
  end

  defp components(duration, letters) do
    for {unit, letter} <- letters, (value = Map.fetch!(duration, unit)) != 0 do
      [Integer.to_string(value), letter]
    end
  end

  # The sign is that of seconds and fraction together.
  defp seconds(%Duration{second: second, microsecond: {_, 0}}), do: Integer.to_string(second)

  defp seconds(%Duration{second: second, microsecond: {micro, precision}}) do
    total = second * 1_000_000 + micro
    sign = if total < 0, do: "-", else: ""

    fraction =
      total |> abs() |> rem(1_000_000) |> Integer.to_string() |> String.pad_leading(6, "0")

    sign <>
      Integer.to_string(div(abs(total), 1_000_000)) <> "." <> binary_part(fraction, 0, precision)
  end
end
