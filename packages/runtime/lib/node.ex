defmodule Node do
  @moduledoc """
  The node that the program runs on, and others that it knows.

  There is one node, `:nonode@nohost`, and it is not distributed: nothing connects to it. The functions answer as
  on a real system that was started without a name.
  """

  @type t :: node
  @type state :: :visible | :hidden | :connected | :this | :known

  @doc """
  Tells why the node cannot become part of a network of nodes.
  """
  @spec start(node, :longnames | :shortnames, non_neg_integer) :: {:ok, pid} | {:error, term}
  def start(name, type \\ :longnames, tick_time \\ 15000)
      when is_atom(name) and type in [:longnames, :shortnames] and is_integer(tick_time) do
    {:error, :distribution_not_supported}
  end

  @doc """
  Leaves the network of nodes: never possible here.
  """
  @spec stop() :: :ok | {:error, :not_allowed | :not_found}
  def stop, do: {:error, :not_found}

  @doc """
  The name of the node.
  """
  @spec self() :: t
  def self, do: :erlang.node()

  @doc """
  Whether the node is part of a network of nodes.
  """
  @spec alive?() :: boolean
  def alive?, do: :erlang.is_alive()

  @doc """
  The nodes that are connected.
  """
  @spec list() :: [t]
  def list, do: :erlang.nodes()

  @doc """
  The nodes in one or several of the states `:visible`, `:hidden`, `:connected`, `:this` and `:known`.
  """
  @spec list(state | [state]) :: [t]
  def list(args), do: :erlang.nodes(args)

  @doc """
  Watches the connection to a node.
  """
  @spec monitor(t, boolean) :: true
  def monitor(node, flag), do: :erlang.monitor_node(node, flag)

  @doc """
  Watches the connection to a node, with options.
  """
  @spec monitor(t, boolean, [:allow_passive_connect]) :: true
  def monitor(node, flag, options), do: :erlang.monitor_node(node, flag, options)

  @doc """
  Tries to reach a node: `:pong` if it answers, else `:pang`.
  """
  @spec ping(t) :: :pong | :pang
  def ping(node) when is_atom(node), do: :pang

  @doc """
  Connects to a node: `:ignored`, as this one is not alive.
  """
  @spec connect(t) :: boolean | :ignored
  def connect(node) when is_atom(node), do: :ignored

  @doc """
  Disconnects from a node.
  """
  @spec disconnect(t) :: boolean | :ignored
  def disconnect(node), do: :erlang.disconnect_node(node)

  @doc """
  Starts a process on a node.
  """
  @spec spawn(t, (-> any)) :: pid
  def spawn(node, fun), do: :erlang.spawn(node, fun)

  @doc """
  Starts a process on a node, with options as those of `Process.spawn/2`.
  """
  @spec spawn(t, (-> any), Process.spawn_opts()) :: pid | {pid, reference}
  def spawn(node, fun, opts), do: :erlang.spawn_opt(node, fun, opts)

  @doc """
  Starts a process on a node that calls `module.fun(args...)`.
  """
  @spec spawn(t, module, atom, [any]) :: pid
  def spawn(node, module, fun, args), do: :erlang.spawn(node, module, fun, args)

  @doc """
  Starts a process on a node that calls `module.fun(args...)`, with options.
  """
  @spec spawn(t, module, atom, [any], Process.spawn_opts()) :: pid | {pid, reference}
  def spawn(node, module, fun, args, opts), do: :erlang.spawn_opt(node, module, fun, args, opts)

  @doc """
  Starts a process on a node and links to it.
  """
  @spec spawn_link(t, (-> any)) :: pid
  def spawn_link(node, fun), do: :erlang.spawn_link(node, fun)

  @doc """
  Starts a process on a node that calls `module.fun(args...)`, and links to it.
  """
  @spec spawn_link(t, module, atom, [any]) :: pid
  def spawn_link(node, module, fun, args), do: :erlang.spawn_link(node, module, fun, args)

  @doc """
  Starts a process on a node and monitors it.
  """
  @doc since: "1.14.0"
  @spec spawn_monitor(t, (-> any)) :: {pid, reference}
  def spawn_monitor(node, fun), do: :erlang.spawn_monitor(node, fun)

  @doc """
  Starts a process on a node that calls `module.fun(args...)`, and monitors it.
  """
  @doc since: "1.14.0"
  @spec spawn_monitor(t, module, atom, [any]) :: {pid, reference}
  def spawn_monitor(node, module, fun, args), do: :erlang.spawn_monitor(node, module, fun, args)

  @doc """
  Sets the cookie that nodes show each other.
  """
  @spec set_cookie(t, atom) :: true
  def set_cookie(node \\ Node.self(), cookie) when is_atom(cookie) do
    :erlang.set_cookie(node, cookie)
  end

  @doc """
  The cookie of the node, `:nocookie` while it is not alive.
  """
  @spec get_cookie() :: atom
  def get_cookie, do: :erlang.get_cookie()
end
