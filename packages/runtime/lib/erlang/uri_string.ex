defmodule :uri_string do
  @moduledoc "Erlang's `:uri_string`: identifiers of resources by RFC 3986, and form data."

  @unreserved ~c"-._~"
  @reserved ~c":/?#[]@!$&'()*+,;="
  @default_ports %{"http" => 80, "https" => 443, "ftp" => 21, "ssh" => 22, "sftp" => 22, "tftp" => 69}

  defguardp is_alphanumeric(char) when char in ?a..?z or char in ?A..?Z or char in ?0..?9

  @doc "The parts as a map, or `{:error, reason, term}`."
  def parse(uri) do
    text = IO.chardata_to_string(uri)

    with :ok <- check_characters(text, uri),
         {:ok, parts} <- parts(text, uri) do
      Map.new(parts, fn
        {key, value} when is_binary(value) -> {key, like(value, uri)}
        pair -> pair
      end)
    end
  end

  defp like(text, uri) when is_binary(uri), do: text
  defp like(text, _uri), do: String.to_charlist(text)

  defp check_characters(text, uri) do
    bad = for <<char <- text>>, char > 127 or char in ~c" <>\"{}|\\^`" or char < 33, do: char

    cond do
      bad != [] -> {:error, :invalid_uri, like(<<hd(bad)>>, uri) |> bad_term()}
      String.match?(text, ~r/%(?![0-9a-fA-F]{2})/) -> {:error, :invalid_uri, ~c"%"}
      true -> :ok
    end
  end

  defp bad_term(text) when is_binary(text), do: String.to_charlist(text)
  defp bad_term(list), do: list

  defp parts(text, _uri) do
    [_, scheme, authority, path, query, fragment] =
      Regex.run(~r{^([A-Za-z][A-Za-z0-9+.\-]*:)?(//[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$}s, text, capture: :all)
      |> then(&(&1 ++ List.duplicate("", 6 - length(&1))))

    first_segment = path |> String.split("/") |> hd()

    if scheme == "" and authority == "" and String.contains?(first_segment, ":") do
      {:error, {:error, :invalid_uri, ~c":"}} |> elem(1)
    else
      parts =
        [path: path]
        |> put(:scheme, String.trim_trailing(scheme, ":"), scheme)
        |> put(:query, String.slice(query, 1..-1//1), query)
        |> put(:fragment, String.slice(fragment, 1..-1//1), fragment)

      authority(authority, parts)
    end
  end

  defp put(parts, _key, _value, ""), do: parts
  defp put(parts, key, value, _given), do: [{key, value} | parts]

  defp authority("", parts), do: {:ok, parts}

  defp authority("//" <> authority, parts) do
    {parts, rest} =
      case String.split(authority, "@", parts: 2) do
        [userinfo, rest] -> {[{:userinfo, userinfo} | parts], rest}
        [rest] -> {parts, rest}
      end

    case Regex.run(~r/^(\[[^\]]*\]|[^:]*)(?::(.*))?$/, rest) do
      [_, host] -> {:ok, [{:host, unbracketed(host)} | parts]}
      [_, host, ""] -> {:ok, [{:host, unbracketed(host)}, {:port, :undefined} | parts]}
      [_, host, port] -> port(port, [{:host, unbracketed(host)} | parts])
      nil -> {:error, :invalid_uri, ~c":"}
    end
  end

  defp unbracketed("[" <> rest), do: String.trim_trailing(rest, "]")
  defp unbracketed(host), do: host

  defp port(port, parts) do
    case Integer.parse(port) do
      {number, ""} -> {:ok, [{:port, number} | parts]}
      _ -> {:error, :invalid_uri, String.to_charlist(String.replace(port, ~r/^\d*/, "") |> String.first())}
    end
  end

  @doc "The text of a map of parts."
  def recompose(%{path: path} = parts) do
    binary? = Enum.any?(Map.values(parts), &is_binary/1)
    part = fn key, before, behind -> if value = parts[key], do: before <> to_string(value) <> behind, else: "" end

    authority =
      if parts[:host] != nil do
        host = to_string(parts.host)
        host = if String.contains?(host, ":"), do: "[#{host}]", else: host
        port = if parts[:port] in [nil, :undefined], do: if(parts[:port], do: ":", else: ""), else: ":#{parts.port}"
        "//" <> part.(:userinfo, "", "@") <> host <> port
      else
        ""
      end

    text =
      part.(:scheme, "", ":") <> authority <> to_string(path) <> part.(:query, "?", "") <> part.(:fragment, "#", "")

    if binary?, do: text, else: String.to_charlist(text)
  end

  def recompose(parts), do: {:error, :invalid_map, parts}

  @doc "The normal form: small letters in scheme and host, no dots in the path, no usual port."
  def normalize(uri), do: normalize(uri, [])

  def normalize(uri, options) do
    with %{} = parts <- if(is_map(uri), do: uri, else: parse(uri)) do
      binary? = Enum.any?(Map.values(parts), &is_binary/1)
      kind = if binary?, do: "", else: []
      texts = Map.new(parts, fn {key, value} -> {key, if(is_list(value), do: to_string(value), else: value)} end)

      normal =
        texts
        |> update(:scheme, &String.downcase/1)
        |> update(:host, &String.downcase/1)
        |> Map.new(fn
          {key, value} when is_binary(value) -> {key, normal_escapes(value)}
          pair -> pair
        end)
        |> update(:path, &remove_dots/1)
        |> drop_port()
        |> Map.new(fn
          {key, value} when is_binary(value) -> {key, like(value, kind)}
          pair -> pair
        end)

      if :return_map in options, do: normal, else: recompose(normal)
    end
  end

  defp update(map, key, fun) when is_map_key(map, key), do: Map.update!(map, key, fun)
  defp update(map, _key, _fun), do: map

  defp drop_port(%{scheme: scheme, port: port} = parts) do
    if port == :undefined or @default_ports[scheme] == port, do: Map.delete(parts, :port), else: parts
  end

  defp drop_port(parts), do: parts

  # Escapes of characters that need none are undone; the others have capital digits.
  defp normal_escapes(text) do
    Regex.replace(~r/%([0-9a-fA-F]{2})/, text, fn _, digits ->
      char = String.to_integer(digits, 16)
      if is_alphanumeric(char) or char in @unreserved, do: <<char>>, else: "%" <> String.upcase(digits)
    end)
  end

  defp remove_dots(path) do
    absolute? = String.starts_with?(path, "/")
    segments = String.split(path, "/")
    last? = List.last(segments) in [".", ".."]

    kept =
      segments
      |> Enum.reduce([], fn
        ".", kept -> kept
        "..", [_ | rest] when rest != [] or not absolute? -> rest
        "..", kept -> kept
        segment, kept -> [segment | kept]
      end)
      |> Enum.reverse()

    text = Enum.join(kept, "/")
    if last? and not String.ends_with?(text, "/"), do: text <> "/", else: text
  end

  @doc "A reference as seen from a base."
  def resolve(reference, base), do: resolve(reference, base, [])

  def resolve(reference, base, options) do
    with %{} = parts <- if(is_map(reference), do: reference, else: parse(reference)),
         %{} = base <- if(is_map(base), do: base, else: parse(base)) do
      resolved = resolved(parts, base)
      resolved = Map.update!(resolved, :path, &like(remove_dots(to_string(&1)), &1))
      if :return_map in options, do: resolved, else: recompose(resolved)
    end
  end

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
    Map.new(parts, fn
      {key, value} when is_binary(value) or is_list(value) -> {key, percent_decode(value)}
      pair -> pair
    end)
  end

  def percent_decode(text) do
    decoded = text |> IO.chardata_to_string() |> unescape()
    if String.valid?(decoded), do: like(decoded, text), else: {:error, :invalid_utf8, decoded}
  end

  defp unescape(text),
    do: Regex.replace(~r/%([0-9a-fA-F]{2})/, text, fn _, digits -> <<String.to_integer(digits, 16)>> end)

  @doc "Escapes all but letters, digits and `-._~`."
  def unquote(:quote)(text), do: :uri_string.quote(text, [])

  @doc "Escapes all but letters, digits, `-._~` and the characters `safe`."
  def unquote(:quote)(text, safe) do
    escaped = for <<byte <- IO.chardata_to_string(text)>>, into: "", do: escape(byte, @unreserved ++ to_charlist(safe))
    like(escaped, text)
  end

  @doc "Undoes `quote/1`."
  def unquote(:unquote)(text), do: text |> IO.chardata_to_string() |> unescape() |> like(text)

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
  def compose_query(pairs), do: compose_query(pairs, [])

  def compose_query(pairs, options) do
    separator = if options[:separator] == :semicolon, do: ";", else: "&"

    text =
      Enum.map_join(pairs, separator, fn
        {key, true} -> form(key)
        {key, value} -> form(key) <> "=" <> form(value)
      end)

    binary? = Enum.any?(pairs, fn {key, value} -> is_binary(key) or is_binary(value) end)
    if binary? or pairs == [], do: if(pairs == [], do: [], else: text), else: String.to_charlist(text)
  end

  defp form(value) do
    for <<byte <- IO.chardata_to_string(value)>>, into: "" do
      if byte == ?\s, do: "+", else: escape(byte, ~c"*-._")
    end
  end

  defp escape(byte, safe) do
    if is_alphanumeric(byte) or byte in safe, do: <<byte>>, else: "%" <> Base.encode16(<<byte>>)
  end

  @doc "The pairs of form data."
  def dissect_query(query) when query in ["", []], do: []

  def dissect_query(query) do
    for pair <- query |> IO.chardata_to_string() |> String.split(["&", ";"]) do
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
    if String.valid?(decoded), do: like(decoded, query), else: throw({:error, :invalid_encoding, decoded})
  end
end
