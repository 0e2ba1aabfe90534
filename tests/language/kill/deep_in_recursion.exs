# long
defmodule Digger do
  def dig(parent, 0) do
    send(parent, :bottom)
    Process.sleep(:infinity)
  end

  def dig(parent, n), do: 1 + dig(parent, n - 1)
end

parent = self()
{pid, monitor} = spawn_monitor(fn -> Digger.dig(parent, 200_000) end)

receive do
  :bottom -> Process.exit(pid, :kill)
end

receive do
  {:DOWN, ^monitor, _, _, reason} -> IO.inspect(reason)
end

# expect: :killed
