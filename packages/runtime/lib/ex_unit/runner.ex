defmodule ExUnit.Runner do
  @moduledoc false

  # Runs test modules: concurrent ones up to `:max_cases` at a time, then the others. A module runs in a process of its
  # own and each of its tests in another, so that a test can crash, and its processes with it, without harm.

  alias ExUnit.EventManager, as: Events
  alias ExUnit.{OnExitHandler, RunnerStats}

  # Where the process of a module keeps the test, or the module, that it runs.
  @current __MODULE__

  @doc """
  Runs what the server has: `{stats, modules that can be restored}`. The signal SIGQUIT ends the run, with what has not
  been completed and the results so far.
  """
  def run(opts, load_us) when is_list(opts) do
    runner = self()
    signal = make_ref()

    try do
      System.trap_signal(:sigquit, signal, fn -> quit(runner) end)
      run_suite(opts, load_us)
    after
      System.untrap_signal(:sigquit, signal)
    end
  end

  defp quit(runner) do
    ref = Process.monitor(runner)
    send(runner, {ref, self(), :sigquit})

    receive do
      ^ref -> :ok
      {:DOWN, ^ref, _, _, _} -> :ok
    after
      5000 -> :ok
    end

    Process.demonitor(ref, [:flush])
    :ok
  end

  defp run_suite(opts, load_us) do
    {include, exclude} = ExUnit.Filters.normalize(opts[:include], opts[:exclude])
    opts = opts |> Keyword.put(:include, include) |> Keyword.put(:exclude, exclude)

    [stats | _] = manager = Events.start([{RunnerStats, opts} | Enum.map(opts[:formatters], &{&1, opts})])

    config = %{
      capture_log: opts[:capture_log],
      exclude: exclude,
      include: include,
      manager: manager,
      max_cases: opts[:max_cases],
      max_failures: opts[:max_failures],
      only_test_ids: opts[:only_test_ids],
      rand_algorithm: opts[:rand_algorithm],
      seed: opts[:seed],
      stats: stats,
      timeout: opts[:timeout],
      trace: opts[:trace]
    }

    started = System.monotonic_time()
    Events.suite_started(manager, opts)
    {async_ended, async, sync} = run_async(config, %{}, [])
    run_sync(config, sync)
    ended = System.monotonic_time()

    if stop?(config), do: Events.max_failures_reached(manager)

    async_us = if async == [], do: nil, else: microseconds(async_ended - started)
    Events.suite_finished(manager, %{async: async_us, load: load_us, run: microseconds(ended - started)})
    result = RunnerStats.stats(stats)
    Events.stop(manager)

    Enum.each(Application.fetch_env!(:ex_unit, :after_suite), & &1.(result))
    {result, {async, sync}}
  end

  defp microseconds(time), do: System.convert_time_unit(time, :native, :microsecond)

  ## Modules

  defp run_async(config, running, done) do
    free = config.max_cases - map_size(running)

    groups =
      if free > 0, do: ExUnit.Server.take_async_modules(free), else: :busy

    case groups do
      :busy ->
        run_async(config, await_module(config, running), done)

      nil ->
        sync = ExUnit.Server.take_sync_modules()
        Enum.reduce(running, running, fn _, running -> await_module(config, running) end)
        {System.monotonic_time(), done, sync}

      groups ->
        running = Enum.reduce(groups, running, &start_modules(config, elem(&1, 1), true, &2))
        run_async(config, running, done ++ groups)
    end
  end

  defp run_sync(config, modules) do
    for module <- modules do
      running = start_modules(config, [module], false, %{})
      if running != %{}, do: await_module(config, running)
    end
  end

  defp start_modules(config, modules, async?, running) do
    if stop?(config) do
      running
    else
      {pid, ref} =
        spawn_monitor(fn ->
          Enum.each(modules, fn {module, parameters} ->
            run_module(config, module, async?, parameters)
          end)
        end)

      Map.put(running, ref, pid)
    end
  end

  defp await_module(config, running) do
    receive do
      {ref, pid, :sigquit} -> abort(config, running, ref, pid)
      {:DOWN, ref, _, _, _} when is_map_key(running, ref) -> Map.delete(running, ref)
    end
  end

  # No module may report any more once the formatters have been told.
  defp abort(config, running, ref, pid) do
    current =
      for {ref, pid} <- running do
        current = with {:dictionary, entries} <- Process.info(pid, :dictionary), do: entries[@current]
        Process.exit(pid, :shutdown)

        receive do
          {:DOWN, ^ref, _, _, _} -> current
        end
      end

    Events.sigquit(config.manager, Enum.reject(current, &is_nil/1))
    Events.stop(config.manager)
    send(pid, ref)
    Process.sleep(:infinity)
  end

  defp run_module(config, module, async?, parameters) do
    test_module = %{module.__ex_unit__() | parameters: parameters}
    Process.put(@current, test_module)
    Events.module_started(config.manager, test_module)
    {to_run, not_run} = select(config, async?, test_module.tests)

    for test <- not_run do
      Events.test_started(config.manager, test)
      Events.test_finished(config.manager, test)
    end

    {test_module, invalid, finished} = run_tests_of(config, test_module, async?, to_run)

    reported =
      case count_failures(config, test_module) do
        :go_on -> invalid
        {:last, count} -> Enum.take(invalid, count)
        :enough -> nil
      end

    if reported do
      for test <- reported do
        Events.test_started(config.manager, test)
        Events.test_finished(config.manager, test)
      end

      tests = Enum.reverse(finished, reported)
      Events.module_finished(config.manager, %{test_module | tests: tests})
    end
  end

  defp select(config, async?, tests) do
    wanted = config.only_test_ids

    selected =
      for test <- shuffle(config, tests),
          wanted == nil or MapSet.member?(wanted, {test.module, test.name}) do
        tags = Map.merge(test.tags, %{test: test.name, module: test.module, async: async?})

        case ExUnit.Filters.eval(config.include, config.exclude, tags, tests) do
          :ok -> %{test | tags: tags}
          reason -> %{test | state: reason}
        end
      end

    Enum.split_with(selected, &(&1.state == nil))
  end

  defp shuffle(%{seed: 0}, tests), do: tests

  defp shuffle(%{seed: seed, rand_algorithm: algorithm}, tests) do
    :rand.seed(algorithm, {seed, seed, seed})
    Enum.shuffle(tests)
  end

  # `{module with its state, tests that setup_all prevented, tests that ran, last first}`
  defp run_tests_of(_config, test_module, _async?, []), do: {test_module, [], []}

  defp run_tests_of(config, %{name: module} = test_module, async?, tests) do
    context =
      test_module.tags
      |> Map.merge(test_module.parameters)
      |> Map.merge(%{module: module, async: async?})

    run = fn context -> run_tests(config, tests, test_module.parameters, context) end

    if test_module.setup_all? do
      with_setup_all(config, test_module, context, tests, run)
    else
      {test_module, [], run.(context)}
    end
  end

  # The process of setup_all lives, with all it has started, until the tests have run.
  defp with_setup_all(config, %{name: module} = test_module, context, tests, run) do
    parent = self()

    {pid, ref} =
      spawn_monitor(fn ->
        OnExitHandler.register(self())

        result =
          try do
            {:ok, module.__ex_unit__(:setup_all, context)}
          catch
            kind, reason -> {:error, failed(kind, reason, prune_stacktrace(__STACKTRACE__))}
          end

        send(parent, {self(), :setup_all, result})
        parent_ref = Process.monitor(parent)

        receive do
          {^parent, :exit} -> :ok
          {:DOWN, ^parent_ref, _, _, _} -> :ok
        end
      end)

    result =
      receive do
        {^pid, :setup_all, {:ok, context}} ->
          finished = run.(context)
          stop_setup_all(pid, ref)
          {test_module, [], finished}

        {^pid, :setup_all, {:error, state}} ->
          stop_setup_all(pid, ref)
          invalidate(%{test_module | state: state}, tests)

        {:DOWN, ^ref, :process, ^pid, reason} ->
          invalidate(%{test_module | state: failed({:EXIT, pid}, reason, [])}, tests)
      end

    {test_module, invalid, finished} = result
    {on_exit(test_module, pid, timeout(config, %{})), invalid, finished}
  end

  defp invalidate(test_module, tests) do
    {test_module, Enum.map(tests, &%{&1 | state: {:invalid, test_module}}), []}
  end

  defp stop_setup_all(pid, ref) do
    send(pid, {self(), :exit})

    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    end
  end

  ## Tests

  defp run_tests(config, tests, parameters, context) do
    Enum.reduce_while(tests, [], fn test, finished ->
      if stop?(config) do
        {:halt, finished}
      else
        Process.put(@current, test)
        Events.test_started(config.manager, test)
        test = run_test(config, %{test | parameters: parameters}, context)

        case count_failures(config, test) do
          :go_on ->
            Events.test_finished(config.manager, test)
            {:cont, [test | finished]}

          {:last, _count} ->
            Events.test_finished(config.manager, test)
            {:halt, [test | finished]}

          :enough ->
            {:halt, finished}
        end
      end
    end)
  end

  defp run_test(config, test, context) do
    parent = self()
    timeout = timeout(config, test.tags)

    {pid, ref} =
      spawn_monitor(fn ->
        OnExitHandler.register(self())
        seed = {:erlang.phash2(test.module), :erlang.phash2(test.name), config.seed}
        :rand.seed(config.rand_algorithm, seed)

        context = context |> Map.merge(test.tags) |> Map.put(:test_pid, self())
        capture = Map.get(context, :capture_log, config.capture_log)
        {time, test} = :timer.tc(fn -> captured(capture, test, fn -> execute(test, context) end) end)
        send(parent, {self(), :test_finished, %{test | time: time}})
        exit(:shutdown)
      end)

    test |> await_test(pid, ref, timeout) |> on_exit(pid, timeout)
  end

  defp captured(off, _test, fun) when off in [false, nil], do: fun.()

  defp captured(opts, _test, fun) do
    {test, logs} = ExUnit.CaptureLog.with_log(if(opts == true, do: [], else: opts), fun)
    %{test | logs: logs}
  end

  defp execute(%{module: module, name: name} = test, context) do
    context = module.__ex_unit__(:setup, with_tmp_dir(context, test))
    apply(module, name, [context])
    test
  catch
    kind, reason -> %{test | state: failed(kind, reason, prune_stacktrace(__STACKTRACE__))}
  end

  defp await_test(test, pid, ref, timeout) do
    receive do
      {^pid, :test_finished, test} ->
        Process.demonitor(ref, [:flush])
        test

      {:DOWN, ^ref, :process, ^pid, reason} ->
        %{test | state: failed({:EXIT, pid}, reason, [])}
    after
      timeout ->
        case Process.info(pid, :current_stacktrace) do
          {:current_stacktrace, stacktrace} ->
            Process.demonitor(ref, [:flush])
            Process.exit(pid, :kill)
            type = Atom.to_string(test.tags.test_type)
            error = ExUnit.TimeoutError.exception(timeout: timeout, type: type)
            %{test | state: failed(:error, error, stacktrace)}

          nil ->
            await_test(test, pid, ref, timeout)
        end
    end
  end

  defp on_exit(test_or_module, pid, timeout) do
    case OnExitHandler.run(pid, timeout) do
      :ok ->
        test_or_module

      {kind, reason, stacktrace} ->
        state = test_or_module.state || failed(kind, reason, prune_stacktrace(stacktrace))
        %{test_or_module | state: state}
    end
  end

  defp timeout(%{trace: true}, _tags), do: :infinity
  defp timeout(config, tags), do: Map.get(tags, :timeout, config.timeout)

  ## Failures

  defp failed(:error, %ExUnit.MultiError{errors: errors}, _stacktrace) do
    {:failed,
     for {kind, reason, stacktrace} <- errors do
       {kind, Exception.normalize(kind, reason, stacktrace), prune_stacktrace(stacktrace)}
     end}
  end

  defp failed(kind, reason, stacktrace) do
    {:failed, [{kind, Exception.normalize(kind, reason, stacktrace), stacktrace}]}
  end

  @doc "The part of a stack trace that is the test's own."
  def prune_stacktrace([{ExUnit.Assertions, _, _, _} | rest]), do: prune_stacktrace(rest)
  def prune_stacktrace([{ExUnit.Runner, _, _, _} | _rest]), do: []
  def prune_stacktrace([entry | rest]), do: [entry | prune_stacktrace(rest)]
  def prune_stacktrace([]), do: []

  # Whether to go on after this result, or how many of its failures are still to be shown.
  defp count_failures(%{max_failures: :infinity}, _result), do: :go_on

  defp count_failures(config, %ExUnit.TestModule{state: {:failed, _}, tests: tests}) do
    count_failures(config, config.max_failures, length(tests))
  end

  defp count_failures(config, %ExUnit.Test{state: {:failed, _}}) do
    count_failures(config, config.max_failures, 1)
  end

  defp count_failures(config, _result), do: if(stop?(config), do: :enough, else: :go_on)

  defp count_failures(config, max, count) do
    before = RunnerStats.add_failures(config.stats, count)

    cond do
      before >= max -> :enough
      before + count < max -> :go_on
      true -> {:last, max - before}
    end
  end

  defp stop?(%{max_failures: :infinity}), do: false
  defp stop?(config), do: RunnerStats.failures(config.stats) >= config.max_failures

  ## Directories for tests

  defp with_tmp_dir(%{tmp_dir: true} = context, test), do: with_tmp_dir(context, test, "")

  defp with_tmp_dir(%{tmp_dir: path} = context, test) when is_binary(path) do
    with_tmp_dir(context, test, path)
  end

  defp with_tmp_dir(%{tmp_dir: other}, _test) when other != false do
    raise ArgumentError, "expected :tmp_dir to be a boolean or a string, got: #{inspect(other)}"
  end

  defp with_tmp_dir(context, _test), do: context

  defp with_tmp_dir(context, test, extra) do
    module = inspect(test.module)
    name = to_string(test.name)
    suffix = if test.parameters == %{}, do: "", else: :erlang.term_to_binary(test.parameters)
    digest = :erlang.md5(module <> "/" <> name <> suffix) |> Base.encode16(case: :lower)
    folder = "#{escape(name)}-#{binary_slice(digest, 0..7)}"
    path = ["tmp", escape(module), folder, extra] |> Path.join() |> Path.expand()
    File.rm_rf!(path)
    File.mkdir_p!(path)
    Map.put(context, :tmp_dir, path)
  end

  defp escape(path) do
    String.replace(path, String.graphemes(" [~#%&*{}\\:<>?/+|\"]"), "-")
  end
end
