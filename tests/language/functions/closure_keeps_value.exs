x = 1
f = fn -> x end
x = 2
IO.inspect({f.(), x})
# expect: {1, 2}
