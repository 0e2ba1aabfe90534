defprotocol Size do
  @fallback_to_any true
  def size(data)
end

defimpl Size, for: BitString do
  def size(s), do: byte_size(s)
end

defimpl Size, for: [Map, List] do
  def size(c), do: Enum.count(c)
end

defimpl Size, for: Any do
  def size(_), do: :unknown
end

IO.inspect(Enum.map(["abc", %{a: 1}, [1, 2], 5], &Size.size/1))
# expect: [3, 1, 2, :unknown]
