# Handlers come, hear events newest first, answer, are swapped, and leave when they fail.
defmodule Counter do
  @behaviour :gen_event

  def init({:swapped, count}), do: {:ok, {:new, count}}
  def init({{:swapped, name}, count}), do: {:ok, {name, count}}
  def init(name), do: {:ok, {name, 0}}

  def handle_event(:crash, _state), do: raise("crash")

  def handle_event(event, {name, count}) do
    IO.puts("#{name} hears #{event}")
    {:ok, {name, count + 1}}
  end

  def handle_call(:count, {_name, count} = state), do: {:ok, count, state}

  def terminate(:out, {_name, count}), do: count
  def terminate(_reason, {name, _count}), do: IO.puts("#{name} leaves")
end

{:ok, manager} = :gen_event.start_link()
:ok = :gen_event.add_handler(manager, Counter, :first)
:ok = :gen_event.add_handler(manager, {Counter, 2}, :second)
IO.inspect(:gen_event.which_handlers(manager))
# expect: [{Counter, 2}, Counter]
:ok = :gen_event.sync_notify(manager, :bell)
# expect: second hears bell
# expect: first hears bell
IO.inspect(:gen_event.call(manager, Counter, :count))
# expect: 1
IO.inspect(:gen_event.call(manager, :nobody, :count))
# expect: {:error, :bad_module}
:ok = :gen_event.swap_handler(manager, {Counter, :out}, {{Counter, 3}, {:swapped, :third}})
IO.inspect(:gen_event.call(manager, {Counter, 3}, :count))
# expect: 1
:ok = :gen_event.sync_notify(manager, :crash)
# expect: third leaves
# expect: second leaves
IO.inspect(:gen_event.which_handlers(manager))
# expect: []
