# The client side of servers, and what `use GenServer` brings into a module. The loop is `:gen_server`.
defmodule GenServer do
  @moduledoc """
  Servers: processes that keep a state and answer calls, one after another.

      defmodule Stack do
        use GenServer

        def init(list), do: {:ok, list}
        def handle_call(:pop, _from, [head | tail]), do: {:reply, head, tail}
        def handle_cast({:push, element}, list), do: {:noreply, [element | list]}
      end
  """

  @doc "Makes the state; the starter waits for it."
  @callback init(init_arg :: term) ::
              {:ok, state}
              | {:ok, state, timeout | :hibernate | {:continue, continue_arg :: term}}
              | :ignore
              | {:stop, reason :: term}
            when state: term

  @doc "Answers a call."
  @callback handle_call(request :: term, from, state :: term) ::
              {:reply, reply, new_state}
              | {:reply, reply, new_state, timeout | :hibernate | {:continue, continue_arg :: term}}
              | {:noreply, new_state}
              | {:noreply, new_state, timeout | :hibernate | {:continue, continue_arg :: term}}
              | {:stop, reason, reply, new_state}
              | {:stop, reason, new_state}
            when reply: term, new_state: term, reason: term

  @doc "Handles a cast."
  @callback handle_cast(request :: term, state :: term) ::
              {:noreply, new_state}
              | {:noreply, new_state, timeout | :hibernate | {:continue, continue_arg :: term}}
              | {:stop, reason :: term, new_state}
            when new_state: term

  @doc "Handles any other message."
  @callback handle_info(msg :: :timeout | term, state :: term) ::
              {:noreply, new_state}
              | {:noreply, new_state, timeout | :hibernate | {:continue, continue_arg :: term}}
              | {:stop, reason :: term, new_state}
            when new_state: term

  @doc "Goes on after a callback that returned `{:continue, term}`."
  @callback handle_continue(continue_arg, state :: term) ::
              {:noreply, new_state}
              | {:noreply, new_state, timeout | :hibernate | {:continue, continue_arg}}
              | {:stop, reason :: term, new_state}
            when new_state: term, continue_arg: term

  @doc "Cleans up before the server ends."
  @callback terminate(reason, state :: term) :: term
            when reason: :normal | :shutdown | {:shutdown, term} | term

  @doc "Changes the state for new code."
  @callback code_change(old_vsn, state :: term, extra :: term) ::
              {:ok, new_state :: term} | {:error, reason :: term}
            when old_vsn: term | {:down, term}

  @doc "Gives the status to show to people."
  @callback format_status(status :: map) :: map
  @doc deprecated: "Use format_status/1 callback instead"
  @callback format_status(reason, pdict_and_state :: list) :: term
            when reason: :normal | :terminate

  @optional_callbacks code_change: 3,
                      terminate: 2,
                      handle_info: 2,
                      handle_cast: 2,
                      handle_call: 3,
                      format_status: 1,
                      format_status: 2,
                      handle_continue: 2

  @type on_start :: {:ok, pid} | :ignore | {:error, {:already_started, pid} | term}
  @type name :: atom | {:global, term} | {:via, module, term}
  @type options :: [option]
  @type option ::
          {:debug, debug}
          | {:name, name}
          | {:timeout, timeout}
          | {:spawn_opt, [Process.spawn_opt()]}
          | {:hibernate_after, timeout}
  @type debug :: [:trace | :log | :statistics | {:log_to_file, Path.t()}]
  @type server :: pid | name | {atom, node}
  @type from :: {pid, tag :: term}

  @doc false
  defmacro __using__(opts) do
    quote location: :keep, bind_quoted: [opts: opts] do
      @behaviour GenServer

      unless Module.has_attribute?(__MODULE__, :doc) do
        @doc """
        Returns a specification to start this module under a supervisor.

        See `Supervisor`.
        """
      end

      def child_spec(init_arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}}
        Supervisor.child_spec(default, unquote(Macro.escape(opts)))
      end

      defoverridable child_spec: 1

      @before_compile GenServer

      @doc false
      def handle_call(message, _from, state) do
        GenServer.__unhandled__(:call, message, state)
      end

      @doc false
      def handle_info(message, state) do
        GenServer.__unhandled__(:info, __MODULE__, message)
        {:noreply, state}
      end

      @doc false
      def handle_cast(message, state) do
        GenServer.__unhandled__(:cast, message, state)
      end

      @doc false
      def terminate(_reason, _state), do: :ok

      @doc false
      def code_change(_old_vsn, state, _extra), do: {:ok, state}

      defoverridable code_change: 3, terminate: 2, handle_info: 2, handle_cast: 2, handle_call: 3
    end
  end

  @doc false
  defmacro __before_compile__(env) do
    unless Module.defines?(env.module, {:init, 1}) do
      message = """
      function init/1 required by behaviour GenServer is not implemented \
      (in module #{inspect(env.module)}).

      We will inject a default implementation for now:

          def init(init_arg) do
            {:ok, init_arg}
          end

      You can copy the implementation above or define your own that converts \
      the arguments given to GenServer.start_link/3 to the server state.
      """

      IO.warn(message, env)

      quote do
        @doc false
        def init(init_arg), do: {:ok, init_arg}

        defoverridable init: 1
      end
    end
  end

  @doc false
  def __unhandled__(:info, module, message) do
    :logger.error(
      %{
        label: {GenServer, :no_handle_info},
        report: %{module: module, message: message, name: own_name()}
      },
      %{
        domain: [:otp, :elixir],
        error_logger: %{tag: :error_msg},
        report_cb: &__MODULE__.format_report/1
      }
    )
  end

  def __unhandled__(kind, _message, _state) do
    arity = if kind == :call, do: 3, else: 2

    raise "attempted to #{kind} GenServer #{inspect(own_name())} but no handle_#{kind}/#{arity} " <>
            "clause was provided"
  end

  @doc false
  def format_report(%{label: {GenServer, :no_handle_info}, report: report}) do
    %{module: module, message: message, name: name} = report
    {~c"~p ~p received unexpected message in handle_info/2: ~p~n", [module, name, message]}
  end

  defp own_name do
    case Process.info(self(), :registered_name) do
      {_, []} -> self()
      {_, name} -> name
    end
  end

  ## Starting and stopping

  @doc """
  Starts a server linked to the caller.

  Options: `:name` (an atom, `{:global, term}` or `{:via, module, term}`), `:timeout`, `:debug`,
  `:spawn_opt`, `:hibernate_after`.
  """
  @spec start_link(module, term, options) :: on_start
  def start_link(module, init_arg, options \\ []) when is_atom(module) and is_list(options) do
    start_with(:link, module, init_arg, options)
  end

  @doc "Starts a server without a link."
  @spec start(module, term, options) :: on_start
  def start(module, init_arg, options \\ []) when is_atom(module) and is_list(options) do
    start_with(:nolink, module, init_arg, options)
  end

  defp start_with(link, module, init_arg, options) do
    case Keyword.pop(options, :name) do
      {nil, options} ->
        :gen.start(:gen_server, link, module, init_arg, options)

      {name, options} when is_atom(name) ->
        :gen.start(:gen_server, link, {:local, name}, module, init_arg, options)

      {{:global, _} = name, options} ->
        :gen.start(:gen_server, link, name, module, init_arg, options)

      {{:via, via, _} = name, options} when is_atom(via) ->
        :gen.start(:gen_server, link, name, module, init_arg, options)

      {other, _options} ->
        raise ArgumentError, """
        expected :name option to be one of the following:

          * nil
          * atom
          * {:global, term}
          * {:via, module, term}

        Got: #{inspect(other)}
        """
    end
  end

  @doc "Stops a server with a reason, and waits until it has ended."
  @spec stop(server, reason :: term, timeout) :: :ok
  def stop(server, reason \\ :normal, timeout \\ :infinity) do
    case whereis(server) do
      nil ->
        exit({:noproc, {__MODULE__, :stop, [server, reason, timeout]}})

      pid when pid == self() ->
        exit({:calling_self, {__MODULE__, :stop, [server, reason, timeout]}})

      pid ->
        try do
          :proc_lib.stop(pid, reason, timeout)
        catch
          :exit, error -> exit({error, {__MODULE__, :stop, [server, reason, timeout]}})
        end
    end
  end

  ## Requests

  @doc "Sends a request and waits for the reply; exits if there is none in `timeout` milliseconds."
  @spec call(server, term, timeout) :: term
  def call(server, request, timeout \\ 5000)
      when (is_integer(timeout) and timeout >= 0) or timeout == :infinity do
    case if(is_pid(server), do: server, else: whereis(server)) do
      nil ->
        exit({:noproc, {__MODULE__, :call, [server, request, timeout]}})

      pid ->
        case :gen.do_call(pid, :"$gen_call", request, timeout) do
          {:ok, reply} -> reply
          {:exit, reason} -> exit({reason, {__MODULE__, :call, [server, request, timeout]}})
        end
    end
  end

  @doc "Sends a request and does not wait; `:ok` whether or not there is such a server."
  @spec cast(server, term) :: :ok
  def cast(server, request)

  def cast({:global, name}, request) do
    quiet(fn -> :global.send(name, {:"$gen_cast", request}) end)
  end

  def cast({:via, module, name}, request) do
    quiet(fn -> module.send(name, {:"$gen_cast", request}) end)
  end

  def cast({name, node} = server, request) when is_atom(name) and is_atom(node) do
    quiet(fn -> send(server, {:"$gen_cast", request}) end)
  end

  def cast(server, request) when is_atom(server) or is_pid(server) do
    quiet(fn -> send(server, {:"$gen_cast", request}) end)
  end

  @doc "Casts to the servers of a name on several nodes."
  @spec abcast([node], name :: atom, term) :: :abcast
  def abcast(nodes \\ [node() | Node.list()], name, request)
      when is_list(nodes) and is_atom(name) do
    Enum.each(nodes, fn node -> quiet(fn -> send({name, node}, {:"$gen_cast", request}) end) end)
    :abcast
  end

  defp quiet(fun) do
    try do
      fun.()
      :ok
    catch
      _, _ -> :ok
    end
  end

  @doc "Calls the servers of a name on several nodes; gives the replies and the nodes without one."
  @spec multi_call([node], name :: atom, term, timeout) ::
          {replies :: [{node, term}], bad_nodes :: [node]}
  def multi_call(nodes \\ [node() | Node.list()], name, request, timeout \\ :infinity) do
    :gen_server.multi_call(nodes, name, request, timeout)
  end

  @doc "Replies to a caller, from anywhere."
  @spec reply(from, term) :: :ok
  def reply(client, reply), do: :gen.reply(client, reply)

  @doc "Gives the pid of a server, or `nil`; a server on another node stays as it is."
  @spec whereis(server) :: pid | {atom, node} | nil
  def whereis(server)
  def whereis(pid) when is_pid(pid), do: pid
  def whereis(name) when is_atom(name), do: Process.whereis(name)
  def whereis({:global, name}), do: found(:global.whereis_name(name))
  def whereis({:via, module, name}), do: found(module.whereis_name(name))

  def whereis({name, local}) when is_atom(name) and local == node() do
    Process.whereis(name)
  end

  def whereis({name, node} = server) when is_atom(name) and is_atom(node), do: server

  defp found(pid) when is_pid(pid), do: pid
  defp found(:undefined), do: nil
end
