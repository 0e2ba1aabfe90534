# What `to_timeout/1` makes of durations and of lists of units. Apart from `Kernel`, as few programs have them.
defmodule Kernel.Timeout do
  @moduledoc false

  def of_duration(%{__struct__: Duration, year: year}) when year != 0 do
    raise ArgumentError,
          "duration with a non-zero year cannot be reliably converted to timeouts"
  end

  def of_duration(%{__struct__: Duration, month: month}) when month != 0 do
    raise ArgumentError,
          "duration with a non-zero month cannot be reliably converted to timeouts"
  end

  def of_duration(%{__struct__: Duration} = duration) do
    {microsecond, _precision} = duration.microsecond
    days = duration.week * 7 + duration.day
    seconds = ((days * 24 + duration.hour) * 60 + duration.minute) * 60 + duration.second
    seconds * 1000 + div(microsecond, 1000)
  end

  def of_components(components) when is_list(components) do
    {total, _seen} =
      :lists.foldl(
        fn
          {unit, value}, {total, seen} when is_integer(value) and value >= 0 ->
            if :lists.member(unit, seen) do
              raise ArgumentError, "timeout component #{inspect(unit)} is duplicated"
            end

            {total + value * milliseconds(unit), [unit | seen]}

          {unit, value}, _acc ->
            raise ArgumentError,
                  "timeout component #{inspect(unit)} must be a non-negative " <>
                    "integer, got: #{inspect(value)}"
        end,
        {0, []},
        components
      )

    total
  end

  defp milliseconds(:week), do: 604_800_000
  defp milliseconds(:day), do: 86_400_000
  defp milliseconds(:hour), do: 3_600_000
  defp milliseconds(:minute), do: 60_000
  defp milliseconds(:second), do: 1000
  defp milliseconds(:millisecond), do: 1

  defp milliseconds(other) do
    raise ArgumentError,
          "timeout component #{inspect(other)} is not a valid timeout component, valid " <>
            "values are: :week, :day, :hour, :minute, :second, :millisecond"
  end
end
