# One process a file. Where a module of another file is needed, the process waits (`Kernel.ErrorHandler`) until that file has
# defined it; so files may need each other in any order. The process that compiles nothing, the compiler, knows who waits.
defmodule Kernel.ParallelCompiler do
  @moduledoc "Compiles and requires several files that may need each other's modules."

  @doc "Runs `fun` in a task of its own, which may define modules."
  def async(fun) when is_function(fun, 0) do
    case :erlang.get(:elixir_compiler_info) do
      :undefined ->
        raise ArgumentError,
              "cannot spawn parallel compiler task because the current file is not being compiled/required"

      info ->
        Task.async(fn ->
          :erlang.put(:elixir_compiler_info, info)
          fun.()
        end)
    end
  end

  @doc "Applies `fun` to every element, which may define modules."
  def pmap(collection, fun) when is_function(fun, 1), do: Enum.map(collection, fun)

  @doc """
  Compiles files: `{:ok, modules, warnings}` or `{:error, errors, warnings}`.

  ## Options

    * `:each_file`: a function called with each file once it is compiled
    * `:each_module`: a function called with a file, a module of it and its object code
    * `:dest`: the folder to which the object code will be written
    * `:return_diagnostics`: whether warnings and errors are maps as those of `Code.with_diagnostics/2`
  """
  def compile(files, options \\ []) when is_list(options), do: each(files, &Code.compile_file/1, options)

  @doc "Like `compile/2`, and writes the object code of each module to a file in the folder `path`."
  def compile_to_path(files, path, options \\ []) when is_binary(path) and is_list(options) do
    File.mkdir_p!(path)
    given = Keyword.get(options, :each_module, fn _, _, _ -> :ok end)

    each_module = fn file, module, binary ->
      File.write!(Path.join(path, "#{module}.beam"), binary)
      given.(file, module, binary)
    end

    compile(files, [each_module: each_module, dest: path] ++ options)
  end

  @doc "Requires files: like `compile/2`, once each."
  def require(files, options \\ []) when is_list(options), do: each(files, &Code.require_file/1, options)

  @doc false
  @deprecated "Use Kernel.ParallelCompiler.compile/2 instead"
  def files(files, options \\ []) when is_list(options), do: elem(compile(files, options), 1)

  @doc false
  @deprecated "Use Kernel.ParallelCompiler.compile_to_path/3 instead"
  def files_to_path(files, path, options \\ []) when is_binary(path) and is_list(options),
    do: elem(compile_to_path(files, path, options), 1)

  defp each(files, compile, options) do
    {result, diagnostics, runtime_warnings} = run_with_diagnostics(files, compile, options)
    {errors, compile_warnings} = Enum.split_with(diagnostics, &(&1.severity == :error))
    details? = Keyword.get(options, :return_diagnostics, false)
    info = %{runtime_warnings: runtime_warnings, compile_warnings: compile_warnings}
    warnings = runtime_warnings ++ compile_warnings

    case result do
      {:ok, modules} ->
        {:ok, modules, if(details?, do: info, else: Enum.map(warnings, &triple/1))}

      {:error, _file, {:deadlock, waiting}} ->
        errors = errors ++ deadlock_errors(waiting)

        if details?,
          do: {:error, errors, info},
          else: {:error, Enum.map(errors, &triple/1), Enum.map(warnings, &triple/1)}

      {:error, file, {kind, reason, stacktrace}} ->
        logged? = kind == :error and match?(%CompileError{}, reason) and errors != []
        errors = errors ++ [diagnostic(file, kind, reason, stacktrace)]
        if not logged?, do: IO.puts(:stderr, ["\n", report(file, kind, reason, stacktrace)])

        if details?,
          do: {:error, errors, info},
          else: {:error, Enum.map(errors, &triple/1), Enum.map(warnings, &triple/1)}
    end
  end

  defp triple(%{file: file, position: position, message: message}), do: {file, position, message}

  defp diagnostic(file, kind, reason, stacktrace) do
    {position, span} =
      case reason do
        %{line: line, column: column} when is_integer(line) and is_integer(column) -> {{line, column}, nil}
        %{line: line} when is_integer(line) -> {line, nil}
        _ -> {line_in(file, reason, stacktrace), nil}
      end

    source = if match?(%{file: text} when is_binary(text), reason), do: Path.absname(reason.file), else: file

    %{
      severity: :error,
      file: source,
      source: file,
      position: position,
      message: Exception.format(kind, reason, stacktrace),
      stacktrace: stacktrace,
      span: span
    }
  end

  # That of the innermost frame, where it is one of the file.
  defp line_in(file, :undef, [{_, _, _, []} | rest]), do: line_in(file, nil, rest)

  defp line_in(file, reason, [{_, _, _, [file: expanding]} | rest])
       when expanding in [~c"expanding macro", ~c"expanding struct"],
       do: line_in(file, reason, rest)

  defp line_in(file, _reason, [{_, _, _, info} | _]) do
    if info[:file] == file |> Path.relative_to_cwd() |> to_charlist(), do: info[:line], else: 0
  end

  defp line_in(_file, _reason, []), do: 0

  defp report(file, kind, reason, stacktrace) do
    ["== Compilation error in file #{Path.relative_to_cwd(file)} ==\n", Exception.format(kind, reason, stacktrace)]
  end

  ## The compiler

  @doc false
  # `{:ok, modules}`, or `{:error, file, {kind, reason, stacktrace}}` of the first file that could not be compiled.
  def run(files, compile, options) do
    case run_with_diagnostics(files, compile, options) do
      {{:error, file, {:deadlock, waiting}}, _diagnostics, _runtime_warnings} ->
        [%{message: message} | _] = deadlock_errors(waiting)
        {:error, file, {:error, CompileError.exception(description: message), []}}

      {result, _diagnostics, _runtime_warnings} ->
        result
    end
  end

  # The result, what is told of the files while they are compiled, and what of all of them afterwards.

  defp run_with_diagnostics(files, compile, options) do
    # `waiting` and `compiled` are those workers that have stopped for the time being. A file is begun when all others have: so
    # files that need nothing of later ones are compiled in the given order.
    state = %{
      queue: Enum.map(files, &Path.expand/1),
      compile: compile,
      workers: %{},
      waiting: %{},
      compiled: %{},
      modules: [],
      structs: %{},
      diagnostics: [],
      runtime_warnings: [],
      options: options
    }

    {result, state} = loop(state)

    for {pid, %{ref: ref}} <- state.workers do
      Process.demonitor(ref, [:flush])
      Process.exit(pid, :kill)
    end

    {result, state.diagnostics, state.runtime_warnings}
  end

  defp work(file, compile, compiler, dest) do
    if dest, do: :erlang.put(:elixir_compiler_dest, dest)
    Process.flag(:error_handler, Kernel.ErrorHandler)
    :erlang.put(:elixir_compiler_info, {compiler, self()})

    {result, diagnostics} =
      Code.with_diagnostics([log: true], fn ->
        try do
          compile.(file)
          :ok
        catch
          kind, reason -> {kind, reason, __STACKTRACE__}
        end
      end)

    compiled = :erlang.get(:elixir_compile_warnings)
    count = if compiled == :undefined, do: length(diagnostics), else: compiled
    send(compiler, {:finished, self(), result, Enum.split(diagnostics, count)})

    exit(:shutdown)
  end

  defp loop(%{queue: [file | queue], workers: workers, waiting: waiting, compiled: compiled} = state)
       when map_size(workers) == map_size(waiting) + map_size(compiled) do
    compiler = self()
    {pid, ref} = :erlang.spawn_monitor(fn -> work(file, state.compile, compiler, state.options[:dest]) end)
    loop(%{state | queue: queue, workers: Map.put(workers, pid, %{file: file, ref: ref})})
  end

  defp loop(%{workers: workers, modules: modules} = state) when workers == %{},
    do: {{:ok, Enum.reverse(modules)}, state}

  defp loop(%{workers: workers, waiting: waiting, compiled: compiled} = state)
       when map_size(workers) == map_size(waiting) + map_size(compiled) do
    if waiting == %{} do
      for {_pid, ref} <- compiled, do: send(elem(ref, 0), elem(ref, 1))
      loop(%{state | compiled: %{}})
    else
      case deadlocked(waiting, map_size(workers)) do
        :deadlock ->
          [{file, _} | _] = waiting = for {file, entry} <- waiting, do: {workers[file].file, entry.module}
          {{:error, file, {:deadlock, Enum.sort(waiting)}}, state}

        answers ->
          state |> release(answers) |> loop()
      end
    end
  end

  defp loop(state) do
    receive do
      {:waiting, pid, ref, file, {kind, module}, defining, deadlock} ->
        if Code.loaded?(module) or (kind == :struct and is_map_key(state.structs, module)) do
          send(pid, {ref, :found})
          loop(state)
        else
          entry = %{pid: pid, ref: ref, kind: kind, module: module, defining: defining, deadlock: deadlock}
          loop(put_in(state.waiting[file], entry))
        end

      {:struct_available, module} ->
        waiting = for {pid, %{kind: :struct, module: ^module}} <- state.waiting, do: {pid, :found}
        loop(release(%{state | structs: Map.put(state.structs, module, true)}, waiting))

      {:available, file, module, binary} ->
        waiting = for {pid, %{module: ^module}} <- state.waiting, do: {pid, :found}
        state = release(state, waiting)
        name = state.workers[file] && state.workers[file].file
        if each_module = state.options[:each_module], do: each_module.(name, module, binary)
        loop(%{state | modules: [module | state.modules]})

      {:compiled, file, ref} ->
        loop(put_in(state.compiled[file], {file, ref}))

      {:finished, file, :ok, told} ->
        {%{file: name, ref: ref}, workers} = Map.pop!(state.workers, file)
        Process.demonitor(ref, [:flush])
        if each_file = state.options[:each_file], do: call_each_file(each_file, name)
        loop(%{told(state, told) | workers: workers, compiled: Map.delete(state.compiled, file)})

      {:finished, file, reason, told} ->
        {{:error, state.workers[file].file, reason}, told(state, told)}

      {:DOWN, _ref, :process, file, reason} when is_map_key(state.workers, file) ->
        {{:error, state.workers[file].file, {:exit, reason, []}}, state}
    end
  end

  defp told(state, {diagnostics, runtime_warnings}) do
    %{
      state
      | diagnostics: state.diagnostics ++ diagnostics,
        runtime_warnings: state.runtime_warnings ++ runtime_warnings
    }
  end

  defp call_each_file(fun, file) when is_function(fun, 1), do: fun.(file)
  defp call_each_file(fun, file) when is_function(fun, 2), do: fun.(file, [])

  defp release(state, answers) do
    for {file, answer} <- answers do
      %{pid: pid, ref: ref} = state.waiting[file]
      send(pid, {ref, answer})
    end

    %{state | waiting: Map.drop(state.waiting, Enum.map(answers, &elem(&1, 0)))}
  end

  # Everybody waits. Those go on first who asked whether there is a module, then those whose module nobody defines: theirs may be
  # a misspelt name. What is left waits in a circle.
  defp deadlocked(waiting, 1), do: for({file, _} <- waiting, do: {file, :not_found})

  defp deadlocked(waiting, _workers) do
    being_defined = Enum.flat_map(waiting, fn {_, entry} -> entry.defining end)
    defined? = fn entry -> entry.module in being_defined end
    entries = Enum.sort(waiting)

    [
      {fn entry -> entry.deadlock == :soft and not defined?.(entry) end, :deadlock},
      {fn entry -> entry.deadlock == :soft end, :deadlock},
      {fn entry -> entry.deadlock == :hard and not defined?.(entry) end, :deadlock},
      {fn entry -> not defined?.(entry) end, :not_found}
    ]
    |> Enum.find_value(:deadlock, fn {choose, answer} ->
      case Enum.filter(entries, fn {_, entry} -> choose.(entry) end) do
        [] -> nil
        chosen -> for {file, _} <- chosen, do: {file, answer}
      end
    end)
  end

  defp deadlock_errors(waiting) do
    IO.puts(
      :stderr,
      "\nCompilation failed because of a deadlock between files.\nThe following files depended on the following modules:\n"
    )

    width = waiting |> Enum.map(fn {file, _} -> file |> Path.relative_to_cwd() |> String.length() end) |> Enum.max()

    for {file, module} <- waiting,
        do: IO.puts(:stderr, ["  ", String.pad_leading(Path.relative_to_cwd(file), width), " => ", inspect(module)])

    for {file, module} <- waiting do
      message = "deadlocked waiting on module #{inspect(module)}"
      IO.puts(:stderr, ["\n== Compilation error in file #{Path.relative_to_cwd(file)} ==\n** (CompileError) ", message])
      %{severity: :error, file: file, source: file, position: nil, message: message, stacktrace: [], span: nil}
    end
  end
end
