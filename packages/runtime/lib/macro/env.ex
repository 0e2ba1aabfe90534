# The compile-time environment as a struct. The expander makes and reads such values, so the fields are Elixir's own.
defmodule Macro.Env do
  @moduledoc """
  What is known at a place in the code: module, function, file, line, imports, aliases and variables.

  `__ENV__/0` and `__CALLER__/0` give one.
  """

  @type context :: :match | :guard | nil
  @type name_arity :: {atom, arity}
  @type variable :: {atom, atom | term}
  @type context_modules :: [module]
  @type file :: binary
  @type line :: non_neg_integer
  @typep aliases :: [{module, module}]
  @typep functions :: [{module, [name_arity]}]
  @typep lexical_tracker :: pid | nil
  @typep macro_aliases :: [{module, {term, module}}]
  @typep macros :: [{module, [name_arity]}]
  @typep requires :: [module]
  @typep tracers :: [module]
  @typep versioned_vars :: %{optional(variable) => var_version :: non_neg_integer}
  @type t :: %{
          __struct__: __MODULE__,
          aliases: aliases,
          context: context,
          context_modules: context_modules,
          file: file,
          function: name_arity | nil,
          functions: functions,
          lexical_tracker: lexical_tracker,
          line: line,
          macro_aliases: macro_aliases,
          macros: macros,
          module: module,
          requires: requires,
          tracers: tracers,
          versioned_vars: versioned_vars
        }

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
  @spec prune_compile_info(t()) :: t()
  def prune_compile_info(env), do: %{env | lexical_tracker: nil, tracers: []}

  @doc "Lists the variables in scope as `{name, context}`."
  @spec vars(t()) :: [variable()]
  def vars(env)

  def vars(%{__struct__: Macro.Env, versioned_vars: vars}), do: Map.keys(vars)

  @doc "Tells whether a variable is in scope."
  @spec has_var?(t(), variable()) :: boolean()
  def has_var?(env, var)

  def has_var?(%{__struct__: Macro.Env, versioned_vars: vars}, var), do: is_map_key(vars, var)

  @doc "Returns the file and line as a keyword list."
  @spec location(t()) :: keyword()
  def location(env)

  def location(%{__struct__: Macro.Env, file: file, line: line}), do: [file: file, line: line]

  @doc "Fetches what an alias stands for."
  def fetch_alias(%{__struct__: Macro.Env, aliases: aliases}, name) when is_atom(name),
    do: Keyword.fetch(aliases, :elixir_aliases.concat([name]))

  @doc "Fetches what an alias set by a macro stands for."
  def fetch_macro_alias(%{__struct__: Macro.Env, macro_aliases: aliases}, name) when is_atom(name),
    do: Keyword.fetch(aliases, :elixir_aliases.concat([name]))

  @doc "Lists the modules from which a name and arity is imported, as `{:function | :macro, module}`."
  @spec lookup_import(t(), name_arity()) :: [{:function | :macro, module()}]
  def lookup_import(env, name_arity)

  def lookup_import(%{__struct__: Macro.Env} = env, {name, arity} = pair)
      when is_atom(name) and is_integer(arity) do
    functions = for {module, pairs} <- env.functions, pair in pairs, do: {:function, module}
    macros = for {module, pairs} <- env.macros, pair in pairs, do: {:macro, module}
    functions ++ macros
  end

  @doc "Lists the aliases of a module."
  @spec lookup_alias_as(t(), atom()) :: [atom()]
  def lookup_alias_as(env, atom)

  def lookup_alias_as(%{__struct__: Macro.Env, aliases: aliases}, module) when is_atom(module),
    do: for({name, ^module} <- aliases, do: name)

  @doc "Tells whether a module is required."
  @spec required?(t(), module()) :: boolean()
  def required?(env, module)

  def required?(%{__struct__: Macro.Env, requires: requires}, module) when is_atom(module),
    do: module in requires

  @doc "Adds a tracer."
  @spec prepend_tracer(t(), module()) :: t()
  def prepend_tracer(%{__struct__: Macro.Env, tracers: tracers} = env, tracer),
    do: %{env | tracers: [tracer | tracers]}

  @doc "Returns the environment after a `require`. Tracers are told, unless `trace: false`; so of the other functions."
  @spec define_require(t(), Macro.metadata(), module()) :: {:ok, t()}
  def define_require(env, meta, module, opts \\ [])
      when is_list(meta) and is_atom(module) and is_list(opts) do
    {trace?, opts} = Keyword.pop(opts, :trace, true)
    trace({:require, meta, module, opts}, env, trace?)
    {:ok, env} = :elixir_aliases.require(meta, module, opts, env)
    if Keyword.has_key?(opts, :as), do: :elixir_aliases.alias(meta, module, opts, env), else: {:ok, env}
  end

  @doc "Returns the environment after an `import`."
  @spec define_import(t(), Macro.metadata(), module(), keyword()) :: {:ok, t()} | {:error, String.t()}
  def define_import(env, meta, module, opts \\ [])
      when is_list(meta) and is_atom(module) and is_list(opts) do
    {trace?, opts} = Keyword.pop(opts, :trace, true)
    {warnings?, opts} = Keyword.pop(opts, :emit_warnings, true)
    {lister, opts} = Keyword.pop(opts, :info_callback)

    with {:ok, _env} = ok <- :elixir_import.import(duplicates(meta, warnings?), module, opts, env, lister) do
      trace({:import, meta, module, opts}, env, trace?)
      ok
    end
  end

  # What is listed twice in `only:` is told of, unless the code is generated.
  defp duplicates(meta, true), do: meta
  defp duplicates(meta, false), do: [generated: true] ++ meta

  @doc "Returns the environment after an `alias`."
  @spec define_alias(t(), Macro.metadata(), module(), keyword()) :: {:ok, t()} | {:error, String.t()}
  def define_alias(env, meta, module, opts \\ [])
      when is_list(meta) and is_atom(module) and is_list(opts) do
    {trace?, opts} = Keyword.pop(opts, :trace, true)

    with {:ok, _env} = ok <- :elixir_aliases.alias(meta, module, opts, env) do
      name = opts[:as] || module |> Module.split() |> List.last() |> then(&:elixir_aliases.concat([&1]))
      trace({:alias, meta, module, name, opts}, env, trace?)
      ok
    end
  end

  @doc "Expands an alias given as a list of segments: `{:alias, module}` or `:error`."
  @spec expand_alias(t(), keyword(), [atom()], keyword()) :: {:alias, atom()} | :error
  def expand_alias(env, meta, [head | _] = list, opts \\ [])
      when is_list(meta) and is_list(list) and is_list(opts) do
    module = Macro.expand_once({:__aliases__, meta, list}, env)
    plain = :elixir_aliases.concat(list)

    if is_atom(module) and module != plain do
      first = Macro.expand_once({:__aliases__, meta, [head]}, env)
      trace({:alias_expansion, meta, :elixir_aliases.concat([head]), first}, env, Keyword.get(opts, :trace, true))
      {:alias, module}
    else
      :error
    end
  end

  @doc """
  Tells what a call without a module means: `{:macro, module, expander}`, `{:function, module, name}` or
  `{:error, reason}`. The expander takes the metadata of the expansion and the arguments; it tells of deprecations, unless
  `check_deprecations: false`.
  """
  @spec expand_import(t(), keyword(), atom(), arity(), keyword()) ::
          {:macro, module(), (Macro.metadata(), args :: [Macro.t()] -> Macro.t())}
          | {:function, module(), atom()}
          | {:error, :not_found | {:conflict, module()} | {:ambiguous, [module()]}}
  def expand_import(env, meta, name, arity, opts \\ [])
      when is_list(meta) and is_atom(name) and is_integer(arity) and is_list(opts) do
    modules = env |> lookup_import({name, arity}) |> Enum.map(&elem(&1, 1)) |> Enum.uniq()
    trace? = Keyword.get(opts, :trace, true)

    cond do
      Macro.special_form?(name, arity) ->
        {:error, :not_found}

      match?([_, _ | _], modules) and not Keyword.has_key?(meta, :imports) ->
        {:error, {:ambiguous, modules}}

      true ->
        case :elixir_dispatch.find_import(meta, name, arity, env) do
          [{:macro, module} | _] ->
            trace({:imported_macro, meta, module, name, arity}, env, trace?)
            {:macro, module, expander(env, meta, module, name, arity, opts)}

          [{:function, module} | _] ->
            trace({:imported_function, meta, module, name, arity}, env, trace?)
            {:function, module, name}

          [] ->
            {:error, :not_found}
        end
    end
  end

  @doc "Tells whether a call of a module's is a macro: `{:macro, module, expander}` as of `expand_import/5`, or `:error`."
  @spec expand_require(t(), keyword(), module(), atom(), arity(), keyword()) ::
          {:macro, module(), (Macro.metadata(), args :: [Macro.t()] -> Macro.t())} | :error
  def expand_require(env, meta, module, name, arity, opts \\ [])
      when is_list(meta) and is_atom(module) and is_atom(name) and is_integer(arity) and
             is_list(opts) do
    required? = module in env.requires or module == env.module or meta[:required] == true

    if required? and Code.ensure_loaded?(module) and macro_exported?(module, name, arity) do
      trace({:remote_macro, meta, module, name, arity}, env, Keyword.get(opts, :trace, true))
      {:macro, module, expander(env, meta, module, name, arity, opts)}
    else
      :error
    end
  end

  defp trace(event, env, true), do: :elixir_env.trace(event, env)
  defp trace(_event, _env, false), do: :ok

  defp expander(env, meta, module, name, arity, opts) do
    fn expansion_meta, args ->
      if Keyword.get(opts, :check_deprecations, true) do
        :elixir_dispatch.check_deprecated(:macro, meta, module, name, arity, env)
      end

      if macro_exported?(module, name, arity) do
        quoted = apply(module, :"MACRO-#{name}", [%{env | line: Keyword.get(meta, :line, env.line)} | args])
        counter = {module, :elixir_module.next_counter(env.module)}
        :elixir_quote.linify_with_context_counter(expansion_meta, counter, quoted)
      else
        # A macro of the module that is being defined.
        Macro.expand_once({name, expansion_meta ++ meta, args}, env)
      end
    end
  end

  @doc "The environment inside a guard."
  @spec to_guard(t()) :: t()
  def to_guard(%{__struct__: Macro.Env} = env), do: %{env | context: :guard}

  @doc "The environment inside a match."
  @spec to_match(t()) :: t()
  def to_match(%{__struct__: Macro.Env} = env), do: %{env | context: :match}

  @doc "Tells whether the place is inside a guard."
  @spec in_guard?(t()) :: boolean()
  def in_guard?(env)

  def in_guard?(%{__struct__: Macro.Env, context: context}), do: context == :guard

  @doc "Tells whether the place is inside a match."
  @spec in_match?(t()) :: boolean()
  def in_match?(env)

  def in_match?(%{__struct__: Macro.Env, context: context}), do: context == :match

  @doc "Returns a stacktrace that names the place."
  @spec stacktrace(t()) :: list()
  def stacktrace(%{__struct__: Macro.Env} = env) do
    location = [file: String.to_charlist(Path.relative_to_cwd(env.file)), line: env.line]

    case env do
      %{module: nil} -> [{:elixir_compiler, :__FILE__, 1, location}]
      %{function: nil} -> [{env.module, :__MODULE__, 0, location}]
      %{function: {name, arity}} -> [{env.module, name, arity, location}]
    end
  end
end
