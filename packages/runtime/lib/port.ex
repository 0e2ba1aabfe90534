defmodule Port do
  @moduledoc """
  Programs outside as processes that exchange messages. There are none here: a browser runs no programs, and in Node they are
  run to their end by `System.cmd/3` and `System.shell/2`. What would open a port says `:enotsup`.
  """

  @type name ::
          {:spawn, charlist() | binary()}
          | {:spawn_driver, charlist() | binary()}
          | {:spawn_executable, :file.name_all()}
          | {:fd, non_neg_integer(), non_neg_integer()}

  @doc "Raises `ErlangError` with `:enotsup`."
  @spec open(name(), list()) :: port()
  def open(name, options), do: :erlang.error(:enotsup, [name, options])

  @doc "Raises `ArgumentError`, as no port is open."
  @spec close(port()) :: true
  def close(port), do: closed([port])
  @spec command(port(), iodata(), [:force | :nosuspend]) :: boolean()
  def command(port, data, options \\ []), do: closed([port, data, options])
  @spec connect(port(), pid()) :: true
  def connect(port, pid), do: closed([port, pid])

  @doc "Always `nil`: no port is open."
  @spec info(port()) :: keyword() | nil
  def info(port) when is_port(port) or is_atom(port), do: nil
  @spec info(port(), atom()) :: {atom(), term()} | nil
  def info(port, spec) when (is_port(port) or is_atom(port)) and is_atom(spec), do: nil

  @doc "Monitors a port, which is already down."
  @spec monitor(port() | {name, node()} | name) :: reference() when name: atom()
  def monitor(port), do: :erlang.monitor(:port, port)

  @spec demonitor(reference(), options :: [:flush | :info]) :: boolean()
  defdelegate demonitor(monitor_ref, options \\ []), to: :erlang

  @doc "The open ports, of which there are none."
  @spec list() :: [port()]
  def list, do: []

  defp closed(args), do: :erlang.error(:badarg, args)
end
