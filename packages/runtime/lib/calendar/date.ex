# Dates: year, month and day in a calendar. All functions take any map with these fields and
# the calendar, so a `NaiveDateTime` or `DateTime` is a date too.
defmodule Date do
  @moduledoc "Dates without a time, such as `~D[2024-02-29]`. Compare them with `compare/2`, not `<`."

  @enforce_keys [:year, :month, :day]
  defstruct [:year, :month, :day, calendar: Calendar.ISO]

  @type t :: %__MODULE__{
          year: Calendar.year(),
          month: Calendar.month(),
          day: Calendar.day(),
          calendar: Calendar.calendar()
        }

  ## Making

  @doc "Gives today's date in UTC."
  @spec utc_today(Calendar.calendar()) :: t
  def utc_today(calendar \\ Calendar.ISO)

  def utc_today(Calendar.ISO) do
    {:ok, {year, month, day}, _, _} = Calendar.ISO.from_unix(System.os_time(), :native)
    %Date{year: year, month: month, day: day}
  end

  def utc_today(calendar), do: calendar |> DateTime.utc_now() |> DateTime.to_date()

  @doc "Makes a date if there is such a one."
  @spec new(Calendar.year(), Calendar.month(), Calendar.day(), Calendar.calendar()) ::
          {:ok, t} | {:error, atom}
  def new(year, month, day, calendar \\ Calendar.ISO) do
    if calendar.valid_date?(year, month, day),
      do: {:ok, %Date{year: year, month: month, day: day, calendar: calendar}},
      else: {:error, :invalid_date}
  end

  @doc "Like `new/4`, but raises `ArgumentError`."
  @spec new!(Calendar.year(), Calendar.month(), Calendar.day(), Calendar.calendar()) :: t
  def new!(year, month, day, calendar \\ Calendar.ISO) do
    case new(year, month, day, calendar) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot build date, reason: #{inspect(reason)}"
    end
  end

  @doc "Makes a range of dates; walks backwards if `last` is before `first`."
  @spec range(Calendar.date(), Calendar.date()) :: Date.Range.t()
  def range(%{calendar: calendar} = first, %{calendar: calendar} = last) do
    {first_days, _} = to_iso_days(first)
    {last_days, _} = to_iso_days(last)

    if first_days <= last_days do
      build_range(first, first_days, last, last_days, 1)
    else
      IO.warn(
        "a negative range was inferred for Date.range/2, call Date.range/3 instead with -1 as third argument"
      )

      build_range(first, first_days, last, last_days, -1)
    end
  end

  def range(%{calendar: _, year: _, month: _, day: _}, %{calendar: _, year: _, month: _, day: _}) do
    raise ArgumentError, "both dates must have matching calendars"
  end

  @doc "Makes a range of dates with a step of days."
  @spec range(Calendar.date(), Calendar.date(), integer) :: Date.Range.t()
  def range(%{calendar: calendar} = first, %{calendar: calendar} = last, step)
      when is_integer(step) and step != 0 do
    {first_days, _} = to_iso_days(first)
    {last_days, _} = to_iso_days(last)
    build_range(first, first_days, last, last_days, step)
  end

  def range(
        %{calendar: _, year: _, month: _, day: _} = first,
        %{calendar: _, year: _, month: _, day: _} = last,
        step
      ) do
    raise ArgumentError,
          "both dates must have matching calendar and the step must be a " <>
            "non-zero integer, got: #{inspect(first)}, #{inspect(last)}, #{step}"
  end

  defp build_range(first, first_days, last, last_days, step) do
    %Date.Range{
      first: date(first),
      last: date(last),
      first_in_iso_days: first_days,
      last_in_iso_days: last_days,
      step: step
    }
  end

  defp date(%{calendar: calendar, year: year, month: month, day: day}) do
    %Date{calendar: calendar, year: year, month: month, day: day}
  end

  ## Text and tuples

  @doc "Prints a date as its calendar does."
  @spec to_string(Calendar.date()) :: String.t()
  def to_string(date)

  def to_string(%{calendar: calendar, year: year, month: month, day: day}) do
    calendar.date_to_string(year, month, day)
  end

  @doc "Parses an ISO 8601 date."
  @spec from_iso8601(String.t(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, {year, month, day}} <- Calendar.ISO.parse_date(string) do
      convert(%Date{year: year, month: month, day: day}, calendar)
    end
  end

  @doc "Like `from_iso8601/2`, but raises `ArgumentError`."
  @spec from_iso8601!(String.t(), Calendar.calendar()) :: t
  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, date} ->
        date

      {:error, reason} ->
        raise ArgumentError, "cannot parse #{inspect(string)} as date, reason: #{inspect(reason)}"
    end
  end

  @doc "Prints a date in ISO 8601."
  @spec to_iso8601(Calendar.date(), :extended | :basic) :: String.t()
  def to_iso8601(date, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = date, format) when format in [:basic, :extended] do
    %{year: year, month: month, day: day} = date
    Calendar.ISO.date_to_string(year, month, day, format)
  end

  def to_iso8601(%{calendar: _} = date, format) when format in [:basic, :extended] do
    date |> convert!(Calendar.ISO) |> to_iso8601(format)
  end

  @doc "Gives `{year, month, day}`."
  @spec to_erl(Calendar.date()) :: :calendar.date()
  def to_erl(date) do
    %{year: year, month: month, day: day} = convert!(date, Calendar.ISO)
    {year, month, day}
  end

  @doc "Makes a date of `{year, month, day}`."
  @spec from_erl(:calendar.date(), Calendar.calendar()) :: {:ok, t} | {:error, atom}
  def from_erl(tuple, calendar \\ Calendar.ISO)

  def from_erl({year, month, day}, calendar) do
    with {:ok, date} <- new(year, month, day), do: convert(date, calendar)
  end

  @doc "Like `from_erl/2`, but raises `ArgumentError`."
  @spec from_erl!(:calendar.date(), Calendar.calendar()) :: t
  def from_erl!(tuple, calendar \\ Calendar.ISO) do
    case from_erl(tuple, calendar) do
      {:ok, date} ->
        date

      {:error, reason} ->
        raise ArgumentError,
              "cannot convert #{inspect(tuple)} to date, reason: #{inspect(reason)}"
    end
  end

  @doc "Makes a date of the days since 0000-01-01."
  @spec from_gregorian_days(integer, Calendar.calendar()) :: t
  def from_gregorian_days(days, calendar \\ Calendar.ISO) when is_integer(days) do
    from_iso_days(days, calendar)
  end

  @doc "Gives the days since 0000-01-01."
  @spec to_gregorian_days(Calendar.date()) :: integer
  def to_gregorian_days(date), do: elem(to_iso_days(date), 0)

  @doc false
  def to_iso_days(%{calendar: calendar, year: year, month: month, day: day}) do
    calendar.naive_datetime_to_iso_days(year, month, day, 0, 0, 0, {0, 0})
  end

  @doc false
  def from_iso_days(days, Calendar.ISO) do
    {year, month, day} = Calendar.ISO.date_from_iso_days(days)
    %Date{year: year, month: month, day: day}
  end

  def from_iso_days(days, calendar) do
    {year, month, day, _, _, _, _} =
      calendar.naive_datetime_from_iso_days({days, {0, 86_400_000_000}})

    %Date{year: year, month: month, day: day, calendar: calendar}
  end

  ## Comparing and converting

  @doc "Compares two dates: `:lt`, `:eq` or `:gt`."
  @spec compare(Calendar.date(), Calendar.date()) :: :lt | :eq | :gt
  def compare(%{calendar: calendar} = date1, %{calendar: calendar} = date2) do
    %{year: year1, month: month1, day: day1} = date1
    %{year: year2, month: month2, day: day2} = date2
    order({year1, month1, day1}, {year2, month2, day2})
  end

  def compare(%{calendar: calendar1} = date1, %{calendar: calendar2} = date2) do
    if Calendar.compatible_calendars?(calendar1, calendar2) do
      order(to_iso_days(date1), to_iso_days(date2))
    else
      raise ArgumentError, """
      cannot compare #{inspect(date1)} with #{inspect(date2)}.

      This comparison would be ambiguous as their calendars have incompatible day rollover moments.
      Specify an exact time of day (using DateTime) to resolve this ambiguity
      """
    end
  end

  defp order(a, b) when a > b, do: :gt
  defp order(a, b) when a < b, do: :lt
  defp order(_a, _b), do: :eq

  @doc "Tells whether the first date is before the second."
  @spec before?(Calendar.date(), Calendar.date()) :: boolean
  def before?(date1, date2), do: compare(date1, date2) == :lt

  @doc "Tells whether the first date is after the second."
  @spec after?(Calendar.date(), Calendar.date()) :: boolean
  def after?(date1, date2), do: compare(date1, date2) == :gt

  @doc "Converts a date to another calendar."
  @spec convert(Calendar.date(), Calendar.calendar()) ::
          {:ok, t} | {:error, :incompatible_calendars}
  def convert(%{calendar: calendar, year: _, month: _, day: _} = date, calendar) do
    {:ok, date(date)}
  end

  def convert(%{calendar: calendar} = date, target_calendar) do
    if Calendar.compatible_calendars?(calendar, target_calendar),
      do: {:ok, from_iso_days(elem(to_iso_days(date), 0), target_calendar)},
      else: {:error, :incompatible_calendars}
  end

  @doc "Like `convert/2`, but raises `ArgumentError`."
  @spec convert!(Calendar.date(), Calendar.calendar()) :: t
  def convert!(date, calendar) do
    case convert(date, calendar) do
      {:ok, date} ->
        date

      {:error, reason} ->
        raise ArgumentError,
              "cannot convert #{inspect(date)} to target calendar #{inspect(calendar)}, " <>
                "reason: #{inspect(reason)}"
    end
  end

  ## Arithmetic

  @doc "Adds days."
  @spec add(Calendar.date(), integer) :: t
  def add(%{calendar: Calendar.ISO} = date, days) do
    %{year: year, month: month, day: day} = date
    from_iso_days(Calendar.ISO.date_to_iso_days(year, month, day) + days, Calendar.ISO)
  end

  def add(%{calendar: calendar} = date, days) do
    from_iso_days(elem(to_iso_days(date), 0) + days, calendar)
  end

  @doc "Gives the days from the second date to the first."
  @spec diff(Calendar.date(), Calendar.date()) :: integer
  def diff(%{calendar: Calendar.ISO} = date1, %{calendar: Calendar.ISO} = date2) do
    %{year: year1, month: month1, day: day1} = date1
    %{year: year2, month: month2, day: day2} = date2

    Calendar.ISO.date_to_iso_days(year1, month1, day1) -
      Calendar.ISO.date_to_iso_days(year2, month2, day2)
  end

  def diff(%{calendar: calendar1} = date1, %{calendar: calendar2} = date2) do
    if Calendar.compatible_calendars?(calendar1, calendar2) do
      elem(to_iso_days(date1), 0) - elem(to_iso_days(date2), 0)
    else
      raise ArgumentError,
            "cannot calculate the difference between #{inspect(date1)} and #{inspect(date2)} because their calendars are not compatible and thus the result would be ambiguous"
    end
  end

  @doc "Shifts by a duration of years, months, weeks and days."
  @spec shift(Calendar.date(), Duration.duration()) :: t
  def shift(%{calendar: calendar} = date, duration) do
    %{year: year, month: month, day: day} = date
    {year, month, day} = calendar.shift_date(year, month, day, __duration__!(duration))
    %Date{calendar: calendar, year: year, month: month, day: day}
  end

  @doc false
  def __duration__!(%Duration{} = duration), do: duration

  def __duration__!(unit_pairs) do
    Enum.each(unit_pairs, &check_unit!/1)
    struct!(Duration, unit_pairs)
  end

  defp check_unit!({unit, value}) when unit in [:year, :month, :week, :day] do
    Duration.check_integer!(unit, value)
  end

  defp check_unit!({unit, _value}) when unit in [:hour, :minute, :second, :microsecond] do
    raise ArgumentError, "unsupported unit #{inspect(unit)}. Expected :year, :month, :week, :day"
  end

  defp check_unit!({unit, _value}) do
    raise ArgumentError, "unknown unit #{inspect(unit)}. Expected :year, :month, :week, :day"
  end

  ## Parts of the calendar

  @doc "Tells whether the year is a leap year."
  @spec leap_year?(Calendar.date()) :: boolean
  def leap_year?(date)

  def leap_year?(%{calendar: calendar, year: year}), do: calendar.leap_year?(year)

  @doc "Counts the days of the month."
  @spec days_in_month(Calendar.date()) :: Calendar.day()
  def days_in_month(date)

  def days_in_month(%{calendar: calendar, year: year, month: month}) do
    calendar.days_in_month(year, month)
  end

  @doc "Counts the months of the year."
  @spec months_in_year(Calendar.date()) :: Calendar.month()
  def months_in_year(date)

  def months_in_year(%{calendar: calendar, year: year}), do: calendar.months_in_year(year)

  @doc "Gives the day of the week, 1 to 7 from Monday or from `starting_on`."
  @spec day_of_week(Calendar.date(), :default | atom) :: Calendar.day_of_week()
  def day_of_week(date, starting_on \\ :default)

  def day_of_week(%{calendar: calendar, year: year, month: month, day: day}, starting_on) do
    {day_of_week, _first, _last} = calendar.day_of_week(year, month, day, starting_on)
    day_of_week
  end

  @doc "Gives the first day of the week."
  @spec beginning_of_week(Calendar.date(), :default | atom) :: t
  def beginning_of_week(date, starting_on \\ :default)

  def beginning_of_week(%{calendar: calendar} = date, starting_on) do
    %{year: year, month: month, day: day} = date
    {day_of_week, first, _last} = calendar.day_of_week(year, month, day, starting_on)
    if day_of_week == first, do: date(date), else: add(date, first - day_of_week)
  end

  @doc "Gives the last day of the week."
  @spec end_of_week(Calendar.date(), :default | atom) :: t
  def end_of_week(date, starting_on \\ :default)

  def end_of_week(%{calendar: calendar} = date, starting_on) do
    %{year: year, month: month, day: day} = date
    {day_of_week, _first, last} = calendar.day_of_week(year, month, day, starting_on)
    if day_of_week == last, do: date(date), else: add(date, last - day_of_week)
  end

  @doc "Gives the first day of the month."
  @spec beginning_of_month(Calendar.date()) :: t
  def beginning_of_month(date)

  def beginning_of_month(%{year: year, month: month, calendar: calendar}) do
    %Date{year: year, month: month, day: 1, calendar: calendar}
  end

  @doc "Gives the last day of the month."
  @spec end_of_month(Calendar.date()) :: t
  def end_of_month(%{year: year, month: month, calendar: calendar} = date) do
    %Date{year: year, month: month, day: days_in_month(date), calendar: calendar}
  end

  @doc "Counts the days from the start of the year."
  @spec day_of_year(Calendar.date()) :: Calendar.day()
  def day_of_year(date)

  def day_of_year(%{calendar: calendar, year: year, month: month, day: day}) do
    calendar.day_of_year(year, month, day)
  end

  @doc "Gives the quarter of the year."
  @spec quarter_of_year(Calendar.date()) :: non_neg_integer
  def quarter_of_year(date)

  def quarter_of_year(%{calendar: calendar, year: year, month: month, day: day}) do
    calendar.quarter_of_year(year, month, day)
  end

  @doc "Gives the year within its era, and the era."
  @spec year_of_era(Calendar.date()) :: {Calendar.year(), non_neg_integer}
  def year_of_era(date)

  def year_of_era(%{calendar: calendar, year: year, month: month, day: day}) do
    calendar.year_of_era(year, month, day)
  end

  @doc "Gives the day within its era, and the era."
  @spec day_of_era(Calendar.date()) :: {Calendar.day(), non_neg_integer}
  def day_of_era(date)

  def day_of_era(%{calendar: calendar, year: year, month: month, day: day}) do
    calendar.day_of_era(year, month, day)
  end

  defimpl String.Chars do
    def to_string(%{calendar: calendar, year: year, month: month, day: day}) do
      calendar.date_to_string(year, month, day)
    end
  end

  defimpl Inspect do
    # The sigil takes four digits of a year.
    def inspect(%{calendar: Calendar.ISO, year: year, month: month, day: day}, _opts)
        when year not in -9999..9999 do
      "Date.new!(#{Integer.to_string(year)}, #{Integer.to_string(month)}, #{Integer.to_string(day)})"
    end

    def inspect(%{calendar: calendar, year: year, month: month, day: day}, _opts) do
      suffix = if calendar == Calendar.ISO, do: "", else: " " <> inspect(calendar)
      "~D[" <> calendar.date_to_string(year, month, day) <> suffix <> "]"
    end
  end
end
