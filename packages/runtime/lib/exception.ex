# Exceptions as values: from what a process raised to a struct, and from a struct to text.
# The exceptions themselves are in `exception/`; reasons of Erlang become structs in `ErlangError`.
defmodule Exception do
  @moduledoc """
  Functions to normalize, explain and print what processes raise, throw and exit with.

  An exception is a struct with the field `__exception__: true`, made with `defexception/1`.
  """

  @type t :: %{required(:__struct__) => module, required(:__exception__) => true, optional(atom) => any}
  @type kind :: :error | non_error_kind
  @type non_error_kind :: :exit | :throw | {:EXIT, pid}
  @type stacktrace :: [stacktrace_entry]
  @type stacktrace_entry ::
          {module, atom, arity_or_args, location} | {(... -> any), arity_or_args, location}
  @type arity_or_args :: non_neg_integer | list
  @type location :: keyword

  @doc "Makes an exception of what `raise/2` was given."
  @callback exception(term) :: t

  @doc "Returns the message of an exception."
  @callback message(t) :: String.t()

  @doc "Adds to an exception what its stacktrace tells."
  @callback blame(t, stacktrace) :: {t, stacktrace}

  @optional_callbacks [blame: 2]

  @doc false
  def format_error(%struct{} = exception, _stacktrace) do
    %{general: message(exception), reason: "#" <> Atom.to_string(struct)}
  end

  @doc false
  @deprecated "Use Kernel.is_exception/1 instead"
  def exception?(term), do: is_exception(term)

  @doc "Returns the message of `exception`; a failure to make one becomes the message."
  @spec message(t()) :: String.t()
  def message(%module{__exception__: true} = exception) do
    try do
      module.message(exception)
    rescue
      caught ->
        "got #{inspect(caught.__struct__)} with message " <>
          "#{inspect(message(caught))} while retrieving Exception.message/1 " <>
          "for #{inspect(exception)}. Stacktrace:\n#{format_stacktrace(__STACKTRACE__)}"
    else
      message when is_binary(message) ->
        message

      other ->
        "got #{inspect(other)} while retrieving Exception.message/1 for #{inspect(exception)} " <>
          "(expected a string)"
    end
  end

  @doc """
  Turns a reason of Erlang into an exception; the stacktrace may complete it. Other kinds stay as they are.

      iex> Exception.normalize(:error, :badarith)
      %ArithmeticError{}
  """
  @spec normalize(:error, any(), stacktrace()) :: t()
  @spec normalize(non_error_kind(), payload, stacktrace()) :: payload when payload: var
  def normalize(kind, payload, stacktrace \\ [])
  def normalize(:error, %_{__exception__: true} = exception, _stacktrace), do: exception
  def normalize(:error, reason, stacktrace), do: ErlangError.normalize(reason, stacktrace)
  def normalize(_kind, payload, _stacktrace), do: payload

  @doc """
  Adds hints to an exception, such as the arguments of the failed call. It takes time: use it to show errors only.
  """
  @spec blame(:error, any(), stacktrace()) :: {t(), stacktrace()}
  @spec blame(non_error_kind(), payload, stacktrace()) :: {payload, stacktrace()} when payload: var
  def blame(kind, error, stacktrace)

  def blame(:error, error, stacktrace) do
    %module{} = exception = normalize(:error, error, stacktrace)

    if Code.ensure_loaded?(module) and function_exported?(module, :blame, 2) do
      module.blame(exception, stacktrace)
    else
      {exception, stacktrace}
    end
  end

  def blame(_kind, reason, stacktrace), do: {reason, stacktrace}

  @doc """
  Tells for each clause of a function which of its patterns and guards match `args`: `{:ok, kind, clauses}`.

  Those of scripts and of texts that are evaluated are not kept: for them the answer is `:error`.
  """
  @spec blame_mfa(module(), function :: atom(), args :: [term()]) ::
          {:ok, :def | :defp | :defmacro | :defmacrop, [{args :: [term()], guards :: [term()]}]} | :error
  def blame_mfa(module, function, args)
      when is_atom(module) and is_atom(function) and is_list(args) do
    try do
      Exception.Blame.clauses(module, function, args)
    rescue
      _ -> :error
    end
  end

  ## Banners

  @doc "Formats an error, throw or exit with its stacktrace."
  @spec format(kind(), any(), stacktrace()) :: String.t()
  def format(kind, payload, stacktrace \\ [])
  def format({:EXIT, _} = kind, reason, _stacktrace), do: format_banner(kind, reason)
  def format(kind, payload, []), do: format_banner(kind, payload, [])

  def format(kind, payload, stacktrace) do
    format_banner(kind, payload, stacktrace) <> "\n" <> format_stacktrace(stacktrace)
  end

  @doc """
  Formats an error, throw or exit without a stacktrace.

      iex> Exception.format_banner(:error, %RuntimeError{message: "oops"})
      "** (RuntimeError) oops"
  """
  @spec format_banner(kind(), any(), stacktrace()) :: String.t()
  def format_banner(kind, exception, stacktrace \\ [])

  def format_banner(:error, error, stacktrace) do
    exception = normalize(:error, error, stacktrace)
    "** (" <> inspect(exception.__struct__) <> ") " <> message(exception)
  end

  def format_banner(:throw, reason, _stacktrace), do: "** (throw) " <> inspect(reason)
  def format_banner(:exit, reason, _stacktrace), do: "** (exit) " <> format_exit(reason)

  def format_banner({:EXIT, pid}, reason, _stacktrace) do
    "** (EXIT from #{inspect(pid)}) " <> format_exit(reason)
  end

  ## Exit reasons

  @doc "Formats an exit reason, with the calls and exceptions that it holds."
  @spec format_exit(any()) :: String.t()
  def format_exit(reason), do: exit_text(reason, "\n    ")

  # `joiner` starts a new line at the depth reached.
  defp exit_text({exception, [_ | _] = stacktrace} = reason, joiner) do
    try do
      Enum.map(stacktrace, &format_stacktrace_entry/1)
    catch
      :error, _ ->
        reason_text(reason)
    else
      entries ->
        banner = format_banner(:error, exception, stacktrace)
        Enum.join(["an exception was raised:" <> joiner <> banner | entries], joiner <> "    ")
    end
  end

  defp exit_text({:shutdown, {:failed_to_start_child, child, {:EXIT, reason}}}, joiner),
    do: failed_child(child, reason, joiner)

  defp exit_text({:shutdown, {:failed_to_start_child, child, reason}}, joiner),
    do: failed_child(child, reason, joiner)

  defp exit_text({inner, {module, function, args}} = reason, joiner) when length(args) < 256 do
    try do
      format_mfa(module, function, args)
    catch
      :error, _ -> reason_text(reason)
    else
      mfa -> "exited in: " <> mfa <> nested_exit(inner, joiner)
    end
  end

  defp exit_text(reason, _joiner), do: reason_text(reason)

  defp failed_child(child, reason, joiner) do
    "shutdown: failed to start child: " <> inspect(child) <> nested_exit(reason, joiner)
  end

  defp nested_exit(reason, joiner) do
    joiner <> "** (EXIT) " <> exit_text(reason, joiner <> "    ")
  end

  defp reason_text(:normal), do: "normal"
  defp reason_text(:shutdown), do: "shutdown"
  defp reason_text({:shutdown, reason}), do: "shutdown: " <> inspect(reason)
  defp reason_text(:calling_self), do: "process attempted to call itself"
  defp reason_text(:timeout), do: "time out"
  defp reason_text(:killed), do: "killed"
  defp reason_text(:noconnection), do: "no connection"

  defp reason_text(:noproc) do
    "no process: the process is not alive or there's no process currently associated with the given name, " <>
      "possibly because its application isn't started"
  end

  defp reason_text({:nodedown, node}) when is_atom(node), do: "no connection to #{node}"
  defp reason_text({:already_started, pid}), do: "already started: " <> inspect(pid)
  defp reason_text({:bad_return_value, value}), do: "bad return value: " <> inspect(value)
  defp reason_text({:bad_call, request}), do: "bad call: " <> inspect(request)
  defp reason_text({:bad_cast, request}), do: "bad cast: " <> inspect(request)

  defp reason_text({:bad_return, {module, :init, value}}) when is_atom(module),
    do: format_mfa(module, :init, 1) <> " returned a bad value: " <> inspect(value)

  defp reason_text({:bad_start_spec, spec}),
    do: "bad child specification, invalid children: " <> inspect(spec)

  defp reason_text({:start_spec, reason}), do: "bad child specification, " <> spec_text(reason)

  defp reason_text({:supervisor_data, reason}),
    do: "bad supervisor configuration, " <> supervisor_text(reason)

  defp reason_text(reason), do: inspect(reason)

  defp supervisor_text({:invalid_type, value}), do: "invalid type: " <> inspect(value)
  defp supervisor_text({:invalid_strategy, value}), do: "invalid strategy: " <> inspect(value)

  defp supervisor_text({:invalid_intensity, value}),
    do: "invalid max_restarts (intensity): " <> inspect(value)

  defp supervisor_text({:invalid_period, value}),
    do: "invalid max_seconds (period): " <> inspect(value)

  defp supervisor_text({:invalid_max_children, value}),
    do: "invalid max_children: " <> inspect(value)

  defp supervisor_text({:invalid_extra_arguments, value}),
    do: "invalid extra_arguments: " <> inspect(value)

  defp supervisor_text(other), do: "got: " <> inspect(other)

  defp spec_text({:duplicate_child_name, id}) do
    """
    more than one child specification has the id: #{inspect(id)}.
    If using maps as child specifications, make sure the :id keys are unique.
    If using a module or {module, arg} as child, use Supervisor.child_spec/2 to change the :id, for example:

        children = [
          Supervisor.child_spec({MyWorker, arg}, id: :my_worker_1),
          Supervisor.child_spec({MyWorker, arg}, id: :my_worker_2)
        ]
    """
  end

  defp spec_text({:invalid_child_spec, spec}),
    do: "invalid child specification: " <> inspect(spec)

  defp spec_text({:invalid_child_type, type}),
    do: "invalid child type: #{inspect(type)}. Must be :worker or :supervisor."

  defp spec_text({:invalid_mfa, mfa}), do: "invalid mfa: " <> inspect(mfa)

  defp spec_text({:invalid_restart_type, restart}),
    do: "invalid restart type: #{inspect(restart)}. Must be :permanent, :transient or :temporary."

  defp spec_text({:invalid_shutdown, shutdown}),
    do: "invalid shutdown: #{inspect(shutdown)}. Must be an integer >= 0, :infinity or :brutal_kill."

  defp spec_text({:invalid_module, module}),
    do: "invalid module: #{inspect(module)}. Must be an atom."

  defp spec_text({:invalid_modules, modules}),
    do: "invalid modules: #{inspect(modules)}. Must be a list of atoms or :dynamic."

  defp spec_text(other), do: "got: " <> inspect(other)

  ## Stacktraces

  @doc "Formats a stacktrace, by default that of the calling process."
  @spec format_stacktrace(stacktrace() | nil) :: String.t()
  def format_stacktrace(trace \\ nil) do
    # As in Elixir, the function that asks is no part of it.
    case trace || Enum.drop(current_stacktrace(), 3) do
      [] -> "\n"
      entries -> "    " <> Enum.map_join(entries, "\n    ", &format_stacktrace_entry/1) <> "\n"
    end
  end

  defp current_stacktrace do
    case :erlang.process_info(self(), :current_stacktrace) do
      {:current_stacktrace, entries} -> entries
      _ -> []
    end
  end

  @doc "Formats one entry of a stacktrace."
  @spec format_stacktrace_entry(stacktrace_entry()) :: String.t()
  def format_stacktrace_entry(entry)

  def format_stacktrace_entry({module, :__MODULE__, 0, location}),
    do: location_text(location) <> inspect(module) <> " (module)"

  def format_stacktrace_entry({_module, :__MODULE__, 1, location}),
    do: location_text(location) <> "(module)"

  def format_stacktrace_entry({_module, :__FILE__, 1, location}),
    do: location_text(location) <> "(file)"

  def format_stacktrace_entry({module, fun, arity, location}),
    do: application_text(module) <> location_text(location) <> format_mfa(module, fun, arity)

  def format_stacktrace_entry({fun, arity, location}),
    do: location_text(location) <> format_fa(fun, arity)

  defp application_text(module) do
    case Application.get_application(module) do
      nil -> ""
      app -> "(#{app} #{Application.spec(app, :vsn)}) "
    end
  end

  defp location_text(location) do
    file = Keyword.get(location, :file)
    line = Keyword.get(location, :line)

    case Keyword.get(location, :column) do
      nil -> format_file_line(file, line, " ")
      column -> format_file_line_column(file, line, column, " ")
    end
  end

  @doc "Formats a function and its arity or arguments."
  @spec format_fa(fun(), arity()) :: String.t()
  def format_fa(fun, arity) when is_function(fun), do: inspect(fun) <> format_arity(arity)

  @doc """
  Formats a module, function and arity or arguments.

      iex> Exception.format_mfa(Foo, :bar, [1, 2])
      "Foo.bar(1, 2)"
  """
  @spec format_mfa(module(), atom(), arity_or_args()) :: String.t()
  def format_mfa(module, fun, arity) when is_atom(module) and is_atom(fun) do
    module = Macro.inspect_atom(:literal, module)

    case Code.Identifier.extract_anonymous_fun_parent(fun) do
      {name, parent_arity} ->
        "anonymous fn#{format_arity(arity)} in #{module}." <>
          "#{Macro.inspect_atom(:remote_call, name)}/#{parent_arity}"

      :error ->
        "#{module}.#{Macro.inspect_atom(:remote_call, fun)}#{format_arity(arity)}"
    end
  end

  defp format_arity(args) when is_list(args), do: "(" <> Enum.map_join(args, ", ", &inspect/1) <> ")"
  defp format_arity(arity) when is_integer(arity), do: "/" <> Integer.to_string(arity)

  @doc "Formats a file and line, as far as they are known, with a colon after each."
  @spec format_file_line(String.t() | nil, non_neg_integer() | nil, String.t()) :: String.t()
  def format_file_line(file, line, suffix \\ "") do
    cond do
      is_nil(file) -> ""
      is_nil(line) or line == 0 -> "#{file}:#{suffix}"
      true -> "#{file}:#{line}:#{suffix}"
    end
  end

  @doc "Formats a file, line and column, as far as they are known, with a colon after each."
  @spec format_file_line_column(
          String.t() | nil,
          non_neg_integer() | nil,
          non_neg_integer() | nil,
          String.t()
        ) :: String.t()
  def format_file_line_column(file, line, column, suffix \\ "") do
    cond do
      is_nil(file) -> ""
      is_nil(line) or line == 0 -> "#{file}:#{suffix}"
      is_nil(column) or column == 0 -> "#{file}:#{line}:#{suffix}"
      true -> "#{file}:#{line}:#{column}:#{suffix}"
    end
  end

  ## Excerpts of source code under syntax errors

  @doc false
  def format_delimiter(delimiter) do
    text = Atom.to_string(delimiter)
    if String.contains?(text, ["\"", "'"]), do: text, else: "\"#{text}\""
  end

  @doc false
  # Marks where a delimiter opens and where it should have been closed.
  def format_snippet({line, _} = from, {end_line, end_column} = to, description, file, lines, opened, closed) do
    digits = end_line |> Integer.to_string() |> String.length()
    gutter = String.duplicate(" ", max(2, digits) + 1)
    description = String.replace(description, "\n", "\n #{gutter}")

    body =
      if line == end_line,
        do: same_line(from, to, lines, gutter, opened, closed),
        else: line_range(from, to, lines, gutter, opened, closed)

    " #{gutter}error: #{description}\n #{gutter}│\n#{body}\n #{gutter}│\n" <>
      " #{gutter}└─ #{Path.relative_to_cwd(file)}:#{end_line}:#{end_column}"
  end

  defp same_line({line, column}, {_, end_column}, [text | _], gutter, opened, closed) do
    numbered(line, text, gutter) <>
      "\n#{gutter} │ #{spaces(column - 1)}│#{spaces(end_column - column - 1)}#{closed}" <>
      "\n#{gutter} │ #{spaces(column - 1)}#{opened}"
  end

  defp line_range({line, column}, {end_line, end_column}, lines, gutter, opened, closed) do
    first = [numbered(line, hd(lines), gutter), "#{gutter} │ #{spaces(column - 1)}#{opened}"]

    last = [
      numbered(end_line, List.last(lines), gutter),
      "#{gutter} │ #{spaces(end_column - 1)}#{closed}"
    ]

    between =
      if end_line - line < 5 do
        lines
        |> Enum.with_index(line)
        |> Enum.slice(1, end_line - line - 1)
        |> Enum.map(fn {text, number} -> numbered(number, text, gutter) end)
      else
        [" ..."]
      end

    Enum.join(first ++ between ++ last, "\n")
  end

  defp numbered(number, text, gutter) do
    String.pad_leading(Integer.to_string(number), String.length(gutter)) <> " │ " <> text
  end

  defp spaces(count), do: String.duplicate(" ", max(count, 0))

  @doc false
  # Marks one position; without the source, only tells it.
  def format_position(position, file, description, snippet) do
    :elixir_errors.format_snippet(position, Path.relative_to_cwd(file), description, snippet)
  end
end
