# Many modules in one file are defined in time proportional to their number.
modules = for i <- 1..2000, do: "defmodule Many#{i} do\n  def number, do: #{i}\nend\n"
IO.inspect(Code.eval_string("#{modules}{Many1.number(), Many2000.number()}") |> elem(0))
# expect: {1, 2000}
