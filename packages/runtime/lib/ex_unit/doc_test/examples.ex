defmodule ExUnit.DocTest.Examples do
  @moduledoc false

  # Reads the examples of documentation and makes tests of them. A module of its own, as every module of tests imports
  # `ExUnit.DocTest`, and few use it.

  def source(module) do
    case module.__info__(:compile)[:source] do
      nil -> nil
      source -> source |> IO.chardata_to_string() |> Path.relative_to_cwd()
    end
  rescue
    _ -> nil
  end

  def file(module), do: "(for doctest at) " <> (source(module) || inspect(module))

  def of_file(file, module, opts) do
    text = File.read!(file)
    file = Path.relative_to_cwd(file)
    tags = [doctest: file] ++ Keyword.get(opts, :tags, [])

    for {example, number} <- Enum.with_index(examples(1, text, module, :moduledoc), 1) do
      {"#{file} (#{number})", code(example, module, false, file), tags(example, tags)}
    end
  end

  def of_module(module, opts) do
    tags = [doctest: module] ++ Keyword.get(opts, :tags, [])
    import? = Keyword.get(opts, :import, false)
    file = source(module)

    examples = module |> documented() |> chosen(module, opts) |> Enum.sort_by(& &1.line)

    for {example, number} <- Enum.with_index(examples, 1) do
      name =
        case example.fun_arity do
          :moduledoc -> "module #{inspect(module)} (#{number})"
          {name, arity} -> "#{inspect(module)}.#{name}/#{arity} (#{number})"
        end

      {name, code(example, module, import?, file), tags(example, tags)}
    end
  end

  defp tags(example, tags) do
    [doctest_line: example.line, doctest_data: %{end_line: example.end_line}] ++ tags
  end

  defp chosen(examples, module, opts) do
    except = Keyword.get(opts, :except, [])
    examples = Enum.reject(examples, &(&1.fun_arity in except))

    case Keyword.fetch(opts, :only) do
      :error ->
        examples

      {:ok, only} ->
        examples = Enum.filter(examples, &(&1.fun_arity in only))
        missing = only -- [:moduledoc | Enum.map(examples, & &1.fun_arity)]
        if missing != [], do: raise_missing(module, missing)
        examples
    end
  end

  defp raise_missing(module, missing) do
    noun = if match?([_], missing), do: "function", else: "functions"

    names =
      Enum.map_join(missing, "\n    ", fn {fun, arity} ->
        Exception.format_mfa(module, fun, arity)
      end)

    raise ExUnit.DocTest.Error,
      module: module,
      message: "undefined or private #{noun} given to doctest:\n\n    #{names}\n\n"
  end

  ## Documentation

  defp documented(module) do
    case Code.fetch_docs(module) do
      {:docs_v1, annotation, _, _, moduledoc, _, docs} ->
        of_doc(moduledoc, annotation, module, :moduledoc) ++
          Enum.flat_map(Enum.sort(docs), fn {{_kind, name, arity}, annotation, _, doc, _} ->
            of_doc(doc, annotation, module, {name, arity})
          end)

      {:error, reason} ->
        explanation =
          case reason do
            :module_not_found -> "The BEAM file of the module cannot be accessed"
            :chunk_not_found -> "The module was not compiled with documentation"
            {:invalid_chunk, _} -> "The documentation chunk in the module is invalid"
          end

        raise ExUnit.DocTest.Error,
          module: module,
          message:
            "could not retrieve the documentation for module #{inspect(module)}. " <> explanation
    end
  end

  defp of_doc(%{"en" => text}, annotation, module, fun_arity) do
    examples(line(annotation), text, module, fun_arity)
  end

  defp of_doc(_none_or_hidden, _annotation, _module, _fun_arity), do: []

  defp line(line) when is_integer(line), do: line
  defp line({line, _column}), do: line
  defp line(annotation) when is_list(annotation), do: line(Keyword.get(annotation, :location, 0))

  ## Reading examples

  @prompts ["iex>", "iex("]
  @continuations ["...>", "...("]

  # The examples of a text that starts after the given line.
  defp examples(line, text, module, fun_arity) do
    {lines, last} = text |> String.split(["\r\n", "\n"]) |> unindent(line + 1, [], module)

    for {chunk, end_line} <- chunks(lines, last, []) do
      [{_text, first} | _] = chunk

      %{
        line: first,
        end_line: end_line - 1,
        expressions: expressions(chunk, []),
        fun_arity: fun_arity
      }
    end
  end

  # Takes from the lines of examples the blanks before their prompt: `{text, line}`, empty for all that is none.
  defp unindent([], line, acc, _module), do: {Enum.reverse(acc), line - 1}

  defp unindent([text | rest] = lines, line, acc, module) do
    if String.starts_with?(String.trim_leading(text), @prompts) do
      {indent, _size} = :binary.match(text, "iex")
      example(:prompt, lines, line, acc, indent, module)
    else
      unindent(rest, line + 1, acc, module)
    end
  end

  defp example(_state, [], line, acc, _indent, _module), do: {Enum.reverse(acc), line - 1}

  defp example(state, [text | rest], line, acc, indent, module) do
    trimmed = String.trim_leading(text)
    stripped = if byte_size(text) > indent, do: binary_part(text, indent, byte_size(text) - indent), else: ""
    done? = stripped == "" or String.starts_with?(stripped, ["```", "~~~"])

    misplaced? =
      if state == :code,
        do: not done? and byte_size(trimmed) > byte_size(stripped),
        else: byte_size(trimmed) != byte_size(stripped)

    if misplaced?, do: raise_indentation(text, line, indent, module)

    cond do
      done? ->
        unindent(rest, line + 1, [{"", line} | acc], module)

      state == :prompt or String.starts_with?(trimmed, @prompts) or
          (state == :after_prompt and String.starts_with?(trimmed, @continuations)) ->
        acc = [{without_number(stripped, line, module), line} | acc]
        example(:after_prompt, rest, line + 1, acc, indent, module)

      true ->
        example(:code, rest, line + 1, [{stripped, line} | acc], indent, module)
    end
  end

  defp raise_indentation(text, line, indent, module) do
    spaces = if indent == 1, do: "1 space", else: "#{indent} spaces"

    raise ExUnit.DocTest.Error,
      line: line,
      module: module,
      message: """
      indentation level mismatch on doctest line: #{inspect(text)}

      If you are planning to assert on the result of an `iex>` expression, \
      make sure the result is indented at the same level as `iex>`, which \
      in this case is exactly #{spaces}.

      If instead you have an `iex>` expression that spans over multiple lines, \
      please make sure that each line after the first one begins with `...>`.
      """
  end

  # `iex(1)>` is `iex>`.
  defp without_number(<<prompt::binary-size(3), "(", rest::binary>> = text, line, module)
       when prompt in ["iex", "..."] do
    case :binary.split(rest, ")>") do
      [_number, code] ->
        prompt <> ">" <> code

      [_] ->
        raise ExUnit.DocTest.Error,
          line: line,
          module: module,
          message:
            "unknown IEx prompt: #{inspect(text)}.\nAccepted formats are: iex>, iex(1)>, ...>, ...(1)>}"
    end
  end

  defp without_number(text, _line, _module), do: text

  # Tests are separated by empty lines.
  defp chunks(lines, last, acc) do
    started = Enum.drop_while(lines, fn {text, _line} -> not String.starts_with?(text, "iex>") end)

    case Enum.split_while(started, fn {text, _line} -> text != "" end) do
      {[], []} -> Enum.reverse(acc)
      {chunk, []} -> Enum.reverse([{chunk, last} | acc])
      {chunk, [{"", line} | rest]} -> chunks(rest, last, [{chunk, line} | acc])
    end
  end

  defp expressions([], acc), do: Enum.reverse(acc)

  defp expressions([{"iex>" <> _, line} | _] = lines, acc) do
    {prompted, expected, rest} = take_expression(lines, [], [])
    code = Enum.map_join(prompted, "\n", &binary_part(&1, 4, byte_size(&1) - 4))
    expected = Enum.join(expected, "\n")

    expression = %{
      expr: code,
      expr_line: line,
      expected: expected(expected),
      # Of longer code Elixir takes the second line too.
      expected_line: line + min(length(prompted), 2),
      doctest: "\n" <> Enum.join(prompted, "\n") <> "\n" <> expected
    }

    expressions(rest, [expression | acc])
  end

  # Lines that continue code may stand behind what is expected; a new expression starts at the next `iex>`.
  defp take_expression([{"iex>" <> _, _line} | _] = lines, code, [_ | _] = expected) do
    {Enum.reverse(code), Enum.reverse(expected), lines}
  end

  defp take_expression([{text, _line} | rest], code, expected) do
    if String.starts_with?(text, ["iex>", "...>"]),
      do: take_expression(rest, [text | code], expected),
      else: take_expression(rest, code, [text | expected])
  end

  defp take_expression([], code, expected), do: {Enum.reverse(code), Enum.reverse(expected), []}

  defp expected(""), do: :any

  defp expected("** (" <> error) do
    [name, message] = :binary.split(error, ")")
    {:error, Module.concat([name]), String.trim_leading(message)}
  end

  defp expected(text) do
    if text =~ ~r/\A#[A-Z][A-Za-z0-9_]*(\.[A-Z][A-Za-z0-9_]*)*</, do: {:inspect, text}, else: {:value, text}
  end

  ## Code of tests

  defp code(%{expressions: expressions, line: line}, module, import?, file) do
    if Enum.count(expressions, &match?(%{expected: {:error, _, _}}, &1)) > 1 do
      raise ExUnit.DocTest.Error,
        line: line,
        module: module,
        message:
          "multiple exceptions in the same doctest example are not supported, " <>
            "please separate your iex> prompts by multiple newlines to start new examples"
    end

    import = if import?, do: [quote(do: import(unquote(module)))], else: []
    {:__block__, [], import ++ Enum.map(expressions, &assertion(&1, module, file))}
  end

  defp assertion(%{expected: :any} = example, module, file) do
    example |> quoted(module, file) |> assert_matches()
  end

  defp assertion(%{expected: {:value, expected}} = example, module, file) do
    expr = example |> quoted(module, file) |> assert_matches()
    value = quoted(%{example | expr: expected, expr_line: example.expected_line}, module, file)

    quote do
      # The value may mention variables of the expression.
      value = unquote(expr)

      ExUnit.DocTest.Examples.test_value(
        value,
        unquote(value),
        unquote(report(example, expr, expected)),
        unquote(Macro.escape(stack(module, file, example.expr_line)))
      )
    end
  end

  defp assertion(%{expected: {:inspect, expected}} = example, module, file) do
    expr = example |> quoted(module, file) |> assert_matches()

    quote do
      ExUnit.DocTest.Examples.test_inspected(
        unquote(expr),
        unquote(expected),
        unquote(report(example, {:inspect, [], [last(expr)]}, inspect(expected))),
        unquote(Macro.escape(stack(module, file, example.expr_line)))
      )
    end
  end

  defp assertion(%{expected: {:error, exception, message}} = example, module, file) do
    quote do
      ExUnit.DocTest.Examples.test_error(
        fn -> unquote(quoted(example, module, file)) end,
        unquote(exception),
        unquote(message),
        unquote(example.doctest),
        unquote(Macro.escape(stack(module, file, example.expr_line)))
      )
    end
  end

  defp report(example, expr, expected) do
    [
      doctest: example.doctest,
      expr: "#{Macro.to_string(last(expr))} === #{String.trim(expected)}"
    ]
  end

  defp last({:__block__, _, [_ | _] = block}), do: block |> List.last() |> last()
  defp last(expr), do: expr

  # Matches, unless they only bind a variable, report both sides when they fail.
  defp assert_matches({:__block__, meta, block}), do: {:__block__, meta, Enum.map(block, &assert_match/1)}
  defp assert_matches(expr), do: assert_match(expr)

  defp assert_match({:=, _, [{name, _, context}, _]} = expr) when is_atom(name) and is_atom(context), do: expr

  defp assert_match({:=, meta, [left, right]}) do
    {{:., meta, [ExUnit.DocTest, :__assert__]}, meta, [{:=, meta, [left, right]}]}
  end

  defp assert_match(expr), do: expr

  defp quoted(%{expr: expr, expr_line: line, doctest: doctest}, module, file) do
    Code.string_to_quoted!(expr, file: file || inspect(module), line: line)
  rescue
    error ->
      message =
        "Doctest did not compile, got: (#{inspect(error.__struct__)}) #{Exception.message(error)}"

      message =
        if error.__struct__ == TokenMissingError and expr =~ ~r/#[\w\.]+</ do
          message <>
            """
            \nIf you are planning to assert on the result of an iex> expression \
            which contains a value inspected as #Name<...>, please make sure \
            the inspected value is placed at the beginning of the expression, \
            otherwise Elixir will treat it as a comment due to the leading sign #.\
            """
        else
          message
        end

      fields = if String.valid?(doctest), do: [message: message, doctest: doctest], else: [message: message]

      quote do
        reraise ExUnit.AssertionError,
                unquote(fields),
                unquote(Macro.escape(stack(module, file, line)))
      end
  end

  defp stack(module, file, line) do
    place = if file, do: [line: line, file: String.to_charlist(file)], else: [line: line]
    [{module, :__MODULE__, 0, place}]
  end

  def test_value(value, expected, report, stack) do
    case value do
      ^expected ->
        {:ok, value}

      _ ->
        fields = [message: "Doctest failed", left: value, right: expected] ++ report
        reraise ExUnit.AssertionError, fields, stack
    end
  end

  def test_inspected(value, expected, report, stack) do
    try do
      inspect(value, safe: false)
    rescue
      error ->
        inner = ExUnit.Runner.prune_stacktrace(Enum.drop(__STACKTRACE__, 1))
        reraise ExUnit.AssertionError, [message: Exception.message(error)] ++ report, inner ++ stack
    else
      ^expected ->
        {:ok, value}

      actual ->
        fields = [message: "Doctest failed", left: actual, right: expected] ++ report
        reraise ExUnit.AssertionError, fields, stack
    end
  end

  def test_error(fun, exception, message, doctest, stack) do
    problem =
      try do
        fun.()
      rescue
        error ->
          actual = Exception.message(error)

          cond do
            error.__struct__ != exception ->
              "Doctest failed: expected exception #{inspect(exception)} but got " <>
                "#{inspect(error.__struct__)} with message #{inspect(actual)}"

            actual != message ->
              "Doctest failed: wrong message for #{inspect(exception)}\n" <>
                "expected:\n" <> "  #{inspect(message)}\n" <> "actual:\n" <> "  #{inspect(actual)}"

            true ->
              nil
          end
      else
        _ -> "Doctest failed: expected exception #{inspect(exception)} but nothing was raised"
      end

    if problem, do: reraise(ExUnit.AssertionError, [message: problem, doctest: doctest], stack)
  end
end
