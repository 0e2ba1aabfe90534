# What all generic servers share: starting under a name, calls and replies.
#
# A call monitors the server with an alias as the reply's tag, so that a late reply to a call that timed
# out is dropped and never reaches the mailbox.
defmodule :gen do
  @moduledoc false

  ## Starting

  def start(gen_module, link, module, args, options) do
    spawn_server(gen_module, link, :unnamed, module, args, options)
  end

  def start(gen_module, link, name, module, args, options) do
    case where(name) do
      :undefined -> spawn_server(gen_module, link, name, module, args, options)
      pid -> {:error, {:already_started, pid}}
    end
  end

  defp spawn_server(gen_module, link, name, module, args, options) do
    timeout = option(options, :timeout, :infinity)
    spawn_opts = option(options, :spawn_opt, [])
    parent = if link == :nolink, do: :self, else: self()
    init_args = [gen_module, self(), parent, name, module, args, options]

    case link do
      :link -> :proc_lib.start_link(:gen, :init_it, init_args, timeout, spawn_opts)
      :nolink -> :proc_lib.start(:gen, :init_it, init_args, timeout, spawn_opts)
      :monitor -> monitored(:proc_lib.start_monitor(:gen, :init_it, init_args, timeout, spawn_opts))
    end
  end

  defp monitored({{:ok, pid}, ref}), do: {:ok, {pid, ref}}

  defp monitored({failure, ref}) do
    :erlang.demonitor(ref, [:flush])
    failure
  end

  def init_it(gen_module, starter, parent, name, module, args, options) do
    :proc_lib.set_initial_call({module, :init, 1})

    case register_name(name) do
      true ->
        parent = if parent == :self, do: self(), else: parent
        gen_module.init_it(starter, parent, name, module, args, options)

      {false, pid} ->
        :proc_lib.init_ack(starter, {:error, {:already_started, pid}})
    end
  end

  def option(options, key, default) do
    case :lists.keyfind(key, 1, options) do
      {_, value} -> value
      false -> default
    end
  end

  def hibernate_after(options), do: option(options, :hibernate_after, :infinity)

  def debug_options(name, options) do
    :sys.debug_options(option(options, :debug, []))
  catch
    _, _ ->
      :error_logger.format(~c"~tp: ignoring erroneous debug options - ~tp~n", [name, option(options, :debug, [])])
      []
  end

  ## Names

  def name(:unnamed), do: self()
  def name({:local, name}), do: name
  def name({:global, name}), do: name
  def name({:via, _module, name}), do: name
  def name(pid), do: pid

  # As `format_status` shows a name.
  def name_text(pid) when is_pid(pid), do: :erlang.pid_to_list(pid)
  def name_text(name) when is_atom(name), do: :erlang.atom_to_list(name)
  def name_text(name), do: :erlang.binary_to_list(inspect(name))

  # What a module shows of its status: all of it by `format_status/1`, by the older `format_status/2` what stands for its state.
  def format_status(module, opt, status, args) do
    cond do
      :erlang.function_exported(module, :format_status, 1) ->
        shown(module, 1, status, fn -> :maps.merge(status, module.format_status(status)) end)

      :erlang.function_exported(module, :format_status, 2) ->
        shown(module, 2, status, fn -> :maps.put(:"$status", module.format_status(opt, args), status) end)

      true ->
        status
    end
  end

  defp shown(module, arity, status, fun) do
    fun.()
  catch
    _, _ -> :maps.put(:EXIT, ~c"#{module}:format_status/#{arity} crashed", status)
  end

  def where({:local, name}), do: :erlang.whereis(name)
  def where({:global, name}), do: :global.whereis_name(name)
  def where({:via, module, name}), do: module.whereis_name(name)

  def register_name(:unnamed), do: true

  def register_name({:local, name} = full) do
    try do
      :erlang.register(name, self())
    catch
      :error, _ -> {false, where(full)}
    end
  end

  def register_name({:global, name} = full) do
    if :global.register_name(name, self()) == :yes, do: true, else: {false, where(full)}
  end

  def register_name({:via, module, name} = full) do
    if module.register_name(name, self()) == :yes, do: true, else: {false, where(full)}
  end

  def unregister_name({:local, name}) do
    try do
      :erlang.unregister(name)
    catch
      _, _ -> :ok
    end
  end

  def unregister_name({:global, name}), do: :global.unregister_name(name)
  def unregister_name({:via, module, name}), do: module.unregister_name(name)
  def unregister_name(_unnamed), do: :ok

  defp process!(process) do
    case resolve(process) do
      :undefined -> exit(:noproc)
      found -> found
    end
  end

  defp resolve(pid) when is_pid(pid), do: pid
  defp resolve(name) when is_atom(name), do: :erlang.whereis(name)
  defp resolve({:global, name}), do: :global.whereis_name(name)
  defp resolve({:via, module, name}), do: module.whereis_name(name)
  defp resolve({name, node}) when node == node(), do: resolve(name)
  defp resolve({name, node}) when is_atom(name) and is_atom(node), do: {name, node}
  defp resolve(other), do: :erlang.raise(:error, :function_clause, [{:gen, :do_for_proc, [other, &resolve/1], []}])

  ## Calls

  def call(process, label, request), do: call(process, label, request, 5000)

  def call(process, label, request, timeout) when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    case do_call(process, label, request, timeout) do
      {:exit, reason} -> exit(reason)
      replied -> replied
    end
  end

  # Gives what a call comes to, `{:exit, reason}` when that is no reply: a behaviour that exits for a reason of its own
  # needs no `try`, whose frames would cost as much as the rest of the call.
  def do_call(pid, _label, _request, _timeout) when pid == self(), do: {:exit, :calling_self}

  # Whoever waits for ever gets no late reply: a monitor is enough.
  def do_call(pid, label, request, :infinity) when is_pid(pid) do
    ref = :erlang.monitor(:process, pid)
    send(pid, {label, {self(), ref}, request})

    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, _, _, :noconnection} ->
        {:exit, {:nodedown, node(pid)}}

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, reason}
    end
  end

  def do_call(pid, label, request, timeout) when is_pid(pid) do
    ref = :erlang.monitor(:process, pid, alias: :demonitor)
    send(pid, {label, {self(), [:alias | ref]}, request})

    # Patterns that all contain the reference itself let the receive skip what was there before it.
    receive do
      {[:alias | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, _, _, :noconnection} ->
        {:exit, {:nodedown, node(pid)}}

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, reason}
    after
      timeout ->
        :erlang.demonitor(ref, [:flush])

        receive do
          {[:alias | ^ref], reply} -> {:ok, reply}
        after
          0 -> {:exit, :timeout}
        end
    end
  end

  def do_call(process, label, request, timeout) do
    case resolve(process) do
      :undefined -> {:exit, :noproc}
      pid when is_pid(pid) -> do_call(pid, label, request, timeout)
      {_name, node} -> {:exit, {:nodedown, node}}
    end
  end

  def reply({_pid, [:alias | ref] = tag}, reply) when is_reference(ref) do
    send(ref, {tag, reply})
    :ok
  end

  def reply({_pid, [[:alias | ref] | _] = tag}, reply), do: send_reply(ref, tag, reply)
  def reply({pid, tag}, reply), do: send_reply(pid, tag, reply)

  # Nothing can go wrong with a pid or an alias.
  defp send_reply(to, tag, reply) when is_pid(to) or is_reference(to) do
    send(to, {tag, reply})
    :ok
  end

  defp send_reply(to, tag, reply) do
    try do
      send(to, {tag, reply})
      :ok
    catch
      _, _ -> :ok
    end
  end

  ## Requests whose answers are collected later

  def send_request(process, label, request) do
    case resolve(process) do
      :undefined ->
        ref = make_ref()
        send(self(), {:DOWN, ref, :process, process, :noproc})
        ref

      target ->
        ref = :erlang.monitor(:process, target, alias: :demonitor)
        send(target, {label, {self(), [:alias | ref]}, request})
        ref
    end
  end

  def wait_response(ref, timeout) do
    receive do
      {[:alias | ^ref], reply} -> replied(ref, reply)
      {:DOWN, ^ref, _, object, reason} -> {:error, {reason, object}}
    after
      milliseconds(timeout) -> :timeout
    end
  end

  def receive_response(ref, timeout) do
    case wait_response(ref, timeout) do
      :timeout ->
        :erlang.demonitor(ref, [:flush])
        wait_response(ref, 0)

      response ->
        response
    end
  end

  # Collections of requests: maps from requests to labels.

  def reqids_new, do: %{}
  def reqids_size(requests) when is_map(requests), do: map_size(requests)

  def reqids_add(ref, label, requests) when is_reference(ref) and is_map(requests) do
    if is_map_key(requests, ref), do: :erlang.error(:badarg), else: :maps.put(ref, label, requests)
  end

  def reqids_to_list(requests) when is_map(requests), do: :maps.to_list(requests)

  def send_request(process, label, request, name, requests) do
    reqids_add(send_request(process, label, request), name, requests)
  end

  def wait_response(requests, timeout, delete?), do: response(requests, timeout, delete?, :wait)
  def receive_response(requests, timeout, delete?), do: response(requests, timeout, delete?, :receive)

  defp response(requests, _timeout, _delete?, _how) when map_size(requests) == 0, do: :no_request

  defp response(requests, timeout, delete?, how) when is_map(requests) do
    receive do
      {[:alias | ref], reply} when is_map_key(requests, ref) ->
        labelled(replied(ref, reply), ref, requests, delete?)

      {:DOWN, ref, _, object, reason} when is_map_key(requests, ref) ->
        labelled({:error, {reason, object}}, ref, requests, delete?)
    after
      milliseconds(timeout) ->
        if how == :receive, do: for({ref, _} <- requests, do: :erlang.demonitor(ref, [:flush]))
        :timeout
    end
  end

  defp labelled(response, ref, requests, delete?) do
    label = :maps.get(ref, requests)
    {response, label, if(delete?, do: :maps.remove(ref, requests), else: requests)}
  end

  def check_response(_message, requests, _delete?) when map_size(requests) == 0, do: :no_request

  def check_response({[:alias | ref], reply}, requests, delete?) when is_map_key(requests, ref) do
    labelled(replied(ref, reply), ref, requests, delete?)
  end

  def check_response({:DOWN, ref, _, object, reason}, requests, delete?) when is_map_key(requests, ref) do
    labelled({:error, {reason, object}}, ref, requests, delete?)
  end

  def check_response(_message, requests, _delete?) when is_map(requests), do: :no_reply

  defp milliseconds({:abs, time}), do: max(time - :erlang.monotonic_time(:millisecond), 0)
  defp milliseconds(timeout), do: timeout

  def check_response({[:alias | ref], reply}, ref), do: replied(ref, reply)
  def check_response({:DOWN, ref, _, object, reason}, ref), do: {:error, {reason, object}}
  def check_response(_message, ref) when is_reference(ref), do: :no_reply

  defp replied(ref, reply) do
    :erlang.demonitor(ref, [:flush])
    {:reply, reply}
  end

  ## Stopping

  def stop(process), do: stop(process, :normal, :infinity)
  def stop(process, reason, timeout), do: :proc_lib.stop(process!(process), reason, timeout)
end
