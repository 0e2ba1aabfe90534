defmodule IEx.Server do
  @moduledoc """
  The process that a shell's user talks to: it reads lines from its group leader, has them evaluated, and starts a new
  evaluator when the old one has died.

  It is a process apart from the evaluator, so that a program may take all messages of the evaluator's mailbox, wait
  for ever or be killed, and the shell goes on.
  """

  @doc false
  defstruct prefix: "iex", counter: 1, on_eof: :stop_evaluator, parser_state: "", dot_iex: nil

  @doc """
  Runs a shell until the end of its input.

    * `:prefix` - what the prompt begins with, `"iex"`
    * `:env` - the environment of the evaluated code
    * `:binding` - the first bindings
    * `:dot_iex` - the file evaluated first, in place of `.iex.exs`; `""` for none
    * `:on_eof` - `:halt` ends the system at the end of the input
  """
  def run(options) do
    Process.flag(:trap_exit, true)

    session = %__MODULE__{
      prefix: Keyword.get(options, :prefix, "iex"),
      on_eof: Keyword.get(options, :on_eof, :stop_evaluator),
      dot_iex: options[:dot_iex]
    }

    start(session, options)
  end

  @doc false
  # What `beamlet repl` calls: loads files, then runs a shell that may be found by name.
  def start_with(required, options) do
    Process.register(self(), :iex_server)
    Beamlet.Script.require_files(required)
    run(options)
  end

  @doc "Starts an evaluator for the running process."
  def start_evaluator(counter, options) do
    evaluator = :proc_lib.start(IEx.Evaluator, :init, [self(), Process.group_leader(), counter, options])
    Process.put(:evaluator, evaluator)
    evaluator
  end

  defp start(session, options) do
    IO.puts(
      "Interactive Elixir (#{System.version()}) - press Ctrl+C to exit (type h() ENTER for help)"
    )

    evaluator = start_evaluator(session.counter, Keyword.put(options, :dot_iex, session.dot_iex))
    read(session, :ok, {evaluator, Process.monitor(evaluator)})
  end

  # What the user typed is lost with the evaluator; the counter goes on.
  defp restart(session, {evaluator, monitor}) do
    IO.puts("")
    stop(evaluator, monitor)
    start(%{session | parser_state: ""}, [])
  end

  defp stop(evaluator, monitor) do
    Process.delete(:evaluator)
    Process.demonitor(monitor, [:flush])
    send(evaluator, {:done, self()})
    :ok
  end

  ## Reading

  defp read(session, status, evaluator) do
    server = self()

    :io.setopts(
      expand_fun: &IEx.Autocomplete.expand(&1, server),
      incomplete_fun: &IEx.Evaluator.incomplete?(&1, session.counter, session.parser_state),
      continuation_prompt: prompt(session, :incomplete)
    )

    leader = Process.group_leader()
    ref = Process.monitor(leader)
    send(leader, {:io_request, self(), ref, {:get_line, :unicode, prompt(session, status)}})
    wait_for_line(session, evaluator, ref)
  end

  defp wait_for_line(session, {pid, monitor} = evaluator, ref) do
    receive do
      {:io_reply, ^ref, line} when is_binary(line) or is_list(line) ->
        Process.demonitor(ref, [:flush])
        send(pid, {:eval, self(), IO.chardata_to_string(line), session.counter, session.parser_state})
        wait_for_value(session, evaluator)

      {:io_reply, ^ref, :eof} ->
        Process.demonitor(ref, [:flush])
        stop(pid, monitor)
        if session.on_eof == :halt, do: System.halt(0), else: :ok

      {:io_reply, ^ref, {:error, :interrupted}} ->
        Process.demonitor(ref, [:flush])
        print_error("** (EXIT) interrupted")
        read(%{session | parser_state: ""}, :ok, evaluator)

      {:io_reply, ^ref, other} ->
        Process.demonitor(ref, [:flush])
        print_error("** (EXIT) unknown IO message: #{inspect(other)}")
        read(%{session | parser_state: ""}, :ok, evaluator)

      {:DOWN, ^ref, _, _, _} ->
        stop(pid, monitor)

      message ->
        handle(message, session, evaluator) || wait_for_line(session, evaluator, ref)
    end
  end

  defp wait_for_value(session, {pid, _} = evaluator) do
    receive do
      {:evaled, ^pid, status, parser_state} ->
        counter = if status == :ok, do: session.counter + 1, else: session.counter
        read(%{session | counter: counter, parser_state: parser_state}, status, evaluator)

      message ->
        handle(message, session, evaluator) || wait_for_value(session, evaluator)
    end
  end

  # What may come at any time; `nil` when the message means nothing.
  defp handle({:DOWN, monitor, :process, pid, reason}, session, {pid, monitor} = evaluator) do
    print_error(
      "** (EXIT from #{inspect(pid)}) shell process exited with reason: " <>
        Exception.format_exit(reason)
    )

    restart(session, evaluator)
  end

  # The user has interrupted an evaluation.
  defp handle({:EXIT, _from, :interrupt}, session, {pid, _} = evaluator) do
    print_error("** (EXIT) interrupted")
    Process.exit(pid, :kill)
    restart(session, evaluator)
  end

  defp handle({:EXIT, pid, reason}, _session, {evaluator, monitor}) do
    if pid == Process.group_leader() do
      stop(evaluator, monitor)
      exit(reason)
    end
  end

  defp handle({:respawn, pid}, session, {pid, _} = evaluator) do
    restart(%{session | counter: session.counter + 1}, evaluator)
  end

  defp handle(_message, _session, _evaluator), do: nil

  ## Printing

  defp prompt(session, status) do
    mode = if Node.alive?(), do: :alive, else: :default

    {mode, prefix} =
      case {status, mode} do
        {:incomplete, :alive} -> {:alive_continuation, "..."}
        {:incomplete, :default} -> {:default_continuation, "..."}
        {_, mode} -> {mode, session.prefix}
      end

    text =
      IEx.Config.prompt(mode)
      |> String.replace("%counter", Integer.to_string(session.counter))
      |> String.replace("%prefix", to_string(prefix))
      |> String.replace("%node", Atom.to_string(node()))

    text <> " "
  end

  defp print_error(text), do: IO.puts(IEx.color(:eval_error, text))
end
