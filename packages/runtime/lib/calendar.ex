# What calendars have in common: their types, the behaviour of a calendar module, and formatting.
defmodule Calendar do
  @moduledoc """
  The types and callbacks of calendars, and `strftime/3`.

  `Date`, `Time`, `NaiveDateTime` and `DateTime` call the calendar named in their `:calendar` field.
  """

  @type year :: integer
  @type month :: pos_integer
  @type day :: pos_integer
  @type week :: pos_integer
  @type day_of_week :: non_neg_integer
  @type era :: non_neg_integer
  @type day_of_era :: {day :: non_neg_integer, era}
  @type hour :: non_neg_integer
  @type minute :: non_neg_integer
  @type second :: non_neg_integer
  @type day_fraction :: {parts_in_day :: non_neg_integer, parts_per_day :: pos_integer}
  @type iso_days :: {days :: integer, day_fraction}
  @type microsecond :: {value :: non_neg_integer, precision :: non_neg_integer}
  @type calendar :: module
  @type time_zone :: String.t()
  @type zone_abbr :: String.t()
  @type utc_offset :: integer
  @type std_offset :: integer
  @type date :: %{optional(any) => any, calendar: calendar, year: year, month: month, day: day}
  @type time :: %{
          optional(any) => any,
          hour: hour,
          minute: minute,
          second: second,
          microsecond: microsecond
        }
  @type naive_datetime :: %{
          optional(any) => any,
          calendar: calendar,
          year: year,
          month: month,
          day: day,
          hour: hour,
          minute: minute,
          second: second,
          microsecond: microsecond
        }
  @type datetime :: %{
          optional(any) => any,
          calendar: calendar,
          year: year,
          month: month,
          day: day,
          hour: hour,
          minute: minute,
          second: second,
          microsecond: microsecond,
          time_zone: time_zone,
          zone_abbr: zone_abbr,
          utc_offset: utc_offset,
          std_offset: std_offset
        }
  @type time_zone_database :: module

  @callback days_in_month(year, month) :: day
  @callback months_in_year(year) :: month
  @callback leap_year?(year) :: boolean
  @callback day_of_week(year, month, day, starting_on :: :default | atom) ::
              {day_of_week, first_day_of_week :: non_neg_integer,
               last_day_of_week :: non_neg_integer}
  @callback day_of_year(year, month, day) :: non_neg_integer
  @callback quarter_of_year(year, month, day) :: non_neg_integer
  @callback year_of_era(year, month, day) :: {year, era}
  @callback day_of_era(year, month, day) :: day_of_era
  @callback date_to_string(year, month, day) :: String.t()
  @callback naive_datetime_to_string(year, month, day, hour, minute, second, microsecond) ::
              String.t()
  @callback datetime_to_string(
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
            ) :: String.t()
  @callback time_to_string(hour, minute, second, microsecond) :: String.t()
  @callback naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond) ::
              iso_days
  @callback naive_datetime_from_iso_days(iso_days) ::
              {year, month, day, hour, minute, second, microsecond}
  @callback time_to_day_fraction(hour, minute, second, microsecond) :: day_fraction
  @callback time_from_day_fraction(day_fraction) :: {hour, minute, second, microsecond}
  @callback day_rollover_relative_to_midnight_utc() :: day_fraction
  @callback valid_date?(year, month, day) :: boolean
  @callback valid_time?(hour, minute, second, microsecond) :: boolean
  @callback parse_time(String.t()) :: {:ok, {hour, minute, second, microsecond}} | {:error, atom}
  @callback parse_date(String.t()) :: {:ok, {year, month, day}} | {:error, atom}
  @callback parse_naive_datetime(String.t()) ::
              {:ok, {year, month, day, hour, minute, second, microsecond}} | {:error, atom}
  @callback parse_utc_datetime(String.t()) ::
              {:ok, {year, month, day, hour, minute, second, microsecond}, utc_offset}
              | {:error, atom}
  @callback iso_days_to_beginning_of_day(iso_days) :: iso_days
  @callback iso_days_to_end_of_day(iso_days) :: iso_days
  @callback shift_date(year, month, day, Duration.t()) :: {year, month, day}
  @callback shift_naive_datetime(
              year,
              month,
              day,
              hour,
              minute,
              second,
              microsecond,
              Duration.t()
            ) :: {year, month, day, hour, minute, second, microsecond}
  @callback shift_time(hour, minute, second, microsecond, Duration.t()) ::
              {hour, minute, second, microsecond}

  @doc "Tells whether the days of two calendars begin at the same moment."
  @spec compatible_calendars?(calendar, calendar) :: boolean
  def compatible_calendars?(calendar, calendar), do: true

  def compatible_calendars?(calendar1, calendar2) do
    calendar1.day_rollover_relative_to_midnight_utc() ==
      calendar2.day_rollover_relative_to_midnight_utc()
  end

  @doc "Cuts microseconds to a precision."
  @spec truncate(microsecond, :microsecond | :millisecond | :second) :: microsecond
  def truncate(microsecond_tuple, precision)

  def truncate(microsecond, :microsecond), do: microsecond

  def truncate({value, precision}, :millisecond) do
    {div(value, 1000) * 1000, min(precision, 3)}
  end

  def truncate(_microsecond, :second), do: {0, 0}

  @doc "Sets the time zone database used by default."
  @spec put_time_zone_database(time_zone_database) :: :ok
  def put_time_zone_database(database) when is_atom(database) do
    :persistent_term.put({Calendar, :time_zone_database}, database)
  end

  @doc "Gives the time zone database used by default."
  @spec get_time_zone_database() :: time_zone_database
  def get_time_zone_database do
    :persistent_term.get({Calendar, :time_zone_database}, Calendar.UTCOnlyTimeZoneDatabase)
  end

  @doc """
  Formats a date, a time or both.

  A directive is `%`, optional padding (`-` none, `_` blanks, `0` zeros), an optional width, and
  a letter: `a A b B c d f H I j m M p P q S s u x X y Y z Z %`. Options replace the names
  and the preferred formats.

      iex> Calendar.strftime(~D[2024-02-29], "%a %-d. %B %Y")
      "Thu 29. February 2024"
  """
  @spec strftime(map, String.t(), keyword) :: String.t()
  def strftime(date_or_time_or_datetime, string_format, user_options \\ [])
      when is_map(date_or_time_or_datetime) and is_binary(string_format) do
    string_format
    |> format(date_or_time_or_datetime, options(user_options), [])
    |> IO.iodata_to_binary()
  end

  defp format("", _datetime, _options, acc), do: :lists.reverse(acc)

  defp format("%" <> rest, datetime, options, acc),
    do: flag(rest, nil, nil, datetime, options, acc)

  defp format(<<char, rest::binary>>, datetime, options, acc) do
    format(rest, datetime, options, [char | acc])
  end

  defp flag("-" <> rest, width, nil, datetime, options, acc) do
    flag(rest, width, "", datetime, options, acc)
  end

  defp flag("0" <> rest, nil, nil, datetime, options, acc) do
    flag(rest, nil, ?0, datetime, options, acc)
  end

  defp flag("_" <> rest, width, nil, datetime, options, acc) do
    flag(rest, width, ?\s, datetime, options, acc)
  end

  defp flag(<<digit, rest::binary>>, width, pad, datetime, options, acc) when digit in ?0..?9 do
    flag(rest, (width || 0) * 10 + digit - ?0, pad, datetime, options, acc)
  end

  defp flag(<<directive, rest::binary>> = all, width, pad, datetime, options, acc) do
    width = width || width(directive)
    pad = pad || if(directive in ~c"aAbBpPZ", do: ?\s, else: ?0)

    case directive(directive, datetime, options) do
      :error ->
        refuse(all)

      {:text, text} ->
        format(rest, datetime, options, [pad(text, width, pad) | acc])

      {:signed, sign, text} ->
        format(rest, datetime, options, [[sign, pad(text, width, pad)] | acc])

      {:plain, text} ->
        format(rest, datetime, options, [text | acc])

      # A preferred format is padded by its pieces, not its characters, as Elixir does.
      {:nested, parts} ->
        format(rest, datetime, options, [pad_parts(parts, width, pad) | acc])
    end
  end

  defp flag("", _width, _pad, _datetime, _options, _acc), do: refuse("")

  defp refuse(rest) do
    {grapheme, _} = String.next_grapheme(rest) || {"", ""}
    raise ArgumentError, "invalid strftime format: %#{grapheme}"
  end

  defp width(directive) when directive in ~c"dHImMSy", do: 2
  defp width(?j), do: 3
  defp width(directive) when directive in ~c"Yz", do: 4
  defp width(_directive), do: 0

  defp pad(text, width, pad) do
    [List.duplicate(pad, max(width - byte_size(text), 0)) | text]
  end

  defp pad_parts(parts, width, pad),
    do: List.duplicate(pad, max(width - length(parts), 0)) ++ parts

  defp directive(?%, _datetime, _options), do: {:text, "%"}

  defp directive(?a, datetime, options) do
    {:text, options.abbreviated_day_of_week_names.(Date.day_of_week(datetime))}
  end

  defp directive(?A, datetime, options) do
    {:text, options.day_of_week_names.(Date.day_of_week(datetime))}
  end

  defp directive(?b, datetime, options),
    do: {:text, options.abbreviated_month_names.(datetime.month)}

  defp directive(?B, datetime, options), do: {:text, options.month_names.(datetime.month)}
  defp directive(?c, datetime, options), do: nested(:preferred_datetime, datetime, options)
  defp directive(?x, datetime, options), do: nested(:preferred_date, datetime, options)
  defp directive(?X, datetime, options), do: nested(:preferred_time, datetime, options)
  defp directive(?d, datetime, _options), do: number(datetime.day)

  defp directive(?f, datetime, _options) do
    {value, precision} = datetime.microsecond
    digits = String.pad_leading(Integer.to_string(value), 6, "0")
    {:plain, binary_part(digits, 0, max(precision, 1))}
  end

  defp directive(?H, datetime, _options), do: number(datetime.hour)
  defp directive(?I, datetime, _options), do: number(rem(datetime.hour + 23, 12) + 1)
  defp directive(?j, datetime, _options), do: number(Date.day_of_year(datetime))
  defp directive(?m, datetime, _options), do: number(datetime.month)
  defp directive(?M, datetime, _options), do: number(datetime.minute)
  defp directive(?p, datetime, options), do: {:text, String.upcase(am_pm(datetime.hour, options))}

  defp directive(?P, datetime, options),
    do: {:text, String.downcase(am_pm(datetime.hour, options))}

  defp directive(?q, datetime, _options), do: number(Date.quarter_of_year(datetime))
  defp directive(?S, datetime, _options), do: number(datetime.second)
  defp directive(?u, datetime, _options), do: number(Date.day_of_week(datetime))
  defp directive(?y, datetime, _options), do: number(rem(datetime.year, 100))

  defp directive(?Y, datetime, _options) do
    sign = if datetime.year < 0, do: "-", else: ""
    {:signed, sign, Integer.to_string(abs(datetime.year))}
  end

  defp directive(?s, datetime, _options) do
    utc =
      case datetime do
        %{utc_offset: _, std_offset: _} -> DateTime.shift_zone!(datetime, "Etc/UTC")
        _ -> datetime
      end

    {seconds, _} = NaiveDateTime.to_gregorian_seconds(utc)
    {:plain, Integer.to_string(seconds - 62_167_219_200)}
  end

  defp directive(?z, %{utc_offset: utc_offset, std_offset: std_offset}, _options) do
    total = utc_offset + std_offset
    minutes = div(abs(total), 60)
    sign = if total >= 0, do: "+", else: "-"
    {:signed, sign, Integer.to_string(div(minutes, 60) * 100 + rem(minutes, 60))}
  end

  defp directive(?z, _datetime, _options), do: {:plain, ""}
  defp directive(?Z, datetime, _options), do: {:text, Map.get(datetime, :zone_abbr, "")}
  defp directive(_other, _datetime, _options), do: :error

  defp number(integer), do: {:text, Integer.to_string(integer)}

  defp am_pm(hour, options), do: options.am_pm_names.(if hour > 11, do: :pm, else: :am)

  defp nested(preferred, datetime, %{within: within} = options) do
    if preferred in within do
      raise ArgumentError, "tried to format #{preferred} within another #{preferred} format"
    end

    options = %{options | within: [preferred | within]}
    {:nested, format(Map.fetch!(options, preferred), datetime, options, [])}
  end

  defp options(user_options) do
    Enum.reduce(user_options, defaults(), fn {key, value}, options ->
      if key != :within and is_map_key(options, key),
        do: %{options | key => value},
        else: raise(ArgumentError, "unknown option #{inspect(key)} given to Calendar.strftime/3")
    end)
  end

  @months {"January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"}
  @days {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

  defp defaults do
    %{
      preferred_date: "%Y-%m-%d",
      preferred_time: "%H:%M:%S",
      preferred_datetime: "%Y-%m-%d %H:%M:%S",
      am_pm_names: fn
        :am -> "am"
        :pm -> "pm"
      end,
      month_names: fn month -> elem(@months, month - 1) end,
      day_of_week_names: fn day -> elem(@days, day - 1) end,
      abbreviated_month_names: fn month -> binary_part(elem(@months, month - 1), 0, 3) end,
      abbreviated_day_of_week_names: fn day -> binary_part(elem(@days, day - 1), 0, 3) end,
      within: []
    }
  end
end
