# Questions to the network of nodes, as a node without distribution answers them.
defmodule :net_adm do
  @moduledoc false

  # Not even itself: who has no name answers to none.
  def ping(node) when is_atom(node), do: :pang

  def localhost, do: ~c"nohost"
  def names, do: {:error, :address}
  def names(_host), do: {:error, :address}
  def world, do: []
  def world(_verbosity), do: []
  def host_file, do: {:error, :enoent}
end
