IO.inspect(for <<r::4, g::4 <- <<0x12, 0x34>> >>, do: {r, g})
# expect: [{1, 2}, {3, 4}]
