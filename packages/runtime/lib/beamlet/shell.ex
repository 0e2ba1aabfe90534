defmodule Beamlet.Shell do
  @moduledoc """
  The process behind the blocks of a page, and behind `beamlet repl`: it evaluates text expression by expression,
  keeps bindings, imports and aliases from one text to the next, and reports each value as `iex` would print it.

  Its group leader is whatever the owner makes it before each text. It reports to its owner with messages:

    * `{:shell, id, {:value, line, inspected}}` - an expression that starts at `line` has this value
    * `{:shell, id, {:error, line, banner, stacktrace}}` - it ended in an error, which ends the text;
      `line` is the line of the text at which to show it, or `nil`
    * `{:shell, id, :done}` - the text is finished, with or without an error

  Text to evaluate arrives as `{:"$shell", {:eval, id, text, file}}`, and only when no other is being evaluated: the mailbox
  of the shell is that of the program.
  """

  @doc "Is a shell: the body of its process."
  def start(owner) do
    loop(%{owner: owner, binding: [], env: Code.env_for_eval(file: "block")})
  end

  defp loop(state) do
    receive do
      {:"$shell", {:eval, id, text, file}} ->
        state = evaluate(state, id, text, file)
        send(state.owner, {:shell, id, :done})
        loop(state)
    end
  end

  defp evaluate(state, id, text, file) do
    case Code.string_to_quoted(text, file: file, columns: true, emit_warnings: true) do
      {:ok, quoted} ->
        quoted |> expressions() |> run(%{state | env: %{state.env | file: file}}, id)

      {:error, _} ->
        # The bang version makes the exception with the excerpt of the text.
        report_syntax_error(state, id, text, file)
    end
  end

  defp expressions({:__block__, _, expressions}) when is_list(expressions), do: expressions
  defp expressions(expression), do: [expression]

  defp run([], state, _id), do: state

  defp run([expression | rest], state, id) do
    line = line_of(expression)

    try do
      {value, binding, env} = Code.eval_quoted_with_env(expression, state.binding, state.env)
      {inspect(value, pretty: true, width: 80), binding, env}
    catch
      :exit, :"$stopped" ->
        state

      kind, reason ->
        report(state, id, line, kind, reason, __STACKTRACE__)
        state
    else
      {inspected, binding, env} ->
        send(state.owner, {:shell, id, {:value, line, inspected}})
        run(rest, %{state | binding: merge(state.binding, binding), env: env}, id)
    end
  end

  defp merge(old, new), do: Keyword.merge(old, new)

  defp report(state, id, line, kind, reason, stacktrace) do
    {reason, stacktrace} =
      if kind == :error, do: Exception.blame(:error, reason, stacktrace), else: {reason, stacktrace}

    banner = Exception.format_banner(kind, reason, stacktrace)
    trace = Exception.format_stacktrace(stacktrace)
    send(state.owner, {:shell, id, {:error, error_line(reason, stacktrace, state.env.file) || line, banner, trace}})
  end

  defp report_syntax_error(state, id, text, file) do
    Code.string_to_quoted!(text, file: file, columns: true)
  rescue
    exception ->
      send(state.owner, {:shell, id, {:error, Map.get(exception, :line), Exception.format_banner(:error, exception), ""}})
      state
  end

  defp error_line(%{line: line}, _, _) when is_integer(line), do: line

  defp error_line(_, stacktrace, file) do
    Enum.find_value(stacktrace, fn
      {_, _, _, location} ->
        if to_string(Keyword.get(location, :file, "")) == file, do: Keyword.get(location, :line)

      _ ->
        nil
    end)
  end

  # The line of an expression is its first: that of the leftmost node that has one.
  defp line_of(expression) do
    {_, line} =
      Macro.prewalk(expression, nil, fn
        {_, meta, _} = node, line when is_list(meta) -> {node, min(line, Keyword.get(meta, :line, line))}
        node, line -> {node, line}
      end)

    line
  end
end
