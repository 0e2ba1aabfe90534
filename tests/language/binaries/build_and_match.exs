packet = <<1, 500::16, -1::signed-8, "hi">>
<<version, size::16, sign::signed-8, rest::binary>> = packet
IO.inspect({version, size, sign, rest})
# expect: {1, 500, -1, "hi"}
