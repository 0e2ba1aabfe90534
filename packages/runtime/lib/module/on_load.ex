defmodule Module.OnLoad do
  @moduledoc false

  @doc "Calls the function of `@on_load` in a process of its own: a module for which it does not answer `:ok` is not there."
  def run(module, fun) do
    {_, ref} = spawn_monitor(fn -> exit({:on_load, fun.()}) end)

    receive do
      {:DOWN, ^ref, :process, _, {:on_load, :ok}} -> :ok
      {:DOWN, ^ref, :process, _, {:on_load, answer}} -> refuse(module, answer)
      {:DOWN, ^ref, :process, _, reason} -> refuse(module, reason)
    end
  end

  defp refuse(module, answer) do
    :code.delete(module)
    :error_logger.warning_msg(~c"The on_load function for module ~s returned:~n~P~n", [module, answer, 10])
  end
end
