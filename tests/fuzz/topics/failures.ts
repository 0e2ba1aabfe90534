/** What is written of errors, throws and exits that nobody takes: each exception's words, with what blaming adds. */
import type { Rules } from "../rules.ts";

export const failures: Rules = {
  module: String.raw`
    defmodule Fuzz do¶defstruct [:a, b: 1]¶def one(1), do: :one¶def one(x) when is_atom(x) and x != nil, do: x¶def two(a, b \\ 2) when a > b, do: {a, b}¶def three([h | _], %{k: k}, "p" <> r) when h in [1, 2] or is_nil(k), do: r¶def four(%Fuzz{a: a}), do: a¶def five(x) when is_map(x) when is_list(x) and length(x) > 1, do: x¶defp six(:never), do: 1¶def seven(x), do: six(x)¶defmacro eight(x), do: x¶def nine(a, a), do: a¶def ten(<<a, _::binary>>, _) when a > 1, do: a¶def eleven(fun) when is_function(fun, 1), do: fun.(1)¶def twelve(x) when x.a == 1 and not is_float(x.b), do: x¶defguard positive(x) when is_integer(x) and x > 0¶def thirteen(x) when positive(x), do: x¶def unknown?(x), do: x¶def known!(x), do: x¶end`,
  alone: String.raw`
    Runner.uncaught(fn -> $failing end)
    Runner.uncaught(fn -> $failing end)
    Runner.uncaught(fn -> $failing end)
    Runner.uncaught(fn -> Runner.itself(Fuzz).$name($args) end)
    Runner.uncaught(fn -> raise $raising end)
    Runner.uncaught(fn -> $kind($reason) end)
    Runner.uncaught(fn -> exit($exit) end)
    Exception.format_exit($exit)
    Exception.format_banner($k, $reason)
    Exception.format($k, $reason, [])
    Exception.normalize($k, $reason)
    Exception.message($exception)
    Exception.format_mfa($own, $fun, $arity)
    Exception.format_fa(fn x -> x end, 1) |> String.replace(~r/#Function.*$/, "f")
    Exception.format_stacktrace_entry($entry)
    Exception.format_stacktrace([$entry, $entry])
    Exception.format_file_line($file, $line, $suffix)
    Exception.format_file_line_column($file, $line, $line, $suffix)
    inspect($exception)
    (try do $failing rescue e -> {e.__struct__, Exception.message(e)} catch k, r -> {k, r} end)
    Runner.uncaught(fn -> try do $failing rescue e -> reraise(e, __STACKTRACE__) after :ok end end)
    (try do $failing catch :error, r -> r; k, r -> {k, r} end)`,
  name: "one\ntwo\nthree\nfour\nfive\nseven\neight\nnine\nten\neleven\ntwelve\nthirteen\nunknown\nknown\nfourteen\nunknown!\nknown?\non\ntow\n__struct__\n__info__",
  args: "$val\n$val, $val\n$val, $val, $val\n\n$val\n$val, $val",
  val: `1\n2.5\n:a\nnil\n"pq"\n"text"\n[1]\n[a: 1]\n%{k: nil}\n%{k: 1}\n{1, 2}\n%Fuzz{a: 1}\n%Fuzz{}\nfn -> 1 end\n&is_atom/1\n<<1::3>>\n-1\n[]\n1..3\n:one\n[3]\n%{a: 1, b: 2.0}\n:functions`,
  failing: String.raw`
    Runner.itself(1) + Runner.itself($odd)
    Runner.itself($odd) * 2
    Runner.itself(1) / Runner.itself(0)
    div(Runner.itself(1), Runner.itself($odd))
    -Runner.itself($odd)
    Bitwise.band(Runner.itself($odd), 1)
    Runner.itself($val) and true
    not Runner.itself($odd)
    if(Runner.itself(nil) or 1, do: Runner.itself(1) or 2)
    hd(Runner.itself($val))
    tl(Runner.itself([]))
    elem(Runner.itself({1}), $int)
    put_elem(Runner.itself({1}), $int, 2)
    length(Runner.itself($val))
    map_size(Runner.itself($val))
    tuple_size(Runner.itself($val))
    byte_size(Runner.itself($val))
    round(Runner.itself($odd))
    Runner.itself([1]) ++ Runner.itself(2) ++ [3]
    Runner.itself(:a) ++ [1]
    Runner.itself([1]) -- Runner.itself(:a)
    Runner.itself("a") <> Runner.itself($val)
    "#{Runner.itself($val)}"
    to_string(Runner.itself($val))
    to_charlist(Runner.itself($val))
    String.Chars.to_string(Runner.itself($val))
    Atom.to_string(Runner.itself("a"))
    String.to_integer(Runner.itself($val))
    String.to_float(Runner.itself("1"))
    String.to_existing_atom("fuzz_no_such_atom_#{1}")
    List.to_integer(~c"x")
    Integer.to_string(Runner.itself($val))
    Integer.pow(2, Runner.itself($int))
    Runner.itself($val).a
    Runner.itself($val).()
    Runner.itself($val).(1)
    Runner.itself($val).name(1)
    Runner.itself(fn x -> x end).(1, 2)
    Runner.itself(&Fuzz.one/1).()
    Runner.itself(fn :a -> 1 end).(:b)
    %{Runner.itself($val) | k: 1}
    %{Runner.itself(%Fuzz{}) | zzz: 1}
    Map.fetch!(Runner.itself($val), $key)
    Map.get(Runner.itself($val), $key)
    Map.update!(Runner.itself(%{k: 1}), $key, & &1)
    Map.replace!(%{k: 1}, $key, 1)
    Map.put(Runner.itself($val), 1, 2)
    Map.new(Runner.itself($val))
    Keyword.fetch!(Runner.itself($val), :zz)
    Keyword.get(Runner.itself($val), Runner.itself($key))
    Keyword.pop!([a: 1], :b)
    Keyword.validate!([a: 1, c: 2], [:a, b: 1])
    Access.fetch!(Runner.itself($val), :zz)
    Runner.itself($val)[:k]
    get_in(Runner.itself($val), [:k, :z])
    put_in(Runner.itself($val)[:k], 1)
    update_in(Runner.itself($val), [:k, :z], & &1)
    Enum.map(Runner.itself($val), & &1)
    Enum.fetch!(Runner.itself([1]), $int)
    Enum.at(Runner.itself($val), 0)
    Enum.max(Runner.itself([]))
    Enum.random(Runner.itself([]))
    Enum.reduce(Runner.itself([]), &+/2)
    Enum.sum(Runner.itself($val))
    Enum.zip(Runner.itself($val), [1])
    Enum.into(Runner.itself([1, 2]), Runner.itself($val))
    Enum.chunk_every([1], Runner.itself($int))
    Enum.join(Runner.itself([{1}, 2]))
    Enum.slice([1, 2], Runner.itself($val))
    Enum.count(Runner.itself($val))
    for(x <- Runner.itself($val), do: x)
    for(<<x <- Runner.itself($val)>>, do: x)
    for(x <- [1], into: Runner.itself($val), do: x)
    $pattern = Runner.itself($val)
    case Runner.itself($val) do $pattern -> 1; :zz -> 2 end
    cond do Runner.itself(nil) -> 1; Runner.itself(false) -> 2 end
    with {:ok, x} <- Runner.itself($val) do x else :nope -> 1 end
    (fn $pattern -> 1 end).(Runner.itself($val))
    if Runner.itself($val) == 1, do: throw($val), else: exit($val)
    try do Runner.itself($val) else :zz -> 1 end
    receive do after Runner.itself($odd) -> 1 end
    apply(Runner.itself($mod), $fun, [])
    apply(Runner.itself(Fuzz), Runner.itself(:one), [1, 2])
    apply(Runner.itself($mod), Runner.itself($fun), Runner.itself($val))
    Runner.itself($mod).no_such_function($val)
    Runner.itself(String).upcas("a")
    Runner.itself(Enum).mapp([1], & &1)
    Runner.itself(List).foldl([1], 2)
    Runner.itself(:lists).no_such(1)
    Runner.itself(:lists).reverse(Runner.itself($val))
    :erlang.binary_to_atom(Runner.itself($val), :utf8)
    :erlang.list_to_atom(Runner.itself($val))
    :erlang.binary_to_term(<<1, 2>>)
    :ets.lookup(Runner.itself($val), 1)
    :ets.insert(:fuzz_no_table, {1})
    :maps.get(:zz, Runner.itself($val))
    :lists.nth(Runner.itself($int), [1, 2])
    :math.sqrt(Runner.itself(-1))
    struct!(Runner.itself($mod), a: 1)
    struct!(Fuzz, zzz: 1)
    struct(Runner.itself($val), a: 1)
    %{__struct__: Runner.itself(Fuzz)}.zzz
    Date.new!(2024, 2, Runner.itself($int))
    Date.from_iso8601!(Runner.itself("2024-13-01"))
    Time.new!(25, 0, 0)
    DateTime.from_naive!(~N[2024-01-01 00:00:00], "Nope/Zone")
    NaiveDateTime.from_iso8601!("x")
    Version.parse!(Runner.itself("1.x"))
    Version.match?("1.0.0", "nope")
    URI.new!("http://[")
    URI.decode("%zz")
    Regex.compile!("(")
    Base.decode16!(Runner.itself("zz"))
    Base.decode64!("a")
    JSON.decode!(Runner.itself("{\"a\":"))
    JSON.encode!(Runner.itself({1, 2}))
    Code.string_to_quoted!($source)
    Code.eval_string($source)
    Code.ensure_loaded!(FuzzNone)
    Process.register(self(), Runner.itself(nil))
    Process.sleep(Runner.itself($odd))
    send(Runner.itself($val), 1)
    Process.exit(Runner.itself($val), :kill)
    Process.flag(:trap_exit, Runner.itself($odd))
    spawn(Runner.itself($val))
    GenServer.call(:fuzz_nobody, :x)
    GenServer.start(FuzzNone, [])
    Agent.get(:fuzz_nobody, & &1)
    Agent.start(Runner.itself($val))
    Task.await(Task.async(fn -> Process.sleep(:infinity) end), 1)
    Task.async(Runner.itself($val))
    (Process.flag(:trap_exit, true); Supervisor.start_link([FuzzNone], strategy: :one_for_one))
    (Process.flag(:trap_exit, true); Supervisor.start_link([Runner.itself($val)], strategy: :one_for_one))
    (Process.flag(:trap_exit, true); Registry.start_link(name: Runner.itself($val), keys: :unique))
    File.read!("/fuzz/no/such")
    File.stream!("/fuzz/no/such") |> Enum.to_list()
    File.cd!("/fuzz/no/such")
    System.fetch_env!("FUZZ_NOPE")
    Application.fetch_env!(:fuzz_nope, :x)
    Stream.take(Runner.itself($val), Runner.itself($odd)) |> Enum.to_list()
    Range.new(Runner.itself($odd), 2)
    Range.new(1, 2, Runner.itself($int))
    Runner.itself(1)..Runner.itself($odd)
    String.duplicate("a", Runner.itself(-1))
    String.pad_leading("a", Runner.itself(-1))
    String.split("a", Runner.itself($val))
    String.replace("abc", Runner.itself($val), "x")
    String.slice(Runner.itself($val), 0, 1)
    String.at(Runner.itself($val), 0)
    String.length(Runner.itself($val))
    String.upcase(Runner.itself($val))
    Tuple.insert_at({1}, Runner.itself($int), 1)
    Tuple.delete_at({1}, Runner.itself($int))
    List.insert_at(Runner.itself($val), 0, 1)
    List.first(Runner.itself($val))
    List.flatten(Runner.itself($val))
    MapSet.new(Runner.itself($val))
    MapSet.put(Runner.itself($val), 1)
    IO.puts(Runner.itself($val))
    IO.inspect(1, Runner.itself($val))
    IO.chardata_to_string(Runner.itself($val))
    List.to_string(Runner.itself([:a]))
    <<Runner.itself($val)::binary>>
    <<Runner.itself($val)::utf8>>
    <<Runner.itself($val)>>
    Protocol.assert_impl!(Enumerable, Integer)
    Module.concat(Runner.itself($val), Runner.itself($val))
    Module.split(Runner.itself($val))
    Macro.to_string(Runner.itself($val))
    Function.capture(Runner.itself($val), :a, 1)
    Function.info(Runner.itself($val), :arity)
    is_function(fn -> 1 end, Runner.itself($int))
    Integer.parse("1", Runner.itself(37))
    Integer.digits(1, Runner.itself(1))
    Float.round(Runner.itself($odd), 1)
    Float.round(1.0, Runner.itself(16))
    OptionParser.parse!(["--zz"], strict: [a: :integer])
    OptionParser.parse!(["--a", "x"], strict: [a: :integer])
    Calendar.strftime(~D[2024-01-01], "%H")
    Duration.new!(zz: 1)
    Date.shift(~D[2024-01-01], Runner.itself(hour: 1))
    Date.range(~D[2024-01-01], Runner.itself($val))`,
  pattern: '1\n{:ok, _}\n[_ | _]\n%{zz: _}\n%Fuzz{b: 2}\n<<2, _::bits>>\n"no" <> _\n{_, _, _}\n:zz\n[]',
  odd: `:a\n"1"\nnil\n[]\n%{}\n{1}\n1.5\n-1\n0`,
  int: "0\n1\n5\n-1\n31\n100",
  key: `:zz\n"k"\n1\n{:a, 1}\n:k\nnil\n:kk`,
  mod: "Fuzz\nFuzzNone\nString\n:lists\nnil\n:nomod\nEnum\n1\nKernel",
  own: "Fuzz\nFuzzNone\nString\n:nomod\nEnum\nFuzz.Deep",
  fun: ':one\n:no_such\n:+\n:"a b"\n:<>\n:known!\n:__info__\n:"-f/1-fun-0-"\n:Foo\n:"-one/1-fun-1-"',
  arity: '0\n1\n3\n[1, :a]\n[]\n["s", [1]]',
  file: 'nil\n"a.ex"\n""\n"lib/b.ex"',
  line: "nil\n0\n1\n12",
  suffix: '""\n" x"',
  entry: String.raw`
    {$own, $fun, $arity, []}
    {$own, $fun, $arity, [file: ~c"a.ex", line: 3]}
    {$own, $fun, $arity, [file: ~c"lib/a.ex", line: 3, error_info: %{}]}
    {$own, :__MODULE__, 0, [line: 1]}
    {$own, :__MODULE__, 1, [file: ~c"b.ex"]}
    {$own, :__FILE__, 1, [file: ~c"b.ex", line: 7]}
    {nil, :__FILE__, 1, [file: ~c"c.ex", line: 1]}`,
  kind: "throw\nexit\n:erlang.error",
  k: ":error\n:throw\n:exit",
  reason: `$val\n:badarg\n:badarith\n:function_clause\n{:badmatch, $val}\n{:case_clause, $val}\n:if_clause\n:cond_clause\n{:badkey, :k}\n{:badkey, :k, %{a: 1}}\n{:badmap, $val}\n{:badfun, $val}\n{:badarity, {fn -> 1 end, [1]}} |> elem(0)\n:undef\n{:nocatch, $val}\n:system_limit\n{:with_clause, $val}\n{:try_clause, $val}\n{:badbool, :and, $val}\n{:badstruct, Fuzz, %{}}\n{:bad_generator, 1}\n:timeout_value\n{:else_clause, 1}\n:noproc\n{:badarg, $val}\n:calling_self\n:notsup\n{:unbound_var, :x}\n$exception\n:enoent\n{:EXIT, 1}\n:killed`,
  exit: `$val\n:normal\n:shutdown\n{:shutdown, $val}\n:noproc\n:kill\n:timeout\n:calling_self\n:nodedown\n{:noproc, {GenServer, :call, [:x, 1, 5000]}}\n{:timeout, {GenServer, :call, [:x, 1, 5000]}}\n{:timeout, {Task, :await, [1, 2]}}\n{:normal, {Fuzz, :one, [1]}}\n{%RuntimeError{message: "m"}, [{Fuzz, :one, 1, [file: ~c"a.ex", line: 2]}]}\n{:badarg, [{Fuzz, :one, [1], []}]}\n{:badarg, []}\n{{:badmatch, 1}, [{Fuzz, :f, 1, []}]}\n{:nodedown, :x}\n{{:nodedown, :a@b}, {GenServer, :call, [:x]}}\n{:function_clause, [{Fuzz, :one, [2], []}]}\n{:undef, [{FuzzNone, :x, [], []}]}\n{:already_started, 1}\n{:EXIT, :x}\n{:bad_return_value, $val}\n{:bad_return, {Fuzz, :init, $val}}\n{:supervisor_data, $val}\n{:invalid_child_spec, $val}\n{:start_spec, $val}\n{:child_spec, $val}\n{:failed_to_start_child, :a, :boom}\n{:shutdown, {:failed_to_start_child, Fuzz, {:EXIT, {:undef, [{Fuzz, :start_link, [1], []}]}}}}\n{:shutdown, {:failed_to_start_child, Fuzz, {:bad_return_value, $val}}}\n{{:shutdown, 1}, {Fuzz, :f, [1]}}\n{:badrpc, 1}\n{{%ArgumentError{message: "x"}, []}, {GenServer, :call, [:a, :b, 1]}}`,
  raising: `"text"\nArgumentError\nArgumentError, "m"\nRuntimeError, message: $val |> inspect()\nKeyError, key: $val, term: $val\nKeyError, key: :ab, term: %{abc: 1, zz: 2, "ab" => 3}\nKeyError, key: :b, term: [a: 1, bb: 2]\nKeyError, message: "given"\nArithmeticError\nBadArityError, function: fn -> 1 end, args: [1]\nBadFunctionError, term: $val\nBadMapError, term: $val\nBadBooleanError, term: $val, operator: :and\nBadStructError, struct: Fuzz, term: $val\nCaseClauseError, term: $val\nCondClauseError\nWithClauseError, term: $val\nTryClauseError, term: $val\nMatchError, term: $val\nFunctionClauseError\nFunctionClauseError, module: Fuzz, function: :one, arity: 1\nUndefinedFunctionError\nUndefinedFunctionError, module: Fuzz, function: :one, arity: 3\nUndefinedFunctionError, module: FuzzNone, function: :x, arity: 0\nUndefinedFunctionError, module: nil, function: :x, arity: 0\nUndefinedFunctionError, module: Fuzz, function: :tow, arity: 2, reason: "why"\nErlangError, original: $val\nProtocol.UndefinedError, protocol: Enumerable, value: $val\nProtocol.UndefinedError, protocol: String.Chars, value: $val, description: "d"\nEnum.EmptyError\nEnum.OutOfBoundsError\nFile.Error, reason: :enoent, action: "read", path: "p"\nFile.Error, reason: :eacces, action: "open", path: "p"\nFile.CopyError, reason: :enoent, action: "copy", source: "a", destination: "b"\nFile.RenameError, reason: :eexist, action: "rename", source: "a", destination: "b"\nFile.LinkError, reason: :eexist, action: "link", existing: "a", new: "b"\nIO.StreamError, reason: :terminated\nSystemLimitError\nSystem.EnvError, env: "X"\nSystem.SignalHandlerError |> then(fn _ -> "x" end)\nRegex.CompileError, "m"\nUnicodeConversionError, encoded: "a", rest: <<255>>, kind: :invalid\nUnicodeConversionError, encoded: "a", rest: <<200>>, kind: :incomplete\nVersion.InvalidVersionError, version: "x"\nVersion.InvalidRequirementError, "r"\nCode.LoadError, file: "f"\nCode.LoadError, file: "f", reason: :nofile\nCompileError, file: "f", line: 1, description: "d"\nCompileError, description: "d"\nSyntaxError, file: "f", line: 1, column: 2, description: "d", snippet: "x + "\nTokenMissingError, file: "f", line: 1, column: 1, end_line: 2, end_column: 1, description: "d", snippet: "(", opening_delimiter: :"(", expected_delimiter: :")", line_offset: 0\nMismatchedDelimiterError, file: "f", line: 1, column: 1, end_line: 1, end_column: 3, description: "d", snippet: "(1]", opening_delimiter: :"(", closing_delimiter: :"]", expected_delimiter: :")", line_offset: 0\nURI.Error, action: "parse", reason: "r", part: "p"\nOptionParser.ParseError, "m"\nInspect.Error, message: "m"\nJSON.DecodeError, message: "m", offset: 1, data: "d"\nRegistry |> then(fn _ -> "r" end)\nArgumentError, []\nArgumentError, message: nil\nNope\n1\n%{}\nFuzz\n%Fuzz{}\nRuntimeError, zz: 1\nTypespecError, description: "d"\nStopIteration |> then(fn _ -> RuntimeError end)`,
  exception: `%RuntimeError{}\n%RuntimeError{message: 1}\n%KeyError{key: $val, term: $val}\n%FunctionClauseError{module: Fuzz, function: :one, arity: 1, args: [$val], kind: :def, clauses: []}\n%FunctionClauseError{}\n%UndefinedFunctionError{module: $mod, function: :zz, arity: 1}\n%UndefinedFunctionError{}\n%ErlangError{original: $val}\n%MatchError{term: $val}\n%BadArityError{function: &Fuzz.one/1, args: [1, 2]}\n%Protocol.UndefinedError{protocol: Enumerable, value: $val}\n%ArgumentError{message: "a\\nb"}\n%CompileError{file: "f", line: 3, description: "d"}\n%File.Error{reason: :enoent, action: "a", path: "p"}\n%ArithmeticError{}\n%CondClauseError{}\n%SystemLimitError{}\n%Enum.EmptyError{}\n%URI.Error{action: :parse, reason: "r", part: "p"}\n%BadBooleanError{term: 1, operator: :or}\n%BadMapError{term: $val}`,
  source: `"1 +"\n"(1"\n"foo("\n"[1, 2"\n"%{a: 1"\n"(]"\n"do end"\n"\\"a"\n"a b c"\n"1 2"\n"fn -> end end"\n"def"\n"x"\n"Fuzz.zz(1)"\n"f(1)"\n"&1"\n"~r/(/"\n"1 = 2"\n"@a 1"\n"%Fuzz{zz: 1}"\n"if true do"\n"end"\n":\\"a"\n"\\u00a0"\n"a..b"\n"x = y"\n"^x"\n"case 1 do 2 end"\n"<<1::zz>>"\n"'abc"\n"~s(a"\n"?"\n"0b2"\n"1.e"\n"a.1"\n"@"\n"def f, do: 1"\n"raise 1"\n"{1, 2"\n"foo bar baz"\n"\\"\\"\\"a"`,
};
