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
  [
    ":erlang.term_to_binary([1.5, :é], minor_version: 0)",
    "<<131, 108, 0, 0, 0, 2, 99, 49, 46, 53, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 101, 43, 48, 48, 0, 0, 0, 0, 0, 100, 0, 1, 233, 106>>",
  ],
  [":erlang.term_to_binary(:é, minor_version: 2)", "<<131, 119, 2, 195, 169>>"],
  [
    ":erlang.term_to_binary(Map.new(1..33, &{&1, 0}), [:deterministic]) |> binary_part(6, 8)",
    "<<97, 1, 97, 0, 97, 2, 97, 0>>",
  ],
  [
    ":erlang.term_to_binary([], compressed: 10)",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 2nd argument: invalid option in list\\n",
  ],
  [
    ":erlang.term_to_binary(Enum.to_list(300..340), [:compressed]) |> Base.encode16()",
    '"8350000000D3789C15C4470E82001000C0F53926F606561445B162E1051E8DFF3F9399C3FC23A2FD8D6875D4554F7D0D34D448634D34D54C8952CDB5D0522BADB551A6AD76CAB5D741858E3AA9D459175D75D35D0F557AEAA5B73EAA7F0DB1951B1B"',
  ],
  [
    "Enum.map([1, 4, 9], &(:erlang.term_to_binary(for(i <- 1..9000, do: rem(i * i, 1009)), compressed: &1) |> :erlang.crc32()))",
    "[2399982094, 2760243655, 2302551727]",
  ],
  [
    ':zlib.gzip("aaaaaaaaaaaaabcabcabc") |> Base.encode16()',
    '"1F8B08000000000000034B4C440249C910040001A8D7A515000000"',
  ],
  [':string.tokens(~c"a\\u0300b", ~c"a")', "[[768, 98]]"],
  [
    ":lists.keymerge(1, [], [:x])",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 2nd argument: not a tuple\\n",
  ],
  [":lists.keymerge(1, [{:b, 1}, {:a, 2}], [{:c, 0}, :x])", "[{:b, 1}, {:a, 2}, {:c, 0}, :x]"],
  [
    ":lists.merge3([], [1 | 2], [])",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: not a list\\n",
  ],
  [":lists.umerge([1, 2, 2], [1, 2, 3])", "[1, 2, 2, 3]"],
  [":lists.filter(&is_atom/1, [1 | 2])", "raised ErlangError: Erlang error: {:bad_generator, 2}"],
  [":lists.filter(fn x -> {x} end, [1])", "raised ErlangError: Erlang error: {:bad_filter, {1}}"],
  [':io_lib.format("~kp", [{}])', "raised ArgumentError: argument error"],
  [
    ':io_lib.format("~20p", [{:error, {:badmatch, [{:a_rather_long_atom, 1}, {:third, 3}]}}]) |> IO.chardata_to_string()',
    '"{error,\\n {badmatch,\\n  [{a_rather_long_atom,\\n    1},\\n   {third,3}]}}"',
  ],
  [
    ':io_lib.format("~1p", [{:ok, [a: 1, b: {2, 3}], "s"}]) |> IO.chardata_to_string()',
    '"{ok,\\n [{a,\\n   1},\\n  {b,\\n   {2,\\n    3}}],\\n <<\\"s\\">>}"',
  ],
  [
    ':io_lib.format("~0p", [{1, {2, {3, Enum.to_list(1..40)}}}]) |> IO.chardata_to_string()',
    '"{1,{2,{3,[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40]}}}"',
  ],
  [
    ':io_lib.format("~20p", [{:a, <<1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15>>, [1]}]) |> IO.chardata_to_string()',
    '"{a,<<1,2,3,4,5,6,7,\\n     8,9,10,11,12,\\n     13,14,15>>,\\n   [1]}"',
  ],
  [
    ':io_lib.format("~P", [Enum.map(1..12, &{:key, &1, "value"}), 8]) |> IO.chardata_to_string()',
    '"[{key,1,<<\\"value\\">>},\\n {key,2,<<\\"value\\">>},\\n {key,3,<<\\"valu\\"...>>},\\n {key,4,<<...>>},\\n {key,5,...},\\n {key,...},\\n {...}|...]"',
  ],
  [
    ':io_lib.format("~.3f ~.1f ~.2e", [6.02214076e23, 0.35, 1.25]) |> IO.chardata_to_string()',
    '"602214075999999987024000.000 0.3 1.3e+0"',
  ],
  [
    "<<Runner.itself(1.5)::8, 1::size(Runner.itself(-1))>>",
    "raised ArgumentError: construction of binary failed: segment 2 of type 'integer': expected a non-negative integer as size but got: -1",
  ],
  [
    "<<Runner.itself(1.5)::1, Runner.itself(:x)::utf32>>",
    "raised ArgumentError: construction of binary failed: segment 2 of type 'utf32': expected a non-negative integer encodable as utf32 but got: :x",
  ],
  [
    "<<Runner.itself(1)::size(Runner.itself(99999999999999999999))>>",
    "raised SystemLimitError: construction of binary failed: segment 1 of type 'integer': the size 99999999999999999999 is too large",
  ],
  [
    "<<Runner.itself(:a)::bits>>",
    "raised ArgumentError: construction of binary failed: segment 1 of type 'binary': expected a binary but got: :a",
  ],
  [
    '"a" <> Runner.itself(<<1::3>>)',
    "raised ArgumentError: construction of binary failed: segment 2 of type 'binary': the size of the value <<1::size(3)>> is not a multiple of the unit for the segment",
  ],
  [
    ':binary.match("abc", ["b"], scope: {0, 10})',
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 3rd argument: specified part is not wholly inside binary\\n",
  ],
  [
    ":erlang.make_tuple(2, 1, [{3, :x}])",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 3rd argument: invalid option in list\\n",
  ],
  [
    ":erlang.float_to_binary(12.0, [:compact, decimals: 253])",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 2nd argument: invalid option in list\\n",
  ],
  [
    ":erlang.float_to_list(-1.5e30, scientific: 249)",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 2nd argument: invalid option in list\\n",
  ],
  [
    '{String.split("", [" ", ""]), String.split("", :x, trim: true), String.replace("", ["", "a"], "x")}',
    '{[""], [], ""}',
  ],
  [
    'String.split("a", ["b", ""], parts: 1)',
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: not a valid pattern\\n",
  ],
  [
    ':crypto.hash(:sha3_256, String.duplicate("a", 136)) |> Base.encode16()',
    '"3FC5559F14DB8E453A0A3091EDBD2BC25E11528D81C66FA570A4EFDCC2695EE1"',
  ],
  [
    ':crypto.mac(:hmac, :sha3_512, "key", "text") |> Base.encode16()',
    '"B4E7EC8263C23523CA36787953BA775AEA6BBF7B9528F0A0D5FCEEA07465EAE14B29512F74B72DE27A1064645A5ADC2DC479A261EB7DA4CF4E927AB3469FC719"',
  ],
  ['JSON.decode!("{\\"a\\":1,\\"a\\":2}")', '%{"a" => 1}'],
  [
    'OptionParser.parse!(["--count=abc"], strict: [count: [:integer, :keep]])',
    "raised ArgumentError: cannot convert the given list to a string.\\n\\nTo be converted to a string, a list must either be empty or only\\ncontain the following elements:\\n\\n  * strings\\n  * integers representing Unicode code points\\n  * a list containing one of these three elements\\n\\nPlease check the given list or call inspect/1 to get the list representation, got:\\n\\n[:integer, :keep]\\n",
  ],
  ['Regex.scan(~r/\\X/u, "👨‍👩b\\u200dกำ")', '[["👨\\u200D"], ["👩"], ["b\\u200D"], ["กำ"]]'],
  ['Regex.scan(~r/x/, "", offset: 1)', "[]"],
  [
    ":lists.reverse([1, 2 | 3])",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: not a list\\n",
  ],
  [
    "{List.keytake([{:a, 1} | :b], :a, 0), List.keystore([{:a, 1} | :b], :a, 0, {:c, 1})}",
    "{{{:a, 1}, :b}, [{:c, 1} | :b]}",
  ],
  ["Enum.split([1, 2 | 3], 5)", "raised: no clause"],
  ["Enum.split([1 | 3], -1)", "raised: no clause"],
  ["Enum.intersperse([1, 2 | 3], 0)", "raised: no clause"],
  [
    "Enum.unzip([{1, 2}, {3, 4} | 5])",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: not a list\\n",
  ],
  ["{:lists.nthtail(2, [1, 2 | 3]), :lists.delete(1, [1 | 2])}", "{3, 2}"],
  [":lists.sublist([1 | 2], 10)", "raised: no clause"],
  [":lists.prefix([1], [1 | 2])", "raised: no clause"],
  [
    ":lists.suffix([1], [1 | 2])",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: not a list\\n",
  ],
  [":lists.split(3, [1, 2 | 3])", "raised: no clause"],
  [":maps.with([1 | 2], %{})", "raised: no clause"],
  [":array.from_list([1 | 2])", "raised ArgumentError: argument error"],
  [':lists.umerge([1.0, 1, :a, "b"], [1.0, 1, :a])', '[1.0, 1, 1, :a, "b"]'],
  [":binary.copy(<<5::4>>, 0)", '""'],
  ["List.foldr([1, 2 | 3], 0, &+/2)", "raised: no clause"],
  [':io_lib.format("~c", [-18446744073709551617]) |> IO.iodata_to_binary()', "<<255>>"],
  [
    "Macro.expand_once(quote(do: a..2), __ENV__) |> Macro.to_string()",
    '"Function.identity(Elixir.Range.new(a, 2))"',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: (x when x)\\nend")',
    '["raised CompileError: told.exs: cannot compile module FuzzTold (errors have been logged)", "error 2 undefined function when/2 (expected FuzzTold to define such a function or for it to be imported, but none are available)"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run, do: unquote({:., [], [1, 2]})\\nend") |> Enum.at(1)',
    '"error 0 undefined function ./2 (expected FuzzTold to define such a function or for it to be imported, but none are available)"',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\n@dialyzer :nope\\ndef run(x), do: y\\nend")',
    '["raised ArgumentError: invalid value for @dialyzer attribute: :nope"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\n@compile {:inline, nope: 1}\\ndefp run(x), do: x\\nend")',
    '["raised CompileError: told.exs: cannot compile module FuzzTold (errors have been logged)", "error 1 undefined function nope/1 given to @compile :inline", "warning 3 function run/1 is unused"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\n@type integer :: atom\\ndef run, do: 1 + :a\\nend")',
    '["raised Kernel.TypespecError: told.exs:2: type integer/0 is a built-in type and it cannot be redefined"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndefmodule Inner do\\n@behaviour GenServer\\nend\\nend")',
    '["{:module, FuzzTold, true}", "warning 2 function init/1 required by behaviour GenServer is not implemented (in module FuzzTold.Inner)"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndefimpl Collectable, for: FuzzTold do\\nend\\nend")',
    '["{:module, FuzzTold, true}", "warning 2 function into/1 required by protocol Collectable is not implemented (in module Collectable.FuzzTold)"]',
  ],
  [
    'Runner.uncaught(fn -> Code.string_to_quoted!("\\u00a0") end) |> hd()',
    '"** (SyntaxError) invalid syntax found on nofile:1:1:\\n    error: unexpected token: \\"\\u00A0\\" (column 1, code point U+00A0)\\n    │\\n  1 │ \\u00A0\\n    │ ^\\n    │\\n    └─ nofile:1:1"',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run, do: (try do 1 rescue e in [Nope, String] -> e end)\\nend") |> tl() |> Enum.map(&hd(String.split(&1, ". Make")))',
    '["warning 2 struct Nope is undefined (module Nope is not available or is yet to be defined)", "warning 2 struct String is undefined (there is such module but it does not define a struct)"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\n@file \\"x.ex\\"\\ndef run(x), do: x\\ndefp run(y), do: y\\nend") |> Enum.at(1)',
    '"error 4 defp run/1 already defined as def in told.exs:3"',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\ntry do\\nx\\nafter\\nhd(tl([1]))\\nend\\nend\\nend") |> Enum.filter(&(&1 =~ "fail"))',
    "[]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x \\\\\\\\ 1)\\ndefoverridable run: 1\\ndef run(x), do: x\\nend")',
    '["{:module, FuzzTold, true}"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x)\\ndefoverridable run: 1\\nend") |> Enum.at(1)',
    '"error 2 implementation not provided for predefined def run/1"',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\nx <- 1\\nend\\nend") |> Enum.at(1)',
    '"error 3 undefined function <-/2 (expected FuzzTold to define such a function or for it to be imported, but none are available)"',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run({} = [], x) do\\n%{a: y} = {_, _} = x\\ncase x do\\n[1 = :a] -> y\\n_ -> for(%{a: 1} = %{a: 2} <- [x], do: y)\\nend\\nend\\nend") |> Enum.filter(&(&1 =~ "possibly"))',
    '["warning 2 pattern cannot possibly match", "warning 3 pattern cannot possibly match", "warning 5 pattern cannot possibly match", "warning 6 pattern cannot possibly match"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: <<x::nope>>\\nend") |> Enum.at(1)',
    '"error 2 unknown bitstring specifier: nope"',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\n@compile {:inline, nope: 1}\\ndef run(x), do: {_z, x}\\nend") |> tl()',
    '["error 3 undefined variable \\"_z\\""]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: <<&inspect/1::float, x>>\\nend") |> Enum.at(1)',
    '"warning 2 incompatible types in expression:\\n\\n    <<&(inspect() / 1)::float, ...>>\\n\\ngot type:\\n\\n    fun()\\n\\nbut expected type:\\n\\n    float() or integer()\\n"',
  ],
  [
    ":maps.filter(Runner.itself(:no), %{})",
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: not a fun that takes two arguments\\n",
  ],
  [
    "try do Runner.itself(String).__info__(:nope) rescue e -> Exception.message(e) end",
    '"no function clause matching in String.\\"-inlined-__info__/1-\\"/1"',
  ],
  ["Runner.itself(String).module_info(:nope)", "raised ArgumentError: argument error"],
  [
    'try do struct(Runner.itself("text"), a: 1) rescue e -> Exception.message(e) end',
    '"no function clause matching in Kernel.struct/3"',
  ],
  [
    "try do struct!(URI, [1]) rescue e -> Exception.message(e) end",
    '"no function clause matching in anonymous fn/2 in URI.__struct__/1"',
  ],
  [
    "DateTime.truncate(Runner.itself(~T[10:20:30]), :second)",
    "raised KeyError: key :year not found in: ~T[10:20:30]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\n%URI{host: self()}\\nx\\nend\\nend") |> Enum.at(1)',
    '"warning 3 the call to self/0 has no effect"',
  ],
  [
    'Code.with_diagnostics(fn -> Code.compile_string("defmodule FuzzSpan do\\ndef run(x), do: fn -> long = x end\\nend") end) |> elem(1) |> Enum.map(& &1.span)',
    "[nil]",
  ],
  [
    "Runner.itself(:a) <> Runner.itself(:b)",
    "raised ArgumentError: construction of binary failed: segment 2 of type 'binary': expected a binary but got: :b",
  ],
  [
    'DateTime.shift_zone(Runner.itself(nil), "Etc/UTC")',
    "raised MatchError: no match of right hand side value: nil",
  ],
  ["Enum.map_reduce([], 1, Runner.itself(2))", "raised: no clause"],
  [
    "DateTime.shift(Runner.itself(~D[2023-12-31]), day: 1)",
    "raised MatchError: no match of right hand side value: ~D[2023-12-31]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\nuse GenServer\\ndef init(x), do: {:ok, x}\\ndefp terminate(_, _), do: :ok\\nend") |> tl()',
    '["warning 1 function terminate/2 required by behaviour GenServer was implemented as \\"defp\\" but should have been \\"def\\" (in module FuzzTold)", "warning 4 function terminate/2 is unused"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(_x = y), do: y\\ndef run(z), do: z\\nend") |> tl()',
    '["warning 3 this clause for run/1 cannot match because a previous clause at line 2 always matches"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\n@on_load :load\\ndef load, do: :error\\nend\\nfunction_exported?(FuzzTold, :load, 0)")',
    '["false"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\n{:ok, y} = {:error, x}\\n[] = z = {y}\\nz\\nend\\nend") |> Enum.filter(&(&1 =~ "possibly"))',
    "[]",
  ],
  ["Time.diff(%{year: 2024, month: 1, day: 1, calendar: Calendar.ISO}, 1..2)", "raised: no clause"],
  [
    "{Time.compare(%{~T[10:20:30] | hour: nil}, ~T[10:20:30]), Time.after?(~T[10:20:30], ~T[10:20:29.999999])}",
    "{:gt, true}",
  ],
  ["Time.to_erl(~D[2024-02-29])", "raised: no clause"],
  ["Time.to_iso8601(~D[2024-02-29])", "raised MatchError: no match of right hand side value: ~D[2024-02-29]"],
  ["Date.to_iso8601(~T[10:20:30])", "raised MatchError: no match of right hand side value: ~T[10:20:30]"],
  [
    "Date.diff(~T[10:20:30], ~D[2024-02-29])",
    "raised MatchError: no match of right hand side value: ~T[10:20:30]",
  ],
  [
    "NaiveDateTime.to_string(~D[2024-02-29])",
    "raised MatchError: no match of right hand side value: ~D[2024-02-29]",
  ],
  ["NaiveDateTime.to_erl(~D[2024-02-29])", "raised: no clause"],
  ["DateTime.shift(:none, day: 1)", "raised: no clause"],
  [
    "DateTime.add(~N[2024-02-29 10:20:30], 1, :nope)",
    "raised MatchError: no match of right hand side value: ~N[2024-02-29 10:20:30]",
  ],
  [
    "DateTime.truncate(%{calendar: Calendar.ISO, year: 2024, month: 1, day: 1}, :second)",
    "raised KeyError: key :hour not found in: %{calendar: Calendar.ISO, day: 1, month: 1, year: 2024}",
  ],
  [
    "DateTime.to_iso8601(~N[2024-02-29 10:20:30], :extended, 3600)",
    "raised KeyError: key :utc_offset not found in: ~N[2024-02-29 10:20:30]",
  ],
  ["{Enum.reduce(%{}, 0, :no), Enum.each([], &is_atom/1)}", "{0, :ok}"],
  ["Enum.map([], :no)", "raised: no clause"],
  ["Enum.each([], [1])", "raised: no clause"],
  ["Enum.reduce([1], :no)", "raised: no clause"],
  ["List.foldr([1], 0, fn x -> x end)", "raised: no clause"],
  [
    "Enum.reduce([1 | 2], &+/2)",
    "raised Protocol.UndefinedError: protocol Enumerable not implemented for type Integer\\n\\nGot value:\\n\\n    2\\n",
  ],
  ["Enum.map_reduce([1], 0, :no)", "raised BadFunctionError: expected a function, got: :no"],
  ["{Enum.slide(1..3, 0, :desc), Enum.slide(%{}, 0, nil)}", "{[2, 3, 1], []}"],
  ["Macro.unescape_string(%{})", "raised: no clause"],
  ["Macro.unescape_string(<<255, 97>>)", "<<255, 97>>"],
  ["Module.safe_concat([{:a, 1}])", "raised: no clause"],
  [
    'Module.concat("a", <<255>>)',
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: invalid UTF8 encoding\\n",
  ],
  [
    'List.to_existing_atom(Runner.itself(["a", "b"]))',
    "raised ArgumentError: errors were found at the given arguments:\\n\\n  * 1st argument: not a list of characters\\n",
  ],
  [':lists.nth("", [a: 1])', "raised ArithmeticError: bad argument in arithmetic expression"],
  [":lists.nthtail(String, [nil])", "raised ArithmeticError: bad argument in arithmetic expression"],
  [":lists.enumerate(1.5, [])", "raised: no clause"],
  [":lists.sort(:no, [1, 2])", "raised BadFunctionError: expected a function, got: :no"],
  [":lists.zipwith(:no, [1], [2])", "raised BadFunctionError: expected a function, got: :no"],
  ["Path.type(trim: true)", ":relative"],
  ['String.jaro_distance("ab", <<97, 255>>)', "raised ArgumentError: argument error: <<255>>"],
  ["URI.new(<<255, 97>>)", "raised: no clause"],
  ["JSON.encode!(<<1::3>>)", "raised: no clause"],
  [
    'Runner.told("defmodule FuzzToldMacros do\\ndefmacro m(x), do: quote(location: :keep, do: unquote(x) + :a)\\nend\\ndefmodule FuzzTold do\\nimport FuzzToldMacros\\n\\ndef run, do: m(1)\\nend") |> Enum.at(1)',
    "\"warning 7 evaluation of operator '+'/2 will fail with a 'badarith' exception\"",
  ],
  [
    "{:orddict.erase(:a, [{:a, 1}]), :proplists.delete(:a, [:a, {:a, 1}, :b]), :proplists.lookup_all(:a, [:a, :b, {:a, 2}])}",
    "{[], [:b], [a: true, a: 2]}",
  ],
  [':orddict.erase({}, ["x"])', "raised: no clause"],
  [':ordsets.intersection([1], "text")', "raised: no clause"],
  [":proplists.delete(:b, %{})", "raised: no clause"],
  ['[String.to_atom("a日"), String.to_atom("日本"), String.to_atom("a_日")]', '[:"a日", :日本, :a_日]'],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run, do: {hd([]), hd([])}\\nend") |> Enum.count(&(&1 =~ "will fail"))',
    "1",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run, do: length(&List.to_string/1)\\nend") |> Enum.filter(&(&1 =~ "will fail"))',
    "[\"warning 2 the call to length/1 will fail with a 'badarg' exception\"]",
  ],
  ['for <<a <- "abca">>, into: "", do: {a, {a}}', "raised ArgumentError: argument error"],
  [
    'for <<a <- Runner.itself("abca")>>, into: "", do: Runner.itself(a)',
    "raised ArgumentError: construction of binary failed: segment 2 of type 'binary': expected a binary but got: 97",
  ],
  [
    'for <<a <- Runner.itself(1)>>, x <- [1], into: "", do: {a, x}',
    "raised ArgumentError: argument error: 1",
  ],
  ["Enum.sort(Map.new([1, 1.0, 2, 2.0], &{&1, -&1}), :desc)", "[{2, -2}, {2.0, -2.0}, {1, -1}, {1.0, -1.0}]"],
  ['[Path.relative(["/", "a"]), Path.relative([?/, "a"]), Path.relative([[?/], "a"])]', '["/a", "a", "a"]'],
  [
    "OptionParser.to_argv(%{1 => :x})",
    "raised ArgumentError: the Access module does not support accessing lists by index, got: 1\\n\\nAccessing a list by index is typically discouraged in Elixir, instead we prefer to use the Enum module to manipulate lists as a whole. If you really must access a list element by index, you can use Enum.at/2 or the functions in the List module",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\nuse GenServer\\ndef child_spec(x), do: super(x)\\nuse GenServer\\ndef init(x), do: {:ok, x}\\nend") |> Enum.count(&(&1 =~ "redefining @doc"))',
    "1",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: send(self(), 1.())\\ndef two(x), do: {is_atom(x), length(x), %{} = 1}\\nend") |> Enum.filter(&(&1 =~ ~r"no effect|ignored"))',
    '["warning 2 the call to self/0 has no effect", "warning 3 the call to is_atom/1 has no effect", "warning 3 the result of calling length/1 is ignored (suppress the warning by assigning the expression to the _ variable)"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: (case {self(), x} do {_, y} -> y end)\\nend") |> Enum.filter(&(&1 =~ "no effect"))',
    '["warning 2 the call to self/0 has no effect"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: (_ = x; [x]).(1)\\ndef two(x), do: %{a: x}.(1)\\nend") |> Enum.filter(&(&1 =~ "invalid"))',
    '["warning 2 invalid function call"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: x\\ndef run(_), do: Atom.to_string(\\"a\\")\\nend") |> Enum.count(&(&1 =~ "will fail"))',
    "0",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(b), do: for(<<a <- b>>, into: \\"\\", do: {a})\\nend") |> Enum.at(1)',
    '"warning 2 binary construction will fail because of a type mismatch"',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: not Enum.partition(x, & &1)\\ndef two, do: MapSet.new(1) == System.stacktrace()\\nend") |> Enum.filter(&(&1 =~ "given types"))',
    '["warning 2 incompatible types given to Kernel.not/1:\\n\\n    not Enum.partition(x, fn capture -> capture end)\\n\\ngiven types:\\n\\n    -dynamic({term(), term()})-\\n\\nbut expected one of:\\n\\n    #1\\n    false\\n\\n    #2\\n    true\\n\\nwhere \\"capture\\" was given the type:\\n\\n    # type: dynamic()\\n    # from: told.exs:2\\n    capture\\n\\nwhere \\"x\\" was given the type:\\n\\n    # type: dynamic()\\n    # from: told.exs:2\\n    x\\n", "warning 3 comparison between distinct types found:\\n\\n    MapSet.new(1) == System.stacktrace()\\n\\ngiven types:\\n\\n    dynamic(%MapSet{}) == empty_list()\\n\\nWhile Elixir can compare across all types, you are comparing across types which are always disjoint, and the result is either always true or always false\\n"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run, do: (if %{} = 1, do: hd([]), else: tl([]))\\nend") |> Enum.count(&(&1 =~ "will fail"))',
    "0",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndefp helper, do: :a = fn x -> x end\\nend") |> Enum.count(&(&1 =~ "never match"))',
    "1",
  ],
  [
    'Code.string_to_quoted("for a <- quote do: &f/1, fn x -> raise A, x.a() end, do: 1") |> elem(1) |> elem(0)',
    "[line: 1, column: 24]",
  ],
  ['Code.string_to_quoted("unless x, do: 1, [raise A, b]") |> elem(1) |> elem(0)', "[line: 1]"],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(%{a: a}), do: a\\ndef run(_x = y), do: y\\ndef run(%{a: a}), do: a\\nend") |> Enum.filter(&(&1 =~ "cannot match"))',
    '["warning 4 this clause for run/1 cannot match because a previous clause at line 3 always matches"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\ncase x do\\n_z -> 1\\n[_] -> String.to_integer(\\"a\\")\\nend\\nend\\nend") |> Enum.count(&(&1 =~ "will fail"))',
    "0",
  ],
  [
    'Enum.map([["ab", "c"], ["a" | "b"], [[?a], "x"], [?a, ?b], [""], "ab"], &{:string.titlecase(&1), :string.next_codepoint(&1)})',
    '[{[65, "b", "c"], [97, "b", "c"]}, {[65, "" | "b"], [97, "" | "b"]}, {[65, "x"], [97 | "x"]}, {~c"Ab", ~c"ab"}, {[], []}, {"Ab", [97 | "b"]}]',
  ],
  [
    "defmodule One do\ndefstruct [:a]\nend\ntry do Runner.itself(One).__struct__(1..3) rescue e -> Exception.message(e) end",
    '"no function clause matching in anonymous fn/2 in FuzzCase.One.__struct__/1"',
  ],
  [
    "defmodule Two do\n@enforce_keys [:a, :b]\ndefstruct [:a, :b]\nend\ntry do Runner.itself(Two).__struct__([{:b, 1}, 2]) rescue e -> hd(hd(__STACKTRACE__) |> elem(2) |> tl()) |> elem(1) end",
    "[:a]",
  ],
  [
    "defmodule Three do\ndefstruct [:a]\nend\nRunner.itself(Three).__struct__([{:a, 1} | 2])",
    "raised: no clause",
  ],
  ["Code.eval_string(\"for a <- [1], 'abc', do: a\")", "raised: no clause"],
  ['Code.eval_string("with [1, 2], do: 1")', "raised: no clause"],
  [
    "spawn_monitor(fn -> exit({:trace, Exception.format_stacktrace(nil)}) end)\nreceive do {:DOWN, _, _, _, reason} -> reason end",
    '{:trace, "\\n"}',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\nreceive do\\n1 -> 2\\nafter\\n:erlang.abs(:a) -> x\\nend\\nend\\nend") |> Enum.filter(&(&1 =~ "will fail"))',
    "[\"warning 6 the call to abs/1 will fail with a 'badarg' exception\"]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\ncond do\\n1 > 2 -> abs(:a)\\nx -> x\\n3 -> x\\nabs(:b) -> abs(:c)\\nend\\nend\\nend") |> Enum.filter(&(&1 =~ "will fail"))',
    "[]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\ntry do\\nraise(x)\\nrescue\\n_ -> 1\\nArgumentError -> abs(:a)\\ncatch\\n_ -> 2\\n:b -> abs(:b)\\nend\\nend\\nend") |> Enum.filter(&(&1 =~ "will fail"))',
    "[\"warning 10 the call to abs/1 will fail with a 'badarg' exception\", \"warning 7 the call to abs/1 will fail with a 'badarg' exception\"]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\ntry do\\nx\\nrescue\\nArgumentError -> abs(:a)\\nend\\nfn\\n_ -> 1\\n:a -> abs(:a)\\nend\\nend\\nend") |> Enum.filter(&(&1 =~ "will fail"))',
    "[]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\nreceive do\\nz -> z\\n:a -> abs(:a)\\nafter\\n1 -> abs(x)\\nend\\nwith 1 <- x do\\n2\\nelse\\nz -> z\\n:a -> abs(:a)\\nend\\nend\\nend") |> Enum.filter(&(&1 =~ "will fail"))',
    "[]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run, do: (~c\\"abc\\" and %{} <> ~c\\"abc\\")\\ndef two(x), do: (case x do y -> y; 2 -> %{} <> \\"a\\" end)\\nend") |> Enum.filter(&(&1 =~ "binary construction"))',
    '["warning 2 binary construction will fail because of a type mismatch", "warning 3 binary construction will fail because of a type mismatch"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run, do: (unless x = &Enumerable.size/1, do: x.a())\\ndef two, do: (case 5 do y when y == 6 -> y + :a; _ -> 1 end)\\nend") |> Enum.filter(&(&1 =~ ~r/(will|always) fail/))',
    "[\"warning 3 evaluation of operator '+'/2 will fail with a 'badarith' exception\"]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run, do: (if 1 do 1 else abs(:a) end)\\ndef two, do: (cond do !true -> abs(:b); true -> 1 end)\\ndef three, do: abs(if true, do: :c, else: 1)\\nend") |> Enum.filter(&(&1 =~ "will fail"))',
    "[\"warning 2 the call to abs/1 will fail with a 'badarg' exception\", \"warning 4 the call to abs/1 will fail with a 'badarg' exception\"]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\ncase {x, 1} do\\n{_, 2} -> abs(:a)\\n{1, 2, 3} -> abs(:b)\\n%{} -> abs(:c)\\n_ when false -> abs(:d)\\n_ -> 1\\nend\\nend\\nend") |> Enum.filter(&(&1 =~ "will fail"))',
    "[\"warning 7 the call to abs/1 will fail with a 'badarg' exception\"]",
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\nb = c = hd(x)\\nb = hd(x)\\nd = e = tl(x)\\nd\\nend\\nend") |> Enum.filter(&(&1 =~ "ignored"))',
    '["warning 3 the result of calling hd/1 is ignored (suppress the warning by assigning the expression to the _ variable)"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: (case self() do %{^x => z} when false -> z; _ -> x end)\\ndef two(x), do: (case {self(), x} do {1, 2, 3} -> 1; _ -> x end)\\nend") |> Enum.filter(&(&1 =~ "no effect"))',
    '["warning 2 the call to self/0 has no effect", "warning 3 the call to self/0 has no effect"]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x) do\\ntry do\\nx\\ncatch\\n<<256>> -> 1\\n:exit, <<257>> -> 1\\nend\\nend\\nend")',
    '["{:module, FuzzTold, true}"]',
  ],
  ['Runner.told("defmodule FuzzTold do\\n@before_compile 1\\nend")', '["raised: no clause"]'],
  [
    'Runner.told("defmodule FuzzTold do\\n@before_compile {1, 2}\\nend")',
    '["raised ArgumentError: you attempted to apply a function on 1. Modules (the first argument of apply) must always be an atom"]',
  ],
  [
    'Runner.told("import :lists, only: :sigils")',
    '["raised UndefinedFunctionError: function :lists.__info__/1 is undefined or private"]',
  ],
  ['Runner.told("quote location: :foo, do: 1")', '["raised: no clause"]'],
  [
    'for {path, extension} <- [{"a//b/", ""}, {"a//b/", "b"}, {"a/b.ex", ".ex"}, {"b//", "a"}, {"/", ""}, {"a", "a"}], do: Path.basename(path, extension)',
    '["/", "b", "b", "b", "", ""]',
  ],
  [
    "for f <- [1.0e22, 1.0e16, 9.0e15, 100.0, 1.2e20], do: :erlang.float_to_list(f, [:compact, decimals: 0])",
    '[~c"1", ~c"1", ~c"9000000000000000", ~c"100", ~c"12"]',
  ],
  [
    'Code.eval_string("defmodule FuzzB do\\n@callback b(x :: integer) :: term\\n@macrocallback am(x :: term) :: term\\n@callback a :: term\\nend\\nFuzzB.behaviour_info(:callbacks)") |> elem(0)',
    '[b: 1, "MACRO-am": 2, a: 0]',
  ],
  [
    "for f <- [&(&1 + 1), &(1 + &1), &(&1 - 1), &(1 - &1), &(&1 - -1), &(1 / &1), &(2 * &1), &(&1 * 1.5), &(&1 + &1), &Bitwise.band(1, &1), &(+&1)], do: Runner.uncaught(fn -> f.(:a) end) |> List.last()",
    '["** (ArithmeticError) bad argument in arithmetic expression", "** (ArithmeticError) bad argument in arithmetic expression", "** (ArithmeticError) bad argument in arithmetic expression", "** (ArithmeticError) bad argument in arithmetic expression: 1 - :a", "** (ArithmeticError) bad argument in arithmetic expression: :a - -1", "** (ArithmeticError) bad argument in arithmetic expression", "** (ArithmeticError) bad argument in arithmetic expression: :a * 2", "** (ArithmeticError) bad argument in arithmetic expression", "** (ArithmeticError) bad argument in arithmetic expression: :a + :a", "** (ArithmeticError) bad argument in arithmetic expression: Bitwise.band(:a, 1)", "** (ArithmeticError) bad argument in arithmetic expression: +(:a)"]',
  ],
  ['(require Logger; Logger.log(Runner.itself(:nope), "x"))', "raised: no clause"],
  [
    "for list <- [[<<0, 255>> | URI], [-1, :a], [[<<255>>] | :b], [<<255>>, -1]], do: Runner.outcome(fn -> :unicode.characters_to_list(list) end) |> elem(0)",
    "[:error, :error, :error, :ok]",
  ],
  [
    'for list <- [[<<0, 255>>], [[<<0, 255>>]], [[<<195>>, 1], 2], [["a" | <<255>>], "c"]], do: {:unicode.characters_to_binary(list), :unicode.characters_to_list(list)}',
    '[{{:error, <<0>>, <<255>>}, {:error, [0], [<<255>>]}}, {{:error, <<0>>, [[<<255>>]]}, {:error, [0], [[<<255>>]]}}, {{:error, "", [<<195>>, [[1], 2]]}, {:error, [], [<<195>>, [[1], 2]]}}, {{:error, "a", [<<255>>, "c"]}, {:error, ~c"a", [<<255>>, "c"]}}]',
  ],
  [
    'Runner.told("defmodule FuzzTold do\\n\\n[_ | _] = {:error, _} = self() |> then(& &1) |> is_pid()\\nend")',
    '["raised MatchError: no match of right hand side value: true", "warning 1 pattern cannot possibly match"]',
  ],
  [
    "for call <- [fn -> Enum.zip([1], Runner.itself(fn x, acc -> {[x], acc} end)) end, fn -> Stream.concat([1], Runner.itself(fn _, _ -> true end)) |> Enum.to_list() end], do: (try do call.() rescue error -> error.__struct__ end)",
    "[CaseClauseError, TryClauseError]",
  ],
  [
    ":lists.sort(Runner.itself(&is_atom/1), [1, 2, 3])",
    "raised BadArityError: &:erlang.is_atom/1 with arity 1 called with 2 arguments (1, 2)",
  ],
  [
    '{:lists.keydelete(:a, 123456789012345678901, a: 1), :sets.is_subset(Runner.itself(%{}), ["x"]), :ordsets.is_disjoint([1, 2], Runner.itself([1 | 2]))}',
    "{[a: 1], true, false}",
  ],
  ['String.pad_trailing("1", 123456789012345678901)', "raised ArgumentError: argument error"],
  ["OptionParser.parse!(Runner.itself([1 | 2]), [])", "raised: no clause"],
  ["IO.write(Runner.itself({}), [])", "raised: no clause"],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: (\\"a\\" <> _ = <<_, _::binary>> = x)\\nend")',
    '["{:module, FuzzTold, true}", "warning 2 pattern cannot possibly match"]',
  ],
  [
    'Code.with_diagnostics(fn -> try do Code.eval_string("defmodule FuzzTold do\\ndef run(x), do: foo(bar(x), baz(x) |> qux())\\ndef also, do: if(one(), do: two(three()))\\nend") rescue _ -> nil end end) |> elem(1) |> Enum.flat_map(&Regex.run(~r/(?<=undefined function )[^\\s\\/]+/, &1.message))',
    '["bar", "baz", "qux", "foo", "one", "three", "two"]',
  ],
  [
    'JSON.encode_to_iodata!([%{"a\\n" => "b\\n\\"c"}, ""]) |> inspect(charlists: :as_lists)',
    '"[91, [123, [[[34], \\"a\\" | \\"\\\\\\\\n\\"], 34], 58, [[[[34], \\"b\\" | \\"\\\\\\\\n\\"] | \\"\\\\\\\\\\\\\\"\\"], \\"c\\", 34] | \\"}\\"], 44, [34, \\"\\", 34], 93]"',
  ],
  [
    "pid = :proc_lib.spawn(fn -> receive do: (:stop -> 1) end); Process.sleep(5); Process.info(pid, :dictionary) |> elem(1) |> Keyword.keys()",
    '[:"$initial_call", :"$ancestors"]',
  ],
  [':io_lib.format(~c"~tc~3tc", [123456789012345678901, -1])', "[123456789012345678901, -1, -1, -1]"],
  [
    'Runner.told("defmodule FuzzTold do\\ndef run(x), do: then(x, nil)\\nend")',
    '["raised CompileError: Elixir.FuzzTold: undefined function nil/1 in run/1"]',
  ],
  [
    "{:unicode.characters_to_list([1, 123456789012345678901]), :unicode.characters_to_binary([1, -1], :latin1)}",
    "{{:error, [1], [123456789012345678901]}, {:error, <<1>>, [-1]}}",
  ],
];
