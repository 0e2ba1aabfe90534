defmodule Beamlet.Eval do
  @moduledoc """
  Evaluates one program as `beamlet eval` answers for it: what it printed, its value, its error.
  """

  alias Beamlet.Collector

  @doc """
  Evaluates the text in a new process and waits for its end.

  Returns `{stdout, value, error}`: the text printed, and either the inspected value of the last
  expression or the banner of what ended the process; the other one is `nil`.
  """
  def outcome(code) do
    collector = Collector.start()
    {"", value, error} = shown(code, collector)
    stdout = Collector.contents(collector)
    Collector.stop(collector)
    {stdout, value, error}
  end

  @doc """
  As `outcome/1`, with the text on the given device as it is printed, and none in the answer.
  """
  def shown(code, device \\ Process.group_leader()) do
    parent = self()
    ref = make_ref()

    pid =
      spawn(fn ->
        Process.group_leader(self(), device)
        send(parent, {ref, evaluate(code)})
      end)

    monitor = Process.monitor(pid)

    receive do
      {^ref, {value, error}} ->
        Process.demonitor(monitor, [:flush])
        {"", value, error}

      {:DOWN, ^monitor, :process, ^pid, reason} ->
        {"", nil, Exception.format_banner({:EXIT, pid}, reason, [])}
    end
  end

  defp evaluate(code) do
    {value, _binding} = Code.eval_string(code)
    {inspect(value, pretty: true, limit: :infinity, width: 80), nil}
  catch
    kind, reason -> {nil, banner(kind, reason, __STACKTRACE__)}
  end

  @doc "The first lines of an error's report: `** (RuntimeError) boom`, with blame's hints."
  def banner(:error, reason, stacktrace) do
    exception =
      case Exception.normalize(:error, reason, stacktrace) do
        %FunctionClauseError{} = exception -> exception
        exception -> :error |> Exception.blame(exception, stacktrace) |> elem(0)
      end

    Exception.format_banner(:error, exception, stacktrace)
  end

  def banner(kind, reason, stacktrace), do: Exception.format_banner(kind, reason, stacktrace)
end
