defmodule IO.Stream do
  @moduledoc """
  A device as a stream, which `IO.stream/2` and `IO.binstream/2` return.

  Going through it reads from the device, so two times may give different results; collecting into it writes.
  """

  defstruct device: nil, raw: true, line_or_bytes: :line

  @type t :: %__MODULE__{
          device: IO.device(),
          raw: boolean(),
          line_or_bytes: :line | non_neg_integer()
        }

  @doc false
  def __build__(device, raw, line_or_bytes) do
    %IO.Stream{device: device, raw: raw, line_or_bytes: line_or_bytes}
  end

  defimpl Collectable do
    def into(%{device: device, raw: raw} = stream) do
      write = if raw, do: &IO.binwrite(device, &1), else: &IO.write(device, &1)

      collect = fn
        :ok, {:cont, data} -> write.(data)
        :ok, _done_or_halt -> stream
      end

      {:ok, collect}
    end
  end

  defimpl Enumerable do
    def reduce(%{device: device, raw: raw, line_or_bytes: unit}, acc, fun) do
      next = if raw, do: &IO.each_binstream(&1, unit), else: &IO.each_stream(&1, unit)
      Stream.resource(fn -> device end, next, & &1).(acc, fun)
    end

    def count(_stream), do: {:error, __MODULE__}
    def member?(_stream, _term), do: {:error, __MODULE__}
    def slice(_stream), do: {:error, __MODULE__}
  end
end
