/** What the compiler says of a text: its warnings and errors with their places, in modules and outside of them. */
import type { Rules } from "../rules.ts";

// Nothing of which the answer depends on chance (whether macros of a module that is not required are known) or on the types that are
// inferred of the library's own text.
export const diagnostics: Rules = {
  alone: String.raw`
    Runner.told(~S'''¶$text¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$defs¶end¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$defs¶$defs¶end¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$defs¶def run(x, y) do¶$text¶end¶end¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶def run(x, y) do¶$text¶end¶end¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶def run(x, y) do¶$text¶end¶end¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$attr¶def run(x), do: $expr¶end¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$attr¶$defs¶end¶FuzzTold.run(1)¶''')`,
  text: String.raw`
    $expr
    $expr¶$expr
    $line¶$expr
    $line¶$line¶$expr
    case $expr do¶$pat -> $expr¶$pat -> $expr¶end
    case $expr do¶$pat when $guard -> $expr¶_ -> x¶end
    if $expr do¶$line¶$expr¶else¶$expr¶end
    cond do¶$expr -> $expr¶true -> $expr¶end
    with $pat <- $expr,¶$pat <- $expr do¶$expr¶else¶$pat -> $expr¶end
    for $pat <- $expr, $expr, do: $expr
    for $pat <- $expr, into: $expr, do: {$expr, x}
    fn $pat -> $expr end
    fn $pat, $pat when $guard -> $expr¶_, z -> $expr end
    try do¶$expr¶rescue¶$resc -> $expr¶catch¶$pat -> $expr¶end
    try do¶$expr¶after¶$expr¶end
    receive do¶$pat -> $expr¶after¶$expr -> $expr¶end
    $broken`,
  line: String.raw`
    $pat = $expr
    x = $expr
    z = $expr
    _z = $expr
    $expr
    import $module
    alias $module
    alias $module, as: $alias
    require $module
    import $module, only: [$imported]
    import $module, except: [$imported]
    alias Foo.{Bar, Baz}
    $pat = $pat = $expr
    IO.inspect(x)
    x = y = z = 1`,
  expr: String.raw`
    $lit
    $lit
    x
    z
    _z
    y
    $expr + $expr
    $expr == $lit
    $lit <> $expr
    $expr && $expr
    $expr and $expr
    not $expr
    !$expr
    $expr |> $fun
    $fun($expr)
    $fun($expr, $expr)
    $module.$name($expr)
    $module.$name()
    $call
    $call
    $call
    {$expr, $expr}
    [$expr | $expr]
    %{a: $expr, a: $lit}
    %{x | a: $expr}
    x.a
    x.a()
    x[:a]
    &$fun/1
    & &1 + $expr
    &$module.$name/1
    fn x -> $expr end
    fn -> $expr end
    if $expr, do: $expr
    unless $expr, do: $expr
    ($expr; $expr)
    @unknown
    @known
    ^x
    $lit = $expr
    x = $expr
    "#{$expr}"
    <<$expr::$seg>>
    %Unknown{a: 1}
    %URI{host: $expr}
    %URI{nope: 1}
    __MODULE__
    __CALLER__
    __STACKTRACE__
    ~c"abc"
    'abc'
    ~r/(/
    raise $expr
    raise ArgumentError, $expr
    throw $expr
    self()
    send(self(), $expr)
    is_nil($expr)
    $expr in $expr
    $expr..$expr
    1..$lit
    match?($pat, $expr)
    quote do: $expr
    unquote(x)
    super($expr)
    &1
    x.y.z
    FuzzTold.run($expr)
    run($expr)
    helper()
    case $expr do $pat -> $expr end`,
  call: String.raw`
    hd([])
    length(:a)
    elem({1}, 3)
    div(1, 0)
    String.to_integer("a")
    String.upcase(:a)
    Enum.map([1], fn -> 1 end)
    Enum.map(1, & &1)
    Enum.nope([1])
    Enum.map([1])
    List.first(%{})
    Map.get([], :a)
    Integer.to_string("1")
    Atom.to_string("a")
    :lists.nope(1)
    :nope.f()
    NoModule.f(1)
    nope(1)
    nope
    IO.puts("a", "b", "c")
    1 + "a"
    :a + 1
    "a" <> 1
    [1] ++ 2
    1.5 |> div(1)
    x |> nope
    x |> 1
    String.length(1)
    Kernel.+(1, :a)
    :erlang.abs(:a)
    x.()
    1.()
    :a.b
    if true do 1 end
    (fn 1 -> 2 end).(3)
    Process.sleep(:a)
    spawn(1)
    System.stacktrace()
    String.strip(" a ")
    Enum.partition([1], & &1)
    Bitwise.bnot(1)
    use GenServer
    use Nope
    def f, do: 1
    defmodule Inner do end
    defstruct [:a]
    @attr 1
    %{1 | a: 1}
    %{} = 1
    {a, b} = {1, 2, 3}
    [a, b] = [1]
    "a" = 1
    1 = :a
    <<a::binary, b>> = "ab"
    <<a::size(n)>> = "ab"
    var!(z)
    binding()
    String.Chars.to_string(1, 2)
    Date.new(1)
    GenServer.call(1)
    :timer.sleep("a")
    tuple_size([1])
    map_size([])
    byte_size([])
    round("1")
    max(1)
    to_string(%{})
    Range.new(1, 2, 3, 4)
    Access.key(:a, 1, 2)
    is_atom(1)
    is_list([])
    String.split(nil)
    Keyword.get(%{}, :a)
    Tuple.to_list([1])
    MapSet.new(1)
    Stream.map(1, 2)
    Task.await(1)`,
  lit: `1\n2.5\n:a\n"s"\nnil\ntrue\n[]\n[1, 2]\n{}\n{:ok, 1}\n%{}\n%{a: 1}\n[a: 1]\n-1\n?a\n~w(a b)\n'c'\n0x1F\n1_000`,
  pat: `z\n_\n_z\n{:ok, z}\n{z, z}\n[z | _]\n%{a: z}\n1\n:a\n"s" <> z\n<<z, _::binary>>\n^x\n^z\nx\n{x, y}\n%URI{host: z}\n%Unknown{}\nz = {_, _}\n[z, w]\n%{z => 1}\nnil\n1 + 1\nf(z)\n"a" <> "b"\nz <> "a"\n[a | b]\n%{^x => z}\n{:error, _} = z\n%{}\n[]\n{}`,
  guard: `is_integer(x)\nx > 1\nz\nz == 1 and w\nString.length(x) > 1\nx in [1, 2]\nx in y\nnope(x)\nis_nope(x)\nx + 1\nif x, do: 1\nx.a\nlength(x) == :a\nis_atom(1)\ntrue\nfalse\nx = 1\nnot x\n!x\nx && y\nx <> "a" == y\nmap_size(x) > 0 when is_map(y)\nEnum.empty?(x)\nx |> is_atom()\n@known == x\nis_struct(x, URI)\nnil`,
  resc: `e\ne in ArgumentError\ne in [ArgumentError, KeyError]\n_\nArgumentError\ne in Nope\ne in x\n:a\ne in _\n"a"\n%ArgumentError{}\n_e\nx in RuntimeError`,
  fun: "nope\nrun\nis_atom\nlength\nhelper\ninspect\nto_string\nhd\nelem\nthen\nabs\nself\nupcase\nmap\nfirst",
  module: "Enum\nString\nFuzzTold\nNope\nList\n:lists\nBitwise\nKernel\nMap\nFoo.Bar\nEnumerable\n:nope",
  alias: "E\nx\nString\nE.F\n:a\nFuzzTold",
  imported: "map: 2\nmap: 1\nnope: 1\nlength: 1\nupcase: 1\n",
  name: "map\nupcase\nnope\nrun\nhelper\nlength\nto_string\nfirst\nget\nsize",
  seg: "8\nbinary\nsize(x)\nnope\ninteger-binary\nutf8\nsize(-1)\nunit(1)\nsize(8)-unit(2)\nfloat\nbits-8\nsize(:a)\nlittle-big\nutf8-size(8)\nsigned\nbinary-unit(300)",
  attr: String.raw`
    @known 1
    @unused 1
    @doc "d"
    @doc false
    @moduledoc "m"
    @moduledoc 1
    @doc 1
    @spec run(integer) :: integer
    @spec run(integer, integer) :: integer
    @spec nope(integer) :: integer
    @spec run(unknown) :: t
    @type t :: integer
    @type t :: unknown
    @type t(a) :: a
    @type integer :: atom
    @typep t :: atom
    @opaque t :: atom
    @callback f(x) :: integer when x: atom
    @behaviour GenServer
    @behaviour Nope
    @behaviour Enum
    @impl true
    @impl GenServer
    @impl Nope
    @deprecated "no"
    @since "1"
    @doc since: "1"
    @before_compile Nope
    @after_compile Nope
    @on_load :nope
    @on_load :run
    @compile {:inline, run: 1}
    @compile {:inline, nope: 1}
    @compile :nope
    @dialyzer :nope
    @derive Inspect
    @derive Nope
    @enforce_keys [:a]
    @file "x.ex"
    @external_resource 1
    @Known 1
    @known
    @known 1, 2
    @known x
    @unknown
    @vsn 1
    Module.register_attribute(__MODULE__, :known, accumulate: true)
    @known 1¶@known 2
    @doc "a"¶@doc "b"
    @optional_callbacks f: 1`,
  defs: String.raw`
    def run(x), do: $expr
    def run($pat), do: $expr
    def run($pat) when $guard, do: $expr
    def run(x, y \\ 1), do: $expr
    def run(x \\ 1, y \\ 2), do: x
    def run(x, x), do: x
    defp run(x), do: x
    defp helper, do: $expr
    defp helper(x \\ 1), do: x
    defp helper(x), do: run(x)
    def helper, do: 1
    def run(x)
    def run(x, y)
    def run(x \\ 1)¶def run(x), do: x
    def run(1), do: 1¶def other, do: 1¶def run(2), do: 2
    def run(x), do: x¶def run(1), do: 1
    def run(x) when $guard, do: $expr¶def run(x), do: x
    def run(x), do: x¶defp run(y), do: y
    def run(x), do: x¶defmacro run(x), do: x
    defmacro mac(x), do: $expr
    defmacro mac(x), do: quote(do: unquote(x) + z)
    defmacro mac(x) do¶quote do¶$expr¶end¶end¶def use_it, do: mac(1)
    defmacrop unused(x), do: x
    defguard ok(x) when $guard
    defguardp ok(x) when is_atom(x)
    defstruct [:a]¶def run(x), do: %__MODULE__{a: x}
    defstruct [:a]¶def run(x), do: %__MODULE__{b: x}
    defstruct [:a]¶def run(%__MODULE__{z: 1}), do: 1
    defstruct [:a, :a]
    defstruct [:a]¶defstruct [:b]
    defstruct $expr
    defexception [:message]¶def run(x), do: raise(__MODULE__, x)
    defdelegate run(x), to: $module
    defdelegate run(x), to: Enum, as: :map
    defdelegate nope(1), to: Enum
    use GenServer
    use GenServer¶def init(x), do: x
    @behaviour GenServer¶def init(x), do: {:ok, x}
    @behaviour GenServer¶@impl true¶def init(x), do: {:ok, x}¶def handle_call(a, b, c), do: {a, b, c}
    @impl true¶def run(x), do: x
    @doc "d"¶defp run(x), do: x
    @doc "d"¶@doc "e"¶def run(x), do: x
    @spec run(x) :: x when x: var¶def run(x), do: x
    @callback cb(integer) :: atom¶@optional_callbacks cb: 1, nope: 2
    defoverridable run: 1
    def run(x), do: x¶defoverridable run: 1¶def run(x), do: super(x)
    def run(x), do: x¶defoverridable nope: 1
    def unquote(:dyn)(x), do: x
    def run(x) do¶$text¶end
    def run(x, y) do¶$text¶end
    def run(_x), do: _x
    def run(x, _), do: _
    def is_atom(x), do: x
    import Kernel, except: [is_atom: 1]¶def is_atom(x), do: x
    import $module¶def run(x), do: $expr
    alias $module, as: E¶def run(x), do: E.map(x, x)
    def "run"(x), do: x
    def Run(x), do: x
    def run x, do: x
    def run(x) do
    def nil, do: 1
    def run(x), x
    def run(x) do x end, do: 1
    def x + y, do: x
    def run({:a, b} = x), do: b
    def run(%{a: a, a: b}), do: {a, b}
    defmodule In do¶def run(x), do: $expr¶end
    defimpl String.Chars do¶def to_string(_), do: "a"¶end
    defprotocol P do¶def f(x)¶end
    defprotocol P do¶def f(x), do: x¶end
    defimpl Enumerable, for: FuzzTold do¶def count(_), do: 1¶end
    $expr
    $line`,
  broken: String.raw`
    foo(
    (1
    [1, 2
    {1, 2
    %{a: 1
    1 +
    1 2
    end
    do
    fn -> end end
    if x do
    if x do else else end
    case x do 1 end
    case x do -> 1 end
    x = = 1
    foo bar baz
    a b, c d
    "abc
    ~s(abc
    :"a
    'a
    ?
    0b2
    0x
    1.e
    1..
    @
    &
    ^
    x. y
    x.1
    %
    %{1}
    %{a: 1, b}
    [a: 1, b]
    [a: 1, 2]
    {a: 1, b}
    f(a: 1, b)
    f (1, 2)
    f(1,)
    [1,]
    (,)
    not in x
    x not y
    do: 1
    f do: 1 do 2 end
    fn x end
    fn 1
    -> 1
    x -> 1
    (x -> 1)
    x when y
    x <- 1
    a | b
    a :: b
    A.b C.d
    A.{b}
    A. {B}
    alias A.{B
    def
    defmodule
    def f
    """a"""
    """
    ~r/a
    ~z(a)
    ~zz(a)
    ~sx(a)
    \\ 1
    x \\ 1
    ; ;
    ;
    )
    ]
    }
    >>
    <<1
    <<1::>>
    é = 1
    x! = 1
    x? = 1
    X = 1
    x@ = 1
    €
    a.b.C
    a.B
    1 = x = 2
    "a" "b"
    :a :b
    and x
    x and
    |> x
    x |>
    x |> |> y
    try do 1 end
    receive do end
    cond do end
    with do end
    for do end
    quote do
    unquote_splicing([1])
    __aliases__
    __block__
    &(&1)
    & &2
    &(& &1)
    &foo
    &foo/x
    &1
    &"a"
    &[]
    &{&1, &3}
    &(1; &1)
    x.(
    -
    !
    not
    "#{"
    "#{1 +}"
    "#{end}"
    # comment
    123abc
    1__0
    1_
    a..b..c
    a..b//c//d
    a//b
    a ** ** b
    <> 1
    &&& 1
    1 &&& 2
    try do 1 rescue 1 end
    else
    rescue
    case do 1 -> 2 end
    case x, do: (1 -> 2)
    %A{b | c: 1
    %x{} = 1
    %1{}
    %A.b{}`,
};
