# beamlet run -r bench/bench.ex bench/run.exs ROW ROUNDS
[row, rounds] = System.argv()
Bench.measure(String.to_existing_atom(row), String.to_integer(rounds))
