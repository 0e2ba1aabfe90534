# Names for one node. A name lasts as long as its process: those of dead ones are dropped when met.
defmodule :global do
  @moduledoc false

  def register_name(name, pid), do: register_name(name, pid, nil)

  def register_name(name, pid, _resolve) do
    case whereis_name(name) do
      :undefined ->
        :persistent_term.put({:global, name}, pid)
        :yes

      _ ->
        :no
    end
  end

  def re_register_name(name, pid) do
    :persistent_term.put({:global, name}, pid)
    :yes
  end

  def unregister_name(name) do
    :persistent_term.erase({:global, name})
    :ok
  end

  def whereis_name(name) do
    pid = :persistent_term.get({:global, name}, :undefined)

    cond do
      pid == :undefined ->
        :undefined

      :erlang.is_process_alive(pid) ->
        pid

      true ->
        :persistent_term.erase({:global, name})
        :undefined
    end
  end

  def send(name, message) do
    case whereis_name(name) do
      :undefined ->
        exit({:badarg, {name, message}})

      pid ->
        :erlang.send(pid, message)
        pid
    end
  end

  def registered_names do
    for {{:global, name}, pid} <- :persistent_term.get(), :erlang.is_process_alive(pid), do: name
  end

  def sync, do: :ok
end
