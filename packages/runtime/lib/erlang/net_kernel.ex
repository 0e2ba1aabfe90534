# The connections of the local node, also to itself. It has no name that others could use, so there are none, and whoever asks
# for one is told so as by a node that was started without distribution.
defmodule :net_kernel do
  @moduledoc false

  def start([_name | _options]), do: start()
  def start(_name, _options), do: start()
  defp start, do: {:error, :nodistribution}

  def stop, do: {:error, :not_found}

  def connect_node(node) when is_atom(node), do: :ignored

  def monitor_nodes(flag), do: monitor_nodes(flag, [])
  # There is never a node to tell of.
  def monitor_nodes(flag, options) when is_boolean(flag) and is_list(options), do: :ok
  def monitor_nodes(flag, options) when is_list(options), do: {:error, {:bad_option, flag}}

  def get_state, do: %{started: :no}
  def allow(nodes) when is_list(nodes), do: :ignored
  def get_net_ticktime, do: :ignored
  def set_net_ticktime(_seconds), do: :unchanged
  def set_net_ticktime(_seconds, _transition), do: :unchanged
  def nodes_info, do: :ignored
end
