bits = <<5::3, 1::1>>
IO.inspect(bits)
# expect: <<11::size(4)>>
IO.inspect({bit_size(bits), byte_size(bits), is_binary(bits)})
# expect: {4, 1, false}
IO.inspect(<<bits::bitstring, bits::bitstring>>)
# expect: <<187>>
