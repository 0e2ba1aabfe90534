defmodule CompilerTest do
  # What the compiler and the environments of evaluation say of a module.
  use ExUnit.Case

  import ExUnit.CaptureIO

  defp said(code) do
    capture_io(:stderr, fn ->
      try do
        Code.eval_string(code)
      rescue
        CompileError -> :ok
      end
    end)
  end

  test "the functions that attributes name have to be there" do
    head = "defmodule CompilerTest.Named do\n"
    assert said(head <> "@compile inline: [f: 1]\nend") =~ "nofile:1: CompilerTest.Named"
    assert said(head <> "@compile inline: [f: 1]\nend") =~ "undefined function f/1 given to @compile :inline"
    assert said(head <> "@nifs f: 1\nend") =~ "undefined function f/1 given to @nifs"

    assert said(head <> "@dialyzer {:nowarn_function, f: 1}\ndefmacro f(x), do: x\nend") =~
             "macro f/1 given to @dialyzer :nowarn_function"

    assert_raise ArgumentError, "invalid value for @dialyzer attribute: :quiet", fn ->
      Code.eval_string(head <> "@dialyzer :quiet\nend")
    end

    assert said(head <> "@optional_callbacks f: 1\nend") =~ "unknown callback f/1 given as optional callback"
  end

  test "a comparison whose result nobody sees is told" do
    code = "defmodule CompilerTest.Compared do\n  def f(x) do\n    x <= 1\n    :ok\n  end\nend"
    assert said(code) =~ "use of operator <= has no effect\n"
    refute said(String.replace(code, "    :ok\n", "")) =~ "no effect"
  end

  test "super of a callback that GenServer injects is deprecated" do
    code = "defmodule CompilerTest.Server do\n  use GenServer\n  def init(x), do: {:ok, x}\n  def handle_cast(a, b), do: super(a, b)\nend"
    assert said(code) =~ "calling super for GenServer callback handle_cast/2 is deprecated"
    refute said(String.replace(code, "handle_cast(a, b), do: super(a, b)", "child_spec(a), do: super(a)")) =~ "super"
  end

  test "undefined variables may be taken as calls" do
    Code.put_compiler_option(:on_undefined_variable, :warn)
    assert said("self") =~ ~s|variable "self" does not exist and is being expanded to "self()"|
    capture_io(:stderr, fn -> send(self(), Code.eval_string("self")) end)
    assert_received {pid, []} when pid == self()
  after
    Code.put_compiler_option(:on_undefined_variable, :raise)
  end

  test "pruned evaluation keeps what the code assigns or reads" do
    env = Code.env_for_eval([])

    prune = fn code ->
      {_, binding, env} = Code.eval_quoted_with_env(code, [x: 1, y: 2], env, prune_binding: true)
      {binding, Macro.Env.vars(env)}
    end

    assert prune.(quote(do: 1)) == {[], []}
    assert prune.(quote(do: var!(z) = 1)) == {[z: 1], [z: nil]}
    assert prune.(quote(do: fn -> var!(x) end)) == {[x: 1], [x: nil]}
  end

  test "specs can be made callbacks while a module is defined" do
    {{:module, module, object, _}, []} =
      Code.eval_string("""
      defmodule CompilerTest.Specified do
        @type t :: atom
        @spec f() :: t
        def f, do: :ok
        true = Kernel.Typespec.defines_type?(__MODULE__, {:t, 0})
        false = Kernel.Typespec.defines_type?(__MODULE__, {:u, 0})
        true = Kernel.Typespec.spec_to_callback(__MODULE__, {:f, 0})
      end
      """)

    assert module.behaviour_info(:callbacks) == [f: 0]
    assert {:ok, [{{:f, 0}, _}]} = Code.Typespec.fetch_callbacks(object)
  end
end
