/** Forms of the language: matching in `with`, `try` and nested comprehensions, closures, own macros with their hygiene, regular expressions. */
import type { Rules } from "../rules.ts";

export const forms: Rules = {
  module: String.raw`
    defmodule FuzzMacros do $macro; $macro2; $macro3 end
    defmodule FuzzMacros do $macro; $macro2; $macro3; @fuzz $val; def attr, do: @fuzz; defmacro __using__(opts) do quote bind_quoted: [opts: opts] do @used opts; def used, do: @used; def helper(x \\ 1), do: {:helper, x}; defoverridable helper: 1 end end end; defmodule FuzzUser do use FuzzMacros, a: $val; def helper(x), do: {:own, super(x)} end`,
  macro: String.raw`
    defmacro twice(x) do quote do {unquote(x), unquote(x)} end end
    defmacro twice(x) do quote bind_quoted: [x: x] do {x, x} end end
    defmacro twice(x) do quote do y = unquote(x); {y, y} end end
    defmacro twice(x) do {:{}, [], [x, x, 3]} end
    defmacro twice(x) do x |> Macro.prewalk(fn n when is_integer(n) -> n * 2; o -> o end) end`,
  macro2: String.raw`
    defmacro assign(v) do quote do var!(fuzz) = unquote(v) end end
    defmacro assign(v) do quote do fuzz = unquote(v); fuzz end end
    defmacro assign(v) do quote do var!(fuzz, __MODULE__) = unquote(v); var!(fuzz, __MODULE__) end end
    defmacro assign(v) do quote do unquote(Macro.var(:fuzz, nil)) = unquote(v) end end
    defmacro assign(v) do quote do unquote({:fuzz, [], Elixir}) = unquote(v) end end`,
  macro3: String.raw`
    defmacro unless_(c, do: b) do quote do if(!unquote(c), do: unquote(b)) end end; defmacro shown(x) do Macro.to_string(x) end
    defmacro unless_(c, clauses) do quote do case unquote(c) do x when x in [false, nil] -> unquote(clauses[:do]); _ -> unquote(clauses[:else]) end end end; defmacro shown(x) do {Macro.to_string(x), __CALLER__.function} end
    defmacro unless_(c, do: b) do Enum.reduce(1..2, b, fn i, acc -> quote do {unquote(i), unquote(acc), unquote(c)} end end) end; defmacro shown({name, _, args}) do {name, is_list(args)} end; defmacro shown(x), do: Macro.escape({:lit, x})
    defmacro unless_(c, do: {:__block__, _, es}) do {length(es), c} end; defmacro unless_(c, _), do: quote(do: {:one, unquote(c)}); defmacro shown(x) do quote do binding() |> Keyword.put(:x, unquote(x)) end end`,
  call: String.raw`
    with $pat <- $any, do: {:ok, binding()}
    with $pat <- $any, $pat2 <- $any do {a, b} else $pat -> {:else, a}; _ -> :other end
    with {:ok, a} <- $result, b = {a, a}, {c, _} when c != 2 <- b do {a, c} else {:error, e} -> e; :error -> :err end
    with a when is_integer(a) <- $any, b <- $any, true <- a == b, do: :same
    with {:ok, a} <- $result, {:ok, b} <- (if a == 1, do: {:ok, 2}, else: :error) do a + b end
    with(a = $any, _ = a, do: a)
    with {:ok, [h | _]} <- $result do h else {:ok, a} -> {:bare, a} end
    (a = 1; with(a <- $any, do: a); a)
    try do $failing rescue $rescue catch $catch end
    try do $failing rescue $rescue catch $catch after IO.puts("after") end
    try do $failing catch $catch else $pat -> {:else, a}; _ -> :no end
    try do $failing rescue $rescue else _ -> :fine after send(self(), :x) end
    try do try do $failing after IO.puts("inner") end rescue e -> {:outer, e} catch k, v -> {:outer, k, v} after IO.puts("outer") end
    try do try do $failing rescue e -> reraise(e, __STACKTRACE__) end rescue e -> Exception.message(e) catch k, _ -> k end
    try do $failing rescue e in [KeyError] -> {:key, e.key}; e in [ArithmeticError, ArgumentError] -> e; _ -> :any catch _ -> :thrown; :exit, r -> r end
    try do raise(ArgumentError, "x") rescue e in ArgumentError -> $failing end
    try do $any after $failing end
    (a = 0; try do a = 1; throw(a) catch b -> {a, b} end)
    for $gen, do: a
    for $gen, $filter, do: a
    for $gen, $gen2, do: {a, b}
    for $gen, $gen2, a != b, into: $into, do: {a, b}
    for $gen, uniq: true, do: $of
    for $gen, $gen2, uniq: true, do: $of
    for $gen, reduce: [] do acc -> [$of | acc] end
    for $gen, $gen2, reduce: {0, []} do {n, acc} when n < 3 -> {n + 1, [{a, b} | acc]}; acc -> acc end
    for $gen, reduce: 0 do n when is_integer(a) -> n + a; n -> n end
    for $gen, into: $into, do: {a, $of}
    for $gen, into: "", do: to_string(a)
    for $gen, do: (for b <- [a, a], b != nil, do: {a, b})
    for $gen, b = a, b, do: b
    for a <- [1, 2, 3], b <- 1..a, c = a * b, rem(c, 2) == 0, into: %{}, do: {{a, b}, c}
    for {k, v} <- %{x: 1, y: 2}, into: %{}, do: {v, k}
    for <<r::2, g::3, b::3 <- $bits>>, do: {r, g, b}
    for <<a <- $bits>>, a > 97, into: <<>>, do: <<a + 1>>
    for <<a::utf8 <- $text>>, b <- [a, 1], uniq: true, do: b
    for %{n: n} = m when map_size(m) == 2 <- [%{n: 1}, %{n: 2, k: 1}, :x], do: n
    for(a <- [1, 2], b <- [3, 4], do: a * b) |> Enum.sum()
    (require FuzzMacros; FuzzMacros.twice($expr))
    (require FuzzMacros; FuzzMacros.twice(IO.inspect($val)))
    (import FuzzMacros; fuzz = :before; assign($expr); fuzz)
    (import FuzzMacros; assign($val))
    (import FuzzMacros; unless_ $any do $expr end)
    (import FuzzMacros; unless_($any, do: (1; 2)))
    (import FuzzMacros; unless_($any, do: 1, else: 2))
    (import FuzzMacros; y = 9; {twice(y), y})
    (require FuzzMacros; FuzzMacros.shown($expr))
    (require FuzzMacros, as: M; M.shown(a.b(1) |> c))
    quote(do: $expr) |> Macro.to_string()
    quote(do: f(unquote($val), unquote_splicing([1, $val]))) |> Macro.to_string()
    quote(bind_quoted: [x: $val], do: x + 1) |> Macro.to_string()
    quote(unquote: false, do: unquote(x)) |> Macro.to_string()
    quote(do: unquote(:name)(1, unquote([a: $val]))) |> Macro.to_string()
    quote(do: x.unquote(:field)(1)) |> Macro.to_string()
    quote(do: %{unquote_splicing([a: 1]), b: 2}) |> Macro.to_string()
    quote(do: fn unquote_splicing([1, 2]) -> $expr end) |> Macro.to_string()
    (x = $val; quote(do: {unquote(x), unquote(Macro.escape(%{k: x}))}) |> Code.eval_quoted() |> elem(0))
    (ast = quote(do: a + b); Code.eval_quoted(ast, [a: 1, b: 2]) |> elem(0))
    Code.eval_quoted(quote(do: (var!(a) = $val; {var!(a), binding()}))) |> elem(0)
    Code.eval_string("a = $val; b = a; {a, b, binding()}") |> elem(0)
    Macro.prewalk(quote(do: $expr), 0, fn n, acc -> {n, acc + 1} end) |> elem(1)
    Macro.postwalk(quote(do: $expr), fn {:+, m, args} -> {:-, m, args}; o -> o end) |> Macro.to_string()
    Macro.expand(quote(do: unless($any, do: 1)), __ENV__) |> Macro.to_string()
    Macro.expand_once(quote(do: 1 |> f(2) |> g), __ENV__) |> Macro.to_string()
    Macro.generate_arguments(2, __MODULE__)
    FuzzMacros.attr()
    FuzzUser.used()
    FuzzUser.helper()
    FuzzMacros.__info__(:macros)
    (f = fn $pat -> {:one, a}; x -> {:two, x} end; f.($any))
    (f = fn $pat, b when b != a -> {a, b}; _, b -> b end; f.($any, $any))
    (f = fn f, n -> if n == 0, do: [], else: [n | f.(f, n - 1)] end; f.(f, 4))
    (x = 1; f = fn -> x end; x = 2; {f.(), x})
    (add = &(&1 + &2); add.($int, 1))
    Enum.map([1, 2], &{&1, $val, [&1 | &1]})
    (&Kernel.+/2).($int, 2) |> then(&(&1 * &1))
    (case $any do $pat when a != nil -> {:first, a}; $pat2 = whole -> {:second, b, whole}; _ -> :third end)
    (case {$any, $any} do {a, a} -> {:equal, a}; {a, b} when a > b -> :more; {_, b} -> b end)
    (x = $val; case $any do ^x -> :pinned; {^x, y} -> y; %{^x => y} -> {:key, y}; _ -> :none end)
    cond do $any == 1 -> :one; is_nil($any) -> nil; x = $any -> {:truthy, x} end
    if $any do 1 end || $val
    $any && $val
    $pat = $any
    (%{a: a} = m = %{a: $val, b: 2}; {a, m})
    ([a, b | rest] = [$val, 2, 3]; {a, b, rest})
    (<<a::8, b::binary>> = $bits; {a, b})
    ($pat = $pat2 = {1, $val}; {a, b})
    match?($pat when a != 1, $any)
    destructure([a, b], $list) && {a, b}
    $any |> case do $pat -> a; _ -> :no end |> inspect()
    tap($any, &IO.inspect/1) |> then(&{&1})
    Regex.$re1($regex, $text)
    Regex.$re1($regex, $text)
    Regex.scan($regex, $text, $capture)
    Regex.run($regex, $text, $capture)
    Regex.split($regex, $text, $splitting)
    Regex.replace($regex, $text, $replacing)
    Regex.replace($regex, $text, fn a, b -> "(#{a}:#{b})" end, global: $bool)
    Regex.named_captures($regex, $text)
    Regex.names($regex)
    Regex.compile($source)
    Regex.escape($text)
    $text =~ $regex
    String.replace($text, $regex, $replacing)
    String.split($text, $regex, $splitting)
    inspect($regex)
    String.$str1($text)
    String.$str2($text, $piece)
    $text |> String.split("") |> Enum.reverse() |> Enum.join("-")
    $text |> String.graphemes() |> Enum.frequencies() |> Enum.sort()
    ~s($text #{$val |> inspect()})
    """
    heredoc $text
      #{inspect($val)}
    """
    ~w(a b #{inspect($int)})a`,
  any: '$val\n$val\n$result\n$list\n{1, 2}\n{:a, nil}\n%{a: 1, b: 2}\n[{:k, 1}]\n"text"\nRunner.itself($val)',
  val: "1\n2\n:x\nnil\ntrue\n[1]\n{1, 2}\n2.5\n%{a: 1}\n{:t, 1, 2}\n[a: 1]\nfalse\n~s(s)",
  int: "0\n1\n-4\n7",
  result: "{:ok, 1}\n{:ok, 2}\n{:ok, [1, 2]}\n{:error, :why}\n:error\n{:ok, nil}",
  list: "[]\n[1]\n[1, 2]\n[1, 2, 3]\n[nil, 1]\n[1 | 2]\n[{1, 2}, {3, 4}]",
  pat: "a\n{a, _}\n[a | _]\n%{a: a}\n{:ok, a}\n[a, _]\n{_, a}\n[{_, a} | _]\n<<a, _::binary>>\n{a, _} = _w\n[a | _] = [_, _]\n{:ok, [a | _]}\n%{a: a} = %{b: _}\n{a, a}",
  pat2: 'b\n{b, _}\n[b | _]\n%{b: b}\n{_, b}\n{:ok, b}\n[_, b]\n"t" <> b',
  failing: String.raw`
    $any
    $any
    raise("plain")
    raise(ArgumentError, "arg")
    raise(KeyError, key: :k, term: %{})
    throw($val)
    exit($val)
    :erlang.error($val)
    Runner.itself(1) / Runner.itself(0)
    hd(Runner.itself([]))
    Map.fetch!(%{}, :k)
    String.to_integer("x")
    Runner.itself(nil).field
    Runner.itself(%{}).field
    Runner.itself(:x).()
    Runner.itself(fn -> 1 end).(1)
    [a] = Runner.itself([1, 2]); a
    case Runner.itself(1) do 2 -> 3 end
    apply(FuzzNope, :f, [])
    FuzzMacros.nope(1)
    Runner.itself(1) and true
    %{Runner.itself(:m) | a: 1}
    if(Runner.itself(1) == 1, do: throw(:one))
    Enum.map(1, & &1)
    to_string(Runner.itself({1}))
    with(:a <- Runner.itself(1), do: 2) |> throw()
    cond do Runner.itself(false) -> 1 end`,
  rescue:
    "e -> {:rescued, e}\ne in RuntimeError -> {:runtime, e.message}\nArithmeticError -> :arith\ne in [KeyError, ArgumentError] -> Exception.message(e)\n_ in ErlangError -> :erlang\ne in MatchError -> e.term\ne in UndefinedFunctionError -> {e.module, e.function, e.arity}\n_ -> :anything",
  catch:
    ":throw, v -> {:thrown, v}\nv -> {:caught, v}\nk, v -> {k, is_map(v), v}\n:exit, v -> {:exit, v}\n:error, v -> {:error, v}\nv when is_atom(v) -> v",
  gen: 'a <- [1, 2, 2, 3]\na <- $list\na <- 1..4\n{:ok, a} <- [ok: 1, error: 2, ok: nil]\n{a, _} <- %{x: 1, y: 2}\n<<a <- "abca">>\na when is_integer(a) <- [1, :b, 3]\n{_, a} <- [{1, 2}, 3, {4, 5}]\na <- MapSet.new([2, 1])\n[a | _] <- [[1, 2], [], [3]]\na <- nil\na <- Stream.take(Stream.cycle([1, 2]), 3)',
  gen2: 'b <- [1, 2]\nb <- [a, a]\nb <- []\nb <- 1..2, b != 2\n<<b <- "xy">>\n{b, _} <- [{a, 1}]\nb = a',
  filter: "a\na != 2\nis_integer(a)\na > 1, a < 4\nrem(a, 2) == 0\n(b = a) != nil, b",
  of: "a\n{a}\nnil\nis_nil(a)\ninspect(a)\n[a, 1]",
  into: '[]\n%{}\n%{z: 0}\nMapSet.new()\n[0]\n%{1 => 1}\n""\nKeyword.new()\n{}',
  bits: '"abc"\n<<1, 2, 255>>\n""\n<<5::3>>\n"é"\n<<77, 3::4>>',
  expr: '1\n1 + 2\n(1 + 2) * 3\n$val\n[1, 2]\nlength([1, 2])\n$int + 1\n{1, $val}\n"s" <> "t"\nif(true, do: 1, else: 2)\nEnum.map([1, 2], &(&1 + 1))\nfn x -> x end\n1 in [1, 2]\n-1\nnot true',
  re1: "run\nscan\nmatch?\nsplit\nnamed_captures",
  regex: String.raw`
    ~r/a/
    ~r/(a)(b)?/
    ~r/(?<first>\w)(?<second>\w)?/
    ~r/^\s*/m
    ~r/[[:alpha:]]+/
    ~r/\d+/
    ~r/(?i)TEXT/
    ~r/t.x/s
    ~r/x*/
    ~r/(?=a)/
    ~r/(?<!x)e/u
    ~r/\bt/
    ~r/(.)\1/
    ~r/a|e|t/
    ~r/.+?/
    ~r/(?:ab)+c/
    ~r/é/u
    ~r/[^a-z ]/
    ~r/\p{L}+/u
    ~r/,\s*/`,
  source: '"a("\n"[a"\n"(?<n>a"\n"a{2,1}"\n"*a"\n"\\\\"\n"ok"\n"(?P<x>a)"\n"a++"\n"[z-a]"',
  capture:
    "[]\ncapture: :first\ncapture: :all_but_first\ncapture: :none\nreturn: :index\ncapture: [1]\ncapture: :all_names\ncapture: [0, 1], return: :index\ncapture: [:first]",
  splitting:
    "[]\ntrim: true\nparts: 2\ninclude_captures: true\ntrim: true, include_captures: true\non: [1]\nparts: 2, include_captures: true",
  replacing: String.raw`
    "-"
    "[\\0]"
    "<\\1>"
    "\\g{1}!"
    ""
    "\\\\"`,
  bool: "true\nfalse",
  text: '"text"\n"a, b,c"\n"aabbcc"\n"Text teXT"\n""\n"12 abc 345"\n"l1\\nl2\\n\\nl3"\n"é à ê"\n"xxxyx"\n"ababc abc"\n"  lead"\n"the tax"',
  piece: '"a"\n"t"\n""\n" "\n"xt"\n"é"',
  str1: "upcase\ncapitalize\nlength\nreverse\ntrim\nsplit\nfirst\nlast\nto_charlist\ngraphemes\nnext_grapheme",
  str2: "contains?\nstarts_with?\nends_with?\nsplit\ntrim_leading\ntrim_trailing\njaro_distance\nmyers_difference\ncount",
};
