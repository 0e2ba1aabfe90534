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

  defp warned(said), do: Regex.scan(~r/(?<=warning: ).*/, said) |> List.flatten()

  test "the only functions that attributes name are functions" do
    code = "defmodule CompilerTest.Inlined do\n@compile inline: [f: 1]\ndefmacro f(x), do: x\nend"
    assert said(code) =~ "macro f/1 given to @compile :inline (only functions are supported)"
  end

  test "attributes that nothing reads are told from the last one on, those of documentation at the end" do
    code = "defmodule CompilerTest.Attributes do\n@zero 1\n@a 2\n@doc \"x\"\n@m 3\nend"

    assert Enum.map(warned(said(code)), &hd(Regex.run(~r/@\w+/, &1))) == ["@m", "@a", "@zero", "@doc"]
  end

  test "what is imported or aliased for nothing is told by name" do
    code = """
    import String
    import Enum, only: [zip: 1, map: 2, zip: 2, any?: 1]
    alias Foo.Zed
    alias Foo.Bar
    any?([])
    """

    assert warned(capture_io(:stderr, fn -> Code.compile_string(code) end)) == [
             "unused alias Bar",
             "unused alias Zed",
             "unused import Enum.map/2",
             "unused import Enum.zip/1",
             "unused import Enum.zip/2",
             "unused import String"
           ]
  end

  test "nothing is told of imports and aliases in code outside of functions that never runs" do
    code = """
    defmodule CompilerTest.NeverRuns do
      if false do
        import Map, only: [new: 0]
        alias Map, as: M
      end

      _ = fn -> alias Foo.InFun end
      IO.inspect(alias Foo.Run)

      def f do
        if false do
          alias Foo.InFunction
        end
      end
    end

    for _ <- [], do: import(Bitwise)
    """

    told = capture_io(:stderr, fn -> assert capture_io(fn -> Code.compile_string(code) end) == "Foo.Run\n" end)
    assert warned(told) == ["unused alias InFunction", "unused alias Run"]
  end

  test "a name that looks like an earlier one is told, with the directions of its characters where some go from right to left" do
    assert warned(said("а=1; a=1")) == [
             "confusable identifier: 'a' looks like 'а' on line 1, but they are written using different characters"
           ]

    told = capture_io(:stderr, fn -> Code.string_to_quoted("[:\u6587, :_\u05d01, :_1\u05d0, :\u6587]") end)

    assert told =~ """
           written using different characters

           '_1\u05d0' includes right-to-left characters:
             \\u005F _ neutral
             \\u0031 1 weak_number
             \\u05D0 \u05d0 rtl

           '_\u05d01' includes right-to-left characters:
             \\u005F _ neutral
             \\u05D0 \u05d0 rtl
             \\u0031 1 weak_number


           └─ nofile:1:12
           """

    assert capture_io(:stderr, fn -> Code.string_to_quoted("[:l1, :ll, :\u00e9]", emit_warnings: false) end) == ""
  end

  test "what a macro has made is generated in the documentation" do
    code = """
    defmodule CompilerTest.Using do
      defmacro __using__(_), do: quote(do: @doc("Made.") && def(made, do: 1))
    end

    defmodule CompilerTest.Used do
      use CompilerTest.Using
      def written, do: 1
    end
    """

    assert said(code) == ""
    {:docs_v1, _, _, _, _, _, docs} = Code.fetch_docs(CompilerTest.Used)
    assert {_, [generated: true, location: 6], _, _, _} = List.keyfind(docs, {:function, :made, 0}, 0)
    assert {_, 7, _, _, _} = List.keyfind(docs, {:function, :written, 0}, 0)
  end

  test "letters in another typeface are taken for plain ones in what is suggested for a name" do
    assert {:error, {[line: 1, column: 4], "unexpected token: ", text}} = Code.string_to_quoted("foO\u{1d6b3}")
    assert text =~ ~s("foOM" \(code points 0x00066 0x0006F 0x0004F 0x0004D\))
  end

  test "an alias that an encoder has replaced may be followed by a parenthesis, which nothing can be called by" do
    encoder = fn name, _ -> {:ok, {:atom, [], [name]}} end
    read = &Code.string_to_quoted(&1, static_atoms_encoder: encoder)
    assert {:error, {_, "missing terminator: )", ""}} = read.("Module(")
    assert {:error, {_, "syntax error before: ", "'('"}} = read.("Module()")
  end

  defmodule Environments do
    def public, do: :called
    def here, do: __ENV__
  end

  test "what is evaluated in the environment of a function has no local functions" do
    assert_raise UndefinedFunctionError, "function public/0 is undefined (there is no such import)", fn ->
      Code.eval_string("public()", [], Environments.here())
    end
  end

  test "an environment whose file has been compiled is told to be outdated" do
    code = "defmodule CompilerTest.Outdated do\n  Process.put(:env, __ENV__)\n  Code.eval_string(\"1\", [], __ENV__)\nend"
    assert said(code) == ""
    told = capture_io(:stderr, fn -> assert Code.eval_string("1", [], Process.get(:env)) == {1, []} end)
    assert told =~ "an __ENV__ with outdated compilation information was given to eval"
  end

  test "modules that a process defines by itself are not checked, and are verified all the same" do
    code = """
    defmodule CompilerTest.Verified do
      def __after_verify__(module), do: IO.puts(inspect(module))
    end

    Task.await(Task.async(fn ->
      defmodule CompilerTest.InTask do
        @after_verify CompilerTest.Verified
        def run, do: CompilerTest.Nowhere.run()
      end
    end))
    """

    assert capture_io(fn -> assert said(code) == "" end) == "CompilerTest.InTask\n"
  end

  test "the length of a list in the guard of a clause is told, in that of a definition it is not" do
    assert [told] = warned(said("fn x when length(x) == 0 -> x end"))
    assert told =~ "do not use \"length(x) == 0\""
    assert said("defmodule CompilerTest.Length do\ndef f(x) when length(x) == 0, do: x\nend") == ""
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

  test "a deprecated struct is told wherever it is built or matched" do
    told =
      capture_io(:stderr, fn ->
        Code.compile_string("""
        defmodule CompilerTest.Old do
          @deprecated "use a map"
          defstruct [:x]
          def x(%CompilerTest.Old{x: x}), do: x
          def new, do: %CompilerTest.Old{}
        end
        """)
      end)

    assert told =~ "CompilerTest.Old.__struct__/0 is deprecated. use a map"
    assert told =~ "nofile:4:9: CompilerTest.Old.x/1"
    assert told =~ "nofile:5:16: CompilerTest.Old.new/0"
  end

  test "a module that is being defined has no functions to call yet" do
    for body <- ["def f, do: 1\nCompilerTest.Early.f()", "@before_compile CompilerTest.Early\ndefmacro __before_compile__(_), do: nil"] do
      assert_raise UndefinedFunctionError, ~r/^function CompilerTest.Early.\w+\/\d is undefined \(function not available\)/, fn ->
        Code.eval_string("defmodule CompilerTest.Early do\n#{body}\nend")
      end
    end
  end

  test "only a behaviour has behaviour_info/1" do
    code = "defmodule CompilerTest.Info do\ndef f, do: {GenServer.behaviour_info(:callbacks), Enum.behaviour_info(:callbacks)}\nend"
    told = capture_io(:stderr, fn -> Code.compile_string(code) end)
    assert told =~ "Enum.behaviour_info/1 is undefined or private"
    refute told =~ "GenServer"
  end

  test "calls in a definition that @file moves are told of there, those of one file together" do
    code = """
    defmodule CompilerTest.Moved do
      @file {"moved/b.ex", 40}
      def f, do: CompilerTest.None.f()
      @file "moved/a.ex"
      def g, do: CompilerTest.None.g()
      def h, do: {CompilerTest.None.f(), &CompilerTest.None.h/0}
      @file "moved/a.ex"
      def i, do: &CompilerTest.None.i/0
    end
    """

    told = capture_io(:stderr, fn -> Code.compile_string(code, "/here.ex") end)

    assert Regex.scan(~r/└─ (.*)/u, told, capture: :all_but_first) |> Enum.concat() == [
             "/here.ex:6:33: CompilerTest.Moved.h/0",
             "moved/b.ex:3:32: CompilerTest.Moved.f/0",
             "/here.ex:6:57: CompilerTest.Moved.h/0",
             "moved/a.ex:5:32: CompilerTest.Moved.g/0",
             "moved/a.ex:8:33: CompilerTest.Moved.i/0"
           ]
  end

  test "source that is not UTF-8 is not parsed at all" do
    for parse <- [&Code.string_to_quoted/1, &Code.string_to_quoted_with_comments/1, &Code.string_to_quoted!/1, &Code.eval_string/1] do
      error = assert_raise UnicodeConversionError, fn -> parse.(<<"x = \"", 233, "\"">>) end
      assert {error.encoded, error.message} == {~c"x = \"", "invalid encoding starting at <<233, 34>>"}
      assert_raise UnicodeConversionError, "incomplete encoding starting at <<195>>", fn -> parse.(<<195>>) end
    end
  end

  test "what an encoder of atoms refuses is named with it" do
    encoder = fn _name, _meta -> {:error, "no such name"} end

    assert Code.string_to_quoted("1 + :other", static_atoms_encoder: encoder) ==
             {:error, {[line: 1, column: 5], "no such name: ", "other"}}
  end

  test "a comment behind a dot is where the dot ends" do
    assert {:ok, _, [%{column: 5, text: "# then"}]} = Code.string_to_quoted_with_comments("foo.   # then\n  bar()", columns: true)
  end

  test "the signatures of the library name what a pattern takes, and tell what is delegated and deprecated" do
    documented = fn module, key ->
      {:docs_v1, _, _, _, _, _, docs} = Code.fetch_docs(module)
      {_, _, [signature], _, metadata} = List.keyfind!(docs, key, 0)
      {signature, Map.take(metadata, [:delegate_to, :deprecated, :guard])}
    end

    assert documented.(Date, {:function, :day_of_year, 1}) == {"day_of_year(date)", %{}}
    assert documented.(MapSet, {:function, :union, 2}) == {"union(map_set1, map_set2)", %{}}
    assert documented.(Macro.Env, {:function, :location, 1}) == {"location(env)", %{}}
    assert documented.(Process, {:function, :alive?, 1}) == {"alive?(pid)", %{delegate_to: {:erlang, :is_process_alive, 1}}}
    assert documented.(Kernel, {:macro, :unless, 2}) == {"unless(condition, clauses)", %{deprecated: "Use if/2 instead"}}
    assert documented.(Kernel, {:macro, :in, 2}) == {"left in right", %{guard: true}}
  end

  test "a signature shows defaults as they are written, and attributes as their values" do
    for {call, signature} <- [
          {{:group_by, 3}, "group_by(enumerable, key_fun, value_fun \\\\ fn x -> x end)"},
          {{:min_max_by, 4}, "min_max_by(enumerable, fun, sorter_or_empty_fallback \\\\ &</2, "}
        ] do
      {:docs_v1, _, _, _, _, _, docs} = Code.fetch_docs(Enum)
      {name, arity} = call
      assert {_, _, [text], _, _} = List.keyfind(docs, {:function, name, arity}, 0)
      assert String.starts_with?(text, signature)
    end

    defmodule Signed do
      @wait 300
      @doc "Waits."
      def wait(@wait, for \\ %{time: @wait}), do: for

      @doc "Names."
      def pair({_, _} = _pair, [_] = list), do: list
      def pair(_, _), do: :error
    end

    {:docs_v1, _, _, _, _, _, docs} = Code.fetch_docs(Signed)
    signatures = for {_, _, [text], _, _} <- docs, do: text
    assert Enum.sort(signatures) == ["pair(pair, list)", "wait(int, for \\\\ %{time: 300})"]
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

  # The lines told of, with those of the clauses that leave nothing to them.
  defp unreachable(functions) do
    code = "defmodule CompilerTest.Unreachable do\n" <> functions <> "\nend"

    {_, diagnostics} = Code.with_diagnostics(fn -> Code.eval_string(code) end)
    :code.delete(CompilerTest.Unreachable)

    for %{message: "this clause" <> text, position: line} <- diagnostics,
        [_, name, earlier] = Regex.run(~r/^(.*) cannot match because .* line (\d+) always/, text),
        do: {line, String.to_integer(earlier), name}
  end

  test "clauses that an earlier one leaves nothing to are told, of functions and of forms with clauses" do
    assert unreachable("def f({:a, x}), do: x\ndef f({:a, 1}), do: 2\ndef f({:b, 1}), do: 3") == [{3, 2, ""}]
    assert unreachable("def f(x, _), do: x\ndef f(1, 2), do: 2") == [{3, 2, " for f/2"}]
    assert unreachable(~S|def f("a" <> x), do: x| <> "\n" <> ~S|def f("a" <> y), do: y|) == [{3, 2, ""}]
    assert unreachable("def f(%{a: 1}), do: 1\ndef f(%{a: 1}), do: 2\ndef f(%{a: 1, b: 2}), do: 3") == [{3, 2, ""}]
    assert unreachable("def f(x), do: (case x do\n1 -> 2\n1 -> 3\n_ -> 4\n5 -> 6\nend)") == [{4, 3, ""}, {6, 5, ""}]
    assert unreachable("def f, do: (fn\na -> a\n1 -> 1\nend)") == [{4, 3, ""}]
    assert unreachable("def f, do: (receive do\na -> a\n1 -> 1\nend)") == [{4, 3, ""}]
    assert unreachable("def f(x), do: (with :ok <- x do 1 else\na -> a\n:b -> 1\nend)") == [{4, 3, ""}]
  end

  test "a clause with a guard, a variable used twice or a pattern of other data leaves something" do
    assert unreachable("def f(x) when x > 1, do: x\ndef f(2), do: 2") == []
    assert unreachable("def f(x, x), do: x\ndef f(1, 2), do: 2") == []
    assert unreachable("def f(1), do: 1\ndef f(1.0), do: 2") == []
    assert unreachable("def f(x) do\ny = x\ncase x do\n^y -> 1\n2 -> 2\nend\nend") == []
    assert unreachable("def f(<<1, x>>), do: x\ndef f(<<1, x::16>>), do: x") == []
    assert unreachable("def f(x), do: if(x, do: 1, else: 2)\ndef g(x), do: x || 1") == []
  end

  test "the fields of a struct are known in the order in which they were written" do
    Code.eval_string("defmodule CompilerTest.Ordered do\ndefstruct [:z, :a, m: 1]\nend")
    assert Enum.map(Macro.struct_info!(CompilerTest.Ordered, __ENV__), & &1.field) == [:z, :a, :m]
  end

  @tag :tmp_dir
  test "a protocol waits for an implementation in a file that is compiled beside it", %{tmp_dir: folder} do
    files =
      for {name, code} <- [
            user: "defmodule CompilerTest.User do\nIO.inspect(CompilerTest.Names.name(%CompilerTest.Thing{}))\nend",
            protocol: "defprotocol CompilerTest.Names do\ndef name(x)\nend",
            thing: "defmodule CompilerTest.Thing do\ndefstruct []\nend",
            implementation: "defimpl CompilerTest.Names, for: CompilerTest.Thing do\ndef name(_), do: :thing\nend"
          ] do
        path = Path.join(folder, "#{name}.ex")
        File.write!(path, code)
        path
      end

    assert capture_io(fn -> assert {:ok, _, []} = Kernel.ParallelCompiler.compile(files) end) == ":thing\n"
  end

  @tag :tmp_dir
  test "an error has the line of the file only where that is the innermost entry", %{tmp_dir: folder} do
    [divides, calls] = for name <- ["divides.ex", "calls.ex"], do: Path.join(folder, name)
    File.write!(divides, "defmodule CompilerTest.Divides do\ndef half(x), do: x / 2\nend")
    File.write!(calls, "defmodule CompilerTest.Calls do\ndef f(x), do: {CompilerTest.Divides.half(x)}\nend\nCompilerTest.Calls.f(:x)")
    compile = fn -> send(self(), Kernel.ParallelCompiler.compile([divides, calls])) end
    assert capture_io(:stderr, compile) =~ "== Compilation error in file"
    assert_received {:error, [{^calls, 0, "** (ArithmeticError)" <> _}], []}
  end

  @tag :tmp_dir
  test "files that are compiled together know the types of each other's functions", %{tmp_dir: folder} do
    [calls, called] = for name <- ["calls.ex", "called.ex"], do: Path.join(folder, name)
    File.write!(calls, "defmodule CompilerTest.Calling do\n  x = 1\n  def f, do: CompilerTest.Called.f(:unknown)\nend")
    File.write!(called, "defmodule CompilerTest.Called do\n  def f(:known), do: 1\n  @file \"other.ex\"\n  def g, do: f(:other)\nend")
    compile = fn -> send(self(), Kernel.ParallelCompiler.compile([calls, called], return_diagnostics: true)) end
    assert capture_io(:stderr, compile) =~ "incompatible types given to CompilerTest.Called.f/1"
    assert_received {:ok, _modules, %{runtime_warnings: warnings, compile_warnings: [unused]}}
    assert [remote, local] = Enum.sort_by(warnings, & &1.position)
    assert %{position: {3, 34}, message: "incompatible types" <> _, file: ^calls, source: ^calls} = remote
    assert %{message: "incompatible types" <> _, source: ^called} = local
    assert Path.basename(local.file) == "other.ex"
    assert %{position: {2, 3}, message: "variable \"x\" is unused" <> _} = unused
  end

  @tag :tmp_dir
  test "what a file compiles itself is checked with the file", %{tmp_dir: folder} do
    [nests, calls] = for name <- ["nests.ex", "calls_nesting.ex"], do: Path.join(folder, name)
    inner = "defmodule CompilerTest.Inner do\ndef f, do: CompilerTest.Nesting.f()\nend"
    File.write!(nests, "Code.compile_string(#{inspect(inner)})\ndefmodule CompilerTest.Nesting do\ndef f, do: 1\nend")
    File.write!(calls, "defmodule CompilerTest.CallsNesting do\ndef f, do: CompilerTest.Nesting.f()\nend")
    assert capture_io(:stderr, fn -> Kernel.ParallelCompiler.compile([nests, calls]) end) == ""
  end

  @tag :tmp_dir
  test "a module knows the file that it will be written to", %{tmp_dir: folder} do
    source = Path.join(folder, "made.ex")
    File.write!(source, "defmodule CompilerTest.Made do\n@moduledoc \"Made.\"\nend\nIO.puts(:code.which(CompilerTest.Made))")
    compile = fn -> Kernel.ParallelCompiler.compile_to_path([source], folder) end
    path = Path.join(folder, "Elixir.CompilerTest.Made.beam")
    assert capture_io(compile) == path <> "\n"
    assert {:docs_v1, _, :elixir, "text/markdown", %{"en" => "Made."}, _, []} = Code.fetch_docs(path)
  end

  test "documentation is left out where the compiler is told so" do
    Code.put_compiler_option(:docs, false)
    {:module, _, code, _} = Module.create(CompilerTest.Undocumented, quote(do: @moduledoc("text")), __ENV__)
    assert {:error, :beam_lib, {:missing_chunk, _, _}} = :beam_lib.chunks(code, [~c"Docs"])
  after
    Code.put_compiler_option(:docs, true)
  end

  test "object code tells of its module unless it is not to" do
    told = fn body ->
      {:module, module, code, _} = Module.create(CompilerTest.Told, body, __ENV__)
      {:ok, {_, [debug_info: {:debug_info_v1, backend, data}]}} = :beam_lib.chunks(code, [:debug_info])
      backend.debug_info(:elixir_v1, module, data, [])
    end

    assert {:ok, %{module: CompilerTest.Told}} = told.(nil)
    assert capture_io(:stderr, fn -> send(self(), told.(quote(do: @compile({:debug_info, false})))) end) =~ "redefining module"
    assert_received {:error, :missing}
  end

  test "places of definitions are told as seen from the working directory" do
    file = Path.absname("lib/twice.ex")
    compile = fn code -> capture_io(:stderr, fn -> Code.compile_string("defmodule CompilerTest.Twice do\n#{code}\nend", file) end) end
    assert compile.("def f, do: 1\ndef g, do: 2\ndef f, do: 3") =~ ~s|"def f/0" was previously defined (lib/twice.ex:2)|
  end

  test "specs become callbacks" do
    {:module, module, _, made} =
      Module.create(
        CompilerTest.Specs,
        quote do
          @spec f(integer) :: atom
          def f(_), do: :ok
          {Module.spec_to_callback(__MODULE__, {:f, 1}), Module.spec_to_callback(__MODULE__, {:g, 0})}
        end,
        __ENV__
      )

    assert {made, module.behaviour_info(:callbacks)} == {{true, false}, [f: 1]}
  end

  test "what a behaviour misses is told among the other findings, in the order of lines" do
    told = said("defmodule CompilerTest.Lines do\ndef f, do: String.nope()\n@impl true\ndef g, do: 1\ndef h, do: String.none()\nend")
    assert Regex.scan(~r/nofile:(\d)/, told, capture: :all_but_first) == [["2"], ["4"], ["5"]]
  end

  test "a pid in a function is warned about" do
    assert said("defmodule CompilerTest.Pid do\n@pid self()\ndef f(x), do: {x, @pid}\nend") =~
             ~r/cannot compile PID #PID<[\d.]+> inside quoted expression for function f\/1\n└─ nofile: CompilerTest.Pid.f\/1/
  end

  # Where in the file the error of a program passes, outside of functions.
  defp passes(code) do
    Code.with_diagnostics(fn ->
      try do
        Code.compile_string(code, "passes.ex")
      rescue
        error ->
          places = for {_, name, 1, [{:file, ~c"passes.ex"}, {:line, line} | _]} <- __STACKTRACE__, do: {name, line}
          {error.__struct__, places}
      end
    end)
    |> elem(0)
  end

  test "what is no option of a for has no clause where its options are checked" do
    assert_raise FunctionClauseError, "no function clause matching in :elixir_expand.validate_for_options/8", fn ->
      Code.eval_string("for x <- [1], [{:uniq, true}, 2], do: x")
    end
  end

  test "a file of nothing but modules is no code itself" do
    assert passes("defmodule CompilerTest.A do\n  raise \"a\"\nend") == {RuntimeError, [__MODULE__: 2]}
    assert passes(":ok\ndefmodule CompilerTest.A do\n  raise \"a\"\nend") == {RuntimeError, [__MODULE__: 3, __FILE__: 2]}
    assert passes("defmodule a do\nend") == {ArgumentError, []}
    assert passes(":ok\ndefmodule a do\nend") == {CompileError, [__FILE__: 2]}
    assert passes(":ok\ndefmodule CompilerTest.A do\n  def f, do: x\nend") == {CompileError, []}
    Code.compile_string("defmodule CompilerTest.B do\n  send(self(), __ENV__.context_modules)\nend; defmodule CompilerTest.C, do: nil")
    assert_received [CompilerTest.B]
  end

  test "callbacks of the deprecated Behaviour" do
    head = "defmodule CompilerTest.Old do\nuse Behaviour\n"
    code = "defcallback f(atom, x :: integer) :: atom\ndefcallback g(a) :: a when a: term\ndefmacrocallback h(Macro.t)\nend"
    told = said(head <> code)
    assert told =~ "the Behaviour module is deprecated"
    assert told =~ "Behaviour.defcallback/1 is deprecated. Use the @callback module attribute instead"
    assert Enum.sort(apply(CompilerTest.Old, :__behaviour__, [:callbacks])) == ["MACRO-h": 2, f: 2, g: 1]

    capture_io(:stderr, fn ->
      assert_raise ArgumentError, "default arguments \\\\ not supported in defcallback/defmacrocallback", fn ->
        Code.eval_string(head <> "defcallback f(a \\\\ 1)\nend")
      end

      assert_raise ArgumentError, "invalid syntax in defcallback 1", fn -> Code.eval_string(head <> "defcallback 1\nend") end
    end)
  end
end
