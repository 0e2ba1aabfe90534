/**
 * Modules of every day with now and then a mistake: behaviours, macros and their hygiene, protocols, structs, callbacks that are
 * overridden; what the compiler says of them, and what they do.
 */
import type { Rules } from "../rules.ts";

export const modules: Rules = {
  alone: String.raw`
    Runner.told(~S'''¶defmodule FuzzTold do¶$part¶$part¶end¶$use¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$part¶$part¶$part¶end¶$use¶''')
    Runner.told(~S'''¶defmodule FuzzToldBase do¶$base¶end¶defmodule FuzzTold do¶$user¶$part¶end¶$use¶''')
    Runner.told(~S'''¶defmodule FuzzToldMacros do¶$macros¶end¶defmodule FuzzTold do¶$importing¶def run(x) do¶y = $num¶_ = y¶$calling¶end¶end¶FuzzTold.run($val)¶''')
    Runner.told(~S'''¶defmodule FuzzToldMacros do¶$macros¶end¶defmodule FuzzTold do¶$importing¶$outside¶def run(x), do: $calling¶end¶FuzzTold.run($val)¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$struct¶def run(x) do¶$structs¶end¶end¶FuzzTold.run($val)¶''')
    Runner.told(~S'''¶defprotocol FuzzToldSize do¶$protocol¶end¶defmodule FuzzTold do¶$struct¶$impl¶end¶$impl¶{FuzzToldSize.size($val), FuzzToldSize.impl_for($val)}¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$docs¶def run(x), do: x¶$docs¶def run(x, y), do: {x, y}¶end¶FuzzTold.run($val)¶''')
    Runner.told(~S'''¶defmodule FuzzTold do¶$spec¶$fun¶end¶$use¶''')`,
  part: String.raw`
    $fun
    $fun
    $attr
    use GenServer¶$callback
    @behaviour GenServer¶$callback¶$callback
    use GenServer¶@impl true¶$callback¶$callback
    use Agent
    use Supervisor¶$callback
    use Application¶$callback
    @behaviour Access¶@impl Access¶def fetch(x, _), do: {:ok, x}
    @callback cb(x :: integer) :: atom¶@optional_callbacks cb: $arity
    @callback cb(integer) :: atom¶@behaviour __MODULE__¶def cb(x), do: x
    defmacro mac(x), do: quote(do: unquote(x) + 1)
    defmacrop priv(x), do: x¶def run(x), do: priv(x)
    defguard positive(x) when is_integer(x) and x > 0¶def run(x) when positive(x), do: x¶def run(_), do: :no
    defguardp small(x) when x < 10¶def run(x) when small(x), do: :small
    $struct
    defdelegate size(x), to: Enum, as: :count¶def run(x), do: size(x)
    defdelegate upcase(x), to: String
    import Enum, only: [map: 2, nope: 1]¶def run(x), do: map(x, & &1)
    import String¶def length(x), do: x¶def run(x), do: length(x)
    alias Foo.Bar¶def run(x), do: x
    alias String, as: S¶def run(x), do: S.upcase(x)
    require Integer¶def run(x), do: Integer.is_even(x)
    require Logger
    for n <- [:a, :b], do: def(unquote(n)(), do: unquote(n))
    for {n, v} <- [run: 1], do: def(unquote(n)(_), do: unquote(v))
    Module.register_attribute(__MODULE__, :list, accumulate: true)¶@list 1¶@list 2¶def run(_), do: @list
    def run(x), do: x¶defoverridable run: 1¶def run(x), do: {:over, super(x)}
    def run(x), do: x¶def run(x, y \\ 1), do: {x, y}
    def run(x, y \\ 1)¶def run(x, y), do: {x, y}
    def run(x \\ 1, y), do: {x, y}
    @before_compile __MODULE__¶defmacro __before_compile__(_), do: quote(do: def added, do: 1)
    @after_compile __MODULE__¶def __after_compile__(_, _), do: :ok
    @on_load :load¶def load, do: $loaded
    @compile {:inline, help: 1}¶defp help(x), do: x¶def run(x), do: help(x)
    @compile :inline¶def run(x), do: x
    @external_resource "x"
    def run(x) do¶case x do¶1 -> :one¶n when n > 1 -> :many¶end¶end
    def run(x) do¶with {:ok, y} <- x, do: y¶end
    def run(x), do: unknown(x)
    def run(x), do: Unknown.f(x)
    def run(x), do: String.nope(x)
    def run(x), do: Enum.map(x)
    def run(x) when is_binary(x), do: x¶def run(x) when is_binary(x), do: x
    def run(%{a: a}), do: a¶def run(%{b: b}), do: b¶def run(_x = y), do: y
    def run(x, opts \\ []), do: Keyword.get(opts, :a, x)
    def run(x), do: (y = x; y = y; x)
    def run(x) do¶if x, do: z = 1¶z¶end
    def run(_x), do: _x
    def run(x), do: fn y -> x end
    def run(x), do: Enum.reduce(x, 0, fn a, acc -> a end)
    def run(x), do: x |> inspect |> String.length
    def run(x), do: x |> String.upcase() |> unknown()
    def run(x), do: %URI{hots: x}
    def run(x), do: raise(FuzzToldError, x)`,
  fun: String.raw`
    def run(x), do: x
    def run(1), do: :one¶def run(x), do: {:other, x}
    def run(x) when x > 1, do: :big¶def run(x), do: helper(x)¶defp helper(x), do: [x]
    defp helper(x), do: x
    def run(x), do: helper(x)¶defp helper(x, y \\ 2), do: {x, y}
    def run(x) do¶unused = x¶:ok¶end
    def run(x), do: run(x, [])¶defp run([], acc), do: acc¶defp run(x, acc), do: [x | acc]
    def run(x), do: x¶def other(y), do: y¶def run(x, y), do: {x, y}¶def run(nil), do: 1
    def run(x) do¶try do¶x + 1¶rescue¶e in ArithmeticError -> e.message¶end¶end`,
  callback: String.raw`
    def init(x), do: {:ok, x}
    def init(x, y), do: {x, y}
    def handle_call(:get, _from, s), do: {:reply, s, s}
    def handle_call(:get, s), do: s
    @impl true¶def handle_info(_, s), do: {:noreply, s}
    @impl GenServer¶def handle_cast(_, s), do: {:noreply, s}
    @impl true¶def nope(x), do: x
    @impl Nope¶def init(x), do: x
    @impl false¶def handle_continue(_, s), do: {:noreply, s}
    def start(_type, _args), do: {:ok, self()}
    @impl true¶def init(_), do: Supervisor.init([], strategy: :one_for_one)
    @impl true¶defp terminate(_, _), do: :ok
    @doc "docs"¶@impl true¶def terminate(_, _), do: :ok
    def child_spec(x), do: super(x)
    def code_change(_, s, _), do: {:ok, s}`,
  base: String.raw`
    @callback go(x :: term) :: term¶defmacro __using__(opts) do¶quote do¶@behaviour FuzzToldBase¶def go(x), do: {unquote(opts), x}¶defoverridable go: 1¶end¶end
    @callback go(term) :: term¶@callback stop() :: :ok¶@optional_callbacks stop: 0¶defmacro __using__(_), do: quote(do: @behaviour(FuzzToldBase))
    defmacro __using__(_) do¶quote do¶import FuzzToldBase¶@before_compile FuzzToldBase¶Module.register_attribute(__MODULE__, :routes, accumulate: true)¶end¶end¶defmacro route(name), do: quote(do: @routes unquote(name))¶defmacro __before_compile__(env) do¶routes = Module.get_attribute(env.module, :routes)¶quote(do: def routes, do: unquote(routes))¶end
    defmacro __using__(which), do: apply(__MODULE__, which, [])¶def one, do: quote(do: def one, do: 1)
    def plain, do: 1`,
  user: String.raw`
    use FuzzToldBase
    use FuzzToldBase, a: 1
    use FuzzToldBase, :one
    use FuzzToldBase¶def go(x), do: super(x)
    use FuzzToldBase¶@impl true¶def go(x), do: [x]
    use FuzzToldBase¶@impl FuzzToldBase¶def stop, do: :ok¶def go(x), do: x
    use FuzzToldBase¶route :a¶route :b
    @behaviour FuzzToldBase¶def go(x, y), do: {x, y}
    @behaviour FuzzToldBase¶@impl true¶def gone(x), do: x`,
  macros: String.raw`
    defmacro m(x), do: quote(do: (y = unquote(x); y * 2))
    defmacro m(x), do: quote(do: (var!(y) = unquote(x)))
    defmacro m(x), do: quote(bind_quoted: [x: x], do: {x, x})
    defmacro m(x) do¶IO.puts(Macro.to_string(x))¶x¶end
    defmacro m({op, _, [a, b]}), do: quote(do: {unquote(op), unquote(a), unquote(b)})¶defmacro m(x), do: x
    defmacro m(do: block), do: quote(do: {:block, unquote(block)})¶defmacro m(x), do: quote(do: [unquote(x)])
    defmacro m(x), do: quote(do: helper(unquote(x)))¶def helper(x), do: {:helped, x}
    defmacro m(x), do: quote(do: unquote(__MODULE__).helper(unquote(x)))¶def helper(x), do: {:helped, x}
    defmacro m(x), do: quote(do: case(unquote(x), do: (1 -> :one; z -> z)))
    defmacro m(x), do: raise("macro #{inspect(x)}")
    defmacro m(x), do: {:bad, x}
    defmacro m(x), do: quote(do: unused = unquote(x))
    defmacro m(x) when is_integer(x), do: x + 1
    defmacro m(x), do: Macro.expand(x, __CALLER__) |> Macro.escape()
    defmacro m(x), do: quote(do: unquote(x) |> inspect() |> unquote(__CALLER__.module).tag())
    defmacro m(x), do: quote(do: fn a -> a + unquote(x) end)
    defmacro m(x), do: quote(location: :keep, do: unquote(x) + :a)
    defmacro m(x), do: quote(do: %{__struct__: unquote(x)})
    defmacro m(x), do: quote(unquote: false, do: unquote(x))
    defmacro m(x \\ 1), do: quote(do: unquote_splicing([x, 2]))
    defmacro m(x), do: (if Macro.quoted_literal?(x), do: {:literal, x}, else: Macro.var(:y, nil))`,
  importing:
    "import FuzzToldMacros\nrequire FuzzToldMacros\nrequire FuzzToldMacros, as: M\nimport FuzzToldMacros, only: [m: 1]\nimport FuzzToldMacros, only: :macros\nimport FuzzToldMacros, except: [m: 1]\nalias FuzzToldMacros, as: M",
  calling:
    "m(x)\nm(1)\nm(x + 1)\nm(y)\nFuzzToldMacros.m(x)\nM.m(x)\nm do x end\nm(m(x))\nm([x, 1])\n{m(x), y}\nx |> m()\nm(x).(1)\nm()\n(m(x); y)\nm(a: x)\n&m/1",
  outside: "def tag(x), do: {:tag, x}\n@y 1\ndef helper(x), do: {:own, x}\nm(1)\nimport Enum",
  struct: String.raw`
    defstruct [:a, b: 1]
    @enforce_keys [:a]¶defstruct [:a, :b]
    @derive {Inspect, only: [:a]}¶defstruct a: 1, b: %{}
    @type t :: %__MODULE__{a: integer}¶defstruct a: 0
    defexception [:a, message: "m"]
    defstruct [:a, :b, :a]
    defstruct a: nil`,
  structs: String.raw`
    %__MODULE__{a: x}
    %__MODULE__{}
    %FuzzTold{b: x}
    %__MODULE__{c: x}
    %{%__MODULE__{a: 1} | a: x}
    %{%__MODULE__{a: 1} | c: x}
    %__MODULE__{x | a: 1}
    s = %__MODULE__{a: x}¶s.c
    s = %__MODULE__{a: x}¶%__MODULE__{a: y} = s¶y
    s = %__MODULE__{a: x}¶Map.put(s, :a, s.a)
    struct(__MODULE__, a: x, zz: 1)
    struct!(__MODULE__, zz: x)
    match?(%__MODULE__{}, x)
    case x do¶%__MODULE__{a: a} -> a¶%{a: a} -> {:map, a}¶_ -> inspect(%__MODULE__{a: x})¶end
    %m{} = %__MODULE__{a: x}¶m
    s = %__MODULE__{a: x}¶s[:a]
    s = %__MODULE__{a: x}¶s |> Map.from_struct() |> Enum.sort()
    "#{%__MODULE__{a: x}}"
    is_struct(x, __MODULE__) and x.a
    raise %__MODULE__{a: x}
    Enum.map(%__MODULE__{a: x}, & &1)`,
  protocol: String.raw`
    def size(x)
    @fallback_to_any true¶def size(x)
    @doc "s"¶@spec size(t) :: integer¶def size(x)¶def other(x, y)
    def size()
    def size(x), do: x
    @undefined_impl_description "describe"¶def size(x)`,
  impl: String.raw`
    defimpl FuzzToldSize, for: Integer do¶def size(x), do: x¶end
    defimpl FuzzToldSize, for: FuzzTold do¶def size(%{a: a}), do: a¶end
    defimpl FuzzToldSize, for: Any do¶def size(_), do: :any¶end
    defimpl FuzzToldSize, for: [List, Map] do¶def size(x), do: {@for, x}¶end
    defimpl FuzzToldSize, for: BitString do¶def size(x), do: byte_size(x)¶def extra(x), do: x¶end
    defimpl FuzzToldSize, for: Atom do¶end
    defimpl FuzzToldSize, for: Nope do¶def size(x), do: x¶end
    defimpl FuzzToldSize, for: Tuple do¶@impl true¶def size(x), do: helper(x)¶defp helper(x), do: tuple_size(x)¶end
    defimpl String.Chars, for: FuzzTold do¶def to_string(x), do: "t#{inspect(x)}"¶end`,
  attr: '@moduledoc false\n@moduledoc "m"\n@doc "stray"\n@timeout 5000\n@timeout 1¶@timeout 2¶def get, do: @timeout\n@spec run(integer) :: atom\n@type t :: integer\n@typep p :: atom\n@opaque o :: {t, integer}\n@deprecated "old"¶def old, do: 1¶def run(_), do: old()\n@dialyzer {:nowarn_function, run: 1}\n@nope\n@impl true\n@derive [Inspect]\n@enforce_keys [:a]',
  docs: '@doc "one"\n@doc false\n@doc "a"¶@doc "b"\n@doc since: "1.0"\n@doc """¶text¶"""\n@spec run(term) :: term\n@deprecated "use other"\n@since "1"\n@doc 1',
  spec: "@spec run(x) :: x when x: term\n@spec run(integer) :: nope\n@spec run(integer, integer) :: integer\n@type t :: {a, b}\n@type t(a) :: [a]¶@spec run(t(integer)) :: atom\n@spec run(integer) :: atom¶@spec run(atom) :: atom\n@type t :: integer¶@type t :: atom\n@spec missing() :: atom\n@type rec :: [rec] | nil\n@spec run(String.t(), keyword) :: :ok\n@typep unused :: atom\n@spec run(%URI{nope: 1}) :: atom\n@spec run(...) :: atom",
  use: "FuzzTold.run(1)\nFuzzTold.run([1, 2])\nFuzzTold.run(:a)\nfunction_exported?(FuzzTold, :run, 1)\nFuzzTold.__info__(:functions) |> Enum.filter(fn {n, _} -> n in [:run, :go, :init, :child_spec] end)\nFuzzTold.module_info(:attributes) |> Keyword.get(:behaviour)\nFuzzTold.go(1)\nFuzzTold.routes()\nimport FuzzTold¶run(3)\nrequire FuzzTold¶FuzzTold.mac(1)\nFuzzTold.added()\nFuzzTold.run(2, 3)",
  val: '1\n:a\n[1]\n"text"\nnil\n%{a: 1}\n{1, 2}',
  num: "10\n:y\nnil",
  arity: "1\n2",
  loaded: ':ok\n:error\nraise("load")',
};
