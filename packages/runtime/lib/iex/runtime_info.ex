defmodule IEx.RuntimeInfo do
  @moduledoc false
  # What `runtime_info/1` and `process_info/1` print.

  def topics, do: [:system, :memory, :limits, :applications, :allocators]

  def print(:system) do
    heading("System and architecture")
    row("Elixir version", System.version())
    row("Erlang/OTP version", System.otp_release())
    row("ERTS version", :erlang.system_info(:version))
    row("Compiled for", :erlang.system_info(:system_architecture))
    row("Schedulers", :erlang.system_info(:schedulers))
    row("Schedulers online", :erlang.system_info(:schedulers_online))
  end

  def print(:memory) do
    memory = :erlang.memory()
    heading("Memory")

    for {label, kind} <- [
          {"Atoms", :atom},
          {"Binaries", :binary},
          {"Code", :code},
          {"ETS", :ets},
          {"Processes", :processes},
          {"Total", :total}
        ],
        do: row(label, bytes(memory[kind] || 0))
  end

  def print(:limits) do
    heading("Statistics / limits")
    {uptime, _} = :erlang.statistics(:wall_clock)
    row("Uptime", "#{div(uptime, 1000)} seconds")
    row("Run queue", :erlang.statistics(:run_queue))
    row("Atoms", limit(:erlang.system_info(:atom_count), :erlang.system_info(:atom_limit)))
    row("ETS", limit(length(:ets.all()), :erlang.system_info(:ets_limit)))
    row("Ports", limit(:erlang.system_info(:port_count), :erlang.system_info(:port_limit)))
    row("Processes", limit(:erlang.system_info(:process_count), :erlang.system_info(:process_limit)))
  end

  def print(:applications) do
    heading("Loaded OTP applications")
    for {name, _, version} <- Application.loaded_applications(), do: row(Atom.to_string(name), version)
  end

  def print(:allocators) do
    heading("Memory allocators")
    IO.puts("There are none of its own: memory is the host's.")
  end

  def print(topic) do
    raise ArgumentError, "topic must be one of #{inspect(topics())}, got: #{inspect(topic)}"
  end

  def print_process(pid) do
    case is_pid(pid) && Process.info(pid) do
      none when none in [false, nil] ->
        IO.puts(
          IEx.color(
            :eval_error,
            "Failed to get process info. Either the process was not found or is not alive."
          )
        )

      info ->
        IO.puts("\n# Process #{inspect(pid)}")
        heading("Overview")
        row("Initial call", inspect(info[:initial_call]))
        row("Current function", inspect(info[:current_function]))
        row("Registered name", inspect(info[:registered_name] || []))
        row("Status", inspect(info[:status]))
        row("Message queue length", info[:message_queue_len])
        row("Group leader", inspect(info[:group_leader]))
        row("Priority", inspect(info[:priority]))
        row("Trap exit", info[:trap_exit])
        row("Reductions", info[:reductions])
        pids("Links", info[:links])
        pids("Monitors", for({:process, pid} <- monitors(pid), do: pid))
        heading("Memory")

        for {label, kind} <- [
              {"Memory", :memory},
              {"Total heap size", :total_heap_size},
              {"Heap size", :heap_size},
              {"Stack size", :stack_size}
            ],
            {_, size} <- [Process.info(pid, kind)],
            do: row(label, bytes(size))

        heading("Current stacktrace")
        {:current_stacktrace, stacktrace} = Process.info(pid, :current_stacktrace)
        IO.puts(Exception.format_stacktrace(stacktrace))
    end
  end

  defp monitors(pid), do: pid |> Process.info(:monitors) |> elem(1)

  defp pids(_title, empty) when empty in [nil, []], do: :ok

  defp pids(title, pids) do
    heading(title)

    for pid <- pids do
      name = if is_pid(pid), do: Process.info(pid, :registered_name)
      IO.puts(inspect(pid) <> if(match?({_, name} when is_atom(name), name), do: " " <> inspect(elem(name, 1)), else: ""))
    end
  end

  defp heading(text), do: IO.puts(IEx.color(:doc_headings, "\n## " <> text <> " ") <> "\n")

  defp row(name, value), do: IO.puts(String.pad_trailing(name, 21) <> to_string(value))

  defp limit(count, limit), do: "#{count} / #{limit} (#{div(count * 100, limit)}% used)"

  defp bytes(bytes) when bytes < 1024, do: "#{bytes} B"
  defp bytes(bytes) when bytes < 1024 * 1024, do: "#{div(bytes, 1024)} KB"
  defp bytes(bytes), do: "#{div(bytes, 1024 * 1024)} MB"
end
