try do
  try do
    throw(:up)
  after
    IO.puts("inner")
  end
catch
  value -> IO.inspect(value)
end

# expect: inner
# expect: :up
