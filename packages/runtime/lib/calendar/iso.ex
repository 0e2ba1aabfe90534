# The proleptic Gregorian calendar of ISO 8601. Instants are "iso days": days since 0000-01-01 and the
# fraction of the day as {parts, parts per day}. Dates convert by counting in years that start in
# March, so that the leap day is the last of its year and one formula serves all months.
defmodule Calendar.ISO do
  @moduledoc "The default calendar: ISO 8601 dates and times, parsed, printed, and computed with."

  @behaviour Calendar

  @type year :: -9999..9999
  @type month :: 1..12
  @type day :: 1..31
  @type hour :: 0..23
  @type minute :: 0..59
  @type second :: 0..59
  @type weekday :: :monday | :tuesday | :wednesday | :thursday | :friday | :saturday | :sunday
  @type utc_offset :: integer
  @type format :: :basic | :extended
  @type microsecond :: {0..999_999, 0..6}
  @type day_of_week :: 1..7
  @type day_of_year :: 1..366
  @type quarter_of_year :: 1..4
  @type bce :: 0
  @type ce :: 1
  @type era :: bce | ce
  @type year_of_era :: {1..10000, era}

  @second 1_000_000
  @seconds_per_day 86_400
  @parts_per_day @seconds_per_day * @second
  # Days from 0000-01-01 to 0000-03-01 and to 0001-01-01, and in 400 years.
  @to_march 60
  @to_first_year 366
  @cycle 146_097
  @unix_epoch_seconds 62_167_219_200
  # Years -9999 to 9999, in microseconds from 1970.
  @unix_range -377_705_116_800_000_000..253_402_300_799_999_999

  defguardp is_format(format) when format in [:basic, :extended]

  ## Dates

  @doc false
  def date_to_iso_days(year, month, day) do
    ensure_day_in_month!(year, month, day)
    year = if month <= 2, do: year - 1, else: year
    cycle = Integer.floor_div(year, 400)
    year_of_cycle = year - cycle * 400
    month_from_march = rem(month + 9, 12)
    day_of_year = div(153 * month_from_march + 2, 5) + day - 1

    cycle * @cycle + year_of_cycle * 365 + div(year_of_cycle, 4) - div(year_of_cycle, 100) +
      day_of_year + @to_march
  end

  @doc false
  def date_from_iso_days(days) do
    days = days - @to_march
    cycle = Integer.floor_div(days, @cycle)
    day_of_cycle = days - cycle * @cycle

    year_of_cycle =
      div(
        day_of_cycle - div(day_of_cycle, 1460) + div(day_of_cycle, 36_524) -
          div(day_of_cycle, 146_096),
        365
      )

    day_of_year =
      day_of_cycle - (365 * year_of_cycle + div(year_of_cycle, 4) - div(year_of_cycle, 100))

    month_from_march = div(5 * day_of_year + 2, 153)
    day = day_of_year - div(153 * month_from_march + 2, 5) + 1
    month = if month_from_march < 10, do: month_from_march + 3, else: month_from_march - 9
    year = year_of_cycle + cycle * 400
    {if(month <= 2, do: year + 1, else: year), month, day}
  end

  defp ensure_day_in_month!(year, month, day) when is_integer(day) do
    if day < 1 or day > days_in_month(year, month) do
      raise ArgumentError, "invalid date: #{date_to_string(year, month, day)}"
    end
  end

  @doc "Tells whether there is such a date."
  @impl true
  @spec valid_date?(year, month, day) :: boolean
  def valid_date?(year, month, day)
      when is_integer(year) and is_integer(month) and is_integer(day) do
    month in 1..12 and day >= 1 and day <= days_in_month(year, month)
  end

  @doc "Counts the days of a month."
  @impl true
  @spec days_in_month(year, month) :: 28..31
  def days_in_month(year, month) when is_integer(year) and month in 1..12 do
    case month do
      2 -> if leap_year?(year), do: 29, else: 28
      month when month in [4, 6, 9, 11] -> 30
      _ -> 31
    end
  end

  @doc "Counts the months of a year."
  @impl true
  @spec months_in_year(year) :: 12
  def months_in_year(year) when is_integer(year), do: 12

  @doc "Tells whether a year has a leap day."
  @impl true
  @spec leap_year?(year) :: boolean
  def leap_year?(year) when is_integer(year) do
    rem(year, 4) == 0 and (rem(year, 100) != 0 or rem(year, 400) == 0)
  end

  @doc false
  @deprecated "Use Calendar.ISO.day_of_week/4 instead"
  def day_of_week(year, month, day), do: elem(day_of_week(year, month, day, :default), 0)

  @doc "Gives the day of the week counted from `starting_on`, and the first and last of them."
  @impl true
  @spec day_of_week(year, month, day, :default | weekday) :: {day_of_week, 1, 7}
  def day_of_week(year, month, day, starting_on) do
    {iso_days_to_day_of_week(date_to_iso_days(year, month, day), starting_on), 1, 7}
  end

  @doc false
  def iso_days_to_day_of_week(iso_days, starting_on) do
    Integer.mod(iso_days + day_of_week_offset(starting_on), 7) + 1
  end

  defp day_of_week_offset(:default), do: 5
  defp day_of_week_offset(:monday), do: 5
  defp day_of_week_offset(:tuesday), do: 4
  defp day_of_week_offset(:wednesday), do: 3
  defp day_of_week_offset(:thursday), do: 2
  defp day_of_week_offset(:friday), do: 1
  defp day_of_week_offset(:saturday), do: 0
  defp day_of_week_offset(:sunday), do: 6

  @doc "Counts the days from the start of the year, which is day 1."
  @impl true
  @spec day_of_year(year, month, day) :: day_of_year
  def day_of_year(year, month, day) do
    date_to_iso_days(year, month, day) - date_to_iso_days(year, 1, 1) + 1
  end

  @doc "Gives the quarter of the year."
  @impl true
  @spec quarter_of_year(year, month, day) :: quarter_of_year
  def quarter_of_year(year, month, day)
      when is_integer(year) and month in 1..12 and day in 1..31 do
    div(month - 1, 3) + 1
  end

  @doc "Gives the year counted within its era: 1 from the year 1 on, 0 before."
  @spec year_of_era(year) :: year_of_era
  def year_of_era(year) when year >= 1, do: {year, 1}
  def year_of_era(year) when year <= 0, do: {1 - year, 0}

  @doc "Gives the year counted within its era; see `year_of_era/1`."
  @impl true
  @spec year_of_era(year, month, day) :: year_of_era
  def year_of_era(year, _month, _day), do: year_of_era(year)

  @doc "Counts the days within the era."
  @impl true
  @spec day_of_era(year, month, day) :: {pos_integer, era}
  def day_of_era(year, month, day) when year >= 1 do
    {date_to_iso_days(year, month, day) - @to_first_year + 1, 1}
  end

  def day_of_era(year, month, day) when year <= 0 do
    {abs(date_to_iso_days(year, month, day) - @to_first_year), 0}
  end

  ## Times and instants

  @doc "Tells whether there is such a time of day."
  @impl true
  @spec valid_time?(hour, minute, second, microsecond) :: boolean
  def valid_time?(hour, minute, second, microsecond)

  def valid_time?(hour, minute, second, {value, precision})
      when is_integer(hour) and is_integer(minute) and is_integer(second) and is_integer(value) do
    hour in 0..23 and minute in 0..59 and second in 0..59 and value in 0..999_999 and
      precision in 0..6
  end

  @doc "Days begin at midnight."
  @impl true
  @spec day_rollover_relative_to_midnight_utc() :: {0, 1}
  def day_rollover_relative_to_midnight_utc, do: {0, 1}

  @doc "Gives the digits of the fraction of a second that a time unit needs."
  @spec time_unit_to_precision(System.time_unit()) :: 0..6
  def time_unit_to_precision(int)

  def time_unit_to_precision(:nanosecond), do: 6
  def time_unit_to_precision(:microsecond), do: 6
  def time_unit_to_precision(:millisecond), do: 3
  def time_unit_to_precision(:second), do: 0
  def time_unit_to_precision(per_second) when is_integer(per_second), do: 6

  @doc "Gives the fraction of the day that has passed at a time."
  @impl true
  def time_to_day_fraction(hour, minute, second, {microsecond, _precision}) do
    {(hour * 3600 + minute * 60 + second) * @second + microsecond, @parts_per_day}
  end

  @doc "Gives the time at which a fraction of the day has passed."
  @impl true
  def time_from_day_fraction({parts, parts_per_day}) do
    total = microseconds(parts, parts_per_day)
    seconds = Integer.floor_div(total, @second)

    {Integer.floor_div(seconds, 3600), Integer.mod(div(seconds, 60), 60),
     Integer.mod(seconds, 60), {Integer.mod(total, @second), 6}}
  end

  defp microseconds(parts, @parts_per_day), do: parts
  defp microseconds(parts, parts_per_day), do: div(parts * @parts_per_day, parts_per_day)

  @doc "Gives the iso days of a date and time."
  @impl true
  def naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond) do
    {date_to_iso_days(year, month, day), time_to_day_fraction(hour, minute, second, microsecond)}
  end

  @doc "Gives the date and time of iso days."
  @impl true
  def naive_datetime_from_iso_days({days, day_fraction}) do
    {year, month, day} = date_from_iso_days(days)
    {hour, minute, second, microsecond} = time_from_day_fraction(day_fraction)
    {year, month, day, hour, minute, second, microsecond}
  end

  @doc "Gives the first instant of the day."
  @impl true
  def iso_days_to_beginning_of_day({days, _fraction}), do: {days, {0, @parts_per_day}}

  @doc "Gives the last microsecond of the day."
  @impl true
  def iso_days_to_end_of_day({days, _fraction}), do: {days, {@parts_per_day - 1, @parts_per_day}}

  @doc false
  def from_unix(integer, unit) when is_integer(integer) do
    total = System.convert_time_unit(integer, unit, :microsecond)

    if total in @unix_range do
      seconds = @unix_epoch_seconds + Integer.floor_div(total, @second)
      date = date_from_iso_days(Integer.floor_div(seconds, @seconds_per_day))
      seconds = Integer.mod(seconds, @seconds_per_day)
      time = {div(seconds, 3600), rem(div(seconds, 60), 60), rem(seconds, 60)}
      {:ok, date, time, {Integer.mod(total, @second), unit_precision(unit)}}
    else
      {:error, :invalid_unix_time}
    end
  end

  defp unit_precision(unit) do
    case System.convert_time_unit(1, :second, unit) do
      1 -> 0
      10 -> 1
      100 -> 2
      1_000 -> 3
      10_000 -> 4
      100_000 -> 5
      _ -> 6
    end
  end

  @doc false
  def gregorian_seconds_to_iso_days(seconds, microsecond) do
    {Integer.floor_div(seconds, @seconds_per_day),
     {Integer.mod(seconds, @seconds_per_day) * @second + microsecond, @parts_per_day}}
  end

  @doc false
  def iso_days_to_unit({days, {parts, parts_per_day}}, unit) do
    System.convert_time_unit(
      days * @parts_per_day + microseconds(parts, parts_per_day),
      :microsecond,
      unit
    )
  end

  @doc false
  def add_day_fraction_to_iso_days({days, {parts, same}}, add, same) do
    carry(days, parts + add, same)
  end

  def add_day_fraction_to_iso_days({days, {parts, parts_per_day}}, add, add_per_day) do
    gcd = Integer.gcd(parts_per_day, add_per_day)
    total = div(parts * add_per_day + add * parts_per_day, gcd)
    carry(days, total, div(parts_per_day * add_per_day, gcd))
  end

  defp carry(days, parts, per_day) do
    {days + Integer.floor_div(parts, per_day), {Integer.mod(parts, per_day), per_day}}
  end

  @doc false
  def shift_iso_days(iso_days, value, unit) do
    per_day = System.convert_time_unit(@seconds_per_day, :second, unit)
    add_day_fraction_to_iso_days(iso_days, value, per_day)
  end

  ## Shifting by durations

  @doc "Shifts a date by years, months, weeks and days; a day beyond the month becomes its last."
  @impl true
  def shift_date(year, month, day, %Duration{hour: 0, minute: 0, second: 0} = duration)
      when elem(duration.microsecond, 0) == 0 do
    {year, month, day} = shift_months(year, month, day, duration.year * 12 + duration.month)
    shift_days({year, month, day}, duration.week * 7 + duration.day)
  end

  def shift_date(_year, _month, _day, _duration) do
    raise ArgumentError,
          "cannot shift date by time scale unit. Expected :year, :month, :week, :day"
  end

  @doc "Shifts a date and time: first by months, then by all else."
  @impl true
  def shift_naive_datetime(year, month, day, hour, minute, second, microsecond, duration) do
    {year, month, day} = shift_months(year, month, day, duration.year * 12 + duration.month)
    days = duration.week * 7 + duration.day
    iso_days = naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond)
    add = days * @parts_per_day + time_part(duration)
    shifted = add_day_fraction_to_iso_days(iso_days, add, @parts_per_day)
    {year, month, day, hour, minute, second, {value, _}} = naive_datetime_from_iso_days(shifted)
    {year, month, day, hour, minute, second, {value, shifted_precision(microsecond, duration)}}
  end

  @doc "Shifts a time of day, around midnight if need be."
  @impl true
  def shift_time(hour, minute, second, microsecond, duration)

  def shift_time(
        hour,
        minute,
        second,
        microsecond,
        %Duration{
          year: 0,
          month: 0,
          week: 0,
          day: 0
        } = duration
      ) do
    iso_days = {0, time_to_day_fraction(hour, minute, second, microsecond)}
    {_, fraction} = add_day_fraction_to_iso_days(iso_days, time_part(duration), @parts_per_day)
    {hour, minute, second, {value, _}} = time_from_day_fraction(fraction)
    {hour, minute, second, {value, shifted_precision(microsecond, duration)}}
  end

  def shift_time(_hour, _minute, _second, _microsecond, _duration) do
    raise ArgumentError,
          "cannot shift time by date scale unit. Expected :hour, :minute, :second, :microsecond"
  end

  defp time_part(%Duration{hour: hour, minute: minute, second: second, microsecond: {value, _}}) do
    (hour * 3600 + minute * 60 + second) * @second + value
  end

  defp shifted_precision({_, precision}, %Duration{microsecond: {0, _}}), do: precision
  defp shifted_precision(_microsecond, %Duration{microsecond: {_, precision}}), do: precision

  @doc false
  def shift_days(date, 0), do: date

  def shift_days({year, month, day}, days) do
    date_from_iso_days(date_to_iso_days(year, month, day) + days)
  end

  defp shift_months(year, month, day, 0), do: {year, month, day}

  defp shift_months(year, month, day, months) do
    total = year * 12 + month - 1 + months
    year = Integer.floor_div(total, 12)
    month = Integer.mod(total, 12) + 1
    {year, month, min(day, days_in_month(year, month))}
  end

  ## Printing

  @doc "Prints a date."
  @impl true
  @spec date_to_string(year, month, day, format) :: String.t()
  def date_to_string(year, month, day, format \\ :extended)
      when is_integer(year) and is_integer(month) and is_integer(day) and is_format(format) do
    dash = if format == :extended, do: "-", else: ""
    pad(year, 4) <> dash <> pad(month, 2) <> dash <> pad(day, 2)
  end

  @doc "Prints a time, with as many digits of the fraction as its precision says."
  @impl true
  @spec time_to_string(hour, minute, second, microsecond, format) :: String.t()
  def time_to_string(hour, minute, second, microsecond, format \\ :extended)

  def time_to_string(hour, minute, second, {value, precision}, format)
      when hour in 0..23 and minute in 0..59 and second in 0..59 and value in 0..999_999 and
             precision in 0..6 and is_format(format) do
    colon = if format == :extended, do: ":", else: ""
    time = pad(hour, 2) <> colon <> pad(minute, 2) <> colon <> pad(second, 2)
    if precision == 0, do: time, else: time <> "." <> binary_part(pad(value, 6), 0, precision)
  end

  @doc "Prints a date and time."
  @impl true
  def naive_datetime_to_string(
        year,
        month,
        day,
        hour,
        minute,
        second,
        microsecond,
        format \\ :extended
      ) do
    date_to_string(year, month, day, format) <>
      " " <> time_to_string(hour, minute, second, microsecond, format)
  end

  @doc "Prints a date and time with its offset and zone."
  @impl true
  def datetime_to_string(
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
        std_offset,
        format \\ :extended
      )
      when is_binary(time_zone) and is_binary(zone_abbr) and is_integer(utc_offset) and
             is_integer(std_offset) do
    zone = if time_zone == "Etc/UTC", do: "", else: " " <> zone_abbr <> " " <> time_zone

    naive_datetime_to_string(year, month, day, hour, minute, second, microsecond, format) <>
      offset_to_string(utc_offset, std_offset, time_zone, format) <> zone
  end

  @doc false
  def offset_to_string(0, 0, "Etc/UTC", _format), do: "Z"

  def offset_to_string(utc_offset, std_offset, _time_zone, format) do
    total = utc_offset + std_offset
    sign = if total < 0, do: "-", else: "+"
    minutes = div(abs(total), 60)
    format_offset(format, sign, div(minutes, 60), rem(minutes, 60))
  end

  defp format_offset(:extended, sign, hours, minutes), do: sign <> pad(hours, 2) <> ":" <> pad(minutes, 2)
  defp format_offset(:basic, sign, hours, minutes), do: sign <> pad(hours, 2) <> pad(minutes, 2)

  defp pad(value, count) when value < 0, do: "-" <> pad(-value, count)
  defp pad(value, count), do: String.pad_leading(Integer.to_string(value), count, "0")

  ## Parsing. A part parser takes the text and gives `{value, rest}`, or `:error`.

  @doc "Parses a time; an offset is read and dropped."
  @impl true
  def parse_time(string) when is_binary(string), do: parse_time(string, :extended)

  @doc "Parses a time in a format."
  def parse_time(string, format) when is_binary(string) and is_format(format) do
    text =
      case string do
        "T" <> rest -> rest
        _ -> string
      end

    with {{hour, minute, second}, rest} <- time(text, format),
         {microsecond, rest} <- fraction(rest),
         {_offset, ""} <- offset(rest) do
      if valid_time?(hour, minute, second, microsecond),
        do: {:ok, {hour, minute, second, microsecond}},
        else: {:error, :invalid_time}
    else
      _ -> {:error, :invalid_format}
    end
  end

  @doc "Parses a date."
  @impl true
  def parse_date(string) when is_binary(string), do: parse_date(string, :extended)

  @doc "Parses a date in a format."
  def parse_date(string, format) when is_binary(string) and is_format(format) do
    case signed_date(string, format) do
      {{year, month, day} = date, ""} ->
        if valid_date?(year, month, day), do: {:ok, date}, else: {:error, :invalid_date}

      _ ->
        {:error, :invalid_format}
    end
  end

  @doc "Parses a date and time; an offset is read and dropped."
  @impl true
  def parse_naive_datetime(string) when is_binary(string) do
    parse_naive_datetime(string, :extended)
  end

  @doc "Parses a date and time in a format."
  def parse_naive_datetime(string, format) when is_binary(string) and is_format(format) do
    with {:ok, datetime, _offset} <- datetime(string, format), do: {:ok, datetime}
  end

  @doc "Parses a date and time with an offset, and gives the date and time in UTC, and the offset."
  @impl true
  def parse_utc_datetime(string) when is_binary(string), do: parse_utc_datetime(string, :extended)

  @doc "Parses a date and time with an offset in a format."
  def parse_utc_datetime(string, format) when is_binary(string) and is_format(format) do
    case datetime(string, format) do
      {:ok, _datetime, nil} ->
        {:error, :missing_offset}

      {:ok, datetime, 0} ->
        {:ok, datetime, 0}

      {:ok, {year, month, day, hour, minute, second, microsecond}, offset} ->
        {year, month, day, hour, minute, second, _} =
          naive_datetime_to_iso_days(year, month, day, hour, minute, second, {0, 0})
          |> add_day_fraction_to_iso_days(-offset, @seconds_per_day)
          |> naive_datetime_from_iso_days()

        {:ok, {year, month, day, hour, minute, second, microsecond}, offset}

      error ->
        error
    end
  end

  defp datetime(string, format) do
    with {{year, month, day}, <<separator, rest::binary>>} when separator in [?T, ?\s] <-
           signed_date(string, format),
         {{hour, minute, second}, rest} <- time(rest, format),
         {microsecond, rest} <- fraction(rest),
         {offset, ""} <- offset(rest) do
      cond do
        not valid_date?(year, month, day) -> {:error, :invalid_date}
        not valid_time?(hour, minute, second, microsecond) -> {:error, :invalid_time}
        true -> {:ok, {year, month, day, hour, minute, second, microsecond}, offset}
      end
    else
      _ -> {:error, :invalid_format}
    end
  end

  defp signed_date("+" <> rest, format), do: date(rest, format)

  defp signed_date("-" <> rest, format) do
    with {{year, month, day}, rest} <- date(rest, format), do: {{-year, month, day}, rest}
  end

  defp signed_date(string, format), do: date(string, format)

  defp date(
         <<y::binary-size(4), ?-, m::binary-size(2), ?-, d::binary-size(2), rest::binary>>,
         :extended
       ),
       do: numbers(y, m, d, rest)

  defp date(<<y::binary-size(4), m::binary-size(2), d::binary-size(2), rest::binary>>, :basic),
    do: numbers(y, m, d, rest)

  defp date(_string, _format), do: :error

  defp time(
         <<h::binary-size(2), ?:, m::binary-size(2), ?:, s::binary-size(2), rest::binary>>,
         :extended
       ),
       do: numbers(h, m, s, rest)

  defp time(<<h::binary-size(2), m::binary-size(2), s::binary-size(2), rest::binary>>, :basic),
    do: numbers(h, m, s, rest)

  defp time(_string, _format), do: :error

  defp numbers(a, b, c, rest) do
    with a when is_integer(a) <- digits(a, 0),
         b when is_integer(b) <- digits(b, 0),
         c when is_integer(c) <- digits(c, 0),
         do: {{a, b, c}, rest}
  end

  defp digits(<<digit, rest::binary>>, acc) when digit in ?0..?9 do
    digits(rest, acc * 10 + digit - ?0)
  end

  defp digits("", acc), do: acc
  defp digits(_other, _acc), do: :error

  defp fraction(<<mark, rest::binary>>) when mark in [?., ?,] do
    case fraction(rest, 0, 0) do
      {_value, 0, _rest} -> :error
      {value, count, rest} -> {{value, min(count, 6)}, rest}
    end
  end

  defp fraction(rest), do: {{0, 0}, rest}

  # Digits after the sixth are read but do not count.
  defp fraction(<<digit, rest::binary>>, value, count) when digit in ?0..?9 do
    value = if count < 6, do: value + (digit - ?0) * 10 ** (5 - count), else: value
    fraction(rest, value, count + 1)
  end

  defp fraction(rest, value, count), do: {value, count, rest}

  defp offset(""), do: {nil, ""}
  defp offset("Z"), do: {0, ""}
  defp offset("-00:00"), do: :error
  defp offset(<<?+, rest::binary>>), do: offset(1, rest)
  defp offset(<<?-, rest::binary>>), do: offset(-1, rest)
  defp offset(_rest), do: :error

  defp offset(sign, <<h::binary-size(2), ?:, m::binary-size(2), rest::binary>>),
    do: offset(sign, h, m, rest)

  defp offset(sign, <<h::binary-size(2), m::binary-size(2), rest::binary>>),
    do: offset(sign, h, m, rest)

  defp offset(sign, <<h::binary-size(2), rest::binary>>), do: offset(sign, h, "00", rest)
  defp offset(_sign, _rest), do: :error

  defp offset(sign, hour, minute, rest) do
    with {hour, ""} when hour < 24 <- Integer.parse(hour),
         {minute, ""} when minute < 60 <- Integer.parse(minute) do
      {(hour * 60 + minute) * 60 * sign, rest}
    else
      _ -> :error
    end
  end

  @doc "Parses a duration such as `P1Y2M3DT4H5M6.7S` to a keyword list of units."
  def parse_duration("P" <> rest) when rest != "", do: duration_date(rest, [], date_units())
  def parse_duration("+P" <> rest) when rest != "", do: duration_date(rest, [], date_units())

  def parse_duration("-P" <> rest) when rest != "" do
    with {:ok, units} <- duration_date(rest, [], date_units()) do
      {:ok,
       Enum.map(units, fn
         {:microsecond, {value, precision}} -> {:microsecond, {-value, precision}}
         {unit, value} -> {unit, -value}
       end)}
    end
  end

  def parse_duration(_string), do: {:error, :invalid_duration}

  # The units that may still come, in their order.
  defp date_units, do: [year: ?Y, month: ?M, week: ?W, day: ?D]

  defp duration_date("", acc, _units), do: {:ok, acc}

  defp duration_date("T" <> rest, acc, _units) when rest != "" do
    duration_time(rest, acc, hour: ?H, minute: ?M, second: ?S)
  end

  defp duration_date(string, acc, units) do
    with {value, <<letter, rest::binary>>} <- Integer.parse(string),
         [{unit, _} | units] <- Enum.drop_while(units, fn {_, l} -> l != letter end) do
      duration_date(rest, [{unit, value} | acc], units)
    else
      _ -> {:error, :invalid_date_component}
    end
  end

  defp duration_time("", acc, _units), do: {:ok, acc}

  defp duration_time(string, acc, units) do
    with {value, rest} <- Integer.parse(string) do
      case {fraction(rest), rest} do
        {_, <<letter, rest::binary>>} when letter not in [?., ?,] ->
          case Enum.drop_while(units, fn {_, l} -> l != letter end) do
            [{unit, _} | units] -> duration_time(rest, [{unit, value} | acc], units)
            [] -> {:error, :invalid_time_component}
          end

        {{{micro, precision}, "S"}, _} ->
          micro = if String.starts_with?(string, "-"), do: -micro, else: micro
          {:ok, [second: value, microsecond: {micro, precision}] ++ acc}

        _ ->
          {:error, :invalid_time_component}
      end
    else
      :error -> {:error, :invalid_time_component}
    end
  end
end
