/** Programs on which Beamlet once differed from Elixir, each reduced to what shows it, with Elixir's value. */
export const FOUND: readonly (readonly [code: string, value: string])[] = [
  ["{-1 !== 2, -256 !== 1, 1 !== -256}", "{true, true, true}"],
  ["Map.to_list([a: 1])", "raised BadMapError: expected a map, got: [a: 1]"],
  [":maps.map(fn _, v -> v end, [])", "raised BadMapError: expected a map, got: []"],
  [":maps.next(:maps.iterator(%{a: 1, b: 2}))", "{:a, 1, {:b, 2, :none}}"],
  [":maps.fold(fn k, v, acc -> [{k, v} | acc] end, [], :maps.iterator(%{a: 1, b: 2}))", "[b: 2, a: 1]"],
  ['Path.relative_to("/a/b/../../..", "t/x")', '"."'],
  ["binary_part(<<1, 2, 3::4>>, 0, 2)", "<<1, 2>>"],
  ["quote(do: f(unquote_splicing([1, [a: {1, 2, 3}]])))", "{:f, [], [1, [a: {1, 2, 3}]]}"],
  ["Macro.special_form?(:->, 3)", "true"],
  ["Macro.expand_once(quote(do: throw 1.5..2), __ENV__) |> Macro.to_string()", '"throw(1.5..2)"'],
  [
    "Macro.expand_once(quote(do: @type t :: integer), __ENV__)",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 2nd argument: not a key that exists in the table\\n",
  ],
  ['Code.Fragment.surround_context("foo", {1, 0})', "raised: no clause"],
  ['Code.eval_string(~S|~c"\\x80"|)', "raised UnicodeConversionError: invalid encoding starting at <<128>>"],
  [
    "n = hd([1]); <<hd([1.5])::float-size(n)-unit(4)>>",
    "raised ArgumentError: construction of binary failed: segment 1 of type 'float': expected one of the supported sizes 16, 32, or 64 but got: 4",
  ],
  [':string.pad("ab", 5, :both, ?*)', '[~c"*", "ab", ~c"*", 42]'],
  [
    '{:string.find("a\\u0300ba", "a"), :string.split("a\\r\\nb", "\\n"), :string.split("aaa", "aa", :trailing)}',
    '{"a", ["a\\r", "b"], ["a", ""]}',
  ],
  ['{:string.prefix("a\\u0300b", "a"), :string.prefix("ab", "a")}', '{:nomatch, "b"}'],
  [
    "t = :ets.new(:t, [:bag]); :ets.insert(t, [{:a, 1}, {:a, 2}]); :ets.insert(t, {:a, 3}); :ets.lookup(t, :a)",
    "[a: 2, a: 1, a: 3]",
  ],
  [':string.casefold("ıẞᎠꭰ")', '"ıssᎠᎠ"'],
  [":unicode.characters_to_list(<<0, 233>>, :utf32)", "{:error, [], <<0, 233>>}"],
  [
    ":unicode.characters_to_list(<<3::3>>, :utf16)",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: not valid character data (an iodata term)\\n",
  ],
  [
    ":rand.seed(:exs64, {1, 2, 3}); {:rand.uniform(), :rand.uniform(10), :rand.normal()}",
    "{0.3499007650107245, 9, -0.6608270183125394}",
  ],
  [
    ":rand.seed(:exsplus, 10); {:rand.uniform(), :rand.uniform(10), :rand.normal()}",
    "{0.48628131920074535, 7, 0.16294274539512124}",
  ],
  [
    ":rand.seed(:exs1024, 10); {:rand.uniform(), :rand.uniform(10), :rand.normal()}",
    "{0.3572564373718127, 6, 0.661417367352919}",
  ],
  [":proplists.expand([{:a, [:x, {:y, 1}]}], [:a, {:b, 2}, {:a, 3}])", "[:x, {:y, 1}, {:b, 2}]"],
  ["t = :ets.new(:t, [:ordered_set]); :ets.insert(t, [{1.0, :f}, {1, :i}]); :ets.first(t)", "1"],
  [':io_lib.format("~*.*.*s", [10, 10, ?x, :atom]) |> IO.chardata_to_string()', '"xxxxxxatom"'],
  [":io_lib.write(<<1, 2, 3>>, 2) |> IO.chardata_to_string()", '"<<1,...>>"'],
  [
    "a = :atomics.new(1, signed: false); :atomics.put(a, 1, -1)",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 3rd argument: out of range\\n",
  ],
  [
    "t = :ets.new(:t, []); :ets.insert(t, {:c, 1}); :ets.update_counter(t, :c, {1, 1})",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 3rd argument: the position is the same as the key position\\n",
  ],
];
