defmodule StringIO do
  @moduledoc """
  A device in memory: it reads from a string and collects what is written to it.

      {:ok, io} = StringIO.open("input")
      IO.write(io, "output")
      StringIO.contents(io)
      #=> {"input", "output"}

  Options: `:capture_prompt` adds the prompts to the output, `:encoding` is `:unicode` (default) or `:latin1`.
  """

  @behaviour GenServer

  @doc "Opens a device on the string, calls the function with it and closes it."
  @doc since: "1.7.0"
  @spec open(binary(), keyword(), (pid() -> result)) :: {:ok, result} when result: var
  def open(string, options, function)
      when is_binary(string) and is_list(options) and is_function(function, 1) do
    {:ok, pid} = GenServer.start(__MODULE__, {self(), string, options}, [])

    try do
      {:ok, function.(pid)}
    after
      {:ok, {_input, _output}} = close(pid)
    end
  end

  @doc "Opens a device on the string; with a function, calls it with the device and closes that."
  @spec open(binary(), keyword() | (pid() -> term())) :: {:ok, term()}
  def open(string, options_or_function \\ [])

  def open(string, options) when is_binary(string) and is_list(options) do
    GenServer.start(__MODULE__, {self(), string, options}, [])
  end

  def open(string, function) when is_binary(string) and is_function(function, 1) do
    open(string, [], function)
  end

  @doc "What is left to read and what was written."
  @spec contents(pid()) :: {binary(), binary()}
  def contents(pid) when is_pid(pid), do: GenServer.call(pid, :contents)

  @doc "Returns what was written and forgets it."
  @spec flush(pid()) :: binary()
  def flush(pid) when is_pid(pid), do: GenServer.call(pid, :flush)

  @doc "Stops the device and returns its contents."
  @spec close(pid()) :: {:ok, {binary(), binary()}}
  def close(pid) when is_pid(pid), do: GenServer.call(pid, :close)

  ## Server

  @impl true
  def init({owner, string, options}) do
    _ = Process.monitor(owner)

    {:ok,
     %{
       encoding: options[:encoding] || :unicode,
       input: string,
       output: "",
       capture_prompt: options[:capture_prompt] || false
     }}
  end

  @impl true
  def handle_info({:io_request, from, reply_as, request}, state) do
    {reply, state} = io_request(request, state)
    send(from, {:io_reply, reply_as, reply})
    {:noreply, state}
  end

  def handle_info({:file_request, from, reply_as, _request}, state) do
    send(from, {:file_reply, reply_as, {:error, :enotsup}})
    {:noreply, state}
  end

  def handle_info({:DOWN, _, _, _, _}, state), do: {:stop, :shutdown, state}
  def handle_info(_message, state), do: {:noreply, state}

  @impl true
  def handle_call(:contents, _from, state), do: {:reply, {state.input, state.output}, state}
  def handle_call(:flush, _from, state), do: {:reply, state.output, %{state | output: ""}}

  def handle_call(:close, _from, state) do
    {:stop, :normal, {:ok, {state.input, state.output}}, state}
  end

  ## Requests; those without an encoding mean Latin-1

  defp io_request({:put_chars, chars} = request, state), do: put(:latin1, chars, request, state)

  defp io_request({:put_chars, encoding, chars} = request, state) do
    put(encoding, chars, request, state)
  end

  defp io_request({:put_chars, mod, fun, args} = request, state) do
    put(:latin1, apply(mod, fun, args), request, state)
  end

  defp io_request({:put_chars, encoding, mod, fun, args} = request, state) do
    put(encoding, apply(mod, fun, args), request, state)
  end

  defp io_request({:get_chars, prompt, count}, state) when is_integer(count) do
    io_request({:get_chars, :latin1, prompt, count}, state)
  end

  defp io_request({:get_chars, encoding, prompt, count}, state) when count >= 0 do
    case take_chars(state.input, encoding, count) do
      {:error, _reason} = error -> {error, state}
      {data, rest} -> {data, after_read(state, rest, prompt, 1)}
    end
  end

  defp io_request({:get_line, prompt}, state), do: get_line(:latin1, prompt, state)
  defp io_request({:get_line, encoding, prompt}, state), do: get_line(encoding, prompt, state)

  defp io_request({:get_until, prompt, mod, fun, args}, state) do
    get_until(:latin1, prompt, mod, fun, args, state)
  end

  defp io_request({:get_until, encoding, prompt, mod, fun, args}, state) do
    get_until(encoding, prompt, mod, fun, args, state)
  end

  defp io_request({:get_password, encoding}, state), do: get_line(encoding, "", state)

  defp io_request({:setopts, [encoding: encoding]}, state) when encoding in [:latin1, :unicode] do
    {:ok, %{state | encoding: encoding}}
  end

  defp io_request({:setopts, _options}, state), do: {{:error, :enotsup}, state}
  defp io_request(:getopts, state), do: {[binary: true, encoding: state.encoding], state}
  defp io_request({:get_geometry, _dimension}, state), do: {{:error, :enotsup}, state}

  defp io_request({:requests, requests}, state) do
    Enum.reduce_while(requests, {:ok, state}, fn request, {_reply, state} ->
      case io_request(request, state) do
        {{:error, _reason}, _state} = failed -> {:halt, failed}
        done -> {:cont, done}
      end
    end)
  end

  defp io_request(_request, state), do: {{:error, :request}, state}

  defp put(encoding, chars, request, state) do
    case :unicode.characters_to_binary(chars, encoding, state.encoding) do
      string when is_binary(string) ->
        {:ok, %{state | output: state.output <> string}}

      {_, _, _} ->
        {{:error, {:no_translation, encoding, state.encoding}}, state}
    end
  rescue
    ArgumentError -> {{:error, request}, state}
  end

  defp take_chars("", _encoding, _count), do: {:eof, ""}

  defp take_chars(input, :latin1, count) do
    :erlang.split_binary(input, min(count, byte_size(input)))
  end

  defp take_chars(input, :unicode, count) do
    case char_bytes(input, count, 0) do
      :error -> {:error, :invalid_unicode}
      size -> :erlang.split_binary(input, size)
    end
  end

  defp char_bytes(_input, 0, size), do: size
  defp char_bytes(<<>>, _count, size), do: size

  defp char_bytes(<<char::utf8, rest::binary>>, count, size) do
    char_bytes(rest, count - 1, size + byte_size(<<char::utf8>>))
  end

  defp char_bytes(_invalid, _count, _size), do: :error

  defp get_line(encoding, prompt, state) do
    case take_line(state.input, encoding) do
      :error -> {{:error, :collect_line}, state}
      {"", _rest} -> {:eof, after_read(state, "", prompt, 1)}
      {line, rest} -> {crlf_to_lf(line), after_read(state, rest, prompt, 1)}
    end
  end

  # The line with its line break, which may be \r\n, and the rest.
  defp take_line(input, encoding) do
    size =
      case :binary.match(input, "\n") do
        {start, 1} -> start + 1
        :nomatch -> byte_size(input)
      end

    {line, _rest} = split = :erlang.split_binary(input, size)
    if encoding == :unicode and not String.valid?(line), do: :error, else: split
  end

  defp crlf_to_lf(line) do
    if String.ends_with?(line, "\r\n"),
      do: binary_part(line, 0, byte_size(line) - 2) <> "\n",
      else: line
  end

  # Feeds lines to a scanner until it is done: Erlang's way of reading terms and tokens.
  defp get_until(encoding, prompt, mod, fun, args, state) do
    case scan(state.input, encoding, mod, fun, args, [], 0) do
      :error ->
        {:error, state}

      {result, rest, count} ->
        rest = if rest == :eof, do: "", else: to_bytes(rest, encoding)
        result = if is_list(result), do: to_bytes(result, encoding), else: result
        {result, after_read(state, rest, prompt, count)}
    end
  end

  defp scan("", encoding, mod, fun, args, continuation, count) do
    case apply(mod, fun, [continuation, :eof | args]) do
      {:done, result, rest} -> {result, rest, count + 1}
      {:more, next} -> scan("", encoding, mod, fun, args, next, count + 1)
    end
  end

  defp scan(input, encoding, mod, fun, args, continuation, count) do
    with {line, rest} <- take_line(input, encoding) do
      case apply(mod, fun, [continuation, to_chars(line, encoding) | args]) do
        {:done, result, :eof} -> {result, rest, count + 1}
        {:done, result, extra} -> {result, extra ++ to_chars(rest, encoding), count + 1}
        {:more, next} -> scan(rest, encoding, mod, fun, args, next, count + 1)
      end
    end
  end

  defp to_chars(data, :unicode), do: String.to_charlist(data)
  defp to_chars(data, :latin1), do: :erlang.binary_to_list(data)

  defp to_bytes(data, _encoding) when is_binary(data), do: data
  defp to_bytes(data, :unicode), do: List.to_string(data)
  defp to_bytes(data, :latin1), do: :erlang.list_to_binary(data)

  defp after_read(%{capture_prompt: false} = state, rest, _prompt, _count) do
    %{state | input: rest}
  end

  defp after_read(state, rest, prompt, count) do
    prompts = String.duplicate(IO.chardata_to_string(prompt), count)
    %{state | input: rest, output: state.output <> prompts}
  end
end
