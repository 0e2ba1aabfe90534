defmodule ExceptionTest.Macros do
  defmacro boom(_), do: raise("in a macro")
end

defmodule ExceptionTest do
  use ExUnit.Case, async: true

  defp blamed(fun) do
    fun.()
  rescue
    error -> :error |> Exception.blame(error, __STACKTRACE__) |> elem(0) |> Exception.message()
  end

  test "reasons of Erlang become exceptions" do
    for {reason, struct} <- [
          {:badarith, %ArithmeticError{}},
          {{:badmatch, 1}, %MatchError{term: 1}},
          {{:badkey, :a, %{}}, %KeyError{key: :a, term: %{}}},
          {{:badbool, :and, 1}, %BadBooleanError{operator: :and, term: 1}},
          {:anything, %ErlangError{original: :anything}}
        ],
        do: assert(Exception.normalize(:error, reason) == struct)
  end

  test "wrong arguments of builtins are told one by one" do
    assert blamed(fn -> :erlang.element(Enum.random([:a]), Enum.random([:b])) end) ==
             "errors were found at the given arguments:\n\n  * 1st argument: not an integer\n  * 2nd argument: not a tuple\n"

    assert blamed(fn -> String.to_integer("12x") end) =~ "1st argument: not a textual representation of an integer"
    assert blamed(fn -> binary_part("abc", 1, Enum.random([9])) end) =~ "3rd argument: out of range"
  end

  test "arithmetic shows the expression" do
    assert blamed(fn -> Enum.random([nil]) * 2 end) == "bad argument in arithmetic expression: nil * 2"
  end

  test "similar names of functions and keys" do
    assert blamed(fn -> apply(Enum, :mapp, [1, 2]) end) ==
             "function Enum.mapp/2 is undefined or private. Did you mean:\n\n      * map/2\n"

    assert blamed(fn -> Map.fetch!(%{username: 1}, :user_name) end) =~ "Did you mean:\n\n      * :username\n"
    assert blamed(fn -> apply(NoSuch, :f, []) end) =~ "(module NoSuch is not available). Make sure the module name is correct"
    assert blamed(fn -> apply(Kernel, :if, [1, 2]) end) =~ "However, there is a macro with the same name and arity"
  end

  test "which patterns and guards of a function fail, where it comes from a file that is compiled" do
    shapes = ~S"""
    defmodule ExceptionTest.MODULE do
      def area({:circle, r}) when is_number(r) and r > 0, do: 3 * r * r
      def area(%{w: w, h: h} = shape) when is_struct(shape, Range) or w > 0, do: w * h
    end
    """

    [{compiled, _}] = shapes |> String.replace("MODULE", "Compiled") |> Code.compile_string("/shapes.ex")
    [{scripted, _}] = shapes |> String.replace("MODULE", "Scripted") |> Code.compile_string("/shapes.exs")

    assert blamed(fn -> scripted.area({:circle, -1}) end) == """
           no function clause matching in ExceptionTest.Scripted.area/1

           The following arguments were given to ExceptionTest.Scripted.area/1:

               # 1
               {:circle, -1}
           """

    assert blamed(fn -> compiled.area({:circle, -1}) end) == """
           no function clause matching in ExceptionTest.Compiled.area/1

           The following arguments were given to ExceptionTest.Compiled.area/1:

               # 1
               {:circle, -1}

           Attempted function clauses (showing 2 out of 2):

               def area({:circle, r}) when is_number(r) and -r > 0-
               def area(-%{w: w, h: h} = shape-) when -is_struct(shape, Range)- or -w > 0-
           """
  end

  test "exit reasons with the calls that they hold" do
    assert Exception.format_exit({{:noproc, {GenServer, :call, [:a, :b, 5000]}}, {M, :f, [1]}}) == """
           exited in: M.f(1)
               ** (EXIT) exited in: GenServer.call(:a, :b, 5000)
                   ** (EXIT) no process: the process is not alive or there's no process currently associated \
           with the given name, possibly because its application isn't started\
           """

    assert Exception.format_exit({:shutdown, {:failed_to_start_child, W, :oops}}) ==
             "shutdown: failed to start child: W\n    ** (EXIT) :oops"
  end

  test "entries of stack traces" do
    assert Exception.format_stacktrace_entry({Foo, :bar, [1], [file: ~c"f.ex", line: 2]}) == "f.ex:2: Foo.bar(1)"
    assert Exception.format_mfa(Foo, :"-bar/1-fun-0-", 2) == "anonymous fn/2 in Foo.bar/1"
    assert Exception.format_mfa(:erl, :"a b", 0) == ":erl.\"a b\"/0"
  end

  test "an error in a macro tells where it was called" do
    code = "require ExceptionTest.Macros\nExceptionTest.Macros.boom(1)"

    try do
      Code.eval_string(code, [], file: "caller.ex")
    rescue
      RuntimeError ->
        assert Exception.format_stacktrace(Enum.take(__STACKTRACE__, 2)) ==
                 "    expanding macro: ExceptionTest.Macros.boom/1\n    caller.ex:2: (file)\n"
    end
  end

  test "messages of exceptions that fail" do
    defmodule Silent do
      defexception [:x]
      def message(_), do: :no_text
    end

    assert Exception.message(struct(Silent)) =~ "got :no_text while retrieving Exception.message/1"
  end

  test "guards are shown as they were written" do
    guarded = """
    defmodule ExceptionTest.Guarded do
      require Integer
      def even(n) when Integer.is_even(n), do: n
      def host(page) when is_struct(page.uri, URI), do: page.uri
    end
    """

    [{guarded, _}] = Code.compile_string(guarded, "/guarded.ex")
    assert blamed(fn -> guarded.even(1) end) =~ "def even(n) when is_integer(n) and -Bitwise.band(n, 1) == 0-"
    assert blamed(fn -> guarded.host(%{}) end) =~ "def host(page) when -is_struct(page.uri, URI)-"
  end

  test "functions that Erlang has removed are told with what to call" do
    message = fn fun ->
      try do
        fun.()
      rescue
        error in UndefinedFunctionError -> error |> UndefinedFunctionError.blame(__STACKTRACE__) |> elem(0) |> Exception.message()
      end
    end

    assert message.(fn -> apply(:erlang, :hash, [1, 2]) end) ==
             "function :erlang.hash/2 is undefined or private, use erlang:phash2/2 instead"
  end

  defmodule Picky do
    def take(x), do: :erlang.error(:badarg, [x], error_info: %{cause: :too_small})
    def odd(x), do: :erlang.error(:odd, [x], error_info: %{module: __MODULE__, function: :explain})
    def format_error(:badarg, [{_, _, [_], info} | _]), do: %{1 => "is #{info[:error_info].cause}"}
    def explain(:odd, _stacktrace), do: %{1 => "not even"}
  end

  test "a function explains its own errors with error_info" do
    told = fn fun ->
      try do
        fun.()
      catch
        kind, reason -> Exception.format_banner(kind, reason, __STACKTRACE__)
      end
    end

    assert told.(fn -> Picky.take(1) end) ==
             "** (ArgumentError) errors were found at the given arguments:\n\n  * 1st argument: is too_small\n"

    assert told.(fn -> Picky.odd(1) end) == "** (ErlangError) Erlang error: :odd:\n\n  * 1st argument: not even\n"
    # What is rescued has been made without the trace, unless Erlang's reason is one of those that need it.
    assert_raise ArgumentError, ~r/1st argument: is too_small/, fn -> Picky.take(1) end
    assert_raise ErlangError, "Erlang error: :odd", fn -> Picky.odd(1) end
  end

  test "sizes beyond any limit" do
    for module <- [:counters, :atomics] do
      assert_raise SystemLimitError, ~r/  \* 1st argument: #{module} array size reached a system limit\n/, fn ->
        module.new(2 ** 80, [])
      end
    end
  end

  test "a call of what is no module shows its arguments, and a capture what it would have made" do
    told = fn fun ->
      try do
        fun.()
      catch
        kind, reason -> Exception.format(kind, reason, Enum.take(__STACKTRACE__, 1))
      end
    end

    [five, name] = Process.get(:nothing, [5, "name"])
    applied = "** (ArgumentError) you attempted to apply a function "
    assert told.(fn -> five.foo(1, [2]) end) =~ applied <> "on 5."
    assert told.(fn -> five.foo(1, [2]) end) =~ "\n    :erlang.apply(5, :foo, [1, [2]])"
    assert told.(fn -> apply(Enum, name, [1, 2]) end) =~ "\n    :erlang.apply(Enum, \"name\", [1, 2])"
    assert told.(fn -> &five.foo/2 end) =~ "  * 1st argument: not an atom\n\n    :erlang.make_fun(5, :foo, 2)"
  end

  test "functions of the library that wait for what there is not have a line, those that leave it to others are gone" do
    {:error, {:undef, [{NoServer, :init, [1], []} | callers]}} = GenServer.start(NoServer, 1)
    assert [{:gen_server, :init_it, 2, [file: _, line: line]} | _] = callers
    assert line > 0

    {:error, {:undef, [{NoAgent, :init, [], []} | callers]}} = Agent.start(NoAgent, :init, [])
    assert [{Agent.Server, :init, 1, _}, {:gen_server, :init_it, 2, [file: _, line: _]} | _] = callers
  end

  test "a function that has come out of an evaluation leaves no place where it is all that a process does" do
    reason = fn code ->
      {fun, _} = Code.eval_string("fn -> #{code} end")
      {_, ref} = spawn_monitor(fun)
      assert_receive {:DOWN, ^ref, _, _, reason}
      reason
    end

    assert reason.(~S|raise "x"|) == {%RuntimeError{message: "x"}, []}
    assert reason.("throw(:ball)") == {{:nocatch, :ball}, []}
    assert reason.("case hd([1]) do 2 -> 3 end") == {{:case_clause, 1}, []}
    assert reason.("if hd([1]) == 1, do: :erlang.error(:a)") == {:a, []}
    assert reason.("(fn -> raise ArgumentError end).()") == {%ArgumentError{message: "argument error"}, []}
    assert {:badarg, [{:erlang, :hd, [[]], [error_info: _]}]} = reason.("hd([])")
    assert {:function_clause, [{:lists, :flatten, [:a], [file: _, line: _]}]} = reason.("List.flatten(:a)")
    assert {:undef, [{NoSuch, :f, [], []}]} = reason.("NoSuch.f()")

    # What the evaluator still has to do is there.
    assert {%RuntimeError{}, [{:elixir, :eval_external_handler, 3, _} | _]} = reason.(~S|_ = raise "x"; 2|)
    assert {%RuntimeError{}, [{:elixir, :eval_external_handler, 3, _} | _]} = reason.(~S|try do raise "x" after :ok end|)
    assert {%RuntimeError{}, [{:elixir, :eval_external_handler, 3, _}]} = reason.(~S|Enum.map([1], fn _ -> raise "x" end)|)
    assert {%RuntimeError{}, [{:elixir_eval, :__FILE__, 1, _} | _]} = reason.(~S|Code.eval_string("raise ~s(x)")|)
  end

  test "a binding that is none fails where Elixir reads it, and so does code that is no text" do
    assert_raise FunctionClauseError, "no function clause matching in :elixir_erl_var.load_binding/6", fn -> Code.eval_string("1", nil) end
    assert_raise FunctionClauseError, "no function clause matching in :elixir_erl_var.load_pair/1", fn -> Code.eval_string("1", [1]) end
    for code <- [["1"], [:a], [?1, [?2]]], do: assert_raise(ArgumentError, "argument error", fn -> Code.string_to_quoted(code) end)
    assert Code.eval_string(~c"1 + 1") == {2, []}
    assert_raise KeyError, ~r"key :line not found in: 1", fn -> Macro.struct!(:foo, Enum.random([1])) end
    assert_raise FunctionClauseError, "no function clause matching in :code.ensure_loaded/1", fn -> Code.ensure_compiled!("x") end
  end

  test "the function that has no clause is the one that has none in Elixir" do
    told = fn fun ->
      try do
        fun.()
      rescue
        error in FunctionClauseError -> Exception.message(error) |> String.split("\n") |> hd()
      end
    end

    assert told.(fn -> Enum.unzip(1..2) end) == "no function clause matching in anonymous fn/2 in Enum.unzip/1"
    assert told.(fn -> Enum.unzip([1]) end) == "no function clause matching in Enum.unzip/3"
    assert told.(fn -> String.capitalize("hello", :no_mode) end) == "no function clause matching in String.downcase/2"
    assert {String.capitalize("", :no_mode), String.capitalize("a", :no_mode)} == {"", "A"}
    assert told.(fn -> Keyword.get_values([:a], :b) end) == "no function clause matching in Keyword.get_values/3"
    assert told.(fn -> Keyword.replace([:a], :b, 1) end) =~ "in Keyword.do_replace/3"
    assert told.(fn -> Keyword.replace!([:a], :b, 1) end) =~ "in Keyword.replace!/4"
    assert told.(fn -> Keyword.replace_lazy([:a], :b, & &1) end) =~ "in Keyword.do_replace_lazy/3"
    assert told.(fn -> Keyword.update([:a], :b, 1, & &1) end) =~ "in Keyword.update_guarded/4"
    assert told.(fn -> Keyword.update!([:a], :b, & &1) end) =~ "in Keyword.update!/4"
    assert told.(fn -> Keyword.filter([:a], & &1) end) =~ "in Keyword.do_filter/2"
    assert told.(fn -> Keyword.reject([:a], & &1) end) =~ "in Keyword.do_reject/2"
    wrong = fn enumerable -> Enum.reduce_while(enumerable, 0, fn _, _ -> 1 end) end
    assert told.(fn -> wrong.(1..3) end) =~ "in Enumerable.Range.reduce/5"
    assert told.(fn -> wrong.(Date.range(~D[2024-01-01], ~D[2024-01-03])) end) =~ "in Enumerable.Date.Range.reduce/6"
    assert told.(fn -> wrong.(Stream.unfold(1, &{&1, &1})) end) =~ "in Stream.do_unfold/4"
    assert told.(fn -> Enum.to_list(Stream.zip([[1 | 2]])) end) =~ "in Stream.Reducers.zip_list_heads_tails/3"
    assert told.(fn -> Task.await_many([:a]) end) =~ "anonymous fn/1 in Task.await_many/2"
    assert told.(fn -> Task.yield_many([:a]) end) =~ "anonymous fn/1 in Task.yield_many/2"
    assert told.(fn -> URI.encode_query([a: 1], :rfc) end) =~ "in URI.encode_kv_pair/2"
    assert told.(fn -> Macro.generate_arguments(:a, nil) end) =~ "in Macro.generate_arguments/3"
    assert told.(fn -> Macro.classify_atom(1) end) =~ "in Macro.inner_classify/1"
    assert told.(fn -> Base.encode64("a", padding: nil) end) =~ "in Base.maybe_pad/3"
    assert told.(fn -> IO.write("a", "b") end) =~ ~S|in IO."-inlined-map_dev/1-"/1|
    assert told.(fn -> :io.put_chars("a", "b") end) =~ "in :io.request/3"
    assert told.(fn -> GenServer.multi_call([node()], {:a, 1}, :x) end) =~ "in :gen_server.multi_call/4"
    assert told.(fn -> inspect([1], limit: :a) end) =~ "in Inspect.Algebra.container_each/6"
    assert_raise CaseClauseError, fn -> inspect([1], pretty: 40) end
    assert told.(fn -> :calendar.now_to_universal_time(5) end) =~ "in :calendar.now_to_datetime/1"
    assert told.(fn -> Calendar.ISO.offset_to_string(60, 0, "Z", :long) end) =~ "in Calendar.ISO.format_offset/4"
  end
end
