defmodule ErlangMisuseTest do
  # What Erlang's modules refuse, in OTP's words, and what they answer at their edges.
  use ExUnit.Case, async: true

  test "a fun is no match specification" do
    assert {:badarg, {:ets, :fun2ms, [:function, :called | _]}} = catch_exit(:ets.fun2ms(fn x -> x end))
  end

  test "where flattening a list that is none ends" do
    for {list, message} <- [{[1, [2, [3 | 4]], 5], "do_flatten/2"}, {:a, "flatten/1"}] do
      message = "no function clause matching in :lists." <> message
      assert_raise FunctionClauseError, message, fn -> :lists.flatten(list) end
    end
  end

  test "what is wrong with an update of a counter, with digits, and with a format" do
    message = fn fun -> Exception.message(assert_raise(ArgumentError, fun)) end
    table = :ets.new(:counters, [:set])

    for update <- [1, {2, 1}], do:
      assert(message.(fn -> :ets.update_counter(table, :a, update, {:d}) end) =~ "the position in the update operation is out of range")

    assert message.(fn -> :ets.update_counter(table, :a, {1, 1}, {:d, 1}) end) =~ "the position is the same as the key position"
    assert message.(fn -> :binary.decode_hex("12g4") end) =~ "1st argument: g4 is not a valid hex"
    assert :binary.decode_hex("12fF") == <<0x12, 0xFF>>
    assert message.(fn -> :io_lib.format([?a, "~w"], [1]) end) == "argument error"
    assert to_string(:io_lib.format([?~, ?w, "~w"], [1])) == "1~w"
    assert :erlang.split_binary(<<1, 2, 5::4>>, 1) == {<<1>>, <<2, 5::4>>}
  end

  test "each wrong argument is told" do
    message = fn fun -> Exception.message(assert_raise(ArgumentError, fun)) end
    assert message.(fn -> :rand.normal(1, "a") end) =~ "* 1st argument: not a number"
    told = message.(fn -> :erlang.process_flag(:a, :trap_exit, true) end)
    assert told =~ "* 1st argument: not a pid"
    assert told =~ "* 2nd argument: invalid process flag"
    assert_raise ArithmeticError, fn -> :rand.normal(:a, 1) end

    for timer <- [:send_after, :start_timer], options <- [[], [[]]] do
      told = message.(fn -> apply(:erlang, timer, [9_007_199_254_740_993, "a", 1 | options]) end)
      assert told =~ "* 1st argument: exceeds the maximum supported time value"
      assert told =~ "* 2nd argument: not a pid or an atom"
    end

    assert :erlang.cancel_timer(Process.send_after(self(), 1, 9_223_370_000_000)) > 9_000_000_000_000
    broken = <<131, 108>>
    assert message.(fn -> :erlang.binary_to_term(broken, :a) end) =~ ~r/arguments:\n\n  \* 2nd argument: not a list\n$/
    assert message.(fn -> :erlang.binary_to_term(broken, [:a]) end) =~ ~r/arguments:\n\n  \* 2nd argument: invalid option in list\n$/
    assert message.(fn -> :erlang.binary_to_term(broken, [:safe]) end) =~ "1st argument: invalid or unsafe external representation"
  end

  test "collections fail and are built as OTP's" do
    assert_raise ArgumentError, "argument error: [{0, :b}]", fn -> :array.from_orddict([{3, :a}, {0, :b}]) end
    assert_raise ArgumentError, "argument error", fn -> :array.foldl(:x, 0, :array.new()) end
    assert_raise ArgumentError, "argument error", fn -> :queue.delete(2, :foo) end

    assert_raise FunctionClauseError, "no function clause matching in :gb_trees.take_1/2", fn -> :gb_trees.take(9, :gb_trees.empty()) end
    assert :gb_trees.take(:a, :gb_trees.from_orddict(a: 1, b: 2)) == {1, {1, {:b, 2, nil, nil}}}
  end

  test "sets made of two are built from the back" do
    assert :gb_sets.difference(:gb_sets.from_list([1, 2, 3, 4]), :gb_sets.from_list([:none])) ==
             {4, {2, {1, nil, nil}, {3, nil, {4, nil, nil}}}}

    assert :gb_sets.union(:gb_sets.from_list([1]), :gb_sets.from_list([2])) == {2, {1, nil, {2, nil, nil}}}
  end

  test "paths of a graph are deleted whole, edges do not move" do
    graph = :digraph.new()
    for vertex <- 1..4, do: :digraph.add_vertex(graph, vertex)
    [first | _] = for {from, to} <- [{1, 2}, {2, 3}, {3, 4}, {3, 1}], do: :digraph.add_edge(graph, from, to)
    assert :digraph.add_edge(graph, first, 2, 3, []) == {:error, {:bad_edge, [2, 3]}}
    assert :digraph.add_edge(graph, first, 1, 2, :label) == first
    assert :digraph.del_path(graph, 1, 4) == true
    assert [edge] = :digraph.edges(graph)
    assert {_, 3, 1, []} = :digraph.edge(graph, edge)
    assert_raise ArgumentError, fn -> :digraph.new(:foo) end
  end

  test "functions on lists of characters take lists only, of anything" do
    assert :string.concat(~c"a", [:b, "c"]) == [?a, :b, "c"]
    assert :string.join([~c"a", "b"], ~c",") == [?a, ?, | "b"]
    assert :string.chr([:x, ?a], ?a) == 2
    assert {:string.str(~c"abc", ~c""), :string.rstr(~c"abcbc", ~c"bc")} == {0, 4}
    assert {:string.left(~c"abc", 5, ?.), :string.right(~c"abc", 2), :string.centre(~c"abc", 6)} == {~c"abc..", ~c"bc", ~c" abc  "}
    assert {:string.words(~c""), :string.words(~c" a b "), :string.sub_word(~c"a b", 2)} == {1, 2, ~c"b"}
    assert {:string.to_upper(~c"aÿé"), :string.to_lower(?À)} == {~c"AÿÉ", ?à}
    assert_raise ArgumentError, ~r/1st argument: not a list/, fn -> :string.len("abc") end
    assert_raise FunctionClauseError, "no function clause matching in :string.substr/2", fn -> :string.substr(~c"ab", 0) end
    assert_raise FunctionClauseError, "no function clause matching in :string.copies/2", fn -> :string.copies("ab", 2) end
  end

  test "what is no text is told as OTP comes upon it" do
    assert_raise FunctionClauseError, "no function clause matching in :unicode_util.cp/1", fn -> :string.length(:a) end
    assert_raise ArgumentError, "argument error: <<255>>", fn -> :string.length(<<"b", 255>>) end
    assert_raise ArgumentError, "argument error: 1", fn -> :string.uppercase(1) end
    assert_raise MatchError, fn -> :string.split(1, "a") end
    assert_raise ArgumentError, ~r/1st argument: not valid character data/, fn -> :string.find("a", 1) end
    assert_raise FunctionClauseError, "no function clause matching in :string.pad/4", fn -> :string.pad("a", 3, :middle) end
    assert_raise FunctionClauseError, "no function clause matching in :string.slice/2", fn -> :string.slice("a", -1) end
    assert :string.next_codepoint(<<255, 1>>) == {:error, <<255, 1>>}
    assert {:string.chomp("a\r\n\n"), :string.chomp("a\r"), :string.is_empty(1)} == {"a", "a\r", false}
    assert :string.to_float("-1,5eX") == {-1.5, "eX"}
  end

  test "replacing by expressions gives pieces, unknown options are refused" do
    assert :re.replace("abcd", "c", "[&]") == ["ab", ["[", "c", "]"] | "d"]
    assert :re.replace("abab", "b", "x", [:global]) == ["a", "x", "a", "x"]
    assert :re.replace("abc", "(z)?b", "<\\1>") == ["a", ["<", "", ">"] | "c"]
    assert :re.replace(~c"abc", "z", "x") == ~c"abc"
    assert :re.replace("abc", "b", "&&", return: :binary) == "abbc"
    for options <- [[:foo], [foo: 1], [:trim]], do: assert_raise(ArgumentError, fn -> :re.replace("a", "a", "b", options) end)
    assert_raise ArgumentError, fn -> :re.split("a", "a", [:global]) end
    assert_raise ArgumentError, "argument error", fn -> :re.run("a", "a", capture: {:all, :binary}) end
    assert_raise ArgumentError, ~r/2nd argument: invalid options/, fn -> :re.compile("a", [:foo]) end
    assert :re.compile(<<255>>, [:unicode]) == {:error, {~c"invalid UTF-8 string", 0}}
  end

  test "what formats write stands in lists of its own" do
    assert :io_lib.format("a~wb", [1]) == [?a, ~c"1", ?b]
    assert :io_lib.format("~s~s~b~n", ["x", :y, 5]) == [~c"x", ?y, ?5, ?\n]
    assert_raise ArgumentError, fn -> :io_lib.format("~2.3c", [?a]) end
    assert :io_lib.fread(~c"~2d~2d", ~c"1234") == {:ok, [12, 34], []}
  end

  test "seeds of generators, and what they refuse" do
    assert {:exsss, [1 | 0]} = :rand.export_seed_s(:rand.seed_s(:exsss, [1]))
    assert catch_error(:rand.seed_s(:exsss, [0, 0])) == :zero_seed
    assert catch_error(:rand.seed_s(:exsss, [:a])) == :non_integer_seed
    assert catch_error(:rand.seed_s(:exsss, [1, 2, 3])) == :too_many_seed_integers
    assert_raise FunctionClauseError, "no function clause matching in :rand.uniform_s/2", fn -> :rand.uniform(0) end
    assert_raise FunctionClauseError, "no function clause matching in :rand.uniform_s/1", fn -> :rand.uniform_s(:a) end
    assert_raise ArithmeticError, fn -> :rand.normal(1, -1) end
    assert :rand.exsp_jump([1 | 2]) == [62_857_607_239_118_635 | 99_818_531_232_796_752]
    assert :counters.info(:counters.new(1, [])).memory == 48
    assert_raise ArgumentError, ~r/1st argument: invalid atomics reference/, fn -> :counters.get(make_ref(), 1) end
  end

  test "walking what is no map" do
    assert_raise BadMapError, fn -> :maps.map(&{&1, &2}, [1]) end
    assert_raise ArgumentError, ~r/1st argument: not a fun that takes two arguments/, fn -> :maps.filter(& &1, %{}) end
    assert :proplists.substitute_negations([no_a: :a], no_a: 1, no_a: true) == [:a, {:a, false}]
  end

  test "tables tell why they refuse" do
    table = :ets.new(:protected, [:protected])
    refused = fn -> Task.async(fn -> try do :ets.insert(table, {1}) rescue e -> Exception.message(e) end end) |> Task.await() end
    assert refused.() =~ "1st argument: the table identifier refers to an ETS table with insufficient access rights"
    assert_raise ArgumentError, ~r/2nd argument: the process is already the owner/, fn -> :ets.give_away(table, self(), 1) end
    assert_raise ArgumentError, ~r/2nd argument: invalid options/, fn -> :ets.setopts(table, {:foo, 1}) end
    assert_raise ArgumentError, ~r/2nd argument: invalid options/, fn -> :ets.new(:a, write_concurrency: :foo) end
    :ets.insert(table, {:c, 1})
    assert_raise ArgumentError, ~r/3rd argument: the position is the same as the key/, fn -> :ets.update_counter(table, :c, {1, 1}) end
    bag = :ets.new(:bag, [:bag])
    assert_raise ArgumentError, ~r/of a type not supported by this operation/, fn -> :ets.update_counter(bag, :c, 1) end
    assert {:ets.safe_fixtable(table, true), :ets.info(table, :fixed)} == {true, true}
    assert {:ets.safe_fixtable(table, false), :ets.info(table, :fixed)} == {true, false}
  end

  test "what the runtime is asked for and does not know" do
    assert_raise ArgumentError, ~r/1st argument: invalid system info item/, fn -> :erlang.system_info(:foo) end
    assert_raise ArgumentError, ~r/1st argument: invalid memory type option/, fn -> :erlang.memory(:foo) end
    assert_raise ArgumentError, ~r/1st argument: not a valid node type/, fn -> :erlang.nodes(:foo) end
    assert_raise ArgumentError, ~r/invalid hex escape character/, fn -> Macro.unescape_string("\\xZ") end
    assert_raise ArgumentError, fn -> Macro.unescape_string("\\a", fn _ -> :x end) end
    assert_raise UndefinedFunctionError, fn -> Macro.struct_info!(URI, :env) end
    assert inspect(%{~D[2024-01-01] | year: nil, month: nil, day: nil}) =~ "got ArgumentError with message"
  end

  test "binaries that evaluated code cannot build are told as OTP's evaluator comes upon them" do
    failure = fn code, bindings ->
      try do
        Code.eval_string(code, bindings)
      rescue
        error -> Exception.message(error)
      end
    end

    for code <- [~S("a" <> x), "<<1, x::binary>>", "<<x::bits>>", "for i <- [1], do: <<i, x::binary>>"],
        do: assert(failure.(code, x: 5) =~ "1st argument: not a bitstring")

    assert failure.("<<x::binary-size(1)>>", x: 5) =~ "construction of binary failed: segment 1 of type 'binary'"
    assert failure.("<<1, x>>", x: :a) =~ "construction of binary failed: segment 2 of type 'integer'"
    assert failure.("<<1::size(x)>>", x: :a) == "argument error"
    assert failure.("<<x::binary>>", x: <<1::3>>) == "argument error"
  end

  test "formats that do not fit their arguments" do
    told = fn format, args -> ArgumentError |> assert_raise(fn -> :io.format(format, args) end) |> Exception.message() end
    assert told.("~p ~p", [1]) =~ "1st argument: wrong number of arguments"
    assert told.("~q", [1]) =~ "1st argument: format string invalid (invalid control ~q)"
    assert told.("~p~5", [1]) =~ "1st argument: format string invalid (truncated)"
    assert told.("~p ~.2f", [1, "a"]) =~ "2nd argument: element 2 must be of type float"
    assert told.("~s", [1]) =~ "2nd argument: element 1 must be of type string"
  end

  test "a port cannot be opened, and none can be closed" do
    assert_raise ErlangError, ~r/:enotsup/, fn -> Port.open({:spawn, "cat"}, []) end
    assert_raise ArgumentError, fn -> Port.close(:none) end
  end

  test "a file is closed once, lines are counted by their ends" do
    path = Path.join(System.tmp_dir!(), "lines_of_#{System.unique_integer([:positive])}")
    File.write!(path, "a\nb\nc")
    {:ok, device} = File.open(path)
    assert {File.close(device), File.close(device)} == {:ok, :ok}
    assert Enum.count(File.stream!(path)) == 2
    File.rm!(path)
  end

  test "a part of a list from behind its end is empty, whatever its length" do
    assert :lists.sublist([:a], 5, 1..5) == []
    assert :lists.sublist([:a], 3, :none) == []
    assert :lists.sublist([:a], 2 ** 70, -1) == []
    assert :lists.sublist([:a], 1, 2 ** 70) == [:a]
    assert_raise FunctionClauseError, fn -> :lists.sublist([:a], 2, :none) end
    assert_raise FunctionClauseError, fn -> :lists.sublist([:a], 1.0, 1) end
  end

  test "who looks for an element behind the end is told what is left to do there" do
    arguments = fn fun ->
      try do
        fun.()
      rescue
        FunctionClauseError -> __STACKTRACE__ |> hd() |> elem(2)
      end
    end

    assert arguments.(fn -> :lists.nth(100, [1, 2]) end) == [98, []]
    assert arguments.(fn -> :lists.nthtail(100, [1 | 2]) end) == [99, 2]
    assert arguments.(fn -> :lists.nth(0, [1]) end) == [0, [1]]
  end

  test "something that is no set has no elements of another" do
    refute :ordsets.is_subset(:none, [])
    refute :ordsets.is_subset([1 | 2], [1])
    assert_raise FunctionClauseError, fn -> :ordsets.is_subset([1], :none) end
  end

  test "the empty atom exists" do
    assert List.to_existing_atom([]) == :""
  end

  test "what is no dictionary is no record" do
    assert catch_error(:dict.find(:a, :none)) == {:badrecord, :none}
    assert catch_error(:dict.store(:a, 1, %{})) == {:badrecord, %{}}
    assert catch_error(:dict.to_list([])) == {:badrecord, []}
    assert catch_error(:dict.merge(fn _, a, _ -> a end, :dict.new(), :none)) == {:badrecord, :none}
    assert_raise FunctionClauseError, fn -> :orddict.is_empty(:none) end
    assert_raise FunctionClauseError, fn -> :orddict.fold(:none, 0, []) end
    assert_raise FunctionClauseError, fn -> :sets.filter(:none, %{}) end
  end

  test "text that is none, numbers that are none" do
    assert_raise FunctionClauseError, fn -> :base64.encode(:none) end
    assert_raise FunctionClauseError, fn -> :base64.mime_decode(1) end
    assert_raise FunctionClauseError, fn -> :unicode.encoding_to_bom(:none) end
    assert_raise FunctionClauseError, fn -> :unicode.bom_to_encoding(1) end
    assert_raise ArithmeticError, fn -> :calendar.gregorian_days_to_date(1.5) end
    assert_raise ArithmeticError, fn -> :string.chars(1.5, [1]) end
    assert :string.list_to_integer([1 | 2]) == {:error, :no_integer}
  end

  test "no error of the host is shown" do
    for {module, function, args} <- [
          {Code, :print_diagnostic, [1]},
          {:code, :ensure_compiled, ["x"]},
          {:code, :ensure_loaded, [1]},
          {:code, :which, [1]},
          {:code, :is_loaded, [1]},
          {:code, :add_path, [1]},
          {:code, :lib_dir, [1]},
          {:code, :get_object_code, [1]},
          {:code, :load_binary, [1, 2, 3]}
        ],
        do: assert_raise(FunctionClauseError, fn -> apply(module, function, args) end)

    assert_raise ArgumentError, fn -> :erlang.get_module_info(1) end
    assert_raise ArgumentError, fn -> :erlang.get_module_info([], :exports) end
    assert_raise ArgumentError, fn -> :code.module_md5(:a) end

    assert {{:function_clause, _}, {:gen_server, :call, [1, :references, :infinity]}} = catch_exit(Kernel.LexicalTracker.references(1))
    assert_raise FunctionClauseError, fn -> Kernel.LexicalTracker.warn_alias(1, [], A, B) end
    assert_raise FunctionClauseError, fn -> Kernel.LexicalTracker.stop(1) end
  end

  test "what is wrong with a name or a value of the environment, a signal and a command" do
    message = fn function, args -> Exception.message(assert_raise(ArgumentError, fn -> apply(:os, function, args) end)) end
    assert message.(:getenv, [1]) =~ "1st argument: not a list"
    assert message.(:getenv, [~c"a=b"]) =~ ~s|1st argument: "=" characters is not allowed in environment variable names|
    assert message.(:putenv, [~c"a", [0]]) =~ ~S|2nd argument: "\0" characters is not allowed in environment variable names or values|
    assert message.(:unsetenv, [[:a]]) =~ "1st argument: not a list of characters"
    assert message.(:putenv, [[1 | 2], 1]) =~ "1st argument: not a proper list\n  * 2nd argument: not a list"
    assert message.(:system_time, [:x]) =~ "1st argument: invalid time unit"
    assert message.(:set_signal, [:sigfoo, :default]) =~ "1st argument: invalid signal name"
    assert message.(:cmd, [1]) =~ "1st argument: not a list of characters"
    assert :os.getenv(~c"") == false
  end

  test "what is subtracted from a counter is negated first" do
    assert_raise ArithmeticError, "bad argument in arithmetic expression", fn -> :counters.sub(:counters.new(1, []), 1, :a) end
    assert_raise ArgumentError, ~r/3rd argument: not an integer/, fn -> :counters.sub(:counters.new(1, []), 1, 1.5) end
    assert_raise ArgumentError, ~r/1st argument: invalid atomics reference/, fn -> :counters.info(1) end
  end

  test "no graph, and lists of properties that are none" do
    for call <- [fn -> :digraph.vertices(1) end, fn -> :digraph.add_edge(1, 2, 3) end, fn -> :digraph_utils.topsort(1) end],
        do: assert_raise(ErlangError, "Erlang error: {:badrecord, 1}", call)

    for call <- [fn -> :proplists.expand(1, []) end, fn -> :proplists.compact(1) end, fn -> :proplists.split([:a], 1) end],
        do: assert_raise(ErlangError, "Erlang error: {:bad_generator, 1}", call)

    assert :proplists.lookup(:a, [:a | :b]) == {:a, true}
    assert_raise FunctionClauseError, fn -> :proplists.is_defined(:a, 1) end
  end

  test "lists that are not sorted are merged as they are met, and queues keep their halves" do
    assert :lists.merge([1]) == 1
    assert :lists.rmerge([1, 2], [3, 1]) == [3, 1, 1, 2]
    assert :lists.rumerge([1, 2], [3, 1]) == [3, 1, 2]
    assert :lists.rmerge3([1, 2], [3], [0, 7]) == [3, 1, 2, 0, 7]
    assert :queue.delete(:x, {[1], []}) == {[1], []}
    assert :queue.delete_r(:x, {[1], []}) == {[1], []}
  end

  test "where text of base 64 ends too early, is not what it should be, or goes on" do
    assert failure(:decode, "YW") == "no function clause matching in :base64.decode_binary/4"
    assert failure(:decode, ~c"YWJjZ") == "no function clause matching in :base64.decode_list/3"
    assert failure(:decode, "YWJjZA==x") == "no case clause matching: 49"
    assert failure(:mime_decode, "YWJ") == "no function clause matching in :base64.mime_decode_binary/5"
    assert failure(:encode, [300]) =~ "1st argument: out of range"
    assert :base64.mime_decode("YQ==YQ==") == <<97, 6, 16>>
    assert :base64.mime_decode("a!b=") == "i"
    assert :base64.decode("Y W\nJj") == "abc"
    assert :base64.encode(~c"abcd") == "YWJjZA=="
  end

  test "which is told of arguments of update_with: the map, then the fun" do
    assert_raise BadMapError, fn -> :maps.update_with(:a, %{a: 1}, & &1) end
    assert_raise BadMapError, fn -> :maps.update_with(:a, 1, 2, 3) end
    assert_raise ArgumentError, ~r/2nd argument: not a fun that takes one argument/, fn -> :maps.update_with(:a, 1, %{a: 1}) end
  end

  test "what is no stack trace cannot be raised with" do
    for wrong <- [:x, nil, [:x], [{:a}], [{A, :b}], [{A, :b, 1, :x}], [{1, :b, 1, []}], [{A, :b, 1, []} | :x]],
        do: assert(:erlang.raise(:error, :reason, wrong) == :badarg)

    assert :erlang.raise(:wrong, :reason, []) == :badarg

    for right <- [[], [{A, :b, 1}], [{A, :b, [1], [line: 1]}], [{fn -> 1 end, []}], [{fn -> 1 end, [], []}]],
        do: assert(catch_error(:erlang.raise(:error, :reason, right)) == :reason)
  end

  test "functions of lists fail in the functions that walk them" do
    for {name, args, failed} <- [
          {:map, [& &1, [1 | 2]], "map_1/2"},
          {:flatmap, [&[&1], 5], "flatmap_1/2"},
          {:foldl, [fn _, _ -> 0 end, 0, [1 | 2]], "foldl_1/3"},
          {:foreach, [& &1, 5], "foreach_1/2"},
          {:partition, [&(&1 == 1), [1 | 2]], "partition_1/4"},
          {:takewhile, [&(&1 == 1), [1 | 2]], "takewhile_1/2"},
          {:dropwhile, [&(&1 == 1), [1 | 2]], "dropwhile_1/2"},
          {:search, [&(&1 == 2), [1 | 2]], "search_1/2"},
          {:uniq, [[1 | 2]], "uniq_1/2"},
          {:max, [[1 | 2]], "max/2"},
          {:min, [[1 | 2]], "min/2"},
          {:last, [[1 | 2]], "last/2"}
        ],
        do: assert_raise(FunctionClauseError, "no function clause matching in :lists.#{failed}", fn -> apply(:lists, name, args) end)
  end

  test "the greatest and the least of a list are those of Erlang's function" do
    for name <- [:max, :min],
        do: assert_raise(FunctionClauseError, "no function clause matching in :lists.#{name}/2", fn -> apply(Enum, name, [[1, 3 | 2]]) end)

    assert Enum.max([1, 1.0, :a, 3.5, :a]) == :a
    assert Enum.max([2, 2.0, 1]) === 2
    assert Enum.min([2.0, 2, 3]) === 2.0
    assert Enum.max([2 ** 70, 1, 1.0e10]) == 2 ** 70
  end

  test "of parts of an address only those with text are decoded" do
    assert :uri_string.percent_decode(%{path: "a%2f", host: ~c"%41", scheme: "%41", port: 1}) == %{path: "a/", host: ~c"A", scheme: "%41", port: 1}
    assert :uri_string.percent_decode(%{"path" => "%41", a: "%zz"}) == %{"path" => "%41", a: "%zz"}
    assert :uri_string.percent_decode(%{path: "%ff"}) == {:error, :invalid_utf8, <<255>>}
    assert :uri_string.percent_decode(%{path: ~c"%ff"}) == {:error, {:invalid, {:path, {:invalid_utf8, <<255>>}}}}
    assert :uri_string.percent_decode(1..1_000_000_000_000) == 1..1_000_000_000_000
  end

  test "what no server can be asked" do
    assert_raise ArgumentError, "argument error", fn -> :gen_server.reqids_size(1) end
    assert_raise ArgumentError, "argument error", fn -> :gen_server.receive_response(1, 5) end
    assert_raise FunctionClauseError, "no function clause matching in :gen_server.cast/2", fn -> :gen_server.cast(1, :x) end
    assert_raise FunctionClauseError, "no function clause matching in :gen_server.multi_call/3", fn -> :gen_server.multi_call([node()], self(), :x) end
    assert {{:function_clause, [{:gen, :do_for_proc, [1, _], _} | _]}, {:gen_server, :call, [1, :x]}} = catch_exit(:gen_server.call(1, :x))
    assert {{:function_clause, [{:gen, :call, _, _} | _]}, _} = catch_exit(:gen_server.call(self(), :x, :soon))

    {pid, monitor} = spawn_monitor(fn -> :gen_server.enter_loop(Server, [], nil) end)
    assert_receive {:DOWN, ^monitor, :process, ^pid, :process_was_not_started_by_proc_lib}
  end

  test "a counter is named by what it is made of, and may be taken apart" do
    assert {:atomics, cells} = counter = :counters.new(1, [])
    assert {:write_concurrency, _} = :counters.new(1, [:write_concurrency])
    :counters.add(counter, 1, 5)
    assert :atomics.get(cells, 1) == 5
  end

  test "a path is characters" do
    for path <- [nil, :a], do: assert_raise(FunctionClauseError, fn -> File.exists?(path) end)
    assert_raise FunctionClauseError, fn -> File.dir?(true) end
  end

  defp failure(name, text) do
    apply(:base64, name, [text])
  rescue
    error -> Exception.message(error)
  end
end
