defmodule Base do
  @moduledoc """
  Binary data as text: base 16, 32 and 64 of RFC 4648.

  Decoding functions return `{:ok, data}` or `:error`; those with `!` raise an `ArgumentError`. Options:

    * `:case` (base 16 and 32) - `:upper` (default), `:lower` or, for decoding, `:mixed`
    * `:padding` (base 32 and 64) - whether to write, or to require, `=` at the end; `true` by default
    * `:ignore` (base 64, decoding) - `:whitespace` skips blanks, tabs and line breaks
  """

  @type encode_case :: :upper | :lower
  @type decode_case :: :upper | :lower | :mixed

  @doc "Encodes in base 16."
  @spec encode16(binary(), case: encode_case) :: binary()
  def encode16(data, opts \\ []) when is_binary(data) do
    case Keyword.get(opts, :case, :upper) do
      :upper -> :beamlet_base.encode(data, :"16_upper", false)
      :lower -> :beamlet_base.encode(data, :"16_lower", false)
    end
  end

  @doc "Decodes base 16."
  @spec decode16(binary(), case: decode_case) :: {:ok, binary()} | :error
  def decode16(string, opts \\ []), do: result(fn -> decode16!(string, opts) end)

  @doc "Decodes base 16 or raises."
  @spec decode16!(binary(), case: decode_case) :: binary()
  def decode16!(string, opts \\ [])

  def decode16!(string, opts) when is_binary(string) and rem(byte_size(string), 2) == 0 do
    decode!(string, for_case(opts, :"16_upper", :"16_lower", :"16_mixed"), false)
  end

  def decode16!(string, _opts) when is_binary(string) do
    raise ArgumentError,
          "string given to decode has wrong length. An even number of bytes was expected, got: #{byte_size(string)}. " <>
            "Double check your string for unwanted characters or pad it accordingly"
  end

  @doc "Encodes in base 64."
  @spec encode64(binary(), padding: boolean()) :: binary()
  def encode64(data, opts \\ []) when is_binary(data) do
    :beamlet_base.encode(data, :"64", Keyword.get(opts, :padding, true))
  end

  @doc "Decodes base 64."
  @spec decode64(binary(), ignore: :whitespace, padding: boolean()) :: {:ok, binary()} | :error
  def decode64(string, opts \\ []) when is_binary(string) do
    result(fn -> decode64!(string, opts) end)
  end

  @doc "Decodes base 64 or raises."
  @spec decode64!(binary(), ignore: :whitespace, padding: boolean()) :: binary()
  def decode64!(string, opts \\ []) when is_binary(string) do
    string |> remove_ignored(Keyword.get(opts, :ignore)) |> decode!(:"64", Keyword.get(opts, :padding, true))
  end

  @doc "Encodes in base 64 with the alphabet for URLs and file names."
  @spec url_encode64(binary(), padding: boolean()) :: binary()
  def url_encode64(data, opts \\ []) when is_binary(data) do
    :beamlet_base.encode(data, :url64, Keyword.get(opts, :padding, true))
  end

  @doc "Decodes base 64 with the alphabet for URLs and file names."
  @spec url_decode64(binary(), ignore: :whitespace, padding: boolean()) ::
          {:ok, binary()} | :error
  def url_decode64(string, opts \\ []) when is_binary(string) do
    result(fn -> url_decode64!(string, opts) end)
  end

  @doc "Decodes base 64 with the alphabet for URLs and file names or raises."
  @spec url_decode64!(binary(), ignore: :whitespace, padding: boolean()) :: binary()
  def url_decode64!(string, opts \\ []) when is_binary(string) do
    string |> remove_ignored(Keyword.get(opts, :ignore)) |> decode!(:url64, Keyword.get(opts, :padding, true))
  end

  @doc "Encodes in base 32."
  @spec encode32(binary(), case: encode_case, padding: boolean()) :: binary()
  def encode32(data, opts \\ []) when is_binary(data) do
    pad = Keyword.get(opts, :padding, true)

    case Keyword.get(opts, :case, :upper) do
      :upper -> :beamlet_base.encode(data, :"32_upper", pad)
      :lower -> :beamlet_base.encode(data, :"32_lower", pad)
    end
  end

  @doc "Decodes base 32."
  @spec decode32(binary(), case: decode_case, padding: boolean()) :: {:ok, binary()} | :error
  def decode32(string, opts \\ []), do: result(fn -> decode32!(string, opts) end)

  @doc "Decodes base 32 or raises."
  @spec decode32!(binary(), case: decode_case, padding: boolean()) :: binary()
  def decode32!(string, opts \\ []) when is_binary(string) do
    alphabet = for_case(opts, :"32_upper", :"32_lower", :"32_mixed")
    decode!(string, alphabet, Keyword.get(opts, :padding, true))
  end

  @doc "Encodes in base 32 with the extended hexadecimal alphabet."
  @spec hex_encode32(binary(), case: encode_case, padding: boolean()) :: binary()
  def hex_encode32(data, opts \\ []) when is_binary(data) do
    pad = Keyword.get(opts, :padding, true)

    case Keyword.get(opts, :case, :upper) do
      :upper -> :beamlet_base.encode(data, :hex32_upper, pad)
      :lower -> :beamlet_base.encode(data, :hex32_lower, pad)
    end
  end

  @doc "Decodes base 32 with the extended hexadecimal alphabet."
  @spec hex_decode32(binary(), case: decode_case, padding: boolean()) :: {:ok, binary()} | :error
  def hex_decode32(string, opts \\ []), do: result(fn -> hex_decode32!(string, opts) end)

  @doc "Decodes base 32 with the extended hexadecimal alphabet or raises."
  @spec hex_decode32!(binary(), case: decode_case, padding: boolean()) :: binary()
  def hex_decode32!(string, opts \\ []) when is_binary(string) do
    alphabet = for_case(opts, :hex32_upper, :hex32_lower, :hex32_mixed)
    decode!(string, alphabet, Keyword.get(opts, :padding, true))
  end

  defp for_case(opts, upper, lower, mixed) do
    case Keyword.get(opts, :case, :upper) do
      :upper -> upper
      :lower -> lower
      :mixed -> mixed
    end
  end

  defp decode!(string, alphabet, pad) do
    case :beamlet_base.decode(string, alphabet, pad) do
      {:ok, data} ->
        data

      {:bad, byte} ->
        raise ArgumentError,
              "non-alphabet character found: #{inspect(<<byte>>, binaries: :as_strings)} (byte #{byte})"

      :padding ->
        raise ArgumentError, "incorrect padding"
    end
  end

  defp result(decode) do
    {:ok, decode.()}
  rescue
    ArgumentError -> :error
  end

  defp remove_ignored(string, nil), do: string

  defp remove_ignored(string, :whitespace) do
    for <<char <- string>>, char not in [?\s, ?\t, ?\r, ?\n], into: <<>>, do: <<char>>
  end
end
