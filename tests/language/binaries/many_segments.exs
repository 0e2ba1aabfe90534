# A binary may be written with as many segments as one likes.
code = "<<" <> Enum.map_join(1..20_000, ", ", &Integer.to_string(rem(&1, 256))) <> ">>"
binary = code |> Code.eval_string() |> elem(0)
IO.inspect(binary == 1..20_000 |> Enum.map(&rem(&1, 256)) |> :binary.list_to_bin())
# expect: true
