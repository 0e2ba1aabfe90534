# Small numbers are put together as one; what is no number, or larger, stands between them.
n = String.to_integer("5")
a = String.to_atom("a")
IO.inspect(<<n::3, 0::5>>)
# expect: <<160>>
IO.inspect(<<-n::4, n * 1000::12, -1::16, 7>>)
# expect: <<179, 136, 255, 255, 7>>
IO.inspect(<<n::1, n::45, n::45, n::5>>)
# expect: <<128, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 165>>
IO.inspect(<<n::3, "ab", n::5, <<1::2>>::bitstring, n::6>>)
# expect: <<172, 44, 69, 69>>
IO.inspect(<<n::13-little, n::3, 1.5::float-16, n::32>>)
# expect: <<5, 5, 62, 0, 0, 0, 0, 5>>
IO.inspect(<<n::0, -3::2>>)
# expect: <<1::size(2)>>
IO.inspect(<<1.5::float-32-little, -0.0::float, n::float-16>>)
# expect: <<0, 0, 192, 63, 128, 0, 0, 0, 0, 0, 0, 0, 69, 0>>
Process.put(:size, -1)
size = Process.get(:size)
IO.puts(try do <<n::3, a::5, n::size(size)>> rescue e -> Exception.message(e) end)
# expect: construction of binary failed: segment 3 of type 'integer': expected a non-negative integer as size but got: -1
IO.puts(try do <<n::3, a::5>> rescue e -> Exception.message(e) end)
# expect: construction of binary failed: segment 2 of type 'integer': expected an integer but got: :a
