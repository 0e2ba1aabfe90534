# Functions as values: making them from names, and what is known of them.
defmodule Function do
  @moduledoc "Functions on functions."

  @type information ::
          :arity | :env | :index | :module | :name | :new_index | :new_uniq | :pid | :type | :uniq

  @doc """
  Makes a function that calls `module.name` with `arity` arguments.

      iex> Function.capture(String, :length, 1)
      &String.length/1
  """
  @spec capture(module(), atom(), arity()) :: fun()
  def capture(module, function_name, arity), do: :erlang.make_fun(module, function_name, arity)

  @doc "Returns what is known of a function: module, name, arity, type and environment."
  @spec info(fun()) :: [{information(), term()}]
  def info(fun), do: :erlang.fun_info(fun)

  @doc "Returns one item of `info/1`, as `{item, value}`."
  @spec info(fun(), item) :: {item, term()} when item: information()
  def info(fun, item), do: :erlang.fun_info(fun, item)

  @doc "Returns its argument."
  @spec identity(value) :: value when value: var
  def identity(value), do: value
end
