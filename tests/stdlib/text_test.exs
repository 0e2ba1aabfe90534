defmodule TextTest do
  use ExUnit.Case, async: true

  test "splitting a string" do
    assert String.split("a,b,,c", ",", trim: true) == ["a", "b", "c"]
    assert String.split("a,b,c", ",", parts: 2) == ["a", "b,c"]
    assert String.split("abc", "", parts: 3) == ["", "a", "bc"]
    assert String.split("a1b22c", ~r/\d+/) == ["a", "b", "c"]
    assert "a b" |> String.splitter(:binary.compile_pattern([" "])) |> Enum.to_list() == ["a", "b"]
  end

  test "slicing by graphemes and bytes" do
    assert String.slice("e\u0301日👍", 1..-1//1) == "日👍"
    assert String.slice("abcdef", 0..-1//2) == "ace"
    assert String.byte_slice("héllo", 2, 2) == "ll"
    assert String.split_at("abc", -5) == {"", "abc"}
    assert_raise ArgumentError, ~r/negative steps/, fn -> String.slice("abc", 2..0//-2) end
  end

  test "places far past the end of a string are past its end" do
    huge = 123_456_789_012_345_678_901_234_567_890
    assert String.at("abc", huge) == nil
    assert String.slice("abc", 1, huge) == "bc"
  end

  test "the root of a name is what is left without the extension" do
    assert Path.rootname("a/x.b", ".b") == "a/x"
    assert Path.rootname("a/.b", ".b") == "a/.b"
    assert Path.rootname("x", "x") == ""
    assert Path.rootname("a/x", "/x") == "a"
  end

  test "an absolute URI is merged onto anything" do
    there = URI.parse("http://a.b/c/../d")
    assert URI.to_string(URI.merge("here", there)) == "http://a.b/d"
    assert_raise ArgumentError, fn -> URI.merge("here", "there") end
  end

  test "replacing with functions, between characters and in lists of patterns" do
    assert String.replace("abc", ["a", "c"], &String.upcase/1) == "AbC"
    assert String.replace("ab", "", "-") == "-a-b-"
    assert String.replace_leading("aab", "a", "xy") == "xyxyb"
    assert String.replace_prefix("ab", "a", "") == "b"
    assert_raise ArgumentError, ~r/empty string/, fn -> String.replace_trailing("a", "", "b") end
  end

  test "integers and floats in text" do
    assert Integer.parse("-0x1F") == {0, "x1F"}
    assert Integer.parse("zz", 36) == {1295, ""}
    assert Float.parse("1e400") == :error
    assert Float.parse("-.5") == :error
    assert Float.round(2.675, 2) == 2.67
    assert Float.ceil(0.1, 15) == 0.100000000000001
    assert Float.round(5015.5, 0) == 5016.0
    assert Float.ratio(0.1) == {3_602_879_701_896_397, 36_028_797_018_963_968}
    assert Integer.extended_gcd(240, 46) == {2, -9, 47}
    assert Integer.mod(-7, 3) == 2
  end

  test "regular expressions" do
    assert Regex.run(~r/(?<y>\d{4})-(?<m>\d\d)/, "on 2024-05") == ["2024-05", "2024", "05"]
    assert Regex.named_captures(~r/(?<a>x)|(?<b>y)/, "y") == %{"a" => "", "b" => "y"}
    assert Regex.replace(~r/(b)(c)/, "abc", "\\2\\g{1}\\\\") == "acb\\"
    assert Regex.split(~r/(,)/, "a,b", include_captures: true) == ["a", ",", "b"]
    assert Regex.split(~r/(-)./, "a-xb", on: [1]) == ["a", "xb"]
    assert Regex.escape("a.b") == "a\\.b"
    assert_raise Regex.CompileError, "missing ) at position 2", fn -> Regex.compile!("(a") end
  end

  test "encodings" do
    assert Base.decode64("Zm9v\n", ignore: :whitespace) == {:ok, "foo"}
    assert Base.decode16("abc") == :error
    assert_raise ArgumentError, ~s|non-alphabet character found: "!" (byte 33)|, fn -> Base.decode32!("!AAAAAAA") end
    assert URI.encode_query(%{"a b" => "é&"}) == "a+b=%C3%A9%26"
    assert URI.decode_query("a=1&b&a=2") == %{"a" => "2", "b" => ""}
  end

  test "URIs" do
    assert URI.new("http://a b") == {:error, ":"}
    assert %URI{host: "::1", port: 80, path: "/x"} = URI.parse("http://[::1]/x")
    assert to_string(URI.merge("http://h/a/b?q", "../c/./d")) == "http://h/c/d"
    assert to_string(%URI{scheme: "https", host: "h", port: 443, path: "/"}) == "https://h/"
    assert_raise ArgumentError, ~r/must merge onto an absolute/, fn -> URI.merge("a", "b") end
  end

  test "versions" do
    assert Version.match?("2.1.0", "~> 2.0 and > 2.0.5")
    assert Version.match?("1.2.3-rc.1", "~> 1.2", allow_pre: false) == false
    assert Enum.sort(["1.10.0", "1.9.0", "1.9.0-rc.1"], Version) == ["1.9.0-rc.1", "1.9.0", "1.10.0"]
    assert inspect(Version.parse_requirement!("~> 1.0")) == ~S{Version.parse_requirement!("~> 1.0")}
    assert Version.parse("1.02.3") == :error
  end

  test "options of command lines" do
    opts = [strict: [num: :integer, all: :boolean, v: :count, tag: :keep], aliases: [n: :num, v: :v]]
    argv = ["-vv", "--num=3", "x", "--no-all", "--tag", "a", "--tag", "b", "--", "-n"]
    assert OptionParser.parse(argv, opts) == {[v: 2, num: 3, all: false, tag: "a", tag: "b"], ["x", "-n"], []}
    assert {[], [], [{"--num", "x"}, {"--nope", nil}]} = OptionParser.parse(["--num", "x", "--nope"], opts)

    assert_raise OptionParser.ParseError, ~r/--num : Expected type integer, got "x"/, fn ->
      OptionParser.parse!(["--num", "x"], opts)
    end

    assert OptionParser.split(~S(a "b c" d\ e)) == ["a", "b c", "d e"]
  end

  test "JSON with decoders and encoders of one's own" do
    decoders = [
      object_push: fn key, value, acc -> [{String.to_atom(key), value} | acc] end,
      object_finish: fn acc, outer -> {Enum.reverse(acc), outer} end,
      array_finish: fn acc, outer -> {acc |> Enum.reverse() |> List.to_tuple(), outer} end,
      null: :none,
      integer: &(String.to_integer(&1) * 2)
    ]

    assert JSON.decode(~s({"a": [1, null], "b": {}} x), :acc, decoders) == {[a: {2, :none}, b: []], :acc, " x"}

    encoder = fn
      {:safe, text}, encoder -> JSON.protocol_encode(text, encoder)
      other, encoder -> JSON.protocol_encode(other, encoder)
    end

    assert JSON.encode!(%{1 => {:safe, "x"}}, encoder) == ~s({"1":"x"})
    # The pieces are those that Elixir makes: each character that is escaped is put behind all that is before it.
    assert JSON.encode_to_iodata!("é\n日\u0001x") == [[[[?"], "é" | "\\n"], "日" | "\\u0001"], "x", ?"]
    assert JSON.encode_to_iodata!(%{"\"" => "a"}) == [?{, [[[?"] | "\\\""], ?"], ?:, [?", "a", ?"] | "}"]
    assert_raise JSON.DecodeError, "invalid byte 120 at position (byte offset) 1", fn -> JSON.decode!("[x]") end
    assert_raise Protocol.UndefinedError, fn -> JSON.encode!({1, 2}) end
  end

  test "paths" do
    assert Path.type([~c"/a", ~c"b"]) == :absolute
    assert Path.expand("/a/../b/./c") == "/b/c"
    assert Path.relative_to("/a/b/c", "/a") == "b/c"
    assert Path.relative_to("/a/b", "/a/c", force: true) == "../b"
    assert Path.join(["/a/", "/b", "c/"]) == "/a/b/c"
    assert Path.extname("x.tar.gz") == ".gz"
    assert Path.safe_relative("a/../../b") == :error
  end

  test "alternatives of a branch reset count their groups from the same number" do
    assert Regex.run(~r/^(?|(#)(x)|(a)b)(c)$/, "#xc") == ["#xc", "#", "x", "c"]
    assert Regex.run(~r/^(?|(#)(x)|(a)b)(c)$/, "abc") == ["abc", "a", "", "c"]
    assert Regex.run(~r/(?|(\d)|(\w))\1/, "xaa 1") == ["aa", "a"]
    assert Regex.run(~r/(?|(?>(\d)+)|(\w))(-)\g{-1}/, "1--") == ["1--", "1", "-"]
  end
end
