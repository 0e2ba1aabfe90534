defmodule :base64 do
  @moduledoc """
  Erlang's `:base64`, with the options of OTP 26: `padding` says whether `=` stands at the end, `mode: :urlsafe` takes `-` and `_` for `+`
  and `/`.

  What is well formed is read by natives. What is not is read digit by digit as Erlang does, so that it fails where Erlang's fails.
  """

  import Bitwise

  @alphabet ~c"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  @digits List.to_tuple(@alphabet)
  # By byte, from 1: the value of a digit, or what else it is.
  @values 1..255
          |> Enum.map(fn
            byte when byte in ~c"\t\n\r " -> :ws
            ?= -> :eq
            byte -> Enum.find_index(@alphabet, &(&1 == byte)) || :bad
          end)
          |> List.to_tuple()

  defp value(byte), do: :erlang.element(byte, @values)
  defp digit(value), do: elem(@digits, value)

  ## Encoding

  def encode(data) when is_binary(data), do: :beamlet_base.encode(data, :"64", true)
  def encode(data) when is_list(data), do: encode_list(data, <<>>)

  def encode_to_string(data) when is_binary(data) or is_list(data), do: data |> encode() |> :erlang.binary_to_list()

  defp encode_list([], done), do: done
  defp encode_list([a], done), do: <<done::binary, digit(a >>> 2), digit((a &&& 3) <<< 4), ?=, ?=>>

  defp encode_list([a, b], done),
    do: <<done::binary, digit(a >>> 2), digit((a &&& 3) <<< 4 ||| b >>> 4), digit((b &&& 15) <<< 2), ?=>>

  defp encode_list([a, b, c | rest], done) do
    group = a <<< 16 ||| b <<< 8 ||| c

    encode_list(
      rest,
      <<done::binary, digit(group >>> 18), digit(group >>> 12 &&& 63), digit(group >>> 6 &&& 63), digit(group &&& 63)>>
    )
  end

  ## Decoding: `a` to `d` are the values of the digits of a group.

  def decode(text) when is_binary(text) do
    case :beamlet_base.decode(text, :"64", true) do
      {:ok, data} -> data
      _ -> decode_binary(text, <<>>)
    end
  end

  def decode(text) when is_list(text), do: decode_list(text, <<>>)

  def decode_to_string(text) when is_binary(text), do: text |> :erlang.binary_to_list() |> decode_to_string()
  def decode_to_string(text) when is_list(text), do: text |> decode_list(<<>>) |> :erlang.binary_to_list()

  def mime_decode(text) when is_binary(text), do: mime_decode_binary(text, <<>>)
  def mime_decode(text) when is_list(text), do: mime_decode_list(text, <<>>)

  def mime_decode_to_string(text) when is_binary(text) or is_list(text), do: text |> mime_decode() |> :erlang.binary_to_list()

  byte = Macro.var(:byte, nil)
  rest = Macro.var(:rest, nil)

  for {kind, some, none} <- [
        {"binary", quote(do: <<unquote(byte), unquote(rest)::binary>>), <<>>},
        {"list", quote(do: [unquote(byte) | unquote(rest)]), []}
      ] do
    decode = :"decode_#{kind}"
    only_blanks = :"only_ws_#{kind}"
    mime_decode = :"mime_decode_#{kind}"
    mime_end = :"mime_decode_#{kind}_after_eq"

    defp unquote(decode)(unquote(some), done) do
      case value(byte) do
        :ws -> unquote(decode)(rest, done)
        a -> unquote(decode)(rest, done, a)
      end
    end

    defp unquote(decode)(unquote(none), done), do: done

    defp unquote(decode)(unquote(some), done, a) do
      case value(byte) do
        :ws -> unquote(decode)(rest, done, a)
        b -> unquote(decode)(rest, done, a, b)
      end
    end

    defp unquote(decode)(unquote(some), done, a, b) do
      case value(byte) do
        :ws -> unquote(decode)(rest, done, a, b)
        c -> unquote(decode)(rest, done, a, b, c)
      end
    end

    defp unquote(decode)(unquote(some), done, a, b, c) do
      case value(byte) do
        :ws -> unquote(decode)(rest, done, a, b, c)
        :eq when c == :eq -> unquote(only_blanks)(rest, <<done::binary, a::6, b >>> 4::2>>)
        :eq -> unquote(only_blanks)(rest, <<done::binary, a::6, b::6, c >>> 2::4>>)
        d -> unquote(decode)(rest, <<done::binary, a::6, b::6, c::6, d::6>>)
      end
    end

    defp unquote(only_blanks)(unquote(none), done), do: done

    defp unquote(only_blanks)(unquote(some), done) do
      case value(byte) do
        :ws -> unquote(only_blanks)(rest, done)
      end
    end

    # What is no digit is passed over, an `=` where no group can end too.
    defp unquote(mime_decode)(unquote(some), done) do
      case value(byte) do
        a when is_integer(a) -> unquote(mime_decode)(rest, done, a)
        _ -> unquote(mime_decode)(rest, done)
      end
    end

    defp unquote(mime_decode)(unquote(none), done), do: done

    defp unquote(mime_decode)(unquote(some), done, a) do
      case value(byte) do
        b when is_integer(b) -> unquote(mime_decode)(rest, done, a, b)
        _ -> unquote(mime_decode)(rest, done, a)
      end
    end

    defp unquote(mime_decode)(unquote(some), done, a, b) do
      case value(byte) do
        c when is_integer(c) -> unquote(mime_decode)(rest, done, a, b, c)
        :eq -> unquote(mime_end)(rest, done, a, b, :eq)
        _ -> unquote(mime_decode)(rest, done, a, b)
      end
    end

    defp unquote(mime_decode)(unquote(some), done, a, b, c) do
      case value(byte) do
        d when is_integer(d) -> unquote(mime_decode)(rest, <<done::binary, a::6, b::6, c::6, d::6>>)
        :eq -> unquote(mime_end)(rest, done, a, b, c)
        _ -> unquote(mime_decode)(rest, done, a, b, c)
      end
    end

    # An `=` before another digit is none.
    defp unquote(mime_end)(unquote(some), done, a, b, c) do
      case value(byte) do
        d when is_integer(d) and c == :eq -> unquote(mime_decode)(rest, done, a, b, d)
        d when is_integer(d) -> unquote(mime_decode)(rest, <<done::binary, a::6, b::6, c::6, d::6>>)
        _ -> unquote(mime_end)(rest, done, a, b, c)
      end
    end

    defp unquote(mime_end)(unquote(none), done, a, b, :eq), do: <<done::binary, a::6, b >>> 4::2>>
    defp unquote(mime_end)(unquote(none), done, a, b, c), do: <<done::binary, a::6, b::6, c >>> 2::4>>
  end

  ## Options

  def encode(data, options), do: data |> encode() |> shown(options)
  def encode_to_string(data, options), do: data |> encode(options) |> :erlang.binary_to_list()

  def decode(text, options), do: text |> read(options) |> decode()
  def decode_to_string(text, options), do: text |> decode(options) |> :erlang.binary_to_list()

  def mime_decode(text, options), do: text |> read(options) |> mime_decode()
  def mime_decode_to_string(text, options), do: text |> mime_decode(options) |> :erlang.binary_to_list()

  defp shown(text, options) do
    text = if :maps.get(:mode, options, :standard) == :urlsafe, do: for(<<digit <- text>>, into: "", do: <<safe(digit)>>), else: text
    if :maps.get(:padding, options, true), do: text, else: :string.trim(text, :trailing, ~c"=")
  end

  defp safe(?+), do: ?-
  defp safe(?/), do: ?_
  defp safe(digit), do: digit

  defp read(text, options) do
    text = :erlang.iolist_to_binary(text)

    text =
      if :maps.get(:mode, options, :standard) == :urlsafe,
        do: for(<<digit <- text>>, into: "", do: <<standard(digit)>>),
        else: text

    if :maps.get(:padding, options, true), do: text, else: padded(text)
  end

  # A digit of the other alphabet is none in this one.
  defp standard(?-), do: ?+
  defp standard(?_), do: ?/
  defp standard(digit) when digit in [?+, ?/], do: ?!
  defp standard(digit), do: digit

  defp padded(text) do
    digits = for <<digit <- text>>, digit not in ~c"= \t\r\n", into: "", do: <<digit>>
    :erlang.iolist_to_binary([digits, :lists.duplicate(rem(4 - rem(byte_size(digits), 4), 4), ?=)])
  end
end
