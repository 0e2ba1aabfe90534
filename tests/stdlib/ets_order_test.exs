defmodule EtsOrderTest do
  @moduledoc "A hashed table has the order of Erlang's buckets: what a program prints of it is the same here."
  use ExUnit.Case, async: true

  defp table(keys, type \\ :set) do
    table = :ets.new(:table, [type])
    for key <- keys, do: :ets.insert(table, {key, 1})
    table
  end

  defp keys(table), do: Enum.map(:ets.tab2list(table), &elem(&1, 0))

  test "integers, floats and great integers" do
    assert keys(table(1..20)) == [20, 5, 15, 19, 12, 11, 17, 18, 14, 6, 13, 10, 1, 9, 2, 8, 4, 7, 3, 16]
    assert keys(table(-3..1)) == [-2, 0, -3, 1, -1]
    assert keys(table([1.5, 2.5, -1, 0, 2 ** 70])) == [2 ** 70, 0, 1.5, 2.5, -1]
  end

  test "atoms by their names, strings by their bytes" do
    assert keys(table([:a, :b, :c, :d, :e, :f])) == [:f, :e, :d, :c, :b, :a]
    assert keys(table([:alice, :bob, :carol, :dave])) == [:dave, :alice, :carol, :bob]
    assert keys(table(["apple", "banana", "cherry"])) == ["apple", "banana", "cherry"]
    assert keys(table(["alice", "bob", "carol", "dave"])) == ["bob", "alice", "dave", "carol"]
  end

  test "walking goes the other way than lists of results" do
    table = table(1..5)
    assert :ets.tab2list(table) == [{5, 1}, {1, 1}, {2, 1}, {4, 1}, {3, 1}]
    assert Enum.take(Stream.iterate(:ets.first(table), &:ets.next(table, &1)), 5) == [3, 4, 2, 1, 5]
    assert :ets.foldl(fn {key, _}, keys -> [key | keys] end, [], table) == [5, 1, 2, 4, 3]
    assert :ets.select(table, [{{:"$1", :_}, [{:>, :"$1", 2}], [:"$1"]}]) == [5, 4, 3]
    assert {[4, 3], rest} = :ets.select(table, [{{:"$1", :_}, [], [:"$1"]}], 2)
    assert {[1, 2], rest} = :ets.select(rest)
    assert {[5], :"$end_of_table"} = :ets.select(rest)
  end

  test "the objects of a key in a bag stand in the order of their insertion" do
    bag = :ets.new(:bag, [:bag])
    for n <- 1..2, key <- 1..3, do: :ets.insert(bag, {key, n})
    assert :ets.tab2list(bag) == [{1, 1}, {1, 2}, {2, 1}, {2, 2}, {3, 1}, {3, 2}]
  end

  test "a table that grew and shrank, and was emptied" do
    table = table(1..7000)
    for key <- 1..7000, key > 5, do: :ets.delete(table, key)
    assert keys(table) == [3, 2, 4, 5, 1]
    :ets.delete_all_objects(table)
    assert :ets.first(table) == :"$end_of_table"
    for key <- 1..5, do: :ets.insert(table, {key, 1})
    assert keys(table) == [5, 1, 2, 4, 3]
    assert :ets.slot(table, 256) == :"$end_of_table"
    assert_raise ArgumentError, fn -> :ets.slot(table, 257) end
  end

  test "an ordered table of many keys that come and go in no order" do
    table = :ets.new(:table, [:ordered_set])
    scattered = for n <- 1..20_000, do: rem(n * 7919, 20_011)
    for key <- scattered, do: :ets.insert(table, {key})
    for key <- scattered, rem(key, 3) == 0, do: :ets.delete(table, key)
    left = scattered |> Enum.reject(&(rem(&1, 3) == 0)) |> Enum.sort()
    assert keys(table) == left
    assert :ets.info(table, :size) == length(left)

    forwards = :ets.first(table) |> Stream.iterate(&:ets.next(table, &1)) |> Enum.take(length(left) + 1)
    assert forwards == left ++ [:"$end_of_table"]
    backwards = :ets.last(table) |> Stream.iterate(&:ets.prev(table, &1)) |> Enum.take(length(left) + 1)
    assert backwards == Enum.reverse(left) ++ [:"$end_of_table"]

    assert :ets.next(table, 9) == 10
    assert :ets.prev(table, 9.5) == 8
    assert :ets.next(table, -1) == 1
    assert :ets.next(table, 20_010.5) == :"$end_of_table"
    assert :ets.slot(table, 1000) == [{Enum.at(left, 1000)}]
    assert :ets.slot(table, length(left)) == :"$end_of_table"
    for key <- left, do: :ets.delete(table, key)
    assert :ets.first(table) == :"$end_of_table"
    :ets.insert(table, [{2}, {1}])
    assert keys(table) == [1, 2]
  end

  # Of so many strings some have the same hash.
  test "a table of many strings" do
    table = :ets.new(:table, [:set])
    for n <- 1..200_000, do: :ets.insert(table, {"key #{n}", n})
    assert Enum.all?(1..200_000, &(:ets.lookup_element(table, "key #{&1}", 2) == &1))
    for n <- 1..200_000//2, do: :ets.delete(table, "key #{n}")
    assert :ets.info(table, :size) == 100_000
    assert Enum.all?(1..200_000, &(:ets.member(table, "key #{&1}") == (rem(&1, 2) == 0)))
    assert length(:ets.tab2list(table)) == 100_000
  end

  test "an object of a key that has one, of a set and of a bag" do
    assert :ets.lookup_element(table([1]), 1, 2) == 1
    assert :ets.lookup_element(table([1], :bag), 1, 2) == [1]
    assert :ets.lookup_element(table([1, 1], :duplicate_bag), 1, 2) == [1, 1]
    assert :ets.lookup_element(table([1]), 2, 2, :none) == :none
  end

  test "what is searched by several keys is found from the last of them on" do
    for {type, found} <- [set: [6, 2, 3, 5], duplicate_bag: [6, 2, 3, 5], ordered_set: [2, 3, 5, 6]] do
      table = :ets.new(:t, [type])
      :ets.insert(table, for(i <- 1..9, do: {i}))
      spec = for i <- [5, 3, 9.5, 2, 3, 6], do: {{i}, [], [:"$_"]}
      assert :ets.select(table, spec) == Enum.map(found, &{&1})
      assert :ets.select_count(table, for({pattern, [], _} <- spec, do: {pattern, [], [true]})) == 4
    end
  end

  test "who searches for nothing finds nothing" do
    table = table([1])
    assert :ets.select(table, []) == []
    assert :ets.select(table, [], 1) == :"$end_of_table"
    assert :ets.select_count(table, []) == 0
    assert :ets.select_delete(table, []) == 0
    assert_raise ArgumentError, fn -> :ets.match_spec_compile([]) end
  end
end
