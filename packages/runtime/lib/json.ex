defprotocol JSON.Encoder do
  @moduledoc """
  How a term is written as JSON.

  Structs must derive or implement it:

      @derive {JSON.Encoder, only: [:id, :name]}
      defstruct [:id, :name, :password]
  """

  @undefined_impl_description """
  the protocol must be explicitly implemented.

  If you have a struct, you can derive the implementation specifying \
  which fields should be encoded to JSON:

      @derive {JSON.Encoder, only: [....]}
      defstruct ...

  It is also possible to encode all fields, although this should be \
  used carefully to avoid accidentally leaking private information \
  when new fields are added:

      @derive JSON.Encoder
      defstruct ...

  Finally, if you don't own the struct you want to encode to JSON, \
  you may use Protocol.derive/3 placed outside of any module:

      Protocol.derive(JSON.Encoder, NameOfTheStruct, only: [...])
      Protocol.derive(JSON.Encoder, NameOfTheStruct)\
  """

  @impl true
  defmacro __deriving__(module, opts) do
    fields = for %{field: field} <- Macro.struct_info!(module, __CALLER__), do: field
    fields = chosen_fields(fields, opts)

    keys =
      for {field, before} <- Enum.zip(fields, Stream.concat(["{"], Stream.cycle([","]))),
          do: {field, before <> :beamlet_json.quote(Atom.to_string(field)) <> ":"}

    quote do
      defimpl JSON.Encoder, for: unquote(module) do
        def encode(struct, encoder) do
          JSON.__encode_fields__(struct, unquote(keys), encoder)
        end
      end
    end
  end

  defp chosen_fields(fields, opts) do
    only = Keyword.get(opts, :only)
    except = Keyword.get(opts, :except)

    cond do
      only -> known!(only, fields, :only)
      except -> fields -- [:__struct__ | known!(except, fields, :except)]
      true -> fields -- [:__struct__]
    end
  end

  defp known!(chosen, fields, option) do
    case chosen -- fields do
      [] ->
        chosen

      unknown ->
        raise ArgumentError,
              "unknown struct fields #{inspect(unknown)} specified in :#{option}. Expected one of: " <>
                "#{inspect(fields -- [:__struct__])}"
    end
  end

  @doc "Encodes the term as iodata; `encoder` encodes what it holds."
  @spec encode(t, JSON.encoder()) :: iodata()
  def encode(term, encoder)
end

defimpl JSON.Encoder, for: [Atom, BitString, Integer, Float, List] do
  def encode(value, encoder) when is_binary(value) or not is_bitstring(value),
    do: JSON.protocol_encode(value, encoder)
end

