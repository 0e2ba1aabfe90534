defmodule :json do
  @moduledoc """
  Erlang's `:json`, of OTP 27: what Elixir's `JSON` stands on there. Here both stand on the same native reader.
  Errors are raised as `:unexpected_end`, `{:invalid_byte, byte}` and `{:unexpected_sequence, bytes}`.
  """

  ## Decoding

  @doc "Decodes a text: objects become maps with binaries as keys, null the atom `:null`."
  def decode(binary) when is_binary(binary) do
    {value, :ok, rest} = decode(binary, :ok, %{})
    if rest == "", do: value, else: failed({:invalid_byte, 0, :binary.first(rest)})
  end

  @doc "Decodes with functions of one's own: `{value, accumulator, rest}`. See `JSON.decode/3` for their names."
  def decode(binary, acc, decoders) when is_binary(binary) and is_map(decoders) do
    case JSON.decode(binary, acc, Map.to_list(Map.put_new(decoders, :null, :null))) do
      {:error, reason} -> failed(reason)
      result -> result
    end
  end

  @doc "Like `decode/3` for a text that comes in parts: `{:continue, state}` as long as it is not whole."
  def decode_start(binary, acc, decoders) when is_binary(binary) and is_map(decoders) do
    case JSON.decode(binary, acc, Map.to_list(Map.put_new(decoders, :null, :null))) do
      {:error, {:unexpected_end, _offset}} -> {:continue, {binary, acc, decoders}}
      {:error, reason} -> failed(reason)
      # More digits may follow.
      {value, _acc, ""} when is_number(value) -> {:continue, {binary, acc, decoders}}
      result -> result
    end
  end

  @doc "Goes on with the next part, or with `:end_of_input`."
  def decode_continue(:end_of_input, {binary, acc, decoders}), do: decode(binary, acc, decoders)
  def decode_continue(more, {binary, acc, decoders}), do: decode_start(binary <> more, acc, decoders)

  defp failed({:unexpected_end, _offset}), do: :erlang.error(:unexpected_end)
  defp failed({problem, _offset, detail}), do: :erlang.error({problem, detail})

  ## Encoding

  @doc "Encodes a term as iodata. Atoms but `true`, `false` and `null` are strings."
  def encode(term), do: encode(term, &encode_value/2)

  @doc "Encodes with a function of a term and the function itself."
  def encode(term, encoder) when is_function(encoder, 2), do: encoder.(term, encoder)

  @doc "The default encoder, for use in others."
  def encode_value(value, encoder) when is_atom(value), do: encode_atom(value, encoder)
  def encode_value(value, _encoder) when is_binary(value), do: encode_binary(value)
  def encode_value(value, _encoder) when is_integer(value), do: encode_integer(value)
  def encode_value(value, _encoder) when is_float(value), do: encode_float(value)
  def encode_value(value, encoder) when is_list(value), do: encode_list(value, encoder)
  def encode_value(value, encoder) when is_map(value), do: encode_map(value, encoder)
  def encode_value(other, _encoder), do: :erlang.error({:unsupported_type, other})

  def encode_atom(word, _encoder) when word in [true, false, :null], do: Atom.to_string(word)
  def encode_atom(other, encoder), do: encoder.(Atom.to_string(other), encoder)

  def encode_integer(value), do: Integer.to_string(value)
  def encode_float(value), do: Float.to_string(value)
  def encode_binary(value) when is_binary(value), do: :beamlet_json.quote(value)

  @doc "Like `encode_binary/1`, with nothing but ASCII."
  def encode_binary_escape_all(value) when is_binary(value) do
    for <<char::utf8 <- :beamlet_json.quote(value)>>, into: "", do: ascii(char)
  end

  defp ascii(char) when char < 128, do: <<char>>

  defp ascii(char) do
    for <<unit::16 <- <<char::utf16>> >>, into: "" do
      "\\u" <> String.pad_leading(Integer.to_string(unit, 16), 4, "0")
    end
  end

  def encode_list([], _encoder), do: "[]"
  def encode_list([first | rest], encoder), do: [?[, encoder.(first, encoder) | elements(rest, encoder)]

  defp elements([], _encoder), do: [?]]
  defp elements([first | rest], encoder), do: [?,, encoder.(first, encoder) | elements(rest, encoder)]

  def encode_map(map, encoder) when is_map(map), do: encode_key_value_list(:maps.to_list(map), encoder)

  @doc "Like `encode_map/2`; raises when two keys are the same string."
  def encode_map_checked(map, encoder), do: encode_key_value_list_checked(:maps.to_list(map), encoder)

  def encode_key_value_list(pairs, encoder) when is_list(pairs) do
    object(for {key, value} <- pairs, do: [?,, encode_binary(key(key)), ?: | encoder.(value, encoder)])
  end

  def encode_key_value_list_checked(pairs, encoder) do
    Enum.reduce(pairs, %{}, fn {key, _value}, seen ->
      text = key(key)
      if is_map_key(seen, text), do: :erlang.error({:duplicate_key, key}), else: Map.put(seen, text, true)
    end)

    encode_key_value_list(pairs, encoder)
  end

  defp object([]), do: "{}"
  defp object([[_comma | first] | rest]), do: [[?{ | first], rest, ?}]

  defp key(key) when is_binary(key), do: key
  defp key(key) when is_atom(key), do: Atom.to_string(key)
  defp key(key) when is_integer(key), do: Integer.to_string(key)
  defp key(key) when is_float(key), do: Float.to_string(key)
  defp key(other), do: :erlang.error({:invalid_object_key, other})

  ## Pretty text, of OTP 27.1

  @doc "JSON on several lines, with a newline at its end."
  def format(term), do: format(term, &format_value/3, %{})

  @doc "Like `format/1`, with options (`indent`, `max`) or an encoder of one's own."
  def format(term, options) when is_map(options), do: format(term, &format_value/3, options)
  def format(term, encoder) when is_function(encoder, 3), do: format(term, encoder, %{})

  @doc "Like `format/1`; `max` is the column after which lists of numbers go on in the next line."
  def format(term, encoder, options) when is_function(encoder, 3) and is_map(options),
    do: [format_value_by(encoder, term, :maps.merge(%{level: 0, col: 0, indent: 2, max: 100}, options)), ?\n]

  defp format_value_by(encoder, term, state), do: encoder.(term, encoder, state)

  @doc "The encoder of `format/1`."
  def format_value(value, encoder, state) when is_atom(value), do: encode_atom(value, &with_state(encoder, state, &1, &2))
  def format_value([], _encoder, _state), do: "[]"

  def format_value([first | _] = list, encoder, %{col: column, max: max} = state)
      when is_list(first) or is_map(first) or is_binary(first) or column > max do
    {column, line} = indentation(%{state | level: state.level + 1})
    inner = %{state | level: state.level + 1, col: column}
    entries = for value <- list, do: [?,, line, format_value_by(encoder, value, inner)]
    [[?, | first] | rest] = entries
    {_column, last_line} = indentation(state)
    [?[, first, rest, last_line, ?]]
  end

  def format_value([first | rest], encoder, state) do
    inner = %{state | level: state.level + 1, col: state.col + 1}
    text = format_value_by(encoder, first, inner)
    [?[, text, in_line(rest, encoder, moved(inner, text, 0)), ?]]
  end

  def format_value(map, encoder, state) when is_map(map), do: format_key_value_list(:maps.to_list(map), encoder, state)
  def format_value(value, encoder, _state), do: encode_value(value, encoder)

  # `encode_atom/2` calls with itself as the encoder; what is asked for here has a state.
  defp with_state(encoder, state, value, _self), do: format_value_by(encoder, value, state)

  defp in_line([], _encoder, _state), do: []

  defp in_line([value | rest], encoder, %{col: column, max: max} = state) when column < max do
    text = format_value_by(encoder, value, state)
    [?,, text | in_line(rest, encoder, moved(state, text, 1))]
  end

  defp in_line([value | rest], encoder, state) do
    {column, line} = indentation(state)
    text = format_value_by(encoder, value, %{state | col: column})
    [?,, line, text | in_line(rest, encoder, moved(%{state | col: column}, text, 0))]
  end

  defp moved(state, text, extra), do: %{state | col: state.col + extra + :erlang.iolist_size(text)}

  @doc "An object of the pairs of a list, for encoders."
  def format_key_value_list(pairs, encoder, state) do
    {_column, last_line} = indentation(state)
    state = %{state | level: state.level + 1}
    format_object(for({key, value} <- pairs, do: [?, | format_pair(format_key(key, encoder, state), value, encoder, state)]), last_line)
  end

  @doc "Like `format_key_value_list/3`, and fails when a key comes twice."
  def format_key_value_list_checked(pairs, encoder, state) do
    {_column, last_line} = indentation(state)
    state = %{state | level: state.level + 1}

    {entries, _seen} =
      :lists.mapfoldl(
        fn {key, value}, seen ->
          text = :erlang.iolist_to_binary(format_key(key, encoder, state))
          if is_map_key(seen, text), do: :erlang.error({:duplicate_key, key})
          {[?, | format_pair(text, value, encoder, state)], Map.put(seen, text, true)}
        end,
        %{},
        pairs
      )

    format_object(entries, last_line)
  end

  defp format_key(key, encoder, state) when is_binary(key), do: format_value_by(encoder, key, state)
  defp format_key(key, encoder, state) when is_atom(key), do: format_value_by(encoder, Atom.to_string(key), state)
  defp format_key(key, _encoder, _state) when is_number(key), do: [?", key(key), ?"]

  defp format_pair(key, value, encoder, state) do
    {column, line} = indentation(state)
    [line, key, ": " | format_value_by(encoder, value, %{state | col: column + :erlang.iolist_size(key) + 2})]
  end

  defp format_object([], _last_line), do: "{}"

  # One pair stands in one line, unless its value has lines of its own.
  defp format_object([[?,, line | pair]], last_line) do
    case pair |> tl() |> tl() |> :erlang.iolist_to_binary() do
      <<char, _::binary>> when char in [?{, ?[] -> [?{, line, pair, last_line, ?}]
      _ -> ["{ ", pair, " }"]
    end
  end

  defp format_object([[?, | first] | rest], last_line), do: [?{, first, rest, last_line, ?}]

  defp indentation(%{level: level, indent: indent}), do: {level * indent, [?\n | :lists.duplicate(level * indent, ?\s)]}
end
