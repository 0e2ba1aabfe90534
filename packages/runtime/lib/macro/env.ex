# The compile-time environment as a struct. The expander makes and reads such values, so the fields are Elixir's own.
defmodule Macro.Env do
  @moduledoc """
  What is known at a place in the code: module, function, file, line, imports, aliases and variables.

  `__ENV__/0` and `__CALLER__/0` give one.
  """

  @type context :: :match | :guard | nil
  @type name_arity :: {atom, arity}
  @type variable :: {atom, atom | term}
  @type t :: %{__struct__: __MODULE__}

  defstruct aliases: [],
            context: nil,
            context_modules: [],
            file: "nofile",
            function: nil,
            functions: [],
            lexical_tracker: nil,
            line: 0,
            macro_aliases: [],
            macros: [],
            module: nil,
            requires: [],
            tracers: [],
            versioned_vars: %{}

  @doc "Removes what only makes sense while code is compiled."
  def prune_compile_info(env), do: %{env | lexical_tracker: nil, tracers: []}

  @doc "Lists the variables in scope as `{name, context}`."
  def vars(%{__struct__: Macro.Env, versioned_vars: vars}), do: Map.keys(vars)

  @doc "Tells whether a variable is in scope."
  def has_var?(%{__struct__: Macro.Env, versioned_vars: vars}, var), do: is_map_key(vars, var)

  @doc "Returns the file and line as a keyword list."
  def location(%{__struct__: Macro.Env, file: file, line: line}), do: [file: file, line: line]

  @doc "Fetches what an alias stands for."
  def fetch_alias(%{__struct__: Macro.Env, aliases: aliases}, name) when is_atom(name),
    do: Keyword.fetch(aliases, :elixir_aliases.concat([name]))

  @doc "Fetches what an alias set by a macro stands for."
  def fetch_macro_alias(%{__struct__: Macro.Env, macro_aliases: aliases}, name) when is_atom(name),
    do: Keyword.fetch(aliases, :elixir_aliases.concat([name]))

  @doc "Lists the modules from which a name and arity is imported, as `{:function | :macro, module}`."
  def lookup_import(%{__struct__: Macro.Env} = env, {name, arity} = pair)
      when is_atom(name) and is_integer(arity) do
    functions = for {module, pairs} <- env.functions, pair in pairs, do: {:function, module}
    macros = for {module, pairs} <- env.macros, pair in pairs, do: {:macro, module}
    functions ++ macros
  end

  @doc "Lists the aliases of a module."
  def lookup_alias_as(%{__struct__: Macro.Env, aliases: aliases}, module) when is_atom(module),
    do: for({name, ^module} <- aliases, do: name)

  @doc "Tells whether a module is required."
  def required?(%{__struct__: Macro.Env, requires: requires}, module) when is_atom(module),
    do: module in requires

  @doc "Adds a tracer."
  def prepend_tracer(%{__struct__: Macro.Env, tracers: tracers} = env, tracer),
    do: %{env | tracers: [tracer | tracers]}

  @doc "Returns the environment after a `require`."
  def define_require(env, meta, module, opts \\ [])
      when is_list(meta) and is_atom(module) and is_list(opts),
      do: :elixir_aliases.require(meta, module, Keyword.delete(opts, :trace), env)

  @doc "Returns the environment after an `import`."
  def define_import(env, meta, module, opts \\ [])
      when is_list(meta) and is_atom(module) and is_list(opts) do
    opts = Keyword.drop(opts, [:trace, :emit_warnings, :info_callback])
    :elixir_import.import(meta, module, opts, env)
  end

  @doc "Returns the environment after an `alias`."
  def define_alias(env, meta, module, opts \\ [])
      when is_list(meta) and is_atom(module) and is_list(opts),
      do: :elixir_aliases.alias(meta, module, Keyword.delete(opts, :trace), env)

  @doc "Expands an alias given as a list of segments: `{:alias, module}` or `:error`."
  def expand_alias(env, meta, list, opts \\ [])
      when is_list(meta) and is_list(list) and is_list(opts) do
    case Macro.expand_once({:__aliases__, meta, list}, env) do
      module when is_atom(module) ->
        if module == :elixir_aliases.concat(list), do: :error, else: {:alias, module}

      _ ->
        :error
    end
  end

  @doc "Tells what an imported or local call means: a macro, with a function to expand it, or a function."
  def expand_import(env, meta, name, arity, opts \\ [])
      when is_list(meta) and is_atom(name) and is_integer(arity) and is_list(opts) do
    if Macro.special_form?(name, arity) do
      {:error, :not_found}
    else
      case :elixir_dispatch.find_import(meta, name, arity, env) do
        [{:macro, module} | _] -> {:macro, module, expander(env, {name, meta})}
        [{:function, module} | _] -> {:function, module, name}
        [] -> {:error, :not_found}
      end
    end
  end

  @doc "Tells whether a remote call is a macro, and gives a function to expand it."
  def expand_require(env, meta, module, name, arity, opts \\ [])
      when is_list(meta) and is_atom(module) and is_atom(name) and is_integer(arity) and
             is_list(opts) do
    if (module in env.requires or module == env.module) and macro_exported?(module, name, arity) do
      {:macro, module, expander(env, {{:., meta, [module, name]}, meta})}
    else
      :error
    end
  end

  defp expander(env, {call, meta}) do
    fn expansion_meta, args -> Macro.expand_once({call, expansion_meta ++ meta, args}, env) end
  end

  @doc "The environment inside a guard."
  def to_guard(%{__struct__: Macro.Env} = env), do: %{env | context: :guard}

  @doc "The environment inside a match."
  def to_match(%{__struct__: Macro.Env} = env), do: %{env | context: :match}

  @doc "Tells whether the place is inside a guard."
  def in_guard?(%{__struct__: Macro.Env, context: context}), do: context == :guard

  @doc "Tells whether the place is inside a match."
  def in_match?(%{__struct__: Macro.Env, context: context}), do: context == :match

  @doc "Returns a stacktrace that names the place."
  def stacktrace(%{__struct__: Macro.Env} = env) do
    location = [file: String.to_charlist(Path.relative_to_cwd(env.file)), line: env.line]

    case env do
      %{module: nil} -> [{:elixir_compiler, :__FILE__, 1, location}]
      %{function: nil} -> [{env.module, :__MODULE__, 0, location}]
      %{function: {name, arity}} -> [{env.module, name, arity, location}]
    end
  end
end
