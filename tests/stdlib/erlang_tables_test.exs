defmodule ErlangTablesTest do
  use ExUnit.Case, async: true

  test "what a match specification makes of an object" do
    assert :erlang.match_spec_test({1, 2}, [{{:"$1", :_}, [], [:"$1"]}], :table) == {:ok, 1, [], []}
    assert :erlang.match_spec_test([1, 2], [{[:"$1", :_], [], [:"$1"]}], :trace) == {:ok, true, [], []}
    assert {:error, [error: _]} = :erlang.match_spec_test({1}, :none, :table)
  end

  test "what is to be changed is looked at where there is an object" do
    table = :ets.new(:t, [])
    :ets.insert(table, {:k, 1})
    for wrong <- [nil, {}, {0, 1}, {1, 1}, [{2, 1} | 3]], do: refute(:ets.update_element(table, :none, wrong))
    told = fn change -> Exception.message(assert_raise(ArgumentError, fn -> :ets.update_element(table, :k, change) end)) end
    assert told.(nil) =~ "3rd argument: is not a valid element specification"
    assert told.({1, 2}) =~ "3rd argument: the position is the same as the key position"
    assert told.({9, 2}) =~ "3rd argument: out of range"
  end

  test "a registry's table tells of its keys as Elixir's does" do
    start_supervised!({Registry, keys: :duplicate, name: ErlangTablesTest.Three, partitions: 3})
    assert :ets.lookup_element(ErlangTablesTest.Three, -2, 2) == {:duplicate, 3, nil}
  end

  test "a table tells that it is compressed" do
    assert :ets.info(:ets.new(:plain, []), :compressed) == false
    assert :ets.info(:ets.new(:small, [:compressed]), :compressed) == true
  end

  test "what is wrong with a match specification" do
    problems = fn spec -> with {:error, found} <- :ets.test_ms({1, 2}, spec), do: Enum.map(found, &to_string(elem(&1, 1))) end

    assert problems.([{{:_, :_}, [{:foo, :_}, {:bar}], []}]) ==
             ["Function foo/1 does_not_exist.", "Function bar/0 does_not_exist.", "Body clause does not return anything."]

    assert problems.([{{:"$1", :_}, [], [:"$2"]}]) == ["Variable $2 is unbound."]
    assert problems.([{:_, :a, [1]}]) == ["Match expression is not a list."]
    assert problems.([{:_}]) == ["Match program part is not a tuple of arity 3."]
    assert problems.(:a) == ["Match programs are not in a list."]
    assert problems.([{:_, [{1, 2}], [true]}]) == ["{1,2} is neither a function call, nor a tuple (tuples are written {{ ... }})."]
    assert problems.([{:_, [], [{:return_trace}]}]) == ["Special form 'return_trace' used in wrong dialect."]
    table = :ets.new(:t, [])
    assert_raise ArgumentError, fn -> :ets.select(table, [{{:"$1"}, [], [:"$2"]}]) end
  end

  test "a table in a file" do
    path = String.to_charlist(Path.join(System.tmp_dir!(), "table-#{System.unique_integer([:positive])}"))
    table = :ets.new(:kept, [:ordered_set, {:keypos, 2}])
    :ets.insert(table, [{:a, 2}, {:b, 1}])
    assert :ets.tab2file(table, path) == :ok
    assert {:ok, read} = :ets.file2tab(path)
    assert :ets.tab2list(read) == [{:b, 1}, {:a, 2}]
    assert :ets.info(read, :type) == :ordered_set
    assert {:ok, [{:name, :kept}, {:type, :ordered_set} | _] = info} = :ets.tabfile_info(path)
    assert [info[:keypos], info[:size], info[:named_table]] == [2, 2, false]
    assert :ets.tab2file(table, path, none: 1) == {:error, {:unknown_option, {:none, 1}}}
    File.write!(path, "nonsense")
    assert {:error, {:read_error, {:not_a_log_file, ^path}}} = :ets.file2tab(path)
    File.rm!(path)
    assert {:error, {:read_error, {:file_error, ^path, :enoent}}} = :ets.file2tab(path)
  end

  test "tables are printed" do
    table = :ets.new(:printed, [:ordered_set, :named_table])
    :ets.insert(table, {1, "one"})
    text = ExUnit.CaptureIO.capture_io(fn -> :ets.i() end)
    assert text =~ " id              name              type  size   mem      owner\n ---"
    assert text =~ " printed         printed           ordered_set 1 "
  end

  describe "a match specification of a fun in evaluated code" do
    defp specification(fun), do: elem(Code.eval_string(":ets.fun2ms(#{fun})"), 0)

    test "selects" do
      table = :ets.new(:people, [])
      :ets.insert(table, [{"ada", 36, [:lace]}, {"joe", 68, []}])
      assert :ets.select(table, specification("fn {name, age, _} when age > 40 -> name end")) == ["joe"]
    end

    test "names, guards and bodies" do
      assert specification("fn {a, _, %{k: b}} when a > 1 and is_map(b) -> [a, {b}, %{k: a} | b] end") ==
               [
                 {{:"$1", :_, %{k: :"$2"}}, [{:andalso, {:>, :"$1", 1}, {:is_map, :"$2"}}],
                  [[:"$1", {{:"$2"}}, %{k: :"$1"} | :"$2"]]}
               ]

      assert specification("fn all = {[h | t], -1} -> [all, t + elem(h, 0)] end") ==
               [{{[:"$1" | :"$2"], -1}, [], [[:"$_", {:+, :"$2", {:element, 1, :"$1"}}]]}]

      assert specification("fn {a, a} when a == 1 when a == 2 -> :\"$1\"; _ -> <<1>> end") ==
               [
                 {{:"$1", :"$1"}, [{:==, :"$1", 1}], [{:const, :"$1"}]},
                 {{:"$1", :"$1"}, [{:==, :"$1", 2}], [{:const, :"$1"}]},
                 {:_, [], [<<1>>]}
               ]

      assert specification("& &1") == [{:"$1", [], [:"$1"]}]
    end

    test "what cannot be one is told" do
      for {fun, why} <- [
            {"fn a, _ -> a end", "ets:fun2ms requires fun with single variable or tuple parameter"},
            {"fn {a, %{} = _} -> a end", "in fun head, only matching (=) on toplevel can be translated into match_spec"},
            {"fn {a, :\"$2\"} -> a end",
             "fun head contains atom '$2', which conflics with reserved atoms in match_spec heads"},
            {"fn {a} -> String.length(a) end",
             "fun containing the remote function call ''Elixir.String':length/1' (called in body) cannot be translated into match_spec"},
            {"fn {a} -> a.b end", "the language element case (in body) cannot be translated into match_spec"},
            {"fn {a} -> \"x\#{a}\" end", "the language element case (in body) cannot be translated into match_spec"},
            {"fn {a} -> a <> a end",
             "bit syntax construction with variable '_a@1' (in body) cannot be translated into match_spec"},
            {"fn {a} -> x = a; x end", "fun with body matching ('=' in body) is illegal as match_spec"}
          ] do
        text = ExUnit.CaptureIO.capture_io(fn -> assert specification(fun) == {:error, :transform_error} end)
        assert text == "Error: #{why}\n"
      end

      assert_raise FunctionClauseError, "no function clause matching in :ms_transform.normalise/1", fn ->
        Code.eval_string("limit = 5; :ets.fun2ms(fn {a} when a > limit -> a end)")
      end
    end
  end

  test "what is wrong with a call is told of each argument" do
    table = :ets.new(:table, [])

    for {function, args, texts} <- [
          {:match, [table, 1, :x], ["3rd argument: not an integer"]},
          {:match_object, [%{}, 1, 0], ["1st argument: not an atom or a table identifier", "3rd argument: out of range"]},
          {:select, ["x", 2, :x], ["1st argument: not an atom or a table identifier", "2nd argument: not a valid match specification", "3rd argument: not an integer"]},
          {:select_reverse, [table], ["1st argument: invalid continuation"]},
          {:rename, [table, "x"], ["2nd argument: invalid table name (must be an atom)"]},
          {:safe_fixtable, [table, 1], ["2nd argument: not a boolean value"]},
          {:match_spec_compile, [:x], ["1st argument: not a valid match specification"]},
          {:lookup_element, [%{}, 1, "x"], ["1st argument: not an atom or a table identifier", "3rd argument: not an integer"]},
          {:lookup_element, [table, 1, :x], ["3rd argument: not an integer"]},
          {:update_counter, [{}, 1, :a], ["1st argument: not an atom or a table identifier", "3rd argument: not a valid update operation"]},
          {:update_element, [{}, 1, {2, 5}], ["1st argument: not an atom or a table identifier"]},
          {:foldl, [1, 2, []], ["1st argument: not an atom or a table identifier"]},
          {:init_table, [[], 1], ["1st argument: not an atom or a table identifier"]}
        ] do
      error = assert_raise ArgumentError, fn -> apply(:ets, function, args) end
      assert error.message == "errors were found at the given arguments:\n\n" <> Enum.map_join(texts, &"  * #{&1}\n")
    end

    assert_raise ArgumentError, "argument error", fn -> :ets.match_spec_run([], 1) end
  end
end
