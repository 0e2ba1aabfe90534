defmodule ExUnit.CLIFormatter do
  @moduledoc false

  # Prints a dot for each test that passes, a report for each that fails, and a summary.

  use GenServer

  import ExUnit.Formatter,
    only: [format_times: 1, format_filters: 2, format_test_failure: 5, format_test_all_failure: 5]

  @default_colors [
    diff_delete: :red,
    diff_delete_whitespace: "\e[48;5;52m",
    diff_insert: :green,
    diff_insert_whitespace: "\e[48;5;28m",
    success: :green,
    invalid: :yellow,
    skipped: :yellow,
    failure: :red,
    error_info: :red,
    extra_info: :cyan,
    location_info: [:bright, :black]
  ]

  @impl true
  def init(opts) do
    IO.puts("Running ExUnit with seed: #{opts[:seed]}, max_cases: #{opts[:max_cases]}")

    for key <- [:exclude, :include], filters = opts[key], filters != [] do
      IO.puts(format_filters(filters, key))
    end

    IO.puts("")

    colors =
      @default_colors |> Keyword.merge(opts[:colors]) |> Keyword.put_new(:enabled, IO.ANSI.enabled?())

    {:ok,
     %{
       trace: opts[:trace],
       colors: colors,
       width: width(),
       slowest: opts[:slowest],
       slowest_modules: opts[:slowest_modules],
       counts: %{},
       timings: [],
       failures: 0,
       skipped: 0,
       excluded: 0,
       invalid: 0
     }}
  end

  defp width do
    case :io.columns() do
      {:ok, width} -> max(40, width)
      _ -> 80
    end
  end

  @impl true
  def handle_cast({:suite_finished, times_us}, state) do
    total = state.counts |> Map.values() |> Enum.sum()

    if total > 0 and state.excluded == total do
      IO.puts(color(:invalid, "All tests have been excluded.", state))
    end

    IO.write("\n")
    IO.puts(format_times(times_us))
    if state.slowest > 0, do: IO.puts(slowest_tests(state, times_us.run))
    if state.slowest_modules > 0, do: IO.puts(slowest_modules(state, times_us.run))
    IO.puts(summary(state, total))
    {:noreply, state}
  end

  def handle_cast({:test_started, test}, %{trace: true} = state) do
    IO.write("#{started(test)} [L##{test.tags.line}]")
    {:noreply, state}
  end

  def handle_cast({:test_finished, test}, state) do
    state = update_in(state.counts, &Map.update(&1, test.tags.test_type, 1, fn count -> count + 1 end))
    {:noreply, finished(test, state)}
  end

  def handle_cast({:module_started, test_module}, %{trace: true} = state) do
    IO.puts("\n#{inspect(test_module.name)} [#{Path.relative_to_cwd(test_module.file)}]")

    if test_module.parameters != %{} do
      IO.puts("Parameters: #{inspect(test_module.parameters)}")
    end

    {:noreply, state}
  end

  def handle_cast({:module_finished, %{state: {:failed, failures}} = test_module}, state) do
    # Those of its tests that failed have been counted.
    passed = Enum.count(test_module.tests, &(&1.state == nil))
    state = %{state | failures: state.failures + passed}

    print_failure(
      format_test_all_failure(
        test_module,
        failures,
        state.failures,
        state.width,
        &format(&1, &2, state)
      ),
      state
    )

    {:noreply, state}
  end

  def handle_cast(:max_failures_reached, state) do
    IO.write(color(:failure, "--max-failures reached, aborting test suite", state))
    {:noreply, state}
  end

  def handle_cast({:sigquit, []}, state) do
    IO.write(["\n\n", color(:failure, "Aborting test suite, showing results so far...\n\n", state)])
    {:noreply, quit(state)}
  end

  def handle_cast({:sigquit, current}, state) do
    IO.write(["\n\n", color(:failure, "Aborting test suite, the following have not completed:\n\n", state)])
    Enum.each(current, &IO.puts("* " <> unfinished(&1)))
    IO.write(color(:failure, "\nShowing results so far...\n\n", state))
    {:noreply, quit(state)}
  end

  def handle_cast(_event, state), do: {:noreply, state}

  defp unfinished(%ExUnit.Test{} = test), do: "#{test.name} [#{place(test)}]"
  defp unfinished(test_module), do: "#{inspect(test_module.name)} [#{Path.relative_to_cwd(test_module.file)}]"

  defp quit(state) do
    IO.puts(color(:failure, counts(state), state))
    state
  end

  defp finished(%{state: nil} = test, state) do
    if state.trace,
      do: IO.puts(color(:success, result(test), state)),
      else: IO.write(color(:success, ".", state))

    timed(test, state)
  end

  defp finished(%{state: {:excluded, _reason}} = test, state) do
    if state.trace, do: IO.puts("\r#{started(test)} (excluded) [L##{test.tags.line}]")
    %{state | excluded: state.excluded + 1}
  end

  defp finished(%{state: {:skipped, _reason}} = test, state) do
    if state.trace,
      do: IO.puts(color(:skipped, "\r#{started(test)} (skipped) [L##{test.tags.line}]", state)),
      else: IO.write(color(:skipped, "*", state))

    %{state | skipped: state.skipped + 1}
  end

  defp finished(%{state: {:invalid, _test_module}} = test, state) do
    if state.trace,
      do: IO.puts(color(:invalid, result(test), state)),
      else: IO.write(color(:invalid, "?", state))

    %{state | invalid: state.invalid + 1}
  end

  defp finished(%{state: {:failed, failures}} = test, state) do
    if state.trace, do: IO.puts(color(:failure, result(test), state))
    state = %{state | failures: state.failures + 1}

    print_failure(
      format_test_failure(test, failures, state.failures, state.width, &format(&1, &2, state)),
      state
    )

    if test.logs != "" do
      logs = String.replace(test.logs, "\n", "\n     ")
      IO.puts(["     The following output was logged:", "\n     " | logs])
    end

    timed(test, state)
  end

  defp print_failure(text, state) do
    IO.puts(if state.trace, do: "", else: "\n")
    IO.puts(text)
  end

  ## Tests and times

  defp started(test), do: String.replace("  * #{test.name}", "\n", " ")

  defp result(test) do
    "\r#{started(test)} (#{hundredths(test.time)}ms) [L##{test.tags.line}]"
  end

  # Thousandths as a decimal: below 0.1 with two decimals, else with one.
  defp hundredths(thousandths) do
    case div(thousandths, 10) do
      hundredths when hundredths < 10 ->
        "0.0#{hundredths}"

      hundredths ->
        tenths = div(hundredths, 10)
        "#{div(tenths, 10)}.#{rem(tenths, 10)}"
    end
  end

  defp timed(_test, %{slowest: 0, slowest_modules: 0} = state), do: state
  defp timed(test, state), do: update_in(state.timings, &[%{test | logs: ""} | &1])

  defp place(test), do: "#{Path.relative_to_cwd(test.tags.file)}:#{test.tags.line}"

  defp slowest_tests(%{slowest: count, timings: timings}, run_us) do
    tests = timings |> Enum.sort_by(&(-&1.time)) |> Enum.take(count)

    lines =
      for test <- tests do
        "#{started(test)} (#{inspect(test.module)}) (#{hundredths(test.time)}ms) [#{place(test)}]\n"
      end

    [slowest_header(count, tests |> Enum.map(& &1.time) |> Enum.sum(), run_us) | lines]
  end

  defp slowest_modules(%{slowest_modules: count, timings: timings}, run_us) do
    modules =
      timings
      |> Enum.group_by(&{&1.module, &1.tags.file}, & &1.time)
      |> Enum.map(fn {{module, file}, times} -> {module, file, Enum.sum(times)} end)
      |> Enum.sort_by(&elem(&1, 2), :desc)
      |> Enum.take(count)

    lines =
      for {module, file, time} <- modules do
        "#{inspect(module)} (#{hundredths(time)}ms)\n [#{Path.relative_to_cwd(file)}]\n"
      end

    [slowest_header(count, modules |> Enum.map(&elem(&1, 2)) |> Enum.sum(), run_us) | lines]
  end

  defp slowest_header(count, time_us, run_us) do
    share = Float.round(time_us / run_us * 100, 1)
    "\nTop #{count} slowest (#{hundredths(div(time_us, 1000))}s), #{share}% of total time:\n\n"
  end

  ## Summary

  defp counts(state) do
    counts =
      Enum.map_join(Enum.sort(state.counts), fn {type, count} ->
        "#{count} #{plural(count, "#{type}", ExUnit.plural_rule("#{type}"))}, "
      end)

    "#{counts}#{state.failures} #{plural(state.failures, "failure", "failures")}" <>
      if(state.excluded > 0, do: ", #{state.excluded} excluded", else: "") <>
      if(state.invalid > 0, do: ", #{state.invalid} invalid", else: "") <>
      if(state.skipped > 0,
        do: ", " <> color(:skipped, "#{state.skipped} skipped", state),
        else: ""
      )
  end

  defp summary(state, total) do
    text = counts(state)

    cond do
      state.failures > 0 -> color(:failure, text, state)
      state.invalid > 0 or (total > 0 and state.excluded == total) -> color(:invalid, text, state)
      true -> color(:success, text, state)
    end
  end

  defp plural(1, singular, _plural), do: singular
  defp plural(_count, _singular, plural), do: plural

  ## Colours

  defp color(key, text, %{colors: colors}) do
    case colors[:enabled] && colors[key] do
      none when none in [nil, false] -> text
      escape -> [escape, text, :reset] |> IO.ANSI.format_fragment(true) |> IO.iodata_to_binary()
    end
  end

  defp format(:diff_enabled?, _default, %{colors: colors}), do: colors[:enabled]

  defp format(key, doc, %{colors: colors})
       when key in [
              :diff_delete,
              :diff_delete_whitespace,
              :diff_insert,
              :diff_insert_whitespace
            ] do
    if colors[:enabled],
      do: Inspect.Algebra.color_doc(doc, key, %Inspect.Opts{syntax_colors: colors}),
      else: doc
  end

  defp format(:blame_diff, text, %{colors: colors} = state) do
    if colors[:enabled], do: color(:diff_delete, text, state), else: "-" <> text <> "-"
  end

  defp format(key, text, state), do: color(key, text, state)
end
