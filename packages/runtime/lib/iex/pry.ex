defmodule IEx.Pry do
  @moduledoc false
  # What is left of prying where a process cannot become the shell: it shows where it is and what it knows.

  def pry(binding, env) do
    IO.puts(IEx.color(:eval_interrupt, "Pry at #{Path.relative_to_cwd(env.file)}:#{env.line}"))

    for {name, value} when is_atom(name) <- binding do
      IO.puts("  #{name} = " <> inspect(value, IEx.inspect_opts()))
    end

    :ok
  end
end
