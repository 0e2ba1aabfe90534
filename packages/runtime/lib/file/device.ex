defmodule File.Device do
  @moduledoc false

  # An open file as a process that speaks the I/O protocol. It holds the whole contents, read when the file is opened, and
  # writes them through after each change, so it is meant for files that fit in memory.

  @doc "Opens a file with modes of `:file.open/2`: `{:ok, pid}` or `{:error, reason}`."
  def open(path, modes) do
    write? = Enum.any?([:write, :append, :exclusive], &(&1 in modes))
    read? = :read in modes or not write?

    ram? = :ram in modes

    with {:ok, contents} <- if(ram?, do: {:ok, path}, else: contents(path, modes, read?, write?)) do
      owner = self()

      state = %{
        path: if(ram?, do: nil, else: path),
        contents: contents,
        position: 0,
        read?: read?,
        write?: write?,
        append?: :append in modes,
        encoding: encoding(modes),
        binary?: :binary in modes
      }

      pid =
        spawn(fn ->
          Process.monitor(owner)
          loop(state)
        end)

      {:ok, pid}
    end
  end

  defp encoding(modes) do
    case List.keyfind(modes, :encoding, 0, :utf8 in modes) do
      false -> :latin1
      true -> :unicode
      {:encoding, :utf8} -> :unicode
      {:encoding, encoding} -> encoding
    end
  end

  defp contents(path, modes, read?, write?) do
    cond do
      :exclusive in modes -> written(:file.write_file(path, "", [:exclusive]))
      not write? or :append in modes or read? -> existing(path, write?)
      true -> written(:file.write_file(path, ""))
    end
  end

  defp written(:ok), do: {:ok, ""}
  defp written(error), do: error

  defp existing(path, write?) do
    case :file.read_file(path) do
      {:error, :enoent} when write? -> written(:file.write_file(path, ""))
      result -> result
    end
  end

  defp loop(state) do
    receive do
      {:io_request, from, reply_as, request} ->
        {reply, state} = io_request(request, state)
        send(from, {:io_reply, reply_as, reply})
        loop(state)

      {:file_request, from, reply_as, :close} ->
        send(from, {:file_reply, reply_as, :ok})

      {:file_request, from, reply_as, {:position, location}} ->
        {reply, state} = position(location, state)
        send(from, {:file_reply, reply_as, reply})
        loop(state)

      {:file_request, from, reply_as, {:pread, location, count}} ->
        {reply, _state} = pread(location, count, state)
        send(from, {:file_reply, reply_as, reply})
        loop(state)

      {:file_request, from, reply_as, {:pwrite, location, bytes}} ->
        {reply, state} = pwrite(location, bytes, state)
        send(from, {:file_reply, reply_as, reply})
        loop(state)

      {:file_request, from, reply_as, :truncate} ->
        {reply, state} = truncate(state)
        send(from, {:file_reply, reply_as, reply})
        loop(state)

      {:file_request, from, reply_as, _request} ->
        send(from, {:file_reply, reply_as, {:error, :enotsup}})
        loop(state)

      {:DOWN, _, _, _, _} ->
        :ok
    end
  end

  defp position(location, state) do
    size = byte_size(state.contents)

    target =
      case location do
        :bof -> 0
        :eof -> size
        :cur -> state.position
        {:bof, offset} -> offset
        {:cur, offset} -> state.position + offset
        {:eof, offset} -> size + offset
        offset -> offset
      end

    if target < 0, do: {{:error, :einval}, state}, else: {{:ok, target}, %{state | position: target}}
  end

  defp pread(_location, _count, %{read?: false} = state), do: {{:error, :ebadf}, state}

  defp pread(location, count, state) do
    with {{:ok, _}, state} <- position(location, state) do
      case rest(state) do
        "" -> {:eof, state}
        rest -> {{:ok, shown(binary_part(rest, 0, min(count, byte_size(rest))), state)}, state}
      end
    end
  end

  defp shown(bytes, %{binary?: true}), do: bytes
  defp shown(bytes, _state), do: :erlang.binary_to_list(bytes)

  defp pwrite(_location, _bytes, %{write?: false} = state), do: {{:error, :ebadf}, state}

  defp pwrite(location, bytes, state) do
    with {{:ok, _}, moved} <- position(location, state), do: store(bytes, moved)
  end

  defp truncate(%{write?: false} = state), do: {{:error, :einval}, state}

  defp truncate(state) do
    contents = binary_part(state.contents, 0, min(state.position, byte_size(state.contents)))
    {write_through(state.path, contents, []), %{state | contents: contents}}
  end

  defp io_request({:put_chars, chars}, state), do: put(:latin1, chars, state)
  defp io_request({:put_chars, encoding, chars}, state), do: put(encoding, chars, state)

  defp io_request({:put_chars, encoding, mod, fun, args}, state) do
    put(encoding, apply(mod, fun, args), state)
  end

  defp io_request(request, %{read?: false} = state) when elem(request, 0) in [:get_line, :get_chars] do
    {{:error, :ebadf}, state}
  end

  defp io_request({:get_line, encoding, _prompt}, state) do
    rest = rest(state)

    take(line_size(rest, state.encoding), rest, encoding, state)
  end

  defp io_request({:get_chars, encoding, _prompt, count}, state) do
    rest = rest(state)

    size =
      if encoding == :unicode and state.encoding != :latin1,
        do: size_of(count, rest, state.encoding),
        else: min(count, byte_size(rest))

    take(size, rest, encoding, state)
  end

  defp io_request({:setopts, options}, state) do
    encoding =
      case options[:encoding] do
        nil -> state.encoding
        :utf8 -> :unicode
        encoding -> encoding
      end

    {:ok, %{state | encoding: encoding}}
  end

  defp io_request(:getopts, state), do: {[binary: state.binary?, encoding: state.encoding], state}

  defp io_request({:requests, requests}, state) do
    Enum.reduce_while(requests, {:ok, state}, fn request, {_reply, state} ->
      case io_request(request, state) do
        {{:error, _}, _} = failed -> {:halt, failed}
        done -> {:cont, done}
      end
    end)
  end

  defp io_request(_request, state), do: {{:error, :request}, state}

  defp rest(%{contents: contents, position: position}) do
    size = byte_size(contents)
    from = min(position, size)
    binary_part(contents, from, size - from)
  end

  defp line_size(rest, encoding) when encoding in [:latin1, :unicode] do
    case :binary.match(rest, "\n") do
      {start, 1} -> start + 1
      :nomatch -> byte_size(rest)
    end
  end

  # In UTF-16 and UTF-32 the bytes of a newline may also lie across two characters.
  defp line_size(rest, encoding) do
    newline = :unicode.characters_to_binary("\n", :unicode, encoding)

    case Enum.find(:binary.matches(rest, newline), fn {start, width} -> rem(start, width) == 0 end) do
      {start, width} -> start + width
      nil -> byte_size(rest)
    end
  end

  # The bytes that the first characters take. None takes more than four.
  defp size_of(count, rest, encoding) do
    start = binary_part(rest, 0, min(4 * count, byte_size(rest)))

    text =
      case :unicode.characters_to_binary(start, encoding, :unicode) do
        text when is_binary(text) -> text
        {_, text, _} -> text
      end

    taken = text |> :beamlet_string.codepoints() |> Enum.take(count)
    byte_size(:unicode.characters_to_binary(taken, :unicode, encoding))
  end

  defp take(0, _rest, _encoding, state), do: {:eof, state}

  defp take(size, rest, encoding, state) do
    bytes = binary_part(rest, 0, size)
    state = %{state | position: state.position + size}

    case decoded(bytes, encoding, state.encoding) do
      data when is_binary(data) and state.binary? -> {data, state}
      data when is_binary(data) and encoding == :unicode -> {String.to_charlist(data), state}
      data when is_binary(data) -> {:erlang.binary_to_list(data), state}
      _ -> {{:error, :collect_line}, state}
    end
  end

  defp decoded(bytes, :unicode, file), do: :unicode.characters_to_binary(bytes, file, :unicode)
  defp decoded(bytes, :latin1, _file), do: bytes

  defp put(_encoding, _chars, %{write?: false} = state), do: {{:error, :ebadf}, state}

  defp put(encoding, chars, state) do
    data =
      if encoding == :latin1,
        do: :erlang.iolist_to_binary(chars),
        else: :unicode.characters_to_binary(chars, :unicode, state.encoding)

    if is_binary(data), do: store(data, state), else: {{:error, :no_translation}, state}
  rescue
    ArgumentError -> {{:error, :badarg}, state}
  end

  defp store(data, %{append?: true} = state) do
    {write_through(state.path, data, [:append]), %{state | contents: state.contents <> data}}
  end

  defp store(data, state) do
    %{contents: contents, position: position} = state
    gap = max(position - byte_size(contents), 0)
    contents = contents <> :binary.copy(<<0>>, gap)
    ends = position + byte_size(data)
    tail = if ends < byte_size(contents), do: binary_part(contents, ends, byte_size(contents) - ends), else: ""
    contents = binary_part(contents, 0, position) <> data <> tail

    reply =
      if tail == "" and gap == 0 and position > 0,
        do: write_through(state.path, data, [:append]),
        else: write_through(state.path, contents, [])

    {reply, %{state | contents: contents, position: ends}}
  end

  # A file in memory has no path.
  defp write_through(nil, _data, _modes), do: :ok
  defp write_through(path, data, modes), do: :file.write_file(path, data, modes)
end
