/** Keyword lists, Access and nested data, structs, `with`, optional arguments of every day. */
import type { Rules } from "../rules.ts";

export const access: Rules = {
  module: String.raw`
    defmodule FuzzUser do defstruct [:name, age: 0, tags: []] end; defmodule FuzzBox do @derive {Inspect, only: [:v]}; @enforce_keys [:v]; defstruct [:v, :w] end
    defmodule FuzzUser do @derive [Enumerable] |> Enum.take(0); defstruct [:name, age: 1 + 1, tags: %{}]; def new(n), do: %__MODULE__{name: n} end; defmodule FuzzBox do defstruct v: nil, w: [1]; defimpl String.Chars do def to_string(b), do: "box #{inspect(b.v)}" end; defimpl Inspect do import Inspect.Algebra; def inspect(b, o), do: concat(["#Box<", to_doc(b.v, o), ">"]) end end`,
  call: String.raw`
    get_in($nested, $path)
    put_in($nested, $path, $val)
    update_in($nested, $path, $fun)
    pop_in($nested, $path)
    get_and_update_in($nested, $path, fn v -> {v, :new} end)
    get_and_update_in($nested, $path, fn _ -> :pop end)
    data = $nested; put_in(data$dots, $val)
    data = $nested; update_in(data$dots, $fun)
    data = $nested; get_in(data$dots)
    data = $nested; pop_in(data$dots)
    data = $nested; data$dots
    $nested[:a][:b][0]
    Keyword.$kw1($keyword)
    Keyword.$kw2($keyword, $key)
    Keyword.$kw2($keyword, $key)
    Keyword.$kw3($keyword, $key, $val)
    Keyword.$kw3($keyword, $key, $val)
    Keyword.$kwf($keyword, $key, $fun)
    Keyword.$kwl($keyword, $key, fn -> $val end)
    Keyword.$kwks($keyword, [$key, $key])
    Keyword.merge($keyword, $keyword)
    Keyword.merge($keyword, $keyword, fn k, a, b -> {k, a, b} end)
    Keyword.new($pairs)
    Keyword.new([:a, :b, :a], &{&1, $val})
    Keyword.validate($keyword, $spec)
    Keyword.validate!($keyword, $spec)
    Keyword.get_and_update($keyword, $key, fn v -> {v, 1} end)
    Keyword.get_and_update($keyword, $key, fn _ -> :pop end)
    Keyword.get_and_update($keyword, $key, fn _ -> :bad end)
    Keyword.filter($keyword, fn {_, v} -> v != 1 end)
    Keyword.map($keyword, fn {k, _} -> k end)
    Keyword.equal?($keyword, $keyword)
    Keyword.intersect($keyword, $keyword)
    Keyword.from_keys([:a, :b], $val)
    Keyword.update($keyword, $key, :init, $fun)
    Keyword.split_with($keyword, fn {k, _} -> k == :a end)
    Keyword.to_list($keyword)
    Access.get($nested, $key, :none)
    Access.fetch($nested, $key)
    Access.fetch!($nested, $key)
    Access.pop($nested, $key)
    Access.get_and_update($nested, $key, fn v -> {v, 7} end)
    struct(FuzzUser, $fields)
    struct!(FuzzUser, $fields)
    struct(FuzzBox, $fields)
    struct!(FuzzBox, $fields)
    %FuzzUser{name: $val}
    %FuzzUser{name: n} = $nested; n
    %{struct(FuzzUser, $fields) | $field: $val}
    %FuzzUser{struct(FuzzUser, $fields) | $field: $val}
    struct(FuzzUser, $fields).$field
    struct(FuzzUser, $fields)[:name]
    "#{struct(FuzzBox, $fields)}"
    inspect(struct(FuzzBox, $fields))
    inspect(%FuzzUser{name: $nested}, pretty: true, width: 20)
    inspect(%FuzzUser{tags: $nested}, structs: false)
    inspect(%{%FuzzUser{} | age: $nested}, limit: 2)
    Map.from_struct(struct(FuzzUser, $fields))
    Map.put(%FuzzUser{}, :extra, 1)
    Map.delete(%FuzzUser{}, :name)
    %FuzzUser{} == %FuzzUser{age: $val}
    Enum.to_list(%FuzzUser{})
    is_struct($nested, FuzzUser)
    match?(%FuzzUser{age: a} when is_integer(a), $nested)
    match?(%module{} when module != FuzzBox, $nested)
    case $nested do %{a: %{b: b}} -> b; %FuzzUser{tags: t} -> t; [{k, _} | _] -> k; _ -> :none end
    with {:ok, x} <- $result, {:ok, y} when y != x <- $result, do: {x, y}
    with {:ok, x} <- $result, y = {x, x}, {a, _} <- y do a else :error -> :err; {:error, e} -> {:e, e} end
    with %{a: a} <- $nested, [b | _] <- a do {a, b} else other -> {:other, other} end
    with true <- is_map($nested), do: :map
    if x = $nested[:a], do: x, else: :no
    unless $val, do: 1, else: 2
    cond do x = $nested[:b] -> x; true -> :else end
    $nested |> then(&Map.get(&1, :a)) |> List.wrap()
    FuzzUser.__struct__($fields)
    Keyword.pop_first($keyword, $key)
    Keyword.pop!($keyword, $key)
    [a: a, b: _] = $keyword; a
    %{a: a} = $nested; a
    dbg($nested) |> is_map()
    $nested |> Enum.map(fn {k, v} -> {v, k} end) |> Enum.sort()
    Map.update!(struct(FuzzUser, $fields), :$field, $fun)
    Kernel.struct!(%FuzzUser{age: 3}, name: $val)
    Inspect.inspect(%FuzzBox{v: $nested}, %Inspect.Opts{}) |> Inspect.Algebra.format(30) |> IO.iodata_to_binary()
    String.Chars.to_string($val)
    List.Chars.to_charlist($val)
    Enumerable.impl_for($val)
    Inspect.impl_for($nested)
    OptionParser.$parse($argv, $options)
    OptionParser.split($line)
    OptionParser.to_argv($keyword2)
    Exception.message($exception)
    Exception.format_banner(:error, $exception)
    Exception.normalize(:error, $reason) |> Exception.message()
    Exception.format_exit($exit)
    raise($exception)
    Tuple.to_list($result)
    Function.info(&FuzzUser.__struct__/1, :arity)
    Function.capture(Map, :get, 2).($nested, :a)
    apply(Map, :fetch!, [$nested, :a])
    Version.$version($ver, $ver2)
    Version.parse($ver)
    Version.match?($ver, $req)
    URI.parse($uri)
    URI.new($uri)
    URI.to_string(URI.parse($uri))
    URI.merge($absolute, $uri)
    URI.append_path(URI.parse($absolute), $seg)
    URI.append_query(URI.parse($absolute), "k=v")
    URI.$enc($urltext)
    URI.decode_query($query)
    URI.encode_query($keyword2)
    URI.query_decoder($query, :rfc3986) |> Enum.to_list()
    Path.$path1($file)
    Path.$path2($file, $file)
    Path.relative_to($file, $file)
    Path.split($file)
    JSON.encode!($json)
    JSON.decode($jsontext)
    JSON.decode!($jsontext)
    JSON.encode_to_iodata!($json) |> IO.iodata_to_binary()`,
  nested: String.raw`
    %{a: %{b: [1, 2]}, b: 1}
    [a: [b: 1], b: %{c: 2}, a: 0]
    %{a: [%{n: 1, k: :x}, %{n: 2, k: :y}]}
    %{"k" => {1, 2, %{z: 0}}}
    %FuzzUser{name: "n", tags: [a: 1]}
    %{a: %FuzzUser{age: 5}}
    %{}
    nil
    [1, 2, 3]
    [%{a: 1}, %{a: 2, b: 3}]
    %{a: nil}
    {1, 2}`,
  path: String.raw`
    [:a]
    [:a, :b]
    [:a, :b, Access.at(0)]
    [:a, Access.all(), :n]
    [:a, Access.filter(&(&1.n > 1)), :k]
    ["k", Access.elem(2), :z]
    [Access.key(:name)]
    [Access.key(:a, %{}), Access.key(:b, 0)]
    [Access.key!(:tags), :a]
    [Access.at(-1)]
    [Access.at!(1)]
    [Access.slice(0..1)]
    [Access.all(), :a]
    [Access.find(&(&1[:a] == 2)), :b]
    [Access.values()]
    [Access.all(), Access.key(:b, 9)]
    [Access.slice(-2..-1//1), :a]
    [fn :get, d, next -> next.(d); :get_and_update, d, next -> next.(d) end]
    []`,
  dots: '.a\n.a.b\n[:a]\n[:a][:b]\n.a[:b]\n.b\n.name\n[:a].age\n["k"]\n.a.b[0]',
  val: String.raw`1
    :v
    nil
    [1]
    "s"
    %{x: 1}
    2.5
    [a: 1]
    {:t}
    ~D[2024-01-31]
    1..3
    ~c"ch"
    %FuzzBox{v: 1}
    false`,
  fun: "& &1\n&{&1}\n&inspect/1\n&(&1 + 1)\nfn _ -> nil end\n&List.wrap/1",
  key: ':a\n:b\n:c\n:a\n:name\n"k"\n1',
  keyword:
    '[]\n[a: 1]\n[a: 1, b: 2]\n[b: 2, a: 1, b: 3]\n[a: nil, c: 3, a: 1]\n[c: $val, a: $val]\n[{"k", 1}]\n[:a, :b]\n%{a: 1}',
  keyword2: '[a: 1, b_c: true]\n[name: "x y", n: "é&="]\n[flag: false, a: 1.5]\n[]\n[a: "1", a: "2"]',
  kw1: "keys\nvalues\nkeyword?\nnew\nto_list",
  kw2: "get\nfetch\nfetch!\nget_values\nhas_key?\ndelete\npop\npop_values\npop_first\ndelete_first",
  kw3: "get\nput\nput_new\nreplace\nreplace!\nupdate!\npop\ndelete\nput_new",
  kwf: "update!\nreplace_lazy\nupdate!",
  kwl: "get_lazy\nput_new_lazy\npop_lazy",
  kwks: "take\ndrop\nsplit\nvalidate\nreject",
  pairs: "[{:a, 1}, {:b, 2}, {:a, 3}]\n%{a: 1}\n[{1, 2}]\n[]",
  spec: '[:a, :b]\n[a: 0, d: 4]\n[:a, c: 1]\n[]\n["x"]',
  fields:
    '[name: $val]\n%{age: $val}\n[v: $val]\n[nope: 1]\n[]\n[tags: $val, name: :n]\n[v: $val, w: $val]\n%{"name" => 1}',
  field: "name\nage\ntags\nnope",
  result: "{:ok, 1}\n{:ok, 2}\n{:error, :why}\n:error\n{:ok, nil}\n{:ok, [1]}",
  parse: "parse\nparse!\nparse_head\nparse_head!",
  // No switch whose name may happen to be an atom of some module that is loaded already.
  argv: `["--name", "x", "-v", "rest"]\n["--no-flag", "--count", "3", "--", "--x"]\n["--count=abc"]\n["-abc", "--no-such-opt"]\n["--file", "a", "--file", "b"]\n["--some-key", "1.5"]\n["-n5", "file", "-f"]\n["--unknown", "-5"]\n["--count", "1_0"]\n[]\n["-", "--flag=false"]`,
  options: `[strict: [name: :string, count: :integer, flag: :boolean, file: :keep], aliases: [v: :verbose, n: :count]]\n[switches: [verbose: :count, some_key: :float], aliases: [v: :verbose]]\n[strict: []]\n[strict: [verbose: :count, n: :integer], aliases: [v: :verbose, a: :n]]\n[switches: [flag: :boolean, file: [:string, :keep], count: [:integer, :keep]], allow_nonexistent_atoms: true]\n[strict: [count: :integer], return_separator: true]`,
  line: String.raw`"a 'b c' \"d e\""
    "foo --bar=baz"
    "x\\ y z"
    "unclosed 'q"
    ""
    " a  b "`,
  exception: String.raw`
    %RuntimeError{message: "m"}
    %ArgumentError{}
    %KeyError{key: :a, term: $nested}
    %KeyError{key: :nam, term: %{name: 1}}
    %FunctionClauseError{module: M, function: :f, arity: 1}
    %UndefinedFunctionError{module: Enum, function: :mapp, arity: 2}
    %UndefinedFunctionError{module: FuzzUser, function: :neww, arity: 1}
    %UndefinedFunctionError{module: Nope, function: :f, arity: 0}
    %MatchError{term: $nested}
    %CaseClauseError{term: $val}
    %WithClauseError{term: $val}
    %CondClauseError{}
    %TryClauseError{term: $val}
    %BadMapError{term: $val}
    %BadBooleanError{term: $val, operator: :and}
    %BadArityError{function: &is_list/1, args: [1, 2]}
    %BadFunctionError{term: $val}
    %BadStructError{struct: FuzzUser, term: $val}
    %Protocol.UndefinedError{protocol: Enumerable, value: $val}
    %Protocol.UndefinedError{protocol: String.Chars, value: $nested, description: "d"}
    %ErlangError{original: $val}
    %ArithmeticError{}
    %SystemLimitError{}
    %Enum.EmptyError{}
    %Enum.OutOfBoundsError{}
    %UnicodeConversionError{encoded: "a", message: "m"}
    %Version.InvalidVersionError{version: "x"}
    %URI.Error{action: :parse, reason: ":", part: "b"}
    %File.Error{reason: :enoent, action: "read", path: "p"}
    %Inspect.Error{message: "m", exception_module: RuntimeError, exception_message: "x", stacktrace: [], inspected_struct: "s"}`,
  reason:
    ":badarg\n:badarith\n{:badmatch, $val}\n{:case_clause, $val}\n{:badkey, :k, $nested}\n{:badmap, $val}\n:undef\n:function_clause\n{:badfun, $val}\n{:badarity, {&is_atom/1, [1, 2]}}\n:system_limit\n{:nocatch, $val}\n{:try_clause, 1}\n:if_clause\n{:unbound, :x}\n{:badrecord, :r}\n{:else_clause, 2}\n{:badkey, :k}\n{:with_clause, 5}\n{:odd, $val}",
  exit: ':normal\n:shutdown\n{:shutdown, $val}\n:killed\n:noproc\n{:noproc, {GenServer, :call, [:n, :m, 5000]}}\n{:timeout, {GenServer, :call, [:n, :m, 5000]}}\n{%RuntimeError{message: "m"}, []}\n{{:badmatch, 1}, []}\n$val\n{:bad_return_value, $val}\n{:EXIT, self()} |> elem(0)\n{:already_started, :x}\n{{:nodedown, :n}, {GenServer, :call, [:a, :b, 1]}}\n{:badarg, [{M, :f, 1, []}]}\n{:function_clause, [{M, :f, [1], [file: ~c"f.ex", line: 2]}]}\n{:calling_self, {GenServer, :call, [:n, :m, 5000]}}\n{:nocatch, 1}\n{:bad_child_spec, 1}',
  version: "compare\nmatch?",
  ver: '"1.2.3"\n"1.2.3-rc.1"\n"1.2"\n"2.0.0+build.5"\n"1.2.3-alpha.beta"\n"x"\n"01.2.3"\n"1.2.3-rc.10"\n"1.0.0-0.3.7"',
  ver2: '"1.2.3"\n"1.2.4-dev"\n"> 1.0.0"\n"2.0.0"\n"1.2.3-rc.2"\n"bad"',
  req: '"~> 1.2"\n">= 1.0.0 and < 2.0.0"\n"~> 1.2.3-rc.0"\n"== 1.2.3 or > 3.0.0"\n"!= 1.2.3"\n"1.2.3"\n"~> 2"\n"bad req"\n"> 1.2"\n"~> 1.2.0-dev"',
  uri: '"http://u:p@h.com:81/a/b?x=1&y#f"\n"../c?q"\n"//host/p"\n"mailto:a@b.c"\n"/abs/./x/../y"\n""\n"?q=1"\n"#f"\n"http://[::1]:4000/"\n"HTTP://EX.com"\n"http://a b"\n"a:b"\n"file:///etc"\n"g;x=1/../y"\n"http://h:bad/"\n"%zz"\n"ftp://h/%41"',
  absolute: '"http://h.com/a/b/c?x"\n"https://h"\n"http://h.com/"\n"ftp://h/a"\n"rel"',
  seg: '"/x"\n"/x/"\n"/"\n"x"\n"//x"',
  enc: "encode\nencode_www_form\ndecode\ndecode_www_form",
  urltext: '"a b&c=é/"\n"%41%zz"\n"a+b%20c"\n"~-_.!*"\n"%"\n"100%25"\n"日本"',
  query: '"a=1&b=2"\n"a"\n"a=%20+x&&b"\n"=v"\n"a=1&a=2"\n""\n"%zz=1"\n"a=b=c"',
  path1: "basename\ndirname\nextname\nrootname\nsplit\ntype\nabsname\nsafe_relative",
  path2: "join\nbasename\nrootname\nrelative_to\nabsname\nexpand",
  file: '"/a/b.ex"\n"a/../b/./c.tar.gz"\n"foo"\n"/"\n""\n".ex"\n"a//b/"\n"../x"\n"/a/b/../../.."\n"é/ü.txt"\n"~/x" |> String.replace("~", "t")\n".hidden.ex"\n"/a/b"\n"a/b/"\n".."\n~c"chars/x.y"',
  json: String.raw`$nested
    %{a: [1, 2.5, nil, true], b: "é\n\"\\/\u2028"}
    [1.0e10, -0.0, 1.0e-7, 123456789012345678901]
    "\x01\x7f</script>"
    $val
    %{1 => 2, "x" => :y}
    [%{}, [], ""]
    {1}
    <<255>>
    :atom
    ~T[10:00:00]`,
  jsontext: String.raw`~s({"a": [1, 2.5e3, null, true, "x\\n\\u00e9"], "b": {}})
    "[1, 2,]"
    "{\"a\" 1}"
    "[1e5, -0, 0.1, 1E-2]"
    "01"
    "\"\\ud83d\\ude00\""
    "\"\\ud83d\""
    "nul"
    ""
    " 1 "
    "[1] x"
    "\"abc"
    "{\"a\":1,\"a\":2}"
    "[[[]]]"
    "-"
    "1."
    "\"\t\""
    "\"é日\""
    <<34, 255, 34>>
    "tru"
    "[1 2]"
    "123456789012345678901234567890"
    "1.7976931348623157e309"`,
};
