defmodule Port do
  @moduledoc """
  Programs outside as processes that exchange messages. There are none here: a browser runs no programs, and in Node they are
  run to their end by `System.cmd/3` and `System.shell/2`. What would open a port says `:enotsup`.
  """

  @doc "Raises `ErlangError` with `:enotsup`."
  def open(name, options), do: :erlang.error(:enotsup, [name, options])

  @doc "Raises `ArgumentError`, as no port is open."
  def close(port), do: closed([port])
  def command(port, data, options \\ []), do: closed([port, data, options])
  def connect(port, pid), do: closed([port, pid])

  @doc "Always `nil`: no port is open."
  def info(port) when is_port(port) or is_atom(port), do: nil
  def info(port, item) when (is_port(port) or is_atom(port)) and is_atom(item), do: nil

  @doc "Monitors a port, which is already down."
  def monitor(port), do: :erlang.monitor(:port, port)

  def demonitor(ref, options \\ []), do: :erlang.demonitor(ref, options)

  @doc "The open ports, of which there are none."
  def list, do: []

  defp closed(args), do: :erlang.error(:badarg, args)
end
