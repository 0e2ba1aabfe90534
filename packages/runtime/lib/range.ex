# Arithmetic sequences of integers, `first..last//step`, as three numbers. A range whose step leads
# away from its last is empty.
defmodule Range do
  @moduledoc """
  Ranges of integers, written `first..last` or `first..last//step`.

      iex> Enum.to_list(1..9//3)
      [1, 4, 7]
  """

  @enforce_keys [:first, :last, :step]
  defstruct first: nil, last: nil, step: nil

  @type limit :: integer
  @type step :: pos_integer | neg_integer
  @type t :: %__MODULE__{first: limit, last: limit, step: step}
  @type t(first, last) :: %__MODULE__{first: first, last: last, step: step}

  @doc "Makes a range; the step is 1, or -1 if `last` is below `first`."
  @spec new(limit, limit) :: t
  def new(first, last) when is_integer(first) and is_integer(last) do
    if first <= last do
      %Range{first: first, last: last, step: 1}
    else
      message = fn ->
        "Range.new/2 and first..last default to a step of -1 when last < first. " <>
          "Use Range.new(first, last, -1) or first..last//-1, or pass 1 if that was your intention"
      end

      IO.warn_once({__MODULE__, :new}, message, 3)

      %Range{first: first, last: last, step: -1}
    end
  end

  def new(first, last) do
    raise ArgumentError,
          "ranges (first..last) expect both sides to be integers, " <>
            "got: #{inspect(first)}..#{inspect(last)}"
  end

  @doc "Makes a range with a step."
  @spec new(limit, limit, step) :: t
  def new(first, last, step)
      when is_integer(first) and is_integer(last) and is_integer(step) and step != 0 do
    %Range{first: first, last: last, step: step}
  end

  def new(first, last, step) do
    raise ArgumentError,
          "ranges (first..last//step) expect both sides to be integers and the step to be a " <>
            "non-zero integer, got: #{inspect(first)}..#{inspect(last)}//#{inspect(step)}"
  end

  @doc "Counts the integers in the range."
  @spec size(t) :: non_neg_integer
  def size(range)

  def size(first..last//step)
      when (step > 0 and first <= last) or (step < 0 and first >= last) do
    div(last - first, step) + 1
  end

  def size(_.._//_), do: 0

  @doc "Moves the range by a number of steps."
  @spec shift(t, integer) :: t
  def shift(first..last//step, steps_to_shift) when is_integer(steps_to_shift) do
    new(first + steps_to_shift * step, last + steps_to_shift * step, step)
  end

  @doc """
  Splits into the first `split` integers and the others; a negative count is from the end.

      iex> Range.split(1..5, 2)
      {1..2, 3..5}
  """
  @spec split(t, integer) :: {t, t}
  def split(first..last//step = range, split) when is_integer(split) do
    size = size(range)

    if size == 0 do
      {first..(first - step)//step, (last + step)..last//step}
    else
      count = if split >= 0, do: split, else: max(size + split, 0)
      middle = first + step * (count - 1)
      middle = if step > 0, do: min(middle, last), else: max(middle, last)
      {first..middle//step, (middle + step)..last//step}
    end
  end

  @doc "Gives the integers as a list."
  @spec to_list(t) :: [integer]
  def to_list(first..last//step)
      when (step > 0 and first <= last) or (step < 0 and first >= last) do
    :lists.seq(first, last, step)
  end

  def to_list(_.._//_), do: []

  @doc "Tells whether two ranges have no integer in common."
  @spec disjoint?(t, t) :: boolean
  def disjoint?(_.._//step1 = range1, _.._//step2 = range2) do
    if size(range1) == 0 or size(range2) == 0 do
      true
    else
      {low1, high1} = bounds(range1)
      {low2, high2} = bounds(range2)
      low = max(low1, low2)
      high = min(high1, high2)
      step1 = abs(step1)
      {gcd, u, _v} = Integer.extended_gcd(step1, abs(step2))
      distance = low2 - low1

      # A common integer is low1 + k * step1 and congruent to low2; they recur every lcm.
      low > high or rem(distance, gcd) != 0 or
        low +
          Integer.mod(low1 + step1 * u * div(distance, gcd) - low, div(step1, gcd) * abs(step2)) >
          high
    end
  end

  defp bounds(first..last//step) do
    reached = last - rem(last - first, step)
    if step > 0, do: {first, reached}, else: {reached, first}
  end

  @doc false
  @deprecated "Pattern match on first..last//step instead"
  def range?(%{__struct__: Range, first: first, last: last})
      when is_integer(first) and is_integer(last),
      do: true

  def range?(_), do: false
end

defimpl Enumerable, for: Range do
  def reduce(first..last//step, acc, fun), do: reduce(first, last, step, acc, fun)

  # Ranges made by Elixir before 1.12 have no step; their direction is that of their ends.
  def reduce(%{__struct__: Range, first: first, last: last}, acc, fun) do
    step = if first <= last, do: 1, else: -1
    reduce(first, last, step, acc, fun)
  end

  defp reduce(first, last, step, {:cont, acc}, fun)
       when (step > 0 and first <= last) or (step < 0 and first >= last) do
    reduce(first + step, last, step, fun.(first, acc), fun)
  end

  defp reduce(_first, _last, _step, {:cont, acc}, _fun), do: {:done, acc}
  defp reduce(_first, _last, _step, {:halt, acc}, _fun), do: {:halted, acc}

  defp reduce(first, last, step, {:suspend, acc}, fun) do
    {:suspended, acc, &reduce(first, last, step, &1, fun)}
  end

  def count(range), do: {:ok, range |> stepped() |> Range.size()}

  defp stepped(_.._//_ = range), do: range

  defp stepped(%{first: first, last: last}) do
    Range.new(first, last, if(first <= last, do: 1, else: -1))
  end

  def member?(first..last//step, x) when is_integer(x) do
    inside = if step > 0, do: first <= x and x <= last, else: last <= x and x <= first
    {:ok, inside and rem(x - first, step) == 0}
  end

  def member?(%{step: _}, _other), do: {:ok, false}
  def member?(range, other), do: range |> stepped() |> member?(other)

  def slice(first.._//step = range) do
    # The stride of a stepped slice of a stepped range is Elixir's, which adds where one would multiply.
    cut = fn start, amount, every -> take(first + start * step, step + every - 1, amount) end
    {:ok, Range.size(range), cut}
  end

  def slice(range), do: range |> stepped() |> slice()

  defp take(_x, _step, 0), do: []
  defp take(x, step, amount), do: [x | take(x + step, step, amount - 1)]
end

defimpl Inspect, for: Range do
  import Inspect.Algebra
  import Kernel, except: [inspect: 2]

  def inspect(first..last//1, opts) when first <= last do
    concat([to_doc(first, opts), "..", to_doc(last, opts)])
  end

  def inspect(first..last//step, opts) do
    concat([to_doc(first, opts), "..", to_doc(last, opts), "//", to_doc(step, opts)])
  end

  def inspect(%{__struct__: Range, first: first, last: last} = range, opts) do
    inspect(Map.put(range, :step, if(first <= last, do: 1, else: -1)), opts)
  end
end
