# System messages: any server that passes them to `handle_system_msg` can be looked into, suspended,
# traced and stopped. Debug state is a list of {kind, data}, empty when nothing is asked for; of a fun the kind is
# its id, and the data fun and state, or the fun itself, and its state.
defmodule :sys do
  @moduledoc false

  ## The client side

  def suspend(name), do: request(name, :suspend)
  def suspend(name, timeout), do: request(name, :suspend, timeout)
  def resume(name), do: request(name, :resume)
  def resume(name, timeout), do: request(name, :resume, timeout)
  def get_status(name), do: request(name, :get_status)
  def get_status(name, timeout), do: request(name, :get_status, timeout)
  def get_state(name), do: answer(request(name, :get_state))
  def get_state(name, timeout), do: answer(request(name, :get_state, timeout))
  def replace_state(name, fun), do: answer(request(name, {:replace_state, fun}))
  def replace_state(name, fun, timeout), do: answer(request(name, {:replace_state, fun}, timeout))
  def terminate(name, reason), do: request(name, {:terminate, reason})
  def terminate(name, reason, timeout), do: request(name, {:terminate, reason}, timeout)

  def change_code(name, module, vsn, extra), do: request(name, {:change_code, module, vsn, extra})
  def change_code(name, module, vsn, extra, timeout), do: request(name, {:change_code, module, vsn, extra}, timeout)

  def trace(name, flag), do: debug(name, {:trace, flag})
  def trace(name, flag, timeout), do: debug(name, {:trace, flag}, timeout)
  def log(name, flag), do: debug(name, {:log, flag})
  def log(name, flag, timeout), do: debug(name, {:log, flag}, timeout)
  def log_to_file(name, path), do: debug(name, {:log_to_file, path})
  def log_to_file(name, path, timeout), do: debug(name, {:log_to_file, path}, timeout)
  def statistics(name, flag), do: debug(name, {:statistics, flag})
  def statistics(name, flag, timeout), do: debug(name, {:statistics, flag}, timeout)
  def no_debug(name), do: debug(name, :no_debug)
  def no_debug(name, timeout), do: debug(name, :no_debug, timeout)

  def install(name, {fun, state}), do: debug(name, {:install, {fun, state}})
  def install(name, {id, fun, state}), do: debug(name, {:install, {id, fun, state}})
  def install(name, {fun, state}, timeout), do: debug(name, {:install, {fun, state}}, timeout)
  def install(name, {id, fun, state}, timeout), do: debug(name, {:install, {id, fun, state}}, timeout)

  def remove(name, id), do: debug(name, {:remove, id})
  def remove(name, id, timeout), do: debug(name, {:remove, id}, timeout)

  defp debug(name, command), do: request(name, {:debug, command})
  defp debug(name, command, timeout), do: request(name, {:debug, command}, timeout)

  defp answer({:ok, state}), do: state
  defp answer({:error, reason}), do: :erlang.error(reason)

  defp request(name, request), do: request(name, request, 5000, [])
  defp request(name, request, timeout), do: request(name, request, timeout, [timeout])

  defp request(name, request, timeout, more) do
    :gen.call(name, :system, request, timeout)
  catch
    :exit, reason -> exit({reason, mfa(request, name, more)})
    :error, reason -> exit({{reason, __STACKTRACE__}, mfa(request, name, more)})
  else
    {:ok, reply} -> reply
  end

  # The call as an exit names it; of other requests with arguments that is the request, as in OTP.
  defp mfa({:debug, :no_debug}, name, more), do: {:sys, :no_debug, [name | more]}
  defp mfa({:debug, {function, argument}}, name, more), do: {:sys, function, [name, argument | more]}
  defp mfa({:change_code, module, vsn, extra}, name, more), do: {:sys, :change_code, [name, module, vsn, extra | more]}
  defp mfa({:terminate, reason}, name, more), do: {:sys, :terminate, [name, reason | more]}
  defp mfa(request, name, more), do: {:sys, request, [name | more]}

  ## The server side

  def handle_system_msg(message, from, parent, module, debug, misc) do
    handle_system_msg(:running, message, from, parent, module, debug, misc, false)
  end

  def handle_system_msg(message, from, parent, module, debug, misc, hibernate) do
    handle_system_msg(:running, message, from, parent, module, debug, misc, hibernate)
  end

  defp handle_system_msg(status, message, from, parent, module, debug, misc, hibernate) do
    {next, reply, debug, misc} = command(status, message, parent, module, debug, misc)
    :gen.reply(from, reply)

    case next do
      :suspended ->
        suspended(parent, module, debug, misc, hibernate)

      :running ->
        module.system_continue(parent, debug, misc)

      {:terminating, reason} ->
        module.system_terminate(reason, parent, debug, misc)
    end
  end

  defp suspended(parent, module, debug, misc, hibernate) do
    receive do
      {:system, from, message} ->
        handle_system_msg(:suspended, message, from, parent, module, debug, misc, hibernate)

      {:EXIT, ^parent, reason} ->
        module.system_terminate(reason, parent, debug, misc)
    end
  end

  defp command(_status, :suspend, _parent, _module, debug, misc),
    do: {:suspended, :ok, debug, misc}

  defp command(_status, :resume, _parent, _module, debug, misc), do: {:running, :ok, debug, misc}

  defp command(status, :get_state, _parent, module, debug, misc) do
    {status, guarded(module, :system_get_state, fn -> get_misc_state(module, misc) end), debug,
     misc}
  end

  defp command(status, {:replace_state, fun}, _parent, module, debug, misc) do
    case guarded(module, :system_replace_state, fn -> replace_misc_state(module, fun, misc) end) do
      {:ok, {state, misc}} -> {status, {:ok, state}, debug, misc}
      error -> {status, error, debug, misc}
    end
  end

  defp command(status, :get_status, parent, module, debug, misc) do
    shown =
      if :erlang.function_exported(module, :format_status, 2),
        do: module.format_status(:normal, [:erlang.get(), status, parent, debug, misc]),
        else: misc

    reply = {:status, self(), {:module, module}, [:erlang.get(), status, parent, debug, shown]}
    {status, reply, debug, misc}
  end

  defp command(status, {:debug, command}, _parent, _module, debug, misc) do
    {reply, debug} = debug_command(command, debug)
    {status, reply, debug, misc}
  end

  defp command(_status, {:terminate, reason}, _parent, _module, debug, misc) do
    {{:terminating, reason}, :ok, debug, misc}
  end

  defp command(:suspended, {:change_code, changed, vsn, extra}, _parent, module, debug, misc) do
    changed =
      try do
        module.system_code_change(misc, changed, vsn, extra)
      catch
        :throw, value -> value
        :exit, reason -> {:EXIT, reason}
        :error, reason -> {:EXIT, {reason, __STACKTRACE__}}
      end

    case changed do
      {:ok, misc} -> {:suspended, :ok, debug, misc}
      error -> {:suspended, {:error, error}, debug, misc}
    end
  end

  defp command(status, other, _parent, _module, debug, misc) do
    {status, {:error, {:unknown_system_msg, other}}, debug, misc}
  end

  defp get_misc_state(module, misc) do
    if :erlang.function_exported(module, :system_get_state, 1) do
      {:ok, state} = module.system_get_state(misc)
      state
    else
      misc
    end
  end

  defp replace_misc_state(module, fun, misc) do
    if :erlang.function_exported(module, :system_replace_state, 2) do
      {:ok, state, misc} = module.system_replace_state(fun, misc)
      {state, misc}
    else
      misc = fun.(misc)
      {misc, misc}
    end
  end

  defp guarded(module, callback, fun) do
    try do
      {:ok, fun.()}
    catch
      kind, reason -> {:error, {:callback_failed, {module, callback}, {kind, reason}}}
    end
  end

  ## Debugging

  # Of two options of a kind the first counts, and the last one is looked at first.
  def debug_options(options), do: debug_options(options, [])

  defp debug_options([option | rest], debug), do: debug_options(rest, debug_option(option, debug))
  defp debug_options([], debug), do: debug

  defp debug_option(:trace, debug), do: installed(debug, :trace, true)
  defp debug_option(:log, debug), do: installed(debug, :log, [10])
  defp debug_option({:log, n}, debug) when is_integer(n) and n > 0, do: installed(debug, :log, [n])
  defp debug_option(:statistics, debug), do: installed(debug, :statistics, new_statistics())

  defp debug_option({:log_to_file, path}, debug) do
    case :file.open(path, [:write, {:encoding, :utf8}]) do
      {:ok, file} -> installed(debug, :log_to_file, file)
      _ -> debug
    end
  end

  defp debug_option({:install, {id, fun, state}}, debug), do: installed(debug, id, {fun, state})
  defp debug_option({:install, {fun, state}}, debug), do: installed(debug, fun, state)
  defp debug_option(_other, debug), do: debug

  defp installed(debug, kind, data), do: if(:lists.keymember(kind, 1, debug), do: debug, else: [{kind, data} | debug])

  defp removed(debug, kind), do: :lists.keydelete(kind, 1, debug)

  defp new_statistics, do: {:erlang.localtime(), :erlang.process_info(self(), :reductions), 0, 0}

  defp reductions({:reductions, count}), do: count

  defp debug_command({:trace, true}, debug), do: {:ok, installed(debug, :trace, true)}
  defp debug_command({:trace, false}, debug), do: {:ok, removed(debug, :trace)}

  defp debug_command(:no_debug, debug) do
    close_log(debug)
    {:ok, []}
  end

  defp debug_command({:log_to_file, false}, debug) do
    close_log(debug)
    {:ok, removed(debug, :log_to_file)}
  end

  defp debug_command({:log_to_file, path}, debug) do
    close_log(debug)

    case :file.open(path, [:write, {:encoding, :utf8}]) do
      {:ok, file} -> {:ok, installed(removed(debug, :log_to_file), :log_to_file, file)}
      _ -> {{:error, :open_file}, removed(debug, :log_to_file)}
    end
  end

  defp debug_command({:log, :get}, debug) do
    {{:ok, get_log(debug)}, debug}
  end

  defp debug_command({:log, :print}, debug) do
    print_log(debug)
    {:ok, debug}
  end

  defp debug_command({:log, true}, debug), do: debug_command({:log, {true, 10}}, debug)

  # Who logs already goes on as before.
  defp debug_command({:log, {true, n}}, debug) when is_integer(n) and n > 0, do: {:ok, installed(debug, :log, [n])}
  defp debug_command({:log, false}, debug), do: {:ok, removed(debug, :log)}
  defp debug_command({:statistics, true}, debug), do: {:ok, installed(debug, :statistics, new_statistics())}
  defp debug_command({:statistics, false}, debug), do: {:ok, removed(debug, :statistics)}

  defp debug_command({:statistics, :get}, debug) do
    case :lists.keyfind(:statistics, 1, debug) do
      {_, {start, reductions, received, sent}} ->
        statistics = [
          start_time: start,
          current_time: :erlang.localtime(),
          reductions: reductions(:erlang.process_info(self(), :reductions)) - reductions(reductions),
          messages_in: received,
          messages_out: sent
        ]

        {{:ok, statistics}, debug}

      false ->
        {{:ok, :no_statistics}, debug}
    end
  end

  defp debug_command({:install, {fun, state}}, debug), do: {:ok, installed(debug, fun, state)}
  defp debug_command({:install, {id, fun, state}}, debug), do: {:ok, installed(debug, id, {fun, state})}
  defp debug_command({:remove, id}, debug), do: {:ok, removed(debug, id)}
  defp debug_command(_other, debug), do: {:unknown_debug, debug}

  defp close_log(debug), do: with({_, file} <- :lists.keyfind(:log_to_file, 1, debug), do: :file.close(file))

  defp logged(debug), do: :log |> get_debug(debug, []) |> events()

  ## The last events: how many more there is room for before those so far, the last first; when there is no room, the newer
  ## ones, the last first, before the older ones.

  defp log_event([1 | events], event), do: [[event | events]]
  defp log_event([room | events], event) when is_integer(room), do: [room - 1, event | events]
  defp log_event([newer], event), do: [[] | tl(:lists.reverse(newer, [event]))]
  defp log_event([newer, _oldest | older], event), do: [[event | newer] | older]

  defp events([newer | older]) when is_list(newer), do: older ++ :lists.reverse(newer)
  defp events([_room | events]), do: :lists.reverse(events)
  defp events([]), do: []

  def get_log(debug), do: Enum.map(logged(debug), &elem(&1, 0))

  def print_log(debug) do
    Enum.each(logged(debug), fn {event, name, format} -> format.(:standard_io, event, name) end)
  end

  # The state of a debug function, or the default.
  def get_debug(item, debug, default) do
    case :lists.keyfind(item, 1, debug) do
      {_, value} -> value
      false -> default
    end
  end

  def handle_debug([], _format, _name, _event), do: []

  def handle_debug([{:trace, true} = entry | rest], format, name, event) do
    format.(:standard_io, event, name)
    [entry | handle_debug(rest, format, name, event)]
  end

  def handle_debug([{:log_to_file, file} = entry | rest], format, name, event) do
    format.(file, event, name)
    [entry | handle_debug(rest, format, name, event)]
  end

  def handle_debug([{:log, events} | rest], format, name, event) do
    [{:log, log_event(events, {event, name, format})} | handle_debug(rest, format, name, event)]
  end

  def handle_debug(
        [{:statistics, {start, reductions, received, sent}} | rest],
        format,
        name,
        event
      ) do
    counted =
      case event do
        event when elem(event, 0) == :in -> {start, reductions, received + 1, sent}
        event when elem(event, 0) == :out -> {start, reductions, received, sent + 1}
        _ -> {start, reductions, received, sent}
      end

    [{:statistics, counted} | handle_debug(rest, format, name, event)]
  end

  # What fails is taken for done.
  def handle_debug([{id, {fun, state}} | rest], format, name, event) when is_function(fun) do
    case called(fun, state, event, name) do
      :done -> handle_debug(rest, format, name, event)
      state -> [{id, {fun, state}} | handle_debug(rest, format, name, event)]
    end
  end

  def handle_debug([{fun, state} | rest], format, name, event) do
    case called(fun, state, event, name) do
      :done -> handle_debug(rest, format, name, event)
      state -> [{fun, state} | handle_debug(rest, format, name, event)]
    end
  end

  defp called(fun, state, event, name) do
    fun.(state, event, name)
  catch
    :throw, state -> state
    _, _ -> :done
  end
end
