/** Enum, Stream, List, Map, MapSet, Tuple and ranges, on collections of every kind. */
import type { Rules } from "../rules.ts";

const ENUM_OF_ONE =
  "all?\nany?\ncount\ndedup\nempty?\nmax\nmin\nmin_max\nreverse\nsort\nto_list\nuniq\nwith_index\nsum\nproduct\nfrequencies\nconcat\nunzip\njoin";

export const collections: Rules = {
  call: String.raw`
    Enum.$one($enum)
    Enum.$one($enum)
    Enum.$fun1($enum, $fun)
    Enum.$fun1($enum, $fun)
    Enum.$test($enum, $pred)
    Enum.$test($enum, $pred)
    Enum.$num($enum, $int)
    Enum.$num($enum, $int)
    Enum.at($enum, $int, :none)
    Enum.chunk_every($enum, $pos, $pos, $leftover)
    Enum.chunk_every($enum, $pos, $pos)
    Enum.chunk_by($enum, $key)
    Enum.chunk_while($ints, [], fn x, acc -> if rem(x, 2) == 0, do: {:cont, Enum.reverse([x | acc]), []}, else: {:cont, [x | acc]} end, fn [] -> {:cont, []}; acc -> {:cont, acc, []} end)
    Enum.concat($enum, $enum)
    Enum.drop_every($enum, $int)
    Enum.take_every($enum, $int)
    Enum.map_every($enum, $int, $fun)
    Enum.each($enum, &IO.inspect/1)
    Enum.fetch!($enum, $int)
    Enum.find($enum, :none, $pred)
    Enum.find_value($enum, fn x -> $pred.(x) && {:found, x} end)
    Enum.flat_map_reduce($enum, 0, fn x, acc -> if acc < 2, do: {[x, acc], acc + 1}, else: {:halt, acc} end)
    Enum.group_by($enum, $key, $fun)
    Enum.intersperse($enum, $val)
    Enum.into($enum, $into)
    Enum.into($enum, $into, $fun)
    Enum.map_intersperse($enum, :sep, $fun)
    Enum.map_join($enum, "-", &inspect/1)
    Enum.map_reduce($enum, 0, fn x, acc -> {{x, acc}, acc + 1} end)
    Enum.max_by($enum, $key, $sorter, fn -> :empty end)
    Enum.min_by($enum, $key, $sorter)
    Enum.max($enum, $sorter, fn -> :empty end)
    Enum.min($enum, fn -> :empty end)
    Enum.min_max_by($enum, $key)
    Enum.member?($enum, $val)
    $val in $enum
    Enum.reduce($enum, fn x, acc -> {x, acc} end)
    Enum.reduce($enum, [], fn x, acc -> [x | acc] end)
    Enum.reduce_while($enum, 0, fn x, acc -> if $pred.(x), do: {:cont, acc + 1}, else: {:halt, {acc, x}} end)
    Enum.scan($ints, &(&1 + &2))
    Enum.scan($enum, [], fn x, acc -> [x | acc] end)
    Enum.reverse_slice($enum, $nat, $nat)
    Enum.reverse($enum, [:tail])
    Enum.slice($enum, $nat, $nat)
    Enum.slice($enum, $int, $nat)
    Enum.slice($enum, $range)
    Enum.slide($enum, $slides, $int)
    Enum.sort($enum, $sorter)
    Enum.sort_by($enum, $key, $sorter)
    Enum.split($enum, $int)
    Enum.split_while($enum, $pred)
    Enum.split_with($enum, $pred)
    Enum.with_index($enum, $int)
    Enum.with_index($enum, fn x, i -> {i, x} end)
    Enum.zip($enum, $enum)
    Enum.zip([$enum, $enum, $enum])
    Enum.zip_with($enum, $enum, &{&1, &2})
    Enum.zip_with([$enum, $ints], fn xs -> List.to_tuple(xs) end)
    Enum.zip_reduce($enum, $enum, [], fn x, y, acc -> [{x, y} | acc] end)
    Enum.sum_by($ints, &(&1 * 2))
    Enum.product_by($ints, &(&1 + 1))
    Enum.uniq_by($enum, $key)
    Enum.dedup_by($enum, $key)
    Enum.frequencies_by($enum, $key)
    Enum.chunk_every($enum, $int)
    $stream |> Enum.to_list()
    $stream |> Enum.take($nat)
    $stream |> $stage |> Enum.to_list()
    $stream |> $stage |> $stage |> Enum.to_list()
    $stream |> $stage |> $stage |> Enum.take($int)
    $stream |> $stage |> Enum.reduce_while([], fn x, acc -> if length(acc) < 3, do: {:cont, [x | acc]}, else: {:halt, acc} end)
    $stream |> $stage |> Stream.each(&IO.inspect/1) |> Stream.run()
    $stream |> $stage |> Enum.zip($enum)
    $stream |> $stage |> Enum.count()
    $endless |> $stage |> Enum.take($nat)
    $endless |> $stage |> $stage |> Enum.take($nat)
    Enum.zip($endless, $enum)
    Stream.zip($endless, $stream) |> Enum.to_list()
    Stream.zip([$stream, $endless, $enum]) |> Stream.take(2) |> Enum.to_list()
    Stream.zip_with([$stream, $enum], & &1) |> Enum.to_list()
    Stream.into($stream, $into) |> Stream.run()
    Stream.resource(fn -> IO.puts("open"); 0 end, fn n -> if n < 4, do: {[n], n + 1}, else: {:halt, n} end, fn n -> IO.puts("close #{n}") end) |> $stage |> Enum.take($nat)
    Stream.transform($enum, fn -> 0 end, fn x, acc -> {[x, acc], acc + 1} end, fn acc -> {[{:last, acc}], acc} end, fn _ -> IO.puts("after") end) |> Enum.take($nat)
    Stream.transform($enum, 0, fn x, acc -> if acc < 3, do: {[x], acc + 1}, else: {:halt, acc} end) |> Enum.to_list()
    List.$list1($list)
    List.$list1($list)
    List.delete($list, $val)
    List.delete_at($list, $int)
    List.duplicate($val, $nat)
    List.flatten($list, [:tail])
    List.foldl($list, [], &[&1 | &2])
    List.foldr($list, [], &[&1 | &2])
    List.insert_at($list, $int, $val)
    List.keydelete($pairs, $key0, $pos0)
    List.keyfind($pairs, $key0, $pos0, :default)
    List.keyfind!($pairs, $key0, $pos0)
    List.keymember?($pairs, $key0, $pos0)
    List.keyreplace($pairs, $key0, $pos0, {:new, 0})
    List.keysort($pairs, $pos0)
    List.keysort($pairs, $pos0, :desc)
    List.keystore($pairs, $key0, $pos0, {:new, 0})
    List.keytake($pairs, $key0, $pos0)
    List.pop_at($list, $int, :none)
    List.replace_at($list, $int, $val)
    List.starts_with?($list, $list)
    List.update_at($list, $int, $fun)
    List.wrap($val)
    List.zip([$list, $list])
    List.myers_difference($list, $list)
    List.myers_difference($list, $list, fn a, b -> if is_list(a) and is_list(b), do: {a, b} end)
    List.ascii_printable?(~c"abc\x7f", $nat)
    List.first($list, :none)
    List.ends_with?($list, $list)
    $list ++ $list -- $list
    $list -- $list
    [$val | $list]
    hd($list)
    tl($list)
    length($list)
    Map.$map1($map)
    Map.delete($map, $val)
    Map.drop($map, $list)
    Map.equal?($map, $map)
    Map.fetch($map, $val)
    Map.fetch!($map, $val)
    Map.filter($map, fn {k, _} -> $pred.(k) end)
    Map.from_keys($list, $val)
    Map.get_and_update($map, $val, fn v -> {v, :new} end)
    Map.get_and_update($map, $val, fn _ -> :pop end)
    Map.get_lazy($map, $val, fn -> :lazy end)
    Map.has_key?($map, $val)
    Map.intersect($map, $map)
    Map.intersect($map, $map, fn _, a, b -> {a, b} end)
    Map.keys($map)
    Map.merge($map, $map, fn k, a, b -> {k, a, b} end)
    Map.new($enum)
    Map.new($enum, fn x -> {x, 1} end)
    Map.pop($map, $val)
    Map.pop!($map, $val)
    Map.put_new_lazy($map, $val, fn -> $val end)
    Map.reject($map, fn {_, v} -> $pred.(v) end)
    Map.replace!($map, $val, 0)
    Map.replace_lazy($map, $val, $fun)
    Map.split($map, $list)
    Map.split_with($map, fn {k, _} -> $pred.(k) end)
    Map.take($map, $list)
    Map.update!($map, $val, $fun)
    Map.update($map, $val, :init, $fun)
    %{$map | $val => :updated}
    $map.a
    $map[$val]
    $map == $map
    $map < $map
    map_size($map)
    is_map_key($map, $val)
    MapSet.$set2(MapSet.new($enum), MapSet.new($enum))
    MapSet.new($enum, $fun)
    MapSet.delete(MapSet.new($list), $val)
    MapSet.put(MapSet.new($list), $val) |> Enum.count()
    MapSet.split_with(MapSet.new($list), $pred)
    MapSet.to_list(MapSet.filter(MapSet.new($list), $pred))
    Tuple.$tup1($tuple)
    Tuple.delete_at($tuple, $int)
    Tuple.insert_at($tuple, $int, $val)
    Tuple.duplicate($val, $nat)
    elem($tuple, $int)
    put_elem($tuple, $int, $val)
    Tuple.append($tuple, $val)
    List.to_tuple($list)
    for x <- $enum, $pred.(x), do: x
    for x <- $enum, y <- $ints, into: $into, do: {x, y}
    for x <- $enum, uniq: true, do: $key.(x)
    for {k, v} <- $enum, do: {v, k}
    for x <- $enum, reduce: 0 do acc when is_integer(acc) -> acc + 1 end
    Enum.split(Enum.sort($enum), -2)
    inspect($stream)
    Range.new($int, $int)
    Range.to_list($range)
    $range |> Enum.reverse() |> Enum.at(0)
    first..last//step = $range; {first, last, step}
    Enumerable.$protocol($enum)
    Collectable.into($into) |> elem(0)
    Enumerable.reduce($enum, {:suspend, 0}, fn x, acc -> {:cont, {x, acc}} end) |> elem(0)
    Enum.zip_reduce([$enum, $ints], 0, fn [_, y], acc -> acc + y end)
    Enum.to_list($map) |> List.keysort(0)`,
  one: ENUM_OF_ONE,
  protocol: "count\nslice",
  fun1: "map\nflat_map\nfilter\nreject\ngroup_by",
  test: "all?\nany?\ncount\ndrop_while\nfilter\nfind\nfind_index\nfind_value\nreject\nsplit_while\nsplit_with\ntake_while\npartition",
  num: "at\ndrop\nfetch\nsplit\ntake\ndrop_every\ncount_until\nchunk_every\nwith_index",
  enum: "$list\n$list\n$map\n$ints\n$range\nMapSet.new($list)\n$pairs\n$keyword\nStream.map($ints, & &1)\n%{}\n[]\nMap.new($ints, &{&1, -&1})",
  ints: "[3, 1, 2]\n[1, 2, 3, 4, 5, 6, 7]\n[5]\n$range\n[2, 2, 1, 1, 3]\n[0, -1, 10]\n[1, 1.0, 2, 2.0]",
  range:
    "1..5\n5..1//-1\n0..10//3\n1..0//1\n-2..2\n10..1//-4\n1..3//1\n-3..-1//1\n1..-2//1\n0..-1//1\n2..4//2",
  list: String.raw`
    []
    [1, 2, 3]
    [3, 1, 2, 1]
    [:b, :a, nil, true]
    ["x", "yy", "x"]
    [1, 1.0, :a, "s", {1}, [2], %{}]
    [[1, [2]], [], [[3]]]
    [nil, false, 0]
    [$val, $val, $val]
    [{:a, 1}, {:b, 2}]
    [{1, :x}, {2, :y}, {1, :z}]
    [1, 2 | 3]
    [{:a, 1} | :b]
    ~c"hello"
    [%{a: 1}, %{}]`,
  pairs: "[a: 1, b: 2, a: 3]\n[{1, :x}, {2, :y}]\n[{:z, 0}, {:a, 9}, {:m, 1, 2}]\n[]\n[{1.0, :f}, {1, :i}]",
  keyword: "[b: 1, a: 2]\n[a: 1]\n[a: nil, a: false]",
  map: `
    %{}
    %{a: 1}
    %{a: 1, b: 2}
    %{1 => :one, 1.0 => :float, "k" => nil}
    %{a: %{b: 1}, c: [1]}
    %{{1, 2} => 3, nil => 0, [] => 1}
    Map.new($ints, &{&1, &1 * 2})
    %{$val => $val, $val => $val}
    %{b: 2, a: nil}
    [a: 1]`,
  tuple: "{}\n{1}\n{:a, 2}\n{1, 2, 3, 4}\n{$val, $val}\n{1, 2.5, 3}",
  val: '1\n:a\n1.0\nnil\n"k"\n2\n[]\n{1, 2}\n%{}\n:b\n3\nfalse\n"x"\n1..2\n-1\n100',
  key: "& &1\n&inspect/1\n&is_integer/1\nfn _ -> 0 end\n&rem(&1, 2)\n&elem(&1, 0)\n&to_string/1\n&{is_atom(&1), &1}",
  fun: "& &1\n&{&1, &1}\n&[&1, &1]\n&inspect/1\n&(&1 + 1)\nfn {k, v} -> {v, k} end\n&to_string/1\nfn _ -> :same end\n&List.wrap/1",
  pred: "(&is_integer/1)\n(&is_atom/1)\n(&(&1 > 1))\n(& &1)\n(fn x -> x != 2 end)\n(&(rem(&1, 2) == 0))\n(fn _ -> true end)\n(fn _ -> false end)\n(&match?({_, _}, &1))\n(&(&1 in [1, :a]))",
  int: "0\n1\n2\n3\n-1\n-2\n-5\n10\n4",
  nat: "0\n1\n2\n3\n5",
  pos: "1\n2\n3\n4",
  pos0: "0\n1\n2\n-1",
  key0: ":a\n1\n1.0\n:z\n:none\n2",
  slides: "0\n1\n0..1\n1..2\n-2..-1\n2\n-1",
  leftover: ":discard\n[]\n[:x]\n[:x, :y, :z]\n$ints",
  sorter: ":asc\n:desc\n&>=/2\n&</2\n&<=/2\nfn a, b -> inspect(a) <= inspect(b) end\n{:asc, Date}",
  into: '[]\n%{}\n%{a: 0}\nMapSet.new()\n""\n[:first]\n%{1 => 2}\nIO.stream()\n{}',
  list1: "first\nlast\nflatten\nto_tuple\nto_string\nto_charlist\nwrap\nto_atom\nimproper?\nto_integer",
  map1: "keys\nvalues\nto_list\nfrom_struct\nnew",
  set2: "union\nintersection\ndifference\nsymmetric_difference\nsubset?\ndisjoint?\nequal?",
  tup1: "to_list\nsum\nproduct",
  stream:
    "$enum\nStream.map($enum, $fun)\nStream.filter($enum, $pred)\nStream.concat($enum, $enum)\nStream.concat([$enum, $ints])\nStream.with_index($enum)\nStream.unfold(5, fn 0 -> nil; n -> {n, n - 1} end)\nStream.flat_map($enum, $fun)\nStream.chunk_every($enum, $pos, $pos, $leftover)",
  endless:
    "Stream.cycle($ints)\nStream.iterate(1, &(&1 * 2))\nStream.repeatedly(fn -> :r end)\nStream.unfold({0, 1}, fn {a, b} -> {a, {b, a + b}} end)\nStream.cycle([])\nStream.interval(0)\nStream.from_index()\nStream.from_index(&(&1 * 3))",
  stage: String.raw`
    Stream.map($fun)
    Stream.filter($pred)
    Stream.reject($pred)
    Stream.take($int)
    Stream.drop($int)
    Stream.take_while($pred)
    Stream.drop_while($pred)
    Stream.take_every($nat)
    Stream.drop_every($nat)
    Stream.map_every($nat, $fun)
    Stream.dedup()
    Stream.dedup_by($key)
    Stream.uniq()
    Stream.uniq_by($key)
    Stream.chunk_every($pos)
    Stream.chunk_every($pos, $pos, $leftover)
    Stream.chunk_by($key)
    Stream.chunk_while([], fn x, acc -> if length(acc) > 1, do: {:cont, acc, [x]}, else: {:cont, [x | acc]} end, fn acc -> {:cont, acc, []} end)
    Stream.with_index()
    Stream.with_index($int)
    Stream.with_index(fn x, i -> {i, x} end)
    Stream.flat_map(&[&1, &1])
    Stream.flat_map(fn x -> 1..2 |> Stream.map(&{x, &1}) end)
    Stream.intersperse(:sep)
    Stream.scan(fn x, acc -> {x, acc} end)
    Stream.scan(0, fn _, acc -> acc + 1 end)
    Stream.transform(0, fn x, acc -> {[{x, acc}], acc + 1} end)
    Stream.transform(0, fn x, acc -> if acc > 1, do: {:halt, acc}, else: {[x], acc + 1} end)
    Stream.concat([:end])
    Stream.zip($enum)
    Stream.zip(Stream.cycle([:a, :b]))
    Stream.each(&IO.inspect/1)
    Stream.reject(&is_nil/1)
    Stream.zip_with($ints, &{&1, &2})`,
};
