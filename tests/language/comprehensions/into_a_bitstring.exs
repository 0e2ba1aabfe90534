IO.inspect(for x <- [<<1>>, <<2::4>>, <<3>>], into: <<>>, do: x)
# expect: <<1, 32, 3::size(4)>>
IO.inspect(for x <- 1..5, into: <<>>, do: <<x::3>>)
# expect: <<41, 101::size(7)>>
IO.inspect(for x <- [97, 200, 98], into: "", do: <<x>>)
# expect: <<97, 200, 98>>
IO.inspect(for <<b::3 <- <<41, 101::7>> >>, b > 1, into: "", uniq: true, do: <<b, b * 2::16-little>>)
# expect: <<2, 4, 0, 3, 6, 0, 4, 8, 0, 5, 10, 0>>

# What is no bitstring is refused at once, not when all are there.
try do
  for x <- [<<1>>, :no, <<3>>], into: <<>> do
    IO.inspect(x)
    x
  end
rescue
  error -> IO.puts(Exception.message(error))
end
# expect: <<1>>
# expect: :no
# expect: argument error: :no
