defmodule :base64 do
  @moduledoc """
  Erlang's `:base64` with options, of OTP 26: `padding` says whether `=` stands at the end, `mode: :urlsafe` takes `-` and `_` for `+` and
  `/`. Without options the functions are native.
  """

  def encode(data, options), do: :base64.encode(data) |> shown(options)
  def encode_to_string(data, options), do: data |> encode(options) |> :erlang.binary_to_list()

  def decode(text, options), do: text |> read(options) |> :base64.decode()
  def decode_to_string(text, options), do: text |> decode(options) |> :erlang.binary_to_list()

  def mime_decode(text, options), do: text |> read(options) |> :base64.mime_decode()
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
