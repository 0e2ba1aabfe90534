# Processes are traced from outside: their messages, calls, children and ends come as messages to the tracer.
defmodule Sums do
  def to(0), do: 0
  def to(n), do: n + __MODULE__.to(n - 1)
  def fail(_), do: raise("failed")
end

defmodule Tracer do
  # A process that does something once it is traced, and what is told of it, process by process; pids are shown by name.
  def of(flags, action) do
    pid = spawn(fn -> receive(do: (:go -> action.())) end)
    1 = :erlang.trace(pid, true, flags)
    send(pid, :go)
    messages = messages()
    children = for {:trace, ^pid, :spawn, child, _} <- messages, into: %{}, do: {child, :child}
    names = Map.merge(%{pid => :traced, self() => :tracer}, children)

    for process <- [pid | Map.keys(children)], message <- messages, elem(message, 1) == process do
      IO.inspect(shown(message, names), width: 120)
    end
  end

  defp messages do
    receive do
      message -> [message | messages()]
    after
      50 -> []
    end
  end

  defp shown(pid, names) when is_pid(pid), do: Map.get(names, pid, :other)
  defp shown(reference, _) when is_reference(reference), do: :reference
  defp shown(fun, _) when is_function(fun), do: :fun
  defp shown(tuple, names) when is_tuple(tuple), do: tuple |> Tuple.to_list() |> shown(names) |> List.to_tuple()
  defp shown([head | tail], names), do: [shown(head, names) | shown(tail, names)]
  defp shown(other, _), do: other
end

Process.register(self(), :tracer)

Tracer.of([:send, :receive], fn ->
  send(:tracer, {:hello, :you})
  send(self(), :me)
  Process.send_after(self(), :tick, 1)
  receive(do: (:tick -> :ok))
  receive(do: (:none -> :ok), after: (1 -> :ok))
end)

# expect: {:trace, :traced, :receive, :go}
# expect: {:trace, :traced, :send, {:hello, :you}, :tracer}
# expect: {:trace, :traced, :send, :me, :traced}
# expect: {:trace, :traced, :receive, :me}
# expect: {:trace, :traced, :receive, :tick}
# expect: {:trace, :traced, :receive, :timeout}

IO.inspect(:erlang.trace_pattern(:receive, [{[:_, self(), :_], [], []}], []))
# expect: 1
Tracer.of([:receive], fn -> send(self(), :not_from_tracer) end)
# expect: {:trace, :traced, :receive, :go}
:erlang.trace_pattern(:receive, true, [])

Tracer.of([:procs, :set_on_spawn], fn ->
  Process.register(self(), :somebody)
  spawn_link(fn -> exit(:shutdown) end)
  Process.sleep(:infinity)
end)

# expect: {:trace, :traced, :register, :somebody}
# expect: {:trace, :traced, :spawn, :child, {:erlang, :apply, [:fun, []]}}
# expect: {:trace, :traced, :link, :child}
# expect: {:trace, :traced, :exit, :shutdown}
# expect: {:trace, :traced, :unregister, :somebody}
# expect: {:trace, :child, :spawned, :traced, {:erlang, :apply, [:fun, []]}}
# expect: {:trace, :child, :getting_linked, :traced}
# expect: {:trace, :child, :exit, :shutdown}

Tracer.of([:procs], fn ->
  spawn_link(fn -> :ok end)
  Process.sleep(5)
  exit({:ended, self()})
end)

# expect: {:trace, :traced, :spawn, :child, {:erlang, :apply, [:fun, []]}}
# expect: {:trace, :traced, :link, :child}
# expect: {:trace, :traced, :getting_unlinked, :child}
# expect: {:trace, :traced, :exit, {:ended, :traced}}

# Calls through the name of a module, of the functions that the pattern says.
IO.inspect(:erlang.trace_pattern({Sums, :to, :_}, [{[:"$1"], [{:>, :"$1", 1}], [{:return_trace}]}], []))
# expect: 1
Tracer.of([:call], fn -> Sums.to(3) end)
# expect: {:trace, :traced, :call, {Sums, :to, [3]}}
# expect: {:trace, :traced, :call, {Sums, :to, [2]}}
# expect: {:trace, :traced, :return_from, {Sums, :to, 1}, 3}
# expect: {:trace, :traced, :return_from, {Sums, :to, 1}, 6}
IO.inspect(:erlang.trace_info({Sums, :to, 1}, :traced))
# expect: {:traced, :global}
IO.inspect(:erlang.trace_pattern({Sums, :_, :_}, false, []))
# expect: 5
Tracer.of([:call], fn -> Sums.to(3) end)

:erlang.trace_pattern({Sums, :fail, 1}, [{:_, [], [{:exception_trace}, {:message, {{:by, {:self}}}}]}], [])
Tracer.of([:call, :arity], fn -> try(do: Sums.fail(1), rescue: (_ -> :ok)) end)
# expect: {:trace, :traced, :call, {Sums, :fail, 1}, {:by, :traced}}
# expect: {:trace, :traced, :exception_from, {Sums, :fail, 1}, {:error, %RuntimeError{message: "failed"}}}

# A tracer that ends traces nobody; a process has one tracer.
pid = spawn(fn -> Process.sleep(:infinity) end)
tracer = spawn(fn -> Process.sleep(:infinity) end)
1 = :erlang.trace(pid, true, [:send, :procs, tracer: tracer])
IO.inspect(:erlang.trace_info(pid, :flags))
# expect: {:flags, [:procs, :send]}
IO.puts(try(do: :erlang.trace(pid, true, [:send]), rescue: (error -> Exception.message(error))))
# expect: errors were found at the given arguments:
# expect:
# expect:   * 1st argument: invalid spec for pid or port
# expect:
Process.exit(tracer, :kill)
Process.sleep(10)
IO.inspect(:erlang.trace_info(pid, :tracer))
# expect: {:tracer, []}
