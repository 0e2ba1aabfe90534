# A handler that answers a call with what is no answer is removed, and the caller is told what it was.
defmodule Handler do
  def init(_), do: {:ok, nil}
  def handle_event(_, state), do: {:ok, state}
  def handle_call(_, _), do: :no_answer
  def terminate(reason, _), do: IO.inspect(reason)
end

Logger.configure(level: :none)
{:ok, manager} = :gen_event.start()
:ok = :gen_event.add_handler(manager, Handler, nil)

IO.inspect(:gen_event.call(manager, Handler, :question))
# expect: {:error, :no_answer}
# expect: {:error, :no_answer}
IO.inspect(:gen_event.which_handlers(manager))
# expect: []
