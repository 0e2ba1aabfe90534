defmodule Beamlet.Script do
  @moduledoc """
  Runs script files as the command `elixir` does.
  """

  @doc """
  Loads the required files, then evaluates the script, which finds `args` in `System.argv/0`: the path of a file, or a list of
  texts that share bindings.

  Returns `{status, report}`: the exit status of the command, and what to print on the standard error.
  """
  def run(required, script, args) do
    :init.plain_arguments(if is_binary(script), do: [script | args], else: Enum.flat_map(script, &["-e", &1]) ++ args)
    System.argv(args)

    at_exit(
      isolated(fn ->
        require_files(required)
        evaluate(script)
        {0, ""}
      end)
    )
  end

  @doc """
  Loads files before those that a command is about, given by paths or by patterns such as `lib/**/*.ex`. Ends the program when
  there is none for a pattern.

  Files that end in `.ex` are the parts of a program, which may need each other in any order, as in a project; scripts
  run one after another.
  """
  def require_files(patterns) do
    patterns
    |> Enum.flat_map(&matching/1)
    |> Enum.chunk_by(&(Path.extname(&1) == ".ex"))
    |> Enum.each(fn [file | _] = files ->
      if Path.extname(file) == ".ex" and length(files) > 1 do
        case Kernel.ParallelCompiler.run(files, &Code.require_file/1, []) do
          {:ok, _modules} -> :ok
          {:error, _file, {kind, reason, stacktrace}} -> :erlang.raise(kind, reason, stacktrace)
        end
      else
        Enum.each(files, &Code.require_file/1)
      end
    end)
  end

  defp matching(pattern) do
    case if(File.regular?(pattern), do: [pattern], else: Path.wildcard(pattern)) do
      [] ->
        IO.puts(:stderr, "-r : No files matched pattern #{pattern}")
        exit({:shutdown, 1})

      files ->
        files
    end
  end

  defp evaluate(file) when is_binary(file), do: Code.require_file(file)

  defp evaluate(texts) when is_list(texts) do
    Enum.reduce(texts, {[], Code.env_for_eval(file: "nofile")}, fn text, {binding, env} ->
      quoted = Code.string_to_quoted!(text, file: env.file, columns: true)
      {_value, binding, env} = Code.eval_quoted_with_env(quoted, binding, env)
      {binding, env}
    end)
  end

  # The functions of `System.at_exit/1`, last first, and those that they register; each may change the status.
  defp at_exit({status, report}) do
    case :persistent_term.get({System, :at_exit}, []) do
      [] ->
        {status, report}

      [hook | hooks] ->
        :persistent_term.put({System, :at_exit}, hooks)

        hook = fn ->
          hook.(status)
          {0, ""}
        end

        case isolated(hook) do
          {0, _report} -> at_exit({status, report})
          {changed, ""} -> at_exit({changed, report})
          failed -> at_exit(failed)
        end
    end
  end

  @doc """
  Runs a function that returns `{status, report}` in a process of its own, so that a link to a crashing process ends the
  program and not the command; what it raises becomes the report.
  """
  def isolated(fun) do
    parent = self()
    ref = make_ref()
    {pid, monitor} = spawn_monitor(fn -> send(parent, {ref, reported(fun)}) end)

    receive do
      {^ref, result} ->
        Process.demonitor(monitor, [:flush])
        result

      {:DOWN, ^monitor, :process, ^pid, reason} ->
        {1, Exception.format_banner({:EXIT, pid}, reason, []) <> "\n"}
    end
  end

  defp reported(fun) do
    fun.()
  catch
    :exit, reason when reason == :normal or reason == :shutdown -> {0, ""}
    :exit, {:shutdown, status} when is_integer(status) -> {status, ""}
    :exit, {:shutdown, _} -> {0, ""}
    kind, reason -> {1, report(kind, reason, __STACKTRACE__)}
  end

  defp report(kind, reason, stacktrace) do
    {blamed, stacktrace} =
      if kind == :error, do: Exception.blame(:error, reason, stacktrace), else: {reason, stacktrace}

    # What called the program is no part of it.
    stacktrace = Enum.reject(stacktrace, &(elem(&1, 0) in [__MODULE__, Code]))
    report = String.trim_trailing(banner(kind, reason, blamed, stacktrace) <> frames(stacktrace))
    # The command prints a line break; the one before the frames comes without any as well.
    if stacktrace == [] and is_struct(blamed, CompileError), do: report <> "\n", else: report
  end

  defp frames([]), do: ""
  defp frames(stacktrace), do: "\n" <> Exception.format_stacktrace(stacktrace)

  # The clauses are marked one by one, and stand further in than in the message.
  defp banner(kind, reason, %FunctionClauseError{} = blamed, stacktrace) do
    clauses = FunctionClauseError.blame(blamed, &inspect/1, &marked/1)
    Exception.format_banner(kind, reason, stacktrace) <> "    " <> String.replace(clauses, "\n", "\n    ")
  end

  defp banner(kind, _reason, blamed, stacktrace), do: Exception.format_banner(kind, blamed, stacktrace)

  defp marked(%{match?: match?, node: node}) do
    text = Macro.to_string(node)

    cond do
      IO.ANSI.enabled?() -> [if(match?, do: :normal, else: :red) | text] |> IO.ANSI.format(true) |> IO.iodata_to_binary()
      match? -> "+" <> text <> "+"
      true -> "-" <> text <> "-"
    end
  end
end
