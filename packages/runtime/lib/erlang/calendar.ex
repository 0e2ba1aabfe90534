defmodule :calendar do
  @moduledoc "Erlang's `:calendar`: dates and times in the Gregorian calendar, counted from year 0."

  @days_to_epoch 719_528
  @seconds_to_epoch 62_167_219_200

  @doc "Whether a year has 366 days."
  def is_leap_year(year) when is_integer(year) and year >= 0,
    do: rem(year, 4) == 0 and (rem(year, 100) != 0 or rem(year, 400) == 0)

  @doc "The number of days of a month."
  def last_day_of_the_month(year, month) when is_integer(year) and year >= 0,
    do: last_day_of_the_month1(year, month)

  defp last_day_of_the_month1(year, 2), do: if(is_leap_year(year), do: 29, else: 28)
  defp last_day_of_the_month1(_year, month) when month in [4, 6, 9, 11], do: 30
  defp last_day_of_the_month1(_year, month) when month in [1, 3, 5, 7, 8, 10, 12], do: 31

  @doc "The days from year 0 to a date."
  def date_to_gregorian_days({year, month, day}), do: date_to_gregorian_days(year, month, day)

  @doc "The days from year 0 to a date."
  def date_to_gregorian_days(year, month, day) when is_integer(day) and day > 0 do
    if day > last_day_of_the_month(year, month), do: :erlang.error(:if_clause)
    days_before_year(year) + days_before_month(year, month) + day - 1
  end

  defp days_before_year(0), do: 0

  defp days_before_year(year) do
    last = year - 1
    div(last, 4) - div(last, 100) + div(last, 400) + last * 365 + 366
  end

  defp days_before_month(_year, 1), do: 0

  defp days_before_month(year, month),
    do: days_before_month(year, month - 1) + last_day_of_the_month(year, month - 1)

  @doc "The date that many days after the start of year 0."
  def gregorian_days_to_date(days) when not is_integer(days) or days >= 0 do
    year = year_of(days, div(days, 366))
    month_of(year, 1, days - days_before_year(year))
  end

  defp year_of(days, year) do
    if days_before_year(year + 1) <= days, do: year_of(days, year + 1), else: year
  end

  defp month_of(year, month, day) do
    length = last_day_of_the_month(year, month)
    if day < length, do: {year, month, day + 1}, else: month_of(year, month + 1, day - length)
  end

  @doc "The seconds from year 0 to a date and time."
  def datetime_to_gregorian_seconds({date, time}), do: date_to_gregorian_days(date) * 86_400 + time_to_seconds(time)

  @doc "The date and time that many seconds after the start of year 0."
  def gregorian_seconds_to_datetime(seconds) when not is_integer(seconds) or seconds >= 0,
    do: {gregorian_days_to_date(div(seconds, 86_400)), seconds_to_time(rem(seconds, 86_400))}

  @doc "The seconds of a time since midnight."
  def time_to_seconds({hour, minute, second}) when is_integer(hour) and is_integer(minute) and is_integer(second),
    do: hour * 3600 + minute * 60 + second

  @doc "The time that many seconds after midnight."
  def seconds_to_time(seconds) when seconds >= 0 and seconds < 86_400,
    do: {div(seconds, 3600), div(rem(seconds, 3600), 60), rem(seconds, 60)}

  @doc "Days and time of a number of seconds, which may be negative."
  def seconds_to_daystime(seconds) do
    days = floor_div(seconds, 86_400)
    {days, seconds_to_time(seconds - days * 86_400)}
  end

  defp floor_div(a, b) when a >= 0, do: div(a, b)
  defp floor_div(a, b), do: div(a - b + 1, b)

  @doc "Days and time between two dates and times."
  def time_difference({_, _} = from, {_, _} = to),
    do: seconds_to_daystime(datetime_to_gregorian_seconds(to) - datetime_to_gregorian_seconds(from))

  @doc "Monday is 1, Sunday 7."
  def day_of_the_week({year, month, day}), do: day_of_the_week(year, month, day)

  @doc "Monday is 1, Sunday 7."
  def day_of_the_week(year, month, day), do: rem(date_to_gregorian_days(year, month, day) + 5, 7) + 1

  @doc "Whether there is such a date."
  def valid_date({year, month, day}), do: valid_date(year, month, day)

  @doc "Whether there is such a date."
  def valid_date(year, month, day) when is_integer(year) and is_integer(month) and is_integer(day),
    do: year >= 0 and month >= 1 and month <= 12 and day >= 1 and day <= last_day_of_the_month(year, month)

  @doc "Year and week of a date, as ISO 8601 counts weeks."
  def iso_week_number({year, _, _} = date) do
    day = date_to_gregorian_days(date)
    start = first_week(year)

    cond do
      day < start -> {year - 1, div(day - first_week(year - 1), 7) + 1}
      day >= first_week(year + 1) -> {year + 1, 1}
      true -> {year, div(day - start, 7) + 1}
    end
  end

  @doc "Year and week of today."
  def iso_week_number do
    {date, _time} = local_time()
    iso_week_number(date)
  end

  # The day on which the week with the year's first Thursday starts.
  defp first_week(year) do
    january_1 = date_to_gregorian_days(year, 1, 1)
    weekday = rem(january_1 + 5, 7) + 1
    if weekday <= 4, do: january_1 - weekday + 1, else: january_1 + 8 - weekday
  end

  @doc "The local date and time."
  def local_time, do: :erlang.localtime()

  @doc "The date and time of UTC."
  def universal_time, do: :erlang.universaltime()

  @doc "The local date and time of one of UTC."
  def universal_time_to_local_time(datetime), do: :erlang.universaltime_to_localtime(datetime)

  @doc "The possible times of UTC of a local date and time."
  def local_time_to_universal_time_dst(datetime), do: [:erlang.localtime_to_universaltime(datetime)]

  @doc "The time of UTC of a local date and time."
  def local_time_to_universal_time(datetime), do: :erlang.localtime_to_universaltime(datetime)

  @doc "Like the one before, said whether it is a time of summer."
  def local_time_to_universal_time(datetime, summer?) do
    universal = :erlang.localtime_to_universaltime(datetime)
    if summer? == true, do: gregorian_seconds_to_datetime(datetime_to_gregorian_seconds(universal) - 3600), else: universal
  end

  @doc "The date and time of a system time, in UTC."
  def system_time_to_universal_time(time, unit),
    do: gregorian_seconds_to_datetime(:erlang.convert_time_unit(time, unit, :second) + @seconds_to_epoch)

  @doc "The local date and time of a system time."
  def system_time_to_local_time(time, unit),
    do: universal_time_to_local_time(system_time_to_universal_time(time, unit))

  @doc "The date and time of `:erlang.timestamp/0`, in UTC."
  def now_to_universal_time(now), do: now_to_datetime(now)

  @doc "The date and time of `:erlang.timestamp/0`, in UTC."
  def now_to_datetime({mega, seconds, _micro}),
    do: gregorian_seconds_to_datetime(mega * 1_000_000 + seconds + @days_to_epoch * 86_400)

  @doc "The local date and time of `:erlang.timestamp/0`."
  def now_to_local_time(now), do: universal_time_to_local_time(now_to_universal_time(now))

  @doc "A system time in the format of RFC 3339, in the local time, which is UTC, unless the options have an offset."
  def system_time_to_rfc3339(time), do: system_time_to_rfc3339(time, [])

  @doc "Like `system_time_to_rfc3339/1`; options are `unit`, `offset` and `time_designator`."
  def system_time_to_rfc3339(time, options) do
    if not is_integer(time), do: :erlang.error(:badarg, [time, options])
    unit = :proplists.get_value(:unit, options, :second)
    designator = :proplists.get_value(:time_designator, options, ?T)
    per_second = :erlang.convert_time_unit(1, :second, unit)
    {text, shift} = offset(in_seconds(:proplists.get_value(:offset, options, ~c"+00:00"), per_second))
    seconds = floor_div(time, per_second)
    fraction = time - seconds * per_second
    {{year, month, day}, {hour, minute, second}} = gregorian_seconds_to_datetime(seconds + shift + @seconds_to_epoch)

    padded(year, 4) ++
      ~c"-" ++
      padded(month, 2) ++
      ~c"-" ++
      padded(day, 2) ++
      [designator] ++
      padded(hour, 2) ++
      ~c":" ++ padded(minute, 2) ++ ~c":" ++ padded(second, 2) ++ fraction_text(fraction, per_second) ++ text
  end

  # An offset that is a number is in the unit of the time.
  defp in_seconds(offset, per_second) when is_integer(offset), do: div(offset, per_second)
  defp in_seconds(offset, _per_second), do: offset

  defp offset(seconds) when is_integer(seconds) do
    sign = if seconds < 0, do: ?-, else: ?+
    minutes = div(abs(seconds), 60)
    {[sign] ++ padded(div(minutes, 60), 2) ++ ~c":" ++ padded(rem(minutes, 60), 2), seconds}
  end

  defp offset([z]) when z in [?Z, ?z], do: {[z], 0}
  defp offset([]), do: {~c"Z", 0}
  defp offset(text) when is_binary(text), do: offset(:erlang.binary_to_list(text))
  defp offset([sign | _] = text) when sign in [?+, ?-], do: {text, offset_seconds(text)}

  defp offset_seconds([z]) when z in [?Z, ?z], do: 0

  defp offset_seconds([sign, h1, h2, ?:, m1, m2]) do
    seconds = number([h1, h2]) * 3600 + number([m1, m2]) * 60
    if sign === ?-, do: -seconds, else: seconds
  end

  defp fraction_text(_fraction, 1), do: []
  defp fraction_text(fraction, per_second), do: [?. | padded(fraction, digits(per_second))]

  defp digits(1), do: 0
  defp digits(n), do: 1 + digits(div(n, 10))

  defp padded(number, width) do
    digits = :erlang.integer_to_list(number)
    :lists.duplicate(max(width - :erlang.length(digits), 0), ?0) ++ digits
  end

  @doc "The system time of a text in the format of RFC 3339."
  def rfc3339_to_system_time(text), do: rfc3339_to_system_time(text, [])

  @doc "Like `rfc3339_to_system_time/1`; the option `unit` chooses the unit."
  def rfc3339_to_system_time(text, options) do
    unit = :proplists.get_value(:unit, options, :second)

    [y1, y2, y3, y4, ?-, mo1, mo2, ?-, d1, d2, _designator, h1, h2, ?:, mi1, mi2, ?:, s1, s2 | rest] =
      if is_binary(text), do: :erlang.binary_to_list(text), else: text

    date = {number([y1, y2, y3, y4]), number([mo1, mo2]), number([d1, d2])}
    time = {number([h1, h2]), number([mi1, mi2]), number([s1, s2])}
    {fraction, [_ | _] = offset} = fraction(rest)
    seconds = datetime_to_gregorian_seconds({date, time}) - offset_seconds(offset) - @seconds_to_epoch
    per_second = :erlang.convert_time_unit(1, :second, unit)
    :erlang.convert_time_unit(seconds, :second, unit) + scaled(fraction, per_second)
  end

  defp fraction([?. | rest]), do: :lists.splitwith(fn char -> char >= ?0 and char <= ?9 end, rest)
  defp fraction(rest), do: {[], rest}

  defp scaled([], _per_second), do: 0
  defp scaled(digits, per_second), do: div(number(digits) * per_second, power(:erlang.length(digits)))

  defp power(0), do: 1
  defp power(n), do: 10 * power(n - 1)

  defp number(digits), do: :erlang.list_to_integer(digits)
end
