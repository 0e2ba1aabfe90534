defmodule :digraph_utils do
  @moduledoc "Erlang's `:digraph_utils`: algorithms on the graphs of `:digraph`."

  @doc "The vertices so that edges lead only forwards, or `false` if there is a cycle; loops do not count."
  def topsort(graph) do
    order = :lists.reverse(postorder(graph))
    positions = :maps.from_list(:lists.zip(order, :lists.seq(1, :erlang.length(order))))

    forwards =
      :lists.all(
        fn vertex ->
          :lists.all(
            fn next -> :maps.get(next, positions) >= :maps.get(vertex, positions) end,
            :digraph.out_neighbours(graph, vertex)
          )
        end,
        order
      )

    if forwards, do: order, else: false
  end

  @doc "Whether the graph has no cycle."
  def is_acyclic(graph), do: loop_vertices(graph) === [] and topsort(graph) !== false

  @doc "The vertices in the order in which a walk in depth leaves them."
  def postorder(graph) do
    {order, _seen} = leave(:digraph.vertices(graph), graph, [], %{})
    :lists.reverse(order)
  end

  defp leave([vertex | rest], graph, order, seen) do
    case seen do
      %{^vertex => _} ->
        leave(rest, graph, order, seen)

      %{} ->
        {order, seen} =
          leave(:digraph.out_neighbours(graph, vertex), graph, order, :maps.put(vertex, true, seen))

        leave(rest, graph, [vertex | order], seen)
    end
  end

  defp leave([], _graph, order, seen), do: {order, seen}

  @doc "The vertices in the order in which a walk in depth comes to them."
  def preorder(graph) do
    {order, _seen} = enter(:digraph.vertices(graph), &:digraph.out_neighbours(graph, &1), [], %{})
    :lists.reverse(order)
  end

  defp enter([vertex | rest], neighbours, order, seen) do
    case seen do
      %{^vertex => _} ->
        enter(rest, neighbours, order, seen)

      %{} ->
        {order, seen} = enter(neighbours.(vertex), neighbours, [vertex | order], :maps.put(vertex, true, seen))
        enter(rest, neighbours, order, seen)
    end
  end

  defp enter([], _neighbours, order, seen), do: {order, seen}

  @doc "The vertices that can be come to from some of the given ones, these included."
  def reachable(vertices, graph) do
    {order, _seen} = enter(vertices, &:digraph.out_neighbours(graph, &1), [], %{})
    order
  end

  @doc "As `reachable/2`, by paths of one edge or more."
  def reachable_neighbours(vertices, graph),
    do: reachable(:lists.flatmap(&:digraph.out_neighbours(graph, &1), vertices), graph)

  @doc "The vertices from which some of the given ones can be come to, these included."
  def reaching(vertices, graph) do
    {order, _seen} = enter(vertices, &:digraph.in_neighbours(graph, &1), [], %{})
    order
  end

  @doc "As `reaching/2`, by paths of one edge or more."
  def reaching_neighbours(vertices, graph),
    do: reaching(:lists.flatmap(&:digraph.in_neighbours(graph, &1), vertices), graph)

  @doc "The vertices in groups that hang together, whatever the direction of edges."
  def components(graph) do
    grouped(
      :digraph.vertices(graph),
      fn vertex -> :digraph.out_neighbours(graph, vertex) ++ :digraph.in_neighbours(graph, vertex) end
    )
  end

  @doc "The vertices in groups, within which every one can be come to from every other."
  def strong_components(graph),
    do: grouped(:lists.reverse(postorder(graph)), &:digraph.in_neighbours(graph, &1))

  @doc "The strong components with a cycle."
  def cyclic_strong_components(graph) do
    :lists.filter(
      fn
        [vertex] -> :lists.member(vertex, :digraph.out_neighbours(graph, vertex))
        _ -> true
      end,
      strong_components(graph)
    )
  end

  defp grouped(vertices, neighbours) do
    {groups, _seen} =
      :lists.foldl(
        fn vertex, {groups, seen} ->
          case enter([vertex], neighbours, [], seen) do
            {[], seen} -> {groups, seen}
            {group, seen} -> {[group | groups], seen}
          end
        end,
        {[], %{}},
        vertices
      )

    groups
  end

  @doc "The vertices with a loop."
  def loop_vertices(graph),
    do: :lists.filter(fn vertex -> :lists.member(vertex, :digraph.out_neighbours(graph, vertex)) end, :digraph.vertices(graph))

  @doc "Whether the graph is a tree."
  def is_tree(graph) do
    :digraph.no_edges(graph) === :digraph.no_vertices(graph) - 1 and :erlang.length(components(graph)) === 1
  end

  @doc "A new graph of some vertices and the edges between them."
  def subgraph(graph, vertices) do
    new = :digraph.new()

    :lists.foreach(
      fn vertex ->
        case :digraph.vertex(graph, vertex) do
          {_, label} -> :digraph.add_vertex(new, vertex, label)
          false -> :ok
        end
      end,
      vertices
    )

    :lists.foreach(
      fn edge ->
        {_, from, to, label} = :digraph.edge(graph, edge)
        :digraph.add_edge(new, edge, from, to, label)
      end,
      :digraph.edges(graph)
    )

    new
  end

  @doc "Like `subgraph/2`; options are `type: :inherit | types` and `keep_labels: boolean`."
  def subgraph(graph, vertices, options) do
    new = subgraph(graph, vertices)

    if :proplists.get_value(:keep_labels, options, true) do
      new
    else
      :lists.foreach(&:digraph.add_vertex(new, &1, []), :digraph.vertices(new))

      :lists.foreach(
        fn edge ->
          {_, from, to, _} = :digraph.edge(new, edge)
          :digraph.add_edge(new, edge, from, to, [])
        end,
        :digraph.edges(new)
      )

      new
    end
  end

  @doc "A graph whose vertices are the strong components."
  def condensation(graph) do
    components = strong_components(graph)
    new = :digraph.new()
    :lists.foreach(&:digraph.add_vertex(new, &1), components)
    owner = :maps.from_list(:lists.flatmap(fn component -> :lists.map(&{&1, component}, component) end, components))

    pairs =
      :lists.usort(
        :lists.map(
          fn edge ->
            {_, from, to, _} = :digraph.edge(graph, edge)
            {:maps.get(from, owner), :maps.get(to, owner)}
          end,
          :digraph.edges(graph)
        )
      )

    :lists.foreach(fn {from, to} -> :digraph.add_edge(new, from, to) end, pairs)
    new
  end

  @doc "Whether the graph is a tree whose edges lead away from a root."
  def is_arborescence(graph), do: arborescence_root(graph) !== :no

  @doc "`{:yes, root}` of such a tree, else `:no`."
  def arborescence_root(graph) do
    roots = :lists.filter(&(:digraph.in_degree(graph, &1) === 0), :digraph.vertices(graph))

    case roots do
      [root] -> if is_tree(graph), do: {:yes, root}, else: :no
      _ -> :no
    end
  end
end
