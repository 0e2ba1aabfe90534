/** Functions of the library with arguments that fit or do not: what they answer, and how they fail. */
import type { Rules } from "../rules.ts";

// Nothing that computes without end, that depends on the machine, or that is deprecated.
export const arguments_: Rules = {
  call: String.raw`
    Enum.$enum1($coll)
    Enum.$enum2($coll, $arg)
    Enum.$enum2($coll, $arg)
    Enum.$enum2($coll, $fun)
    Enum.$enum2($coll, $fun)
    Enum.$enum3($coll, $arg, $arg)
    Enum.$enum3($coll, $arg, $fun)
    Enum.$enum3($coll, $fun, $arg)
    Enum.$enum4($coll, $arg, $fun, $fun)
    Stream.$stream2($coll, $arg) |> Enum.take(5)
    Stream.$stream2($coll, $fun) |> Enum.take(5)
    Stream.$stream3($coll, $arg, $fun) |> Enum.take(5)
    Keyword.$keyword1($coll)
    Keyword.$keyword2($coll, $arg)
    Keyword.$keyword2($coll, $arg)
    Keyword.$keyword3($coll, $arg, $arg)
    Keyword.$keyword3($coll, $arg, $fun)
    Map.$map1($coll)
    Map.$map2($coll, $arg)
    Map.$map2($coll, $arg)
    Map.$map3($coll, $arg, $arg)
    Map.$map3($coll, $arg, $fun)
    Map.update($coll, $arg, $arg, $fun)
    List.$list1($arg)
    List.$list2($coll, $arg)
    List.$list3($coll, $arg, $arg)
    List.$list4($coll, $arg, $arg, $arg)
    MapSet.$set2($coll, $arg)
    MapSet.$set2(MapSet.new([1, :a]), $arg)
    Tuple.$tuple1($arg)
    Tuple.$tuple2($arg, $arg)
    Tuple.insert_at($arg, $arg, $arg)
    String.$string1($text)
    String.$string1($arg)
    String.$string2($text, $arg)
    String.$string2($text, $text)
    String.$string3($text, $text, $arg)
    String.$string3($text, $arg, $arg)
    String.replace($text, $arg, $arg, $opts)
    Integer.$integer1($arg)
    Integer.$integer2($arg, $arg)
    Float.$float1($arg)
    Float.$float2($arg, $arg)
    Base.$base1($text)
    Base.$base2($text, $opts)
    URI.$uri1($text)
    URI.$uri2($text, $arg)
    Version.$version1($text)
    Version.$version2($text, $text)
    Regex.$regex1($regex)
    Regex.$regex2($regex, $text)
    Regex.$regex3($regex, $text, $opts)
    Regex.replace($regex, $text, $arg, $opts)
    Path.$path1($text)
    Path.$path1($coll)
    JSON.encode!($arg)
    JSON.encode!($coll)
    JSON.decode($text)
    :math.$math1($arg)
    :lists.$lists1($coll)
    :lists.$lists3($arg, $arg, $coll)
    :proplists.$proplists2($arg, $coll)
    :$sets.$sets2($coll, $coll)
    :orddict.$orddict2($arg, $coll)
    Path.$path2($text, $arg)
    Macro.$macro1($quoted)
    Exception.$exception1($arg)
    Module.$module1($arg)
    Module.$module2($arg, $arg)
    OptionParser.$options1($coll)
    OptionParser.$options2($coll, $opts)
    Access.$access2($coll, $arg)
    Access.$access3($coll, $arg, $fun)
    get_in($coll, [Access.$accessor($arg)])
    update_in($coll, [Access.$accessor($arg)], $fun)
    pop_in($coll, [Access.$accessor($arg)])
    Function.info($arg, $arg)
    Range.new($arg, $arg, $arg)
    Range.$range2(1..5, $arg)
    Date.$date1($time)
    Date.$date2($time, $arg)
    Date.$date2($time, $time)
    Time.$clock1($time)
    NaiveDateTime.$naive1($time)
    DateTime.$instant1($time)
    Time.$clock2($time, $time)
    NaiveDateTime.$clock2($time, $time)
    $clock.diff($time, $time, $unit)
    $clock.add($time, $arg, $unit)
    $clock.shift($time, $length)
    Calendar.ISO.$parsing($text)
    Calendar.ISO.valid_time?($arg, $arg, $arg, {$arg, $arg})
    Duration.new($length)
    Duration.to_iso8601($length)
    Time.$clock2($time, $arg)
    NaiveDateTime.$clock2($time, $arg)
    DateTime.$clock2($time, $arg)
    DateTime.$clock2($time, $time)
    Calendar.strftime($time, $text, $opts)
    IO.iodata_to_binary($arg)
    IO.iodata_length($arg)
    IO.chardata_to_string($arg)
    IO.$io($arg, $opts)
    inspect($arg, $opts)
    Kernel.$kernel1($arg)
    Kernel.$kernel2($arg, $arg)
    Process.$process1($arg)
    Atom.$atom1($arg)
    Bitwise.$bitwise2($arg, $arg)
    Calendar.ISO.$iso3($arg, $arg, $arg)
    Duration.new!($opts)
    Duration.$duration2($arg, $arg)
    StringIO.open($arg, $opts) |> elem(0)
    Task.await($arg, $arg)
    Agent.get($arg, $fun, $arg)
    GenServer.call($arg, $arg, $arg)
    Supervisor.init($coll, $opts)
    Supervisor.child_spec($arg, $opts)
    Registry.lookup($arg, $arg)
    :lists.$lists2($arg, $coll)
    :maps.$maps2($arg, $coll)
    :binary.$binary2($text, $arg)
    :string.$erlstring1($text)
    :erlang.$erlang1($arg)`,
  coll: `Runner.itself($collection)`,
  collection: `[]\n[1, 2, 3]\n[3, 1, 2, 3]\n[a: 1, b: 2]\n[a: 1, a: 2, c: nil]\n%{}\n%{a: 1, b: 2}\n%{1 => :x, "k" => :y}\n1..5\n5..1//-2\nMapSet.new([1, 2])\n[:b, :a]\n["x", "yy", "x"]\n[1 | 2]\n[{1, 2}, {3, 4}]\n[nil, false, 1]\n["--a", "1", "-b"]\n%URI{}\n:no\nnil\n"text"\n[[1], [2, 3]]\n[1.5, 2]\nStream.map([1, 2], & &1)\n[%{a: 1}, %{a: 2}]\n{1, 2}`,
  arg: `Runner.itself($value)`,
  value: `0\n1\n2\n-1\n5\n1.5\n:a\n:b\nnil\ntrue\n"a"\n""\n"text"\n[]\n[1]\n[:a]\n[a: 1]\n%{}\n%{a: 1}\n{1, 2}\n{}\n1..2\n-2..-1//1\n[1 | 2]\n[{:a, 1}]\n:desc\n:infinity\n~c"abc"\n"1.5"\n&is_atom/1\nfn a, b -> {a, b} end\nfn -> 1 end\nMapSet.new([1])\n~r/a/\n36\n100\n~D[2024-02-29]\n[trim: true]\n<<255>>\n<<1::3>>\n~w(a b)\n123456789012345678901\nString\n{:asc, Date}\n:day\n[month: 1]`,
  fun: `Runner.itself($function)`,
  function: `& &1\nfn x -> x == 1 end\nfn {k, _} -> k end\nfn a, b -> {a, b} end\nfn a, b -> a >= b end\nfn x -> {x, x} end\nfn _ -> :pop end\nfn x -> [x, x] end\nfn x, acc -> {:cont, [x | acc]} end\nfn x, acc -> {[x], acc} end\nfn _, _ -> {:halt, :acc} end\nfn -> :none end\n&is_integer/1\nfn _ -> nil end\nfn _, a, b -> {a, b} end\n:no\nnil\n1\n&+/2\nfn acc -> {:cont, acc} end\nfn _ -> :bad end\n&inspect/1\nfn x -> {x, [x]} end`,
  text: `Runner.itself($string)`,
  string: `""\n"abc"\n"Hello World"\n"é日"\n"a,b,c"\n"1.2.3"\n"~> 1.0"\n"12"\n"1.5e3"\n" x "\n"/a/b.ex"\n"a=1&b=2"\n"http://u@h.com:1/p?q#f"\n"YWJj"\n"%Y-%m-%d %q"\n"aaa"\nnil\n:a\n~c"abc"\n1\n<<255, 97>>\n"a\\u0300"\n"--x=1"\n["a", "b"]\n"%41+b"\n"a b"\n"\\n"\n"61"`,
  opts: `Runner.itself($option)`,
  option: `[]\n[trim: true]\n[parts: 2]\n[global: false]\n[case: :lower]\n[padding: false]\n[limit: 2]\n[width: 3, pretty: true]\n[base: :hex]\n[nope: 1]\n[strict: [a: :integer]]\n[switches: [a: :string], aliases: [b: :a]]\n[return: :index]\n[capture: :first]\n[capture: :none]\n[offset: 1]\n[include_captures: true]\n[on: [1]]\n:upper\nnil\n%{}\n[month: 1, day: -2]\n[id: :x, restart: :temporary]\n[strategy: :one_for_one]\n[strategy: :one_for_one, max_restarts: 0]\n[label: "l"]\n[am_pm_names: fn _ -> "x" end]\n[:a]\n[ignore: :whitespace]\n1`,
  regex: `Runner.itself($re)`,
  re: `~r/a/\n~r/(?<x>.)(b)?/\n~r/[[:upper:]]\\w*/u\n~r//\n~r/,\\s*/\n"a"\nnil\n~r/A/i\n~r/^.$/m`,
  time: `Runner.itself($moment)`,
  moment: `~D[2024-02-29]\n~D[2023-12-31]\n~T[10:20:30.5]\n~N[2024-02-29 10:20:30]\n~U[2024-02-29 10:20:30.123Z]\n"2024-01-01"\n"2024-13-01"\n"10:00:00"\n"2024-01-01T10:00:00Z"\n"2024-01-01 10:00:00.1+02:30"\nnil\n%{}\n1\n{2024, 1, 1}\n{{2024, 1, 1}, {1, 2, 3}}\n%{year: 2024, month: 1, day: 1, calendar: Calendar.ISO}\n%{hour: 1, minute: 2, second: 3, microsecond: {4, 6}, calendar: Calendar.ISO}\n%{year: 2024, month: 1, day: 1, hour: 1, minute: 2, second: 3, microsecond: {0, 0}, calendar: Calendar.ISO}\n%{calendar: Calendar.ISO}\n~T[23:59:59.999999]\n~N[0000-01-01 00:00:00.000001]\n%{year: 2024, month: 1, day: 1, hour: 1, minute: 2, second: 3, microsecond: {0, 0}, calendar: Calendar.ISO, utc_offset: 0, std_offset: 0, time_zone: "Etc/UTC", zone_abbr: "UTC"}\n:a`,
  clock: "Date\nTime\nNaiveDateTime\nDateTime",
  unit: `Runner.itself($unitname)`,
  unitname:
    ":day\n:hour\n:minute\n:second\n:millisecond\n:microsecond\n:nanosecond\n1000\n0\n:nope\nnil\n1.5",
  length: `Runner.itself($duration)`,
  duration: `[day: 1]\n[month: 1, second: -5]\n[hour: 25]\n[hour: nil]\n[nope: 1]\n[microsecond: {5, 3}]\n[microsecond: 5]\nDuration.new!(day: 1, minute: 2)\n%Duration{month: 1, second: 5}\n%{day: 1}\n[]\nnil\n:day\n[year: -1, week: 2]\n"P1D"`,
  quoted: `quote(do: a + b)\nquote(do: foo(1, x: 2))\nquote(do: fn x -> x end)\nquote(do: A.B.c(d))\nquote(do: %{a | b: 1})\n{:a, 1}\n[1, {:x, [], nil}]\n{:a, 1, 2}\n"foo_bar"\nFoo.Bar\n%{}\nself()\nquote(do: "a#{1}")\nquote(do: a |> b() |> c)\n:"a b"\nquote(do: (1; 2))\nquote(do: &(&1 + 1))`,
  enum1:
    "all?\nany?\nconcat\ncount\ndedup\nempty?\nfrequencies\njoin\nmax\nmin\nmin_max\nproduct\nreverse\nsort\nsum\nto_list\nuniq\nunzip\nwith_index\nzip",
  enum2:
    "all?\nany?\nat\nchunk_by\nchunk_every\nconcat\ncount\ncount_until\ndedup_by\ndrop\ndrop_every\ndrop_while\neach\nfetch\nfetch!\nfilter\nfind\nfind_index\nfind_value\nflat_map\nfrequencies_by\nintersperse\ninto\njoin\nmap\nmap_join\nmax\nmax_by\nmember?\nmin\nmin_by\nmin_max\nmin_max_by\nproduct_by\nreduce\nreject\nreverse\nscan\nslice\nsort\nsort_by\nsplit\nsplit_while\nsplit_with\nsum_by\ntake\ntake_every\ntake_while\nuniq_by\nwith_index\nzip\nzip_with",
  enum3:
    "at\nchunk_every\ncount_until\nfind\nfind_value\nflat_map_reduce\ninto\nmap_every\nmap_intersperse\nmap_join\nmap_reduce\nmax\nmax_by\nmin\nmin_by\nmin_max_by\nreduce\nreduce_while\nreverse_slice\nscan\nslice\nslide\nsort_by\nzip_reduce\nzip_with",
  enum4: "chunk_every\nchunk_while\nmax_by\nmin_by\nmin_max_by\nzip_reduce",
  stream2:
    "chunk_by\nchunk_every\nconcat\ndedup_by\ndrop\ndrop_every\ndrop_while\neach\nfilter\nflat_map\nintersperse\ninto\nmap\nreject\nscan\ntake\ntake_every\ntake_while\nuniq_by\nwith_index\nzip\nzip_with",
  stream3: "chunk_every\ninto\nmap_every\nscan\ntransform\nzip_with",
  keyword1: "keys\nkeyword?\nnew\nsize\nto_list\nvalues",
  keyword2:
    "delete\ndelete_first\ndrop\nequal?\nfetch\nfetch!\nfilter\nfrom_keys\nget\nget_values\nhas_key?\nintersect\nmap\nmerge\nnew\npop\npop!\npop_first\npop_values\nreject\nsplit\nsplit_with\ntake\nvalidate\nvalidate!",
  keyword3:
    "get\nget_and_update\nget_and_update!\nget_lazy\nintersect\nmerge\npop\npop_first\npop_lazy\nput\nput_new\nput_new_lazy\nreplace\nreplace!\nreplace_lazy\nupdate!",
  map1: "from_struct\nkeys\nnew\nsize\nto_list\nvalues",
  map2: "delete\ndrop\nequal?\nfetch\nfetch!\nfilter\nfrom_keys\nget\nhas_key?\nintersect\nmerge\nnew\npop\npop!\nreject\nsplit\nsplit_with\ntake",
  map3: "get\nget_and_update\nget_and_update!\nget_lazy\nintersect\nmerge\npop\npop_lazy\nput\nput_new\nput_new_lazy\nreplace\nreplace!\nreplace_lazy\nupdate!",
  list1:
    "ascii_printable?\nfirst\nflatten\nimproper?\nlast\nto_atom\nto_charlist\nto_existing_atom\nto_float\nto_integer\nto_string\nto_tuple\nwrap\nzip",
  list2:
    "ascii_printable?\ndelete\ndelete_at\nends_with?\nfirst\nflatten\nkeysort\nlast\nmyers_difference\npop_at\nstarts_with?\nto_integer",
  list3:
    "foldl\nfoldr\ninsert_at\nkeydelete\nkeyfind\nkeyfind!\nkeymember?\nkeysort\nkeytake\nmyers_difference\npop_at\nreplace_at\nupdate_at",
  list4: "keyfind\nkeyreplace\nkeystore",
  set2: "delete\ndifference\ndisjoint?\nequal?\nfilter\nintersection\nmember?\nnew\nput\nreject\nsplit_with\nsubset?\nsymmetric_difference\nunion",
  tuple1: "product\nsum\nto_list",
  tuple2: "append\ndelete_at",
  string1:
    "capitalize\ncodepoints\ndowncase\nfirst\ngraphemes\nlast\nlength\nnext_codepoint\nnext_grapheme\nprintable?\nreplace_invalid\nreverse\nsplit\nto_charlist\nto_float\nto_integer\ntrim\ntrim_leading\ntrim_trailing\nupcase\nvalid?",
  string2:
    "at\nbag_distance\ncapitalize\nchunk\ncontains?\ncount\ndowncase\nduplicate\nends_with?\nequivalent?\njaro_distance\nmatch?\nmyers_difference\nnormalize\npad_leading\npad_trailing\nprintable?\nreplace_invalid\nslice\nsplit\nsplit_at\nstarts_with?\nto_integer\ntrim\ntrim_leading\ntrim_trailing\nupcase\nvalid?",
  string3:
    "byte_slice\npad_leading\npad_trailing\nreplace\nreplace_leading\nreplace_prefix\nreplace_suffix\nreplace_trailing\nslice\nsplit",
  integer1: "digits\nparse\nto_charlist\nto_string\nundigits",
  integer2: "digits\nextended_gcd\nfloor_div\ngcd\nmod\nparse\npow\nto_charlist\nto_string\nundigits",
  float1: "ceil\nfloor\nparse\nratio\nround\nto_charlist\nto_string",
  float2: "ceil\nfloor\npow\nround",
  base1:
    "decode16\ndecode16!\ndecode32\ndecode32!\ndecode64\ndecode64!\nencode16\nencode32\nencode64\nhex_decode32\nhex_decode32!\nhex_encode32\nurl_decode64\nurl_decode64!\nurl_encode64",
  base2:
    "decode16\ndecode32!\ndecode64\nencode16\nencode32\nencode64\nhex_decode32\nhex_encode32\nurl_decode64!\nurl_encode64",
  uri1: "decode\ndecode_query\ndecode_www_form\ndefault_port\nencode\nencode_query\nencode_www_form\nnew\nnew!\nparse\nto_string\nchar_reserved?",
  uri2: "append_path\nappend_query\ndecode_query\nencode\nencode_query\nmerge",
  version1:
    "compile_requirement\nparse\nparse!\nparse_requirement\nparse_requirement!\nto_string\ncompile_requirement",
  version2: "compare\nmatch?",
  regex1: "names\nopts\nsource\nrecompile!\nregex?\nescape",
  regex2: "match?\nnamed_captures\nrun\nscan\nsplit\ncompile",
  regex3: "named_captures\nrun\nscan\nsplit\nreplace",
  path1: "basename\ndirname\nextname\njoin\nrelative\nrootname\nsplit\ntype",
  path2: "basename\njoin\nrelative_to\nrootname\nabsname",
  macro1:
    "camelize\nclassify_atom\ndecompose_call\nescape\nquoted_literal?\nto_string\nunderscore\nunescape_string\nunpipe\nvalidate",
  exception1: "exception?\nformat_exit\nformat_stacktrace\nformat_stacktrace_entry\nmessage",
  module1: "concat\nsafe_concat\nsplit\nopen?",
  module2: "concat\ndefines?\nget_attribute\nhas_attribute?",
  options1: "next\nparse_head\nsplit\nto_argv",
  options2: "next\nparse\nparse!\nparse_head\nparse_head!\nto_argv",
  access2: "fetch\nfetch!\nget\npop",
  access3: "get\nget_and_update",
  accessor: "at\nat!\nelem\nfilter\nfind\nkey\nkey!\nslice",
  range2: "disjoint?\nshift\nsplit",
  date1:
    "beginning_of_month\nbeginning_of_week\nday_of_era\nday_of_week\nday_of_year\ndays_in_month\nend_of_month\nend_of_week\nfrom_erl\nfrom_erl!\nfrom_iso8601\nfrom_iso8601!\nleap_year?\nquarter_of_year\nto_erl\nto_gregorian_days\nto_iso8601\nto_string\nyear_of_era",
  date2:
    "add\nafter?\nbeginning_of_week\ncompare\nconvert\nday_of_week\ndiff\nend_of_week\nfrom_iso8601\nrange\nshift\nto_iso8601\nnope",
  clock1:
    "to_erl\nto_iso8601\nto_seconds_after_midnight\nto_string\nfrom_iso8601\nfrom_iso8601!\nfrom_erl\nfrom_erl!",
  naive1:
    "beginning_of_day\nend_of_day\nfrom_erl\nfrom_erl!\nfrom_iso8601\nto_date\nto_erl\nto_gregorian_seconds\nto_iso8601\nto_string\nto_time",
  instant1:
    "to_date\nto_gregorian_seconds\nto_iso8601\nto_naive\nto_string\nto_time\nto_unix\nfrom_iso8601\nfrom_unix",
  parsing: "parse_date\nparse_time\nparse_naive_datetime\nparse_utc_datetime",
  math1: "sqrt\nfloor\nceil\nabs\nexp\nlog\nlog2\nlog10\nsin\ncos\natan",
  lists1:
    "concat\ndroplast\nflatten\nlast\nmax\nmin\nreverse\nsort\nsum\nunzip\nuniq\nusort\nappend\nenumerate\nflatlength",
  lists3: "keyfind\nkeymember\nkeydelete\nkeysearch\nkeytake\nsublist\nfoldl\nfoldr\nmapfoldl",
  proplists2: "get_value\nis_defined\nget_all_values\nget_bool\ndelete\nlookup\nlookup_all",
  sets: "ordsets\nsets\ngb_sets",
  sets2: "union\nintersection\nsubtract\nis_subset\nis_disjoint",
  orddict2: "find\nfetch\nis_key\nerase",
  clock2:
    "add\nbefore?\ncompare\ndiff\nfrom_iso8601\nfrom_iso8601!\nshift\nto_iso8601\ntruncate\nfrom_unix\nnew!\nshift_zone",
  io: "inspect\nputs\nwrite",
  kernel1:
    "abs\nbit_size\nbyte_size\nceil\nfloor\nhd\ninspect\nlength\nmap_size\nround\ntl\ntrunc\ntuple_size\nto_timeout\nis_nil\nto_string\nto_charlist\nnot\n-\n+\nis_struct\nis_exception\nexit\nthrow\nmake_ref",
  kernel2:
    "+\n-\n*\n/\ndiv\nrem\n++\n--\n<>\nelem\nand\nor\nin\nbinary_slice\nmax\nmin\n==\n<\n=~\n|>\nis_map_key\nis_function\nis_struct\nget_in\nsend\nbinary_part\n..\n&&",
  process1: "alive?\nlink\nmonitor\ncancel_timer\nwhereis\nunlink\nget\ninfo\nset_label\nunregister",
  atom1: "to_charlist\nto_string",
  bitwise2: "band\nbor\nbsl\nbsr\nbxor\n<<<\n&&&",
  iso3: "valid_date?\nday_of_year\nquarter_of_year\ndate_to_string\ndate_to_iso_days\nday_of_era\nyear_of_era",
  duration2: "add\nmultiply\nsubtract",
  lists2:
    "member\nnth\nnthtail\ndelete\nprefix\nsuffix\nmap\nfilter\nforeach\nsplit\nkeysort\nsort\ndropwhile\npartition\nduplicate\nseq\njoin",
  maps2: "get\nfind\nis_key\nremove\nmerge\nmap\nfilter\nwith\nwithout\nfold\nfrom_keys",
  binary2: "match\nmatches\nsplit\nat\ncopy\npart\ncompile_pattern\nreplace",
  erlstring1:
    "length\nuppercase\nlowercase\ntitlecase\ntrim\nreverse\nto_integer\nto_float\nto_graphemes\nis_empty\nchomp",
  erlang1:
    "abs\natom_to_binary\natom_to_list\nbinary_to_list\nbinary_to_integer\nbinary_to_float\nbinary_to_term\nbit_size\nfloat\nfloat_to_list\nhd\ninteger_to_binary\niolist_size\niolist_to_binary\nlength\nlist_to_atom\nlist_to_binary\nlist_to_float\nlist_to_integer\nlist_to_tuple\nlist_to_pid\nmap_size\nphash2\nround\ntl\ntuple_size\ntuple_to_list\nunlink\nis_process_alive\nlist_to_bitstring\nbinary_to_atom\nsize",
};
