# Runs under the real Elixir and under Beamlet alike: one answer a line for every case of a file of cases (JSON, one a
# line). Usage: runner.exs parse|compile|eval CASES ANSWERS

[mode, cases, answers] = System.argv()

defmodule Runner do
  @shown [limit: :infinity, printable_limit: :infinity]

  def parse(code) do
    {result, diagnostics} =
      Code.with_diagnostics(fn ->
        try do
          Code.string_to_quoted(code, columns: true, token_metadata: true)
        catch
          kind, reason -> {kind, reason}
        end
      end)

    shown =
      case result do
        {:ok, quoted} -> "ok " <> Base.encode16(:erlang.md5(inspect(quoted, @shown)))
        other -> inspect(other, @shown)
      end

    %{value: shown, output: "", warnings: warnings(diagnostics)}
  end

  def run(mode, code) do
    {:ok, device} = StringIO.open("")
    parent = self()

    {pid, ref} =
      spawn_monitor(fn ->
        Process.group_leader(self(), device)
        send(parent, {:answer, self(), evaluate(mode, code)})
      end)

    answer =
      receive do
        {:answer, ^pid, answer} ->
          Process.demonitor(ref, [:flush])
          answer

        {:DOWN, ^ref, _, _, reason} ->
          {"down " <> inspect(reason, @shown), []}
      after
        10_000 ->
          # A program may wait for ever; nothing may compute so long. On a busy machine the code server makes it wait.
          hung(pid, ref, 6)
      end

    {_, output} = StringIO.contents(device)
    {value, diagnostics} = answer
    # How far it came is nobody's business.
    output = if value == "timeout", do: "", else: output
    %{value: value, output: output, warnings: warnings(diagnostics)}
  end

  defp hung(pid, ref, rounds) do
    before = Process.info(pid, [:status, :reductions])

    receive do
      {:answer, ^pid, answer} -> answer
      {:DOWN, ^ref, _, _, reason} -> {"down " <> inspect(reason, @shown), []}
    after
      1000 ->
        case Process.info(pid, [:status, :reductions]) do
          now when rounds > 0 and now != before -> hung(pid, ref, rounds - 1)
          now -> Process.exit(pid, :kill) && {if(now[:status] == :waiting, do: "waits", else: "timeout"), []}
        end
    end
  end

  @doc "A value of which the compiler knows nothing: where it sees that something must fail, Erlang's says less of why."
  def itself(value), do: value

  @doc "Like `show/1`, in a process of its own: nothing that earlier ones have left comes in between."
  def alone(fun) do
    parent = self()

    # What is linked to it goes with it, and says nothing of that to the log of the next one.
    {pid, ref} = spawn_monitor(fn -> send(parent, {:shown, self(), shown(fun)}) && exit(:shutdown) end)

    receive do
      {:shown, ^pid, text} -> Process.demonitor(ref, [:flush]) && puts(text)
      {:DOWN, ^ref, :process, _, reason} -> puts("down " <> inspect(bare(reason), @shown))
    end
  end

  @doc "What a function gives, and what is logged meanwhile by processes of the program, without the frames of the library."
  def logged(fun) do
    id = :fuzz_log
    config = %{config: %{to: self(), leader: Process.group_leader()}, level: :all}
    :ok = :logger.add_handler(id, Runner.Log, config)

    try do
      value = bare(fun.())
      # A server may still have to fail after its answer.
      Process.sleep(20)
      # What the system logs of a process comes later; of this one it comes last.
      spawn(fn -> :erlang.error(:fuzz_end) end)
      {value, told_by_log()}
    after
      :logger.remove_handler(id)

      for pid <- [Process.whereis(:fuzz_server), :global.whereis_name(:fuzz_global)], is_pid(pid) do
        ref = Process.monitor(pid)
        Process.exit(pid, :kill)
        receive do: ({:DOWN, ^ref, _, _, _} -> :ok)
      end
    end
  end

  defp told_by_log do
    receive do
      {:log, text} -> if Enum.any?(text, &(&1 =~ "fuzz_end")), do: [], else: [text | told_by_log()]
    after
      2000 -> [:no_end]
    end
  end

  @doc "How a function ends, without stacktraces."
  def outcome(fun) do
    {:ok, bare(fun.())}
  catch
    kind, reason -> {kind, bare(reason)}
  end

  @doc "Why a monitored process has ended."
  def down(ref) do
    receive do
      {:DOWN, ^ref, :process, _, reason} -> bare(reason)
    after
      400 -> :alive
    end
  end

  @doc "What the evaluation of a text gives, and what the compiler says of it: modules are checked in no certain order."
  def told(code) do
    Code.with_diagnostics(fn ->
      try do
        shown(fn ->
          case Code.eval_string(code, [], file: "told.exs") do
            {{:module, module, _, result}, _} -> {:module, module, is_tuple(result)}
            {value, _} -> value
          end
        end)
      after
        for {module, _} <- :code.all_loaded(), Atom.to_string(module) =~ "FuzzTold" do
          :code.purge(module)
          :code.delete(module)
        end
      end
    end)
    |> then(fn {value, diagnostics} -> [value | Enum.sort(warnings(diagnostics))] end)
  end

  @doc "How a failure that nobody rescues is written, without the frames; the clauses of the library are its own business."
  def uncaught(fun) do
    fun.()
  catch
    kind, reason ->
      {blamed, _} = Exception.blame(kind, reason, __STACKTRACE__)

      case {reason, __STACKTRACE__} do
        {:function_clause, [{module, _, _, _} | _]} when module not in [Fuzz, FuzzCase] ->
          "no clause"

        _ ->
          # An error that was raised again may come from the library, whose clauses are written differently.
          banner = kind |> Exception.format_banner(blamed, []) |> String.split("\nAttempted function clauses") |> hd()
          [Exception.format_banner(kind, reason, __STACKTRACE__), banner]
      end
  end

  @doc "Programs show with this what some expression gives, or how it fails: on one line."
  def show(fun), do: fun |> shown() |> puts()

  defp puts(text), do: text |> String.replace("\n", "\\n") |> IO.puts()

  defp evaluate(mode, code) do
    Code.with_diagnostics(fn ->
      try do
        shown(fn -> value(mode, code) end)
      after
        for {module, _} <- :code.all_loaded(), Atom.to_string(module) =~ ~r/^Elixir\.(\w+\.)*Fuzz/ do
          :code.purge(module)
          :code.delete(module)
        end
      end
    end)
  end

  defp shown(fun) do
    inspect(bare(fun.()), @shown)
  rescue
    error in [FunctionClauseError, CaseClauseError] ->
      # Which function of a library module has no clause, and of which kind, is nobody's business.
      case __STACKTRACE__ do
        [{module, _, _, _} | _] when module not in [Fuzz, FuzzCase] -> "raised: no clause"
        _ -> "raised #{inspect(error.__struct__)}: #{Exception.message(error)}"
      end

    error ->
      "raised #{inspect(error.__struct__)}: #{Exception.message(error)}"
  catch
    kind, reason -> "#{kind} #{inspect(bare(reason), @shown)}"
  end

  @doc "A value without stacktraces: which functions of the library a process was in is nobody's business."
  def bare([{module, name, args, info} | _])
       when is_atom(module) and is_atom(name) and (is_list(args) or args in 0..255) and is_list(info),
       do: :stacktrace

  # So are the bytes of a module.
  def bare({:module, module, code, result}) when is_binary(code), do: {:module, module, :code, bare(result)}

  def bare([head | tail]), do: [bare(head) | bare(tail)]
  def bare(tuple) when is_tuple(tuple), do: tuple |> Tuple.to_list() |> Enum.map(&bare/1) |> List.to_tuple()
  def bare(other), do: other

  defp value("eval", code), do: code |> Code.eval_string([], file: "fuzz.exs") |> elem(0)

  defp value("compile", code) do
    [modules, main] = String.split(code, "# main\n", parts: 2)
    whole = modules <> "defmodule FuzzCase do\ndef run do\n" <> main <> "\nend\nend"
    Code.compile_string(whole, "fuzz.exs")
    # Called so that the type of its result is not known.
    apply(FuzzCase, :run, [])
  end

  defp warnings(diagnostics) do
    for %{severity: severity, message: message, position: position} <- diagnostics do
      "#{severity} #{inspect(position)} #{message}"
    end
  end
end

defmodule Runner.Log do
  @moduledoc "Sends what a program logs to it."

  def log(%{meta: %{gl: leader}} = event, %{config: %{to: to, leader: leader}}) do
    {formatter, config} = Logger.Formatter.new(format: "[$level] $message", colors: [enabled: false])

    text =
      event
      |> formatter.format(config)
      |> IO.chardata_to_string()
      |> String.split("\n")
      |> Enum.reject(&(&1 =~ ~r/^ +(\((stdlib|elixir|kernel)|.*runner\.exs)/))

    send(to, {:log, text})
  end

  def log(_, _), do: :ok
end

file = File.open!(answers, [:write, :utf8])

for line <- File.stream!(cases) do
  code = Base.decode64!(String.trim(line))
  answer = if mode == "parse", do: Runner.parse(code), else: Runner.run(mode, code)

  fields = [answer.value, answer.output | answer.warnings]
  IO.puts(file, Enum.map_join(fields, " ", &Base.encode64/1))
end

File.close(file)
