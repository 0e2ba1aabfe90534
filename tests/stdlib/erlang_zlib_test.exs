defmodule ErlangZlibTest do
  use ExUnit.Case, async: true

  test "checksums of two pieces from those of each" do
    assert :erlang.adler32_combine(:erlang.adler32("abc"), :erlang.adler32("def"), 3) == :erlang.adler32("abcdef")
    assert :erlang.crc32_combine(:erlang.crc32("abc"), :erlang.crc32("def"), 3) == :erlang.crc32("abcdef")
  end

  describe "streams of :zlib" do
    defp stream(open) do
      stream = :zlib.open()
      :ok = open.(stream)
      stream
    end

    test "take data piece by piece" do
      out = stream(&:zlib.deflateInit/1)
      parts = [:zlib.deflate(out, "hello "), :zlib.deflate(out, ["wor", "ld"], :finish)]
      assert :zlib.uncompress(IO.iodata_to_binary(parts)) == "hello world"
      assert :zlib.deflateEnd(out) == :ok
      assert :zlib.close(out) == :ok

      <<first::binary-size(5), rest::binary>> = :zlib.gzip("hello hello hello")
      back = stream(&:zlib.inflateInit(&1, 31))
      assert IO.iodata_to_binary([:zlib.inflate(back, first), :zlib.inflate(back, rest)]) == "hello hello hello"
      assert :zlib.inflateEnd(back) == :ok
    end

    test "give at a flush what has come" do
      out = stream(&:zlib.deflateInit(&1, :default, :deflated, -15, 8, :default))
      back = stream(&:zlib.inflateInit(&1, -15))

      for text <- ["hello", String.duplicate("again ", 20_000)] do
        assert IO.iodata_to_binary(:zlib.inflate(back, :zlib.deflate(out, text, :sync))) == text
      end

      plain = stream(&:zlib.deflateInit(&1, :none))
      stored = IO.iodata_to_binary(:zlib.deflate(plain, "hello", :finish))
      assert stored == <<120, 1, 1, 5, 0, 250, 255, "hello", 6, 44, 2, 21>>
      assert {:finished, [_]} = :zlib.safeInflate(back, :zlib.deflate(out, "end", :finish))
    end

    test "refuse what is none, what ends early and what has not begun" do
      back = stream(&:zlib.inflateInit/1)
      assert catch_error(:zlib.inflate(back, "nonsense")) == :data_error
      assert catch_error(:zlib.inflateEnd(back)) == :data_error
      assert catch_error(:zlib.inflate(back, "x")) == :not_initialized
      assert :zlib.close(back) == :ok
      assert catch_error(:zlib.close(back)) == :not_initialized
    end
  end
end
