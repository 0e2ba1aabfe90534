defmodule Module.Types do
  @moduledoc false
  # Violations of types in the functions of modules: after they have been compiled, as nothing depends on it.
  #
  # No types are declared. Those of a function are inferred from its patterns and its body, when it is first called by another or when
  # its own turn comes; what a variable holds whose patterns say nothing is `dynamic()`, of which everything may be true. So what is
  # told fails for certain. `docs/decisions/0013-types.md` says what is checked.

  import Module.Types.Descr
  alias Module.Types.{Expr, Library, Pattern, Report, State}

  # Of functions of more clauses, which are tables, nothing is inferred.
  @most_clauses 256

  @not_inferred [__protocol__: 1, behaviour_info: 1]

  @doc """
  The violations in modules that were compiled together, as a list for each: `{message, meta, file, {name, arity}, kind}`. A module is
  `{module, definitions}`, a definition `{{name, arity}, kind, file, clauses}`, and a clause `{meta, patterns, guards, body}`.
  """
  def warnings(modules) do
    exported = exported(modules)
    Enum.map(modules, fn {module, definitions} -> warnings(module, Enum.reverse(definitions), exported) end)
  after
    Process.delete(__MODULE__)
    Library.forget()
  end

  defp warnings(module, definitions, exported) do
    place = place(module, :dynamic, definitions, exported)

    state =
      Enum.reduce(definitions, State.new(), fn {key, _, _, _}, state ->
        {_, _, state} = place.local.(key, place, state)
        state
      end)

    state = unused_clauses(definitions, place, state)

    for {warning, meta, file, function} <- Enum.reverse(state.warnings) do
      {Report.message(warning), meta, file, function, kind(warning)}
    end
  rescue
    # Nothing depends on what is told here: a mistake of this part stops no program, but those that test it.
    error -> if System.get_env("BEAMLET_STRICT"), do: reraise(error, __STACKTRACE__), else: []
  end

  # Of an unknown key, with the length of its name.
  defp kind({:badkey, _, _, key, _}), do: {:badkey, key |> Atom.to_string() |> String.length()}
  defp kind(warning), do: elem(warning, 0)

  defp place(module, mode, definitions, exported) do
    by_key = Map.new(definitions, fn {key, _, _, _} = definition -> {key, definition} end)
    local = fn key, place, state -> local(by_key, key, place, state) end
    %{module: module, file: nil, function: nil, meta: [], mode: mode, local: local, exported: exported}
  end

  ## Functions of the module

  # Its kind and its signature, which is worked out once. Where it calls itself, nothing is known of it yet.
  defp local(definitions, key, place, state) do
    case {state.sigs, definitions} do
      {%{^key => {kind, signature, _}}, _} -> {kind, signature, state}
      {%{^key => kind}, _} -> {kind, :none, state}
      {_, %{^key => definition}} -> infer(definition, place, state)
      _ -> nil
    end
  end

  defp infer({{_, arity} = key, kind, file, clauses}, place, state) do
    place = %{place | function: key, file: file}
    state = put_in(state.sigs[key], kind)

    {types, state} =
      Enum.map_reduce(clauses, state, fn {meta, patterns, guards, body}, state ->
        State.in_clause(state, fn state ->
          {args, state} = Pattern.head(patterns, guards, List.duplicate(dynamic(), arity), :default, meta, place, state)
          {result, state} = Expr.type(body, place, state)
          {{args, result}, state}
        end)
      end)

    {signature, indexes} = if length(clauses) > @most_clauses, do: {:none, []}, else: unite(types)
    {kind, signature, put_in(state.sigs[key], {kind, signature, indexes})}
  end

  # Clauses that accept the same are one. With it, for each clause, the index of the one that it became part of.
  defp unite(types) do
    {united, indexes} =
      Enum.reduce(types, {[], []}, fn {args, result}, {united, indexes} ->
        case Enum.find_index(united, &(elem(&1, 0) == args)) do
          nil ->
            {united ++ [{args, result}], [length(united) | indexes]}

          index ->
            {List.update_at(united, index, fn {args, other} -> {args, union(other, result)} end), [index | indexes]}
        end
      end)

    {{:infer, united}, Enum.reverse(indexes)}
  end

  # Clauses of private functions that no call can have meant.
  defp unused_clauses(definitions, place, state) do
    for {key, unused} <- state.used,
        unused != [],
        not overridden?(key),
        {_, kind, file, clauses} = List.keyfind(definitions, key, 0),
        {_, _, indexes} = state.sigs[key],
        {{meta, _, _, _}, index} <- Enum.zip(clauses, indexes),
        index in unused,
        reduce: state do
      state -> State.warn({:unused_clause, kind, key}, meta, %{place | function: key, file: file}, state)
    end
  end

  # What `super` calls has clauses for all callers, whoever wrote them.
  defp overridden?({name, _arity}), do: name |> Atom.to_string() |> String.contains?(" (overridable ")

  ## Functions of other modules

  # Signatures are inferred of what was compiled together, a module at a time when one of its functions is called. They are kept in the
  # process dictionary while the modules are checked.
  defp exported(modules) do
    fn module, name, arity ->
      case List.keyfind(modules, module, 0) do
        {_, definitions} -> module |> signatures(definitions) |> Map.get({name, arity}, :none)
        nil -> :none
      end
    end
  end

  defp signatures(module, definitions) do
    known = Process.get(__MODULE__, %{})

    with :error <- Map.fetch(known, module) do
      inferred = infer_all(module, Enum.reverse(definitions))
      Process.put(__MODULE__, Map.put(known, module, inferred))
      inferred
    else
      {:ok, inferred} -> inferred
    end
  end

  defp infer_all(module, definitions) do
    place = place(module, :infer, definitions, fn _, _, _ -> :none end)
    public = for {key, :def, _, _} <- definitions, key not in @not_inferred, do: key

    {inferred, _} =
      Enum.map_reduce(public, State.new(), fn key, state ->
        {_, signature, state} = place.local.(key, place, state)
        {{key, signature}, state}
      end)

    Map.new(inferred)
  end
end
