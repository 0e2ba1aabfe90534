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
end
