defmodule Kernel.LexicalTracker do
  @moduledoc false

  # What a file, or a module outside of one, refers to. The expander itself keeps which aliases and imports are used, for
  # its warnings. What is referred to and how is noted by this module as a tracer of the scopes that begin once it is loaded.

  alias :elixir_lexical, as: Lexical

  @doc "`{needed to compile, whose exports count, needed to run, configuration read}`."
  def references(tracker), do: ask(tracker, :references)

  def start_link, do: {:ok, Lexical.new()}
  def stop(tracker), do: tell(tracker, :stop, [])

  def add_export(tracker, module) when is_atom(module), do: tell(tracker, :add_export, [module])

  def add_import(tracker, module, pairs, meta, warn?) when is_atom(module),
    do: tell(tracker, :add_import, [module, pairs, meta, warn?])

  def warn_import(tracker, module) do
    tell(tracker, :warn_import, [module])
    module
  end

  def remote_dispatch(tracker, module, mode) when is_atom(module), do: tell(tracker, :add_reference, [module, mode])

  def import_dispatch(tracker, module, pair, mode) when is_atom(module) do
    tell(tracker, :use_import, [module, pair])
    remote_dispatch(tracker, module, mode)
  end

  def alias_dispatch(tracker, name) when is_atom(name), do: tell(tracker, :use_alias, [name])

  def warn_alias(tracker, meta, name, module) do
    tell(tracker, :warn_alias, [meta, name])
    module
  end

  def add_compile_env(tracker, app, path, value), do: tell(tracker, :add_compile_env, [app, path, value])

  @doc "`[{module, unused}]`: by what is unused, the module itself or a pair, where it is imported."
  def collect_unused_imports(tracker), do: ask(tracker, :unused_imports)

  @doc "`[{alias, meta}]`."
  def collect_unused_aliases(tracker), do: ask(tracker, :unused_aliases)

  # What is no tracker, or none any more, is asked as the server that a tracker of Elixir's is.
  defp ask(tracker, request) do
    if Lexical.is_alive(tracker), do: apply(Lexical, request, [tracker]), else: :gen_server.call(tracker, request, :infinity)
  end

  defp tell(tracker, request, args) do
    if Lexical.is_alive(tracker), do: apply(Lexical, request, [tracker | args]), else: :gen_server.cast(tracker, {request, args})
  end

  ## The tracer

  def trace(event, %{lexical_tracker: tracker} = env) when is_pid(tracker) do
    noted(event, tracker, env)
    :ok
  end

  def trace(_event, _env), do: :ok

  # In patterns and guards of functions a module is only a name.
  defp noted({:alias_reference, _, _}, _tracker, %{function: {_, _}, context: context}) when context != nil, do: :ok
  defp noted({:alias_reference, _, module}, tracker, env), do: remote_dispatch(tracker, module, mode(env))

  defp noted({:require, meta, module, _opts}, tracker, _env) do
    if meta[:from_macro], do: remote_dispatch(tracker, module, :compile), else: add_export(tracker, module)
  end

  defp noted({:import, _, module, _opts}, tracker, _env), do: add_export(tracker, module)

  defp noted({:struct_expansion, _, module, _keys}, tracker, env) do
    add_export(tracker, module)
    remote_dispatch(tracker, module, mode(env))
  end

  defp noted({:remote_macro, _, module, _, _}, tracker, _env), do: remote_dispatch(tracker, module, :compile)
  defp noted({:imported_macro, _, module, _, _}, tracker, _env), do: remote_dispatch(tracker, module, :compile)
  defp noted({:remote_function, _, module, _, _}, tracker, env), do: remote_dispatch(tracker, module, mode(env))
  defp noted({:imported_function, _, module, _, _}, tracker, env), do: remote_dispatch(tracker, module, mode(env))
  defp noted({:compile_env, app, path, value}, tracker, _env), do: add_compile_env(tracker, app, path, value)
  defp noted(_event, _tracker, _env), do: :ok

  defp mode(%{function: nil}), do: :compile
  defp mode(_env), do: :runtime

  ## What needs the modules that it names only to run

  @doc "A form made of literals with its aliases expanded, of which tracers are told as of those in functions; and the modules."
  def expand_literals(form, env) do
    env = %{env | function: {:__info__, 1}}

    Macro.expand_literals(form, [], fn
      {:__aliases__, meta, _} = alias, modules ->
        module = Macro.expand(alias, env)
        if is_atom(module), do: :elixir_env.trace({:alias_reference, meta, module}, env)
        {module, if(is_atom(module), do: [module | modules], else: modules)}

      node, modules ->
        {Macro.expand(node, env), modules}
    end)
  end

  @doc "The value of an attribute, with its aliases expanded. Who reads it outside of functions needs them to compile."
  def attribute(name, value, _env) when name in [:before_compile, :after_compile, :after_verify, :on_definition],
    do: value

  def attribute(name, value, %{module: module} = env) do
    {value, modules} = expand_literals(value, env)
    {_, known} = named_by(module, name)
    :elixir_module.write_cache(module, :"@#{name}", {env, modules ++ known})
    value
  end

  @doc "Tells tracers that what the attribute names is needed where it is read, at the line or where it has been set."
  def attribute_read(module, name, line \\ nil) do
    with {env, [_ | _] = modules} <- named_by(module, name) do
      line = line || env.line
      env = %{env | file: "@#{name}", line: line}
      for named <- modules, do: :elixir_env.trace({:alias_reference, [line: line], named}, env)
      :elixir_module.write_cache(module, :"@#{name}", {env, []})
    end
  end

  defp named_by(module, name), do: :elixir_module.read_cache(module, :"@#{name}") || {nil, []}
end
