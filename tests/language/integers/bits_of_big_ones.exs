import Bitwise
IO.inspect(1 <<< 70)
# expect: 1180591620717411303424
IO.inspect(bxor(1 <<< 70, (1 <<< 70) - 1) == (1 <<< 71) - 1)
# expect: true
IO.inspect(-1 >>> 5)
# expect: -1
IO.inspect(band(-1, 255))
# expect: 255
