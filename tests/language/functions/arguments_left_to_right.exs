say = fn x ->
  IO.puts(x)
  x
end

{say.("a"), [say.("b") | say.("c")], %{say.("d") => say.("e")}}
# expect: a
# expect: b
# expect: c
# expect: d
# expect: e
