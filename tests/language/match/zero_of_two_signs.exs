f = fn
  +0.0 -> :plus
  _ -> :other
end

IO.inspect({f.(0.0), f.(0), f.(1.0)})
# expect: {:plus, :other, :other}
