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
end
