# What `Enum` and `Stream` share: chunking in terms of a `chunk_while`, and walking several
# enumerables in step. Zipping suspends each walk after every element; a walk that is left early
# is told to halt, so that its resources are freed.
defmodule Stream.Reducers do
  @moduledoc false

  def chunk_every(chunk_while, enumerable, count, step, leftover) do
    # The buffer is reversed; it begins where the next chunk does, so with a step beyond the
    # count it goes on past a finished chunk until the elements between have gone by.
    full = max(count, step)

    chunk_fun = fn x, {buffer, size} ->
      buffer = [x | buffer]
      size = size + 1

      next =
        if size >= full,
          do: {Enum.take(buffer, size - step), size - step},
          else: {buffer, size}

      if size == count, do: {:cont, :lists.reverse(buffer), next}, else: {:cont, next}
    end

    after_fun = fn {buffer, size} ->
      if leftover == :discard or size == 0 or size >= count do
        {:cont, []}
      else
        {:cont, :lists.reverse(buffer, Enum.take(leftover, count - size)), []}
      end
    end

    chunk_while.(enumerable, {[], 0}, chunk_fun, after_fun)
  end

  def chunk_by(chunk_while, enumerable, fun) do
    chunk_fun = fn
      x, nil ->
        {:cont, {[x], fun.(x)}}

      x, {chunk, key} ->
        case fun.(x) do
          ^key -> {:cont, {[x | chunk], key}}
          other -> {:cont, :lists.reverse(chunk), {[x], other}}
        end
    end

    after_fun = fn
      nil -> {:cont, nil}
      {chunk, _key} -> {:cont, :lists.reverse(chunk), nil}
    end

    chunk_while.(enumerable, nil, chunk_fun, after_fun)
  end

  # Gives a walk, as `Enumerable.reduce/3` of two arguments.
  def zip_with(enumerables, zip_fun) when is_function(zip_fun, 1) do
    if is_list(enumerables) and :lists.all(&is_list/1, enumerables) do
      &zip_lists(enumerables, &1, &2, zip_fun)
    else
      &zip_start(enumerables, &1, &2, zip_fun)
    end
  end

  defp zip_lists(_lists, {:halt, acc}, _fun, _zip_fun), do: {:halted, acc}

  defp zip_lists(lists, {:suspend, acc}, fun, zip_fun) do
    {:suspended, acc, &zip_lists(lists, &1, fun, zip_fun)}
  end

  defp zip_lists([], {:cont, acc}, _fun, _zip_fun), do: {:done, acc}

  defp zip_lists(lists, {:cont, acc}, fun, zip_fun) do
    case zip_list_heads_tails(lists, [], []) do
      {heads, tails} -> zip_lists(tails, fun.(zip_fun.(heads), acc), fun, zip_fun)
      :empty -> {:done, acc}
    end
  end

  defp zip_list_heads_tails([[h | t] | lists], heads, tails), do: zip_list_heads_tails(lists, [h | heads], [t | tails])
  defp zip_list_heads_tails([[] | _lists], _heads, _tails), do: :empty
  defp zip_list_heads_tails([], heads, tails), do: {:lists.reverse(heads), :lists.reverse(tails)}

  # A walk is {continuation, elements it has given but that are not used yet, what comes after}.
  # A well-behaved one gives a single element before it suspends.
  defp zip_start(enumerables, acc, fun, zip_fun) do
    step = fn x, given -> {:suspend, given ++ [x]} end

    walks =
      Enum.map(enumerables, fn enumerable ->
        {&Enumerable.reduce(enumerable, &1, step), [], :more}
      end)

    zip_walks(walks, acc, fun, zip_fun)
  end

  defp zip_walks(walks, {:halt, acc}, _fun, _zip_fun) do
    halt(walks)
    {:halted, acc}
  end

  defp zip_walks(walks, {:suspend, acc}, fun, zip_fun) do
    {:suspended, acc, &zip_walks(walks, &1, fun, zip_fun)}
  end

  defp zip_walks([], {:cont, acc}, _fun, _zip_fun), do: {:done, acc}

  defp zip_walks(walks, {:cont, acc}, fun, zip_fun) do
    try do
      case advance(walks, [], []) do
        {heads, walks} -> {:next, walks, fun.(zip_fun.(heads), acc)}
        :done -> :done
      end
    catch
      kind, reason ->
        halt(walks)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      {:next, walks, acc} -> zip_walks(walks, acc, fun, zip_fun)
      :done -> {:done, acc}
    end
  end

  defp advance([{_walk, [], :done} | rest], _heads, passed) do
    halt(:lists.reverse(passed, rest))
    :done
  end

  defp advance([{walk, [], :more} | rest], heads, passed) do
    case walk.({:cont, []}) do
      {:suspended, [x | given], walk} ->
        advance(rest, [x | heads], [{walk, given, :more} | passed])

      {_, [x | given]} ->
        advance(rest, [x | heads], [{walk, given, :done} | passed])

      {_, []} ->
        halt(:lists.reverse(passed, rest))
        :done
    end
  end

  defp advance([{walk, given, next} | rest], heads, passed) do
    [x | given] = given
    advance(rest, [x | heads], [{walk, given, next} | passed])
  end

  defp advance([], heads, passed), do: {:lists.reverse(heads), :lists.reverse(passed)}

  defp halt(walks), do: :lists.foreach(fn {walk, _given, _next} -> walk.({:halt, []}) end, walks)
end
