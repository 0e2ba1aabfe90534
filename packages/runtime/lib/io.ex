defmodule IO do
  @moduledoc """
  Input and output on devices: processes that follow Erlang's I/O protocol.

  A device is a pid or a registered name. `:stdio` is the group leader of the calling process, `:stderr` standard error.
  Text functions work with *chardata* (strings, code points and lists of them), the `bin` ones with *iodata* (bytes).
  """

  @type device :: atom() | pid()
  @type nodata :: {:error, term()} | :eof
  @type chardata :: String.t() | maybe_improper_list(char() | chardata, String.t() | [])

  defguardp is_device(term) when is_atom(term) or is_pid(term)
  defguardp is_iodata(data) when is_list(data) or is_binary(data)

  ## Output

  @doc "Writes an item, converted by `to_string/1` unless it is a list, and a newline."
  @spec puts(device, chardata | String.Chars.t()) :: :ok
  def puts(device \\ :stdio, item) when is_device(device) do
    :io.put_chars(map_device(device), [to_chardata(item), ?\n])
  end

  @doc "Writes an item, converted by `to_string/1` unless it is a list."
  @spec write(device, chardata | String.Chars.t()) :: :ok
  def write(device \\ :stdio, chardata) do
    :io.put_chars(map_device(device), to_chardata(chardata))
  end

  @doc "Writes bytes as they are."
  @spec binwrite(device, iodata()) :: :ok
  def binwrite(device \\ :stdio, iodata) when is_iodata(iodata) do
    with {:error, reason} <- :file.write(map_device(device), iodata), do: :erlang.error(reason)
  end

  @doc """
  Prints a term as `inspect/2` shows it, in lines of the `:width`, and returns it.

  Takes the options of `Inspect.Opts` and `:label`, which is printed before the term.

      [1, 2, 3] |> IO.inspect(label: "before") |> Enum.sum()
  """
  @spec inspect(item, keyword()) :: item when item: var
  def inspect(item, opts \\ []), do: inspect(:stdio, item, opts)

  @doc "Prints a term on a device: see `inspect/2`."
  @spec inspect(device, item, keyword()) :: item when item: var
  def inspect(device, item, opts) when is_device(device) and is_list(opts) do
    label =
      case opts[:label] do
        none when none in [nil, false] -> []
        label -> [to_chardata(label), ": "]
      end

    opts = Inspect.Opts.new(opts)
    doc = Inspect.Algebra.group(Inspect.Algebra.to_doc(item, opts))
    puts(device, [label, Inspect.Algebra.format(doc, opts.width)])
    item
  end

  ## Warnings

  @doc "Prints a warning on standard error, with the stack trace of the caller."
  @spec warn(chardata | String.Chars.t()) :: :ok
  def warn(message) do
    {:current_stacktrace, stacktrace} = Process.info(self(), :current_stacktrace)
    warn(message, Enum.drop(stacktrace, 2))
  end

  @doc "Prints a warning on standard error, with a stack trace, the place of an environment or `:file` and `:line`."
  @spec warn(chardata | String.Chars.t(), Exception.stacktrace() | keyword() | Macro.Env.t()) :: :ok
  def warn(message, stacktrace_info)

  def warn(message, %Macro.Env{line: line, file: file} = env) do
    emit(message, line, file, Macro.Env.stacktrace(env), true)
  end

  def warn(message, [{key, _} | _] = place) when is_atom(key) do
    case place[:file] do
      nil ->
        warn(message, [])

      file ->
        line = place[:line]
        column = place[:column]
        position = if line && column, do: {line, column}, else: line
        env = %{__ENV__ | module: place[:module], function: place[:function], line: line, file: file}
        emit(message, position, file, Macro.Env.stacktrace(env), true)
    end
  end

  def warn(message, stacktrace) when is_list(stacktrace), do: emit(message, 0, nil, stacktrace, false)

  defp emit(message, position, file, stacktrace, snippet?) do
    :elixir_errors.emit_diagnostic(:warning, position, file, to_chardata(message), stacktrace,
      read_snippet: snippet?
    )
  end

  @doc false
  def warn_once(key, message, stacktrace_drop_levels) do
    {:current_stacktrace, stacktrace} = Process.info(self(), :current_stacktrace)
    stacktrace = Enum.drop(stacktrace, stacktrace_drop_levels)
    if :elixir_config.warn(key, stacktrace), do: warn(message.(), stacktrace), else: :ok
  end

  ## Input

  @doc "Reads a `:line`, a number of characters or all up to `:eof`, as text."
  @spec read(device, :eof | :line | non_neg_integer()) :: chardata | nodata
  def read(device \\ :stdio, line_or_chars)

  def read(device, :all) do
    IO.warn("IO.read(device, :all) is deprecated, use IO.read(device, :eof) instead")

    with :eof <- read(device, :eof) do
      with [_ | _] = opts <- :io.getopts(map_device(device)),
           false <- Keyword.get(opts, :binary, true) do
        ~c""
      else
        _ -> ""
      end
    end
  end

  def read(device, :eof), do: getn(device, ~c"", :eof)
  def read(device, :line), do: :io.get_line(map_device(device), ~c"")

  def read(device, count) when is_integer(count) and count >= 0 do
    :io.get_chars(map_device(device), ~c"", count)
  end

  @doc "Reads a `:line`, a number of bytes or all up to `:eof`, as bytes."
  @spec binread(device, :eof | :line | non_neg_integer()) :: iodata() | nodata
  def binread(device \\ :stdio, line_or_chars)

  def binread(device, :all) do
    IO.warn("IO.binread(device, :all) is deprecated, use IO.binread(device, :eof) instead")
    with :eof <- binread(device, :eof), do: ""
  end

  def binread(device, :eof), do: binread_all(map_device(device), "")
  def binread(device, :line), do: read_data(:file.read_line(map_device(device)))

  def binread(device, count) when is_integer(count) and count >= 0 do
    read_data(:file.read(map_device(device), count))
  end

  defp binread_all(device, acc) do
    case :file.read(device, 4096) do
      {:ok, data} -> binread_all(device, acc <> data)
      :eof when acc != "" -> acc
      other -> other
    end
  end

  defp read_data({:ok, data}), do: data
  defp read_data(other), do: other

  @doc "Prompts and reads a line, newline included; `:eof` at the end."
  @spec gets(device, chardata | String.Chars.t()) :: chardata | nodata
  def gets(device \\ :stdio, prompt) do
    :io.get_line(map_device(device), to_chardata(prompt))
  end

  @doc "Prompts and reads a number of characters, or all up to `:eof`."
  @spec getn(
          device | chardata | String.Chars.t(),
          pos_integer() | :eof | chardata | String.Chars.t()
        ) :: chardata | nodata
  def getn(prompt, count \\ 1)
  def getn(prompt, :eof), do: getn(:stdio, prompt, :eof)
  def getn(prompt, count) when is_integer(count) and count > 0, do: getn(:stdio, prompt, count)
  def getn(device, prompt) when not is_integer(prompt), do: getn(device, prompt, 1)

  @doc "Prompts on a device: see `getn/2`."
  @spec getn(device, chardata | String.Chars.t(), pos_integer() | :eof) :: chardata | nodata
  def getn(device, prompt, :eof), do: get_all(map_device(device), to_chardata(prompt), [])

  def getn(device, prompt, count) when is_integer(count) and count > 0 do
    :io.get_chars(map_device(device), to_chardata(prompt), count)
  end

  defp get_all(device, prompt, acc) do
    case :io.get_line(device, prompt) do
      line when is_binary(line) or is_list(line) -> get_all(device, ~c"", [line | acc])
      :eof -> joined(:lists.reverse(acc))
      other -> other
    end
  end

  defp joined([]), do: :eof
  defp joined([line | _] = lines) when is_binary(line), do: IO.iodata_to_binary(lines)
  defp joined(lines), do: :lists.flatten(lines)

  @doc "The lines of standard input, as a stream."
  @doc since: "1.12.0"
  @spec stream() :: Enumerable.t(String.t())
  def stream, do: stream(:stdio, :line)

  @doc "A device as a stream of lines or of a number of characters each; it can also be collected into."
  @spec stream(device, :line | pos_integer()) :: Enumerable.t()
  def stream(device \\ :stdio, line_or_codepoints)
      when line_or_codepoints == :line or
             (is_integer(line_or_codepoints) and line_or_codepoints > 0) do
    IO.Stream.__build__(map_device(device), false, line_or_codepoints)
  end

  @doc "The lines of standard input, as a stream of bytes."
  @doc since: "1.12.0"
  @spec binstream() :: Enumerable.t(binary())
  def binstream, do: binstream(:stdio, :line)

  @doc "A device as a stream of lines or of a number of bytes each."
  @spec binstream(device, :line | pos_integer()) :: Enumerable.t()
  def binstream(device \\ :stdio, line_or_bytes)
      when line_or_bytes == :line or (is_integer(line_or_bytes) and line_or_bytes > 0) do
    IO.Stream.__build__(map_device(device), true, line_or_bytes)
  end

  @doc false
  def each_stream(device, line_or_codepoints), do: next(read(device, line_or_codepoints), device)

  @doc false
  def each_binstream(device, line_or_bytes), do: next(binread(device, line_or_bytes), device)

  defp next(:eof, device), do: {:halt, device}
  defp next({:error, reason}, _device), do: raise(IO.StreamError, reason: reason)
  defp next(data, device), do: {[data], device}

  ## Data

  @doc "The string of chardata: integers in it are code points."
  @spec chardata_to_string(chardata) :: String.t()
  def chardata_to_string(chardata)
  def chardata_to_string(string) when is_binary(string), do: string
  def chardata_to_string(list) when is_list(list), do: List.to_string(list)

  @doc "The binary of iodata: integers in it are bytes."
  @spec iodata_to_binary(iodata()) :: binary()
  def iodata_to_binary(iodata), do: :erlang.iolist_to_binary(iodata)

  @doc "The number of bytes of iodata."
  @spec iodata_length(iodata()) :: non_neg_integer()
  def iodata_length(iodata), do: :erlang.iolist_size(iodata)

  defp map_device(:stdio), do: :standard_io
  defp map_device(:stderr), do: :standard_error
  defp map_device(device) when is_atom(device) or is_pid(device) or is_tuple(device), do: device
  defp map_device(device), do: unquote(:"-inlined-map_dev/1-")(device)

  # What is no device fails under the name that it has there.
  defp unquote(:"-inlined-map_dev/1-")(device) when is_atom(device), do: device

  defp to_chardata(list) when is_list(list), do: list
  defp to_chardata(other), do: to_string(other)
end
