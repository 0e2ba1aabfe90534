# Functions on modules under definition. The data of such a module is kept by the expander;
# everything here asks it, and refuses modules that are compiled already.
defmodule Module do
  @moduledoc """
  Functions on modules: names, and the attributes and definitions of a module while it is being compiled.
  """

  @type definition :: {atom, arity}
  @type def_kind :: :def | :defp | :defmacro | :defmacrop

  @doc "Information on a compiled Elixir module: `:functions`, `:macros`, `:attributes`, `:module`, `:struct` …"
  @callback __info__(atom) :: term

  @kinds [:def, :defp, :defmacro, :defmacrop]

  @reserved [
    after_compile: "called right after the module is compiled",
    after_verify: "called once the module is verified",
    before_compile: "called before the module is compiled",
    behaviour: "a behaviour that the module implements",
    enforce_keys: "the struct's fields that must be given",
    fallback_to_any: "whether the protocol uses its implementation for Any",
    undefined_impl_description: "what a protocol says of a missing implementation",
    for: "the type that a protocol is implemented for",
    protocol: "the protocol being implemented",
    on_definition: "called for each function or macro defined",
    impl: "marks an implementation of a callback",
    compile: "options of the compiler",
    deprecated: "why a function should no longer be used",
    moduledoc: "the documentation of the module",
    doc: "the documentation of a function, macro or callback",
    typedoc: "the documentation of a type",
    dialyzer: "warnings of Dialyzer to ask for or suppress",
    external_resource: "a file that the module depends on",
    file: "the file name to show in stacktraces",
    on_load: "called whenever the module is loaded",
    vsn: "the version of the module",
    type: "a type",
    typep: "a private type",
    opaque: "a type whose structure is private",
    spec: "the types of a function",
    callback: "a function that implementations of the behaviour must have",
    macrocallback: "a macro that implementations of the behaviour must have",
    optional_callbacks: "callbacks that implementations may leave out",
    derive: "protocols to derive for the struct"
  ]

  @doc "Returns the attributes that the language gives a meaning, each with a description."
  @spec reserved_attributes() :: map()
  def reserved_attributes do
    :maps.from_list(:lists.map(fn {name, doc} -> {name, %{doc: doc}} end, @reserved))
  end

  @doc "Tells whether `module` is being defined."
  @spec open?(module()) :: boolean()
  def open?(module) when is_atom(module), do: :elixir_module.is_open(module)

  ## Names

  @doc """
  Joins a list of aliases, atoms or strings to a module name.

      iex> Module.concat([Foo, "Bar"])
      Foo.Bar
  """
  @spec concat([binary() | atom()]) :: atom()
  def concat(list) when is_list(list), do: :elixir_aliases.concat(parts(list))

  @doc "Joins two aliases, atoms or strings to a module name."
  @spec concat(binary() | atom(), binary() | atom()) :: atom()
  def concat(left, right)
      when (is_binary(left) or is_atom(left)) and (is_binary(right) or is_atom(right)),
      do: :elixir_aliases.concat([left, right])

  @doc "Like `concat/1`, but fails unless the atom exists already."
  @spec safe_concat([binary() | atom()]) :: atom()
  def safe_concat(list) when is_list(list), do: :elixir_aliases.safe_concat(parts(list))

  @doc "Like `concat/2`, but fails unless the atom exists already."
  @spec safe_concat(binary() | atom(), binary() | atom()) :: atom()
  def safe_concat(left, right)
      when (is_binary(left) or is_atom(left)) and (is_binary(right) or is_atom(right)),
      do: :elixir_aliases.safe_concat([left, right])

  defp parts([part | rest]) when is_atom(part) or is_binary(part), do: [part | parts(rest)]
  defp parts([]), do: []

  @doc """
  Splits a module name into strings.

      iex> Module.split(Very.Long.Name)
      ["Very", "Long", "Name"]
  """
  @spec split(module() | String.t()) :: [String.t(), ...]
  def split(module)
  def split(module) when is_atom(module), do: split(Atom.to_string(module), module)
  def split(module) when is_binary(module), do: split(module, module)

  defp split("Elixir." <> name, _module), do: String.split(name, ".")

  defp split(_name, module) do
    raise ArgumentError, "expected an Elixir module, got: #{inspect(module)}"
  end

  ## Definition

  @doc """
  Defines a module from quoted code; `opts`, an environment or a keyword list, tells its file and line.
  """
  @spec create(module(), Macro.t(), Macro.Env.t() | keyword()) :: {:module, module(), binary(), term()}
  def create(module, quoted, opts)

  def create(module, quoted, %{__struct__: Macro.Env} = env) when is_atom(module) do
    create([line: env.line], module, quoted, env)
  end

  def create(module, quoted, opts) when is_atom(module) and is_list(opts) do
    if not Keyword.has_key?(opts, :file) do
      raise ArgumentError, "expected :file to be given as option"
    end

    create(Keyword.take(opts, [:line, :generated]), module, quoted, :elixir.env_for_eval(opts))
  end

  defp create(meta, module, quoted, env) do
    counter = :elixir_module.next_counter(:nil)
    quoted = :elixir_quote.linify_with_context_counter(meta, {module, counter}, quoted)
    :elixir_module.compile(meta, module, quoted, [], false, :elixir.env_for_eval(env))
  end

  @doc "Evaluates quoted code within the module under definition."
  @deprecated "Use Code.eval_quoted/3 instead"
  def eval_quoted(module_or_env, quoted, binding \\ [], opts \\ [])

  def eval_quoted(%{__struct__: Macro.Env} = env, quoted, binding, opts)
      when is_list(binding) and is_list(opts) do
    eval_in(env.module, quoted, binding, struct!(env, opts))
  end

  def eval_quoted(module, quoted, binding, %{__struct__: Macro.Env} = env)
      when is_atom(module) and is_list(binding) do
    eval_in(module, quoted, binding, env)
  end

  def eval_quoted(module, quoted, binding, opts)
      when is_atom(module) and is_list(binding) and is_list(opts) do
    eval_in(module, quoted, binding, opts)
  end

  defp eval_in(module, quoted, binding, env_or_opts) do
    open!({:eval_quoted, 4}, module)
    env = :elixir.env_for_eval(env_or_opts)
    {value, binding, _env} = :elixir.eval_quoted(quoted, binding, %{env | module: module})
    {value, binding}
  end

  @doc "Tells whether the module under definition defines a function or macro."
  @spec defines?(module(), definition()) :: boolean()
  def defines?(module, {name, arity} = tuple)
      when is_atom(module) and is_atom(name) and is_integer(arity) and arity in 0..255 do
    open!({:defines?, 2}, module, exported_hint())
    :elixir_module.defines(module, tuple)
  end

  @doc "Tells whether the module under definition defines a function or macro of the given kind."
  @spec defines?(module(), definition(), def_kind()) :: boolean()
  def defines?(module, {name, arity} = tuple, def_kind)
      when is_atom(module) and is_atom(name) and is_integer(arity) and arity in 0..255 and
             def_kind in @kinds do
    open!({:defines?, 3}, module, exported_hint())
    :elixir_module.defines(module, tuple, def_kind)
  end

  @doc "Tells whether the module under definition defines the type."
  @spec defines_type?(module(), definition()) :: boolean()
  def defines_type?(module, definition)

  def defines_type?(module, {name, arity}) when is_atom(module) do
    :lists.any(
      fn kind ->
        :lists.any(
          fn {_kind, expr, _pos} -> type_name(expr) == {name, arity} end,
          :elixir_module.get_attribute(module, kind, nil, [])
        )
      end,
      [:type, :typep, :opaque]
    )
  end

  defp type_name({:"::", _, [{name, _, args}, _]}) when is_list(args), do: {name, length(args)}
  defp type_name({:"::", _, [{name, _, _}, _]}), do: {name, 0}
  defp type_name(_other), do: nil

  @doc "Makes callbacks of the specs of a function of the module under definition; whether it has any."
  @spec spec_to_callback(module(), definition()) :: boolean()
  def spec_to_callback(module, definition) when is_atom(module),
    do: Protocol.__callback__(module, definition)

  @doc "Lists the functions and macros of the module under definition."
  @spec definitions_in(module()) :: [definition()]
  def definitions_in(module) when is_atom(module) do
    open!({:definitions_in, 1}, module, info_hint())
    :elixir_module.definitions_in(module)
  end

  @doc "Lists the functions or macros of one kind of the module under definition."
  @spec definitions_in(module(), def_kind()) :: [definition()]
  def definitions_in(module, kind) when is_atom(module) and kind in @kinds do
    open!({:definitions_in, 2}, module, info_hint())
    :elixir_module.definitions_in(module, kind)
  end

  @doc "Returns `{:v1, kind, meta, clauses}` of a function of the module under definition, or `nil`."
  @spec get_definition(module(), definition(), keyword()) ::
          {:v1, def_kind(), meta :: keyword(),
           [{meta :: keyword(), arguments :: [Macro.t()], guards :: [Macro.t()], Macro.t()}]}
          | nil
  def get_definition(module, {name, arity}, options \\ [])
      when is_atom(module) and is_atom(name) and is_integer(arity) and is_list(options) do
    open!({:get_definition, 3}, module)
    :elixir_module.get_definition(module, {name, arity}, options)
  end

  @doc "Removes a function from the module under definition."
  @spec delete_definition(module(), definition()) :: boolean()
  def delete_definition(module, {name, arity})
      when is_atom(module) and is_atom(name) and is_integer(arity) do
    writable!({:delete_definition, 2}, module)
    :elixir_module.delete_definition(module, {name, arity})
  end

  @doc "Makes functions, or the callbacks of a behaviour, overridable."
  @spec make_overridable(module(), [definition()]) :: :ok
  @spec make_overridable(module(), module()) :: :ok
  def make_overridable(module, tuples) when is_atom(module) and is_list(tuples) do
    writable!({:make_overridable, 2}, module)
    :elixir_overridable.make_overridable(module, tuples)
  end

  def make_overridable(module, behaviour) when is_atom(module) and is_atom(behaviour) do
    writable!({:make_overridable, 2}, module)
    :elixir_overridable.make_overridable(module, behaviour)
  end

  @doc "Lists the overridable functions of the module under definition."
  @spec overridables_in(module()) :: [atom()]
  def overridables_in(module) when is_atom(module) do
    open!({:overridables_in, 1}, module)
    :elixir_overridable.overridables_in(module)
  end

  @doc "Tells whether a function of the module under definition is overridable."
  @spec overridable?(module(), definition()) :: boolean()
  def overridable?(module, {name, arity} = tuple)
      when is_atom(name) and is_integer(arity) and arity in 0..255 do
    :elixir_overridable.overridable(module, tuple)
  end

  ## Attributes

  @doc "Sets an attribute of the module under definition."
  @spec put_attribute(module(), atom(), term()) :: :ok
  def put_attribute(module, key, value) when is_atom(module) and is_atom(key) do
    writable!({:put_attribute, 3}, module)
    :elixir_module.put_attribute(module, key, value, nil)
  end

  @doc "Returns an attribute of the module under definition; all values, newest first, if it accumulates."
  @spec get_attribute(module(), atom(), term()) :: term()
  def get_attribute(module, key, default \\ nil) when is_atom(module) and is_atom(key) do
    open!({:get_attribute, 2}, module, attribute_hint())
    noted_as_read(module, key)
    :elixir_module.get_attribute(module, key, nil, default)
  end

  @doc "Returns the last value set for an attribute of the module under definition."
  @spec get_last_attribute(module(), atom(), term()) :: term()
  def get_last_attribute(module, key, default \\ nil) when is_atom(module) and is_atom(key) do
    open!({:get_last_attribute, 2}, module, attribute_hint())
    noted_as_read(module, key)
    :elixir_module.get_last_attribute(module, key, default)
  end

  @doc "Tells whether an attribute has been set or registered."
  @spec has_attribute?(module(), atom()) :: boolean()
  def has_attribute?(module, key) when is_atom(module) and is_atom(key) do
    open!({:has_attribute?, 2}, module)
    :elixir_module.has_attribute(module, key)
  end

  @doc "Lists the names of the attributes of the module under definition."
  @spec attributes_in(module()) :: [atom()]
  def attributes_in(module) when is_atom(module) do
    open!({:attributes_in, 1}, module)
    :elixir_module.attributes_in(module)
  end

  defp noted_as_read(module, key) do
    if :elixir_module.read_cache(module, :"@#{key}"), do: Kernel.LexicalTracker.attribute_read(module, key)
  end

  @doc "Deletes an attribute and returns its value."
  @spec delete_attribute(module(), atom()) :: term()
  def delete_attribute(module, key) when is_atom(module) and is_atom(key) do
    writable!({:delete_attribute, 2}, module)
    :elixir_module.delete_attribute(module, key)
  end

  @doc "Makes an attribute accumulate its values (`accumulate: true`) or stay in the compiled module (`persist: true`)."
  @spec register_attribute(module(), atom(), accumulate: boolean(), persist: boolean()) :: :ok
  def register_attribute(module, attribute, options)
      when is_atom(module) and is_atom(attribute) and is_list(options) do
    writable!({:register_attribute, 3}, module)
    :elixir_module.register_attribute(module, attribute, options)
  end

  ## Checks

  defp exported_hint do
    "Use Kernel.function_exported?/3 and Kernel.macro_exported?/3 to check for public functions and macros instead"
  end

  defp info_hint do
    "Use the Module.__info__/1 callback to get public functions and macros instead"
  end

  defp attribute_hint, do: "Use the Module.__info__/1 callback or Code.fetch_docs/1 instead"

  defp open!(fun_arity, module, hint \\ "") do
    if not :elixir_module.is_open(module) do
      raise ArgumentError, compiled_message(fun_arity, module, hint)
    end
  end

  defp writable!({name, arity} = fun_arity, module) do
    case :elixir_module.mode(module) do
      :all ->
        :ok

      :readonly ->
        raise ArgumentError,
              "could not call Module.#{name}/#{arity} because the module " <>
                "#{inspect(module)} is in read-only mode (@after_compile)"

      :closed ->
        raise ArgumentError, compiled_message(fun_arity, module, "")
    end
  end

  defp compiled_message({name, arity}, module, hint) do
    message =
      "could not call Module.#{name}/#{arity} because the module #{inspect(module)} is already compiled"

    if hint == "", do: message, else: message <> ". " <> hint
  end
end
