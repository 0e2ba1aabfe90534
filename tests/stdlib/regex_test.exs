defmodule RegexTest do
  use ExUnit.Case, async: true

  test "an outer repetition keeps the captures of earlier iterations" do
    assert Regex.run(~r/(?:a(b)?)+/, "aba") == ["aba", "b"]
    assert Regex.run(~r/(a(b)?)+/, "aba") == ["aba", "a", "b"]
    assert Regex.run(~r/(?:(a)|(b))+/, "ab") == ["ab", "a", "b"]
  end

  test "an iteration may match nothing, and is the last" do
    assert Regex.run(~r/(a*)*/, "b") == ["", ""]
    assert Regex.run(~r/(a*)+/, "ab") == ["a", ""]
    assert Regex.run(~r/c(?:|b)?/, "cb") == ["c"]
  end

  test "a reference to a group that took no part fails" do
    assert Regex.run(~r/(a)?\1b/, "b") == nil
    assert Regex.run(~r/(?i)(ab)\1/, "abAB") == ["abAB", "ab"]
    assert Regex.run(~r/(?<q>['"]).*?\k<q>/, ~S(x 'a"b' y)) == [~S('a"b'), "'"]
  end

  test "recursion, calls of groups, and definitions" do
    assert Regex.run(~r/\((?:[^()]++|(?R))*\)/, "x(a(b)c)(d)") == ["(a(b)c)"]
    # What a call has matched is not gone back into.
    assert Regex.run(~r/^((.)(?1)\2|.?)$/, "abba") == nil
    assert Regex.run(~r/(?<n>\d+)-(?&n)/, "12-34") == ["12-34", "12"]
    byte = ~r/(?(DEFINE)(?<byte>25[0-5]|2[0-4]\d|1?\d?\d))^(?&byte)(?:\.(?&byte)){3}$/
    assert Regex.match?(byte, "192.168.0.255")
    refute Regex.match?(byte, "192.168.0.256")
    assert :re.run("aaa", "(?:x|(?1))(y|(?2))(z|(?1))") == :nomatch
    assert {:error, {~c"recursive call could loop indefinitely", 6}} = Regex.compile("(a|(?1)b)")
  end

  test "conditional groups" do
    assert Regex.run(~r/^(<)?a(?(1)>|!)$/, "<a>") == ["<a>", "<"]
    assert Regex.run(~r/^(<)?a(?(1)>|!)$/, "a!") == ["a!"]
    assert Regex.run(~r/^(<)?a(?(1)>|!)$/, "<a!") == nil
    assert Regex.run(~r/(?(?=\d)\d{2}|[a-z]{3})/, "ab1cde12") == ["cde"]
    assert {:error, {~c"conditional group contains more than two branches", 10}} = Regex.compile("()(?(1)|||)")
  end

  test "the match may start later, or where the search does" do
    assert Regex.run(~r/foo\Kbar/, "foobar") == ["bar"]
    assert Regex.replace(~r/a\Kb/, "ab b ab", "X") == "aX b aX"
    assert Regex.scan(~r/\G\d/, "12a3") == [["1"], ["2"]]
    assert Regex.run(~r/\Gb/, "ab", offset: 1) == ["b"]
  end

  test "atomic groups and possessive repetitions give nothing back" do
    assert Regex.run(~r/(?>a+)ab/, "aaab") == nil
    assert Regex.run(~r/a++b/, "aaab") == ["aaab"]
    assert Regex.run(~r/(?>(a)|ab)c/, "abc") == nil
  end

  test "verbs" do
    assert Regex.scan(~r/'[^']*'(*SKIP)(*FAIL)|\w+/, "a 'b c' d") == [["a"], ["d"]]
    assert Regex.run(~r/a+(*COMMIT)b/, "aac aab") == nil
    assert Regex.run(~r/a+(*PRUNE)b|c/, "aac") == ["c"]
    assert Regex.run(~r/a(?:b(*THEN)x|bc)/, "abc") == ["abc"]
    assert Regex.run(~r/(a(*ACCEPT)b)c/, "ad") == ["a", "a"]
    assert Regex.run(~r/a(*MARK:m)ab(*SKIP:m)c|a/, "aabd") == ["a"]
    assert {:error, {~c"(*VERB) not recognized or malformed", 5}} = Regex.compile("(*FOO)")
  end

  test "groups of the same name or number" do
    assert Regex.named_captures(~r/(?J)(?<d>a)|(?<d>b)/, "a") == %{"d" => ""}
    assert :re.run("b", "(?J)(?<d>a)|(?<d>b)", [{:capture, :all_names, :binary}]) == {:match, ["", "b"]}
    assert :re.run("abcx", "(?J)(?<d>a)(?<d>b)(?<d>c)(?<e>x)", [{:capture, ["d"], :binary}]) == {:match, ["c"]}
    assert Regex.run(~r/(?|(a)|(b))(c)/, "bc") == ["bc", "b", "c"]
    assert {:error, {~c"different names for subpatterns of the same number are not allowed", 15}} =
             Regex.compile("(?|(?<a>b)|(?<c>c))")
  end

  test "line ends, blanks and characters with what extends them" do
    assert Regex.scan(~r/\R/, "a\r\nb\nc\v") == [["\r\n"], ["\n"], ["\v"]]
    assert Regex.run(~r/\R\n/, "\r\n") == nil
    assert Regex.scan(~r/\X/u, "e\u0301🇩🇪한") == [["e\u0301"], ["🇩🇪"], ["한"]]
    assert Regex.scan(~r/\h/u, "a\u00a0\tb\n") == [["\u00a0"], ["\t"]]
    assert Regex.scan(~r/\v/, "a\nb\f") == [["\n"], ["\f"]]
  end

  test "behind an empty match there may be another at the same place" do
    assert Regex.scan(~r/|a/, "ab") == [[""], ["a"], [""], [""]]
    assert :re.run("aab", "a??", [:global, {:capture, :first, :binary}]) ==
             {:match, [[""], ["a"], [""], ["a"], [""], [""]]}
  end

  test "options of a run" do
    assert :re.run("ab", "^a", [:notbol]) == :nomatch
    assert :re.run("ab", "b$", [:noteol]) == :nomatch
    assert :re.run("aab", "a*?", [:notempty]) == {:match, [{0, 1}]}
    assert :re.run("a\nb", "b", [:firstline]) == :nomatch
    assert_raise ArgumentError, fn -> :re.run("é", "b", [:unicode, {:offset, 1}]) end
  end

  test "a search that would take for ever is given up" do
    subject = String.duplicate("a", 60)
    assert Regex.run(~r/(a+)+[bc]/, subject) == nil
    assert :re.run(subject, "(a|a)+[bc]", [:report_errors]) == {:error, :match_limit}
    assert :re.run("aaaaaaaaaa", "(a+)+[bc]", [{:match_limit, 100}, :report_errors]) == {:error, :match_limit}
    assert Regex.match?(~r/^(\w+\s?)*$/, subject <> "!") == false
  end

  test "other processes run meanwhile" do
    parent = self()
    spawn(fn ->
      Regex.run(~r/(a+)+[bc]/, String.duplicate("a", 60))
      send(parent, :given_up)
    end)

    spawn(fn -> send(parent, :other) end)
    assert_receive first when first in [:other, :given_up], 60_000
    assert first == :other
    assert_receive :given_up, 60_000
  end

  test "long subjects and deep ones" do
    assert Regex.run(~r/(?:a|ab)*c/, String.duplicate("a", 200_000) <> "c") |> hd() |> byte_size() == 200_001
    deep = String.duplicate("(", 3000) <> String.duplicate(")", 3000)
    assert Regex.run(~r/\((?:[^()]|(?R))*\)/, deep) == [deep]
  end

  test "errors have PCRE's words and places" do
    for {pattern, message, at} <- [
          {"^*", ~c"nothing to repeat", 1},
          {"a{3,2}", ~c"numbers out of order in {} quantifier", 5},
          {"(?<=(?:a|bc))b", ~c"lookbehind assertion is not fixed length", 12},
          {"(?1)", ~c"reference to non-existent subpattern", 3},
          {"(?<1a>b)", ~c"group name must start with a non-digit", 3},
          {"[[:foo:]]", ~c"unknown POSIX class name", 3},
          {"\\x{zz}", ~c"non-hex character in \\x{} (closing brace missing?)", 3},
          {"(?(DEFINE)a|b)", ~c"DEFINE group contains more than one branch", 13},
          {"(*MARK)", ~c"(*MARK) must have an argument", 6}
        ],
        do: assert({pattern, :re.compile(pattern)} == {pattern, {:error, {message, at}}})
  end
end
