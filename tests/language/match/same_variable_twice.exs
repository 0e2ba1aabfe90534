same? = fn
  {x, x} -> true
  _ -> false
end

IO.inspect([same?.({1, 1}), same?.({1, 2}), same?.({1, 1.0})])
# expect: [true, false, false]
