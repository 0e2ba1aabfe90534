defmodule ExUnit.CaptureServer do
  @moduledoc false

  # Lends named devices, and the log, to tests that capture them; what a test has borrowed is given back when it ends.

  use GenServer

  def device_capture_on(name, encoding, input), do: call({:device_on, name, encoding, input})
  def device_output(name, ref), do: call({:device_output, name, ref})
  def device_capture_off(ref), do: call({:device_off, ref})
  def log_capture_on(pid, string_io, opts), do: call({:log_on, pid, string_io, opts})
  def log_capture_off(ref), do: call({:log_off, ref})

  defp call(request), do: GenServer.call(__MODULE__, request, :infinity)

  @impl true
  def init(:ok) do
    :ets.new(__MODULE__, [:named_table, :public, :set])
    {:ok, %{devices: %{}, logs: %{}, default_handler: nil}}
  end

  @impl true
  def handle_call({:device_on, name, encoding, input}, {caller, _tag}, state) do
    state = release_dead(name, state)

    case state.devices do
      %{^name => %{input?: input?}} when input? or input != "" ->
        {:reply, {:error, :input_on_already_captured_device}, state}

      %{^name => %{encoding: ^encoding, pid: pid}} ->
        {_input, output} = StringIO.contents(pid)
        ref = Process.monitor(caller)
        {:reply, {:ok, ref}, put_in(state.devices[name].refs[ref], {caller, byte_size(output)})}

      %{^name => %{encoding: other}} ->
        {:reply, {:error, {:changed_encoding, other}}, state}

      %{} ->
        capture_device(name, encoding, input, caller, state)
    end
  end

  def handle_call({:device_output, name, ref}, _from, state) do
    %{pid: pid, refs: %{^ref => {_caller, offset}}} = Map.fetch!(state.devices, name)
    {_input, output} = StringIO.contents(pid)
    {:reply, binary_part(output, offset, byte_size(output) - offset), state}
  end

  def handle_call({:device_off, ref}, _from, state), do: {:reply, :ok, release_device(ref, state)}

  def handle_call({:log_on, pid, string_io, opts}, _from, state) do
    ref = Process.monitor(pid)
    {level, opts} = Keyword.pop(opts, :level)
    {module, config} = Logger.default_formatter(opts)
    :ets.insert(__MODULE__, {ref, string_io, level || :all, module, config})

    default =
      if state.logs == %{} do
        :ok = :logger.add_handler(__MODULE__, __MODULE__, %{})

        with {:ok, handler} <- :logger.get_handler_config(:default),
             :ok <- :logger.remove_handler(:default) do
          handler
        else
          _ -> nil
        end
      else
        state.default_handler
      end

    {:reply, ref, %{state | logs: Map.put(state.logs, ref, true), default_handler: default}}
  end

  def handle_call({:log_off, ref}, _from, state) do
    Process.demonitor(ref, [:flush])
    {:reply, :ok, release_log(ref, state)}
  end

  @impl true
  def handle_info({:DOWN, ref, _, _, _}, state) do
    {:noreply, release_device(ref, release_log(ref, state))}
  end

  ## Devices

  defp capture_device(name, encoding, input, caller, state) do
    original = Process.whereis(name)

    if is_pid(original) do
      {:ok, pid} = StringIO.open(input, encoding: encoding)
      Process.unregister(name)
      Process.register(pid, name)
      ref = Process.monitor(caller)

      device = %{
        original: original,
        pid: pid,
        refs: %{ref => {caller, 0}},
        encoding: encoding,
        input?: input != ""
      }

      {:reply, {:ok, ref}, put_in(state.devices[name], device)}
    else
      {:reply, {:error, :no_device}, state}
    end
  end

  # Whoever has died is released before the monitor tells.
  defp release_dead(name, state) do
    case state.devices do
      %{^name => %{refs: refs}} ->
        for {ref, {pid, _offset}} <- refs, not Process.alive?(pid), reduce: state do
          state -> release_device(ref, state)
        end

      %{} ->
        state
    end
  end

  defp release_device(ref, state) do
    Process.demonitor(ref, [:flush])

    case Enum.find(state.devices, fn {_name, device} -> is_map_key(device.refs, ref) end) do
      {name, %{refs: refs} = device} when map_size(refs) == 1 ->
        if Process.whereis(name), do: Process.unregister(name)
        Process.register(device.original, name)
        if Process.alive?(device.pid), do: StringIO.close(device.pid)
        %{state | devices: Map.delete(state.devices, name)}

      {name, device} ->
        put_in(state.devices[name].refs, Map.delete(device.refs, ref))

      nil ->
        state
    end
  end

  ## Log

  defp release_log(ref, state) do
    :ets.delete(__MODULE__, ref)
    logs = Map.delete(state.logs, ref)

    if logs == %{} and state.logs != %{} do
      :logger.remove_handler(__MODULE__)

      with %{module: module} = handler <- state.default_handler do
        :logger.add_handler(:default, module, handler)
      end
    end

    %{state | logs: logs}
  end

  @doc "The callback of `:logger` handlers."
  def log(event, _config) do
    for {_ref, string_io, level, module, config} <- :ets.tab2list(__MODULE__),
        level == :all or :logger.compare_levels(event.level, level) in [:gt, :eq] do
      # The capture may end at any time.
      try do
        IO.write(string_io, module.format(event, config))
      rescue
        _ -> :ok
      end
    end

    :ok
  end
end
