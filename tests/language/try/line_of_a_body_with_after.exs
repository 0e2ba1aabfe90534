defmodule Waiting do
  def run do
    try do
      asleep()
    after
      :ok
    end
  end

  defp asleep do
    Process.sleep(1)
    {:current_stacktrace, frames} = Process.info(self(), :current_stacktrace)
    {frames, :done}
  end
end

{frames, :done} = Waiting.run()
for {Waiting, name, _, place} <- frames, do: IO.puts("#{name} #{place[:line]}")

# expect: asleep 12
# expect: run 4
