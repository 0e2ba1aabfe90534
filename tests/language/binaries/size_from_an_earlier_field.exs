<<n, text::binary-size(n), rest::binary>> = <<3, "abcde">>
IO.inspect({text, rest})
# expect: {"abc", "de"}
