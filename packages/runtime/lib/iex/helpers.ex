defmodule IEx.Helpers do
  @moduledoc """
  Welcome to Interactive Elixir. You are looking at what the shell imports for you.

  Write an expression and press Enter to see its value. Tab completes modules, functions, variables and keys; the arrow keys
  bring back earlier lines; `#iex:break` gives up an unfinished expression. Ctrl+C opens a menu, Ctrl+D leaves.

  Help on what there is:

    * `h(Enum)`, `h(Enum.map)` and `h(Enum.map/2)` print documentation
    * `i(term)` tells what a value is; `i()` does so for the last one
    * `b(Module)` prints the callbacks of a behaviour
    * `t(Module)` prints types where the module keeps them
    * `exports(Module)` lists functions and macros

  Working with values and processes:

    * `v()` is the last value, `v(3)` that of `iex(3)>`, `v(-2)` the one before the last
    * `flush()` prints and removes the messages of the shell's mailbox
    * `pid("0.21.0")`, `ref("0.21.32.43")` and `port("0.8080")` make identifiers from text
    * `process_info(pid)` and `runtime_info()` describe a process and the system

  Working with files and modules:

    * `c("file.ex")` compiles, `r(Module)` compiles the file of a module again, `l(Module)` loads
    * `pwd()`, `cd("folder")` and `ls()` are what they are in a terminal
    * `import_file("file.exs")` evaluates a file in the shell

  Looking into a running program:

    * `break!(Module.function/2)` stops the next call of a function, as `IEx.pry()` does where a program says so
    * `whereami()` shows where that is, `n()` goes to the next line, `continue()` on
    * `breaks()` lists breakpoints, `remove_breaks()` removes them

  And `clear()` clears the screen, `respawn()` starts a new evaluator.
  """

  import IEx, only: [dont_display_result: 0]
  alias IEx.Introspection

  @doc """
  Compiles the project of the shell again.

  There are no Mix projects here, so this only says what to do in its place.
  """
  def recompile(_options \\ []) do
    IO.puts(IEx.color(:eval_error, "There is no Mix project here. Use c(\"file.ex\") or r(Module)."))
    :error
  end

  @doc """
  Compiles the given files.

  Returns the names of their modules, whose object code is written into a folder if one is given. Raises `CompileError` when a
  file does not compile, `ArgumentError` when there is none of that name.

      iex> c(["foo.ex", "bar.ex"])
      [Foo, Bar]
  """
  def c(files, path \\ :in_memory) when is_binary(path) or path == :in_memory do
    files = List.wrap(files)

    if not Enum.all?(files, &is_binary/1),
      do: raise(ArgumentError, "expected a binary or a list of binaries as argument")

    {found, missing} = Enum.split_with(files, &File.exists?/1)

    if missing != [] do
      raise ArgumentError, "could not find files #{Enum.join(missing, ", ")}"
    end

    Enum.flat_map(found, &compile(&1, path))
  end

  defp compile(file, path) do
    for {module, code} <- Code.compile_file(file) do
      remember(module, Path.expand(file))
      if is_binary(path), do: keep(module, code, Path.expand("#{module}.beam", path))
      module
    end
  catch
    kind, reason ->
      IO.puts(:stderr, "== Compilation error in file #{file} ==")
      IO.puts(:stderr, Exception.format(kind, reason, __STACKTRACE__))
      raise CompileError
  end

  defp keep(module, code, file) do
    File.write!(file, code)
    :code.load_binary(module, String.to_charlist(file), code)
  end

  # `r/1` finds the file of a module that came out of `c/1`.
  defp remember(module, file), do: :persistent_term.put({IEx, :source, module}, file)

  @doc """
  Compiles the source files of one or several modules again and loads them.

  Returns `{:reloaded, modules}`. Raises when there is no such module, or its file is not known.
  """
  def r(module_or_modules) do
    modules = List.wrap(module_or_modules)

    files =
      for module <- modules do
        case Code.ensure_loaded(module) do
          {:module, _} -> source(module)
          {:error, _} -> raise ArgumentError, "could not load nor find module: #{inspect(module)}"
        end
      end

    files |> Enum.uniq() |> Enum.flat_map(&compile(&1, :in_memory))
    {:reloaded, modules}
  end

  defp source(module) do
    file = :persistent_term.get({IEx, :source, module}, nil) || Introspection.source(module)

    if file && File.regular?(file) do
      file
    else
      raise ArgumentError, "could not find source for module: #{inspect(module)}"
    end
  end

  @doc "Loads a module anew from its file: `{:module, module}` or `{:error, reason}`."
  def l(module) when is_atom(module) do
    :code.purge(module)
    :code.load_file(module)
  end

  @doc "Loads a module on other nodes as it is here: `{:ok, [{node, :loaded, module}]}`, or why not for each node."
  def nl(nodes \\ Node.list(), module) when is_list(nodes) and is_atom(module) do
    case :code.get_object_code(module) do
      {^module, code, path} ->
        {:ok, Enum.map(nodes, &{&1, loaded_on(&1, [module, path, code])}) |> Enum.map(&flat(&1, module))}

      :error ->
        {:error, :nofile}
    end
  end

  defp loaded_on(node, args) do
    :erpc.call(node, :code, :load_binary, args)
  catch
    :error, {:erpc, reason} -> {:badrpc, reason}
  end

  defp flat({node, {:module, _}}, module), do: {node, :loaded, module}
  defp flat({node, {kind, reason}}, _module), do: {node, kind, reason}

  @doc "Clears the screen."
  def clear do
    if IO.ANSI.enabled?() do
      IO.write([IO.ANSI.home(), IO.ANSI.clear()])
    else
      IO.puts("Cannot clear the screen because ANSI escape codes are not enabled on this shell")
    end

    dont_display_result()
  end

  @doc "Prints the documentation of `IEx.Helpers`."
  def h, do: Introspection.h(IEx.Helpers)

  @doc """
  Prints the documentation of a module, or of a function or macro with or without its arity.

      iex> h(Enum)
      iex> h(Enum.map/2)
      iex> h(receive/1)
  """
  defmacro h(term) do
    quote do
      IEx.Introspection.h(unquote(Introspection.decompose(term, __CALLER__)))
    end
  end

  @doc """
  Prints the callbacks of a behaviour, or one of them with its documentation.

      iex> b(GenServer)
      iex> b(GenServer.init/1)
  """
  defmacro b(term) do
    quote do
      IEx.Introspection.b(unquote(Introspection.decompose(term, __CALLER__)))
    end
  end

  @doc """
  Prints the types of a module, or one of them, where the module keeps them.

      iex> t(Enum)
      iex> t(Enum.t/0)
  """
  defmacro t(term) do
    quote do
      IEx.Introspection.t(unquote(Introspection.decompose(term, __CALLER__)))
    end
  end

  @doc """
  Sets a breakpoint: the next call of the function stops and lets this shell look into it.

  A pattern and a guard say for which arguments; `stops` how often. In a process that has stopped, `n()` goes to the next line
  and `continue()` on. Returns the number of the breakpoint.

      iex> break!(Shop.sell/2)
      iex> break!(Shop.sell(_, count) when count > 9, 3)
  """
  defmacro break!(ast, stops \\ 1) do
    quote do
      require IEx
      IEx.break!(unquote(ast), unquote(stops))
    end
  end

  @doc "Sets a breakpoint in a function by its name and arity."
  defdelegate break!(module, function, arity, stops \\ 1), to: IEx

  @doc "Prints the breakpoints, and how often each is going to stop."
  def breaks do
    case IEx.Pry.breaks() do
      [] -> IO.puts(IEx.color(:eval_info, "No breakpoints set"))
      breaks -> breaks |> Enum.map(&columns/1) |> print_breaks()
    end

    dont_display_result()
  end

  defp columns({id, module, {function, arity}, stops}),
    do: [Integer.to_string(id), Exception.format_mfa(module, function, arity), Integer.to_string(stops)]

  defp print_breaks(rows) do
    heading = ["ID", "Module.function/arity", "Pending stops"]
    widths = for column <- Enum.zip_with([heading | rows], & &1), do: column |> Enum.map(&String.length/1) |> Enum.max()
    rule = Enum.map(widths, &(String.duplicate("-", &1 + 2)))

    line = fn [id, function, stops] ->
      [a, b, _] = widths
      [" ", String.pad_trailing(id, a + 2), " ", String.pad_trailing(function, b + 2), " ", stops]
    end

    IO.puts(["\n", line.(heading)])
    IO.puts(Enum.join(rule, " "))
    Enum.each(rows, &IO.puts(line.(&1)))
    IO.puts("")
  end

  @doc "Takes the remaining stops from a breakpoint: `:ok`, or `:not_found`."
  defdelegate reset_break(id), to: IEx.Pry

  @doc "Takes the remaining stops from the breakpoint of a function: `:ok`, or `:not_found`."
  defdelegate reset_break(module, function, arity), to: IEx.Pry

  @doc "Removes the breakpoints of a module."
  defdelegate remove_breaks(module), to: IEx.Pry

  @doc "Removes all breakpoints."
  defdelegate remove_breaks(), to: IEx.Pry

  @doc "Lets the process that the shell is looking at run on, to the next breakpoint."
  def continue, do: run_on(false)

  @doc "Lets the process that the shell is looking at run on to the next line of the function."
  def next, do: run_on(true)

  @doc "Is short for `next/0`."
  def n, do: next()

  @doc "Is short for `continue/0`."
  def c, do: continue()

  defp run_on(next?) do
    if server = Process.get(:iex_server), do: send(server, {:continue, self(), next?})
    dont_display_result()
  end

  @doc "Prints the lines around the place where the shell was started or has stopped a process, if it was at one."
  def whereami(radius \\ 2) do
    case Process.get(:iex_whereami) do
      {file, line, stacktrace} ->
        IO.puts(IEx.color(:eval_info, "Location: #{Path.relative_to_cwd(file)}:#{line}"))

        case IEx.Pry.whereami(file, line, radius) do
          {:ok, lines} -> IO.write([?\n, lines, ?\n])
          :error -> refuse("Could not extract source snippet. Location is not available.")
        end

        if stacktrace, do: IO.write([Exception.format_stacktrace(stacktrace), ?\n])

      nil ->
        refuse("Pry session is not currently enabled")
    end

    dont_display_result()
  end

  defp refuse(text) do
    IO.puts(IEx.color(:eval_error, text))
    dont_display_result()
  end
  @doc """
  Returns the value of the `n`-th expression in the history.

  Negative numbers count from the last value, which is `v()`.
  """
  def v(n \\ -1) do
    IEx.History.nth(Process.get(:iex_history) || IEx.History.init(), n) |> elem(1)
  end

  @doc "Prints what there is to know about a value: by default, about the last one."
  def i(term \\ v(-1)) do
    info = ["Term": inspect(term, IEx.inspect_opts())] ++ IEx.Info.info(term)

    for {subject, description} <- info do
      IO.puts(IEx.color(:eval_result, to_string(subject)))
      IO.puts("  " <> (to_string(description) |> String.trim() |> String.replace("\n", "\n  ")))
    end

    implementations = ["IEx.Info", "Inspect" | implemented_protocols(term)] |> Enum.uniq() |> Enum.sort()
    IO.puts(IEx.color(:eval_result, "Implemented protocols"))
    IO.puts("  " <> Enum.join(implementations, ", "))
    dont_display_result()
  end

  defp implemented_protocols(term) do
    for protocol <- [Collectable, Enumerable, JSON.Encoder, List.Chars, String.Chars],
        implemented?(protocol, term),
        do: inspect(protocol)
  end

  defp implemented?(protocol, term) do
    protocol.impl_for(term) != nil
  rescue
    _ -> false
  end

  @doc "Prints facts about the system: `runtime_info(:limits)`, `runtime_info([:system, :memory])`."
  def runtime_info(topics \\ [:system, :memory, :limits])

  def runtime_info(topic)
      when is_atom(topic) and topic in [:system, :memory, :limits, :applications, :allocators],
      do: runtime_info([topic])

  def runtime_info(topics) when is_list(topics) do
    Enum.each(topics, &IEx.RuntimeInfo.print/1)
    IO.puts("")
    IO.puts("Showing topics:      #{inspect(topics)}")
    IO.puts("Additional topics:   #{inspect(IEx.RuntimeInfo.topics() -- topics)}")
    IO.puts("")
    IO.puts("To view a specific topic call runtime_info(topic)")
    dont_display_result()
  end

  @doc "Prints what a process is doing, given by its pid, its name or a `:via` tuple."
  def process_info(pid) do
    IEx.RuntimeInfo.print_process(GenServer.whereis(pid))
    dont_display_result()
  end

  @doc "Prints and removes all messages of the shell's mailbox."
  def flush do
    receive do
      message ->
        IO.puts(IEx.color(:eval_result, inspect(message, IEx.inspect_opts())))
        flush()
    after
      0 -> :ok
    end
  end

  @doc "Prints the current working directory."
  def pwd do
    IO.puts(IEx.color(:eval_info, File.cwd!()))
    dont_display_result()
  end

  @doc "Changes the current working directory; `~` is the home directory."
  def cd(directory) when is_binary(directory) do
    case File.cd(Path.expand(directory)) do
      :ok -> pwd()
      {:error, :enoent} -> print_error("No directory #{directory}")
      {:error, reason} -> print_error("Could not change to #{directory}: #{:file.format_error(reason)}")
    end

    dont_display_result()
  end

  @doc "Lists the functions and macros of a module with their arities."
  def exports(module \\ Kernel) do
    module
    |> IEx.Autocomplete.exports()
    |> Enum.map(fn {name, arity} -> Atom.to_string(name) <> "/" <> Integer.to_string(arity) end)
    |> print_table()

    dont_display_result()
  end

  @doc "Lists a directory, or prints the name of a file."
  def ls(path \\ ".") when is_binary(path) do
    path = Path.expand(path)

    case File.ls(path) do
      {:ok, names} -> names |> Enum.sort() |> print_table(&file_color(&2, Path.join(path, &1)))
      {:error, :enoent} -> print_error("No such file or directory #{path}")
      {:error, :enotdir} -> IO.puts(IEx.color(:eval_info, path))
      {:error, reason} -> print_error("Could not list #{path}: #{:file.format_error(reason)}")
    end

    dont_display_result()
  end

  defp file_color(name, path) do
    case File.stat(path) do
      {:ok, %{type: :directory}} -> IEx.color(:ls_directory, name)
      {:ok, %{type: :device}} -> IEx.color(:ls_device, name)
      _ -> name
    end
  end

  # Columns five wider than the longest item; what is longer than thirty sticks out of its column. As in IEx, a row ends with the
  # cell that reaches the eightieth character, of which those that colour it count.
  defp print_table(items, paint \\ fn _item, cell -> cell end)
  defp print_table([], _paint), do: :ok

  defp print_table(items, paint) do
    width = (items |> Enum.map(&String.length/1) |> Enum.max() |> min(30)) + 4

    items
    |> Enum.map(&(paint.(&1, String.pad_trailing(&1, width)) <> " "))
    |> Enum.chunk_while(
      {"", 0},
      fn
        cell, {row, length} when length >= 80 -> {:cont, row, {cell, String.length(cell)}}
        cell, {row, length} -> {:cont, {row <> cell, length + String.length(cell)}}
      end,
      fn {row, _length} -> {:cont, row, nil} end
    )
    |> Enum.each(&IO.puts/1)
  end

  defp print_error(text) do
    IO.puts(IEx.color(:eval_error, text))
    dont_display_result()
  end

  @doc "Opens the place where the shell was started in an editor, if it was started at one."
  def open do
    case Process.get(:iex_whereami) do
      {file, line, _} -> Introspection.open({file, line})
      nil -> refuse("Pry session is not currently enabled")
    end
  end

  @doc "Opens the source of a module or function, or `{file, line}`, in the editor that `ELIXIR_EDITOR` or `EDITOR` names."
  defmacro open(term) do
    quote do
      IEx.Introspection.open(unquote(Introspection.decompose(term, __CALLER__)))
    end
  end

  @doc "Starts a new evaluator: bindings, imports and aliases are gone, processes and modules stay."
  def respawn do
    if server = Process.get(:iex_server), do: send(server, {:respawn, self()})
    dont_display_result()
  end

  @doc "Evaluates the lines of a file in the shell, as if they had been typed."
  defmacro import_file(path) when is_binary(path), do: import_lines(path, true)

  defmacro import_file(_path) do
    raise ArgumentError, "import_file/1 expects a literal binary as its argument"
  end

  @doc "Like `import_file/1`, but does nothing when there is no such file."
  defmacro import_file_if_available(path) when is_binary(path), do: import_lines(path, false)

  defmacro import_file_if_available(_path) do
    raise ArgumentError, "import_file_if_available/1 expects a literal binary as its argument"
  end

  defp import_lines(path, required?) do
    path = Path.expand(path)
    imported = Process.get(:iex_imported_paths, MapSet.new())

    cond do
      not required? and not File.exists?(path) ->
        nil

      path in imported ->
        IO.warn("path #{path} was already imported, skipping circular file imports", [])

      true ->
        Process.put(:iex_imported_paths, MapSet.put(imported, path))
        path |> File.read!() |> Code.string_to_quoted!(file: path)
    end
  end

  @doc "Imports a module if there is one of that name."
  defmacro import_if_available(quoted_module, opts \\ []) do
    quoted_module = Macro.expand(quoted_module, __CALLER__)

    if Code.ensure_loaded?(quoted_module) do
      quote do
        import unquote(quoted_module), unquote(opts)
      end
    end
  end

  @doc "Uses a module if there is one of that name."
  defmacro use_if_available(quoted_module, opts \\ []) do
    quoted_module = Macro.expand(quoted_module, __CALLER__)

    if Code.ensure_loaded?(quoted_module) do
      quote do
        use unquote(quoted_module), unquote(opts)
      end
    end
  end

  @doc ~S|Makes a pid from text, `"0.21.32"` or `"#PID<0.21.32>"`, or finds the process of a registered name.|
  def pid(string)

  def pid("#PID<" <> text), do: :erlang.list_to_pid(~c"<" ++ String.to_charlist(text))
  def pid(text) when is_binary(text), do: :erlang.list_to_pid(String.to_charlist("<#{text}>"))

  def pid(name) when is_atom(name) do
    case Process.whereis(name) do
      pid when is_pid(pid) -> pid
      _ -> raise ArgumentError, "could not find registered process with name: #{inspect(name)}"
    end
  end

  @doc "Makes a pid from three numbers."
  def pid(x, y, z) when is_integer(x) and x >= 0 and is_integer(y) and y >= 0 and is_integer(z) and z >= 0,
    do: pid("#{x}.#{y}.#{z}")

  @doc ~S|Makes a port from text such as `"0.13"`.|
  def port(string) when is_binary(string), do: :erlang.list_to_port(String.to_charlist("#Port<#{string}>"))

  @doc "Makes a port from two numbers."
  def port(major, minor) when is_integer(major) and major >= 0 and is_integer(minor) and minor >= 0,
    do: port("#{major}.#{minor}")

  @doc ~S|Makes a reference from text such as `"0.1.2.3"`.|
  def ref(string) when is_binary(string), do: :erlang.list_to_ref(String.to_charlist("#Ref<#{string}>"))

  @doc "Makes a reference from four numbers."
  def ref(w, x, y, z)
      when is_integer(w) and w >= 0 and is_integer(x) and x >= 0 and is_integer(y) and y >= 0 and
             is_integer(z) and z >= 0,
      do: ref("#{w}.#{x}.#{y}.#{z}")
end
