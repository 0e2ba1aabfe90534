# Typespecs to Erlang's abstract format, checked on the way. A type is translated without any state; what it mentions (variables,
# types of the module) is found by walking the result.
defmodule Kernel.Typespec do
  @moduledoc false

  @doc "Deprecated name of `Code.Typespec.spec_to_quoted/2`."
  @deprecated "Use Code.Typespec.spec_to_quoted/2 instead"
  def spec_to_ast(name, spec), do: Code.Typespec.spec_to_quoted(name, spec)

  @doc "Deprecated name of `Code.Typespec.type_to_quoted/1`."
  @deprecated "Use Code.Typespec.type_to_quoted/1 instead"
  def type_to_ast(type), do: Code.Typespec.type_to_quoted(type)

  @doc """
  `{:ok, attributes}`: what a module's typespecs say, as attributes in Erlang's abstract format. `{:error, line, message}` when
  they do not fit the module's definitions.
  """
  def translate(module, line) do
    types = Enum.flat_map([:type, :opaque, :typep], &stored(module, &1))
    defined = Enum.reduce(types, %{}, &define_type/2)
    types = Enum.map(types, &translate_type/1)
    [specs, callbacks, macrocallbacks] = for kind <- ~w(spec callback macrocallback)a, do: translate_specs(module, kind)
    optional = module |> :elixir_module.get_attribute(:optional_callbacks, nil, []) |> List.flatten()
    macros = :elixir_module.definitions_in(module, :defmacro)

    used =
      for %{abstract: abstract, env: env} <- types ++ specs ++ callbacks ++ macrocallbacks,
          pair <- local_types(abstract, env, defined),
          into: MapSet.new(),
          do: pair

    kept = Enum.filter(types, &(&1.exported? or MapSet.member?(used, &1.pair) or warn_unused(&1, defined)))

    with :ok <- check_behaviour_info(module, callbacks, macrocallbacks, line),
         :ok <- check_optional(optional, callbacks ++ macrocallbacks, line),
         :ok <- check_specs(specs, module) do
      macrocallback_pairs = Enum.map(macrocallbacks, & &1.pair)

      {:ok,
       Enum.reverse(
         type_attributes(kept) ++
           spec_attributes(specs, :spec, macros, []) ++
           spec_attributes(callbacks ++ macrocallbacks, :callback, macrocallback_pairs, optional)
       )}
    end
  end

  # In the order of definition.
  defp stored(module, kind), do: Enum.reverse(:elixir_module.get_attribute(module, kind, nil, []))

  defp translate_specs(module, kind), do: module |> stored(kind) |> Enum.map(&translate_spec/1)

  defp type_attributes(types) do
    Enum.flat_map(types, fn %{line: line, kind: kind, abstract: abstract, pair: pair, exported?: exported?} ->
      [{:attribute, line, kind, abstract} | if(exported?, do: [{:attribute, line, :export_type, [pair]}], else: [])]
    end)
  end

  # The clauses of a spec are one attribute.
  defp spec_attributes(specs, kind, macros, optional) do
    specs
    |> Enum.group_by(& &1.pair)
    |> Enum.sort_by(&elem(&1, 0))
    |> Enum.flat_map(fn {{name, arity} = pair, clauses} ->
      line = clauses |> Enum.map(& &1.line) |> Enum.min()
      macro? = pair in macros
      key = if macro?, do: {:"MACRO-#{name}", arity + 1}, else: pair
      abstract = for %{abstract: abstract} <- clauses, do: if(macro?, do: with_caller(abstract), else: abstract)
      optional = if pair in optional, do: [{:attribute, line, :optional_callbacks, [key]}], else: []
      optional ++ [{:attribute, line, kind, {key, abstract}}]
    end)
  end

  # The function of a macro has the environment of the caller as its first parameter.
  defp with_caller({:type, at, :bounded_fun, [fun, constraints]}),
    do: {:type, at, :bounded_fun, [with_caller(fun), constraints]}

  defp with_caller({:type, at, :fun, [{:type, _, :product, args}, return]}),
    do: {:type, at, :fun, [{:type, at, :product, [{:type, at, :term, []} | args]}, return]}

  defp check_behaviour_info(module, callbacks, macrocallbacks, line) do
    if :elixir_module.defines(module, {:behaviour_info, 1}) do
      case Enum.map(callbacks, &{:callback, &1.pair}) ++ Enum.map(macrocallbacks, &{:macrocallback, &1.pair}) do
        [{kind, {name, arity}} | _] ->
          {:error, line, "cannot define @#{kind} attribute for #{name}/#{arity} when behaviour_info/1 is defined"}

        [] ->
          :ok
      end
    else
      :ok
    end
  end

  defp check_optional(optional, callbacks, line) do
    known = Enum.map(callbacks, & &1.pair)

    Enum.find_value(optional, fn
      {name, arity} = pair when is_atom(name) and is_integer(arity) ->
        if pair not in known, do: {:error, line, "unknown callback #{name}/#{arity} given as optional callback"}

      other ->
        {:error, line,
         "invalid optional callback #{inspect(other)}. @optional_callbacks expects a " <>
           "keyword list of callback names and arities"}
    end) || check_repeated(optional -- Enum.uniq(optional), line)
  end

  defp check_repeated([], _line), do: :ok

  defp check_repeated([{name, arity} | _], line),
    do: {:error, line, "#{name}/#{arity} has been specified as optional callback more than once"}

  defp check_specs(specs, module) do
    Enum.find_value(specs, :ok, fn %{pair: {name, arity} = pair, line: at} ->
      line = if is_tuple(at), do: elem(at, 0), else: at
      if not :elixir_module.defines(module, pair), do: {:error, line, "spec for undefined function #{name}/#{arity}"}
    end)
  end

  ## Definitions of types

  @reserved [required: 1, optional: 1]
  @elixir_types [
    char_list: 0,
    charlist: 0,
    as_boolean: 1,
    struct: 0,
    nonempty_charlist: 0,
    keyword: 0,
    keyword: 1,
    var: 0
  ]

  @doc "Whether `name/arity` is a type of the language."
  def built_in_type?(name, arity), do: {name, arity} in @elixir_types or :erl_internal.is_type(name, arity)

  defp define_type({_kind, expression, position}, defined) do
    env = env(position)

    case match?({:"::", _, _}, expression) && signature(expression) do
      invalid when invalid in [:error, false] ->
        error(env, "invalid type specification: #{Macro.to_string(expression)}")

      {name, arity} = pair ->
        if pair in @reserved, do: error(env, "type #{name}/#{arity} is a reserved type and it cannot be defined")

        if built_in_type?(name, arity),
          do: error(env, "type #{name}/#{arity} is a built-in type and it cannot be redefined")

        with {file, line} <- defined[pair],
             do: error(env, "type #{name}/#{arity} is already defined in #{Path.relative_to_cwd(file)}:#{line}")

        Map.put(defined, pair, {env.file, env.line})
    end
  end

  @doc "The name and arity of what a typespec defines, or `:error`."
  def signature({:when, _, [spec, _guard]}), do: signature(spec)

  def signature({:"::", _, [{name, _, args}, _]}) when is_atom(name) and name != :"::",
    do: {name, if(is_atom(args), do: 0, else: length(args))}

  def signature(_), do: :error

  @doc "Whether the module that is being defined has a type of this name and arity so far."
  def defines_type?(module, {name, arity} = pair) when is_atom(module) and is_atom(name) and arity in 0..255 do
    Enum.any?([:type, :opaque, :typep], fn kind ->
      Enum.any?(stored(module, kind), fn {_kind, expression, _position} -> signature(expression) == pair end)
    end)
  end

  @doc "Makes the specs of a function that of a callback too; whether there are some."
  def spec_to_callback(module, {name, arity} = pair) when is_atom(module) and is_atom(name) and arity in 0..255 do
    specs = for {:spec, expression, position} <- stored(module, :spec), signature(expression) == pair, do: {expression, position}

    for {expression, position} <- specs do
      :elixir_module.put_typespec(:callback, expression, 0, position)
    end

    specs != []
  end

  defp warn_unused(%{pair: {name, arity} = pair}, defined) do
    {file, line} = defined[pair]
    IO.warn("type #{name}/#{arity} is unused", file: file, line: line)
    false
  end

  defp translate_type({kind, {:"::", _, [{name, meta, args}, definition]}, position}) do
    env = env(position)
    args = if is_atom(args), do: [], else: args
    {vars, invalid} = Enum.split_with(args, &match?({name, _, context} when is_atom(name) and is_atom(context), &1))
    names = Enum.map(vars, &elem(&1, 0))
    abstract = type(definition, names, env)

    if :_ in names, do: error(env, "type variable '_' is invalid")
    check_variables(names ++ variables(abstract), env)

    if invalid != [] do
      error(
        env,
        "@type definitions expect all arguments to be variables. The type " <>
          "#{name}/#{length(args)} has an invalid argument(s): #{Enum.map_join(invalid, ", ", &Macro.to_string/1)}"
      )
    end

    if kind == :opaque and args == [] and match?({:type, _, any, []} when any in [:any, :term], abstract) do
      IO.warn("@opaque type #{name}/0 is underspecified and therefore meaningless", env)
    end

    parameters = for {var, var_meta, _} <- vars, do: {:var, location(var_meta), var}

    %{
      abstract: {name, abstract, parameters},
      env: env,
      exported?: kind != :typep,
      kind: if(kind == :opaque, do: :opaque, else: :type),
      line: location(meta),
      pair: {name, length(args)}
    }
  end

  ## Specs

  defp translate_spec({_kind, {:when, _, [spec, guard]}, position}), do: translate_spec(spec, guard, env(position))
  defp translate_spec({_kind, spec, position}), do: translate_spec(spec, [], env(position))

  defp translate_spec({:"::", _, [{name, meta, args}, return]}, guard, env)
       when is_atom(name) and name != :"::" and is_list(meta) and (is_list(args) or is_atom(args)) do
    args = if is_atom(args), do: [], else: args
    Enum.each(args, &refuse_default/1)

    if not Keyword.keyword?(guard),
      do: error(env, "expected keywords as guard in type specification, got: #{Macro.to_string(guard)}")

    at = location(meta)
    names = Keyword.keys(guard)
    product = {:type, at, :product, Enum.map(args, &type(&1, names, env))}
    fun = {:type, at, :fun, [product, type(return, names, env)]}

    constraints =
      for {var, bound} <- guard, not match?({:var, _, context} when is_atom(context), bound) do
        {:type, at, :constraint, [{:atom, at, :is_subtype}, [{:var, at, var}, type(bound, names, env)]]}
      end

    abstract = if constraints == [], do: fun, else: {:type, at, :bounded_fun, [fun, constraints]}
    check_variables(variables(abstract), env)
    %{abstract: abstract, env: env, line: at, pair: {name, length(args)}}
  end

  defp translate_spec({name, _, _} = spec, _guard, env) when is_atom(name) and name != :"::",
    do: error(env, "type specification missing return type: #{Macro.to_string(spec)}")

  defp translate_spec(spec, _guard, env), do: error(env, "invalid type specification: #{Macro.to_string(spec)}")

  defp refuse_default({:"::", _, [left, right]}) do
    refuse_default(left)
    refuse_default(right)
  end

  defp refuse_default({:\\, _, [_, _]}),
    do: raise(ArgumentError, "default arguments \\\\ not supported in typespecs")

  defp refuse_default(_), do: :ok

  ## Types. `vars` are the names that are type variables

  defp type({:|, meta, [_, _]} = union, vars, env),
    do: {:type, location(meta), :union, for(member <- union_members(union), do: type(member, vars, env))}

  defp type({:<<>>, meta, segments}, _vars, env), do: binary_type(segments, location(meta), env)

  defp type({:map, meta, args}, _vars, _env) when args == [] or is_atom(args), do: {:type, location(meta), :map, :any}

  defp type({:%{}, meta, fields} = map, vars, env),
    do: {:type, location(meta), :map, Enum.map(fields, &field(&1, meta, map, vars, env))}

  defp type({:%, _, [name, {:%{}, meta, fields}]} = struct, vars, env) do
    case Macro.expand(name, %{env | function: {:__info__, 1}}) do
      module when is_atom(module) -> struct_type(module, name, fields, meta, vars, env)
      _ -> unexpected(struct, env)
    end
  end

  defp type({:record, meta, [tag]}, vars, env), do: type({:record, meta, [tag, []]}, vars, env)

  defp type({:record, meta, [tag, given]}, vars, env) when is_atom(tag) and is_list(given) do
    case Macro.expand({tag, [], [{:{}, [], []}]}, env) do
      {_, _, [name, fields | _]} when is_list(fields) ->
        for {field, _} <- given,
            not Keyword.has_key?(fields, field),
            do: error(env, "undefined field #{field} on record #{inspect(tag)}")

        types =
          for {field, _} <- fields,
              do: {:"::", [], [{field, [], nil}, Keyword.get(given, field, quote(do: term()))]}

        type({:{}, meta, [name | types]}, vars, env)

      _ ->
        error(env, "unknown record #{inspect(tag)}")
    end
  end

  defp type({:record, _, [_, _]}, _vars, env),
    do: error(env, "invalid record specification, expected the record name to be an atom literal")

  defp type({:.., meta, [left, right]}, vars, env) do
    bounds = [type(left, vars, env), type(right, vars, env)]

    case Enum.map(bounds, &integer/1) do
      [first, last] when is_integer(first) and is_integer(last) and first < last ->
        {:type, location(meta), :range, bounds}

      _ ->
        error(
          env,
          "invalid range specification, expected both sides to be integers, with the left side lower than the right side"
        )
    end
  end

  defp type({:__MODULE__, _, context}, vars, env) when is_atom(context), do: type(env.module, vars, env)
  defp type({:__aliases__, _, _} = alias, vars, env), do: type(remote(alias, env), vars, env)

  defp type([{:->, meta, [args, return]}], vars, env) when is_list(args) do
    at = location(meta)

    args =
      case args do
        [{:..., _, _}] -> {:type, at, :any}
        _ -> {:type, at, :product, Enum.map(args, &type(&1, vars, env))}
      end

    {:type, at, :fun, [args, type(return, vars, env)]}
  end

  defp type({:"::", meta, [{name, name_meta, context}, definition]} = annotated, vars, env)
       when is_atom(name) and is_atom(context) do
    right = type(definition, vars, env)

    if match?({:ann_type, _, _}, right) do
      IO.warn("invalid type annotation. Type annotations cannot be nested: #{Macro.to_string(annotated)}", env)
    end

    {:ann_type, location(meta), [{:var, location(name_meta), name}, right]}
  end

  defp type({:"::", meta, [left, right]}, vars, env) do
    hint =
      if match?({:|, _, _}, left) do
        ". Note \"left | right :: ann\" is the same as \"(left | right) :: ann\". " <>
          "To solve this, use parentheses around the union operands: \"left | (right :: ann)\""
      end

    IO.warn(
      "invalid type annotation. The left side of :: must be a variable, got: #{Macro.to_string(left)}#{hint}",
      env
    )

    {:ann_type, location(meta), [type(left, vars, env), type(right, vars, env)]}
  end

  defp type({sign, meta, [number]}, _vars, _env) when sign in [:+, :-] and is_integer(number) do
    at = location(meta)
    {:op, at, sign, {:integer, at, number}}
  end

  # An attribute is not expanded outside functions, so it is read here.
  defp type({{:., meta, [{:@, _, [{attribute, _, _}]}, name]}, _, args} = call, vars, env) do
    module = Module.get_attribute(env.module, attribute)

    if not is_atom(module) or module == nil,
      do: error(env, "invalid remote in typespec: #{Macro.to_string(call)} (@#{attribute} is #{inspect(module)})")

    remote_type(module, meta, name, args, vars, env)
  end

  defp type({{:., meta, [module, name]}, _, args} = call, vars, env) do
    case remote(module, env) do
      own when own == env.module and own != nil -> type({name, meta, args}, vars, env)
      module when is_atom(module) -> remote_type(module, meta, name, args, vars, env)
      _ -> error(env, "invalid remote in typespec: #{Macro.to_string(call)}")
    end
  end

  defp type({:tuple, meta, []}, _vars, _env), do: {:type, location(meta), :tuple, :any}

  defp type({:{}, meta, elements}, vars, env) when is_list(elements),
    do: {:type, location(meta), :tuple, Enum.map(elements, &type(&1, vars, env))}

  defp type({left, right}, vars, env), do: type({:{}, [], [left, right]}, vars, env)
  defp type({:__block__, _, [inner]}, vars, env), do: type(inner, vars, env)

  defp type({name, meta, context}, vars, env) when is_atom(name) and is_atom(context),
    do: if(name in vars, do: {:var, location(meta), name}, else: type({name, meta, []}, vars, env))

  defp type({name, meta, args}, vars, env) when name in [:string, :nonempty_string] and is_list(args) do
    {what, charlist} =
      if name == :string, do: {"strings", "charlist"}, else: {"non-empty character lists", "nonempty_charlist"}

    advice =
      if name == :string,
        do: "For character lists, use charlist() type, for #{what}, String.t()",
        else: "For #{what}, use #{charlist}() type, for strings, String.t()"

    IO.warn(
      "#{name}() type use is discouraged. #{advice}\n" <> Exception.format_stacktrace(Macro.Env.stacktrace(env)),
      env
    )

    {:type, location(meta), name, Enum.map(args, &type(&1, vars, env))}
  end

  defp type({name, _, []}, vars, env) when name in [:charlist, :char_list] do
    if name == :char_list, do: IO.warn("the char_list() type is deprecated, use charlist()", env)
    type(quote(do: :elixir.charlist()), vars, env)
  end

  defp type({:nonempty_charlist, _, []}, vars, env), do: type(quote(do: :elixir.nonempty_charlist()), vars, env)
  defp type({:struct, _, []}, vars, env), do: type(quote(do: :elixir.struct()), vars, env)
  defp type({:as_boolean, _, [inner]}, vars, env), do: type(quote(do: :elixir.as_boolean(unquote(inner))), vars, env)

  defp type({:keyword, _, args}, vars, env) when is_list(args) and length(args) <= 1,
    do: type(quote(do: :elixir.keyword(unquote_splicing(args))), vars, env)

  defp type({:..., _, _}, _vars, env) do
    error(
      env,
      "... in typespecs is only allowed inside lists, as in [term(), ...], or inside functions, as in (... -> term())"
    )
  end

  defp type({name, meta, args}, vars, env) when is_atom(name) and is_list(args) do
    args = Enum.map(args, &type(&1, vars, env))
    kind = if name == :fun or :erl_internal.is_type(name, length(args)), do: :type, else: :user_type
    {kind, location(meta), name, args}
  end

  defp type(literal, _vars, _env) when is_atom(literal), do: {:atom, 0, literal}
  defp type(literal, _vars, _env) when is_integer(literal), do: {:integer, 0, literal}

  defp type([], vars, env), do: type({nil, [], []}, vars, env)
  defp type([{:..., _, _}], vars, env), do: type({:nonempty_list, [], []}, vars, env)
  defp type([element, {:..., _, _}], vars, env), do: type({:nonempty_list, [], [element]}, vars, env)
  defp type([element], vars, env), do: type({:list, [], [element]}, vars, env)

  defp type(list, vars, env) when is_list(list) do
    if not Enum.all?(list, &match?({key, _} when is_atom(key), &1)),
      do: error(env, "unexpected list in typespec: #{Macro.to_string(list)}")

    [last | before] = Enum.reverse(list)
    type({:list, [], [Enum.reduce(before, last, &{:|, [], [&1, &2]})]}, vars, env)
  end

  defp type(other, _vars, env), do: unexpected(other, env)

  defp remote_type(module, meta, name, args, vars, env) do
    args = Enum.map(args, &type(&1, vars, env))
    {:remote_type, location(meta), [type(module, vars, env), type(name, vars, env), args]}
  end

  # Aliases are expanded, but no module is required for it.
  defp remote({:__aliases__, meta, parts} = alias, env) do
    case :elixir_aliases.expand_or_concat(meta, parts, env, true) do
      module when is_atom(module) ->
        module

      [head | tail] ->
        case Macro.expand(head, env) do
          head when is_atom(head) -> :elixir_aliases.concat([head | tail])
          _ -> unexpected(alias, env)
        end
    end
  end

  defp remote(other, env), do: Macro.expand(other, env)

  defp union_members({:|, _, [left, right]}), do: [left | union_members(right)]
  defp union_members(other), do: [other]

  defp integer({:integer, _, value}), do: value
  defp integer({:op, _, :-, {:integer, _, value}}), do: -value
  defp integer(_), do: nil

  ## Maps, structs, binaries

  defp field({{:required, meta, [key]}, value}, _, _, vars, env),
    do: pair(:map_field_exact, meta, key, value, vars, env)

  defp field({{:optional, meta, [key]}, value}, _, _, vars, env),
    do: pair(:map_field_assoc, meta, key, value, vars, env)

  defp field({key, value}, meta, _, vars, env), do: pair(:map_field_exact, meta, key, value, vars, env)

  defp field({:|, _, [_, _]}, _, map, _, env) do
    error(
      env,
      "invalid map specification. When using the | operator in the map key, " <>
        "make sure to wrap the key type in parentheses: #{Macro.to_string(map)}"
    )
  end

  defp field(_, _, map, _, env), do: error(env, "invalid map specification: #{Macro.to_string(map)}")

  defp pair(kind, meta, key, value, vars, env),
    do: {:type, location(meta), kind, [type(key, vars, env), type(value, vars, env)]}

  defp struct_type(module, name, fields, meta, vars, env) do
    # Needed to run, as what a function refers to.
    :elixir_env.trace({:struct_expansion, meta, module, []}, %{env | function: {:__info__, 1}})
    known = Enum.map(Macro.struct_info!(module, env), & &1.field)

    if not Keyword.keyword?(fields),
      do: error(env, "expected key-value pairs in struct #{Macro.to_string(name)}")

    for {field, _} <- fields,
        field not in known,
        do: error(env, "undefined field #{inspect(field)} on struct #{inspect(module)}")

    types =
      for field <- known do
        otherwise = if field == :__exception__, do: true, else: quote(do: term())
        {field, Keyword.get(fields, field, otherwise)}
      end

    type({:%{}, meta, [{:__struct__, module} | Enum.uniq(Enum.sort(types))]}, vars, env)
  end

  defp binary_type([], at, _env), do: binary_type(at, {:integer, at, 0}, {:integer, at, 0})

  defp binary_type([{:"::", meta, [{:_, _, _}, {:*, _, [{:_, _, context}, unit]}]}], at, _env)
       when is_atom(context) and unit in 1..256,
       do: binary_type(at, {:integer, at, 0}, {:integer, location(meta), unit})

  defp binary_type([{:"::", _, [{:_, _, _}, {:*, meta, [size, unit]}]}], at, _env)
       when is_integer(size) and size >= 0 and unit in 1..256 do
    product = location(meta)
    size = {:op, product, :*, {:integer, product, size}, {:integer, product, unit}}
    binary_type(at, size, {:integer, at, 0})
  end

  defp binary_type([{:"::", meta, [{:_, _, _}, size]}], at, _env) when is_integer(size) and size >= 0,
    do: binary_type(at, {:integer, location(meta), size}, {:integer, at, 0})

  defp binary_type(
         [{:"::", size_meta, [{:_, _, _}, size]}, {:"::", meta, [{:_, _, _}, {:*, _, [{:_, _, _}, unit]}]}],
         at,
         _env
       )
       when is_integer(size) and size >= 0 and unit in 1..256,
       do: binary_type(at, {:integer, location(size_meta), size}, {:integer, location(meta), unit})

  defp binary_type(segments, _at, %Macro.Env{} = env) when is_list(segments) do
    error(
      env,
      "invalid binary specification, expected <<_::size>>, <<_::_*unit>>, " <>
        "or <<_::size, _::_*unit>> with size being non-negative integers, and unit being an integer between 1 and 256"
    )
  end

  defp binary_type(at, size, unit), do: {:type, at, :binary, [size, unit]}

  ## What a type mentions

  # Each occurrence of a variable but names in annotations, which only describe.
  defp variables({:ann_type, _, [_, type]}), do: variables(type)
  defp variables({:var, _, name}), do: [name]
  defp variables({:type, _, :constraint, [_, parts]}), do: variables(parts)
  defp variables(tuple) when is_tuple(tuple), do: variables(Tuple.to_list(tuple))
  defp variables(list) when is_list(list), do: Enum.flat_map(list, &variables/1)
  defp variables(_), do: []

  defp check_variables(occurrences, env) do
    for {name, count} <- Enum.frequencies(occurrences) do
      case Atom.to_string(name) do
        "_" <> _ when count > 1 ->
          IO.warn(
            "the underscored type variable \"#{name}\" is used more than once in the " <>
              "type specification. A leading underscore indicates that the value of the " <>
              "variable should be ignored. If this is intended please rename the variable to " <>
              "remove the underscore",
            env
          )

        "_" <> _ ->
          :ok

        _ when count == 1 ->
          error(
            env,
            "type variable #{name} is used only once. Type variables in typespecs " <>
              "must be referenced at least twice, otherwise it is equivalent to term()"
          )

        _ ->
          :ok
      end
    end
  end

  # The types of the module that are mentioned; each must be defined.
  defp local_types({:ann_type, _, [_, type]}, env, defined), do: local_types(type, env, defined)

  defp local_types({:user_type, _, name, args}, env, defined) do
    pair = {name, length(args)}

    if not is_map_key(defined, pair),
      do: error(env, "type #{name}/#{length(args)} undefined (no such type in #{inspect(env.module)})")

    [pair | local_types(args, env, defined)]
  end

  defp local_types(tuple, env, defined) when is_tuple(tuple), do: local_types(Tuple.to_list(tuple), env, defined)
  defp local_types(list, env, defined) when is_list(list), do: Enum.flat_map(list, &local_types(&1, env, defined))
  defp local_types(_, _env, _defined), do: []

  defp location(meta) do
    line = Keyword.get(meta, :line, 0)
    if column = meta[:column], do: {line, column}, else: line
  end

  defp env(position), do: :elixir_module.get_cached_env(position)

  defp unexpected(expression, env), do: error(env, "unexpected expression in typespec: #{Macro.to_string(expression)}")

  defp error(env, description),
    do: raise(Kernel.TypespecError, file: env.file, line: env.line, description: description)
end
