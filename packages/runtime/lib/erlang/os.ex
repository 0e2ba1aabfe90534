defmodule :os do
  @moduledoc "Erlang's `:os`: programs of the operating system. The environment and the clock are native."

  @doc "Runs a command by the shell; what it writes, as a list of characters."
  def cmd(command), do: cmd(command, %{})

  @doc "Like `cmd/1`; the option `max_size` limits the output."
  def cmd(command, options) do
    text = command_text(command)
    max = if is_map(options), do: Map.get(options, :max_size, :infinity), else: :none

    if text == :none or max == :none or (max != :infinity and (not is_integer(max) or max < 0)),
      do: :erlang.error(:badarg, [command, options])

    case :beamlet_program.run("/bin/sh", ["-c", text], nil, [], true) do
      {:ok, output, _status} ->
        output = binary_part(output, 0, min(byte_size(output), max))
        if String.valid?(output), do: String.to_charlist(output), else: :binary.bin_to_list(output)

      {:error, reason} ->
        :erlang.error(reason, [command])
    end
  end

  defp command_text(command) when is_atom(command), do: Atom.to_string(command)

  defp command_text(command) do
    IO.chardata_to_string(command)
  rescue
    _ -> :none
  end

  @doc "The path of a program among the folders of `PATH`, or `false`."
  def find_executable(name), do: find_executable(name, :os.getenv(~c"PATH", ~c""))

  @doc "The path of a program among folders separated by colons, or `false`."
  def find_executable(name, path) when is_list(path) do
    name = to_string(:filename.flatten(name))

    if String.contains?(name, "/") do
      executable?(name) && name |> Path.absname() |> String.to_charlist()
    else
      path
      |> IO.chardata_to_string()
      |> String.split(":", trim: true)
      |> Enum.map(&Path.join(&1, name))
      |> Enum.find(&executable?/1)
      |> then(&(&1 != nil && String.to_charlist(&1)))
    end
  end

  defp executable?(path) do
    case File.stat(path) do
      {:ok, %{type: :regular, mode: mode}} -> Bitwise.band(mode, 0o111) != 0
      _ -> false
    end
  end

  @doc "The version of the operating system."
  def version, do: {0, 0, 0}

  @signals [:sighup, :sigquit, :sigabrt, :sigalrm, :sigterm, :sigusr1, :sigusr2, :sigchld, :sigstop, :sigtstp]

  @doc "Says what a signal of the operating system does: it is left to the host, ignored, or told to `:erl_signal_server`."
  def set_signal(signal, action) when signal in @signals and action in [:default, :handle, :ignore] do
    :beamlet_signal.set(signal, action)
  end

  def set_signal(signal, action), do: :erlang.error(:badarg, [signal, action])
end
