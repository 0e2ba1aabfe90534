defmodule Module.Types.Library do
  @moduledoc false
  # What Elixir infers of the functions of its library. Ours are written differently, and what is inferred from them would differ, so it
  # is written down: a line for each clause, `names(types of the arguments) :: type of the result`, in the words of `Print`, with `_`
  # for `dynamic()`. A field of a struct that is not named may be anything. Functions without a line take and return
  # anything there is.

  import Module.Types.Descr

  @groups %{
    Calendar: ~w(Calendar Date DateTime Duration NaiveDateTime Time),
    Code: ~w(Code Config EEx Exception Inspect Kernel Macro Module OptionParser Protocol),
    Data: ~w(Access Atom Base Bitwise Collectable Enum Enumerable Float Function Integer JSON Keyword List Map MapSet Range Regex
      Stream String StringIO Tuple URI Version)
  }
  @group_of for {group, names} <- @groups, name <- names, into: %{}, do: {name, Module.concat(__MODULE__, group)}

  @doc """
  The signature of a function of the library; `:none` of others, and while signatures are inferred of all but the application `elixir`,
  as in Elixir.
  """
  def of(module, name, arity, mode) do
    key = {module, name, arity}
    known = Process.get(__MODULE__, %{})

    {application, signature} =
      with :error <- Map.fetch(known, key) do
        found = find(module, name, arity)
        Process.put(__MODULE__, Map.put(known, key, found))
        found
      else
        {:ok, found} -> found
      end

    if mode != :infer or application == :elixir, do: signature, else: :none
  end

  @doc "Forgets what was read; the library may change."
  def forget, do: Process.delete(__MODULE__)

  defp find(module, name, arity) do
    with "Elixir." <> _ <- Atom.to_string(module),
         application when application != nil <- Application.get_application(module),
         true <- Code.ensure_loaded?(module) and function_exported?(module, name, arity) do
      {application, {:infer, clauses(module, name, arity)}}
    else
      _ -> {nil, :none}
    end
  end

  defp clauses(module, name, arity) do
    group = Map.get(@group_of, module |> Module.split() |> hd(), __MODULE__.System)
    name = Atom.to_string(name)

    written =
      for line <- module |> group.of() |> String.split("\n", trim: true),
          [names, rest] = String.split(line, "(", parts: 2),
          name in String.split(names, " "),
          {:"::", _, [{_, _, args}, result]} = Code.string_to_quoted!("f(" <> rest),
          length(args) == arity,
          do: {Enum.map(args, &type/1), type(result)}

    if written == [], do: [{List.duplicate(term(), arity), dynamic()}], else: written
  end

  ## Types from their text

  defp type({:_, _, _}), do: dynamic()
  defp type({:or, _, [left, right]}), do: union(type(left), type(right))
  defp type({:{}, _, elements}), do: tuple_of(elements)
  defp type({left, right}), do: tuple_of([left, right])
  defp type({:%{}, _, [{:..., _, _} | fields]}), do: open_map(fields(fields))
  defp type({:%{}, _, fields}), do: closed_map(fields(fields))

  defp type({:%, _, [name, {:%{}, _, fields}]}) do
    struct = alias_of(name)
    any = for %{field: field} <- struct.__info__(:struct), do: {field, term()}
    closed_map([__struct__: atom([struct])] ++ Keyword.merge(any, fields(fields)))
  end

  defp type({:__aliases__, _, _} = name), do: atom([alias_of(name)])
  defp type({:empty_map, _, []}), do: closed_map([])
  defp type({:dynamic, _, [of]}), do: dynamic(type(of))
  defp type({kind, _, args}), do: apply(Module.Types.Descr, kind, Enum.map(args, &type/1))
  defp type(atom) when is_atom(atom), do: atom([atom])

  defp tuple_of(elements) do
    case Enum.split_while(elements, &(not match?({:..., _, _}, &1))) do
      {elements, []} -> elements |> Enum.map(&type/1) |> tuple()
      {elements, _} -> elements |> Enum.map(&type/1) |> open_tuple()
    end
  end

  defp fields(fields), do: for({key, of} <- fields, do: {key, type(of)})

  defp alias_of({:__aliases__, _, parts}), do: Module.concat(parts)
end
