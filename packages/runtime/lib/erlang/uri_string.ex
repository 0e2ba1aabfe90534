defmodule :uri_string do
  @moduledoc "Erlang's `:uri_string`: identifiers of resources by RFC 3986, and form data."

  @unreserved ~c"-._~"
  @reserved ~c":/?#[]@!$&'()*+,;="
  @default_ports %{"http" => 80, "https" => 443, "ftp" => 21, "ssh" => 22, "sftp" => 22, "tftp" => 69}

  defguardp is_alphanumeric(char) when char in ?a..?z or char in ?A..?Z or char in ?0..?9

  @doc "The parts as a map, or `{:error, :invalid_uri, characters}`."
  def parse(uri) when is_binary(uri) or is_list(uri) do
    text = if is_list(uri), do: :unicode.characters_to_binary(uri), else: uri

    [_, scheme, authority, path, query, fragment] =
      Regex.run(~r{^([A-Za-z][A-Za-z0-9+.\-]*:)?(//[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$}s, text)
      |> then(&(&1 ++ List.duplicate("", 6 - length(&1))))

    relative? = scheme == "" and authority == ""

    with {:ok, parts} <- authority(authority),
         :ok <- check_path(path, relative?),
         :ok <- check(query, &query?/1),
         :ok <- check(String.slice(fragment, 1..-1//1), &query?/1) do
      [path: path]
      |> put(:scheme, String.trim_trailing(scheme, ":"), scheme)
      |> put(:query, String.slice(query, 1..-1//1), query)
      |> put(:fragment, String.slice(fragment, 1..-1//1), fragment)
      |> Enum.concat(parts)
      |> Map.new(fn {key, value} -> {key, if(is_binary(value), do: like(value, uri), else: value)} end)
    else
      # What is wrong behind a scheme is read again as a path, which has no colon before its first slash.
      {:error, character} -> {:error, :invalid_uri, if(scheme == "", do: [character], else: ~c":")}
    end
  end

  defp like(text, uri) when is_binary(uri), do: text
  defp like(text, _uri), do: String.to_charlist(text)

  # The first character that may not be there.
  defp check(<<char::utf8, rest::binary>>, allowed?), do: if(allowed?.(char), do: check(rest, allowed?), else: {:error, char})
  defp check("", _allowed?), do: :ok

  defp check_path(path, true) do
    with [first | _] <- String.split(path, "/"), :ok <- check(first, &(&1 != ?: and path?(&1))), do: check_path(path, false)
  end

  defp check_path(path, false), do: check(path, &(&1 == ?/ or path?(&1)))

  defp host?(char), do: is_alphanumeric(char) or char in @unreserved or char in ~c"!$&'()*+,;=%"
  defp path?(char), do: host?(char) or char in ~c":@"
  defp query?(char), do: path?(char) or char in ~c"/?"

  defp put(parts, _key, _value, ""), do: parts
  defp put(parts, key, value, _given), do: [{key, value} | parts]

  defp authority(""), do: {:ok, []}

  defp authority("//" <> authority) do
    with [userinfo, rest] <- String.split(authority, "@", parts: 2), :ok <- check(userinfo, &(&1 == ?: or host?(&1))) do
      with {:ok, parts} <- host(rest), do: {:ok, [{:userinfo, userinfo} | parts]}
    else
      _ -> host(authority)
    end
  end

  defp host("[" <> rest) do
    with [address, rest] <- String.split(rest, "]", parts: 2),
         :ok <- check(address, &(&1 in ~c":." or is_alphanumeric(&1))),
         {:ok, parts} <- port(rest) do
      {:ok, [{:host, address} | parts]}
    else
      [_unclosed] -> {:error, ?[}
      error -> error
    end
  end

  defp host(text) do
    host = hd(String.split(text, ":", parts: 2))

    with :ok <- check(host, &host?/1), {:ok, parts} <- port(binary_part(text, byte_size(host), byte_size(text) - byte_size(host))) do
      {:ok, [{:host, host} | parts]}
    end
  end

  defp port(""), do: {:ok, []}
  defp port(":"), do: {:ok, [port: :undefined]}

  defp port(":" <> digits) do
    with :ok <- check(digits, &(&1 in ?0..?9)), do: {:ok, [port: String.to_integer(digits)]}
  end

  defp port(<<char::utf8, _::binary>>), do: {:error, char}

  @parts [:scheme, :userinfo, :host, :port, :path, :query, :fragment]

  @doc "The text of a map of parts; characters that may not be there are escaped."
  def recompose(%{} = parts) do
    if not is_map_key(parts, :path) or Map.keys(parts) -- @parts != [],
      do: {:error, :invalid_map, parts},
      else: recomposed(parts)
  end

  defp recomposed(parts) do
    scheme = to_string(parts[:scheme] || "")
    part = fn key, allowed?, before, behind -> if value = parts[key], do: before <> allowed(value, allowed?) <> behind, else: "" end

    authority =
      if parts[:host] != nil do
        host = to_string(parts.host)
        host = if String.contains?(host, ":"), do: "[#{host}]", else: allowed(host, &host?/1)
        port = if parts[:port] in [nil, :undefined], do: if(parts[:port], do: ":", else: ""), else: ":" <> Integer.to_string(parts.port)
        "//" <> part.(:userinfo, &(&1 == ?: or host?(&1)), "", "@") <> host <> port
      else
        ""
      end

    path = allowed(parts.path, &(&1 == ?/ or path?(&1)))
    path = if authority != "" and path != "" and not String.starts_with?(path, "/"), do: "/" <> path, else: path
    text = part.(:scheme, &path?/1, "", ":") <> authority <> path <> part.(:query, &query?/1, "?", "") <> part.(:fragment, &query?/1, "#", "")

    cond do
      scheme != "" and check(scheme, &(is_alphanumeric(&1) or &1 in ~c"+-.")) != :ok -> {:error, :invalid_scheme, parts.scheme}
      Enum.any?(Map.values(parts), &is_list/1) -> String.to_charlist(text)
      true -> text
    end
  end

  defp allowed(text, allowed?) when is_binary(text) or is_list(text) do
    for <<char::utf8 <- to_string(text)>>, into: "", do: if(allowed?.(char), do: <<char>>, else: escape_all(<<char::utf8>>))
  end

  defp escape_all(bytes), do: for(<<byte <- bytes>>, into: "", do: escape(byte, []))

  @doc "The normal form: small letters in scheme and host, no dots in the path, no usual port."
  def normalize(uri), do: normalize(uri, [])

  def normalize(uri, options) do
    with %{} = parts <- if(is_map(uri), do: uri, else: parse(uri)) do
      texts = for {key, value} when is_binary(value) or is_list(value) <- parts, into: %{}, do: {key, normal_escapes(to_string(value))}

      scheme = String.downcase(texts[:scheme] || "")

      normal =
        texts
        |> update(:scheme, &String.downcase/1)
        |> update(:host, &String.downcase/1)
        |> update(:path, &normal_path(&1, scheme))
        |> Map.new(fn {key, value} -> {key, like(value, parts[key])} end)

      normal = drop_port(Map.merge(parts, normal), scheme)
      if :return_map in options, do: normal, else: recompose(normal)
    end
  catch
    {:error, _, _} = error -> error
  end

  defp update(map, key, fun) when is_map_key(map, key), do: Map.update!(map, key, fun)
  defp update(map, _key, _fun), do: map

  defp drop_port(%{port: port} = parts, scheme) do
    if port == :undefined or @default_ports[scheme] == port, do: Map.delete(parts, :port), else: parts
  end

  defp drop_port(parts, _scheme), do: parts

  # Escapes of characters that need none are undone; the others have capital digits.
  defp normal_escapes(text) do
    escapes(text, fn char ->
      if is_alphanumeric(char) or char in @unreserved, do: <<char>>, else: escape(char, [])
    end)
  end

  # Each escape as `fun` gives it; a percent sign near the end, which cannot begin one, is a character.
  defp escapes(<<?%, first, second, rest::binary>>, fun) do
    case Base.decode16(<<first, second>>, case: :mixed) do
      {:ok, <<char>>} -> fun.(char) <> escapes(rest, fun)
      :error -> throw({:error, :invalid_percent_encoding, <<?%, first, second>>})
    end
  end

  defp escapes(<<byte, rest::binary>>, fun), do: <<byte, escapes(rest, fun)::binary>>
  defp escapes("", _fun), do: ""

  defp normal_path("", scheme) when scheme in ["http", "https"], do: "/"
  defp normal_path(path, _scheme), do: remove_dots(path)

  # As in RFC 3986, 5.2.4; `kept` is in reverse.
  defp remove_dots(path), do: path |> String.split(~r{(?=/)}) |> remove_dots([])

  defp remove_dots([dots, "/" <> rest | more], []) when dots in [".", ".."], do: remove_dots([rest | more], [])
  defp remove_dots([dots], []) when dots in [".", ".."], do: ""
  defp remove_dots(["/."], kept), do: remove_dots(["/"], kept)
  defp remove_dots(["/." | more], kept), do: remove_dots(more, kept)
  defp remove_dots(["/.."], kept), do: remove_dots(["/"], Enum.drop(kept, 1))
  defp remove_dots(["/.." | more], kept), do: remove_dots(more, Enum.drop(kept, 1))
  defp remove_dots([segment | more], kept), do: remove_dots(more, [segment | kept])
  defp remove_dots([], kept), do: kept |> Enum.reverse() |> Enum.join()

  @doc "A reference as seen from a base."
  def resolve(reference, base), do: resolve(reference, base, [])

  def resolve(reference, base, options) do
    with %{} = parts <- if(is_map(reference), do: reference, else: parse(reference)),
         %{} = base <- base_parts(base, parts) do
      with %{} = resolved <- resolved(parts, base) do
        resolved = Map.update!(resolved, :path, &like(remove_dots(to_string(&1)), &1))
        if :return_map in options, do: resolved, else: recompose(resolved)
      end
    end
  end

  # What has a scheme needs no base.
  defp base_parts(_base, %{scheme: _} = parts), do: parts
  defp base_parts(%{} = base, _parts), do: base
  defp base_parts(base, _parts), do: parse(base)

  defp resolved(%{scheme: _} = parts, _base), do: parts
  defp resolved(_parts, base) when not is_map_key(base, :scheme), do: {:error, :invalid_scheme, ~c""}
  defp resolved(%{host: _} = parts, base), do: Map.put(parts, :scheme, base.scheme)

  defp resolved(parts, base) do
    from_base = Map.take(base, [:scheme, :host, :port, :userinfo])
    path = to_string(parts.path)

    {new_path, query} =
      cond do
        path == "" -> {base.path, if(parts[:query], do: Map.take(parts, [:query]), else: Map.take(base, [:query]))}
        String.starts_with?(path, "/") -> {parts.path, Map.take(parts, [:query])}
        true -> {merged(base, path, parts.path), Map.take(parts, [:query])}
      end

    from_base |> Map.merge(query) |> Map.merge(Map.take(parts, [:fragment])) |> Map.put(:path, new_path)
  end

  defp merged(base, path, like) do
    base_path = to_string(base.path)
    folder = if base_path == "" and base[:host], do: "/", else: String.replace(base_path, ~r{[^/]*$}, "")
    like(folder <> path, like)
  end

  @doc "Undoes escapes, in text or in the parts of a map."
  def percent_decode(%{} = parts) do
    :maps.map(fn part, value -> if part in [:userinfo, :host, :path, :query, :fragment], do: decoded(part, value), else: value end, parts)
  catch
    error -> error
  end

  def percent_decode(text) when is_binary(text) do
    decoded = unescape(text)
    if String.valid?(decoded), do: decoded, else: throw({:error, :invalid_utf8, decoded})
  end

  def percent_decode(text) when is_list(text) do
    text |> :unicode.characters_to_binary() |> percent_decode() |> String.to_charlist()
  catch
    {:error, _, _} = error -> error
  end

  defp decoded(part, value) do
    case percent_decode(value) do
      {:error, kind, text} -> throw({:error, {:invalid, {part, {kind, text}}}})
      decoded -> decoded
    end
  end

  defp unescape(text), do: escapes(text, &<<&1>>)

  @doc "Escapes all but letters, digits and `-._~`."
  def unquote(:quote)(text), do: :uri_string.quote(text, [])

  @doc "Escapes all but letters, digits, `-._~` and the characters `safe`."
  def unquote(:quote)(text, safe) do
    escaped = for <<byte <- IO.chardata_to_string(text)>>, into: "", do: escape(byte, @unreserved ++ to_charlist(safe))
    like(escaped, text)
  end

  @doc "Undoes `quote/1`."
  def unquote(:unquote)(text), do: percent_decode(text)

  @doc "The characters that have a meaning, and those that need no escape."
  def allowed_characters do
    letters = Enum.concat([?A..?Z, ?a..?z, ?0..?9])

    [
      scheme: ~c"+-." ++ letters,
      userinfo: ~c"!$%&'()*+,-.:;=_~" ++ letters,
      host: ~c"!$&'()*+,-.:;=[]_~" ++ letters,
      ipv4: ~c"." ++ Enum.to_list(?0..?9),
      ipv6: ~c".:" ++ Enum.concat([?A..?F, ?a..?f, ?0..?9]),
      regname: ~c"!$%&'()*+,-.;=_~" ++ letters,
      path: ~c"!$%&'()*+,-./:;=@_~" ++ letters,
      query: ~c"!$%&'()*+,-./:;=?@_~" ++ letters,
      fragment: ~c"!$%&'()*+,-./:;=?@_~" ++ letters,
      reserved: @reserved,
      unreserved: @unreserved ++ letters
    ]
  end

  @doc "Form data: pairs as `a=1&b=2`."
  def compose_query(pairs), do: compose_query(pairs, encoding: :utf8)

  def compose_query([], _options), do: []

  def compose_query(pairs, options) when is_list(pairs) do
    separator = if options[:separator] == :semicolon, do: ";", else: "&"
    encoding = options[:encoding]

    text =
      Enum.map_join(pairs, separator, fn
        {key, true} -> form(key, encoding)
        {key, value} -> form(key, encoding) <> "=" <> form(value, encoding)
      end)

    if Enum.any?(pairs, fn {key, value} -> is_list(key) or is_list(value) end), do: String.to_charlist(text), else: text
  catch
    {:error, _, _} = error -> error
  end

  defp form(value, encoding) when encoding not in [nil, :latin1, :utf8, :unicode] and value != nil,
    do: throw({:error, :invalid_encoding, encoding})

  defp form(value, encoding) when encoding == nil or not (is_binary(value) or is_list(value)),
    do: throw({:error, :invalid_input, value})

  defp form(value, encoding) do
    for <<byte <- :unicode.characters_to_binary(value, :utf8, encoding)>>, into: "" do
      if byte == ?\s, do: "+", else: escape(byte, ~c"*-._")
    end
  end

  defp escape(byte, safe) do
    if is_alphanumeric(byte) or byte in safe, do: <<byte>>, else: "%" <> Base.encode16(<<byte>>)
  end

  @doc "The pairs of form data."
  def dissect_query(query) when query in ["", []], do: []

  def dissect_query(query) do
    for pair <- query |> IO.chardata_to_string() |> String.split("&") do
      case String.split(pair, "=", parts: 2) do
        [key, value] -> {form_text(key, query), form_text(value, query)}
        [key] -> {form_text(key, query), true}
      end
    end
  catch
    {:error, _, _} = error -> error
  end

  defp form_text(text, query) do
    decoded = text |> String.replace("+", " ") |> unescape()

    case :unicode.characters_to_binary(decoded) do
      decoded when is_binary(decoded) -> like(decoded, query)
      {_, _, <<byte, _::binary>>} -> throw({:error, :invalid_input, [byte]})
    end
  catch
    {:error, :invalid_percent_encoding, found} ->
      [_, rest] = :binary.split(text, found)
      throw({:error, :invalid_percent_encoding, to_charlist(found <> rest)})

    {:error, _, _} = error ->
      throw(error)
  end
end
