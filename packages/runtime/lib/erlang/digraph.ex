defmodule :digraph do
  @moduledoc """
  Erlang's `:digraph`: directed graphs that change in place. A graph is `{:digraph, vertices, edges, neighbours, cyclic?}`
  with three tables, which die with the process that made them.
  """

  @doc "A new graph, in which cycles are allowed."
  def new, do: new([])

  @doc "A new graph of options: `:cyclic` or `:acyclic`, `:protected` or `:private`."
  def new(options) when is_list(options) do
    case :lists.all(fn option -> option in [:cyclic, :acyclic, :protected, :private] end, options) do
      true ->
        access = if :private in options, do: :private, else: :protected
        vertices = :ets.new(:vertices, [:set, access])
        edges = :ets.new(:edges, [:set, access])
        neighbours = :ets.new(:neighbours, [:bag, access])
        :ets.insert(neighbours, {:"$vid", 0})
        :ets.insert(neighbours, {:"$eid", 0})
        {:digraph, vertices, edges, neighbours, :acyclic not in options}

      false ->
        :erlang.error(:badarg, [options])
    end
  end

  def new(options), do: :erlang.error(:badarg, [options])

  @doc "Deletes the tables of a graph."
  def delete({:digraph, vertices, edges, neighbours, _}) do
    :ets.delete(vertices)
    :ets.delete(edges)
    :ets.delete(neighbours)
  end

  def delete(graph), do: :erlang.error({:badrecord, graph})

  @doc "What kind of graph this is."
  def info({:digraph, vertices, edges, neighbours, cyclic}) do
    memory = :ets.info(vertices, :memory) + :ets.info(edges, :memory) + :ets.info(neighbours, :memory)

    [
      cyclicity: if(cyclic, do: :cyclic, else: :acyclic),
      memory: memory,
      protection: :ets.info(vertices, :protection)
    ]
  end

  def info(graph), do: :erlang.error({:badrecord, graph})

  @doc "Adds a vertex with a name of its own."
  def add_vertex({:digraph, _, _, neighbours, _} = graph), do: add_vertex(graph, [:"$v" | counted(neighbours, :"$vid")])
  def add_vertex(graph), do: :erlang.error({:badrecord, graph})

  @doc "Adds a vertex, or takes away its label."
  def add_vertex(graph, vertex), do: add_vertex(graph, vertex, [])

  @doc "Adds a vertex with a label, or changes its label."
  def add_vertex({:digraph, vertices, _, _, _}, vertex, label) do
    :ets.insert(vertices, {vertex, label})
    vertex
  end

  def add_vertex(graph, _a, _b), do: :erlang.error({:badrecord, graph})

  defp counted(neighbours, key) do
    [{^key, count}] = :ets.lookup(neighbours, key)
    :ets.delete(neighbours, key)
    :ets.insert(neighbours, {key, count + 1})
    count
  end

  @doc "`{vertex, label}` or `false`."
  def vertex({:digraph, vertices, _, _, _}, vertex) do
    case :ets.lookup(vertices, vertex) do
      [found] -> found
      [] -> false
    end
  end

  def vertex(graph, _a), do: :erlang.error({:badrecord, graph})

  @doc "The number of vertices."
  def no_vertices({:digraph, vertices, _, _, _}), do: :ets.info(vertices, :size)
  def no_vertices(graph), do: :erlang.error({:badrecord, graph})

  @doc "All vertices."
  def vertices({:digraph, vertices, _, _, _}), do: :ets.select(vertices, [{{:"$1", :_}, [], [:"$1"]}])
  def vertices(graph), do: :erlang.error({:badrecord, graph})

  @doc "Vertices that no edge leads to."
  def source_vertices(graph), do: :lists.filter(fn vertex -> in_edges(graph, vertex) === [] end, vertices(graph))

  @doc "Vertices that no edge leads out of."
  def sink_vertices(graph), do: :lists.filter(fn vertex -> out_edges(graph, vertex) === [] end, vertices(graph))

  @doc "Deletes a vertex with its edges."
  def del_vertex({:digraph, vertices, _, _, _} = graph, vertex) do
    del_edges(graph, in_edges(graph, vertex) ++ out_edges(graph, vertex))
    :ets.delete(vertices, vertex)
  end

  def del_vertex(graph, _a), do: :erlang.error({:badrecord, graph})

  @doc "Deletes vertices with their edges."
  def del_vertices(graph, list) do
    :lists.foreach(&del_vertex(graph, &1), list)
    true
  end

  @doc "Adds an edge with a name of its own."
  def add_edge(graph, from, to), do: add_edge(graph, from, to, [])

  @doc "Adds an edge with a label."
  def add_edge({:digraph, _, _, neighbours, _} = graph, from, to, label),
    do: add_edge(graph, [:"$e" | counted(neighbours, :"$eid")], from, to, label)
  def add_edge(graph, _a, _b, _c), do: :erlang.error({:badrecord, graph})

  @doc "Adds an edge of a name with a label, or changes the edge. Answers `{:error, reason}` where it cannot be."
  def add_edge({:digraph, vertices, edges, neighbours, cyclic} = graph, edge, from, to, label) do
    cond do
      not :ets.member(vertices, from) ->
        {:error, {:bad_vertex, from}}

      not :ets.member(vertices, to) ->
        {:error, {:bad_vertex, to}}

      moves?(edge(graph, edge), from, to) ->
        {:error, {:bad_edge, [from, to]}}

      not cyclic and from === to ->
        {:error, {:bad_edge, [from, to]}}

      not cyclic and get_path(graph, to, from) !== false ->
        {:error, {:bad_edge, get_path(graph, to, from)}}

      true ->
        :ets.insert(neighbours, [{{:in, to}, edge}, {{:out, from}, edge}])
        :ets.insert(edges, {edge, from, to, label})
        edge
    end
  end

  def add_edge(graph, _a, _b, _c, _d), do: :erlang.error({:badrecord, graph})

  defp moves?({_, from, to, _}, from, to), do: false
  defp moves?(edge, _from, _to), do: edge !== false

  @doc "`{edge, from, to, label}` or `false`."
  def edge({:digraph, _, edges, _, _}, edge) do
    case :ets.lookup(edges, edge) do
      [found] -> found
      [] -> false
    end
  end

  def edge(graph, _a), do: :erlang.error({:badrecord, graph})

  @doc "The number of edges."
  def no_edges({:digraph, _, edges, _, _}), do: :ets.info(edges, :size)
  def no_edges(graph), do: :erlang.error({:badrecord, graph})

  @doc "All edges."
  def edges({:digraph, _, edges, _, _}), do: :ets.select(edges, [{{:"$1", :_, :_, :_}, [], [:"$1"]}])
  def edges(graph), do: :erlang.error({:badrecord, graph})

  @doc "The edges into and out of a vertex."
  def edges(graph, vertex), do: :lists.uniq(in_edges(graph, vertex) ++ out_edges(graph, vertex))

  @doc "The edges into a vertex."
  def in_edges({:digraph, _, _, neighbours, _}, vertex), do: neighbours_of(neighbours, {:in, vertex})
  def in_edges(graph, _a), do: :erlang.error({:badrecord, graph})

  @doc "The edges out of a vertex."
  def out_edges({:digraph, _, _, neighbours, _}, vertex), do: neighbours_of(neighbours, {:out, vertex})
  def out_edges(graph, _a), do: :erlang.error({:badrecord, graph})

  defp neighbours_of(neighbours, key), do: :lists.map(fn {_, edge} -> edge end, :ets.lookup(neighbours, key))

  @doc "The number of edges into a vertex."
  def in_degree(graph, vertex), do: :erlang.length(in_edges(graph, vertex))

  @doc "The number of edges out of a vertex."
  def out_degree(graph, vertex), do: :erlang.length(out_edges(graph, vertex))

  @doc "The vertices that edges lead to the vertex from."
  def in_neighbours({:digraph, _, edges, _, _} = graph, vertex),
    do: :lists.foldl(fn edge, acc -> [:ets.lookup_element(edges, edge, 2) | acc] end, [], in_edges(graph, vertex))
  def in_neighbours(graph, _a), do: :erlang.error({:badrecord, graph})

  @doc "The vertices that edges lead to out of the vertex."
  def out_neighbours({:digraph, _, edges, _, _} = graph, vertex),
    do: :lists.foldl(fn edge, acc -> [:ets.lookup_element(edges, edge, 3) | acc] end, [], out_edges(graph, vertex))
  def out_neighbours(graph, _a), do: :erlang.error({:badrecord, graph})

  @doc "Deletes an edge."
  def del_edge({:digraph, _, edges, neighbours, _}, edge) do
    case :ets.lookup(edges, edge) do
      [{_, from, to, _}] ->
        :ets.delete_object(neighbours, {{:in, to}, edge})
        :ets.delete_object(neighbours, {{:out, from}, edge})
        :ets.delete(edges, edge)

      [] ->
        true
    end
  end

  def del_edge(graph, _a), do: :erlang.error({:badrecord, graph})

  @doc "Deletes edges."
  def del_edges(graph, list) do
    :lists.foreach(&del_edge(graph, &1), list)
    true
  end

  @doc "Deletes the edges of paths until none leads from one vertex to the other."
  def del_path(graph, from, to) do
    case get_path(graph, from, to) do
      false ->
        true

      path ->
        del_steps(graph, path)
        del_path(graph, from, to)
    end
  end

  defp del_steps(graph, [from | [to | _] = rest]) do
    del_edges(graph, :lists.filter(fn edge -> :erlang.element(3, edge(graph, edge)) === to end, out_edges(graph, from)))
    del_steps(graph, rest)
  end

  defp del_steps(_graph, [_]), do: true

  @doc "Some path of one edge or more between two vertices, or `false`."
  def get_path(graph, from, to), do: deepen(graph, to, [{from, out_neighbours(graph, from)}], %{})

  # Depth first: a stack of vertices on the way, each with the neighbours still to try.
  defp deepen(graph, to, [{_, [next | rest]} | _] = stack, seen) do
    [{at, _} | below] = stack

    cond do
      next === to -> :lists.reverse([to | :lists.map(fn {vertex, _} -> vertex end, stack)])
      :maps.is_key(next, seen) -> deepen(graph, to, [{at, rest} | below], seen)
      true -> deepen(graph, to, [{next, out_neighbours(graph, next)}, {at, rest} | below], :maps.put(next, true, seen))
    end
  end

  defp deepen(graph, to, [{_, []} | below], seen), do: deepen(graph, to, below, seen)
  defp deepen(_graph, _to, [], _seen), do: false

  @doc "A cycle through a vertex: of two vertices or more, or else its loop; `false` if there is none."
  def get_cycle(graph, vertex) do
    loop = :lists.member(vertex, out_neighbours(graph, vertex))
    others = :lists.filter(fn next -> next !== vertex end, out_neighbours(graph, vertex))

    case deepen(graph, vertex, [{vertex, others}], %{}) do
      false when loop -> [vertex]
      path -> path
    end
  end

  @doc "A shortest cycle through a vertex, `[vertex, vertex]` for a loop, or `false`."
  def get_short_cycle(graph, vertex), do: get_short_path(graph, vertex, vertex)

  @doc "A path of least edges between two vertices, of one edge at least, or `false`."
  def get_short_path(graph, from, to), do: widen(graph, to, [[from]], [], %{})

  # Breadth first: paths in reverse, those of the next length gathered apart.
  defp widen(graph, to, [[at | _] = path | paths], longer, seen) do
    neighbours = out_neighbours(graph, at)

    case :lists.member(to, neighbours) do
      true ->
        :lists.reverse([to | path])

      false ->
        new = :lists.filter(fn next -> not :maps.is_key(next, seen) end, :lists.uniq(neighbours))
        seen = :lists.foldl(fn next, acc -> :maps.put(next, true, acc) end, seen, new)
        widen(graph, to, paths, :lists.map(fn next -> [next | path] end, new) ++ longer, seen)
    end
  end

  defp widen(_graph, _to, [], [], _seen), do: false
  defp widen(graph, to, [], longer, seen), do: widen(graph, to, :lists.reverse(longer), [], seen)
end
