defmodule Beamlet.Script do
  @moduledoc """
  Runs script files as the command `elixir` does.
  """

  @doc """
  Loads the required files, then evaluates the script, which finds `args` in `System.argv/0`.

  Returns `{status, report}`: the exit status of the command, and what to print on the standard error.
  """
  def run(required, file, args) do
    System.argv(args)
    at_exit(isolated(fn -> evaluate(required, file) end))
  end

  # In a process of its own, so that a link to a crashing process ends the script and not the command.
  defp isolated(fun) do
    pid = self()
    ref = make_ref()
    {runner, monitor} = spawn_monitor(fn -> send(pid, {ref, fun.()}) end)

    receive do
      {^ref, result} ->
        Process.demonitor(monitor, [:flush])
        result

      {:DOWN, ^monitor, :process, ^runner, reason} ->
        {1, Exception.format_banner({:EXIT, runner}, reason, [])}
    end
  end

  # The functions of `System.at_exit/1`, last first, and those that they register; each may change the status.
  defp at_exit({status, report}) do
    case :persistent_term.get({System, :at_exit}, []) do
      [] ->
        {status, report}

      [hook | hooks] ->
        :persistent_term.put({System, :at_exit}, hooks)

        case isolated(fn -> guarded(fn -> hook.(status) end) end) do
          {0, _report} -> at_exit({status, report})
          {changed, ""} -> at_exit({changed, report})
          {changed, error} -> at_exit({changed, error})
        end
    end
  end

  defp evaluate(required, file) do
    guarded(fn ->
      Enum.each(required, &Code.require_file/1)
      Code.require_file(file)
    end)
  end

  defp guarded(fun) do
    fun.()
    {0, ""}
  catch
    :exit, reason when reason == :normal or reason == :shutdown -> {0, ""}
    :exit, {:shutdown, status} when is_integer(status) -> {status, ""}
    kind, reason -> {1, report(kind, reason, __STACKTRACE__)}
  end

  defp report(:error, reason, stacktrace) do
    {blamed, stacktrace} = Exception.blame(:error, reason, stacktrace)
    Exception.format(:error, blamed, stacktrace)
  end

  defp report(kind, reason, stacktrace), do: Exception.format(kind, reason, stacktrace)
end
