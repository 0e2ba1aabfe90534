defmodule Tlv do
  def parse(<<tag, size, value::binary-size(size), rest::binary>>), do: [{tag, value} | parse(rest)]
  def parse(<<>>), do: []
end

IO.inspect(Tlv.parse(<<1, 2, "ab", 2, 0, 3, 1, "c">>))
# expect: [{1, "ab"}, {2, ""}, {3, "c"}]
