# Lazy enumerables.
#
# Most operations compose: a `%Stream{}` keeps its source and a list of steps, each a fun from the
# next reducer to a reducer, so that a chain of operations is one walk over the source. The
# accumulator of that walk is a list: the consumer's, then the states of the steps that have
# one, in order. A step takes its state off, passes the rest on and puts its new state back.
# What cannot be a step (several sources, cleaning up) is a function of arity 2: a walk itself.
defmodule Stream do
  @moduledoc """
  Lazy, composable enumerables. Nothing is computed until an `Enum` function, `for` or `run/1`
  walks the stream, and then one element at a time.

      iex> Stream.iterate(1, & &1 * 2) |> Stream.filter(& &1 > 10) |> Enum.take(3)
      [16, 32, 64]
  """

  @doc false
  defstruct enum: nil, funs: [], accs: [], done: nil

  @type acc :: any
  @type element :: any
  @typedoc "Zero-based."
  @type index :: non_neg_integer
  @type default :: any
  @type timer :: non_neg_integer | :infinity

  defguardp is_timer(n) when (is_integer(n) and n >= 0) or n == :infinity

  ## Steps

  # A stream with a `done` must have it last: what follows walks it as a source.
  defp lazy(%Stream{done: nil, funs: funs} = stream, step), do: %{stream | funs: [step | funs]}
  defp lazy(enum, step), do: %Stream{enum: enum, funs: [step]}

  defp lazy(enum, state, step, done \\ nil)

  defp lazy(%Stream{done: nil, funs: funs, accs: accs} = stream, state, step, done) do
    %{stream | funs: [step | funs], accs: [state | accs], done: done}
  end

  defp lazy(enum, state, step, done) do
    %Stream{enum: enum, funs: [step], accs: [state], done: done}
  end

  defp pass(next, x, acc, state, states) do
    {command, [acc | states]} = next.(x, [acc | states])
    {command, [acc, state | states]}
  end

  @doc "Maps each element lazily."
  @spec map(Enumerable.t(), (element -> any)) :: Enumerable.t()
  def map(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next -> fn x, acc -> next.(fun.(x), acc) end end)
  end

  @doc "Applies `fun` to every `nth` element, beginning with the first; passes the others."
  @spec map_every(Enumerable.t(), non_neg_integer, (element -> any)) :: Enumerable.t()
  def map_every(enum, nth, fun) when is_integer(nth) and nth >= 0 and is_function(fun, 1) do
    case nth do
      0 -> %Stream{enum: enum}
      1 -> map(enum, fun)
      _ -> every(enum, nth, fn next, x, acc, n, t -> pass(next, fun.(x), acc, n, t) end, &pass/5)
    end
  end

  # Counts down to the elements that are meant.
  defp every(enum, nth, meant, other) do
    lazy(enum, 1, fn next ->
      fn
        x, [acc, 1 | t] -> meant.(next, x, acc, nth, t)
        x, [acc, n | t] -> other.(next, x, acc, n - 1, t)
      end
    end)
  end

  defp skip(_next, _x, acc, state, t), do: {:cont, [acc, state | t]}

  @doc "Takes every `nth` element, beginning with the first; 0 takes none."
  @spec take_every(Enumerable.t(), non_neg_integer) :: Enumerable.t()
  def take_every(enum, nth) when is_integer(nth) and nth >= 0 do
    if nth == 0 or enum == [], do: %Stream{enum: []}, else: every(enum, nth, &pass/5, &skip/5)
  end

  @doc "Drops every `nth` element, beginning with the first; 0 drops none."
  @spec drop_every(Enumerable.t(), non_neg_integer) :: Enumerable.t()
  def drop_every(enum, nth)
  def drop_every(enum, 0), do: %Stream{enum: enum}
  def drop_every([], _nth), do: %Stream{enum: []}

  def drop_every(enum, nth) when is_integer(nth) and nth > 0 do
    every(enum, nth, &skip/5, &pass/5)
  end

  @doc "Calls `fun` with each element as it passes."
  @spec each(Enumerable.t(), (element -> term)) :: Enumerable.t()
  def each(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next ->
      fn x, acc ->
        fun.(x)
        next.(x, acc)
      end
    end)
  end

  @doc "Keeps the elements for which `fun` is truthy."
  @spec filter(Enumerable.t(), (element -> as_boolean(term))) :: Enumerable.t()
  def filter(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next ->
      fn x, acc -> if fun.(x), do: next.(x, acc), else: {:cont, acc} end
    end)
  end

  @doc "Drops the elements for which `fun` is truthy."
  @spec reject(Enumerable.t(), (element -> as_boolean(term))) :: Enumerable.t()
  def reject(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next ->
      fn x, acc -> if fun.(x), do: {:cont, acc}, else: next.(x, acc) end
    end)
  end

  @doc false
  @deprecated "Use Stream.filter/2 + Stream.map/2 instead"
  def filter_map(enum, filter, mapper) do
    lazy(enum, fn next ->
      fn x, acc -> if filter.(x), do: next.(mapper.(x), acc), else: {:cont, acc} end
    end)
  end

  @doc "Keeps one of each run of equal (`===`) elements."
  @spec dedup(Enumerable.t()) :: Enumerable.t()
  def dedup(enum), do: dedup_by(enum, fn x -> x end)

  @doc "Keeps the first of each run of elements for which `fun` returns equal values."
  @spec dedup_by(Enumerable.t(), (element -> term)) :: Enumerable.t()
  def dedup_by(enum, fun) when is_function(fun, 1) do
    lazy(enum, nil, fn next ->
      fn x, [acc, previous | t] ->
        key = fun.(x)

        if previous === {:key, key},
          do: {:cont, [acc, previous | t]},
          else: pass(next, x, acc, {:key, key}, t)
      end
    end)
  end

  @doc "Keeps the first of all equal (`===`) elements; remembers all it has seen."
  @spec uniq(Enumerable.t()) :: Enumerable.t()
  def uniq(enum), do: uniq_by(enum, fn x -> x end)

  @doc false
  @deprecated "Use Stream.uniq_by/2 instead"
  def uniq(enum, fun), do: uniq_by(enum, fun)

  @doc "Keeps the first of all elements for which `fun` returns equal values."
  @spec uniq_by(Enumerable.t(), (element -> term)) :: Enumerable.t()
  def uniq_by(enum, fun) when is_function(fun, 1) do
    lazy(enum, %{}, fn next ->
      fn x, [acc, seen | t] ->
        key = fun.(x)

        if is_map_key(seen, key),
          do: {:cont, [acc, seen | t]},
          else: pass(next, x, acc, Map.put(seen, key, true), t)
      end
    end)
  end

  @doc "Drops the first `n` elements, or the last ones if negative."
  @spec drop(Enumerable.t(), integer) :: Enumerable.t()
  def drop(enum, n) when is_integer(n) and n >= 0 do
    lazy(enum, n, fn next ->
      fn
        _x, [acc, n | t] when n > 0 -> {:cont, [acc, n - 1 | t]}
        x, [acc, n | t] -> pass(next, x, acc, n, t)
      end
    end)
  end

  # The last elements wait in a queue: {length, newest first, oldest first}.
  def drop(enum, n) when is_integer(n) do
    lazy(enum, {0, [], []}, fn next ->
      fn
        x, [acc, {count, newest, oldest} | t] when count < -n ->
          {:cont, [acc, {count + 1, [x | newest], oldest} | t]}

        x, [acc, {count, newest, [first | oldest]} | t] ->
          pass(next, first, acc, {count, [x | newest], oldest}, t)

        x, [acc, {count, newest, []} | t] ->
          [first | oldest] = :lists.reverse(newest)
          pass(next, first, acc, {count, [x], oldest}, t)
      end
    end)
  end

  @doc "Drops elements while `fun` is truthy."
  @spec drop_while(Enumerable.t(), (element -> as_boolean(term))) :: Enumerable.t()
  def drop_while(enum, fun) when is_function(fun, 1) do
    lazy(enum, true, fn next ->
      fn x, [acc, dropping | t] ->
        if dropping && fun.(x), do: {:cont, [acc, true | t]}, else: pass(next, x, acc, false, t)
      end
    end)
  end

  @doc "Takes the first `count` elements, or the last ones if negative."
  @spec take(Enumerable.t(), integer) :: Enumerable.t()
  def take(enum, count) when is_integer(count) do
    cond do
      count == 0 or enum == [] -> %Stream{enum: []}
      count > 0 -> lazy(enum, count, &take_step/1)
      true -> fn acc, fun -> Enumerable.reduce(Enum.take(enum, count), acc, fun) end
    end
  end

  defp take_step(next) do
    fn
      x, [acc, 1 | t] ->
        {_command, acc} = pass(next, x, acc, 0, t)
        {:halt, acc}

      _x, [_acc, 0 | _t] = acc ->
        {:halt, acc}

      x, [acc, n | t] ->
        pass(next, x, acc, n - 1, t)
    end
  end

  @doc "Takes elements while `fun` is truthy."
  @spec take_while(Enumerable.t(), (element -> as_boolean(term))) :: Enumerable.t()
  def take_while(enum, fun) when is_function(fun, 1) do
    lazy(enum, fn next ->
      fn x, acc -> if fun.(x), do: next.(x, acc), else: {:halt, acc} end
    end)
  end

  @doc "Gives all accumulators of a reduction that starts with the first element."
  @spec scan(Enumerable.t(), (element, acc -> any)) :: Enumerable.t()
  def scan(enum, fun) when is_function(fun, 2) do
    lazy(enum, [], fn next ->
      fn
        x, [acc, [] | t] ->
          pass(next, x, acc, [x], t)

        x, [acc, [scanned] | t] ->
          scanned = fun.(x, scanned)
          pass(next, scanned, acc, [scanned], t)
      end
    end)
  end

  @doc "Gives all accumulators of a reduction that starts with `acc`."
  @spec scan(Enumerable.t(), acc, (element, acc -> any)) :: Enumerable.t()
  def scan(enum, acc, fun) when is_function(fun, 2) do
    lazy(enum, acc, fn next ->
      fn x, [acc, scanned | t] ->
        scanned = fun.(x, scanned)
        pass(next, scanned, acc, scanned, t)
      end
    end)
  end

  @doc "Pairs each element with its index from an offset, or calls `fun.(element, index)`."
  @spec with_index(Enumerable.t(), integer | (element, index -> any)) :: Enumerable.t()
  def with_index(enum, fun_or_offset \\ 0)

  def with_index(enum, offset) when is_integer(offset) do
    lazy(enum, offset, fn next ->
      fn x, [acc, i | t] -> pass(next, {x, i}, acc, i + 1, t) end
    end)
  end

  def with_index(enum, fun) when is_function(fun, 2) do
    lazy(enum, 0, fn next ->
      fn x, [acc, i | t] -> pass(next, fun.(x, i), acc, i + 1, t) end
    end)
  end

  ## Chunks

  @doc false
  @deprecated "Use Stream.chunk_every/2 instead"
  def chunk(enum, n), do: chunk(enum, n, n, nil)

  @doc false
  @deprecated "Use Stream.chunk_every/3 instead"
  def chunk(enum, n, step), do: chunk_every(enum, n, step, nil)

  @doc false
  @deprecated "Use Stream.chunk_every/4 instead"
  def chunk(enum, n, step, leftover)
      when is_integer(n) and n > 0 and is_integer(step) and step > 0 do
    chunk_every(enum, n, step, leftover || :discard)
  end

  @doc "Gives lists of `count` elements; the last may be shorter."
  @spec chunk_every(Enumerable.t(), pos_integer) :: Enumerable.t()
  def chunk_every(enum, count), do: chunk_every(enum, count, count, [])

  @doc "Gives lists of `count` elements that begin `step` apart; see `Enum.chunk_every/4`."
  @spec chunk_every(Enumerable.t(), pos_integer, pos_integer, Enumerable.t() | :discard) ::
          Enumerable.t()
  def chunk_every(enum, count, step, leftover \\ [])
      when is_integer(count) and count > 0 and is_integer(step) and step > 0 do
    Stream.Reducers.chunk_every(&chunk_while/4, enum, count, step, leftover)
  end

  @doc "Starts a new list whenever `fun` returns another value than for the element before."
  @spec chunk_by(Enumerable.t(), (element -> any)) :: Enumerable.t()
  def chunk_by(enum, fun) when is_function(fun, 1) do
    Stream.Reducers.chunk_by(&chunk_while/4, enum, fun)
  end

  @doc "Chunks as `chunk_fun` and, at the end, `after_fun` say; see `Enum.chunk_while/4`."
  @spec chunk_while(
          Enumerable.t(),
          acc,
          (element, acc -> {:cont, chunk, acc} | {:cont, acc} | {:halt, acc}),
          (acc -> {:cont, chunk, acc} | {:cont, acc})
        ) :: Enumerable.t()
        when chunk: any
  def chunk_while(enum, acc, chunk_fun, after_fun)
      when is_function(chunk_fun, 2) and is_function(after_fun, 1) do
    lazy(enum, [acc | after_fun], &chunk_step(&1, chunk_fun), &last_chunk/2)
  end

  defp chunk_step(next, chunk_fun) do
    fn x, [acc, [chunking | after_fun] | t] ->
      case chunk_fun.(x, chunking) do
        {:cont, chunk, chunking} ->
          case next.(chunk, [acc | t]) do
            # The consumer wants no more, so there is no last chunk.
            {:halt, [acc | t]} -> {:halt, [acc, [chunking | &{:cont, &1}] | t]}
            {command, [acc | t]} -> {command, [acc, [chunking | after_fun] | t]}
          end

        {:cont, chunking} ->
          {:cont, [acc, [chunking | after_fun] | t]}

        {:halt, chunking} ->
          {:halt, [acc, [chunking | after_fun] | t]}
      end
    end
  end

  defp last_chunk([acc, [chunking | after_fun] | t], next) do
    case after_fun.(chunking) do
      {:cont, chunk, chunking} -> pass(next, chunk, acc, [chunking | after_fun], t)
      {:cont, chunking} -> {:cont, [acc, [chunking | after_fun] | t]}
    end
  end

  ## Running

  @doc "Walks the stream for its effects; returns `:ok`."
  @spec run(Enumerable.t()) :: :ok
  def run(stream) do
    Enumerable.reduce(stream, {:cont, nil}, fn _x, _acc -> {:cont, nil} end)
    :ok
  end

  @doc "Puts the elements into `collectable` as they pass."
  @spec into(Enumerable.t(), Collectable.t(), (term -> term)) :: Enumerable.t()
  def into(enum, collectable, transform \\ fn x -> x end) when is_function(transform, 1) do
    fn acc, fun ->
      {initial, collector} = Collectable.into(collectable)

      step = fn x, [acc | collected] ->
        collected = collector.(collected, {:cont, transform.(x)})
        {command, acc} = fun.(x, acc)
        {command, [acc | collected]}
      end

      walk_into(&Enumerable.reduce(enum, &1, step), initial, collector, acc)
    end
  end

  defp walk_into(walk, collected, collector, {command, acc}) do
    case guard(fn -> walk.({command, [acc | collected]}) end, fn ->
           collector.(collected, :halt)
         end) do
      {:suspended, [acc | collected], walk} ->
        {:suspended, acc, &walk_into(walk, collected, collector, &1)}

      {reason, [acc | collected]} ->
        collector.(collected, :done)
        {reason, acc}
    end
  end

  defp guard(body, cleanup) do
    try do
      body.()
    catch
      kind, reason ->
        cleanup.()
        :erlang.raise(kind, reason, __STACKTRACE__)
    end
  end

  ## Several sources

  @doc "Maps each element to an enumerable and gives the elements of those."
  @spec flat_map(Enumerable.t(), (element -> Enumerable.t())) :: Enumerable.t()
  def flat_map(enum, mapper) when is_function(mapper, 1) do
    transform(enum, nil, fn x, nil -> {mapper.(x), nil} end)
  end

  @doc "Gives the elements of each enumerable in turn."
  @spec concat(Enumerable.t()) :: Enumerable.t()
  def concat(enumerables), do: flat_map(enumerables, fn enum -> enum end)

  @doc "Gives the elements of the first and then those of the second enumerable."
  @spec concat(Enumerable.t(), Enumerable.t()) :: Enumerable.t()
  def concat(first, second), do: flat_map([first, second], fn enum -> enum end)

  @doc "Puts `intersperse_element` between the elements."
  @spec intersperse(Enumerable.t(), any) :: Enumerable.t()
  def intersperse(enumerable, intersperse_element) do
    transform(enumerable, false, fn
      x, true -> {[intersperse_element, x], true}
      x, false -> {[x], true}
    end)
  end

  @doc "Pairs the elements of two enumerables; ends with the shorter."
  @spec zip(Enumerable.t(), Enumerable.t()) :: Enumerable.t()
  def zip(enumerable1, enumerable2) do
    zip_with(enumerable1, enumerable2, fn left, right -> {left, right} end)
  end

  @doc "Makes tuples of the corresponding elements; ends with the shortest enumerable."
  @spec zip(enumerables) :: Enumerable.t() when enumerables: [Enumerable.t()] | Enumerable.t()
  def zip(enumerables), do: zip_with(enumerables, &List.to_tuple/1)

  @doc "Calls `zip_fun` with corresponding elements of two enumerables."
  @spec zip_with(Enumerable.t(), Enumerable.t(), (term, term -> term)) :: Enumerable.t()
  def zip_with(enumerable1, enumerable2, zip_fun) when is_function(zip_fun, 2) do
    zip_with([enumerable1, enumerable2], fn [left, right] -> zip_fun.(left, right) end)
  end

  @doc "Calls `zip_fun` with the list of corresponding elements."
  @spec zip_with(enumerables, ([term] -> term)) :: Enumerable.t()
        when enumerables: [Enumerable.t()] | Enumerable.t()
  def zip_with(enumerables, zip_fun), do: Stream.Reducers.zip_with(enumerables, zip_fun)

  @doc """
  Maps each element to an enumerable, keeping an accumulator.

  `reducer` returns `{enumerable, acc}`, or `{:halt, acc}` to end the stream.
  """
  @spec transform(Enumerable.t(), acc, fun) :: Enumerable.t()
        when fun: (element, acc -> {Enumerable.t(), acc} | {:halt, acc}), acc: term
  def transform(enum, acc, reducer) when is_function(reducer, 2) do
    transform_walk(enum, fn -> acc end, reducer, nil, fn acc -> acc end)
  end

  @doc "Like `transform/3`, with an accumulator made at the start and cleaned up at the end."
  @spec transform(Enumerable.t(), (-> acc), fun, (acc -> term)) :: Enumerable.t()
        when fun: (element, acc -> {Enumerable.t(), acc} | {:halt, acc}), acc: term
  def transform(enum, start_fun, reducer, after_fun)
      when is_function(start_fun, 0) and is_function(reducer, 2) and is_function(after_fun, 1) do
    transform_walk(enum, start_fun, reducer, nil, after_fun)
  end

  @doc "Like `transform/4`; `last_fun` may give a last enumerable when the source is exhausted."
  @spec transform(Enumerable.t(), (-> acc), fun, last, (acc -> term)) :: Enumerable.t()
        when fun: (element, acc -> {Enumerable.t(), acc} | {:halt, acc}),
             last: (acc -> {Enumerable.t(), acc} | {:halt, acc}),
             acc: term
  def transform(enum, start_fun, reducer, last_fun, after_fun)
      when is_function(start_fun, 0) and is_function(reducer, 2) and is_function(last_fun, 1) and
             is_function(after_fun, 1) do
    transform_walk(enum, start_fun, reducer, last_fun, after_fun)
  end

  defp transform_walk(enum, start_fun, reducer, last_fun, after_fun) do
    fn acc, fun ->
      source = &Enumerable.reduce(enum, &1, fn x, given -> {:suspend, [x | given]} end)
      transform(start_fun.(), [], source, :more, acc, {fun, reducer, last_fun, after_fun})
    end
  end

  # `given` holds elements that the source gave at once; `phase` tells whether it can give more,
  # whether the last enumerable is due, or whether all is over.
  defp transform(state, _given, source, _phase, {:halt, acc}, {_, _, _, after_fun}) do
    source.({:halt, []})
    after_fun.(state)
    {:halted, acc}
  end

  defp transform(state, given, source, phase, {:suspend, acc}, funs) do
    {:suspended, acc, &transform(state, given, source, phase, &1, funs)}
  end

  defp transform(state, [x | given], source, phase, acc, {_, reducer, _, _} = funs) do
    result = guard(fn -> reducer.(x, state) end, fn -> finish(source, state, funs) end)
    transformed(result, given, source, phase, acc, funs)
  end

  defp transform(state, [], source, :more, acc, {_, _, _, after_fun} = funs) do
    case guard(fn -> source.({:cont, []}) end, fn -> after_fun.(state) end) do
      {:suspended, given, source} ->
        transform(state, :lists.reverse(given), source, :more, acc, funs)

      {_, given} ->
        ended = fn _ -> {:done, []} end
        transform(state, :lists.reverse(given), ended, :last, acc, funs)
    end
  end

  defp transform(state, [], source, :last, acc, {_, _, last_fun, after_fun} = funs)
       when last_fun != nil do
    result = guard(fn -> last_fun.(state) end, fn -> after_fun.(state) end)
    transformed(result, [], source, :over, acc, funs)
  end

  defp transform(state, [], _source, _phase, {:cont, acc}, {_, _, _, after_fun}) do
    after_fun.(state)
    {:halted, acc}
  end

  defp transformed({:halt, state}, _given, source, _phase, {_, acc}, funs) do
    finish(source, state, funs)
    {:halted, acc}
  end

  defp transformed({[], state}, given, source, phase, acc, funs) do
    transform(state, given, source, phase, acc, funs)
  end

  defp transformed({inner, state}, given, source, phase, acc, {fun, _, _, _} = funs) do
    finish = fn -> finish(source, state, funs) end

    halted = fn acc ->
      finish.()
      {:halted, acc}
    end

    go_on = &transform(state, given, source, phase, &1, funs)
    walk_inner(inner, acc, fun, go_on, halted, finish)
  end

  defp transformed(other, _given, _source, _phase, _acc, _funs), do: raise(CaseClauseError, term: other)

  defp finish(source, state, {_, _, _, after_fun}) do
    source.({:halt, []})
    after_fun.(state)
  end

  # Walks an enumerable within the walk of another. Then either `go_on` continues that with the
  # accumulator, or `halted` ends it, since the consumer has halted; `cleanup` is for crashes.
  defp walk_inner(list, acc, fun, go_on, halted, cleanup) when is_list(list) do
    walk_list(&Enumerable.List.reduce(list, &1, fun), acc, go_on, halted, cleanup)
  end

  # An enumerable may halt by itself: `:inner` marks that it was the consumer, as Elixir names them.
  defp walk_inner(enum, acc, fun, go_on, halted, cleanup) do
    step = fn x, [:outer | acc] ->
      case fun.(x, acc) do
        {:halt, acc} -> {:halt, [:inner | acc]}
        {command, acc} -> {command, [:outer | acc]}
      end
    end

    walk_enum(&Enumerable.reduce(enum, &1, step), acc, go_on, halted, cleanup)
  end

  defp walk_list(walk, acc, go_on, halted, cleanup) do
    case guard(fn -> walk.(acc) end, cleanup) do
      {:done, acc} ->
        go_on.({:cont, acc})

      {:halted, acc} ->
        halted.(acc)

      {:suspended, acc, walk} ->
        {:suspended, acc, &walk_list(walk, &1, go_on, halted, cleanup)}
    end
  end

  defp walk_enum(walk, {command, acc}, go_on, halted, cleanup) do
    case guard(fn -> walk.({command, [:outer | acc]}) end, cleanup) do
      {:halted, [:outer | acc]} when command != :halt ->
        go_on.({:cont, acc})

      {:halted, [_ | acc]} ->
        halted.(acc)

      {:done, [_ | acc]} ->
        go_on.({:cont, acc})

      {:suspended, [_ | acc], walk} ->
        {:suspended, acc, &walk_enum(walk, &1, go_on, halted, cleanup)}

      other ->
        raise TryClauseError, term: other
    end
  end

  ## Sources

  @doc "Gives `value` `n` times."
  @spec duplicate(any, non_neg_integer) :: Enumerable.t()
  def duplicate(value, n) when is_integer(n) and n >= 0 do
    unfold(n, fn
      0 -> nil
      n -> {value, n - 1}
    end)
  end

  @doc "Counts from an offset, or gives `fun.(index)` for the indices from 0."
  @spec from_index(integer | (non_neg_integer -> any)) :: Enumerable.t()
  def from_index(fun_or_offset \\ 0)
  def from_index(offset) when is_integer(offset), do: unfold(offset, &{&1, &1 + 1})
  def from_index(fun) when is_function(fun), do: unfold(0, &{fun.(&1), &1 + 1})

  @doc "Counts from 0, waiting `n` milliseconds before each number."
  @spec interval(timer) :: Enumerable.t()
  def interval(n) when is_timer(n) do
    unfold(0, fn count ->
      Process.sleep(n)
      {count, count + 1}
    end)
  end

  @doc "Gives 0 after `n` milliseconds."
  @spec timer(timer) :: Enumerable.t()
  def timer(n) when is_timer(n), do: take(interval(n), 1)

  @doc "Gives `start_value` and what `next_fun` makes of each value."
  @spec iterate(element, (element -> element)) :: Enumerable.t()
  def iterate(start_value, next_fun) when is_function(next_fun, 1) do
    unfold({:first, start_value}, fn
      {:first, value} ->
        {value, {:after, value}}

      {:after, value} ->
        value = next_fun.(value)
        {value, {:after, value}}
    end)
  end

  @doc "Gives what `generator_fun` returns, again and again."
  @spec repeatedly((-> element)) :: Enumerable.t()
  def repeatedly(generator_fun) when is_function(generator_fun, 0) do
    unfold(nil, fn nil -> {generator_fun.(), nil} end)
  end

  @doc "Gives values while `next_fun` returns `{value, next_acc}`; `nil` ends the stream."
  @spec unfold(acc, (acc -> {element, acc} | nil)) :: Enumerable.t()
  def unfold(next_acc, next_fun) when is_function(next_fun, 1) do
    &do_unfold(next_acc, next_fun, &1, &2)
  end

  defp do_unfold(next_acc, next_fun, {:cont, acc}, fun) do
    case next_fun.(next_acc) do
      {x, next_acc} -> do_unfold(next_acc, next_fun, fun.(x, acc), fun)
      nil -> {:done, acc}
    end
  end

  defp do_unfold(_next_acc, _next_fun, {:halt, acc}, _fun), do: {:halted, acc}

  defp do_unfold(next_acc, next_fun, {:suspend, acc}, fun) do
    {:suspended, acc, &do_unfold(next_acc, next_fun, &1, fun)}
  end

  @doc """
  Gives the elements of a resource.

  `start_fun` opens it, `next_fun` returns `{enumerable, acc}` or `{:halt, acc}`, `after_fun` closes
  it, however the walk ends.
  """
  @spec resource((-> acc), (acc -> {[element], acc} | {:halt, acc}), (acc -> term)) ::
          Enumerable.t()
  def resource(start_fun, next_fun, after_fun)
      when is_function(start_fun, 0) and is_function(next_fun, 1) and is_function(after_fun, 1) do
    &walk_resource(start_fun.(), next_fun, after_fun, &1, &2)
  end

  defp walk_resource(state, next_fun, after_fun, {:cont, acc}, fun) do
    case guard(fn -> next_fun.(state) end, fn -> after_fun.(state) end) do
      {:halt, state} ->
        walk_resource(state, next_fun, after_fun, {:halt, acc}, fun)

      {[], state} ->
        walk_resource(state, next_fun, after_fun, {:cont, acc}, fun)

      {enum, state} ->
        go_on = &walk_resource(state, next_fun, after_fun, &1, fun)
        halted = &walk_resource(state, next_fun, after_fun, {:halt, &1}, fun)
        walk_inner(enum, {:cont, acc}, fun, go_on, halted, fn -> after_fun.(state) end)

      other ->
        raise TryClauseError, term: other
    end
  end

  defp walk_resource(state, _next_fun, after_fun, {:halt, acc}, _fun) do
    after_fun.(state)
    {:halted, acc}
  end

  defp walk_resource(state, next_fun, after_fun, {:suspend, acc}, fun) do
    {:suspended, acc, &walk_resource(state, next_fun, after_fun, &1, fun)}
  end

  @doc "Gives the elements again and again, for ever."
  @spec cycle(Enumerable.t()) :: Enumerable.t()
  def cycle(enumerable)
  def cycle([]), do: empty_cycle()

  def cycle(enumerable) when is_list(enumerable) do
    unfold({enumerable, enumerable}, fn
      {list, [h | t]} -> {h, {list, t}}
      {[h | t] = list, []} -> {h, {list, t}}
    end)
  end

  def cycle(enumerable) do
    fn acc, fun ->
      start = &Enumerable.reduce(enumerable, &1, fn x, [] -> {:suspend, [x]} end)
      walk_cycle(start, start, true, acc, fun)
    end
  end

  # `first?` as long as the enumerable has not shown an element.
  defp walk_cycle(walk, start, first?, {:cont, acc}, fun) do
    case walk.({:cont, []}) do
      {:suspended, [x], walk} -> walk_cycle(walk, start, false, fun.(x, acc), fun)
      {_, [x]} -> walk_cycle(start, start, false, fun.(x, acc), fun)
      {_, []} when first? -> empty_cycle()
      {_, []} -> walk_cycle(start, start, false, {:cont, acc}, fun)
    end
  end

  defp walk_cycle(walk, _start, _first?, {:halt, acc}, _fun) do
    walk.({:halt, []})
    {:halted, acc}
  end

  defp walk_cycle(walk, start, first?, {:suspend, acc}, fun) do
    {:suspended, acc, &walk_cycle(walk, start, first?, &1, fun)}
  end

  defp empty_cycle, do: raise(ArgumentError, "cannot cycle over an empty enumerable")
