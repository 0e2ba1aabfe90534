defmodule Module.Types.Apply do
  @moduledoc false
  # Calls: whether the types of the arguments can fit what the function accepts, and what it returns then.
  #
  # What a function accepts is known as `{:strong, clauses}` (`Signatures`), where known arguments must all be accepted, or as
  # `{:infer, clauses}`, which follows from its patterns: there some clause must be possible. `:none` accepts all.

  import Module.Types.{Descr, State}
  alias Module.Types.{Library, Rewrite, Signatures}
  alias Module.Types.Descr.{Lists, Maps, Tuples}

  # With more possible clauses than this what is returned is not worked out.
  @most_clauses 16

  ## Functions of other modules

  @doc "A call of a function of each of the modules; of none of them in particular when there is none."
  def remote([], name, args_types, expr, place, state) do
    case Signatures.of(name, length(args_types)) do
      :none -> {dynamic(), state}
      signature -> check_remote(nil, name, signature, args_types, expr, place, state)
    end
  end

  def remote(modules, name, args_types, expr, place, state) when is_list(modules) do
    {results, state} = Enum.map_reduce(modules, state, &remote(&1, name, args_types, expr, place, &2))
    {Enum.reduce(results, &union/2), state}
  end

  def remote(:erlang, :element, [_, tuple], {_, _, [index, _]} = expr, place, state) when is_integer(index) do
    element(Tuples.fetch(tuple, index - 1), :element, [integer(), tuple], index - 1, expr, place, state)
  end

  def remote(:erlang, :delete_element, [_, tuple], {_, _, [index, _]} = expr, place, state) when is_integer(index) do
    element(Tuples.delete_at(tuple, index - 1), :delete_element, [integer(), tuple], index - 1, expr, place, state)
  end

  def remote(:erlang, :insert_element, [_, tuple, value], {_, _, [index, _, _]} = expr, place, state)
      when is_integer(index) do
    types = [integer(), tuple, value]
    element(Tuples.insert_at(tuple, index - 1, value), :insert_element, types, index - 2, expr, place, state)
  end

  def remote(:erlang, :make_tuple, [_, type], {_, _, [size, _]}, _place, state)
      when is_integer(size) and size in 0..255 do
    {tuple(List.duplicate(type, size)), state}
  end

  def remote(:erlang, :hd, [list], expr, place, state),
    do: part_of_list(Lists.head(list), :hd, list, expr, place, state)

  def remote(:erlang, :tl, [list], expr, place, state),
    do: part_of_list(Lists.tail(list), :tl, list, expr, place, state)

  def remote(:erlang, name, [left, right] = types, expr, place, state) when name in [:>=, :"=<", :>, :<, :min, :max] do
    state =
      cond do
        place.mode == :infer ->
          state

        Maps.key?(left, :__struct__) or Maps.key?(right, :__struct__) ->
          warn({:struct_comparison, expr, name, left, right, state}, meta_of(expr), place, state)

        bits_type?(left, number()) and bits_type?(right, number()) ->
          state

        true ->
          compare(name, left, right, expr, place, state)
      end

    if name in [:min, :max], do: {union(left, right), state}, else: {gradual_as(types, boolean()), state}
  end

  def remote(:erlang, name, [left, right] = types, {_, _, args} = expr, place, state)
      when name in [:==, :"/=", :"=:=", :"=/="] do
    state =
      cond do
        # Literals on both sides were written by a macro.
        place.mode == :infer or Macro.quoted_literal?(args) -> state
        name in [:==, :"/="] and bits_type?(left, number()) and bits_type?(right, number()) -> state
        true -> compare(name, left, right, expr, place, state)
      end

    {gradual_as(types, boolean()), state}
  end

  def remote(module, name, types, {node, meta, args} = expr, place, state) do
    arity = length(types)

    case Rewrite.inline(module, name, arity) do
      {new_module, new_name} ->
        remote(new_module, new_name, types, {node, [inline: {module, name}] ++ meta, args}, place, state)

      nil ->
        check_remote(module, name, signature(module, name, arity, meta, place), types, expr, place, state)
    end
  end

  defp signature(module, name, arity, meta, place) do
    with false <- Keyword.get(meta, :runtime_module, false),
         :none <- Signatures.of(module, name, arity),
         :none <- place.exported.(module, name, arity),
         :none <- Signatures.of(name, arity) do
      Library.of(module, name, arity, place.mode)
    else
      true -> :none
      signature -> signature
    end
  end

  defp check_remote(module, name, signature, types, expr, place, state) do
    case fit(signature, types) do
      {:ok, _used, type} ->
        {type, state}

      {:error, clauses} ->
        error(
          {:badremote, Rewrite.named(expr, module, name, length(types)), expr, types, clauses, state},
          meta_of(expr),
          place,
          state
        )
    end
  end

  defp element(type, _name, _types, _index, _expr, _place, state) when is_type(type), do: {type, state}
  defp element(:badtuple, name, types, _index, expr, place, state), do: bad_known(name, types, expr, place, state)

  defp element(:badindex, name, types, index, expr, place, state) do
    named = Rewrite.named(expr, :erlang, name, length(types))
    error({:badindex, named, expr, Enum.at(types, 1), index, state}, meta_of(expr), place, state)
  end

  defp part_of_list(nil, name, list, expr, place, state), do: bad_known(name, [list], expr, place, state)
  defp part_of_list(type, _name, _list, _expr, _place, state), do: {type, state}

  defp bad_known(name, types, expr, place, state) do
    {:strong, clauses} = Signatures.of(:erlang, name, length(types))

    error(
      {:badremote, Rewrite.named(expr, :erlang, name, length(types)), expr, types, clauses, state},
      meta_of(expr),
      place,
      state
    )
  end

  defp compare(name, left, right, expr, place, state) do
    if disjoint?(left, right),
      do: warn({:mismatched_comparison, expr, name, left, right, state}, meta_of(expr), place, state),
      else: state
  end

  ## Functions of the same module

  def local(name, types, {_, meta, _} = expr, place, state) do
    key = {name, length(types)}

    case place.local.(key, place, state) do
      nil ->
        {dynamic(), state}

      {kind, signature, state} ->
        case fit(signature, types) do
          {:ok, used, type} -> {type, use_clauses(kind, key, signature, used, place, state)}
          {:error, clauses} -> error({:badlocal, expr, types, clauses, state}, meta, place, state)
        end
    end
  end

  @doc "All clauses of a captured function may be used."
  def local_capture(name, arity, place, state) do
    case place.local.({name, arity}, place, state) do
      {:defp, _, state} when place.mode != :infer -> {dynamic(fun()), put_in(state.used[{name, arity}], [])}
      {_, _, state} -> {dynamic(fun()), state}
      nil -> {dynamic(fun()), state}
    end
  end

  # The clauses, by their index, that no call has needed yet.
  defp use_clauses(:defp, key, signature, used, %{mode: mode}, state) when mode != :infer do
    unused =
      case signature do
        :none -> []
        {:infer, clauses} -> Map.get(state.used, key) || Enum.to_list(0..(length(clauses) - 1)//1)
      end

    put_in(state.used[key], unused -- used)
  end

  defp use_clauses(_kind, _key, _signature, _used, _place, state), do: state

  ## Fitting

  defp fit(:none, _types), do: {:ok, [], dynamic()}

  defp fit({:strong, [{expected, result}] = clauses}, types) do
    if all?(types, expected, &compatible?/2), do: {:ok, [0], gradual_as(types, result)}, else: {:error, clauses}
  end

  defp fit({:strong, clauses}, types) do
    with true <- all?(types, Signatures.domain(clauses), &(only_gradual?(&1) or compatible?(&1, &2))),
         {used, [_ | _] = results} <- possible(clauses, types) do
      {:ok, used, gradual_as(types, Enum.reduce(results, &union/2))}
    else
      _ -> {:error, clauses}
    end
  end

  defp fit({:infer, clauses}, types) do
    case possible(clauses, types) do
      {[], []} -> {:error, clauses}
      {used, results} when length(results) > @most_clauses -> {:ok, used, dynamic()}
      {used, results} -> {:ok, used, results |> Enum.reduce(&union/2) |> dynamic()}
    end
  end

  # The last clause first.
  defp possible(clauses, types) do
    for {{expected, result}, index} <- Enum.with_index(clauses),
        all?(types, expected, &(not disjoint?(&1, &2))),
        reduce: {[], []} do
      {used, results} -> {[index | used], [result | results]}
    end
  end

  defp all?(types, expected, fits?),
    do: types |> Enum.zip(expected) |> Enum.all?(fn {type, expected} -> fits?.(type, expected) end)

  # What follows from arguments that are not known is not known.
  defp gradual_as(types, result), do: if(Enum.any?(types, &gradual?/1), do: dynamic(result), else: result)
end
