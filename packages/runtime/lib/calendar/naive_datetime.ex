# A date and a time with no zone: what a wall clock shows, not an instant. Arithmetic goes through
# iso days, which count no jumps of clocks.
defmodule NaiveDateTime do
  @moduledoc "Dates with a time but without a time zone, such as `~N[2024-02-29 23:00:07]`."

  @enforce_keys [:year, :month, :day, :hour, :minute, :second]
  defstruct [
    :year,
    :month,
    :day,
    :hour,
    :minute,
    :second,
    microsecond: {0, 0},
    calendar: Calendar.ISO
  ]

  @type t :: %__MODULE__{
          year: Calendar.year(),
          month: Calendar.month(),
          day: Calendar.day(),
          calendar: Calendar.calendar(),
          hour: Calendar.hour(),
          minute: Calendar.minute(),
          second: Calendar.second(),
          microsecond: Calendar.microsecond()
        }

  @seconds_per_day 86_400

  defp build(calendar, {year, month, day, hour, minute, second, microsecond}) do
    %NaiveDateTime{
      calendar: calendar,
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond
    }
  end

  defguardp has_fields(map)
            when is_map_key(map, :year) and is_map_key(map, :month) and is_map_key(map, :day) and
                   is_map_key(map, :hour) and is_map_key(map, :minute) and is_map_key(map, :second) and
                   is_map_key(map, :microsecond)

  defp fields(naive_datetime) do
    %{
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond
    } = naive_datetime

    {year, month, day, hour, minute, second, microsecond}
  end

  defp to_iso_days(%{
         calendar: calendar,
         year: year,
         month: month,
         day: day,
         hour: hour,
         minute: minute,
         second: second,
         microsecond: microsecond
       }) do
    calendar.naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond)
  end

  defp from_iso_days(iso_days, calendar, precision) do
    {year, month, day, hour, minute, second, {value, _}} =
      calendar.naive_datetime_from_iso_days(iso_days)

    build(calendar, {year, month, day, hour, minute, second, {value, precision}})
  end

  ## Making

  @doc "Gives the date and time in UTC."
  @spec utc_now(Calendar.calendar() | :native | :microsecond | :millisecond | :second) :: t
  def utc_now(calendar_or_time_unit \\ Calendar.ISO)

  def utc_now(time_unit) when time_unit in [:microsecond, :millisecond, :second, :native] do
    utc_now(time_unit, Calendar.ISO)
  end

  def utc_now(calendar), do: utc_now(:native, calendar)

  @doc "Gives the date and time in UTC with a precision."
  @spec utc_now(:native | :microsecond | :millisecond | :second, Calendar.calendar()) :: t
  def utc_now(time_unit, calendar)
      when time_unit in [:native, :microsecond, :millisecond, :second] do
    {:ok, {year, month, day}, {hour, minute, second}, microsecond} =
      Calendar.ISO.from_unix(System.os_time(time_unit), time_unit)

    convert!(
      build(Calendar.ISO, {year, month, day, hour, minute, second, microsecond}),
      calendar
    )
  end

  @doc "Gives the date and time on the host's clock."
  @spec local_now(Calendar.calendar()) :: t
  def local_now(calendar \\ Calendar.ISO)

  def local_now(Calendar.ISO) do
    {{year, month, day}, {hour, minute, second}} = :erlang.localtime()
    new!(year, month, day, hour, minute, second)
  end

  def local_now(calendar) do
    case convert(local_now(), calendar) do
      {:ok, datetime} ->
        datetime

      {:error, :incompatible_calendars} ->
        raise ArgumentError,
              ~s(cannot get "local now" in target calendar #{inspect(calendar)}, ) <>
                "reason: cannot convert from Calendar.ISO to #{inspect(calendar)}."
    end
  end

  @doc "Makes a date and time if there is such a one."
  @spec new(
          Calendar.year(),
          Calendar.month(),
          Calendar.day(),
          Calendar.hour(),
          Calendar.minute(),
          Calendar.second(),
          Calendar.microsecond() | non_neg_integer,
          Calendar.calendar()
        ) :: {:ok, t} | {:error, atom}
  def new(year, month, day, hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def new(year, month, day, hour, minute, second, microsecond, calendar)
      when is_integer(microsecond) do
    new(year, month, day, hour, minute, second, {microsecond, 6}, calendar)
  end

  def new(year, month, day, hour, minute, second, microsecond, calendar) do
    cond do
      not calendar.valid_date?(year, month, day) ->
        {:error, :invalid_date}

      not calendar.valid_time?(hour, minute, second, microsecond) ->
        {:error, :invalid_time}

      true ->
        {:ok, build(calendar, {year, month, day, hour, minute, second, microsecond})}
    end
  end

  @doc "Makes a date and time of a date and a time."
  @spec new(Date.t(), Time.t()) :: {:ok, t}
  def new(date, time)

  def new(%Date{calendar: calendar} = date, %Time{calendar: calendar} = time) do
    {:ok,
     build(
       calendar,
       {date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond}
     )}
  end

  @doc "Like `new/8`, but raises `ArgumentError`."
  @spec new!(
          Calendar.year(),
          Calendar.month(),
          Calendar.day(),
          Calendar.hour(),
          Calendar.minute(),
          Calendar.second(),
          Calendar.microsecond() | non_neg_integer,
          Calendar.calendar()
        ) :: t
  def new!(
        year,
        month,
        day,
        hour,
        minute,
        second,
        microsecond \\ {0, 0},
        calendar \\ Calendar.ISO
      )

  def new!(year, month, day, hour, minute, second, microsecond, calendar) do
    case new(year, month, day, hour, minute, second, microsecond, calendar) do
      {:ok, datetime} ->
        datetime

      {:error, reason} ->
        raise ArgumentError, "cannot build naive datetime, reason: #{inspect(reason)}"
    end
  end

  @doc "Makes a date and time of a date and a time."
  @spec new!(Date.t(), Time.t()) :: t
  def new!(date, time)

  def new!(%Date{calendar: calendar} = date, %Time{calendar: calendar} = time) do
    {:ok, datetime} = new(date, time)
    datetime
  end

  ## Arithmetic

  @doc "Adds an amount of a unit."
  @spec add(Calendar.naive_datetime(), integer, :day | :hour | :minute | System.time_unit()) :: t
  def add(naive_datetime, amount_to_add, unit \\ :second)

  def add(datetime, amount, :day) when is_integer(amount) do
    add(datetime, amount * @seconds_per_day, :second)
  end

  def add(datetime, amount, :hour) when is_integer(amount) do
    add(datetime, amount * 3600, :second)
  end

  def add(datetime, amount, :minute) when is_integer(amount) do
    add(datetime, amount * 60, :second)
  end

  def add(%{calendar: calendar, microsecond: {_, precision}} = datetime, amount, unit)
      when is_integer(amount) do
    check_unit!(unit)
    precision = max(Calendar.ISO.time_unit_to_precision(unit), precision)

    datetime
    |> to_iso_days()
    |> Calendar.ISO.shift_iso_days(amount, unit)
    |> from_iso_days(calendar, precision)
  end

  @doc "Gives the time from the second to the first, in a unit."
  @spec diff(
          Calendar.naive_datetime(),
          Calendar.naive_datetime(),
          :day | :hour | :minute | System.time_unit()
        ) :: integer
  def diff(naive_datetime1, naive_datetime2, unit \\ :second)
  def diff(datetime1, datetime2, :day), do: div(diff(datetime1, datetime2), @seconds_per_day)
  def diff(datetime1, datetime2, :hour), do: div(diff(datetime1, datetime2), 3600)
  def diff(datetime1, datetime2, :minute), do: div(diff(datetime1, datetime2), 60)

  def diff(%{calendar: calendar1} = datetime1, %{calendar: calendar2} = datetime2, unit) do
    unless Calendar.compatible_calendars?(calendar1, calendar2) do
      raise ArgumentError,
            "cannot calculate the difference between #{inspect(datetime1)} and " <>
              "#{inspect(datetime2)} because their calendars are not compatible " <>
              "and thus the result would be ambiguous"
    end

    check_unit!(unit)

    Calendar.ISO.iso_days_to_unit(to_iso_days(datetime1), unit) -
      Calendar.ISO.iso_days_to_unit(to_iso_days(datetime2), unit)
  end

  defp check_unit!(unit)
       when is_integer(unit) or unit in [:second, :millisecond, :microsecond, :nanosecond],
       do: :ok

  defp check_unit!(unit) do
    raise ArgumentError,
          "unsupported time unit. Expected :day, :hour, :minute, :second, :millisecond, :microsecond, :nanosecond, or a positive integer, got #{inspect(unit)}"
  end

  @doc "Shifts by a duration."
  @spec shift(Calendar.naive_datetime(), Duration.duration()) :: t
  def shift(%{calendar: calendar} = naive_datetime, duration) do
    {year, month, day, hour, minute, second, microsecond} = fields(naive_datetime)
    duration = Duration.new!(duration)

    build(
      calendar,
      calendar.shift_naive_datetime(
        year,
        month,
        day,
        hour,
        minute,
        second,
        microsecond,
        duration
      )
    )
  end

  @doc "Cuts the microseconds to a precision."
  @spec truncate(t, :microsecond | :millisecond | :second) :: t
  def truncate(%{calendar: calendar, microsecond: microsecond} = naive_datetime, precision)
      when has_fields(naive_datetime) do
    datetime = build(calendar, fields(naive_datetime))
    %{datetime | microsecond: Calendar.truncate(microsecond, precision)}
  end

  @doc "Gives the first moment of the day."
  @spec beginning_of_day(Calendar.naive_datetime()) :: t
  def beginning_of_day(%{calendar: calendar, microsecond: {_, precision}} = naive_datetime) do
    naive_datetime
    |> to_iso_days()
    |> calendar.iso_days_to_beginning_of_day()
    |> from_iso_days(calendar, precision)
  end

  @doc "Gives the last moment of the day, in the precision of the argument."
  @spec end_of_day(Calendar.naive_datetime()) :: t
  def end_of_day(%{calendar: calendar, microsecond: {_, precision}} = naive_datetime) do
    %{microsecond: {value, _}} =
      last =
      naive_datetime
      |> to_iso_days()
      |> calendar.iso_days_to_end_of_day()
      |> from_iso_days(calendar, precision)

    grain = 10 ** (6 - precision)
    %{last | microsecond: {div(value, grain) * grain, precision}}
  end

  ## Text, tuples and seconds

  @doc "Gives the date."
  @spec to_date(Calendar.naive_datetime()) :: Date.t()
  def to_date(%{
        year: year,
        month: month,
        day: day,
        calendar: calendar,
        hour: _,
        minute: _,
        second: _,
        microsecond: _
      }) do
    %Date{year: year, month: month, day: day, calendar: calendar}
  end

  @doc "Gives the time."
  @spec to_time(Calendar.naive_datetime()) :: Time.t()
  def to_time(%{
        year: _,
        month: _,
        day: _,
        calendar: calendar,
        hour: hour,
        minute: minute,
        second: second,
        microsecond: microsecond
      }) do
    %Time{
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond,
      calendar: calendar
    }
  end

  @doc "Prints a date and time as its calendar does."
  @spec to_string(Calendar.naive_datetime()) :: String.t()
  def to_string(%{calendar: calendar} = naive_datetime) do
    {year, month, day, hour, minute, second, microsecond} = fields(naive_datetime)
    calendar.naive_datetime_to_string(year, month, day, hour, minute, second, microsecond)
  end

  @doc "Parses an ISO 8601 date and time; an offset is dropped."
  @spec from_iso8601(String.t(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, fields} <- Calendar.ISO.parse_naive_datetime(string) do
      convert(build(Calendar.ISO, fields), calendar)
    end
  end

  @doc "Like `from_iso8601/2`, but raises `ArgumentError`."
  @spec from_iso8601!(String.t(), Calendar.calendar()) :: t
  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, datetime} ->
        datetime

      {:error, reason} ->
        raise ArgumentError,
              "cannot parse #{inspect(string)} as naive datetime, reason: #{inspect(reason)}"
    end
  end

  @doc "Prints a date and time in ISO 8601."
  @spec to_iso8601(Calendar.naive_datetime(), :basic | :extended) :: String.t()
  def to_iso8601(naive_datetime, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = naive_datetime, format)
      when format in [:basic, :extended] do
    {year, month, day, hour, minute, second, microsecond} = fields(naive_datetime)

    Calendar.ISO.date_to_string(year, month, day, format) <>
      "T" <> Calendar.ISO.time_to_string(hour, minute, second, microsecond, format)
  end

  def to_iso8601(%{calendar: _} = naive_datetime, format) when format in [:basic, :extended] do
    naive_datetime |> convert!(Calendar.ISO) |> to_iso8601(format)
  end

  @doc "Gives `{{year, month, day}, {hour, minute, second}}`."
  @spec to_erl(Calendar.naive_datetime()) :: :calendar.datetime()
  def to_erl(%{calendar: _} = naive_datetime) do
    {year, month, day, hour, minute, second, _} = fields(convert!(naive_datetime, Calendar.ISO))
    {{year, month, day}, {hour, minute, second}}
  end

  @doc "Makes a date and time of `{{year, month, day}, {hour, minute, second}}`."
  @spec from_erl(
          :calendar.datetime(),
          Calendar.microsecond() | non_neg_integer,
          Calendar.calendar()
        ) :: {:ok, t} | {:error, atom}
  def from_erl(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def from_erl({{year, month, day}, {hour, minute, second}}, microsecond, calendar) do
    with {:ok, datetime} <- new(year, month, day, hour, minute, second, microsecond) do
      convert(datetime, calendar)
    end
  end

  @doc "Like `from_erl/3`, but raises `ArgumentError`."
  @spec from_erl!(
          :calendar.datetime(),
          Calendar.microsecond() | non_neg_integer,
          Calendar.calendar()
        ) :: t
  def from_erl!(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case from_erl(tuple, microsecond, calendar) do
      {:ok, datetime} ->
        datetime

      {:error, reason} ->
        raise ArgumentError,
              "cannot convert #{inspect(tuple)} to naive datetime, reason: #{inspect(reason)}"
    end
  end

  @doc "Makes a date and time of the seconds since 0000-01-01 00:00:00."
  @spec from_gregorian_seconds(integer, Calendar.microsecond(), Calendar.calendar()) :: t
  def from_gregorian_seconds(seconds, microsecond_precision \\ {0, 0}, calendar \\ Calendar.ISO)

  def from_gregorian_seconds(seconds, {microsecond, precision}, calendar)
      when is_integer(seconds) do
    seconds
    |> Calendar.ISO.gregorian_seconds_to_iso_days(microsecond)
    |> from_iso_days(calendar, precision)
  end

  @doc "Gives the seconds since 0000-01-01 00:00:00 and the microseconds."
  @spec to_gregorian_seconds(Calendar.naive_datetime()) :: {integer, non_neg_integer}
  def to_gregorian_seconds(%{microsecond: {microsecond, _precision}} = naive_datetime) do
    {days, {parts, per_day}} = to_iso_days(naive_datetime)
    {days * @seconds_per_day + div(parts * @seconds_per_day, per_day), microsecond}
  end

  ## Comparing and converting

  @doc "Compares two: `:lt`, `:eq` or `:gt`."
  @spec compare(Calendar.naive_datetime(), Calendar.naive_datetime()) :: :lt | :eq | :gt
  def compare(%{calendar: calendar1} = naive_datetime1, %{calendar: calendar2} = naive_datetime2) do
    if Calendar.compatible_calendars?(calendar1, calendar2) do
      order(to_iso_days(naive_datetime1), to_iso_days(naive_datetime2))
    else
      raise ArgumentError, """
      cannot compare #{inspect(naive_datetime1)} with #{inspect(naive_datetime2)}.

      This comparison would be ambiguous as their calendars have incompatible day rollover moments.
      Specify an exact time of day (using `DateTime`s) to resolve this ambiguity
      """
    end
  end

  defp order(a, b) when a > b, do: :gt
  defp order(a, b) when a < b, do: :lt
  defp order(_a, _b), do: :eq

  @doc "Tells whether the first is before the second."
  @spec before?(Calendar.naive_datetime(), Calendar.naive_datetime()) :: boolean
  def before?(naive_datetime1, naive_datetime2) do
    compare(naive_datetime1, naive_datetime2) == :lt
  end

  @doc "Tells whether the first is after the second."
  @spec after?(Calendar.naive_datetime(), Calendar.naive_datetime()) :: boolean
  def after?(naive_datetime1, naive_datetime2) do
    compare(naive_datetime1, naive_datetime2) == :gt
  end

  @doc "Converts to another calendar."
  @spec convert(Calendar.naive_datetime(), Calendar.calendar()) ::
          {:ok, t} | {:error, :incompatible_calendars}
  def convert(ndt, calendar)

  def convert(%{calendar: calendar} = naive_datetime, calendar) when has_fields(naive_datetime) do
    {:ok, build(calendar, fields(naive_datetime))}
  end

  def convert(%{calendar: from, microsecond: {_, precision}} = naive_datetime, calendar) do
    if Calendar.compatible_calendars?(from, calendar),
      do: {:ok, naive_datetime |> to_iso_days() |> from_iso_days(calendar, precision)},
      else: {:error, :incompatible_calendars}
  end

  @doc "Like `convert/2`, but raises `ArgumentError`."
  @spec convert!(Calendar.naive_datetime(), Calendar.calendar()) :: t
  def convert!(naive_datetime, calendar) do
    case convert(naive_datetime, calendar) do
      {:ok, datetime} ->
        datetime

      {:error, :incompatible_calendars} ->
        raise ArgumentError,
              "cannot convert #{inspect(naive_datetime)} to target calendar #{inspect(calendar)}, " <>
                "reason: #{inspect(naive_datetime.calendar)} and #{inspect(calendar)} " <>
                "have different day rollover moments, making this conversion ambiguous"
    end
  end

  defimpl String.Chars do
    def to_string(naive_datetime), do: NaiveDateTime.to_string(naive_datetime)
  end

  defimpl Inspect do
    # The sigil takes four digits of a year.
    def inspect(%{calendar: Calendar.ISO, year: year} = datetime, _opts)
        when year not in -9999..9999 do
      "NaiveDateTime.new!(#{year}, #{datetime.month}, #{datetime.day}, #{datetime.hour}, " <>
        "#{datetime.minute}, #{datetime.second}, #{inspect(datetime.microsecond)})"
    end

    def inspect(%{calendar: calendar} = datetime, _opts) do
      suffix = if calendar == Calendar.ISO, do: "", else: " " <> inspect(calendar)
      "~N[" <> NaiveDateTime.to_string(datetime) <> suffix <> "]"
    end
  end
end
