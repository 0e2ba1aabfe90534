IO.inspect(<<1.5::float-32>>)
# expect: <<63, 192, 0, 0>>
<<f::float>> = <<64, 9, 33, 251, 84, 68, 45, 24>>
IO.inspect(f)
# expect: 3.141592653589793
