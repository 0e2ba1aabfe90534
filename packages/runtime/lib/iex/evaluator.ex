defmodule IEx.Evaluator do
  @moduledoc false
  # The process that evaluates what is typed into a shell, and answers what completion wants to know of its bindings.
  #
  # Its mailbox is that of the program; so it takes only messages of its server by their first element.

  @break "#iex:break\n"

  # Operators that at the start of a line continue with the last value. `+` and `-` may begin an expression.
  @continues ~r/\A\s*(?:\|>|<>|\+\+|--(?!\s*\d)|\|\||&&|===?|=~|!==?|<=|<(?!<)|>=?|\*|\/(?!\d)|~>|<~|(?:and|or|in|not\s+in)\b|<<~|<<<|\^\^\^)/

  # What belongs to one evaluation loop, as a process may stop within the evaluation of another.
  @own [:iex_server, :iex_evaluator, :iex_history, :iex_whereami]

  @doc """
  Is an evaluator of a server, until it is told that it is done: `{:ok, next?}`, whether to stop again at the next line.

  With `:ack` it is one by birth; otherwise it is a process that has stopped for a shell, and runs on when this returns.
  """
  def init(command, server, leader, counter, options) do
    old_leader = Process.group_leader()
    old = Map.new(@own, &{&1, Process.get(&1)})
    reference = make_ref()
    Process.group_leader(self(), leader)
    Process.put(:iex_server, server)
    Process.put(:iex_evaluator, reference)
    # An evaluator that has run on ends with that evaluation.
    if outer = old.iex_evaluator, do: send(self(), {:done, outer, false})

    try do
      state = first_state(server, counter, options) |> Map.put(:reference, reference)
      if command == :ack, do: :proc_lib.init_ack(self())
      loop(state)
    after
      Process.group_leader(self(), old_leader)

      for {key, value} <- old do
        if value == nil, do: Process.delete(key), else: Process.put(key, value)
      end
    end
  end

  defp first_state(server, counter, options) do
    if env = options[:env], do: Process.put(:iex_whereami, {env.file, env.line, options[:stacktrace]})
    env = options[:env] || Code.env_for_eval(file: "iex")
    {_, _, env} = Code.eval_quoted_with_env(quote(do: import(IEx.Helpers)), [], env)

    load_dot_iex(
      %{
        server: server,
        binding: options[:binding] || [],
        env: env,
        history: IEx.History.init(counter)
      },
      options[:dot_iex] || IEx.Config.dot_iex()
    )
  end

  defp loop(%{server: server, reference: reference} = state) do
    receive do
      {:eval, ^server, code, counter, parser_state} ->
        {status, parser_state, state} = step(code, counter, parser_state, state)
        send(server, {:evaled, self(), status, parser_state})
        loop(state)

      {:iex_ask, from, ref, question} ->
        send(from, {ref, answer(question, state)})
        loop(state)

      {:done, from, next?} when from in [server, reference] ->
        {:ok, next?}
    end
  end

  ## Questions of the completion

  @doc "Asks an evaluator: `{:env, fields}`, `{:variables, prefix}` or `{:value, [variable | keys]}`; `otherwise` when busy."
  def ask(evaluator, question, otherwise) do
    ref = make_ref()
    send(evaluator, {:iex_ask, self(), ref, question})

    receive do
      {^ref, answer} -> answer
    after
      5000 -> otherwise
    end
  end

  defp answer({:env, fields}, state), do: Map.take(state.env, fields)

  defp answer({:variables, prefix}, state) do
    for {name, _} when is_atom(name) <- state.binding,
        name = Atom.to_string(name),
        String.starts_with?(name, prefix),
        do: name
  end

  defp answer({:value, [variable | keys]}, state) do
    Enum.reduce(keys, Keyword.fetch(state.binding, variable), fn
      key, {:ok, map} when is_map(map) -> Map.fetch(map, key)
      _, _ -> :error
    end)
  end

  ## Parsing

  @doc """
  Parses what has been typed so far: `{:ok, quoted, state}`, or `{:incomplete, state}` when the expression goes on.

  The state is the text of an unfinished expression, with whether the expression before was a match.
  """
  def parse(input, options, ""), do: parse(input, options, {"", :other})
  def parse(@break, _options, {"", _} = state), do: {:incomplete, state}

  def parse(input, options, {text, last}) do
    text = text <> input

    if String.ends_with?(text, "\n" <> @break) do
      raise TokenMissingError,
        file: options[:file],
        line: options[:line],
        description: "incomplete expression"
    end

    continues? = Regex.match?(@continues, text)

    if continues? and last == :match do
      [operator] = Regex.run(~r/\S+/, text)

      raise SyntaxError,
        file: options[:file],
        line: options[:line],
        column: 1,
        snippet: text |> String.split("\n") |> hd(),
        description:
          "pipe shorthand is not allowed immediately after a match expression in IEx. " <>
            "To make it work, surround the whole pipeline with parentheses '#{operator}'"
    end

    # On a line of its own before the first, so that lines and columns stay what the user sees.
    {source, options} =
      if continues?,
        do: {"v(-1)\n" <> text, Keyword.update(options, :line, 0, &(&1 - 1))},
        else: {text, options}

    case :beamlet_code.parse(source, options) do
      {:ok, quoted, _comments} ->
        {:ok, quoted, {"", if(match?({:=, _, [_, _]}, quoted), do: :match, else: :other)}}

      {:error, {_, _, ""}, _exception} ->
        {:incomplete, {text, last}}

      {:error, _, exception} ->
        raise exception
    end
  end

  @doc "Whether an expression goes on behind these lines."
  def incomplete?(code, counter, parser_state) do
    # Warnings come when it is evaluated, as does what is wrong.
    match?({:incomplete, _}, parsed(code, counter, parser_state, emit_warnings: false))
  rescue
    _ -> false
  end

  defp parsed(code, counter, parser_state, options \\ []) do
    {module, function, args} = IEx.Config.parser()
    apply(module, function, [code, [line: counter, file: "iex"] ++ options, parser_state | args])
  end

  ## Evaluating

  defp step(code, counter, parser_state, state) do
    case parsed(code, counter, parser_state) do
      {:ok, quoted, parser_state} -> {:ok, parser_state, evaluate(quoted, counter, state)}
      {:incomplete, parser_state} -> {:incomplete, parser_state, state}
    end
  catch
    kind, reason ->
      print_error(kind, reason, __STACKTRACE__)
      {:error, "", state}
  end

  defp evaluate(quoted, counter, state) do
    Process.put(:iex_history, state.history)
    {value, binding, env} = each(calling_imports(quoted, state.env), state.binding, state.env)

    if value != IEx.dont_display_result() do
      print(inspect(value, IEx.inspect_opts()))
    end

    history = IEx.History.append(state.history, {counter, value}, IEx.Config.history_size())
    %{state | binding: binding, env: env, history: history}
  after
    Process.delete(:iex_history)
  end

  # A name alone calls the function that is imported under it: `respawn` as well as `respawn()`.
  defp calling_imports(quoted, env) do
    Macro.prewalk(quoted, fn
      {name, meta, context} = variable when is_atom(name) and is_atom(context) ->
        if Macro.Env.lookup_import(env, {name, 0}) == [],
          do: variable,
          else: {name, Keyword.put_new(meta, :if_undefined, :apply), context}

      other ->
        other
    end)
  end

  # One by one, so that what a file has imported is known to the next expression.
  defp each(quoted, binding, env) do
    case imported(quoted, env) do
      {:__block__, _, [_ | _] = expressions} ->
        Enum.reduce(expressions, {nil, binding, env}, fn expression, {_, binding, env} ->
          each(expression, binding, env)
        end)

      expression ->
        Code.eval_quoted_with_env(expression, binding, env)
    end
  end

  defp imported({name, _, [_ | _]} = call, env) when name in [:import_file, :import_file_if_available],
    do: Macro.expand(call, env)

  defp imported(quoted, _env), do: quoted

  ## .iex.exs

  defp load_dot_iex(state, ""), do: state

  defp load_dot_iex(state, path) do
    home = System.get_env("IEX_HOME") || System.user_home()
    candidates = if path, do: [path], else: for(folder <- [".", home], folder, do: Path.join(folder, ".iex.exs"))

    case candidates |> Enum.map(&Path.expand/1) |> Enum.find(&File.regular?/1) do
      nil -> state
      path -> evaluate_file(state, path)
    end
  end

  defp evaluate_file(state, path) do
    quoted = path |> File.read!() |> Code.string_to_quoted!(file: path)
    {_, binding, env} = each(quoted, state.binding, %{state.env | file: path, line: 1})
    %{state | binding: binding, env: %{env | file: "iex", line: 1}}
  catch
    kind, reason ->
      print("Error while evaluating: #{path}")
      print_error(kind, reason, __STACKTRACE__)
      state
  after
    Process.delete(:iex_imported_paths)
  end

  ## Printing

  defp print(text), do: IO.puts(IEx.color(:eval_result, text))

  defp print_error(kind, reason, stacktrace) do
    {blamed, stacktrace} =
      case reason do
        # The errors themselves have been printed.
        %CompileError{description: "cannot compile file (errors have been logged)" <> _, line: 0} ->
          {%CompileError{description: "cannot compile code (errors have been logged)"}, []}

        _ ->
          Exception.blame(kind, reason, stacktrace)
      end

    trace = if (own = own(stacktrace)) == [], do: "", else: Exception.format_stacktrace(own)
    IO.write([banner(kind, reason, blamed, stacktrace), ?\n, IEx.color(:stack_info, trace)])
  end

  defp banner(kind, reason, %FunctionClauseError{} = blamed, stacktrace) do
    options = Keyword.update(IEx.inspect_opts(), :syntax_colors, [], &Keyword.delete(&1, :reset))
    banner = Exception.format_banner(kind, reason, stacktrace)
    clauses = FunctionClauseError.blame(blamed, &inspect(&1, options), &blamed_node/1)
    [IEx.color(:eval_error, banner), "    ", String.replace(clauses, "\n", "\n    ")]
  end

  # The parser's messages show the source, with colours of their own.
  defp banner(kind, _reason, %module{} = blamed, stacktrace)
       when module in [SyntaxError, TokenMissingError, MismatchedDelimiterError] do
    banner = Exception.format_banner(kind, blamed, stacktrace)

    case IEx.Config.color(:eval_error) do
      nil -> banner
      color ->
        banner = Regex.replace(~r/(?<=^    )error:/m, banner, &styled(&1, color))
        Regex.replace(~r/^( +│ )( *(?:\^+|└ .*))$/m, banner, fn _, gutter, mark -> gutter <> styled(mark, color) end)
    end
  end

  # A message with colours of its own keeps them.
  defp banner(kind, _reason, blamed, stacktrace) do
    banner = Exception.format_banner(kind, blamed, stacktrace)
    if String.contains?(banner, IO.ANSI.reset()), do: banner, else: IEx.color(:eval_error, banner)
  end

  defp styled(text, color), do: [color | text] |> IO.ANSI.format(true) |> IO.iodata_to_binary()

  defp blamed_node(%{match?: true, node: node}), do: Macro.to_string(node)

  defp blamed_node(%{match?: false, node: node}) do
    text = Macro.to_string(node)

    case IEx.Config.color(:blame_diff) do
      nil -> "-" <> text <> "-"
      color -> styled(text, color)
    end
  end

  # What lies below the typed expression is the shell's own.
  defp own(stacktrace) do
    stacktrace
    |> Enum.reverse()
    |> Enum.drop_while(&(elem(&1, 0) in [__MODULE__, Code, :elixir, :proc_lib]))
    |> Enum.reverse()
  end
end
