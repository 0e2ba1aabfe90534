defmodule IEx.Pry do
  @moduledoc """
  Lets a shell look into a running process: where a program says `IEx.pry()`, and at breakpoints.

  A breakpoint is a row of a table, `{id, module, {function, arity}, condition, stops}`, and its module is compiled again from
  its expanded definitions with stops between the lines of the function.
  """

  @type id :: integer()
  @type break :: {id, module, {function, arity}, pending :: non_neg_integer}
  @type break_error ::
          :recompilation_failed
          | :no_beam_file
          | :unknown_function_arity
          | :missing_debug_info
          | :outdated_debug_info
          | :non_elixir_module

  @doc false
  use GenServer
  alias IEx.Breakpoints

  ## Stopping

  @doc "Has a shell take over the running process at a place, which is a `Macro.Env` or a list of its fields."
  def pry(binding, %Macro.Env{} = env) do
    %{file: file, line: line} = env
    {:current_stacktrace, stacktrace} = Process.info(self(), :current_stacktrace)

    options = [
      binding: binding,
      dot_iex: "",
      env: Macro.Env.prune_compile_info(env),
      stacktrace: Enum.reject(stacktrace, &(elem(&1, 0) in [Process, Code, :elixir, IEx.Evaluator, IEx.Pry]))
    ]

    location = location(env)

    snippet =
      case whereami(file, line, 3) do
        {:ok, lines} -> [?\n, ?\n, lines]
        :error -> []
      end

    case IEx.Broker.take_over(location, snippet, [evaluator: self()] ++ options) do
      {:ok, server, leader, counter} ->
        IEx.Evaluator.init(:no_ack, server, leader, counter, options)

      {:error, :no_iex} = error ->
        IO.puts("Cannot pry #{inspect(self())} at #{location}. Is an IEx shell running?")
        error

      {:error, _} = error ->
        error
    end
  end

  def pry(binding, fields) when is_list(fields) do
    versions = for {{name, _}, version} <- Enum.with_index(binding), into: %{}, do: {{name, nil}, version}
    pry(binding, %{Code.env_for_eval(fields) | versioned_vars: versions})
  end

  defp location(%{function: {name, arity}, module: module} = env),
    do: "#{Exception.format_mfa(module, name, arity)} (#{place(env)})"

  defp location(env), do: place(env)

  defp place(%{file: file, line: line}), do: "#{Path.relative_to_cwd(file)}:#{line}"

  @doc false
  # Between two lines: whether the next one is to stop as well.
  def __next__(stop?, binding, place), do: stop? and pry(binding, place) == {:ok, true}

  @doc false
  # At the start of a clause: whether the breakpoint has stops left and its condition holds.
  def __reached__(id, args) do
    case :ets.lookup(__MODULE__, id) do
      [{_, _, _, condition, stops}] when stops > 0 ->
        condition.(args) and :ets.update_counter(__MODULE__, id, {5, -1, -1, -1}) >= 0

      _ ->
        false
    end
  end

  @doc """
  Puts a stop before each line of quoted code. `condition` is code that tells whether the first one is to stop; `caller`
  is the environment of the code.
  """
  def annotate_quoted(quoted, condition, caller) do
    start =
      quote do
        [env = unquote(Macro.escape(Macro.Env.prune_compile_info(caller))), next? = unquote(condition)]
      end

    stops =
      quoted
      |> Breakpoints.expressions()
      |> Breakpoints.with_stops(caller.line)
      |> Enum.map(fn
        {:stop, line} ->
          quote(do: next? = IEx.Pry.__next__(next?, binding(), %{env | line: unquote(line)}))

        {:expression, expression} ->
          expression
      end)

    {:__block__, [], start ++ stops}
  end

  @doc "The lines around one of a file, which is bold: `{:ok, text}`, or `:error` where there are none."
  def whereami(file, line, radius)
      when is_binary(file) and is_integer(line) and is_integer(radius) and radius > 0 do
    first = max(line - radius, 1)

    with true <- File.regular?(file),
         [_ | _] = lines <- file |> File.stream!() |> Enum.slice((first - 1)..(line + radius - 1)) do
      {:ok, lines |> Enum.with_index(first) |> Enum.map(&numbered(&1, line))}
    else
      _ -> :error
    end
  end

  defp numbered({text, line}, line), do: IO.ANSI.format_fragment([:bright, number(line), text, :normal])
  defp numbered({text, number}, _line), do: [number(number), text]

  defp number(number), do: [String.pad_leading(Integer.to_string(number), 5), ": "]

  ## Breakpoints

  @doc "Sets a breakpoint: `{:ok, id}` or `{:error, reason}`. The function stops so many times."
  def break(module, function, arity, breaks \\ 1)
      when is_atom(module) and is_atom(function) and arity in 0..255 and is_integer(breaks) and breaks >= 0 do
    call({:break, module, {function, arity}, fn _ -> true end, breaks})
  end

  @doc "Sets a breakpoint that stops only where the arguments match the patterns and the guard."
  def break(module, function, args, guard, env, breaks \\ 1)
      when is_atom(module) and is_atom(function) and is_list(args) and is_integer(breaks) and breaks >= 0 do
    call({:break, module, {function, length(args)}, condition(args, guard, env), breaks})
  end

  @doc "Like `break/4`, but returns the number of the breakpoint or raises."
  def break!(module, function, arity, breaks \\ 1),
    do: break(module, function, arity, breaks) |> id!(module, function, arity)

  @doc "Like `break/6`, but returns the number of the breakpoint or raises."
  def break!(module, function, args, guard, env, breaks \\ 1),
    do: break(module, function, args, guard, env, breaks) |> id!(module, function, length(args))

  defp id!({:ok, id}, _module, _function, _arity), do: id

  defp id!({:error, reason}, module, function, arity) do
    why =
      case reason do
        :no_beam_file -> "could not find .beam file for #{inspect(module)}"
        :missing_debug_info -> "module #{inspect(module)} was not compiled with debug_info"
        :non_elixir_module -> "module #{inspect(module)} was not written in Elixir"
        :unknown_function_arity -> "unknown function/macro #{Exception.format_mfa(module, function, arity)}"
      end

    raise "could not set breakpoint, " <> why
  end

  defp condition(args, guard, env) do
    # What is bound for a guard alone is no mistake of the user.
    pattern = Macro.prewalk({:when, [], [args, guard]}, &Macro.update_meta(&1, fn meta -> [{:generated, true} | meta] end))

    {holds?, _} =
      Code.eval_quoted({:fn, [], [clause([pattern], true), clause([{:_, [], nil}], false)]}, [], env)

    holds?
  end

  defp clause(left, right), do: {:->, [generated: true], [left, right]}

  @doc "The breakpoints, `{id, module, {function, arity}, stops}`."
  def breaks, do: call(:breaks)

  @doc "Takes the remaining stops from a breakpoint: `:ok` or `:not_found`."
  def reset_break(id), do: call({:reset, {id, :_, :_, :_, :_}})

  @doc "Takes the remaining stops from the breakpoint of a function: `:ok` or `:not_found`."
  def reset_break(module, function, arity), do: call({:reset, {:_, module, {function, arity}, :_, :_}})

  @doc "Removes all breakpoints."
  def remove_breaks, do: call({:remove, :_})

  @doc "Removes the breakpoints of a module."
  def remove_breaks(module), do: call({:remove, module})

  # The table is that of a process which nobody has to start.
  defp call(request) do
    GenServer.start(__MODULE__, :ok, name: __MODULE__)
    GenServer.call(__MODULE__, request, :infinity)
  end

  @impl true
  def init(:ok) do
    :ets.new(__MODULE__, [:named_table, :public])
    {:ok, 1}
  end

  @impl true
  def handle_call({:break, module, function, condition, stops}, _from, next) do
    {id, next} =
      case :ets.match(__MODULE__, {:"$1", module, function, :_, :_}) do
        [[id]] -> {id, next}
        [] -> {next, next + 1}
      end

    with {:ok, file, definitions} <- definitions(module, function) do
      :ets.insert(__MODULE__, {id, module, function, condition, stops})
      ids = for [function, id] <- :ets.match(__MODULE__, {:"$2", module, :"$1", :_, :_}), into: %{}, do: {function, id}

      :beamlet_break.instrument(
        module,
        for {_, name, arity, _, _} = definition <- definitions do
          case ids do
            %{{^name, ^arity} => id} -> Breakpoints.instrument(definition, id, module, file)
            _ -> definition
          end
        end
      )

      {:reply, {:ok, id}, next}
    else
      error -> {:reply, error, next}
    end
  end

  def handle_call(:breaks, _from, next) do
    breaks =
      for {id, module, function, _, stops} <- Enum.sort(:ets.tab2list(__MODULE__)), kept?(id, module) do
        {id, module, function, max(stops, 0)}
      end

    {:reply, breaks, next}
  end

  def handle_call({:reset, pattern}, _from, next) do
    found =
      for {id, module, _, _, _} <- :ets.match_object(__MODULE__, pattern), kept?(id, module) do
        :ets.update_element(__MODULE__, id, {5, 0})
      end

    {:reply, if(found == [], do: :not_found, else: :ok), next}
  end

  def handle_call({:remove, module}, _from, next) do
    for [module] <- :ets.match(__MODULE__, {:_, if(module == :_, do: :"$1", else: module), :_, :_, :_}),
        do: :beamlet_break.restore(module)

    if module != :_, do: :beamlet_break.restore(module)
    :ets.match_delete(__MODULE__, {:_, module, :_, :_, :_})
    {:reply, :ok, if(module == :_, do: 1, else: next)}
  end

  # A module that has been loaded anew has lost its stops.
  defp kept?(id, module) do
    :beamlet_break.instrumented(module) or not :ets.delete(__MODULE__, id)
  end

  defp definitions(module, {name, arity}) do
    cond do
      match?({:error, _}, Code.ensure_loaded(module)) -> {:error, :no_beam_file}
      not function_exported?(module, :__info__, 1) -> {:error, :non_elixir_module}
      true -> :beamlet_break.definitions(module) |> with_function(name, arity)
    end
  end

  defp with_function(nil, _name, _arity), do: {:error, :missing_debug_info}

  defp with_function({file, definitions}, name, arity) do
    if Enum.any?(definitions, &match?({_, ^name, ^arity, _, _}, &1)),
      do: {:ok, file, definitions},
      else: {:error, :unknown_function_arity}
  end
end
