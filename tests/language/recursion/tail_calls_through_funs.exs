loop = fn
  _, 0 -> :done
  me, n -> me.(me, n - 1)
end

IO.inspect(loop.(loop, 100_000))
# expect: :done
