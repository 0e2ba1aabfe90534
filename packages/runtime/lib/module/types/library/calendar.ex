defmodule Module.Types.Library.Calendar do
  @moduledoc false

  def of(Calendar) do
    ~S"""
    compatible_calendars?(_, _) :: dynamic(boolean()) or true
    truncate(_, dynamic(:microsecond)) :: _
    truncate(dynamic({term(), term()}), dynamic(:millisecond)) :: dynamic({integer(), term()})
    truncate(_, dynamic(:second)) :: {integer(), integer()}
    """
  end

  def of(Calendar.ISO) do
    ~S"""
    date_to_string(_, _, _) :: binary()
    date_to_string time_to_string(_, _, _, _) :: binary()
    datetime_to_string(_, _, _, _, _, _, _, _, _, _, _) :: binary()
    datetime_to_string(_, _, _, _, _, _, _, _, _, _, _, _) :: binary()
    day_of_era(_, _, _) :: dynamic({float() or integer(), integer()})
    day_of_week(_, _, _, _) :: dynamic({float() or integer(), integer(), integer()})
    day_of_year(_, _, _) :: dynamic(float() or integer())
    day_rollover_relative_to_midnight_utc() :: {integer(), integer()}
    days_in_month(_, _) :: integer()
    iso_days_to_beginning_of_day iso_days_to_end_of_day(dynamic({term(), term()})) :: dynamic({term(), {integer(), integer()}})
    leap_year?(_) :: dynamic(boolean())
    months_in_year(_) :: integer()
    naive_datetime_from_iso_days(dynamic({term(), term()})) :: dynamic({term(), integer(), float() or integer(), integer(), integer(), integer(), {float() or integer(), integer()}})
    naive_datetime_to_iso_days(_, _, _, _, _, _, _) :: dynamic({float() or integer(), {float() or integer(), integer()}})
    naive_datetime_to_string(_, _, _, _, _, _, _) :: binary()
    naive_datetime_to_string(_, _, _, _, _, _, _, _) :: binary()
    parse_date(_) :: dynamic({:error, :invalid_date or :invalid_format} or {:ok, {float() or integer(), term(), term()}})
    parse_date(_, _) :: dynamic({:error, :invalid_date or :invalid_format} or {:ok, {float() or integer(), term(), term()}})
    parse_duration(binary()) :: _
    parse_duration(_) :: {:error, :invalid_duration}
    quarter_of_year(_, _, _) :: integer()
    time_from_day_fraction(dynamic({integer(), term()})) :: {integer(), integer(), integer(), {integer(), integer()}}
    time_from_day_fraction(dynamic({term(), term()})) :: dynamic({integer(), integer(), integer(), {float() or integer(), integer()}})
    time_to_day_fraction(integer(), integer(), integer(), dynamic({integer(), term()})) :: {integer(), integer()}
    time_to_day_fraction(_, _, _, dynamic({term(), term()})) :: dynamic({float() or integer(), integer()})
    time_to_string(_, _, _, dynamic({term(), term()}), _) :: binary()
    time_unit_to_precision(dynamic(:nanosecond)) :: integer()
    time_unit_to_precision(dynamic(:microsecond)) :: integer()
    time_unit_to_precision(dynamic(:millisecond)) :: integer()
    time_unit_to_precision(dynamic(:second)) :: integer()
    time_unit_to_precision(_) :: integer()
    valid_time?(_, _, _, dynamic({term(), term()})) :: _
    year_of_era(_) :: dynamic({term(), integer()})
    year_of_era(_, _, _) :: dynamic({term(), integer()})
    """
  end

  def of(Date) do
    ~S"""
    add beginning_of_week end_of_week(dynamic(%{..., calendar: Calendar.ISO}), _) :: dynamic(%Date{calendar: Calendar.ISO})
    add beginning_of_week end_of_week(dynamic(%{..., calendar: term()}), _) :: dynamic(%Date{})
    after? before?(_, _) :: dynamic(boolean())
    beginning_of_month(dynamic(%{..., calendar: term(), month: term(), year: term()})) :: dynamic(%Date{day: integer()})
    beginning_of_week end_of_week from_gregorian_days(_) :: dynamic(%Date{})
    compare(dynamic(%{..., calendar: term()}), dynamic(%{..., calendar: term()})) :: dynamic(:eq or :gt or :lt)
    convert(dynamic(%{..., calendar: term(), day: term(), month: term(), year: term()}), _) :: dynamic({:ok, %Date{}})
    convert(dynamic(%{..., calendar: term()}), _) :: dynamic({:error, :incompatible_calendars} or {:ok, %Date{}})
    convert! from_gregorian_days(_, _) :: dynamic(%Date{})
    day_of_era day_of_year quarter_of_year to_string year_of_era(dynamic(%{..., calendar: term(), day: term(), month: term(), year: term()})) :: _
    day_of_week(dynamic(%{..., calendar: term(), day: term(), month: term(), year: term()}), _) :: _
    days_in_month(dynamic(%{..., calendar: term(), month: term(), year: term()})) :: _
    diff(dynamic(%{..., calendar: Calendar.ISO}), dynamic(%{..., calendar: Calendar.ISO})) :: dynamic(float() or integer())
    diff(dynamic(%{..., calendar: term()}), dynamic(%{..., calendar: term()})) :: dynamic(float() or integer())
    end_of_month(dynamic(%{..., calendar: term(), month: term(), year: term()})) :: dynamic(%Date{})
    from_erl(dynamic({term(), term(), term()}), _) :: _
    leap_year? months_in_year(dynamic(%{..., calendar: term(), year: term()})) :: _
    new(_, _, _) :: dynamic({:error, :invalid_date} or {:ok, %Date{}})
    new(_, _, _, _) :: dynamic({:error, :invalid_date} or {:ok, %Date{}})
    new!(_, _, _) :: dynamic(%Date{})
    new!(_, _, _, _) :: dynamic(%Date{})
    range(dynamic(%{..., calendar: term()}), dynamic(%{..., calendar: term()})) :: dynamic(%Date.Range{first: %Date{}, last: %Date{}})
    range(dynamic(%{..., calendar: term(), day: term(), month: term(), year: term()}), dynamic(%{..., calendar: term(), day: term(), month: term(), year: term()})) :: none()
    range(dynamic(%{..., calendar: term()}), dynamic(%{..., calendar: term()}), _) :: dynamic(%Date.Range{first: %Date{}, last: %Date{}})
    range(dynamic(%{..., calendar: term(), day: term(), month: term(), year: term()}), dynamic(%{..., calendar: term(), day: term(), month: term(), year: term()}), _) :: none()
    shift(dynamic(%{..., calendar: term()}), _) :: dynamic(%Date{})
    to_erl(_) :: dynamic({term(), term(), term()})
    to_iso8601(dynamic(%{..., calendar: Calendar.ISO}), _) :: _
    to_iso8601(dynamic(%{..., calendar: term()}), _) :: _
    """
  end

  def of(DateTime) do
    ~S"""
    add(_, _) :: dynamic(%DateTime{microsecond: {term(), term()}})
    add(_, _, dynamic(:day), _) :: _
    add(_, _, dynamic(:hour), _) :: _
    add(_, _, dynamic(:minute), _) :: _
    add(dynamic(%{..., calendar: term()}), _, _, _) :: dynamic(%DateTime{microsecond: {term(), term()}})
    after? before?(_, _) :: dynamic(boolean())
    compare(dynamic(%{..., std_offset: term(), utc_offset: term()}), dynamic(%{..., std_offset: term(), utc_offset: term()})) :: dynamic(:eq or :gt or :lt)
    convert(dynamic(%DateTime{}), _) :: dynamic({:ok, %DateTime{}})
    convert(dynamic(%{..., calendar: term()}), _) :: dynamic({:ok, %DateTime{calendar: Calendar.ISO}})
    convert(dynamic(%{..., calendar: term(), microsecond: {term(), term()}}), _) :: dynamic({:error, :incompatible_calendars} or {:ok, %DateTime{microsecond: {term(), term()}}})
    convert! from_unix! utc_now(_, _) :: dynamic(%DateTime{})
    diff(_, _, dynamic(:day)) :: integer()
    diff(_, _, dynamic(:hour)) :: integer()
    diff(_, _, dynamic(:minute)) :: integer()
    diff(dynamic(%{..., std_offset: term(), utc_offset: term()}), dynamic(%{..., std_offset: term(), utc_offset: term()}), _) :: dynamic(float() or integer())
    diff(_, _) :: dynamic(float() or integer())
    from_gregorian_seconds(_, dynamic({term(), term()}), _) :: dynamic(%DateTime{microsecond: {term(), term()}, std_offset: integer(), time_zone: binary(), utc_offset: integer(), zone_abbr: binary()})
    from_gregorian_seconds(_) :: dynamic(%DateTime{microsecond: {term(), term()}, std_offset: integer(), time_zone: binary(), utc_offset: integer(), zone_abbr: binary()})
    from_gregorian_seconds(_, _) :: dynamic(%DateTime{microsecond: {term(), term()}, std_offset: integer(), time_zone: binary(), utc_offset: integer(), zone_abbr: binary()})
    from_naive(_, binary(), _) :: dynamic({:ok, %DateTime{}})
    from_naive(dynamic(%{..., calendar: Calendar.ISO}), _, _) :: dynamic({:error, term()} or {:ok, %DateTime{}} or {:ambiguous or :gap, %DateTime{}, %DateTime{}})
    from_naive(dynamic(%{..., calendar: term()}), _, _) :: _
    from_unix(_) :: dynamic({:error, term()} or {:ok, %DateTime{}})
    from_unix(_, _, _) :: dynamic({:error, term()} or {:ok, %DateTime{}})
    from_unix(_, _) :: dynamic({:error, term()} or {:ok, %DateTime{}})
    from_unix!(_, _, _) :: dynamic(%DateTime{})
    from_unix! utc_now(_) :: dynamic(%DateTime{})
    now(binary(), _) :: dynamic({:ok, %DateTime{}})
    now(_, _) :: dynamic({:error, term()} or {:ok, %{..., time_zone: term()}})
    now(_) :: dynamic({:error, term()} or {:ok, %DateTime{} or %{..., time_zone: term()}})
    now!(_, _) :: dynamic(%DateTime{} or %{..., time_zone: term()})
    now!(_) :: dynamic(%DateTime{} or %{..., time_zone: term()})
    shift(dynamic(%{..., calendar: term(), time_zone: binary()}), _, _) :: dynamic(%DateTime{calendar: Calendar.ISO, std_offset: integer(), time_zone: binary(), utc_offset: integer(), zone_abbr: binary()})
    shift(dynamic(%{..., calendar: term()}), _, _) :: dynamic(%DateTime{microsecond: {term(), term()}})
    shift(_, _) :: dynamic(%DateTime{calendar: Calendar.ISO, std_offset: integer(), time_zone: binary(), utc_offset: integer(), zone_abbr: binary()} or %DateTime{microsecond: {term(), term()}})
    shift_zone(_, _) :: dynamic({:error, term()} or {:ok, %{..., time_zone: term()}})
    shift_zone(dynamic(%{..., time_zone: term()}), _, _) :: dynamic({:ok, %{..., time_zone: term()}})
    shift_zone(_, _, _) :: dynamic({:error, term()} or {:ok, %DateTime{microsecond: {term(), term()}}})
    shift_zone!(_, _) :: dynamic(%{..., time_zone: term()})
    shift_zone!(_, _, _) :: dynamic(%{..., time_zone: term()})
    to_date(dynamic(%{..., calendar: term(), day: term(), hour: term(), microsecond: term(), minute: term(), month: term(), second: term(), time_zone: term(), year: term()})) :: dynamic(%Date{})
    to_gregorian_seconds(dynamic(%{..., microsecond: {term(), term()}, std_offset: term(), utc_offset: term()})) :: dynamic({float() or integer(), term()})
    to_iso8601(dynamic(%{..., calendar: Calendar.ISO}), _, dynamic(nil)) :: binary()
    to_iso8601(dynamic(%{..., calendar: Calendar.ISO, microsecond: {term(), term()}, time_zone: binary()}), _, integer()) :: binary()
    to_iso8601(dynamic(%{..., calendar: Calendar.ISO}), _, _) :: binary()
    to_iso8601(dynamic(%{..., calendar: term()}), _, _) :: _
    to_naive(dynamic(%{..., calendar: term(), day: term(), hour: term(), microsecond: term(), minute: term(), month: term(), second: term(), time_zone: term(), year: term()})) :: dynamic(%NaiveDateTime{})
    to_string(dynamic(%{..., calendar: term()})) :: _
    to_time(dynamic(%{..., calendar: term(), day: term(), hour: term(), microsecond: term(), minute: term(), month: term(), second: term(), time_zone: term(), year: term()})) :: dynamic(%Time{})
    to_unix(dynamic(%{..., std_offset: term(), utc_offset: term()}), _) :: dynamic(float() or integer())
    to_unix(_) :: dynamic(float() or integer())
    truncate(dynamic(%DateTime{}), _) :: dynamic(%DateTime{})
    truncate(dynamic(%{...}), _) :: _
    utc_now() :: dynamic(%DateTime{})
    """
  end

  def of(Duration) do
    ~S"""
    add subtract(dynamic(%Duration{}), dynamic(%Duration{})) :: dynamic(%Duration{day: float() or integer(), hour: float() or integer(), microsecond: {float() or integer(), term()}, minute: float() or integer(), month: float() or integer(), second: float() or integer(), week: float() or integer(), year: float() or integer()})
    multiply(dynamic(%Duration{microsecond: {term(), term()}}), _) :: dynamic(%Duration{day: float() or integer(), hour: float() or integer(), microsecond: {float() or integer(), term()}, minute: float() or integer(), month: float() or integer(), second: float() or integer(), week: float() or integer(), year: float() or integer()})
    negate(dynamic(%Duration{microsecond: {term(), term()}})) :: dynamic(%Duration{day: float() or integer(), hour: float() or integer(), microsecond: {float() or integer(), term()}, minute: float() or integer(), month: float() or integer(), second: float() or integer(), week: float() or integer(), year: float() or integer()})
    to_iso8601(dynamic(%Duration{})) :: _
    to_string(dynamic(%Duration{}), _) :: _
    """
  end

  def of(NaiveDateTime) do
    ~S"""
    add from_gregorian_seconds(_, _) :: dynamic(%NaiveDateTime{microsecond: {term(), term()}})
    add(_, _, dynamic(:day)) :: _
    add(_, _, dynamic(:hour)) :: _
    add(_, _, dynamic(:minute)) :: _
    add(dynamic(%{..., calendar: term(), microsecond: {term(), term()}}), _, _) :: dynamic(%NaiveDateTime{microsecond: {term(), term()}})
    after? before?(_, _) :: dynamic(boolean())
    beginning_of_day(dynamic(%{..., calendar: term(), microsecond: {term(), term()}})) :: dynamic(%NaiveDateTime{microsecond: {term(), term()}})
    compare(dynamic(%{..., calendar: term()}), dynamic(%{..., calendar: term()})) :: dynamic(:eq or :gt or :lt)
    convert(dynamic(%NaiveDateTime{}), _) :: dynamic({:ok, %NaiveDateTime{}})
    convert(dynamic(%{..., calendar: term(), day: term(), hour: term(), microsecond: term(), minute: term(), month: term(), second: term(), year: term()}), _) :: dynamic({:ok, %NaiveDateTime{}})
    convert(dynamic(%{..., calendar: term(), microsecond: {term(), term()}}), _) :: dynamic({:error, :incompatible_calendars} or {:ok, %NaiveDateTime{microsecond: {term(), term()}}})
    convert! utc_now(_, _) :: dynamic(%NaiveDateTime{})
    diff(_, _) :: dynamic(float() or integer())
    diff(_, _, dynamic(:day)) :: integer()
    diff(_, _, dynamic(:hour)) :: integer()
    diff(_, _, dynamic(:minute)) :: integer()
    diff(dynamic(%{..., calendar: term()}), dynamic(%{..., calendar: term()}), _) :: dynamic(float() or integer())
    end_of_day(dynamic(%{..., calendar: term(), microsecond: {term(), term()}})) :: dynamic(%NaiveDateTime{microsecond: {float() or integer(), term()}})
    from_erl(dynamic({{term(), term(), term()}, {term(), term(), term()}}), _, _) :: _
    from_gregorian_seconds(_) :: dynamic(%NaiveDateTime{microsecond: {term(), term()}})
    from_gregorian_seconds(_, dynamic({term(), term()}), dynamic(Calendar.ISO)) :: dynamic(%NaiveDateTime{calendar: Calendar.ISO, hour: integer(), microsecond: {term(), term()}, minute: integer(), second: float() or integer()})
    from_gregorian_seconds(_, dynamic({term(), term()}), _) :: dynamic(%NaiveDateTime{microsecond: {term(), term()}})
    local_now(dynamic(Calendar.ISO)) :: _
    local_now(_) :: dynamic(%NaiveDateTime{})
    new(dynamic(%Date{}), dynamic(%Time{})) :: dynamic({:ok, %NaiveDateTime{}})
    new!(dynamic(%Date{}), dynamic(%Time{})) :: dynamic(%NaiveDateTime{})
    shift(dynamic(%{..., calendar: term()}), _) :: dynamic(%NaiveDateTime{})
    to_date(dynamic(%{..., calendar: term(), day: term(), hour: term(), microsecond: term(), minute: term(), month: term(), second: term(), year: term()})) :: dynamic(%Date{})
    to_erl(dynamic(%{..., calendar: term()})) :: dynamic({{term(), term(), term()}, {term(), term(), term()}})
    to_gregorian_seconds(dynamic(%{..., calendar: term(), day: term(), hour: term(), microsecond: {term(), term()}, minute: term(), month: term(), second: term(), year: term()})) :: dynamic({float() or integer(), term()})
    to_iso8601(dynamic(%{..., calendar: Calendar.ISO}), _) :: binary()
    to_iso8601(dynamic(%{..., calendar: term()}), _) :: _
    to_string(dynamic(%{..., calendar: term()})) :: _
    to_time(dynamic(%{..., calendar: term(), day: term(), hour: term(), microsecond: term(), minute: term(), month: term(), second: term(), year: term()})) :: dynamic(%Time{})
    truncate(dynamic(%NaiveDateTime{}), _) :: dynamic(%NaiveDateTime{})
    truncate(dynamic(%{..., calendar: term(), day: term(), hour: term(), microsecond: term(), minute: term(), month: term(), second: term(), year: term()}), _) :: dynamic(%NaiveDateTime{})
    utc_now() :: dynamic(%NaiveDateTime{})
    utc_now(_) :: dynamic(%NaiveDateTime{})
    """
  end

  def of(Time) do
    ~S"""
    add(_, _) :: dynamic(%Time{microsecond: {term(), term()}})
    add(_, _, dynamic(:hour)) :: _
    add(_, _, dynamic(:minute)) :: _
    add(dynamic(%{..., calendar: term(), microsecond: {term(), term()}}), _, _) :: dynamic(%Time{microsecond: {term(), term()}})
    after? before?(_, _) :: dynamic(boolean())
    compare(dynamic(%{..., calendar: term()}), dynamic(%{..., calendar: term()})) :: dynamic(:eq or :gt or :lt)
    compare(_, _) :: dynamic(:eq or :gt or :lt)
    convert(dynamic(%{..., calendar: term(), hour: term(), microsecond: term(), minute: term(), second: term()}), _) :: dynamic({:ok, %Time{}})
    convert(dynamic(%{..., microsecond: {term(), term()}}), _) :: dynamic({:ok, %Time{microsecond: {term(), term()}}})
    convert! from_seconds_after_midnight(_, _) :: dynamic(%Time{})
    diff(_, _, dynamic(:hour)) :: integer()
    diff(_, _, dynamic(:minute)) :: integer()
    diff(dynamic(%{..., calendar: Calendar.ISO, hour: term(), microsecond: {term(), term()}, minute: term(), second: term()}), dynamic(%{..., calendar: Calendar.ISO, hour: term(), microsecond: {term(), term()}, minute: term(), second: term()}), _) :: _
    diff(_, _, _) :: dynamic(float() or integer())
    from_erl(dynamic({term(), term(), term()}), _, _) :: _
    from_seconds_after_midnight utc_now(_) :: dynamic(%Time{})
    from_seconds_after_midnight(_, _, _) :: dynamic(%Time{})
    shift(dynamic(%{..., calendar: term()}), _) :: dynamic(%Time{})
    to_erl(_) :: dynamic({term(), term(), term()})
    to_iso8601(dynamic(%{..., calendar: Calendar.ISO}), _) :: _
    to_iso8601(dynamic(%{..., calendar: term()}), _) :: _
    to_seconds_after_midnight(dynamic(%{..., microsecond: {term(), term()}})) :: dynamic({term(), term()})
    to_string(dynamic(%{..., calendar: term(), hour: term(), microsecond: term(), minute: term(), second: term()})) :: _
    truncate(dynamic(%Time{}), _) :: dynamic(%Time{})
    utc_now() :: dynamic(%Time{})
    """
  end

  def of(_module), do: ""
end
