defmodule :init do
  @moduledoc "Erlang's `:init`: how the system was started, and how it ends. Nothing starts it again."

  @doc "Ends the system."
  def stop, do: stop(0)
  def stop(status) when is_integer(status) or is_list(status), do: :erlang.halt(status)

  def restart, do: stop()
  def restart(_options), do: stop()
  def reboot, do: stop()

  @doc "Options of the emulator, of which there are none."
  def get_arguments, do: []
  def get_argument(_flag), do: :error

  @doc "What the command was given, beginning with the script; `System.argv/1` does not change it."
  def get_plain_arguments, do: :persistent_term.get({:init, :plain_arguments}, [])

  @doc false
  def plain_arguments(texts),
    do: :persistent_term.put({:init, :plain_arguments}, Enum.map(texts, &String.to_charlist/1))

  def get_status, do: {:started, :started}
  def script_id, do: {~c"Erlang/OTP", ~c"25"}
  def notify_when_started(_pid), do: :started
  def wait_until_started, do: :ok
  def objfile_extension, do: ~c".beam"
  def archive_extension, do: ~c".ez"
end
