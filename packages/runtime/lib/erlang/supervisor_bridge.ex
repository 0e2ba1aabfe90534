# What stands in a supervision tree for something that is no supervisor: a process that starts it, is linked to it, and ends
# with it. The bridge is stopped as a supervisor is, and then has the module end what it started.
defmodule :supervisor_bridge do
  @moduledoc false

  @callback init(term) :: {:ok, pid, term} | :ignore | {:error, term}
  @callback terminate(term, term) :: term

  def start_link(module, args), do: :gen_server.start_link(:supervisor_bridge, [module, args, :self], [])

  def start_link(name, module, args) do
    :gen_server.start_link(name, :supervisor_bridge, [module, args, name], [])
  end

  def init([module, args, name]) do
    :erlang.process_flag(:trap_exit, true)
    :erlang.put(:"$initial_call", {:supervisor_bridge, module, 1})

    case module.init(args) do
      {:ok, pid, data} ->
        :erlang.link(pid)
        state = %{module: module, pid: pid, data: data, name: if(name == :self, do: {self(), module}, else: name)}
        tell(:info, :progress, supervisor: state.name, started: [pid: pid, mfa: {module, :init, [args]}])
        {:ok, state}

      :ignore ->
        :ignore

      {:error, reason} ->
        {:stop, reason}
    end
  end

  def handle_info({:EXIT, pid, reason}, %{pid: pid} = state) do
    unless expected?(reason), do: tell_end(:child_terminated, reason, state)
    {:stop, reason, %{state | pid: :undefined}}
  end

  def handle_info(_message, state), do: {:noreply, state}

  def handle_call(_request, _from, state), do: {:reply, {:error, :badcall}, state}
  def handle_cast(_request, state), do: {:noreply, state}

  def terminate(_reason, %{pid: :undefined}), do: :ok

  def terminate(reason, %{module: module, data: data} = state) do
    unless expected?(reason), do: tell_end(:shutdown_error, reason, state)
    module.terminate(reason, data)
    :ok
  end

  def code_change(_old_vsn, state, _extra), do: {:ok, state}

  defp expected?({:shutdown, _}), do: true
  defp expected?(reason), do: reason == :normal or reason == :shutdown

  defp tell_end(context, reason, %{name: name, pid: pid, module: module}) do
    tell(:error, :error,
      supervisor: name,
      errorContext: context,
      reason: reason,
      offender: [pid: pid, mod: module]
    )
  end

  defp tell(level, kind, report) do
    if :logger.sasl?() do
      :logger.log(level, %{label: {:supervisor, kind}, report: report}, %{domain: [:otp, :sasl]})
    end
  end
end
