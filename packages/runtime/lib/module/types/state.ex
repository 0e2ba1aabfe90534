defmodule Module.Types.State do
  @moduledoc false
  # What is found while a function is checked. `place` says where: the module, the function, its file, how calls are taken (`:infer` and
  # `:dynamic`), and how its own functions and those of other modules are found. The state holds the types of variables by version with
  # the expressions that they come from, and the warnings, newest first. After a violation no other one is told up to the end of the
  # clause: it may be its consequence.

  import Module.Types.Descr
  alias Module.Types.Descr.Maps

  def new, do: %{vars: %{}, failed: false, warnings: [], sigs: %{}, used: %{}, pattern: nil}

  @doc "Runs a clause of a function: its variables and its failure are its own."
  def in_clause(state, fun) do
    {result, later} = fun.(%{state | vars: %{}, failed: false})
    {result, %{later | vars: state.vars, failed: state.failed}}
  end

  ## Warnings

  def warn(warning, meta, place, state) do
    if Keyword.get(meta, :generated, false),
      do: state,
      else: %{state | warnings: [{warning, meta, place.file, place.function} | state.warnings]}
  end

  @doc "A warning that ends the checking of what depends on it. The type is that of what failed."
  def error(_warning, _meta, _place, %{failed: true} = state), do: {dynamic(), state}

  def error(warning, meta, place, state) do
    if Keyword.get(meta, :generated, false),
      do: {dynamic(), state},
      else: {dynamic(), warn(warning, meta, place, %{state | failed: true})}
  end

  ## Variables

  def var({_name, meta, _context}, state) do
    case state.vars[meta[:version]] do
      %{type: type} -> type
      nil -> dynamic()
    end
  end

  @doc "A variable of which nothing is known, after a violation."
  def forget({name, meta, context}, state) do
    put_in(state.vars[Keyword.fetch!(meta, :version)], %{type: dynamic(), name: name, context: context, traces: []})
  end

  @doc """
  A variable is of this type too, as `expr` shows. `wording` is `:default`, or the pair of a function that makes the text of the
  expression and of the hints for it.
  """
  def refine({name, meta, context} = var, type, expr, wording \\ :default, place, state) do
    version = Keyword.fetch!(meta, :version)
    trace = if expr == nil, do: [], else: [{expr, place.file, type, wording}]

    case state.vars do
      %{^version => %{type: old, traces: traces} = data} ->
        new = intersection(type, old)
        state = put_in(state.vars[version], %{data | type: new, traces: trace ++ traces})

        if empty?(new) do
          {_, state} = error({:refine, old, type, var, state}, meta, place, state)
          {:error, dynamic(), state}
        else
          {:ok, new, state}
        end

      _ ->
        {:ok, type, put_in(state.vars[version], %{type: type, name: name, context: context, traces: trace})}
    end
  end

  ## Expectations

  @doc "The type, where it is of the expected one."
  def intersect(actual, expected, expr, place, state) do
    type = intersection(actual, expected)
    if empty?(type), do: incompatible(expr, expected, actual, place, state), else: {type, state}
  end

  def incompatible(expr, expected, actual, place, state) do
    meta = meta_of(expr)
    error({:incompatible, expr, expected, actual, meta[:inferred_bitstring_spec] == true, state}, meta, place, state)
  end

  def meta_of({_, meta, _}), do: meta
  def meta_of(_), do: []

  @doc "The type of `map.key`."
  def field({_, meta, _} = expr, type, key, place, state) do
    case Maps.fetch(type, key) do
      reason when reason in [:badkey, :badmap] -> error({reason, expr, type, key, state}, meta, place, state)
      found -> {found, state}
    end
  end

  @doc "The modules that a value may be which is called as one."
  def modules(type, name, arity, dot?, expr, meta, place, state) do
    case atom_fetch(type) do
      {_, modules} ->
        {modules, state}

      :error ->
        {_, state} = error({:badmodule, expr, type, name, arity, dot?, state}, meta, place, state)
        {[], state}
    end
  end
end
