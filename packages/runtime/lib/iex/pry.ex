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

  @doc "The lines around one of a file, which is bold: `{:ok, text}`, or `:error` where there are none."
  def whereami(file, line, radius)
      when is_binary(file) and is_integer(line) and is_integer(radius) and radius > 0 do
    first = max(line - radius, 1)

    with true <- File.regular?(file),
         [_ | _] = lines <- file |> File.stream!() |> Enum.slice((first - 1)..(line + radius - 1)) do
      {:ok, lines |> Enum.with_index(first) |> Enum.map(&numbered(&1, line))}
    else
      _ -> :error
    end
  end

  defp numbered({text, line}, line), do: IO.ANSI.format_fragment([:bright, number(line), text, :normal])
  defp numbered({text, number}, _line), do: [number(number), text]

  defp number(number), do: [String.pad_leading(Integer.to_string(number), 5), ": "]

  @doc "There are no breakpoints to remove."
  def remove_breaks, do: :ok
end
