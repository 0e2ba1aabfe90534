bytes = "é😀ab😀" <> <<255, 0>>
IO.inspect(for limit <- 0..7, do: String.printable?(bytes, limit))
# expect: [true, true, true, true, true, true, false, false]
IO.inspect(for limit <- 1..4, do: String.printable?("😀😀" <> <<0xF0, 0x9F, 0x98>>, limit))
# expect: [true, true, false, false]
