# Child specifications and the client side of supervisors. The process is `:supervisor`.
defmodule Supervisor do
  @moduledoc """
  Processes that start others, their children, and restart them when they end.

      children = [{Counter, 0}, {Task.Supervisor, name: Jobs}]
      Supervisor.start_link(children, strategy: :one_for_one)

  Strategies: `:one_for_one` restarts the child alone, `:one_for_all` all children, `:rest_for_one`
  the child and those started after it.
  """

  @doc false
  defmacro __using__(opts) do
    quote location: :keep, bind_quoted: [opts: opts] do
      # Deprecated, and still there for programs that were written before child specifications were maps.
      import Supervisor.Spec
      @behaviour Supervisor

      unless Module.has_attribute?(__MODULE__, :doc) do
        @doc """
        Returns a specification to start this module under a supervisor.

        See `Supervisor`.
        """
      end

      def child_spec(init_arg) do
        default = %{
          id: __MODULE__,
          start: {__MODULE__, :start_link, [init_arg]},
          type: :supervisor
        }

        Supervisor.child_spec(default, unquote(Macro.escape(opts)))
      end

      defoverridable child_spec: 1
    end
  end

  @doc "Gives flags and children, usually by `init/2`."
  @callback init(init_arg :: term) :: {:ok, {sup_flags, [child_spec]}} | :ignore

  @type on_start ::
          {:ok, pid} | :ignore | {:error, {:already_started, pid} | {:shutdown, term} | term}
  @type on_start_child ::
          {:ok, child}
          | {:ok, child, info :: term}
          | {:error, {:already_started, child} | :already_present | term}
  @type child :: pid | :undefined
  @type name :: atom | {:global, term} | {:via, module, term}
  @type option :: {:name, name}
  @type sup_flags :: %{
          strategy: strategy,
          intensity: non_neg_integer,
          period: pos_integer,
          auto_shutdown: auto_shutdown
        }
  @type supervisor :: pid | name | {atom, node}
  @type init_option ::
          {:strategy, strategy}
          | {:max_restarts, non_neg_integer}
          | {:max_seconds, pos_integer}
          | {:auto_shutdown, auto_shutdown}
  @type restart :: :permanent | :transient | :temporary
  @type shutdown :: timeout | :brutal_kill
  @type strategy :: :one_for_one | :one_for_all | :rest_for_one
  @type auto_shutdown :: :never | :any_significant | :all_significant
  @type type :: :worker | :supervisor
  @type child_spec :: %{
          required(:id) => atom | term,
          required(:start) => {module, function_name :: atom, args :: [term]},
          optional(:restart) => restart,
          optional(:shutdown) => shutdown,
          optional(:type) => type,
          optional(:modules) => [module] | :dynamic,
          optional(:significant) => boolean
        }
  @type module_spec :: {module, args :: term} | module

  @doc "Starts a supervisor with children; options are those of `init/2` and `:name`."
  @spec start_link([child_spec | module_spec], [option | init_option]) :: on_start
  def start_link(children, options) when is_list(children) do
    {init, start} =
      Keyword.split(options, [:strategy, :max_seconds, :max_restarts, :auto_shutdown])

    start_link(Supervisor.Default, init(children, init), start)
  end

  @doc "Starts a supervisor with a callback module."
  @spec start_link(module, term, [option]) :: on_start
  def start_link(module, init_arg, options \\ []) when is_list(options) do
    case Keyword.get(options, :name) do
      nil ->
        :supervisor.start_link(module, init_arg)

      name when is_atom(name) ->
        :supervisor.start_link({:local, name}, module, init_arg)

      {:global, _} = name ->
        :supervisor.start_link(name, module, init_arg)

      {:via, via, _} = name when is_atom(via) ->
        :supervisor.start_link(name, module, init_arg)

      other ->
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

  @doc """
  Makes what `c:init/1` returns of children and options.

  Options: `:strategy` (required), `:max_restarts` (3) in `:max_seconds` (5), `:auto_shutdown`.
  """
  @spec init([child_spec | module_spec], [init_option]) :: {:ok, {sup_flags, [child_spec]}}
  def init(children, options) when is_list(children) and is_list(options) do
    strategy = options[:strategy]

    if strategy == nil do
      raise ArgumentError, "expected :strategy option to be given"
    end

    if strategy == :simple_one_for_one do
      IO.warn(":simple_one_for_one strategy is deprecated, please use DynamicSupervisor instead")
    end

    flags = %{
      strategy: strategy,
      intensity: Keyword.get(options, :max_restarts, 3),
      period: Keyword.get(options, :max_seconds, 5),
      auto_shutdown: Keyword.get(options, :auto_shutdown, :never)
    }

    {:ok, {flags, Enum.map(children, &init_child/1)}}
  end

  defp init_child(module) when is_atom(module), do: init_child({module, []})

  defp init_child({module, arg}) when is_atom(module) do
    try do
      module.child_spec(arg)
    rescue
      error in UndefinedFunctionError ->
        case error do
          %{module: ^module, function: :child_spec, arity: 1} ->
            raise ArgumentError, no_child_spec(module)

          _ ->
            reraise error, __STACKTRACE__
        end
    end
  end

  defp init_child(map) when is_map(map), do: map
  defp init_child({_, _, _, _, _, _} = tuple), do: tuple

  defp init_child(other) do
    raise ArgumentError, """
    supervisors expect each child to be one of the following:

      * a module
      * a {module, arg} tuple
      * a child specification as a map with at least the :id and :start fields
      * or a tuple with 6 elements generated by Supervisor.Spec (deprecated)

    Got: #{inspect(other)}
    """
  end

  defp no_child_spec(module) do
    if Code.ensure_loaded?(module) do
      """
      The module #{inspect(module)} was given as a child to a supervisor
      but it does not implement child_spec/1.

      If you own the given module, please define a child_spec/1 function
      that receives an argument and returns a child specification as a map.
      For example:

          def child_spec(opts) do
            %{
              id: __MODULE__,
              start: {__MODULE__, :start_link, [opts]},
              type: :worker,
              restart: :permanent,
              shutdown: 500
            }
          end

      Note that "use Agent", "use GenServer" and so on automatically define
      this function for you.

      However, if you don't own the given module and it doesn't implement
      child_spec/1, instead of passing the module name directly as a supervisor
      child, you will have to pass a child specification as a map:

          %{
            id: #{inspect(module)},
            start: {#{inspect(module)}, :start_link, [arg1, arg2]}
          }

      See the Supervisor documentation for more information
      """
    else
      "The module #{inspect(module)} was given as a child to a supervisor but it does not exist"
    end
  end

  @doc "Makes a child specification of a module or a map, with some fields overridden."
  @spec child_spec(child_spec | module_spec, keyword) :: child_spec
  def child_spec(module_or_map, overrides)

  def child_spec({_, _, _, _, _, _} = tuple, _overrides) do
    raise ArgumentError,
          "old tuple-based child specification #{inspect(tuple)} " <>
            "is not supported in Supervisor.child_spec/2"
  end

  def child_spec(module_or_map, overrides) do
    Enum.reduce(overrides, init_child(module_or_map), fn
      {key, value}, spec
      when key in [:id, :start, :restart, :shutdown, :type, :modules, :significant] ->
        Map.put(spec, key, value)

      {key, _value}, _spec ->
        raise ArgumentError, "unknown key #{inspect(key)} in child specification override"
    end)
  end

  @doc "Starts a child and adds it."
  @spec start_child(supervisor, child_spec | module_spec) :: on_start_child
  def start_child(supervisor, child_spec)

  def start_child(supervisor, {_, _, _, _, _, _} = spec) do
    call(supervisor, {:start_child, spec})
  end

  def start_child(supervisor, args) when is_list(args) do
    message = fn ->
      "Supervisor.start_child/2 with a list of args is deprecated, please use DynamicSupervisor instead"
    end

    IO.warn_once({__MODULE__, :start_child}, message, 2)

    call(supervisor, {:start_child, args})
  end

  def start_child(supervisor, spec) do
    call(supervisor, {:start_child, child_spec(spec, [])})
  end

  @doc "Ends a child; its specification stays, unless it is temporary."
  @spec terminate_child(supervisor, term) :: :ok | {:error, :not_found}
  def terminate_child(supervisor, child_id)

  def terminate_child(supervisor, pid) when is_pid(pid) do
    IO.warn(
      "Supervisor.terminate_child/2 with a PID is deprecated, please use DynamicSupervisor instead"
    )

    call(supervisor, {:terminate_child, pid})
  end

  def terminate_child(supervisor, child_id), do: call(supervisor, {:terminate_child, child_id})

  @doc "Deletes the specification of a child that has ended."
  @spec delete_child(supervisor, term) :: :ok | {:error, :not_found | :running | :restarting}
  def delete_child(supervisor, child_id), do: call(supervisor, {:delete_child, child_id})

  @doc "Starts a child again that has ended."
  @spec restart_child(supervisor, term) ::
          {:ok, child}
          | {:ok, child, term}
          | {:error, :not_found | :running | :restarting | term}
  def restart_child(supervisor, child_id), do: call(supervisor, {:restart_child, child_id})

  @doc "Gives id, pid, type and modules of the children."
  @spec which_children(supervisor) ::
          [{term | :undefined, child | :restarting, :worker | :supervisor, [module] | :dynamic}]
  def which_children(supervisor), do: call(supervisor, :which_children)

  @doc "Counts specifications, active children, supervisors and workers."
  @spec count_children(supervisor) :: %{
          specs: non_neg_integer,
          active: non_neg_integer,
          supervisors: non_neg_integer,
          workers: non_neg_integer
        }
  def count_children(supervisor), do: :maps.from_list(call(supervisor, :count_children))

  @doc "Stops a supervisor and its children."
  @spec stop(supervisor, reason :: term, timeout) :: :ok
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity) do
    GenServer.stop(supervisor, reason, timeout)
  end

  defp call(supervisor, request), do: GenServer.call(supervisor, request, :infinity)
end
