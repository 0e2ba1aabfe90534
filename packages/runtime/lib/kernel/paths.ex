# What `get_in/1`, `put_in/2`, `update_in/2`, `get_and_update_in/2` and `pop_in/1` are expanded to. Apart from `Kernel`,
# as few programs have them.
defmodule Kernel.Paths do
  @moduledoc false

  def get(path) do
    {start, steps, _} = path!(path, "get_in/1")
    get_steps(start, quote(do: x), steps)
  end

  defp get_steps(ast, _var, []), do: ast

  defp get_steps(ast, var, [{:map, key} | steps]) do
    quote generated: true do
      case unquote(ast) do
        %{unquote(key) => unquote(var)} -> unquote(get_steps(var, var, steps))
        nil -> nil
        unquote(var) -> :erlang.error({:badkey, unquote(key), unquote(var)})
      end
    end
  end

  defp get_steps(ast, var, [{:access, key} | steps]) do
    get_steps(quote(do: Access.get(unquote(ast), unquote(key))), var, steps)
  end

  def put(path, value) do
    case path!(path, "put_in/2") do
      {start, steps, true} ->
        map_update(start, steps, quote(do: fn _ -> unquote(value) end))

      {start, steps, false} ->
        nested = access_update(start, steps, quote(do: fn _ -> {nil, unquote(value)} end))
        quote(do: :erlang.element(2, unquote(nested)))
    end
  end

  def update(path, fun) do
    case path!(path, "update_in/2") do
      {start, steps, true} ->
        map_update(start, steps, fun)

      {start, steps, false} ->
        nested = access_update(start, steps, quote(do: fn x -> {nil, unquote(fun).(x)} end))
        quote(do: :erlang.element(2, unquote(nested)))
    end
  end

  def get_and_update(path, fun) do
    {start, steps, _} = path!(path, "get_and_update_in/2")
    access_update(start, steps, fun)
  end

  def pop(path) do
    {start, steps, _} = path!(path, "pop_in/1")
    pop_steps(:map, start, steps)
  end

  defp map_update_fun([], fun), do: fun

  defp map_update_fun(steps, fun) do
    quote(do: fn x -> unquote(map_update(quote(do: x), steps, fun)) end)
  end

  defp map_update(ast, [{:map, key} | steps], fun) do
    quote(do: Map.update!(unquote(ast), unquote(key), unquote(map_update_fun(steps, fun))))
  end

  defp access_update_fun([], fun), do: fun

  defp access_update_fun(steps, fun) do
    quote(do: fn x -> unquote(access_update(quote(do: x), steps, fun)) end)
  end

  defp access_update(ast, [{:access, key} | steps], fun) do
    quote do
      Access.get_and_update(unquote(ast), unquote(key), unquote(access_update_fun(steps, fun)))
    end
  end

  defp access_update(ast, [{:map, key} | steps], fun) do
    quote do
      Map.get_and_update!(unquote(ast), unquote(key), unquote(access_update_fun(steps, fun)))
    end
  end

  # What a missing value pops to depends on the step that leads to it: `{nil, nil}` at the top, `:pop` within.
  defp pop_steps(_kind, _ast, [{:map, key}]) do
    raise ArgumentError,
          "cannot use pop_in when the last segment is a map/struct field. " <>
            "This would effectively remove the field #{inspect(key)} from the map/struct"
  end

  defp pop_steps(kind, ast, [{:access, key}]) do
    missing = if kind == :map, do: {nil, nil}, else: :pop

    quote generated: true do
      case unquote(ast) do
        nil -> unquote(missing)
        h -> Access.pop(h, unquote(key))
      end
    end
  end

  defp pop_steps(_kind, ast, [{:map, key} | steps]) do
    quote(do: Map.get_and_update!(unquote(ast), unquote(key), unquote(pop_fun(:map, steps))))
  end

  defp pop_steps(_kind, ast, [{:access, key} | steps]) do
    quote(do: Access.get_and_update(unquote(ast), unquote(key), unquote(pop_fun(:access, steps))))
  end

  defp pop_fun(kind, steps) do
    quote(do: fn x -> unquote(pop_steps(kind, quote(do: x), steps)) end)
  end

  # A path such as `a.b[c]` becomes its start and `{:map, :b}`, `{:access, c}` steps.
  defp path!(ast, kind), do: path!(ast, [], true, kind)

  defp path!({{:., _, [Access, :get]}, _, [ast, key]}, steps, _maps?, kind) do
    path!(ast, [{:access, key} | steps], false, kind)
  end

  defp path!({{:., _, [{tag, _, _} = ast, key]}, _, []}, steps, maps?, kind)
       when tag != :__aliases__ and tag != :__MODULE__ do
    path!(ast, [{:map, key} | steps], maps?, kind)
  end

  defp path!(ast, [], _maps?, kind) do
    raise ArgumentError,
          "expected expression given to #{kind} to access at least one element, " <>
            "got: " <> Macro.to_string(ast)
  end

  defp path!(ast, steps, maps?, kind) do
    if path_start?(ast) do
      {ast, steps, maps?}
    else
      raise ArgumentError,
            "expression given to #{kind} must start with a variable, local or remote call " <>
              "and be followed by an element access, got: " <> Macro.to_string(ast)
    end
  end

  defp path_start?({{:., _, [module, _]}, _, _}) when is_atom(module), do: true
  defp path_start?({{:., _, [{:__aliases__, _, _}, _]}, _, _}), do: true
  defp path_start?({{:., _, [{:__MODULE__, _, _}, _]}, _, _}), do: true
  defp path_start?({name, _, _}) when is_atom(name), do: true
  defp path_start?(other), do: not is_tuple(other)
end
