defmodule Spin do
  def loop, do: loop()
end

spinner = spawn(&Spin.loop/0)
parent = self()
spawn(fn -> send(parent, :still_here) end)

receive do
  message -> IO.inspect(message)
end

# expect: :still_here
IO.inspect(Process.alive?(spinner))
# expect: true
Process.exit(spinner, :kill)
