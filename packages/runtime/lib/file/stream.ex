defmodule File.Stream do
  @moduledoc "A file as a stream of lines or of parts of a size: see `File.stream!/3`."

  defstruct path: nil, modes: [], line_or_bytes: :line, raw: true, node: nil

  @type t :: %__MODULE__{}

  @doc false
  def __build__(path, line_or_bytes, modes) do
    encoding? = Enum.any?(modes, &match?({:encoding, _}, &1))
    modes = if encoding? or :binary in modes, do: modes, else: [:binary | modes]

    %File.Stream{
      path: path,
      modes: modes,
      raw: not encoding?,
      line_or_bytes: line_or_bytes,
      node: node()
    }
  end

  defimpl Collectable do
    def into(%{path: path, modes: modes, raw: raw} = stream) do
      modes = for mode <- modes, mode not in [:read], do: mode
      modes = if :append in modes, do: modes, else: [:write | modes]

      case :file.open(path, modes) do
        {:ok, device} ->
          write = if raw, do: &IO.binwrite/2, else: &IO.write/2

          collect = fn
            :ok, {:cont, data} ->
              write.(device, data)

            :ok, :done ->
              :file.close(device)
              stream

            :ok, :halt ->
              :file.close(device)
          end

          {:ok, collect}

        {:error, reason} ->
          raise File.Error, reason: reason, action: "stream", path: path
      end
    end
  end

  defimpl Enumerable do
    def reduce(%{path: path, modes: modes, line_or_bytes: unit, raw: raw}, acc, fun) do
      start = fn ->
        case :file.open(path, [:read | List.delete(modes, :append)]) do
          {:ok, device} ->
            if :trim_bom in modes, do: skip_bom(device), else: device

          {:error, reason} ->
            raise File.Error, reason: reason, action: "stream", path: path
        end
      end

      next = if raw, do: &IO.each_binstream(&1, unit), else: &IO.each_stream(&1, unit)
      Stream.resource(start, next, &:file.close/1).(acc, fun)
    end

    defp skip_bom(device) do
      case IO.binread(device, 3) do
        <<239, 187, 191>> -> device
        _ -> with {:ok, 0} <- :file.position(device, 0), do: device
      end
    end

    def count(%{path: path, line_or_bytes: bytes}) when is_integer(bytes) do
      %{size: size} = File.stat!(path)
      {:ok, div(size + bytes - 1, bytes)}
    end

    def count(_stream), do: {:error, __MODULE__}
    def member?(_stream, _term), do: {:error, __MODULE__}
    def slice(_stream), do: {:error, __MODULE__}
  end
end
