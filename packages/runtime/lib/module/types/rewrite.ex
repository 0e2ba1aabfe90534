defmodule Module.Types.Rewrite do
  @moduledoc false
  # Calls of Erlang's functions, as which the compiler takes many of Elixir's, in Elixir's terms again.

  @doc "The function of Erlang that a function of Elixir is another name of, as `{module, name}`, or `nil`."
  def inline(module, name, arity), do: :elixir_rewrite.inline(module, name, arity)

  @doc "An expanded form as source code."
  def to_source(expr) do
    expr
    |> Macro.prewalk(fn
      {{:., _, [:erlang, :error]}, meta, [value, :none, [error_info: {:%{}, _, [module: Exception]}]]} ->
        {:raise, meta, [value]}

      {{:., _, [module, name]}, meta, args} = call ->
        case :elixir_rewrite.erl_to_ex(module, name, args) do
          nil when module == Kernel -> {name, meta, args}
          nil -> call
          {Kernel, name, args, _order} -> {name, meta, args}
          {module, name, args, _order} -> {{:., [], [module, name]}, meta, args}
        end

      other ->
        other
    end)
    |> Macro.to_string()
  end

  @doc "How a called function is named: `{module, name, arity, order}`, where the order is that of its arguments in Erlang's."
  def named({_, [{:inline, {module, name}} | _], _}, _module, _name, arity), do: {module, name, arity, nil}

  def named({{:., _, [module, name]}, _, args}, _module, _name, _arity) when is_atom(module) and is_atom(name) do
    case :elixir_rewrite.erl_to_ex(module, name, args) do
      nil -> {module, name, length(args), nil}
      {module, name, args, order} -> {module, name, length(args), order}
    end
  end

  def named(_expr, module, name, arity), do: {module, name, arity, nil}

  @doc "The arguments in Elixir's order."
  def reorder(args, nil), do: args
  def reorder(args, order), do: Enum.map(order, &Enum.at(args, &1))
end
