# A size below zero matches nothing, as a literal too.
defmodule Negative do
  def part(<<_, part::binary-size(-2), _::binary>>), do: part
  def part(_), do: :no
end

IO.inspect(Negative.part("hello"))
# expect: :no

for text <- ["hello", ""] do
  case text do
    <<_::binary-size(-1), rest::binary>> -> IO.inspect(rest)
    <<_::bitstring-size(-8), rest::binary>> -> IO.inspect(rest)
    _ -> IO.inspect(:none)
  end
end

# expect: :none
# expect: :none
