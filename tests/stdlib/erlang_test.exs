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

  test "a native in C is missing, as where its file is" do
    assert {:error, {:load_failed, _}} = :erlang.load_nif(~c"/nope", 0)
    assert catch_error(:erlang.nif_error(:not_loaded)) == :not_loaded
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

  test "programs of the host" do
    assert System.cmd("printf", ["a\nb"], into: [], lines: 80) == {["a", "b"], 0}
    assert System.shell("exit 3") == {"", 3}
    assert :os.cmd(~c"echo x") == ~c"x\n"
    assert_raise ErlangError, "Erlang error: :enoent", fn -> System.cmd("no such program", []) end
  end

  test "terms are measured in words of the BEAM" do
    assert :erts_debug.flat_size({1, :foo, "bar"}) == 7
    assert :erts_debug.flat_size([1, 2, 3]) == 6
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

  test "names of modules of the library are atoms before anything loads them" do
    # Not written as an atom here, which would make it one.
    for name <- ["Elixir.IEx." <> "Autocomplete", "pro" <> "plists"],
        do: assert(Atom.to_string(String.to_existing_atom(name)) == name)

    assert_raise ArgumentError, fn -> String.to_existing_atom("no_such_" <> "module_of_any") end
  end

  test "the name of a script" do
    given = System.argv()
    System.argv(["name", "option"])
    assert [name, _ | _] = :init.get_plain_arguments()
    assert :escript.script_name() == name
    refute name == ~c"name"
    System.argv(given)
  end
end
