defmodule ErlangCollectionsTest do
  use ExUnit.Case, async: true

  test "sets and dictionaries show what they hold in Erlang's order" do
    assert :sets.to_list(:sets.from_list([1, 2, 3, :a, "b"])) == [3, :a, 2, 1, "b"]
    assert :sets.to_list(:sets.from_list([3, 1, 2], version: 2)) == [1, 2, 3]

    many = :sets.from_list(Enum.to_list(1..300))
    assert Enum.take(:sets.to_list(many), 8) == [64, 128, 192, 51, 115, 179, 243, 298]
    few = Enum.reduce(1..280, many, &:sets.del_element/2)
    assert :sets.to_list(few) == [295, 282, 298, 285, 288, 291, 294, 281, 297, 300, 284, 287, 290, 293, 296, 299, 283, 286, 289, 292]

    dict = :dict.from_list(for i <- 1..6, do: {i, i * i})
    assert :dict.fetch_keys(dict) == [3, 6, 2, 5, 1, 4]
    assert :dict.to_list(:dict.filter(fn key, _ -> key > 4 end, dict)) == [{6, 36}, {5, 25}]
    assert :erlang.phash({:a, [1, "b", 2.5], %{}}, 4_294_967_296) == 1_525_266_032
  end

  test "an array is a tree of tens that keeps what nothing was set in as a number" do
    assert :array.set(12, :x, :array.new()) ==
             {:array, 13, 100, :undefined,
              {10,
               {:undefined, :undefined, :x, :undefined, :undefined, :undefined, :undefined, :undefined, :undefined,
                :undefined}, 10, 10, 10, 10, 10, 10, 10, 10, 10}}

    assert :array.new(size: 3, default: 0) == {:array, 3, 0, 0, 10}
    grown = Enum.reduce(1..2000, :array.new(), fn i, array -> :array.set(i * 7, i, array) end)
    assert :array.sparse_to_list(grown) == Enum.to_list(1..2000)
    assert :array.get(14, grown) == 2
    assert :array.get(20_000, grown) == :undefined
    assert_raise ArgumentError, fn -> :array.set(5, 1, :array.new(3)) end
  end

  test "queues hold their elements as Erlang's do" do
    assert {{:value, 1}, {[], [2]}} = :queue.out({[2], [1]})
    assert {{:value, 2}, {[1], []}} = :queue.out_r({[2], [1]})
    assert :queue.split(1, {[4], [1, 2, 3]}) == {{[], [1]}, {[4], [2, 3]}}
    assert :queue.split(3, {[4, 3], [1, 2]}) == {{[3], [1, 2]}, {[4], []}}
  end

  test "JSON of Erlang's own module" do
    assert :json.decode(~s({"a": [1, null, 1.5]})) == %{"a" => [1, :null, 1.5]}
    assert_raise ErlangError, "Erlang error: :unexpected_end", fn -> :json.decode("[1,") end
    assert_raise ErlangError, "Erlang error: {:invalid_byte, 120}", fn -> :json.decode("[1 x") end
    assert IO.iodata_to_binary(:json.encode(%{"b" => true, a: [1, :null, "é"]})) == ~s({"a":[1,null,"é"],"b":true})
    assert :json.encode_binary_escape_all("é😀") == ~S("\u00E9\uD83D\uDE00")

    assert {:continue, state} = :json.decode_start("[1,", :ok, %{})
    assert :json.decode_continue("2] x", state) == {[1, 2], :ok, " x"}
  end

  describe "what OTP has had since 26" do
    test "lists of unequal length are padded, cut off or refused" do
      assert :lists.zip([1, 2, 3], [:a], {:pad, {0, :z}}) == [{1, :a}, {2, :z}, {3, :z}]
      assert :lists.zip3([1, 2, 3], [:a], [4, 5], :trim) == [{1, :a, 4}]
      assert :lists.zipwith3(&(&1 + &2 + &3), [1], [1, 2], [1], {:pad, {9, 9, 9}}) == [3, 20]
      assert_raise FunctionClauseError, "no function clause matching in :lists.zip/3", fn -> :lists.zip([1], [], :fail) end
      assert_raise FunctionClauseError, "no function clause matching in :lists.zipwith3/5", fn -> :lists.zipwith3(&max/2, [], [], [], :trim) end
    end

    test "maps, sets and trees are walked in an order" do
      walk = fn walk, next, iterator ->
        case next.(iterator) do
          :none -> []
          {key, _value, iterator} -> [key | walk.(walk, next, iterator)]
          {element, iterator} -> [element | walk.(walk, next, iterator)]
        end
      end

      map = %{b: 1, a: 2, c: 3}
      assert walk.(walk, &:maps.next/1, :maps.iterator(map, :ordered)) == [:a, :b, :c]
      assert walk.(walk, &:maps.next/1, :maps.iterator(map, :reversed)) == [:c, :b, :a]
      assert :maps.fold(fn key, _, acc -> [key | acc] end, [], :maps.iterator(map, &>=/2)) == [:a, :b, :c]

      set = :gb_sets.from_list([1, 3, 5, 7])
      assert walk.(walk, &:gb_sets.next/1, :gb_sets.iterator(set, :reversed)) == [7, 5, 3, 1]
      assert walk.(walk, &:gb_sets.next/1, :gb_sets.iterator_from(4, set, :reversed)) == [3, 1]
      assert {:gb_sets.larger(3, set), :gb_sets.smaller(1, set), :gb_sets.smaller(9, set)} == {{:found, 5}, :none, {:found, 7}}

      tree = :gb_trees.from_orddict([{1, :a}, {2, :b}, {5, :c}])
      assert walk.(walk, &:gb_trees.next/1, :gb_trees.iterator_from(5, tree, :reversed)) == [5, 2, 1]
      assert {:gb_trees.larger(2, tree), :gb_trees.smaller(2, tree), :gb_trees.larger(5, tree)} == {{5, :c}, {1, :a}, :none}
    end

    test "sets are mapped and compared, whichever kind they are" do
      assert :sets.to_list(:sets.map(&(&1 * 2), :sets.from_list([1, 2], version: 2))) == [2, 4]
      assert :sets.is_equal(:sets.from_list([1, 2]), :sets.from_list([2, 1], version: 2))
      assert :ordsets.map(&div(&1, 2), [1, 2, 3]) == [0, 1]
      assert :ordsets.filtermap(&(&1 > 1 and {true, -&1}), [1, 2, 3]) == [-3, -2]
      assert :gb_sets.to_list(:gb_sets.filtermap(&(&1 != 2), :gb_sets.from_list([1, 2, 3]))) == [1, 3]
    end

    test "tables give keys with their objects, and take a default" do
      table = :ets.new(:table, [:ordered_set])
      :ets.insert(table, [{:a, 1}, {:b, 2}])
      assert {:ets.first_lookup(table), :ets.next_lookup(table, :a)} == {{:a, [a: 1]}, {:b, [b: 2]}}
      assert {:ets.last_lookup(table), :ets.prev_lookup(table, :a)} == {{:b, [b: 2]}, :"$end_of_table"}
      assert :ets.update_element(table, :z, {2, 9}, {:any, 0, 0})
      assert :ets.update_element(table, :a, [{2, 7}], {:any, 0})
      assert :ets.tab2list(table) == [{:a, 7}, {:b, 2}, {:z, 9, 0}]
    end

    test "Base 64 for addresses, with and without padding" do
      assert :base64.encode(<<251, 255>>, %{mode: :urlsafe, padding: false}) == "-_8"
      assert :base64.decode("-_8", %{mode: :urlsafe, padding: false}) == <<251, 255>>
      assert :base64.decode(~c"+/8=", %{}) == <<251, 255>>
      assert catch_error(:base64.decode("+/8=", %{mode: :urlsafe})) == :badarg
    end

    test "time in a unit, likeness of strings, one child of a supervisor" do
      assert {0, 3} = :timer.tc(fn -> 3 end, :second)
      assert {0, 2} = :timer.tc(:erlang, :hd, [[2]], :second)
      assert_in_delta :string.jaro_similarity("ditto", ~c"ditot"), 14 / 15, 1.0e-9
      {:ok, supervisor} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
      assert {:ok, {Agent, pid, :worker, [Agent]}} = :supervisor.which_child(supervisor, Agent)
      assert is_pid(pid)
      assert :supervisor.which_child(supervisor, :other) == {:error, :not_found}
    end
  end
end
