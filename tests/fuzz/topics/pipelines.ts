/**
 * Data on its way through several steps: texts taken apart and counted, records grouped and summed, streams that stop, nested data that is updated, binaries that are parsed. Streams without an end
 * are cut before anything looks for what never comes: a program that computes for ever tells nothing.
 */
import type { Rules } from "../rules.ts";

export const pipelines: Rules = {
  module: String.raw`
    defmodule FuzzItem do¶defstruct [:name, price: 0, tags: [], at: ~D[2024-01-31]]¶def all, do: [%FuzzItem{name: "pen", price: 1.5, tags: [:red, :blue]}, %FuzzItem{name: "Ink", price: 3, tags: [:blue], at: ~D[2023-12-31]}, %FuzzItem{name: "émail", price: 10}, %FuzzItem{name: "pen", price: 2, tags: [:red], at: ~D[2024-02-29]}]¶end¶defmodule FuzzWalk do¶def depth(x) when is_list(x), do: 1 + Enum.reduce(x, 0, &max(depth(&1), &2))¶def depth(%{} = m) when not is_struct(m), do: 1 + (m |> Map.values() |> Enum.map(&depth/1) |> Enum.max(fn -> 0 end))¶def depth(_), do: 0¶def run_length([]), do: []¶def run_length([h | t]), do: run_length(t, h, 1)¶defp run_length([h | t], h, n), do: run_length(t, h, n + 1)¶defp run_length(t, h, n), do: [{h, n} | run_length(t)]¶def parse(<<len::8, text::binary-size(len), rest::binary>>), do: [text | parse(rest)]¶def parse(""), do: []¶def parse(rest), do: [{:rest, rest}]¶def calc(text), do: text |> String.split() |> Enum.reduce([], &step/2)¶defp step(op, [b, a | rest]) when op in ["+", "-", "*", "/"], do: [apply(Kernel, String.to_atom(op), [a, b]) | rest]¶defp step(n, stack) do¶case Integer.parse(n) do¶{i, ""} -> [i | stack]¶{i, rest} -> [{i, rest} | stack]¶:error -> raise ArgumentError, "bad #{inspect(n)}"¶end¶end¶end`,
  alone: String.raw`
    $text |> $cut |> Enum.$count |> $sorted
    $text |> $cut |> Enum.$each |> Enum.$reduce
    $text |> String.$case() |> String.graphemes() |> Enum.chunk_by(&(&1 =~ ~r/\w/u)) |> Enum.map(&Enum.join/1)
    for $gen, $filter, into: $into, do: $pair
    for $gen, $gen2, uniq: $bool, do: {x, y}
    for $gen, reduce: $acc do acc -> $step end
    for <<c <- $text>>, c in ?a..?z, into: "", do: <<$mapped>>
    for <<a::4, b::4 <- $bytes>>, do: {a, b}
    for %FuzzItem{name: n, tags: [t | _]} <- FuzzItem.all(), do: {t, n}
    for {k, v} <- $map, is_integer(v), into: $into, do: {v, k}
    FuzzItem.all() |> Enum.$by |> $sorted
    FuzzItem.all() |> Enum.sort_by($key, $order) |> Enum.map(& &1.name)
    FuzzItem.all() |> Enum.$by2
    FuzzItem.all() |> Enum.map(&Map.from_struct/1) |> Enum.map(&Map.$mapfun)
    $nested |> get_in($path)
    $nested |> put_in($path, $val)
    $nested |> update_in($path, $upd)
    $nested |> pop_in($path)
    $nested |> get_and_update_in($path, &{&1, $val})
    Stream.$source |> Stream.take(20) |> Stream.$stage |> Stream.$stage |> Enum.take($n)
    Stream.$source |> Stream.take(20) |> Stream.$stage |> Stream.take($n) |> Enum.$each |> Enum.to_list()
    Stream.$source |> Stream.take($n) |> Stream.$stage |> Enum.$finish
    Stream.resource(fn -> $n end, fn 0 -> {:halt, 0}; n -> {[n, -n], n - 1} end, fn n -> IO.puts("closed #{n}") end) |> Stream.$stage |> Enum.take($n)
    with {:ok, a} <- $result, {:ok, b} <- $result, c = {a, b} do c else $else end
    with [h | _] when is_integer(h) <- $list, {:ok, %{v: v}} <- {:ok, %{v: h}} do {h, v} end
    FuzzWalk.run_length($list)
    FuzzWalk.depth($nested)
    FuzzWalk.parse($bytes)
    FuzzWalk.calc($rpn)
    FuzzWalk.calc($rpn)
    Regex.$regex
    $text |> String.replace(~r/(\w)(\w*)/u, fn m -> String.capitalize(m) end)
    $text |> String.split(~r/\W+/u, trim: true) |> Enum.with_index($n) |> Map.new()
    $text |> String.to_charlist() |> Enum.map(&rem(&1 * 7, 256)) |> :erlang.list_to_binary() |> Base.$base
    $ints |> Enum.map(&Integer.to_string(&1, $radix)) |> Enum.map_join(",", &String.pad_leading(&1, $n, "0"))
    $ints |> Enum.map(&Integer.digits/1) |> Enum.map(&Integer.undigits(Enum.reverse(&1)))
    $floats |> Enum.map(&Float.$fl)
    $floats |> Enum.map(&:erlang.float_to_binary(&1, $flopts))
    $floats |> Enum.map(&Float.to_string/1) |> Enum.map(&Float.parse/1)
    $ints |> Enum.zip_with($floats, fn i, f -> i $op f end)
    Date.range(~D[2024-02-26], ~D[2024-03-03]) |> Enum.map($datefun)
    [~D[2024-01-31], ~D[2023-02-28], ~D[2024-12-30]] |> Enum.map(&Date.shift(&1, $shift)) |> Enum.sort({$order, Date})
    ~N[2024-02-28 23:59:30] |> NaiveDateTime.add($secs, $unit) |> Calendar.strftime($format)
    MapSet.$set(MapSet.new($list), MapSet.new($ints)) |> Enum.sort()
    Keyword.merge($kw, $kw, fn k, a, b -> {k, a, b} end)
    $kw |> Keyword.$kwfun
    $ints |> Enum.reduce_while({0, []}, fn x, {s, l} -> if s + x > $limit, do: {:halt, {s, Enum.reverse(l)}}, else: {:cont, {s + x, [x | l]}} end)
    $ints |> Enum.chunk_while([], fn x, acc -> if rem(x, 2) == 0, do: {:cont, Enum.reverse(acc), [x]}, else: {:cont, [x | acc]} end, fn [] -> {:cont, []}; acc -> {:cont, Enum.reverse(acc), []} end)
    $list |> Enum.map(fn x -> try do $risky rescue e -> e.__struct__ catch k, v -> {k, v} end end)
    $list |> List.flatten() |> Enum.frequencies_by(&(is_integer(&1) && rem(&1, 2))) |> $sorted
    $ints |> then(&Enum.zip([&1, Enum.reverse(&1), Stream.cycle([:a, :b])])) |> Enum.unzip()
    $kw |> Enum.map(fn {k, v} -> "#{k}=#{inspect(v)}" end) |> Enum.intersperse(?&) |> IO.iodata_to_binary()
    "#{$n}:#{inspect($list)}" |> String.$pad(12, $padding) |> then(&(&1 <> "|"))`,
  text: '"the quick the lazy dog"\n"Äpfel und Öl, und Äpfel"\n"a,b;c d  e"\n""\n"one\\ttwo\\nthree"\n"日本 語 日本"\n"x=1&y=2&x=3"\n"2024-01-31 12:30"',
  cut: 'String.split()\nString.split(",")\nString.graphemes()\nString.codepoints()\nString.split(~r/[ ,;]/)\nString.split("", trim: true)\nString.to_charlist()',
  count:
    "frequencies()\ngroup_by(&inspect/1)\nwith_index()\nfrequencies_by(&String.length(to_string([&1])))\nchunk_every(2)\nuniq_by(&inspect(&1))",
  sorted: "Enum.sort()\nEnum.sort(:desc)\nEnum.sort_by(&inspect/1)\nEnum.sort_by(&elem(&1, 0))\nMap.new()",
  each: 'map(&inspect/1)\nmap(&{&1, &1})\nfilter(&(&1 > "c"))\nreject(&(&1 == "the"))\nflat_map(&[&1, &1])\ndedup()\nwith_index(1)',
  reduce:
    'reduce([], &[&1 | &2])\nmap_reduce(0, &{{&1, &2}, &2 + 1})\nmax(fn -> nil end)\njoin("-")\nscan(&{&1, &2})\ncount()\nto_list()\nmap_join("|", &inspect/1)\nmin_max(fn -> {nil, nil} end)',
  case: "upcase\ndowncase\ncapitalize\nreverse\ntrim",
  gen: "x <- $list\nx <- $ints\nx when is_integer(x) <- $list\n{_, x} <- $kw\nx <- [1, 2], x = x * 2\n[x | _] <- [[1], [], [2, 3]]",
  gen2: 'y <- $ints\ny <- [x, x]\ny = {x}\n<<y <- "ab">>',
  filter: "x != 1\nis_integer(x)\nrem(x, 2) == 1\ntrue\nx",
  into: "[]\n%{}\n%{1 => :old}\n[a: 0]\nMapSet.new()",
  pair: "{x, x}\n{x, inspect(x)}\n{rem(x, 3), x}",
  acc: "[]\n0\n%{}",
  step: "[x | List.wrap(acc)]\n{x, acc}\nif(is_integer(acc), do: acc + 1, else: acc)\nMap.update(acc, x, 1, &(&1 + 1))",
  mapped: 'c - 32\nc, c\nrem(c - ?a + 13, 26) + ?a\nc::16\n"#{c}"::binary',
  bytes: '<<3, "abc", 1, "z">>\n<<2, "ab", 9, "short">>\n""\n<<0, 0>>\n<<255, 1>>\n$text',
  by: "group_by(& &1.name, & &1.price)\nfrequencies_by(& &1.at.year)\ngroup_by(&length(&1.tags))\nflat_map(&Enum.map(&1.tags, fn t -> {t, &1.name} end))\nmap(&{&1.name, &1.price * 2})\nuniq_by(& &1.name) |> Enum.map(&{&1.name, &1.at})",
  by2: 'max_by(& &1.price)\nmin_by(& &1.at, Date)\nmin_max_by(&String.length(&1.name))\nsum_by(& &1.price)\nsplit_with(&(&1.price > 2))\nfind(&(:red in &1.tags))\nfind_index(&(&1.name == "Ink"))\nreduce(0, &(&1.price + &2))\nmap(& &1.nope)\nchunk_by(& &1.at.year)',
  key: "& &1.price\n&{&1.at.month, &1.name}\n& &1.at\n&String.downcase(&1.name)\n&length(&1.tags)",
  order: ":asc\n:desc",
  mapfun:
    "take([:name, :price])\nreject(fn {_, v} -> v == [] end)\nsplit([:name])\nput_new(:name, 1)\npop(:tags)\nreplace(:nope, 1)\nmerge(%{price: 0})\nfilter(fn {k, _} -> k > :n end)",
  map: '%{a: 1, b: 2}\n%{"x" => 1, y: :z}\n%{}\n%{1 => 2, 3 => 4}',
  nested:
    '%{users: [%{name: "a", n: 1}, %{name: "b", n: 2}], meta: %{k: [x: 1]}}\n[users: [%{name: "c"}], meta: nil]\n%{}\n[[1, [2]], 3]\n%{users: %{}, meta: {1, 2}}',
  path: '[:users, Access.all(), :name]\n[:users, Access.at(0), :n]\n[:meta, :k, :x]\n[:meta, Access.key(:k, %{}), :new]\n[:users, Access.filter(&(&1[:n] == 2)), :name]\n[Access.key(:users), Access.at(-1)]\n[:nope, :deeper]\n[:meta, Access.elem(1)]\n[:users, Access.slice(0..1), :n]\n[Access.key!(:gone)]\n[:users, Access.find(&(&1.name == "b"))]\n[Access.at(0), Access.at(1)]',
  upd: "&{&1}\n&inspect/1\nfn _ -> :gone end\n&(&1 + 1)",
  val: ':v\n1\n[1, 2]\n%{a: 1}\n"s"\nnil',
  source:
    "iterate(1, &(&1 * 3))\nunfold({0, 1}, fn {a, b} -> {a, {b, a + b}} end)\nunfold(5, fn 0 -> nil; n -> {n, n - 1} end)\ncycle([1, 2, 3])\nrepeatedly(fn -> :r end)\nmap(1..20, &(&1 * 2))\ninterval(1)\nconcat([[1, 2], 3..5])\nfrom_index(3)\nduplicate(:d, 4)\nzip(1..3, [:a, :b, :c])",
  stage:
    "map(&{&1, 1})\nfilter(&(&1 != 3))\nreject(&(&1 == 1))\nwith_index()\nchunk_every(2)\nchunk_every(3, 1, :discard)\nscan(&{&1, &2})\ntake_every(2)\ndrop(2)\ndrop_while(&(&1 != 2))\ntake_while(&(&1 != 5))\ndedup()\nuniq()\nintersperse(0)\nflat_map(&[&1, &1])\ntransform(0, fn x, acc -> if acc > 4, do: {:halt, acc}, else: {[{x, acc}], acc + 1} end)\nmap_every(2, &{:m, &1})\nchunk_by(&is_tuple/1)\neach(&IO.inspect/1)\nzip([:x, :y, :z])",
  finish:
    'to_list()\ncount()\nreduce(fn x, a -> {x, a} end)\njoin(",")\nsum()\nat(2)\nfrequencies()\nreverse()\nmap(&inspect/1)',
  n: "0\n1\n2\n3\n5",
  result: "{:ok, 1}\n{:ok, nil}\n{:error, :no}\n:error\n{:ok, [1]}",
  else: "e -> {:else, e}\n{:error, r} -> r\n:error -> 1; {:error, _} -> 2",
  list: '[1, 1, 2, 3, 3, 3]\n[:a, :b, :a]\n[1, "x", nil, 2.0]\n[]\n[[1, 2], [3, [4]]]\n[3, 1.0, 1, 3.0]',
  ints: "[3, 1, 2]\n1..6\n[10, -255, 0]\n[]\n[7, 7, 8]\n[123456789012345678901234567890, 1]",
  floats: "[1.5, 2.675, -0.5]\n[1.0e21, 1.0e-7, 123456.789]\n[0.1, 0.2, 100.0]\n[]",
  rpn: '"1 2 +"\n"3 4 * 2 -"\n"1 0 /"\n"4 2 /"\n"x"\n"7"\n"+"\n"1 2x"\n"2 3 4"',
  regex:
    'named_captures(~r/(?<k>\\w)=(?<v>\\d)/, $text)\nscan(~r/(\\w)=(\\d)/, $text)\nrun(~r/(\\d+)-(\\d+)/, $text, return: :index)\nreplace(~r/(\\w+) (\\w+)/, $text, "\\\\2 \\\\1")\nsplit(~r/([ ,])/, $text, include_captures: true)\nscan(~r/\\p{Lu}\\w*/u, $text)\nreplace(~r/\\s+/, $text, fn s -> "<#{byte_size(s)}>" end)\nmatch?(~r/^\\d{4}/, $text)',
  base: "encode16()\nencode64()\nurl_encode64(padding: false)\nencode32()\nhex_encode32(case: :lower)",
  radix: "2\n16\n36",
  fl: "round(&1, 2)\nround(&1)\nfloor(&1, 1)\nceil(&1, 1)\nratio(&1)\nto_string(&1)",
  flopts: "[decimals: 2]\n[:short]\n[scientific: 3]\n[:compact, decimals: 4]",
  op: "+\n*\n-\n/\n>",
  datefun:
    '&Date.day_of_week/1\n&Calendar.strftime(&1, "%a %d %b")\n&Date.to_iso8601(&1, :basic)\n&Date.day_of_year/1\n&Date.end_of_month/1\n&Date.beginning_of_week/1\n&Date.quarter_of_year/1',
  shift: "[month: 1]\n[day: -31]\n[year: 1, week: -1]\n[month: -13, day: 1]",
  secs: "31\n-86400\n1\n1_000_000",
  unit: ":second\n:minute\n:hour\n:day\n:millisecond",
  format: '"%Y-%m-%d %H:%M:%S"\n"%A %-d %B %y, %I:%M %p"\n"%j %U %c"\n"%x %X %q"\n"%05S|%_5d|%^a"',
  set: "union\nintersection\ndifference\nsymmetric_difference",
  kw: "[a: 1, b: 2, a: 3]\n[x: nil]\n[]\n[b: [c: 1], a: 1.5]",
  kwfun:
    "get_values(:a)\npop_values(:a)\nsplit([:a])\nreplace(:a, 9)\nupdate(:z, 1, & &1)\nnew(fn {k, v} -> {k, {v}} end)\npop_first(:a, :none)\nvalidate([:a, b: 5])\nfilter(fn {_, v} -> v end)\ntake([:b, :x])\nhas_key?(:x)\ndelete_first(:a)\nfetch!(:b)\nto_list()",
  limit: "0\n5\n100",
  risky:
    "1 / x\nString.upcase(x)\nhd(x)\nx + 1\nthrow(x)\nx.a\nto_string(x)\nexit({:bad, x})\nMap.fetch!(%{a: 1}, x)\nEnum.count(x)",
  pad: "pad_leading\npad_trailing",
  padding: '" "\n"*-"\n["a", "bc"]',
  bool: "true\nfalse",
};
