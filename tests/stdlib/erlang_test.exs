defmodule ErlangModulesTest do
  use ExUnit.Case, async: true

  test "calls on the local node" do
    assert :erpc.call(node(), fn -> 1 + 1 end) == 2
    assert catch_throw(:erpc.call(node(), fn -> throw(:out) end)) == :out
    assert catch_exit(:erpc.call(node(), fn -> exit(:over) end)) == {:exception, :over}
    assert {:exception, %RuntimeError{message: "no"}, _} = catch_error(:erpc.call(node(), fn -> raise "no" end))
    assert catch_error(:erpc.call(node(), fn -> Process.sleep(:infinity) end, 5)) == {:erpc, :timeout}
    assert catch_error(:erpc.call(:nobody@nowhere, fn -> 1 end)) == {:erpc, :noconnection}
    assert :rpc.call(node(), Enum, :sum, [[1, 2]]) == 3
    assert :rpc.call(node(), :erlang, :exit, [:over]) == {:badrpc, {:EXIT, :over}}
    assert :rpc.call(:nobody@nowhere, Enum, :sum, [[1]]) == {:badrpc, :nodedown}
    assert :rpc.pmap({Integer, :to_string}, [2], [1, 2, 3]) == ["1", "10", "11"]
    assert :erpc.multicall([node(), :nobody@nowhere], Enum, :sum, [[1]]) == [{:ok, 1}, {:error, {:erpc, :noconnection}}]
  end

  test "groups of processes" do
    {:ok, scope} = :pg.start_link(:groups_of_a_test)
    me = self()
    assert :pg.join(:groups_of_a_test, :readers, me) == :ok
    other = spawn(fn -> Process.sleep(:infinity) end)
    :pg.join(:groups_of_a_test, :readers, [other])
    assert Enum.sort(:pg.get_members(:groups_of_a_test, :readers)) == Enum.sort([me, other])
    {ref, [_, _]} = :pg.monitor(:groups_of_a_test, :readers)
    Process.exit(other, :kill)
    assert_receive {^ref, :leave, :readers, [^other]}
    assert :pg.leave(:groups_of_a_test, :readers, me) == :ok
    assert :pg.which_groups(:groups_of_a_test) == []
    assert Process.alive?(scope)
  end

  test "identifiers of resources" do
    assert :uri_string.parse("http://u@h:1/p?q#f") ==
             %{scheme: "http", userinfo: "u", host: "h", port: 1, path: "/p", query: "q", fragment: "f"}

    assert :uri_string.normalize("HTTP://H:80/a/../b") == "http://h/b"
    assert :uri_string.resolve("../c", "http://h/a/b/") == "http://h/a/c"
    assert :uri_string.dissect_query("a=1+2&b") == [{"a", "1 2"}, {"b", true}]
  end

  test "names of files" do
    assert :filename.join(["a", "b", "c.ex"]) == "a/b/c.ex"
    assert :filename.basename(~c"/a/b.erl", ~c".erl") == ~c"b"
    assert :filename.dirname("/a/b") == "/a"
    assert :filename.extension("a.b/c.d") == ".d"
    assert :filename.split("/a/b") == ["/", "a", "b"]
  end

  test "reading by a format" do
    assert :io_lib.fread(~c"~d-~d", ~c"12-3 x") == {:ok, [12, 3], ~c" x"}
    assert :io_lib.fread(~c"~s ~f", ~c"pi 3.14") == {:ok, [~c"pi", 3.14], []}
    assert :io_lib.fread(~c"~d", ~c"x") == {:error, {:fread, :integer}}
    assert :io_lib.fread(~c"~u", ~c"16#ff") == {:ok, [16], ~c"#ff"}
    assert :io_lib.fread(~c"~16u", ~c"ffg") == {:ok, [255], ~c"g"}
    assert :io_lib.fread(~c"~4u", ~c"16#ff") == {:error, {:fread, :unsigned}}
  end

  describe "addresses" do
    test "are read as C reads them, strictly, and with IPv6" do
      for {text, address} <- [
            {~c"127.1", {127, 0, 0, 1}},
            {~c"0x7f.1", {127, 0, 0, 1}},
            {~c"010.1.1.1", {8, 1, 1, 1}},
            {~c"4294967295", {255, 255, 255, 255}},
            {~c"1::3:4", {1, 0, 0, 0, 0, 0, 3, 4}},
            {~c"::ffff:1.2.3.4", {0, 0, 0, 0, 0, 0xFFFF, 258, 772}},
            {~c"fe80::1%eth0", {0xFE80, 0, 0, 0, 0, 0, 0, 1}}
          ],
          do: assert(:inet.parse_address(text) == {:ok, address}, to_string(text))

      for text <- [~c"127.1", ~c"010.1.1.1", ~c"1.2.3.4.5", ~c"1:::2", ~c"::1.2.3", ~c"1:2:3:4:5:6:7::8:9", ~c"1::%2"],
          do: assert(:inet.parse_strict_address(text) == {:error, :einval}, to_string(text))

      assert :inet.parse_ipv6_address(~c"1.2.3.4") == {:ok, {0, 0, 0, 0, 0, 0xFFFF, 258, 772}}
      assert :inet.parse_ipv6strict_address(~c"1.2.3.4") == {:error, :einval}
    end

    test "are written with the first of the longest runs of zeros left out" do
      assert :inet.ntoa({1, 2, 3, 4}) == ~c"1.2.3.4"
      assert :inet.ntoa({1, 0, 0, 4, 5, 0, 0, 8}) == ~c"1::4:5:0:0:8"
      assert :inet.ntoa({1, 0, 3, 0, 5, 0, 7, 0}) == ~c"1:0:3:0:5:0:7:0"
      assert :inet.ntoa({0, 0, 0, 0, 0, 0xFFFF, 258, 772}) == ~c"::ffff:1.2.3.4"
      assert :inet.ntoa({256, 1, 1, 1}) == {:error, :einval}
    end
  end

  test "the first packet of what came over a line" do
    assert :erlang.decode_packet(:line, "a\nb", []) == {:ok, "a\n", "b"}
    assert :erlang.decode_packet(:line, "abcdef", line_length: 3) == {:ok, "abc", "def"}
    assert :erlang.decode_packet(2, <<0, 5, "abc">>, []) == {:more, 7}
    assert :erlang.decode_packet(4, <<0, 0, 0, 9, "abc">>, packet_size: 4) == {:error, :invalid}

    request = "GET /a?b HTTP/1.1\r\nx-foo-bar: y\r\n more\r\n\r\n"
    {:ok, packet, rest} = :erlang.decode_packet(:http_bin, request, [])
    assert packet == {:http_request, :GET, {:abs_path, "/a?b"}, {1, 1}}
    {:ok, packet, rest} = :erlang.decode_packet(:httph_bin, rest, [])
    assert packet == {:http_header, 0, "X-Foo-Bar", "x-foo-bar", "y\r\n more"}
    assert :erlang.decode_packet(:httph_bin, rest, []) == {:ok, :http_eoh, ""}

    assert :erlang.decode_packet(:http, "HTTP/1.1 200 OK\r\n", []) == {:ok, {:http_response, {1, 1}, 200, ~c"OK"}, ""}
    assert {:ok, {:http_header, 42, :"Content-Type", _, "y"}, _} = :erlang.decode_packet(:httph_bin, "content-type: y\r\n\r\n", [])
    assert {:ok, {:http_error, "nonsense\r\n"}, ""} = :erlang.decode_packet(:http_bin, "nonsense\r\n", [])
  end

  test "checksums of two pieces from those of each" do
    assert :erlang.adler32_combine(:erlang.adler32("abc"), :erlang.adler32("def"), 3) == :erlang.adler32("abcdef")
    assert :erlang.crc32_combine(:erlang.crc32("abc"), :erlang.crc32("def"), 3) == :erlang.crc32("abcdef")
  end

  test "a native in C is missing, as where its file is" do
    assert {:error, {:load_failed, _}} = :erlang.load_nif(~c"/nope", 0)
    assert catch_error(:erlang.nif_error(:not_loaded)) == :not_loaded
  end

  test "what a match specification makes of an object" do
    assert :erlang.match_spec_test({1, 2}, [{{:"$1", :_}, [], [:"$1"]}], :table) == {:ok, 1, [], []}
    assert :erlang.match_spec_test([1, 2], [{[:"$1", :_], [], [:"$1"]}], :trace) == {:ok, true, [], []}
    assert {:error, [error: _]} = :erlang.match_spec_test({1}, :none, :table)
  end

  test "a generator without a state of the process" do
    assert :rand.exsp_next([1 | 2]) == {16785413, [2 | 16785411]}
  end

  test "terms and formats are read from a device" do
    {:ok, device} = StringIO.open("1 2 3\n{a, [1],\n \"x\"}. foo(.\nrest")
    assert :io.fread(device, ~c"", ~c"~d ~d") == {:ok, [1, 2]}
    assert :io.fread(device, ~c"", ~c"~d") == {:ok, [3]}
    assert :io.read(device, ~c"") == {:ok, {:a, [1], ~c"x"}}
    assert {:error, {_, :erl_parse, _}} = :io.read(device, ~c"")
  end

  test "an event manager answers requests that are collected" do
    defmodule Echo do
      @behaviour :gen_event
      def init(_), do: {:ok, nil}
      def handle_event(_, state), do: {:ok, state}
      def handle_call(query, state), do: {:ok, {:echo, query}, state}
    end

    {:ok, {manager, _monitor}} = :gen_event.start_monitor()
    :ok = :gen_event.add_handler(manager, Echo, [])
    requests = :gen_event.send_request(manager, Echo, 1, :first, :gen_event.reqids_new())
    assert {{:reply, {:echo, 1}}, :first, rest} = :gen_event.receive_response(requests, 1000, true)
    assert :gen_event.reqids_size(rest) == 0
  end

  test "a registry's table tells of its keys as Elixir's does" do
    start_supervised!({Registry, keys: :duplicate, name: ErlangModulesTest.Three, partitions: 3})
    assert :ets.lookup_element(ErlangModulesTest.Three, -2, 2) == {:duplicate, 3, nil}
  end

  test "the size of a term counts what is shared once, or each time" do
    part = List.duplicate(0, 100)
    whole = {part, part, [part | part]}
    assert :erts_debug.flat_size(whole) == 4 + 200 + 200 + 2 + 200 + 200
    assert :erts_debug.size(whole) == 4 + 2 + 200
    assert :erts_debug.same(part, elem(whole, 0))
    refute :erts_debug.same([1 | part], [1 | part])
    small = self()
    assert :erts_debug.size(fn -> {small, part} end) == 5 + 2 + 200
  end

  test "where times come from" do
    assert :erlang.system_info(:os_monotonic_time_source)[:resolution] > 0
    assert :erlang.system_info(:time_offset) == :final
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

  test "a table tells that it is compressed" do
    assert :ets.info(:ets.new(:plain, []), :compressed) == false
    assert :ets.info(:ets.new(:small, [:compressed]), :compressed) == true
  end

  describe "ciphers" do
    @key :binary.copy(<<1>>, 16)
    @iv :binary.copy(<<2>>, 16)

    test "of blocks, with and without padding" do
      assert :crypto.crypto_one_time(:aes_128_cbc, @key, @iv, "hello", encrypt: true, padding: :pkcs_padding) ==
               <<242, 48, 103, 108, 56, 167, 215, 22, 235, 237, 129, 113, 142, 79, 200, 170>>

      assert :crypto.crypto_one_time(:aes_128_cbc, @key, @iv, "0123456789abc", encrypt: true, padding: :zero) ==
               <<130, 241, 34, 52, 81, 28, 125, 49, 142, 49, 90, 217, 135, 104, 228, 37>>

      # Without padding the rest of a block is left out.
      assert :crypto.crypto_one_time(:aes_128_cbc, @key, @iv, "0123456789abc", true) == ""
      assert :crypto.crypto_one_time(:aes_128_ctr, @key, @iv, "hello", true) == <<127, 179, 120, 159, 22>>
      assert :crypto.crypto_one_time(:aes_ctr, @key, @iv, <<127, 179, 120, 159, 22>>, false) == "hello"
    end

    test "piece by piece" do
      state = :crypto.crypto_init(:aes_128_cbc, @key, @iv, encrypt: true, padding: :pkcs_padding)
      assert :crypto.crypto_update(state, "hello") == ""
      first = :crypto.crypto_update(state, "0123456789abcdef")
      assert byte_size(first) == 16
      last = :crypto.crypto_final(state)
      assert %{encrypt: true, padding_size: 11, padding_type: :pkcs_padding, size: 21} = :crypto.crypto_get_data(state)

      back = :crypto.crypto_init(:aes_128_cbc, @key, @iv, encrypt: false, padding: :pkcs_padding)
      text = [:crypto.crypto_update(back, first), :crypto.crypto_update(back, last), :crypto.crypto_final(back)]
      assert IO.iodata_to_binary(text) == "hello0123456789abcdef"
    end

    test "that authenticate" do
      {text, tag} = :crypto.crypto_one_time_aead(:aes_128_gcm, @key, <<3::96>>, "hello", "more", true)
      assert :crypto.crypto_one_time_aead(:aes_128_gcm, @key, <<3::96>>, text, "more", tag, false) == "hello"
      assert :crypto.crypto_one_time_aead(:aes_128_gcm, @key, <<3::96>>, text, "less", tag, false) == :error
      assert {_, <<_::96>>} = :crypto.crypto_one_time_aead(:aes_128_ccm, @key, <<3::96>>, "hello", "", true)
    end

    test "refuse what does not fit" do
      assert catch_error(:crypto.crypto_one_time(:aes_256_ecb, @key, "x", true)) ==
               {:badarg, {~c"api_ng.c", 244}, ~c"Bad key size"}

      assert catch_error(:crypto.crypto_one_time(:nope, @key, "x", true)) ==
               {:badarg, {~c"api_ng.c", 242}, ~c"Unknown cipher"}

      assert catch_error(:crypto.crypto_one_time(:aes_128_cbc, @key, @iv, "x", padding: :foo)) ==
               {:badarg, {~c"api_ng.c", 168}, ~c"Bad 'padding' option value"}

      assert catch_error(:crypto.hash(:nope, "x")) == {:badarg, {~c"hash.c", 108}, ~c"Bad digest type"}
    end

    test "give codes of messages" do
      assert :crypto.mac(:cmac, :aes_128_cbc, @key, "hello") ==
               <<177, 17, 131, 198, 169, 47, 218, 24, 87, 189, 4, 178, 85, 81, 138, 0>>

      assert :crypto.mac(:poly1305, :binary.copy(<<1>>, 32), "hello") ==
               <<180, 104, 79, 116, 176, 178, 171, 171, 64, 177, 171, 171, 64, 177, 171, 171>>
    end
  end

  test "keys agree, sign and encrypt" do
    {public, private} = :crypto.generate_key(:ecdh, :secp256k1, <<7::256>>)
    assert <<4, 92, 189, 240, _::binary-size(61)>> = public
    assert <<242, 218, 201, 145, _::binary-size(28)>> = :crypto.compute_key(:ecdh, public, private, :secp256k1)
    signature = :crypto.sign(:ecdsa, :sha256, "text", [private, :secp256k1])
    assert :crypto.verify(:ecdsa, :sha256, "text", signature, [public, :secp256k1])
    refute :crypto.verify(:ecdsa, :sha256, "other", signature, [public, :secp256k1])

    {public, private} = :crypto.generate_key(:eddsa, :ed25519, :binary.copy(<<7>>, 32))
    assert <<234, 74, 108, 99, _::binary>> = public
    assert <<72, 25, 25, 23, _::binary>> = :crypto.sign(:eddsa, :none, "msg", [private, :ed25519])

    {public, private} = :crypto.generate_key(:rsa, {1024, 65537})
    signature = :crypto.sign(:rsa, :sha256, "text", private)
    assert :crypto.verify(:rsa, :sha256, "text", signature, public)
    hidden = :crypto.public_encrypt(:rsa, "text", public, :rsa_pkcs1_oaep_padding)
    assert :crypto.private_decrypt(:rsa, hidden, private, :rsa_pkcs1_oaep_padding) == "text"
  end

  test "modular powers and derived keys" do
    assert :crypto.mod_pow(5, 117, 19) == <<1>>
    key = :crypto.pbkdf2_hmac(:sha256, "password", "salt", 1, 32)
    assert Base.encode16(key, case: :lower) == "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b"
  end

  test "an old generator of random numbers" do
    :random.seed(1, 2, 3)
    assert :random.uniform(100) == :random.uniform_s(100, {2, 3, 4}) |> elem(0)
  end

  test "programs of the host" do
    assert System.cmd("printf", ["a\nb"], into: [], lines: 80) == {["a", "b"], 0}
    assert System.shell("exit 3") == {"", 3}
    assert :os.cmd(~c"echo x") == ~c"x\n"
    assert_raise ErlangError, "Erlang error: :enoent", fn -> System.cmd("no such program", []) end
  end

  describe "a seeded generator" do
    test "draws the normal distribution that Erlang draws, to the bit" do
      :rand.seed(:exsss, {1, 2, 3})
      assert :rand.normal() === 1.3701979225129497
      assert :rand.normal() === -0.4791401670399548

      :rand.seed(:exsss, {1, 2, 3})
      numbers = for _ <- 1..2000, do: :rand.normal()
      assert :erlang.phash2(numbers) == 3_281_621
    end

    test "draws reals with all their digits, however small" do
      :rand.seed(:exsss, {1, 2, 3})
      numbers = for _ <- 1..5000, do: :rand.uniform_real()
      assert :erlang.phash2(numbers) == 21_067_351
      assert Enum.all?(numbers, &(&1 > 0.0))
    end
  end

  test "random integers of more bits than a draw has take as few draws as Erlang" do
    draws =
      for range <- [2 ** 114 + 1, 2 ** 115 + 1, 2 ** 116] do
        :rand.seed(:exsss, {1, 2, 3})
        {:rand.uniform(range), :rand.uniform(100)}
      end

    assert [{3784968016481066927018188094443215, 75}, {_, 39}, {45323342884759687955262158728203985, 75}] = draws
  end

  test "a bare multiply-with-carry generator" do
    assert :rand.mwc59_seed(5) == 156_667_492_070_934_013
    assert :rand.mwc59(5) == 669_251_850
    assert :rand.mwc59_value(1_234_567_890_123_456) == 568_376_253_558_625_984
    assert :rand.mwc59_value32(1_234_567_890_123_456) == 3_056_630_464
    assert :rand.mwc59_float(1_234_567_890_123_456) === 0.10244033509726336
    assert_raise FunctionClauseError, fn -> :rand.mwc59_seed(-1) end
  end

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

  test "terms are measured in words of the BEAM" do
    assert :erts_debug.flat_size({1, :foo, "bar"}) == 7
    assert :erts_debug.flat_size([1, 2, 3]) == 6
  end

  test "characters that are not printed are written by three digits, names of functions as atoms" do
    assert :io_lib.write_char(3) == ~c"$\\003"
    assert :io_lib.write_string([3, 49]) == ~c"\"\\0031\""
    assert :erlang.fun_to_list(&URI.parse/1) == ~c"fun 'Elixir.URI':parse/1"
  end

  test "whether an atom is written in quotes is told from its characters" do
    assert :io_lib.quote_atom(:a, ~c"a") == false
    assert :io_lib.quote_atom(:A, ~c"A") == true
    assert :io_lib.quote_atom(:end, ~c"end") == true
    assert :io_lib.quote_atom("a", []) == true
  end

  test "far ahead in a sequence of random numbers" do
    assert {_, [285_906_172_023_498_826 | 51_120_954_082_399_550]} = :rand.jump(:rand.seed_s(:exsss, 1))
    :rand.seed(:exsp, 1)
    assert :rand.jump() == :rand.jump(:rand.seed_s(:exsp, 1))

    first = fn algorithm -> algorithm |> :rand.seed_s(1) |> :rand.jump() |> :rand.uniform_s() |> elem(0) end
    assert first.(:exrop) == 0.39990726293299006
    assert first.(:exro928ss) == 0.9808383509290609
    assert first.(:exs1024) == 0.5317737252246498
    assert first.(:exs1024s) == 0.5317737252246497
    assert_raise ErlangError, fn -> :rand.jump(:rand.seed_s(:exs64, 1)) end
  end

  test "reading by a format, piece by piece" do
    format = ~c"~d ~s"
    assert {:more, {^format, ~c"a 21", 0, []} = next} = :io_lib.fread([], ~c"12 a", format)
    assert :io_lib.fread(next, ~c"b\nx", format) == {:done, {:ok, [12, ~c"ab"]}, ~c"x"}
    assert :io_lib.fread(next, :eof, format) == {:done, {:ok, [12, ~c"a"]}, []}
    assert {:more, {~c"~s", [], 3, [12]} = next} = :io_lib.fread([], ~c"12\n", format)
    assert :io_lib.fread(next, :eof, format) == {:done, {:error, {:fread, :input}}, :eof}
    assert :io_lib.fread([], ~c"12 ab more\nrest", format) == {:done, {:ok, [12, ~c"ab"]}, ~c" more\nrest"}
    assert :io_lib.fread([], ~c"ab\n", format) == {:done, {:error, {:fread, :integer}}, []}
    assert :io_lib.fread([], :eof, format) == {:done, :eof, :eof}
    assert :io_lib.fread(~c"~16u", ~c"ffz") == {:ok, [255], ~c"z"}
    assert :io_lib.fread(~c"~3c", ~c"ab") == {:error, {:fread, :character}}
    {:ok, device} = StringIO.open("1 2\n3")
    assert [:io.fread(device, ~c"", ~c"~d ~d"), :io.fread(device, ~c"", ~c"~d"), :io.fread(device, ~c"", ~c"~d")] ==
             [{:ok, [1, 2]}, {:ok, [3]}, :eof]
  end

  test "what is wrong with a match specification" do
    problems = fn spec -> with {:error, found} <- :ets.test_ms({1, 2}, spec), do: Enum.map(found, &to_string(elem(&1, 1))) end

    assert problems.([{{:_, :_}, [{:foo, :_}, {:bar}], []}]) ==
             ["Function foo/1 does_not_exist.", "Function bar/0 does_not_exist.", "Body clause does not return anything."]

    assert problems.([{{:"$1", :_}, [], [:"$2"]}]) == ["Variable $2 is unbound."]
    assert problems.([{:_, :a, [1]}]) == ["Match expression is not a list."]
    assert problems.([{:_}]) == ["Match program part is not a tuple of arity 3."]
    assert problems.(:a) == ["Match programs are not in a list."]
    assert problems.([{:_, [{1, 2}], [true]}]) == ["{1,2} is neither a function call, nor a tuple (tuples are written {{ ... }})."]
    assert problems.([{:_, [], [{:return_trace}]}]) == ["Special form 'return_trace' used in wrong dialect."]
    table = :ets.new(:t, [])
    assert_raise ArgumentError, fn -> :ets.select(table, [{{:"$1"}, [], [:"$2"]}]) end
  end

  test "errors name the call as it was made" do
    call = fn fun ->
      try do
        fun.()
      rescue
        error ->
          [{module, name, args, _} | _] = __STACKTRACE__
          {error.__struct__, {module, name, args}}
      end
    end

    assert call.(fn -> :re.split("abc", "(") end) == {ArgumentError, {:re, :split, ["abc", "("]}}
    assert call.(fn -> :re.replace("abc", "b", "x", [:foo]) end) == {ArgumentError, {:re, :replace, ["abc", "b", "x", [:foo]]}}
    assert call.(fn -> :crypto.hash(:foo, "") end) == {ErlangError, {:crypto, :hash, [:foo, ""]}}
    assert call.(fn -> :crypto.hash_final(:foo) end) == {ErlangError, {:crypto, :hash_final, [:foo]}}
  end

  test "names of files are lists of characters" do
    folder = Path.join(System.tmp_dir!(), "names-#{System.unique_integer([:positive])}")
    File.mkdir_p!(folder)
    File.write!(Path.join(folder, "é"), "")
    assert :file.list_dir(folder) == {:ok, [~c"é"]}
    assert {:ok, [?/ | _]} = :file.get_cwd()
    File.ln_s!("é", Path.join(folder, "link"))
    assert :file.read_link(Path.join(folder, "link")) == {:ok, ~c"é"}
    assert File.ls!(folder) |> Enum.sort() == ["link", "é"]
    assert File.read_link!(Path.join(folder, "link")) == "é"
    File.rm_rf!(folder)
  end

  test "a table in a file" do
    path = String.to_charlist(Path.join(System.tmp_dir!(), "table-#{System.unique_integer([:positive])}"))
    table = :ets.new(:kept, [:ordered_set, {:keypos, 2}])
    :ets.insert(table, [{:a, 2}, {:b, 1}])
    assert :ets.tab2file(table, path) == :ok
    assert {:ok, read} = :ets.file2tab(path)
    assert :ets.tab2list(read) == [{:b, 1}, {:a, 2}]
    assert :ets.info(read, :type) == :ordered_set
    File.rm!(path)
    assert {:error, {:read_error, {:file_error, ^path, :enoent}}} = :ets.file2tab(path)
  end

  test "names of modules of the library are atoms before anything loads them" do
    # Not written as an atom here, which would make it one.
    for name <- ["Elixir.IEx." <> "Autocomplete", "pro" <> "plists"],
        do: assert(Atom.to_string(String.to_existing_atom(name)) == name)

    assert_raise ArgumentError, fn -> String.to_existing_atom("no_such_" <> "module_of_any") end
  end

  test "the name of a script" do
    given = System.argv()
    System.argv(["name", "option"])
    assert :escript.script_name() == ~c"name"
    System.argv(given)
  end
end
