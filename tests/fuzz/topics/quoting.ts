/** Code as data: quoting, Macro.to_string, the formatter, evaluation and inspection of syntax trees. */
import type { Rules } from "../rules.ts";

export const quoting: Rules = {
  call: String.raw`
    Macro.to_string(quote do $code end)
    Macro.to_string(quote do $code; $code end)
    quote do $code end
    Code.format_string!($source) |> IO.iodata_to_binary()
    Code.format_string!($source, line_length: $width) |> IO.iodata_to_binary()
    Code.string_to_quoted($source)
    Code.string_to_quoted($source, columns: true, token_metadata: true)
    Code.string_to_quoted!($source, token_metadata: true, unescape: false, literal_encoder: &{:ok, {:__block__, &2, [&1]}}) |> Code.quoted_to_algebra() |> Inspect.Algebra.format($width) |> IO.iodata_to_binary()
    Code.string_to_quoted!($source) |> Macro.to_string()
    Code.eval_string($source, $binding) |> elem(0)
    Macro.prewalk(quote(do: $code), fn {a, m, c} -> {a, Keyword.delete(m, :context), c}; x -> x end)
    Macro.postwalk(quote(do: $code), 0, fn x, n -> {x, n + 1} end) |> elem(1)
    Macro.expand_once(quote(do: $expr), __ENV__) |> Macro.to_string()
    Macro.decompose_call(quote do: $code)
    Macro.quoted_literal?(quote do: $code)
    Macro.operator?(:$opname, $arity)
    Macro.unpipe(quote do: $code)
    Macro.validate($val)
    Macro.escape($val)
    Macro.escape($val) |> Macro.to_string()
    Macro.classify_atom(:$opname)
    Macro.special_form?(:$opname, $arity)
    Macro.prewalker(quote do: $code) |> Enum.count()
    Macro.unique_var(:x, __MODULE__) |> elem(0)
    inspect(quote(do: $code), pretty: true, width: $width)
    Code.Fragment.cursor_context($fragment)
    Code.Fragment.container_cursor_to_quoted($fragment)
    Code.Fragment.surround_context("foo.bar(x, Enum.map)", {1, $arity})
    quote(bind_quoted: [v: 1], do: v + $expr)
    quote(do: unquote($val)) |> Macro.to_string()
    quote(do: f(unquote_splicing([1, $val]))) |> Macro.to_string()`,
  source: `
    ~S"""¶$code¶"""
    ~S"""¶$code; $code¶"""
    ~S"""¶$code¶$code¶"""
    ~S"""¶$long¶"""
    ~S"""¶$code¶¶¶$code # comment¶# another¶"""
    ~S"""¶$broken¶"""
    ~S"""¶defmodule  M do¶def f($pattern) when $guard, do: $code¶end¶"""`,
  long: `
    some_function_name(first_argument_name, second_argument_name, [$expr, $expr, $expr], key: $expr)
    [$expr, $expr, $expr, $expr, $expr, $expr, $expr]
    %{$expr => $expr, key_that_is_long: $expr, another_key_that_is_long: $expr}
    first_name |> Enum.map(fn x -> $expr end) |> Enum.filter(& &1) |> Enum.reduce($expr, &+/2)
    with {:ok, first} <- $expr, {:ok, second} <- $expr, do: {first, second, $expr}
    variable_name = if some_condition_holds and $expr, do: $expr, else: $expr
    @spec name(integer, atom) :: {:ok, term} when term: any¶def name(a, b), do: $expr
    "a string with #{$expr} and #{$expr} that goes on for some time until the line ends"
    case $expr do¶$pattern when $guard -> $expr¶_ -> $expr¶end
    assert_that some_value, is_equal_to: $expr, with_message: "a message of some length"
    left_operand_name + right_operand_name * $expr - another_operand_name / $expr <> $text`,
  broken: `
    foo(
    [1, 2
    %{a: 1
    "abc
    fn x -> x
    1 +
    foo(]
    do end
    if x do 1
    {1, 2))
    a b c
    @
    &
    %
    foo..bar
    1.2.3
    x when
    =>
    end
    ~r/a
    :"a
    'abc
    foo(a: 1, 2)
    [a: 1, 2]
    %{a: 1, 2}
    fn -> end -> end
    not not
    1 2
    "a" "b"
    foo do end do end
    Foo.(1
    ?
    0x
    1_
    1__0
    0b12
    1.0e
    >>
    <<1
    )
    unquote
    a -> b
    (a -> b)
    (-> b)
    $code $code
    ($code
    [$code
    $code)
    <<$code]`,
  code: String.raw`
    $expr
    $expr
    x = $expr
    $pattern = $expr
    if $expr, do: $expr
    if $expr do $expr else $expr end
    case $expr do $pattern -> $expr; $pattern when $guard -> $expr end
    cond do $expr -> $expr; true -> $expr end
    with {:ok, x} <- $expr, y = $expr, do: $expr
    with $pattern <- $expr do $expr else $pattern -> $expr end
    for x <- $expr, $expr, into: %{}, do: $expr
    for <<c <- $expr>>, do: $expr
    fn $pattern -> $expr end
    fn $pattern, $pattern when $guard -> $expr; _, _ -> $expr end
    fn -> $expr end
    fn -> $expr; $expr end
    try do $expr rescue e in RuntimeError -> $expr catch :exit, r -> $expr after $expr end
    receive do $pattern -> $expr after 0 -> $expr end
    def f(x, y \\ $expr), do: $expr
    defp g($pattern) when $guard do $expr end
    defmodule A.B do @moduledoc false; use C, x: 1; def f, do: $expr end
    @attr $expr
    @spec f(integer(), [atom]) :: {:ok, t} | :error when t: term
    @type t :: %{optional(atom) => integer}
    import Foo, only: [a: 1]
    alias Foo.{Bar, Baz}
    alias Foo.Bar, as: X
    require Logger
    raise ArgumentError, $text
    quote do unquote(x) + $expr end
    use Foo, a: $expr
    $expr |> foo() |> Bar.baz($expr)
    defstruct [:a, b: $expr]
    unless $expr, do: $expr
    foo $expr, a: $expr do $expr end
    foo.bar $expr
    &($expr + &1)
    super($expr)
    ($expr; $expr)
    __MODULE__.f($expr)
    throw $expr`,
  // No regular expressions: expanded, they hold what PCRE has compiled, which differs by its version and the machine.
  expr: String.raw`
    x
    1
    :a
    $text
    $num
    $atom
    foo($expr)
    foo($expr, $expr)
    Foo.bar($expr)
    Foo.bar
    foo.bar
    x.y.z
    :erlang.abs($expr)
    $expr $op $expr
    $expr $op $expr
    $expr $op $expr
    ($expr $op $expr) $op $expr
    $expr $op ($expr $op $expr)
    $unop $expr
    $unop($expr $op $expr)
    not ($expr $op $expr)
    [$expr, $expr]
    [$expr | $expr]
    [a: $expr, b: $expr]
    ["a b": $expr]
    {$expr, $expr}
    {$expr}
    {$expr, $expr, $expr}
    %{a: $expr}
    %{$expr => $expr}
    %{m | a: $expr}
    %Foo{a: $expr}
    %{}
    []
    {}
    <<$expr, $expr::8>>
    <<$expr::binary-size(3)>>
    "a#{$expr}b"
    'c#{$expr}'
    ~s(a #{$expr})
    ~w(a b)a
    ~D[2024-01-01]
    ~c"ab"
    x[$expr]
    x[:a].b
    f.($expr)
    &foo/1
    &Foo.bar/2
    & &1
    &(&1 + $expr)
    &{&1, $expr}
    &"#{&1}"
    fn x -> $expr end
    fn -> $expr end
    fn x, y when x > y -> $expr end
    if($expr, do: $expr)
    $expr |> $expr
    $expr |> foo()
    $expr..$expr
    $expr..$expr//2
    -$expr
    !$expr
    @foo
    ^x
    nil
    true
    __MODULE__
    ?a
    ?\n
    ..
    ...
    foo(a: $expr)
    foo($expr, do: $expr)
    foo $expr
    Foo.{A, B}
    Foo.Bar
    :"a b"
    :+
    Foo."b c"($expr)
    x.()
    (fn x -> x end).($expr)
    if $expr do $expr end
    case $expr do $pattern -> $expr end
    $expr when $expr
    $expr <- $expr
    $expr :: $expr
    a -> b |> is_nil()
    1..2
    "a" <> $expr
    unquote($expr)
    (x; y)
    ()`,
  op: "+\n-\n*\n/\n<>\n++\n--\n|>\nand\nor\n&&\n||\n==\n!=\n===\n<\n>=\nin\nnot in\n=~\n|||\n&&&\n<<<\n~>\n<~>\n+++\n---\n**\n..\n=\n^^^\n//\n::\nwhen\n<-\n\\\\\n|\n=>\n<|>\n~>>\n<<~",
  unop: "-\n+\n!\nnot\n^\n&\n~~~\n...\n..",
  pattern:
    'x\n_\n{:ok, x}\n[h | t]\n%{a: x}\n1\n:a\n"s" <> rest\n<<a, _::binary>>\n%Foo{a: 1} = f\n[]\n[x, y]\n{a, b, c}\n^pinned\n%{^k => v}\nx = y\n%m{}',
  guard: "is_integer(x)\nx > 1\nx in [1, 2]\nis_atom(x) and x != nil\nx when y\nnot is_list(x)",
  atom: ':a\n:"b c"\n:+\n:foo?\nFoo\nnil\n:é\n:"\\n"\n:"Elixir.A"\n:"Foo"\n:..\n:<<>>\n:%{}\n:do\n:"a@b"\n:{}\n:"#"\n:&\n:fn\n:"1"',
  text: `"s"\n"a\\nb"\n"\\"q\\""\n"é"\n"#"\n"\\#{x}"\n""\n"\\e\\0"\n"\\u200b"`,
  num: "1\n-1\n1.0\n1_000\n0xff\n0b11\n1.0e10\n1000000\n123456.5\n1.5e-7\n0o17\n?a\n0xABCdef\n1_0",
  width: "10\n20\n40\n98\n1",
  val: '1\n:a\n"s"\n[1, :b]\n{1, 2}\n{1, 2, 3}\n%{a: 1}\n1.5\n[a: {1, 2, 3}]\nself() |> is_pid()\n1..2\n%{1 => {:x, [], nil}}\n{:x, [], nil}\n{:foo, [], [1]}\n~c"ab"\nFoo\nnil\n<<1::3>>\nMapSet.new([1])\n{:a, :b, [1 | 2]}\n[1 | 2]',
  binding: "[]\n[x: 1]\n[x: %{a: 1}, y: 2]",
  opname:
    '+\n-\nfoo\n"a b"\nand\nFoo\nnot\nfn\n"..//"\n<<>>\nx?\n"."\nwhen\n!\nquote\nif\ncase\n"é"\n->\n%{}',
  arity: "1\n2\n3\n0\n5",
  fragment:
    '"Enum.ma"\n"foo("\n"%{a: 1, "\n":ato"\n"x."\n"&Foo"\n"@att"\n"foo.bar"\n"Foo.Bar."\n"if true do"\n"~r"\n"fn x -> "\n"1 + "\n"%Foo{"\n"alias Foo.{"\n"x |> "\n"\\"abc"\n""\n"foo "\n"a.b.c("\n"[1, {2, "\n"def f(x), do: x"\n"case x do 1 ->"\n"Enum.map(fn -> :a en"\n"not i"\n"?a"\n"0x"\n"  "',
};
