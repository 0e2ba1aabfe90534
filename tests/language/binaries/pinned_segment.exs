prefix = "foo"
<<^prefix::binary, rest::binary>> = "foobar"
IO.inspect(rest)
# expect: "bar"
