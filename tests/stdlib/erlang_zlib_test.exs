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

    test "refer to a dictionary that both sides have" do
      out = stream(&:zlib.deflateInit/1)
      assert :zlib.deflateSetDictionary(out, "hello") == :erlang.adler32("hello")
      data = IO.iodata_to_binary(:zlib.deflate(out, "hello hello hello", :finish))
      assert data == <<120, 187, 6, 44, 2, 21, 203, 0, 17, 10, 72, 36, 0, 58, 46, 6, 125>>

      back = stream(&:zlib.inflateInit/1)
      assert catch_error(:zlib.inflate(back, data)) == {:need_dictionary, 103_547_413}
      assert catch_error(:zlib.inflateSetDictionary(back, "other")) == :data_error
      assert :zlib.inflateSetDictionary(back, "hello") == :ok
      assert :zlib.inflateGetDictionary(back) |> IO.iodata_to_binary() == "hello"
      assert :zlib.inflate(back, []) == ["hello hello hello"]

      told = stream(&:zlib.inflateInit/1)
      assert :zlib.inflate(told, data, exception_on_need_dict: false) == {:need_dictionary, 103_547_413, []}
      assert catch_error(:zlib.uncompress(data)) == {:need_dictionary, 103_547_413}
    end

    test "give as much at once as a buffer holds" do
      back = stream(&:zlib.inflateInit/1)
      assert :zlib.getBufSize(back) == 4000
      assert :zlib.setBufSize(back, 3000) == :ok
      data = :zlib.compress(:binary.copy("abcdefgh", 1000))
      assert {:more, [first]} = :zlib.inflateChunk(back, data)
      assert {:more, [second]} = :zlib.inflateChunk(back)
      assert [last] = :zlib.inflateChunk(back)
      assert Enum.map([first, second, last], &byte_size/1) == [3000, 3000, 2000]

      safe = stream(&:zlib.inflateInit/1)
      assert {:continue, [first]} = :zlib.safeInflate(safe, :zlib.compress(:binary.copy("a", 20_000)))
      assert {:finished, [last]} = :zlib.safeInflate(safe, [])
      assert {byte_size(first), byte_size(last)} == {16_384, 3616}
    end

    test "refuse options that are none" do
      out = stream(&:zlib.deflateInit/1)
      assert :zlib.deflateParams(out, 9, :default) == :ok
      assert catch_error(:zlib.deflateParams(out, 10, :default)) == :bad_compression_level
      assert catch_error(:zlib.deflateParams(out, 9, :none)) == :bad_compression_strategy
      assert catch_error(:zlib.inflateInit(:zlib.open(), 100)) == :bad_windowbits
    end
  end

  test "checksums with a stream" do
    stream = :zlib.open()
    assert :zlib.crc32(stream, "abc") == :erlang.crc32("abc")
    assert :zlib.crc32(stream, 5, "abc") == :erlang.crc32(5, "abc")
    assert :zlib.adler32(stream, "abc") == :erlang.adler32("abc")
    assert :zlib.adler32(stream, 5, "abc") == :erlang.adler32(5, "abc")
    assert :zlib.crc32_combine(stream, 5, 6, 3) == :erlang.crc32_combine(5, 6, 3)
    assert :zlib.adler32_combine(stream, 5, 6, 3) == :erlang.adler32_combine(5, 6, 3)
    assert_raise ArgumentError, fn -> :zlib.crc32(:none, "abc") end
  end
end
