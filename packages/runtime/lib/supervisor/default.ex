# The callback module of supervisors that are started with a list of children.
defmodule Supervisor.Default do
  @moduledoc false

  def init(result), do: result
end
