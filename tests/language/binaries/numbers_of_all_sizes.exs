# Numbers that begin and end anywhere, of fewer and of more bits than a float is exact for.
numbers = [0, 1, -1, 5, -300, 0xABCDEF, 2 ** 32 + 7, 2 ** 53 - 1, 1 - 2 ** 53, 2 ** 53, 2 ** 62 + 3, -(2 ** 63)]

for shift <- 0..7, bits <- 1..66, number <- numbers, reduce: :ok do
  :ok ->
    built = <<2::size(shift), number::size(bits), 5::3>>
    kept = Integer.mod(number, 2 ** bits)
    <<_::size(shift), ^kept::size(bits), 5::3>> = built
    <<_::size(shift), signed::signed-size(bits), _::bits>> = built
    expected = if kept < 2 ** (bits - 1), do: kept, else: kept - 2 ** bits
    if signed == expected, do: :ok, else: {shift, bits, number}
end
|> IO.inspect()
# expect: :ok

<<high::4, a::62, b::53, c::24, d::25, low::bits>> = :binary.copy(<<0xC5, 0x3A, 0x96>>, 8)
IO.inspect({high, a, b, c, d, low})
# expect: {12, 1507117170698163434, 3204652457958731, 6462795, 12925590, <<197, 58, 150>>}
IO.inspect(<<d::25, c::24, b::53, a::62, high::4>>, width: 120)
# expect: <<98, 157, 75, 49, 78, 165, 173, 138, 117, 45, 138, 117, 45, 78, 165, 177, 78, 165, 177, 78, 172>>
