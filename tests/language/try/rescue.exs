value =
  try do
    raise ArgumentError, "bad"
  rescue
    e in [RuntimeError, ArgumentError] -> Exception.message(e)
  end

IO.puts(value)
# expect: bad
