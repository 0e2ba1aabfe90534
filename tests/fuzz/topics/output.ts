/**
 * What programs write: to their own and to other devices, of data in every layout, of the log, and of assertions that fail. No `:io.format` and no log of wrong
 * arguments: they end the device, or the handler, that collects what a program writes. Regexes only by themselves: without their structs they show PCRE's
 * bytes.
 */
import type { Rules } from "../rules.ts";

export const output: Rules = {
  module: String.raw`
    defmodule FuzzShape do¶defstruct [:name, sides: 3, tags: []]¶end¶defmodule FuzzHidden do¶@derive {Inspect, only: [:id]}¶defstruct [:id, :secret]¶end¶defmodule FuzzDoc do¶defstruct [:items]¶defimpl Inspect do¶import Inspect.Algebra¶def inspect(%{items: items}, opts), do: $doc¶end¶defimpl String.Chars do¶def to_string(%{items: items}), do: "doc:#{inspect(items)}"¶end¶end`,
  doc: String.raw`
    container_doc("#Doc<", items, ">", opts, &to_doc/2)
    container_doc("#Doc<", items, ">", opts, &to_doc/2, separator: ";", break: $break)
    concat(["#Doc<", to_doc(items, opts), ">"])
    group(nest(concat(["#Doc<", break(""), to_doc(items, opts)]), 2)) |> concat(">")
    "#Doc<" <> Enum.join(items, "|") <> ">"
    fold_doc(Enum.map(items, &to_doc(&1, opts)), fn a, b -> line(a, b) end)
    space(string("doc"), to_doc(items, %{opts | limit: 2}))
    group(glue(color("doc", :atom, opts), "~", to_doc(items, opts)), :self)`,
  break: ":strict\n:flex\n:maybe",
  alone: String.raw`
    inspect($data, $opts)
    inspect($data, [{:pretty, true}, {:width, $width} | $opts])
    inspect($data, pretty: true, width: $width)
    inspect(~r/a.b/i, label: $label, width: $width)
    inspect([~r{a/b}u, $data], pretty: true, width: $width)
    IO.inspect($data, [label: $label] ++ $opts)
    ({:ok, io} = StringIO.open($text); r = for f <- [$read, $read, $read], do: f.(io); {r, StringIO.contents(io)})
    ({:ok, io} = StringIO.open($text, $sopts); IO.$write(io, $chardata); IO.$write(io, $chardata); r = StringIO.flush(io); {r, StringIO.contents(io), StringIO.close(io)})
    StringIO.open($text, fn io -> IO.write(io, $chardata); IO.read(io, $count) end)
    IO.puts($chardata)
    IO.write($chardata)
    IO.$conv($chardata)
    IO.puts(:stdio, $chardata)
    IO.puts($baddevice, "x")
    IO.inspect($data, $data)
    IO.iodata_length($chardata)
    IO.ANSI.format($ansi, $bool) |> IO.chardata_to_string()
    IO.ANSI.format_fragment($ansi, $bool)
    Enum.into($list, IO.stream(:stdio, $stream)) |> is_struct()
    ({:ok, io} = StringIO.open($text); IO.stream(io, $stream) |> Enum.take(3))
    ({:ok, io} = StringIO.open($text); IO.stream(io, :line) |> Stream.map(&String.trim/1) |> Stream.with_index() |> Enum.to_list())
    Runner.logged(fn -> require Logger; Logger.$level($message); :done end)
    Runner.logged(fn -> require Logger; Logger.$level($message, $meta); :done end)
    Runner.logged(fn -> require Logger; Logger.metadata($meta); Logger.log($lvl, fn -> $message end); Logger.metadata() end)
    Runner.logged(fn -> :logger.$level($formatted); :done end)
    Runner.logged(fn -> require Logger; Logger.bare_log($lvl, $message); Logger.level() end)
    (import ExUnit.Assertions; $assertion)
    (import ExUnit.Assertions; $assertion)
    (import ExUnit.Assertions; try do $assertion rescue e in ExUnit.AssertionError -> {e.message, e.left, e.right, e.expr != ExUnit.AssertionError.no_value() && Macro.to_string(e.expr)} end)
    "#{$inter} and #{$inter}"
    to_string($inter)
    inspect(%FuzzDoc{items: $list}, $opts)
    inspect([%FuzzDoc{items: $list}, %FuzzShape{name: $data}], pretty: true, width: $width)
    :io_lib.format($format, $args) |> IO.chardata_to_string()
    Inspect.Algebra.format(Inspect.Algebra.to_doc($data, %Inspect.Opts{$iopts}), $width) |> IO.iodata_to_binary()
    (dbg($data); :ok)
    $data |> inspect() |> Code.format_string!(line_length: $width) |> IO.iodata_to_binary()
    JSON.encode!($json)
    $json |> JSON.encode!() |> JSON.decode!()`,
  data: String.raw`
    $leaf
    $leaf
    [$data, $leaf]
    {$data, $leaf}
    %{$leaf => $data}
    %{a: $data, b: $leaf}
    [a: $leaf, b: $data]
    %FuzzShape{name: $leaf, tags: $list}
    %FuzzHidden{id: $data, secret: 1}
    %FuzzDoc{items: $list}
    MapSet.new($list)
    Enum.to_list(1..60)
    Map.new(1..12, &{&1, $leaf})
    [$leaf | $leaf]
    List.duplicate($leaf, 12)
    String.duplicate($leaftext, 30)
    Enum.map(1..10, &{&1, "item #{&1}"})
    {:error, %RuntimeError{message: $leaftext}}`,
  leaf: String.raw`
    1
    -2.5
    1.0e30
    :atom
    :"two words"
    nil
    "text"
    "q\"uote\n"
    "ünï\u200bcode"
    <<0, 255>>
    <<1::3>>
    ~c"chars"
    [7, 8]
    ~D[2024-02-29]
    ~T[12:30:45.123]
    ~U[2024-02-29 12:00:00Z]
    ~N[2024-02-29 12:00:00.5]
    1..10//3
    1..3
    String
    &String.upcase/1
    %{}
    {}
    []
    "\#{not}"
    Duration.new!(hour: 1)
    Version.parse!("1.2.3")
    URI.parse("http://a.b/c?d#e")`,
  leaftext: '"text"\n"q\\"u"\n"ab "',
  opts: '[]\n[limit: 3]\n[limit: 0]\n[limit: 1, pretty: true]\n[base: :hex]\n[base: :binary]\n[binaries: :as_binaries]\n[binaries: :as_strings]\n[charlists: :as_lists]\n[charlists: :as_charlists]\n[structs: false]\n[printable_limit: 4]\n[safe: false]\n[syntax_colors: [number: :red, string: :green, atom: :cyan]]\n[custom_options: [sort_maps: true]]\n[inspect_fun: fn x, o -> if is_integer(x), do: "<#{x}>", else: Inspect.inspect(x, o) end]\n[width: 0, pretty: true]\n[limit: :infinity, width: 20, pretty: true]',
  iopts: "\nlimit: 2\nbase: :octal\nwidth: 10\nstructs: false",
  width: "0\n1\n10\n20\n40\n80\n:infinity",
  label: '"l"\n:atom\nnil\n1\n"multi\\nline"',
  text: '""\n"one\\ntwo\\nthree"\n"a\\r\\nb\\n"\n"ünï\\n日本\\n"\n"no end"\n"1 2\\n:x\\n"',
  sopts: "[]\n[capture_prompt: true]\n[encoding: :latin1]",
  read: String.raw`
    &IO.read(&1, :line)
    &IO.read(&1, 2)
    &IO.read(&1, :eof)
    &IO.gets(&1, "? ")
    &IO.getn(&1, "> ", 3)
    &IO.binread(&1, 2)
    &IO.binread(&1, :line)
    &IO.getn(&1, "")`,
  write: "write\nputs\nbinwrite\ninspect",
  count: "1\n3\n:line\n:eof\n0\n:all",
  chardata:
    '"text"\n["a", ?b, [~c"c"]]\n~c"ü"\n[]\n""\n:atom\n1\n[1.5]\nnil\n["ü", <<255>>]\n<<255>>\n[0x1F600]\n{:a}\n%FuzzDoc{items: [1]}\n["a" | "b"]',
  conv: "chardata_to_string\niodata_to_binary",
  baddevice: ":nope\n:stderr_\nnil\n1",
  ansi: '[:red, "r", :reset]\n[:bright, ["x", :underline, "y"]]\n"plain"\n[:nope, "x"]\n["a", [:green, "b"], "c"]\n[:color, "x"]\n[]',
  bool: "true\nfalse",
  stream: ":line\n1\n2",
  list: '[1, 2, 3]\n["a", "b"]\n[:x]\n[]\n[[1], {2}]\nEnum.to_list(1..30)\n["long text of words", "another long text"]',
  level: "info\ndebug\nwarning\nerror\nnotice\ncritical\nalert\nemergency",
  lvl: ":info\n:debug\n:warning\n:error\n:nope",
  message:
    '"message"\n["io", ?d, "ata"]\n[a: 1, b: "x"]\n%{report: 1}\n"multi\\nline"\n"ünï"\n""\n:atom\n~c"chars"',
  meta: "[]\n[request_id: 1]\n[a: %{b: 1}]\n[domain: [:x]]\n[crash_reason: {:a, []}]",
  format: '"~p ~s~n"\n"~w|~p"\n"~5w|~-8s|"\n"~ts ~b"\n"~.2f ~e"\n"~c~n~~"\n"none"\n"~10.3p"',
  formatted:
    '"~p ~s", [1, "a"]\n"~w|~p", [~c"b", {1}]\n"~ts ~b", ["x", 3]\n"~5w|~-8s|", [:a, "s"]\n"none", []\n[a: 1]\n%{a: "x"}\n"text"\n"~.2f", [1.5]',
  args: '[1, "a"]\n[:a, ~c"b"]\n[1.5, 2.5]\n["x", 3]\n[]\n[65]\n[[1, 2], "t"]',
  inter:
    '1\n1.0\n:a\n"s"\n~c"c"\n[1 | 2]\nnil\n%{}\n{1}\n%FuzzDoc{items: [1]}\n["a", [98]]\n~D[2024-01-01]\n1..2\nself() |> is_pid()',
  assertion: String.raw`
    assert $cmp
    refute $cmp
    assert $cmp, $note
    assert $pattern = $data
    assert {:ok, _} = $data
    assert_in_delta 1.0, $num, 0.1
    refute_in_delta 1.0, $num, 0.1, "delta"
    assert_raise ArgumentError, fn -> $fails end
    assert_raise RuntimeError, $match, fn -> $fails end
    assert_raise KeyError, fn -> :nothing end
    catch_throw($fails)
    catch_exit($fails)
    catch_error($fails)
    (send(self(), $data); assert_receive {:msg, _}, 10)
    (send(self(), {:msg, $leaf}); assert_received {:msg, x}; x)
    (send(self(), $leaf); refute_received _)
    refute_receive {:never}, 5
    flunk($note)
    assert match?($pattern, $data)
    assert Enum.all?($list, &is_integer/1)
    refute is_nil($leaf)
    assert $leaf in $list
    assert not ($leaf == 1)
    assert String.contains?("abc", $leaftext)`,
  cmp: '$data == $data\n$leaf != $leaf\n$leaf === $leaf\n1 > 2\n$leaf < $leaf\n$leaf =~ "e"\n"text" =~ ~r/x$/\n$leaf\nlength($list) == 3\n[1, 2, 3] == $list\n%{a: 1, b: 2} == %{a: 1, b: $leaf}',
  note: '"note"\n%RuntimeError{message: "own"}\n""',
  pattern: '[_, _ | _]\n%{a: 1}\n{:ok, 1}\n%FuzzShape{sides: 4}\n"t" <> _\n1\n[a: x]',
  num: "1.05\n2\n1.0\n0.9",
  match: '"boom"\n~r/oo/\n"other"',
  fails:
    'raise("boom")\nraise(ArgumentError, "bad")\nthrow(:t)\nexit(:e)\n:ok\nString.to_integer("x")\nhd([])\nMap.fetch!(%{}, :k)',
  json: '%{a: 1}\n[1, 2.5, nil, true]\n%{"k" => [%{}, []]}\n"té\\n\\u0001"\n{1, 2}\n:atom\n~D[2024-01-01]\n%FuzzShape{}\n1.0e300\n%{1 => 2}\n[a: 1]',
};
