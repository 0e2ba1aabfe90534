# Times of day: hour, minute, second and microsecond. The microsecond carries how many digits of it
# are meant, which printing shows.
defmodule Time do
  @moduledoc "Times of day without a date, such as `~T[23:00:07.001]`."

  @enforce_keys [:hour, :minute, :second]
  defstruct [:hour, :minute, :second, microsecond: {0, 0}, calendar: Calendar.ISO]

  @type t :: %__MODULE__{
          hour: Calendar.hour(),
          minute: Calendar.minute(),
          second: Calendar.second(),
          microsecond: Calendar.microsecond(),
          calendar: Calendar.calendar()
        }

  @seconds_per_day 86_400

  defp build(calendar, {hour, minute, second, microsecond}) do
    %Time{
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond,
      calendar: calendar
    }
  end

  ## Making

  @doc "Gives the time of day in UTC."
  @spec utc_now(Calendar.calendar()) :: t
  def utc_now(calendar \\ Calendar.ISO) do
    {:ok, _, {hour, minute, second}, microsecond} =
      Calendar.ISO.from_unix(System.os_time(), :native)

    convert!(build(Calendar.ISO, {hour, minute, second, microsecond}), calendar)
  end

  @doc "Makes a time if there is such a one."
  @spec new(
          Calendar.hour(),
          Calendar.minute(),
          Calendar.second(),
          Calendar.microsecond() | non_neg_integer,
          Calendar.calendar()
        ) :: {:ok, t} | {:error, atom}
  def new(hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def new(hour, minute, second, microsecond, calendar) when is_integer(microsecond) do
    new(hour, minute, second, {microsecond, 6}, calendar)
  end

  def new(hour, minute, second, {value, precision}, calendar)
      when is_integer(hour) and is_integer(minute) and is_integer(second) and is_integer(value) and
             is_integer(precision) do
    if calendar.valid_time?(hour, minute, second, {value, precision}),
      do: {:ok, build(calendar, {hour, minute, second, {value, precision}})},
      else: {:error, :invalid_time}
  end

  @doc "Like `new/5`, but raises `ArgumentError`."
  @spec new!(
          Calendar.hour(),
          Calendar.minute(),
          Calendar.second(),
          Calendar.microsecond() | non_neg_integer,
          Calendar.calendar()
        ) :: t
  def new!(hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case new(hour, minute, second, microsecond, calendar) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot build time, reason: #{inspect(reason)}"
    end
  end

  ## Text, tuples and seconds

  @doc "Prints a time as its calendar does."
  @spec to_string(Calendar.time()) :: String.t()
  def to_string(time)

  def to_string(%{
        calendar: calendar,
        hour: hour,
        minute: minute,
        second: second,
        microsecond: microsecond
      }) do
    calendar.time_to_string(hour, minute, second, microsecond)
  end

  @doc "Parses an ISO 8601 time."
  @spec from_iso8601(String.t(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, time} <- Calendar.ISO.parse_time(string) do
      convert(build(Calendar.ISO, time), calendar)
    end
  end

  @doc "Like `from_iso8601/2`, but raises `ArgumentError`."
  @spec from_iso8601!(String.t(), Calendar.calendar()) :: t
  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, time} ->
        time

      {:error, reason} ->
        raise ArgumentError, "cannot parse #{inspect(string)} as time, reason: #{inspect(reason)}"
    end
  end

  @doc "Prints a time in ISO 8601."
  @spec to_iso8601(Calendar.time(), :extended | :basic) :: String.t()
  def to_iso8601(time, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = time, format) when format in [:extended, :basic] do
    %{hour: hour, minute: minute, second: second, microsecond: microsecond} = time
    Calendar.ISO.time_to_string(hour, minute, second, microsecond, format)
  end

  def to_iso8601(%{calendar: _} = time, format) when format in [:extended, :basic] do
    time |> convert!(Calendar.ISO) |> to_iso8601(format)
  end

  @doc "Gives `{hour, minute, second}`."
  @spec to_erl(Calendar.time()) :: :calendar.time()
  def to_erl(time) do
    %{hour: hour, minute: minute, second: second} = convert!(time, Calendar.ISO)
    {hour, minute, second}
  end

  @doc "Makes a time of `{hour, minute, second}`."
  @spec from_erl(:calendar.time(), Calendar.microsecond() | non_neg_integer, Calendar.calendar()) ::
          {:ok, t} | {:error, atom}
  def from_erl(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def from_erl({hour, minute, second}, microsecond, calendar) do
    with {:ok, time} <- new(hour, minute, second, microsecond), do: convert(time, calendar)
  end

  @doc "Like `from_erl/3`, but raises `ArgumentError`."
  @spec from_erl!(:calendar.time(), Calendar.microsecond() | non_neg_integer, Calendar.calendar()) ::
          t
  def from_erl!(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case from_erl(tuple, microsecond, calendar) do
      {:ok, time} ->
        time

      {:error, reason} ->
        raise ArgumentError,
              "cannot convert #{inspect(tuple)} to time, reason: #{inspect(reason)}"
    end
  end

  @doc "Makes a time of the seconds since midnight."
  @spec from_seconds_after_midnight(integer, Calendar.microsecond(), Calendar.calendar()) :: t
  def from_seconds_after_midnight(seconds, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)
      when is_integer(seconds) do
    fraction = {Integer.mod(seconds, @seconds_per_day), @seconds_per_day}
    {hour, minute, second, _} = calendar.time_from_day_fraction(fraction)
    build(calendar, {hour, minute, second, microsecond})
  end

  @doc "Gives the seconds since midnight and the microseconds."
  @spec to_seconds_after_midnight(Calendar.time()) :: {integer, non_neg_integer}
  def to_seconds_after_midnight(%{microsecond: {microsecond, _precision}} = time) do
    {Calendar.ISO.iso_days_to_unit({0, to_day_fraction(time)}, :second), microsecond}
  end

  ## Arithmetic

  @doc "Adds an amount of a unit, around midnight if need be."
  @spec add(Calendar.time(), integer, :hour | :minute | System.time_unit()) :: t
  def add(time, amount_to_add, unit \\ :second)

  def add(time, amount, :hour) when is_integer(amount), do: add(time, amount * 3600, :second)
  def add(time, amount, :minute) when is_integer(amount), do: add(time, amount * 60, :second)

  def add(%{calendar: calendar, microsecond: {_, precision}} = time, amount, unit)
      when is_integer(amount) do
    valid? =
      if is_integer(unit),
        do: unit > 0,
        else: unit in [:second, :millisecond, :microsecond, :nanosecond]

    unless valid? do
      raise ArgumentError,
            "unsupported time unit. Expected :hour, :minute, :second, :millisecond, :microsecond, :nanosecond, or a positive integer, got #{inspect(unit)}"
    end

    %{hour: hour, minute: minute, second: second, microsecond: microsecond} = time
    fraction = calendar.time_to_day_fraction(hour, minute, second, microsecond)
    {_, fraction} = Calendar.ISO.shift_iso_days({0, fraction}, amount, unit)
    {hour, minute, second, {value, _}} = Calendar.ISO.time_from_day_fraction(fraction)
    precision = max(Calendar.ISO.time_unit_to_precision(unit), precision)
    build(calendar, {hour, minute, second, {value, precision}})
  end

  @doc "Shifts by a duration of hours, minutes, seconds and microseconds."
  @spec shift(Calendar.time(), Duration.duration()) :: t
  def shift(%{calendar: calendar} = time, duration) do
    %{hour: hour, minute: minute, second: second, microsecond: microsecond} = time
    duration = __duration__!(duration)
    build(calendar, calendar.shift_time(hour, minute, second, microsecond, duration))
  end

  @doc false
  def __duration__!(%Duration{} = duration), do: duration

  def __duration__!(unit_pairs) do
    Enum.each(unit_pairs, &check_unit!/1)
    struct!(Duration, unit_pairs)
  end

  defp check_unit!({:microsecond, value}), do: Duration.check_microsecond!(value)

  defp check_unit!({unit, value}) when unit in [:hour, :minute, :second] do
    Duration.check_integer!(unit, value)
  end

  defp check_unit!({unit, _value}) when unit in [:year, :month, :week, :day] do
    raise ArgumentError,
          "unsupported unit #{inspect(unit)}. Expected :hour, :minute, :second, :microsecond"
  end

  defp check_unit!({unit, _value}) do
    raise ArgumentError,
          "unknown unit #{inspect(unit)}. Expected :hour, :minute, :second, :microsecond"
  end

  @doc "Gives the time from the second to the first, in a unit."
  @spec diff(Calendar.time(), Calendar.time(), :hour | :minute | System.time_unit()) :: integer
  def diff(time1, time2, unit \\ :second)
  def diff(time1, time2, :hour), do: div(diff(time1, time2, :second), 3600)
  def diff(time1, time2, :minute), do: div(diff(time1, time2, :second), 60)

  def diff(%{calendar: Calendar.ISO} = time1, %{calendar: Calendar.ISO} = time2, unit) do
    {parts1, _} = to_day_fraction(time1)
    {parts2, _} = to_day_fraction(time2)
    System.convert_time_unit(parts1 - parts2, :microsecond, unit)
  end

  def diff(time1, time2, unit) do
    fraction1 = to_day_fraction(time1)
    fraction2 = to_day_fraction(time2)

    Calendar.ISO.iso_days_to_unit({0, fraction1}, unit) -
      Calendar.ISO.iso_days_to_unit({0, fraction2}, unit)
  end

  @doc "Cuts the microseconds to a precision."
  @spec truncate(t, :microsecond | :millisecond | :second) :: t
  def truncate(%Time{microsecond: microsecond} = time, precision) do
    %{time | microsecond: Calendar.truncate(microsecond, precision)}
  end

  defp to_day_fraction(%{
         calendar: calendar,
         hour: hour,
         minute: minute,
         second: second,
         microsecond: {_, _} = microsecond
       }) do
    calendar.time_to_day_fraction(hour, minute, second, microsecond)
  end

  ## Comparing and converting

  @doc "Compares two times: `:lt`, `:eq` or `:gt`."
  @spec compare(Calendar.time(), Calendar.time()) :: :lt | :eq | :gt
  def compare(%{calendar: Calendar.ISO} = time1, %{calendar: Calendar.ISO} = time2) do
    %{hour: hour1, minute: minute1, second: second1, microsecond: {value1, _}} = time1
    %{hour: hour2, minute: minute2, second: second2, microsecond: {value2, _}} = time2
    order({hour1, minute1, second1, value1}, {hour2, minute2, second2, value2})
  end

  def compare(time1, time2) do
    {parts1, per_day1} = to_day_fraction(time1)
    {parts2, per_day2} = to_day_fraction(time2)
    order(parts1 * per_day2, parts2 * per_day1)
  end

  defp order(a, b) when a > b, do: :gt
  defp order(a, b) when a < b, do: :lt
  defp order(_a, _b), do: :eq

  @doc "Tells whether the first time is before the second."
  @spec before?(Calendar.time(), Calendar.time()) :: boolean
  def before?(time1, time2), do: compare(time1, time2) == :lt

  @doc "Tells whether the first time is after the second."
  @spec after?(Calendar.time(), Calendar.time()) :: boolean
  def after?(time1, time2), do: compare(time1, time2) == :gt

  @doc "Converts a time to another calendar."
  @spec convert(Calendar.time(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def convert(
        %{
          calendar: calendar,
          hour: hour,
          minute: minute,
          second: second,
          microsecond: microsecond
        },
        calendar
      ) do
    {:ok, build(calendar, {hour, minute, second, microsecond})}
  end

  def convert(%{microsecond: {_, precision}} = time, calendar) do
    {hour, minute, second, {value, _}} = calendar.time_from_day_fraction(to_day_fraction(time))
    {:ok, build(calendar, {hour, minute, second, {value, precision}})}
  end

  @doc "Like `convert/2`, but gives the time itself."
  @spec convert!(Calendar.time(), Calendar.calendar()) :: t
  def convert!(time, calendar) do
    {:ok, time} = convert(time, calendar)
    time
  end

  defimpl String.Chars do
    def to_string(time), do: Time.to_string(time)
  end

  defimpl Inspect do
    def inspect(%{calendar: calendar} = time, _opts) do
      suffix = if calendar == Calendar.ISO, do: "", else: " " <> inspect(calendar)
      "~T[" <> Time.to_string(time) <> suffix <> "]"
    end
  end
end
