/** Erlang's modules: lists, maps, data structures, tables, terms, formats. */
import type { Rules } from "../rules.ts";

export const erlang: Rules = {
  call: String.raw`
    :lists.$l1($list)
    :lists.$l1($list)
    :lists.$l2($proper, $proper)
    :lists.$lf($fun1, $list)
    :lists.$lf($fun1, $list)
    :lists.$lf2(fn x, acc -> {x, acc} end, $val, $list)
    :lists.$mf(fn x, acc -> {[x], acc + 1} end, 0, $list)
    :lists.$key($val, $pos, $pairs)
    :lists.key$sorting($pos, $pairs)
    :lists.keyreplace($val, $pos, $pairs, {:new})
    :lists.keystore($val, $pos, $pairs, {:new})
    :lists.keymap($fun1, $pos, $pairs)
    :lists.keymerge(1, $pairs, $pairs)
    :lists.$sort2(fn a, b -> a >= b end, $proper)
    :lists.sublist($list, $n)
    :lists.sublist($proper, $pos, $smallint)
    :lists.nth($n, $list)
    :lists.nthtail($n, $list)
    :lists.split($n, $list)
    :lists.seq($n, $n2)
    :lists.seq($n, $n2, $step)
    :lists.duplicate($n, $val)
    :lists.member($val, $list)
    :lists.delete($val, $list)
    :lists.search($fun1, $list)
    :lists.zip($list, $list)
    :lists.zipwith(fn a, b -> {b, a} end, $list, $list)
    :lists.zip3($list, $list, $list)
    :lists.unzip3([{1, 2, 3}, {4, 5, 6}])
    :lists.join($val, $list)
    :lists.enumerate($n, $list)
    :lists.merge3($list, $list, $list)
    :lists.uniq($list)
    :lists.flatlength($deep)
    :lists.flatten($deep, [:t])
    :lists.concat($deep)
    :maps.$m1($map)
    :maps.$m2($val, $map)
    :maps.get($val, $map, :d)
    :maps.put($val, $val, $map)
    :maps.update($val, $val, $map)
    :maps.update_with($val, fn x -> {x} end, $map)
    :maps.update_with($val, fn x -> {x} end, :init, $map)
    :maps.merge($map, $map)
    :maps.merge_with(fn k, a, b -> {k, a, b} end, $map, $map)
    :maps.intersect($map, $map)
    :maps.$mfun(fn k, v -> $keep end, $map)
    :maps.filtermap(fn _, v -> {true, [v]} end, $map)
    :maps.fold(fn k, v, acc -> [{k, v} | acc] end, [], $map)
    :maps.$mlist($proper, $map)
    :maps.from_list($pairs)
    :maps.from_keys($list, $val)
    :maps.groups_from_list($fun1, $list)
    :maps.find($val, $map)
    :maps.iterator($map) |> :maps.next()
    :ordsets.$os(:ordsets.from_list($list), :ordsets.from_list($list))
    :ordsets.add_element($val, :ordsets.from_list($list))
    :ordsets.del_element($val, :ordsets.from_list($list))
    :orddict.from_list($pairs)
    :orddict.store($val, 1, :orddict.from_list([{1, 2}, {:a, 3}]))
    :orddict.append($val, 1, :orddict.from_list([{1, [2]}, {:a, [3]}]))
    :orddict.update_counter($val, 2, [{1, 2}])
    :sets.to_list(:sets.$os(:sets.from_list($small, version: 2), :sets.from_list($small, version: 2))) |> :lists.sort()
    :gb_sets.$gs(:gb_sets.from_list($list))
    :gb_sets.to_list(:gb_sets.$os(:gb_sets.from_list($list), :gb_sets.from_list($list)))
    :gb_sets.from_list($list)
    :gb_trees.from_orddict($pairs)
    :gb_trees.to_list(Enum.reduce($list, :gb_trees.empty(), &:gb_trees.enter(&1, {&1}, &2)))
    Enum.reduce($list, :gb_trees.empty(), &:gb_trees.enter(&1, 1, &2)) |> :gb_trees.$gt()
    Enum.reduce($list, :gb_trees.empty(), &:gb_trees.enter(&1, 1, &2)) |> :gb_trees.balance()
    :gb_trees.lookup($val, :gb_trees.enter(1, 2, :gb_trees.empty()))
    :gb_trees.insert($val, 3, :gb_trees.enter(1, 2, :gb_trees.empty()))
    :queue.$q1(:queue.from_list($list))
    :queue.to_list(:queue.in($val, :queue.from_list($list)))
    :queue.$q2($val, :queue.from_list($list))
    {a, b} = :queue.split($n, :queue.from_list($proper)); {:queue.to_list(a), :queue.to_list(b)}
    :queue.from_list($list)
    :array.$a1(:array.from_list($proper))
    :array.get($n, :array.from_list($proper))
    :array.to_list(:array.set($n, $val, :array.from_list($list, :z)))
    :array.sparse_to_orddict(:array.set($n, $val, :array.new(default: 0)))
    :array.map(fn i, x -> {i, x} end, :array.from_list($proper)) |> :array.to_list()
    :dict.to_list(:dict.from_list([{:a, 1}, {:b, 2}, {:a, 3}]))
    :dict.fetch($val, :dict.store(1, 2, :dict.new()))
    :proplists.$p1($prop)
    :proplists.$p2($pkey, $prop)
    :proplists.get_value($pkey, $prop, :d)
    :proplists.expand([{:a, [:x, {:y, 1}]}], $prop)
    :proplists.substitute_negations([{:no_a, :a}], $prop)
    :proplists.to_map($prop)
    :proplists.split($prop, [:a, :b])
    :erlang.term_to_binary($term)
    :erlang.term_to_binary($term, $tb)
    :erlang.binary_to_term(:erlang.term_to_binary($term)) === $term
    :erlang.binary_to_term(<<131, $byte, $byte, $byte>>)
    :erlang.external_size($term)
    :erlang.phash2($term)
    :erlang.phash2($term, 1000)
    :erlang.phash($val, 10)
    :erlang.md5($bin)
    :erlang.crc32($bin)
    :erlang.adler32($bin)
    :erlang.$e1($val)
    :erlang.$e1($val)
    :erlang.$e1($list)
    :erlang.$e2($val, $val)
    :erlang.$tuple($n, $tuple)
    :erlang.setelement($n, $tuple, $val)
    :erlang.insert_element($n, $tuple, $val)
    :erlang.make_tuple($n, $val, [{1, :x}])
    :erlang.split_binary($bin, $n)
    :erlang.binary_part($bin, {$n, $n2})
    :erlang.list_to_existing_atom(~c"$word")
    :erlang.binary_to_atom($bin, $latin)
    :erlang.fun_info(&:lists.map/2, $info)
    :erlang.apply(:lists, :reverse, [$list])
    :erlang.$cmp($term, $term)
    :io_lib.format($format, [$term]) |> IO.chardata_to_string()
    :io_lib.format($format, [$term, $term]) |> IO.chardata_to_string()
    :io_lib.format($format ++ ~c"/" ++ $format, [$term, $term]) |> IO.chardata_to_string()
    :io_lib.format(~c"~*.*.*s", [$n, $n, ?x, $str]) |> IO.chardata_to_string()
    :io_lib.$io1($term) |> IO.chardata_to_string()
    :io_lib.print($term, $col, $width, -1) |> IO.chardata_to_string()
    :io_lib.write($term, $depth) |> IO.chardata_to_string()
    :io_lib.write($term, [{:depth, $depth}, {:encoding, :latin1}]) |> IO.chardata_to_string()
    :io_lib.fread(~c"$fread", ~c"$fin")
    :io_lib.$ischar(~c"$word")
    :io.fwrite("~tp~n", [$term])
    :string.$s1(~c"$word $word")
    :binary.$b1($bin)
    :binary.at($bin, $n)
    :binary.copy($bin, $n)
    :binary.match($bin, $bin)
    :binary.match($bin, [$bin, "a"], scope: {0, 1})
    :binary.encode_unsigned($int, $endian)
    :binary.decode_unsigned($bin, $endian)
    :binary.compile_pattern($bin) |> is_tuple()
    :math.$math($n)
    (t = :ets.new(:t, [$ettype]); :ets.insert(t, $rows); :ets.$et1(t) |> then(&if(is_list(&1), do: :lists.sort(&1), else: &1)))
    (t = :ets.new(:t, [:ordered_set]); :ets.insert(t, $rows); :ets.$et2(t, $val))
    (t = :ets.new(:t, [:ordered_set]); :ets.insert(t, $rows); :ets.select(t, $spec))
    (t = :ets.new(:t, [:ordered_set]); :ets.insert(t, $rows); :ets.select_count(t, $spec))
    (t = :ets.new(:t, [:ordered_set]); :ets.insert(t, $rows); {:ets.select_delete(t, $spec), :ets.tab2list(t)})
    (t = :ets.new(:t, [:ordered_set]); :ets.insert(t, $rows); :ets.match(t, $mpat))
    (t = :ets.new(:t, [:ordered_set]); :ets.insert(t, $rows); :ets.match_object(t, $mpat))
    (t = :ets.new(:t, [:ordered_set]); :ets.insert(t, $rows); {:ets.match_delete(t, $mpat), :ets.tab2list(t)})
    (t = :ets.new(:t, [:ordered_set]); :ets.insert(t, $rows); {:ets.select(t, $spec, 2)} |> elem(0) |> then(fn {a, _} -> a; x -> x end))
    (t = :ets.new(:t, [$etset]); :ets.insert(t, {:c, 1, 2}); :ets.update_counter(t, $ckey, $cop, $cdef))
    (t = :ets.new(:t, [$etset]); :ets.insert(t, {:c, 1, 2}); {:ets.update_element(t, $ckey, {$elem, :new}), :ets.lookup(t, :c)})
    (t = :ets.new(:t, [$ettype]); :ets.insert(t, $rows); :ets.lookup_element(t, $val, $elem))
    (t = :ets.new(:t, [$ettype]); {:ets.insert_new(t, $rows), :ets.insert_new(t, {$val, 9}), :ets.take(t, $val), :ets.info(t, :size)})
    :ets.test_ms({$val, $val}, $spec)
    :ets.fun2ms(:x) |> is_list()
    :re.$re($text, "[a-c]+", $reopts)
    :re.replace("abcabd", "(b)(c|d)", $rerep, $reropts) |> IO.iodata_to_binary()
    :re.split("a,b,,c", "(,)", $respl)
    :unicode.characters_to_list($deep)
    :base64.$b64("$encoded")
    :calendar.$cal({2024, 2, 29})
    :uri_string.parse("http://a:1/b?c#d")
    :uri_string.$us("a b%20é")
    :timer.$tm($n)
    :os.$os1()
    :erl_scan.string(~c"$erl") |> elem(0)
    :atomics.new($n, signed: true) |> is_reference()
    (c = :counters.new(2, []); :counters.add(c, 1, $int); :counters.get(c, 1))
    (a = :atomics.new(1, signed: $bool); :atomics.add(a, 1, $int); :atomics.$at(a, 1, $int))
    :persistent_term.get({:none, $val}, $val)
    :digraph_utils.topsort((g = :digraph.new(); Enum.each([:a, :b, :c], &:digraph.add_vertex(g, &1)); :digraph.add_edge(g, :a, :b); :digraph.add_edge(g, :b, :c); g))
    :crypto.hash($hash, $text)
    :crypto.mac(:hmac, $hash, "key", $text) |> Base.encode16()`,
  l1: "reverse\nsort\nusort\nsum\nmax\nmin\nlast\nflatten\nunzip\nappend\ndroplast\nconcat\nflatlength\nenumerate\nuniq",
  l2: "append\nsubtract\nprefix\nsuffix\nmerge\numerge\nreverse\nzip",
  lf: "map\nfilter\nfiltermap\nforeach\nall\nany\npartition\ntakewhile\ndropwhile\nflatmap\nsplitwith\nmax\nuniq",
  lf2: "foldl\nfoldr",
  mf: "mapfoldl\nmapfoldr",
  key: "keyfind\nkeymember\nkeydelete\nkeysearch\nkeytake",
  sorting: "sort",
  sort2: "sort\nusort\nsort",
  fun1: "(fn x -> {x} end)\n(fn x -> is_integer(x) end)\n(fn _ -> true end)\n(fn x -> {true, x} end)\n(&is_atom/1)\n(fn x -> [x] end)\n(fn x -> x == 1 end)\n:bad",
  proper: '[]\n[1, 2, 3]\n[3, 1, 2, 1]\n[1.0, 1, :a, "b", {}, [1]]\n[$val, $val]',
  list: '[]\n[1, 2, 3]\n[3, 1, 2, 1]\n[1.0, 1, :a, "b", {}, [1]]\n[{:a, 1}, {:b, 2}]\n[$val, $val]\n~c"abc"\n[1 | 2]\n:x\n[[1], [2, 3]]\n[2, 1.0, 2.0, 1]\n[true, false]',
  smallint: "0\n1\n2",
  small: "[1, 2, 3]\n[:a, 1]\n[]\n[2, 3, 4]",
  deep: '[[1, [2]], 3]\n[["ab", ~c"c"], ?d]\n[:a, 1, "x", 2.5]\n[]\n[1 | 2]\n[[[]]]\n[~c"ab", [955]]',
  pairs:
    "[{:a, 1}, {:b, 2}, {1, :c}]\n[]\n[{1, 2}, {1.0, 3}]\n[{:b, 1}, {:a, 2}, {:b, 0}]\n[:x, {:a, 1}]\n[{:a}, {:b, 1, 2}]",
  map: '%{}\n%{a: 1, b: 2}\n%{1 => :x, 1.0 => :y}\n%{"k" => [1], nil => nil}\n[]\n%{$val => $val}',
  m1: "keys\nvalues\nto_list\nsize",
  m2: "get\nfind\nis_key\nremove\ntake\nwithout",
  keep: "is_integer(v)\nk == :a\n{k, v}\ntrue",
  mfun: "filter\nmap\nforeach\nfiltermap",
  mlist: "with\nwithout",
  os: "union\nintersection\nsubtract\nis_subset\nis_disjoint",
  gs: "size\nsmallest\nlargest\ntake_smallest\ntake_largest\nis_empty\nbalance\nto_list",
  gt: "keys\nvalues\nsize\nsmallest\nlargest\ntake_smallest\ntake_largest\nis_empty\nto_list",
  q1: "out\nout_r\nlen\nis_empty\nreverse\nhead\npeek\nget\ntail\ndrop\nlast\nliat\ninit\nto_list\npeek_r\ndaeh",
  q2: "in\nin_r\nmember\ncons\ndelete",
  a1: "to_list\nsize\nto_orddict\nis_array\nsparse_size\ndefault\nresize",
  prop: '[:a, {:b, 2}, {:a, 3}]\n[]\n[{:a, false}, :b, {:c, 1, 2}]\n[{:no_a, true}, "s"]',
  p1: "compact\nunfold\nget_keys",
  p2: "get_value\nget_bool\nlookup\nlookup_all\nget_all_values\nis_defined\ndelete\nappend_values",
  pkey: ":a\n:b\n:c\n:z",
  tb: "[:compressed]\n[minor_version: 1]\n[minor_version: 0]\n[compressed: 9]\n[:deterministic]\n[:bad]",
  byte: "97\n98\n100\n104\n106\n107\n108\n109\n70\n110\n119\n0\n1\n255\n116\n2",
  e1: "is_atom\nis_list\nabs\natom_to_list\natom_to_binary\nlist_to_tuple\ntuple_to_list\nlist_to_binary\nbinary_to_list\niolist_size\nbit_size\nbyte_size\nlength\nhd\ntl\ntuple_size\nmap_size\nfloat\ntrunc\nround\nsize\ninteger_to_list\nlist_to_atom\nlist_to_integer\nlist_to_bitstring\niolist_to_binary\nbitstring_to_list\nnot\nis_function\nfloat_to_list\nbinary_to_integer\nis_process_alive\npid_to_list\nlist_to_pid\nfun_to_list\nref_to_list\niolist_to_iovec\nround",
  e2: "+\n-\n*\n/\ndiv\nrem\nand\nor\nxor\nband\nbor\n==\n=:=\n<\n>=\n++\n--\nmin\nmax\nmap_get\nis_map_key\nelement\nappend_element\nis_record\nmake_tuple\nbsl\nis_function",
  tuple: "element\ndelete_element",
  cmp: '==\n<\n>\n=<\n>=\n=:=\n"=/="',
  latin: ":utf8\n:latin1\n:bad",
  info: ":arity\n:module\n:name\n:type\n:env\n:bad",
  n: "0\n1\n2\n3\n5\n-1\n10",
  n2: "0\n1\n5\n-2\n3",
  step: "1\n2\n-1\n0\n3",
  pos: "1\n2\n0\n3",
  int: "0\n1\n-1\n255\n65536\n-9223372036854775808\n9223372036854775807\n18446744073709551616\n1000",
  bool: "true\nfalse",
  val: '1\n:a\n1.0\n"k"\n[]\n{1, 2}\nnil\n2\n:b\n%{}\n3\n-5\n<<1::3>>\n""\n~c"12"\n"12"\n0\n2.5\nself() |> is_pid()\n18446744073709551616',
  bin: '"abc"\n""\n<<1, 2, 255>>\n"é"\n"a"\n<<5::4>>\n"cab"\n<<0>>\n:x\n"YWJj"',
  word: "abc\nx\nhello world\nΣ\nA1\nnil",
  str: '"string"\n~c"chars"\n"é日"\n:atom',
  format: '~c"$ctl"\n~c"<$ctl>"\n~c"~30p"\n"$ctl"',
  ctl: "~p\n~w\n~s\n~ts\n~tp\n~tw\n~lp\n~P\n~W\n~i\n~c\n~tc\n~10s\n~-10s\n~.3s\n~10.3s\n~5w\n~-8w|\n~20p\n~~~p\n~p~n\n~.5p\n~10.5.*s\n~b\n~.16b\n~x\n~g\n~.2f\n~e\n~3c\n~..0p\n~10..*w\n~q\n~\n~0p\n~1p\n~Kp\n~ltp",
  term: String.raw`$val
    [1, 2, 3]
    ~c"hello"
    "binary"
    "é日本"
    ~c"é日"
    %{a: 1, "b" => [2]}
    {:ok, [a: 1, b: {2, 3}], "s"}
    :"quoted atom"
    :"é"
    :'日'
    Elixir.Foo
    [~c"a", ~c"b" | :t]
    <<1, 2, 3>>
    <<255, 1::4>>
    1.0e100
    123456789012345678901
    -1.5
    [[[[[[1]]]]]]
    {{}, [], %{}, ""}
    Enum.to_list(1..30)
    Enum.map(1..12, &{:key, &1, "value"})
    ~c"a long list of characters that has to be broken somewhere near the end of a line, or so"
    "a long binary of characters that has to be broken somewhere near the end of a line, or so it seems"
    %{key: %{nested: %{deeply: [1, 2, {3, :four, "five", ~c"six"}]}, other: :value_that_is_long}}
    [{:a, "\n\t\\\""}, ~c"\n\e\0"]
    Map.new(1..10, &{&1, {:v, &1}})
    {:error, {:badmatch, [{:a_rather_long_atom, 1}, {:another_rather_long_atom, 2}, {:third, 3}]}}
    [:a | :b]
    $list
    &:lists.map/2
    256
    128512
    [128512, 97]
    ~c"\x7f\x80"`,
  io1: "write\nprint",
  col: "1\n10\n5",
  width: "20\n40\n80",
  depth: "-1\n1\n3\n8",
  fread: "~d\n~s\n~f\n~a ~d\n~c\n~4u\n~*s~d\n~d,~d\n~~~d\n~16u\n~x\n~#\n~2d~d\n~-\n~l~s",
  fin: "12 ab\nabc 1\n 5,6\n1.5e3x\n16#ff\n\n~7\nab12\n-3 x",
  ischar:
    "printable_list\nprintable_unicode_list\nlatin1_char_list\nchar_list\ndeep_char_list\nprintable_latin1_list\nwrite_string",
  s1: "to_upper\nto_lower\nlen\nstrip\nreverse\nwords\nuppercase\nto_integer\nlength\ntitlecase",
  b1: "bin_to_list\nfirst\nlast\nlist_to_bin\ndecode_unsigned\nencode_hex\ndecode_hex",
  endian: ":big\n:little",
  math: "sqrt\nlog\nexp\nfloor\nceil\nlog2\ncos",
  etset: ":set\n:ordered_set",
  elem: "2\n3\n5",
  ettype: ":set\n:ordered_set\n:bag\n:duplicate_bag",
  rows: '[{1, :a}, {2, :b}]\n[{:a, 1, 2}, {:b, 3, 4}]\n{1, 2}\n[{1.0, :f}, {1, :i}]\n[]\n[{1, :a}, {1, :b}, {1, :a}]\n[{{1, 2}, %{k: 1}}, {"k", [1, 2]}]\n{}\n[{1, 5}, {2, 7}, {3, 9}, {:a, 11}]',
  et1: "tab2list\ndelete_all_objects",
  et2: "lookup\nmember\nnext\nprev\ndelete\ntake",
  spec: '[{{:"$1", :"$2"}, [], [:"$2"]}]\n[{{:"$1", :_}, [{:>, :"$1", 1}], [true]}]\n[{:"$1", [], [:"$_"]}]\n[{{:"$1", :"$2"}, [{:is_atom, :"$2"}], [{{:"$2", :"$1"}}]}]\n[{{:"$1", :"$2"}, [], [:"$$"]}]\n[{{:"$1", :"$2"}, [{:orelse, {:==, :"$1", 1}, {:is_map, :"$2"}}], [{:+, :"$1", 1}]}]\n[{{:"$1", :"$1"}, [], [{:const, {:x, 1}}]}]\n[{{:_, :"$2"}, [{:andalso, {:is_integer, :"$2"}, {:<, :"$2", 8}}], [%{v: :"$2"}]}]\n[{{:"$1", :"$2"}, [{:>, {:length, :"$2"}, 1}], [{:hd, :"$2"}]}]\n[{{:"$1", :_}, [:"$1"], [1]}]',
  mpat: '{:"$1", :"$2"}\n{:_, :"$1"}\n{1, :"$2"}\n:"$1"\n{:"$1", :"$1"}\n:_\n{:"$2", :"$1"}\n{:a, :"$1", :_}\n{:"$1", %{k: :"$2"}}',
  ckey: ":c\n:d",
  cop: "1\n{2, 5}\n{3, -1, 0, 10}\n[{2, 1}, {3, 2}]\n{2, 10, 5, 0}\n{4, 1}\n{1, 1}\n:x",
  cdef: "{:d, 0, 0}\n{:d}\n{:e, 5, 5}",
  re: "run",
  // No offset behind the end: that fails with an error of the emulator's own that no program can catch.
  reopts:
    "[]\n[:global]\n[capture: :first]\n[{:capture, :all, :binary}]\n[{:capture, :none}]\n[:caseless, {:return, :list}]\n[{:offset, 0}]",
  rerep: '"<&>"\n"\\\\1-\\\\2"\n"\\\\g{2}"\n~c"x"\n"\\\\&"',
  reropts: "[]\n[:global]\n[:global, return: :binary]\n[return: :list]",
  respl: "[]\n[return: :list]\n[:trim]\n[:group]\n[parts: 2]\n[:group, :trim]",
  encoded: "YWJj\nYQ==\nYWI=\n",
  b64: "encode\ndecode\nencode_to_string\nmime_decode",
  cal: "day_of_the_week\ndate_to_gregorian_days\niso_week_number\nvalid_date",
  us: "quote\nunquote\npercent_decode\nnormalize",
  tm: "seconds\nminutes\nhours",
  os1: "type",
  erl: 'foo(1, X).\n1.5\n\'q\n\\"s\\"',
  at: "exchange\nadd_get\nput\nsub_get",
  text: '"abc"\n""\n<<1, 2, 255>>\n"é"\n["a", [?b]]',
  hash: ":md5\n:sha\n:sha256\n:sha512\n:sha384\n:sha3_224\n:sha3_256\n:sha3_384\n:sha3_512",
};
