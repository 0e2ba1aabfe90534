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

  def re_register_name(name, pid, _resolve), do: re_register_name(name, pid)

  def sync, do: :ok

  ## Locks: one holder a resource, who may take it several times, and whose death frees it

  def trans(id, fun), do: trans(id, fun, [node()], :infinity)
  def trans(id, fun, nodes), do: trans(id, fun, nodes, :infinity)

  def trans(id, fun, nodes, retries) do
    if set_lock(id, nodes, retries) do
      try do
        fun.()
      after
        del_lock(id, nodes)
      end
    else
      :aborted
    end
  end

  def set_lock(id), do: set_lock(id, [node()], :infinity)
  def set_lock(id, nodes), do: set_lock(id, nodes, :infinity)

  def set_lock({resource, requester} = id, nodes, retries) do
    case :persistent_term.get({:global, :lock, resource}, :free) do
      {other, holder} when other != requester ->
        cond do
          not :erlang.is_process_alive(holder) -> take(resource, requester)
          retries == 0 -> false
          true -> retry(id, nodes, retries)
        end

      _ ->
        take(resource, requester)
    end
  end

  defp take(resource, requester) do
    :persistent_term.put({:global, :lock, resource}, {requester, self()})
    true
  end

  defp retry(id, nodes, retries) do
    receive do
    after
      10 -> set_lock(id, nodes, if(retries == :infinity, do: :infinity, else: retries - 1))
    end
  end

  def del_lock(id), do: del_lock(id, [node()])

  def del_lock({resource, requester}, _nodes) do
    with {^requester, _holder} <- :persistent_term.get({:global, :lock, resource}, :free) do
      :persistent_term.erase({:global, :lock, resource})
    end

    true
  end
end
