/** Protocols, structs and exceptions of own modules: implementations of every kind, derived ones, fallbacks, failures. */
import type { Rules } from "../rules.ts";

export const protocols: Rules = {
  module: String.raw`
    $protocol; $structs; $impls
    $protocol; $structs; $impls; $exceptions
    $protocol; $structs; $impls; $standard
    $protocol; $structs; $standard; $exceptions`,
  protocol: String.raw`
    defprotocol FuzzSize do def size(x); def size(x, unit) end
    defprotocol FuzzSize do @fallback_to_any true; def size(x); def size(x, unit) end
    defprotocol FuzzSize do @doc "d"; @spec size(t) :: term; def size(x); def size(x, unit) end`,
  structs: String.raw`
    defmodule FuzzA do defstruct [:x, y: 1] end; defmodule FuzzB do defstruct items: [] end; defmodule FuzzC do defstruct [] end
    defmodule FuzzA do @enforce_keys [:x]; defstruct [:x, y: [1]] end; defmodule FuzzB do defstruct items: [3, 1, 2] end; defmodule FuzzC do defstruct a: nil, b: nil, c: nil end
    defmodule FuzzA do @derive {Inspect, only: [:x]}; defstruct x: 0, y: %{} end; defmodule FuzzB do @derive {Inspect, except: [:none]}; defstruct items: %{}, none: 1 end; defmodule FuzzC do @derive {Inspect, optional: [:a]}; defstruct a: nil, b: 2 end
    defmodule FuzzA do @derive [{JSON.Encoder, only: [:x]}]; defstruct x: nil, y: 2 end; defmodule FuzzB do @derive JSON.Encoder; defstruct items: [1] end; defmodule FuzzC do defstruct [:z] end`,
  impls: String.raw`
    $impl
    $impl; $impl2
    defimpl FuzzSize, for: Any do def size(_), do: :any; def size(_, u), do: {:any, u} end; $impl
    defimpl FuzzSize, for: Any do defmacro __deriving__(m, s, o) do quote do defimpl FuzzSize, for: unquote(m) do def size(x), do: {:derived, unquote(o), map_size(x), unquote(Macro.escape(s)) |> is_map()}; def size(_, u), do: u end end end; def size(_), do: :fallback; def size(_, u), do: {:fallback, u} end; defmodule FuzzD do @derive {FuzzSize, [k: 1]}; defstruct [:q] end; $impl
    defmodule FuzzE do defstruct [:n]; defimpl FuzzSize do def size(%{n: n}), do: n; def size(%{n: n}, u), do: {n, u, @protocol, @for} end end`,
  impl: String.raw`
    defimpl FuzzSize, for: [Integer, Float, PID, Reference] do def size(x), do: {@for, x}; def size(x, u), do: {x, u} end
    defimpl FuzzSize, for: [List, Map, Tuple] do def size(x), do: {@for, inspect(x)}; def size(_, u), do: [u] end
    defimpl FuzzSize, for: [FuzzA, FuzzB] do def size(%module{}), do: module; def size(x, u), do: Map.get(x, u) end
    defimpl FuzzSize, for: [Atom, BitString, Function] do def size(_), do: @for; def size(_, _), do: @protocol end
    defimpl FuzzSize, for: FuzzA do def size(%{x: x}), do: FuzzSize.size(x); def size(a, u), do: {a.y, u} end`,
  impl2: String.raw`
    defimpl FuzzSize, for: Range do def size(r), do: Range.size(r); def size(r, u), do: r.first * u end
    defimpl FuzzSize, for: MapSet do def size(s), do: MapSet.size(s); def size(s, u), do: {Enum.sort(s), u} end
    defimpl FuzzSize, for: FuzzC do def size(c), do: map_size(c); def size(_, u) when is_atom(u), do: u end
    defimpl FuzzSize, for: Regex do def size(r), do: r.source; def size(_, _), do: raise("no unit") end`,
  // None that fails to inspect: the text of that error has lines of the library in it.
  standard: String.raw`
    defimpl String.Chars, for: FuzzA do def to_string(a), do: "A(#{a.x})" end; defimpl Enumerable, for: FuzzB do def count(b), do: {:ok, length(b.items)}; def member?(b, x), do: {:ok, x in b.items}; def slice(_), do: {:error, __MODULE__}; def reduce(b, acc, f), do: Enumerable.List.reduce(b.items, acc, f) end
    defimpl Inspect, for: FuzzA do import Inspect.Algebra; def inspect(a, o), do: container_doc("#A<", [a.x, a.y], ">", o, &to_doc/2) end; defimpl Collectable, for: FuzzB do def into(b), do: {b.items, fn acc, {:cont, x} -> [x | acc]; acc, :done -> %{b | items: Enum.reverse(acc)}; _, :halt -> :ok end} end
    defimpl Enumerable, for: FuzzB do def count(_), do: {:error, __MODULE__}; def member?(_, _), do: {:error, __MODULE__}; def slice(b), do: {:ok, length(b.items), fn s, n, st -> b.items |> Enum.drop(s) |> Enum.take_every(st) |> Enum.take(n) end}; def reduce(_, {:halt, acc}, _), do: {:halted, acc}; def reduce(b, {:suspend, acc}, f), do: {:suspended, acc, &reduce(b, &1, f)}; def reduce(%{items: []}, {:cont, acc}, _), do: {:done, acc}; def reduce(%{items: [h | t]} = b, {:cont, acc}, f), do: reduce(%{b | items: t}, f.(h, acc), f) end
    defimpl String.Chars, for: [FuzzB, FuzzC] do def to_string(%m{}), do: inspect(m) end; defimpl List.Chars, for: FuzzA do def to_charlist(_), do: ~c"chars" end; defimpl Inspect, for: FuzzC do def inspect(_, %{limit: l}), do: "#C#{inspect(l)}" end
    defimpl Inspect, for: FuzzB do def inspect(_, o), do: Inspect.Algebra.color_doc("B", :atom, o) end; defimpl String.Chars, for: FuzzA do def to_string(_), do: :none end
    defimpl JSON.Encoder, for: FuzzC do def encode(_, e), do: JSON.Encoder.encode([1, "c"], e) end`,
  // None whose message fails: the text of that has lines of the library in it as well.
  exceptions: String.raw`
    defmodule FuzzError do defexception [:code, message: "default"] end
    defmodule FuzzError do defexception [:code]; def message(e), do: "code #{inspect(e.code)}"; def exception(code) when is_integer(code), do: %__MODULE__{code: code}; def exception(opts), do: struct(__MODULE__, Map.new(List.wrap(opts), fn {k, v} -> {k, v}; x -> {:code, x} end)) end
    defmodule FuzzError do defexception message: "m", code: 7; def blame(e, s), do: {%{e | message: "blamed " <> e.message}, s} end
    defmodule FuzzError do defexception code: 0, message: nil; def message(%{code: c}), do: c end`,
  call: String.raw`
    FuzzSize.size($any)
    FuzzSize.size($any)
    FuzzSize.size($any, $unit)
    FuzzSize.size($struct)
    FuzzSize.size($struct, $unit)
    FuzzSize.impl_for($any)
    FuzzSize.impl_for!($any)
    FuzzSize.__protocol__($info)
    FuzzSize.behaviour_info(:callbacks) |> Enum.sort()
    Protocol.assert_impl!(FuzzSize, $named)
    Protocol.assert_protocol!($named)
    function_exported?(FuzzSize.$named, :__impl__, 1)
    FuzzSize.FuzzA.__impl__(:for)
    FuzzSize.Integer.__impl__(:target)
    Enum.$enum1($struct)
    Enum.map($struct, & &1)
    Enum.member?($struct, $unit)
    Enum.slice($struct, $range)
    Enum.at($struct, 1)
    Enum.take($struct, 2)
    Enum.zip($struct, [1, 2, 3])
    Enum.reduce_while($struct, [], fn x, acc -> if length(acc) < 2, do: {:cont, [x | acc]}, else: {:halt, acc} end)
    Stream.map($struct, & &1) |> Stream.take(2) |> Enum.to_list()
    Enum.into([$unit, 2], $struct)
    for x <- [1, 2], into: $struct, do: x * 2
    for x <- $struct, do: x
    "#{$struct}"
    to_string($struct)
    to_charlist($struct)
    inspect($struct)
    inspect($struct, $inspecting)
    inspect([$struct, {$struct}], $inspecting)
    inspect(%{k: $struct}, structs: false)
    JSON.encode!($struct)
    String.Chars.impl_for($struct)
    Enumerable.impl_for($struct)
    Inspect.impl_for($struct)
    $struct.x
    $struct[:x]
    Access.get($struct, :x)
    put_in($struct.x, $unit)
    %{$struct | y: $unit}
    %FuzzA{x: $unit} |> Map.from_struct() |> Enum.sort()
    struct(FuzzA, x: $unit)
    struct!(FuzzA, $fields)
    struct!(FuzzB, $fields)
    match?(%FuzzA{}, $struct)
    match?(%{__struct__: m} when m in [FuzzB, FuzzC], $struct)
    case $struct do %FuzzA{x: x} when x != nil -> {:a, x}; %module{} = s -> {module, map_size(s)} end
    is_struct($struct, FuzzB)
    is_exception($raised)
    FuzzA.__info__(:struct)
    FuzzC.__struct__() |> Map.keys()
    FuzzA.__struct__($fields)
    $struct == $struct
    $struct < $struct
    Enum.sort([$struct, $struct])
    raise $raised
    raise FuzzError, $raising
    raise FuzzError
    try do raise FuzzError, $raising rescue e in FuzzError -> {e.code, Exception.message(e)} end
    try do raise FuzzError, $raising rescue e in [ArgumentError, FuzzError] -> Exception.format_banner(:error, e) end
    try do raise $raised rescue e -> Exception.blame(:error, e, []) |> elem(0) end
    try do :erlang.error($raised) rescue FuzzError -> :rescued; e in RuntimeError -> e.message end
    try do throw($struct) catch %FuzzA{} = a -> {:caught, a}; :throw, %m{} -> m end
    try do exit($struct) catch :exit, %{x: x} -> x; :exit, other -> {:other, other} end
    try do raise FuzzError, $raising catch kind, %{__struct__: s} -> {kind, s} end
    Exception.message($raised)
    FuzzError.exception($raising)
    Exception.exception?($raised)
    defimpl(FuzzSize, for: Nope, do: nil) |> elem(1)
    Code.eval_string("defmodule FuzzF do @derive $derive; defstruct [:a] end; inspect(struct(FuzzF, a: 1))") |> elem(0)
    Code.eval_string("defimpl FuzzNope, for: Atom do end")
    Code.eval_string("defprotocol FuzzG do def f(x, y); def g() end")
    Code.eval_string("defprotocol FuzzH do def f(x); def f(x, y); def h(_a) end; {FuzzH.__protocol__(:functions), FuzzH.__protocol__(:consolidated?)}") |> elem(0)
    Code.eval_string("%FuzzA{nope: 1}")
    Code.eval_string("%FuzzNope{}")
    Code.eval_string("defmodule FuzzK do defstruct [:a, :a] end; FuzzK.__struct__()") |> elem(0)
    Code.eval_string("defmodule FuzzK do defstruct [:a]; defstruct [:b] end")
    Code.eval_string("defmodule FuzzK do @enforce_keys [:z]; defstruct [:a] end")
    Code.eval_string("defmodule FuzzK do defexception [:a]; def message(_), do: \"k\" end; raise FuzzK, a: 1")`,
  any: String.raw`
    1
    2.5
    :a
    nil
    "s"
    <<1::3>>
    [1]
    []
    %{a: 1}
    {1, 2}
    1..3
    MapSet.new([2, 1])
    ~r/x/
    ~D[2024-01-01]
    &is_list/1
    self()
    make_ref()
    $struct
    $struct
    %{__struct__: Nope}
    %{__struct__: 1}`,
  struct: String.raw`
    %FuzzA{x: $unit}
    %FuzzA{x: 1, y: $unit}
    %FuzzB{}
    %FuzzB{items: [1, 2, 3, 4]}
    %FuzzC{}
    %FuzzB{items: $unit}
    %FuzzA{x: %FuzzC{}}`,
  unit: ':x\n1\nnil\n[1, 2]\n2\n:y\n"u"\n3.0\n{:t}',
  info: ":functions\n:impls\n:consolidated?\n:module\n:nope",
  named: "FuzzA\nInteger\nList\nFuzzC\nAtom\nEnum\nFuzzSize\nNope\nFuzzB",
  enum1: "count\nto_list\nsort\nsum\nreverse\nmax\nempty?\nwith_index",
  range: "0..1\n1..-1//1\n-2..-1\n0..3//2",
  inspecting:
    "pretty: true, width: 10\nlimit: 1\nstructs: false\nlimit: 0\nsafe: false\nwidth: 5\ncustom_options: [a: 1]",
  fields: '[x: 1]\n[]\n%{y: 2}\n[nope: 1]\n[items: []]\n[x: 1, y: 2]\n[{"x", 1}]',
  raised:
    'FuzzError\n%RuntimeError{}\n%ArgumentError{message: "a"}\nArithmeticError\n"text"\n:atom\nstruct(FuzzError, code: 1)\nstruct(FuzzError, [])\n%FuzzC{}\nFuzzC\n[1]\n%KeyError{key: 1, term: %{}}',
  raising:
    '1\n[code: 2]\n[message: "given"]\n"text"\n[]\n%{code: 3}\n[nope: 1]\n[code: $unit, message: "both"]',
  derive:
    "FuzzSize\n{Inspect, only: []}\n{Inspect, only: [:b]}\nInspect\nNope\nEnum\nEnumerable\n[FuzzSize, Inspect]\n{Inspect, only: :a}\n{Inspect, optional: :all}\n{Inspect, nope: 1}\nString.Chars\nJSON.Encoder",
};
