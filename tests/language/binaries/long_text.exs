# A text that is long enough to be encoded for its length is still the same text.
defmodule Long do
  def bytes(<<b, rest::binary>>, sum), do: bytes(rest, sum + b)
  def bytes(<<>>, sum), do: sum
end

ascii = String.duplicate("ab", 200)
other = String.duplicate("é€", 200)
IO.inspect({byte_size(ascii), Long.bytes(ascii, 0)})
IO.inspect({byte_size(other), String.length(other), Long.bytes(other, 0)})
IO.inspect({ascii <> other == other <> ascii, String.ends_with?(ascii <> other, "é€")})
# expect: {400, 39000}
# expect: {1000, 400, 178400}
# expect: {false, true}
