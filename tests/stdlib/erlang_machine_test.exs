defmodule ErlangMachineTest do
  use ExUnit.Case, async: false
  import ExUnit.CaptureIO

  test "who asks for reports of the machine is remembered" do
    assert :erlang.system_monitor() == :undefined
    assert :erlang.system_monitor(self(), [:busy_port, {:long_gc, 100}]) == :undefined
    assert {pid, [_, _]} = :erlang.system_monitor(:undefined)
    assert pid == self()
    assert_raise ArgumentError, fn -> :erlang.system_monitor(self(), [:nonsense]) end

    assert :erlang.system_profile(self(), [:runnable_procs]) == :undefined
    assert :erlang.system_profile(:undefined, []) == {self(), [:runnable_procs]}
  end

  test "nothing replaced runs, and what is no code is not loaded" do
    refute :erlang.check_old_code(:lists)
    refute :erlang.check_process_code(self(), :lists, [])
    assert capture_io(:user, fn -> assert :erlang.load_module(:no_code, "nonsense") == {:error, :badfile} end) == ""
    assert_raise ArgumentError, fn -> :erlang.purge_module(:never_loaded) end
    assert :erlang.fun_info_mfa(&:lists.map/2) == {:lists, :map, 2}
  end

  test "times of POSIX" do
    assert :erlang.posixtime_to_universaltime(1_000_000) == {{1970, 1, 12}, {13, 46, 40}}
    assert :erlang.universaltime_to_posixtime({{1970, 1, 12}, {13, 46, 40}}) == 1_000_000
  end

  test "no port is open" do
    assert :erlang.port_info(:none) == :undefined
    assert_raise ArgumentError, fn -> :erlang.port_close(:none) end
    assert_raise ArgumentError, fn -> :erlang.open_port(:none, [:none]) end
  end

  test "messages are not followed" do
    assert :seq_trace.get_token() == []
    assert :seq_trace.set_token([]) == []
    assert :seq_trace.print("text") == :ok
    assert :seq_trace.reset_trace()
  end

  describe "code" do
    test "tells of modules" do
      assert {:ok, {:docs_v1, _, _, _, _, _, _}} = :code.get_doc(Enum)
      assert :code.get_doc(:no_such_module) == {:error, :non_existing}
      assert :code.is_sticky(:lists)
      refute :code.is_sticky(__MODULE__)
      assert :code.module_status([:lists, :no_such_module]) == [lists: :loaded, no_such_module: :not_loaded]
    end

    test "looks for files" do
      folder = Path.join(System.tmp_dir!(), "code-#{System.unique_integer([:positive])}")
      File.mkdir_p!(folder)
      File.write!(Path.join(folder, "there.beam"), "")
      path = String.to_charlist(folder)
      assert :code.where_is_file([~c"/no/such/folder", path], ~c"there.beam") == path ++ ~c"/there.beam"
      assert :code.where_is_file([path], ~c"not_there.beam") == :non_existing
      assert :code.stick_dir(path) == :ok
      assert :code.stick_dir(~c"/no/such/folder") == :error
      assert :code.replace_path(:other, path) == {:error, :bad_name}
      assert :code.load_abs(path ++ ~c"/not_there") == {:error, :nofile}
      File.rm_rf!(folder)
    end

    test "loads several modules at once" do
      assert :code.ensure_modules_loaded([:lists, :no_such_module]) == {:error, [no_such_module: :nofile]}
      assert :code.atomic_load([]) == :ok
      assert :code.atomic_load([:no_such_module]) == {:error, [no_such_module: :nofile]}
      {:module, module, code, _} = defmodule Whole, do: def(whole, do: 1)
      assert :code.module_md5(code) == :beam_lib.md5(code) |> elem(1) |> elem(1)
      :code.delete(module)
      assert {:ok, prepared} = :code.prepare_loading([{module, ~c"", code}])
      assert :code.finish_loading(prepared) == :ok
      assert apply(module, :whole, []) == 1
    end
  end

  test "a process writes what happens to it into a file" do
    defmodule Logged do
      use GenServer
      def init(state), do: {:ok, state}
      def handle_call(:ask, _from, state), do: {:reply, state, state}
    end

    path = Path.join(System.tmp_dir!(), "log-#{System.unique_integer([:positive])}")
    {:ok, pid} = GenServer.start_link(Logged, 5)
    assert :sys.log_to_file(pid, String.to_charlist(path)) == :ok
    GenServer.call(pid, :ask)
    assert :sys.log_to_file(pid, false) == :ok
    assert File.read!(path) =~ ~r/\*DBG\* <[\d.]+> got call ask from <[\d.]+>\n\*DBG\* <[\d.]+> sent 5 to <[\d.]+>, new state 5\n/
    assert :sys.log_to_file(pid, ~c"/no/such/folder/log") == {:error, :open_file}
    File.rm!(path)
  end

  test "modules belong to applications, but for those that are there before any is" do
    for {module, application} <- [lists: :stdlib, math: :stdlib, ets: :stdlib, file: :kernel, code: :kernel, elixir: :elixir], do:
      assert(:application.get_application(module) == {:ok, application})

    for module <- [:erlang, :atomics, :persistent_term, :zlib, __MODULE__, :no_such_module], do:
      assert(:application.get_application(module) == :undefined)

    assert Exception.format_stacktrace_entry({:erlang, :div, [1, 0], []}) == ":erlang.div(1, 0)"
    assert Exception.format_stacktrace_entry({:math, :sqrt, [-1], []}) =~ ~r/^\(stdlib [\d.]+\) :math.sqrt\(-1\)$/
  end
end
