defmodule FileTest do
  use ExUnit.Case, async: true

  setup do
    path = Path.join(System.tmp_dir!(), "beamlet-file-test-#{System.unique_integer([:positive])}-#{System.os_time()}")
    File.mkdir_p!(path)
    on_exit(fn -> File.rm_rf!(path) end)
    {:ok, dir: path}
  end

  test "contents are written, added to and read", %{dir: dir} do
    file = Path.join(dir, "a.txt")
    assert File.write(file, "one\n") == :ok
    assert File.write(file, ["two", ?\n], [:append]) == :ok
    assert File.read(file) == {:ok, "one\ntwo\n"}
    assert File.write(file, "x", [:exclusive]) == {:error, :eexist}
    assert File.exists?(file) and File.regular?(file) and not File.dir?(file)
    assert %File.Stat{size: 8, type: :regular} = File.stat!(file)
  end

  test "errors are POSIX names", %{dir: dir} do
    missing = Path.join(dir, "missing")
    assert File.read(missing) == {:error, :enoent}
    assert File.ls(missing) == {:error, :enoent}

    assert_raise File.Error, "could not read file #{inspect(missing)}: no such file or directory", fn ->
      File.read!(missing)
    end
  end

  test "streams read lines and parts and collect", %{dir: dir} do
    file = Path.join(dir, "lines")
    ["a\n", "b\n"] |> Stream.map(&String.upcase/1) |> Enum.into(File.stream!(file))
    assert file |> File.stream!() |> Enum.to_list() == ["A\n", "B\n"]
    assert file |> File.stream!(3) |> Enum.to_list() == ["A\nB", "\n"]
  end

  test "devices read and write at a position", %{dir: dir} do
    file = Path.join(dir, "device")
    {:ok, device} = File.open(file, [:read, :write])
    IO.binwrite(device, "hello")
    :file.position(device, 0)
    assert IO.binread(device, 2) == "he"
    assert File.close(device) == :ok
    assert File.open(file, [:read], &IO.read(&1, :line)) == {:ok, "hello"}
  end

  test "trees are copied, listed and removed", %{dir: dir} do
    source = Path.join(dir, "source")
    File.mkdir_p!(Path.join(source, "deep"))
    File.write!(Path.join(source, "deep/x.ex"), "x")
    assert {:ok, copied} = File.cp_r(source, Path.join(dir, "copy"))
    assert length(copied) == 3
    assert Path.wildcard(Path.join(dir, "copy/**/*.{ex,exs}")) == [Path.join(dir, "copy/deep/x.ex")]
    assert File.rm(source) in [{:error, :eperm}, {:error, :eisdir}]
    assert File.rmdir(source) == {:error, :eexist}
    assert {:ok, removed} = File.rm_rf(source)
    assert length(removed) == 3
    assert File.ls!(dir) == ["copy"]
  end

  test "a tree that cannot be copied is told by what was to be written", %{dir: dir} do
    source = Path.join(dir, "source")
    file = Path.join(dir, "file")
    File.mkdir_p!(Path.join(source, "deep"))
    File.write!(file, "")
    assert File.cp_r(source, file) == {:error, :enotdir, Path.join(file, "deep")}
    assert File.cp_r(source, Path.join(dir, "none/copy")) == {:error, :enoent, Path.join(dir, "none/copy")}
    assert {:ok, [_deep, copy]} = File.cp_r(source, Path.join(dir, "copy"))
    assert copy == Path.join(dir, "copy")
  end

  test "lines in UTF-16, without the byte order mark", %{dir: dir} do
    path = Path.join(dir, "text")
    File.write!(path, <<254, 255>> <> :unicode.characters_to_binary("Ċé\nb", :utf8, {:utf16, :big}))
    modes = [:trim_bom, encoding: {:utf16, :big}]
    assert path |> File.stream!(modes) |> Enum.to_list() == ["Ċé\n", "b"]
    assert path |> File.stream!(1, modes) |> Enum.to_list() == ["Ċ", "é", "\n", "b"]
    assert path |> File.stream!(2, [:trim_bom, read_offset: 2]) |> Enum.take(1) == [<<0, ?é>>]
  end

  test "places in a file, and a file in memory", %{dir: dir} do
    path = Path.join(dir, "places")
    {:ok, device} = :file.open(path, [:read, :write, :binary])
    assert :file.pwrite(device, 2, "abc") == :ok
    assert :file.pread(device, 1, 3) == {:ok, <<0, ?a, ?b>>}
    assert :file.pread(device, 9, 1) == :eof
    assert {:ok, 4} = :file.position(device, 4)
    assert :file.truncate(device) == :ok
    assert File.read!(path) == <<0, 0, "ab">>

    {:ok, memory} = File.open("one\ntwo", [:ram, :read])
    assert IO.read(memory, :line) == "one\n"
  end

  test "files of Erlang's terms", %{dir: dir} do
    path = Path.join(dir, "terms")
    File.write!(path, "{a, 1}.\n[x, \"y\"].\n")
    assert :file.consult(path) == {:ok, [{:a, 1}, [:x, ~c"y"]]}
  end

  test "Erlang's record has times as dates, or as asked for, and can be written", %{dir: dir} do
    file = Path.join(dir, "a.txt")
    File.write!(file, "hello")
    assert :file.change_time(file, {{2020, 1, 2}, {3, 4, 5}}) == :ok
    {:ok, info} = :file.read_file_info(file)
    assert elem(info, 5) == {{2020, 1, 2}, {3, 4, 5}}
    assert :prim_file.read_file_info(file) == {:ok, info}
    assert {:ok, posix} = :file.read_file_info(file, time: :posix)
    assert elem(posix, 5) == :calendar.datetime_to_gregorian_seconds(:erlang.localtime_to_universaltime({{2020, 1, 2}, {3, 4, 5}})) - 62_167_219_200
    assert :file.write_file_info(file, put_elem(info, 7, 0o600)) == :ok
    assert Bitwise.band(File.stat!(file).mode, 0o777) == 0o600
    assert :file.copy(file, file <> "2", 3) == {:ok, 3}
    assert File.read!(file <> "2") == "hel"
  end

  test "patterns of names" do
    folder = Path.join(System.tmp_dir!(), "patterns-#{System.unique_integer([:positive])}")

    for file <- ~w(a/b.ex a/.h/c.ex .d.ex e[f] {g} g a] ab*), path = Path.join(folder, file) do
      File.mkdir_p!(Path.dirname(path))
      File.write!(path, "")
    end

    found = fn glob -> Path.wildcard(Path.join(folder, glob)) |> Enum.map(&Path.relative_to(&1, folder)) end
    assert found.("**/*.ex") == ["a/b.ex"]
    assert found.(".d.ex") == [".d.ex"]
    assert found.("*/.h/*") == []
    assert found.("a/.h/*") == ["a/.h/c.ex"]
    assert Path.wildcard(folder <> "/*/.h/*", match_dot: true) == [folder <> "/a/.h/c.ex"]
    assert found.("e\\[f\\]") == ["e[f]"]
    assert found.("\\{g*") == ["{g}"]
    assert found.("{,a}b\\*") == ["ab*"]
    assert found.("[f-a]*") == ["a", "a]", "ab*"]
    assert found.("a[]]") == ["a]"]
    assert found.("a[]3") == []
    assert Path.wildcard(folder <> "/*/..") == [folder <> "/a/.."]
    assert_raise ErlangError, fn -> found.("{g,a") end
    assert :filelib.wildcard(~c"*.ex", folder) == [~c".d.ex"]
    File.rm_rf!(folder)
  end

  test "the function that was called is the one that fails" do
    for {function, args} <- [read!: 1, ls!: 1, stat!: 2, rm!: 1, open!: 2, mkdir!: 1, rmdir!: 1, read_link!: 1] do
      top =
        try do
          apply(File, function, ["/nope/nope"])
        rescue
          File.Error -> __STACKTRACE__ |> List.first() |> Tuple.to_list() |> Enum.take(3)
        end

      assert top == [File, function, args]
    end
  end
end
