# Counts the events that wait for the backends, so that the handler knows when to wait for them and when to drop events.
#
# The handler adds to the counter before it sends; each event that arrives here sets it to the length of the queue.
defmodule Logger.Backends.Config do
  @moduledoc false

  @behaviour :gen_event

  @check {__MODULE__, :update_counter}

  def configure(options), do: :gen_event.call(Logger, __MODULE__, {:configure, options})

  @impl true
  def init(counter) do
    state = count(load(counter), false)
    check_later(state)
    {:ok, state}
  end

  defp load(counter) do
    %{
      counter: counter,
      discarding: false,
      threshold: Application.get_env(:logger, :discard_threshold, 500),
      period: Application.get_env(:logger, :discard_threshold_periodic_check, 30_000)
    }
  end

  @impl true
  def handle_event(_event, state), do: {:ok, count(state, false)}

  @impl true
  def handle_call({:configure, options}, state) do
    for {key, value} <- options, do: Application.put_env(:logger, key, value)
    {:ok, :ok, load(state.counter)}
  end

  @impl true
  def handle_info(@check, state) do
    state = count(state, true)
    check_later(state)
    {:ok, state}
  end

  def handle_info(_message, state), do: {:ok, state}

  @impl true
  def terminate(_reason, _state), do: :ok

  # Only the check from time to time ends discarding.
  defp count(%{counter: counter, threshold: threshold} = state, check?) do
    total = :counters.get(counter, 1)
    {:message_queue_len, waiting} = Process.info(self(), :message_queue_len)
    :counters.add(counter, 1, waiting - total)

    cond do
      total >= threshold ->
        if check? or not state.discarding, do: warn(total, "above")
        %{state | discarding: true}

      check? and state.discarding ->
        warn(total, "below")
        %{state | discarding: false}

      true ->
        state
    end
  end

  defp warn(total, where) do
    message = "Attempted to log #{total} messages, which is #{where} :discard_threshold"
    utc? = Application.fetch_env!(:logger, :utc_log)
    time = Logger.Formatter.system_time_to_date_time_ms(:os.system_time(:microsecond), utc?)
    event = {Logger, message, time, pid: self()}
    :gen_event.notify(self(), {:warning, Process.group_leader(), event})
  end

  defp check_later(%{period: period}), do: Process.send_after(self(), @check, period)
end
