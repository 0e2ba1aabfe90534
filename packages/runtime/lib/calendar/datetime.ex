# An instant as the clocks of a time zone show it: date, time, and the zone's offsets then. All
# arithmetic is done in UTC; only the time zone database knows which offsets hold when.
defmodule DateTime do
  @moduledoc "Dates and times in a time zone, such as `~U[2024-02-29 23:00:07Z]`."

  @enforce_keys [:year, :month, :day, :hour, :minute, :second] ++
                  [:time_zone, :zone_abbr, :utc_offset, :std_offset]
  defstruct [
    :year,
    :month,
    :day,
    :hour,
    :minute,
    :second,
    :time_zone,
    :zone_abbr,
    :utc_offset,
    :std_offset,
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
          microsecond: Calendar.microsecond(),
          time_zone: Calendar.time_zone(),
          zone_abbr: Calendar.zone_abbr(),
          utc_offset: Calendar.utc_offset(),
          std_offset: Calendar.std_offset()
        }

  @unix_days 719_528
  @seconds_per_day 86_400
  @utc %{std_offset: 0, utc_offset: 0, zone_abbr: "UTC"}

  defp build(calendar, {year, month, day, hour, minute, second, microsecond}, time_zone, period) do
    %{std_offset: std_offset, utc_offset: utc_offset, zone_abbr: zone_abbr} = period

    %DateTime{
      calendar: calendar,
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond,
      std_offset: std_offset,
      utc_offset: utc_offset,
      zone_abbr: zone_abbr,
      time_zone: time_zone
    }
  end

  defguardp has_fields(map)
            when is_map_key(map, :year) and is_map_key(map, :month) and is_map_key(map, :day) and
                   is_map_key(map, :hour) and is_map_key(map, :minute) and is_map_key(map, :second) and
                   is_map_key(map, :microsecond)

  defp fields(datetime) do
    %{
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond
    } = datetime

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

  defp to_utc(iso_days, %{utc_offset: utc_offset, std_offset: std_offset}) do
    subtract_offset(iso_days, utc_offset + std_offset)
  end

  defp subtract_offset(iso_days, 0), do: iso_days

  defp subtract_offset(iso_days, offset) do
    Calendar.ISO.add_day_fraction_to_iso_days(iso_days, -offset, @seconds_per_day)
  end

  defp wall(iso_days, calendar, precision) do
    {year, month, day, hour, minute, second, {value, _}} =
      calendar.naive_datetime_from_iso_days(iso_days)

    {year, month, day, hour, minute, second, {value, precision}}
  end

  defp in_zone(utc_iso_days, calendar, precision, time_zone, database) do
    with {:ok, period} <- database.time_zone_period_from_utc_iso_days(utc_iso_days, time_zone) do
      wall =
        utc_iso_days
        |> subtract_offset(-(period.utc_offset + period.std_offset))
        |> wall(calendar, precision)

      {:ok, build(calendar, wall, time_zone, period)}
    end
  end

  ## Making

  @doc "Gives the current instant in UTC."
  @spec utc_now(Calendar.calendar() | :native | :microsecond | :millisecond | :second) :: t
  def utc_now(calendar_or_time_unit \\ Calendar.ISO)

  def utc_now(time_unit) when time_unit in [:microsecond, :millisecond, :second, :native] do
    utc_now(time_unit, Calendar.ISO)
  end

  def utc_now(calendar), do: utc_now(:native, calendar)

  @doc "Gives the current instant in UTC with a precision."
  @spec utc_now(:native | :microsecond | :millisecond | :second, Calendar.calendar()) :: t
  def utc_now(time_unit, calendar)
      when time_unit in [:native, :microsecond, :millisecond, :second] do
    from_unix!(System.os_time(time_unit), time_unit, calendar)
  end

  @doc "Gives the current instant in a time zone."
  @spec now(Calendar.time_zone(), Calendar.time_zone_database()) ::
          {:ok, t} | {:error, :time_zone_not_found | :utc_only_time_zone_database}
  def now(time_zone, time_zone_database \\ Calendar.get_time_zone_database())
  def now("Etc/UTC", _database), do: {:ok, utc_now()}
  def now(time_zone, database), do: shift_zone(utc_now(), time_zone, database)

  @doc "Like `now/2`, but raises `ArgumentError`."
  @spec now!(Calendar.time_zone(), Calendar.time_zone_database()) :: t
  def now!(time_zone, time_zone_database \\ Calendar.get_time_zone_database()) do
    case now(time_zone, time_zone_database) do
      {:ok, datetime} ->
        datetime

      {:error, reason} ->
        raise ArgumentError,
              "cannot get current datetime in #{inspect(time_zone)} time zone, reason: " <>
                inspect(reason)
    end
  end

  @doc "Makes the instant at which clocks in a zone show a date and time; see `from_naive/3`."
  @spec new(Date.t(), Time.t(), Calendar.time_zone(), Calendar.time_zone_database()) ::
          {:ok, t} | {:ambiguous, t, t} | {:gap, t, t} | {:error, atom}
  def new(
        date,
        time,
        time_zone \\ "Etc/UTC",
        time_zone_database \\ Calendar.get_time_zone_database()
      )

  def new(date, time, time_zone, time_zone_database) do
    with {:ok, naive_datetime} <- NaiveDateTime.new(date, time) do
      from_naive(naive_datetime, time_zone, time_zone_database)
    end
  end

  @doc "Like `new/4`, but raises `ArgumentError`."
  @spec new!(Date.t(), Time.t(), Calendar.time_zone(), Calendar.time_zone_database()) :: t
  def new!(
        date,
        time,
        time_zone \\ "Etc/UTC",
        time_zone_database \\ Calendar.get_time_zone_database()
      )

  def new!(date, time, time_zone, time_zone_database) do
    subject = "cannot build datetime with #{inspect(date)} and #{inspect(time)}"
    certain!(new(date, time, time_zone, time_zone_database), subject, time_zone)
  end

  @doc """
  Makes the instant at which clocks in a zone show a date and time.

  When clocks are put back it is one of two, `{:ambiguous, first, second}`; when they are put
  forward there may be none: `{:gap, just_before, just_after}`.
  """
  @spec from_naive(
          Calendar.naive_datetime(),
          Calendar.time_zone(),
          Calendar.time_zone_database()
        ) :: {:ok, t} | {:ambiguous, t, t} | {:gap, t, t} | {:error, atom}
  def from_naive(
        naive_datetime,
        time_zone,
        time_zone_database \\ Calendar.get_time_zone_database()
      )

  def from_naive(naive_datetime, "Etc/UTC", _database) do
    %{calendar: calendar} = naive_datetime
    {:ok, build(calendar, fields(naive_datetime), "Etc/UTC", @utc)}
  end

  def from_naive(%{calendar: Calendar.ISO} = naive_datetime, time_zone, database) do
    at = fn datetime, period -> build(Calendar.ISO, fields(datetime), time_zone, period) end

    case database.time_zone_periods_from_wall_datetime(naive_datetime, time_zone) do
      {:ok, period} ->
        {:ok, at.(naive_datetime, period)}

      {:ambiguous, first, second} ->
        {:ambiguous, at.(naive_datetime, first), at.(naive_datetime, second)}

      {:gap, {first, first_until}, {second, second_from}} ->
        last_before = NaiveDateTime.add(Map.replace!(first_until, :microsecond, {999_999, 6}), -1)
        {:gap, at.(last_before, first), at.(second_from, second)}

      {:error, _} = error ->
        error
    end
  end

  def from_naive(%{calendar: calendar} = naive_datetime, time_zone, database) do
    with {:ok, in_iso} <- NaiveDateTime.convert(naive_datetime, Calendar.ISO) do
      case from_naive(in_iso, time_zone, database) do
        {:ok, datetime} ->
          convert(datetime, calendar)

        {kind, first, second} ->
          with {:ok, first} <- convert(first, calendar),
               {:ok, second} <- convert(second, calendar),
               do: {kind, first, second}

        {:error, _} = error ->
          error
      end
    end
  end

  @doc "Like `from_naive/3`, but raises `ArgumentError`."
  @spec from_naive!(NaiveDateTime.t(), Calendar.time_zone(), Calendar.time_zone_database()) :: t
  def from_naive!(
        naive_datetime,
        time_zone,
        time_zone_database \\ Calendar.get_time_zone_database()
      ) do
    subject = "cannot convert #{inspect(naive_datetime)} to datetime"
    certain!(from_naive(naive_datetime, time_zone, time_zone_database), subject, time_zone)
  end

  defp certain!(result, subject, time_zone) do
    case result do
      {:ok, datetime} ->
        datetime

      {:ambiguous, first, second} ->
        raise ArgumentError,
              subject <>
                " because such instant is ambiguous in time zone #{time_zone} as there is an " <>
                "overlap between #{inspect(first)} and #{inspect(second)}"

      {:gap, first, second} ->
        raise ArgumentError,
              subject <>
                " because such instant does not exist in time zone #{time_zone} as there is a " <>
                "gap between #{inspect(first)} and #{inspect(second)}"

      {:error, reason} ->
        raise ArgumentError, subject <> ", reason: #{inspect(reason)}"
    end
  end

  @doc "Makes an instant of the time since 1970, in a unit."
  @spec from_unix(integer, :native | System.time_unit(), Calendar.calendar()) ::
          {:ok, t} | {:error, atom}
  def from_unix(integer, unit \\ :second, calendar \\ Calendar.ISO) when is_integer(integer) do
    with {:ok, {year, month, day}, {hour, minute, second}, microsecond} <-
           Calendar.ISO.from_unix(integer, unit) do
      fields = {year, month, day, hour, minute, second, microsecond}
      convert(build(Calendar.ISO, fields, "Etc/UTC", @utc), calendar)
    end
  end

  @doc "Like `from_unix/3`, but raises `ArgumentError`."
  @spec from_unix!(integer, :native | System.time_unit(), Calendar.calendar()) :: t
  def from_unix!(integer, unit \\ :second, calendar \\ Calendar.ISO) do
    case from_unix(integer, unit, calendar) do
      {:ok, datetime} -> datetime
      {:error, :invalid_unix_time} -> raise ArgumentError, "invalid Unix time #{integer}"
    end
  end

  @doc "Gives the time since 1970, in a unit."
  @spec to_unix(Calendar.datetime(), System.time_unit()) :: integer
  def to_unix(datetime, unit \\ :second)

  def to_unix(%{utc_offset: utc_offset, std_offset: std_offset} = datetime, unit) do
    {days, fraction} = to_iso_days(datetime)

    Calendar.ISO.iso_days_to_unit({days - @unix_days, fraction}, unit) -
      System.convert_time_unit(utc_offset + std_offset, :second, unit)
  end

  @doc "Makes an instant of the seconds since 0000-01-01 00:00:00Z."
  @spec from_gregorian_seconds(integer, Calendar.microsecond(), Calendar.calendar()) :: t
  def from_gregorian_seconds(
        seconds,
        {microsecond, precision} \\ {0, 0},
        calendar \\ Calendar.ISO
      )
      when is_integer(seconds) do
    wall =
      seconds
      |> Calendar.ISO.gregorian_seconds_to_iso_days(microsecond)
      |> wall(calendar, precision)

    build(calendar, wall, "Etc/UTC", @utc)
  end

  @doc "Gives the seconds since 0000-01-01 00:00:00Z and the microseconds."
  @spec to_gregorian_seconds(Calendar.datetime()) :: {integer, non_neg_integer}
  def to_gregorian_seconds(
        %{microsecond: {microsecond, _}, std_offset: _, utc_offset: _} = datetime
      ) do
    {days, {parts, per_day}} = datetime |> to_iso_days() |> to_utc(datetime)
    {days * @seconds_per_day + div(parts * @seconds_per_day, per_day), microsecond}
  end

  ## Zones

  @doc "Gives the same instant in another time zone."
  @spec shift_zone(t, Calendar.time_zone(), Calendar.time_zone_database()) ::
          {:ok, t} | {:error, :time_zone_not_found | :utc_only_time_zone_database}
  def shift_zone(datetime, time_zone, time_zone_database \\ Calendar.get_time_zone_database())
  def shift_zone(%{time_zone: time_zone} = datetime, time_zone, _database), do: {:ok, datetime}

  def shift_zone(datetime, zone, database) do
    %{
      calendar: calendar,
      microsecond: {_, precision},
      std_offset: _,
      utc_offset: _
    } = datetime

    datetime
    |> to_iso_days()
    |> to_utc(datetime)
    |> in_zone(calendar, precision, zone, database)
  end

  @doc "Like `shift_zone/3`, but raises `ArgumentError`."
  @spec shift_zone!(t, Calendar.time_zone(), Calendar.time_zone_database()) :: t
  def shift_zone!(datetime, time_zone, time_zone_database \\ Calendar.get_time_zone_database()) do
    case shift_zone(datetime, time_zone, time_zone_database) do
      {:ok, datetime} ->
        datetime

      {:error, reason} ->
        raise ArgumentError,
              "cannot shift #{inspect(datetime)} to #{inspect(time_zone)} time zone" <>
                ", reason: #{inspect(reason)}"
    end
  end

  ## Parts

  @doc "Gives the date and time without the zone."
  @spec to_naive(Calendar.datetime()) :: NaiveDateTime.t()
  def to_naive(%{calendar: calendar, time_zone: _} = datetime) when has_fields(datetime) do
    {year, month, day, hour, minute, second, microsecond} = fields(datetime)

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

  @doc "Gives the date."
  @spec to_date(Calendar.datetime()) :: Date.t()
  def to_date(%{calendar: calendar, time_zone: _} = datetime) when has_fields(datetime) do
    {year, month, day, _, _, _, _} = fields(datetime)
    %Date{year: year, month: month, day: day, calendar: calendar}
  end

  @doc "Gives the time."
  @spec to_time(Calendar.datetime()) :: Time.t()
  def to_time(%{calendar: calendar, time_zone: _} = datetime) when has_fields(datetime) do
    {_, _, _, hour, minute, second, microsecond} = fields(datetime)

    %Time{
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond,
      calendar: calendar
    }
  end

  ## Text

  @doc "Prints a date and time as its calendar does."
  @spec to_string(Calendar.datetime()) :: String.t()
  def to_string(%{calendar: calendar} = datetime) do
    {year, month, day, hour, minute, second, microsecond} = fields(datetime)

    %{time_zone: time_zone, zone_abbr: zone_abbr, utc_offset: utc_offset, std_offset: std_offset} =
      datetime

    calendar.datetime_to_string(
      year,
      month,
      day,
      hour,
      minute,
      second,
      microsecond,
      time_zone,
      zone_abbr,
      utc_offset,
      std_offset
    )
  end

  @doc "Prints an instant in ISO 8601, at its own offset or at `offset` seconds."
  @spec to_iso8601(Calendar.datetime(), :basic | :extended, nil | integer) :: String.t()
  def to_iso8601(datetime, format \\ :extended, offset \\ nil)

  def to_iso8601(%{calendar: Calendar.ISO} = datetime, format, nil)
      when format in [:extended, :basic] do
    %{time_zone: time_zone, utc_offset: utc_offset, std_offset: std_offset} = datetime

    iso8601(fields(datetime), format) <>
      Calendar.ISO.offset_to_string(utc_offset, std_offset, time_zone, format)
  end

  def to_iso8601(%{calendar: Calendar.ISO} = datetime, format, offset)
      when format in [:extended, :basic] do
    {_, precision} = datetime.microsecond
    own_offset = datetime.utc_offset + datetime.std_offset

    wall =
      datetime
      |> to_iso_days()
      |> subtract_offset(own_offset)
      |> subtract_offset(-offset)
      |> wall(Calendar.ISO, precision)

    zone = if offset == 0 and datetime.time_zone == "Etc/UTC", do: "Etc/UTC"
    iso8601(wall, format) <> Calendar.ISO.offset_to_string(offset, 0, zone, format)
  end

  def to_iso8601(%{calendar: _} = datetime, format, offset) when format in [:extended, :basic] do
    datetime |> convert!(Calendar.ISO) |> to_iso8601(format, offset)
  end

  defp iso8601({year, month, day, hour, minute, second, microsecond}, format) do
    Calendar.ISO.date_to_string(year, month, day, format) <>
      "T" <> Calendar.ISO.time_to_string(hour, minute, second, microsecond, format)
  end

  @doc "Parses an ISO 8601 date and time with an offset; gives the instant in UTC and the offset."
  @spec from_iso8601(String.t(), Calendar.calendar() | :extended | :basic) ::
          {:ok, t, Calendar.utc_offset()} | {:error, atom}
  def from_iso8601(string, format_or_calendar \\ Calendar.ISO)

  def from_iso8601(string, format) when format in [:basic, :extended] do
    from_iso8601(string, Calendar.ISO, format)
  end

  def from_iso8601(string, calendar) when is_atom(calendar) do
    from_iso8601(string, calendar, :extended)
  end

  @doc "Like `from_iso8601/2`, with calendar and format."
  @spec from_iso8601(String.t(), Calendar.calendar(), :extended | :basic) ::
          {:ok, t, Calendar.utc_offset()} | {:error, atom}
  def from_iso8601(string, calendar, format) do
    with {:ok, fields, offset} <- Calendar.ISO.parse_utc_datetime(string, format),
         {:ok, datetime} <- convert(build(Calendar.ISO, fields, "Etc/UTC", @utc), calendar) do
      {:ok, datetime, offset}
    end
  end

  ## Arithmetic and comparison

  @doc "Compares two instants: `:lt`, `:eq` or `:gt`."
  @spec compare(Calendar.datetime(), Calendar.datetime()) :: :lt | :eq | :gt
  def compare(
        %{utc_offset: _, std_offset: _} = datetime1,
        %{utc_offset: _, std_offset: _} = datetime2
      ) do
    {days1, {parts1, per_day1}} = datetime1 |> to_iso_days() |> to_utc(datetime1)
    {days2, {parts2, per_day2}} = datetime2 |> to_iso_days() |> to_utc(datetime2)
    order({days1, parts1 * per_day2}, {days2, parts2 * per_day1})
  end

  defp order(a, b) when a > b, do: :gt
  defp order(a, b) when a < b, do: :lt
  defp order(_a, _b), do: :eq

  @doc "Tells whether the first instant is before the second."
  @spec before?(Calendar.datetime(), Calendar.datetime()) :: boolean
  def before?(datetime1, datetime2), do: compare(datetime1, datetime2) == :lt

  @doc "Tells whether the first instant is after the second."
  @spec after?(Calendar.datetime(), Calendar.datetime()) :: boolean
  def after?(datetime1, datetime2), do: compare(datetime1, datetime2) == :gt

  @doc "Gives the time from the second instant to the first, in a unit."
  @spec diff(
          Calendar.datetime(),
          Calendar.datetime(),
          :day | :hour | :minute | System.time_unit()
        ) :: integer
  def diff(datetime1, datetime2, unit \\ :second)
  def diff(datetime1, datetime2, :day), do: div(diff(datetime1, datetime2), @seconds_per_day)
  def diff(datetime1, datetime2, :hour), do: div(diff(datetime1, datetime2), 3600)
  def diff(datetime1, datetime2, :minute), do: div(diff(datetime1, datetime2), 60)

  def diff(
        %{utc_offset: utc_offset1, std_offset: std_offset1} = datetime1,
        %{utc_offset: utc_offset2, std_offset: std_offset2} = datetime2,
        unit
      ) do
    check_unit!(unit)
    offsets = utc_offset2 + std_offset2 - (utc_offset1 + std_offset1)

    Calendar.ISO.iso_days_to_unit(to_iso_days(datetime1), unit) -
      Calendar.ISO.iso_days_to_unit(to_iso_days(datetime2), unit) +
      System.convert_time_unit(offsets, :second, unit)
  end

  @doc "Adds an amount of a unit; the result has the offsets that hold then."
  @spec add(
          Calendar.datetime(),
          integer,
          :day | :hour | :minute | System.time_unit(),
          Calendar.time_zone_database()
        ) :: t
  def add(
        datetime,
        amount_to_add,
        unit \\ :second,
        time_zone_database \\ Calendar.get_time_zone_database()
      )

  def add(datetime, amount, :day, database) when is_integer(amount) do
    add(datetime, amount * @seconds_per_day, :second, database)
  end

  def add(datetime, amount, :hour, database) when is_integer(amount) do
    add(datetime, amount * 3600, :second, database)
  end

  def add(datetime, amount, :minute, database) when is_integer(amount) do
    add(datetime, amount * 60, :second, database)
  end

  def add(%{calendar: calendar} = datetime, amount, unit, database) when is_integer(amount) do
    %{std_offset: _, utc_offset: _, time_zone: time_zone, microsecond: {_, precision}} = datetime
    check_unit!(unit)
    precision = max(Calendar.ISO.time_unit_to_precision(unit), precision)

    result =
      datetime
      |> to_iso_days()
      |> Calendar.ISO.shift_iso_days(amount, unit)
      |> to_utc(datetime)
      |> in_zone(calendar, precision, time_zone, database)

    case result do
      {:ok, datetime} ->
        datetime

      {:error, error} ->
        raise ArgumentError,
              "cannot add #{amount} #{unit} to #{inspect(datetime)} (with time zone " <>
                "database #{inspect(database)}), reason: #{inspect(error)}"
    end
  end

  defp check_unit!(unit)
       when is_integer(unit) or unit in [:second, :millisecond, :microsecond, :nanosecond],
       do: :ok

  defp check_unit!(unit) do
    raise ArgumentError,
          "unsupported time unit. Expected :day, :hour, :minute, :second, :millisecond, :microsecond, :nanosecond, or a positive integer, got #{inspect(unit)}"
  end

  @doc "Shifts the wall clock by a duration; the result has the offsets that hold then."
  @spec shift(Calendar.datetime(), Duration.duration(), Calendar.time_zone_database()) :: t
  def shift(datetime, duration, time_zone_database \\ Calendar.get_time_zone_database())

  def shift(%{calendar: calendar} = datetime, duration, database) do
    %{time_zone: time_zone} = datetime
    {year, month, day, hour, minute, second, microsecond} = fields(datetime)

    duration = Duration.new!(duration)

    {year, month, day, hour, minute, second, {_, precision} = microsecond} =
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

    if time_zone == "Etc/UTC" do
      wall = {year, month, day, hour, minute, second, microsecond}
      build(calendar, wall, time_zone, @utc)
    else
      result =
        calendar.naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond)
        |> to_utc(datetime)
        |> in_zone(calendar, precision, time_zone, database)

      case result do
        {:ok, datetime} ->
          datetime

        {:error, error} ->
          raise ArgumentError,
                "cannot shift #{inspect(datetime)} to #{inspect(duration)} (with time zone " <>
                  "database #{inspect(database)}), reason: #{inspect(error)}"
      end
    end
  end

  @doc "Cuts the microseconds to a precision."
  @spec truncate(Calendar.datetime(), :microsecond | :millisecond | :second) :: t
  def truncate(%DateTime{microsecond: microsecond} = datetime, precision) do
    %{datetime | microsecond: Calendar.truncate(microsecond, precision)}
  end

  def truncate(%{} = map, precision), do: truncate(from_map(map), precision)

  @doc "Converts to another calendar."
  @spec convert(Calendar.datetime(), Calendar.calendar()) ::
          {:ok, t} | {:error, :incompatible_calendars}
  def convert(%{calendar: calendar} = datetime, calendar), do: {:ok, from_map(datetime)}

  def convert(%{calendar: from, microsecond: {_, precision}} = datetime, calendar) do
    if Calendar.compatible_calendars?(from, calendar) do
      wall = datetime |> to_iso_days() |> wall(calendar, precision)
      {:ok, build(calendar, wall, datetime.time_zone, datetime)}
    else
      {:error, :incompatible_calendars}
    end
  end

  @doc "Like `convert/2`, but raises `ArgumentError`."
  @spec convert!(Calendar.datetime(), Calendar.calendar()) :: t
  def convert!(datetime, calendar) do
    case convert(datetime, calendar) do
      {:ok, datetime} ->
        datetime

      {:error, :incompatible_calendars} ->
        raise ArgumentError,
              "cannot convert #{inspect(datetime)} to target calendar #{inspect(calendar)}, " <>
                "reason: #{inspect(datetime.calendar)} and #{inspect(calendar)} have different " <>
                "day rollover moments, making this conversion ambiguous"
    end
  end

  defp from_map(%DateTime{} = datetime), do: datetime

  defp from_map(%{} = map) do
    fields = {map.year, map.month, map.day, map.hour, map.minute, map.second, map.microsecond}
    time_zone = map.time_zone

    period = %{
      std_offset: map.std_offset,
      utc_offset: map.utc_offset,
      zone_abbr: map.zone_abbr
    }

    build(Map.get(map, :calendar, Calendar.ISO), fields, time_zone, period)
  end

  defimpl String.Chars do
    def to_string(datetime), do: DateTime.to_string(datetime)
  end

  defimpl Inspect do
    def inspect(%{calendar: calendar, year: year} = datetime, _opts) do
      suffix = if calendar == Calendar.ISO, do: "", else: " " <> inspect(calendar)
      text = DateTime.to_string(datetime) <> suffix

      # The sigil takes UTC and four digits of a year.
      case datetime do
        %{utc_offset: 0, std_offset: 0, time_zone: "Etc/UTC"}
        when calendar != Calendar.ISO or year in -9999..9999 ->
          "~U[" <> text <> "]"

        _ ->
          "#DateTime<" <> text <> ">"
      end
    end
  end
end
