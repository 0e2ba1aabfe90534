defmodule TypespecsTest do
  use ExUnit.Case, async: true
  import ExUnit.CaptureIO

  defp compile(body) do
    [{module, binary}] = Code.compile_string("defmodule TypespecsTest.Sample do\n#{body}\nend")
    :code.delete(module)
    binary
  end

  defp types(body) do
    {:ok, types} = Code.Typespec.fetch_types(compile(body))
    for {kind, type} <- Enum.sort(types), do: {kind, Macro.to_string(Code.Typespec.type_to_quoted(type))}
  end

  defp specs(body) do
    {:ok, specs} = Code.Typespec.fetch_specs(compile(body))
    for {{name, _}, clauses} <- Enum.sort(specs), do: Enum.map(clauses, &Macro.to_string(Code.Typespec.spec_to_quoted(name, &1)))
  end

  test "types are kept and read back" do
    assert types("@type t(a) :: {:ok, a} | nil") == [type: "t(a) :: {:ok, a} | nil"]
    assert types("@opaque o :: %{required(atom) => [integer]}") == [opaque: "o() :: %{required(atom()) => [integer()]}"]
    assert types("@typep p :: <<_::8, _::_*4>>\n@type q :: p") == [type: "q() :: p()", typep: "p() :: <<_::8, _::_*4>>"]
    assert types("@type f :: (... -> atom)") == [type: "f() :: (... -> atom())"]
  end

  test "specs, with guards and several clauses" do
    assert specs("@spec f(a) :: a when a: term\ndef f(a), do: a") == [["f(a) :: a when a: term()"]]
    assert specs("@spec g(1) :: :one\n@spec g(2) :: :two\ndef g(_), do: :one") == [["g(1) :: :one", "g(2) :: :two"]]
  end

  test "callbacks" do
    {:ok, [{{:run, 1}, [clause]}]} = Code.Typespec.fetch_callbacks(compile("@callback run(state :: term) :: :ok"))
    assert Macro.to_string(Code.Typespec.spec_to_quoted(:run, clause)) == "run(state :: term()) :: :ok"
  end

  for {body, message} <- [
        {"@type t :: missing", "type missing/0 undefined (no such type in TypespecsTest.Sample)"},
        {"@type integer :: 1", "type integer/0 is a built-in type and it cannot be redefined"},
        {"@type t(x) :: 1", "type variable x is used only once"},
        {"@type t :: 3..1", "invalid range specification"},
        {"@type t(x) :: x when x: atom", "invalid type specification: t(x) :: x when x: atom"},
        {"@type t :: \"text\"", "unexpected expression in typespec: \"text\""},
        {"@spec f(integer)\ndef f(x), do: x", "type specification missing return type: f(integer)"}
      ] do
    test "#{body} is refused" do
      assert_raise Kernel.TypespecError, ~r/#{Regex.escape(unquote(message))}/, fn -> compile(unquote(body)) end
    end
  end

  test "a spec of no function is a compile error" do
    text = capture_io(:stderr, fn -> assert_raise CompileError, fn -> compile("@spec f :: 1") end end)
    assert text =~ "spec for undefined function f/0"
  end

  test "a private type that nobody uses is warned about" do
    assert capture_io(:stderr, fn -> compile("@typep t :: 1") end) =~ "type t/0 is unused"
  end

  test "the documentation of types and callbacks is kept" do
    Code.compile_string("""
    defmodule TypespecsTest.Documented do
      @typedoc "A type."
      @type t :: 1
      @doc "A callback."
      @callback run :: t
    end
    """)

    {:docs_v1, _, _, _, _, _, docs} = Code.fetch_docs(TypespecsTest.Documented)
    assert {_, 2, [], %{"en" => "A type."}, %{}} = List.keyfind(docs, {:type, :t, 0}, 0)
    assert {_, _, [], %{"en" => "A callback."}, %{}} = List.keyfind(docs, {:callback, :run, 0}, 0)
  end
end
