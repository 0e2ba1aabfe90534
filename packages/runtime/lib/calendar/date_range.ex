# A range of dates is a range of iso days that shows its elements as dates.
defmodule Date.Range do
  @moduledoc "Ranges of dates, made by `Date.range/2` and `Date.range/3`; they are enumerable."

  @enforce_keys [:first, :last, :first_in_iso_days, :last_in_iso_days, :step]
  defstruct [:first, :last, :first_in_iso_days, :last_in_iso_days, :step]

  @type t :: %__MODULE__{
          first: Date.t(),
          last: Date.t(),
          first_in_iso_days: days,
          last_in_iso_days: days,
          step: pos_integer | neg_integer
        }

  @typep days :: integer

  @doc false
  def days(%{first_in_iso_days: first, last_in_iso_days: last, step: step}) do
    Range.new(first, last, step)
  end

  def days(%{first_in_iso_days: first, last_in_iso_days: last}) do
    Range.new(first, last, if(first <= last, do: 1, else: -1))
  end

  defimpl Enumerable do
    def count(range), do: Enumerable.count(Date.Range.days(range))

    def member?(%{first: %{calendar: calendar}} = range, %Date{calendar: calendar} = date) do
      {days, _} = Date.to_iso_days(date)
      Enumerable.member?(Date.Range.days(range), days)
    end

    def member?(_range, _other), do: {:ok, false}

    def slice(%{first: %{calendar: calendar}} = range) do
      {:ok, size, slice} = Enumerable.slice(Date.Range.days(range))

      cut = fn start, amount, every ->
        Enum.map(slice.(start, amount, every), &Date.from_iso_days(&1, calendar))
      end

      {:ok, size, cut}
    end

    def reduce(%{first: %{calendar: calendar}} = range, acc, fun) do
      first..last//step = Date.Range.days(range)
      reduce(first, last, acc, fun, step, calendar)
    end

    defp reduce(day, last, {:cont, acc}, fun, step, calendar)
         when (step > 0 and day <= last) or (step < 0 and day >= last) do
      reduce(day + step, last, fun.(Date.from_iso_days(day, calendar), acc), fun, step, calendar)
    end

    defp reduce(_day, _last, {:cont, acc}, _fun, _step, _calendar), do: {:done, acc}
    defp reduce(_day, _last, {:halt, acc}, _fun, _step, _calendar), do: {:halted, acc}

    defp reduce(day, last, {:suspend, acc}, fun, step, calendar) do
      {:suspended, acc, &reduce(day, last, &1, fun, step, calendar)}
    end
  end

  defimpl Inspect do
    def inspect(%{first: first, last: last, step: 1}, _opts) do
      "Date.range(" <> inspect(first) <> ", " <> inspect(last) <> ")"
    end

    def inspect(%{first: first, last: last, step: step}, _opts) do
      "Date.range(" <> inspect(first) <> ", " <> inspect(last) <> ", #{step})"
    end

    # Made by Elixir before 1.12.
    def inspect(%{first_in_iso_days: first, last_in_iso_days: last} = range, opts) do
      __MODULE__.inspect(Map.put(range, :step, if(first <= last, do: 1, else: -1)), opts)
    end
  end
end
