# Nodes of a distributed system.
defmodule Node do
  @moduledoc "Functions on nodes. The local one is `:nonode@nohost` unless it has been started with a name."

  @type t :: node
  @type state :: :visible | :hidden | :connected | :this | :known

  @doc "Turns the system into a node with a name."
  @spec start(node(), :longnames | :shortnames, non_neg_integer()) :: {:ok, pid()} | {:error, term()}
  def start(name, type \\ :longnames, tick_time \\ 15000), do: :net_kernel.start([name, type, tick_time])

  @doc "Turns the node into a system without distribution."
  @spec stop() :: :ok | {:error, :not_allowed | :not_found}
  def stop, do: :net_kernel.stop()

  @doc "Returns the name of the local node."
  @spec self() :: t()
  def self, do: :erlang.node()

  @doc "Tells whether the local node can be part of a distributed system."
  @spec alive?() :: boolean()
  def alive?, do: :erlang.is_alive()

  @doc "Lists the visible nodes."
  @spec list() :: [t()]
  def list, do: :erlang.nodes()

  @doc "Lists the nodes of some kinds."
  @spec list(state() | [state()]) :: [t()]
  def list(args), do: :erlang.nodes(args)

  @doc "Starts or ends the monitoring of a node."
  @spec monitor(t(), boolean()) :: true
  def monitor(node, flag), do: :erlang.monitor_node(node, flag)

  @doc "Starts or ends the monitoring of a node, with options."
  @spec monitor(t(), boolean(), [:allow_passive_connect]) :: true
  def monitor(node, flag, options), do: :erlang.monitor_node(node, flag, options)

  @doc "Tries to connect: `:pong` or `:pang`."
  @spec ping(t()) :: :pong | :pang
  def ping(node), do: :net_adm.ping(node)

  @doc "Connects to a node."
  @spec connect(t()) :: boolean() | :ignored
  def connect(node), do: :net_kernel.connect_node(node)

  @doc "Disconnects from a node."
  @spec disconnect(t()) :: boolean() | :ignored
  def disconnect(node), do: :erlang.disconnect_node(node)

  @doc "Starts a process on a node."
  @spec spawn(t(), (-> any())) :: pid()
  def spawn(node, fun), do: :erlang.spawn(node, fun)

  @doc "Starts a process on a node, with options."
  @spec spawn(t(), (-> any()), Process.spawn_opts()) :: pid() | {pid(), reference()}
  def spawn(node, fun, opts), do: :erlang.spawn_opt(node, fun, opts)

  @doc "Starts a process on a node that applies a function."
  @spec spawn(t(), module(), atom(), [any()]) :: pid()
  def spawn(node, module, fun, args), do: :erlang.spawn(node, module, fun, args)

  @doc "Starts a process on a node that applies a function, with options."
  @spec spawn(t(), module(), atom(), [any()], Process.spawn_opts()) :: pid() | {pid(), reference()}
  def spawn(node, module, fun, args, opts), do: :erlang.spawn_opt(node, module, fun, args, opts)

  @doc "Starts a linked process on a node."
  @spec spawn_link(t(), (-> any())) :: pid()
  def spawn_link(node, fun), do: :erlang.spawn_link(node, fun)

  @doc "Starts a linked process on a node that applies a function."
  @spec spawn_link(t(), module(), atom(), [any()]) :: pid()
  def spawn_link(node, module, fun, args), do: :erlang.spawn_link(node, module, fun, args)

  @doc "Starts a monitored process on a node."
  @spec spawn_monitor(t(), (-> any())) :: {pid(), reference()}
  def spawn_monitor(node, fun), do: :erlang.spawn_monitor(node, fun)

  @doc "Starts a monitored process on a node that applies a function."
  @spec spawn_monitor(t(), module(), atom(), [any()]) :: {pid(), reference()}
  def spawn_monitor(node, module, fun, args), do: :erlang.spawn_monitor(node, module, fun, args)

  @doc "Sets the cookie of a node."
  @spec set_cookie(t(), atom()) :: true
  def set_cookie(node \\ Node.self(), cookie) when is_atom(cookie), do: :erlang.set_cookie(node, cookie)

  @doc "Returns the cookie of the local node."
  @spec get_cookie() :: atom()
  def get_cookie, do: :erlang.get_cookie()
end