end

defimpl Enumerable, for: Stream do
  def count(_stream), do: {:error, __MODULE__}
  def member?(_stream, _element), do: {:error, __MODULE__}
  def slice(_stream), do: {:error, __MODULE__}

  def reduce(%Stream{enum: enum, funs: funs, accs: accs, done: done}, acc, fun) do
    last = fn x, [acc] ->
      {command, acc} = fun.(x, acc)
      {command, [acc]}
    end

    # The latest step is the first in the list, so the first one ends up outermost.
    step = :lists.foldl(fn step, next -> step.(next) end, last, funs)
    walk(&Enumerable.reduce(enum, &1, step), done && {done, last}, :lists.reverse(accs), acc)
  end

  defp walk(walk, done, states, {command, acc}) do
    case walk.({command, [acc | states]}) do
      {:suspended, [acc | states], walk} -> {:suspended, acc, &walk(walk, done, states, &1)}
      {reason, accs} -> finish(reason, accs, done)
    end
  end

  defp finish(reason, [acc | _states], nil), do: {reason, acc}

  # The step that has something left is the last one.
  defp finish(reason, [acc | states], {done, last}) do
    case done.([acc, List.last(states)], last) do
      {:cont, [acc | _]} -> {reason, acc}
      {:halt, [acc | _]} -> {:halted, acc}
      {:suspend, [acc | _]} -> {:suspended, acc, fn {_, acc} -> {:done, acc} end}
    end
  end
end

defimpl Inspect, for: Stream do
  import Inspect.Algebra

  def inspect(%{enum: enum, funs: funs}, opts) do
    concat(["#Stream<", to_doc([enum: enum, funs: :lists.reverse(funs)], opts), ">"])
  end
end
