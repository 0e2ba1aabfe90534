defmodule :escript do
  @moduledoc "Erlang's `:escript`: what a script can ask of how it was started."

  @doc "The name of the script: the first of the arguments that are not the system's."
  def script_name do
    [name | _] = :init.get_plain_arguments()
    name
  end
end
