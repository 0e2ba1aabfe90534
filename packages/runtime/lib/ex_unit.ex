defmodule ExUnit do
  @moduledoc """
  Unit tests.

      ExUnit.start()

      defmodule AssertionTest do
        use ExUnit.Case, async: true

        test "the truth" do
          assert 1 + 1 == 2
        end
      end

  Tests run when the script that called `start/1` ends. See `ExUnit.Case` for tests, `ExUnit.Callbacks` for set-up and
  `ExUnit.Assertions` for what they assert.
  """

  @type state ::
          nil
          | {:excluded, binary()}
          | {:failed, failed}
          | {:invalid, ExUnit.TestModule.t()}
          | {:skipped, binary()}

  @type failed :: [{Exception.kind(), reason :: term(), Exception.stacktrace()}]

  @type suite_result :: %{
          excluded: non_neg_integer(),
          failures: non_neg_integer(),
          skipped: non_neg_integer(),
          total: non_neg_integer()
        }

  @type test_id :: {module(), name :: atom()}

  defmodule Test do
    @moduledoc "A test: its name, module, tags, and once it has run its `:state` and `:time` in microseconds."
    defstruct [:name, :case, :module, :state, time: 0, tags: %{}, logs: "", parameters: %{}]

    @type t :: %__MODULE__{}
  end

  defmodule TestModule do
    @moduledoc "A module of tests."
    defstruct [:file, :name, :setup_all?, :state, parameters: %{}, tags: %{}, tests: []]

    @type t :: %__MODULE__{}
  end

  defmodule TimeoutError do
    @moduledoc "Raised in place of a test that ran for too long."
    defexception [:timeout, :type]

    @type t :: %__MODULE__{timeout: non_neg_integer(), type: String.t()}

    @impl true
    def message(%{timeout: timeout, type: type}) do
      """
      #{type} timed out after #{timeout}ms. You can change the timeout:

        1. per test by setting "@tag timeout: x" (accepts :infinity)
        2. per test module by setting "@moduletag timeout: x" (accepts :infinity)
        3. globally via "ExUnit.start(timeout: x)" configuration
        4. by running "mix test --timeout x" which sets timeout
        5. or by running "mix test --trace" which sets timeout to infinity
           (useful when using IEx.pry/0)

      where "x" is the timeout given as integer in milliseconds (defaults to 60_000).
      """
    end
  end

  @defaults [
    after_suite: [],
    assert_receive_timeout: 100,
    autorun: true,
    capture_log: false,
    colors: [],
    exclude: [],
    exit_status: 2,
    formatters: [ExUnit.CLIFormatter],
    include: [],
    max_failures: :infinity,
    only_test_ids: nil,
    rand_algorithm: :exsss,
    refute_receive_timeout: 100,
    repeat_until_failure: 0,
    slowest: 0,
    slowest_modules: 0,
    stacktrace_depth: 20,
    timeout: 60_000,
    trace: false
  ]

  @doc """
  Starts ExUnit; the tests run when the system stops.

  Options, also of `configure/1`: `:seed` (0 keeps the order of the tests), `:max_cases` (modules at a time), `:timeout`,
  `:trace`, `:include` and `:exclude` (tags), `:max_failures`, `:capture_log`, `:colors`, `:formatters`, `:slowest`,
  `:assert_receive_timeout`, `:refute_receive_timeout`, `:autorun`, `:exit_status`, `:repeat_until_failure`.
  """
  @spec start(keyword()) :: :ok
  def start(options \\ []) do
    {:ok, _} = Application.ensure_all_started(:ex_unit)
    configure(options)

    if Application.fetch_env!(:ex_unit, :autorun) do
      Application.put_env(:ex_unit, :autorun, false)

      System.at_exit(fn
        0 ->
          load_time = ExUnit.Server.modules_loaded(false)
          seed = Application.get_env(:ex_unit, :seed)
          options = settle(configuration())
          %{failures: failures} = run_repeatedly(options, seed, load_time)

          if failures > 0 do
            System.at_exit(fn _ -> exit({:shutdown, Keyword.fetch!(options, :exit_status)}) end)
          end

        _status ->
          :ok
      end)
    end

    :ok
  end

  # The servers outlive whoever starts ExUnit first.
  @doc false
  def start(:normal, []) do
    for {key, value} <- @defaults, Application.fetch_env(:ex_unit, key) == :error do
      Application.put_env(:ex_unit, key, value)
    end

    children = [
      %{id: ExUnit.Server, start: {GenServer, :start_link, [ExUnit.Server, :ok, [name: ExUnit.Server]]}},
      %{
        id: ExUnit.CaptureServer,
        start: {GenServer, :start_link, [ExUnit.CaptureServer, :ok, [name: ExUnit.CaptureServer]]}
      }
    ]

    Supervisor.start_link(children, strategy: :one_for_one, name: ExUnit.Supervisor)
  end

  @doc false
  def stop(_state), do: :ok

  @doc "Changes the configuration: see `start/1`."
  @spec configure(keyword()) :: :ok
  def configure(options) when is_list(options) do
    Enum.each(options, fn {key, value} -> Application.put_env(:ex_unit, key, value) end)
  end

  @doc "The configuration."
  @spec configuration() :: keyword()
  def configuration do
    options = Application.get_all_env(:ex_unit)

    options =
      Keyword.put_new_lazy(options, :seed, fn -> rem(System.system_time(:microsecond), 1_000_000) end)

    options =
      if options[:slowest] > 0 or options[:slowest_modules] > 0,
        do: Keyword.put(options, :trace, true),
        else: options

    max_cases =
      cond do
        options[:trace] -> 1
        max = options[:max_cases] -> max
        true -> System.schedulers_online() * 2
      end

    Keyword.put(options, :max_cases, max_cases)
  end

  @doc "The plural of a kind of test."
  @spec plural_rule(binary()) :: binary()
  def plural_rule(word) when is_binary(word) do
    Map.get(Application.get_env(:ex_unit, :plural_rules, %{}), word, "#{word}s")
  end

  @doc "Sets the plural of a kind of test."
  @spec plural_rule(binary(), binary()) :: :ok
  def plural_rule(word, pluralization) when is_binary(word) and is_binary(pluralization) do
    rules = Application.get_env(:ex_unit, :plural_rules, %{})
    configure(plural_rules: Map.put(rules, word, pluralization))
  end

  @doc "Runs the tests now, with those of the given modules too."
  @spec run([module()]) :: suite_result
  def run(additional_modules \\ []) do
    for module <- additional_modules do
      if Code.ensure_loaded?(module) and function_exported?(module, :__ex_unit__, 1) do
        ExUnit.Server.add_module(module, module.__ex_unit__(:config))
      else
        raise ArgumentError, "#{inspect(module)} is not a ExUnit.Case module"
      end
    end

    ExUnit.Server.modules_loaded(additional_modules != [])
    seed = Application.get_env(:ex_unit, :seed)
    run_repeatedly(settle(configuration()), seed, nil)
  end

  @doc "Starts to run tests while modules are still loaded: a task for `await_run/1`."
  @doc since: "1.12.0"
  @spec async_run() :: Task.t()
  def async_run do
    seed = Application.get_env(:ex_unit, :seed)
    options = settle(configuration())
    Task.async(fn -> run_repeatedly(options, seed, nil) end)
  end

  @doc "Waits for the tests of `async_run/0`."
  @doc since: "1.12.0"
  @spec await_run(Task.t()) :: suite_result
  def await_run(task) do
    ExUnit.Server.modules_loaded(false)
    Task.await(task, :infinity)
  end

  @doc "Adds a function that is called with the result once all tests have run."
  @doc since: "1.8.0"
  @spec after_suite((suite_result -> any())) :: :ok
  def after_suite(function) when is_function(function) do
    configure(after_suite: [function | Application.fetch_env!(:ex_unit, :after_suite)])
  end

  @doc "The supervisor of the current test."
  @doc since: "1.11.0"
  @spec fetch_test_supervisor() :: {:ok, pid()} | :error
  def fetch_test_supervisor do
    case ExUnit.OnExitHandler.get_supervisor(self()) do
      {:ok, nil} ->
        {:ok, supervisor} = ExUnit.OnExitHandler.Supervisor.start_link()
        ExUnit.OnExitHandler.put_supervisor(self(), supervisor)
        {:ok, supervisor}

      other ->
        other
    end
  end

  # What the formatters show must not change while the tests run.
  defp settle(options) do
    options |> Keyword.take([:max_cases, :seed, :trace]) |> configure()
    options
  end

  defp run_repeatedly(options, seed, load_time) do
    run_repeatedly(options, seed, load_time, Keyword.fetch!(options, :repeat_until_failure))
  end

  defp run_repeatedly(options, seed, load_time, times) do
    case ExUnit.Runner.run(options, load_time) do
      {%{failures: 0}, {async, sync}} when times > 0 and (async != [] or sync != []) ->
        ExUnit.Server.restore_modules(async, sync)
        if seed == nil, do: Application.delete_env(:ex_unit, :seed)
        run_repeatedly(settle(configuration()), seed, load_time, times - 1)

      {stats, _modules} ->
        stats
    end
  end
end
