defmodule ErlangTextTest do
  # Names of files, identifiers of resources, and JSON on several lines, as Erlang's modules read and write them.
  use ExUnit.Case, async: true

  test "an identifier that cannot be read names its first wrong character" do
    for {text, found} <- [
          {"a b", ~c" "},
          {"é", [233]},
          {"//h:8x/", ~c"x"},
          {"1a:b", ~c":"},
          {"a#b#c", ~c"#"},
          # Behind a scheme all is read again as a path, in which the colon is wrong.
          {"http://a b", ~c":"},
          {"http://a:b/", ~c":"}
        ] do
      assert :uri_string.parse(text) == {:error, :invalid_uri, found}
      assert :uri_string.parse(String.to_charlist(text)) == {:error, :invalid_uri, found}
    end

    assert :uri_string.parse("%zz") == %{path: "%zz"}
    assert_raise FunctionClauseError, fn -> :uri_string.parse(:a) end
    assert_raise ArgumentError, fn -> :uri_string.parse([1.0]) end
  end

  test "escapes that are none" do
    assert :uri_string.normalize("http://a:80/%zz") == {:error, :invalid_percent_encoding, "%zz"}
    assert :uri_string.dissect_query("a=%zzb&c") == {:error, :invalid_percent_encoding, ~c"%zzb"}
    assert :uri_string.dissect_query("a=%C3") == {:error, :invalid_input, [195]}
    assert catch_throw(:uri_string.percent_decode("%ff")) == {:error, :invalid_utf8, <<255>>}
    assert :uri_string.percent_decode(~c"%ff") == {:error, :invalid_utf8, <<255>>}
    assert :uri_string.percent_decode("5%") == "5%"
  end

  test "identifiers are made of parts, and of a reference and a base" do
    assert :uri_string.recompose(%{host: "b", path: "a c"}) == "//b/a%20c"
    assert :uri_string.recompose(%{scheme: "a b", path: ""}) == {:error, :invalid_scheme, "a b"}
    assert :uri_string.recompose(%{path: "a", more: 1}) == {:error, :invalid_map, %{path: "a", more: 1}}
    assert :uri_string.normalize("./a/..") == "/"
    assert :uri_string.normalize(".") == ""
    assert :uri_string.normalize("HTTP:") == "http:/"
    assert :uri_string.resolve("a", "b") == {:error, :invalid_scheme, ~c""}
    assert :uri_string.resolve("../../../x", "http://h/a/b") == "http://h/x"
    assert :uri_string.resolve("a:b", "no base ") == "a:b"
  end

  test "form data" do
    assert :uri_string.compose_query([{"a", "é"}, {"b", true}]) == "a=%C3%A9&b"
    assert :uri_string.compose_query([{~c"a", "b"}]) == ~c"a=b"
    assert :uri_string.compose_query([{"é", "b"}], encoding: :latin1) == "%E9=b"
    assert :uri_string.compose_query([{:a, 1}]) == {:error, :invalid_input, :a}
    assert :uri_string.compose_query([{"a", "b"}], encoding: :x) == {:error, :invalid_encoding, :x}
    assert :uri_string.dissect_query("a=b&c;d=e") == [{"a", "b"}, {"c;d", "e"}]
  end

  test "names of files" do
    assert :filename.basename("a//b/", "") == "/"
    assert :filename.basename(~c"a/b.c", ".c") == "b"
    assert :filename.basename(:a, "") == ~c"a"
    assert :filename.rootname("a/c.txt", "c.txt") == "a/c.txt"
    assert :filename.join("", "x") == "/x"
    assert :filename.join("a/./b", ~c"c//d/") == "a/b/c/d"
    assert :filename.absname(~c"a", "/b") == "/b/a"
    assert :filename.validate(~c"a")

    for call <- [
          fn -> :filename.join(1, "/a") end,
          fn -> :filename.basename("a", :b) end,
          fn -> :filename.split([1.0]) end,
          fn -> :filename.validate(1) end,
          fn -> :filename.basedir(:user_cache, :b) end
        ],
        do: assert_raise(FunctionClauseError, call)
  end

  test "JSON on several lines" do
    assert pretty([]) == "[]\n"
    assert pretty([1, 2, 3]) == "[1,2,3]\n"
    assert pretty(%{key: :value}) == ~s|{ "key": "value" }\n|

    assert pretty(%{a: %{b: [1, true]}, c: ["x", []]}) == """
           {
             "a": {
               "b": [1,true]
             },
             "c": [
               "x",
               []
             ]
           }
           """

    assert pretty([Enum.to_list(1..10)], %{indent: 4, max: 14}) == """
           [
               [1,2,3,4,5,
                   6,7,8,9,
                   10]
           ]
           """

    encoder = fn
      {:pairs, pairs}, encoder, state -> :json.format_key_value_list_checked(pairs, encoder, state)
      other, encoder, state -> :json.format_value(other, encoder, state)
    end

    assert pretty([{:pairs, b: 1, a: {:pairs, []}}, 7], encoder) == """
           [{
               "b": 1,
               "a": {}
             },7]
           """

    assert_raise ErlangError, ~r/duplicate_key/, fn -> :json.format({:pairs, a: 1, a: 2}, encoder) end
    assert_raise ErlangError, ~r/unsupported_type/, fn -> :json.format({1}) end
  end

  defp pretty(term, options \\ %{}), do: IO.iodata_to_binary(:json.format(term, options))
end
