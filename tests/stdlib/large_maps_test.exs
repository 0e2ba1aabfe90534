defmodule LargeMapsTest do
  use ExUnit.Case, async: true

  # Maps of more than 32 keys have the order of Erlang's hashes: what is listed has one, what is folded the other.
  @numbers Map.new(1..40, &{&1, &1})
  @listed [33, 12, 23, 29, 30, 39, 26, 31, 11, 37, 9, 32, 34, 25, 28, 6, 38, 13, 40, 20] ++
            [15, 14, 2, 7, 1, 8, 3, 17, 22, 21, 4, 36, 24, 10, 35, 27, 19, 5, 18, 16]

  test "maps are listed and shown in the order of their hashes" do
    assert Map.keys(@numbers) == @listed
    assert Map.values(@numbers) == @listed
    assert Enum.to_list(@numbers) == Enum.map(@listed, &{&1, &1})
    assert inspect(@numbers, limit: 3) == "%{33 => 33, 12 => 12, 23 => 23, ...}"
    assert inspect(MapSet.new(1..40), limit: 3) == "MapSet.new([33, 12, 23, ...])"
  end

  test "what is folded, reduced or iterated goes the other way" do
    folded = Enum.reverse(@listed)
    assert Enum.map(@numbers, fn {key, _} -> key end) == folded
    assert for({key, _} <- @numbers, do: key) == folded
    assert :maps.fold(fn key, _, acc -> [key | acc] end, [], @numbers) == @listed
    assert {16, 16, _} = :maps.next(:maps.iterator(@numbers))
    assert "\#{16 => 16,18" <> _ = to_string(:io_lib.format("~p", [@numbers]))
    assert {[{16, 16}, {18, 18}], _} = Enum.split(@numbers, 2)
    assert [{18, 18}, {16, 16} | _] = Enum.slide(@numbers, 0, 1)
    assert [{16, 16}, {21, 21} | _] = Enum.take_every(@numbers, 10)
    assert [{16, 16}, {18, 18} | _] = Enum.dedup(@numbers)
    assert Enum.reduce(@numbers, fn entry, _ -> entry end) == {16, 16}
  end

  test "sets and streams go by what is listed" do
    assert Enum.map(MapSet.new(1..40), & &1) == @listed
    assert @numbers |> Stream.map(fn {key, _} -> key end) |> Enum.to_list() == @listed
    assert Enum.min_by(MapSet.new(1..40), fn _ -> 0 end) == 33
    assert :sets.fold(&[&1 | &2], [], :sets.from_list(Enum.to_list(1..40), version: 2)) == @listed
  end

  test "strings, tuples, lists, floats and numbers of any size are keys like others" do
    first = fn keys -> keys |> MapSet.new() |> Enum.take(4) end
    assert first.(for n <- 1..40, do: "key#{n}é") == ["key3é", "key35é", "key38é", "key13é"]
    assert first.(for x <- 1..7, y <- 1..7, do: {x, y}) == [{4, 5}, {1, 2}, {5, 2}, {3, 6}]

    assert first.(for n <- 1..40, do: [n, {n, 1000}]) == [
             [29, {29, 1000}],
             [35, {35, 1000}],
             [28, {28, 1000}],
             [33, {33, 1000}]
           ]

    assert first.(for n <- 1..40, do: n / 4) == [1.25, 7.75, 5.0, 7.25]

    assert first.(for n <- 1..40, do: Integer.pow(-n, 40 + rem(n, 2))) == [
             -44_567_640_326_363_195_900_190_045_974_568_007,
             1_208_925_819_614_629_174_706_176,
             12_089_258_196_146_291_747_061_760_000_000_000_000_000_000_000_000_000_000_000_000_000,
             10_000_000_000_000_000_000_000_000_000_000_000_000_000
           ]

    assert first.(for n <- 1..40, do: <<n::3, n::8>>) == [
             <<32, 1::size(3)>>,
             <<97, 3::size(3)>>,
             <<227, 7::size(3)>>,
             <<160, 5::size(3)>>
           ]

    assert first.(for n <- 1..40, do: %{n => [n]}) == [%{10 => ~c"\n"}, %{37 => ~c"%"}, %{16 => [16]}, %{26 => [26]}]
  end

  test "a map made in any order, and what is left of a larger one, is the same" do
    assert Map.keys(Map.new(40..1//-1, &{&1, &1})) == @listed
    assert 1..100 |> Map.new(&{&1, &1}) |> Map.drop(Enum.to_list(41..100)) |> Map.keys() == @listed
    assert 1..35 |> Map.new(&{&1, &1}) |> Map.merge(Map.new(30..40, &{&1, &1})) |> Map.keys() == @listed
    assert Enum.map(Map.new(1..32, &{&1, &1}), &elem(&1, 0)) == Enum.to_list(1..32)
  end

  test "a large map is escaped in the order of its keys" do
    assert {:%{}, [], [{1, 1}, {2, 2} | _]} = Macro.escape(@numbers)
    assert Macro.escape(%{1.5 => 1, 2 => 2}) == {:%{}, [], [{1.5, 1}, {2, 2}]}
  end
end
