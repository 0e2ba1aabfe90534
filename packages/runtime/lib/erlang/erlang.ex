defmodule :erlang do
  @moduledoc """
  Erlang's `:erlang`: functions that few programs call. The others are native.

  There are no ports, no native code to load, and nothing that the virtual machine would report: ports cannot be opened, and
  who asks for reports is remembered and hears nothing.
  """

  ## Output

  @doc "Writes a term, as Erlang writes it, to the standard output."
  def display(term) do
    :io.put_chars(:user, [shown(term), ~c"\r\n"])
    true
  end

  @doc "Writes characters to the standard error."
  def display_string(chars) do
    :io.put_chars(:standard_error, chars)
    true
  end

  def display_nl, do: display_string(~c"\n")

  # Seven digits and an exponent of two, as C writes it.
  defp shown(term) when is_float(term) do
    [digits, [sign | exponent]] = :string.split(:lists.flatten(:io_lib.format(~c"~.7e", [term])), ~c"e")
    [digits, ?e, sign, :string.pad(exponent, 2, :leading, ?0)]
  end

  defp shown([_ | _] = term) do
    if characters?(term, &(&1 in ?\s..?~ or &1 in 0xA0..0xFF or &1 in 9..13)),
      do: :io_lib.write_string(term),
      else: [?[, elements(term), ?]]
  end

  defp shown(term) when is_tuple(term), do: [?{, commas(:erlang.tuple_to_list(term)), ?}]

  defp shown(term) when is_map(term) do
    pairs = for {key, value} <- :maps.to_list(term), do: [shown(key), ~c"=>", shown(value)]
    [~c"\#{", :lists.join(?,, pairs), ?}]
  end

  defp shown(term) when is_binary(term) and term != "" do
    characters = :erlang.binary_to_list(term)

    if characters?(characters, &(&1 in ?\s..?~)),
      do: [~c"<<", :io_lib.write_string(characters), ~c">>"],
      else: :io_lib.write(term)
  end

  defp shown(term), do: :io_lib.write(term)

  defp characters?([], _shown?), do: true
  defp characters?([char | rest], shown?) when is_integer(char), do: shown?.(char) and characters?(rest, shown?)
  defp characters?(_term, _shown?), do: false

  defp elements([last]), do: shown(last)
  defp elements([head | tail]) when is_list(tail), do: [shown(head), ?,, elements(tail)]
  defp elements([head | tail]), do: [shown(head), ?|, shown(tail)]

  defp commas(terms), do: :lists.join(?,, :lists.map(&shown/1, terms))

  ## Code

  @doc "Makes a module of its object code."
  def load_module(module, code) when is_atom(module) and is_binary(code) do
    case :code.load_binary(module, ~c"", code) do
      {:error, _} -> {:error, :badfile}
      loaded -> loaded
    end
  end

  def load_module(module, code), do: :erlang.error(:badarg, [module, code])

  @doc "Whether a replaced version of the module still runs: none does."
  def check_old_code(module) when is_atom(module), do: false
  def check_old_code(module), do: :erlang.error(:badarg, [module])

  def check_process_code(pid, module, options) when is_pid(pid) and is_atom(module) and is_list(options) do
    case :lists.keyfind(:async, 1, options) do
      {:async, id} ->
        send(self(), {:check_process_code, id, false})
        :async

      false ->
        false
    end
  end

  def check_process_code(pid, module, options), do: :erlang.error(:badarg, [pid, module, options])

  @doc "Forgets a replaced version, of which there is none."
  def purge_module(module), do: :erlang.error(:badarg, [module])

  def pre_loaded, do: [:erlang]

  def fun_info_mfa(fun) do
    {:module, module} = :erlang.fun_info(fun, :module)
    {:name, name} = :erlang.fun_info(fun, :name)
    {:arity, arity} = :erlang.fun_info(fun, :arity)
    {module, name, arity}
  end

  ## Time

  def localtime_to_universaltime(time, daylight) when daylight in [true, false, :undefined],
    do: :erlang.localtime_to_universaltime(time)

  def localtime_to_universaltime(time, daylight), do: :erlang.error(:badarg, [time, daylight])

  @doc "The date and time of so many seconds after 1970."
  def posixtime_to_universaltime(seconds) when is_integer(seconds),
    do: :calendar.system_time_to_universal_time(seconds, :second)

  def posixtime_to_universaltime(seconds), do: :erlang.error(:badarg, [seconds])

  def universaltime_to_posixtime(time) do
    :calendar.datetime_to_gregorian_seconds(time) - 62_167_219_200
  catch
    :error, _ -> :erlang.error(:badarg, [time])
  end

  ## Nodes and processes

  def get_cookie(_node), do: :erlang.get_cookie()

  def nodes(kind, info) when is_map(info), do: for(node <- :erlang.nodes(kind), do: {node, %{}})
  def nodes(kind, info), do: :erlang.error(:badarg, [kind, info])

  def spawn_request(node, module, name, args, options) when node == node(),
    do: :erlang.spawn_request(module, name, args, options)

  def spawn_request(node, module, name, args, options) when is_atom(node) and is_list(args) and is_list(options) and is_atom(module) and is_atom(name) do
    ref = :erlang.make_ref()
    tag = with {:reply_tag, tag} <- :lists.keyfind(:reply_tag, 1, options), do: tag
    send(self(), {tag || :spawn_reply, ref, :error, :noconnection})
    ref
  end

  def spawn_request(node, module, name, args, options), do: :erlang.error(:badarg, [node, module, name, args, options])

  ## Reports of the virtual machine

  @monitor_events [:busy_port, :busy_dist_port]
  @monitor_limits [:long_gc, :long_schedule, :large_heap]
  @profile_events [:exclusive, :runnable_procs, :runnable_ports, :scheduler, :timestamp, :monotonic_timestamp, :strict_monotonic_timestamp]

  def system_monitor, do: :persistent_term.get({__MODULE__, :system_monitor}, :undefined)

  def system_monitor(:undefined), do: remember(:system_monitor, :undefined)
  def system_monitor({pid, options}), do: system_monitor(pid, options)
  def system_monitor(other), do: :erlang.error(:badarg, [other])

  def system_monitor(:undefined, []), do: system_monitor(:undefined)

  def system_monitor(pid, options) when is_pid(pid) and is_list(options) do
    if :lists.all(&monitor_option?/1, options),
      do: remember(:system_monitor, if(options == [], do: :undefined, else: {pid, options})),
      else: :erlang.error(:badarg, [pid, options])
  end

  def system_monitor(pid, options), do: :erlang.error(:badarg, [pid, options])

  defp monitor_option?({name, limit}), do: name in @monitor_limits and is_integer(limit) and limit >= 0
  defp monitor_option?(option), do: option in @monitor_events

  def system_profile, do: :persistent_term.get({__MODULE__, :system_profile}, :undefined)

  def system_profile(:undefined, []), do: remember(:system_profile, :undefined)

  def system_profile(pid, options) when is_pid(pid) and is_list(options) do
    if :lists.all(&(&1 in @profile_events), options),
      do: remember(:system_profile, {pid, options}),
      else: :erlang.error(:badarg, [pid, options])
  end

  def system_profile(pid, options), do: :erlang.error(:badarg, [pid, options])

  defp remember(what, value) do
    before = :persistent_term.get({__MODULE__, what}, :undefined)

    if value == :undefined,
      do: :persistent_term.erase({__MODULE__, what}),
      else: :persistent_term.put({__MODULE__, what}, value)

    before
  end

  ## Messages that are followed

  @doc "Tokens that go with messages are not followed."
  def seq_trace(what, value), do: :erlang.error(:notsup, [what, value])
  def seq_trace_info(_what), do: []
  def seq_trace_print(_term), do: false
  def seq_trace_print(_label, _term), do: false

  ## Ports

  @doc "Raises `:enotsup`: programs run to their end, by `:os.cmd/1` and `System.cmd/3`."
  def open_port({kind, name}, options) when kind in [:spawn, :spawn_executable, :spawn_driver, :fd] and is_list(options),
    do: :erlang.error(:enotsup, [{kind, name}, options])

  def open_port(name, options), do: :erlang.error(:badarg, [name, options])

  # No port is open, so none can be meant.
  def port_close(port), do: :erlang.error(:badarg, [port])
  def port_command(port, data), do: :erlang.error(:badarg, [port, data])
  def port_command(port, data, options), do: :erlang.error(:badarg, [port, data, options])
  def port_connect(port, pid), do: :erlang.error(:badarg, [port, pid])
  def port_control(port, operation, data), do: :erlang.error(:badarg, [port, operation, data])
  def port_call(port, data), do: :erlang.error(:badarg, [port, data])
  def port_call(port, operation, data), do: :erlang.error(:badarg, [port, operation, data])
  def port_set_data(port, data), do: :erlang.error(:badarg, [port, data])
  def port_get_data(port), do: :erlang.error(:badarg, [port])

  def port_info(port) when is_port(port) or is_atom(port), do: :undefined
  def port_info(port), do: :erlang.error(:badarg, [port])
  def port_info(port, item) when (is_port(port) or is_atom(port)) and is_atom(item), do: :undefined
  def port_info(port, item), do: :erlang.error(:badarg, [port, item])
end
