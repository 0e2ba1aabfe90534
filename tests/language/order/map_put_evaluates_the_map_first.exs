step = fn name, value ->
  IO.puts(name)
  value
end

IO.inspect(Map.put(step.("map", %{}), step.("key", :a), step.("value", 1)))
# expect: map
# expect: key
# expect: value
# expect: %{a: 1}
