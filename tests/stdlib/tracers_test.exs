defmodule TracersTest do
  # What the compiler tells the modules of its option `tracers:`.
  use ExUnit.Case

  def trace(event, %Macro.Env{} = env) do
    if pid = Process.whereis(__MODULE__), do: send(pid, {event, env})
    :ok
  end

  setup do
    Process.register(self(), __MODULE__)
    Code.put_compiler_option(:tracers, [__MODULE__])
    on_exit(fn -> Code.put_compiler_option(:tracers, []) end)
  end

  defp compile(text), do: text |> Code.string_to_quoted!(columns: true) |> Code.compile_quoted()

  test "a file begins and ends" do
    compile(":ok")
    assert_received {:start, %{lexical_tracker: tracker}} when is_pid(tracker)
    assert_received {:stop, _}
  end

  test "aliases, and what they stand for" do
    compile("""
    alias Enum, as: E
    E.Inner
    """)

    assert_received {{:alias, [line: 1, column: 1], Enum, E, [as: E]}, _}
    assert_received {{:alias_expansion, _, E, Enum}, _}
    assert_received {{:alias_reference, [{:line, 2} | _], Enum.Inner}, _}
    refute_received {{:alias_reference, _, Enum}, _}
  end

  test "calls, and where they stand" do
    compile("""
    require Integer
    import List, only: [first: 1]
    Integer.is_odd(first([1]))
    &String.upcase/1
    """)

    assert_received {{:require, _, Integer, []}, _}
    assert_received {{:import, _, List, [only: [first: 1]]}, _}
    assert_received {{:require, _, List, [only: [first: 1]]}, _}
    assert_received {{:remote_macro, [{:line, 3}, {:column, 9} | _], Integer, :is_odd, 1}, _}
    assert_received {{:imported_function, [{:line, 3}, {:column, 16}], List, :first, 1}, _}
    assert_received {{:remote_function, [no_parens: true, line: 4, column: 9], String, :upcase, 1}, _}
    refute_received {{:remote_function, _, String, :upcase, 1}, _}
  end

  test "modules, their local calls and their callbacks" do
    compile("""
    defmodule TracersTest.Sample do
      @on_load :ready
      def ready, do: :ok
      defmacrop twice(x), do: quote(do: unquote(x) * 2)
      def f(%URI{path: p}), do: twice(g(p))
      def g(x), do: x
      defoverridable g: 1
      def g(x), do: super(x)
    end
    """)

    assert_received {:defmodule, %{module: TracersTest.Sample, function: nil}}
    assert_received {{:local_macro, [{:line, 5} | _], :twice, 1}, _}
    assert_received {{:local_function, [{:line, 5} | _], :g, 1}, %{function: {:f, 1}}}
    assert_received {{:struct_expansion, _, URI, [:path]}, _}
    assert_received {{:local_function, _, :"g (overridable 1)", 1}, _}
    assert_received {{:local_function, [line: 1], :ready, 0}, _}
    assert_received {{:on_module, <<_::binary>>, :none}, %{module: TracersTest.Sample}}
  end

  test "configuration that is read" do
    compile("""
    defmodule TracersTest.Configured do
      Application.compile_env(:tracers_test, [:a, :b])
    end
    """)

    assert_received {{:compile_env, :tracers_test, [:a, :b], :error}, _}
  end

  test "Macro.Env tells them unless it is asked not to" do
    env = %{__ENV__ | tracers: [__MODULE__]}
    {:ok, env} = Macro.Env.define_import(env, [line: 1], Integer, only: :macros)
    assert_received {{:import, [line: 1], Integer, [only: :macros]}, _}

    assert {:macro, Integer, expand} = Macro.Env.expand_import(env, [], :is_odd, 1, trace: false)
    refute_received {{:imported_macro, _, _, _, _}, _}
    assert {value, []} = Code.eval_quoted(expand.([], [3]))
    assert value
    assert {:macro, Integer, _} = Macro.Env.expand_require(env, [required: true], Integer, :is_odd, 1)
    assert_received {{:remote_macro, _, Integer, :is_odd, 1}, _}
  end

  test "what a scope refers to is kept for those who ask" do
    {:module, _} = Code.ensure_loaded(Kernel.LexicalTracker)

    {{compile, exports, run, []}, []} =
      Code.eval_string("""
      defmodule TracersTest.Referring do
        require Integer
        String.upcase("a")
        def f(URI), do: %Date.Range{} = Enum.map([], & &1)
        Kernel.LexicalTracker.references(__ENV__.lexical_tracker)
      end
      |> elem(3)
      """)

    assert String in compile and String not in run
    assert Enum in run and Enum not in compile
    assert Integer in exports and Date.Range in exports
    assert URI not in compile and URI not in run
  end

  test "what an attribute names is needed to run, and to compile where it is read outside of functions" do
    {:module, _} = Code.ensure_loaded(Kernel.LexicalTracker)

    {[kept, read, asked, settled], []} =
      Code.eval_string("""
      for {name, body} <- [
            Kept: quote(do: def(f(x) when x in @named, do: x)),
            Read: quote(do: _ = @named),
            Asked: quote(do: Module.get_last_attribute(__MODULE__, :named)),
            Settled: quote(do: Application.compile_env(:elixir, [:none, String]))
          ] do
        {:module, _, _, references} =
          defmodule Module.concat(TracersTest, name) do
            if name != :Settled, do: Code.eval_quoted(quote(do: @named [String, 1 + 2]), [], __ENV__)
            Code.eval_quoted(body, [], __ENV__)
            Kernel.LexicalTracker.references(__ENV__.lexical_tracker)
          end

        {String in elem(references, 0), String in elem(references, 2)}
      end
      """)

    assert {kept, read, asked, settled} == {{false, true}, {true, false}, {true, false}, {false, true}}
  end

  test "an environment that is written into code has no scope to refer to" do
    compile("""
    defmodule TracersTest.Escaped do
      def env, do: unquote(Macro.escape(__ENV__))
    end
    """)

    module = TracersTest.Escaped
    assert %Macro.Env{module: ^module, lexical_tracker: nil} = module.env()
  end

  test "imports and aliases are unused until something uses them" do
    alias Kernel.LexicalTracker
    {:ok, tracker} = LexicalTracker.start_link()
    LexicalTracker.add_import(tracker, String, [upcase: 1, downcase: 1], 1, true)
    LexicalTracker.warn_alias(tracker, [line: 2], E, Enum)
    assert LexicalTracker.collect_unused_imports(tracker) == [{String, %{String => 1, {:upcase, 1} => 1, {:downcase, 1} => 1}}]

    LexicalTracker.import_dispatch(tracker, String, {:upcase, 1}, :runtime)
    LexicalTracker.alias_dispatch(tracker, E)
    assert LexicalTracker.collect_unused_imports(tracker) == [{String, %{{:downcase, 1} => 1}}]
    assert LexicalTracker.collect_unused_aliases(tracker) == []
  end
end
