# What `~D`, `~T`, `~N` and `~U` are expanded to. Apart from `Kernel`, as few programs have them.
defmodule Kernel.CalendarSigils do
  @moduledoc false

  def date(string) do
    {calendar, {:ok, {year, month, day}}} = parse!(string, :parse_date, "Date")
    struct_of(Date, calendar: calendar, year: year, month: month, day: day)
  end

  def time(string) do
    {calendar, {:ok, {hour, minute, second, microsecond}}} = parse!(string, :parse_time, "Time")
    struct_of(Time, calendar: calendar, hour: hour, minute: minute, second: second, microsecond: microsecond)
  end

  def naive_datetime(string) do
    {calendar, {:ok, fields}} = parse!(string, :parse_naive_datetime, "NaiveDateTime")
    struct_of(NaiveDateTime, [calendar: calendar] ++ date_and_time(fields))
  end

  def utc_datetime(string) do
    {calendar, {:ok, fields, offset}} = parse!(string, :parse_utc_datetime, "UTC DateTime")

    if offset != 0 do
      raise ArgumentError,
            "cannot parse #{inspect(string)} as UTC DateTime for #{inspect(calendar)}, reason: :non_utc_offset"
    end

    zone = [time_zone: "Etc/UTC", zone_abbr: "UTC", utc_offset: 0, std_offset: 0]
    struct_of(DateTime, [calendar: calendar] ++ date_and_time(fields) ++ zone)
  end

  defp date_and_time({year, month, day, hour, minute, second, microsecond}) do
    [year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond]
  end

  # The calendar's module may follow the text: `~D[2024-05-01 Cldr.Calendar]`.
  defp parse!(string, parse, type) do
    {calendar, text} =
      case :lists.reverse(:binary.split(string, " ", [:global])) do
        [<<first, _::binary>> = last, _ | _] when first >= ?A and first <= ?Z ->
          size = byte_size(string) - byte_size(last) - 1
          {:elixir_aliases.concat([last]), binary_part(string, 0, size)}

        _ ->
          {Calendar.ISO, string}
      end

    case apply(calendar, parse, [text]) do
      {:error, reason} ->
        raise ArgumentError,
              "cannot parse #{inspect(text)} as #{type} for #{inspect(calendar)}, " <>
                "reason: #{inspect(reason)}"

      parsed ->
        {calendar, parsed}
    end
  end

  defp struct_of(module, fields) do
    quote(do: %unquote(module){unquote_splicing(fields)})
  end
end
