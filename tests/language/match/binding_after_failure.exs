x = 1

try do
  {x, 3} = {2, 4}
  x
rescue
  MatchError -> IO.inspect(x)
end
# expect: 1
