defmodule Code.Typespec do
  @moduledoc false
  # Reads the typespecs that a module was compiled with, and turns Erlang's abstract format back into quoted expressions.

  @doc "The quoted form of one clause of the spec of `name`."
  @spec spec_to_quoted(atom, tuple) :: {atom, keyword, [Macro.t()]}
  def spec_to_quoted(name, {:type, at, :bounded_fun, [fun, constraints]}) when is_atom(name) do
    bounds =
      for {:type, _, :constraint, [{:atom, _, :is_subtype}, [{:var, _, var}, type]]} <- constraints,
          do: {variable(var), quoted(type)}

    {head, free} = head(name, fun)
    {:when, meta(at), [head, bounds ++ Enum.reject(free, fn {var, _} -> Keyword.has_key?(bounds, var) end)]}
  end

  def spec_to_quoted(name, {:type, at, :fun, _} = fun) when is_atom(name) do
    case head(name, fun) do
      {head, []} -> head
      {head, free} -> {:when, meta(at), [head, free]}
    end
  end

  defp head(name, {:type, at, :fun, [{:type, _, :product, args}, return]}) do
    meta = meta(at)
    free = [args, return] |> variables() |> Enum.uniq()
    {{:"::", meta, [{name, meta, quoted_all(args)}, quoted(return)]}, Enum.map(free, &{&1, {:var, meta, nil}})}
  end

  @doc "The quoted form of the definition of a type."
  def type_to_quoted({{:record, record}, fields, args}) when is_atom(record) do
    type = {:{}, [], [record | quoted_all(fields)]}
    quote(do: unquote(record)(unquote_splicing(quoted_all(args))) :: unquote(type))
  end

  def type_to_quoted({name, type, args}) when is_atom(name) do
    quote(do: unquote(name)(unquote_splicing(quoted_all(args))) :: unquote(quoted(type)))
  end

  @doc "`{:ok, [{kind, type}]}` with the types of a module, or of a module's object code; `:error` when there are none kept."
  @spec fetch_types(module | binary) :: {:ok, [tuple]} | :error
  def fetch_types(module) when is_atom(module) or is_binary(module) do
    with {:ok, forms} <- attributes(module) do
      exported = for {:attribute, _, :export_type, types} <- forms, type <- types, do: type

      types =
        for {:attribute, _, kind, {name, _, args} = type} <- forms, kind in [:opaque, :type] do
          if kind == :opaque or {name, length(args)} in exported, do: {kind, type}, else: {:typep, type}
        end

      {:ok, types}
    end
  end

  @doc "`{:ok, [{{name, arity}, clauses}]}` with the specs of a module."
  @spec fetch_specs(module | binary) :: {:ok, [tuple]} | :error
  def fetch_specs(module) when is_atom(module) or is_binary(module), do: fetch(module, :spec)

  @doc "`{:ok, [{{name, arity}, clauses}]}` with the callbacks of a behaviour."
  @spec fetch_callbacks(module | binary) :: {:ok, [tuple]} | :error
  def fetch_callbacks(module) when is_atom(module) or is_binary(module), do: fetch(module, :callback)

  defp fetch(module, kind) do
    with {:ok, forms} <- attributes(module), do: {:ok, for({:attribute, _, ^kind, value} <- forms, do: value)}
  end

  defp attributes(module) when is_atom(module) do
    with nil <- :beamlet_code.library_typespecs(module),
         {^module, object_code, _file} <- :code.get_object_code(module) do
      attributes(object_code)
    else
      forms when is_list(forms) -> {:ok, forms}
      :error -> :error
    end
  end

  defp attributes(object_code) do
    with {:ok, {_, [debug_info: {:debug_info_v1, _, {:elixir_v1, _, forms}}]}} <-
           :beam_lib.chunks(object_code, [:debug_info]) do
      {:ok, forms}
    else
      _ -> :error
    end
  end

  ## The quoted form of a type

  defp quoted_all(types), do: Enum.map(types, &quoted/1)

  defp quoted({:user_type, at, name, args}), do: {name, meta(at), quoted_all(args)}
  defp quoted({:type, at, :tuple, :any}), do: {:tuple, meta(at), []}
  defp quoted({:type, at, :tuple, elements}), do: {:{}, meta(at), quoted_all(elements)}
  defp quoted({:type, at, :list, []}), do: {:list, meta(at), []}
  defp quoted({:type, _, :list, [{:type, _, :union, members} = union]}), do: keyword(members, []) || [quoted(union)]
  defp quoted({:type, _, :list, [element]}), do: [quoted(element)]
  defp quoted({:type, at, :nonempty_list, elements}), do: quoted_all(elements) ++ [{:..., meta(at), nil}]
  defp quoted({:type, at, :map, :any}), do: {:map, meta(at), []}

  defp quoted({:type, at, :map, fields}) do
    fields = Enum.map(fields, &field/1)

    case List.keytake(fields, :__struct__, 0) do
      {{:__struct__, struct}, rest} when is_atom(struct) and struct != nil ->
        {:%, meta(at), [struct, {:%{}, meta(at), rest}]}

      _ ->
        {:%{}, meta(at), fields}
    end
  end

  defp quoted({:type, at, :binary, [size, unit]}) do
    line = meta(at)[:line]

    case {quoted(size), quoted(unit)} do
      {size, 0} -> quote(line: line, do: <<_::unquote(size)>>)
      {0, unit} -> quote(line: line, do: <<_::_*unquote(unit)>>)
      {size, unit} -> quote(line: line, do: <<_::unquote(size), _::_*unquote(unit)>>)
    end
  end

  defp quoted({:type, at, :union, members}) do
    [last | before] = members |> quoted_all() |> Enum.reverse()
    Enum.reduce(before, last, &{:|, meta(at), [&1, &2]})
  end

  defp quoted({:type, at, :fun, [{:type, _, :product, args}, return]}),
    do: [{:->, meta(at), [quoted_all(args), quoted(return)]}]

  defp quoted({:type, at, :fun, [args, return]}), do: [{:->, meta(at), [[quoted(args)], quoted(return)]}]
  defp quoted({:type, at, :range, bounds}), do: {:.., meta(at), quoted_all(bounds)}
  defp quoted({:type, _, nil, []}), do: []
  defp quoted({:type, at, name, args}), do: {name, meta(at), quoted_all(args)}
  defp quoted({:type, _, :any}), do: quote(do: ...)
  defp quoted({:var, at, name}), do: {variable(name), meta(at), nil}
  defp quoted({:op, at, sign, number}) when sign in [:+, :-], do: {sign, meta(at), [quoted(number)]}
  defp quoted({:op, at, :*, left, right}), do: {:*, meta(at), [quoted(left), quoted(right)]}

  # What Erlang has no name for is kept as a type of `:elixir`.
  defp quoted({:remote_type, at, [{:atom, _, :elixir}, {:atom, _, name}, args]})
       when name in [:charlist, :nonempty_charlist, :struct, :as_boolean, :keyword],
       do: {name, meta(at), quoted_all(args)}

  defp quoted({:remote_type, at, [module, name, args]}),
    do: {{:., meta(at), [quoted(module), quoted(name)]}, meta(at), quoted_all(args)}

  defp quoted({:ann_type, at, [name, type]}), do: {:"::", meta(at), [quoted(name), quoted(type)]}

  defp quoted({:typed_record_field, {:record_field, at, {:atom, name_at, name}}, type}),
    do: quoted({:ann_type, at, [{:var, name_at, name}, type]})

  defp quoted({:paren_type, _, [type]}), do: quoted(type)
  defp quoted({kind, _, literal}) when is_atom(kind), do: literal
  defp quoted(other), do: other

  defp field({:type, _, :map_field_assoc, :any}), do: {{:optional, [], [{:any, [], []}]}, {:any, [], []}}
  defp field({:type, _, :map_field_exact, [{:atom, _, key}, value]}), do: {key, quoted(value)}
  defp field({:type, _, :map_field_exact, [key, value]}), do: {{:required, [], [quoted(key)]}, quoted(value)}
  defp field({:type, _, :map_field_assoc, [key, value]}), do: {{:optional, [], [quoted(key)]}, quoted(value)}

  # Pairs with atoms for keys are written as a keyword list.
  defp keyword([], pairs), do: Enum.reverse(pairs)

  defp keyword([{:type, _, :tuple, [{:atom, _, key}, type]} | rest], pairs),
    do: keyword(rest, [{key, quoted(type)} | pairs])

  defp keyword(_, _), do: nil

  defp variables(types) when is_list(types), do: Enum.flat_map(types, &variables/1)
  defp variables({:ann_type, _, _}), do: []
  defp variables({:type, _, _, args}) when is_list(args), do: variables(args)
  defp variables({:remote_type, _, args}), do: variables(args)
  defp variables({:typed_record_field, _, type}), do: variables(type)
  defp variables({:paren_type, _, types}), do: variables(types)
  defp variables({:var, _, name}), do: [variable(name)]
  defp variables(_), do: []

  # Erlang's variables begin with a capital letter.
  defp variable(name) do
    case Atom.to_string(name) do
      <<"_", first::utf8, rest::binary>> -> String.to_atom("_" <> String.downcase(<<first::utf8>>) <> rest)
      <<first::utf8, rest::binary>> -> String.to_atom(String.downcase(<<first::utf8>>) <> rest)
    end
  end

  defp meta(annotation) do
    case :erl_anno.location(annotation) do
      {line, column} -> [line: line, column: column]
      line -> [line: line]
    end
  end
end
