defmodule Beamlet.TestSuite do
  @moduledoc """
  Runs ExUnit test files, as `mix test` does.
  """

  @nothing_executed "The --only option was given to \"beamlet test\" but no test was executed"

  @doc """
  Loads the required files, then the test files, and runs all tests.

  A path may name lines, as in `"test/stack_test.exs:12"`: then only the tests there run. `options` are those of `ExUnit.configure/1`. Returns `{status, report}` as `Beamlet.Script.run/3` does: the status is 0
  when no test has failed, 2 when one has, 1 when a file could not be loaded.
  """
  def run(required, files, options) do
    :init.plain_arguments(["beamlet", "test" | files])

    Beamlet.Script.isolated(fn ->
      {files, locations} = ExUnit.Filters.parse_paths(files)
      ExUnit.start([autorun: false] ++ options ++ locations)
      Beamlet.Script.require_files(required)
      if required != [], do: Protocol.__consolidate_loaded__()
      # What the command is given counts more than what a helper has said; only exclusions add up.
      given = options ++ locations

      ExUnit.configure(
        Keyword.put(given, :exclude, Keyword.get(given, :exclude, []) ++ ExUnit.configuration()[:exclude])
      )

      Enum.each(files, &Code.require_file/1)
      %{failures: failures, excluded: excluded, total: total} = ExUnit.run()

      cond do
        failures > 0 -> {2, ""}
        # What `--only` names is all that is not excluded.
        excluded == total and :test in Keyword.get(options, :exclude, []) -> {1, @nothing_executed}
        true -> {0, ""}
      end
    end)
  end
end
