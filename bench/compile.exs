# `beamlet run bench/compile.exs [ROUNDS]`, or `elixir` in its place: processor time of compiling a dense module of a thousand lines, warm.
rounds = String.to_integer(Enum.at(System.argv(), 0, "30"))
Code.put_compiler_option(:ignore_module_conflict, true)
part = File.read!(Path.join(__DIR__, "dense.ex"))
parts = for n <- 1..20, do: String.replace(part, "N", Integer.to_string(n))
source = "defmodule Dense do\n  defstruct [:id, lines: [], total: 0, tags: []]\n#{parts}end\n"

times =
  for _ <- 1..rounds do
    {before, _} = :erlang.statistics(:runtime)
    [{Dense, _}] = Code.compile_string(source, "dense.ex")
    {later, _} = :erlang.statistics(:runtime)
    later - before
  end

sorted = Enum.sort(times)
IO.puts("#{length(String.split(source, "\n"))} lines, ms: best #{hd(sorted)}, median #{Enum.at(sorted, div(rounds, 2))}")
