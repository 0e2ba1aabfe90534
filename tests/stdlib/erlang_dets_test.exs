defmodule ErlangDetsTest do
  # Tables that are kept in files.
  use ExUnit.Case, async: true

  setup do
    file = String.to_charlist(Path.join(System.tmp_dir!(), "table-#{System.unique_integer([:positive])}.dets"))
    on_exit(fn -> File.rm(file) end)
    {:ok, path: file}
  end

  test "what is inserted is there when the file is opened again", %{path: file} do
    assert {:ok, :table} = :dets.open_file(:table, file: file)
    assert :dets.insert(:table, [{:a, 1}, {:b, 2}]) == :ok
    assert :dets.insert(:table, {:a, 3}) == :ok
    assert :dets.insert_new(:table, {:a, 4}) == false
    assert :dets.update_counter(:table, :b, {2, 5}) == 7
    assert :dets.close(:table) == :ok
    assert :dets.info(:table) == :undefined
    assert :dets.is_dets_file(file)

    assert {:ok, table} = :dets.open_file(file)
    assert :dets.lookup(table, :a) == [a: 3]
    assert :dets.lookup(table, :b) == [b: 7]
    assert :dets.delete(table, :a) == :ok
    assert :dets.member(table, :a) == false
    assert [type: :set, keypos: 1, size: 1, file_size: _, filename: ^file] = :dets.info(table)
    assert :dets.close(table) == :ok
    assert :dets.close(table) == {:error, :not_owner}
  end

  test "a process that ends closes what it has opened", %{path: file} do
    {_pid, monitor} =
      spawn_monitor(fn ->
        {:ok, :ended} = :dets.open_file(:ended, file: file)
        :dets.insert(:ended, {:left, "behind"})
      end)

    assert_receive {:DOWN, ^monitor, _, _, :normal}
    {:ok, :again} = :dets.open_file(:again, file: file)
    assert :dets.lookup(:again, :left) == [left: "behind"]
    :dets.close(:again)
  end

  test "a table with several users is closed by the last; sync writes before", %{path: file} do
    {:ok, :shared} = :dets.open_file(:shared, file: file)
    {:ok, :shared} = :dets.open_file(:shared, file: file)
    assert length(:dets.info(:shared, :users)) == 2
    :dets.close(:shared)
    :dets.insert(:shared, {1})
    assert :dets.sync(:shared) == :ok
    {:ok, copy} = :dets.open_file(file)
    assert :dets.lookup(copy, 1) == [{1}]
    :dets.close(copy)
    :dets.close(:shared)
    refute :shared in :dets.all()
  end

  test "bags, patterns and funs", %{path: file} do
    {:ok, bag} = :dets.open_file(:bag, file: file, type: :bag)
    :dets.insert(bag, [{1, :a}, {1, :b}, {1, :a}, {2, :c}])
    assert :dets.lookup(bag, 1) == [{1, :b}, {1, :a}]
    assert :dets.match(bag, {1, :"$1"}) == [[:b], [:a]]
    assert :dets.match_object(bag, {2, :_}) == [{2, :c}]
    assert :dets.select(bag, [{{:"$1", :_}, [{:>, :"$1", 1}], [:"$1"]}]) == [2]
    assert {[_, _], continuation} = :dets.select(bag, [{:_, [], [:"$_"]}], 2)
    assert {[_], continuation} = :dets.select(continuation)
    assert :dets.select(continuation) == :"$end_of_table"
    assert :dets.foldl(fn {key, _}, sum -> sum + key end, 0, bag) == 4
    assert :dets.traverse(bag, fn {key, _} -> if key == 2, do: {:done, key}, else: :continue end) == [2]
    assert :dets.delete_object(bag, {1, :b}) == :ok
    assert :dets.select_delete(bag, [{{1, :_}, [], [true]}]) == 1
    assert bag |> :dets.to_ets(:ets.new(:copy, [:bag])) |> :ets.tab2list() == [{2, :c}]
    :dets.close(bag)
  end

  test "keys come by their slots, of which there are more for more keys", %{path: file} do
    {:ok, slots} = :dets.open_file(:slots, file: file)
    :dets.insert(slots, for(key <- 1..200, do: {key, key}))
    assert slots |> :dets.first() |> Stream.iterate(&:dets.next(slots, &1)) |> Enum.take(8) == [39, 67, 23, 69, 83, 100, 138, 169]
    :dets.insert(slots, for(key <- 201..600, do: {key, key}))
    assert slots |> :dets.first() |> Stream.iterate(&:dets.next(slots, &1)) |> Enum.take(8) == [510, 23, 69, 100, 138, 348, 240, 59]
    assert :dets.info(slots, :no_slots) == {256, 768, 33_554_432}
    assert :dets.slot(slots, 0) == [{510, 510}]
    assert :dets.slot(slots, 768) == :"$end_of_table"
    :dets.close(slots)
  end

  test "what cannot be opened or changed", %{path: file} do
    assert :dets.open_file(~c"/nope.dets") == {:error, {:file_error, ~c"/nope.dets", :enoent}}
    assert_raise ArgumentError, fn -> :dets.open_file(:wrong, type: :ordered_set) end
    assert_raise ArgumentError, fn -> :dets.insert(:nobodys, {1}) end
    {:ok, :kinds} = :dets.open_file(:kinds, file: file)
    assert_raise ArgumentError, fn -> :dets.insert(:kinds, :a) end
    assert :dets.open_file(:kinds, file: file, type: :bag) == {:error, :incompatible_arguments}
    :dets.close(:kinds)
    assert :dets.open_file(:kinds, file: file, type: :bag) == {:error, {:type_mismatch, file}}
    assert :dets.open_file(:kinds, file: file, keypos: 2) == {:error, {:keypos_mismatch, file}}
    {:ok, :kinds} = :dets.open_file(:kinds, file: file, access: :read)
    assert :dets.insert(:kinds, {1}) == {:error, {:access_mode, file}}
    :dets.close(:kinds)
    File.write!(file, "text")
    assert :dets.open_file(:kinds, file: file) == {:error, {:not_a_dets_file, file}}
    assert :dets.is_dets_file(file) == false
  end

  test "a file that was cut off is told, and nothing else is left beside it", %{path: file} do
    assert {:ok, table} = :dets.open_file(:cut_off, file: file)
    assert :dets.insert(table, for(n <- 1..9, do: {n})) == :ok
    assert :dets.close(table) == :ok
    refute File.exists?("#{file}.new")

    whole = File.read!(file)
    File.write!(file, binary_part(whole, 0, byte_size(whole) - 5))
    assert :dets.open_file(:cut_off, file: file) == {:error, {:not_a_dets_file, file}}
    assert :dets.is_dets_file(file) == false
  end
end
