defmodule ExUnitRunTest do
  # Runs of their own, within a run.
  use ExUnit.Case

  test "SIGQUIT ends a run with what has not been completed" do
    Process.register(self(), ExUnitRunTest.Waiting)

    defmodule Endless do
      use ExUnit.Case, async: true

      test "waits" do
        send(ExUnitRunTest.Waiting, :waiting)
        Process.sleep(:infinity)
      end
    end

    before = ExUnit.configuration()
    on_exit(fn -> ExUnit.configure(before) end)
    ExUnit.configure(autorun: false, colors: [enabled: false])

    output =
      ExUnit.CaptureIO.capture_io(fn ->
        {runner, ref} = spawn_monitor(fn -> ExUnit.run() end)
        assert_receive :waiting
        # What the handler of the signal sends.
        send(runner, {ref, self(), :sigquit})
        assert_receive ^ref
      end)

    assert output =~ ~r"have not completed:\n\n\* test waits \[.*ex_unit_run_test.exs:\d+\]\n\nShowing results so far...\n\n0 failures"
  end

  test "a callback that gives no context is told with its place" do
    defmodule Wrong do
      use ExUnit.Case
      setup_all do: {:ok, "text"}
      test "never", do: :ok
    end

    before = ExUnit.configuration()
    on_exit(fn -> ExUnit.configure(before) end)
    ExUnit.configure(autorun: false, colors: [enabled: false])
    output = ExUnit.CaptureIO.capture_io(fn -> ExUnit.run() end)
    assert output =~ "got {:ok, \"text\"} instead"
    assert output =~ ~r"ex_unit_run_test\.exs:\d+: ExUnitRunTest\.Wrong\.__ex_unit__/2"
  end

  defmodule Documented do
    @doc """
    Code goes on behind what is expected of what stands before it: only the last value counts.

        iex> a = 1
        _ = a
        ...> a + 2
        4
    """
    def odd, do: :ok
  end

  defmodule OfDocumented do
    use ExUnit.Case, register: false
    doctest ExUnitRunTest.Documented
  end

  test "an example goes on behind what is expected" do
    [%{name: name}] = OfDocumented.__ex_unit__().tests
    error = assert_raise ExUnit.AssertionError, fn -> apply(OfDocumented, name, [%{}]) end
    assert error.left == 3
    assert error.doctest == "\niex> a = 1\n...> a + 2\n_ = a\n4"
  end
end
