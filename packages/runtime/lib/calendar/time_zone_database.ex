# What tells the offsets of time zones. None comes with the runtime but the one of UTC; programs
# may bring another.
defmodule Calendar.TimeZoneDatabase do
  @moduledoc "The behaviour of time zone databases."

  @type time_zone_period :: %{
          optional(any) => any,
          utc_offset: Calendar.utc_offset(),
          std_offset: Calendar.std_offset(),
          zone_abbr: Calendar.zone_abbr()
        }
  @type time_zone_period_limit :: Calendar.naive_datetime()

  @doc "Gives the period that holds in a zone at an instant in UTC."
  @callback time_zone_period_from_utc_iso_days(Calendar.iso_days(), Calendar.time_zone()) ::
              {:ok, time_zone_period}
              | {:error, :time_zone_not_found | :utc_only_time_zone_database}

  @doc "Gives the periods that a wall clock's reading may belong to."
  @callback time_zone_periods_from_wall_datetime(Calendar.naive_datetime(), Calendar.time_zone()) ::
              {:ok, time_zone_period}
              | {:ambiguous, time_zone_period, time_zone_period}
              | {:gap, {time_zone_period, time_zone_period_limit},
                 {time_zone_period, time_zone_period_limit}}
              | {:error, :time_zone_not_found | :utc_only_time_zone_database}
end

defmodule Calendar.UTCOnlyTimeZoneDatabase do
  @moduledoc "The default time zone database: it knows `Etc/UTC` alone."

  @behaviour Calendar.TimeZoneDatabase

  @impl true
  def time_zone_period_from_utc_iso_days(_iso_days, time_zone), do: period(time_zone)

  @impl true
  def time_zone_periods_from_wall_datetime(_datetime, time_zone), do: period(time_zone)

  defp period("Etc/UTC"), do: {:ok, %{std_offset: 0, utc_offset: 0, zone_abbr: "UTC"}}
  defp period(_time_zone), do: {:error, :utc_only_time_zone_database}
end
