# Applications: specifications that are loaded, and trees of processes that are started and stopped by name. What is
# configured for them is native.
#
# The language's own applications are loaded from the first, and all but EEx and ExUnit run. What a program loads and starts lies in
# two persistent terms; one process, the controller, is started with the first application and changes them, so that two
# starts of one application cannot meet. Each running application has a master, under which its tree is started and which
# waits for its end.
defmodule :application do
  @moduledoc false

  @loaded {:application, :loaded}
  @running {:application, :running}
  @controller :application_controller

  # What an application may have in its specification, in the order of `get_all_key`.
  @keys [
    description: [],
    id: [],
    vsn: [],
    modules: [],
    maxP: :infinity,
    maxT: :infinity,
    registered: [],
    included_applications: [],
    optional_applications: [],
    applications: [],
    env: [],
    mod: [],
    start_phases: :undefined
  ]

  @callback start(term, term) :: {:ok, pid} | {:ok, pid, term} | {:error, term}
  @callback stop(term) :: term

  ## Specifications

  def load(app), do: load(app, [])

  def load({:application, name, keys} = spec, _distributed) when is_atom(name) and is_list(keys) do
    if loaded?(name) do
      {:error, {:already_loaded, spec}}
    else
      :persistent_term.put(@loaded, :maps.put(name, keys, loaded()))

      for {key, value} <- :proplists.get_value(:env, keys, []), :application.get_env(name, key) == :undefined do
        :application.set_env(name, key, value)
      end

      :ok
    end
  end

  def load(app, _distributed) when is_atom(app) do
    if loaded?(app), do: {:error, {:already_loaded, app}}, else: no_file(app)
  end

  def load(other, _distributed), do: {:error, {:bad_application, other}}

  def unload(app) do
    cond do
      is_map_key(running(), app) ->
        {:error, {:running, app}}

      is_map_key(loaded(), app) ->
        :persistent_term.put(@loaded, :maps.remove(app, loaded()))
        for {key, _} <- :application.get_all_env(app), do: :application.unset_env(app, key)
        :ok

      true ->
        {:error, {:not_loaded, app}}
    end
  end

  defp no_file(app) do
    {:error, {~c"no such file or directory", :erlang.atom_to_list(app) ++ ~c".app"}}
  end

  defp loaded, do: :persistent_term.get(@loaded, %{})

  defp loaded?(app), do: is_map_key(loaded(), app) or builtin(app) != :undefined

  # Those of the language: {name, description, version}, and what starting one calls.
  defp builtin(app), do: Enum.find(:application.builtins(), :undefined, fn {name, _, _} -> name == app end)

  defp builtin_mod(:logger), do: {Logger.App, []}
  defp builtin_mod(:ex_unit), do: {ExUnit, []}
  defp builtin_mod(_app), do: []

  def loaded_applications do
    own = for {name, keys} <- :maps.to_list(loaded()), do: described(name, keys)
    :lists.append(own, :application.builtins())
  end

  defp described(name, keys) do
    {name, :proplists.get_value(:description, keys, []), :proplists.get_value(:vsn, keys, [])}
  end

  def get_key(app, key) do
    case keys_of(app) do
      :undefined ->
        :undefined

      keys ->
        case :lists.keyfind(key, 1, @keys) do
          {_, default} -> {:ok, :proplists.get_value(key, keys, default)}
          false -> :undefined
        end
    end
  end

  def get_key(key), do: with({:ok, app} <- get_application(), do: get_key(app, key))

  def get_all_key(app) do
    case keys_of(app) do
      :undefined -> :undefined
      keys -> {:ok, for({key, default} <- @keys, do: {key, :proplists.get_value(key, keys, default)})}
    end
  end

  defp keys_of(app) do
    case {loaded(), builtin(app)} do
      {%{^app => keys}, _} ->
        keys

      {_, {_, description, version}} ->
        [
          description: description,
          vsn: version,
          modules: :application.builtin_modules(app),
          applications: if(app == :kernel, do: [], else: [:kernel, :stdlib] -- [app]),
          env: :application.get_all_env(app),
          mod: builtin_mod(app)
        ]

      _ ->
        :undefined
    end
  end

  def get_application, do: get_application(self())

  def get_application(pid) when is_pid(pid) do
    Enum.find_value([pid | dictionary(pid, :"$ancestors", [])], :undefined, fn process ->
      case if(is_pid(process), do: dictionary(process, :"$application", nil)) do
        nil -> nil
        app -> {:ok, app}
      end
    end)
  end

  def get_application(module) do
    Enum.find_value(loaded(), :application.builtin_application(module), fn {app, keys} ->
      if :lists.member(module, :proplists.get_value(:modules, keys, [])), do: {:ok, app}
    end)
  end

  defp dictionary(pid, key, default) do
    case :erlang.process_info(pid, :dictionary) do
      {:dictionary, dictionary} -> :proplists.get_value(key, dictionary, default)
      :undefined -> default
    end
  end

  ## Running

  # `app => {type, master}`; the language's own have no master until they are started again.
  defp running do
    case :persistent_term.get(@running, :none) do
      :none -> for {app, _, _} <- :application.builtins(), app not in [:ex_unit, :eex, :iex], into: %{}, do: {app, {:permanent, :none}}
      running -> running
    end
  end

  def which_applications(_timeout), do: which_applications()

  def which_applications do
    for {app, _, _} = described <- loaded_applications(), is_map_key(running(), app), do: described
  end

  def start(app), do: start(app, :temporary)

  def start(app, type) when is_atom(app) and type in [:permanent, :transient, :temporary] do
    if is_map_key(running(), app) do
      {:error, {:already_started, app}}
    else
      case load_if_needed(app) do
        :ok -> call({:start, app, type, :erlang.whereis(:user)})
        error -> error
      end
    end
  end

  def start(_app, type), do: {:error, {:invalid_restart_type, type}}

  defp load_if_needed(app), do: if(loaded?(app), do: :ok, else: load(app))

  def stop(app) do
    if is_map_key(running(), app), do: call({:stop, app}), else: {:error, {:not_started, app}}
  end

  def ensure_started(app), do: ensure_started(app, :temporary)

  def ensure_started(app, type) do
    case start(app, type) do
      {:error, {:already_started, ^app}} -> :ok
      result -> result
    end
  end

  def ensure_all_started(app), do: ensure_all_started(app, :temporary)
  def ensure_all_started(app, type) when is_atom(app), do: ensure_all_started([app], type)

  def ensure_all_started(apps, type) do
    case ensure_each(apps, type, []) do
      {:ok, started} ->
        {:ok, :lists.reverse(started)}

      {:error, reason, started} ->
        for app <- started, do: stop(app)
        {:error, reason}
    end
  end

  defp ensure_each([app | apps], type, started) do
    case start(app, type) do
      :ok ->
        ensure_each(apps, type, [app | started])

      {:error, {:already_started, ^app}} ->
        ensure_each(apps, type, started)

      {:error, {:not_started, dependency}} ->
        case ensure_each([dependency], type, started) do
          {:ok, started} -> ensure_each([app | apps], type, started)
          error -> error
        end

      {:error, reason} ->
        {:error, {app, reason}, started}
    end
  end

  defp ensure_each([], _type, started), do: {:ok, started}

  ## The controller

  defp call(request), do: :gen_server.call(controller(), request, :infinity)

  defp controller do
    case :erlang.whereis(@controller) do
      :undefined ->
        case :gen_server.start({:local, @controller}, :application, [], []) do
          {:ok, pid} -> pid
          {:error, {:already_started, pid}} -> pid
        end

      pid ->
        pid
    end
  end

  def init([]) do
    :erlang.process_flag(:trap_exit, true)
    # Of an application that is being started: `app => caller`.
    {:ok, %{}}
  end

  def handle_call({:start, app, type, leader}, from, starting) do
    {:ok, keys} = get_all_key(app)
    needed = :proplists.get_value(:applications, keys, [])
    optional = :proplists.get_value(:optional_applications, keys, [])

    missing =
      Enum.find(needed, fn need ->
        not is_map_key(running(), need) and not (need in optional and not loaded?(need))
      end)

    cond do
      is_map_key(running(), app) or is_map_key(starting, app) ->
        {:reply, {:error, {:already_started, app}}, starting}

      missing != nil ->
        {:reply, {:error, {:not_started, missing}}, starting}

      :proplists.get_value(:mod, keys) == [] ->
        run(app, type, :none)
        {:reply, :ok, starting}

      true ->
        {module, args} = :proplists.get_value(:mod, keys)
        :erlang.spawn_link(:application, :master, [self(), app, type, module, args, leader])
        {:noreply, :maps.put(app, from, starting)}
    end
  end

  def handle_call({:stop, app}, from, starting) do
    case running() do
      %{^app => {_type, :none}} ->
        with {module, _args} <- builtin_mod(app), do: module.stop([])
        halted(app, :temporary, :stopped)
        {:reply, :ok, starting}

      %{^app => {_type, master}} ->
        :erlang.send(master, {:terminate, from})
        {:noreply, starting}

      _ ->
        {:reply, {:error, {:not_started, app}}, starting}
    end
  end

  def handle_cast({:started, app, type, master}, starting) do
    {from, starting} = :maps.take(app, starting)
    run(app, type, master)
    :gen_server.reply(from, :ok)
    {:noreply, starting}
  end

  def handle_cast({:failed, app, type, reason}, starting) do
    {from, starting} = :maps.take(app, starting)
    report_exit(app, type, reason)
    :gen_server.reply(from, {:error, reason})
    {:noreply, starting}
  end

  def handle_cast({:ended, app, type, reason, from}, starting) do
    halted(app, type, reason)
    with {_pid, _tag} <- from, do: :gen_server.reply(from, :ok)
    {:noreply, starting}
  end

  def handle_info(_message, starting), do: {:noreply, starting}

  defp run(app, type, master) do
    :persistent_term.put(@running, :maps.put(app, {type, master}, running()))

    if :logger.sasl?() do
      :logger.info(
        %{label: {:application_controller, :progress}, report: [application: app, started_at: node()]},
        %{domain: [:otp, :sasl]}
      )
    end
  end

  defp halted(app, type, reason) do
    :persistent_term.put(@running, :maps.remove(app, running()))
    report_exit(app, type, reason)

    if type == :permanent or (type == :transient and reason not in [:normal, :stopped]) do
      :erlang.halt(1)
    end
  end

  # With Logger the reports have gone.
  defp report_exit(:logger, _type, _reason), do: :ok

  defp report_exit(app, type, reason) do
    :logger.notice(
      %{label: {:application_controller, :exit}, report: [application: app, exited: reason, type: type]},
      %{domain: [:otp]}
    )
  end

  ## The master

  def master(controller, app, type, module, args, leader) do
    # By which the processes below it find their application.
    :erlang.put(:"$application", app)
    :erlang.process_flag(:trap_exit, true)
    if is_pid(leader), do: :erlang.group_leader(leader, self())

    result =
      try do
        module.start(:normal, args)
      catch
        :throw, value -> value
        :exit, reason -> {:EXIT, reason}
        :error, reason -> {:EXIT, {reason, __STACKTRACE__}}
      end

    mfa = {module, :start, [:normal, args]}

    case result do
      {:ok, pid} when is_pid(pid) -> keep(controller, app, type, module, pid, [])
      {:ok, pid, state} when is_pid(pid) -> keep(controller, app, type, module, pid, state)
      {:error, reason} -> fail(controller, app, type, {reason, mfa})
      other -> fail(controller, app, type, {:bad_return, {mfa, other}})
    end
  end

  defp fail(controller, app, type, reason) do
    :gen_server.cast(controller, {:failed, app, type, reason})
  end

  defp keep(controller, app, type, module, pid, state) do
    if pid != self(), do: :erlang.link(pid)
    :gen_server.cast(controller, {:started, app, type, self()})

    {reason, from} = wait(module, pid, state)
    :gen_server.cast(controller, {:ended, app, type, reason, from})
  end

  defp wait(module, pid, state) do
    receive do
      {:EXIT, ^pid, reason} ->
        stop_callback(module, state)
        {reason, :none}

      {:terminate, from} ->
        state = if :erlang.function_exported(module, :prep_stop, 1), do: module.prep_stop(state), else: state
        shut_down(pid)
        stop_callback(module, state)
        {:stopped, from}

      _ ->
        wait(module, pid, state)
    end
  end

  defp shut_down(pid) when pid == self(), do: :ok

  defp shut_down(pid) do
    :erlang.exit(pid, :shutdown)

    receive do
      {:EXIT, ^pid, _} -> :ok
    end
  end

  defp stop_callback(module, state) do
    try do
      module.stop(state)
    catch
      _, _ -> :ok
    end
  end
end
