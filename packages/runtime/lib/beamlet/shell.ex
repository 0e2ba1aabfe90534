defmodule Beamlet.Shell do
  @moduledoc """
  The process behind the blocks of a page, and behind `beamlet repl`: it evaluates text expression by expression, and
  reports each value as `iex` would print it, and the bindings, imports and aliases that the next text needs.

  Its group leader is whatever the owner makes it before each text. It reports to its owner with messages:

    * `{:shell, id, {:value, line, inspected}}` - an expression that starts at `line` has this value
    * `{:shell, id, {:error, line, banner, stacktrace}}` - it ended in an error, which ends the text;
      `line` is the line of the text at which to show it, or `nil`
    * `{:shell, id, {:state, state}}` - what the shell has bound, imported and aliased by now
    * `{:shell, id, :done}` - the text is finished, with or without an error

  Text to evaluate arrives as `{:"$shell", {:eval, id, text, file, state}}`, and only when no other is being evaluated: the
  mailbox of the shell is that of the program. The state is one that it has reported, or `nil` to begin without any.

  What is told of the types in the modules of a text comes after its values, and as long as that part of the library is not loaded
  after the end, when nothing has been asked for a while.

  It is the first thing that a page runs, so it leans on natives and loads as little of the library as it can.
  """

  # Milliseconds.
  @idle 50

  @doc "Is a shell: the body of its process."
  def start(owner) do
    # Hibernating empties the stack: an evaluation is stopped by unwinding to the outermost `try`, which has to be that of
    # `run/5` and not one of whoever has loaded this module.
    :erlang.hibernate(__MODULE__, :wake, [owner])
  end

  @doc false
  def wake(owner), do: loop(owner, [])

  @doc "Is the shell that follows one which has died, and says so under the id of an evaluation."
  def restart(owner, id, pid, reason) do
    banner =
      "** (EXIT from #{inspect(pid)}) shell process exited with reason: " <> Exception.format_exit(reason)

    send(owner, {:shell, id, {:error, nil, banner, ""}})
    send(owner, {:shell, id, :done})
    start(owner)
  end

  defp fresh, do: {[], :elixir.env_for_eval([])}

  # `unchecked` are modules of earlier texts.
  defp loop(owner, unchecked) do
    receive do
      {:"$shell", {:eval, id, text, file, state}} ->
        {binding, env} = state || fresh()
        :erlang.put(:elixir_checks, {:types, unchecked})

        {binding, env} =
          case :beamlet_code.expressions(text, file: file, columns: true) do
            {:ok, expressions} ->
              run(expressions, owner, id, binding, %{env | file: file})

            {:error, line, exception} ->
              banner = Exception.format_banner(:error, exception, [])
              send(owner, {:shell, id, {:error, line, banner, ""}})
              {binding, env}
          end

        send(owner, {:shell, id, {:state, {binding, env}}})
        {_, unchecked} = :erlang.erase(:elixir_checks)
        unchecked = if :erlang.module_loaded(Module.Types), do: check(unchecked), else: unchecked
        send(owner, {:shell, id, :done})
        loop(owner, unchecked)
    after
      if(unchecked == [], do: :infinity, else: @idle) -> loop(owner, check(unchecked))
    end
  end

  defp check([]), do: []

  defp check(modules) do
    :elixir_compiler.check({:types, modules})
    []
  end

  @doc "Evaluates a text in a process beside the shell, with what the shell has reported as its state. Reports its last value."
  def act(owner, id, text, state) do
    {binding, env} = state || fresh()

    case :beamlet_code.expressions(text, file: "button", columns: true) do
      {:ok, expressions} ->
        {value, _, _} =
          Enum.reduce(expressions, {nil, binding, %{env | file: "button"}}, fn {_line, expression}, {_, binding, env} ->
            :elixir.eval_quoted(expression, binding, env)
          end)

        send(owner, {:shell, id, {:value, nil, inspect(value, pretty: true, width: 80)}})

      {:error, _line, exception} ->
        raise exception
    end
  catch
    kind, reason -> report(owner, id, nil, nil, kind, reason, __STACKTRACE__)
  end

  defp run([], _owner, _id, binding, env), do: {binding, env}

  defp run([{line, expression} | rest], owner, id, binding, env) do
    try do
      {value, binding, env} = :elixir.eval_quoted(expression, binding, env)
      {inspect(value, pretty: true, width: 80), binding, env}
    catch
      :exit, :"$stopped" ->
        {binding, env}

      kind, reason ->
        report(owner, id, line, env.file, kind, reason, __STACKTRACE__)
        {binding, env}
    else
      {inspected, binding, env} ->
        send(owner, {:shell, id, {:value, line, inspected}})
        send(owner, {:shell, id, {:state, {binding, env}}})
        run(rest, owner, id, binding, env)
    end
  end

  defp report(owner, id, line, file, kind, reason, stacktrace) do
    {reason, stacktrace} =
      if kind == :error, do: Exception.blame(:error, reason, stacktrace), else: {reason, stacktrace}

    # What lies below the text itself is the shell's own.
    stacktrace = Enum.reject(stacktrace, &(elem(&1, 0) == __MODULE__))
    banner = Exception.format_banner(kind, reason, stacktrace)
    trace = if stacktrace == [], do: "", else: Exception.format_stacktrace(stacktrace)
    send(owner, {:shell, id, {:error, line_in(stacktrace, file) || line, banner, trace}})
  end

  defp line_in(stacktrace, file) do
    Enum.find_value(stacktrace, fn {_, _, _, location} ->
      if to_string(location[:file]) == file, do: location[:line]
    end)
  end
end
