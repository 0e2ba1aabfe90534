# Evaluates each file named by an argument as `beamlet eval --json` does, and prints the outcome as a line of JSON.
:logger.set_primary_config(:level, :none)
Code.compiler_options(ignore_module_conflict: true)

for file <- System.argv() do
  {:ok, device} = StringIO.open("")
  parent = self()

  {pid, monitor} =
    spawn_monitor(fn ->
      Process.group_leader(self(), device)

      error =
        try do
          Code.eval_string(File.read!(file))
          nil
        catch
          kind, reason ->
            {reason, _} =
              if kind == :error, do: Exception.blame(:error, reason, __STACKTRACE__), else: {reason, []}

            Exception.format_banner(kind, reason, __STACKTRACE__)
        end

      send(parent, {:ended, error})
    end)

  error =
    receive do
      {:ended, error} -> error
      {:DOWN, ^monitor, :process, ^pid, reason} -> Exception.format_banner({:EXIT, pid}, reason)
    end

  Process.demonitor(monitor, [:flush])
  {:ok, {_, output}} = StringIO.close(device)
  IO.puts(JSON.encode!(%{stdout: output, error: error}))
end
