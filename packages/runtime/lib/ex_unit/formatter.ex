defmodule ExUnit.Formatter do
  @moduledoc """
  Texts for formatters: GenServers that ExUnit casts what happens to.

  The events are `{:suite_started, opts}`, `{:suite_finished, times_us}`, `{:module_started, module}`,
  `{:module_finished, module}`, `{:test_started, test}`, `{:test_finished, test}` and `:max_failures_reached`.

  The functions below take a function that colours: it is called with a key such as `:error_info` and a text, and with
  `:diff_enabled?` and `false` to ask whether differences are to be shown.
  """

  alias ExUnit.{AssertionError, Diff}
  alias Inspect.Algebra

  @type times_us :: %{run: pos_integer(), async: pos_integer() | nil, load: pos_integer() | nil}
  @type id :: term()
  @type test :: ExUnit.Test.t()
  @type formatter_callback_diff_key :: :diff_delete | :diff_delete_whitespace | :diff_insert | :diff_insert_whitespace
  @type formatter_callback_info_key ::
          :extra_info
          | :error_info
          | :test_module_info
          | :test_info
          | :parameters_info
          | :location_info
          | :stacktrace_info
          | :blame_diff
  @type formatter_callback ::
          (:diff_enabled?, boolean() -> boolean())
          | (formatter_callback_diff_key(), Inspect.Algebra.t() -> Inspect.Algebra.t())
          | (formatter_callback_info_key(), String.t() -> String.t())
  @type width :: non_neg_integer() | :infinity

  @no_value AssertionError.no_value()
  @padding "     "

  @doc "How long a run took."
  @spec format_times(times_us) :: String.t()
  def format_times(times) do
    run = hundredths(times.run)
    load = hundredths(times.load)
    async = hundredths(times.async)
    loading = if times.load, do: "#{seconds(load)}s on load, ", else: ""

    "Finished in #{seconds(run + load)} seconds " <>
      "(#{loading}#{seconds(async)}s async, #{seconds(run - async)}s sync)"
  end

  defp hundredths(nil), do: 0
  defp hundredths(us), do: div(us, 10_000)

  defp seconds(hundredths) when hundredths < 10, do: "0.0#{hundredths}"

  defp seconds(hundredths) do
    tenths = div(hundredths, 10)
    "#{div(tenths, 10)}.#{rem(tenths, 10)}"
  end

  @doc false
  @deprecated "Use format_times/1 instead"
  def format_time(run, load), do: format_times(%{run: run, load: load, async: nil})

  @doc "Which tags are excluded or included."
  @spec format_filters(keyword(), :exclude | :include) :: String.t()
  def format_filters(filters, type)

  def format_filters(filters, :exclude), do: "Excluding tags: #{inspect(filters, charlists: :as_lists)}"
  def format_filters(filters, :include), do: "Including tags: #{inspect(filters, charlists: :as_lists)}"

  ## Failures

  @doc "The report of a test that failed."
  @spec format_test_failure(
          ExUnit.Test.t(),
          ExUnit.failed(),
          non_neg_integer(),
          width,
          formatter_callback
        ) :: String.t()
  def format_test_failure(test, failures, counter, width, formatter) do
    %ExUnit.Test{name: name, module: module, tags: tags, parameters: parameters} = test

    formatter.(:test_info, numbered(counter, "#{name} (#{inspect(module)})")) <>
      "\n" <>
      parameters(parameters, formatter) <>
      @padding <>
      formatter.(:location_info, location(tags)) <>
      "\n" <>
      failures(test, failures, width, formatter, module, name)
  end

  @doc false
  @deprecated "Use ExUnit.Formatter.format_test_all_failure/5 instead"
  def format_test_case_failure(test_case, failures, counter, width, formatter) do
    format_test_all_failure(test_case, failures, counter, width, formatter)
  end

  @doc "The report of a `setup_all` that failed."
  @spec format_test_all_failure(
          ExUnit.TestModule.t(),
          ExUnit.failed(),
          non_neg_integer(),
          width,
          formatter_callback
        ) :: String.t()
  def format_test_all_failure(test_module, failures, counter, width, formatter) do
    %{name: name, parameters: parameters} = test_module

    formatter.(:test_module_info, numbered(counter, "#{inspect(name)}: ")) <>
      "failure on setup_all callback, all tests have been invalidated\n" <>
      parameters(parameters, formatter) <>
      failures(test_module, failures, width, formatter, name, nil)
  end

  defp numbered(counter, text), do: String.pad_leading("#{counter}", 3) <> ") " <> text

  defp parameters(parameters, _formatter) when parameters == %{}, do: ""

  defp parameters(parameters, formatter) do
    case formatter.(:parameters_info, parameters) do
      text when is_binary(text) -> @padding <> text <> "\n"
      map -> @padding <> "Parameters: #{inspect(map)}\n"
    end
  end

  defp location(tags) do
    path = "#{Path.relative_to_cwd(tags[:file])}:#{tags[:line]}"

    case Application.get_env(:ex_unit, :test_location_relative_path) do
      nil -> path
      prefix -> Path.join(prefix, path)
    end
  end

  defp failures(test, failures, width, formatter, module, name) do
    several? = match?([_, _ | _], failures)

    failures
    |> Enum.with_index(1)
    |> Enum.map_join("", fn {{kind, reason, stack}, index} ->
      {text, stack} = failure(test, kind, reason, stack, width, formatter)
      header = if several?, do: "\n#{@padding}Failure ##{index}\n", else: ""
      header <> text <> stacktrace(stack, module, name, formatter)
    end)
  end

  # Errors that say more than their message; also where they ended a process that was linked or called.
  defguardp is_telling(reason)
            when is_struct(reason, AssertionError) or is_struct(reason, FunctionClauseError)

  defp failure(test, :error, reason, stack, width, formatter) when is_telling(reason) do
    telling(test, reason, stack, width, formatter)
  end

  defp failure(test, {:EXIT, pid}, {reason, [_ | _] = inner}, stack, width, formatter)
       when is_telling(reason) or reason == :function_clause do
    header = "** (EXIT from #{inspect(pid)}) an exception was raised:\n"
    {wrapped(test, header, reason, inner, width, formatter), stack}
  end

  defp failure(test, :exit, {{reason, [_ | _] = inner}, {mod, fun, args}}, stack, width, formatter)
       when is_atom(mod) and is_atom(fun) and is_list(args) and
              (is_telling(reason) or reason == :function_clause) do
    header =
      "** (exit) exited in: #{Exception.format_mfa(mod, fun, args)}\n   ** (EXIT) an exception was raised:"

    {wrapped(test, header, reason, inner, width, formatter), stack}
  end

  defp failure(test, kind, reason, stack, _width, formatter) do
    {reason, stack} = Exception.blame(kind, reason, stack)
    banner = formatter.(:error_info, Exception.format_banner(kind, reason))
    {padded(banner) <> source(test, stack, formatter), stack}
  end

  defp wrapped(test, header, reason, inner, width, formatter) do
    error = Exception.normalize(:error, reason, inner)
    {text, inner} = telling(test, error, inner, width, formatter)
    text = text <> stacktrace(inner, test.module, test.name, formatter)
    padded(formatter.(:error_info, header)) <> padded(text)
  end

  defp telling(test, %AssertionError{} = error, stack, width, formatter) do
    {assertion(test, error, stack, width, formatter, @padding), stack}
  end

  defp telling(test, %FunctionClauseError{} = error, stack, _width, formatter) do
    {blamed, stack} = Exception.blame(:error, error, stack)
    banner = formatter.(:error_info, Exception.format_banner(:error, error))

    clauses =
      FunctionClauseError.blame(blamed, &inspect/1, fn
        %{match?: true, node: node} -> Macro.to_string(node)
        %{match?: false, node: node} -> formatter.(:blame_diff, Macro.to_string(node))
      end)

    text = padded(banner) <> "\n" <> padded(String.trim_leading(clauses, "\n"))
    {text <> source(test, stack, formatter), stack}
  end

  ## Assertions

  @doc false
  def format_assertion_error(%AssertionError{} = error) do
    assertion(%{}, error, [], :infinity, fn _key, text -> text end, "")
  end

  defp assertion(test, error, stack, width, formatter, padding) do
    label_width = if value?(error.right), do: 7, else: 6
    indent = label_width + byte_size(@padding)

    code =
      cond do
        not value?(error.expr) -> source_line(test, stack) || @no_value
        value?(error.doctest) -> pad_lines(error.expr, indent)
        true -> code(error.expr, indent)
      end

    fields = [
      message: with_value(error.message, &message(&1, formatter)),
      doctest: with_value(error.doctest, &pad_lines(&1, 2 + byte_size(@padding))),
      code: code,
      arguments: with_value(error.args, &arguments(&1, width))
    ]

    text =
      for {label, value} <- fields ++ format_assertion_diff(error, indent, width, formatter),
          value?(value) do
        [padding, label(label, label_width, formatter), value, "\n"]
      end

    IO.iodata_to_binary(text)
  end

  defp value?(value), do: value != @no_value

  defp with_value(@no_value, _fun), do: @no_value
  defp with_value(value, fun), do: fun.(value)

  defp label(:message, _width, _formatter), do: ""

  defp label(label, width, formatter) do
    formatter.(:extra_info, String.pad_trailing("#{label}:", width))
  end

  defp message(text, formatter) do
    text = pad_lines(text, 5)
    if String.contains?(text, IO.ANSI.reset()), do: text, else: formatter.(:error_info, text)
  end

  defp arguments(args, width) do
    [
      "\n"
      | for {arg, index} <- Enum.with_index(args, 1) do
          ["\n         # #{index}\n         ", inspected(arg, 9, width), "\n"]
        end
    ]
  end

  @assertions [
    :assert,
    :assert_raise,
    :assert_receive,
    :assert_received,
    :refute,
    :refute_receive,
    :refute_received
  ]

  defp code({assertion, _, [expr]}, indent) when assertion in @assertions do
    pad_lines("#{assertion} " <> Macro.to_string(expr), indent)
  end

  defp code(expr, indent), do: pad_lines(Macro.to_string(expr), indent)

  @doc """
  The two sides of a failed assertion, `[left: …, right: …]` with hints, their differences marked if the formatter
  asks for it; the mailbox of one that waited for a message.
  """
  @doc since: "1.15.0"
  @spec format_assertion_diff(AssertionError.t(), non_neg_integer(), width, formatter_callback) ::
          keyword()
  def format_assertion_diff(assert_error, padding_size, width, formatter)

  def format_assertion_diff(%{context: {:mailbox, _pins, []}}, _indent, _width, _formatter), do: []

  def format_assertion_diff(
        %{left: left, context: {:mailbox, pins, mailbox}},
        indent,
        width,
        formatter
      ) do
    entries =
      for message <- mailbox do
        {pattern, value, _hints} =
          sides(left, message, {:match, pins}, indent + 5, width, formatter)

        pattern_label = label(:pattern, 9, formatter)
        value_label = label(:value, 9, formatter)
        ["\n#{@padding}  ", pattern_label, pattern, "\n#{@padding}  ", value_label, value]
      end

    [mailbox: Enum.map_join(entries, "\n", &IO.iodata_to_binary/1)]
  end

  def format_assertion_diff(%{left: left, right: right, context: context}, indent, width, formatter) do
    {left, right, hints} = sides(left, right, context, indent, width, formatter)
    for {_label, value} = field <- [left: left, right: right] ++ hints, value?(value), do: field
  end

  defp sides(left, right, context, indent, width, formatter) do
    diff =
      if value?(left) and value?(right) and formatter.(:diff_enabled?, false) do
        compute_diff(left, right, context)
      end

    case diff do
      {result, env} ->
        hints = for hint <- env.hints, do: {:hint, hint(hint)}

        {diff_side(result.left, :delete, indent, width, formatter),
         diff_side(result.right, :insert, indent, width, formatter), hints}

      nil when is_atom(context) ->
        show = &inspected(&1, indent, width)
        {with_value(left, show), with_value(right, show), []}

      nil ->
        # A pattern is shown as it was written, before macros were expanded.
        left =
          Macro.prewalk(left, fn
            {_, [{:original, original} | _], _} -> original
            node -> node
          end)

        {with_value(left, &code(&1, indent)), with_value(right, &inspected(&1, indent, width)), []}
    end
  end

  # A difference that takes too long is not worth waiting for.
  defp compute_diff(left, right, context) do
    task = Task.async(Diff, :compute, [left, right, context])

    case Task.yield(task, 1500) || Task.shutdown(task, :brutal_kill) do
      {:ok, diff} -> diff
      _ -> nil
    end
  end

  defp diff_side(side, kind, indent, width, formatter) do
    side
    |> Diff.to_algebra(fn doc ->
      blank? = is_binary(doc) and String.trim_leading(doc) == ""

      key =
        case {kind, blank?} do
          {:delete, false} -> :diff_delete
          {:delete, true} -> :diff_delete_whitespace
          {:insert, false} -> :diff_insert
          {:insert, true} -> :diff_insert_whitespace
        end

      formatter.(key, doc)
    end)
    |> Algebra.nest(indent)
    |> Algebra.format(narrowed(width, indent))
  end

  defp hint(:equivalent_but_different_strings) do
    "you are comparing strings that have the same visual representation but are made of different Unicode codepoints"
  end

  defp inspected(term, indent, width) do
    width = narrowed(width, indent)

    term
    |> Algebra.to_doc(%Inspect.Opts{width: width})
    |> Algebra.group()
    |> Algebra.nest(indent)
    |> Algebra.format(width)
  end

  defp narrowed(:infinity, _indent), do: :infinity
  defp narrowed(width, indent), do: max(width - indent, 0)

  ## Places

  defp source(test, stack, formatter) do
    case source_line(test, stack) do
      nil -> ""
      line -> @padding <> formatter.(:extra_info, "code: ") <> line <> "\n"
    end
  end

  # The line of the test in which it failed, if its file is there.
  defp source_line(%{module: module, name: name}, stack) do
    with {_, _, _, info} <- Enum.find(stack, &match?({^module, ^name, _, _}, &1)),
         line when is_integer(line) and line > 0 <- info[:line],
         file when file != nil <- info[:file],
         {:ok, text} <- File.read(file),
         source when is_binary(source) <- text |> String.split("\n") |> Enum.at(line - 1) do
      String.trim(source)
    else
      _ -> nil
    end
  rescue
    _ -> nil
  end

  defp source_line(_test, _stack), do: nil

  defp stacktrace([], _module, _name, _formatter), do: ""

  defp stacktrace(stack, module, name, formatter) do
    padded(formatter.(:extra_info, "stacktrace:")) <>
      Enum.map_join(stack, fn entry ->
        case formatter.(:stacktrace_info, entry(entry, module, name)) do
          "" -> ""
          text -> "       " <> text <> "\n"
        end
      end)
  end

  defp entry({module, name, _arity, location}, module, name) do
    Exception.format_file_line(location[:file], location[:line], " (test)")
  end

  defp entry(entry, _module, _name), do: Exception.format_stacktrace_entry(entry)

  defp padded(text), do: @padding <> pad_lines(text, 5) <> "\n"

  # Lines after the first are indented, except empty ones.
  defp pad_lines(text, size) do
    [first | rest] = String.split(text, "\n")
    padding = String.duplicate(" ", size)

    lines =
      for line <- rest do
        if line == "", do: "\n", else: ["\n", padding, line]
      end

    IO.iodata_to_binary([first | lines])
  end
end
