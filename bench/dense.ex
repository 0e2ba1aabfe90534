# A twentieth of the dense module that `compile.ts` compiles; N is the number of the copy.
  def parse_N("order " <> rest, %{mode: mode} = options) when mode in [:strict, :loose] do
    with [id, body] <- String.split(rest, ":", parts: 2),
         {number, ""} <- Integer.parse(id),
         {:ok, lines} <- lines_N(body, options, []) do
      {:ok, %__MODULE__{id: number, lines: lines, total: total_N(lines), tags: [:parsed, mode]}}
    else
      :error -> {:error, {:number, rest}}
      {:error, reason} -> {:error, reason}
      _other -> {:error, :malformed}
    end
  end

  def parse_N(text, _options), do: {:error, "no order: #{inspect(text)} (#{byte_size(text)} bytes)"}

  defp lines_N("", _options, lines), do: {:ok, Enum.reverse(lines)}
  defp lines_N(<<?\s, rest::binary>>, options, lines), do: lines_N(rest, options, lines)
  defp lines_N(<<amount::16, ?x, price::float-64, rest::binary>>, options, lines) when amount > 0 do
    lines_N(rest, options, [{:line, amount, price} | lines])
  end
  defp lines_N(_text, %{mode: :loose}, lines), do: {:ok, lines}
  defp lines_N(text, _options, _lines), do: {:error, {:line, text}}

  defp total_N([]), do: 0
  defp total_N([{:line, amount, price} | rest]), do: amount * price + total_N(rest)
  defp total_N([{:discount, percent} | rest]) when percent >= 0 and percent <= 100 do
    total_N(rest) * (100 - percent) / 100
  end

  def report_N(orders, level \\ 1) do
    orders
    |> Enum.filter(fn %{total: total} -> total > level end)
    |> Enum.group_by(& &1.id, &{&1.total, length(&1.lines)})
    |> Enum.map(fn {id, list} ->
      case Enum.unzip(list) do
        {[only], [1]} -> "#{id}: #{only}"
        {totals, counts} when length(totals) > 2 -> "#{id}: #{Enum.sum(totals)} in #{Enum.sum(counts)}"
        _ -> nil
      end
    end)
    |> Enum.reject(&is_nil/1)
    |> Enum.join("\n")
  end

  def grid_N(width, height) do
    for x <- 1..width, y <- 1..height, rem(x + y, 2) == 0, into: %{}, do: {{x, y}, x * y + N}
  end

  def step_N(%__MODULE__{lines: [{:line, a, b} | rest]} = order, {:take, n}) when n < a, do: %{order | lines: [{:line, a - n, b} | rest]}

  def step_N(order, _step), do: order
