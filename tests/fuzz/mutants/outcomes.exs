# Evaluates the programs of a file, each a line of JSON with its code, as `beamlet eval --jsonl` does; but one after the other in
# the same system, from which what a program has left is taken away. The outcomes are written to a second file, line by line.
[programs, outcomes] = System.argv()
:logger.set_primary_config(:level, :none)
Code.compiler_options(ignore_module_conflict: true)

defmodule Outcomes do
  @limit 4000

  def of(code) do
    {:ok, device} = StringIO.open("")
    left = left()
    parent = self()
    {pid, monitor} = spawn_monitor(fn -> send(parent, {:ended, self(), evaluate(code, device)}) end)

    ended =
      receive do
        {:ended, ^pid, {kind, text}} -> %{kind => String.replace_invalid(text)}
        {:DOWN, ^monitor, _, _, reason} -> %{error: Exception.format_banner({:EXIT, pid}, reason)}
      after
        @limit -> %{timeout: true}
      end

    {_, output} = StringIO.contents(device)
    Process.demonitor(monitor, [:flush])
    clear(left)
    Map.merge(%{stdout: String.replace_invalid(output), value: nil, error: nil, timeout: false}, ended)
  end

  defp evaluate(code, device) do
    Process.group_leader(self(), device)

    try do
      {value, _} = Code.eval_string(code)
      {:value, inspect(value, pretty: true, limit: :infinity, width: 80)}
    catch
      kind, reason -> {:error, banner(kind, reason, __STACKTRACE__)}
    end
  end

  defp banner(:error, reason, stacktrace) do
    case Exception.blame(:error, reason, stacktrace) do
      {%FunctionClauseError{function: name} = error, _} when name != nil ->
        function = Exception.format_mfa(error.module, name, error.arity)
        "** (FunctionClauseError) no function clause matching in #{function}"

      {error, stacktrace} ->
        Exception.format_banner(:error, error, stacktrace)
    end
  end

  defp banner(kind, reason, stacktrace), do: Exception.format_banner(kind, reason, stacktrace)

  defp left do
    %{
      processes: MapSet.new(Process.list()),
      modules: MapSet.new(:code.all_loaded(), &elem(&1, 0)),
      tables: MapSet.new(:ets.all()),
      terms: MapSet.new(:persistent_term.get(), &elem(&1, 0))
    }
  end

  defp clear(left) do
    for pid <- Process.list(), pid not in left.processes, pid != self(), do: Process.exit(pid, :kill)
    flush()

    for {module, file} <- :code.all_loaded(), module not in left.modules, file in [[], ~c"nofile"] do
      :code.purge(module)
      :code.delete(module)
      :code.purge(module)
    end

    for table <- :ets.all(), table not in left.tables do
      try do
        :ets.delete(table)
      rescue
        ArgumentError -> :owner_is_gone
      end
    end

    for {key, _} <- :persistent_term.get(), is_atom(key), key not in left.terms, do: :persistent_term.erase(key)
  end

  defp flush do
    receive do
      _ -> flush()
    after
      0 -> :ok
    end
  end
end

file = File.open!(outcomes, [:write, :utf8])

for line <- File.stream!(programs) do
  %{"code" => code} = JSON.decode!(line)
  IO.puts(file, JSON.encode!(Outcomes.of(code)))
end

System.halt(0)
