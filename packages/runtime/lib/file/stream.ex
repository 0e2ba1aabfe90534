defmodule File.Stream do
  @moduledoc "A file as a stream of lines or of parts of a size: see `File.stream!/3`."

  defstruct path: nil, modes: [], line_or_bytes: :line, raw: true, node: nil

  @type t :: %__MODULE__{}

  @doc false
  def __build__(path, line_or_bytes, modes) do
    raw? = not List.keymember?(modes, :encoding, 0)

    modes =
      case raw? && List.keyfind(modes, :read_ahead, 0) do
        false -> modes
        nil -> [:raw, :read_ahead | modes]
        {:read_ahead, false} -> [:raw | List.keydelete(modes, :read_ahead, 0)]
        {:read_ahead, _size} -> [:raw | modes]
      end

    %File.Stream{path: path, modes: modes, raw: raw?, line_or_bytes: line_or_bytes, node: node()}
  end

  defimpl Collectable do
    def into(%{path: path, modes: modes, raw: raw} = stream) do
      modes = modes -- [:read, :trim_bom]
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
    @boms [<<239, 187, 191>>, <<255, 254, 0, 0>>, <<0, 0, 254, 255>>, <<254, 255>>, <<255, 254>>]

    def reduce(%{path: path, modes: modes, line_or_bytes: unit, raw: raw}, acc, fun) do
      start = fn ->
        case :file.open(path, [:read | modes -- [:append, :trim_bom]]) do
          {:ok, device} ->
            {:ok, _} = :file.position(device, start_of(path, modes))
            device

          {:error, reason} ->
            raise File.Error, reason: reason, action: "stream", path: path
        end
      end

      next = if raw, do: &IO.each_binstream(&1, unit), else: &IO.each_stream(&1, unit)
      Stream.resource(start, next, &:file.close/1).(acc, fun)
    end

    # The byte at which reading begins: behind a byte order mark, if it is to be left out, and an offset.
    defp start_of(path, modes) do
      offset = Keyword.get(Enum.filter(modes, &is_tuple/1), :read_offset, 0)
      if :trim_bom in modes, do: offset + bom_size(path), else: offset
    end

    defp bom_size(path) do
      case :file.open(path, [:read, :binary]) do
        {:ok, device} ->
          start = IO.binread(device, 4)
          :file.close(device)
          Enum.find_value(@boms, 0, &(is_binary(start) and String.starts_with?(start, &1) and byte_size(&1)))

        {:error, _} ->
          0
      end
    end

    def count(%{path: path, modes: modes, line_or_bytes: bytes, raw: true}) when is_integer(bytes) do
      size = max(File.stat!(path).size - start_of(path, modes), 0)
      {:ok, div(size + bytes - 1, bytes)}
    end

    # As Elixir counts: a last line that does not end is none.
    def count(%{path: path, modes: modes, line_or_bytes: :line}) do
      {:ok, path |> File.stream!(65_536, modes) |> Enum.reduce(0, &(&2 + length(:binary.matches(&1, "\n"))))}
    end

    def count(_stream), do: {:error, __MODULE__}
    def member?(_stream, _term), do: {:error, __MODULE__}
    def slice(_stream), do: {:error, __MODULE__}
  end
end
