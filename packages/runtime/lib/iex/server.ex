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
    * `:register` - whether processes may ask this shell to look at them, `true`
  """
  def run(options) do
    Process.flag(:trap_exit, true)
    if Keyword.get(options, :register, true), do: IEx.Broker.register(self())

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
    {:ok, _} = Application.ensure_all_started(:iex)

    try do
      Beamlet.Script.require_files(required)
    catch
      # What is wrong has been said.
      :exit, {:shutdown, status} when is_integer(status) -> System.halt(status)
    end

    run(options)
  end

  @doc "Starts an evaluator for the running process."
  def start_evaluator(counter, options) do
    arguments = [:ack, self(), Process.group_leader(), counter, options]
    # A process that is to be looked at is its own evaluator.
    evaluator = options[:evaluator] || :proc_lib.start(IEx.Evaluator, :init, arguments)
    Process.put(:evaluator, evaluator)
    evaluator
  end

  # `input` is the request for a line, where one has been made and not answered yet.
  defp start(session, options, input \\ nil) do
    IO.puts(
      "Interactive Elixir (#{System.version()}) - press Ctrl+C to exit (type h() ENTER for help)"
    )

    evaluator = start_evaluator(session.counter, Keyword.put_new(options, :dot_iex, session.dot_iex))
    read(session, :ok, {evaluator, Process.monitor(evaluator)}, input)
  end

  # What the user typed is lost with the evaluator; the counter goes on.
  defp restart(session, {evaluator, monitor}, input, options \\ []) do
    IO.puts("")
    stop(evaluator, monitor)
    start(%{session | parser_state: ""}, options, input)
  end

  defp stop(evaluator, monitor) do
    Process.delete(:evaluator)
    Process.demonitor(monitor, [:flush])
    send(evaluator, {:done, self(), false})
    :ok
  end

  ## Reading

  defp read(session, status, evaluator, input \\ nil) do
    server = self()

    :io.setopts(
      expand_fun: &IEx.Autocomplete.expand(&1, server),
      incomplete_fun: &IEx.Evaluator.incomplete?(&1, session.counter, session.parser_state),
      continuation_prompt: prompt(session, :incomplete)
    )

    wait_for_line(session, evaluator, input || request_line(prompt(session, status)))
  end

  defp request_line(prompt) do
    leader = Process.group_leader()
    ref = Process.monitor(leader)
    send(leader, {:io_request, self(), ref, {:get_line, :unicode, prompt}})
    ref
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
        handle(message, session, evaluator, ref) || wait_for_line(session, evaluator, ref)
    end
  end

  defp wait_for_value(session, {pid, _} = evaluator) do
    receive do
      {:evaled, ^pid, status, parser_state} ->
        counter = if status == :ok, do: session.counter + 1, else: session.counter
        read(%{session | counter: counter, parser_state: parser_state}, status, evaluator)

      message ->
        handle(message, session, evaluator, nil) || wait_for_value(session, evaluator)
    end
  end

  # A process that has been looked at runs on, to its end or to the next stop.
  defp wait(session, evaluator, input) do
    receive do
      message -> handle(message, session, evaluator, input) || wait(session, evaluator, input)
    end
  end

  # What may come at any time; `nil` when the message means nothing.
  defp handle({:DOWN, monitor, :process, pid, reason}, session, {pid, monitor} = evaluator, input) do
    print_error(
      "** (EXIT from #{inspect(pid)}) shell process exited with reason: " <>
        Exception.format_exit(reason)
    )

    restart(session, evaluator, input)
  end

  # The user has interrupted an evaluation.
  defp handle({:EXIT, _from, :interrupt}, session, {pid, _} = evaluator, input) do
    print_error("** (EXIT) interrupted")
    Process.exit(pid, :kill)
    restart(session, evaluator, input)
  end

  defp handle({:EXIT, pid, reason}, _session, {evaluator, monitor}, _input) do
    if pid == Process.group_leader() do
      stop(evaluator, monitor)
      exit(reason)
    end
  end

  defp handle({:respawn, pid}, session, {pid, _} = evaluator, input) do
    restart(%{session | counter: session.counter + 1}, evaluator, input)
  end

  # A process wants to be looked at: what this shell evaluates, or another, which then takes the place of the evaluator.
  defp handle({:take_over, broker, request, location, snippet, options}, session, {pid, _} = evaluator, input) do
    respond = &IEx.Broker.respond(broker, request, &1, &2)

    if options[:evaluator] == pid do
      print(:eval_interrupt, "Break reached: #{location}#{snippet}")
      session = %{session | counter: session.counter + 1, parser_state: ""}
      if respond.(session.counter, true) == :ok, do: read(session, :ok, evaluator, input)
    else
      question = "Request to pry #{inspect(options[:evaluator])} at #{location}#{snippet}\nAllow? [Yn] "
      allowed? = yes?(IO.gets(IEx.color(:eval_interrupt, question)))

      case respond.(session.counter, allowed?) do
        :ok -> restart(session, evaluator, input, options)
        {:error, :already_accepted} -> print_error("** session was already accepted elsewhere")
        {:error, :refused} -> nil
      end
    end
  end

  defp handle({:continue, pid, next?}, session, {pid, _} = evaluator, input) do
    send(pid, {:done, self(), next?})
    wait(session, evaluator, input)
  end

  defp handle(_message, _session, _evaluator, _input), do: nil

  defp yes?(answer), do: is_binary(answer) and String.downcase(String.trim(answer)) in ["", "y", "yes"]

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

  defp print_error(text), do: print(:eval_error, text)

  defp print(color, text) do
    IO.puts(IEx.color(color, text))
    nil
  end
end
