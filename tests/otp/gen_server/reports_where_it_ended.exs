# The report of an exit tells where it was called; one out of `terminate` is reported whatever its reason.
defmodule Reports do
  def log(%{level: :error, msg: {:string, text}}, _config) do
    lines = text |> IO.chardata_to_string() |> String.split("\n")
    for line <- lines, line =~ ~r/^\*\*|Ending\./, do: IO.puts(Regex.replace(~r/.*: Ending/, line, "Ending"))
  end

  def log(_event, _config), do: :ok
end

defmodule Ending do
  use GenServer

  def init(state), do: {:ok, state}
  def handle_cast({:exit, reason}, _state), do: exit(reason)
  def handle_cast({:stop, reason}, state), do: {:stop, reason, state}

  def terminate(:badly, _state), do: exit(:normal)
  def terminate(_reason, _state), do: :ok
end

:logger.remove_handler(:default)
:logger.add_handler(:reports, Reports, %{filter_default: :log, filters: []})

cast = fn message ->
  {:ok, pid} = GenServer.start(Ending, 1)
  ref = Process.monitor(pid)
  GenServer.cast(pid, message)

  receive do
    {:DOWN, ^ref, _, _, reason} -> IO.inspect(reason)
  end
end

cast.({:exit, :away})
# expect: ** (stop) :away
# expect: Ending.handle_cast/2
# expect: :away
cast.({:exit, {:shutdown, 1}})
# expect: {:shutdown, 1}
cast.({:stop, :badly})
# expect: ** (stop) normal
# expect: Ending.terminate/2
# expect: :normal
