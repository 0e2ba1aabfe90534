defmodule Body do
  IO.puts("defining #{inspect(__MODULE__)}")
  def f, do: :ok
  IO.inspect(Module.defines?(__MODULE__, {:f, 0}))
end

# expect: defining Body
# expect: true
