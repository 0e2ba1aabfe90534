list = [%{}, "b", [1], {1}, 2.0, :a, self(), 1, nil]

IO.inspect(
  list |> Enum.sort() |> Enum.map(fn x -> if is_pid(x), do: :pid, else: x end)
)

# expect: [1, 2.0, :a, nil, :pid, {1}, %{}, [1], "b"]
