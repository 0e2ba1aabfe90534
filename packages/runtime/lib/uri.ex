defmodule URI do
  @moduledoc """
  URIs (RFC 3986): taking them apart, putting them together, and percent encoding.

      iex> uri = URI.parse("https://elixir-lang.org/docs?q=1")
      iex> {uri.host, uri.port, uri.path}
      {"elixir-lang.org", 443, "/docs"}
  """

  @derive {Inspect, optional: [:authority]}
  defstruct [:scheme, :authority, :userinfo, :host, :port, :path, :query, :fragment]

  @typedoc deprecated: "The authority field is deprecated"
  @opaque authority :: nil | binary()

  @type t :: %__MODULE__{
          scheme: nil | binary(),
          authority: authority(),
          userinfo: nil | binary(),
          host: nil | binary(),
          port: nil | :inet.port_number(),
          path: nil | binary(),
          query: nil | binary(),
          fragment: nil | binary()
        }

  defmodule Error do
    @moduledoc "Raised when a URI cannot be parsed."

    defexception [:action, :reason, :part]

    @impl true
    def message(%Error{action: action, reason: reason, part: part}) do
      "cannot #{action} due to reason #{reason}: #{inspect(part)}"
    end
  end

  import Bitwise

  @default_ports %{
    "ftp" => 21,
    "http" => 80,
    "https" => 443,
    "ldap" => 389,
    "sftp" => 22,
    "tftp" => 69,
    "ws" => 80,
    "wss" => 443
  }

  @doc "The default port of a scheme, or `nil`."
  @spec default_port(binary()) :: nil | non_neg_integer()
  def default_port(scheme) when is_binary(scheme) do
    case @default_ports do
      %{^scheme => port} -> :persistent_term.get({URI, scheme}, port)
      %{} -> :persistent_term.get({URI, scheme}, nil)
    end
  end

  @doc "Registers the default port of a scheme."
  @spec default_port(binary(), non_neg_integer()) :: :ok
  def default_port(scheme, port) when is_binary(scheme) and is_integer(port) and port >= 0 do
    :persistent_term.put({URI, scheme}, port)
  end

  ## Queries

  @doc "Encodes pairs as a query, for forms (`:www_form`) or with `%20` for blanks (`:rfc3986`)."
  @spec encode_query(Enumerable.t(), :rfc3986 | :www_form) :: binary()
  def encode_query(enumerable, encoding \\ :www_form) do
    Enum.map_join(enumerable, "&", &encode_kv_pair(&1, encoding))
  end

  defp encode_kv_pair({key, _value}, _encoding) when is_list(key) do
    raise ArgumentError, "encode_query/2 keys cannot be lists, got: #{inspect(key)}"
  end

  defp encode_kv_pair({_key, value}, _encoding) when is_list(value) do
    raise ArgumentError, "encode_query/2 values cannot be lists, got: #{inspect(value)}"
  end

  defp encode_kv_pair({key, value}, encoding) do
    encode_kv_pair(Kernel.to_string(key), encoding) <>
      "=" <> encode_kv_pair(Kernel.to_string(value), encoding)
  end

  defp encode_kv_pair(string, :rfc3986) when is_binary(string), do: encode(string, &char_unreserved?/1)
  defp encode_kv_pair(string, :www_form) when is_binary(string), do: encode_www_form(string)

  @doc "Decodes a query into a map; of a key that is given twice the last value counts."
  @spec decode_query(binary(), %{optional(binary()) => binary()}, :rfc3986 | :www_form) :: map()
  def decode_query(query, map \\ %{}, encoding \\ :www_form)

  def decode_query(query, %{} = map, encoding)
      when is_binary(query) and not is_map_key(map, :__struct__) do
    collect_pairs(query, map, encoding, &Map.put/3)
  end

  def decode_query(query, dict, encoding) when is_binary(query) do
    IO.warn(
      "URI.decode_query/3 expects the second argument to be a map, other usage is deprecated"
    )

    collect_pairs(query, dict, encoding, &:Dict.put/3)
  end

  defp collect_pairs(query, acc, encoding, put) do
    case next_pair(query, encoding) do
      nil -> acc
      {{key, value}, rest} -> collect_pairs(rest, put.(acc, key, value), encoding, put)
    end
  end

  @doc "The pairs of a query as a stream."
  @spec query_decoder(binary(), :rfc3986 | :www_form) :: Enumerable.t()
  def query_decoder(query, encoding \\ :www_form) when is_binary(query) do
    Stream.unfold(query, &next_pair(&1, encoding))
  end

  defp next_pair("", _encoding), do: nil

  defp next_pair(query, encoding) do
    {pair, rest} = cut(query, "&")
    {key, value} = cut(pair, "=")
    {{decode_with_encoding(key, encoding), decode_with_encoding(value, encoding)}, rest}
  end

  defp cut(string, separator) do
    case :binary.split(string, separator) do
      [left, right] -> {left, right}
      [left] -> {left, ""}
    end
  end

  defp decode_with_encoding(string, :www_form), do: decode_www_form(string)
  defp decode_with_encoding(string, :rfc3986), do: decode(string)

  ## Percent encoding

  @doc "Whether a character has a meaning in URIs: one of `:/?#[]@!$&'()*+,;=`."
  @spec char_reserved?(byte()) :: boolean()
  def char_reserved?(character), do: character in ~c":/?#[]@!$&'()*+,;="

  @doc "Whether a character never needs encoding: a letter, digit or one of `~_-.`."
  @spec char_unreserved?(byte()) :: boolean()
  def char_unreserved?(character) do
    character in ?0..?9 or character in ?a..?z or character in ?A..?Z or character in ~c"~_-."
  end

  @doc "Whether a character may stand in a URI as it is."
  @spec char_unescaped?(byte()) :: boolean()
  def char_unescaped?(character), do: char_reserved?(character) or char_unreserved?(character)

  @doc "Percent-encodes the bytes for which the predicate does not hold."
  @spec encode(binary(), (byte() -> as_boolean(term()))) :: binary()
  def encode(string, predicate \\ &char_unescaped?/1)
      when is_binary(string) and is_function(predicate, 1) do
    for <<byte <- string>>, into: "" do
      if predicate.(byte), do: <<byte>>, else: percent(byte)
    end
  end

  @doc "Encodes for forms: blanks become `+`."
  @spec encode_www_form(binary()) :: binary()
  def encode_www_form(string) when is_binary(string) do
    for <<byte <- string>>, into: "" do
      cond do
        byte == ?\s -> "+"
        char_unreserved?(byte) -> <<byte>>
        true -> percent(byte)
      end
    end
  end

  defp percent(byte), do: <<?%, hex(bsr(byte, 4)), hex(band(byte, 15))>>

  defp hex(digit) when digit < 10, do: digit + ?0
  defp hex(digit), do: digit - 10 + ?A

  @doc "Decodes percent encoding; a `%` without two digits stays."
  @spec decode(binary()) :: binary()
  def decode(uri), do: unpercent(uri, "", false)

  @doc "Decodes what `encode_www_form/1` encodes."
  @spec decode_www_form(binary()) :: binary()
  def decode_www_form(string) when is_binary(string), do: unpercent(string, "", true)

  defp unpercent(<<?+, rest::binary>>, acc, true), do: unpercent(rest, <<acc::binary, ?\s>>, true)

  defp unpercent(<<?%, rest::binary>>, acc, plus?) do
    with <<high, low, after_digits::binary>> <- rest,
         high when is_integer(high) <- digit(high),
         low when is_integer(low) <- digit(low) do
      unpercent(after_digits, <<acc::binary, high * 16 + low>>, plus?)
    else
      _ -> unpercent(rest, <<acc::binary, ?%>>, plus?)
    end
  end

  defp unpercent(<<byte, rest::binary>>, acc, plus?) do
    unpercent(rest, <<acc::binary, byte>>, plus?)
  end

  defp unpercent(<<>>, acc, _plus?), do: acc

  defp digit(char) when char in ?0..?9, do: char - ?0
  defp digit(char) when char in ?A..?F, do: char - ?A + 10
  defp digit(char) when char in ?a..?f, do: char - ?a + 10
  defp digit(_char), do: nil

  ## Parsing

  @doc "Parses a URI strictly: `{:error, part}` names the text that is not allowed."
  @doc since: "1.13.0"
  @spec new(t | String.t()) :: {:ok, t} | {:error, String.t()}
  def new(%URI{} = uri), do: {:ok, uri}
  def new(binary) when is_binary(binary), do: checked(strict(binary))

  # Erlang has no clause for what is no text.
  defp checked({:error, part} = error) do
    if String.valid?(part), do: error, else: :erlang.error(:function_clause)
  end

  defp checked(ok), do: ok

  @doc "Parses a URI strictly or raises a `URI.Error`."
  @doc since: "1.13.0"
  @spec new!(t | String.t()) :: t
  def new!(%URI{} = uri), do: uri

  def new!(binary) when is_binary(binary) do
    case new(binary) do
      {:ok, uri} -> uri
      {:error, part} -> raise Error, action: :parse, reason: :invalid_uri, part: part
    end
  end

  # What starts like a scheme but is no URI is tried without, as a path, where the first colon is wrong.
  defp strict(string) do
    case scheme(string, "") do
      {scheme, rest} ->
        case strict_rest(rest, %URI{}) do
          {:ok, uri} ->
            scheme = String.downcase(scheme, :ascii)
            port = if is_integer(uri.port), do: uri.port, else: default_port(scheme)
            {:ok, %{uri | scheme: scheme, port: port}}

          {:error, _part} ->
            {:error, ":"}
        end

      nil ->
        with {:ok, uri} <- first_segment(string), do: strict_rest(string, uri)
    end
  end

  defp scheme(<<char, rest::binary>>, "") when char in ?a..?z or char in ?A..?Z do
    scheme(rest, <<char>>)
  end

  defp scheme(":" <> rest, acc) when acc != "", do: {acc, rest}

  defp scheme(<<char, rest::binary>>, acc)
       when acc != "" and
              (char in ?a..?z or char in ?A..?Z or char in ?0..?9 or char in [?+, ?-, ?.]) do
    scheme(rest, <<acc::binary, char>>)
  end

  defp scheme(_rest, _acc), do: nil

  defp first_segment(string) do
    {segment, _rest} = take_until(string, [?/, ??, ?#])

    case only(segment, &segment_char?(&1, ~c"@")) do
      :ok -> {:ok, %URI{}}
      error -> error
    end
  end

  defp strict_rest("//" <> rest, uri) do
    {authority, rest} = take_until(rest, [?/, ??, ?#])
    with {:ok, uri} <- strict_authority(authority, uri), do: strict_path(rest, uri)
  end

  defp strict_rest(rest, uri), do: strict_path(rest, uri)

  defp strict_path(rest, uri) do
    {path, rest} = take_until(rest, [??, ?#])
    {query, rest} = take_query(rest)

    fragment =
      case rest do
        "#" <> fragment -> fragment
        "" -> nil
      end

    with :ok <- only(path, &segment_char?(&1, ~c":@/")),
         :ok <- only(query || "", &segment_char?(&1, ~c":@/?")),
         :ok <- only(fragment || "", &segment_char?(&1, ~c":@/?")) do
      path = if path == "", do: nil, else: path
      {:ok, %{uri | path: path, query: query, fragment: fragment}}
    end
  end

  defp take_query("?" <> rest), do: take_until(rest, [?#])
  defp take_query(rest), do: {nil, rest}

  defp strict_authority("[" <> rest, uri) do
    case :binary.split(rest, "]") do
      [address, after_address] ->
        with :ok <- ipv6(address), do: strict_port(after_address, %{uri | host: address})

      [_unclosed] ->
        {:error, ""}
    end
  end

  defp strict_authority(authority, uri) do
    case :binary.split(authority, "@") do
      [userinfo, "[" <> _ = host] ->
        with :ok <- only(userinfo, &segment_char?(&1, ~c":")) do
          strict_authority(host, %{uri | userinfo: userinfo})
        end

      [userinfo, host] ->
        with :ok <- only(userinfo, &segment_char?(&1, ~c":")) do
          strict_host(host, %{uri | userinfo: userinfo})
        end

      [host] ->
        strict_host(host, uri)
    end
  end

  defp strict_host(authority, uri) do
    {host, port} = take_until(authority, [?:])

    with :ok <- only(host, &segment_char?(&1, ~c"")) do
      strict_port(port, %{uri | host: host})
    end
  end

  defp strict_port("", uri), do: {:ok, uri}
  defp strict_port(":", uri), do: {:ok, uri}

  defp strict_port(":" <> port, uri) do
    with :ok <- only(port, &(&1 in ?0..?9)) do
      {:ok, %{uri | port: String.to_integer(port)}}
    end
  end

  defp strict_port(<<char::utf8, _::binary>>, _uri), do: {:error, <<char::utf8>>}

  defp ipv6(address) do
    with :ok <- only(address, &(digit(&1) != nil or &1 in ~c":.")) do
      groups = String.split(address, ":")
      short? = String.contains?(address, "::")

      if (short? and length(groups) <= 9) or length(groups) == 8,
        do: :ok,
        else: {:error, address}
    end
  end

  defp segment_char?(char, more) do
    char_unreserved?(char) or char in ~c"!$&'()*+,;=%" or char in more
  end

  defp only(<<char::utf8, rest::binary>>, allowed?) do
    if allowed?.(char), do: only(rest, allowed?), else: {:error, <<char::utf8>>}
  end

  defp only(<<>>, _allowed?), do: :ok
  defp only(rest, _allowed?), do: {:error, rest}

  defp take_until(string, stops), do: take_until(string, stops, 0, string)

  defp take_until(<<char, rest::binary>>, stops, size, whole) do
    if char in stops,
      do: :erlang.split_binary(whole, size),
      else: take_until(rest, stops, size + 1, whole)
  end

  defp take_until(<<>>, _stops, _size, whole), do: {whole, ""}

  @doc "Takes a URI apart without checking it."
  @spec parse(t | binary()) :: t
  def parse(%URI{} = uri), do: uri

  def parse(string) when is_binary(string) do
    {scheme, rest} =
      case scheme(string, "") do
        {scheme, rest} -> {String.downcase(scheme), rest}
        nil -> {nil, string}
      end

    {rest, fragment} = optional_cut(rest, "#")
    {rest, query} = optional_cut(rest, "?")

    {authority, path} =
      case rest do
        "//" <> rest -> take_until(rest, [?/])
        path -> {nil, path}
      end

    {userinfo, host, port} = authority_parts(authority)

    %URI{
      scheme: scheme,
      path: if(path == "", do: nil, else: path),
      query: query,
      fragment: fragment,
      authority: authority,
      userinfo: userinfo,
      host: host,
      port: port || (scheme && default_port(scheme))
    }
  end

  defp optional_cut(string, separator) do
    case :binary.split(string, separator) do
      [left, right] -> {left, right}
      [left] -> {left, nil}
    end
  end

  defp authority_parts(nil), do: {nil, nil, nil}
  defp authority_parts(""), do: {nil, "", nil}

  defp authority_parts(authority) do
    [_match | groups] = Regex.run(~r/(^(.*)@)?(\[[a-zA-Z0-9:.]*\]|[^:]*)(:(\d*))?/, authority)

    part = fn index ->
      case Enum.at(groups, index) do
        empty when empty in [nil, ""] -> nil
        part -> part
      end
    end

    host = part.(2)
    port = part.(4)

    {part.(1), host && host |> String.trim_leading("[") |> String.trim_trailing("]"),
     port && String.to_integer(port)}
  end

  @doc "The URI as a string."
  @spec to_string(t) :: binary()
  defdelegate to_string(uri), to: String.Chars.URI

  ## Putting together

  @doc "Resolves a reference against an absolute URI."
  @spec merge(t | binary(), t | binary()) :: t
  def merge(uri, rel)

  def merge(%URI{host: nil}, _rel) do
    raise ArgumentError, "you must merge onto an absolute URI"
  end

  def merge(_uri, %URI{scheme: scheme} = rel) when scheme != nil do
    %{rel | path: without_dots(rel.path)}
  end

  def merge(%URI{} = base, %URI{} = rel) do
    cond do
      rel.host != nil ->
        %{rel | scheme: base.scheme, path: without_dots(rel.path)}

      rel.path == nil ->
        %{base | query: rel.query || base.query, fragment: rel.fragment}

      true ->
        path = merge_paths(base.path || "/", rel.path)
        %{base | path: path, query: rel.query, fragment: rel.fragment}
    end
  end

  def merge(base, rel), do: merge(parse(base), parse(rel))

  defp merge_paths(_base, "/" <> _ = path), do: without_dots(path)

  # The reference takes the place of the last segment of the base.
  defp merge_paths(base, path) do
    (segments(base) ++ [:replace | segments(path)]) |> drop_dots([]) |> join_segments()
  end

  defp without_dots(nil), do: nil
  defp without_dots(path), do: path |> segments() |> drop_dots([]) |> join_segments()

  # A leading slash is the segment `:root`.
  defp segments(path) do
    case String.split(path, "/") do
      ["" | rest] -> [:root | rest]
      segments -> segments
    end
  end

  defp drop_dots([], acc), do: Enum.reverse(acc)
  defp drop_dots([:root | rest], acc), do: drop_dots(rest, [:root | acc])
  defp drop_dots(["."], acc), do: drop_dots([], ["" | acc])
  defp drop_dots(["." | rest], acc), do: drop_dots(rest, acc)
  defp drop_dots([".." | rest], [:root]), do: drop_dots(rest, [:root])
  defp drop_dots([".."], [_ | acc]), do: drop_dots([], ["" | acc])
  defp drop_dots([".." | rest], [_ | acc]), do: drop_dots(rest, acc)
  defp drop_dots([_, :replace | rest], acc), do: drop_dots(rest, acc)
  defp drop_dots([segment | rest], acc), do: drop_dots(rest, [segment | acc])

  defp join_segments([:root | rest]), do: Enum.join(["" | rest], "/")
  defp join_segments(segments), do: Enum.join(segments, "/")

  @doc "Appends to the query."
  @doc since: "1.14.0"
  @spec append_query(t, binary()) :: t
  def append_query(%URI{query: empty} = uri, query) when is_binary(query) and empty in [nil, ""] do
    %{uri | query: query}
  end

  def append_query(%URI{} = uri, query) when is_binary(query) do
    separator = if String.ends_with?(uri.query, "&"), do: "", else: "&"
    %{uri | query: uri.query <> separator <> query}
  end

  @doc "Appends to the path; what is appended starts with one slash."
  @doc since: "1.15.0"
  @spec append_path(t, String.t()) :: t
  def append_path(%URI{}, "//" <> _ = path) do
    raise ArgumentError, ~s|path cannot start with "//", got: #{inspect(path)}|
  end

  def append_path(%URI{path: path} = uri, "/" <> rest = all) do
    cond do
      path == nil -> %{uri | path: all}
      path != "" and String.ends_with?(path, "/") -> %{uri | path: path <> rest}
      true -> %{uri | path: path <> all}
    end
  end

  def append_path(%URI{}, path) when is_binary(path) do
    raise ArgumentError, ~s|path must start with "/", got: #{inspect(path)}|
  end
end

defimpl String.Chars, for: URI do
  def to_string(%{host: host, path: <<first, _::binary>>} = uri) when host != nil and first != ?/ do
    raise ArgumentError,
          ":path in URI must be empty or an absolute path if URL has a :host, got: #{inspect(uri)}"
  end

  def to_string(%{scheme: scheme, port: port, path: path, query: query, fragment: fragment} = uri) do
    port = if scheme && URI.default_port(scheme) == port, do: nil, else: port

    IO.iodata_to_binary([
      if(scheme, do: [scheme, ?:], else: []),
      case authority(uri, port) do
        nil -> []
        authority -> ["//" | authority]
      end,
      path || [],
      if(query, do: ["?" | query], else: []),
      if(fragment, do: ["#" | fragment], else: [])
    ])
  end

  defp authority(%{host: nil, authority: authority}, _port), do: authority

  defp authority(%{host: host, userinfo: userinfo}, port) do
    [
      if(userinfo, do: [userinfo | "@"], else: []),
      # Only an IPv6 address has colons.
      if(String.contains?(host, ":"), do: ["[", host | "]"], else: host),
      if(port, do: [":" | Integer.to_string(port)], else: [])
    ]
  end
end
