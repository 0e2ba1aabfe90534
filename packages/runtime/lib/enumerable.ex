# What can be walked element by element. `reduce/3` is the only required operation: a consumer
# hands in a tagged accumulator and may go on, stop or suspend at every element. The other
# functions are shortcuts; `{:error, module}` means "walk it with module.reduce/3 instead".
defprotocol Enumerable do
  @moduledoc """
  The protocol behind `Enum` and `Stream`.

  A reducer returns `{:cont, acc}`, `{:halt, acc}` or `{:suspend, acc}`; the walk answers
  `{:done, acc}`, `{:halted, acc}` or `{:suspended, acc, continuation}`.
  """

  @type t :: term
  @type t(_element) :: t()
  @type acc :: {:cont, term} | {:halt, term} | {:suspend, term}
  @type reducer :: (element :: term, element_acc :: term -> acc)
  @type continuation :: (acc -> result)
  @type result :: {:done, term} | {:halted, term} | {:suspended, term, continuation}
  @type slicing_fun ::
          (start :: non_neg_integer, length :: pos_integer, step :: pos_integer -> [term])
  @type to_list_fun :: (t -> [term])

  @doc "Reduces the `enumerable` to what `fun` makes of each element and the accumulator, as long as it says to go on."
  @spec reduce(t, acc, reducer) :: result
  def reduce(enumerable, acc, fun)

  @doc "Answers `{:ok, count}` when the size is known without a walk."
  @spec count(t) :: {:ok, non_neg_integer} | {:error, module}
  def count(enumerable)

  @doc "Answers `{:ok, boolean}` when membership is known without a walk."
  @spec member?(t, term) :: {:ok, boolean} | {:error, module}
  def member?(enumerable, element)

  @doc """
  Gives the size and a way to cut a part out.

  The fun takes start, length and step, or it takes the enumerable and returns it as a list.
  """
  @spec slice(t) ::
          {:ok, size :: non_neg_integer, slicing_fun | to_list_fun} | {:error, module}
  def slice(enumerable)
end

defimpl Enumerable, for: List do
  def count(list), do: {:ok, length(list)}

  def member?([], _element), do: {:ok, false}
  def member?(_list, _element), do: {:error, __MODULE__}

  def slice([]), do: {:ok, 0, fn _start, _length, _step -> [] end}
  def slice(_list), do: {:error, __MODULE__}

  def reduce([head | tail], {:cont, acc}, fun), do: reduce(tail, fun.(head, acc), fun)
  def reduce([], {:cont, acc}, _fun), do: {:done, acc}
  def reduce(_list, {:halt, acc}, _fun), do: {:halted, acc}
  def reduce(list, {:suspend, acc}, fun), do: {:suspended, acc, &reduce(list, &1, fun)}
end

defimpl Enumerable, for: Map do
  def count(map), do: {:ok, map_size(map)}

  def member?(map, {key, value}) do
    case map do
      %{^key => ^value} -> {:ok, true}
      _ -> {:ok, false}
    end
  end

  def member?(_map, _other), do: {:ok, false}

  def slice(map), do: {:ok, map_size(map), &:maps.to_list/1}

  def reduce(map, acc, fun), do: Enumerable.List.reduce(:maps.to_list(map), acc, fun)
end

defimpl Enumerable, for: Function do
  def count(_fun), do: {:error, __MODULE__}
  def member?(_fun, _element), do: {:error, __MODULE__}
  def slice(_fun), do: {:error, __MODULE__}

  def reduce(walk, acc, fun) when is_function(walk, 2), do: walk.(acc, fun)

  def reduce(other, _acc, _fun) do
    raise Protocol.UndefinedError,
      protocol: @protocol,
      value: other,
      description: "only anonymous functions of arity 2 are enumerable"
  end
end
