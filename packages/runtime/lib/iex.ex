defmodule IEx do
  @moduledoc """
  The interactive shell.

  `IEx.Server` reads lines and hands them to `IEx.Evaluator`, a process that keeps the bindings. What a user may call in the
  shell without a module name is in `IEx.Helpers`: type `h()` for it.

  `iex> #iex:break` on a line of its own gives up an expression that has not been finished.

  ## The .iex.exs file

  When the shell starts, it evaluates the file `.iex.exs` of the working directory or, if there is none, of the directory
  named by `IEX_HOME` or the home directory. Bindings, imports and aliases of the file are those of the shell.

  ## Configuration

  `configure/1` changes how the shell looks.
  """

  @doc """
  Configures the shell.

    * `:colors` - keyword list: `:enabled`, and a colour, in the form of `IO.ANSI.format/2`, for each of `:eval_result`,
      `:eval_error`, `:eval_info`, `:eval_interrupt`, `:stack_info`, `:blame_diff`, `:ls_directory`, `:ls_device`,
      `:syntax_colors` (those of inspected values; `false` for none) and the parts of documentation: `:doc_code`,
      `:doc_inline_code`, `:doc_headings`, `:doc_title`, `:doc_bold`, `:doc_underline`, `:doc_quote`,
      `:doc_table_heading`
    * `:inspect` - options of `inspect/2` for values
    * `:width` - columns of the output at most; 80
    * `:history_size` - how many values `v/1` finds; negative for all
    * `:default_prompt`, `:continuation_prompt`, `:alive_prompt`, `:alive_continuation_prompt` - texts in which `%prefix`,
      `%counter` and `%node` stand for what they name
    * `:parser` - `{module, function, arguments}` called with the input, options and the state of the parser, followed by
      the arguments; returns `{:ok, quoted, state}` or `{:incomplete, state}`, or raises
    * `:dot_iex` - a file in place of `.iex.exs`
    * `:auto_reload` - accepted; nothing outside of the shell compiles its modules
  """
  def configure(options), do: IEx.Config.configure(options)

  @doc "Returns the configuration."
  def configuration, do: IEx.Config.configuration()

  @doc "Tells whether the application `:iex` runs, as it does in a shell."
  def started?, do: List.keymember?(Application.started_applications(), :iex, 0)

  @doc "Returns the text in one of the colours of the configuration, or as it is when colours are off."
  def color(color, string) do
    case IEx.Config.color(color) do
      nil -> string
      ansi -> [ansi | string] |> IO.ANSI.format(true) |> IO.iodata_to_binary()
    end
  end

  @doc "Returns the columns that printed text may take: those of the terminal, and no more than configured."
  def width, do: IEx.Config.width()

  @doc "Returns the options with which values are inspected."
  def inspect_opts, do: IEx.Config.inspect_opts()

  @doc """
  Stops the running process where it is called and lets a shell look into it: its bindings, imports and aliases.

  A shell is asked first, unless it is the one that has called. `continue()` lets the process run on. Without a shell this
  only says so.
  """
  defmacro pry do
    quote do
      IEx.Pry.pry(binding(), __ENV__)
    end
  end

  @doc """
  Sets a breakpoint by what the call looks like, with patterns and a guard, or by name and arity.

      IEx.break!(Shop.sell/2)
      IEx.break!(Shop.sell(_, count) when count > 9, 3)
  """
  defmacro break!(ast, stops \\ 1) do
    quote do
      IEx.__break__!(unquote(Macro.escape(ast)), unquote(stops), __ENV__)
    end
  end

  @doc "Sets a breakpoint in a function, which stops so many times; returns its number."
  def break!(module, function, arity, stops \\ 1), do: IEx.Pry.break!(module, function, arity, stops)

  @doc false
  def __break__!({:/, _, [call, arity]} = ast, stops, env) when is_integer(arity) and arity >= 0 and arity <= 255 do
    with {module, function, []} <- Macro.decompose_call(call),
         module when is_atom(module) <- Macro.expand(module, env) do
      IEx.Pry.break!(module, function, arity, stops)
    else
      _ -> unknown_call(ast)
    end
  end

  def __break__!({{:., _, [module, function]}, _, args} = ast, stops, env),
    do: break_at(ast, module, function, args, true, stops, env)

  def __break__!({:when, _, [{{:., _, [module, function]}, _, args}, guard]} = ast, stops, env),
    do: break_at(ast, module, function, args, guard, stops, env)

  defp break_at(ast, module, function, args, guard, stops, env) do
    case Macro.expand(module, env) do
      module when is_atom(module) -> IEx.Pry.break!(module, function, args, guard, env, stops)
      _ -> unknown_call(ast)
    end
  end

  defp unknown_call(ast) do
    raise ArgumentError, """
    unknown expression to break on, expected one of:

      * Mod.fun/arity, such as: URI.parse/1
      * Mod.fun(arg1, arg2, ...), such as: URI.parse(_)
      * Mod.fun(arg1, arg2, ...) when guard, such as: URI.parse(var) when is_binary(var)

    Got #{Macro.to_string(ast)}
    """
  end

  @doc false
  def dont_display_result, do: :"do not show this result in output"
end
