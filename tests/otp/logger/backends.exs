# Backends are handlers of the event manager `Logger`, which starts with the first of them; a removed one has seen all before.
require Logger

defmodule Told do
  @behaviour :gen_event

  def init({Told, pid}), do: {:ok, pid}

  def handle_event({level, _leader, {Logger, message, {_date, _time}, metadata}}, pid) do
    send(pid, {level, IO.chardata_to_string(message), metadata[:erl_level], metadata[:a]})
    {:ok, pid}
  end

  def handle_event(:flush, pid), do: {:ok, pid}
  def handle_call({:configure, options}, pid), do: {:ok, {:configured, options}, pid}
end

:logger.remove_handler(:default)
IO.inspect(Process.whereis(Logger))
# expect: nil
backend = {Told, self()}
{:ok, _} = Logger.add_backend(backend)
IO.inspect(Logger.add_backend(backend))
# expect: {:error, :already_present}
IO.inspect(Logger.configure_backend(backend, level: :error))
# expect: {:configured, [level: :error]}
Logger.warning("one", a: 1)
Logger.notice("two")
Logger.configure(truncate: 5)
Logger.critical("123456789")
IO.inspect(Logger.remove_backend(backend))
# expect: :ok
Logger.error("too late")
IO.inspect(Logger.remove_backend(backend))
# expect: {:error, :not_found}
IO.inspect(elem(Process.info(self(), :messages), 1), width: 200)
# expect: [{:warn, "one", :warning, 1}, {:info, "two", :notice, nil}, {:error, "12345 (truncated)", :critical, nil}]
IO.inspect(elem(Logger.add_backend(Told.Missing), 0))
# expect: :error
Logger.configure(truncate: 8096)
{:ok, paper} = StringIO.open("")
Process.register(paper, :paper)
Application.put_env(:logger, Logger.Backends.Console, device: :paper, metadata: [:a])
{:ok, _} = Logger.add_backend(Logger.Backends.Console)
Logger.configure_backend(Logger.Backends.Console, format: "<$level> $message $metadata|")
Logger.info("on paper", a: 1, b: 2)
Logger.flush()
IO.inspect(StringIO.contents(paper))
# expect: {"", "<info> on paper a=1 |"}