defimpl JSON.Encoder, for: Map do
  def encode(map, _encoder) when map == %{}, do: "{}"

  def encode(map, encoder) do
    [_comma | members] =
      Enum.flat_map(map, fn {key, value} ->
        [?,, key(key, encoder), ?:, encoder.(value, encoder)]
      end)

    [?{ | members ++ "}"]
  end

  defp key(key, encoder) when is_atom(key), do: encoder.(Atom.to_string(key), encoder)
  defp key(key, encoder) when is_binary(key), do: encoder.(key, encoder)
  defp key(key, encoder), do: encoder.(String.Chars.to_string(key), encoder)
end

defimpl JSON.Encoder, for: [Date, Time, NaiveDateTime, DateTime, Duration] do
  def encode(value, _encoder), do: [?", @for.to_iso8601(value), ?"]
end

defmodule JSON.DecodeError do
  @moduledoc "Raised by `JSON.decode!/1`."
  defexception [:message, :offset, :data]
end

defmodule JSON do
  @moduledoc """
  JSON (RFC 8259).

      iex> JSON.encode!(%{a: [1, nil, true]})
      ~s({"a":[1,null,true]})
      iex> JSON.decode!(~s({"a": 1.5}))
      %{"a" => 1.5}
  """

  @moduledoc since: "1.18.0"

  @type encoder :: (term(), encoder -> iodata())
  @type decode_error_reason ::
          {:unexpected_end, non_neg_integer()}
          | {:invalid_byte, non_neg_integer(), byte()}
          | {:unexpected_sequence, non_neg_integer(), binary()}

  ## Decoding

  @doc "Decodes a text: objects become maps with string keys, arrays lists, null `nil`."
  @spec decode(binary()) :: {:ok, term()} | {:error, decode_error_reason}
  def decode(binary) when is_binary(binary) do
    case :beamlet_json.decode(binary) do
      {:ok, value, ""} ->
        {:ok, value}

      {:ok, _value, rest} ->
        {:error, {:invalid_byte, byte_size(binary) - byte_size(rest), :binary.at(rest, 0)}}

      {:error, reason} ->
        {:error, reason}
    end
  end

  @doc """
  Decodes with decoders of one's own: `{value, accumulator, rest of the binary}`.

  `:array_start`, `:array_push`, `:array_finish`, `:object_start`, `:object_push` and `:object_finish` are functions on an
  accumulator, `:float`, `:integer` and `:string` convert, `:null` is a term.
  """
  @spec decode(binary(), term(), keyword()) ::
          {term(), term(), binary()} | {:error, decode_error_reason}
  def decode(binary, acc, decoders) when is_binary(binary) and is_list(decoders) do
    decoders = decoders |> Keyword.put_new(:null, nil) |> Map.new()
    Enum.each(decoders, &check_decoder/1)

    case :beamlet_json.events(binary) do
      {:ok, events, rest} ->
        {value, acc} = build(events, acc, [], decoders)
        {value, acc, rest}

      {:error, reason} ->
        {:error, reason}
    end
  end

  defp check_decoder({kind, fun})
       when kind in [:array_start, :object_start, :float, :integer, :string] and
              is_function(fun, 1),
       do: :ok

  defp check_decoder({kind, fun})
       when kind in [:array_push, :array_finish, :object_finish] and is_function(fun, 2),
       do: :ok

  defp check_decoder({:object_push, fun}) when is_function(fun, 3), do: :ok
  defp check_decoder({:null, _term}), do: :ok

  # The stack holds, for each open container, the accumulator outside of it, and under a key the key.
  defp build([event | events], acc, stack, decoders) do
    case event do
      {:literal, nil} ->
        add(decoders.null, events, acc, stack, decoders)

      {:literal, value} ->
        add(value, events, acc, stack, decoders)

      {:string, string} ->
        add(convert(:string, string, decoders, & &1), events, acc, stack, decoders)

      {:integer, token} ->
        value = convert(:integer, token, decoders, &String.to_integer/1)
        add(value, events, acc, stack, decoders)

      {:float, token} ->
        value = convert(:float, token, decoders, &String.to_float/1)
        add(value, events, acc, stack, decoders)

      {:key, key} ->
        key = convert(:string, key, decoders, & &1)
        build(events, acc, [{:key, key} | stack], decoders)

      :array_start ->
        build(events, start(:array_start, acc, decoders), [{:outer, acc} | stack], decoders)

      :object_start ->
        build(events, start(:object_start, acc, decoders), [{:outer, acc} | stack], decoders)

      :array_finish ->
        [{:outer, outer} | stack] = stack
        {value, acc} = finish(:array_finish, acc, outer, decoders, &:lists.reverse/1)
        add(value, events, acc, stack, decoders)

      :object_finish ->
        [{:outer, outer} | stack] = stack
        {value, acc} = finish(:object_finish, acc, outer, decoders, &:maps.from_list/1)
        add(value, events, acc, stack, decoders)
    end
  end

  defp add(value, _events, acc, [], _decoders), do: {value, acc}

  defp add(value, events, acc, [{:key, key} | stack], decoders) do
    acc =
      case decoders do
        %{object_push: push} -> push.(key, value, acc)
        %{} -> [{key, value} | acc]
      end

    build(events, acc, stack, decoders)
  end

  defp add(value, events, acc, stack, decoders) do
    acc =
      case decoders do
        %{array_push: push} -> push.(value, acc)
        %{} -> [value | acc]
      end

    build(events, acc, stack, decoders)
  end

  defp convert(kind, token, decoders, default), do: Map.get(decoders, kind, default).(token)

  defp start(kind, acc, decoders) do
    case decoders do
      %{^kind => start} -> start.(acc)
      %{} -> []
    end
  end

  defp finish(kind, acc, outer, decoders, default) do
    case decoders do
      %{^kind => finish} -> finish.(acc, outer)
      %{} -> {default.(acc), outer}
    end
  end

  @doc "Decodes a text or raises a `JSON.DecodeError`."
  @spec decode!(binary()) :: term()
  def decode!(binary) when is_binary(binary) do
    case decode(binary) do
      {:ok, decoded} ->
        decoded

      {:error, reason} ->
        {problem, offset} =
          case reason do
            {:unexpected_end, offset} -> {"unexpected end of JSON binary", offset}
            {:invalid_byte, offset, byte} -> {"invalid byte #{byte}", offset}
            {:unexpected_sequence, offset, bytes} -> {"unexpected sequence #{inspect(bytes)}", offset}
          end

        raise JSON.DecodeError,
          message: "#{problem} at position (byte offset) #{offset}",
          data: binary,
          offset: offset
    end
  end

  ## Encoding

  @doc "Encodes a term as a binary; structs by `JSON.Encoder`, or everything by an encoder of one's own."
  @spec encode!(term(), encoder) :: binary()
  def encode!(term, encoder \\ &protocol_encode/2) do
    IO.iodata_to_binary(encoder.(term, encoder))
  end

  @doc "Encodes a term as iodata."
  @spec encode_to_iodata!(term(), encoder) :: iodata()
  def encode_to_iodata!(term, encoder \\ &protocol_encode/2), do: encoder.(term, encoder)

  @doc "The default encoder, for use in others."
  @spec protocol_encode(term(), encoder) :: iodata()
  def protocol_encode(nil, _encoder), do: "null"
  def protocol_encode(true, _encoder), do: "true"
  def protocol_encode(false, _encoder), do: "false"
  def protocol_encode(value, encoder) when is_atom(value), do: encoder.(Atom.to_string(value), encoder)
  def protocol_encode(value, _encoder) when is_binary(value), do: :beamlet_json.pieces(value)
  def protocol_encode(value, _encoder) when is_integer(value), do: Integer.to_string(value)
  def protocol_encode(value, _encoder) when is_float(value), do: Float.to_string(value)
  def protocol_encode([], _encoder), do: "[]"

  def protocol_encode([first | rest], encoder) do
    [?[, encoder.(first, encoder) | more_elements(rest, encoder)]
  end

  def protocol_encode(%{} = value, encoder) when not is_map_key(value, :__struct__) do
    JSON.Encoder.Map.encode(value, encoder)
  end

  def protocol_encode(value, encoder), do: JSON.Encoder.encode(value, encoder)

  defp more_elements([], _encoder), do: [?]]

  defp more_elements([value | rest], encoder) do
    [?,, encoder.(value, encoder) | more_elements(rest, encoder)]
  end

  @doc false
  def __encode_fields__(_struct, [], _encoder), do: "{}"

  def __encode_fields__(struct, keys, encoder) do
    Enum.flat_map(keys, fn {field, key} -> [key, encoder.(Map.fetch!(struct, field), encoder)] end) ++ [?}]
  end
end
