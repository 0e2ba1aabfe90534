defmodule :queue do
  @moduledoc """
  Erlang's `:queue`: `{rear, front}`, two lists of which the rear one is reversed. Neither is empty
  while the queue has two elements or more, so both ends are at hand.
  """

  @doc "The empty queue."
  def new, do: {[], []}

  @doc "Whether a term is a queue."
  def is_queue({rear, front}) when is_list(rear) and is_list(front), do: true
  def is_queue(_), do: false

  @doc "Whether the queue has no elements."
  def is_empty({[], []}), do: true
  def is_empty({rear, front}) when is_list(rear) and is_list(front), do: false
  def is_empty(queue), do: :erlang.error(:badarg, [queue])

  @doc "The number of elements."
  def len({rear, front}) when is_list(rear) and is_list(front), do: :erlang.length(rear) + :erlang.length(front)
  def len(queue), do: :erlang.error(:badarg, [queue])

  @doc "The elements from the front."
  def to_list({rear, front}) when is_list(rear) and is_list(front), do: front ++ :lists.reverse(rear)
  def to_list(queue), do: :erlang.error(:badarg, [queue])

  @doc "The queue of a list, its head in front."
  def from_list(list) when is_list(list) do
    {front, rear} = :lists.split(:erlang.div(:erlang.length(list), 2), list)
    {:lists.reverse(rear, []), front}
  end

  def from_list(list), do: :erlang.error(:badarg, [list])

  @doc "Whether an element is in the queue."
  def member(element, {rear, front}) when is_list(rear) and is_list(front),
    do: :lists.member(element, rear) or :lists.member(element, front)

  def member(element, queue), do: :erlang.error(:badarg, [element, queue])

  @doc "Adds an element at the rear."
  def unquote(:in)(element, {[_] = rear, []}), do: {[element], rear}
  def unquote(:in)(element, {rear, front}) when is_list(rear) and is_list(front), do: {[element | rear], front}
  def unquote(:in)(element, queue), do: :erlang.error(:badarg, [element, queue])

  @doc "Adds an element at the front."
  def in_r(element, {[], [_] = front}), do: {front, [element]}
  def in_r(element, {rear, front}) when is_list(rear) and is_list(front), do: {rear, [element | front]}
  def in_r(element, queue), do: :erlang.error(:badarg, [element, queue])

  @doc "Takes the front element: `{{:value, element}, rest}` or `{:empty, queue}`."
  def out({[], []} = queue), do: {:empty, queue}
  def out({[element], []}), do: {{:value, element}, {[], []}}
  def out({[last | rear], []}), do: take_front(last, rear)
  def out({rear, [element]}) when is_list(rear), do: {{:value, element}, rear_to_queue(rear)}
  def out({rear, [element | front]}) when is_list(rear), do: {{:value, element}, {rear, front}}
  def out(queue), do: :erlang.error(:badarg, [queue])

  defp take_front(last, rear) do
    [element | front] = :lists.reverse(rear, [])
    {{:value, element}, {[last], front}}
  end

  @doc "Takes the rear element."
  def out_r({[], []} = queue), do: {:empty, queue}
  def out_r({[], [element]}), do: {{:value, element}, {[], []}}

  def out_r({[], [first | front]}) do
    [element | rear] = :lists.reverse(front, [])
    {{:value, element}, {rear, [first]}}
  end

  def out_r({[element], front}) when is_list(front), do: {{:value, element}, front_to_queue(front)}
  def out_r({[element | rear], front}) when is_list(front), do: {{:value, element}, {rear, front}}
  def out_r(queue), do: :erlang.error(:badarg, [queue])

  # Half of a list that has become both ends goes to the other end.
  defp rear_to_queue([]), do: {[], []}
  defp rear_to_queue([_] = rear), do: {[], rear}
  defp rear_to_queue([b, a]), do: {[b], [a]}

  defp rear_to_queue(rear) do
    {kept, moved} = :lists.split(:erlang.div(:erlang.length(rear), 2) + 1, rear)
    {kept, :lists.reverse(moved, [])}
  end

  defp front_to_queue([]), do: {[], []}
  defp front_to_queue([_] = front), do: {front, []}
  defp front_to_queue([a, b]), do: {[b], [a]}

  defp front_to_queue(front) do
    {kept, moved} = :lists.split(:erlang.div(:erlang.length(front), 2) + 1, front)
    {:lists.reverse(moved, []), kept}
  end

  defp both_ends([], front), do: front_to_queue(front)
  defp both_ends(rear, []), do: rear_to_queue(rear)
  defp both_ends(rear, front), do: {rear, front}

  @doc "The front element; the queue must not be empty."
  def get({[], []} = queue), do: :erlang.error(:empty, [queue])
  def get({rear, [element | _]}) when is_list(rear), do: element
  def get({rear, []}) when is_list(rear), do: :lists.last(rear)
  def get(queue), do: :erlang.error(:badarg, [queue])

  @doc "The rear element; the queue must not be empty."
  def get_r({[], []} = queue), do: :erlang.error(:empty, [queue])
  def get_r({[element | _], front}) when is_list(front), do: element
  def get_r({[], front}) when is_list(front), do: :lists.last(front)
  def get_r(queue), do: :erlang.error(:badarg, [queue])

  @doc "`{:value, element}` of the front element, or `:empty`."
  def peek({[], []}), do: :empty
  def peek(queue), do: {:value, get(queue)}

  @doc "`{:value, element}` of the rear element, or `:empty`."
  def peek_r({[], []}), do: :empty
  def peek_r(queue), do: {:value, get_r(queue)}

  @doc "The queue without its front element."
  def drop({[], []} = queue), do: :erlang.error(:empty, [queue])
  def drop(queue), do: :erlang.element(2, out(queue))

  @doc "The queue without its rear element."
  def drop_r({[], []} = queue), do: :erlang.error(:empty, [queue])
  def drop_r(queue), do: :erlang.element(2, out_r(queue))

  @doc "The queue in reverse."
  def reverse({rear, front}) when is_list(rear) and is_list(front), do: {front, rear}
  def reverse(queue), do: :erlang.error(:badarg, [queue])

  @doc "The second queue behind the first."
  def join({rear, front} = queue, {[], []}) when is_list(rear) and is_list(front), do: queue
  def join({[], []}, {rear, front} = queue) when is_list(rear) and is_list(front), do: queue

  def join({rear1, front1}, {rear2, front2})
      when is_list(rear1) and is_list(front1) and is_list(rear2) and is_list(front2),
      do: {rear2, front1 ++ :lists.reverse(rear1, front2)}

  def join(left, right), do: :erlang.error(:badarg, [left, right])

  @doc "The first `count` elements as a queue, and the others."
  def split(count, {rear, front} = queue) when is_integer(count) and count >= 0 and is_list(rear) and is_list(front) do
    in_front = length(front)
    in_rear = in_front + length(rear) - count

    cond do
      in_rear < 0 -> :erlang.error(:badarg, [count, queue])
      count == 0 -> {{[], []}, queue}
      in_rear == 0 -> {queue, {[], []}}
      count == in_front -> {front_to_queue(front), rear_to_queue(rear)}
      count < in_front -> split_front(count, rear, front)
      true -> split_rear(in_rear, rear, front)
    end
  end

  def split(count, queue), do: :erlang.error(:badarg, [count, queue])

  defp split_front(count, rear, [first | front]) do
    {taken, front} = :lists.split(count - 1, front)
    {{:lists.reverse(taken), [first]}, {rear, front}}
  end

  defp split_rear(count, [last | rear], front) do
    {taken, rear} = :lists.split(count - 1, rear)
    {{rear, front}, {[last], :lists.reverse(taken)}}
  end

  @doc "Filters: the fun answers `true`, `false` or a list to put in place of the element."
  def filter(fun, {rear, front}) when is_function(fun, 1) and is_list(rear) and is_list(front) do
    choose = fn element ->
      case fun.(element) do
        true -> [element]
        false -> []
        list when is_list(list) -> list
      end
    end

    front = :lists.flatmap(choose, front)
    both_ends(:lists.reverse(:lists.flatmap(choose, :lists.reverse(rear))), front)
  end

  def filter(fun, queue), do: :erlang.error(:badarg, [fun, queue])

  @doc "Filters and maps: the fun answers `true`, `false` or `{true, new}`."
  def filtermap(fun, queue), do: from_list(:lists.filtermap(fun, to_list(queue)))

  @doc "Folds from the front."
  def fold(fun, acc, {rear, front}) when is_function(fun, 2) and is_list(rear) and is_list(front),
    do: :lists.foldr(fun, :lists.foldl(fun, acc, front), rear)

  def fold(fun, acc, queue), do: :erlang.error(:badarg, [fun, acc, queue])

  @doc "Whether the predicate holds for some element."
  def any(pred, queue), do: :lists.any(pred, to_list(queue))

  @doc "Whether the predicate holds for every element."
  def all(pred, queue), do: :lists.all(pred, to_list(queue))

  @doc "The queue without the first element that equals the given one."
  def delete(element, {rear, front}) when is_list(rear) and is_list(front) do
    cond do
      :lists.member(element, front) -> both_ends(rear, :lists.delete(element, front))
      :lists.member(element, rear) -> both_ends(:lists.reverse(:lists.delete(element, :lists.reverse(rear))), front)
      true -> {rear, front}
    end
  end

  def delete(element, queue), do: :erlang.error(:badarg, [element, queue])

  @doc "The queue without the last element that equals the given one."
  def delete_r(element, queue), do: reverse(delete(element, reverse(queue)))

  @doc "The queue without the first element for which the predicate holds."
  def delete_with(pred, queue), do: from_list(delete_first(pred, to_list(queue)))

  @doc "The queue without the last element for which the predicate holds."
  def delete_with_r(pred, queue), do: reverse(delete_with(pred, reverse(queue)))

  defp delete_first(pred, [head | tail]) do
    case pred.(head) do
      true -> tail
      false -> [head | delete_first(pred, tail)]
    end
  end

  defp delete_first(_pred, []), do: []

  @doc "Adds an element at the front: `in_r/2` of the Okasaki interface."
  def cons(element, queue), do: in_r(element, queue)

  @doc "The front element."
  def head(queue), do: get(queue)

  @doc "The queue without its front element."
  def tail(queue), do: drop(queue)

  @doc "Adds an element at the rear."
  def snoc(queue, element), do: :queue.in(element, queue)

  @doc "The rear element."
  def daeh(queue), do: get_r(queue)

  @doc "The rear element."
  def last(queue), do: get_r(queue)

  @doc "The queue without its rear element."
  def liat(queue), do: drop_r(queue)

  @doc "The queue without its rear element."
  def init(queue), do: drop_r(queue)

  @doc "An old name of `liat/1`, once misspelt."
  def lait(queue), do: liat(queue)
end
